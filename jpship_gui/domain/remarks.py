"""What a buyer wrote: words that ask for attention, and a delivery wish in free text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from jpship_gui.domain.delivery import SLOT_AFTERNOON, SLOT_MORNING, slot_of_hours
from jpship_gui.domain.order import Wish


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of the text (end exclusive) and the kind of request it belongs to (`when`, `leave`, `gift`, …)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class FoundWish:
    """A delivery wish read from free text, and where it stands."""

    wish: Wish
    spans: tuple[tuple[int, int], ...]


# One character for one, so that positions hold in the text as received.
_WIDTH = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | dict.fromkeys("〜～−‐–—―", "~") | {"　": " "}
)
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = rf"(?:\s*\(([{_WEEKDAYS}])(?:曜日?)?\))?"
_DATES = (
    re.compile(rf"(?P<y>20\d\d)[年/.\-](?P<m>\d{{1,2}})[月/.\-](?P<d>\d{{1,2}})日?{_WEEKDAY}"),
    re.compile(rf"(?<!\d)(?P<m>\d{{1,2}})月\s*(?P<d>\d{{1,2}})日{_WEEKDAY}"),
    re.compile(rf"(?<![\d/])(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?![\d/]){_WEEKDAY}"),
    re.compile(
        rf"(?<![\d月])(?P<d>\d{{1,2}})日(?!間|後|前|以内|以上|ほど|程|くらい|ぐらい|分|目|め){_WEEKDAY}"
    ),
)
_HOURS = re.compile(
    r"(?P<half>午後|夜)?(?P<a>\d{1,2})(?:時|:00)?\s*(?:~|-|から)\s*(?:午後|夜)?(?P<b>\d{1,2})(?:時|:00)"
)
_HALVES = (
    (re.compile(r"(?<![A-Za-z])(?:午前中?|AM)(?![A-Za-z0-9時]|\d)"), SLOT_MORNING),
    (re.compile(r"午後(?!\d)"), SLOT_AFTERNOON),
)
_NOT_A_WISH = re.compile(
    r"不在|以外|以降|以前|以後|までに|不可|避け|ダメ|だめ|無理|困|ません|ない(?!う)|留守|旅行|出張"
)


_PAST_DAYS = 60  # 1/5 written in December is next year's; 11/5 written on 11/20 is a slip, not next year


def highlights(text: str, words: Mapping[str, Sequence[str]]) -> tuple[Highlight, ...]:
    """Where words (by kind) stand in a text, in order; overlapping ones are joined, the longer names the kind."""
    plain = text.translate(_WIDTH)
    hits = [
        Highlight(match.start(), match.end(), kind)
        for kind, some in words.items()
        for word in some
        for match in _pattern(word).finditer(plain)
    ]
    joined: list[Highlight] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if joined and hit.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Highlight(last.start, max(last.end, hit.end), last.kind)
        else:
            joined.append(hit)
    return tuple(joined)


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word.translate(_WIDTH)), re.IGNORECASE)


def find_wish(text: str, today: date) -> FoundWish | None:
    """The one delivery wish a text plainly states; None for none, several, contradicting or negated ones.

    A date without a year or month is the next such day from `today` on.
    """
    plain = text.translate(_WIDTH)
    days = list(_days(plain, today))
    slots = list(_slots(plain))
    if len({day for day, _ in days}) > 1 or len({slot for slot, _ in slots}) > 1 or not (days or slots):
        return None
    if any(day is None for day, _ in days) or _NOT_A_WISH.search(plain):
        return None
    spans = tuple(sorted(span for _, span in (*days, *slots)))
    start, end = spans[0][0], spans[-1][1]
    wish = Wish(days[0][0] if days else None, slots[0][0] if slots else "", text[start:end])
    return FoundWish(wish, spans)


def _days(plain: str, today: date) -> list[tuple[date | None, tuple[int, int]]]:
    found: list[tuple[date | None, tuple[int, int]]] = []
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append((_day(match, today), match.span()))
    return found


def _day(match: re.Match[str], today: date) -> date | None:
    parts = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        day = _next(parts, today)
    except ValueError:
        return None
    weekday = match.group(match.re.groups)
    if day is None or day < today or (weekday and _WEEKDAYS.index(weekday) != day.weekday()):
        return None
    return day


def _next(parts: Mapping[str, int], today: date) -> date | None:
    """The day meant (it may lie in the past); ValueError where no such date exists, None where none lies near."""
    if "y" in parts:
        return date(parts["y"], parts["m"], parts["d"])
    if "m" in parts:
        day = date(today.year, parts["m"], parts["d"])
        far_back = day < today - timedelta(days=_PAST_DAYS)
        return date(today.year + 1, parts["m"], parts["d"]) if far_back else day
    for ahead in range(45):
        day = today + timedelta(days=ahead)
        if day.day == parts["d"]:
            return day
    return None


def _slots(plain: str) -> list[tuple[str, tuple[int, int]]]:
    found: list[tuple[str, tuple[int, int]]] = []
    for match in _HOURS.finditer(plain):
        start, end = int(match["a"]), int(match["b"])
        if match["half"] and end <= 12:
            start, end = start + 12 if start < 12 else start, end + 12
        if 0 <= start < end <= 24:
            found.append((slot_of_hours(start, end), match.span()))
    if not found:
        found = [(slot, match.span()) for pattern, slot in _HALVES for match in pattern.finditer(plain)]
    return found
