"""What is shown of shipments side by side, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from jpship_gui.domain.order import Contact
from jpship_gui.domain.recipient import address_key, name_key, phone_key
from jpship_gui.domain.shipment import Shipment
from jpship_gui.texts import text
from jpship_gui.ui import names

Parts = tuple[tuple[str, bool], ...]  # words, and whether they differ from the first shipment's
_NARROW = {0xFF01 + place: 0x21 + place for place in range(94)} | {
    0x3000: 0x20
}  # wide letters to narrow ones


@dataclass(frozen=True, slots=True)
class Piece:
    """Goods of one line."""

    name: str
    variant: str
    quantity: int


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line of the comparison. `differs` makes it loud, `notes` are written another way and mean the same."""

    title: str
    cells: tuple[Parts, ...]
    differs: bool = False
    goods: tuple[tuple[Piece, ...], ...] = ()


Services = Mapping[tuple[str, str], str]  # (carrier, service) → its name


def compare(found: Sequence[Shipment], services: Services) -> list[CompareRow]:
    """Rows for these, the ones nothing is said of left out."""
    first = found[0]
    rows = [
        _row(
            "detail.name",
            [one.recipient.name for one in found],
            any(name_key(one.recipient) != name_key(first.recipient) for one in found),
        ),
        _row(
            "detail.address",
            [_address(one.recipient) for one in found],
            any(address_key(one.recipient) != address_key(first.recipient) for one in found),
        ),
        _row(
            "detail.phone",
            [names.phone_words(one.recipient.phone) for one in found],
            len({phone_key(one.recipient) for one in found} - {""}) > 1,
        ),
        CompareRow("detail.goods", (), goods=tuple(_goods(one) for one in found)),
        _row(
            "detail.wish", [_wish(one) for one in found], len({(o.wish.day, o.wish.slot) for o in found}) > 1
        ),
        _row(
            "planpage.service",
            [_service(one, services) for one in found],
            len({(o.carrier, o.service) for o in found}) > 1,
        ),
        _row(
            "planpage.cool",
            [_cool(one) for one in found],
            len({one.extra.get("cool", "") for one in found}) > 1,
        ),
        _row("detail.gift", [_gift(one) for one in found], len({one.gift for one in found}) > 1),
        _row("detail.remark", [one.buyer_text for one in found], False),
    ]
    return [row for row in rows if row.goods or any(words for parts in row.cells for words, _ in parts)]


def _row(title: str, values: Sequence[str], differs: bool) -> CompareRow:
    marks = [_marked(values[0], value) for value in values]
    if title in ("detail.remark", "detail.gift", "planpage.cool", "planpage.service", "detail.wish"):
        marks = [((value, differs),) for value in values]
    return CompareRow(title, tuple(marks), differs)


def _marked(first: str, other: str) -> Parts:
    """The other words in parts, those marked that the first has not; wide and narrow letters are the same."""
    if first == other or not other:
        return ((other, False),)
    parts: list[tuple[str, bool]] = []
    matcher = SequenceMatcher(None, first.translate(_NARROW), other.translate(_NARROW), autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if end > start:
            parts.append((other[start:end], tag != "equal"))
    return tuple(parts)


def _address(contact: Contact) -> str:
    return f"〒{names.postal_words(contact.postal_code)} {contact.address}"


def _goods(one: Shipment) -> tuple[Piece, ...]:
    return tuple(
        Piece(line.name, line.variant, line.quantity)
        for line in one.lines
        if not line.deleted and line.quantity > 0
    )


def _wish(one: Shipment) -> str:
    day = names.day_words(one.wish.day) if one.wish.day else ""
    return " ".join(filter(None, (day, names.slot_words(one.wish.slot)))) or text("check.value.no_wish")


def _service(one: Shipment, services: Services) -> str:
    name = services.get((one.carrier, one.service), one.service)
    return f"{names.carrier_name(one.carrier)} {name}".strip()


def _cool(one: Shipment) -> str:
    kind = one.extra.get("cool", "")
    return text(f"profile.code.cool.{kind}") if kind in ("chilled", "frozen") else ""


def _gift(one: Shipment) -> str:
    return "・".join((*one.wrapping, one.noshi)).strip("・") or (text("detail.gift_yes") if one.gift else "")
