"""Receipts and invoices drawn: everything that went in is there, and nothing stands on other things."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from jpship_gui.documents.layout import Layout, resolved
from jpship_gui.documents.logo import read_logo
from jpship_gui.documents.receipt import render_receipts
from jpship_gui.documents.receipt_data import ReceiptData, of_said, said_of
from jpship_gui.documents.slip_data import RateTotal, Shopfront, SlipLine
from jpship_gui.documents.words import Words
from tests.documents.reading import document_information, page_texts
from tests.documents.samples import AMOUNTS, LINES, SHOP

USUAL = ReceiptData(
    document="receipt",
    number="R000001",
    issued_on=date(2026, 11, 21),
    supplied_on=date(2026, 11, 20),
    addressee="山田商店",
    honorific="御中",
    order_number="345678-20261121-0416812461",
    ordered_on=date(2026, 11, 20),
    shop=SHOP,
    lines=LINES,
    sums=(("documents.goods_sum", 10720), ("documents.postage", 770), ("documents.coupon_shop", -500)),
    total=10990,
    paid=10700,
    taxes=AMOUNTS.taxes,
    points=290,
    purpose="食器代として",
    payment="クレジットカード利用",
    registration_no="T7123456789012",
)
LONG = SlipLine("sku", "春夏秋冬" * 25, 999, "特大・ダークネイビー", unit_price=12_345_678, tax_rate=8)
FAR = Shopfront(
    "とても長い店の名前" * 4,
    "6050000",
    "京都府京都市東山区ことり町9-9" * 3,
    "075-000-0000",
    "a.very.long.address.of.the.shop@example.jp",
)
HUGE: dict[str, Any] = {
    "total": 12_333_332_322,
    "paid": 12_333_332_321,
    "points": 1,
    "taxes": (RateTotal(10, 9_999_999_999, 909_090_909), RateTotal(8, 2_333_332_323, 172_839_431)),
    "sums": (("documents.goods_sum", 12_333_332_322), ("documents.cod_fee", 1_100)),
}
CASES = {
    "usual": USUAL,
    "again": replace(USUAL, again=True, first_issued_on=date(2026, 11, 20)),
    "again and corrected": replace(
        USUAL, again=True, first_issued_on=date(2026, 11, 20), corrects="R000099", number="R000100"
    ),
    "stamp": replace(USUAL, stamp=True, payment="銀行振込"),
    "on the slip": replace(USUAL, registration_no="", on_slip=True, stamp=True),
    "huge": replace(USUAL, **HUGE, lines=(LONG,), shop=FAR, stamp=True),
    "long": replace(
        USUAL,
        lines=(LONG, *LINES) * 10,
        addressee="とても長い名前の会社" * 10,
        purpose="とても長い但し書き" * 4,
        payment="とても長い支払い方法の名前（クレジットカード利用）" * 3,
        shop=FAR,
    ),
    "invoice": replace(USUAL, document="invoice", number="Q000001", purpose=""),
    "preview": replace(USUAL, number=""),
    **{f"{count} lines": replace(USUAL, lines=(LINES * 20)[:count]) for count in range(8, 24)},
}


def drawn(data: ReceiptData, **changes: Any) -> bytes:
    layout = resolved(Layout(data.document, "x", **changes), {"purpose": "", "footer": ""})
    pdf, pages = render_receipts([(data, layout)])
    assert pages == (len(page_texts(pdf)),)
    return pdf


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", CASES)
def test_everything_that_went_in_comes_out(name: str) -> None:
    data = CASES[name]
    pdf = drawn(data)
    text = flat("".join(page_texts(pdf)))
    for words in (
        data.addressee,
        data.purpose,
        data.payment,
        data.shop.name,
        data.shop.address,
        data.corrects,
    ):
        assert flat(words) in text
    for line in data.lines:
        assert flat(line.name) in text
        assert f"{line.unit_price * line.quantity:,}" in text
    for tax in data.taxes:
        assert f"内消費税¥{tax.tax:,}" in text
    assert f"¥{data.total:,}" in text
    assert (f"¥{data.paid:,}-" in text) is (data.document == "receipt")
    assert data.registration_no in text
    assert ("再発行" in text) is data.again
    assert ("収入" in text) is data.stamp
    assert ("見本" in text) is (data.number == "")
    assert not set(document_information(pdf)) & {data.addressee, data.order_number}


@pytest.mark.parametrize("name", CASES)
def test_no_text_stands_on_another_or_off_the_page(name: str) -> None:
    with pypdfium2.PdfDocument(drawn(CASES[name])) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            wide, high = page.get_size()
            for box in boxes:
                assert 12 < box[0] < box[2] < wide - 12, text.get_text_bounded(*box)
                assert 12 < box[1] < box[3] < high - 12, text.get_text_bounded(*box)
            for one, other in combinations(boxes, 2):
                across = min(one[2], other[2]) - max(one[0], other[0])
                along = min(one[3], other[3]) - max(one[1], other[1])
                lower = min(one[3] - one[1], other[3] - other[1])
                assert across <= 0.5 or along <= 0.45 * lower, (
                    text.get_text_bounded(*one),
                    text.get_text_bounded(*other),
                )


@pytest.mark.parametrize("name", CASES)
def test_what_was_said_can_be_said_again(name: str) -> None:
    assert of_said(said_of(CASES[name])) == CASES[name]
    assert drawn(of_said(said_of(CASES[name]))) == drawn(CASES[name])


def test_a_layout_decides_what_is_shown() -> None:
    buffer = BytesIO()
    Image.new("RGB", (300, 100), (0, 120, 60)).save(buffer, "PNG")
    logo = read_logo(buffer.getvalue())
    off = {"goods": False, "contact": False, "order_number": False}
    text = flat("".join(page_texts(drawn(USUAL, fields=off, texts={"title": "領収証"}, logo=logo))))
    assert "領収証" in text
    for gone in ("マグカップ", "075-000-0000", USUAL.order_number):
        assert gone not in text
    invoice = CASES["invoice"]
    text = flat("".join(page_texts(drawn(invoice, fields={"goods": False, "taxes": False}))))
    assert "マグカップ" in text, "an invoice says what was supplied"
    assert "内消費税" in text, "and the tax of each rate"


def test_a_paper_speaks_the_buyers_language() -> None:
    assert Words("ja")("documents.receipt_title") in "".join(page_texts(drawn(USUAL)))
