"""A pasted list: paste or drop, look at every line's verdict, confirm in so many words, keep what was not taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.flows.pack.pasted import Checked, check_list, read_list, report, take_list
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.entry.lines_table import LinesTable
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel, Sheet

PASTE, LOOK, ASK, DONE = "paste", "look", "ask", "done"


class ListView(Retranslating, QWidget):
    """Four steps: paste, look, ask, done. Nothing is stored before the second confirmation."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.step = PASTE
        self.checked = Checked(())
        self._turn = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._paste_step())
        self.stack.addWidget(self._look_step())
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot())
        self.retranslate()

    def _paste_step(self) -> QWidget:
        made = Panel("window")
        column = QVBoxLayout(made)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(Label("pasted.title", size=28, bold=True))
        column.addWidget(Label("pasted.how", size=16, ink="text2", wrap=True))
        self.field = QPlainTextEdit()
        self.field.setFont(fonts.font(16))
        self.field.setTabChangesFocus(True)
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.field.setAcceptDrops(False)  # the page takes files and texts that are dropped
        self.field.textChanged.connect(self._show_buttons)
        column.addWidget(self.field, 1)
        return made

    def _look_step(self) -> QWidget:
        made = Panel("surface")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.band = Sheet(ground="surface", line="", radius=0)
        row = QVBoxLayout(self.band)
        row.setContentsMargins(32, 16, 32, 16)
        row.setSpacing(4)
        self.word = Label(size=36, bold=True)
        self.word.setMinimumHeight(48)
        self.more = Label(size=16, ink="text2", wrap=True)
        row.addWidget(self.word)
        row.addWidget(self.more)
        column.addWidget(self.band)
        self.table = LinesTable()
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(self.table, 1)
        return made

    def _foot(self) -> QWidget:
        foot = FootBar(left=32)
        self.file_button = Button("pasted.file", icon="folder-open")
        self.file_button.clicked.connect(self._ask_file)
        self.back_button = Button("pasted.back", icon="arrow-left")
        self.back_button.clicked.connect(self.back)
        self.copy_button = Button("pasted.copy", icon="copy")
        self.copy_button.clicked.connect(self._copy)
        self.save_button = Button("pasted.save", icon="file-download")
        self.save_button.clicked.connect(self._save)
        self.next_button = Button("pasted.check", kind="primary", size="large")
        self.next_button.clicked.connect(self.go_on)
        self.next_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in (self.file_button, self.back_button, self.copy_button, self.save_button):
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        foot.row.addWidget(self.next_button)
        return foot

    # Acts -------------------------------------------------------------------------------------------------------

    def take_text(self, listed: str) -> None:
        """A text that was dropped or pasted outside the field."""
        self._to(PASTE)
        self.field.setPlainText(listed)

    def take_file(self, path: Path) -> None:
        """A file in place of a pasted text."""
        self.desk.tasks.run(
            lambda _: read_list(path), done=self._read, failed=self.desk.show_fault, quiet=True
        )

    def go_on(self) -> None:
        """To the next step: judge, ask, take, another list."""
        if self.step == PASTE:
            self._check()
        elif self.step == LOOK and self.checked.good:
            self._to(ASK)
        elif self.step == ASK:
            self._take()
        elif self.step == DONE:
            self.field.clear()
            self._to(PASTE)

    def back(self) -> bool:
        """One step back; whether there was one."""
        before = {LOOK: PASTE, ASK: LOOK}.get(self.step)
        if before is None:
            return False
        self._to(before)
        return True

    def _ask_file(self) -> None:
        kind = f"{text('pasted.files')} (*.csv *.tsv *.txt *.xlsx *.xls)"
        path = file_dialog.ask_file(self.window(), text("pasted.file"), str(Path.home()), kind)
        if path:
            self.take_file(Path(path))

    def _read(self, listed: str) -> None:
        self.take_text(listed)
        self._check()

    def _check(self) -> None:
        listed = self.field.toPlainText()
        if not listed.strip():
            return
        ws = self.desk.ws
        self.next_button.setEnabled(False)
        self.desk.tasks.run(
            lambda progress: check_list(ws, listed, progress=progress),
            done=self._judged,
            failed=self._failed,
            cancelled=self._show_buttons,
            name="task.pasted",
        )

    def _judged(self, found: Checked) -> None:
        self.checked = found
        self._to(LOOK)

    def _take(self) -> None:
        ws, found = self.desk.ws, self.checked
        self.next_button.setEnabled(False)
        self.desk.tasks.run(
            lambda progress: take_list(ws, found, progress),
            done=self._taken,
            failed=self._failed,
            cancelled=self._cut_short,
            name="task.pasted_taken",
        )

    def _taken(self, done: Checked) -> None:
        self.checked = done
        self._to(DONE)
        self.changed.emit()

    def _cut_short(self) -> None:
        """Stopped midway: what was taken stands, and the list is judged anew."""
        self._to(PASTE)
        self.changed.emit()
        self._check()

    def _failed(self, fault: Fault) -> None:
        self._show_buttons()
        self.desk.show_fault(fault)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(report(self.checked.left))
        self.desk.say(text("pasted.copied", count=len(self.checked.left)))

    def _save(self) -> None:
        start = str(Path.home() / f"jpship-{self.desk.ws.today()}-list.tsv")
        path = file_dialog.ask_new_file(self.window(), text("pasted.save"), start, "TSV (*.tsv)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """What was not taken, as a file a spreadsheet opens."""
        try:
            path.write_bytes(report(self.checked.left).encode("utf-8-sig"))
        except OSError as error:
            self.desk.show_fault(WorldFault("file_write", file=path.name, reason=error.strerror or ""))
            return
        self.desk.say(text("pasted.saved", file=path.name))

    # Showing ----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """All words."""
        if hasattr(self, "next_button"):
            self._to(self.step)

    def _to(self, step: str) -> None:
        self.step = step
        self.stack.setCurrentIndex(0 if step == PASTE else 1)
        good, left = len(self.checked.good), len(self.checked.left)
        if step != PASTE:
            self.word.show_text(
                text(
                    f"pasted.word.{step}" if good or step == DONE else "pasted.word.none",
                    good=good,
                    left=left,
                )
            )
            self.more.show_text(text(f"pasted.more.{step}", good=good, left=left))
            ground = {ASK: "attention_weak", DONE: "ok_weak"}.get(step, "surface")
            self.band.set_colours(ground, "")
            shown = (
                self.checked.lines
                if step == LOOK
                else self.checked.good
                if step == ASK
                else self.checked.left
            )
            self.table.lines.show_lines(shown)
        self._show_buttons()

    def _show_buttons(self) -> None:
        good, left, step = len(self.checked.good), len(self.checked.left), self.step
        self.file_button.setVisible(step == PASTE)
        self.back_button.setVisible(step in (LOOK, ASK))
        for button in (self.copy_button, self.save_button):
            button.setVisible(step in (LOOK, DONE) and left > 0)
        self.next_button.show_text(text(f"pasted.next.{step}", good=good))
        enabled = {PASTE: bool(self.field.toPlainText().strip()), LOOK: good > 0}.get(step, True)
        self.next_button.setEnabled(enabled)
