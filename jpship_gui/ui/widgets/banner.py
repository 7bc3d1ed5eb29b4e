"""One line across a page that says something about all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet

_KINDS = {
    "attention": (glyphs.ATTENTION, "attention", "attention_weak", "attention_strong"),
    "ng": (glyphs.NG, "ng", "ng_weak", "ng_strong"),
    "ok": (glyphs.OK, "ok", "ok_weak", "ok_strong"),
    "done": (glyphs.PROVEN, "done", "done_weak", "done_strong"),
}


class Banner(Sheet):
    """Shape, words, and one act as a link; emits `act` when it is clicked."""

    act = Signal()

    def __init__(self, kind: str = "attention", *, act_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(ground=_KINDS[kind][2], line="", parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        self._glyph = Glyph(_KINDS[kind][0], 18, _KINDS[kind][1], _KINDS[kind][2])
        self._words = Label(ink=_KINDS[kind][3], wrap=True)
        self._link = Button(act_key or "", kind="link", size="small")
        self._link.clicked.connect(self.act)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self._link)
        self._link.setVisible(bool(act_key))

    def say(self, key: str, **values: object) -> None:
        """Words of a key."""
        self._words.say(key, **values)

    def show_text(self, words: str) -> None:
        """Words already made, such as those of a fault."""
        self._words.show_text(words)

    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def set_kind(self, kind: str) -> None:
        """Become another kind."""
        shape, ink, ground, strong = _KINDS[kind]
        self.set_colours(ground, "")
        self._glyph.set(shape, ink, ground)
        self._words.set_ink(strong)

    def set_act(self, key: str) -> None:
        """Offer another act, or none."""
        if key:
            self._link.say(key)
        self._link.setVisible(bool(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground."""
        super().paintEvent(event)
