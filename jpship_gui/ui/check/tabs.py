"""What each tab of the detail says of a shipment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jpship_gui.domain.order import Order
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import FACT_NAMES
from jpship_gui.flows.table.detail import Detail
from jpship_gui.flows.upkeep.adapters import service_name
from jpship_gui.texts import known, text
from jpship_gui.ui.names import (
    carrier_name,
    day_words,
    gives_no_number,
    marketplace_name,
    moment_words,
    phone_words,
    postal_words,
    short_number,
    slot_words,
    tracking_words,
)
from jpship_gui.ui.widgets.fact_list import FactLine


def _line(key: str, value: str, *, bold: bool = False, ink: str = "text", mark: str = "") -> list[FactLine]:
    return [FactLine(text(key), value, bold, ink, mark)] if value else []


def yen(amount: int | None) -> str:
    """`¥12,300`; a discount with a plain hyphen, which the typeface has."""
    if amount is None:
        return ""
    return f"-¥{-amount:,}" if amount < 0 else f"¥{amount:,}"


def summary(detail: Detail) -> list[FactLine]:
    """Recipient, goods, wish, money."""
    shipment, order = detail.shipment, detail.order
    to = shipment.recipient
    lines = [FactLine(text("detail.recipient"))]
    lines += _line("detail.name", f"{to.name}  {to.kana}".strip(), bold=True)
    lines += _line("detail.address", f"〒{postal_words(to.postal_code)}\n{to.address}")
    lines += _line("detail.phone", phone_words(to.phone))
    if not order.recipient_is_buyer:
        lines += _line("detail.buyer", order.buyer.name)
    lines.append(FactLine(text("detail.goods")))
    for goods in shipment.lines:
        name = goods.sku or goods.item_number or goods.manage_number
        inside = [f"{words} ×{pieces}" for words, pieces in detail.contents_of(goods)]
        opened = text("detail.set_contents", goods="・".join(inside)) if inside else ""
        value = "\n".join(part for part in (goods.name, goods.variant, goods.options, opened) if part)
        many = goods.quantity > 1
        lines.append(
            FactLine(name, f"{value}\n×{goods.quantity}", many, "text3" if goods.deleted else "text")
        )
    lines.append(FactLine(text("detail.shipping")))
    wish = f"{day_words(shipment.wish.day) if shipment.wish.day else ''} {slot_words(shipment.wish.slot)}".strip()
    lines += _line("detail.wish", wish or text("check.value.no_wish"))
    service = service_name(shipment.carrier, shipment.service)
    silent = text("track.untracked") if gives_no_number(shipment.carrier, shipment.service) else ""
    lines += _line("detail.carrier", f"{carrier_name(shipment.carrier)} {service} {silent}".strip())
    lines += _line("detail.marks", "・".join(text(f"mark.{mark}") for mark in detail.marks))
    lines += _line("detail.office", detail.office)
    lines += _line("detail.gift", "・".join((*shipment.wrapping, shipment.noshi)).strip("・"))
    if shipment.gift and not shipment.wrapping and not shipment.noshi:
        lines += _line("detail.gift", text("detail.gift_yes"))
    extras = dict.fromkeys(goods.extra for goods in shipment.lines if goods.extra and not goods.deleted)
    lines += _line("detail.extra", "・".join(extras))
    lines += _line("detail.remark", order.buyer_text)
    lines += _line("detail.memo", order.memo)
    lines += _line("detail.hold", shipment.hold_reason, ink="ng")
    lines += _together(shipment)
    lines.append(FactLine(text("detail.order")))
    lines += _by_hand(order)
    lines += _line("detail.ordered_at", moment_words(order.ordered_at) if order.ordered_at else "")
    lines += _line("detail.payment", order.payment)
    lines += _line(
        "detail.charged", yen(order.money.charged if order.money.charged is not None else order.money.total)
    )
    lines += _line("detail.key", shipment.key)
    return lines


def _together(shipment: Shipment) -> list[FactLine]:
    """The other orders of the parcel, the one whose slip and waybill count said so."""
    if not shipment.leader:
        return []
    lines = [FactLine(text("detail.together", count=len(shipment.bundle)))]
    for one in shipment.bundle:
        shop = f"{marketplace_name(one.order_id.marketplace)} {one.order_id.shop}"
        parts = [shop, text(f"table.stage.{one.stage.value}")]
        parts += [text(f"bundle.stop.{one.stops}")] if one.stops else []
        parts += [text("detail.leads")] if one.key == shipment.leader else []
        ink = "ng" if one.stops else "text"
        lines.append(FactLine(short_number(one.order_id.number), "\n".join(parts), one is shipment, ink))
    return lines


def _by_hand(order: Order) -> list[FactLine]:
    """Why a person entered it, and for which order."""
    if order.by_hand is None:
        return []
    original = order.by_hand.original
    lines = _line("entry.field.reason", text(f"entry.reason.{order.by_hand.reason}"))
    return lines + _line("entry.field.original", f"{original.shop} {original.number}" if original else "")


def source(detail: Detail) -> list[FactLine]:
    """The rows of the file, unchanged; blank cells are left out, what a problem is about is marked."""
    lines: list[FactLine] = []
    marked = _marked_values(detail)
    for row in detail.source:
        words = text(
            "detail.source_line",
            file=row.file,
            line=row.line,
            moment=moment_words(row.imported_at),
            person=row.person,
        )
        lines.append(FactLine(words))
        for header, value in row.cells:
            if value:
                hit = value in marked
                lines.append(FactLine(header, value, hit, "text", "attention" if hit else ""))
    return lines


def _marked_values(detail: Detail) -> set[str]:
    """Cells a problem of the recipient is about: parts of code and address as they came."""
    to = detail.shipment.recipient
    marked: set[str] = set()
    for problem in detail.shipment.problems:
        if problem.field.startswith("recipient.postal_code"):
            marked |= {to.postal_code, to.postal_code[:3], to.postal_code[3:], to.prefecture, to.city}
        elif problem.field.startswith("recipient.address"):
            marked |= {to.prefecture, to.city, to.street}
        elif problem.field.startswith("recipient.phone"):
            marked.add(to.phone)
        elif problem.field == "remark":
            marked.add(detail.order.remark)
    return {value for value in marked if len(value) > 1}


def history(detail: Detail) -> list[FactLine]:
    """What happened, newest first."""
    lines = []
    for entry in reversed(detail.history):
        key = f"history.{entry.what}"
        words = text(key, **_said(entry.values)) if known(key) else entry.what
        who = entry.person or text("detail.nobody")
        lines.append(FactLine(moment_words(entry.at), f"{words}\n{who}"))
    return lines


def _said(values: Mapping[str, str]) -> dict[str, str]:
    """Codes among the values in words: instructions, kinds of what was attached, why it went."""
    said = dict(values)
    for name, stem in (
        ("instruction", "pack.tick"),
        ("kind", "evidence.kind"),
        ("reason", "evidence.reason"),
    ):
        key = f"{stem}.{said.get(name, '')}"
        if known(key):
            said[name] = text(key)
    return said


def documents(detail: Detail) -> list[FactLine]:
    """Papers this shipment is on."""
    lines = []
    for paper in detail.documents:
        keys = (f"detail.document.{paper.document}", f"paper.document.{paper.document}")
        name = next((text(key) for key in keys if known(key)), paper.document)
        batch = text("detail.batch", batch=paper.batch, page=paper.page) if paper.batch is not None else ""
        value = " ".join(part for part in (name, batch, paper.printer) if part)
        lines.append(FactLine(moment_words(paper.at), f"{value}\n{paper.person}"))
    return lines


def proof(detail: Detail) -> list[FactLine]:
    """Each fact with time, person and manner; each parcel with its number and where the number came from."""
    lines = [FactLine(text("detail.facts"))]
    for name in FACT_NAMES:
        mark = getattr(detail.shipment.facts, name)
        if mark is None:
            lines.append(FactLine(text(f"fact.{name}"), text("detail.not_yet"), False, "text3"))
            continue
        how_key = f"how.{mark.how}"
        how = text(how_key) if mark.how and known(how_key) else mark.how
        value = " ".join(part for part in (moment_words(mark.at), mark.person, how) if part)
        lines.append(FactLine(text(f"fact.{name}"), value, True, "done", "done"))
    lines.append(FactLine(text("detail.parcels")))
    goods = {(one.key, line.line_id): line for one, line in detail.shipment.goods}
    contents = detail.shipment.contents() if len(detail.shipment.boxes) > 1 else {}
    for parcel in detail.shipment.boxes:
        number = parcel.tracking_no or parcel.file_no
        value = (
            f"{carrier_name(parcel.carrier)} {tracking_words(number)}".strip()
            if number
            else text("detail.not_yet")
        )
        if parcel.tracking_no and parcel.file_no:
            same = parcel.tracking_no == parcel.file_no
            value += "\n" + text(
                "detail.file_same" if same else "detail.file_differs", number=tracking_words(parcel.file_no)
            )
        inside = [
            f"{goods[c.shipment, c.line_id].name} {goods[c.shipment, c.line_id].variant}".strip()
            + f" ×{c.quantity}"
            for c in contents.get(parcel.key, ())
            if (c.shipment, c.line_id) in goods
        ]
        if inside:
            value += "\n" + text("detail.box_contents", goods="・".join(inside))
        lines.append(FactLine(parcel.key, value, bool(number), "text" if number else "text3"))
    return lines


TABS: Mapping[str, Callable[[Detail], list[FactLine]]] = {
    "summary": summary,
    "source": source,
    "history": history,
    "documents": documents,
    "proof": proof,
}
