"""Invented labels: valid by default, vary one thing."""

from __future__ import annotations

from typing import Any

from jpship_gui.documents.address_labels import AddressData
from jpship_gui.documents.waybill_copy import CopyData
from jpship_gui.domain.order_key import make_key

RARE = "𠮷野 髙橋﨑辻󠄀"  # beyond JIS X 0213, of IBM's own, with a variation selector


def a_copy(row: int = 37, **changes: Any) -> CopyData:
    """The parcel label of the design picture."""
    given: dict[str, Any] = {
        "key": make_key(1000 + row),
        "name": "山田 花子",
        "postal_code": "5410041",
        "lines": ("大阪府大阪市中央区北浜9-9-9", "コーポことり203"),
        "phone": "090-0000-0000",
        "carrier": "ヤマト",
        "service": "宅急便 60",
        "wish": "11/23(月) 午前中",
        "sorting": "27-541",
        "sender": "くらしの道具 ことり舎",
        "sender_phone": "075-000-0000",
        "sender_address": "〒605-0000 京都府京都市東山区ことり町9-9",
        "goods": "陶器（食器）",
        "marks": ("ワレ物注意", "下積厳禁"),
        "number": "400123456003",
        "printed": "4001-2345-6003",
        "order": "楽天 …12461",
        "batch": 3,
        "row": row,
    }
    return CopyData(**{**given, **changes})


def an_address(row: int = 37, **changes: Any) -> AddressData:
    """The same parcel's address label."""
    given: dict[str, Any] = {
        "name": "山田 花子",
        "postal_code": "5410041",
        "lines": ("大阪府大阪市中央区北浜9-9-9", "コーポことり203"),
        "phone": "090-0000-0000",
        "sender": "くらしの道具 ことり舎",
        "sender_postal_code": "6050000",
        "sender_address": "京都府京都市東山区ことり町9-9",
        "sender_phone": "075-000-0000",
        "goods": "陶器（食器）",
        "tail": f"3-{row} …12461",
    }
    return AddressData(**{**given, **changes})
