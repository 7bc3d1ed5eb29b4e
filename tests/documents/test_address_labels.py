"""Address labels read back out of the PDF, and where they lie."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest

from jpship_gui.documents.address_labels import LETTER, POST, Setup, next_free, render_labels
from jpship_gui.documents.stocks import shipped
from tests.documents.label_samples import RARE, an_address
from tests.documents.reading import document_information, page_texts

MM = 72 / 25.4


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _found(pdf: bytes, text: str, page: int = 0) -> list[tuple[float, float]]:
    """Left edge and base line (mm from the top left corner) of each place where a text stands."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        words = sheet.get_textpage()
        search = words.search(text)
        places = []
        while (at := search.get_next()) is not None:
            left, low, _, _ = words.get_charbox(at[0])
            places.append((left / MM, (sheet.get_height() - low) / MM))
        return places


@pytest.mark.parametrize("id_", shipped())
def test_every_label_of_every_sheet_stays_inside_its_own(id_: str) -> None:
    stock = shipped()[id_]
    made = render_labels([an_address(row) for row in range(stock.labels)], stock)
    assert (made.pages, made.over) == ((tuple(range(stock.labels)),), ())
    with pypdfium2.PdfDocument(made.pdf) as document:
        page = document[0]
        words = page.get_textpage()
        places = [stock.place(index) for index in range(stock.labels)]
        for index in range(words.count_chars()):
            if not words.get_text_range(index, 1).strip():
                continue
            left, low, right, high = words.get_charbox(index)
            x, y = (left + right) / 2 / MM, (page.get_height() - (low + high) / 2) / MM
            assert any(
                p.x + 1.5 <= x <= p.x + p.width - 1.5 and p.y + 1.5 <= y <= p.y + p.height - 1.5
                for p in places
            )


def test_a_used_sheet_is_begun_at_its_first_free_label() -> None:
    stock = shipped()["28362"]
    made = render_labels([an_address(row) for row in range(15)], stock, Setup(first=11))
    assert made.pages == ((0, 1), tuple(range(2, 14)), (14,))
    texts = page_texts(made.pdf)
    assert ["3-1 " in text for text in texts] == [True, False, False]
    (place,) = _found(made.pdf, "3-0 ")
    assert stock.place(10).y < place[1] < stock.place(10).y + 42.3
    assert (next_free(11, 15, stock), next_free(1, 12, stock), next_free(12, 1, stock)) == (2, 1, 1)


def test_offsets_move_what_is_printed_by_tenths() -> None:
    stock = shipped()["28362"]
    (x, y), (dx, dy) = (
        _found(render_labels([an_address()], stock, Setup(offset=offset)).pdf, "541-0041")[0]
        for offset in ((0.0, 0.0), (1.3, -2.4))
    )
    assert (dx - x, dy - y) == (pytest.approx(1.3, abs=0.05), pytest.approx(-2.4, abs=0.05))


def test_a_letter_keeps_the_posts_rules() -> None:
    made = render_labels([an_address()], shipped()["28362"], Setup(form=LETTER))
    page = page_texts(made.pdf)[0]
    first, *rest = page.split("\n")
    assert first.strip() == "541-0041"  # nothing before or after it, no 〒
    assert "北浜９－９－９" in page
    assert "〒605-0000" in "".join(rest)
    with pypdfium2.PdfDocument(made.pdf) as document:
        words = document[0].get_textpage()
        at = words.search("541-0041").get_next()
        assert at is not None
        boxes = [words.get_charbox(at[0] + n) for n in range(8) if n != 3]
        below = words.search("大阪府大阪市").get_next()
        assert below is not None
        top = max(words.get_charbox(below[0] + n)[3] for n in range(6))
    assert all(2.4 <= (high - low) / MM <= 6.0 for _, low, _, high in boxes)
    assert (min(low for _, low, _, _ in boxes) - top) / MM >= 2.0


def test_a_post_label_has_both_parties_and_the_contents() -> None:
    for id_ in ("elm003", "elm013", "elm015", "a6", "100x150"):
        page = page_texts(render_labels([an_address()], shipped()[id_], Setup(form=POST)).pdf)[0]
        for words in (
            "お届け先",
            "〒541-0041",
            "090-0000-0000",
            "ご依頼主",
            "〒605-0000",
            "075-000-0000",
            "陶器（食器）",
        ):
            assert words in page, (id_, words)


def test_frames_for_a_test_print_without_any_label() -> None:
    made = render_labels((), shipped()["28368"], Setup(frames=True))
    assert made.pages == ((),)
    assert page_texts(made.pdf)[0].split() == [str(n) for n in range(1, 45)]


LONG: dict[str, Any] = {
    "name": "あいうえおかきくけこ" * 10,
    "lines": (
        "東京都八王子市南大沢五丁目1234-5678-9012番地" * 2,
        "グランドメゾンことりの森サウスタワー弐番館1203号室" * 2,
    ),
}


@pytest.mark.parametrize("form", ["parcel", "letter", "post"])
@pytest.mark.parametrize("id_", ["28362", "28363", "28368", "29194", "elm003", "100x150"])
def test_an_over_full_label_is_whole_or_not_there(id_: str, form: str) -> None:
    made = render_labels([an_address(1, **LONG), an_address(2)], shipped()[id_], Setup(form=form))
    text = _flat("".join(page_texts(made.pdf)))
    assert (0 in made.over) != (LONG["name"] in text)
    if 0 not in made.over:
        lines = [
            line.translate(str.maketrans("0123456789-", "０１２３４５６７８９－")) for line in LONG["lines"]
        ]
        assert all(line in text for line in (lines if form == "letter" else LONG["lines"]))
    small = form == "post" and id_ in ("28362", "28368", "29194")  # no room for two parties
    assert (1 in made.over, "山田花子" in text) == (small, not small)


def test_a_sheet_begun_for_a_label_that_does_not_fit_is_not_printed() -> None:
    labels = [an_address(row) for row in range(12)] + [an_address(13, lines=("番地なし" * 90,))]
    made = render_labels(labels, shipped()["28362"])
    assert (len(made.pages), made.over, len(page_texts(made.pdf))) == (1, (12,), 1)


def test_rare_characters_and_nobody_in_the_properties() -> None:
    pdf = render_labels([an_address(name=f"{RARE}🎁")], shipped()["28362"]).pdf
    assert "𠮷野 髙橋﨑辻" in page_texts(pdf)[0]
    assert pdf == render_labels([an_address(name=f"{RARE}🎁")], shipped()["28362"]).pdf
    assert not [value for value in document_information(pdf) if "髙" in value or "ことり" in value]
