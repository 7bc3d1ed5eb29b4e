"""のし, message cards and handling marks, read back out of the PDF."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from jpship_gui.documents.address_labels import Setup
from jpship_gui.documents.cards import CardData, render_cards
from jpship_gui.documents.cord import CORDS
from jpship_gui.documents.layout import Layout, resolved
from jpship_gui.documents.mark_labels import MarkData, render_marks
from jpship_gui.documents.noshi import NoshiData, render_noshi
from jpship_gui.documents.page import Document, Paper
from jpship_gui.documents.stocks import shipped
from jpship_gui.documents.symbols import SYMBOLS
from jpship_gui.documents.vertical import How, cells, kanji_digits
from jpship_gui.domain.handling_marks import MARKS
from tests.documents.reading import document_information, page_texts, picture

A4 = (297.0, 210.0)
MM = 72 / 25.4


def _flat(pdf: bytes, page: int = 0) -> str:
    return re.sub(r"\s+", "", page_texts(pdf)[page])


def _places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Centre (mm from the top left corner) of each character of the first page, the last of equal ones."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        found = {}
        for index in range(words.count_chars()):
            left, low, right, high = words.get_charbox(index)
            middle = ((left + right) / 2 / MM, (page.get_height() - (low + high) / 2) / MM)
            found[words.get_text_range(index, 1)] = middle
        return found


def test_the_title_stands_above_the_knot_and_names_below_from_right_to_left() -> None:
    at = _places(render_noshi([NoshiData("寿", (("山田", ""), ("鈴木", ""), ("佐藤", "")))], A4).pdf)
    assert at["寿"] == (pytest.approx(148.5, abs=0.6), pytest.approx(50, abs=35))
    assert at["寿"][1] < 90 < 125 < at["山"][1] < at["田"][1]
    assert at["山"][0] > at["鈴"][0] > at["佐"][0]
    assert at["鈴"][0] == pytest.approx(148.5, abs=0.6)


def test_of_more_than_three_names_one_is_named() -> None:
    names = tuple((name, "") for name in ("山田", "鈴木", "佐藤", "髙橋"))
    text = _flat(render_noshi([NoshiData("御祝", names)], A4).pdf)
    assert "外一同" in text
    assert "山田" in text
    assert "鈴木" not in text


def test_the_reading_stands_right_of_the_name() -> None:
    at = _places(render_noshi([NoshiData("出産内祝", (("結愛", "ゆあ"),), "bow")], A4).pdf)
    assert at["ゆ"][0] > at["結"][0] + 5
    assert at["ゆ"][1] < at["あ"][1]


@pytest.mark.parametrize("size", [A4, (75.0, 210.0), (257.0, 182.0), (420.0, 297.0)])
@pytest.mark.parametrize("cord", ["", *CORDS])
def test_every_cord_on_every_paper(cord: str, size: tuple[float, float]) -> None:
    made = render_noshi([NoshiData("御祝", (("山田 太郎", ""),), cord)], size)
    assert made.over == ()
    assert "御祝" in _flat(made.pdf)
    image = picture(made.pdf, 1, 60)
    beside = image.crop((0, int(image.height * 0.45), image.width // 5, int(image.height * 0.54)))
    assert (beside.getextrema()[0] < 250) == bool(cord)  # pre-printed paper bears its own


def test_a_mourning_paper_bears_no_noshi_mark() -> None:
    def corner(cord: str) -> int:
        image = picture(render_noshi([NoshiData("志", (), cord)], A4).pdf, 1, 60)
        low, _ = image.crop((int(image.width * 0.75), 0, image.width, int(image.height * 0.4))).getextrema()
        return int(low)

    assert corner("bow") < 200
    assert corner("mourning") == 255


def test_a_name_that_would_be_too_small_is_not_printed() -> None:
    made = render_noshi(
        [NoshiData("御祝", (("とても長い名前" * 8, ""),)), NoshiData("御祝", (("山田", ""),))], A4
    )
    assert made.over == (0,)
    assert len(page_texts(made.pdf)) == 1


def test_how_pieces_stand_in_a_column() -> None:
    sheet = Document(Paper(), "").sheet()
    kinds = [(cell.text, cell.how) for cell in cells(sheet, "コーポ12号、ABC（東）っ203")]
    assert kinds == [
        ("コ", How.UPRIGHT),
        ("ー", How.TURNED),
        ("ポ", How.UPRIGHT),
        ("12", How.BESIDE),
        ("号", How.UPRIGHT),
        ("、", How.CORNER),
        ("ABC", How.TURNED),
        ("（", How.TURNED),
        ("東", How.UPRIGHT),
        ("）", How.TURNED),
        ("っ", How.SMALL),
        ("2", How.UPRIGHT),
        ("0", How.UPRIGHT),
        ("3", How.UPRIGHT),
    ]
    assert kanji_digits("北浜9-9-12 ２０３号") == "北浜九ー九ー一二 二〇三号"


MESSAGE = "誕生日おめでとう。\n\n新しい急須で、ゆっくりお茶を楽しんでください。"


@pytest.mark.parametrize("id_", ["postcard", "a6", "51002"])
def test_a_card_keeps_the_givers_lines(id_: str) -> None:
    made = render_cards([CardData(MESSAGE, "三浦 絵美")], shipped()[id_])
    lines = [line.strip() for line in page_texts(made.pdf)[0].split("\n")]
    assert lines == ["誕生日おめでとう。", "新しい急須で、ゆっくりお茶を楽しんでください。", "三浦 絵美"]


def test_a_message_shrinks_to_eight_points_and_is_then_refused() -> None:
    stock = shipped()["51002"]
    long, longer = CardData("ありがとう" * 30), CardData("ありがとう" * 60)
    made = render_cards([long, longer], stock)
    assert made.over == (1,)
    assert _flat(made.pdf) == "ありがとう" * 30
    with pypdfium2.PdfDocument(made.pdf) as document:
        words = document[0].get_textpage()
        boxes = [words.get_charbox(index) for index in range(5)]
    assert min(right - left for left, _, right, _ in boxes) > 4  # of 8 points or more


def test_two_thousand_characters_are_refused_on_every_card() -> None:
    for id_ in ("postcard", "a6", "51002"):
        assert render_cards([CardData("あ" * 2000), CardData("ok")], shipped()[id_]).over == (0,)


def test_ten_cards_a_sheet_from_the_first_free_one() -> None:
    made = render_cards([CardData(f"{n}番") for n in range(4)], shipped()["51002"], Setup(first=8))
    assert made.pages == ((0, 1, 2), (3,))


def test_no_card_is_lost_or_blank_where_one_does_not_fit() -> None:
    cards = [CardData("あ" * 2000), CardData("い"), CardData("あ" * 2000)]
    made = render_cards(cards, shipped()["postcard"])
    assert (made.pages, made.over, len(page_texts(made.pdf))) == (((1,),), (0, 2), 1)


@pytest.mark.parametrize("id_", ["28367", "28368", "29194", "elm013", "a6", "100x150"])
def test_every_mark_is_seen_on_every_label(id_: str) -> None:
    stock = shipped()[id_]
    marks = [MarkData(mark, f"語{mark}", "3-37") for mark in (*MARKS, "chilled", "frozen")]
    made = render_marks(marks, stock)
    text = "".join(page_texts(made.pdf))
    assert all(f"語{mark}" in text for mark in MARKS)
    image = picture(made.pdf, 1, 100)
    for place in (stock.place(index) for index in range(min(len(marks), stock.labels))):
        box = [
            round(side / 25.4 * 100)
            for side in (place.x, place.y, place.x + place.width, place.y + place.height)
        ]
        ink = sum(image.crop((box[0], box[1], box[2], box[3])).histogram()[:128])
        assert ink > (box[2] - box[0]) * (box[3] - box[1]) * 0.02


@pytest.mark.parametrize("mark", SYMBOLS)
def test_a_symbol_stays_in_its_square(mark: str) -> None:
    document = Document(Paper(60, 60, 300), "")
    sheet = document.sheet()
    SYMBOLS[mark](sheet, 10, 10, 40)
    document.add(sheet)
    image = picture(document.finish(), 1, 254)  # ten dots a millimetre
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    assert box[0] >= 95
    assert box[1] >= 95
    assert box[2] <= 505
    assert box[3] <= 505


def test_files_are_always_the_same_and_name_nobody() -> None:
    noshi = [NoshiData("御祝", (("髙橋 𠮷子", ""),), "bow")]
    cards = [CardData("髙橋さんへ🎁")]
    for make in (lambda: render_noshi(noshi, A4).pdf, lambda: render_cards(cards, shipped()["a6"]).pdf):
        assert make() == make()
        assert "髙橋" in _flat(make())
        assert not [value for value in document_information(make()) if "髙" in value]


def test_a_shop_adds_its_words_to_a_card() -> None:
    layout = resolved(
        Layout(
            "card",
            "x",
            fields={"sender": False},
            texts={"heading": "ことり舎より", "footer": "kotori.example.jp"},
        ),
        {},
    )
    made = render_cards([CardData(MESSAGE, "三浦 絵美", layout)], shipped()["postcard"])
    lines = [line.strip() for line in page_texts(made.pdf)[0].split("\n")]
    assert lines == [
        "ことり舎より",
        "誕生日おめでとう。",
        "新しい急須で、ゆっくりお茶を楽しんでください。",
        "kotori.example.jp",
    ]
