"""Two buttons beneath a list of the planning page: take a table over from a file, write it to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.plan import rules, tables
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.sheet import Hairline

_TABLES = "TOML (*.toml)"
_RULES = "JSON (*.json)"


class FileButtons(QWidget):
    """`take_asked()`, `write_asked()`."""

    take_asked = Signal()
    write_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        self.take_button = Button("planpage.file.take", kind="quiet", size="small", icon="file-import")
        self.take_button.clicked.connect(self.take_asked)
        self.write_button = Button("planpage.file.write", kind="quiet", size="small", icon="file-export")
        self.write_button.clicked.connect(self.write_asked)
        row.addWidget(self.take_button)
        row.addWidget(self.write_button)
        row.addStretch(1)
        column.addLayout(row)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A table as a file: `take` returns how many entries it has now and the way back, `write` how many there are."""

    name: str
    filters: str
    take: Callable[[Workspace, Path], tuple[int, Callable[[Workspace], None]]]
    write: Callable[[Workspace, Path], int]


def _table(kind: str, name: str, filters: str = _TABLES) -> FileKind:
    def take(ws: Workspace, path: Path) -> tuple[int, Callable[[Workspace], None]]:
        taken = tables.take(ws, kind, path)
        before: Mapping[str, Any] = taken.before
        return sum(taken.counts.values()), lambda ws: tables.keep(ws, kind, before)

    return FileKind(name, filters, take, lambda ws, path: sum(tables.write(ws, kind, path).counts.values()))


def _take_rules(ws: Workspace, path: Path) -> tuple[int, Callable[[Workspace], None]]:
    made = rules.take(ws, path)
    return len(made), lambda ws: rules.forget(ws, made)


PRICES = _table(tables.PRICES, "prices.csv", "CSV・TOML (*.csv *.toml)")
LIMITS = _table(tables.LIMITS, "limits.toml")
RULES = FileKind("rules.json", _RULES, _take_rules, rules.write)


class FileActs(QObject):
    """Listens to the buttons."""

    def __init__(self, desk: Desk, buttons: FileButtons, kind: FileKind, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._buttons = buttons
        self._kind = kind
        buttons.take_asked.connect(self._ask_file)
        buttons.write_asked.connect(self._ask_where)

    def _ask_file(self) -> None:
        start = self.desk.ws.options.get("import.folder") or str(Path.home())
        name = file_dialog.ask_file(
            self._buttons, text("planpage.file.take.title"), start, self._kind.filters
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Take it over."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: self._kind.take(ws, path),
            done=self._taken,
            failed=self.desk.show_fault,
            name="planpage.file.working",
        )

    def _taken(self, answer: tuple[int, Callable[[Workspace], None]]) -> None:
        count, back = answer
        self.desk.say(text("planpage.file.taken", count=count), lambda: self._undo(back))
        self.desk.tell_changed()

    def _undo(self, back: Callable[[Workspace], None]) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: back(ws), done=self._undone, failed=self.desk.show_fault)

    def _undone(self, _: None) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()

    def _ask_where(self) -> None:
        folder = Path(self.desk.ws.options.get("export.folder") or str(Path.home()))
        start = str(folder / self._kind.name)
        name = file_dialog.ask_new_file(
            self._buttons, text("planpage.file.write.title"), start, self._kind.filters
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write it there."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: self._kind.write(ws, path),
            done=lambda count: self.desk.say(text("planpage.file.written", file=path.name, count=count)),
            failed=self.desk.show_fault,
            quiet=True,
        )
