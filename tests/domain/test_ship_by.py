"""Ship-by: a table of cases with cut-offs, holidays, wishes and the marketplace's own date (CK-14)."""

from datetime import UTC, date, datetime, time

import pytest

from jpship_gui.domain.calendar import BusinessCalendar
from jpship_gui.domain.clock import JST
from jpship_gui.domain.ship_by import ShipByRule, earliest_arrival, ship_by
from tests.builders import an_order

HOLIDAYS = frozenset({date(2026, 11, 3), date(2026, 11, 23), date(2027, 1, 1)})
CALENDAR = BusinessCalendar(frozenset({5, 6}), HOLIDAYS)
RULE = ShipByRule(lead_days=2, cutoff=time(15), closing=time(18), calendar=CALENDAR, transit={"沖縄県": 3})


def jst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("placed", "flags", "due"),
    [
        ("2026-11-18T14:59", (), "2026-11-20T18:00"),  # Wednesday before the cut-off
        (
            "2026-11-18T15:00",
            (),
            "2026-11-24T18:00",
        ),  # at the cut-off: counts as Thursday, then weekend and holiday
        ("2026-11-19T10:00", (), "2026-11-24T18:00"),
        ("2026-11-21T09:00", (), "2026-11-26T18:00"),  # Saturday counts as Tuesday
        ("2026-11-20T10:00", ("one_day",), "2026-11-20T18:00"),
        ("2026-11-20T16:00", ("one_day",), "2026-11-24T18:00"),
        ("2026-11-18T23:30", ("next_day",), "2026-11-19T18:00"),
        ("2026-12-31T16:00", (), "2027-01-06T18:00"),  # over the turn of the year
    ],
)
def test_days_after_the_order(placed: str, flags: tuple[str, ...], due: str) -> None:
    order = an_order(ship_from=jst(placed), flags=flags)
    assert ship_by(order, "大阪府", RULE) == jst(due)


def test_the_answer_is_utc_and_does_not_hang_on_the_input_zone() -> None:
    late = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)  # 00:30 on the 19th in Japan
    found = ship_by(an_order(ship_from=late), "大阪府", RULE)
    assert found is not None
    assert found.tzinfo is UTC
    assert (
        found == ship_by(an_order(ship_from=late.astimezone(JST)), "大阪府", RULE) == jst("2026-11-24T18:00")
    )


def test_falls_back_to_the_order_time() -> None:
    order = an_order(ship_from=None, ordered_at=jst("2026-11-18T10:00"))
    assert ship_by(order, "大阪府", RULE) == jst("2026-11-20T18:00")


def test_no_date_at_all_gives_none() -> None:
    assert ship_by(an_order(ship_from=None, ordered_at=None), "大阪府", RULE) is None


@pytest.mark.parametrize(
    ("prefecture", "wish", "due"),
    [
        ("大阪府", date(2026, 11, 28), "2026-11-20T18:00"),  # later than promised: the promise stands
        ("大阪府", date(2026, 11, 20), "2026-11-19T18:00"),
        ("沖縄県", date(2026, 11, 24), "2026-11-20T18:00"),  # three days on the way from Friday
        ("大阪府", date(2026, 11, 24), "2026-11-20T18:00"),  # Monday before it is a holiday: leaves on Friday
    ],
)
def test_a_wished_day_only_brings_forward(prefecture: str, wish: date, due: str) -> None:
    order = an_order(ship_from=jst("2026-11-18T10:00"))
    assert ship_by(order, prefecture, RULE, wish_day=wish) == jst(due)


def test_a_remote_island_takes_longer() -> None:
    rule = ShipByRule(calendar=CALENDAR, island_days=2)
    order = an_order(ship_from=jst("2026-11-17T10:00"))
    near = ship_by(order, "長崎県", rule, wish_day=date(2026, 11, 20))
    far = ship_by(order, "長崎県", rule, wish_day=date(2026, 11, 20), island=True)
    assert (near, far) == (jst("2026-11-19T18:00"), jst("2026-11-17T18:00"))


def test_the_marketplaces_own_date_wins() -> None:
    stated = jst("2026-11-25T23:59")
    order = an_order(ship_from=jst("2026-11-18T10:00"), ship_by=stated)
    assert ship_by(order, "大阪府", RULE, wish_day=date(2026, 11, 20)) == stated


def test_hours_instead_of_business_days() -> None:
    rule = ShipByRule(hours=48, calendar=CALENDAR)
    order = an_order(ship_from=jst("2026-11-20T16:20"))
    assert ship_by(order, "大阪府", rule) == jst("2026-11-22T16:20")


def test_earliest_arrival_leaves_on_the_next_business_day() -> None:
    assert earliest_arrival(date(2026, 11, 21), "大阪府", RULE) == date(2026, 11, 25)
    assert earliest_arrival(date(2026, 11, 20), "沖縄県", RULE) == date(2026, 11, 23)
