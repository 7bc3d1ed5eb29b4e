"""Filters (フィルタ): which column of a file holds what.

In ゆうプリR and ゆうプリクラウド a file layout is whatever the user registered, so each is data a shop may change;
the known standards are where one starts. TOML → `Filter` and back without loss.
"""

from __future__ import annotations

import json
import pkgutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.formats import toml_text
from jpship_gui.formats.cp932 import unencodable
from jpship_gui.formats.formulas import is_live
from jpship_gui.formats.layout import Column, Layout

OUT, BACK = "out", "back"
EDITABLE = ("r", "cloud")  # the tools whose files follow a filter of the user
ENCODINGS = ("cp932", "utf-8-sig", "utf-8")
LONGEST_KEY = 12  # JP, seven characters, P and the parcel's number
STARTS: Mapping[str, tuple[str, ...]] = {
    "r.out": ("r117", "r69", "r_short"),
    "r.back": ("r_back", "r119_back"),
    "cloud.out": ("cloud17",),
    "cloud.back": ("cloud_back",),
    "web.out": ("web72",),
    "clickpost.out": ("clickpost8",),
}
_MOST_COLUMNS = 300
_MOST_BYTES = 1000
_KEYS = {"id", "tool", "way", "title", "version", "header", "encoding", "quote_all", "columns"}
_PACKAGE = __name__.rpartition(".")[0]
# The one or the other must be there: nobody can print a waybill, or bring a number back, without.
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "out": (
        ("parcel_key",),
        ("recipient_postal_code",),
        ("recipient_address_1",),
        ("recipient_name", "recipient_name_1"),
    ),
    "r.out": (("mail_kind",), ("recipient_phone",)),
    "cloud.out": (("cloud_product",), ("recipient_phone",)),
    "back": (("parcel_key",), ("tracking_no",)),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A value a column may hold: our id, the tool's own word for it, what kind of cells, which way it goes."""

    id: str
    name: str
    kind: str = "text"
    about: str = ""
    way: str = OUT  # out, back or both


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


@cache
def known_fields() -> Mapping[str, Known]:
    """Every field a filter may name."""
    data = pkgutil.get_data(_PACKAGE, "fields.toml") or b""
    return {entry["id"]: Known(**entry) for entry in tomllib.loads(data.decode("utf-8"))["field"]}


@cache
def start(name: str) -> Filter:
    """A filter of the build."""
    data = pkgutil.get_data(_PACKAGE, f"{name}.toml")
    if data is None or not any(name in names for names in STARTS.values()):
        known = ", ".join(found for slot in STARTS for found in STARTS[slot])
        raise Refused("filter_unknown", name=name, known=known)
    return of_text(data.decode("utf-8"))


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


def flaws(found: Filter) -> tuple[Refused, ...]:
    """Everything that keeps a filter from being used, each with its column."""
    if found.slot not in STARTS or found.tool not in EDITABLE:
        return (Refused("filter_flaw_tool", found=found.slot, known=", ".join(_editable_slots())),)
    fields = [place.field for place in found.columns]
    needed = (*_NEEDED[OUT], *_NEEDED[found.slot]) if found.way == OUT else _NEEDED[BACK]
    lacking = [either[-1] for either in needed if not any(field in fields for field in either)]
    return (
        *_flaws_whole(found),
        *(Refused("filter_flaw_lacks", column=_name(field)) for field in lacking),
        *(flaw for n, place in enumerate(found.columns, 1) for flaw in _flaws_of(found, n, place)),
    )


def _editable_slots() -> tuple[str, ...]:
    return tuple(slot for slot in STARTS if slot.partition(".")[0] in EDITABLE)


def _flaws_whole(found: Filter) -> Sequence[Refused]:
    made = []
    if not 1 <= len(found.columns) <= _MOST_COLUMNS:
        made.append(Refused("filter_flaw_columns", count=len(found.columns), limit=_MOST_COLUMNS))
    if found.encoding not in ENCODINGS:
        made.append(Refused("filter_flaw_encoding", found=found.encoding, known=", ".join(ENCODINGS)))
    used = [place.field for place in found.columns if place.field]
    heads = [place.header for place in found.columns if place.header] if found.way == BACK else []
    made += [Refused("filter_flaw_twice", field=_name(field)) for field in _repeated(used)]
    made += [Refused("filter_flaw_header_twice", header=header) for header in _repeated(heads)]
    return made


def _repeated(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})


def _flaws_of(found: Filter, number: int, place: Place) -> Sequence[Refused]:
    made = []
    known = known_fields().get(place.field)
    if place.field and (known is None or known.way not in (found.way, "both")):
        made.append(Refused("filter_flaw_field", column=number, field=place.field))
    if found.header and not place.header.strip():
        made.append(Refused("filter_flaw_header", column=number))
    if place.field and place.fixed:
        made.append(Refused("filter_flaw_fixed", column=number, field=_name(place.field)))
    if not 0 <= place.longest <= _MOST_BYTES:
        made.append(Refused("filter_flaw_longest", column=number, found=place.longest, limit=_MOST_BYTES))
    elif place.field == "parcel_key" and 0 < place.longest < LONGEST_KEY and found.way == OUT:
        made.append(Refused("filter_flaw_key", column=number, found=place.longest, least=LONGEST_KEY))
    wrong = [text for text in (place.header, place.fixed) if _unfit(text)]
    return [*made, *(Refused("filter_flaw_text", column=number, found=text) for text in wrong)]


def _unfit(text: str) -> bool:
    """Whether a text cannot stand in a cell as it is."""
    return bool(unencodable(text)) or any(mark in text for mark in '"\t\r\n') or is_live(text)


def _name(field: str) -> str:
    known = known_fields().get(field)
    return known.name if known else field


@lru_cache(maxsize=64)
def read_setting(text: str) -> Mapping[str, Filter]:
    """The filters a shop registered, by slot, from its setting `jppost.filters`."""
    stored = json.loads(text or "{}")
    return MappingProxyType({slot: of_data(entry["filter"]) for slot, entry in stored.items()})


def filter_of(slot: str, codes: Mapping[str, str]) -> Filter:
    """The filter a shop uses for a slot: its own, else the standard one."""
    own = read_setting(codes.get("filters", "{}"))
    return own.get(slot) or start(STARTS[slot][0])


@lru_cache(maxsize=64)
def layout_of(found: Filter) -> Layout:
    """The file layout a filter stands for. One back takes what it knows by name beside the filter's own columns; in a
    file without header columns are told by their numbers."""
    back = found.way == BACK
    columns = tuple(_column(found, number, place) for number, place in enumerate(found.columns, 1))
    if back:
        named = tuple(place.field for place in found.columns if place.field)
        more = [Place(names[0], field) for field, names in _ALSO.items() if field not in named]
        columns = tuple(column for column in columns if column.field in named)
        columns += tuple(_column(found, 0, place) for place in more if found.header)
    return Layout(
        id=f"jppost_{found.id}",
        owner="jppost",
        title=found.title,
        columns=columns,
        encodings=(found.encoding,),
        quote_all=found.quote_all,
        header=found.header,
        signature=tuple(column.header for column in columns if column.required) if back else (),
        extra={"widths": str(len(found.columns))} if back and not found.header else {},
    )


_ALSO: Mapping[str, tuple[str, ...]] = {  # how the same column is called in other exports of the two tools
    "parcel_key": (
        "お客様側管理番号",
        "1:お客様側管理番号",
        "お客さま管理番号（受注番号等）",
        "お客さま管理番号",
    ),
    "tracking_no": ("お問い合わせ番号", "2:お問い合わせ番号"),
    "leading_no": ("代表お問い合わせ番号",),
    "ship_date": ("発送予定日",),
    "recipient": ("お届け先 名称", "お届け先 名称１"),
    "accepted_at": ("仮引受確定作業年月日",),
    "delivered_at": ("配送完了作業年月日",),
    "state_summary": ("配達ステータス集約コード",),
    "state_detail": ("配達ステータス明細コード",),
}


def _column(found: Filter, number: int, place: Place) -> Column:
    known = known_fields().get(place.field)
    kind = known.kind if known else "text"
    extra = {"about": known.about} if known and known.about else {}
    if found.way == BACK:
        header = place.header
        also = tuple(name for name in _ALSO.get(place.field, ()) if name != header)
        return Column(
            place.field or f"column_{number}",
            header,
            aliases=also,
            kind=kind,
            required=place.field in ("parcel_key", "tracking_no"),
            extra={} if found.header else {"position": str(number)},
        )
    if place.field.startswith("sender_") and place.field.endswith(_TOLD):
        extra |= {"lacking": "told"}
    return Column(
        place.field or f"column_{number}",
        place.header,
        kind=kind,
        required=place.field in _FILLED or extra.get("lacking") == "told",
        max_bytes=place.longest or None,
        constant=place.fixed,
        extra=extra,
    )


_TOLD = ("postal_code", "address_1", "name", "name_1", "phone", "street")
_FILLED = {
    *("parcel_key", "mail_kind", "slip_form", "cloud_form", "cloud_product", "web_product", "web_payment"),
    *("recipient_postal_code", "recipient_address_1", "recipient_name", "recipient_name_1"),
    *("recipient_prefecture", "recipient_city", "recipient_street"),
}
