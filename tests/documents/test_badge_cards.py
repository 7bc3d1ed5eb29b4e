"""Badges drawn, rasterised and read back."""

from __future__ import annotations

import pytest

from jpship_gui.documents.badge_cards import CARDS_ON_PAGE, BadgeCard, render_badges
from jpship_gui.domain.badge import badge_of
from tests.documents.reading import codes, page_texts, picture

NAMES = ("佐藤", "鈴木 花子", "Alexandra Featherstonehaugh-Cholmondeley", "長" * 40, "𠮷田")
CARDS = [
    BadgeCard(badge_of(f"{n:02d}" if n < 9 else "ZZZZZZZZ"), NAMES[n % len(NAMES)], "梱包") for n in range(10)
]


@pytest.mark.parametrize(("drawn_for", "read_at"), [(300, 300), (203, 203), (300, 150), (600, 300)])
def test_every_badge_reads(drawn_for: int, read_at: int) -> None:
    pdf = render_badges(CARDS, "ja", drawn_for)
    read = [text for page in (1, 2) for text in codes(picture(pdf, page, read_at))["Code 128"]]
    assert sorted(read) == sorted(card.badge for card in CARDS)


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_each_card_says_whose_it_is(language: str) -> None:
    first, second = page_texts(render_badges(CARDS, language, 300))
    assert CARDS_ON_PAGE == 8
    for card in CARDS[:2]:
        assert card.name in first
    assert CARDS[9].badge in second
    assert "2 / 2" in second


def test_the_same_people_give_the_same_bytes() -> None:
    assert render_badges(CARDS, "ja", 300) == render_badges(CARDS, "ja", 300)
