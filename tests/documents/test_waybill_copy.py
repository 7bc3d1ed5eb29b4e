"""The desk's own copy of a waybill, read back out of the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from jpship_gui.documents.layout import Layout, resolved
from jpship_gui.documents.waybill_copy import SIZES, render_copies
from jpship_gui.domain.order_key import make_key
from tests.documents.label_samples import RARE, a_copy
from tests.documents.reading import by_poppler, codes, document_information, page_texts, picture

GOOD = {"Codabar": ["A400123456003A"], "QR Code": [make_key(1037)]}


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("size", SIZES)
def test_it_says_what_the_design_says(size: str) -> None:
    copies = render_copies([a_copy(cool="冷蔵", cash=12345)], size)
    (page,) = page_texts(copies.pdf)
    assert copies.over == ()
    for words in (
        *("ヤマト", "宅急便 60", "1/1", "11/23(月) 午前中", "27-541", "¥12,345", "冷蔵", "〒541-0041"),
        *("電話 090-0000-0000", "大阪府大阪市中央区北浜9-9-9", "コーポことり203", "山田 花子", "様"),
        *(
            "くらしの道具 ことり舎",
            "075-000-0000",
            "陶器（食器）",
            "ワレ物注意",
            "下積厳禁",
            "4001-2345-6003",
        ),
        *("控え・二重確認用", make_key(1037), "楽天 …12461", "3-37"),
    ):
        assert words in page, words


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("made_for", [203, 300, 600])
@pytest.mark.parametrize("size", SIZES)
def test_its_codes_are_read_at_both_label_resolutions(size: str, made_for: int, dpi: int) -> None:
    assert codes(picture(render_copies([a_copy()], size, made_for).pdf, 1, dpi)) == GOOD


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("dpi", [203, 300])
def test_poppler_leaves_the_codes_readable(dpi: int, tmp_path: Path) -> None:
    assert codes(by_poppler(render_copies([a_copy()], dpi=dpi).pdf, tmp_path, dpi)) == GOOD


@pytest.mark.skipif(shutil.which("gs") is None, reason="ghostscript is not installed")
@pytest.mark.parametrize("dpi", [203, 300])
def test_ghostscript_leaves_the_codes_readable(dpi: int, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(render_copies([a_copy()], dpi=dpi).pdf)
    out = tmp_path / "page.png"
    run = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pnggray", f"-r{dpi}", f"-sOutputFile={out}"]
    subprocess.run([*run, str(tmp_path / "page.pdf")], check=True)
    assert codes(Image.open(out)) == GOOD


def test_a_number_that_nw7_cannot_hold_is_code_128() -> None:
    pdf = render_copies([a_copy(number="RR123456785JP", printed="RR 123 456 785 JP")]).pdf
    assert codes(picture(pdf, 1, 203))["Code 128"] == ["RR123456785JP"]


def test_each_carriers_letter_frames_its_number() -> None:
    pdf = render_copies([a_copy(letter="D")]).pdf
    assert codes(picture(pdf, 1, 203))["Codabar"] == ["D400123456003D"]


def test_every_number_of_a_batch_is_read() -> None:
    numbers = [f"{400100000000 + row * 7919:012d}" for row in range(60)]
    pdf = render_copies([a_copy(row, number=number) for row, number in enumerate(numbers)]).pdf
    read = [codes(picture(pdf, page, 203)) for page in range(1, 61)]
    assert [found["Codabar"] for found in read] == [[f"A{number}A"] for number in numbers]
    assert [found["QR Code"] for found in read] == [[make_key(1000 + row)] for row in range(60)]


def test_a_page_without_number_has_a_frame_and_only_the_key() -> None:
    pdf = render_copies([a_copy(number="", printed="")]).pdf
    assert "送り状番号はまだありません" in page_texts(pdf)[0]
    assert codes(picture(pdf, 1, 203)) == {"QR Code": [make_key(1037)]}


LONG = {
    "name": "株式会社ながいなまえのかいしゃ第一営業部 山田 花子",
    "lines": (
        "東京都八王子市南大沢五丁目1234-5678-9012番地",
        "グランドメゾンことりの森サウスタワー弐番館1203号室",
    ),
    "goods": "とても長い商品の名前" * 12,
    "service": "宅急便コレクト（複数口・代金引換）",
    "wish": "2026年11月23日 18時から20時までのあいだに",
    "cash": 12345678,
    "cool": "冷凍",
}


def test_long_texts_are_smaller_and_whole() -> None:
    copies = render_copies([a_copy(**LONG)])
    assert copies.over == ()
    page = _flat(page_texts(copies.pdf)[0])
    for words in (LONG["name"], *LONG["lines"], LONG["service"], LONG["wish"], "¥12,345,678"):
        assert _flat(str(words)) in page, words
    assert "…" in page  # of the goods alone something may be missing, and it is seen


@pytest.mark.parametrize("marks", [1, 3, 5, 8])
def test_all_marks_find_room(marks: int) -> None:
    every = ("ワレ物注意", "精密機器", "天地無用", "下積厳禁", "ナマモノ", "水濡厳禁", "ビン類", "貴重品")
    copies = render_copies([a_copy(marks=every[:marks])])
    page = page_texts(copies.pdf)[0]
    assert all(mark in page for mark in every[:marks])
    assert codes(picture(copies.pdf, 1, 203)) == GOOD


def test_a_name_of_a_hundred_characters_is_printed_or_refused_but_never_cut() -> None:
    name = "あいうえおかきくけこ" * 10
    copies = render_copies([a_copy(1, name=name, marks=()), a_copy(2), a_copy(3, lines=("番地なし" * 60,))])
    pages = page_texts(copies.pdf)
    assert copies.over == (2,)
    assert name in _flat(pages[0])
    assert len(pages) == 2


def test_rare_characters_and_emoji() -> None:
    pdf = render_copies([a_copy(name=f"{RARE}🎁")]).pdf
    page = page_texts(pdf)[0]
    assert "𠮷野 髙橋﨑辻" in page
    assert "🎁" not in page


def test_the_file_holds_no_person_in_its_properties_and_is_always_the_same() -> None:
    pdf = render_copies([a_copy(), a_copy(38)]).pdf
    assert pdf == render_copies([a_copy(), a_copy(38)]).pdf
    assert not [value for value in document_information(pdf) if "山田" in value or "ことり" in value]


def test_a_shop_leaves_parts_off_and_changes_words_and_sizes() -> None:
    gone = {
        "phone": False,
        "sender": False,
        "goods": False,
        "marks": False,
        "order_number": False,
        "batch": False,
    }
    layout = resolved(Layout("label", "x", fields=gone, texts={"use": "倉庫用"}, sizes={"name": 16.0}), {})
    copies = render_copies([a_copy(layout=layout)])
    page = page_texts(copies.pdf)[0]
    for words in ("電話", "くらしの道具", "陶器", "ワレ物注意", "12461", "3-37", "控え・二重確認用"):
        assert words not in page, words
    assert "倉庫用" in page
    assert "山田 花子" in page
    assert codes(picture(copies.pdf, 1, 203)) == GOOD
