"""XML of the order API."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from jpship_gui.marketplaces.yahoo.markup import body_of, fields_of, lists_of, read, text_of
from jpship_gui.net.faults import Unanswered

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>"""


@pytest.mark.parametrize("raw", [LAUGHS, OUTSIDE, b'<!DOCTYPE r SYSTEM "http://x/y.dtd"><r/>'])
def test_entities_and_document_types_are_refused(raw: bytes) -> None:
    with pytest.raises(Unanswered) as caught:
        read(raw, "shop.example", 200)
    assert (caught.value.code, caught.value.values) == ("yahoo_unsafe_answer", {"host": "shop.example"})


@pytest.mark.parametrize("raw", [b"", b"<html><body>", b"\x00", b"{}", b"<r>&nbsp;</r>"])
def test_what_is_no_xml_is_no_answer(raw: bytes) -> None:
    with pytest.raises(Unanswered, match="net_bad_answer"):
        read(raw, "shop.example", 200)


def test_missing_empty_and_blank_are_alike() -> None:
    root = read(b"<r><a/><b> </b><c>x</c></r>", "h", 200)
    assert [text_of(root, name) for name in "abcd"] == ["", "", "x", ""]
    assert fields_of(root) == {"a": "", "b": "", "c": "x"}


def test_one_is_a_list_too() -> None:
    root = read(b"<r><Item><n>1</n></Item></r>", "h", 200)
    assert len(lists_of(root, "Item")) == 1
    assert fields_of(root) == {}


def test_text_is_escaped_by_the_library() -> None:
    raw = body_of({"Order": {"Note": '<![CDATA[x]]> & "y"', "Name": "髙橋"}, "SellerId": "s"})
    assert raw.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = fromstring(raw)
    assert (root.tag, [child.tag for child in root]) == ("Req", ["Order", "SellerId"])
    assert root.findtext("Order/Note") == '<![CDATA[x]]> & "y"'
    assert root.findtext("Order/Name") == "髙橋"
