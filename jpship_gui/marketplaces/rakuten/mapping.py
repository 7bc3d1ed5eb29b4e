"""getOrder's JSON as the rows the order file would hold, so that both ways end in the same `Order` (IN-02).

A table per level names, for each of our fields (those of orders.toml), where the JSON has it. Card data has no line
here and is therefore never kept. What only the API says is added afterwards by `only_here`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from jpship_gui.domain.order import ELSEWHERE, Order, OrderLine, Package, RegisteredParcel
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.order_rows import order_of_fields
from jpship_gui.marketplaces.rakuten.rows import DIALECT

Json = dict[str, Any]
Fields = dict[str, str]

UNDECIDED = -9999
CASH_ON_DELIVERY = 2

_CONTACT: Mapping[str, str] = {
    "postal_1": "zipCode1",
    "postal_2": "zipCode2",
    "prefecture": "prefecture",
    "city": "city",
    "street": "subAddress",
    "family_name": "familyName",
    "given_name": "firstName",
    "family_kana": "familyNameKana",
    "given_kana": "firstNameKana",
    "phone_1": "phoneNumber1",
    "phone_2": "phoneNumber2",
    "phone_3": "phoneNumber3",
}
_ORDER: Mapping[str, str] = {
    "number": "orderNumber",
    "state": "orderProgress",
    "sub_status_id": "subStatusId",
    "sub_status": "subStatusName",
    "ordered_at": "orderDatetime",
    "cancel_due": "cancelDueDate",
    "confirmed_at": "shopOrderCfmDatetime",
    "fixed_at": "orderFixDatetime",
    "ship_from": "shippingInstDatetime",
    "reported_at": "shippingCmplRptDatetime",
    "payment": "SettlementModel.settlementMethod",
    "delivery_method": "DeliveryModel.deliveryName",
    "delivery_class": "DeliveryModel.deliveryClass",
    "order_type": "orderType",
    "several_recipients": "severalSenderFlag",
    "recipient_is_buyer": "equalSenderFlag",
    "isolated_island": "isolatedIslandFlag",
    "rakuten_checking": "rakutenConfirmFlag",
    "caution": "cautionDisplayType",
    "caution_detail": "cautionDisplayDetailType",
    "member": "rakutenMemberFlag",
    "modified": "modifyFlag",
    "money.goods": "goodsPrice",
    "money.postage": "postagePrice",
    "money.cod_fee": "deliveryPrice",
    "money.charged": "requestPrice",
    "money.total": "totalPrice",
    "money.points": "PointModel.usedPoint",
    "money.coupons": "couponAllTotalPrice",
    "money.coupon_shop": "couponShopPrice",
    "money.coupon_market": "couponOtherPrice",
    "money.payment_fee": "paymentCharge",
    "money.buyer_extra": "additionalFeeOccurAmountToUser",
    "money.shop_extra": "additionalFeeOccurAmountToShop",
    "reservation": "reserveNumber",
    "reservation_count": "reserveDeliveryCount",
    "wish.slot": "shippingTerm",
    "wish.day": "deliveryDate",
    "operator": "operator",
    "memo": "memo",
    "mail_text": "mailPlugSentence",
    "gift_flag": "giftCheckFlag",
    "remark": "remarks",
    "next_day": "asurakuFlag",
    "drug": "drugFlag",
    "deal": "dealFlag",
    "membership": "membershipType",
    "buyer.email": "OrdererModel.emailAddress",
    **{f"buyer.{ours}": f"OrdererModel.{theirs}" for ours, theirs in _CONTACT.items()},
}
_WRAPPING: Mapping[str, str] = {
    "kind": "title",
    "name": "name",
    "price": "price",
    "tax_included": "includeTaxFlag",
    "rate": "taxRate",
    "tax": "taxPrice",
}
_TAX: Mapping[str, str] = {
    "rate": "taxRate",
    "amount": "reqPrice",
    "tax": "reqPriceTax",
    "total": "totalPrice",
    "payment_fee": "paymentCharge",
    "coupon": "couponPrice",
    "points": "point",
}
_PACKAGE: Mapping[str, str] = {
    "package.id": "basketId",
    "package.postage": "postagePrice",
    "package.cod_fee": "deliveryPrice",
    "package.goods": "goodsPrice",
    "package.noshi": "noshi",
    "package.planned_carrier": "defaultDeliveryCompanyCode",
    **{f"recipient.{ours}": f"SenderModel.{theirs}" for ours, theirs in _CONTACT.items()},
}
_LINE: Mapping[str, str] = {
    "line.id": "itemDetailId",
    "line.item_id": "itemId",
    "line.name": "itemName",
    "line.item_number": "itemNumber",
    "line.manage_number": "manageNumber",
    "line.price": "price",
    "line.quantity": "units",
    "line.postage_included": "includePostageFlag",
    "line.tax_included": "includeTaxFlag",
    "line.cod_fee_included": "includeCashOnDeliveryPostageFlag",
    "line.options": "selectedChoice",
    "line.point_rate": "pointRate",
    "line.lead_time": "delvdateInfo",
    "line.inventory_type": "inventoryType",
    "line.tax_rate": "taxRate",
    "line.price_with_tax": "priceTaxIncl",
    "line.single_item_shipping": "isSingleItemShipping",
}
_SKU: Mapping[str, str] = {
    "line.variant_id": "variantId",
    "line.own_sku": "merchantDefinedSkuId",
    "line.variant": "skuInfo",
}
_RSL_CARRIER = "1029"
_FLAGS: Mapping[str, str] = {"deliveryCertPrgFlag": "express_cert", "oneDayOperationFlag": "one_day"}


def order_of(model: Json, account: ShopAccount) -> Order:
    """The order an OrderModel states; Refused("order_unreadable") names what makes no sense in it."""
    return only_here(order_of_fields(DIALECT, account, rows_of(model)), model)


def rows_of(model: Json) -> list[Fields]:
    """One row of our field names per item, cells as the order file writes them. Deleted packages and items are left
    out, unless nothing else is there (a cancelled order)."""
    order = dict(_order_cells(model))
    packages = _living_packages(model) or model.get("PackageModelList") or [{}]
    rows = [
        _row(order, package, item)
        for package in packages
        for item in package.get("ItemModelList") or []
        if item.get("deleteItemFlag") != 1
    ]
    return rows or [_row(order, package, item) for package in packages for item in _some_item(package)]


def _row(order: Fields, package: Json, item: Json) -> Fields:
    sku = (item.get("SkuModelList") or [{}])[0]
    return {
        **order,
        **dict(_cells(package, _PACKAGE)),
        "package.total": _total_with_cod(package),
        **dict(_cells(item, _LINE)),
        **dict(_cells(sku, _SKU)),
    }


def _some_item(package: Json) -> list[Json]:
    items = package.get("ItemModelList") or [{}]
    return [{**item, "units": item.get("units") or 1} for item in items]


def only_here(order: Order, model: Json) -> Order:
    """The order with what no file says: registered parcels, drop-off place, deleted lines, social gifts, promises."""
    packages = {str(p.get("basketId") or ""): p for p in _living_packages(model)}
    deleted = {
        str(item.get("itemDetailId") or "")
        for package in packages.values()
        for item in package.get("ItemModelList") or []
        if item.get("deleteItemFlag") == 1
    }
    promises = tuple(
        flag for name, flag in _FLAGS.items() if model.get(name) == 1 and flag not in order.flags
    )
    if ELSEWHERE not in order.flags and _shipped_from_rsl(packages.values()):
        promises += (ELSEWHERE,)
    payment_code = (model.get("SettlementModel") or {}).get("settlementMethodCode")
    return dataclasses.replace(
        order,
        packages=tuple(_package(p, packages.get(p.package_id, {})) for p in order.packages),
        lines=tuple(_line(line, deleted) for line in order.lines),
        cash_on_delivery=order.cash_on_delivery or payment_code == CASH_ON_DELIVERY,
        flags=order.flags + promises,
    )


def _shipped_from_rsl(packages: Iterable[Json]) -> bool:
    """Carrier code 1029 is Japan Post from Rakuten's own warehouse (reference 9)."""
    rows = [row for package in packages for row in package.get("ShippingModelList") or []]
    return bool(rows) and all(str(row.get("deliveryCompany") or "") == _RSL_CARRIER for row in rows)


def registered_parcels(package: Json) -> tuple[RegisteredParcel, ...]:
    """What Rakuten already knows of a package's parcels; a row may lack number, carrier or day."""
    return tuple(
        RegisteredParcel(
            detail_id=str(row.get("shippingDetailId") or ""),
            tracking_no=str(row.get("shippingNumber") or ""),
            carrier_code=str(row.get("deliveryCompany") or ""),
            ship_date=_day(row.get("shippingDate")),
        )
        for row in package.get("ShippingModelList") or []
    )


def _package(package: Package, model: Json) -> Package:
    gift = model.get("SocialGiftModel") or {}
    return dataclasses.replace(
        package,
        registered=registered_parcels(model),
        drop_off=str(model.get("dropOffLocation") or "") if model.get("dropOffFlag") == 1 else "",
        isolated_island=package.isolated_island
        or (model.get("SenderModel") or {}).get("isolatedIslandFlag") == 1,
        placeholder=package.placeholder or gift.get("inputFlag") == 0,
    )


def _line(line: OrderLine, deleted: set[str]) -> OrderLine:
    return dataclasses.replace(line, deleted=True) if line.line_id in deleted else line


def _living_packages(model: Json) -> list[Json]:
    return [p for p in model.get("PackageModelList") or [] if p.get("packageDeleteFlag") != 1]


def _order_cells(model: Json) -> Iterator[tuple[str, str]]:
    yield from _cells(model, _ORDER)
    for number in ("1", "2"):
        wrapping = model.get(f"WrappingModel{number}") or {}
        if wrapping.get("deleteWrappingFlag") != 1:
            yield from _cells(
                wrapping, {f"wrapping_{number}.{ours}": theirs for ours, theirs in _WRAPPING.items()}
            )
    for summary in model.get("TaxSummaryModelList") or []:
        rate = round(float(summary.get("taxRate") or 0) * 100)
        yield from _cells(summary, {f"tax_{rate}.{ours}": theirs for ours, theirs in _TAX.items()})


def _cells(model: Json, table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, path in table.items():
        value: Any = model
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        yield field, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if len(text) == 24 and text.endswith("+0900") and text[10] == "T":
        return f"{text[:10]} {text[11:19]}"
    return text


def _total_with_cod(package: Json) -> str:
    """The file counts the COD fee into 送付先合計金額, the API (version 2 and later) does not."""
    total, fee = package.get("totalPrice"), package.get("deliveryPrice") or 0
    if not isinstance(total, int) or UNDECIDED in (total, fee):
        return _text(total)
    return str(total + int(fee))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
