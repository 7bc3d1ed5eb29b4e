"""Rows of an order file → `Order`s by the layout's fields and levels; one for all marketplaces.

A layout names its columns with the fields used here (`number`, `recipient.postal_1`, `line.quantity` …); what a
marketplace's data cannot say is done by its `Dialect`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Contact, Finding, Money, Order, OrderId, OrderLine, Package, TaxPart, Wish
from jpship_gui.formats import damage, values
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Damage, Layout, Rejection, Table
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount

Values = dict[str, Any]
_MONEY_FIELDS = ("goods", "postage", "cod_fee", "payment_fee", "buyer_extra", "total", "charged")
_LESS = ("points", "coupon_shop", "coupon_market")
_TAX_RATES = (10, 8, 0)
_AMOUNTS = frozenset(
    [f"money.{name}" for name in (*_MONEY_FIELDS, *_LESS)] + [f"tax_{rate}.amount" for rate in _TAX_RATES]
)
_NO_MONEY = {**dict.fromkeys(_MONEY_FIELDS), **dict.fromkeys(_LESS, 0), "taxes": ()}
ESSENTIAL = (
    "recipient.postal_1",
    "recipient.prefecture",
    "recipient.family_name",
    "line.quantity",
    "line.name",
)


class Cells(dict[str, str]):
    """One row by field: text with outer blanks off, "" for a column the file lacks. Notes cells it could not read.

    `known` are the fields the file has, in the order of `texts`. `lacking` is shared by the rows of one file and learns
    what is asked for and not there, for half of all questions are such.
    """

    __slots__ = ("faults", "index", "known", "lacking")

    def __init__(
        self, known: Mapping[str, object], texts: Iterable[str], index: int, lacking: dict[str, str]
    ) -> None:
        super().__init__(lacking)
        self.update(zip(known, map(str.strip, texts), strict=True))
        self.known = known
        self.lacking = lacking
        self.index = index
        self.faults: list[tuple[int, str, str, str]] = []

    def __missing__(self, name: str) -> str:
        self.lacking[name] = ""
        return ""

    def has(self, name: str) -> bool:
        """Whether the file has this column at all."""
        return name in self.known

    def amount(self, name: str) -> int | None:
        """Whole yen, None where blank; an unreadable amount rejects the order."""
        text = self[name]
        if not text:
            return None
        number = values.money(text)
        if number is None:
            self.reject(name, "number_unreadable")
        return number

    def reject(self, name: str, code: str) -> None:
        """Note that this cell keeps its order from being read."""
        self.faults.append((self.index, name, code, self[name]))


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one marketplace adds. `order`, `package` and `line` change the constructor's values in place before the
    frozen value is made; `whole` is `order` for what all rows of an order say together; `undecided` is the amount that
    means "not decided yet", `least` the smallest quantity a line may have (0: of what is left to ship).

    `flags` are flags with a column `flag.<name>` of their own: true in any row of an order, it sets the flag.
    `full_number` completes an order number where a file may give it short; a Refused it raises is the whole file's.
    `essential` are fields without which an order is no order: their absence is noted.
    """

    marketplace: str
    shop_part: Callable[[str], str]
    order: Callable[[Values, Cells, ShopAccount], None]
    package: Callable[[Values, Cells], None]
    line: Callable[[Values, Cells], None]
    undecided: int | None = None
    whole: Callable[[Values, Sequence[Cells], ShopAccount], None] | None = None
    full_number: Callable[[str, ShopAccount], str] | None = None
    essential: tuple[str, ...] = ESSENTIAL
    least: int = 1
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """One table being read."""

    table: Table
    layout: Layout
    at: dict[str, int]
    rows: list[tuple[str, ...]]
    headers: dict[str, str]
    of_level: dict[str, Callable[[tuple[str, ...]], Any]]  # the cells of one level, to compare rows by
    pick: Callable[[Sequence[str]], Sequence[str]]  # the cells of the known columns, in the order of `at`
    known_by: dict[str, str]  # header of every field, as a person knows it
    rejections: list[Rejection] = field(default_factory=list)
    rejected_rows: list[int] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)

    def cells(self, index: int) -> Cells:
        return Cells(self.at, self.pick(self.rows[index]), index, self.lacking)

    def reject(self, order: str, indexes: Sequence[int], faults: Sequence[tuple[int, str, str, str]]) -> None:
        """Leave an order out with all its rows."""
        for index, name, code, value in faults:
            place = self.at.get(name)
            line, header, file = (
                self.table.line_of(index, place),
                self.headers.get(name, ""),
                self.table.file_of(place),
            )
            self.rejections.append(Rejection(line, header, code, value, order, file))
        self.rejected_rows += indexes


def read_orders(
    table: Table,
    layout: Layout,
    dialect: Dialect,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`."""
    return read_at(table, layout, positions(table, layout), dialect, shop_of, refused)


def read_at(
    table: Table,
    layout: Layout,
    at: dict[str, int],
    dialect: Dialect,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
    noted: damage.Noted = damage.NOTHING_NOTED,
) -> ReadOrders:
    """The same for a table whose fields stand at known places; `noted` is what was found wrong before this."""
    mended = damage.mend(table, layout, at, refused, noted)
    headers = {name: table.header[place] for name, place in at.items()}
    work = _Work(table, layout, at, mended.rows, headers, _levels(layout, at), _picker(at), _known_by(layout))
    groups, repeated = _by_order(work)
    orders: list[Order] = []
    lines: dict[str, tuple[int, ...]] = {}
    for number, indexes in groups.items():
        order = _order_of(work, dialect, number, indexes, mended, shop_of, refused)
        if order is not None:
            orders.append(order)
            lines[order.id.number] = tuple(indexes)
    return ReadOrders(
        orders=tuple(orders),
        source_lines=lines,
        # A row of a joined table may repeat one of its files' rows: its faults count once.
        rejections=tuple(dict.fromkeys(sorted(work.rejections, key=lambda r: r.line))),
        rejected_rows=tuple(sorted(work.rejected_rows)),
        damages=_damages(work, mended),
        repeated_rows=repeated,
        absent=_absent(layout, at),
        warnings=tuple(_warnings(work, _resaved(mended))),
    )


def _absent(layout: Layout, at: Mapping[str, int]) -> frozenset[str]:
    """Fields the file cannot tell; whether the recipient is the buyer is also told by both being there."""
    absent = {column.field for column in layout.columns if column.field not in at} | {"recipient_is_buyer"}
    told = "recipient_is_buyer" in at or {"buyer.family_name", "recipient.family_name"} <= at.keys()
    return frozenset(absent - {"recipient_is_buyer"} if told else absent)


_STOCK_KEYS = ("line.own_sku", "line.sku", "line.item_number", "line.variant_id")


def _warnings(work: _Work, damaged: bool) -> Iterator[str]:
    """What is to be said of the file as a whole; a marketplace without such ids does without the warning."""
    known = {column.field for column in work.layout.columns}
    if "package.id" in known and "package.id" not in work.at:
        yield "package_id_absent"
    if "line.id" in known and "line.id" not in work.at:
        yield "line_id_absent"
    if damaged:
        yield "resaved"
    places = [work.at[name] for name in _STOCK_KEYS if name in work.at]
    if any(row.types[at : at + 1] == "n" for row in work.table.rows if row.types for at in places):
        yield "codes_as_numbers"


def _resaved(mended: damage.Mended) -> bool:
    """Whether a spreadsheet left its traces."""
    return any(d.code != damage.HIDDEN_CHARACTERS for found in mended.damages.values() for d in found)


def _picker(at: Mapping[str, int]) -> Callable[[Sequence[str]], Sequence[str]]:
    places = list(at.values())
    return itemgetter(*places) if len(places) > 1 else lambda row: [row[place] for place in places]


def _known_by(layout: Layout) -> dict[str, str]:
    return {column.field: column.header for column in layout.columns}


def _levels(layout: Layout, at: Mapping[str, int]) -> dict[str, Callable[[tuple[str, ...]], Any]]:
    levels: dict[str, list[int]] = {"order": [], "package": []}
    for column in layout.columns:
        if column.field in at and column.level in levels:
            levels[column.level].append(at[column.field])
    return {level: itemgetter(*places) if places else len for level, places in levels.items()}


def _damages(work: _Work, mended: damage.Mended) -> tuple[Damage, ...]:
    place = work.at["number"]
    found = (
        Damage(d.line, d.column, d.code, d.found, d.repaired, mended.rows[index][place].strip())
        for index, some in sorted(mended.damages.items())
        for d in some
    )
    return tuple(dict.fromkeys(found))


def _by_order(work: _Work) -> tuple[dict[str, list[int]], int]:
    """Row indexes by order number; rows repeated whole are dropped and counted, rows without a right number
    rejected."""
    place = work.at["number"]
    pattern = re.compile(work.layout.order_number_pattern)
    keyed = "line.id" in work.at
    groups: dict[str, list[int]] = {}
    seen: dict[tuple[str, ...], int] = {}
    repeated = 0
    for index, row in enumerate(work.rows):
        number = row[place].strip()
        if not number or not pattern.match(number):
            code = "order_number_form" if number else "order_number_missing"
            work.reject(number, [index], [(index, "number", code, number)])
        elif row not in seen:
            seen[row] = index
            groups.setdefault(number, []).append(index)
        elif keyed:
            repeated += 1
        else:
            # Without a line id two equal rows may be one row twice or the same goods ordered twice.
            groups.setdefault(number, []).append(index)
    return groups, repeated


def _order_of(
    work: _Work,
    dialect: Dialect,
    number: str,
    indexes: list[int],
    mended: damage.Mended,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str],
) -> Order | None:
    lost = [r for i in indexes for r in mended.rejections.get(i, ())]
    faults = [] if lost else _row_faults(work, indexes)
    account = shop_of(dialect.shop_part(number))
    if account is None:
        faults.append((indexes[0], "number", "shop_unknown", dialect.shop_part(number)))
    if not lost and not faults and account is not None:
        cells = [work.cells(i) for i in indexes]
        found = _damage_findings([d for i in indexes for d in mended.damages.get(i, ())], refused)
        order = _build(dialect, number, account, cells, found, work.known_by)
        faults = [fault for row in cells for fault in row.faults]
        if not faults:
            return order
    work.rejections += [replace(rejection, order=number) for rejection in lost]
    work.reject(number, indexes, faults)
    return None


def _row_faults(work: _Work, indexes: Sequence[int]) -> list[tuple[int, str, str, str]]:
    """Rows of one order that contradict each other, as when two exports of different times were joined."""
    if len(indexes) == 1:
        return []
    faults: list[tuple[int, str, str, str]] = []
    place = work.at
    seen: dict[tuple[str, str], int] = {}
    first_of: dict[str, int] = {}
    for index in indexes:
        row = work.rows[index]
        package = row[place["package.id"]].strip() if "package.id" in place else ""
        line = row[place["line.id"]].strip() if "line.id" in place else str(index)
        if "line.id" not in place and any(work.rows[i] == row for i in seen.values()):
            faults.append((index, "number", "repeat_uncertain", ""))
        other = seen.setdefault((package, line), index)
        if other != index:
            faults.append(
                (index, *_difference(work, other, index, ("order", "package", "line"), "rows_conflict"))
            )
            continue
        faults += _disagreement(work, indexes[0], index, "order")
        faults += _disagreement(work, first_of.setdefault(package, index), index, "package")
    return faults


def _disagreement(work: _Work, first: int, other: int, level: str) -> list[tuple[int, str, str, str]]:
    cells = work.of_level[level]
    if first == other or cells(work.rows[first]) == cells(work.rows[other]):
        return []
    knows_ids = any(column.field == "package.id" for column in work.layout.columns)
    if level == "package" and knows_ids and "package.id" not in work.at:
        # Recipients cannot be told apart: more than one of them could never be reported back.
        name, _, value = _difference(work, first, other, ("package",), "")
        return [(other, name, "package_id_needed", value)] if name else []
    name, code, value = _difference(work, first, other, (level,), "rows_disagree")
    return [(other, name, code, value)] if name else []


def _difference(
    work: _Work, first: int, other: int, levels: Sequence[str], code: str
) -> tuple[str, str, str]:
    one, two = work.rows[first], work.rows[other]
    if one != two:
        for column in work.layout.columns:
            place = work.at.get(column.field)
            if place is not None and column.level in levels and one[place].strip() != two[place].strip():
                return column.field, code, two[place]
    return "", code, ""


def _damage_findings(damages: Sequence[Damage], refused: frozenset[str]) -> list[Finding]:
    """One finding for all accepted repairs, one for every cell that stays damaged."""
    if not damages:
        return []
    damages = tuple(dict.fromkeys(damages))
    open_ones = [d for d in damages if d.repaired is None or d.code in refused]
    findings = [
        Finding(
            d.code if d.repaired is None else "cell_damaged",
            "",
            (("column", d.column), ("found", d.found), ("line", str(d.line)), ("proposed", d.repaired or "")),
        )
        for d in open_ones
    ]
    mended = [d for d in damages if d.repaired is not None and d.code not in refused]
    if mended:
        shown = "・".join(dict.fromkeys(f"{d.column} {d.found} → {d.repaired}" for d in mended))
        findings.append(Finding("cells_repaired", "", (("cells", shown), ("count", str(len(mended))))))
    return list(dict.fromkeys(findings))


def _build(
    dialect: Dialect,
    number: str,
    account: ShopAccount,
    rows: Sequence[Cells],
    findings: list[Finding],
    names: Mapping[str, str] = MappingProxyType({}),
) -> Order:
    """`names` are the headers a person knows the fields by."""
    head = rows[0]
    money, undecided = _money(head, dialect.undecided)
    packages, lines = _packages_and_lines(dialect, rows)
    absent = [name for name in dialect.essential if not head.has(name)]
    if absent:
        shown = ", ".join(names.get(name, name) for name in absent)
        findings.append(Finding("columns_missing", "", (("fields", shown),)))
    buyer = contact(head, "buyer")
    full = dialect.full_number(number, account) if dialect.full_number else number
    made: Values = {
        "id": OrderId(dialect.marketplace, account.name, full),
        "ordered_at": _ordered_at(head),
        "lines": tuple(lines),
        "packages": tuple(packages),
        "buyer": buyer,
        "state_code": head["state"],
        "sub_status": head["sub_status"],
        "ship_from": values.moment(head["ship_from"]),
        "money": money,
        "undecided": undecided,
        "wish": Wish(values.day(head["wish.day"])),
        "remark": values.lines(head["remark"]),
        "memo": values.lines(head["memo"]),
        "payment": head["payment"],
        "delivery_method": head["delivery_method"],
        "gift_flag": bool(values.flag(head["gift_flag"])),
        "several_recipients": len(packages) > 1 or bool(values.flag(head["several_recipients"])),
        "recipient_is_buyer": _same_person(head, buyer, packages),
        "ship_by": values.moment(head["ship_by"]),
        "company": head["company"],
        "purchase_order": head["purchase_order"],
        "flags": _flags(dialect.flags, rows),
        "findings": findings,
    }
    if (
        head["wish.day"]
        and made["wish"].day is None
        and not any(f.code == damage.DATE_UNCERTAIN for f in findings)
    ):
        findings.append(Finding("date_unreadable", "wish", (("found", head["wish.day"]),)))
    dialect.order(made, head, account)
    if dialect.whole is not None:
        dialect.whole(made, rows, account)
    made["money"] = Money(undecided=tuple(made.pop("undecided")), **made["money"])
    made["findings"] = tuple(findings)
    return Order(**made)


def _flags(names: tuple[str, ...], rows: Sequence[Cells]) -> tuple[str, ...]:
    fields = _flag_fields(names)
    found = {name for cells in rows for name, field in fields if (text := cells[field]) and values.flag(text)}
    return tuple(name for name in names if name in found)


@cache
def _flag_fields(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"flag.{name}") for name in names)


def _ordered_at(head: Cells) -> Any:
    at = values.moment(head["ordered_at"])
    if at is not None or not head["ordered_day"]:
        return at
    return values.moment(f"{head['ordered_day']} {head['ordered_time']}".strip())


def contact(cells: Cells, who: str) -> Contact:
    """The person whose columns begin with `who`."""
    family, given, family_kana, given_kana, *rest = map(cells.__getitem__, _contact_fields(who))
    postal_1, postal_2, prefecture, city, street, phone_1, phone_2, phone_3, email = rest
    return Contact(
        name=f"{family} {given}".strip(),
        kana=f"{family_kana} {given_kana}".strip(),
        postal_code=values.digits(postal_1 + postal_2),
        prefecture=prefecture,
        city=city,
        street=values.lines(street).replace("\n", " "),
        phone=values.phone(phone_1 + phone_2 + phone_3),
        email=email,
    )


@cache
def _contact_fields(who: str) -> tuple[str, ...]:
    names = ("family_name", "given_name", "family_kana", "given_kana", "postal_1", "postal_2", "prefecture")
    return tuple(
        f"{who}.{name}" for name in (*names, "city", "street", "phone_1", "phone_2", "phone_3", "email")
    )


def _same_person(head: Cells, buyer: Contact, packages: Sequence[Package]) -> bool:
    """The marketplace's own word, or the comparison of name and address where it says nothing."""
    said = values.flag(head["recipient_is_buyer"])
    if said is not None:
        return said
    if not buyer.name or not packages:
        return True
    return all((p.recipient.name, p.recipient.address) == (buyer.name, buyer.address) for p in packages)


def _money(head: Cells, undecided_amount: int | None) -> tuple[Values, list[str]]:
    if head.known.keys().isdisjoint(_AMOUNTS):
        return dict(_NO_MONEY), []
    made: Values = {}
    undecided: list[str] = []
    for name in _MONEY_FIELDS:
        amount = head.amount(f"money.{name}")
        if amount is not None and amount == undecided_amount:
            undecided.append(name)
            amount = None
        made[name] = amount
    for name in _LESS:
        made[name] = head.amount(f"money.{name}") or 0
    made["taxes"] = tuple(part for rate in _TAX_RATES if (part := _tax_part(head, rate)))
    return made, undecided


def _tax_part(head: Cells, rate: int) -> TaxPart | None:
    """The amounts of one rate; a rate that does not occur has a blank rate column."""
    amount = head.amount(f"tax_{rate}.amount")
    if amount is None or (head.has(f"tax_{rate}.rate") and not head[f"tax_{rate}.rate"]):
        return None
    return TaxPart(rate, amount, head.amount(f"tax_{rate}.tax") or 0)


def _packages_and_lines(dialect: Dialect, rows: Sequence[Cells]) -> tuple[list[Package], list[OrderLine]]:
    packages: dict[str, Package] = {}
    lines: list[OrderLine] = []
    for position, cells in enumerate(rows, start=1):
        package_id = cells["package.id"]
        if package_id not in packages:
            packages[package_id] = _package(dialect, package_id, cells)
        lines.append(_line(dialect, package_id, str(position), cells))
    return list(packages.values()), lines


def _package(dialect: Dialect, package_id: str, cells: Cells) -> Package:
    made: Values = {
        "package_id": package_id,
        "recipient": contact(cells, "recipient"),
        "noshi": cells["package.noshi"],
        "isolated_island": bool(values.flag(cells["isolated_island"])),
        "goods_price": cells.amount("package.goods"),
        "postage": cells.amount("package.postage"),
        "cod_fee": cells.amount("package.cod_fee"),
        "total": cells.amount("package.total"),
        "planned_carrier": cells["package.planned_carrier"],
    }
    for name in ("goods_price", "postage", "cod_fee", "total"):
        if made[name] == dialect.undecided:
            made[name] = None
    dialect.package(made, cells)
    return Package(**made)


def _line(dialect: Dialect, package_id: str, position: str, cells: Cells) -> OrderLine:
    rate = values.percent(cells["line.tax_rate"]) if cells["line.tax_rate"] else 10
    if rate is None:
        cells.reject("line.tax_rate", "number_unreadable")
        rate = 10
    price = cells.amount("line.price_with_tax")
    quantity = _quantity(cells, dialect.least)
    made: Values = {
        "line_id": cells["line.id"] or position,
        "package_id": package_id,
        "sku": "",
        "name": values.lines(cells["line.name"]).replace("\n", " "),
        "quantity": quantity,
        "variant": "",
        "options": values.lines(cells["line.options"]),
        "unit_price": (cells.amount("line.price") if price is None else price) or 0,
        "tax_rate": rate,
        "item_number": cells["line.item_number"],
        "manage_number": cells["line.manage_number"],
        "item_id": cells["line.item_id"],
        "single_item_shipping": bool(values.flag(cells["line.single_item_shipping"])),
        "reduced_rate": rate == 8,
        "lead_time": values.lines(cells["line.lead_time"]),
    }
    dialect.line(made, cells)
    return OrderLine(**made)


def _quantity(cells: Cells, least: int) -> int:
    if not cells.has("line.quantity"):
        return 0
    text = cells["line.quantity"]
    number = values.money(text) if text else None
    if number is None or not least <= number < 100_000:
        cells.reject("line.quantity", "quantity_unreadable" if text else "quantity_missing")
        return 0
    return number


def registered_rows(
    table: Table, layout: Layout, key: Callable[[Cells], tuple[str, str]]
) -> dict[tuple[str, str], list[Cells]]:
    """Rows of a file that only tells registered parcels, grouped by `key` (order number, package id)."""
    at = positions(table, layout)
    pick, lacking = _picker(at), dict[str, str]()
    grouped: dict[tuple[str, str], list[Cells]] = {}
    for index, row in enumerate(table.rows):
        texts = pick(row.cells + ("",) * (len(table.header) - len(row.cells)))
        cells = Cells(at, texts, index, lacking)
        grouped.setdefault(key(cells), []).append(cells)
    return grouped


def order_of_fields(dialect: Dialect, account: ShopAccount, rows: Sequence[Mapping[str, str]]) -> Order:
    """One order from rows that hold cells by field, as an API's answer is brought into; a field no row has is absent.

    Refused("order_unreadable") names the field that makes no sense.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    lacking: dict[str, str] = {}
    cells = [
        Cells(names, [row.get(name, "") for name in names], index, lacking) for index, row in enumerate(rows)
    ]
    order = _build(dialect, cells[0]["number"], account, cells, [])
    faults = [fault for row in cells for fault in row.faults]
    if faults:
        _, name, code, value = faults[0]
        raise Refused("order_unreadable", order=order.id.number, field=name, value=value, reason=code)
    return order
