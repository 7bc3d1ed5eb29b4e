"""What of an order becomes what on its slip."""

from __future__ import annotations

from datetime import date

import pytest

from jpship_gui.documents.words import Words
from jpship_gui.domain.order import Wish
from jpship_gui.flows.paper.slip_values import asks_for_slip, part_building, wish_words


@pytest.mark.parametrize(
    ("street", "parted"),
    [
        ("北浜9-9-9 コーポことり203", ("北浜9-9-9", "コーポことり203")),
        ("北浜9-9-9　コーポことり 203", ("北浜9-9-9", "コーポことり 203")),
        ("北浜9-9-9コーポことり203", ("北浜9-9-9", "コーポことり203")),
        ("北浜９－９－９ことりビル", ("北浜９－９－９", "ことりビル")),
        ("千代田9丁目9番9号ことり館", ("千代田9丁目9番9号", "ことり館")),
        ("ことり町99番地", ("ことり町99番地", "")),
        ("北3条西4-1", ("北3条西4-1", "")),
        ("北浜9-9-9-203", ("北浜9-9-9-203", "")),
        ("ことり町 9-9", ("ことり町 9-9", "")),
        ("9-9-9 203", ("9-9-9 203", "")),
        ("", ("", "")),
    ],
)
def test_the_building_stands_on_a_line_of_its_own(street: str, parted: tuple[str, str]) -> None:
    assert part_building(street) == parted


@pytest.mark.parametrize(
    ("remark", "asked"),
    [
        ("納品書希望", True),
        ("納品書を同封してください", True),
        ("納品書は不要です", False),
        ("納品書等いりません", False),
        ("領収書希望", False),
        ("", False),
    ],
)
def test_a_remark_asks_for_a_slip_or_declines_it(remark: str, asked: bool) -> None:
    assert asks_for_slip(remark) is asked


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(date(2026, 11, 23), "am"), "11/23(月) 午前中"),
        (Wish(date(2026, 11, 23), "1416"), "11/23(月) 14～16時"),
        (Wish(date(2026, 11, 23)), "11/23(月)"),
        (Wish(None, "other", "夕方以降"), "夕方以降"),
        (Wish(), ""),
    ],
)
def test_a_wish_is_written_as_buyers_know_it(wish: Wish, words: str) -> None:
    assert wish_words(wish, Words("ja")) == words
