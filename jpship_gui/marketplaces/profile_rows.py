"""Rows of a file a profile describes → `Order`s.

Each target's cells are put together by its sources and transforms, and the table that makes is read by the same
`order_rows` as every marketplace's file; rows, lines and columns in messages are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, lru_cache

from jpship_gui.domain.address import leading_prefecture
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import ELSEWHERE, LABEL_ELSEWHERE, Finding, OrderState, Wish
from jpship_gui.formats import values
from jpship_gui.formats.damage import Noted
from jpship_gui.formats.detect import plain
from jpship_gui.formats.layout import Column, Damage, Layout, Rejection, Row, Table
from jpship_gui.formats.transforms import Chain, StepError, chain, pattern
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values, read_at
from jpship_gui.marketplaces.profile_data import (
    FIRST_ROW,
    JOINED,
    PACKED,
    REFUSE,
    CodeRule,
    CodeTable,
    DropRule,
    Flaw,
    Profile,
    Source,
)
from jpship_gui.marketplaces.profile_targets import Target, targets

# An order number begins with a letter, a digit or # and so can start no formula where a spreadsheet opens it again.
NUMBER_PATTERN = r"^[^\W_#][\w#./: ()+-]*$|^#\w[\w#./: ()+-]*$"
WISH_DAY, WISH_SLOT = (
    "notes.day",
    "notes.slot",
)  # settings of the shop: where an app writes wishes into the remark
_STATE, _WISH_TEXT, _SAME = "@state", "@wish.text", "recipient_is_buyer"
_CODED = ("state", "wish.slot", "cash_on_delivery", "cool")
_CODED_BY_US = ("state", "cash_on_delivery", "cool")  # an unknown word in them means nothing to jpship
_FLAGS = {"elsewhere": ELSEWHERE, "label_elsewhere": LABEL_ELSEWHERE}
_CONTACT = ("name", "kana", "postal", "address", "prefecture", "city", "street", "phone", "email")
EXPONENT = re.compile(r"^\s*[='\"]*\s*\d(?:[.,]\d+)?[Ee]\+\d+\"?\s*$")
_KEYS = ("number", "line.id", "package.id")
_WHOLE_DAY = timedelta(hours=23, minutes=59)
_NO = frozenset(
    ("", "0", "false", "no", "n", "off", "無", "無し", "なし", "いいえ", "しない", "不要", "希望しない", "-")
)

Shops = Callable[[str], ShopAccount | None]


class Headers:
    """Where a table's columns stand, by name as compared and as written; `Name#2` is the second of that name."""

    def __init__(self, header: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(header):
            self._places.setdefault(plain(name), []).append(place)

    def find(self, name: str) -> int | None:
        """The column's place, None where the table has none of that name."""
        found = self._places.get(plain(name))
        if found:
            return found[0]
        stem, _, nth = name.rpartition("#")
        again = self._places.get(plain(stem), []) if nth.isdecimal() else []
        return again[int(nth) - 1] if again and 1 <= int(nth) <= len(again) else None

    def first(self, names: Iterable[str]) -> int | None:
        """The first of several names the table has."""
        return next((place for name in names if (place := self.find(name)) is not None), None)


@dataclass(slots=True)
class _Made:
    """One row of the table that is made: its cells by target, the rows of the file it came from."""

    origin: int
    cells: dict[str, str]
    members: list[int]


@dataclass(slots=True)
class _Work:
    """One file being read."""

    profile: Profile
    table: Table
    refused: frozenset[str]
    headers: Headers
    rows: list[tuple[str, ...]]
    made: list[_Made] = field(default_factory=list)
    damages: dict[int, list[Damage]] = field(default_factory=dict)  # by row of the file
    rejections: dict[int, list[Rejection]] = field(default_factory=dict)
    unknown: dict[str, list[Finding]] = field(default_factory=dict)  # by order number
    beside: dict[str, list[int]] = field(default_factory=dict)  # rows that are no goods, by order number
    summed: int = 0

    def reject(self, index: int, place: int | None, code: str, value: str = "") -> None:
        header = self.table.header[place] if place is not None else ""
        line = self.table.line_of(index, place)
        self.rejections.setdefault(index, []).append(
            Rejection(line, header, code, value, file=self.table.file_of(place))
        )


def read_orders(
    profile: Profile, table: Table, layout: Layout, shop_of: Shops, refused: frozenset[str] = frozenset()
) -> ReadOrders:
    """See `OrderReader`. Refused("profile_exponent") where a spreadsheet took digits of a key: nothing of such a file
    can be trusted."""
    width = len(table.header)
    rows = [
        row.cells if len(row.cells) >= width else (*row.cells, *[""] * (width - len(row.cells)))
        for row in table.rows
    ]
    work = _Work(profile, table, refused, Headers(table.header), rows)
    plan = _plan(profile, work.headers)
    _stop_at_exponents(work, plan)
    kept, dropped = _sorted_out(work)
    _make(work, plan, kept)
    if profile.rows.mode == FIRST_ROW:
        _carry_down(work, plan, [index for index, _ in dropped])
    _keep_beside(work, plan, dropped)
    _complete(work, plan)
    read = _read(work, plan, layout, shop_of)
    return replace(read, absent_columns=plan.absent)


def keys_of(profile: Profile, table: Table) -> dict[str, list[tuple[int, str]]]:
    """Rows of goods by order number, each with its package's id, as `read_orders` tells them apart."""
    width = len(table.header)
    rows = [(*row.cells, *[""] * (width - len(row.cells))) for row in table.rows]
    work = _Work(profile, table, frozenset(), Headers(table.header), rows)
    plan = _plan(profile, work.headers)
    wanted = {name: known for name, known in plan.fields.items() if name in ("number", "package.id")}
    kept, _ = _sorted_out(work)
    found: dict[str, list[tuple[int, str]]] = {}
    number = ""
    for index in kept:
        cells = _cells_of(work, wanted, index)
        own = cells.get("number", "")
        number = own or (number if profile.rows.mode == FIRST_ROW else "")
        found.setdefault(number, []).append((index, cells.get("package.id", "")))
    return found


# -- which columns -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """One source of a target as this table has it."""

    columns: tuple[int, ...]
    chain: Chain


@dataclass(frozen=True, slots=True)
class _Field:
    """A target with those of its sources the table has; there is at least one."""

    target: Target
    sources: tuple[_Place, ...]
    header: str  # as messages name it

    @property
    def first(self) -> int:
        """The column messages point at."""
        return self.sources[0].columns[0]


@dataclass(frozen=True, slots=True)
class _Plan:
    fields: Mapping[str, _Field]
    absent: tuple[str, ...]  # headers the profile names and the file lacks


def _plan(profile: Profile, headers: Headers) -> _Plan:
    mapped = dict(profile.fields)
    mapped.setdefault("number", tuple(Source((name,)) for name in profile.rows.order_key))
    if profile.rows.line_key:
        mapped.setdefault("line.id", tuple(Source((name,)) for name in profile.rows.line_key))
    found: dict[str, _Field] = {}
    absent: dict[str, None] = {}
    for name, sources in mapped.items():
        target = targets()[name]
        places = [(source, _place(target, source, headers)) for source in sources]
        there = [(source, place) for source, place in places if place is not None]
        if not there:
            absent.update(dict.fromkeys(column for source in sources[:1] for column in source.columns))
            continue
        found[name] = _Field(target, tuple(place for _, place in there), "・".join(there[0][0].columns))
    return _Plan(found, tuple(name for name in absent if headers.find(name) is None))


def _place(target: Target, source: Source, headers: Headers) -> _Place | None:
    """None where the table has none of its columns."""
    steps = target.steps if source.steps is None else source.steps
    columns = tuple(place for name in source.columns if (place := headers.find(name)) is not None)
    return _Place(columns, chain(steps)) if columns else None


def _stop_at_exponents(work: _Work, plan: _Plan) -> None:
    for name in _KEYS:
        known = plan.fields.get(name)
        for source in known.sources if known else ():
            for place in source.columns:
                for index, cells in enumerate(work.rows):
                    if "+" in cells[place] and EXPONENT.match(cells[place]):
                        raise Refused(
                            "profile_exponent",
                            file=work.table.name,
                            line=work.table.line_of(index, place),
                            column=work.table.header[place],
                            found=cells[place],
                        )


# -- which rows --------------------------------------------------------------------------------------------------------


def _sorted_out(work: _Work) -> tuple[list[int], list[tuple[int, DropRule]]]:
    """Rows of goods, and rows that are none with the rule that says so."""
    rules = [
        (rule, place, pattern(rule.pattern))
        for rule in work.profile.rows.drop_if
        if (place := work.headers.find(rule.column)) is not None
    ]
    width = len(work.table.header)
    kept: list[int] = []
    dropped: list[tuple[int, DropRule]] = []
    for index, cells in enumerate(work.rows):
        out = next((rule for rule, place, found in rules if found.search(cells[place].strip())), None)
        if out is not None:
            dropped.append((index, out))
            continue
        kept.append(index)
        if len(cells) > width and any(cells[width:]):
            work.reject(index, None, "row_too_long", next(cell for cell in cells[width:] if cell))
    return kept, dropped


def _make(work: _Work, plan: _Plan, kept: Sequence[int]) -> None:
    """The rows of the new table; of rows wholly equal, which a profile says are real repeats, one with the sum."""
    packed = work.profile.rows.mode == PACKED
    carries = work.profile.rows.mode == FIRST_ROW
    alike: dict[tuple[str, tuple[str, ...]], _Made] = {}
    whole, one_line = _split_by_level(plan) if packed else (plan.fields, {})
    number = ""
    for index in kept:
        made = _Made(index, _cells_of(work, whole, index), [index])
        if not any(made.cells.values()) and index not in work.rejections:
            continue  # nothing in any column that is read: what a spreadsheet leaves below a table
        if carries:  # a row without number belongs to the order above
            made.cells["number"] = made.cells.get("number") or number
        number = made.cells.setdefault("number", "")
        first = alike.setdefault((number, work.rows[index]), made)
        if first is not made and work.profile.rows.sum_identical:
            first.members.append(index)
            work.summed += 1
            continue
        if first is not made and not made.cells.get("line.id"):
            # One row twice, or the same goods ordered twice? With a key of lines it is the same line.
            work.reject(
                index, plan.fields["number"].first if "number" in plan.fields else None, "repeat_uncertain"
            )
        work.made += _unpacked(work, one_line, made) if packed else [made]


def _cells_of(work: _Work, fields: Mapping[str, _Field], index: int) -> dict[str, str]:
    """Each target's first source that says anything."""
    made: dict[str, str] = {}
    for name, known in fields.items():
        text = ""
        for source in known.sources:
            text = _cell(work, source, index)
            if text:
                break
        made[name] = text
    return made


def _cell(work: _Work, source: _Place, index: int, *, note: bool = True) -> str:
    cells = work.rows[index]
    given = tuple([cells[place] for place in source.columns])
    texts, codes = source.chain.run(given)
    text = texts[0] if len(texts) == 1 else "".join(texts)
    if codes:
        return _noted(work, source, index, codes[0], given, text, note=note)
    return text


def _noted(
    work: _Work, source: _Place, index: int, code: str, given: tuple[str, ...], text: str, *, note: bool
) -> str:
    """A mended cell is marked; where a person refused this kind of repair it stays as received."""
    place = source.columns[0]
    found = "".join(given).strip()
    if note:
        line = work.table.line_of(index, place)
        damage = Damage(line, work.table.header[place], code, found, text)
        work.damages.setdefault(index, []).append(damage)
    return found if code in work.refused else text


def _split_by_level(plan: _Plan) -> tuple[dict[str, _Field], dict[str, _Field]]:
    lines = {name: known for name, known in plan.fields.items() if known.target.level == "line"}
    return {name: known for name, known in plan.fields.items() if name not in lines}, lines


def _unpacked(work: _Work, fields: Mapping[str, _Field], made: _Made) -> list[_Made]:
    """A row whose cells hold a value for each line, as one row a line. What is written once holds for all lines."""
    index = made.origin
    columns = {name: _packed(work, known, index) for name, known in fields.items()}
    count = max((len(texts) for _, texts in columns.values()), default=1)
    lines: list[dict[str, str]] = [{} for _ in range(count)]
    for name, (how, texts) in columns.items():
        if how == _ONCE:
            texts = texts * count
        elif how == _BY_NUMBER or not any(texts):
            texts = (*texts, *[""] * (count - len(texts)))
        if len(texts) != count:
            work.reject(index, fields[name].first, "packed_uneven", "・".join(texts))
            return [made]
        for line, text in zip(lines, texts, strict=True):
            line[name] = text.strip()
    return [_Made(index, {**made.cells, **line}, [index]) for line in lines]


_ONCE, _BY_NUMBER, _BY_PLACE = "once", "by_number", "by_place"


def _packed(work: _Work, known: _Field, index: int) -> tuple[str, tuple[str, ...]]:
    """How a cell tells its lines, and what it tells."""
    how = _ONCE
    texts: tuple[str, ...] = ("",)
    for source in known.sources:
        step = next((step for step in source.chain.steps if step.name == "packed_lines"), None)
        how = _ONCE if step is None else _BY_PLACE if any(step.args) else _BY_NUMBER
        texts = source.chain.run(tuple(work.rows[index][place] for place in source.columns))[0] or ("",)
        if any(texts):
            break
    return (how, texts) if how != _ONCE else (_ONCE, ("".join(texts),))


def _keep_beside(work: _Work, plan: _Plan, dropped: Sequence[tuple[int, DropRule]]) -> None:
    """Rows that are no goods stay with their order; what they say about the goods is written under those above."""
    number = plan.fields.get("number")
    if number is None or not dropped:
        return
    by_origin = {made.origin: made for made in work.made}
    for index, rule in dropped:
        text = next(
            (t for source in number.sources if (t := _cell(work, source, index, note=False))),
            "",
        )
        if not text:
            continue
        work.beside.setdefault(text, []).append(index)
        places = [place for name in rule.keep if (place := work.headers.find(name)) is not None]
        said = " ".join(cell for place in places if (cell := work.rows[index][place].strip()))
        goods = _goods_near(by_origin, index, text, len(work.rows))
        if said and goods is not None:
            before = goods.cells.get("line.options", "")
            goods.cells["line.options"] = f"{before}\n{said}".strip()


def _goods_near(by_origin: Mapping[int, _Made], index: int, number: str, count: int) -> _Made | None:
    """The goods of the same order above a row, else below it."""
    for near in (*range(index - 1, -1, -1), *range(index + 1, count)):
        made = by_origin.get(near)
        if made is None:
            continue
        if made.cells.get("number") == number:
            return made
        if near > index:
            return None
    return None


# -- completing rows ---------------------------------------------------------------------------------------------------


def _complete(work: _Work, plan: _Plan) -> None:
    _put_constants(work)
    flags = [name for name, target in targets().items() if target.kind == "flag"]
    lines: dict[str, int] = {}
    for made in work.made:
        cells = made.cells
        _code_all(work, plan, made)
        for who in ("recipient", "buyer"):
            _part_address(cells, who)
        if work.profile.rows.recipient_from_buyer:
            _to_buyer(cells)
        for name in flags:
            if name in cells:
                cells[name] = "0" if cells[name].lower() in _NO else "1"
        _same_person(cells)
        nth = lines[cells["number"]] = lines.get(cells["number"], 0) + 1
        if not cells.get("line.id"):
            cells["line.id"] = f"#{nth}" if "line.id" in plan.fields else str(nth)
        if len(made.members) > 1 and cells.get("line.quantity", "").isdecimal():
            cells["line.quantity"] = str(int(cells["line.quantity"]) * len(made.members))
    if work.profile.rows.mode == JOINED:
        _reject_lonely(work)


def _carry_down(work: _Work, plan: _Plan, dropped: Sequence[int]) -> None:
    """Order and recipient stand on the first row of an order only, even where that row is no goods."""
    carried = {n: known for n, known in plan.fields.items() if known.target.level != "line" and n != "number"}
    first: dict[str, tuple[int, dict[str, str]]] = {}
    for made in reversed(work.made):
        first[made.cells["number"]] = (made.origin, made.cells)
    number = {"number": plan.fields["number"]} if "number" in plan.fields else {}
    for index in reversed(dropped):
        own = _cells_of(work, number, index).get("number", "")
        if own in first and index < first[own][0]:
            first[own] = (index, _cells_of(work, carried, index))
    for made in work.made:
        _, head = first[made.cells["number"]]
        for name in carried:
            made.cells[name] = made.cells[name] or head[name]


def _put_constants(work: _Work) -> None:
    for name, value in work.profile.constants.items():
        for made in work.made:
            made.cells[name] = made.cells.get(name) or value


def _code_all(work: _Work, plan: _Plan, made: _Made) -> None:
    """Words of the file as jpship's codes. What `order` needs as received is kept beside them."""
    cells = made.cells
    if "wish.slot" in cells:
        cells[_WISH_TEXT] = _as_received(work, plan, "wish.slot", made.origin)
    if "cash_on_delivery" not in cells and "payment" in cells:
        cells["cash_on_delivery"] = cells["payment"]
    for name in _coded_targets(work.profile) & cells.keys():
        table, text = _table_of(work.profile, name), cells[name]
        code = code_of(name, table, text)
        if code is None:
            _tell_unknown(work, plan, made, name, text, table)
            code = table.default or ("" if name in _CODED_BY_US else text)
        cells[_STATE if name == "state" else name] = code


def code_of(name: str, table: CodeTable, text: str) -> str | None:
    """The code a target's table has for a text, which may be one already (`time_slot`); None for an unknown word."""
    code = _matching(_rules(table), text)
    if code is not None:
        return code
    target = targets()[name]
    if not text:
        return table.default
    return text if target.coded and target.takes(text) else None


def _tell_unknown(work: _Work, plan: _Plan, made: _Made, name: str, text: str, table: CodeTable) -> None:
    known = plan.fields.get(name)
    if table.on_unknown == REFUSE:
        work.reject(made.origin, known.first if known else None, "code_unknown", text)
    elif name not in ("state", "wish.slot"):  # these have findings of their own
        values_of = (("column", known.header if known else ""), ("found", text), ("taken", table.default))
        told = work.unknown.setdefault(made.cells["number"], [])
        told += [f for f in (Finding("code_unknown", "order", values_of),) if f not in told]


def _as_received(work: _Work, plan: _Plan, name: str, index: int) -> str:
    known = plan.fields.get(name)
    for source in known.sources if known else ():
        text = " ".join(work.rows[index][place].strip() for place in source.columns)
        if text.strip():
            return text.strip()
    return ""


@cache
def _rules(table: CodeTable) -> tuple[tuple[str, str], ...]:
    return tuple((rule.pattern, rule.code) for rule in table.table)


@lru_cache(maxsize=4096)
def _matching(rules: tuple[tuple[str, str], ...], text: str) -> str | None:
    """The code of the first pattern that matches all of a text; None where none does."""
    return next((code for source, code in rules if pattern(source).fullmatch(text)), None)


def _coded_targets(profile: Profile) -> frozenset[str]:
    return frozenset((*profile.codes, *_CODED))


def _table_of(profile: Profile, name: str) -> CodeTable:
    return profile.codes.get(name) or usual_codes(name)


@cache
def usual_codes(name: str) -> CodeTable:
    """What a target's words mean where a profile says nothing."""
    return CodeTable(tuple(CodeRule(source, code) for source, code in targets()[name].codes))


def _part_address(cells: dict[str, str], who: str) -> None:
    """A whole address as prefecture and the rest; a prefecture of its own column stays."""
    whole = cells.pop(f"{who}.address", None)
    if whole is None:
        return
    prefecture = leading_prefecture(whole)
    own = cells.get(f"{who}.prefecture", "")
    rest = whole.strip()[len(prefecture) :].lstrip() if prefecture and own in ("", prefecture) else whole
    cells[f"{who}.prefecture"] = own or prefecture
    street = cells.get(f"{who}.street", "")
    cells[f"{who}.street"] = f"{rest} {street}".strip() if street else rest


def _to_buyer(cells: dict[str, str]) -> None:
    """An order that names no recipient at all goes to its buyer; parts of two people are never mixed."""
    parts = [part for part in _CONTACT if part != "address"]
    if any(cells.get(f"recipient.{part}") for part in parts if part != "email"):
        return
    for part in parts:
        if cells.get(f"buyer.{part}"):
            cells[f"recipient.{part}"] = cells[f"buyer.{part}"]


def _same_person(cells: dict[str, str]) -> None:
    """Recipient against buyer by what the file tells of both; only one of them known is no gift."""
    said = []
    for parts in (("name",), ("prefecture", "city", "street")):
        one, other = (
            "".join("".join(cells.get(f"{who}.{p}", "").split()) for p in parts)
            for who in ("recipient", "buyer")
        )
        if one and other:
            said.append(one == other)
    cells[_SAME] = "1" if all(said) else "0"


def _reject_lonely(work: _Work) -> None:
    """Goods whose order the other file does not have."""
    second, part = work.profile.rows.second, work.table.parts[1]
    assert second is not None
    key = Headers(work.table.header[part:]).first(second.order_key)
    for made in work.made:
        if any(work.rows[made.origin][:part]):
            continue
        place = None if key is None else part + key
        found = "" if place is None else work.rows[made.origin][place].strip()
        made.cells["number"] = made.cells["number"] or found
        work.reject(made.origin, place, "order_row_missing", found)


# -- the table that is read --------------------------------------------------------------------------------------------


def _read(work: _Work, plan: _Plan, layout: Layout, shop_of: Shops) -> ReadOrders:
    order, columns = _columns(work, plan)
    names = [column.field for column in columns]
    rows = tuple(_row(work, plan, made, order) for made in work.made)
    header = tuple(column.header for column in columns)
    table = replace(work.table, header=header, rows=rows, parts=_parts(work, plan, order))
    derived = replace(
        layout,
        columns=columns,
        order_number_pattern=work.profile.rows.number_pattern or NUMBER_PATTERN,
    )
    at = {name: place for place, name in enumerate(names)}
    dialect = _dialect(work)
    read = read_at(table, derived, at, dialect, shop_of, work.refused, _noted_by_row(work))
    return _of_file(work, columns, read)


def _columns(work: _Work, plan: _Plan) -> tuple[list[str], tuple[Column, ...]]:
    """The cells' names in order, those of the first file of a joined pair before those of the second."""
    names = dict.fromkeys(name for made in work.made for name in made.cells)
    known = (*plan.fields, "number", "line.id")
    names.update(dict.fromkeys(name for name in known if not name.endswith(".address")))
    second = work.table.parts[1] if len(work.table.parts) > 1 else len(work.table.header)
    later = {name for name, known in plan.fields.items() if known.first >= second}
    order = sorted(names, key=lambda name: name in later)
    return order, tuple(_column(plan, name) for name in order)


def _column(plan: _Plan, name: str) -> Column:
    target = targets().get(name)
    known = plan.fields.get(name) or plan.fields.get(f"{name.partition('.')[0]}.address")
    header = known.header if known else ""
    if target is None:
        return Column(name, header, level="line")
    kind = "text" if target.kind == "flag" else target.kind
    return Column(target.field, header, kind=kind, level=target.level, length=target.length)


def _row(work: _Work, plan: _Plan, made: _Made, order: Sequence[str]) -> Row:
    source = work.table.rows[made.origin]
    cells = tuple([made.cells.get(name, "") for name in order])
    types = "".join(_type(plan.fields.get(name), source.types) for name in order) if source.types else ""
    return Row(source.line, cells, types, source.part_lines)


def _type(known: _Field | None, types: str) -> str:
    """A workbook's type of a cell: a date among the parts of a value is what matters."""
    found = [
        types[at : at + 1] or "e" for source in (known.sources if known else ()) for at in source.columns
    ]
    return next((kind for kind in "dtn" if kind in found), "s")


def _parts(work: _Work, plan: _Plan, order: Sequence[str]) -> tuple[int, ...]:
    if len(work.table.parts) < 2:
        return ()
    second = work.table.parts[1]
    count = sum(not ((known := plan.fields.get(name)) and known.first >= second) for name in order)
    return (0, count)


def _noted_by_row(work: _Work) -> Noted:
    damages: dict[int, list[Damage]] = {}
    rejections: dict[int, list[Rejection]] = {}
    for place, made in enumerate(work.made):
        for index in made.members:
            if index in work.damages:
                damages.setdefault(place, []).extend(work.damages[index])
            if index in work.rejections:
                rejections.setdefault(place, []).extend(work.rejections[index])
    return Noted(damages, rejections)


def _of_file(work: _Work, columns: Sequence[Column], read: ReadOrders) -> ReadOrders:
    """Row indexes of the table that was read as those of the file."""

    def members(indexes: Iterable[int]) -> Iterator[int]:
        for index in indexes:
            yield from work.made[index].members

    lines = {
        number: tuple(sorted({*members(indexes), *work.beside.get(number, ())}))
        for number, indexes in read.source_lines.items()
    }
    out = set(members(read.rejected_rows))
    for rejection in read.rejections:
        out.update(work.beside.get(rejection.order, ()))
    warnings = (*read.warnings, *(("rows_summed",) if work.summed else ()))
    return replace(
        read,
        source_lines=lines,
        rejected_rows=tuple(sorted(out)),
        warnings=warnings,
        absent=_untold(column.field for column in columns),
    )


# Fields of other sources ← the field of ours that says the same.
_SAME_AS = {
    "line.own_sku": "line.sku",
    "line.variant_id": "line.sku",
    "line.price": "line.price_with_tax",
    "payment": "cash_on_delivery",
    "flag.chilled": "cool",
    "flag.frozen": "cool",
    "flag.elsewhere": "elsewhere",
    "flag.label_elsewhere": "label_elsewhere",
}


def _untold(told: Iterable[str]) -> frozenset[str]:
    """Every field this file says nothing of, which must not take back what another source told."""
    known = set(told)
    known |= {name for name, same in _SAME_AS.items() if same in known}
    known.add("line.item_number" if "line.sku" in known else "line.sku")
    return frozenset({*(target.field for target in targets().values()), *_SAME_AS} - known)


# -- what the rows mean ------------------------------------------------------------------------------------------------


def _dialect(work: _Work) -> Dialect:
    def order(made: Values, head: Cells, account: ShopAccount) -> None:
        _order(work, made, head, account)

    return Dialect(work.profile.id, lambda number: "", order, lambda made, cells: None, _line)


def _order(work: _Work, made: Values, head: Cells, account: ShopAccount) -> None:
    made["state"] = _state(work.profile, head)
    made["cash_on_delivery"] = head["cash_on_delivery"] == "1"
    told = (flag for name, flag in _FLAGS.items() if head[name] == "1")
    made["flags"] = tuple(filter(None, (head["cool"], *told)))
    made["buyer_text"] = own_words(made["remark"], account.settings.get("remark.templates", ""))
    made["findings"] += work.unknown.get(made["id"].number, [])
    if made["ship_by"] is not None and ":" not in head["ship_by"]:
        made["ship_by"] += _WHOLE_DAY  # a day without a time means its end
    for name in ("ordered_at", "ship_by"):
        if head[name] and made[name] is None:
            made["findings"].append(Finding("date_unreadable", name, (("found", head[name]),)))
    slot, text = head["wish.slot"], head[_WISH_TEXT]
    if not targets()["wish.slot"].takes(slot):
        made["findings"].append(Finding("wish_slot_unknown", "wish", (("found", text or slot),)))
        made["wish"] = Wish(made["wish"].day, "", text or slot)
    else:
        made["wish"] = Wish(made["wish"].day, slot, text if slot else "")
    _wish_of_notes(made, account)


def _state(profile: Profile, head: Cells) -> OrderState:
    """Without a column of states a file holds what is to be shipped; a column this file lacks leaves it open."""
    if head.has(_STATE):
        return OrderState(head[_STATE] or OrderState.UNKNOWN)
    return OrderState.UNKNOWN if "state" in profile.fields else OrderState.TO_SHIP


def _wish_of_notes(made: Values, account: ShopAccount) -> None:
    """Day and time an app of the shop writes into notes, by the shop's own patterns."""
    notes = f"{made['remark']}\n{made['memo']}"
    day, slot = made["wish"].day, made["wish"].slot
    found_day, found_slot = (_by_setting(account, name, notes) for name in (WISH_DAY, WISH_SLOT))
    if day is None and found_day:
        day = values.day(_DAY.one(found_day))
        if day is None:
            made["findings"].append(Finding("date_unreadable", "wish", (("found", found_day),)))
    if not slot and found_slot:
        slot = _SLOT.one(found_slot)
        if not targets()["wish.slot"].takes(slot):
            made["findings"].append(Finding("wish_slot_unknown", "wish", (("found", found_slot),)))
            slot = ""
    if (day, slot) != (made["wish"].day, made["wish"].slot):
        made["wish"] = Wish(day, slot, " ".join(filter(None, (made["wish"].text, found_day, found_slot))))


_DAY, _SLOT = (chain(targets()[name].steps) for name in ("wish.day", "wish.slot"))


def _by_setting(account: ShopAccount, name: str, text: str) -> str:
    source = account.settings.get(name, "")
    if not source:
        return ""
    try:
        found = pattern(source).search(text)
    except StepError as error:
        raise Flaw(f"step_{error.code}", f"{account.name} {name}", error.found).fault() from error
    return (found[min(1, found.re.groups)] or "").strip() if found else ""


def own_words(remark: str, templates: str) -> str:
    """What the buyer wrote: the remark without the lines the shop's own form puts there (setting remark.templates)."""
    known = {"".join(line.split()) for line in templates.splitlines() if line.strip()}
    if not known:
        return remark
    return "\n".join(line for line in remark.splitlines() if "".join(line.split()) not in known).strip()


def _line(made: Values, cells: Cells) -> None:
    made["sku"] = cells["line.sku"] or made["item_number"]
    made["variant"] = cells["line.variant"].replace("\n", "・")
