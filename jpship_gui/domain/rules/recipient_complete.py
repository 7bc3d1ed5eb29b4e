"""CK-03: name, postal code, prefecture, address and telephone are there, each missing one its own reason."""

from __future__ import annotations

import re

from jpship_gui.domain.address import leading_prefecture
from jpship_gui.domain.order import Contact
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

_PHONE = re.compile("0[0-9]{9,10}")
_MOBILE = re.compile("[5789]0[0-9]{8}")
_LAND = re.compile("[1-9][0-9]{8}")


def recipient_complete(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """One problem for each missing field, with what the other fields tell about it."""
    contact = subject.recipient
    found = []
    if not contact.name.strip():
        found.append(_missing("name", _buyer_name(subject)))
    if not contact.postal_code:
        found.append(_missing("postal_code", _code_by_address(contact, around)))
    if not contact.prefecture.strip():
        found.append(_missing("prefecture", _prefecture(contact, around)))
    if not (contact.city + contact.street).strip():
        found.append(_missing("address", ()))
    if not contact.phone:
        found.append(_missing("phone", _buyer_phone(subject)))
    elif not _PHONE.fullmatch(contact.phone):
        found.append(_phone_form(contact.phone))
    return found


def _missing(field: str, repairs: tuple[Repair, ...]) -> Problem:
    return Problem(f"recipient_{field}_missing", Severity.BLOCK, f"recipient.{field}", {}, repairs)


def _buyer_name(subject: CheckInput) -> tuple[Repair, ...]:
    buyer = subject.order.buyer.name
    same = subject.order.recipient_is_buyer and buyer
    return (Repair("set_name", {"name": buyer}),) if same else ()


def _buyer_phone(subject: CheckInput) -> tuple[Repair, ...]:
    buyer = subject.order.buyer
    same = buyer.name == subject.recipient.name and _PHONE.fullmatch(buyer.phone)
    return (Repair("set_phone", {"phone": buyer.phone}),) if same else ()


def _code_by_address(contact: Contact, around: Surroundings) -> tuple[Repair, ...]:
    located = around.locate(contact)
    if located is None or len(located.codes) != 1:
        return ()
    return (Repair("set_postal_code", {"postal_code": located.codes[0]}),)


def _prefecture(contact: Contact, around: Surroundings) -> tuple[Repair, ...]:
    written = leading_prefecture(contact.city or contact.street)
    names = {written} if written else {p.prefecture for p in around.atlas.places(contact.postal_code)}
    if len(names) != 1:
        return ()
    name = names.pop()
    values = {"prefecture": name}
    if written and contact.city:
        values["city"] = contact.city.strip()[len(written) :]
    elif written:
        values["street"] = contact.street.strip()[len(written) :]
    return (Repair("set_address", values),)


def _phone_form(phone: str) -> Problem:
    """A number no telephone has; one that only lost its first 0 is proposed whole."""
    lost = _MOBILE.fullmatch(phone) or _LAND.fullmatch(phone)
    repairs = (Repair("set_phone", {"phone": f"0{phone}"}),) if lost else ()
    return Problem("recipient_phone_form", Severity.BLOCK, "recipient.phone", {"phone": phone}, repairs)
