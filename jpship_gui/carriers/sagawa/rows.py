"""A consignment as a row of e飛伝Ⅲ, Ⅱ or Pro: only what their data files cannot say.

One row is one parcel, so that each parcel's own key comes back with its number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pkgutil import get_data
from typing import Any

from jpship_gui.carriers import address
from jpship_gui.carriers.base import Consignment, HandoverResult, Service
from jpship_gui.carriers.handover import Filled, write_rows
from jpship_gui.carriers.load import marks, services, variants
from jpship_gui.carriers.marks import placed
from jpship_gui.carriers.values import (
    block,
    cash_on_delivery,
    goods_lines,
    name_lines,
    name_parted,
    phone,
    postal_code,
    slot_problem,
    spread_problem,
    too_long,
    unknown_service,
    warn,
)
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Contact
from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import Layout

_PACKAGE = __name__.rpartition(".")[0]
_LINE = 32  # CP932 bytes: 16 full-width characters in every column of names and addresses
_COOL = {"": "001", "chilled": "002", "frozen": "003"}
_PAYMENT = {"collect": "1", "collect_cash": "2", "collect_card": "3"}  # 決済種別; 0 = none
_FREIGHT = "takkyubin_freight"
_PRO_SLOTS = ("am", "1214", "1416", "1618", "1821")  # 01 12 14 16 04: the only ones of e飛伝Pro
_GOODS = 5


@cache
def _services() -> dict[str, Service]:
    return {service.id: service for service in services(_PACKAGE)}


@cache
def _seals() -> Mapping[str, Any]:
    data = get_data(_PACKAGE, "seals.toml") or b""
    return tomllib.loads(data.decode("utf-8"))


@cache
def _marks() -> dict[str, str]:
    return marks(_PACKAGE)


def writer(layout: Layout) -> Callable[[Sequence[Consignment], date], HandoverResult]:
    """Rows of one tool's file; they raise Refused("carrier_ship_day_past")."""
    fields = frozenset(column.field for column in layout.columns)

    def rows(consignments: Sequence[Consignment], today: date) -> HandoverResult:
        for consignment in consignments:
            if consignment.ship_date < today:
                raise Refused("carrier_ship_day_past", day=consignment.ship_date, today=today)
        fill_one = partial(fill, fields=fields)
        return write_rows(layout, consignments, fill_one, variants(_PACKAGE, "variants.toml"))

    return rows


def fill(consignment: Consignment, parcel: Parcel, fields: frozenset[str]) -> Filled:
    """Values by field for one parcel; `fields` are those the tool's layout has."""
    service = _services().get(consignment.service)
    if service is None:
        return Filled({}, [unknown_service(consignment.service, tuple(_services()))])
    pro = "seal_4" in fields
    if pro:
        slots = {ours: code for ours, code in service.slots.items() if ours in _PRO_SLOTS}
        service = replace(service, slots=slots)
    codes = consignment.sender.codes
    filled = Filled(
        {
            "parcel_key": parcel.key,
            "ship_date": f"{consignment.ship_date:%Y/%m/%d}",
            "ship_day": f"{consignment.ship_date:%Y%m%d}",
            "speed": service.code,
            "cool_code": _COOL.get(consignment.cool, ""),
            "payer": "2" if service.id == _FREIGHT else "1",
            "payment": _PAYMENT.get(service.id, "0"),
            "hold_at_office": "1" if consignment.office else "0",
            "office_code": consignment.office,
            "customer_code": codes.get("customer_code", ""),
            "department": codes.get("department", ""),
            "packaging": "" if codes.get("packaging", "none") == "none" else codes["packaging"],
        }
    )
    if consignment.cool and consignment.cool not in service.cool:
        filled.problems.append(block("carrier_cool", "cool", service=service.name))
    elif consignment.cool and pro:
        filled.problems.append(warn("carrier_cool_unproven", "cool", written=_COOL[consignment.cool]))
    _fill_wish(filled, service, consignment)
    _fill_seals(filled, service, consignment, 4 if pro else 3, pro)
    _fill_recipient(filled, consignment)
    _fill_sender(filled, consignment)
    if "goods_1" in fields:
        words, noted = goods_lines(consignment, codes.get("goods_name", ""), _LINE, _GOODS)
        filled.values |= {f"goods_{n}": line for n, line in enumerate(words, start=1)}
        filled.problems += noted
    _fill_cash(filled, service, consignment, "cash_tax" in fields)
    _fill_insured(filled, consignment, parcel)
    filled.values = {field: text for field, text in filled.values.items() if field in fields}
    return filled


def _fill_wish(filled: Filled, service: Service, consignment: Consignment) -> None:
    wish = consignment.shipment.wish
    if wish.slot and wish.slot in service.slots:
        filled.values["slot_code"] = service.slots[wish.slot]
    elif wish.slot:
        filled.problems.append(slot_problem(service, wish.slot, wish.text))
    if wish.day is None:
        return
    filled.values["delivery_date"] = f"{wish.day:%Y%m%d}"
    if wish.day < consignment.ship_date:
        days = {"day": wish.day.isoformat(), "ship_date": consignment.ship_date.isoformat()}
        filled.problems.append(block("carrier_delivery_date", "wish.day", **days))


def _fill_seals(filled: Filled, service: Service, consignment: Consignment, places: int, pro: bool) -> None:
    """The seal of the wish first, then those of what the parcel is handled like, then what the shop wants besides; none
    twice."""
    seals, wish, codes = _seals(), consignment.shipment.wish, consignment.sender.codes
    first = ""
    if wish.slot in service.slots and wish.slot:
        first = str(seals["slot_of_pro"] if pro else seals["slots"].get(wish.slot, ""))
    elif wish.day is not None:
        first = str(seals["day"])
    asked = {
        "seal_cool": consignment.cool,
        "seal_office": "office" if consignment.office else "",
        "seal_cash": service.id if service.id in _PAYMENT else "",
    }
    more = [str(seals["extra"][kind]) for name, kind in asked.items() if kind and codes.get(name) == "on"]
    room = places - bool(first)
    words, problems = placed(consignment.marks, _marks(), room, more)
    filled.problems += problems
    for place, seal in enumerate([*([first] if first else []), *words], start=1):
        filled.values[f"seal_{place}"] = seal


def _fill_recipient(filled: Filled, consignment: Consignment) -> None:
    to = consignment.shipment.recipient
    lines = address.spread(to, (_LINE, _LINE, _LINE))
    if not lines.fits:
        filled.problems.append(too_long("recipient.street", "お届け先住所", to.address, 3 * _LINE))
    elif lines.asked:
        filled.problems.append(spread_problem(lines.lines, to.address, consignment.agreed))
    first, second = name_lines(to.name, _LINE, _LINE)
    parted = name_parted(to.name, _LINE, _LINE) if cp932.length(first) > _LINE else None
    if parted is not None:
        first, second = parted
        filled.problems.append(_name_problem(to.name, parted, consignment.agreed))
    filled.values |= {
        "recipient_phone": phone(to.phone),
        "recipient_postal_code": postal_code(to.postal_code),
        "recipient_name_1": first,
        "recipient_name_2": second,
    }
    filled.values |= {f"recipient_address_{n}": line for n, line in enumerate(lines.lines, start=1)}


def _name_problem(name: str, parted: tuple[str, str], agreed: bool) -> Problem:
    """A place in a name chosen by us: asked about with a repair that puts a blank there, or noted once agreed."""
    values = {"text": name, "shown": " / ".join(parted)}
    if agreed:
        return warn("carrier_name_parted", "recipient.name", **values)
    repair = Repair("set_name", {"name": " ".join(parted)})
    return replace(block("carrier_name_proposal", "recipient.name", **values), repairs=(repair,))


def _fill_sender(filled: Filled, consignment: Consignment) -> None:
    """The shop's own address; the columns are two (three in e飛伝Pro, of which two suffice)."""
    sender = consignment.sender
    whole = f"{sender.address} {sender.building}".strip()
    lines = address.spread(Contact(street=whole), (_LINE, _LINE))
    if not lines.fits:
        filled.problems.append(too_long("sender.address", "ご依頼主住所", whole, 2 * _LINE))
    elif lines.asked and not consignment.agreed:
        shown = " / ".join(lines.lines)
        filled.problems.append(warn("carrier_spread", "sender.address", text=whole, shown=shown))
    first, second = name_lines(sender.name, _LINE, _LINE)
    filled.values |= {
        "sender_phone": phone(sender.phone),
        "sender_postal_code": postal_code(sender.postal_code),
        "sender_name_1": first,
        "sender_name_2": second,
        "sender_address_1": lines.lines[0],
        "sender_address_2": lines.lines[1],
    }


def _fill_cash(filled: Filled, service: Service, consignment: Consignment, able: bool) -> None:
    """Amount and tax; `able` = the tool's layout has a column of the tax that two sources agree on."""
    if service.cash_on_delivery and not able:
        filled.problems.append(block("carrier_cash_service", "service", service=service.name))
        return
    values, problems = cash_on_delivery(consignment, service)
    filled.values |= values
    filled.problems += problems


def _fill_insured(filled: Filled, consignment: Consignment, parcel: Parcel) -> None:
    """The goods' worth, from the amount on that the shop wants them insured; of several parcels each its own."""
    least = int(consignment.sender.codes.get("insured_from", "") or 0)
    if not least:
        return
    shipment = consignment.shipment
    prices = {(owner.key, line.line_id): line.unit_price for owner, line in shipment.goods}
    inside = shipment.contents().get(parcel.key)
    if inside is None:
        filled.problems.append(warn("carrier_insured_unknown", "parcels", count=str(len(shipment.parcels))))
        return
    worth = sum(prices.get((one.shipment, one.line_id), 0) * one.quantity for one in inside)
    if worth >= least:
        filled.values["insured"] = str(worth)
