"""コメント / remarks: what the form wrote into it, and what the buyer really wrote (Rakuten reference 2.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.delivery import SLOT_AFTERNOON, SLOT_MORNING, slot_of_hours
from jpship_gui.domain.order import Finding, Wish

WISH_HEADING = "[配送日時指定:]"
_HEADING = re.compile(r"^\[[^\[\]]{1,60}:\]$")
_DAY_LINE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})\s*(?:[(（].[)）])?$")
_SLOT_LINE = re.compile(r"^(\d{1,2}):00\s*[-~～〜－]\s*(\d{1,2}):00$")
_WORDS = {"指定なし": "", "午前中": SLOT_MORNING, "午後": SLOT_AFTERNOON}
_DAY_IN_TEXT = re.compile(r"(?:(20\d{2})[年/-])?(\d{1,2})[月/-](\d{1,2})(?:日|(?=\D|$))")
_HOURS_IN_TEXT = re.compile(r"(\d{1,2})(?::00|時)?\s*[-~～〜－ー]\s*(\d{1,2})(?::00|時)")
_WISH_IN_TEXT = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}|20\d{2}-\d{1,2}-\d{1,2}|午前|午後|夕方|夜間|\d{1,2}時|\d{1,2}:\d{2}|日時?指定|時間指定"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark taken apart. `wish_text` is the wish as it stands in the block, "" where the block is blank."""

    buyer_text: str = ""
    wish_text: str = ""
    day: date | None = None
    slot: str = ""
    exact: bool = True  # the block has the form's own shape; otherwise the buyer typed into it


def read_remark(text: str, templates: Sequence[str] = (), near: datetime | None = None) -> Remark:
    """`templates` are texts the shop's own order form writes; `near` (aware) gives the year of a day written without
    one."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    if not lines or lines[0] != WISH_HEADING:
        return Remark(buyer_text=_own_words(lines, templates))
    used, day, slot, parts = _wish_lines(lines[1:3])
    rest = lines[1 + used :]
    typed = _block(rest) if used < 2 else ""
    own = _own_words(rest, templates)
    if typed and _WISH_IN_TEXT.search(typed):
        found_day, found_slot = _wish_in_text(typed, near)
        wish_text = " ".join((*parts, typed))
        return Remark(own, wish_text, day or found_day, slot or found_slot, exact=False)
    return Remark(own, " ".join(parts), day, slot, exact=not typed)


def _wish_lines(lines: Sequence[str]) -> tuple[int, date | None, str, list[str]]:
    """How many of the block's two lines have the form's own shape, and what they say."""
    if not lines:
        return 2, None, "", []
    day, parts = None, []
    match = _DAY_LINE.match(lines[0])
    if match:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return 0, None, "", []
        parts.append(lines[0])
    elif lines[0]:
        return 0, None, "", []
    if len(lines) == 1 or not lines[1]:
        return 2, day, "", parts
    slot = _slot(lines[1])
    if slot is None:
        return 1, day, "", parts
    return 2, day, slot, [*parts, lines[1]] if slot else parts


def _slot(line: str) -> str | None:
    if line in _WORDS:
        return _WORDS[line]
    match = _SLOT_LINE.match(line)
    return _hours(match[1], match[2]) or None if match else None


def _hours(start: str, end: str) -> str:
    try:
        return slot_of_hours(int(start), int(end))
    except ValueError:
        return ""


def _block(lines: Sequence[str]) -> str:
    """What stands in the wish block up to the next blank line or heading, in one line."""
    found: list[str] = []
    for line in lines:
        if _HEADING.match(line) or (not line and found):
            break
        if line:
            found.append(line)
    return " ".join(found)


def _wish_in_text(text: str, near: datetime | None) -> tuple[date | None, str]:
    slot = ""
    hours = _HOURS_IN_TEXT.search(text)
    if hours:
        slot = _hours(hours[1], hours[2])
    elif "午前" in text:
        slot = SLOT_MORNING
    match = _DAY_IN_TEXT.search(text)
    if match is None:
        return None, slot
    start = to_jst(near).date() if near else None
    year = int(match[1]) if match[1] else start.year if start else 0
    try:
        day = date(year, int(match[2]), int(match[3]))
        if start and not match[1] and day < start:
            day = day.replace(year=year + 1)
    except ValueError:
        return None, slot
    return day, slot


def _own_words(lines: Sequence[str], templates: Sequence[str]) -> str:
    """What is left once headings without text and the shop's own texts are gone."""
    known = {_squeeze(template) for template in templates if template.strip()}
    kept: list[str] = []
    for block in _blocks(lines):
        words = [line for line in block if line and _squeeze(line) not in known]
        heading = words[0] if words and _HEADING.match(words[0]) else ""
        body = words[1:] if heading else words
        if not body or _squeeze("".join(block)) in known or _squeeze("".join(body)) in known:
            continue
        kept += words
    own = "\n".join(kept)
    return "" if _squeeze(own) in known else own


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _HEADING.match(line):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _squeeze(text: str) -> str:
    return "".join(text.split())


def compare_wish(wish: Wish, remark: Remark) -> tuple[str, tuple[Finding, ...]]:
    """The wish of the remark where it is not that of the fields, and the finding it gives (`remark_wish_found` where
    the fields are blank, `remark_wish_differs` otherwise)."""
    if not remark.wish_text:
        return "", ()
    values = [("text", remark.wish_text)]
    if remark.day:
        values.append(("day", remark.day.isoformat()))
    if remark.slot:
        values.append(("slot", remark.slot))
    if wish.day is None and not wish.slot:
        return remark.wish_text, (Finding("remark_wish_found", "wish", tuple(values)),)
    same_day = remark.day is None or remark.day == wish.day
    same_slot = not remark.slot or remark.slot == wish.slot
    if same_day and same_slot and (remark.exact or remark.day or remark.slot):
        return "", ()
    fields = " ".join(filter(None, (wish.day.isoformat() if wish.day else "", wish.text or wish.slot)))
    return remark.wish_text, (Finding("remark_wish_differs", "wish", (*values, ("fields", fields))),)
