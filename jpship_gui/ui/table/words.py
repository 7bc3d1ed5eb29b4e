"""What a row says: the words of each cell, its state's shape, and its tool tips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from math import ceil

from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.table.list_rows import TableRow
from jpship_gui.texts import text
from jpship_gui.ui.due import DUE_SOON, SETTLED
from jpship_gui.ui.names import (
    carrier_name,
    day_short,
    gives_no_number,
    marketplace_name,
    moment_words,
    slot_words,
    span_words,
    tracking_words,
)
from jpship_gui.ui.theme import fonts, glyphs

# Stage → ink of its word; grey is the normal state, so that what is wrong or proven speaks.
STAGE_INKS: Mapping[Stage, str] = {
    Stage.CHECK: "ng",
    Stage.CANCELLED: "ng",
    Stage.HOLD: "text",
    Stage.CONFIRM: "done",
    Stage.PACKED: "ok",
    Stage.HANDED_OVER: "ok",
    Stage.ACCEPTED: "ok",
    Stage.SHIPPED: "ok",
    Stage.SENT: "text2",
    Stage.NOT_OURS: "ghost",
}
_STAGE_GLYPHS: Mapping[Stage, tuple[str, str]] = {
    Stage.CANCELLED: (glyphs.NG, "ng"),
    Stage.HOLD: (glyphs.HOLD, "text2"),
    Stage.VERIFY: (glyphs.OK, "ok"),
    Stage.CONFIRM: (glyphs.PROVEN, "done"),
    Stage.PACKED: (glyphs.PROVEN, "ok"),
    Stage.HANDED_OVER: (glyphs.PROVEN, "ok"),
    Stage.SENT: (glyphs.PROVEN, "text3"),
    Stage.ACCEPTED: (glyphs.PROVEN, "ok"),
    Stage.SHIPPED: (glyphs.PROVEN, "ok"),
}


def only_remark(row: TableRow) -> bool:
    """Whether an unread remark is all that stops it: to be read, not an error."""
    return row.remark_unread and row.problem_count <= 1


def stage_words(row: TableRow) -> tuple[str, str]:
    """The derived word and its ink."""
    if row.stage is Stage.CHECK and only_remark(row):
        return text("table.remark_unread"), "attention"
    return text(f"table.stage.{row.stage.value}"), STAGE_INKS.get(row.stage, "text2")


def state_glyph(row: TableRow) -> tuple[str, str, int]:
    """Shape, ink and count of the state column."""
    if row.stage not in SETTLED and row.problem_count:
        if row.worst_severity == "warn" or only_remark(row):
            return glyphs.ATTENTION, "attention", 0
        return glyphs.PROBLEM, "ng", row.problem_count
    shape, ink = _STAGE_GLYPHS.get(row.stage, (glyphs.OK, "text3"))
    return shape, ink, 0


def ship_by_parts(row: TableRow, now: datetime) -> tuple[str, str, str, bool]:
    """(small word, figure, ink, bold): what is left of the time, or the date once nothing is left to do."""
    if row.ship_by is None:
        return "", "–", "ghost", False
    if row.stage in SETTLED:
        return "", moment_words(row.ship_by).split(" ")[0], "text3", False
    left = row.ship_by - now
    if left < timedelta(0):
        return text("table.late"), span_words(left), "ng", True
    if left < DUE_SOON:
        return text("table.left"), span_words(left), "attention", True
    return text("table.left"), span_words(left), "text", False


def wish_parts(row: TableRow) -> tuple[str, str]:
    """Day and slot of the delivery wish."""
    day = day_short(date.fromisoformat(row.wish_day)) if row.wish_day else ""
    return day, slot_words(row.wish_slot)


def _ship_by(row: TableRow, now: datetime) -> str:
    word, figure, _, _ = ship_by_parts(row, now)
    return f"{word} {figure}".strip()


def _goods(row: TableRow, now: datetime) -> str:
    parts = [row.goods_name, row.goods_variant, f"×{row.goods_quantity}"]
    if row.more_lines:
        parts.append(text("table.more_lines", count=row.more_lines))
    return " ".join(part for part in (*parts, *parcel_words(row)) if part)


def parcel_words(row: TableRow) -> tuple[str, ...]:
    """That it travels with other orders, in several boxes, or without a number."""
    together = text("table.together", count=row.together) if row.together else ""
    silent = is_untracked(row.tracking_no) or gives_no_number(row.carrier, row.service)
    untracked = text("track.untracked") if silent else ""
    several = text("table.boxes", count=row.parcels) if row.parcels > 1 else ""
    return tuple(filter(None, (together, several, untracked)))


# Column → its words as text, for copying, screen readers and tests.
CELLS: Mapping[str, Callable[[TableRow, datetime], str]] = {
    "tick": lambda row, now: "",
    "state": lambda row, now: str(row.problem_count or ""),
    "ship_by": _ship_by,
    "shop": lambda row, now: f"{marketplace_name(row.marketplace)} {row.shop}",
    "number": lambda row, now: row.number,
    "recipient": lambda row, now: row.recipient_name,
    "goods": _goods,
    "wish": lambda row, now: " ".join(wish_parts(row)).strip(),
    "carrier": lambda row, now: carrier_name(row.carrier),
    "stage": lambda row, now: stage_words(row)[0],
    "quantity": lambda row, now: str(row.pieces),
    "service": lambda row, now: row.service,
    "batch": lambda row, now: row.batch_label,
    "tracking_no": lambda row, now: tracking_words(row.tracking_no),
    "key": lambda row, now: row.key,
}


def _state_tip(row: TableRow, now: datetime) -> str:
    if row.problem_count and row.stage not in SETTLED:
        return text("table.tip.problems", count=row.problem_count)
    return stage_words(row)[0]


def _ship_by_tip(row: TableRow, now: datetime) -> str:
    if row.ship_by is None:
        return text("table.tip.no_ship_by")
    return text("table.tip.ship_by", moment=moment_words(row.ship_by))


_CARRIERS = ("yamato", "sagawa", "jppost")
_BARS_WIDTH = 37 + 6  # the five bars of the state column and their gap


def least_width(column_id: str) -> int:
    """Pixels a column needs for its usual words in the present language, cell margins included; 0 = any."""
    if column_id == "carrier":
        return ceil(max(fonts.width(carrier_name(carrier), 14) for carrier in _CARRIERS)) + 10 + 10 + 4
    if column_id == "stage":
        words = [text(f"table.stage.{stage.value}") for stage in Stage] + [text("table.remark_unread")]
        return ceil(max(fonts.width(word, 14) for word in words)) + _BARS_WIDTH + 20
    return 0


# Columns whose tool tip says more than their words.
TIPS: Mapping[str, Callable[[TableRow, datetime], str]] = {
    "state": _state_tip,
    "ship_by": _ship_by_tip,
    "recipient": lambda row, now: f"{row.recipient_name}  {row.prefecture}",
}
