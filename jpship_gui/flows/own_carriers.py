"""The carriers a seller described beside those of the build."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from jpship_gui.carriers import carriers
from jpship_gui.domain.fault import Refused
from jpship_gui.store import own_carriers
from jpship_gui.store.database import Store
from jpship_gui.texts import known as is_word
from jpship_gui.texts import language, text

if TYPE_CHECKING:
    from jpship_gui.carriers.base import Carrier
    from jpship_gui.carriers.own import OwnCarrier
    from jpship_gui.domain.tracking_no import NumberForm

log = logging.getLogger("jpship")


@dataclass(frozen=True, slots=True)
class Known:
    """What one state of the database makes of them."""

    change: int
    carriers: Mapping[str, Carrier]
    forms: tuple[NumberForm, ...]
    own: tuple[OwnCarrier, ...]


_last: list[Mapping[str, Carrier]] = []
_known: WeakKeyDictionary[Store, Known] = WeakKeyDictionary()


def known(store: Store) -> Known:
    """Read anew only after some desk changed one; a carrier of the build is never replaced."""
    change = own_carriers.change_no(store)
    kept = _known.get(store)
    if kept is not None and kept.change == change:
        return kept
    own = tuple(found for stored in own_carriers.every(store) if (found := _readable(stored)) is not None)
    from jpship_gui.carriers.own import carrier_of

    every = {**carriers(), **{found.id: carrier_of(found) for found in own}}
    forms = tuple(form for carrier in every.values() for form in carrier.numbers)
    made = Known(change, MappingProxyType(every), forms, own)
    _known[store] = made
    _last[:] = [made.carriers]
    return made


def lately() -> Mapping[str, Carrier]:
    """Those of whichever folder this program looked at last, for names of carriers and services where no folder is at
    hand; nothing is decided by it."""
    return _last[0] if _last else carriers()


def called(carrier: str) -> str:
    """A carrier as people call it in the present language; blank for one that is not known."""
    key = f"name.carrier.{carrier}"
    if carrier and is_word(key):
        return text(key)
    found = lately().get(carrier)
    return found.name if found else ""


def service_called(carrier: str, service: str) -> str:
    """Carrier and service in the present language, where it has words of its own for the service; blank else."""
    found = lately().get(carrier)
    known = found.service(service) if found else None
    words = known.names.get(language(), "") if known else ""
    return f"{called(carrier)} {words}" if words else ""


def carriers_of(store: Store) -> Mapping[str, Carrier]:
    """All by id: those of the build first."""
    return known(store).carriers


def number_forms_of(store: Store) -> tuple[NumberForm, ...]:
    """The number forms of all of them."""
    return known(store).forms


def _readable(stored: own_carriers.StoredCarrier) -> OwnCarrier | None:
    """One that this version cannot read (made by a later one), or whose id the build has taken, is left out: what was
    planned for it is said to be of an unknown carrier."""
    from jpship_gui.carriers.own import of_text

    if stored.id in carriers():
        return None
    try:
        return of_text(stored.body)
    except Refused as fault:
        log.warning("carrier %s cannot be used: %s", stored.id, fault)
        return None
