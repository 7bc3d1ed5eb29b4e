"""Delivery slips read back out of the PDF: text, bar codes, pages."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.documents.slip import render_slips, slip_missing
from jpship_gui.documents.slip_data import Addressee, Amounts, Look, RateTotal, SlipLine
from jpship_gui.domain.order_key import make_key, paper_code
from tests.documents.reading import (
    by_poppler,
    code128_in_strips,
    codes,
    document_information,
    page_texts,
    picture,
)
from tests.documents.samples import LINES, SHOP, a_gift, a_slip


def _flat(pdf: bytes) -> str:
    """All text without blanks and line ends, as wrapping may put them anywhere."""
    return re.sub(r"\s+", "", "".join(page_texts(pdf)))


def test_the_priced_slip_says_what_the_design_says() -> None:
    rendered = render_slips([a_slip()])
    (text,) = page_texts(rendered.pdf)
    for words in (
        "納品書",
        "〒541-0041",
        "コーポことり203",
        "山田 花子",
        "くらしの道具 ことり舎",
        "345678-20261121-0416812461",
        "2026-11-21 (土)",
        "11/23(月) 午前中",
        "ヤマト運輸 宅急便・1個口",
        "ほうじ茶 100g ※",
        "3袋",
        "4,400",
        "送料",
        "¥770",
        "-¥500",
        "¥10,990",
        "10％対象 ¥7,891",
        "内消費税 ¥717",
        "8％対象※ ¥3,099",
        "-¥290",
        "¥10,700",
        "割れ物なので包装は多めにお願いします。",
        "※は軽減税率（8％）対象です。",
        "4001-2345-6003",
        "3-37",
        "1 / 1",
    ):
        assert words in text, words
    assert rendered.pages == (1,)
    assert re.search(r"\bT\d{13}\b", text) is None


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("made_for", [203, 300, 600])
def test_key_and_tracking_number_are_read_at_label_and_office_resolutions(made_for: int, dpi: int) -> None:
    pdf = render_slips([a_slip()], Look(dpi=made_for)).pdf
    found = codes(picture(pdf, 1, dpi))
    assert found == {"Code 128": [paper_code(make_key(1037))], "Codabar": ["A400123456003A"]}


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("dpi", [203, 300])
def test_another_rasteriser_leaves_the_codes_readable(dpi: int, tmp_path: Path) -> None:
    found = codes(by_poppler(render_slips([a_slip()]).pdf, tmp_path, dpi))
    assert found == {"Code 128": [paper_code(make_key(1037))], "Codabar": ["A400123456003A"]}


def test_page_n_is_row_n_for_a_batch_of_200_and_every_key_is_read() -> None:
    slips = [a_slip(row, tracking_no="") if row % 3 else a_gift(row, tracking_no="") for row in range(1, 201)]
    rendered = render_slips(slips)
    texts = page_texts(rendered.pdf)
    assert rendered.pages == (1,) * 200
    for row, text in enumerate(texts, 1):
        assert f"3-{row}\n" in f"{text}\n"
        assert make_key(1000 + row) in text
    keys = [paper_code(make_key(1000 + row)) for row in range(1, 201)]
    assert code128_in_strips(rendered.pdf, 203, 25, 50) == keys
    assert code128_in_strips(rendered.pdf, 300, 25, 50, step=10) == keys[::10]


PRICE = st.integers(min_value=1_000, max_value=999_999_999)


@settings(max_examples=40, deadline=None)
@given(prices=st.lists(PRICE, min_size=1, max_size=6), postage=PRICE, coupon=PRICE, points=PRICE)
def test_a_gift_slip_holds_no_amount(prices: list[int], postage: int, coupon: int, points: int) -> None:
    lines = tuple(SlipLine(f"sku-{chr(97 + i)}", "急須", 1, "黒", unit_price=p) for i, p in enumerate(prices))
    total = sum(prices)
    money = Amounts(
        goods=total,
        adds=(("documents.postage", postage),),
        takes=(("documents.coupon_shop", coupon),),
        total=total,
        taxes=(RateTotal(10, total, total // 11),),
        points=points,
        charged=total,
    )
    bare = {
        "shop": replace(SHOP, greeting=""),
        "remark": "",
        "tracking_no": "",
        "order_number": "",
        "delivery": "",
    }
    gift = _flat(render_slips([a_gift(lines=lines, **bare)]).pdf)
    priced = _flat(render_slips([a_slip(lines=lines, amounts=money, **bare)]).pdf)
    assert not re.search(r"[¥￥円%％]|合計|小計|送料：|ポイント|クーポン|消費税", gift)
    for amount in (*prices, postage, coupon, points, total):
        assert f"{amount:,}" in priced
        assert f"{amount:,}" not in gift
        assert str(amount) not in gift.replace(make_key(1041), "")


def test_a_gift_slip_names_its_sender_and_keeps_remark_and_footer_to_itself() -> None:
    (text,) = page_texts(render_slips([a_gift(remark="", shop=SHOP)]).pdf)
    for words in ("お届け明細", "ご依頼主", "三浦 絵美", "様より", "誕生日おめでとう。", "4品・6点"):
        assert words in text, words
    assert "領収書" not in text
    assert "備考" not in text


def test_a_shop_as_sender_has_no_title() -> None:
    text = _flat(render_slips([a_gift(sender="ことり舎", sender_is_shop=True)]).pdf)
    assert "ことり舎より" in text
    assert "ことり舎様より" not in text


def test_fifty_lines_flow_with_sums_on_the_last_table_page_only() -> None:
    lines = tuple(SlipLine(f"sku-{n:03d}", f"商品その{n:03d}", 1, unit_price=100) for n in range(1, 51))
    rendered = render_slips([a_slip(lines=lines, remark="")])
    texts = page_texts(rendered.pdf)
    assert rendered.pages == (4,), texts[-1]
    assert [text.count("商品その") for text in texts] == [14, 14, 14, 8]
    assert ["合計" in text for text in texts] == [False, False, False, True]
    for number, text in enumerate(texts, 1):
        assert f"{number} / 4" in text
        assert "山田 花子" in text
        assert "商品番号" in text
        assert make_key(1037) in text
    assert _flat(rendered.pdf).index("商品その050") < _flat(rendered.pdf).index("合計")


@pytest.mark.parametrize("count", range(8, 17))
def test_sums_never_stand_on_a_page_without_goods(count: int) -> None:
    lines = tuple(SlipLine(f"sku-{n}", f"商品その{n}", 1) for n in range(count))
    texts = page_texts(render_slips([a_slip(lines=lines, remark="")]).pdf)
    with_sums = [text for text in texts if "合計" in text]
    assert len(with_sums) == 1
    assert "商品その" in with_sums[0]


NAME = (
    "手づくり陶器のマグカップ電子レンジ対応食洗機対応北欧風おしゃれかわいいギフト母の日父の日誕生日結婚祝い引き出物内祝い"
    * 2
)


def test_nothing_is_cut_however_long_it_is() -> None:
    option = "オプション" + "あいうえお" * 600
    slip = a_slip(
        lines=(
            SlipLine("long-sku-" * 6, NAME, 3, "ネイビーブルー" * 8, unit_price=1),
            SlipLine("b", "皿", 1, options=option),
        ),
        remark="備考の文" * 700,
        recipient=Addressee(
            "株式会社" + "ながい" * 20, "1000001", ("東京都" + "ながい町" * 30 + "1-2-3", "ビル" * 40)
        ),
        delivery="ヤマト運輸" * 8,
        wish="11/23(月)" * 9,
        shop=replace(SHOP, returns_text="返品の文" * 400, footer="注記の文" * 100),
    )
    rendered = render_slips([slip])
    text = _flat(rendered.pdf)
    letters = re.sub("[^a-z]", "", text)  # a reader takes a hyphen at a line's end for a soft one
    assert letters.count("longsku") == 6
    for part in (NAME, "ながい" * 20, "ながい町" * 30):
        assert part.replace(" ", "") in text, part
    assert text.count("備考の文") == 700
    assert text.count("返品の文") == 400
    assert text.count("注記の文") == 100
    assert text.count("あいうえお") >= 590  # a page break may fall inside a word
    assert rendered.pages[0] > 5


def test_rare_names_are_embedded_and_copied_out_as_they_were() -> None:
    pdf = render_slips(
        [a_slip(recipient=Addressee("髙橋 﨑太 𠮷野", "1000001", ("東京都千代田区9-9-9",)))]
    ).pdf
    assert "髙橋 﨑太 𠮷野" in page_texts(pdf)[0]


def test_a_character_without_a_glyph_is_named_and_printed_as_geta() -> None:
    slip = a_slip(recipient=Addressee("山田\uf8ff", "1000001", ("東京都",)))
    assert slip_missing(slip) == ("\uf8ff",)
    assert "山田〓" in page_texts(render_slips([slip]).pdf)[0]
    assert slip_missing(a_slip()) == ()


def test_the_same_slips_give_the_same_bytes_and_no_names_in_the_properties() -> None:
    slips = [a_slip(), a_gift()]
    pdf = render_slips(slips).pdf
    assert pdf == render_slips(slips).pdf
    told = " ".join(document_information(pdf))
    assert not any(word in told for word in ("山田", "ことり", "345678", "三浦"))


def test_undecided_amounts_are_said_to_be() -> None:
    text = _flat(render_slips([a_slip(amounts=Amounts(goods=10720, undecided=True))]).pdf)
    assert "金額未確定" in text
    assert "お支払い額" not in text


def test_only_the_reduced_rate_is_marked() -> None:
    plain = render_slips([a_slip(lines=LINES[:2], amounts=Amounts(7150, total=7150))]).pdf
    assert "※" not in "".join(page_texts(plain))


def test_a_slip_without_a_tracking_number_has_no_code_for_it() -> None:
    pdf = render_slips([a_slip(tracking_no="")]).pdf
    assert codes(picture(pdf, 1, 300)) == {"Code 128": [paper_code(make_key(1037))]}
    assert "送り状番号" not in page_texts(pdf)[0]


def test_a_business_buyer_finds_company_and_own_number() -> None:
    buyer = Addressee("見本 太郎", "5410041", ("大阪府大阪市中央区北浜9-9-9",), company="練習商事株式会社")
    (text,) = page_texts(render_slips([a_slip(recipient=buyer, purchase_order="PO-2026-0042")]).pdf)
    assert text.index("練習商事株式会社") < text.index("見本 太郎")
    assert "発注番号" in text
    assert "PO-2026-0042" in text
    (plain,) = page_texts(render_slips([a_slip()]).pdf)
    assert "発注番号" not in plain


def test_long_company_and_number_are_not_cut() -> None:
    buyer = replace(a_slip().recipient, company="練習商事株式会社" + "ながい部" * 20)
    text = _flat(render_slips([a_slip(recipient=buyer, purchase_order="PO2026" * 12)]).pdf)
    assert "ながい部" * 20 in text
    assert text.count("PO2026") == 12
