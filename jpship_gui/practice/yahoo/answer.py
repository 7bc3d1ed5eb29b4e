"""Answers of the practice marketplace as XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from jpship_gui.practice.server import Reply

XML_TYPE = "application/xml; charset=utf-8"
_ORDER_NODES = ("Order", "Pay", "Ship", "Seller", "Buyer", "Detail")


def xml_reply(root: Element, status: int = 200, **headers: str) -> Reply:
    """An element as an answer."""
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return Reply(status, body, XML_TYPE, headers)


def error(status: int, code: str, words: str, **headers: str) -> Reply:
    """`<Error><Message>…</Message><Code>…</Code></Error>`; without a code, none."""
    root = Element("Error")
    SubElement(root, "Message").text = words
    if code:
        SubElement(root, "Code").text = code
    return xml_reply(root, status, **headers)


def result_set() -> tuple[Element, Element]:
    """`<ResultSet><Result><Status>OK</Status>…` and its Result."""
    root = Element("ResultSet", totalResultsAvailable="1", totalResultsReturned="1", firstResultPosition="1")
    result = SubElement(root, "Result")
    SubElement(result, "Status").text = "OK"
    return root, result


def add_flat(parent: Element, order: Mapping[str, Any], wanted: Iterable[str]) -> None:
    """orderList's OrderInfo: the fields asked for, all on one level."""
    flat = {name: value for node in _ORDER_NODES for name, value in order.get(node, {}).items()}
    _add_fields(SubElement(parent, "OrderInfo"), flat, wanted)


def add_order(parent: Element, order: Mapping[str, Any], wanted: frozenset[str]) -> None:
    """orderInfo's OrderInfo: order fields directly, the others by node, items last."""
    info = SubElement(parent, "OrderInfo")
    _add_fields(info, order["Order"], wanted)
    for node in _ORDER_NODES[1:]:
        fields = order.get(node, {})
        if wanted & fields.keys():
            _add_fields(SubElement(info, node), fields, wanted)
    for item in order["Item"]:
        if wanted & item.keys():
            _add_fields(SubElement(info, "Item"), item, wanted)


def _add_fields(node: Element, fields: Mapping[str, Any], wanted: Iterable[str]) -> None:
    names = set(wanted)
    for name, value in fields.items():
        if name not in names:
            continue
        if isinstance(value, str):
            SubElement(node, name).text = value or None
        else:
            for entry in value:
                _add_fields(SubElement(node, name), entry, entry)
