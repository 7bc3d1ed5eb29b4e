"""Names and numbers in the words of the window."""

from __future__ import annotations

import pytest

from jpship_gui.texts import set_language
from jpship_gui.ui.names import shop_words


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
