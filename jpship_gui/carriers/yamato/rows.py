"""A consignment as a row of B2クラウド's basic layout: only what its data files cannot say.

The checks repeat what the service itself was seen to refuse (codes ES…, EF…, WS… in NOTES.md), so that it
is mended here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from jpship_gui.carriers import address
from jpship_gui.carriers.base import Consignment, HandoverResult, Service
from jpship_gui.carriers.handover import Filled
from jpship_gui.carriers.handover import write_rows as write
from jpship_gui.carriers.load import layout, marks, services, variants
from jpship_gui.carriers.marks import placed
from jpship_gui.carriers.values import (
    block,
    cash_on_delivery,
    goods_words,
    phone,
    postal_code,
    slot_problem,
    too_long,
    unknown_service,
    without_blanks,
)
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import Column, Layout

_PACKAGE = __name__.rpartition(".")[0]
_SHIP_DAYS = 30  # ES003001: today … today + 30
_FAR_DAYS = 14  # お届け予定日 beyond about this may be refused for far routes
_PREFECTURE, _CITY, _STREET, _BUILDING, _GOODS = 8, 24, 32, 32, 50  # CP932 bytes
_COOL_CODES = {"": "", "frozen": "1", "chilled": "2"}
_TIMED = "timed"  # 宅急便タイムサービス is nothing without its hour (ES002038)
_SEARCH_TITLE = "出荷キー"


@cache
def _layout() -> Layout:
    return layout(_PACKAGE, "handover.toml")


@cache
def _marks() -> dict[str, str]:
    return marks(_PACKAGE)


@cache
def _services() -> dict[str, Service]:
    return {service.id: service for service in services(_PACKAGE)}


def write_rows(consignments: Sequence[Consignment], today: date) -> HandoverResult:
    """The file's rows; raises Refused("carrier_ship_date") when the day is outside what B2 takes."""
    return _write(_layout(), consignments, today)


def write_eazy_rows(consignments: Sequence[Consignment], today: date) -> HandoverResult:
    """The same with the 98th column, which only EAZY contracts have."""
    return _write(with_place(_layout()), consignments, today)


def with_place(columns: Layout) -> Layout:
    """The layout with 置き場所コード behind its 97 columns."""
    place = Column(
        field="place_code", header="置き場所コード", max_bytes=2, extra={"about": "yamato.place_code"}
    )
    return replace(columns, id="yamato_b2_eazy", columns=(*columns.columns, place))


def _write(columns: Layout, consignments: Sequence[Consignment], today: date) -> HandoverResult:
    last = today + timedelta(days=_SHIP_DAYS)
    for consignment in consignments:
        if not today <= consignment.ship_date <= last:
            raise Refused("carrier_ship_date", day=consignment.ship_date, first=today, last=last)
    return write(columns, consignments, fill, variants(_PACKAGE))


def fill(consignment: Consignment, parcel: Parcel) -> Filled:
    """Values by field for one parcel."""
    service = _services().get(consignment.service)
    if service is None:
        return Filled({}, [unknown_service(consignment.service, tuple(_services()))])
    filled = Filled({"parcel_key": parcel.key, "ship_date": _day(consignment.ship_date)})
    _fill_service(filled, service, consignment)
    _fill_wish(filled, service, consignment)
    _fill_recipient(filled, consignment)
    _fill_sender(filled, consignment)
    _fill_marks(filled, consignment)
    _fill_office(filled, consignment)
    _fill_goods(filled, consignment)
    _fill_cash(filled, service, consignment)
    return filled


def _fill_service(filled: Filled, service: Service, consignment: Consignment) -> None:
    code = service.code
    if service.code_setting:
        code = consignment.sender.codes.get(service.code_setting, "")
        if code not in service.code_choices:
            choices = " / ".join(service.code_choices)
            setting = f"yamato.{service.code_setting}"
            filled.problems.append(
                block("carrier_code_unset", setting, service=service.name, choices=choices)
            )
    shipment, pieces = consignment.shipment, len(consignment.parcels)
    filled.values |= {"service_code": code, "search_title_1": _SEARCH_TITLE, "search_key_1": shipment.key}
    if service.pieces:
        filled.values["pieces"] = "1"
    if service.several:
        filled.values["several_key"] = shipment.key
        if not 2 <= pieces <= 99:
            filled.problems.append(
                block("carrier_pieces", "parcels", service=service.name, count=str(pieces))
            )
    if consignment.cool and consignment.cool not in service.cool:
        filled.problems.append(block("carrier_cool", "cool", service=service.name))
    filled.values["cool_code"] = _COOL_CODES.get(consignment.cool, "")


def _fill_wish(filled: Filled, service: Service, consignment: Consignment) -> None:
    wish = consignment.shipment.wish
    if wish.slot and wish.slot in service.slots:
        filled.values["slot_code"] = service.slots[wish.slot]
    elif wish.slot or service.id == _TIMED:
        filled.problems.append(slot_problem(service, wish.slot, wish.text))
    if wish.day is None:
        return
    filled.values["delivery_date"] = _day(wish.day)
    if wish.day < consignment.ship_date:
        days = {"day": wish.day.isoformat(), "ship_date": consignment.ship_date.isoformat()}
        filled.problems.append(block("carrier_delivery_date", "wish.day", **days))
    elif wish.day > consignment.ship_date + timedelta(days=_FAR_DAYS):
        filled.problems.append(
            Problem("carrier_delivery_far", Severity.WARN, "wish.day", {"day": wish.day.isoformat()})
        )


def _fill_recipient(filled: Filled, consignment: Consignment) -> None:
    to = address.placed(consignment.shipment.recipient)
    for name, text in (("prefecture", to.prefecture), ("city", to.city), ("street", to.street)):
        if not text.strip():
            filled.problems.append(block("carrier_missing", f"recipient.{name}", column=_ADDRESS_WORDS[name]))
    for name, text, limit in (("prefecture", to.prefecture, _PREFECTURE), ("city", to.city, _CITY)):
        if cp932.length(text) > limit:
            filled.problems.append(too_long(f"recipient.{name}", _ADDRESS_WORDS[name], text, limit))
    parted = address.part(to.street, _STREET, _BUILDING)
    if not parted.fits:
        filled.problems.append(
            too_long("recipient.street", _ADDRESS_WORDS["street"], to.street, _STREET + _BUILDING)
        )
    elif parted.asked:
        filled.problems.append(_parted_problem(parted, to.street, consignment.agreed))
    filled.values |= {
        "recipient_phone": phone(to.phone),
        "recipient_postal_code": postal_code(to.postal_code),
        "recipient_address": without_blanks(to.prefecture + to.city) + parted.street,
        "recipient_building": parted.building,
        "recipient_name": " ".join(to.name.split()),
    }


_ADDRESS_WORDS = {"prefecture": "都道府県", "city": "市区町村", "street": "お届け先住所"}


def _parted_problem(parted: address.Parted, street: str, agreed: bool) -> Problem:
    """A place chosen by us: asked about with a repair that puts a blank there, or noted once a person
    agreed."""
    values = {"text": street, "street": parted.street, "building": parted.building}
    if agreed:
        return Problem("carrier_parted", Severity.WARN, "recipient.street", values)
    repair = Repair("set_address", {"street": f"{parted.street} {parted.building}"})
    return Problem("carrier_part_proposal", Severity.BLOCK, "recipient.street", values, (repair,))


def _fill_sender(filled: Filled, consignment: Consignment) -> None:
    sender = consignment.sender
    codes = sender.codes
    building, street = " ".join(sender.building.split()), without_blanks(sender.address)
    filled.values |= {
        "sender_phone": phone(sender.phone),
        "sender_postal_code": postal_code(sender.postal_code),
        "sender_address": street,
        "sender_building": building,
        "sender_name": sender.name,
        "customer_code": codes.get("customer_code", ""),
        "customer_class": codes.get("class_code", ""),
        "freight_no": codes.get("freight_no", ""),
        "note": codes.get("note", ""),
        "place_code": "" if codes.get("place_code", "none") == "none" else codes["place_code"],
    }


def _fill_marks(filled: Filled, consignment: Consignment) -> None:
    own = [consignment.sender.codes.get(f"handling_{place}", "") for place in (1, 2)]
    words, problems = placed(consignment.marks, _marks(), 2, own)
    filled.problems += problems
    filled.values |= {f"handling_{place}": word for place, word in enumerate(words, start=1)}


def _fill_office(filled: Filled, consignment: Consignment) -> None:
    """止置き: held at an office of Yamato, which needs its code (EF011003)."""
    office = unicodedata.normalize("NFKC", consignment.office).strip()
    if office:
        filled.values |= {"hold_at_office": "1", "office_code": office}


def _fill_goods(filled: Filled, consignment: Consignment) -> None:
    """品名１: the shop's own words for all its parcels, else the first line's name, shortened with a note."""
    own = consignment.sender.codes.get("goods_name", "")
    filled.values["goods_1"], noted = goods_words(consignment, own, _GOODS)
    filled.problems += noted


def _fill_cash(filled: Filled, service: Service, consignment: Consignment) -> None:
    values, problems = cash_on_delivery(consignment, service)
    filled.values |= values
    filled.problems += problems


def _day(day: date) -> str:
    return f"{day:%Y/%m/%d}"
