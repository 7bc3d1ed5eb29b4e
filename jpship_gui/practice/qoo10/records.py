"""Rows of the files as records of QAPI, in both versions' spellings.

Written from the reference's field lists (4.3, 4.4, 4.8), on purpose without a look at the connector's tables: each
is to find the other's mistakes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
Row = Mapping[str, str]

STATES = {
    "1": "On wait(1)",
    "2": "On request(2)",
    "3": "Seller confirm(3)",
    "4": "On delivery(4)",
    "5": "Delivered(5)",
}


def _dashes(text: str) -> str:
    return text.replace("/", "-")


def _phone(text: str) -> str:
    """The API writes the country in front; an empty one leaves the bare dashes."""
    return "+81--" if text in ("", "-") else "+81-" + text.removeprefix("0")


def _address(row: Row) -> tuple[str, str]:
    prefecture, city, rest = row["住所"].split(" ", 2)
    return f"{prefecture} {city}", rest


def _number(text: str) -> int:
    return int(text) if text else 0


_TEXTS = {
    "Buyer": "購入者名",
    "BuyerKana": "購入者名(フリガナ)",
    "BuyerEmail": "EMAIL",
    "ItemNo": "商品番号",
    "SellerItemCode": "販売者商品コード",
    "ItemTitle": "商品名",
    "Option": "オプション情報",
    "OptionCode": "オプションコード",
    "Receiver": "受取人名",
    "ReceiverKana": "受取人名(フリガナ)",
    "ShippingAddress": "住所",
    "DesiredDeliveryDate": "お届け希望日",
    "SenderName": "プレゼント贈り主",
    "ShippingWay": "配送方法",
    "ShippingMessage": "配送要請事項",
    "Currency": "通貨",
    "DeliveryCompany": "配送会社",
    "TrackingNo": "送り状番号",
    "Material": "素材",
}
_DATES = {
    "OrderDate": "注文日",
    "PaymentDate": "入金日",
    "EstimatedShippingDate": "発送予定日",
    "ShippingDate": "発送日",
    "DeliveredDate": "配送完了日",
}
_PHONES = {
    "BuyerTel": "購入者電話番号",
    "BuyerMobile": "購入者携帯電話番号",
    "ReceiverTel": "受取人電話番号",
    "ReceiverMobile": "受取人携帯電話番号",
}
_AMOUNTS = {
    "OrderPrice": "販売価格",
    "Discount": "割引額",
    "Total": "注文金額の合計",
    "SettlePrice": "供給原価の合計",
}
_BLANK = (
    *("SenderTel", "SenderNation", "SenderZipCode", "SenderAddress", "VoucherCode", "PackingNo"),
    *("SellerDeliveryNo", "BranchName", "AvailableShippingDate"),
)
_NOTHING = ("SellerDiscount", "ShippingRate", "CartDiscountSeller", "CartDiscountQoo10")


def v3(row: Row, related: str) -> Json:
    """One record of GetShippingInfo_v3; numbers of orders and carts are numbers here."""
    first, second = _address(row)
    return {
        "ShippingStatus": STATES[row["STATE"]],
        "SellerID": "practice",
        "PackNo": int(row["カート番号"]),
        "OrderNo": int(row["注文番号"]),
        "OrderQty": _number(row["数量"]),
        "ZipCode": row["郵便番号"].lstrip("'"),
        "Address1": first,
        "Address2": second,
        "PaymentMethod": "クレジットカード",
        "RelatedOrder": related,
        "ShippingRateType": "Free",
        "Gift": row["おまけ"]
        or row["ギフト注文"],  # a free gift by the guide, a flag by a program in production
        "AvailableSendType": "0",
        **{name: row[header] for name, header in _TEXTS.items()},
        **{name: _dashes(row[header]) for name, header in _DATES.items()},
        **{name: _phone(row[header]) for name, header in _PHONES.items()},
        **{name: float(_number(row[header])) for name, header in _AMOUNTS.items()},
        **dict.fromkeys(_BLANK, ""),
        **dict.fromkeys(_NOTHING, 0.0),
    }


# v2 field → v3 field of the same content (4.4 beside 4.3).
_V2 = {
    "shippingStatus": "ShippingStatus",
    "sellerID": "SellerID",
    "packNo": "PackNo",
    "orderDate": "OrderDate",
    "PaymentDate": "PaymentDate",
    "EstShippingDate": "EstimatedShippingDate",
    "ShippingDate": "ShippingDate",
    "DeliveredDate": "DeliveredDate",
    "buyer": "Buyer",
    "buyer_gata": "BuyerKana",
    "buyerTel": "BuyerTel",
    "buyerMobile": "BuyerMobile",
    "buyerEmail": "BuyerEmail",
    "orderNo": "OrderNo",
    "itemCode": "ItemNo",
    "sellerItemCode": "SellerItemCode",
    "itemTitle": "ItemTitle",
    "option": "Option",
    "optionCode": "OptionCode",
    "orderPrice": "OrderPrice",
    "orderQty": "OrderQty",
    "discount": "Discount",
    "total": "Total",
    "receiver": "Receiver",
    "receiver_gata": "ReceiverKana",
    "zipcode": "ZipCode",
    "shippingAddr": "ShippingAddress",
    "Addr1": "Address1",
    "Addr2": "Address2",
    "receiverTel": "ReceiverTel",
    "receiverMobile": "ReceiverMobile",
    "hopeDate": "DesiredDeliveryDate",
    "senderName": "SenderName",
    "ShippingWay": "ShippingWay",
    "ShippingMsg": "ShippingMessage",
    "PaymentMethod": "PaymentMethod",
    "Currency": "Currency",
    "RelatedOrder": "RelatedOrder",
    "shippingRateType": "ShippingRateType",
    "DeliveryCompany": "DeliveryCompany",
    "Gift": "Gift",
    "SettlePrice": "SettlePrice",
    "TrackingNo": "TrackingNo",
}


def v2(row: Row, related: str) -> Json:
    """One record of GetShippingInfo_v2; numbers are texts here, since sources disagree."""
    newer = v3(row, related)
    record = {name: newer[other] for name, other in _V2.items()}
    record |= {name: str(record[name]) for name in ("packNo", "orderNo", "orderQty")}
    return {**record, "shippingCountry": row["国家"], "PaymentNation": row["決済サイト"]}


def one(row: Row) -> Json:
    """The record of GetShippingAndClaimInfoByOrderNo_V2: state and claim of one order number beside each other."""
    return {
        "shippingStatus": STATES[row["STATE"]],
        "packNo": int(row["カート番号"]),
        "orderNo": int(row["注文番号"]),
        "orderDate": _dashes(row["注文日"]),
        "receiver": row["受取人名"],
        "claimStatus": row.get("CLAIM", ""),
        "reason": "",
        "requestDate": row.get("CLAIMED", ""),
        "shippingDate": _dashes(row["発送日"]),
        "deliveryCompany": row["配送会社"],
        "trackingNo": row["送り状番号"],
    }


def claim(row: Row) -> Json:
    """One record of GetClaimInfo_V3."""
    return {
        "claimStatus": row["CLAIM"],
        "cancelRefundDate": "",
        "reason": "お客様のご都合",
        "requestDate": row["CLAIMED"],
        "orderDate": _dashes(row["注文日"]),
        "orderNo": int(row["注文番号"]),
        "packNo": int(row["カート番号"]),
        "itemCode": row["商品番号"],
        "itemTitle": row["商品名"],
        "orderQty": _number(row["数量"]),
        "receiver": row["受取人名"],
    }
