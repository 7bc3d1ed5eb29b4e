"""Times of every marketplace become the same moment, and the same day in Japan."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.formats import values

HALF_PAST_MIDNIGHT = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # the 21st in Japan


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T15:30:00+00:00",
        "2026-11-20T15:30:59Z",
        "2026-11-21T00:30:00+09:00",
        "2026-11-21T00:30:00+0900",
        "2026-11-21 00:30:00 +0900",
        "2026/11/21 0:30",
        "2026-11-21 00:30:12.345",
        "2026-11-20T10:30:00-05:00",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert values.moment(text) == HALF_PAST_MIDNIGHT
    assert values.day(text) == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["2026-11-21", "2026/11/21", "20261121", "2026/11/21 23:59"])
def test_a_bare_day_is_japans(text: str) -> None:
    assert values.day(text) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13-01",
        "2026-11-31",
        "-",
        "指定なし",
        "2026-11-20-09:00",
        "2026-11-20T15:30:00+99:00",
        "0001-01-01 00:00",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert values.moment(text) is None


@given(st.text(max_size=40))
def test_any_text_is_read_or_is_none(text: str) -> None:
    assert values.moment(text) is None or values.moment(text).tzinfo is UTC  # type: ignore[union-attr]
    assert values.day(text) is None or isinstance(values.day(text), date)


@pytest.mark.parametrize(
    "text",
    [
        "09012345678",
        "090-1234-5678",
        "'09012345678",
        "+81 90-1234-5678",
        "+81(0)90 1234 5678",
        "＋81-90-1234-5678",
    ],
)
def test_one_telephone_number_in_many_spellings(text: str) -> None:
    assert values.phone(text) == "09012345678"


def test_a_number_of_another_country_keeps_its_code() -> None:
    assert values.phone("+1 202 555 0100") == "12025550100"
