"""Envelopes in both writings: what stands where, and that nothing is lost."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from jpship_gui.documents.envelopes import ACROSS, PAPERS, VERTICAL, render_envelopes
from jpship_gui.documents.vertical import kanji_digits
from tests.documents.label_samples import RARE, an_address
from tests.documents.reading import document_information, page_texts

MM = 72 / 25.4
LONG = {
    "name": "株式会社ことりの森 総務部 山田 花子",
    "lines": ("東京都八王子市南大沢五丁目1234-5678-9012番地", "グランドメゾンことりの森弐番館1203号室"),
}


def _characters(pdf: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Each character with its centre in mm from the top left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        words = sheet.get_textpage()
        found = []
        for index in range(words.count_chars()):
            character = words.get_text_range(index, 1)
            if character.strip():
                left, low, right, high = words.get_charbox(index)
                found.append(
                    (character, (left + right) / 2 / MM, (sheet.get_height() - (low + high) / 2) / MM)
                )
        return found


@pytest.mark.parametrize("writing", [VERTICAL, ACROSS])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_character_is_on_the_envelope_and_none_is_lost(paper: str, writing: str) -> None:
    made = render_envelopes([an_address(**LONG)], PAPERS[paper], writing)
    assert (made.pages, made.over) == (((0,),), ())
    found = _characters(made.pdf)
    wide, high = PAPERS[paper]
    assert all(5 <= x <= wide - 5 and 5 <= y <= high - 5 for _, x, y in found)
    lines = LONG["lines"] if writing == ACROSS else [kanji_digits(line) for line in LONG["lines"]]
    expected = re.sub(r"\s+", "", "".join((str(LONG["name"]), *lines)))
    seen = sorted(character for character, _, _ in found)
    assert [c for c in set(expected) if seen.count(c) < expected.count(c)] == []


def test_columns_run_from_right_to_left_and_the_name_stands_in_the_middle() -> None:
    found = _characters(render_envelopes([an_address()], PAPERS["naga3"]).pdf)
    where = {}
    for character, x, y in found:
        where.setdefault(character, (x, y))
    assert where["山"][0] == pytest.approx(60, abs=0.6)
    assert where["山"][1] < where["花"][1] < where["様"][1]
    assert where["阪"][0] > where["コ"][0] > where["山"][0]  # address, building, name
    assert where["舎"][0] < 30
    assert {"一", "二", "三"} & {character for character, _, _ in found}


def test_the_postal_code_stands_alone_and_first_across() -> None:
    page = page_texts(render_envelopes([an_address()], PAPERS["naga3"], ACROSS).pdf)[0]
    assert page.split("\n")[0].strip() == "541-0041"
    left = min(x for c, x, _ in _characters(render_envelopes([an_address()], PAPERS["naga3"], ACROSS).pdf))
    assert left >= 22


@pytest.mark.parametrize("writing", [VERTICAL, ACROSS])
def test_what_does_not_fit_is_left_out_whole(writing: str) -> None:
    labels = [an_address(lines=("番地なし" * 150,)), an_address(), an_address(name="あ" * 100)]
    made = render_envelopes(labels, PAPERS["naga4"], writing)
    assert 0 in made.over
    assert 1 not in made.over
    assert len(page_texts(made.pdf)) == 3 - len(made.over)


def test_rare_characters_and_nobody_in_the_properties() -> None:
    pdf = render_envelopes([an_address(name=f"{RARE}🎁")], PAPERS["naga3"]).pdf
    assert all(c in page_texts(pdf)[0] for c in "𠮷髙﨑")
    assert pdf == render_envelopes([an_address(name=f"{RARE}🎁")], PAPERS["naga3"]).pdf
    assert not [value for value in document_information(pdf) if "髙" in value]
