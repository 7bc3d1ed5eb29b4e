"""Scanner and sounds: scan anything and see what arrived; hear the four sounds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.settings.options import find
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.extras_group import ExtrasGroup
from jpship_gui.ui.options.field import FieldRow, field_for
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.options.sound_tiles import SoundTiles
from jpship_gui.ui.pack.sound import Speaker
from jpship_gui.ui.pack.voice import Voice
from jpship_gui.ui.scanning.keyboard import apply_setup, scanner_of
from jpship_gui.ui.scanning.known_devices import choices_of
from jpship_gui.ui.scanning.sources import sources_of
from jpship_gui.ui.theme import fonts, glyphs, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_SCANNER = (
    *("blank_ms", "again_ms", "prefix", "suffix", "suffix_text", "layout", "caps"),
    *("device", "port", "baud"),
)


class ScanTest(Retranslating, QWidget):
    """Press its button, scan anything: it shows the code as it came, sign by sign, and how it came.

    Only while it listens do the keys belong to it.
    """

    read = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scanner = scanner_of(desk.ws.options.get("scanner.blank_ms"))
        self._code = ""
        self._quick = False
        self._listening = False
        self.setFixedHeight(168)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        row = QHBoxLayout()
        self.button = Button("optionspage.scan.listen", icon="scan")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._listen)
        row.addWidget(self.button)
        row.addSpacing(12)
        self._help = Label("optionspage.scan.help", ink="text2", wrap=True)
        row.addWidget(self._help, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._scanner.scanned.connect(self._scanned)

    def code(self) -> str:
        """What was read last."""
        return self._code

    def _listen(self, on: bool) -> None:
        self._listening = on
        if on:
            self._scanner.claim(self)
        else:
            self._scanner.release(self)
        self.button.say("optionspage.scan.stop" if on else "optionspage.scan.listen")
        self.update()

    def _scanned(self, code: str, quick: bool) -> None:
        if not self._listening:
            return
        self._code, self._quick = code, quick
        self.read.emit(code, quick)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keys belong to nobody who is not seen."""
        self.button.setChecked(False)
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Start afresh."""
        super().showEvent(event)
        self._code = ""

    def retranslate(self) -> None:
        """Words stand in the painting."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The code large, beneath it its length, its signs and how it came."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(24, 64, self.width() - 48, self.height() - 80)
        painter.setPen(palette.colour("accent" if self._listening else "line"))
        painter.setBrush(palette.colour("accent_weak" if self._listening else "window"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        middle = Qt.AlignmentFlag.AlignVCenter
        inside = box.adjusted(20, 0, -20, 0)
        if not self._code:
            key = "optionspage.scan.waiting" if self._listening else "optionspage.scan.nothing"
            painter.setPen(palette.colour("text2"))
            painter.setFont(fonts.font(16))
            painter.drawText(inside, middle, text(key))
            return
        glyphs.draw(
            painter,
            glyphs.OK if self._quick else glyphs.ATTENTION,
            inside.left(),
            box.center().y() - 14,
            28,
            "ok" if self._quick else "attention",
            "window",
        )
        words = inside.adjusted(44, 8, 0, 0)
        painter.setPen(palette.colour("text"))
        painter.setFont(fonts.font(28, True))
        shown = fonts.metrics(28, True).elidedText(
            _visible(self._code), Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(QRectF(words.left(), words.top(), words.width(), 40), middle, shown)
        painter.setPen(palette.colour("text2"))
        painter.setFont(fonts.font(12))
        how = text("optionspage.scan.quick" if self._quick else "optionspage.scan.typed")
        length = text("optionspage.scan.length", count=len(self._code))
        painter.drawText(
            QRectF(words.left(), words.top() + 42, words.width(), 22), middle, f"{length}   {how}"
        )
        painter.end()


def _visible(code: str) -> str:
    """Signs nobody sees by their names: a blank before a code is the commonest fault of a scanner's setting."""
    return "".join(sign if sign.isprintable() and sign != " " else f"⟨{ord(sign):02X}⟩" for sign in code)


class ScannerSection(QWidget):
    """Settings are kept at once."""

    set_here = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._speaker: Speaker | None = None
        self._voice: Voice | None = None
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        self.test = ScanTest(desk)
        self.wizard = Button("scanner.wizard.open", icon="scan")
        self.wizard.clicked.connect(self._open_wizard)
        rows = [self._row(f"scanner.{name}") for name in _SCANNER]
        column.addWidget(
            Group("optionspage.group.scan", [FieldRow("scanner.wizard", self.wizard), self.test, *rows])
        )
        self.sounds = SoundTiles()
        self.sounds.wanted.connect(self.play)
        rows = [self._row(key) for key in ("sound.set", "sound.volume", "sound.speech")]
        sounds = [*rows, FieldRow("sound.test", self.sounds)]
        column.addWidget(Group("optionspage.group.sound", sounds))
        self.extras = ExtrasGroup(desk)
        self.extras.set_here.connect(self.set_here)
        column.addWidget(self.extras)
        column.addStretch(1)

    def _open_wizard(self) -> None:
        from jpship_gui.ui.scanning.wizard import open_wizard

        self.test.button.setChecked(False)
        open_wizard(self._desk, self).finished.connect(self._settings_changed)

    def _settings_changed(self) -> None:
        """The wizard set them."""
        for name in _SCANNER:
            key = f"scanner.{name}"
            row = self.rows[key]
            fresh = self._field(key)
            sheet = row.parentWidget()
            layout = sheet.layout() if sheet is not None else None
            if layout is not None:
                layout.replaceWidget(row, fresh)
            fresh.changed.connect(self._set)
            self.rows[key] = fresh
            row.hide()
            row.deleteLater()
            self.set_here.emit(key)

    def _row(self, key: str) -> FieldRow:
        row = self._field(key)
        row.changed.connect(self._set)
        self.rows[key] = row
        return row

    def _field(self, key: str) -> FieldRow:
        value = self._desk.ws.options.get(key)
        return field_for(find(key), value, choices_of(key, str(value)))

    def _set(self, key: str, value: str) -> None:
        options = self._desk.ws.options
        try:
            options.set(key, value)
        except Fault as fault:
            self.rows[key].refuse(fault)
            return
        self.rows[key].refuse(None)
        if key.startswith("scanner."):
            sources_of(apply_setup(options)).apply(options)
        else:
            self._silence()
        self.set_here.emit(key)

    def play(self, name: str) -> None:
        """One of the four, as loud as it is set."""
        options = self._desk.ws.options
        if self._speaker is None:
            self._speaker = Speaker(options.get("sound.volume"), options.get("sound.set"))
        self._speaker.play(name)
        self.sounds.handed()
        if self._voice is None:
            self._voice = Voice(options.get("sound.speech"))
        self._voice.say(text(f"packfeel.sound.{name}"))

    def hideEvent(self, event: QHideEvent) -> None:
        """The sounds' files are made anew when they are asked for again."""
        self._silence()
        super().hideEvent(event)

    def _silence(self) -> None:
        """Both are made anew, as they are set then."""
        if self._speaker is not None:
            self._speaker.close()
            self._speaker = None
        if self._voice is not None:
            self._voice.close()
            self._voice = None
