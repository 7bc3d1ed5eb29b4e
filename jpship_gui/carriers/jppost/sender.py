"""ご依頼主 of 日本郵便's tools: the shop's sender over whatever columns a layout has."""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.carriers import address
from jpship_gui.carriers.base import Sender
from jpship_gui.carriers.handover import Filled
from jpship_gui.carriers.values import phone, postal_code, too_long, warn
from jpship_gui.domain.address import part_address
from jpship_gui.domain.order import Contact
from jpship_gui.formats import cp932

_LINES = tuple(f"sender_address_{n}" for n in (1, 2, 3))
_ENOUGH = 400


def fill_sender(filled: Filled, sender: Sender, limits: Mapping[str, int | None]) -> None:
    """The shop's own address is parted where it must be, with a note; one that fits nowhere is refused."""
    filled.values |= {
        "sender_postal_code": postal_code(sender.postal_code),
        "sender_phone": phone(sender.phone),
        "sender_name": sender.name,
        "sender_name_1": sender.name,
    }
    first, second = limits.get("sender_name_1"), limits.get("sender_name_2", 0)
    if first and cp932.length(sender.name) > first and "sender_name_2" in limits:
        head, _, rest = sender.name.partition(" ")
        if rest and cp932.length(head) <= first and (second is None or cp932.length(rest) <= second):
            filled.values |= {"sender_name_1": head, "sender_name_2": rest}
    prefecture, city, street = part_address(sender.address)
    contact = Contact(prefecture=prefecture, city=city, street=f"{street} {sender.building}".strip())
    if "sender_street" in limits:
        _fill_parts(filled, contact, limits)
    elif any(name in limits for name in _LINES):
        _fill_lines(filled, contact, limits)


def _fill_lines(filled: Filled, contact: Contact, limits: Mapping[str, int | None]) -> None:
    columns = [name for name in _LINES if name in limits]
    widths = [limits[name] or _ENOUGH for name in columns]
    spread = address.spread(contact, widths)
    if not spread.fits:
        filled.problems.append(too_long("sender.address", "ご依頼主 住所", contact.address, sum(widths)))
        return
    if spread.asked:
        shown = " / ".join(line for line in spread.lines if line)
        filled.problems.append(warn("carrier_spread", "sender.address", text=contact.address, shown=shown))
    filled.values |= dict(zip(columns, spread.lines, strict=True))


def _fill_parts(filled: Filled, contact: Contact, limits: Mapping[str, int | None]) -> None:
    widths = [limits[name] or _ENOUGH for name in ("sender_street", "sender_building")]
    parted = address.part(contact.street, *widths)
    if not parted.fits:
        filled.problems.append(too_long("sender.address", "ご依頼主 住所", contact.street, sum(widths)))
    elif parted.asked:
        shown = f"{parted.street} / {parted.building}"
        filled.problems.append(warn("carrier_spread", "sender.address", text=contact.street, shown=shown))
    filled.values |= {
        "sender_prefecture": contact.prefecture,
        "sender_city": contact.city,
        "sender_street": parted.street,
        "sender_building": parted.building,
    }
