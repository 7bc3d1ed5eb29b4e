"""The one window that says a fault of the program itself."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from jpship_gui.texts import text
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label


class BugDialog(QDialog):
    """What happened and what to do; where in the program, folded beneath (no values, they may be personal)."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.setWindowTitle(text("bug.title"))
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Glyph(glyphs.NG, 24, "ng"))
        head.addWidget(Label("bug.title", size=20, bold=True), 1)
        column.addLayout(head)
        column.addWidget(Label("bug.words", ink="text2", wrap=True))
        self._more = QPlainTextEdit(_where(error))
        self._more.setReadOnly(True)
        self._more.setFixedHeight(180)
        self._more.hide()
        column.addWidget(self._more)
        row = QHBoxLayout()
        more = Button("bug.more", kind="link")
        more.clicked.connect(self._unfold)
        close = Button("ui.close", kind="primary")
        close.clicked.connect(self.reject)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(more)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def _unfold(self) -> None:
        self._more.setVisible(not self._more.isVisible())
        self.adjustSize()


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(error).__name__, *places])
