"""When a report that was not answered, or answered doubtfully, is worth another look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from jpship_gui.domain.confirmation import OutboxItem, SendState
from jpship_gui.net.session import is_loopback
from jpship_gui.settings.options import ShopOptions

LOST = timedelta(days=1)  # a report handed in whose answer has not come by then is taken for lost
_SETTLES_HERE = 30  # seconds; a marketplace on this machine has no queue behind it
_GROWTH = 0.5  # of a report's age: pauses grow by half each time
_LONGEST = 10  # times the first pause


@dataclass(frozen=True, slots=True)
class Timing:
    """`settle`: how long an unanswered report may still take effect. `first`: pause after the first look."""

    settle: timedelta
    first: timedelta

    def age(self, item: OutboxItem, now: datetime) -> timedelta:
        """How long ago the report left."""
        return now - (item.attempted_at or item.created_at)

    def must_be_read(self, item: OutboxItem, now: datetime) -> bool:
        """Whether no answer is to be hoped for and the order itself must be looked at."""
        return item.state is SendState.DOUBTFUL or self.age(item, now) >= self.settle

    def never_arrived(self, item: OutboxItem, now: datetime) -> bool:
        """Whether what the marketplace does not show by now will not appear any more."""
        return self.age(item, now) >= (self.settle if item.state is SendState.DOUBTFUL else LOST)

    def look_at(self, item: OutboxItem, now: datetime) -> datetime:
        """When to look next, having looked now: later and later, but not past the end of a doubt."""
        age = self.age(item, now)
        pause = min(max(self.first, age * _GROWTH), self.first * _LONGEST)
        if age < self.settle:
            return min(now + pause, now - age + self.settle)
        return now + pause


def timing_of(options: ShopOptions) -> Timing:
    """As the shop is set; a marketplace on this machine works at once."""
    seconds = int(options.get("confirm.settle_s"))
    host = urlsplit(str(options.get("api.url"))).hostname or ""
    settle = min(seconds, _SETTLES_HERE) if is_loopback(host) else seconds
    return Timing(timedelta(seconds=settle), timedelta(milliseconds=options.get("confirm.poll_ms")))
