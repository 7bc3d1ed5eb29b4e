"""The marketplaces of sellers' own profiles beside those of the build."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from jpship_gui.domain.fault import Refused
from jpship_gui.store import profiles
from jpship_gui.store.database import Store

if TYPE_CHECKING:
    from jpship_gui.marketplaces.base import Marketplace
    from jpship_gui.store.profiles import StoredProfile

log = logging.getLogger("jpship")

_known: WeakKeyDictionary[Store, tuple[int, Mapping[str, Marketplace]]] = WeakKeyDictionary()


def markets_of(store: Store) -> Mapping[str, Marketplace]:
    """All by id, read anew only after some desk changed a profile; one of the build is never replaced."""
    from jpship_gui.marketplaces import marketplaces  # loads every marketplace

    change = profiles.change_no(store)
    kept = _known.get(store)
    if kept is not None and kept[0] == change:
        return kept[1]
    built = marketplaces()
    own = {found.id: _marketplace(found) for found in profiles.every(store) if found.id not in built}
    known = MappingProxyType({**built, **own})
    _known[store] = (change, known)
    return known


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
