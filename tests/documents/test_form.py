"""Forms as data and what is printed onto them. The forms here are invented: they belong to no carrier."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from jpship_gui.documents import form as form_module
from jpship_gui.documents.form import TICKS, VALUES, Form, FormField, form_table, paper_size, read_form
from jpship_gui.documents.form_overlay import render_overlay, render_test
from jpship_gui.formats.toml_text import dumps
from tests.documents.reading import document_information, page_texts, picture

MM = 72 / 25.4
NAME = FormField("to_name", 300, 400, 700, 90, size=12)
FORM = Form("mine", "試し", "10 x 4.5 in", (NAME, FormField("to_phone", 500, 200, 550, 60, pitch=50)))


def _box(pdf: bytes, text: str) -> tuple[float, float, float, float]:
    """Left, top, right, low of a text in mm from the top left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        found = words.search(text).get_next()
        assert found is not None
        boxes = [words.get_charbox(found[0] + n) for n in range(found[1])]
        high = page.get_height()
        return (
            min(b[0] for b in boxes) / MM,
            (high - max(b[3] for b in boxes)) / MM,
            max(b[2] for b in boxes) / MM,
            (high - min(b[1] for b in boxes)) / MM,
        )


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A4", (2100, 2970)),
        ("a4 landscape", (2970, 2100)),
        ("10 x 4.5 in", (2540, 1143)),
        ("9.5×5.5in", (2413, 1397)),
        ("241x114 mm", (2410, 1140)),
    ],
)
def test_papers_in_millimetres_and_inches(text: str, size: tuple[int, int]) -> None:
    assert paper_size(text) == size


@pytest.mark.parametrize("text", ["", "letter", "10 x 4.5", "1 x 1 in", "9999 x 10 mm", "x in"])
def test_what_is_no_paper(text: str) -> None:
    with pytest.raises(ValueError, match="paper"):
        paper_size(text)


def test_a_form_comes_back_from_its_file() -> None:
    every = tuple(
        FormField(
            value,
            n * 10,
            n * 20,
            200,
            50,
            pitch=n,
            align="right",
            bold=bool(n % 2),
            text="済" if n % 3 else "",
        )
        for n, value in enumerate((*VALUES, *TICKS, "text"))
    )
    form = Form("all", "全部", "A4", every)
    assert read_form("all", dumps(form_table(form))) == form


def test_the_example_is_a_form_without_any_field() -> None:
    text = Path(form_module.__file__).with_name("form_example.toml").read_text(encoding="utf-8")
    form = read_form("", text)
    assert form.fields == ()
    for value in (*VALUES, *TICKS):
        assert value in text, value


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"value": "to_nobody"}, "value"),
        ({"x": -1}, "x"),
        ({"x": 2000}, "width"),
        ({"height": 5}, "height"),
        ({"size": 100}, "size"),
        ({"align": "middle"}, "align"),
        ({"x": 1.5}, "x"),
        ({"colour": "red"}, "value, width"),
    ],
)
def test_what_is_wrong_with_a_field_is_said(change: dict[str, object], what: str) -> None:
    table = form_table(FORM)
    table["fields"] = [{**table["fields"][0], **change}]
    text = dumps(table)
    with pytest.raises(ValueError, match="fields 1") as fault:
        read_form("", text)
    assert what in str(fault.value)


def test_a_value_stands_in_its_box_and_moves_by_tenths() -> None:
    values = {"to_name": "山田 花子", "to_phone": "090-0000-1234"}
    plain = _box(render_overlay([values], FORM).pdf, "山田")
    moved = _box(render_overlay([values], FORM, offset=(1.3, -0.7)).pdf, "山田")
    assert 30 <= plain[0] <= 31
    assert 40 <= plain[1] < plain[3] <= 49
    assert [b - a for a, b in zip(plain, moved, strict=True)] == pytest.approx(
        [1.3, -0.7, 1.3, -0.7], abs=0.04
    )


def test_nothing_but_the_values_is_printed() -> None:
    pdf = render_overlay([{"to_name": "", "to_phone": ""}], FORM).pdf
    assert picture(pdf, 1, 60).getextrema() == (255, 255)


def test_each_character_stands_in_its_own_box() -> None:
    pdf = render_overlay([{"to_name": "", "to_phone": "090-0000-1234"}], FORM).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[0].get_textpage()
        boxes = [
            words.get_charbox(n) for n in range(words.count_chars()) if words.get_text_range(n, 1).isdigit()
        ]
    middles = [(left + right) / 2 / MM for left, _, right, _ in boxes]
    assert len(middles) == 11
    assert middles == pytest.approx([50 + (n + 0.5) * 5 for n in range(11)], abs=0.4)


def test_what_does_not_fit_is_named_and_the_page_left_out() -> None:
    good = {"to_name": "山田 花子", "to_phone": "09000001234"}
    made = render_overlay([{**good, "to_name": "あ" * 100}, good, {**good, "to_phone": "1" * 12}], FORM)
    assert made.over == {0: ("to_name",), 2: ("to_phone",)}
    assert len(page_texts(made.pdf)) == 1


def test_a_long_name_shrinks_and_then_breaks_into_lines() -> None:
    form = Form("m", "m", "A4", (FormField("to_name", 100, 100, 400, 130, size=12),))
    made = render_overlay([{"to_name": "株式会社ながいなまえのかいしゃ営業部"}], form)
    assert made.over == {}
    assert "".join(page_texts(made.pdf)[0].split()) == "株式会社ながいなまえのかいしゃ営業部"


def test_ticks_and_words_of_ones_own() -> None:
    fields = (
        FormField("mark.fragile", 100, 100, 50, 50),
        FormField("mark.dry", 200, 100, 50, 50, text="レ"),
        FormField("mark.upright", 300, 100, 50, 50),
        FormField("text", 400, 100, 200, 50, text="元払"),
    )
    page = page_texts(
        render_overlay([{"mark.fragile": "1", "mark.dry": "1"}], Form("m", "m", "A4", fields)).pdf
    )[0]
    assert page.split() == ["○", "レ", "元払"]


def test_the_test_print_has_a_cross_at_each_origin() -> None:
    image = picture(render_test(FORM, {"to_name": "氏名"}, offset=(0.0, 0.0)), 1, 254)
    for x, y in ((300, 400), (500, 200), (100, 100)):
        assert image.getpixel((x, y)) < 128
        assert image.getpixel((x + 15, y)) < 128
        assert image.getpixel((x, y - 15)) < 128
        assert image.getpixel((x - 10, y - 10)) > 200
    assert "氏名 30 40" in page_texts(render_test(FORM, {"to_name": "氏名"}))[0]


def test_a_dragged_field_stays_on_the_paper() -> None:
    moved = FORM.moved(0, -50, 9999).fields[0]
    assert (moved.x, moved.y) == (0, 1143 - 90)


def test_files_are_always_the_same_and_name_nobody() -> None:
    values = [{"to_name": "髙橋 𠮷子🎁", "to_phone": ""}]
    pdf = render_overlay(values, FORM).pdf
    assert pdf == render_overlay(values, FORM).pdf
    assert not [value for value in document_information(pdf) if "髙" in value]
