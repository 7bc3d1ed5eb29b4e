"""Sellers' own profiles: what there is, saving in versions, copies, files to share, and trying one on a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.domain.order import Order
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import lacking, open_as_known, positions
from jpship_gui.formats.layout import Damage, Layout, Rejection, Table
from jpship_gui.formats.reader import file_bytes, read_bytes
from jpship_gui.formats.writer import write_whole
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Marketplace, ShopAccount
from jpship_gui.marketplaces.profile import marketplace_of, profile_in, reading_of
from jpship_gui.marketplaces.profile_data import Grades, Profile, flaws, of_text, to_data, to_text
from jpship_gui.store import profiles, shops
from jpship_gui.store.profiles import StoredProfile

FIRST = 10  # orders a trial shows
_BIGGEST = 1_000_000  # bytes of a profile's file; the longest of the build has 8,000


@dataclass(frozen=True, slots=True)
class Listed:
    """One profile as a list shows it; `shops` are those that work by it, `fault` why it cannot be read."""

    id: str
    title: str
    own: bool
    version: int = 1
    grade: str = ""
    grades: Grades = field(default_factory=Grades)
    reads: bool = False
    writes: bool = False
    base: str = ""
    shops: tuple[str, ...] = ()
    at: datetime | None = None
    person: str = ""
    fault: Refused | None = None


def every(ws: Workspace) -> list[Listed]:
    """The seller's own first, then those of the build."""
    used: dict[str, list[str]] = {}
    for shop in shops.every(ws.store):
        used.setdefault(shop.marketplace, []).append(shop.name)
    own = [_listed_own(stored, used) for stored in profiles.every(ws.store)]
    built = [_listed(found, used, own=False) for found in _built().values()]
    return [*own, *built]


def _built() -> dict[str, Profile]:
    return {
        found.id: profile_in(f"jpship_gui.marketplaces.{found.id}")
        for found in marketplaces().values()
        if found.profile
    }


def _listed(found: Profile, used: dict[str, list[str]], *, own: bool) -> Listed:
    return Listed(
        id=found.id,
        title=found.title,
        own=own,
        version=found.version,
        grade=found.grades.weakest,
        grades=found.grades,
        reads=found.reads,
        writes=found.writes,
        base=found.base,
        shops=tuple(used.get(found.id, ())),
    )


def _listed_own(stored: StoredProfile, used: dict[str, list[str]]) -> Listed:
    try:
        made = _listed(of_text(stored.body), used, own=True)
    except Refused as fault:
        made = Listed(stored.id, stored.id, own=True, shops=tuple(used.get(stored.id, ())), fault=fault)
    return replace(made, version=stored.version, at=stored.at, person=stored.person)


def own_titles(ws: Workspace) -> dict[str, str]:
    """What the seller calls shops of profiles of their own, by id; asked often, so no profile is read anew."""
    if not profiles.every(ws.store):
        return {}  # and no marketplace need be loaded
    built = marketplaces()
    return {found.id: found.name for found in ws.markets().values() if found.id not in built}


def show(ws: Workspace, profile_id: str) -> Profile:
    """One profile, own or of the build; Refused("profile_unknown")."""
    stored = profiles.find(ws.store, profile_id)
    if stored is not None:
        return replace(of_text(stored.body), version=stored.version)
    found = _built().get(profile_id)
    if found is None:
        raise Refused("profile_unknown", id=profile_id)
    return found


def save(ws: Workspace, profile: Profile, *, new: bool = False) -> Profile:
    """Keep an own profile as its next version; `profile.version` is the one it was made from (`new` = from none).

    Refused("profile_flaw_…") with the place of what is wrong, Refused("profile_id_built_in", "profile_exists",
    "profile_changed"); then nothing is written.
    """
    for flaw in flaws(profile):
        raise flaw.fault()
    if profile.id in marketplaces():
        raise Refused("profile_id_built_in", id=profile.id)
    if profile.base == profile.id:
        profile = replace(profile, base="")
    before = 0 if new else profile.version
    kept = replace(profile, version=before + 1)
    with ws.store.transaction():
        if new and profiles.find(ws.store, profile.id) is not None:
            raise Refused("profile_exists", id=profile.id)
        stored = StoredProfile(kept.id, kept.version, ws.now(), ws.person, to_text(kept))
        profiles.put(ws.store, stored, before)
    return kept


def copied(ws: Workspace, profile_id: str, new_id: str = "", title: str = "") -> Profile:
    """A profile with an id of its own, not kept yet; without one given a free one is found."""
    found = show(ws, profile_id)
    fresh = new_id or free_id(ws, found.id)
    return replace(found, id=fresh, title=title or found.title, base=found.id, version=1)


def copy(ws: Workspace, profile_id: str, new_id: str = "", title: str = "") -> Profile:
    """Keep a copy under an id of its own; faults as `show` and `save`."""
    return save(ws, copied(ws, profile_id, new_id, title), new=True)


def free_id(ws: Workspace, wish: str = "") -> str:
    """An id nobody has: the wish, cleaned, with a number where it is taken."""
    clean = re.sub("[^a-z0-9_]+", "_", wish.lower()).strip("_")[:24]
    stem = clean if re.match("[a-z][a-z0-9_]", clean) else "shop"
    taken = {*marketplaces(), *(stored.id for stored in profiles.every(ws.store))}
    number = 2
    found = stem
    while found in taken:
        found = f"{stem}_{number}"
        number += 1
    return found


def remove(ws: Workspace, profile_id: str) -> None:
    """Forget an own profile; Refused("profile_unknown", "profile_built_in"), Refused("profile_in_use") while a shop
    works by it."""
    if profiles.find(ws.store, profile_id) is None:
        raise Refused("profile_built_in" if profile_id in _built() else "profile_unknown", id=profile_id)
    with ws.store.transaction():
        used = [shop.name for shop in shops.every(ws.store) if shop.marketplace == profile_id]
        if used:
            raise Refused("profile_in_use", id=profile_id, shops="・".join(used))
        profiles.remove(ws.store, profile_id)


def text_of(profile: Profile) -> str:
    """A profile as its file."""
    return to_text(profile)


def data_of(profile: Profile) -> dict[str, Any]:
    """A profile as plain values, as in its file."""
    return to_data(profile)


# -- files to share -----------------------------------------------------------------------------------------------


def export(ws: Workspace, profile_id: str, path: Path) -> None:
    """Write a profile as a file; WorldFault("file_locked", "file_write")."""
    write(show(ws, profile_id), path)


def write(profile: Profile, path: Path) -> None:
    """Write one that may not be kept yet; the same faults."""
    write_whole(path, to_text(profile).encode("utf-8"))


def read_profile(path: Path) -> Profile:
    """A profile from a file, not kept; Refused("profile_flaw_…") and what reading a file raises."""
    data = file_bytes(path)
    if len(data) > _BIGGEST:
        limit = _BIGGEST // 1_000_000
        raise Refused("file_too_big", file=path.name, megabytes=len(data) // 1_000_000, limit=limit)
    try:
        return of_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("profile_flaw_toml", place="", found=path.name) from None


def import_file(ws: Workspace, path: Path, as_id: str = "", *, instead: bool = False) -> Profile:
    """Keep a profile from a file, under `as_id` if given. An own one of that id stays, unless it is to be replaced
    (`instead`) by this as its next version; Refused("profile_exists", "profile_id_built_in")."""
    found = read_profile(path)
    found = replace(found, id=as_id or found.id)
    stored = profiles.find(ws.store, found.id)
    if stored is None:
        return save(ws, found, new=True)
    if not instead:
        raise Refused("profile_exists", id=found.id)
    return save(ws, replace(found, version=stored.version))


# -- trying ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trial:
    """What a profile makes of a file; nothing is written. `recognised` = an import of this file would choose this
    profile, `seems` what it would choose instead, or "". With a `fault` the file cannot be read by it at all."""

    name: str
    encoding: str = ""
    delimiter: str = ""
    header: tuple[str, ...] = ()
    rows: int = 0
    orders: tuple[Order, ...] = ()  # the first ten
    count: int = 0
    lines: int = 0
    rejections: tuple[Rejection, ...] = ()
    refused_rows: int = 0
    damages: tuple[Damage, ...] = ()
    absent_columns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    repeated_rows: int = 0
    cut: bool = False  # only the first rows were read
    recognised: bool = False
    seems: str = ""
    fault: Fault | None = None
    source_lines: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def repaired(self) -> int:
        """Cells that were mended."""
        return sum(damage.repaired is not None for damage in self.damages)


def try_file(ws: Workspace, profile: Profile, paths: Sequence[Path]) -> Trial:
    """Read a file (two of a joined pair) by a profile, kept or not. What is wrong with the file is the trial's
    fault; WorldFault where it cannot be opened, Refused("profile_flaw_…") for a profile nobody can use."""
    for flaw in flaws(profile):
        raise flaw.fault()
    return try_bytes(ws, profile, [(path.name, file_bytes(path)) for path in paths])


def try_bytes(ws: Workspace, profile: Profile, files: Sequence[tuple[str, bytes]], most: int = 0) -> Trial:
    """The same for a sound profile and files already in memory; with `most`, only that many rows are read."""
    market = marketplace_of(profile)
    name = files[0][0]
    try:
        table, layout = _opened(market, profile, files)
        cut = bool(most) and len(table.rows) > most
        if cut:
            table = replace(table, rows=table.rows[:most])
        assert market.read_orders is not None
        read = market.read_orders(table, layout, lambda part: _nobodys(profile))
    except WorldFault:
        raise
    except Fault as fault:
        return Trial(name, fault=fault)
    recognised, seems = _recognised(ws, market, files[0])
    return Trial(
        name=name,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=table.header,
        rows=len(table.rows),
        orders=read.orders[:FIRST],
        count=len(read.orders),
        lines=sum(len(order.lines) for order in read.orders),
        rejections=read.rejections,
        refused_rows=len(read.rejected_rows),
        damages=read.damages,
        absent_columns=read.absent_columns,
        warnings=read.warnings,
        repeated_rows=read.repeated_rows,
        cut=cut,
        recognised=recognised,
        seems=seems,
        source_lines={
            number: tuple(table.rows[i].line for i in rows) for number, rows in read.source_lines.items()
        },
    )


def _opened(
    market: Marketplace, profile: Profile, files: Sequence[tuple[str, bytes]]
) -> tuple[Table, Layout]:
    if not market.order_layouts:
        raise Refused("profile_reads_nothing", title=profile.title)
    if market.join is None:
        name, data = files[0]
        return _required(read_bytes(name, data, reading_of(profile)), market.order_layouts[0])
    opened = []
    for name, data in files:
        table, match = open_as_known(name, data, market.order_layouts)
        opened.append((table, match.layout))
    (joined, *_) = market.join(opened)
    if joined.fault is not None:
        raise joined.fault
    return joined.table, joined.layout


def _required(table: Table, layout: Layout) -> tuple[Table, Layout]:
    """Refused("file_lacks_columns") as an import says it."""
    missing = lacking(layout, positions(table, layout))
    if missing:
        raise Refused("file_lacks_columns", file=table.name, seems=layout.title, columns="・".join(missing))
    return table, layout


def _recognised(ws: Workspace, market: Marketplace, file: tuple[str, bytes]) -> tuple[bool, str]:
    """Whether an import would take the file for one of this profile's; a version of it that is kept does not count."""
    others = [
        layout for other in ws.markets().values() if other.id != market.id for layout in other.order_layouts
    ]
    try:
        _, match = open_as_known(*file, [*market.order_layouts, *others], {market.id})
    except Refused as fault:
        return False, str(fault.values.get("seems", fault.values.get("candidates", "")))
    return match.layout.owner == market.id, "" if match.layout.owner == market.id else match.layout.title


def _nobodys(profile: Profile) -> ShopAccount:
    return ShopAccount("", profile.id, {}, lambda name: "")


__all__ = [
    "FIRST",
    "Grades",
    "Listed",
    "Profile",
    "Trial",
    "copied",
    "copy",
    "data_of",
    "every",
    "export",
    "free_id",
    "import_file",
    "own_titles",
    "read_profile",
    "remove",
    "save",
    "show",
    "text_of",
    "try_bytes",
    "try_file",
    "write",
]
