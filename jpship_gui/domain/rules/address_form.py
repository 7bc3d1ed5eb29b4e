"""CK-05: what an address looks like when the parcel comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from jpship_gui.domain.address import flat, fold, leading_prefecture
from jpship_gui.domain.postal_code import Fit
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings

_NUMBERLESS = re.compile("無番地|番外地|番地なし")
_HOUSES = re.compile(r"マンション|団地|ハイツ|アパート|\d*号棟|コーポ|レジデンス|メゾン|ハイム|レオパレス")
_ROOM = re.compile(r"\d|[A-Z]号|[A-Z]室|号室|管理人室|管理室|全棟")
_NUMBER = re.compile(r"\d+")
_PO_BOX = re.compile(r"私書箱|局留|局止|営業所(?:止|留)|センター(?:止|留)|P\.?\s*O\.?\s*BOX", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{4}(?!\d)")
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-鿿々]")
_LOT = 3  # numbers of a house without a room: 丁目, 番, 号
_LEAST_ROOM = 100


def address_form(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """Every finding about the form of an address that is there at all."""
    contact = subject.recipient
    if not (contact.city + contact.street).strip():
        return []
    return [problem for look in _LOOKS if (problem := look(subject, around)) is not None]


def _problem(code: str, values: dict[str, str] | None = None, repairs: tuple[Repair, ...] = ()) -> Problem:
    return Problem(code, Severity.BLOCK, "recipient.address", values or {}, repairs)


def _tail(subject: CheckInput, around: Surroundings) -> str:
    """The folded address after the town where code and address agree, else the folded street."""
    contact = subject.recipient
    if len(contact.postal_code) == 7:
        comparison = around.compare(contact)
        if comparison.fit in (Fit.RIGHT, Fit.WHOLE_CITY):
            return comparison.tail
    return fold(contact.street)


def _house_number(subject: CheckInput, around: Surroundings) -> Problem | None:
    """No digit or numeral after the town: neither a house number nor anything to find the house by."""
    street = subject.recipient.street
    if len(_NUMBER.findall(street)) > 1 or _NUMBERLESS.search(street) or _PO_BOX.search(street):
        return None
    found = _NUMBER.search(_tail(subject, around))
    return None if found else _problem("address_no_number", {"address": subject.recipient.address})


def _room(subject: CheckInput, around: Surroundings) -> Problem | None:
    """A house of many flats without a flat; 1-2-3-405 サンハイツ and 2-3-405 サンハイツ name it before the house."""
    if not _HOUSES.search(fold(subject.recipient.street)):
        return None
    tail = _tail(subject, around)
    houses = list(_HOUSES.finditer(tail))
    if not houses or _ROOM.search(tail, houses[-1].end()):
        return None
    numbers = _NUMBER.findall(tail[: houses[0].start()])
    if len(numbers) > _LOT or (len(numbers) == _LOT and int(numbers[-1]) > _LEAST_ROOM):
        return None
    return _problem("address_no_room", {"house": houses[-1].group(), "address": subject.recipient.address})


def _prefecture_twice(subject: CheckInput, around: Surroundings) -> Problem | None:
    contact = subject.recipient
    second = leading_prefecture(contact.city) or leading_prefecture(contact.street)
    if not contact.prefecture or not second:
        return None
    if second != contact.prefecture:
        return _problem("address_two_prefectures", {"first": contact.prefecture, "second": second})
    values = {"city": _without(contact.city, second), "street": _without(contact.street, second)}
    return _problem("address_prefecture_twice", {"prefecture": second}, (Repair("set_address", values),))


def _city_twice(subject: CheckInput, around: Surroundings) -> Problem | None:
    contact = subject.recipient
    city = contact.city.strip()
    if len(city) < 3 or not contact.street.strip().startswith(city):
        return None
    repair = Repair("set_address", {"street": _without(contact.street, city)})
    return _problem("address_city_twice", {"city": city}, (repair,))


def _without(text: str, start: str) -> str:
    bare = text.strip()
    return bare[len(start) :].strip() if bare.startswith(start) else text


def _po_box(subject: CheckInput, around: Surroundings) -> Problem | None:
    match = _PO_BOX.search(subject.recipient.street)
    return _problem("address_po_box", {"text": match.group()}) if match else None


def _mail(subject: CheckInput, around: Surroundings) -> Problem | None:
    contact = subject.recipient
    text = contact.city + contact.street
    match = _MAIL.search(text) if "@" in text or "＠" in text else None
    if match is None:
        return None
    repair = Repair("set_address", {"street": contact.street.replace(match.group(), "").strip()})
    return _problem(
        "address_mail", {"text": match.group()}, (repair,) if match.group() in contact.street else ()
    )


def _phone(subject: CheckInput, around: Surroundings) -> Problem | None:
    match = _PHONE.search(flat(subject.recipient.street))
    return _problem("address_phone", {"text": match.group()}) if match else None


def _foreign(subject: CheckInput, around: Surroundings) -> Problem | None:
    contact = subject.recipient
    text = contact.city + contact.street
    return None if _JAPANESE.search(text) else _problem("address_foreign", {"address": contact.address})


_LOOKS: tuple[Callable[[CheckInput, Surroundings], Problem | None], ...] = (
    *(_prefecture_twice, _city_twice, _house_number, _room),
    *(_po_box, _mail, _phone, _foreign),
)
