"""What Qoo10's files mean where their layouts alone cannot say it; records of the API come the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from jpship_gui.domain.address import part_address
from jpship_gui.domain.order import (
    Contact,
    Finding,
    Order,
    OrderLine,
    OrderState,
    Package,
    RegisteredParcel,
    Wish,
)
from jpship_gui.formats import values
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces import order_rows
from jpship_gui.marketplaces.base import ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values
from jpship_gui.marketplaces.qoo10 import values as qoo10
from jpship_gui.settings.options import ShopOptions

MARKETPLACE_ID = "qoo10"
NUMBERED = "number_registered"
UNPROMISED = "unpromised"
NEVER_IN_FILES = frozenset({"buyer.email"})  # and in the API: a file takes it back from nobody
# What the API does not tell, or in words that may mean something else: it can add it and not take it back.
NEVER_IN_API = frozenset({"line.extra", "gift_flag", "gift_sender", "recipient.country"})
_ESSENTIAL = ("recipient.postal_1", "recipient.street", "recipient.family_name", "line.quantity", "line.name")
_RECORD = ("state", "line.id", "line.tracking_no", "line.carrier", "line.ship_date")


def no_shop_part(number: str) -> str:
    """Cart numbers name no shop."""
    return ""


def read_detail(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`; of the detail file."""
    read = order_rows.read_orders(table, layout, DIALECT, shop_of, refused)
    return replace(read, absent=read.absent | NEVER_IN_FILES, told=frozenset({"registered"}))


# -- one cart -------------------------------------------------------------------------------------------------------


def _order(made: Values, head: Cells, account: ShopAccount) -> None:
    """Everything is said by all rows together, see `_whole`."""


def _package(made: Values, cells: Cells) -> None:
    made["recipient"] = _contact(cells, "recipient", made["recipient"])


def _contact(cells: Cells, who: str, plain: Contact) -> Contact:
    prefecture, city, street = part_address(qoo10.said(cells[f"{who}.street"]))
    return replace(
        plain,
        name=qoo10.said(cells[f"{who}.family_name"]),
        kana=qoo10.said(cells[f"{who}.family_kana"]),
        prefecture=prefecture,
        city=city,
        street=values.lines(street).replace("\n", " "),
        phone=qoo10.phone_of(cells[f"{who}.mobile.phone_1"], cells[f"{who}.phone_1"]),
    )


def _line(made: Values, cells: Cells) -> None:
    made["sku"] = qoo10.stock_key(cells["line.variant_id"], cells["line.own_sku"])
    made["variant"] = qoo10.variant_of(cells["line.option"])
    made["extra"] = qoo10.gift_and_extra(cells["gift_flag"], cells["line.extra"])[1]
    made["item_number"] = qoo10.said(made["item_number"])
    made["unit_price"] = _unit_price(made["quantity"], *_amounts(cells))
    made["deleted"] = qoo10.is_cancelled(cells["line.claim"])


def _amounts(cells: Cells) -> tuple[int | None, int, int | None]:
    """販売価格, 割引額 (what is taken off) and 注文金額の合計 of a line in whole yen; nothing in other currencies."""
    if not qoo10.in_yen(cells["currency"]):
        return None, 0, None
    discount = abs(cells.amount("line.discount") or 0)
    return cells.amount("line.sale_price"), discount, cells.amount("line.total")


def _unit_price(quantity: int, price: int | None, discount: int, total: int | None) -> int:
    """合計 is goods and options less the discount (reference: the guide's own words), so what stood before the discount
    is divided; where that does not come out even, 販売価格 as it stands."""
    if total is not None and quantity and (total + discount) % quantity == 0:
        return (total + discount) // quantity
    return price or 0


def _whole(made: Values, rows: Sequence[Cells], account: ShopAccount) -> None:
    states = [qoo10.number_in(cells["state"]) for cells in rows]
    claims = [cells["line.claim"] for cells in rows]
    made["state"] = qoo10.cart_state(states, claims)
    made["state_code"] = qoo10.cart_code(states, claims)
    made["sub_status"] = "・".join(dict.fromkeys(filter(None, map(qoo10.claim_name, claims))))
    made["buyer"] = _contact(rows[0], "buyer", made["buyer"])
    made["ship_by"] = _ship_by(rows, states)
    _parcels(made, rows, states)
    _wish(made, rows)
    _remark(made, rows, account)
    _gift(made, rows, account)
    _money(made, rows)
    made["flags"] = _flags(made, rows, states)


def _ship_by(rows: Sequence[Cells], states: Sequence[str]) -> datetime | None:
    """The end of the earliest promised day of what is still open."""
    days = [
        day
        for cells, state in zip(rows, states, strict=True)
        if (day := values.day(cells["ship_by"])) and not qoo10.is_shipped(state)
    ]
    days = days or [day for cells in rows if (day := values.day(cells["ship_by"]))]
    return qoo10.end_of(min(days)) if days else None


def _parcels(made: Values, rows: Sequence[Cells], states: Sequence[str]) -> None:
    """What is registered already, and the carrier planned for the cart. An open line with a number, or open lines
    beside shipped ones, need somebody who knows why."""
    found = tuple(row for cells in rows for row in registered_of(record_of(cells), cells["line.id"]))
    planned = qoo10.larger(cells["line.carrier"] for cells in rows)
    packages: Sequence[Package] = made["packages"]
    made["packages"] = tuple(
        replace(package, registered=found, planned_carrier=planned) for package in packages
    )
    made["findings"] += _numbered(made["state"], found)


def _numbered(state: OrderState, found: Sequence[RegisteredParcel]) -> list[Finding]:
    if not found or state is OrderState.SHIPPED:
        return []
    numbers = "・".join(dict.fromkeys(row.tracking_no for row in found))
    return [Finding(NUMBERED, "", (("numbers", numbers),))]


def _wish(made: Values, rows: Sequence[Cells]) -> None:
    texts = list(dict.fromkeys(filter(None, (qoo10.said(cells["wish"]) for cells in rows))))
    read = [qoo10.wish_of(text) for text in texts]
    made["wish"] = next((wish for wish in read if wish is not None), Wish())
    if len(texts) > 1 or None in read:
        made["findings"].append(Finding("date_unreadable", "wish", (("found", " / ".join(texts)),)))


def _remark(made: Values, rows: Sequence[Cells], account: ShopAccount) -> None:
    """What was written to each line, once; the shop's own templates are nobody's words."""
    written = [values.lines(qoo10.said(cells["remark"])) for cells in rows]
    made["remark"] = "\n".join(dict.fromkeys(filter(None, written)))
    templates: Sequence[str] = ()
    if account.settings.get("remark.templates"):
        templates = ShopOptions(account.settings).get("remark.templates")
    known = {"".join(template.split()) for template in templates}
    own = [text for text in dict.fromkeys(written) if text and "".join(text.split()) not in known]
    made["buyer_text"] = "\n".join(own)


def _gift(made: Values, rows: Sequence[Cells], account: ShopAccount) -> None:
    """A gift by its flag, or by a sender who is neither the buyer nor the shop itself."""
    buyer: Contact = made["buyer"]
    packages: Sequence[Package] = made["packages"]
    made["recipient_is_buyer"] = not buyer.name or all(
        _same_name(package.recipient.name, buyer.name) for package in packages
    )
    shop = account.settings.get("sender.name", "")
    senders = list(dict.fromkeys(filter(None, (qoo10.said(cells["gift_sender"]) for cells in rows))))
    others = [name for name in senders if not _same_name(name, buyer.name) and not _same_name(name, shop)]
    flagged = any(qoo10.gift_and_extra(cells["gift_flag"], "")[0] for cells in rows)
    made["gift_flag"] = flagged or bool(others)
    if made["gift_flag"] or not made["recipient_is_buyer"]:
        made["gift_sender"] = "・".join(name for name in senders if not _same_name(name, shop))


def _same_name(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _money(made: Values, rows: Sequence[Cells]) -> None:
    """Sums of what is stated line by line; postage and what the buyer paid with are told by no file."""
    if any(cells.faults for cells in rows):
        return
    amounts = [_amounts(cells) for cells in rows]
    totals = [total for _, _, total in amounts if total is not None]
    if len(totals) != len(rows):
        return
    discount = sum(discount for _, discount, _ in amounts)
    money = made["money"]
    money["goods"] = sum(totals) + discount
    money["coupon_shop"] = discount
    money["total"] = money["charged"] = sum(totals)


def _flags(made: Values, rows: Sequence[Cells], states: Sequence[str]) -> tuple[str, ...]:
    waiting = any(
        state == "2" and not qoo10.said(cells["ship_by"]) for cells, state in zip(rows, states, strict=True)
    )
    facts = (
        ("abroad", not all(qoo10.at_home(cells["recipient.country"]) for cells in rows)),
        (UNPROMISED, waiting and made["state"] is OrderState.TO_SHIP),
    )
    return tuple(name for name, holds in facts if holds)


DIALECT = Dialect(MARKETPLACE_ID, no_shop_part, _order, _package, _line, whole=_whole, essential=_ESSENTIAL)


# -- later readings of a known cart ------------------------------------------------------------------------------------


def brought_up(order: Order, records: Sequence[Mapping[str, str]]) -> Order:
    """A known cart with what records of its lines say of state, claims and numbers; lines no record speaks of stay as
    they were."""
    by_line = {record["line.id"]: record for record in records}
    before = {row.line_id: row for package in order.packages for row in package.registered}
    states, claims, lines, rows = [], [], [], []
    for line in order.lines:
        record = by_line.get(line.line_id, {})
        claim = record.get("line.claim", "")
        states.append(qoo10.number_in(record["state"]) if record.get("state") else order.state_code)
        claims.append(claim)
        lines.append(replace(line, deleted=line.deleted or qoo10.is_cancelled(claim)))
        if record:
            rows += registered_of(record, line.line_id)
        elif line.line_id in before:
            rows.append(before[line.line_id])
    state = qoo10.cart_state(states, claims)
    others = [finding for finding in order.findings if finding.code != NUMBERED]
    return replace(
        order,
        state=state,
        state_code=qoo10.cart_code(states, claims),
        sub_status="・".join(dict.fromkeys(filter(None, map(qoo10.claim_name, claims)))),
        lines=_all_deleted_kept(order.lines, lines),
        packages=tuple(replace(package, registered=tuple(rows)) for package in order.packages),
        findings=(*others, *_numbered(state, rows)),
        flags=tuple(flag for flag in order.flags if flag != UNPROMISED or "2" in states),
    )


def record_of(cells: Cells) -> dict[str, str]:
    """What a row says of its order number beyond the goods."""
    return {name: cells[name] for name in _RECORD}


def registered_of(record: Mapping[str, str], line_id: str) -> list[RegisteredParcel]:
    """What a record says is registered of its order number, whose own number is the only name the marketplace has for
    it; [] where no tracking number stands."""
    number = qoo10.said(record.get("line.tracking_no", ""))
    carrier, day = qoo10.said(record.get("line.carrier", "")), record.get("line.ship_date", "")
    return [RegisteredParcel(line_id, number, carrier, values.day(day), line_id)] if number else []


def _all_deleted_kept(before: Sequence[OrderLine], after: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    """A cart cancelled whole keeps its lines as they were: its state says it all."""
    return tuple(before if all(line.deleted for line in after) else after)
