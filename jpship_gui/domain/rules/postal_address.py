"""CK-04: postal code against address, with the right code for the address and the right address for the code."""

from __future__ import annotations

import re

from jpship_gui.domain.order import Contact
from jpship_gui.domain.postal_code import Comparison, Fit, Located, Place, address_at
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

_CODE = re.compile("[0-9]{7}")
_QUIET = (Fit.RIGHT,)
_CODES: dict[Fit, tuple[str, Severity]] = {
    Fit.NO_SUCH_CODE: ("postal_code_unknown", Severity.BLOCK),
    Fit.WRONG_PREFECTURE: ("postal_address_mismatch", Severity.BLOCK),
    Fit.WRONG_CITY: ("postal_address_mismatch", Severity.BLOCK),
    Fit.WRONG_TOWN: ("postal_address_mismatch", Severity.BLOCK),
    Fit.WHOLE_CITY: ("postal_code_general", Severity.WARN),
    Fit.TOWN_UNLISTED: ("postal_town_unlisted", Severity.WARN),
}


def postal_address(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """At most one problem; quiet where code or address are missing, which is another rule's finding."""
    contact = subject.recipient
    if not contact.postal_code or not (contact.city + contact.street).strip():
        return []
    if not _CODE.fullmatch(contact.postal_code):
        return [_form(contact, around.locate(contact))]
    comparison = around.compare(contact)
    if comparison.fit in _QUIET:
        return []
    code, severity = _CODES[comparison.fit]
    located = around.locate(contact)
    values = {"postal_code": contact.postal_code, "address": contact.address}
    if comparison.place is not None:
        values["place"] = _name(comparison.place) + _part(comparison.place, comparison.fit)
    repairs = (*_right_code(contact, located), *_right_address(contact, comparison, located))
    return [Problem(code, severity, "recipient.postal_code", values, repairs)]


def _form(contact: Contact, located: Located | None) -> Problem:
    values = {"postal_code": contact.postal_code}
    repairs = _right_code(contact, located)
    return Problem("postal_code_form", Severity.BLOCK, "recipient.postal_code", values, repairs)


def _right_code(contact: Contact, located: Located | None) -> tuple[Repair, ...]:
    if located is None or len(located.codes) != 1 or located.codes[0] == contact.postal_code:
        return ()
    return (Repair("set_postal_code", {"postal_code": located.codes[0]}),)


def _right_address(contact: Contact, comparison: Comparison, located: Located | None) -> tuple[Repair, ...]:
    place = comparison.place
    if place is None or not place.town or comparison.fit is Fit.TOWN_UNLISTED:
        return ()
    right = address_at(place, contact, located)
    values = {
        "prefecture": right.prefecture,
        "city": right.city,
        "street": right.street,
        "place": _name(place),
    }
    return (Repair("set_address", values),)


def _part(place: Place, fit: Fit) -> str:
    """Which part of a divided town the code is for, without which the words would contradict themselves."""
    return f"（{place.note}）" if place.note and fit is Fit.WRONG_TOWN else ""


def _name(place: Place) -> str:
    return f"{place.prefecture}{place.city}{place.town}"
