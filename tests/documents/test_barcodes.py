"""Bar codes: encoded right, on the dot grid, readable at label resolutions with different rasterisers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jpship_gui.documents.barcodes import (
    Bars,
    code128,
    code128_values,
    dots_for,
    is_jan,
    jan,
    jan_check_digit,
    nw7,
    nw7_wide,
    qr_matrix,
)
from jpship_gui.documents.page import Document, Paper
from jpship_gui.domain.order_key import make_key
from tests.documents.reading import by_poppler, codes, picture


def _read(code: Bars) -> list[str]:
    """What a decoder makes of the clean raster of a code."""
    image = Image.new("L", (code.width + 60, 60), 255)
    for at, wide in code.dark:
        image.paste(0, (30 + at, 5, 30 + at + wide, 55))
    return [found.text for found in zxingcpp.read_barcodes(image)]


@given(st.integers(min_value=1, max_value=31**6 - 1))
def test_every_shipment_key_can_be_read(number: int) -> None:
    key = make_key(number)
    assert _read(code128(key, 3)) == [key]


@settings(max_examples=60)
@given(st.text(alphabet=[chr(c) for c in range(33, 127)] + list("0123456789") * 5, min_size=1, max_size=24))
def test_code_128_holds_any_printable_text(text: str) -> None:
    assert _read(code128(text, 3)) == [text]


def test_code_128_packs_digits_in_pairs() -> None:
    assert len(code128_values("12345678")) == 1 + 4 + 1
    assert len(code128_values("JP12345678")) < len("JP12345678") + 2


@pytest.mark.parametrize("text", ["", "山田", "a\n"])
def test_code_128_refuses_what_it_cannot_hold(text: str) -> None:
    with pytest.raises(ValueError, match="Code 128"):
        code128(text, 3)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(min_value=2, max_value=6))
def test_every_tracking_number_can_be_read_as_nw7(digits: str, narrow: int) -> None:
    assert _read(nw7(digits, narrow, nw7_wide(narrow))) == [f"A{digits}A"]


def test_nw7_is_never_drawn_at_a_ratio_scanners_fail_at() -> None:
    with pytest.raises(ValueError, match="ratio"):
        nw7("1", 3, 6)


@given(st.from_regex(r"[0-9]{12}|[0-9]{7}", fullmatch=True))
def test_every_jan_code_can_be_read(body: str) -> None:
    digits = f"{body}{jan_check_digit(body)}"
    assert is_jan(digits)
    assert digits in {text.lstrip("0").zfill(len(digits)) for text in _read(jan(digits, 3))}


@pytest.mark.parametrize("digits", ["4901234567890", "490123456789", "49012345678９4", "abc"])
def test_a_wrong_jan_code_is_never_drawn(digits: str) -> None:
    assert not is_jan(digits)
    with pytest.raises(ValueError, match="JAN"):
        jan(digits, 3)


def _label(dpi: int) -> tuple[bytes, dict[str, str]]:
    """All kinds at their least size on a 100×150 label."""
    document = Document(Paper(100, 150, dpi), "label")
    sheet = document.sheet()
    wanted = {
        "Code 128": "JP00001AK",
        "Codabar": "A400123456003A",
        "EAN-13": "4901234567894",
        "QR Code": "JP00001AK",
    }
    sheet.bars(9, 10.03, code128("JP00001AK", 2), 12)
    sheet.bars(9, 40.07, nw7("400123456003", 2, nw7_wide(2)), 12)
    sheet.bars(9, 70.02, jan("4901234567894", 2), 12)
    sheet.modules(9, 100.05, qr_matrix("JP00001AK"), 3)
    document.add(sheet)
    return document.finish(), wanted


@pytest.mark.parametrize("dpi", [203, 300])
def test_small_codes_on_a_label_are_read_at_the_printers_resolution(dpi: int) -> None:
    pdf, wanted = _label(dpi)
    found = codes(picture(pdf, 1, dpi))
    assert {kind: texts[0] for kind, texts in found.items()} == wanted


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("dpi", [203, 300])
def test_small_codes_are_read_with_another_rasteriser(dpi: int, tmp_path: Path) -> None:
    pdf, wanted = _label(dpi)
    found = codes(by_poppler(pdf, tmp_path, dpi))
    assert {kind: texts[0] for kind, texts in found.items()} == wanted


def test_lengths_become_whole_dots() -> None:
    assert dots_for(0.375, 203) == 3
    assert dots_for(0.01, 300) == 2
