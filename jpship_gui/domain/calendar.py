"""Business days: which days a shop ships, counted forwards and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_FAR = 366  # a calendar closed for a year ships never; counting stops there


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """`closed_weekdays` with Monday 0; a day in `open_days` is open whatever else says."""

    closed_weekdays: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    open_days: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether the shop ships on that day."""
        if day in self.open_days:
            return True
        return day.weekday() not in self.closed_weekdays and day not in self.holidays

    def at_or_after(self, day: date) -> date:
        """The first business day from `day` on."""
        return self._seek(day, _DAY)

    def at_or_before(self, day: date) -> date:
        """The last business day up to `day`."""
        return self._seek(day, -_DAY)

    def add(self, day: date, count: int) -> date:
        """The `count`-th business day after `day`; `day` itself (or the next business day) for 0."""
        day = self.at_or_after(day)
        for _ in range(count):
            day = self.at_or_after(day + _DAY)
        return day

    def _seek(self, day: date, step: timedelta) -> date:
        found = day
        for _ in range(_FAR):
            if self.is_open(found):
                return found
            found += step
        return day
