"""Confirmations → the upload file a store's settings describe; see confirm.toml.

Its official description was not available (Yahoo! reference 3): columns, encoding, date form, number form and the value
of ShipStatus are settings of the shop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from jpship_gui.domain.confirmation import Confirmation
from jpship_gui.domain.fault import Refused
from jpship_gui.formats.layout import Column, Layout
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import ShopAccount, Upload
from jpship_gui.marketplaces.yahoo.values import number_of
from jpship_gui.settings.options import ShopOptions

_PACKAGE = __name__.rpartition(".")[0]
_DATES: Mapping[str, str] = {"slashes": "%Y/%m/%d", "plain": "%Y%m%d", "hyphens": "%Y-%m-%d"}
_METHOD, _SECOND = "method", "tracking_2"


def fit(confirmation: Confirmation, settings: ShopOptions, now: datetime) -> Confirmation:
    """An order has one ShipCompanyCode: numbers of another carrier than the first parcel's are kept, not told."""
    code = confirmation.parcels[0].carrier_code
    told = tuple(p for p in confirmation.parcels if p.carrier_code == code)
    others = tuple(p for p in confirmation.parcels if p.carrier_code != code)
    return replace(confirmation, parcels=told, kept=others + confirmation.kept)


def upload(account: ShopAccount, confirmations: Sequence[Confirmation]) -> Upload:
    """One row an order. Refused("yahoo_upload_columns") when the shop's columns are none we can fill.

    ShipMethod stands beside ShipCompanyCode only when the shop says of every carrier in the file which of its methods
    goes with it: where both are told and do not agree, Yahoo! takes the method's carrier (5.6).
    """
    settings = ShopOptions(account.settings, load.options(_PACKAGE))
    rows = [_values(settings, account, confirmation) for confirmation in confirmations]
    unused = {field for field in (_METHOD, _SECOND) if not _used(field, rows)}
    columns = [c for c in _columns(settings.get("yahoo.upload_columns")) if c.field not in unused]
    layout = replace(_layout(), columns=tuple(columns))
    return Upload(
        layout,
        tuple(tuple(row[column.field] for column in columns) for row in rows),
        settings.get("yahoo.upload_encoding"),
    )


def _layout() -> Layout:
    return load.layouts(_PACKAGE, "confirm.toml")[0]


def _columns(wanted: Sequence[str]) -> list[Column]:
    known = {column.header: column for column in _layout().columns}
    strange = [name for name in wanted if name not in known]
    numbered = {"OrderId", "Id"} & set(wanted)
    if strange or not numbered or "ShipInvoiceNumber1" not in wanted:
        raise Refused("yahoo_upload_columns", columns="・".join(strange or wanted), known="・".join(known))
    return [known[name] for name in dict.fromkeys(wanted)]


def _used(field: str, rows: Sequence[Mapping[str, str]]) -> bool:
    every = all if field == _METHOD else any
    return every(row[field] for row in rows)


def _values(settings: ShopOptions, account: ShopAccount, confirmation: Confirmation) -> dict[str, str]:
    number = number_of(confirmation.order_id.number)
    numbers = [parcel.tracking_no for parcel in confirmation.parcels]
    first = confirmation.parcels[0]
    methods = {parcel.method for parcel in confirmation.parcels}
    return {
        "short_number": number.digits if settings.get("yahoo.upload_number") == "short" else number.long,
        "number": number.long,
        _METHOD: first.method if len(methods) == 1 else "",
        "carrier_code": first.carrier_code,
        "tracking_1": numbers[0],
        _SECOND: numbers[1] if len(numbers) > 1 else "",
        "ship_date": _day(confirmation.ship_date, settings.get("yahoo.upload_date")),
        "ship_status": settings.get("yahoo.upload_status"),
    }


def _day(day: date, form: str) -> str:
    return day.strftime(_DATES[form])
