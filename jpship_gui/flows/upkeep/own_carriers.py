"""Carriers a seller describes: what there is, saving in versions, files to share, trying a number (SY-10, XT-02)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jpship_gui.carriers import carriers
from jpship_gui.carriers.own import (
    COOL,
    POLICIES,
    Flaw,
    OwnCarrier,
    OwnCode,
    OwnNumber,
    OwnService,
    flaws,
    form_of,
    number_flaw,
    of_text,
    to_text,
)
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import ALGORITHMS, Checked, carriers_matching, check_number, grouped
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import file_bytes
from jpship_gui.formats.writer import write_whole
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import own_carriers, shops
from jpship_gui.store.own_carriers import StoredCarrier

CHECKS = tuple(ALGORITHMS)  # rules for check digits to choose from
_BIGGEST = 200_000  # bytes of a file
_OVER = (Stage.SENT, Stage.ACCEPTED, Stage.SHIPPED, Stage.NOT_OURS, Stage.CANCELLED, Stage.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Listed:
    """One own carrier as a list shows it; `fault` is why it cannot be used, `used` how many open shipments name it."""

    id: str
    name: str
    version: int
    at: datetime
    person: str
    carrier: OwnCarrier | None = None
    used: int = 0
    unmapped: tuple[str, ...] = ()  # marketplaces of this folder's shops it has no code for
    fault: Refused | None = None


def every(ws: Workspace) -> list[Listed]:
    """All of them by name."""
    found = [_listed(ws, stored) for stored in own_carriers.every(ws.store)]
    return sorted(found, key=lambda one: (one.name, one.id))


def _listed(ws: Workspace, stored: StoredCarrier) -> Listed:
    kept = (stored.id, stored.id, stored.version, stored.at, stored.person)
    used = own_carriers.in_use(ws.store, stored.id, [stage.value for stage in _OVER])
    if stored.id in carriers():
        return Listed(*kept, used=used, fault=Refused("own_carrier_built_in", id=stored.id))
    try:
        found = replace(of_text(stored.body), version=stored.version)
    except Refused as fault:
        return Listed(*kept, used=used, fault=fault)
    return replace(Listed(*kept, carrier=found, used=used), name=found.name, unmapped=_unmapped(ws, found.id))


def _unmapped(ws: Workspace, carrier_id: str) -> tuple[str, ...]:
    """Marketplaces that shops here sell at, are told of parcels, and have no code for it."""
    markets = ws.markets()
    known = {shop.marketplace for shop in shops.every(ws.store)}
    asked = [market for name, market in markets.items() if name in known and market.confirms]
    return tuple(m.name for m in asked if m.code_of(carrier_id, "", ws.today()) is None)


def show(ws: Workspace, carrier_id: str) -> OwnCarrier:
    """One of them; Refused("own_carrier_unknown") and why it cannot be read."""
    stored = own_carriers.find(ws.store, carrier_id)
    if stored is None:
        raise Refused("own_carrier_unknown", id=carrier_id)
    return replace(of_text(stored.body), version=stored.version)


def save(ws: Workspace, carrier: OwnCarrier, *, new: bool = False) -> OwnCarrier:
    """Keep it as its next version; `carrier.version` is the one it was made from (`new` = from none).

    Refused("own_carrier_…") with the first thing wrong, and own_carrier_built_in, own_carrier_exists,
    own_carrier_changed; then nothing is kept.
    """
    if carrier.id in carriers():
        raise Refused("own_carrier_built_in", id=carrier.id)
    for flaw in flaws(carrier):
        raise flaw.fault()
    before = 0 if new else carrier.version
    kept = replace(carrier, version=before + 1)
    with ws.store.transaction():
        if new and own_carriers.find(ws.store, carrier.id) is not None:
            raise Refused("own_carrier_exists", id=carrier.id)
        made = StoredCarrier(kept.id, kept.version, ws.now(), ws.person, to_text(kept))
        own_carriers.put(ws.store, made, before)
        ws.store.touch()
    return kept


def free_id(ws: Workspace, name: str) -> str:
    """An id nobody has, from the name where it has letters of the alphabet."""
    clean = re.sub("[^a-z0-9_]+", "_", name.lower()).strip("_")[:20]
    stem = clean if re.match("[a-z][a-z0-9_]", clean) else "carrier"
    taken = {*carriers(), *(stored.id for stored in own_carriers.every(ws.store))}
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found


def remove(ws: Workspace, carrier_id: str) -> None:
    """Forget it; Refused("own_carrier_unknown"), Refused("own_carrier_in_use") while open shipments or a shop's usual
    carrier name it."""
    if own_carriers.find(ws.store, carrier_id) is None:
        raise Refused("own_carrier_unknown", id=carrier_id)
    with ws.store.transaction():
        used = own_carriers.in_use(ws.store, carrier_id, [stage.value for stage in _OVER])
        usual = [
            shop.name
            for shop in shops.every(ws.store)
            if ShopOptions(shop.settings).get("carrier.default") == carrier_id
        ]
        if used or usual:
            raise Refused("own_carrier_in_use", id=carrier_id, count=used, shops="・".join(usual) or "-")
        own_carriers.remove(ws.store, carrier_id)
        ws.store.touch()


# -- files to share ---------------------------------------------------------------------------------------------------


def export(ws: Workspace, carrier_id: str, path: Path) -> None:
    """Write it as a file; WorldFault("file_locked", "file_write")."""
    write_whole(path, to_text(show(ws, carrier_id)).encode("utf-8"))


def read_carrier(path: Path) -> OwnCarrier:
    """One from a file, not kept; Refused("own_carrier_…") and what reading a file raises."""
    data = file_bytes(path)
    if len(data) > _BIGGEST:
        raise Refused("own_carrier_file", reason=path.name)
    try:
        return of_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("own_carrier_file", reason=path.name) from None


def import_file(ws: Workspace, path: Path, *, instead: bool = False) -> OwnCarrier:
    """Keep one from a file. One of that id stays, unless it is to be replaced (`instead`) by this as its next version;
    Refused("own_carrier_exists")."""
    found = read_carrier(path)
    stored = own_carriers.find(ws.store, found.id)
    if stored is None:
        return save(ws, found, new=True)
    if not instead:
        raise Refused("own_carrier_exists", id=found.id)
    return save(ws, replace(found, version=stored.version))


# -- trying -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tried:
    """What the forms of a carrier say of a number, as it would be printed, and which other carriers it fits too."""

    checked: Checked
    printed: str
    others: tuple[str, ...]


def try_number(ws: Workspace, carrier: OwnCarrier, raw: str) -> Tried:
    """Judge a number by a description that may not be kept yet; forms that are not sound are passed over."""
    forms = [
        form_of(carrier.id, place, number)
        for place, number in enumerate(carrier.numbers, start=1)
        if not number_flaw(number)
    ]
    checked = check_number(raw, forms, carrier.id)
    others = [form for form in ws.number_forms() if form.carrier != carrier.id]
    fitting = [name for name in carriers_matching(raw, others) if check_number(raw, others, name).form]
    return Tried(checked, grouped(checked.number, forms, carrier.id), tuple(fitting if raw else ()))


CarrierWords = tuple[Mapping[str, str], frozenset[tuple[str, str]]]


def words_of(ws: Workspace) -> CarrierWords:
    """For the window: names of the seller's own carriers by id, and the services that give no number; a carrier's
    usual service stands as "" too."""
    known = ws.carriers()
    silent = {
        (carrier.id, name)
        for carrier in known.values()
        for service in carrier.services
        if not service.tracked
        for name in (service.id, *([""] if service.id == carrier.default_service else []))
    }
    titles = {carrier.id: carrier.name for carrier in known.values() if carrier.id not in carriers()}
    return titles, frozenset(silent)


def marketplaces_of(ws: Workspace) -> Sequence[tuple[str, str]]:
    """Marketplaces that are told of parcels, as (id, name): those shops here sell at first."""
    here = {shop.marketplace for shop in shops.every(ws.store)}
    asked = [(market.id, market.name) for market in ws.markets().values() if market.confirms]
    return sorted(asked, key=lambda one: one[0] not in here)


def flaws_of(ws: Workspace, carrier: OwnCarrier) -> list[Flaw]:
    """What is wrong with a description as it stands."""
    taken = [Flaw("built_in", "id", carrier.id)] if carrier.id in carriers() else []
    return [*taken, *flaws(carrier)]


__all__ = [
    "CHECKS",
    "COOL",
    "POLICIES",
    "CarrierWords",
    "Flaw",
    "Listed",
    "OwnCarrier",
    "OwnCode",
    "OwnNumber",
    "OwnService",
    "Tried",
    "every",
    "export",
    "flaws_of",
    "free_id",
    "import_file",
    "marketplaces_of",
    "read_carrier",
    "remove",
    "save",
    "show",
    "try_number",
    "words_of",
]
