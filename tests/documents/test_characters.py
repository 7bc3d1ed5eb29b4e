"""What is done to a text before it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.documents.characters import left_out, printable


@pytest.mark.parametrize(
    ("raw", "drawn"),
    [
        ("ｻﾝﾗｲｽﾞ", "サンライズ"),
        ("ﾊﾟﾋﾟﾌﾟ｡｢ｶﾞ｣", "パピプ。「ガ」"),
        ("か\u3099き\u3099", "がぎ"),
        ("葛\U000e0100城", "葛城"),
        ("楽\ufe00しい\u200d", "楽しい"),
        ("お祝い🎁🎉です", "お祝いです"),
        ("a\tb\x00c", "a bc"),
        ("㈱①～髙﨑神福", "㈱①～髙﨑神福"),
        ("神", "神"),
    ],
)
def test_a_text_is_drawn_as_a_reader_expects(raw: str, drawn: str) -> None:
    assert printable(raw) == drawn


def test_what_is_left_out_is_named_once_and_in_order() -> None:
    assert left_out("葛\U000e0100城🎁と🎁") == ("\U000e0100", "🎁")
    assert left_out("山田 花子") == ()


@given(st.text())
def test_drawing_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)
