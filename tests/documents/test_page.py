"""Paper sizes, the embedded fonts and the display list."""

from __future__ import annotations

import zlib

import pypdfium2
import pytest

from jpship_gui.documents.fonts import REGULAR, face
from jpship_gui.documents.page import Document, Paper, Style
from tests.documents.reading import page_texts, picture

BLACK = Style(12)


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("size", [(210.0, 297.0), (100.0, 150.0), (105.0, 148.0)])
def test_a_page_is_its_paper_in_whole_dots(size: tuple[float, float], dpi: int) -> None:
    document = Document(Paper(*size, dpi), "page")
    document.add(document.sheet())
    with pypdfium2.PdfDocument(document.finish()) as pdf:
        points = pdf[0].get_size()
        pixels = pdf[0].render(scale=dpi / 72).to_pil().size
    dot = 25.4 / dpi
    for side, point, pixel in zip(size, points, pixels, strict=True):
        assert point * 25.4 / 72 == pytest.approx(side, abs=dot)
        assert pixel == round(side / dot)


def test_one_type0_font_object_a_weight_serves_any_number_of_characters() -> None:
    document = Document(Paper(), "page")
    glyphs = face(REGULAR).glyphs
    many = "".join(chr(code) for code in range(0x4E00, 0x5800) if code in glyphs)[:600]
    sheet = document.sheet()
    for line in range(0, 600, 60):
        sheet.text(10, 20 + line / 6, many[line : line + 60], Style(7))
    document.add(sheet)
    pdf = document.finish()
    assert pdf.count(b"/Subtype /Type0") == pdf.count(b"/Encoding /Identity-H") == 1
    read = page_texts(pdf)[0].replace("\n", "")
    assert [c for c in many if c not in read] == []


def test_two_characters_of_one_glyph_are_copied_out_as_two() -> None:
    document = Document(Paper(), "page")
    sheet = document.sheet()
    sheet.text(10, 20, "−－ー―", BLACK)
    document.add(sheet)
    assert page_texts(document.finish())[0] == "−－ー―"


def test_a_part_is_drawn_once_for_all_pages() -> None:
    document = Document(Paper(), "page")
    drawn: list[int] = []

    def draw(sheet: object) -> None:
        drawn.append(1)
        sheet.text(10, 20, "共通", BLACK)  # type: ignore[attr-defined]

    for _ in range(5):
        sheet = document.sheet()
        sheet.part(document.part("head", draw))
        document.add(sheet)
    assert page_texts(document.finish()) == ["共通"] * 5
    assert drawn == [1]


def test_bars_stand_on_the_dot_grid() -> None:
    from jpship_gui.documents.barcodes import code128

    document = Document(Paper(100, 150, 203), "page")
    sheet = document.sheet()
    code = code128("JP00001AK", 2)
    sheet.bars(10.02, 20.03, code, 10)
    document.add(sheet)
    image = picture(document.finish(), 1, 203)
    row = [image.getpixel((x, round(25 * 203 / 25.4))) for x in range(image.width)]
    left = round(10.02 * 203 / 25.4)
    dark = {left + at + i for at, wide in code.dark for i in range(wide)}
    assert {x for x, shade in enumerate(row) if shade < 128} == dark


def test_bold_rare_characters_are_thicker_than_plain_ones() -> None:
    document = Document(Paper(), "page")
    sheet = document.sheet()
    sheet.text(10, 30, "𠮷", Style(40))
    sheet.text(60, 30, "𠮷", Style(40, bold=True))
    document.add(sheet)
    image = picture(document.finish(), 1, 100)
    half = image.width // 4 - 20
    ink = [
        sum(255 - shade for shade in image.crop(box).tobytes())
        for box in ((0, 0, half, 200), (half, 0, image.width, 200))
    ]
    assert ink[1] > ink[0] * 1.05


def test_content_is_compressed() -> None:
    document = Document(Paper(), "page")
    sheet = document.sheet()
    sheet.line(0, 0, 100, 100)
    content = sheet.content()
    document.add(sheet)
    assert zlib.compress(content) in document.finish()
