"""Every form of the slip with every kind of content: nothing cut, nothing on top of other things, codes readable."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from jpship_gui.documents.characters import printable
from jpship_gui.documents.layout import Layout, PaperLayout, layout_kind, resolved
from jpship_gui.documents.logo import read_logo
from jpship_gui.documents.slip import render_slips
from jpship_gui.documents.slip_data import Addressee, Amounts, RateTotal, SlipData, SlipLine, SlipOrder
from jpship_gui.domain.order_key import make_key, paper_code
from tests.documents.reading import codes, document_information, page_texts, picture
from tests.documents.samples import AMOUNTS, LINES, a_gift, a_slip

FORMS = tuple(layout_kind("slip").forms)
LONG = SlipLine(
    "very-long-sku-0123456789-abc", "春夏秋冬" * 24 + "【新】", 3, "特大・ダークネイビー", unit_price=12345678
)
NOBODY = Addressee(
    "髙﨑 𠮷田辻󠄀" + "長い名前" * 22,
    "5410041",
    ("大阪府大阪市中央区北浜9-9-9" * 3, "コーポことり203" * 4),
    company="株式会社とても長い名前の会社",
)
HUGE = Amounts(
    goods=98_765_432,
    adds=(("documents.postage", 0), ("documents.cod_fee", 1_100)),
    takes=(("documents.coupon_shop", 12_345_678),),
    total=86_420_854,
    taxes=(RateTotal(10, 80_000_000, 7_272_727), RateTotal(8, 6_420_854, 475_618)),
    points=86_420_854,
    charged=0,
)
CASES: dict[str, SlipData] = {
    "usual": a_slip(),
    "gift": a_gift(),
    "few": a_slip(lines=LINES[:2], remark=""),
    "free": a_slip(amounts=None, free=True),
    "several orders": a_slip(
        orders=(
            SlipOrder("345678-20261121-0000000001", None, "本店", 2, 7150),
            SlipOrder("250-1234567-1234567", None, "Amazon店", 2, 3840),
        )
    ),
    "fifty lines": a_slip(
        lines=(LONG, *LINES) * 10, amounts=HUGE, recipient=NOBODY, purchase_order="PO-77-" * 4
    ),
    "long remark": a_slip(remark="とても長い備考です。" * 200),
    "gift, long": a_gift(lines=(LONG, *LINES) * 6, recipient=NOBODY, message="おめでとう！" * 60),
}


def laid_out(form: str, **changes: Any) -> PaperLayout:
    """A form with a shop's usual texts."""
    return resolved(Layout("slip", "x", form=form, **changes), {})


def flat(text: str) -> str:
    """Without blanks and line ends, as wrapping may put them anywhere."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", FORMS)
def test_everything_that_went_in_comes_out(form: str, name: str) -> None:
    slip = replace(CASES[name], layout=laid_out(form))
    rendered = render_slips([slip])
    texts = page_texts(rendered.pdf)
    assert rendered.pages == (len(texts),)
    whole = flat("".join(texts))
    for page in texts:
        assert flat(printable(slip.recipient.name)) in flat(page), "each page can be sorted by name"
        assert slip.key in page
    for line in slip.lines:
        assert flat(line.name) in whole
        assert flat(line.variant) in whole
        if slip.amounts is not None:
            assert f"{line.unit_price * line.quantity:,}" in whole
    counted = Counter(whole)
    wanted = Counter(flat(slip.remark + slip.message + slip.sender))
    assert not wanted - counted
    if slip.purchase_order and slip.amounts is not None:
        assert slip.purchase_order in whole, "a business buyer books by it"
    shop = slip.shop
    assert flat(shop.gift_text if slip.gift else shop.returns_text) in whole
    if slip.amounts is not None:
        for value in (slip.amounts.goods, slip.amounts.total, slip.amounts.charged, slip.amounts.points):
            assert f"¥{value:,}" in whole
        for tax in slip.amounts.taxes:
            assert f"内消費税¥{tax.tax:,}" in whole
    assert slip.recipient.name not in "".join(document_information(rendered.pdf))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", FORMS)
def test_no_text_stands_on_another(form: str, name: str) -> None:
    pdf = render_slips([replace(CASES[name], layout=laid_out(form))]).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            wide, high = page.get_size()
            for box in boxes:
                assert 0 < box[0] < box[2] < wide
                assert 0 < box[1] < box[3] < high
            for one, other in combinations(boxes, 2):
                across = min(one[2], other[2]) - max(one[0], other[0])
                along = min(one[3], other[3]) - max(one[1], other[1])
                lower = min(one[3] - one[1], other[3] - other[1])
                assert across <= 0.5 or along <= 0.45 * lower, (
                    text.get_text_bounded(*one),
                    text.get_text_bounded(*other),
                )


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("form", FORMS)
def test_both_codes_are_read_on_every_form(form: str, dpi: int) -> None:
    pdf = render_slips([a_slip(layout=laid_out(form))]).pdf
    found = codes(picture(pdf, 1, dpi))
    assert set(found["Code 128"]) == {paper_code(make_key(1037))}
    assert found["Codabar"] == ["A400123456003A"]


def test_papers_of_one_batch_have_their_own_sizes() -> None:
    slips = [
        a_slip(row, layout=laid_out(form)) for row, form in enumerate(("standard", "compact", "half"), 1)
    ]
    rendered = render_slips(slips)
    with pypdfium2.PdfDocument(rendered.pdf) as document:
        sizes = [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document]
    assert sizes == [(210, 297), (148, 210)] + [(210, 297)] * rendered.pages[2]
    assert [make_key(1000 + row) in page_texts(rendered.pdf)[row - 1] for row in (1, 2, 3)] == [True] * 3


def test_a_layout_decides_what_is_shown_and_how_large() -> None:
    off = {
        "sku": False,
        "contact": False,
        "ordered_on": False,
        "greeting": False,
        "remark": False,
        "taxes": False,
    }
    layout = laid_out("standard", fields={**off, "tracking": False}, texts={"title": "お買上明細"})
    (text,) = page_texts(render_slips([a_slip(layout=layout)]).pdf)
    assert "お買上明細" in text
    for gone in (
        "納品書",
        "mug-300-bl",
        "075-000-0000",
        "注文日",
        "ありがとう",
        "割れ物",
        "内消費税",
        "4001-2345",
    ):
        assert gone not in text, gone
    usual = laid_out("standard")
    large = laid_out("standard", sizes={"goods": 12, "name": 20})
    assert usual.size("goods") == 10
    assert tallest(a_slip(layout=large), "マグカップ") > 1.15 * tallest(a_slip(layout=usual), "マグカップ")


def tallest(slip: SlipData, words: str) -> float:
    """Height of the box around words on the first page, in points."""
    with pypdfium2.PdfDocument(render_slips([slip]).pdf) as document:
        text = document[0].get_textpage()
        index = text.search(words).get_next()
        assert index is not None
        boxes = [text.get_charbox(index[0] + offset) for offset in range(len(words))]
    return max(box[3] - box[1] for box in boxes)


@pytest.mark.parametrize("form", FORMS)
def test_a_logo_is_drawn_once_and_beside_the_title(form: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (600, 160), (10, 120, 60)).save(buffer, "PNG")
    layout = laid_out(form, logo=read_logo(buffer.getvalue()))
    slips = [a_slip(row, layout=layout) for row in range(1, 41)]
    pdf = render_slips(slips).pdf
    without = laid_out(form)
    bare = render_slips([replace(slip, layout=without) for slip in slips]).pdf
    assert 0 < len(pdf) - len(bare) < 6_000
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=2).to_pil().convert("RGB")
        green = [xy for xy in ((x, y) for x in range(image.width) for y in range(120)) if is_green(image, xy)]
        assert len(green) > 1000
        text = page.get_textpage()
        index = text.search("納").get_next()
        assert index is not None
        assert max(x for x, _ in green) / 2 < text.get_charbox(index[0])[0]


def is_green(image: Image.Image, at: tuple[int, int]) -> bool:
    """Whether a dot is the logo's."""
    red, green, blue = image.getpixel(at)  # type: ignore[misc]
    return green > red + 60 and green > blue + 30


def test_the_same_amounts_in_every_form() -> None:
    for form in FORMS:
        text = "".join(page_texts(render_slips([a_slip(layout=laid_out(form), amounts=AMOUNTS)]).pdf))
        assert "¥10,990" in text
