"""What Yahoo!'s order files mean where their layout alone cannot say it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from jpship_gui.domain.address import leading_prefecture
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Contact, Finding, Order, OrderLine, OrderState, RegisteredParcel, Wish
from jpship_gui.domain.remarks import find_wish
from jpship_gui.formats import values
from jpship_gui.formats.detect import plain, positions
from jpship_gui.formats.layout import Layout, Rejection, Table
from jpship_gui.marketplaces import order_rows
from jpship_gui.marketplaces.base import FLAG, ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values
from jpship_gui.marketplaces.yahoo import values as yahoo
from jpship_gui.marketplaces.yahoo.join import ITEMS
from jpship_gui.marketplaces.yahoo.packed import Unpacked, unpack
from jpship_gui.settings.options import ShopOptions

MARKETPLACE_ID = "yahoo"
SELLER_ID = "seller_id"
# Field of the layout → what is worked out of it as well, and is untold where the field is.
_FOLLOWS = {
    f"{FLAG}arrive_tomorrow": (f"{FLAG}arrive_today",),
    f"{FLAG}excellent_next_day": (f"{FLAG}excellent_delivery",),
    "pay_status": (f"{FLAG}unpaid",),
}
# Fields other marketplaces have and Yahoo! does not.
_NEVER = frozenset({"line.variant_id", "line.price", "money.goods", "money.total", "wrapping_2.name"})
_ASIDE = "注文情報の"  # put before the header of an item field that the item file tells better


def shop_part(number: str) -> str:
    """The store account of a long order number, "" of a short one."""
    return yahoo.number_of(number).account


def full_number(number: str, account: ShopAccount) -> str:
    """The long form, which files and API share; Refused("yahoo_seller_id_missing") where nothing tells the account."""
    known = yahoo.number_of(number)
    if known.account:
        return number
    seller = account.settings.get(SELLER_ID, "")
    if not seller:
        raise Refused("yahoo_seller_id_missing", shop=account.name)
    return f"{seller}-{known.digits}"


def read_orders(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`. The rows may be joined (join.py) or packed (packed.py); what is told names the file's own
    rows."""
    if layout.id == ITEMS:  # without its order file nothing says where the goods go
        return _all_rejected(table, layout)
    unpacked = unpack(_goods_once(table, layout), layout)
    read = order_rows.read_orders(unpacked.table, layout, DIALECT, shop_of, refused)
    at = positions(unpacked.table, layout)
    return replace(
        _of_the_file(table, read, unpacked),
        absent=_absent(read.absent, at.keys()),
        warnings=tuple(_warnings(read.warnings, at.keys(), bool(table.parts))),
        told=frozenset({"registered", "drop_off"} & at.keys()),
    )


def _all_rejected(table: Table, layout: Layout) -> ReadOrders:
    at = positions(table, layout)["number"]
    found = [
        Rejection(row.line, table.header[at], "yahoo_orders_missing", "", "".join(row.cells[at : at + 1]))
        for row in table.rows
    ]
    return ReadOrders((), {}, tuple(found), tuple(range(len(table.rows))))


def _goods_once(table: Table, layout: Layout) -> Table:
    """Of a joined table, item fields are those of the item file."""
    if not table.parts:
        return table
    names = {plain(name) for c in layout.columns if c.level == "line" for name in (c.header, *c.aliases)}
    header = (
        f"{_ASIDE}{name}" if at >= table.parts[1] and plain(name) in names else name
        for at, name in enumerate(table.header)
    )
    return replace(table, header=tuple(header))


def _of_the_file(table: Table, read: ReadOrders, unpacked: Unpacked) -> ReadOrders:
    rows_of, mixed = unpacked.rows_of, unpacked.mixed
    lost = [
        Rejection(
            table.line_of(index, place),
            table.header[place],
            "yahoo_packed_mixed",
            table.rows[index].cells[place],
            file=table.file_of(place),
        )
        for index, place in mixed.items()
    ]
    return replace(
        read,
        source_lines={
            number: tuple(dict.fromkeys(rows_of[i] for i in indexes))
            for number, indexes in read.source_lines.items()
        },
        rejections=tuple(sorted((*read.rejections, *lost), key=lambda r: r.line)),
        rejected_rows=tuple(sorted({*(rows_of[i] for i in read.rejected_rows), *mixed})),
    )


def _absent(absent: frozenset[str], there: Collection[str]) -> frozenset[str]:
    more = {follower for name, followers in _FOLLOWS.items() if name in absent for follower in followers}
    told_otherwise = {"ship_by"} if "line.lead_time_end" in there else set()
    if {"ship_status", "pay_status"} & set(there):
        told_otherwise.add("state")  # a part of it: `settle` puts it to the rest
    return frozenset((absent | more | _NEVER) - told_otherwise)


def _warnings(found: Sequence[str], there: Collection[str], joined: bool) -> Iterator[str]:
    """The warning of missing line ids in words of this marketplace, and only where lines come one a row."""
    for code in found:
        if code != "line_id_absent":
            yield code
        elif joined:
            yield "yahoo_line_id_absent"
    if not {"ship_status", "pay_status"} & set(there):
        yield "yahoo_payment_untold"


# -- one order --------------------------------------------------------------------------------------------------------


def _order(made: Values, head: Cells, account: ShopAccount) -> None:
    made["buyer"] = _contact(made["buyer"], head, "buyer")
    made["recipient_is_buyer"] = _same_person(made["buyer"], [p.recipient for p in made["packages"]])
    made["ordered_at"] = yahoo.moment_of(head["ordered_at"], head["ordered_epoch"])
    made["ship_by"] = yahoo.deadline_of(head["ship_by"])
    made["payment"] = made["payment"] or yahoo.payment_name(head["payment_code"])
    made["cash_on_delivery"] = yahoo.is_cash_on_delivery(head["payment_code"], made["payment"])
    made["delivery_method"] = made["delivery_method"] or head["ship_method"]
    _state(made, head)
    _wish(made, head)
    _remark(made, head, account)
    _gift(made, head)
    _split(made, head)


def _state(made: Values, head: Cells) -> None:
    """`state_code` keeps OrderStatus, ShipStatus and PayStatus apart, so that a file that tells only some of them does
    not take back the others (`settle`)."""
    made["state_code"] = yahoo.status_words((head["state"], head["ship_status"], head["pay_status"]))
    made["state"] = yahoo.order_state(head["state"], head["ship_status"])
    made["flags"] = tuple(filter(None, (*made["flags"], *_flags(head), _unpaid(made, head))))
    parcels = [r.tracking_no for p in made["packages"] for r in p.registered]
    if made["state"] is OrderState.TO_SHIP and parcels:
        made["findings"].append(Finding("number_registered", "order", (("numbers", "・".join(parcels)),)))
    if made["state"] is OrderState.TO_SHIP and _payment_untold(head):
        made["findings"].append(Finding("payment_untold", "money", (("payment", made["payment"]),)))


def _flags(head: Cells) -> Iterator[str]:
    nothing = yahoo.table("nothing")["codes"]
    yield yahoo.table("suspects").get(head["flag.suspect"], "")
    if head["flag.suspect_message"] and not head["flag.suspect"]:
        yield "suspect_message"
    if head["flag.fraud_hold"].lower() not in nothing:
        yield "fraud_hold"
    if values.flag(head["flag.read_only"]):
        yield "read_only"
    yield yahoo.table("arrivals").get(head["flag.arrive_tomorrow"], "")
    yield yahoo.table("excellent").get(head["flag.excellent_next_day"], "")


def _unpaid(made: Values, head: Cells) -> str:
    """The flag of an order whose money the marketplace waits for although the parcel must not leave without it."""
    known = yahoo.table("payments")
    if made["state"] is not OrderState.TO_SHIP or head["pay_status"] in ("", known["paid"]):
        return ""
    later = yahoo.is_paid_later(head["payment_code"], made["payment"])
    return "" if later or head["pay_type"] == known["post_pay"] else "unpaid"


def _payment_untold(head: Cells) -> bool:
    """Whether an order to be paid ahead may be unpaid for all the file says."""
    if head["pay_status"] or head["ship_status"] or head["pay_date"]:
        return False
    ahead = yahoo.payment_kind(head["payment_code"]) == "ahead"
    return ahead and head["settle_status"] not in yahoo.table("payments")["settled"]


def settle(new: Order, old: Order) -> Order:
    """The state from what both readings tell together: a file without ShipStatus does not release an order that the
    API calls 出荷不可."""
    told, known = yahoo.status_codes(new.state_code), yahoo.status_codes(old.state_code)
    codes = [ours or theirs for ours, theirs in zip(told, known, strict=True)]
    if not codes[0] or codes == told:
        return new
    state = yahoo.order_state(codes[0], codes[1])
    findings, flags = new.findings, new.flags
    if state is not OrderState.TO_SHIP or codes[1] or codes[2]:
        findings = tuple(f for f in findings if f.code != "payment_untold")
    unpaid = codes[2] not in ("", yahoo.table("payments")["paid"])
    unpaid = unpaid and not new.cash_on_delivery and not yahoo.is_paid_later("", new.payment)
    if state is OrderState.TO_SHIP and unpaid and "unpaid" not in flags:
        flags += ("unpaid",)
    return replace(new, state=state, state_code=yahoo.status_words(codes), findings=findings, flags=flags)


def _wish(made: Values, head: Cells) -> None:
    words = head["wish.slot"]
    slot = yahoo.wish_slot(words)
    if slot is None:
        made["findings"].append(Finding("wish_slot_unknown", "wish", (("found", words),)))
    made["wish"] = Wish(made["wish"].day, slot or "", words if slot != "" else "")


def _remark(made: Values, head: Cells, account: ShopAccount) -> None:
    """What the buyer wrote, the store's delivery note, and the answers to the store's own questions, which are choices
    and hold nobody up."""
    notes = values.lines(head["ship_notes"])
    own = [made["remark"]] if made["remark"] and not _is_template(made["remark"], account) else []
    note = [f"{yahoo.table('labels')['ship_notes']}: {notes}"] if notes else []
    answers = [
        f"{head[f'option_{n}.name']}: {head[f'option_{n}.value']}".removeprefix(": ")
        for n in (1, 2)
        if head[f"option_{n}.value"]
    ]
    made["buyer_text"] = "\n".join((*own, *note))
    made["remark"] = "\n".join(filter(None, (made["remark"], *note, *answers)))
    ordered = made["ordered_at"]
    found = find_wish(made["buyer_text"], to_jst(ordered).date()) if ordered else None
    if found is not None and found.wish.day is not None and made["wish"].day is None:
        made["findings"].append(Finding("wish_in_remark_counts_late", "remark", (("text", found.wish.text),)))


def _is_template(text: str, account: ShopAccount) -> bool:
    if not account.settings.get("remark.templates"):
        return False
    known = {"".join(str(known).split()) for known in ShopOptions(account.settings).get("remark.templates")}
    return "".join(text.split()) in known


def _gift(made: Values, head: Cells) -> None:
    message = values.lines(head["gift_message"])
    label = yahoo.table("labels")["gift_message"]
    made["wrapping"] = tuple(
        filter(None, (head["wrapping_1.name"], f"{label}: {message}" if message else ""))
    )


def _split(made: Values, head: Cells) -> None:
    """An order split off another, or that others were split off: the same goods must not leave twice."""
    for field, code in (("split_from", "order_split_from"), ("split_into", "order_split_into")):
        if head[field]:
            made["findings"].append(Finding(code, "order", (("numbers", head[field].replace(",", "・")),)))


def _whole(made: Values, rows: Sequence[Cells], account: ShopAccount) -> None:
    """The deadline of the slowest line where the order itself states none, and the sums."""
    if made["ship_by"] is None:
        ends = [day for cells in rows if (day := values.day(cells["line.lead_time_end"]))]
        made["ship_by"] = yahoo.end_of(max(ends)) if ends else None
    _money(made, rows[0])


def _money(made: Values, head: Cells) -> None:
    """Discounts are kept as what they take off, whatever their sign in the source (2.6: Discount and
    TotalMallCouponDiscount are negative, ItemCouponDiscount positive, LIKELY)."""
    money = made["money"]
    fee = head.amount("pay_charge")
    money["cod_fee" if made["cash_on_delivery"] else "payment_fee"] = fee
    money["wrapping"] = head.amount("gift_charge") or 0
    money["coupon_shop"] = abs(head.amount("discount") or 0)
    money["coupon_market"] = abs(head.amount("market_coupon") or 0)
    lines: Sequence[OrderLine] = made["lines"]
    if all(line.quantity and line.unit_price for line in lines):
        money["goods"] = sum(line.unit_price * line.quantity for line in lines) + money["wrapping"]
        money["total"] = money["goods"] + (money["postage"] or 0)
    if all(head[name] for name in ("money.postage", "pay_charge", "money.points", "discount")):
        _check_sum(made, head, fee or 0)


def _check_sum(made: Values, head: Cells, fee: int) -> None:
    """What is charged against the parts. Sources leave open whether coupons are in the unit prices already and whether
    `Total` counts points, so only a sum that no reading explains is noticed; points are always taken off."""
    money = made["money"]
    charged, goods = money["charged"], money["goods"]
    if charged is None or goods is None:
        return
    base = goods + (money["postage"] or 0) + fee - money["coupon_shop"] - money["coupon_market"]
    coupons = [{0, abs(head.amount(name) or 0)} for name in ("item_coupon", "ship_coupon")]
    before_points = {base - sum(taken) for taken in product(*coupons)}
    if charged + money["points"] in before_points:
        return
    if money["points"] and charged in before_points:
        money["charged"] = charged - money["points"]
        return
    computed = base - money["points"]
    values_ = (("stated", str(charged)), ("computed", str(computed)))
    made["findings"].append(Finding("sum_charged", "money", values_))


# -- its recipient and lines ------------------------------------------------------------------------------------------


def _package(made: Values, cells: Cells) -> None:
    recipient = _contact(made["recipient"], cells, "recipient")
    made["recipient"] = recipient
    made["noshi"] = " ".join(filter(None, (made["noshi"], cells["noshi_name"])))
    nothing = yahoo.table("nothing")["codes"]
    made["placeholder"] = cells["social_gift"].lower() not in nothing and not recipient.address
    made["drop_off"] = cells["drop_off"]
    made["registered"] = tuple(_registered(cells))


def _contact(found: Contact, cells: Cells, who: str) -> Contact:
    """With building, company and department behind the street; from one cell where the parts are missing."""
    given = cells[f"{who}.given_name"]
    family = cells[f"{who}.family_name"]
    name = family if given and family != given and family.endswith(given) else found.name
    parts = [found.street, *(cells[f"{who}.{part}"] for part in ("building", "section_1", "section_2"))]
    street = " ".join(filter(None, (" ".join(part.split()) for part in parts)))
    found = replace(
        found, name=name, street=street, phone=found.phone or values.digits(cells[f"{who}.phone_other"])
    )
    whole = " ".join(cells[f"{who}.full"].split())
    if not whole or found.city or cells[f"{who}.street"]:
        return found
    prefecture = found.prefecture or leading_prefecture(whole)
    rest = whole.removeprefix(prefecture).strip()
    return replace(found, prefecture=prefecture, street=" ".join(filter(None, (rest, street))))


def _same_person(buyer: Contact, recipients: Sequence[Contact]) -> bool:
    if not buyer.name:
        return True
    return all((r.name, r.address) == (buyer.name, buyer.address) for r in recipients)


def _registered(cells: Cells) -> Iterator[RegisteredParcel]:
    """The numbers that stand at Yahoo! (ShipInvoiceNumber1, 2)."""
    for place, field in enumerate(("registered", "registered_2"), start=1):
        number = yahoo.plain_number(cells[field])
        if number:
            day: date | None = values.day(cells["registered_date"])
            known = yahoo.parcel_id(cells["number"], place)
            yield RegisteredParcel(known, number, cells["package.planned_carrier"], day)


def _line(made: Values, cells: Cells) -> None:
    made["sku"] = cells["line.own_sku"] or made["item_number"]
    made["variant"] = yahoo.variant_of(cells["line.variant"])
    chosen = yahoo.pairs(cells["option_names"], made["options"])
    inscribed = yahoo.pairs(cells["inscription_names"], cells["inscriptions"])
    made["options"] = "\n".join(filter(None, (chosen, inscribed)))


DIALECT = Dialect(
    MARKETPLACE_ID,
    shop_part,
    _order,
    _package,
    _line,
    whole=_whole,
    full_number=full_number,
    essential=("recipient.family_name", "line.quantity", "line.name"),
)
