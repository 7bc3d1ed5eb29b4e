"""The marketplaces of sellers' own profiles beside those of the build."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from jpship_gui.domain.fault import Refused
from jpship_gui.flows import own_carriers
from jpship_gui.store import profiles
from jpship_gui.store.database import Store

if TYPE_CHECKING:
    from jpship_gui.carriers.own import OwnCarrier
    from jpship_gui.marketplaces.base import DatedCode, Marketplace
    from jpship_gui.store.profiles import StoredProfile

log = logging.getLogger("jpship")

_known: WeakKeyDictionary[Store, tuple[tuple[int, int], Mapping[str, Marketplace]]] = WeakKeyDictionary()


def markets_of(store: Store) -> Mapping[str, Marketplace]:
    """All by id, read anew only after some desk changed a profile or a carrier; one of the build is never replaced.
    Each knows how the seller's own carriers are told to it."""
    from jpship_gui.marketplaces import marketplaces  # loads every marketplace

    carriers = own_carriers.known(store)
    change = (profiles.change_no(store), carriers.change)
    kept = _known.get(store)
    if kept is not None and kept[0] == change:
        return kept[1]
    built = marketplaces()
    own = {found.id: _marketplace(found) for found in profiles.every(store) if found.id not in built}
    every = {**built, **own}
    for market_id, codes in _codes(carriers.own).items():
        if market_id in every:
            every[market_id] = replace(every[market_id], own_codes=codes)
    known = MappingProxyType(every)
    _known[store] = (change, known)
    return known


def _codes(own: Sequence[OwnCarrier]) -> dict[str, tuple[DatedCode, ...]]:
    """By marketplace how each of the seller's own carriers is told."""
    from jpship_gui.marketplaces.base import DatedCode

    found: dict[str, tuple[DatedCode, ...]] = {}
    for carrier in own:
        for one in carrier.codes:
            code = DatedCode(
                carrier.id,
                one.code,
                one.name or carrier.name,
                one.service,
                method=one.method,
                carrier_name=one.carrier_name,
                source="own",
            )
            found[one.marketplace] = (*found.get(one.marketplace, ()), code)
    return found


def _marketplace(stored: StoredProfile) -> Marketplace:
    """A profile this version cannot read (made by a later one) leaves its shops without any ability, but there."""
    from jpship_gui.marketplaces.base import Marketplace
    from jpship_gui.marketplaces.profile import marketplace_of
    from jpship_gui.marketplaces.profile_data import of_text

    try:
        return marketplace_of(of_text(stored.body))
    except Refused as fault:
        log.warning("profile %s cannot be used: %s", stored.id, fault)
        return Marketplace(stored.id, stored.id, profile=True)
