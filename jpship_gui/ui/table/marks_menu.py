"""Handling marks of the chosen orders, said by a person: a menu of marks, and the way back to goods and shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from jpship_gui.domain.handling_marks import MARKS
from jpship_gui.flows.paper.marks import marks_by_key, set_marks
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk

Found = Mapping[str, tuple[str, ...]]


class MarksMenu(QMenu):
    """Ticked is what all of them bear now; it is read after the menu opened, and can be chosen from then on."""

    def __init__(self, desk: Desk, keys: Sequence[str], parent: QWidget) -> None:
        super().__init__(text("table.marks"), parent)
        self._desk = desk
        self._keys = tuple(keys)
        self._here: set[str] = set()
        self.marks: dict[str, QAction] = {}
        for mark in MARKS:
            act = self.addAction(text(f"mark.{mark}"))
            act.setCheckable(True)
            act.setEnabled(False)
            act.triggered.connect(lambda on, mark=mark: self._toggle(mark, on))
            self.marks[mark] = act
        self.addSeparator()
        self.usual = self.addAction(text("table.marks_usual"))
        self.usual.triggered.connect(lambda: self._say(None))
        ws, wanted = desk.ws, self._keys
        desk.tasks.run(lambda _: marks_by_key(ws, wanted), done=self._show, quiet=True)

    def _show(self, found: Found) -> None:
        every = [set(marks) for marks in found.values()]
        if not isValid(self) or not every:  # the menu may be closed and gone by now
            return
        self._here = set.intersection(*every)
        for mark, act in self.marks.items():
            act.setChecked(mark in self._here)
            act.setEnabled(True)

    def _toggle(self, mark: str, on: bool) -> None:
        self._here = self._here | {mark} if on else self._here - {mark}
        self._say(" ".join(one for one in MARKS if one in self._here))

    def _say(self, wanted: str | None) -> None:
        desk, keys = self._desk, self._keys
        desk.tasks.run(
            lambda _: set_marks(desk.ws, keys, wanted),
            done=lambda found: _said(desk, len(found)),
            failed=desk.show_fault,
            quiet=True,
        )


def _said(desk: Desk, count: int) -> None:
    desk.say(text("table.marks_said", count=count))
    desk.tell_changed()
