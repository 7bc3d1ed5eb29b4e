"""Names and numbers in the words of the window."""

from __future__ import annotations

import pytest

from jpship_gui.texts import set_language
from jpship_gui.ui.names import number_parts, shop_words, short_number


@pytest.mark.parametrize(
    ("shop", "shown"),
    [
        ("楽天 本店", "本店"),
        ("楽天　2号店", "2号店"),
        ("本店", "本店"),
        ("楽天", "楽天"),
        ("小鳥屋楽天店", "小鳥屋楽天店"),
    ],
)
def test_a_shop_does_not_repeat_its_chip(shop: str, shown: str) -> None:
    assert shop_words("rakuten", shop) == shown


def test_the_chip_may_be_in_another_language_than_the_shop() -> None:
    set_language("en")
    assert shop_words("rakuten", "楽天 本店") == "本店"


@pytest.mark.parametrize(
    ("number", "head", "tail"),
    [
        ("345678-20261121-0416812301", "04168", "12301"),
        ("250-1234567-7654321", "76", "54321"),
        ("10012345", "100", "12345"),
        ("H20261121-002", "1121-", "002"),
        ("123", "", "123"),
        ("", "", ""),
    ],
)
def test_an_order_number_shows_what_people_compare(number: str, head: str, tail: str) -> None:
    assert number_parts(number) == (head, tail)
    assert short_number(number) == head + tail
