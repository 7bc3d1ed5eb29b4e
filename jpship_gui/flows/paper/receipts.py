"""Receipts and qualified invoices: what one says, who may issue it, and that none goes out twice unmarked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jpship_gui.documents.fonts import missing_characters
from jpship_gui.documents.honorific import titled
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.receipt import receipt_characters
from jpship_gui.documents.receipt_data import INVOICE, RECEIPT, ReceiptData, of_said, said_of
from jpship_gui.documents.words import Words
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.invoice import Rounding, stamp_due, tax_within
from jpship_gui.domain.order import Order, OrderId
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.slip_values import (
    SLIP_WORDS,
    SlipSource,
    goods_of_order,
    order_amounts,
    registered,
    says_invoice,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import receipts, shipments
from jpship_gui.store.receipts import Issue

DOCUMENTS = (RECEIPT, INVOICE)
_PREFIX = {RECEIPT: "R", INVOICE: "Q"}
_NOBODY = frozenset({"", "上", "上様", "うえさま"})


class Paid(StrEnum):
    """How the buyer paid, as far as a receipt is concerned. OTHER counts as cash-like: a stamp box too many costs
    nothing, one too few is a fault."""

    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    TILL = "till"
    COD = "cod"
    OTHER = "other"


_PAID = (
    (Paid.COD, re.compile(r"代金引換|代引|cash.?on.?delivery|\bcod\b", re.IGNORECASE)),
    (Paid.TILL, re.compile(r"コンビニ|セブン|ローソン|ファミリーマート|ConvenienceStore", re.IGNORECASE)),
    (Paid.CARD, re.compile(r"クレジット|カード|credit ?card|creditcard", re.IGNORECASE)),
    (Paid.TRANSFER, re.compile(r"振込|振替|ペイジー|pay-?easy", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """What a person sets before printing; "" = as the order and the shop's settings say. With `mail` it is sent as a
    file and needs no stamp; with `correct` it replaces what was issued before."""

    addressee: str = ""
    purpose: str = ""
    paid: str = ""
    mail: bool = False
    correct: bool = False

    @classmethod
    def of_choices(cls, choices: Mapping[str, str]) -> ReceiptForm:
        """From a print's choices: to, for, paid, mail, correct ("1")."""
        return cls(
            *(choices.get("to", ""), choices.get("for", ""), choices.get("paid", "")),
            *(choices.get("mail") == "1", choices.get("correct") == "1"),
        )

    @property
    def choices(self) -> dict[str, str]:
        """The reverse of `of_choices`."""
        given = {"to": self.addressee, "for": self.purpose, "paid": self.paid}
        given |= {"mail": "1" if self.mail else "", "correct": "1" if self.correct else ""}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Made:
    """What would be printed, or is: the values, its layout, what a person should know. `first` = nothing like it was
    issued before."""

    data: ReceiptData
    layout: PaperLayout
    notices: tuple[Problem, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def first(self) -> bool:
        """Whether this is not one more issue of the same paper."""
        return not self.data.again


def paid_how(order: Order) -> Paid:
    """How an order was paid, from the marketplace's own words."""
    if order.cash_on_delivery:
        return Paid.COD
    return next((how for how, words in _PAID if words.search(order.payment)), Paid.OTHER)


def compose(ws: Workspace, source: SlipSource, document: str, form: ReceiptForm) -> Made:
    """What a paper says of an order. Raises Refused: "receipt_marketplace" where the marketplace issues it,
    "invoice_not_full", "invoice_unregistered", "receipt_cod", "receipt_till", "receipt_nobody",
    "receipt_amount_unknown", "receipt_nothing_paid", "receipt_differs" (another content than was issued and no
    correction is meant), "registration_no"."""
    order, options = source.order, source.options
    mode = str(options.get("invoice.mode"))
    if mode == "off":
        raise Refused("receipt_marketplace", order=order.id.number, shop=order.id.shop)
    number = registered(options)
    if document == INVOICE and mode != "full":
        raise Refused("invoice_not_full", shop=order.id.shop)
    if document == INVOICE and not number:
        raise Refused("invoice_unregistered", shop=order.id.shop)
    before = tuple(receipts.of_order(ws.store, order.id, document))
    last = of_said(before[-1].said) if before else None
    if last is not None and not form.correct and form == ReceiptForm(mail=form.mail):
        return _again(
            ws, source, document, last, before
        )  # as it was: nothing a setting changed since gets in
    data, notices = _fresh(ws, source, document, form, number)
    layout = layouts.for_shop(ws, document, order.id.shop, options)
    if last is None:
        return Made(data, layout, notices)
    if not form.correct:
        if _content(data) != _content(last):
            raise Refused("receipt_differs", order=order.id.number, number=last.number)
        return _again(ws, source, document, last, before)
    return Made(replace(data, corrects=last.number), layout, notices, before)


def _again(
    ws: Workspace, source: SlipSource, document: str, last: ReceiptData, before: tuple[Issue, ...]
) -> Made:
    first = next(issue for issue in before if issue.number == last.number)
    again = replace(last, again=True, issued_on=ws.today(), first_issued_on=to_jst(first.at).date())
    layout = layouts.for_shop(ws, document, source.order.id.shop, source.options)
    return Made(again, layout, issues=before)


def _content(data: ReceiptData) -> ReceiptData:
    """What must be the same in a further issue."""
    return replace(
        data, number="", issued_on=date.min, again=False, first_issued_on=None, corrects="", stamp=False
    )


def _fresh(
    ws: Workspace, source: SlipSource, document: str, form: ReceiptForm, number: str
) -> tuple[ReceiptData, tuple[Problem, ...]]:
    order, options, words = source.order, source.options, Words(SLIP_WORDS)
    how = _how(form, order)
    if document == RECEIPT and options.get("receipt.paid_elsewhere") == "refuse":
        if how is Paid.COD:
            raise Refused("receipt_cod", order=order.id.number)
        if how is Paid.TILL:
            raise Refused("receipt_till", order=order.id.number)
    money = order_amounts(order, options)
    if money.total is None or money.undecided or money.charged is None:
        raise Refused("receipt_amount_unknown", order=order.id.number)
    if document == RECEIPT and money.charged <= 0:
        raise Refused("receipt_nothing_paid", order=order.id.number)
    on_slip = document == RECEIPT and says_invoice(source)
    name, honorific = titled(form.addressee or order.company or order.buyer.name)
    if options.get("receipt.named") and name.strip().removesuffix("様").strip() in _NOBODY:
        raise Refused("receipt_nobody", order=order.id.number)
    layout = layouts.for_shop(ws, document, order.id.shop, options)
    tax = sum(part.tax for part in money.taxes)
    data = ReceiptData(
        document=document,
        number="",
        issued_on=ws.today(),
        supplied_on=supplied_on(source, ws.today()),
        addressee=name,
        honorific=honorific,
        order_number=order.id.number,
        ordered_on=to_jst(order.ordered_at).date() if order.ordered_at else None,
        shop=replace(source.shop, greeting="", returns_text="", gift_text="", footer=""),
        lines=goods_of_order(source),
        sums=(("documents.goods_sum", money.goods or 0), *money.adds, *((k, -v) for k, v in money.takes)),
        total=money.total,
        paid=money.charged,
        taxes=money.taxes,
        points=money.points,
        purpose=(form.purpose or layout.text("purpose")) if document == RECEIPT else "",
        payment=_payment(order, how, words),
        registration_no="" if on_slip else number,
        on_slip=on_slip and bool(number),
        stamp=document == RECEIPT
        and stamp_due(
            money.charged, tax, cash_like=how not in (Paid.CARD, Paid.COD, Paid.TILL), on_paper=not form.mail
        ),
    )
    return data, tuple(_differences(order, money.taxes, Rounding(options.get("invoice.rounding"))))


def _how(form: ReceiptForm, order: Order) -> Paid:
    if not form.paid:
        return paid_how(order)
    try:
        return Paid(form.paid)
    except ValueError:
        raise Refused("receipt_paid", found=form.paid, known=" | ".join(Paid)) from None


def _payment(order: Order, how: Paid, words: Words) -> str:
    """The marketplace's own words; a card is always named as the law on stamps wants it."""
    if how is Paid.CARD:
        told = words("documents.paid_by_card")
        return told if order.payment in ("", "クレジットカード") else f"{order.payment}（{told}）"
    return order.payment


def supplied_on(source: SlipSource, today: date) -> date:
    """The day of supply: that of shipping, once it was handed over or is known; until then today."""
    handed = [parcel.handed_at for parcel in source.shipment.parcels if parcel.handed_at is not None]
    return to_jst(max(handed)).date() if handed else today


def _differences(order: Order, taxes: Sequence[object], rounding: Rounding) -> list[Problem]:
    """Where the marketplace's tax is not what the shop's rounding gives: its value is printed, as the buyer sees that
    one, and it is said here."""
    found = []
    for part in order.money.taxes:
        ours = tax_within(part.amount, part.rate, rounding)
        if part.amount and ours != part.tax:
            values = {
                "order": order.id.number,
                "rate": str(part.rate),
                "ours": str(ours),
                "theirs": str(part.tax),
            }
            found.append(Problem("invoice_tax_differs", Severity.WARN, "money", values))
    return found


def keep(ws: Workspace, source: SlipSource, made: Made) -> ReceiptData:
    """Give a paper its number and keep it for good; in the transaction its file is written in."""
    data = made.data
    if not data.number:
        data = replace(data, number=receipts.next_number(ws.store, _PREFIX[data.document]))
    issue = 1 + sum(one.number == data.number for one in made.issues)
    said = said_of(data)
    shown = " ".join(part for part in (data.addressee, data.honorific) if part)
    total = data.total if data.document == INVOICE else data.paid
    receipts.add(
        ws.store,
        Issue(
            *(0, data.document, data.number, issue, source.order.id, source.shipment.key, ws.now()),
            *(ws.person, ws.desk, data.supplied_on.isoformat(), shown, total, data.corrects, said),
            hashlib.sha256(said.encode()).hexdigest(),
        ),
    )
    return data


# -- for window and command line ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """One order's paper before it is printed: the form with what would stand there, or why it may not be issued."""

    order_id: OrderId
    key: str
    document: str
    form: ReceiptForm
    amount: int = 0
    registration_no: str = ""
    stamp: bool = False
    again: bool = False
    corrects: str = ""
    notices: tuple[Problem, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: Refused | None = None


def draft(ws: Workspace, key: str, document: str, form: ReceiptForm | None = None) -> Draft:
    """What a form would give for a shipment's order; nothing is noted. Refused("shipment_unknown")."""
    from jpship_gui.flows.paper.print_slips import sources_of

    found = shipments.by_keys(ws.store, [key])
    if not found:
        raise Refused("shipment_unknown", key=key)
    (source,) = sources_of(ws, found)
    form = form or ReceiptForm()
    issues = tuple(receipts.of_order(ws.store, source.order.id, document))
    usual = ReceiptForm(
        form.addressee or source.order.company or source.order.buyer.name,
        form.purpose or layouts.for_shop(ws, RECEIPT, source.order.id.shop, source.options).text("purpose"),
        form.paid or paid_how(source.order),
        form.mail,
        form.correct,
    )
    try:
        made = compose(ws, source, document, form)
    except Refused as fault:
        return Draft(source.order.id, key, document, usual, issues=issues, refused=fault)
    data = made.data
    if data.again:
        usual = replace(usual, addressee=data.addressee, purpose=data.purpose)
    amount = data.total if document == INVOICE else data.paid
    return Draft(
        *(source.order.id, key, document, usual, amount, data.registration_no, data.stamp, data.again),
        *(data.corrects, (*_unprintable(made), *made.notices), issues),
    )


def _unprintable(made: Made) -> tuple[Problem, ...]:
    """Characters that come out as 〓 (PR-14)."""
    missing = missing_characters(receipt_characters(made.data, made.layout))
    if not missing:
        return ()
    named = " ".join(f"{c} (U+{ord(c):04X})" for c in missing)
    values = {"order": made.data.order_number, "characters": named}
    return (Problem("glyph_missing", Severity.WARN, "recipient", values),)


def issued(ws: Workspace, order_id: OrderId) -> tuple[Issue, ...]:
    """Everything issued for an order, oldest first."""
    return tuple(receipts.of_order(ws.store, order_id))


def search(
    ws: Workspace,
    *,
    since: str = "",
    until: str = "",
    least: int | None = None,
    most: int | None = None,
    addressee: str = "",
) -> tuple[Issue, ...]:
    """Issues by day of supply, amount and partner, newest first."""
    found = receipts.search(ws.store, since=since, until=until, least=least, most=most, addressee=addressee)
    return tuple(found)


__all__ = [
    "DOCUMENTS",
    "Draft",
    "Issue",
    "Made",
    "Paid",
    "ReceiptForm",
    "compose",
    "draft",
    "issued",
    "keep",
    "paid_how",
    "search",
    "supplied_on",
]
