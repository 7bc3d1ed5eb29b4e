"""Rows of Rakuten's order file as getOrder's OrderModels, so that file and practice marketplace tell the same story.

Keys of a row are the file's own headers. Written from the reference's column table, and on purpose without a look at
the connector's mapping: each is to find the other's mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]
Row = Mapping[str, str]

SETTLEMENTS: Mapping[str, int] = {
    "クレジットカード": 1,
    "代金引換": 2,
    "後払い": 3,
    "銀行振込": 9,
    "Apple Pay": 12,
    "セブンイレブン（前払）": 13,
    "ローソン、郵便局ATM等（前払）": 14,
    "ファミリーマート、ローソン等（前払）": 14,
    "後払い決済": 21,
}
_WAITING = "入力待ち"


def models_from_rows(rows: Iterable[Row]) -> list[Json]:
    """OrderModels (version 10) in the order their first row comes."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["注文番号"], []).append(row)
    return [_order(group) for group in grouped.values()]


def _order(rows: list[Row]) -> Json:
    row = rows[0]
    packages: dict[str, list[Row]] = {}
    for each in rows:
        packages.setdefault(each.get("送付先ID", ""), []).append(each)
    waiting = any(each.get("送付先姓") == _WAITING for each in rows)
    return {
        **_order_texts(row),
        **_order_numbers(row),
        "socialGiftFlag": int(waiting),
        "receiptIssueHistoryList": None,
        "OrdererModel": {
            **_contact(row, "注文者"),
            "emailAddress": row.get("注文者メールアドレス", ""),
            "sex": "-",
        },
        "SettlementModel": _settlement(row.get("支払方法名", "")),
        "DeliveryModel": {
            "deliveryName": row.get("配送方法", ""),
            "deliveryClass": _number_or_none(row.get("配送区分", "")),
        },
        "PointModel": {"usedPoint": _number(row.get("ポイント利用額", ""))},
        "WrappingModel1": _wrapping(row, "1"),
        "WrappingModel2": _wrapping(row, "2"),
        "PackageModelList": [_package(group) for group in packages.values()],
        "CouponModelList": None,
        "ChangeReasonModelList": [],
        "TaxSummaryModelList": [t for t in (_tax(row, rate) for rate in (10, 8, 0)) if t],
        "DueDateModelList": None,
        "deliveryCertPrgFlag": 0,
        "oneDayOperationFlag": 0,
    }


_TEXTS: Mapping[str, str] = {
    "orderNumber": "注文番号",
    "subStatusName": "サブステータス",
    "reserveNumber": "申込番号",
    "remarks": "コメント",
    "memo": "ひとことメモ",
    "operator": "担当者",
    "mailPlugSentence": "メール差込文 (お客様へのメッセージ)",
}
_TIMES: Mapping[str, str] = {
    "orderDatetime": "注文日時",
    "shopOrderCfmDatetime": "注文確認日時",
    "orderFixDatetime": "注文確定日時",
    "shippingInstDatetime": "発送指示日時",
    "shippingCmplRptDatetime": "発送完了報告日時",
}
_DAYS: Mapping[str, str] = {"cancelDueDate": "キャンセル期限日", "deliveryDate": "お届け日指定"}


def _order_texts(row: Row) -> Json:
    return {
        **{name: row.get(header) or None for name, header in _TEXTS.items()},
        **{name: _moment(row.get(header, "")) for name, header in _TIMES.items()},
        **{name: (row.get(header) or "").replace("/", "-") or None for name, header in _DAYS.items()},
    }


_NUMBERS: Mapping[str, str] = {
    "orderProgress": "ステータス",
    "giftCheckFlag": "ギフト配送希望",
    "severalSenderFlag": "複数送付先フラグ",
    "equalSenderFlag": "送付先一致フラグ",
    "isolatedIslandFlag": "離島フラグ",
    "rakutenMemberFlag": "楽天会員フラグ",
    "carrierCode": "利用端末",
    "emailCarrierCode": "メールキャリアコード",
    "orderType": "注文種別",
    "cautionDisplayType": "警告表示タイプ",
    "rakutenConfirmFlag": "楽天確認中フラグ",
    "goodsPrice": "商品合計金額",
    "postagePrice": "送料合計",
    "deliveryPrice": "代引料合計",
    "paymentCharge": "決済手数料",
    "totalPrice": "合計金額",
    "requestPrice": "請求金額",
    "couponAllTotalPrice": "クーポン利用総額",
    "couponShopPrice": "店舗発行クーポン利用額",
    "couponOtherPrice": "楽天発行クーポン利用額",
    "additionalFeeOccurAmountToUser": "注文者負担金合計",
    "additionalFeeOccurAmountToShop": "店舗負担金合計",
    "asurakuFlag": "あす楽希望フラグ",
    "drugFlag": "医薬品受注フラグ",
    "dealFlag": "楽天スーパーDEAL商品受注フラグ",
    "membershipType": "メンバーシッププログラム受注タイプ",
    "modifyFlag": "購入履歴修正有無フラグ",
    "receiptIssueCount": "領収書発行回数",
}
_OPTIONAL_NUMBERS: Mapping[str, str] = {
    "subStatusId": "サブステータスID",
    "shippingTerm": "お届け時間帯",
    "reserveDeliveryCount": "申込お届け回数",
    "cautionDisplayDetailType": "警告表示タイプ詳細",
}


def _order_numbers(row: Row) -> Json:
    return {
        **{name: _number(row.get(header, "")) for name, header in _NUMBERS.items()},
        **{name: _number_or_none(row.get(header, "")) for name, header in _OPTIONAL_NUMBERS.items()},
        "paymentChargeTaxRate": _rate(row.get("決済手数料税率", "")),
    }


def _contact(row: Row, whose: str) -> Json:
    return {
        "zipCode1": row.get(f"{whose}郵便番号1", ""),
        "zipCode2": row.get(f"{whose}郵便番号2", ""),
        "prefecture": row.get(f"{whose}住所都道府県", ""),
        "city": row.get(f"{whose}住所郡市区", ""),
        "subAddress": row.get(f"{whose}住所それ以降の住所", ""),
        "familyName": row.get(f"{whose}姓", ""),
        "firstName": row.get(f"{whose}名") or None,
        "familyNameKana": row.get(f"{whose}姓カナ") or None,
        "firstNameKana": row.get(f"{whose}名カナ") or None,
        **{f"phoneNumber{n}": row.get(f"{whose}電話番号{n}") or None for n in (1, 2, 3)},
    }


def _settlement(name: str) -> Json:
    code = SETTLEMENTS.get(name, 1)
    card = {
        "cardName": "VISA",
        "cardNumber": "XXXX-XXXX-XXXX-0000",
        "cardOwner": "PRACTICE ONLY",
        "cardYm": "2030/01",
    }
    nothing = dict.fromkeys(
        ("cardName", "cardNumber", "cardOwner", "cardYm", "cardPayType", "cardInstallmentDesc")
    )
    return {
        "settlementMethodCode": code,
        "settlementMethod": name,
        "rpaySettlementFlag": int(code != 2),
        **nothing,
        **(card | {"cardPayType": 0} if code == 1 else {}),
    }


def _wrapping(row: Row, number: str) -> Json | None:
    if not row.get(f"ラッピングタイトル{number}"):
        return None
    return {
        "title": _number(row[f"ラッピングタイトル{number}"]),
        "name": row.get(f"ラッピング名{number}", ""),
        "price": _number_or_none(row.get(f"ラッピング料金{number}", "")),
        "includeTaxFlag": _number(row.get(f"ラッピング税込別{number}", "")),
        "deleteWrappingFlag": 0,
        "taxRate": _rate(row.get(f"ラッピング税率{number}", "")),
        "taxPrice": _number(row.get(f"ラッピング税額{number}", "")),
    }


def _tax(row: Row, rate: int) -> Json | None:
    if not row.get(f"{rate}%税率"):
        return None
    return {
        "taxRate": rate / 100,
        "reqPrice": _number(row.get(f"{rate}%請求金額", "")),
        "reqPriceTax": _number(row.get(f"{rate}%請求額に対する税額", "")),
        "totalPrice": _number(row.get(f"{rate}%合計金額", "")),
        "paymentCharge": _number(row.get(f"{rate}%決済手数料", "")),
        "couponPrice": _number(row.get(f"{rate}%クーポン割引額", "")),
        "point": _number(row.get(f"{rate}%利用ポイント数", "")),
    }


def _package(rows: list[Row]) -> Json:
    row = rows[0]
    fee, total = _number(row.get("送付先代引料", "")), _number(row.get("送付先合計金額", ""))
    waiting = row.get("送付先姓") == _WAITING
    gift = {
        "sgMngNumber": f"{row['注文番号']}-sg",
        "inputDueDate": None,
        "inputFlag": 0,
        "inputCompDatetime": None,
    }
    return {
        "basketId": _number(row.get("送付先ID", "")),
        "postagePrice": _number(row.get("送付先送料", "")),
        "postageTaxRate": _rate(row.get("送付先送料税率", "")),
        "deliveryPrice": fee,
        "deliveryTaxRate": _rate(row.get("送付先代引料税率", "")),
        "goodsPrice": _number(row.get("送付先商品合計金額", "")),
        "totalPrice": total if -9999 in (fee, total) else total - fee,
        "noshi": row.get("のし") or None,
        "packageDeleteFlag": 0,
        "SenderModel": {**_contact(row, "送付先"), "isolatedIslandFlag": _number(row.get("離島フラグ", ""))},
        "ItemModelList": [_item(each) for each in rows],
        "ShippingModelList": [],
        "DeliveryCvsModel": None,
        "defaultDeliveryCompanyCode": row.get("購入時配送会社") or "1001",
        "dropOffFlag": 0,
        "dropOffLocation": None,
        "SocialGiftModel": gift if waiting else None,
    }


def _item(row: Row) -> Json:
    return {
        "itemDetailId": _number(row.get("商品明細ID", "")),
        "itemName": row.get("商品名", ""),
        "itemId": _number(row.get("商品ID", "")),
        "itemNumber": row.get("商品番号") or None,
        "manageNumber": row.get("商品管理番号", ""),
        "price": _number(row.get("単価", "")),
        "units": _number(row.get("個数", "")),
        "includePostageFlag": _number(row.get("送料込別", "")),
        "includeTaxFlag": _number(row.get("税込別", "")),
        "includeCashOnDeliveryPostageFlag": _number(row.get("代引手数料込別", "")),
        "selectedChoice": row.get("項目・選択肢") or None,
        "pointRate": _number(row.get("ポイント倍率", "")),
        "pointType": 0,
        "inventoryType": _number(row.get("在庫タイプ", "")),
        "delvdateInfo": row.get("納期情報") or None,
        "restoreInventoryFlag": 0,
        "dealFlag": 0,
        "drugFlag": 0,
        "deleteItemFlag": 0,
        "taxRate": _rate(row.get("商品税率", "")),
        "priceTaxIncl": _number(row.get("商品毎税込価格", "")),
        "isSingleItemShipping": _number(row.get("単品配送フラグ", "")),
        "SkuModelList": [
            {
                "variantId": row.get("SKU管理番号", ""),
                "merchantDefinedSkuId": row.get("システム連携用SKU番号") or None,
                "skuInfo": row.get("SKU情報") or None,
            }
        ],
    }


def _number(text: str) -> int:
    return int(text) if text.strip() else 0


def _number_or_none(text: str) -> int | None:
    return int(text) if text.strip() else None


def _rate(text: str) -> float:
    return float(text) if text.strip() else 0.0


def _moment(text: str) -> str | None:
    """`YYYY-MM-DD hh:mm:ss`, with dashes or strokes, as the API writes it."""
    return text.replace("/", "-").replace(" ", "T") + "+0900" if text.strip() else None
