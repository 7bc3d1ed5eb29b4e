"""Filters (フィルタ): which column of a file holds what, where a carrier's tool lets its user register that.

Such a layout is data a shop may change; the known standards are where one starts. TOML → `Filter` and back without
loss. A carrier's fields.toml says what a column may hold, its filters.toml which filters there are.
"""

from __future__ import annotations

import json
import pkgutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.formats import toml_text
from jpship_gui.formats.cp932 import unencodable
from jpship_gui.formats.formulas import is_live
from jpship_gui.formats.layout import Column, Layout

OUT, BACK = "out", "back"
ENCODINGS = ("cp932", "utf-8-sig", "utf-8")
LONGEST_KEY = 12  # JP, seven characters, P and the parcel's number
_MOST_COLUMNS = 300
_MOST_BYTES = 1000
_KEYS = {"id", "tool", "way", "title", "version", "header", "encoding", "quote_all", "columns"}


@dataclass(frozen=True, slots=True)
class Known:
    """A value a column may hold: our id, the tool's own word for it, what kind of cells, which way it goes.

    `about` is the field of jpship a problem is shown at; `also` are its headers in the tools' own exports. `must`: its
    column must be filled, or if not so is "told" (a setting of the shop).
    """

    id: str
    name: str
    kind: str = "text"
    about: str = ""
    way: str = OUT  # out, back or both
    also: tuple[str, ...] = ()
    must: str = ""  # filled, told


@dataclass(frozen=True, slots=True)
class Place:
    """One column: its header, our field ("" = always empty, or the fixed text), the longest it takes (0 = no limit)."""

    header: str
    field: str = ""
    longest: int = 0  # bytes in CP932
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """The layout of one tool's file, to it (`out`) or from it (`back`)."""

    id: str
    tool: str
    way: str
    title: str
    columns: tuple[Place, ...]
    header: bool = True
    encoding: str = "cp932"
    quote_all: bool = False
    version: int = 1

    @property
    def slot(self) -> str:
        """What it is the filter for: r.out, cloud.back …"""
        return f"{self.tool}.{self.way}"


def to_data(found: Filter) -> dict[str, Any]:
    """A filter as plain values, as in its file."""
    return {
        "id": found.id,
        "tool": found.tool,
        "way": found.way,
        "title": found.title,
        "version": found.version,
        "header": found.header,
        "encoding": found.encoding,
        "quote_all": found.quote_all,
        "columns": [_short(place) for place in found.columns],
    }


def _short(place: Place) -> list[Any]:
    full = [place.header, place.field, place.longest, place.fixed]
    while len(full) > 1 and not full[-1]:
        full.pop()
    return full


def to_text(found: Filter) -> str:
    """A filter as a file to share."""
    return toml_text.dumps(to_data(found))


def of_text(text: str) -> Filter:
    """The filter of a file; Refused("filter_flaw_…") where it is none."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused("filter_flaw_toml", found=str(error)) from None
    return of_data(data)


def of_data(data: Mapping[str, Any]) -> Filter:
    """The filter of plain values; Refused("filter_flaw_shape") names what is missing or of the wrong kind."""
    stray = sorted(data.keys() - _KEYS)
    if stray:
        raise Refused("filter_flaw_shape", place=stray[0])
    columns = data.get("columns")
    if not isinstance(columns, list):
        raise Refused("filter_flaw_shape", place="columns")
    given: dict[str, Any] = {}
    kinds = {"id": str, "tool": str, "way": str, "title": str, "version": int, "header": bool}
    for name, kind in {**kinds, "encoding": str, "quote_all": bool}.items():
        if name in data:
            if type(data[name]) is not kind:
                raise Refused("filter_flaw_shape", place=name)
            given[name] = data[name]
    for name in ("id", "tool", "way", "title"):
        if not given.get(name):
            raise Refused("filter_flaw_shape", place=name)
    return Filter(columns=tuple(_place(n, column) for n, column in enumerate(columns, 1)), **given)


def _place(number: int, column: object) -> Place:
    kinds = (str, str, int, str)
    if not isinstance(column, list) or not 1 <= len(column) <= len(kinds):
        raise Refused("filter_flaw_shape", place=f"columns[{number}]")
    if any(type(value) is not kind for value, kind in zip(column, kinds, strict=False)):
        raise Refused("filter_flaw_shape", place=f"columns[{number}]")
    return Place(*column)


@dataclass(frozen=True, eq=False)
class FilterSet:
    """What a carrier's tools let a shop register.

    `editable` are the tools, `starts` the filters each slot (r.out) may start from, the first being the standard,
    `needed` groups of fields by slot or way: of each group a filter needs one.
    """

    carrier: str
    package: str
    editable: tuple[str, ...]
    starts: Mapping[str, tuple[str, ...]]
    needed: Mapping[str, tuple[tuple[str, ...], ...]]
    fields: Mapping[str, Known]

    def slots(self) -> tuple[str, ...]:
        """What a filter can be registered for."""
        return tuple(slot for slot in self.starts if slot.partition(".")[0] in self.editable)

    def names(self) -> tuple[str, ...]:
        """The filters one may begin with."""
        return tuple(name for slot in self.slots() for name in self.starts[slot])

    def start(self, name: str) -> Filter:
        """A filter of the build; KeyError where there is none of that name."""
        if not any(name in names for names in self.starts.values()):
            raise KeyError(name)
        return _start(self, name)

    def standard(self, slot: str) -> Filter:
        """The filter of a slot where the shop has none of its own."""
        return self.start(self.starts[slot][0])

    def used(self, slot: str, codes: Mapping[str, str]) -> Filter:
        """The filter of a shop, its settings as in `Sender.codes`: its own, else the standard."""
        return _read_setting(codes.get("filters", "{}")).get(slot) or self.standard(slot)

    def layout_of(self, found: Filter) -> Layout:
        """The file layout a filter stands for."""
        return _layout_of(self, found)

    def name_of(self, field: str) -> str:
        """A field as the tool calls it."""
        known = self.fields.get(field)
        return known.name if known else field

    def flaws(self, found: Filter) -> tuple[Refused, ...]:
        """Everything that keeps a filter from being used, each with its column."""
        if found.slot not in self.slots():
            return (Refused("filter_flaw_tool", found=found.slot, known=", ".join(self.slots())),)
        fields = [place.field for place in found.columns]
        needed = (*self.needed[found.way], *self.needed.get(found.slot, ()))
        lacking = [either[-1] for either in needed if not any(field in fields for field in either)]
        return (
            *_flaws_whole(self, found),
            *(Refused("filter_flaw_lacks", column=self.name_of(field)) for field in lacking),
            *(flaw for n, place in enumerate(found.columns, 1) for flaw in _flaws_of(self, found, n, place)),
        )


def filter_set(package: str) -> FilterSet:
    """The filters of a carrier's folder."""
    said = tomllib.loads(_data(package, "filters.toml"))
    fields = [
        Known(**{**entry, "also": tuple(entry.get("also", ()))})
        for entry in tomllib.loads(_data(package, "fields.toml"))["field"]
    ]
    return FilterSet(
        carrier=package.rpartition(".")[2],
        package=package,
        editable=tuple(said["editable"]),
        starts={slot: tuple(names) for slot, names in said["starts"].items()},
        needed={slot: tuple(map(tuple, groups)) for slot, groups in said["needed"].items()},
        fields={known.id: known for known in fields},
    )


def _data(package: str, name: str) -> str:
    return (pkgutil.get_data(package, name) or b"").decode("utf-8")


@lru_cache(maxsize=64)
def _start(known: FilterSet, name: str) -> Filter:
    return of_text(_data(known.package, f"{name}.toml"))


def _flaws_whole(known: FilterSet, found: Filter) -> Sequence[Refused]:
    made = []
    if not 1 <= len(found.columns) <= _MOST_COLUMNS:
        made.append(Refused("filter_flaw_columns", count=len(found.columns), limit=_MOST_COLUMNS))
    if found.encoding not in ENCODINGS:
        made.append(Refused("filter_flaw_encoding", found=found.encoding, known=", ".join(ENCODINGS)))
    used = [place.field for place in found.columns if place.field]
    heads = [place.header for place in found.columns if place.header] if found.way == BACK else []
    made += [Refused("filter_flaw_twice", field=known.name_of(field)) for field in _repeated(used)]
    made += [Refused("filter_flaw_header_twice", header=header) for header in _repeated(heads)]
    return made


def _repeated(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})


def _flaws_of(known: FilterSet, found: Filter, number: int, place: Place) -> Sequence[Refused]:
    made = []
    field = known.fields.get(place.field)
    if place.field and (field is None or field.way not in (found.way, "both")):
        made.append(Refused("filter_flaw_field", column=number, field=place.field))
    if found.header and not place.header.strip():
        made.append(Refused("filter_flaw_header", column=number))
    if place.field and place.fixed:
        made.append(Refused("filter_flaw_fixed", column=number, field=known.name_of(place.field)))
    if not 0 <= place.longest <= _MOST_BYTES:
        made.append(Refused("filter_flaw_longest", column=number, found=place.longest, limit=_MOST_BYTES))
    elif place.field == "parcel_key" and 0 < place.longest < LONGEST_KEY and found.way == OUT:
        made.append(Refused("filter_flaw_key", column=number, found=place.longest, least=LONGEST_KEY))
    wrong = [text for text in (place.header, place.fixed) if _unfit(text)]
    return [*made, *(Refused("filter_flaw_text", column=number, found=text) for text in wrong)]


def _unfit(text: str) -> bool:
    """Whether a text cannot stand in a cell as it is."""
    return bool(unencodable(text)) or any(mark in text for mark in '"\t\r\n') or is_live(text)


@lru_cache(maxsize=64)
def _read_setting(text: str) -> Mapping[str, Filter]:
    """The filters a shop registered, by slot, from its setting `<carrier>.filters`."""
    stored = json.loads(text or "{}")
    return MappingProxyType({slot: of_data(entry["filter"]) for slot, entry in stored.items()})


@lru_cache(maxsize=64)
def _layout_of(known: FilterSet, found: Filter) -> Layout:
    """One back takes what it knows by name beside the filter's own columns; in a file without header columns are told
    by their numbers."""
    back = found.way == BACK
    columns = tuple(_column(known, found, number, place) for number, place in enumerate(found.columns, 1))
    if back:
        named = tuple(place.field for place in found.columns if place.field)
        columns = tuple(column for column in columns if column.field in named)
        more = [
            Place(one.also[0], one.id) for one in known.fields.values() if one.also and one.id not in named
        ]
        columns += tuple(_column(known, found, 0, place) for place in more if found.header)
    return Layout(
        id=f"{known.carrier}_{found.id}",
        owner=known.carrier,
        title=found.title,
        columns=columns,
        encodings=(found.encoding,),
        quote_all=found.quote_all,
        header=found.header,
        signature=tuple(column.header for column in columns if column.required) if back else (),
        extra={"widths": str(len(found.columns))} if back and not found.header else {},
    )


def _column(known: FilterSet, found: Filter, number: int, place: Place) -> Column:
    field = known.fields.get(place.field, Known("", ""))
    name = place.field or f"column_{number}"
    if found.way == BACK:
        return Column(
            name,
            place.header,
            aliases=tuple(header for header in field.also if header != place.header),
            kind=field.kind,
            required=place.field in ("parcel_key", "tracking_no"),
            extra={} if found.header else {"position": str(number)},
        )
    extra = {"about": field.about} if field.about else {}
    if field.must == "told":
        extra |= {"lacking": "told"}
    return Column(
        name,
        place.header,
        kind=field.kind,
        required=bool(field.must),
        max_bytes=place.longest or None,
        constant=place.fixed,
        extra=extra,
    )
