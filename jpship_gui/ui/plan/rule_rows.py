"""A rule of planning as the list shows it: its place, its name, what it asks and whom it chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from jpship_gui.texts import known, text
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.theme import chips

ROW = 68


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One rule; `name` tells them apart. Rules are asked in their order, the first that fits chooses."""

    name: str
    condition: Mapping[str, Any] = field(default_factory=dict)
    way: str = ""  # `carrier/service`, several by comma, `cheapest`, `requested`
    way_words: str = ""
    others: tuple[tuple[str, str], ...] = ()  # what else the rule does, which is kept
    active: bool = True
    place: int = 0
    row_id: int = 0


def condition_words(data: Mapping[str, Any]) -> str:
    """`請求金額 が 5000 以上 かつ …`; every shipment where nothing is asked."""
    for join in ("all", "any"):
        if join in data:
            parts = [condition_words(part) for part in data[join]]
            return text(f"planpage.rule.{join}_join").join(parts)
    if not data:
        return text("planpage.rule.always")
    name, test = f"rule_field.{data['field']}", f"rule_test.{data['test']}"
    words = text(name) if known(name) else str(data["field"])
    return text(
        "planpage.rule.words",
        field=words,
        test=text(test) if known(test) else data["test"],
        value=data.get("value", ""),
    ).strip()


def _words(rule: RuleItem) -> str:
    return f"{rule.place}  {rule.name}\n{condition_words(rule.condition)}\n{rule.way_words}"


class RuleList(RowList[RuleItem]):
    """The rules in the order they are asked."""

    def __init__(self) -> None:
        super().__init__(RowModel(lambda rule: str(rule.row_id), _words), _paint, ROW)


def _paint(painter: QPainter, box: QRectF, rule: RuleItem) -> None:
    ink = "text" if rule.active else "ghost"
    number = QRectF(box.left(), box.top(), 30, box.height())
    painting.line(painter, str(rule.place), number, "text3" if rule.active else "ghost", 20, True)
    inside = box.adjusted(36, 0, 0, 0)
    upper = QRectF(inside.left(), box.top() + 6, inside.width(), 22)
    painting.line(painter, rule.name, upper, ink, 14, True)
    middle = QRectF(inside.left(), box.top() + 27, inside.width(), 18)
    painting.line(painter, condition_words(rule.condition), middle, "text2" if rule.active else "ghost", 12)
    lower = QRectF(inside.left(), box.top() + 45, inside.width(), 18)
    x = lower.left()
    carrier = rule.way.partition("/")[0]
    if carrier != rule.way:
        chips.draw_bar(painter, carrier, x, lower.center().y())
        x += 10
    words = rule.way_words
    words = words if rule.active else f"{words}  {text('planpage.rule.off')}"
    painting.line(painter, words, QRectF(x, lower.top(), lower.right() - x, 18), ink, 12)
