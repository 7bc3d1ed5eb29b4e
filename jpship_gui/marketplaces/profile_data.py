"""A profile: the file kinds of one shop system as data a seller makes, shares and keeps in versions (SY-05, IN-16).

TOML → `Profile` and back without loss. What a table must not hold is refused with its place, as a person can find it
in the file: `fields.recipient.postal[1].steps[2]`.
"""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from jpship_gui.domain.fault import Refused
from jpship_gui.formats import toml_text
from jpship_gui.formats.cp932 import unencodable
from jpship_gui.formats.detect import plain
from jpship_gui.formats.formulas import is_live
from jpship_gui.formats.transforms import Step, StepError, check, pattern
from jpship_gui.marketplaces.profile_targets import MUST, OUT_FIELDS, step_of, targets, written

FORMAT = 1
PER_ITEM, FIRST_ROW, PACKED, JOINED = "per_item", "first_row_carries", "packed", "joined"
WARN, REFUSE = "warn", "refuse"
ORDERS, SHIPMENTS, BOTH, NONE = "orders", "shipments", "both", "none"
ENCODINGS = ("utf-8-sig", "utf-8", "cp932", "utf-16", "euc_jp", "gb18030", "cp949")
_T = TypeVar("_T")

# The only values a setting takes, by its place in the data.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "direction": (ORDERS, SHIPMENTS, BOTH, NONE),
    "rows.mode": (PER_ITEM, FIRST_ROW, PACKED, JOINED),
    "file.delimiter": ("auto", ",", "TAB", ";"),
    "out.delimiter": (",", "TAB", ";"),
    "out.mode": ("new", "fill"),
    "out.each": ("parcel", "order", "line"),
    "out.encoding": ("cp932", "utf-8"),
    "out.eol": ("crlf", "lf"),
    "out.quoting": ("minimal", "all", "never"),
    "on_unknown": (WARN, REFUSE),
    "grade": ("", "CONFIRMED", "LIKELY", "GUESS"),
}
OUT_FORMS = ("", "4-4-4")  # of a tracking number; a date's form is a pattern of yyyy MM dd
DELIMITERS = {"auto": "", ",": ",", "TAB": "\t", ";": ";"}


@dataclass(frozen=True, slots=True)
class Grades:
    """How sure each part is: CONFIRMED, LIKELY, GUESS, "" where nothing is said (a seller's own)."""

    orders: str = ""
    confirm: str = ""
    carriers: str = ""

    @property
    def weakest(self) -> str:
        """What is shown for the whole."""
        said = [grade for grade in (self.orders, self.confirm, self.carriers) if grade]
        return next((grade for grade in ("GUESS", "LIKELY", "CONFIRMED") if grade in said), "")


@dataclass(frozen=True, slots=True)
class FilePart:
    """How the file is opened; no encodings = judged on the content. `columns` are all headers known of it, which help
    to recognise it."""

    encodings: tuple[str, ...] = ()
    delimiter: str = "auto"
    skip_lines: int = 0
    header_row: int = 1
    sheet: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DetectPart:
    """Headers a file of this kind always has, and such as it never has."""

    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DropRule:
    """Rows that are no goods: `pattern` is found in `column`. The cells of `keep` go to the options of the goods above,
    so that the packer sees them."""

    column: str
    pattern: str
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """Of two files to be joined the one with the goods: its name, the headers it is known by, its order number."""

    title: str
    required: tuple[str, ...]
    order_key: tuple[str, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsPart:
    """How rows make orders. Of several keys the first the file has counts. `number_pattern` is the form of an order
    number; `sum_identical`: rows that are wholly equal are real repeats, whose quantities add up;
    `recipient_from_buyer`: an order without any recipient goes to its buyer."""

    mode: str = PER_ITEM
    order_key: tuple[str, ...] = ()
    line_key: tuple[str, ...] = ()
    number_pattern: str = ""
    sum_identical: bool = False
    recipient_from_buyer: bool = False
    drop_if: tuple[DropRule, ...] = ()
    second: Second | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value may come from: columns, and what is done to them. `steps` None = those of the target. `Header#2` is
    the second column of that name."""

    columns: tuple[str, ...]
    steps: tuple[Step, ...] | None = None


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A word of the file (a pattern that must match all of it) and jpship's code."""

    pattern: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeTable:
    """Words of the file → jpship's codes. An unknown word becomes `default` and is told, or refuses its order."""

    table: tuple[CodeRule, ...] = ()
    default: str = ""
    on_unknown: str = WARN


@dataclass(frozen=True, slots=True)
class CarrierRule:
    """What the shop system calls a carrier of ours, or one service of it."""

    carrier: str
    code: str
    name: str = ""
    service: str = ""
    carrier_name: str = ""
    method: str = ""
    source: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of the confirmation file: what stands in it, or the same text in every row; `form` of a date or
    number."""

    header: str
    field: str = "constant"
    text: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class OutPart:
    """The confirmation file: a new one, or (`fill`) the downloaded one with cells of the named columns put in.

    `numbers`: tracking numbers taken of one shipment (0 = any); `join` puts several into one cell where a row is an
    order. `name` is a word its file name must hold.
    """

    columns: tuple[OutColumn, ...] = ()
    mode: str = "new"
    each: str = "parcel"
    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    eol: str = "crlf"
    quoting: str = "minimal"
    header: bool = True
    date_form: str = "yyyy/MM/dd"
    blank: str = ""
    numbers: int = 0
    join: str = ""
    rows: int = 0
    ending: str = ".csv"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about one kind of shop. `base` is the profile it was copied from, `source` says where the facts are
    from; `note` is what a person should know before using it."""

    id: str
    title: str
    version: int = 1
    format: int = FORMAT
    direction: str = ORDERS
    base: str = ""
    source: str = ""
    note: str = ""
    grades: Grades = Grades()
    file: FilePart = FilePart()
    detect: DetectPart = DetectPart()
    rows: RowsPart = RowsPart()
    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, CodeTable] = field(default_factory=dict)
    carriers: tuple[CarrierRule, ...] = ()
    out: OutPart | None = None

    @property
    def reads(self) -> bool:
        """Whether it reads order files."""
        return self.direction in (ORDERS, BOTH)

    @property
    def writes(self) -> bool:
        """Whether it writes a confirmation file."""
        return self.direction in (SHIPMENTS, BOTH) and self.out is not None


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a profile cannot be used; words: `fault.profile_flaw_<code>` with `place` and `found`."""

    code: str
    place: str
    found: str = ""

    def fault(self) -> Refused:
        """The same as what is raised."""
        return Refused(f"profile_flaw_{self.code}", place=self.place, found=self.found)


# -- text and back --------------------------------------------------------------------------------------------------


def of_text(text: str) -> Profile:
    """A profile from its TOML; Refused("profile_flaw_…") with the place of the first thing that is wrong."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Flaw("toml", "", str(error)).fault() from error
    profile = of_data(data)
    for flaw in flaws(profile):
        raise flaw.fault()
    return profile


def to_text(profile: Profile) -> str:
    """Its TOML; `of_text` gives the equal profile back."""
    return toml_text.dumps(to_data(profile))


def of_data(data: Mapping[str, Any]) -> Profile:
    """A profile from plain values, its shape checked but not yet its sense (`flaws`)."""
    stated = data.get("format", FORMAT)
    if isinstance(stated, int) and stated > FORMAT:
        raise Flaw("newer", "format", str(stated)).fault()
    made: Profile = _value(Profile, data, "")
    return made


def to_data(profile: Profile) -> dict[str, Any]:
    """Plain values, without what is at its default."""
    made: dict[str, Any] = _plain(profile)
    return {"format": FORMAT, **made}


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _value(hint: Any, given: Any, place: str) -> Any:
    """`given` as a value of the type `hint` names; Refused with the place where it is none."""
    if isinstance(hint, types.UnionType):
        options = [one for one in typing.get_args(hint) if one is not type(None)]
        return None if given is None else _value(options[0], given, place)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _list(typing.get_args(hint)[0], given, place)
    if origin in (Mapping, dict):
        if not isinstance(given, Mapping):
            raise Flaw("shape", place, _shown(given)).fault()
        inner = typing.get_args(hint)[1]
        return {str(key): _value(inner, value, f"{place}.{key}") for key, value in given.items()}
    if hint is Step:
        return _step(given, place)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, given, place)
    if not isinstance(given, hint) or (hint is int and isinstance(given, bool)):
        raise Flaw("shape", place, _shown(given)).fault()
    return given


def _list(inner: Any, given: Any, place: str) -> tuple[Any, ...]:
    if isinstance(given, str) and inner is str:
        return (given,)
    if not isinstance(given, list | tuple):
        raise Flaw("shape", place, _shown(given)).fault()
    return tuple(_value(inner, item, f"{place}[{n}]") for n, item in enumerate(given, start=1))


def _step(given: Any, place: str) -> Step:
    if isinstance(given, Step):
        return given
    right = isinstance(given, list | tuple) and given and isinstance(given[0], str)
    if not isinstance(given, str) and not right:
        raise Flaw("shape", place, _shown(given)).fault()
    if any(
        isinstance(one, bool) or not isinstance(one, str | int)
        for one in ([given] if isinstance(given, str) else given)
    ):
        raise Flaw("shape", place, _shown(given)).fault()
    return step_of(given)


def _record(kind: type[_T], given: Any, place: str) -> _T:
    if not isinstance(given, Mapping):
        raise Flaw("shape", place, _shown(given)).fault()
    hints = _hints(typing.cast(Hashable, kind))
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    start = f"{place}." if place else ""
    for key in given:
        if key not in known:
            raise Flaw("key_unknown", f"{start}{key}").fault()
    for name, one in known.items():
        required = one.default is MISSING and one.default_factory is MISSING
        if required and name not in given:
            raise Flaw("missing", f"{start}{name}").fault()
    return kind(**{key: _value(hints[key], value, f"{start}{key}") for key, value in given.items()})


def _shown(given: Any) -> str:
    return str(given)[:60]


def _plain(value: Any) -> Any:
    if isinstance(value, Step):
        return written(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(item)
            for one in fields(value)
            if one.name != "format" and not _is_default(one, item := getattr(value, one.name))
        }
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _is_default(one: Any, value: Any) -> bool:
    if one.default_factory is not MISSING:
        return bool(value == one.default_factory())
    return one.default is not MISSING and bool(value == one.default)


# -- sense ----------------------------------------------------------------------------------------------------------

_ID = re.compile("[a-z][a-z0-9_]{1,30}")
_LONGEST_TITLE = 40
_DATE_TOKENS = re.compile("yyyy|MM|dd|M|d|HH|mm|ss")


def flaws(profile: Profile) -> list[Flaw]:
    """Everything that keeps it from being used, in the order of the file."""
    return [flaw for ask in _QUESTIONS for flaw in ask(profile)]


def _head(profile: Profile) -> Iterator[Flaw]:
    if not _ID.fullmatch(profile.id):
        yield Flaw("id", "id", profile.id)
    if not profile.title.strip() or len(profile.title) > _LONGEST_TITLE:
        yield Flaw("title", "title", profile.title)
    yield from _choice("direction", profile.direction)
    for name in ("orders", "confirm", "carriers"):
        yield from _choice("grade", getattr(profile.grades, name), f"grades.{name}")
    if profile.version < 1:
        yield Flaw("value", "version", str(profile.version))


def _choice(rule: str, value: str, place: str = "") -> Iterator[Flaw]:
    if value not in CHOICES[rule]:
        yield Flaw("value", place or rule, value)


def _file(profile: Profile) -> Iterator[Flaw]:
    part = profile.file
    for n, encoding in enumerate(part.encodings, start=1):
        if encoding not in ENCODINGS:
            yield Flaw("value", f"file.encodings[{n}]", encoding)
    yield from _choice("file.delimiter", part.delimiter)
    for name, value, least in (("skip_lines", part.skip_lines, 0), ("header_row", part.header_row, 1)):
        if not least <= value <= 1_000:
            yield Flaw("value", f"file.{name}", str(value))


def _rows(profile: Profile) -> Iterator[Flaw]:
    part = profile.rows
    yield from _choice("rows.mode", part.mode)
    if part.number_pattern:
        yield from _pattern("rows.number_pattern", part.number_pattern)
    for n, rule in enumerate(part.drop_if, start=1):
        yield from _pattern(f"rows.drop_if[{n}].pattern", rule.pattern)
    if not profile.reads:
        return
    if not part.order_key:
        yield Flaw("no_key", "rows.order_key")
    if (part.mode == JOINED) != (part.second is not None):
        yield Flaw("second", "rows.second")
    if part.second is not None and not (part.second.required and part.second.order_key):
        yield Flaw("second", "rows.second")
    for name, target in targets().items():
        if (
            target.need == MUST
            and name != "number"
            and not (profile.fields.get(name) or profile.constants.get(name))
        ):
            yield Flaw("target_missing", f"fields.{name}")


def _pattern(place: str, source: str) -> Iterator[Flaw]:
    try:
        pattern(source)
    except StepError as error:
        yield Flaw(f"step_{error.code}", place, error.found)


def _fields(profile: Profile) -> Iterator[Flaw]:
    for name, sources in profile.fields.items():
        place = f"fields.{name}"
        if name not in targets():
            yield Flaw("target_unknown", place, name)
            continue
        for n, source in enumerate(sources, start=1):
            yield from _source(profile, name, source, f"{place}[{n}]")
    for name in profile.constants:
        if name not in targets():
            yield Flaw("target_unknown", f"constants.{name}", name)


def _source(profile: Profile, target: str, source: Source, place: str) -> Iterator[Flaw]:
    if not source.columns or not all(column.strip() for column in source.columns):
        yield Flaw("no_column", f"{place}.columns")
    for n, step in enumerate(source.steps or (), start=1):
        try:
            check(step)
        except StepError as error:
            yield Flaw(f"step_{error.code}", f"{place}.steps[{n}]", error.found)
        packs = step.name == "packed_lines"
        if packs and (profile.rows.mode != PACKED or targets()[target].level != "line"):
            yield Flaw("packed", f"{place}.steps[{n}]", step.name)


def _codes(profile: Profile) -> Iterator[Flaw]:
    for name, table in profile.codes.items():
        place = f"codes.{name}"
        if name not in targets():
            yield Flaw("target_unknown", place, name)
            continue
        takes = targets()[name].takes
        yield from _choice("on_unknown", table.on_unknown, f"{place}.on_unknown")
        if not takes(table.default) and table.default:
            yield Flaw("code", f"{place}.default", table.default)
        for n, rule in enumerate(table.table, start=1):
            yield from _pattern(f"{place}.table[{n}].pattern", rule.pattern)
            if not takes(rule.code):
                yield Flaw("code", f"{place}.table[{n}].code", rule.code)
    for name, value in profile.constants.items():
        if name in targets() and not targets()[name].takes(value):
            yield Flaw("code", f"constants.{name}", value)


def _carriers(profile: Profile) -> Iterator[Flaw]:
    seen = set()
    for n, rule in enumerate(profile.carriers, start=1):
        if not rule.carrier or not rule.code:
            yield Flaw("carrier", f"carriers[{n}]", rule.carrier or rule.code)
        key = (rule.carrier, rule.service, rule.valid_from)
        if key in seen:
            yield Flaw("carrier_twice", f"carriers[{n}]", rule.carrier)
        seen.add(key)


def _out(profile: Profile) -> Iterator[Flaw]:
    part = profile.out
    if part is None:
        if profile.direction in (SHIPMENTS, BOTH):
            yield Flaw("out_missing", "out")
        return
    for name in ("mode", "each", "encoding", "delimiter", "eol", "quoting"):
        yield from _choice(f"out.{name}", getattr(part, name))
    yield from _out_columns(part)
    if part.bom and part.encoding != "utf-8":
        yield Flaw("bom", "out.bom", part.encoding)
    if not re.fullmatch(r"\.[a-z0-9]{1,5}", part.ending):
        yield Flaw("value", "out.ending", part.ending)
    if part.mode == "fill" and (profile.rows.mode == JOINED or not profile.reads):
        yield Flaw("fill", "out.mode", part.mode)
    if not date_form_is_right(part.date_form):
        yield Flaw("step_date_form", "out.date_form", part.date_form)
    for name in ("numbers", "rows"):
        if getattr(part, name) < 0:
            yield Flaw("value", f"out.{name}", str(getattr(part, name)))


def _out_columns(part: OutPart) -> Iterator[Flaw]:
    seen = set()
    for n, column in enumerate(part.columns, start=1):
        place = f"out.columns[{n}]"
        if column.field not in OUT_FIELDS:
            yield Flaw("value", f"{place}.field", column.field)
        if not column.header.strip():
            yield Flaw("no_column", f"{place}.header")
        strange = unencodable(column.header + column.text) if part.encoding == "cp932" else ()
        if strange and part.mode == "new":
            yield Flaw("not_encodable", f"{place}.header", " ".join(strange))
        if is_live(column.header):
            yield Flaw("formula", f"{place}.header", column.header)
        if plain(column.header) in seen:
            yield Flaw("header_twice", f"{place}.header", column.header)
        seen.add(plain(column.header))
        dated = column.field in ("ship_date", "ship_time", "order_date")
        if column.form and not (date_form_is_right(column.form) if dated else column.form in OUT_FORMS):
            yield Flaw("step_date_form" if dated else "value", f"{place}.form", column.form)
    told = {column.field for column in part.columns}
    needed = ("tracking_no",) if part.mode == "fill" else ("number", "tracking_no")
    for name in needed:
        if name not in told:
            yield Flaw("out_lacks", "out.columns", name)

    several = part.numbers != 1 and not part.join
    if several and (part.each == "order" or part.mode == "fill"):
        yield Flaw("several", "out.numbers", str(part.numbers))


def date_form_is_right(form: str) -> bool:
    """Whether it is made of yyyy MM dd M d HH mm ss and signs between them."""
    return (
        bool(form)
        and not re.search("[A-Za-z]", _DATE_TOKENS.sub("", form))
        and bool(_DATE_TOKENS.search(form))
    )


_QUESTIONS: Sequence[Callable[[Profile], Iterator[Flaw]]] = (
    _head,
    _file,
    _rows,
    _fields,
    _codes,
    _carriers,
    _out,
)
