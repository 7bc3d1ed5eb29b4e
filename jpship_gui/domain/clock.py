"""Times are kept aware in UTC and shown in Japan time (NF-06)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")


def now_utc() -> datetime:
    """The present; flows get it as an argument or from the workspace's clock, the domain never calls it."""
    return datetime.now(UTC)


def to_jst(moment: datetime) -> datetime:
    """The same moment as a Japanese clock shows it."""
    return moment.astimezone(JST)
