"""Our own small QR codes, read by a decoder that is not ours and compared with another encoder's."""

from __future__ import annotations

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jpship_gui.documents.barcodes import qr_matrix
from jpship_gui.documents.qr_small import small_qr
from jpship_gui.domain.order_key import make_key


def _read(rows: tuple[tuple[bool, ...], ...]) -> zxingcpp.Barcode:
    side = len(rows)
    image = Image.new("L", (side + 8, side + 8), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if dark else 255)
    (code,) = zxingcpp.read_barcodes(
        image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    )
    return code


def test_a_thousand_keys_are_read() -> None:
    for row in range(1, 1001):
        rows = small_qr(make_key(row))
        assert rows is not None
        assert len(rows) == 21
        assert _read(rows).text == make_key(row)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=14))
def test_any_text_is_read(text: str) -> None:
    rows = small_qr(text)
    assert rows is not None or len(text.encode()) > 42
    if rows is not None:
        assert bytes(_read(rows).bytes) == text.encode()


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=1, max_size=70))
def test_capitals_and_digits_are_read(text: str) -> None:
    rows = small_qr(text)
    assert (rows is None) == (len(text) > 61)  # what version 3 with correction M holds
    if rows is not None:
        assert _read(rows).text == text


def test_correction_m_is_stated_and_works() -> None:
    rows = small_qr("JP1121C37")
    assert rows is not None
    assert _read(rows).ec_level == "M"
    spoilt = [list(row) for row in rows]
    for x in range(15, 17):  # one pair of columns: three codewords at most
        for y in range(9, 19):
            spoilt[y][x] = not spoilt[y][x]
    assert _read(tuple(map(tuple, spoilt))).text == "JP1121C37"


def test_longer_texts_go_another_way() -> None:
    text = "https://example.jp/" + "x" * 60
    assert small_qr(text) is None
    assert _read(qr_matrix(text)).text == text
