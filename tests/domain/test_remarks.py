"""Buyers' remarks: words that stand out, and wishes plainly stated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.remarks import find_wish, highlights

TODAY = date(2026, 11, 21)  # Saturday


@pytest.mark.parametrize(
    ("text", "day", "slot"),
    [
        ("23日の午前中に届けてください。\n割れ物なので包装は多めにお願いします。", date(2026, 11, 23), "am"),
        ("2026年11月25日(水)", date(2026, 11, 25), ""),
        ("11/24 14時〜16時希望", date(2026, 11, 24), "1416"),
        ("１１月３０日　１８：００－２０：００で", date(2026, 11, 30), "1820"),
        ("午後2時から4時までにお願いしますが都合がつけば", None, None),
        ("午後2時から4時", None, "1416"),
        ("31日 夜18時〜20時", date(2026, 12, 31), "1820"),
        ("1/5着希望", date(2027, 1, 5), ""),
        ("午前中配送希望です。", None, "am"),
        ("2つ入り、14-16時指定", None, "1416"),
    ],
)
def test_a_plain_wish_is_read(text: str, day: date | None, slot: str | None) -> None:
    found = find_wish(text, TODAY)
    if slot is None:
        assert found is None
    else:
        assert found is not None
        assert (found.wish.day, found.wish.slot) == (day, slot)


@pytest.mark.parametrize(
    "text",
    [
        "23日は不在です",  # negated
        "25日か26日",  # several
        "2026年11月25日(木)",  # a Wednesday: contradicts itself
        "3日間留守にします",
        "19時以降でお願いします",
        "11月31日着",  # no such day
        "11/5にお願いします",  # gone by
        "2日後に欲しい",
        "領収書をください",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_a_person(text: str) -> None:
    assert find_wish(text, TODAY) is None


def test_spans_point_into_the_text_as_received() -> None:
    text = "できれば２３日の午前中に"
    found = find_wish(text, TODAY)
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == ["２３日", "午前中"]
    assert found.wish.text == "２３日の午前中"


def test_highlights_are_in_order_joined_and_named() -> None:
    words = {"leave": ["宅配ボックス", "置き配"], "when": ["日時", "日時指定"], "paper": ["領収書"]}
    text = "領収書希望。日時指定なし、宅配ボックスへ置き配"
    found = highlights(text, words)
    assert [(text[h.start : h.end], h.kind) for h in found] == [
        ("領収書", "paper"),
        ("日時指定", "when"),
        ("宅配ボックス", "leave"),
        ("置き配", "leave"),
    ]


def test_highlights_know_full_width_letters() -> None:
    assert [(h.start, h.end) for h in highlights("宅配ＢＯＸへ", {"leave": ["宅配box"]})] == [(0, 5)]


@given(st.text(alphabet="123４5日月/時午前後中〜ー~：:不在の 指定\n年()水", max_size=40))
def test_any_text_gives_a_future_day_or_none_and_marks_inside_it(text: str) -> None:
    found = find_wish(text, TODAY)
    if found is not None:
        assert found.wish.day is None or found.wish.day >= TODAY
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
    for mark in highlights(text, {"when": ["時", "午前", "午前中"]}):
        assert 0 <= mark.start < mark.end <= len(text)
