"""A consignment as a row of iS-2's CSVエントリー forms: only what their data files cannot say."""

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
    phone,
    postal_digits,
    slot_problem,
    unknown_service,
    without_blanks,
)
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats.layout import Layout

_PACKAGE = __name__.rpartition(".")[0]
_ANY = 1 << 12  # no length of a field is known: nothing is parted for it, nothing cut


@cache
def _services() -> dict[str, Service]:
    return {service.id: service for service in services(_PACKAGE)}


def writer(layout: Layout) -> Callable[[Sequence[Consignment], date], HandoverResult]:
    """Rows for a form of the file."""

    def rows(consignments: Sequence[Consignment], today: date) -> HandoverResult:
        return write_rows(layout, consignments, lambda c, parcel: fill(c, parcel, layout))

    return rows


def fill(consignment: Consignment, parcel: Parcel, layout: Layout) -> Filled:
    """Values by field for one parcel: prefecture, municipality and house number in the first column, the building in
    the second."""
    service = _services().get(consignment.service)
    if service is None:
        return Filled({}, [unknown_service(consignment.service, tuple(_services()))])
    codes, days = consignment.sender.codes, layout.extra["days"]
    to = address.placed(consignment.shipment.recipient)
    parted = address.part(to.street, _ANY, _ANY)
    filled = Filled(
        {
            "parcel_key": parcel.key,
            "ship_date": f"{consignment.ship_date:{days}}",
            "shipper_code": codes.get("shipper_code", ""),
            "transport_1": codes.get("transport_1", ""),
            "transport_2": codes.get("transport_2", ""),
            "payer": codes.get("payer_code", ""),
            "recipient_phone": phone(to.phone),
            "recipient_postal_code": postal_digits(to.postal_code),
            "recipient_name_1": " ".join(to.name.split()),
            "recipient_address_1": without_blanks(to.prefecture + to.city) + parted.street,
            "recipient_address_2": parted.building,
        }
    )
    wish = consignment.shipment.wish
    if wish.slot:
        filled.problems.append(slot_problem(service, wish.slot, wish.text))
    if wish.day is not None:
        filled.values["delivery_date"] = f"{wish.day:{days}}"
        if wish.day < consignment.ship_date:
            told = {"day": wish.day.isoformat(), "ship_date": consignment.ship_date.isoformat()}
            filled.problems.append(block("carrier_delivery_date", "wish.day", **told))
    filled.values["goods_1"], noted = goods_words(consignment, codes.get("goods_name", ""), _ANY)
    filled.problems += noted
    if consignment.cool:
        filled.problems.append(block("carrier_cool", "cool", service=service.name))
    if consignment.shipment.cash_on_delivery:
        filled.problems.append(block("carrier_cash_service", "service", service=service.name))
    return filled
