"""The practice store's orders as 注文情報 and 商品情報 downloads, in its own templates, the legacy ones, or packed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jpship_gui.practice.yahoo.samples import Model

Row = dict[str, str]

# All fields a legacy order file has (Yahoo! reference 2.2) and a legacy item file (2.3), in order.
LEGACY_ORDERS = tuple(
    """OrderId,ParentOrderId,DeviceType,IsAffiliate,FspLicenseCode,FspLicenseName,OrderTime,OrderTimeUnixEpoch,
UsePointType,OrderStatus,StoreStatus,Referer,EntryPoint,Clink,SuspectMessage,IsItemCoupon,IsShippingCoupon,ShipName,
ShipFirstName,ShipLastName,ShipAddress1,ShipAddress2,ShipCity,ShipPrefecture,ShipZipCode,ShipNameKana,ShipFirstNameKana,
ShipLastNameKana,ShipAddress1Kana,ShipAddress2Kana,ShipCityKana,ShipPrefectureKana,ShipSection1Field,ShipSection1Value,
ShipSection2Field,ShipSection2Value,ShipPhoneNumber,ShipEmgPhoneNumber,ShipMethod,ShipMethodName,ShipRequestDate,
ShipRequestTime,ShipNotes,ArriveType,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipUrl,ShipDate,GiftWrapType,
GiftWrapPaperType,GiftWrapName,NeedBillSlip,NeedDetailedSlip,NeedReceipt,Option1Field,Option1Value,Option2Field,
Option2Value,GiftWrapMessage,BillName,BillFirstName,BillLastName,BillAddress1,BillAddress2,BillCity,BillPrefecture,
BillZipCode,BillNameKana,BillFirstNameKana,BillLastNameKana,BillAddress1Kana,BillAddress2Kana,BillCityKana,
BillPrefectureKana,BillSection1Field,BillSection1Value,BillSection2Field,BillSection2Value,BillPhoneNumber,
BillEmgPhoneNumber,BillMailAddress,PayMethod,PayMethodName,PayKind,CardPayCount,CardPayType,SettleStatus,SettleId,PayNo,
PayNoIssueDate,PayDate,BuyerComments,AgeConfirm,QuantityDetail,ShipCharge,PayCharge,GiftWrapCharge,Discount,UsePoint,
GetPoint,Total,TotalPrice,ShippingCouponDiscount,ItemCouponDiscount,TotalMallCouponDiscount,Id""".replace(
        "\n", ""
    ).split(",")
)
LEGACY_ITEMS = tuple(
    """OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,SubCodeOption,InscriptionName,
InscriptionValue,UnitPrice,UnitGetPoint,LineSubTotal,LineGetPoint,PointFspCode,Condition,CouponId,CouponDiscount,
OriginalPrice,IsGetPointFix,GetPointFixDate,ReleaseDate,GetPointType,Jan,ProductId,Id""".replace(
        "\n", ""
    ).split(",")
)
# The practice store's own templates: everything shipping needs, newer fields included.
ORDERS = tuple(
    """OrderId,Id,ParentOrderId,OrderTime,OrderTimeUnixEpoch,OrderStatus,StoreStatus,PayStatus,ShipStatus,Suspect,
FraudHoldStatus,IsReadOnly,SocialGiftType,ShipLastName,ShipFirstName,ShipLastNameKana,ShipFirstNameKana,ShipZipCode,
ShipPrefecture,ShipCity,ShipAddress1,ShipAddress2,ShipSection1Value,ShipSection2Value,ShipPhoneNumber,ShipMethod,
ShipMethodName,ShipCompanyCode,ShipRequestDate,ShipRequestTime,ShipNotes,ArriveType,ExcellentDelivery,ShippingDeadline,
EazyDeliveryName,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipDate,NeedGiftWrap,GiftWrapType,GiftWrapPaperType,GiftWrapName,
GiftWrapMessage,Option1Field,Option1Value,Option2Field,Option2Value,BillLastName,BillFirstName,BillLastNameKana,
BillFirstNameKana,BillZipCode,BillPrefecture,BillCity,BillAddress1,BillAddress2,BillPhoneNumber,BillMailAddress,PayType,
PayMethod,PayMethodName,BuyerComments,ShipCharge,PayCharge,GiftWrapCharge,Discount,UsePoint,TotalPrice,
TotalMallCouponDiscount""".replace("\n", "").split(",")
)
ITEMS = tuple(
    """OrderId,Id,LineId,ItemId,SubCode,SubCodeOption,Title,ItemOptionName,ItemOptionValue,InscriptionName,
InscriptionValue,UnitPrice,Quantity,ItemTaxRatio,Jan,LeadTimeText,LeadTimeStart,LeadTimeEnd""".replace(
        "\n", ""
    ).split(",")
)


def order_row(model: Model) -> Row:
    """An order as the cells of any order template, by header."""
    order, ship, pay = model["Order"], model["Ship"], model["Pay"]
    at = datetime.fromisoformat(order["OrderTime"])
    flat = {**order, **pay, **ship, **model["Detail"]}
    row = {name: _cell(value) for name, value in flat.items()}
    row |= {
        "Id": order["OrderId"],
        "OrderId": order["OrderId"].rpartition("-")[2],
        "OrderTime": f"{at:%Y/%m/%d %H:%M:%S}",
        "OrderTimeUnixEpoch": str(int(at.timestamp())),
        "Total": model["Detail"]["TotalPrice"],
        "ItemCouponDiscount": "0",
        "ShippingCouponDiscount": "0",
        "ShipAddressFull": "".join(
            ship.get(f"Ship{part}", "") for part in ("Prefecture", "City", "Address1", "Address2")
        ),
    }
    for who in ("Ship", "Bill"):
        for kana in ("", "Kana"):
            names = (row.get(f"{who}{part}Name{kana}", "") for part in ("Last", "First"))
            row[f"{who}Name{kana}"] = " ".join(filter(None, names))
    return row


def item_rows(model: Model) -> list[Row]:
    """The lines of an order as the cells of any item template."""
    long = model["Order"]["OrderId"]
    return [_item_row(item, long) for item in model["Item"]]


def _item_row(item: Mapping[str, Any], long: str) -> Row:
    row = {name: _cell(value) for name, value in item.items() if isinstance(value, str)}
    for node in ("ItemOption", "Inscription"):
        for part in ("Name", "Value"):
            row[f"{node}{part}"] = ";".join(entry[part] for entry in item[node])
    subtotal = int(item["UnitPrice"]) * int(item["Quantity"])
    return {**row, "Id": long, "OrderId": long.rpartition("-")[2], "LineSubTotal": str(subtotal)}


def packed_row(model: Model) -> Row:
    """An order with its item fields packed into one cell each (2.5)."""
    row, items = order_row(model), item_rows(model)
    names = dict.fromkeys(name for item in items for name in item if name not in ("Id", "OrderId"))
    for name in names:
        row[name] = "&".join(f"L{item['LineId']}={item.get(name, '')}" for item in items)
    row["QuantityDetail"] = row.pop("Quantity")
    return row


def _cell(value: str) -> str:
    """Days are written with slashes in the files."""
    day = len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit()
    return value.replace("-", "/") if day else value


def csv_bytes(
    rows: Iterable[Mapping[str, str]], header: Sequence[str], encoding: str = "cp932", line_end: str = "\r\n"
) -> bytes:
    """The file's bytes; columns in the order of `header`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return buffer.getvalue().encode(encoding)


def write_pair(
    folder: Path, models: Sequence[Model], name: str = "yahoo", legacy: bool = False
) -> list[Path]:
    """注文情報 and 商品情報 of the same orders."""
    orders, items = (LEGACY_ORDERS, LEGACY_ITEMS) if legacy else (ORDERS, ITEMS)
    made: list[tuple[str, Callable[[Model], list[Row]], Sequence[str]]] = [
        (f"{name}_order.csv", lambda m: [order_row(m)], orders),
        (f"{name}_item.csv", item_rows, items),
    ]
    paths = []
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, rows_of, header in made:
        path = folder / file_name
        path.write_bytes(csv_bytes([row for model in models for row in rows_of(model)], header))
        paths.append(path)
    return paths
