"""Business days around weekends, holidays and a shop's own days."""

from datetime import date

from jpship_gui.domain.calendar import BusinessCalendar

WEEK = BusinessCalendar(frozenset({5, 6}), frozenset({date(2026, 11, 23)}))  # Monday, labour thanksgiving day


def test_counts_over_a_weekend_and_a_holiday() -> None:
    assert WEEK.add(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert WEEK.add(date(2026, 11, 19), 2) == date(2026, 11, 24)


def test_zero_days_from_a_closed_day_is_the_next_open_one() -> None:
    assert WEEK.add(date(2026, 11, 21), 0) == date(2026, 11, 24)
    assert WEEK.add(date(2026, 11, 20), 0) == date(2026, 11, 20)


def test_goes_back_over_closed_days() -> None:
    assert WEEK.at_or_before(date(2026, 11, 23)) == date(2026, 11, 20)


def test_an_own_open_day_wins_over_weekend_and_holiday() -> None:
    calendar = BusinessCalendar(WEEK.closed_weekdays, WEEK.holidays, frozenset({date(2026, 11, 23)}))
    assert calendar.add(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_a_shop_that_never_opens_does_not_hang() -> None:
    closed = BusinessCalendar(frozenset(range(7)))
    assert closed.at_or_after(date(2026, 11, 20)) == date(2026, 11, 20)
