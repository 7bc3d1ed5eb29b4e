"""Whether a shipping report is well formed, as the practice marketplace judges it."""

from __future__ import annotations

import re

from jpship_gui.practice.rakuten.answer import Json

CARRIER_CODES = frozenset(str(code) for code in range(1000, 1032))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def format_fault(report: Json) -> tuple[str, int] | None:
    """The first breach of a report's form as (words, dataNumber), None when it is well formed."""
    baskets = report.get("BasketidModelList")
    if not isinstance(report.get("orderNumber"), str) or not isinstance(baskets, list) or not baskets:
        return "orderNumberまたはBasketidModelListの形式が不正です。", 1
    data_number = 0
    for basket in baskets:
        parcels = basket.get("ShippingModelList")
        if not isinstance(basket.get("basketId"), int) or not isinstance(parcels, list) or not parcels:
            return "basketIdの形式が不正です。", data_number + 1
        if len(parcels) > 20:
            return "ShippingModelListの件数が上限を超えています。", data_number + 1
        for parcel in parcels:
            data_number += 1
            name = _parcel_fault(parcel)
            if name:
                return f"{name}の形式が不正です。", data_number
    return None


def _parcel_fault(parcel: Json) -> str:
    day = parcel.get("shippingDate")
    if parcel.get("deliveryCompany", "1000") not in CARRIER_CODES:
        return "deliveryCompany"
    if not _plain_text(str(parcel.get("shippingNumber") or "")):
        return "shippingNumber"
    if day and not (isinstance(day, str) and _DAY.fullmatch(day)):
        return "shippingDate"
    if parcel.get("shippingDeleteFlag") == 1 and parcel.get("shippingDetailId") is None:
        return "shippingDetailId"
    return ""


def _plain_text(text: str) -> bool:
    """Whether a parcel number is free of characters Rakuten calls machine-dependent."""
    try:
        return len(text) <= 120 and text.encode("cp932") == text.encode("shift_jis")
    except UnicodeEncodeError:
        return False
