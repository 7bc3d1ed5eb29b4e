"""A consignment as a row of 日本郵便's tools: values by field, which a filter puts into its columns.

What a layout has no column for is never dropped in silence.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pkgutil import get_data
from typing import Any

from jpship_gui.carriers import address
from jpship_gui.carriers.base import Consignment, HandoverResult, Service
from jpship_gui.carriers.filters import Known, filter_set
from jpship_gui.carriers.handover import Filled
from jpship_gui.carriers.handover import write_rows as write
from jpship_gui.carriers.jppost.sender import fill_sender
from jpship_gui.carriers.load import marks, services, variants
from jpship_gui.carriers.marks import placed
from jpship_gui.carriers.values import (
    block,
    cash_on_delivery,
    goods_words,
    phone,
    postal_code,
    slot_problem,
    spread_problem,
    too_long,
    unknown_service,
    warn,
    without_blanks,
)
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Repair
from jpship_gui.domain.shipment import Parcel
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import Layout

_Limits = Mapping[str, int | None]  # longest by field, of the columns there are

_PACKAGE = __name__.rpartition(".")[0]
_FLAGS = ("fragile", "perishable", "bottles", "upright", "no_stacking")
_SIZES = (60, 80, 100, 120, 140, 160, 170)
_NO_SLOT = "00"
_ADDRESS = tuple(f"recipient_address_{n}" for n in (1, 2, 3, 4))
_REGISTERED = ("registered_code", "cloud_product", "web_product")
_CODES = ("payment_code", "registered_code", "cloud_product", "web_product", "web_payment")
# What would be lost if no column of the layout took it, with the values that mean "nothing of it".
_MUST_ARRIVE: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "delivery_date": (("delivery_date", "delivery_day"), ("",)),
    "slot_code": (("slot_code",), ("", _NO_SLOT)),
    "cool_code": (("cool_code", "web_cool"), ("", "0")),
    "cash": (("cash",), ("",)),
    "payment_code": (("payment_code", "cloud_product", "web_payment"), ("", "0")),
}


@cache
def services_by_id() -> dict[str, Service]:
    """Every service by id."""
    return {service.id: service for service in services(_PACKAGE)}


@cache
def _names() -> Mapping[str, Known]:
    return filter_set(_PACKAGE).fields


@cache
def _kinds() -> Mapping[str, Mapping[str, Any]]:
    data = get_data(_PACKAGE, "kinds.toml") or b""
    return tomllib.loads(data.decode("utf-8"))


def write_rows(
    layout: Layout, able: Sequence[str], consignments: Sequence[Consignment], today: date
) -> HandoverResult:
    """The rows of one tool's file, whose services are `able`; Refused("carrier_ship_day_past")."""
    for consignment in consignments:
        if consignment.ship_date < today:
            raise Refused("carrier_ship_day_past", day=consignment.ship_date, today=today)
    limits = {column.field: column.max_bytes for column in layout.columns}
    fill: Callable[[Consignment, Parcel], Filled] = partial(_fill, limits)
    known = [services_by_id()[one].name for one in able]
    other = [one for one in consignments if one.service not in able]
    made = write(layout, [one for one in consignments if one.service in able], fill, variants(_PACKAGE))
    problems = {one.shipment.key: (unknown_service(_name(one.service), known),) for one in other}
    return replace(made, problems={**made.problems, **problems})


def _name(service: str) -> str:
    known = services_by_id().get(service)
    return known.name if known else service


def _fill(limits: _Limits, consignment: Consignment, parcel: Parcel) -> Filled:
    """Values by field for one parcel."""
    service = services_by_id()[consignment.service]
    filled = Filled({"parcel_key": parcel.key, "shipment_key": consignment.shipment.key})
    filled.values |= {
        "order_number": consignment.shipment.order_id.number,
        "ship_date": f"{consignment.ship_date:%Y%m%d}",
        "ship_day": f"{consignment.ship_date:%Y/%m/%d}",
        "pieces": "1",
    }
    if consignment.office:
        filled.problems.append(block("jppost_office", "office", office=consignment.office))
    _fill_service(filled, service, consignment, parcel, limits)
    _fill_cool(filled, service, consignment, limits)
    _fill_wish(filled, service, consignment)
    _fill_recipient(filled, service, consignment, limits)
    fill_sender(filled, consignment.sender, limits)
    _fill_goods(filled, consignment, limits)
    _fill_cash(filled, service, consignment)
    _check_arrival(filled, limits)
    return filled


def codes_of(consignment: Consignment, service: str) -> dict[str, str]:
    """What the tools call a service: the data's codes, and those the shop says."""
    own = json.loads(consignment.sender.codes.get("codes", "") or "{}")
    said = own.get(service, {})
    data = _kinds().get(service, {})
    known = {name: str(data[name]) for name in _CODES if name in data}
    return known | {name: str(said[name]) for name in _CODES if name in said}


def _fill_service(
    filled: Filled, service: Service, consignment: Consignment, parcel: Parcel, limits: _Limits
) -> None:
    sender, codes = consignment.sender, codes_of(consignment, service.id)
    filled.values |= {
        "service_code": service.id,
        "mail_kind": service.code,
        "slip_form": sender.codes.get("slip_form", ""),
        "cloud_form": sender.codes.get("cloud_form", ""),
        "sender_code": sender.codes.get("sender_code", ""),
        "size_code": _size(parcel, sender.codes.get("size", "")),
        **codes,
    }
    words, problems = placed(consignment.marks, marks(_PACKAGE), len(_FLAGS))
    filled.values |= {flag: str(int(flag in words)) for flag in _FLAGS}
    filled.problems += problems
    absent = [_names()[flag].name for flag in _FLAGS if flag in words and flag not in limits]
    if absent:
        filled.problems.append(warn("carrier_no_column", "marks", column="、".join(absent)))
    for name in _CODES:
        if name in limits and not codes.get(name):
            column, key = _names()[name].name, f"{service.id}.{name}"
            filled.problems.append(
                block("jppost_code_unset", "service", service=service.name, column=column, key=key)
            )
    if _kinds().get(service.id, {}).get("registered") and not any(name in limits for name in _REGISTERED):
        column = _names()["registered_code"].name
        filled.problems.append(block("carrier_no_column", "service", column=column))
    filled.values["recipient_title_code"] = "0"
    filled.values["recipient_title"] = "様"


def _size(parcel: Parcel, usual: str) -> str:
    """サイズ in three digits: the smallest the measured box fits, else the shop's usual one. A box larger than all has
    none: only the tool knows what is to be done with it."""
    size = parcel.measures.size
    if size is None:
        return usual
    return next((f"{one:03d}" for one in _SIZES if size <= one), "")


def _fill_cool(filled: Filled, service: Service, consignment: Consignment, limits: _Limits) -> None:
    cool = consignment.cool
    if cool and cool not in service.cool:
        filled.problems.append(block("carrier_cool", "cool", service=service.name))
        return
    filled.values["cool_code"] = str(_kinds()["cool"][cool or "none"])
    if cool and "web_cool" in limits:
        own = json.loads(consignment.sender.codes.get("codes", "") or "{}").get("cool", {})
        code = str(own.get(f"web_{cool}", ""))
        filled.values["web_cool"] = code
        if not code:
            values = {"column": _names()["web_cool"].name, "key": f"cool.web_{cool}"}
            filled.problems.append(block("jppost_code_unset", "cool", service=service.name, **values))


def _fill_wish(filled: Filled, service: Service, consignment: Consignment) -> None:
    wish = consignment.shipment.wish
    filled.values["slot_code"] = service.slots.get(wish.slot, _NO_SLOT) if service.slots else ""
    if wish.slot and wish.slot not in service.slots:
        filled.problems.append(slot_problem(service, wish.slot, wish.text))
    if wish.day is None:
        return
    if not _kinds().get(service.id, {}).get("day"):
        repairs = (Repair("drop_wish"),)
        found = block("carrier_no_day", "wish.day", service=service.name, day=wish.day.isoformat())
        filled.problems.append(replace(found, repairs=repairs))
        return
    filled.values |= {"delivery_date": f"{wish.day:%Y%m%d}", "delivery_day": f"{wish.day:%Y/%m/%d}"}
    if wish.day < consignment.ship_date:
        days = {"day": wish.day.isoformat(), "ship_date": consignment.ship_date.isoformat()}
        filled.problems.append(block("carrier_delivery_date", "wish.day", **days))


def _fill_recipient(filled: Filled, service: Service, consignment: Consignment, limits: _Limits) -> None:
    to = address.placed(consignment.shipment.recipient)
    for name, word in (("prefecture", "都道府県"), ("city", "市区町村"), ("street", "丁目番地号")):
        if not getattr(to, name).strip():
            filled.problems.append(block("carrier_missing", f"recipient.{name}", column=word))
    filled.values |= {
        "recipient_postal_code": postal_code(to.postal_code),
        "recipient_phone": phone(to.phone),
        "recipient_email": to.email,
        "recipient_name": " ".join(to.name.split()),
    }
    if _kinds().get(service.id, {}).get("phone") and "recipient_phone" in limits and not phone(to.phone):
        column = _names()["recipient_phone"].name
        filled.problems.append(block("carrier_missing", "recipient.phone", column=column))
    if "recipient_name_1" in limits:
        _fill_name(filled, limits)
    if "recipient_street" in limits:
        _fill_parts(filled, consignment, limits)
    else:
        _fill_lines(filled, consignment, limits)


def _fill_name(filled: Filled, limits: _Limits) -> None:
    """The name over 名称１ and ２, parted at a blank that is already there."""
    name = filled.values["recipient_name"]
    first, second = limits["recipient_name_1"], limits.get("recipient_name_2", 0)
    filled.values["recipient_name_1"] = name
    if first is None or cp932.length(name) <= first or "recipient_name_2" not in limits:
        return
    words = name.split(" ")
    for count in range(len(words) - 1, 0, -1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        if cp932.length(head) <= first and (second is None or cp932.length(rest) <= second):
            filled.values |= {"recipient_name_1": head, "recipient_name_2": rest}
            return


def _fill_lines(filled: Filled, consignment: Consignment, limits: _Limits) -> None:
    """The address over the layout's 住所 columns. クリックポスト's last line bears our key where the address leaves
    it room."""
    columns = [field for field in _ADDRESS if field in limits]
    widths = [limits[field] or _ENOUGH for field in columns]
    to = consignment.shipment.recipient
    keyed = "parcel_key" not in limits and consignment.sender.codes.get("clickpost_key", "on") == "on"
    spread = address.spread(to, widths[:-1]) if keyed else address.spread(to, widths)
    if keyed and (not spread.fits or spread.asked):
        fuller = address.spread(to, widths)
        if fuller.fits and (not spread.fits or not fuller.asked):
            spread, keyed = fuller, False
            filled.problems.append(warn("jppost_key_left_out", "recipient.street"))
    if not spread.fits:
        whole = sum(widths[:-1] if keyed else widths)
        filled.problems.append(too_long("recipient.street", "お届け先住所", to.address, whole))
        return
    if spread.asked:
        filled.problems.append(spread_problem(spread.lines, to.address, consignment.agreed))
    filled.values |= dict(zip(columns, spread.lines, strict=False))
    if keyed:
        filled.values[columns[-1]] = filled.values["parcel_key"]


_ENOUGH = 400  # bytes of a column without a known limit


def _fill_parts(filled: Filled, consignment: Consignment, limits: _Limits) -> None:
    """The address in four parts: prefecture, municipality, street, building."""
    to = address.placed(consignment.shipment.recipient)
    widths = [limits[name] or _ENOUGH for name in ("recipient_street", "recipient_building")]
    parted = address.part(to.street, *widths)
    if not parted.fits:
        filled.problems.append(too_long("recipient.street", "丁目番地号・建物", to.street, sum(widths)))
    elif parted.asked:
        shown = (parted.street, parted.building)
        filled.problems.append(spread_problem(shown, to.street, consignment.agreed))
    filled.values |= {
        "recipient_prefecture": without_blanks(to.prefecture),
        "recipient_city": without_blanks(to.city),
        "recipient_street": parted.street,
        "recipient_building": parted.building,
    }


def _fill_goods(filled: Filled, consignment: Consignment, limits: _Limits) -> None:
    if "goods" not in limits:
        return
    own = consignment.sender.codes.get("goods_name", "")
    filled.values["goods"], notes = goods_words(consignment, own, limits["goods"] or _ENOUGH)
    filled.problems += notes


def _fill_cash(filled: Filled, service: Service, consignment: Consignment) -> None:
    values, problems = cash_on_delivery(consignment, service)
    filled.values |= values
    filled.problems += problems


def _check_arrival(filled: Filled, limits: _Limits) -> None:
    """What the parcel needs and the layout has no column for keeps it out: nobody would notice the loss."""
    for field, (columns, nothing) in _MUST_ARRIVE.items():
        if filled.values.get(field, "") not in nothing and not any(name in limits for name in columns):
            known = _names()[field]
            filled.problems.append(block("carrier_no_column", known.about, column=known.name))
