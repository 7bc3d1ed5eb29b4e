"""The packing checklist: written as text, tried on today's orders; a line that is not used is told at once (PK-16)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from jpship_gui.flows.pack import checklist
from jpship_gui.flows.pack.checklist import Checklist, Tried
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.checklist_groups import ChecklistGroups
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_SETTLE = 350  # ms without a key before it is tried
_LINES = 11
_LINE = 24  # px


class ChecklistSection(Retranslating, QWidget):
    """Nothing is used before it is saved: a half-written line must not stop a parcel."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept = ""
        self._asked = 0
        self._found = Checklist()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label("checklistpage.how", ink="text2", wrap=True))
        words = Label("checklistpage.words", size=12, ink="text2", wrap=True)
        words.setContentsMargins(0, 0, 0, 3)  # else the letters' lower ends are cut
        column.addWidget(words)
        self.editor = _Editor()
        self.editor.setFont(fonts.font(16))
        self.editor.textChanged.connect(self._edited)
        self.editor.save_asked.connect(self.save)
        column.addWidget(self.editor)
        self.flaws = Label(ink="attention_strong", wrap=True)
        self.flaws.hide()
        column.addWidget(self.flaws)
        column.addLayout(self._buttons())
        column.addSpacing(16)
        column.addWidget(Label("checklistpage.today", size=16, bold=True))
        self.none = Label("checklistpage.today.none", ink="text2")
        column.addWidget(self.none)
        self.groups = ChecklistGroups()
        column.addWidget(self.groups)
        self.most = Label(size=12, ink="text2")
        column.addWidget(self.most)
        column.addStretch(1)
        self.retranslate()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.save_button = Button("checklistpage.save", kind="primary", icon="device-floppy", cap="Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.revert_button = Button("checklistpage.revert", kind="quiet", icon="arrow-back-up")
        self.revert_button.clicked.connect(self.revert)
        self.example_button = Button("checklistpage.example", kind="link")
        self.example_button.clicked.connect(self.insert_example)
        self.state = Label(size=12, ink="text2")
        for widget in (self.save_button, self.revert_button, self.example_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.state)
        return row

    def refresh(self) -> None:
        """Show what is in use, unless somebody is writing."""
        kept = checklist.kept_text(self._desk.ws)
        if self.editor.toPlainText() in (self._kept, "") or not self._changed():
            self._kept = kept
            self.editor.setPlainText(kept)
        self._kept = kept
        self._show_state()
        self._try()

    def save(self) -> None:
        """Use it from now on; lines with flaws stay in the text and are not used."""
        ws, written = self._desk.ws, self.editor.toPlainText()
        self._desk.tasks.run(
            lambda _: checklist.save(ws, written), done=lambda _: self._saved(), failed=self._desk.show_fault
        )

    def _saved(self) -> None:
        self._kept = checklist.kept_text(self._desk.ws)
        self._show_state()
        self.kept.emit("checklist")

    def revert(self) -> None:
        """What is in use once more."""
        self.editor.setPlainText(self._kept)

    def insert_example(self) -> None:
        """Something to begin with."""
        self.editor.setPlainText(text("checklistpage.example.text"))
        self.editor.setFocus()

    def retranslate(self) -> None:
        """Words made of values."""
        if hasattr(self, "groups"):
            self.editor.setAccessibleName(text("checklistpage.field"))
            self._show_flaws()
            self._show_state()
            self._try()

    def _changed(self) -> bool:
        return self.editor.toPlainText().strip() != self._kept.strip()

    def _edited(self) -> None:
        self._show_state()
        self._timer.start()

    def _show_state(self) -> None:
        changed = self._changed()
        self.save_button.setEnabled(changed)
        self.revert_button.setVisible(changed)
        self.example_button.setVisible(not self.editor.toPlainText().strip())
        self.state.say("checklistpage.unsaved" if changed else "checklistpage.saved")
        self.state.set_ink("attention_strong" if changed else "text2")
        self.state.setVisible(changed or bool(self._kept))

    def _try(self) -> None:
        self._asked += 1
        number, ws, written = self._asked, self._desk.ws, self.editor.toPlainText()
        self._desk.tasks.run(lambda _: (number, *_tried(ws, written)), done=self._show, quiet=True)

    def _show(self, answer: tuple[int, Checklist, Tried]) -> None:
        number, found, tried = answer
        if number != self._asked:
            return
        self._found = found
        self._show_flaws()
        self.none.setVisible(not found.groups)
        self.groups.show_groups(found, tried)
        self.most.setVisible(tried.most_items > 1)
        self.most.say("checklistpage.most", items=tried.most_items, order=tried.most_order)

    def _show_flaws(self) -> None:
        """Each beneath the text, its line marked in it."""
        self.flaws.show_text("\n".join(map(checklist.flaw_words, self._found.flaws)))
        self.flaws.setVisible(bool(self._found.flaws))
        self.editor.mark({flaw.line for flaw in self._found.flaws})


class _Editor(QPlainTextEdit):
    """Ctrl+S saves; Tab leaves, as everywhere."""

    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Some lines; the style sheet takes a fixed height away."""
        return QSize(super().sizeHint().width(), _LINES * _LINE + _LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Its one key."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_S:
            self.save_asked.emit()
            return
        super().keyPressEvent(event)

    def mark(self, lines: set[int]) -> None:
        """Lay these lines, counted from 1, on the ground of attention."""
        marked = []
        for line in sorted(lines):
            block = self.document().findBlockByNumber(line - 1)
            if block.isValid():
                one = QTextEdit.ExtraSelection()
                look = QTextCharFormat()
                look.setBackground(palette.colour("attention_weak"))
                look.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
                one.format = look
                one.cursor = QTextCursor(block)
                marked.append(one)
        self.setExtraSelections(marked)


def _tried(ws: Workspace, written: str) -> tuple[Checklist, Tried]:
    found = checklist.read(ws, written)
    return found, checklist.try_on_today(ws, found)
