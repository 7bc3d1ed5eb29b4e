"""The filters of carriers' tools: the layout of each shop's files, changed as a file, checked, kept in versions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jpship_gui.carriers import carriers
from jpship_gui.carriers.filters import Filter, FilterSet, Known, of_data, of_text, to_data, to_text
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.reader import file_bytes
from jpship_gui.formats.writer import write_whole
from jpship_gui.store import shops as stored
from jpship_gui.store.codec import dumps

__all__ = [
    "Filter",
    "Kept",
    "Known",
    "check",
    "every",
    "export",
    "fields",
    "go_back",
    "is_start",
    "read",
    "reset",
    "save",
    "show",
    "slots",
    "starts",
    "starts_of",
    "to_data",
    "to_text",
]

_KEPT = 5  # versions before the present one
_BIGGEST = 200_000  # bytes of a filter's file; the longest of the build has 6,000


@dataclass(frozen=True, slots=True)
class Kept:
    """A shop's filter for a slot (r.out, cloud.back …); `own` = not the standard one. `before` are earlier versions,
    the newest first."""

    shop: str
    slot: str
    filter: Filter
    own: bool = False
    at: datetime | None = None
    person: str = ""
    before: tuple[int, ...] = ()


def _sets() -> list[FilterSet]:
    return [carrier.filters for carrier in carriers().values() if carrier.filters is not None]


def _set_of(slot: str) -> FilterSet:
    found = next((one for one in _sets() if slot in one.slots()), None)
    if found is None:
        raise Refused("filter_slot_unknown", slot=slot, known=", ".join(slots()))
    return found


def fields() -> tuple[Known, ...]:
    """What a column may hold."""
    return tuple(known for one in _sets() for known in one.fields.values())


def slots() -> tuple[str, ...]:
    """What a filter can be registered for."""
    return tuple(slot for one in _sets() for slot in one.slots())


def starts() -> tuple[str, ...]:
    """The filters of the build one may begin with."""
    return tuple(name for one in _sets() for name in one.names())


def starts_of(slot: str) -> tuple[tuple[str, str], ...]:
    """Name and title of the filters a slot may begin with, the standard first. Refused("filter_slot_unknown")."""
    found = _set_of(slot)
    return tuple((name, found.start(name).title) for name in found.starts[slot])


def is_start(found: Filter, name: str) -> bool:
    """Whether a filter is that of the build, whatever its version."""
    return replace(found, version=1) == _set_of(found.slot).start(name)


def every(ws: Workspace, shop: str = "") -> list[Kept]:
    """Every shop's filters (or one's), slot by slot. Refused("shop_unknown")."""
    names = [shop] if shop else [found.name for found in stored.every(ws.store)]
    return [_kept(name, slot, _stored(ws, slot, name)) for slot in slots() for name in names]


def show(ws: Workspace, name: str, shop: str = "") -> Filter:
    """A filter of the build by its name (r117), else what a shop (the first one) uses for a slot (r.out).
    Refused("filter_unknown", "shop_unknown")."""
    if name not in slots():
        for one in _sets():
            if name in one.names():
                return one.start(name)
        raise Refused("filter_unknown", name=name, known=", ".join((*slots(), *starts())))
    known = [shop] if shop else [found.name for found in stored.every(ws.store)][:1]
    return (
        _kept(known[0], name, _stored(ws, name, known[0])).filter if known else _set_of(name).standard(name)
    )


def export(ws: Workspace, name: str, path: Path, shop: str = "") -> Filter:
    """Write a filter as a file; faults as `show`, WorldFault("file_locked", "file_write")."""
    found = show(ws, name, shop)
    write_whole(path, to_text(found).encode("utf-8"))
    return found


def read(path: Path) -> Filter:
    """A filter from a file, not kept; Refused("filter_flaw_…"), and what reading a file raises."""
    data = file_bytes(path)
    if len(data) > _BIGGEST:
        size, limit = f"{len(data) / 1_000_000:.1f}", f"{_BIGGEST / 1_000_000:.1f}"
        raise Refused("file_too_big", file=path.name, megabytes=size, limit=limit)
    try:
        return of_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("filter_flaw_toml", found=path.name) from None


def check(found: Filter) -> tuple[Refused, ...]:
    """Everything that keeps a filter from being used."""
    slot = found.slot if found.slot in slots() else slots()[0]
    return _set_of(slot).flaws(found)


def save(ws: Workspace, found: Filter, only: Sequence[str] = (), *, instead: bool = False) -> Filter:
    """Let these shops (default: all) use a filter from now on, as the next version of theirs.

    `found.version` must be the version it was made from where a shop has one of its own, unless it shall stand
    `instead` of whatever there is. Refused, nothing written then: the first of `check`, "filter_changed",
    "shop_unknown".
    """
    for flaw in check(found):
        raise flaw
    with ws.store.transaction():
        names = _targets(ws, only)
        held = {name: _stored(ws, found.slot, name) for name in names}
        present = [(name, entry) for name in names if (entry := held[name].get(found.slot))]
        for _, entry in present:
            if entry["filter"]["version"] != found.version and not instead:
                now = entry["filter"]["version"]
                raise Refused("filter_changed", slot=found.slot, version=now, person=entry["person"])
        last = max((entry["filter"]["version"] for _, entry in present), default=0)
        kept = replace(found, version=last + 1)
        for name in names:
            _put(ws, name, held[name], kept)
    return kept


def go_back(ws: Workspace, slot: str, version: int, only: Sequence[str] = ()) -> Filter:
    """Use an earlier version again, as the next one. Refused("filter_slot_unknown", "filter_version_unknown")."""
    for name in _targets(ws, only):
        entry = _stored(ws, slot, name).get(slot, {})
        for old in entry.get("before", ()):
            if old["filter"]["version"] == version:
                return save(ws, of_data(old["filter"]), only, instead=True)
    raise Refused("filter_version_unknown", slot=slot, version=version)


def reset(ws: Workspace, slot: str, only: Sequence[str] = ()) -> tuple[str, ...]:
    """Back to the standard; the names of the shops. Refused("filter_slot_unknown", "shop_unknown")."""
    setting = _setting(slot)
    with ws.store.transaction():
        names = _targets(ws, only)
        for name in names:
            held = {key: entry for key, entry in _stored(ws, slot, name).items() if key != slot}
            shops.set_values(ws, name, {setting: dumps(held)})
    return names


def _setting(slot: str) -> str:
    return f"{_set_of(slot).carrier}.filters"


def _targets(ws: Workspace, only: Sequence[str]) -> tuple[str, ...]:
    if not only:
        return tuple(found.name for found in stored.every(ws.store))
    return tuple(stored.get(ws.store, name).name for name in dict.fromkeys(only))


def _stored(ws: Workspace, slot: str, shop: str) -> dict[str, Any]:
    found = stored.get(ws.store, shop).settings.get(_setting(slot), "{}")
    held: dict[str, Any] = json.loads(found)
    return held


def _put(ws: Workspace, shop: str, held: Mapping[str, Any], kept: Filter) -> None:
    entry = held.get(kept.slot, {})
    before = [{key: entry[key] for key in ("filter", "at", "person")}] if entry else []
    before += entry.get("before", [])
    made = {
        "filter": to_data(kept),
        "at": ws.now().isoformat(timespec="seconds"),
        "person": ws.person,
        "before": before[:_KEPT],
    }
    shops.set_values(ws, shop, {_setting(kept.slot): dumps({**held, kept.slot: made})})


def _kept(shop: str, slot: str, held: Mapping[str, Any]) -> Kept:
    entry = held.get(slot)
    if entry is None:
        return Kept(shop, slot, _set_of(slot).standard(slot))
    return Kept(
        shop,
        slot,
        of_data(entry["filter"]),
        own=True,
        at=datetime.fromisoformat(entry["at"]),
        person=entry["person"],
        before=tuple(old["filter"]["version"] for old in entry["before"]),
    )
