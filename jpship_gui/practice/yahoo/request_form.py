"""Whether a body is well formed, as the practice marketplace judges it; the words name what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from xml.etree.ElementTree import Element, ParseError, fromstring

from jpship_gui.practice.yahoo.fields import (
    CARRIERS,
    CONDITIONS,
    INFO_FIELDS,
    LIST_FIELDS,
    METHODS,
    SHIP_FIELDS,
)

MAX_RESULT = 2000
_YAMATO = re.compile(r"[0-9-]{1,14}")
_PLAIN = re.compile(r"[0-9A-Z-]{1,20}")


def request_of(raw: bytes) -> Element | str:
    """The `<Req>` of a body, or what is wrong."""
    try:
        root = fromstring(raw)
    except ParseError:
        return "XMLの形式が不正です。"
    return root if root.tag == "Req" else "Reqがありません。"


def text_of(node: Element, path: str) -> str:
    """Text below, "" where there is none."""
    return (node.findtext(path) or "").strip()


def list_fault(request: Element) -> str:
    """What is wrong with a body of orderList, "" when nothing is."""
    search = request.find("Search")
    condition = None if search is None else search.find("Condition")
    if search is None or condition is None:
        return "Search/Conditionは必須です。"
    strange = _strange(search, {"Result", "Start", "Sort", "Condition", "Field"}) or _strange(
        condition, CONDITIONS
    )
    if strange:
        return f"{strange}は指定できません。"
    period = [text_of(condition, f"OrderTime{end}") for end in ("From", "To")]
    if not text_of(condition, "OrderId") and not all(period):
        return "OrderIdまたはOrderTimeFrom/Toは必須です。"
    if any(text and not _is(text, "%Y%m%d%H%M%S") for text in period):
        return "OrderTimeFrom/Toの形式が不正です。"
    if not _whole(search, "Result", MAX_RESULT) or not _whole(search, "Start", 10**9):
        return "Result/Startの形式が不正です。"
    if text_of(search, "Sort") not in ("", "+order_time", "-order_time"):
        return "Sortの形式が不正です。"
    return _field_fault(text_of(search, "Field"), LIST_FIELDS)


def info_fault(request: Element) -> str:
    """What is wrong with a body of orderInfo."""
    if not text_of(request, "Target/OrderId"):
        return "Target/OrderIdは必須です。"
    return _field_fault(text_of(request, "Target/Field"), INFO_FIELDS)


def target_fault(request: Element) -> str:
    """What is wrong with the target of a change."""
    target = request.find("Target")
    if target is None or not text_of(target, "OrderId"):
        return "Target/OrderIdは必須です。"
    strange = _strange(target, {"OrderId", "IsPointFix", "OperationUser"})
    if strange:
        return f"{strange}は指定できません。"
    if text_of(target, "IsPointFix") not in ("true", "false"):
        return "Target/IsPointFixは必須です。"
    return ""


def ship_fault(request: Element, today: date) -> str:
    """What is wrong with the shipping told by orderShipStatusChange."""
    ship = request.find("Order/Ship")
    if ship is None or text_of(ship, "ShipStatus") not in ("0", "1", "2", "3", "4"):
        return "Order/Ship/ShipStatusは必須です。"
    strange = _strange(ship, SHIP_FIELDS)
    if strange:
        return f"{strange}は指定できません。"
    numbers = [n for place in (1, 2) if (n := text_of(ship, f"ShipInvoiceNumber{place}"))]
    if numbers and text_of(ship, "ShipInvoiceNumberEmptyReason"):
        return "ShipInvoiceNumberとShipInvoiceNumberEmptyReasonは同時に指定できません。"
    carrier, method = text_of(ship, "ShipCompanyCode"), text_of(ship, "ShipMethod")
    if (carrier and carrier not in CARRIERS) or (method and method not in METHODS):
        return "ShipCompanyCodeまたはShipMethodが不正です。"
    form = _YAMATO if carrier_of(carrier, method) == "1001" else _PLAIN
    if any(not form.fullmatch(number) for number in numbers):
        return "ShipInvoiceNumberの形式が不正です。"
    day = text_of(ship, "ShipDate")
    if day and (not _is(day, "%Y%m%d") or datetime.strptime(day, "%Y%m%d").date() > today):
        return "ShipDateが不正です。"
    if len(text_of(ship, "ShipNotes")) > 500:
        return "ShipNotesが長すぎます。"
    return ""


def carrier_of(code: str, method: str) -> str:
    """The carrier that is shown: that of the method, where one is told (5.6)."""
    return METHODS.get(method, code)


def _field_fault(given: str, known: frozenset[str]) -> str:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names:
        return "Fieldは必須です。"
    strange = next((name for name in names if name not in known), "")
    return f"Fieldに指定できない項目です: {strange}" if strange else ""


def _strange(node: Element, known: Iterable[str]) -> str:
    names = set(known)
    return next((child.tag for child in node if child.tag not in names), "")


def _whole(node: Element, name: str, most: int) -> bool:
    text = text_of(node, name)
    return not text or (text.isdecimal() and 1 <= int(text) <= most)


def _is(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True
