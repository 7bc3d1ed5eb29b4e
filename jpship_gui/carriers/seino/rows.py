"""A consignment as a row of カンガルー・マジックⅡ: only what its data files cannot say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from jpship_gui.carriers import address
from jpship_gui.carriers.base import Consignment, HandoverResult, Service
from jpship_gui.carriers.handover import Filled, write_rows
from jpship_gui.carriers.load import services
from jpship_gui.carriers.values import (
    block,
    goods_words,
    name_lines,
    phone,
    postal_digits,
    slot_problem,
    spread_problem,
    too_long,
    unknown_service,
)
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import Layout

_PACKAGE = __name__.rpartition(".")[0]
_ADDRESS = (40, 40)  # CP932 bytes of each column, as of the names
_NAME = 40
_GOODS = 40  # the manual gives no length for 記事; that of its other texts is kept
_DATED = "02"  # 輸送指示コード１ where a day or a time of day is asked for


@cache
def _services() -> dict[str, Service]:
    return {service.id: service for service in services(_PACKAGE)}


def writer(layout: Layout) -> Callable[[Sequence[Consignment], date], HandoverResult]:
    """Rows for a form of the file, with or without its header."""

    def rows(consignments: Sequence[Consignment], today: date) -> HandoverResult:
        return write_rows(layout, consignments, lambda c, parcel: fill(c, parcel, layout))

    return rows


def fill(consignment: Consignment, parcel: Parcel, layout: Layout) -> Filled:
    """Values by field for one parcel."""
    service = _services().get(consignment.service)
    if service is None:
        return Filled({}, [unknown_service(consignment.service, tuple(_services()))])
    codes, sender = consignment.sender.codes, consignment.sender
    filled = Filled(
        {
            "parcel_key": parcel.key,
            "ship_date": f"{consignment.ship_date:%Y%m%d}",
            "service_code": service.code,
            "shipper_code": codes.get("shipper_code", ""),
            "office_code": codes.get("office_code", ""),
            "sender_name": sender.name,
            "sender_address_1": " ".join(sender.address.split()),
            "sender_address_2": sender.building,
            "sender_phone": phone(sender.phone),
        }
    )
    _fill_recipient(filled, consignment)
    _fill_wish(filled, service, consignment)
    filled.values["goods_1"], noted = goods_words(consignment, codes.get("goods_name", ""), _GOODS)
    filled.problems += noted
    if consignment.cool:
        filled.problems.append(block("carrier_cool", "cool", service=service.name))
    if consignment.shipment.cash_on_delivery:
        filled.problems.append(block("carrier_cash_service", "service", service=service.name))
    _check_record(filled, layout)
    return filled


def _fill_recipient(filled: Filled, consignment: Consignment) -> None:
    to = consignment.shipment.recipient
    lines = address.spread(to, _ADDRESS)
    if not lines.fits:
        filled.problems.append(too_long("recipient.street", "お届け先住所", to.address, sum(_ADDRESS)))
    elif lines.asked:
        filled.problems.append(spread_problem(lines.lines, to.address, consignment.agreed))
    first, rest = name_lines(to.name, _NAME, _NAME)
    filled.values |= {
        "recipient_phone": phone(to.phone),
        "recipient_postal_code": postal_digits(to.postal_code),
        "recipient_name_1": first,
        "recipient_name_2": rest,
        "recipient_address_1": lines.lines[0],
        "recipient_address_2": lines.lines[1],
    }


def _fill_wish(filled: Filled, service: Service, consignment: Consignment) -> None:
    """配達指定日付: month, day and a digit for the half of the day; 0000 before it where only that is asked for."""
    wish = consignment.shipment.wish
    half = service.slots.get(wish.slot, "") if wish.slot else "0"
    if not half:
        filled.problems.append(slot_problem(service, wish.slot, wish.text))
        return
    if wish.day is not None and wish.day < consignment.ship_date:
        days = {"day": wish.day.isoformat(), "ship_date": consignment.ship_date.isoformat()}
        filled.problems.append(block("carrier_delivery_date", "wish.day", **days))
    if wish.day is None and half == "0":
        return
    day = f"{wish.day:%m%d}" if wish.day is not None else "0000"
    filled.values |= {"delivery_date": day + half, "instruction_code_1": _DATED}


def _check_record(filled: Filled, layout: Layout) -> None:
    """The tool takes records up to a length; whether it counts the commas is not written, so they are counted."""
    limit = int(layout.extra["record_bytes"])
    texts = [filled.values.get(column.field, column.constant) for column in layout.columns]
    length = sum(cp932.length(text) for text in texts) + len(texts) - 1
    if length > limit:
        filled.problems.append(
            block("carrier_record_too_long", "lines", limit=str(limit), length=str(length))
        )
