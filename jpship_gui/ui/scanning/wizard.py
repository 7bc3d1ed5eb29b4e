"""Sets the scanner up from three codes on the screen: looks at how they come, sets what can be set, and says in words
what only the scanner's own manual mends (PK-13)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.devices.input_events import InputName
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.scanning.diagnosis import JAN, NUMBER, SIGNS, Diagnosis, Heard, Trait, diagnose
from jpship_gui.domain.scanning.setup import Layout
from jpship_gui.flows.pack.scanner_codes import CODES
from jpship_gui.flows.paper.kinds import print_paper
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.scanning.code_picture import CodePicture
from jpship_gui.ui.scanning.device_watch import DeviceWatch
from jpship_gui.ui.scanning.keyboard import apply_setup
from jpship_gui.ui.scanning.recorder import Recorder
from jpship_gui.ui.scanning.sources import sources_of
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_SURE = len(CODES)  # the step after the codes: read once more
_DONE = _SURE + 1
_OPEN: list[QDialog] = []  # the one that is open; modal, so there are never two


class ScannerWizard(Retranslating, QDialog):
    """Nothing is set before all three codes came; closed earlier, everything stays as it was."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scanner = apply_setup(desk.ws.options)
        self._recorder = Recorder(self)
        self._recorder.heard.connect(self._heard)
        self._watch = DeviceWatch(self)
        self._watch.found.connect(self._device_found)
        self._device: tuple[InputName, Layout] | None = None
        self.step = 0
        self._got: list[Heard | None] = []
        self._doubted = False
        self.diagnosis: Diagnosis | None = None
        self.setModal(True)
        self.setMinimumSize(1000, 680)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._restart()
        self._watch.start()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 28, 40, 28)
        column.setSpacing(14)
        column.addWidget(Label("scanner.wizard.title", size=20, bold=True))
        self._head = Label(size=16, ink="text2")
        column.addWidget(self._head)
        self.picture = CodePicture()
        column.addWidget(self.picture)
        said = QHBoxLayout()
        said.setSpacing(12)
        self._glyph = Glyph(glyphs.ATTENTION, 24, "text3")
        self._said = Label(size=16, bold=True, wrap=True)
        said.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._said, 1)
        column.addLayout(said)
        self._note = Label("scanner.wizard.screen", ink="text2", wrap=True)
        column.addWidget(self._note)
        self.found = _Findings()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.found)
        column.addWidget(self._area, 1)
        self.own = CheckBox()
        self.own.toggled.connect(self._own_device)
        column.addWidget(self.own)
        column.addStretch(0)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.paper = Button("scanner.wizard.print", kind="quiet", icon="printer")
        self.unread = Button("scanner.wizard.unread")
        self.again = Button("scanner.wizard.restart")
        self.leave = Button("scanner.wizard.leave", kind="quiet", cap="Esc")
        self.finish = Button("scanner.wizard.done", kind="primary")
        for button, act in (
            (self.paper, self._print),
            (self.unread, self._not_read),
            (self.again, self._restart),
            (self.leave, self.reject),
            (self.finish, self.accept),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
        foot.addWidget(self.paper)
        foot.addStretch(1)
        for button in (self.again, self.unread, self.leave, self.finish):
            foot.addWidget(button)
        return foot

    def sizeHint(self) -> QSize:
        """Room for the findings."""
        return QSize(1080, 720)

    # Steps ------------------------------------------------------------------------------------------------------

    def _restart(self) -> None:
        """From the first code."""
        self._got = []
        self.diagnosis = None
        self._go(0)

    def _go(self, step: int) -> None:
        self.step, self._doubted = step, False
        if step < _SURE or (self.diagnosis is not None and not self.diagnosis.ok):
            self._scanner.release(self)
            self._scanner.record(self._recorder)
        self._show()

    def _heard(self, heard: Heard) -> None:
        if self.step >= _SURE:
            return
        if not self._doubted and not _expected(self.step, heard):
            self._doubted = True
            self._tell("attention", "scanner.wizard.again", text=heard.text)
            return
        self._take(heard)

    def _not_read(self) -> None:
        if 0 < self.step < _SURE:  # without the first nothing is known
            self._take(None)

    def _take(self, heard: Heard | None) -> None:
        self._got.append(heard)
        if len(self._got) < _SURE:
            self._go(self.step + 1)
            return
        signs, number, jan = self._got
        assert signs is not None
        options = self._desk.ws.options
        self.diagnosis = diagnose(signs, number, jan, options.get("scanner.again_ms"))
        if self.diagnosis.ok:
            self._set(self.diagnosis)
            self._scanner.record(None)
            self._scanner.claim(self)
            self._scanner.scanned.connect(self._scanned, Qt.ConnectionType.UniqueConnection)
        self._go(_SURE)

    def _set(self, found: Diagnosis) -> None:
        """The settings that read this scanner."""
        setup = found.setup
        values: Mapping[str, object] = {
            "scanner.blank_ms": setup.gap,
            "scanner.prefix": setup.prefix,
            "scanner.suffix": setup.suffix.value,
            "scanner.suffix_text": setup.suffix_text,
            "scanner.layout": setup.layout.value,
            "scanner.caps": setup.caps,
        }
        options = self._desk.ws.options
        try:
            for key, value in values.items():
                options.set(key, value)
        except Fault as fault:
            self._desk.fault.emit(fault)
        sources_of(apply_setup(options)).apply(options)

    def _scanned(self, code: str, quick: bool) -> None:
        """The sure test: as every page gets its codes."""
        if self.step != _SURE or self._scanner.owner() is not self:
            return
        if quick and code.casefold() == SIGNS.casefold():
            self._go(_DONE)
        else:
            self._tell("attention", "scanner.wizard.wrong", text=code)

    # A device of its own ----------------------------------------------------------------------------------------

    def _device_found(self, name: InputName, layout: Layout) -> None:
        self._device = (name, layout)
        self._show()

    def _own_device(self, on: bool) -> None:
        """Read from its device alone; there its keyboard is known for good, whatever this computer's is."""
        if self._device is None or self.diagnosis is None:
            return
        name, layout = self._device
        options = self._desk.ws.options
        options.set("scanner.device", name.id if on else "")
        options.set("scanner.layout", layout.value if on else self.diagnosis.setup.layout.value)
        sources_of(apply_setup(options)).apply(options)

    # Showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        reading = self.step < _SURE
        broken = self.diagnosis is not None and not self.diagnosis.ok
        code = CODES[self.step if reading else 0]
        self.picture.show_code(code.bars, code.held)
        self.picture.setVisible(self.step <= _SURE and not broken)
        if reading:
            self._head.say("scanner.wizard.step", step=self.step + 1, name=text(f"scanner.code.{code.id}"))
            self._tell("text3", "scanner.wizard.read")
        elif broken:
            self._head.say("scanner.wizard.found")
            self._tell("ng", "scanner.wizard.broken")
        elif self.step == _SURE:
            self._head.say("scanner.wizard.last")
            self._tell("text3", "scanner.wizard.sure")
        else:
            self._head.say("scanner.wizard.found")
            left = any(not finding.mends for finding in self.diagnosis.findings) if self.diagnosis else False
            self._tell("attention" if left else "ok", f"scanner.wizard.{'works_but' if left else 'works'}")
        self._note.setVisible(reading)
        self._area.setVisible(not reading)
        findings = self.diagnosis.findings if self.diagnosis else ()
        self.found.show_findings(tuple(one for one in findings if not (broken and one.mends)))
        self.own.setVisible(self.step == _DONE and self._device is not None)
        if self._device is not None:
            self.own.setText(text("scanner.wizard.own", device=self._device[0].name))
        self.paper.setVisible(self.step <= _SURE and not broken)
        self.unread.setVisible(0 < self.step < _SURE)
        self.again.setVisible(bool(self._got) and self.step != _DONE)
        self.leave.setVisible(self.step != _DONE)
        self.finish.setVisible(self.step == _DONE)

    def _tell(self, kind: str, key: str, **values: str) -> None:
        shapes = {"ok": glyphs.OK, "ng": glyphs.NG, "attention": glyphs.ATTENTION}
        self._glyph.setVisible(kind in shapes)
        if kind in shapes:
            self._glyph.set(shapes[kind], kind)
        self._said.say(key, **values)

    def retranslate(self) -> None:
        """The language was changed while it is open."""
        if hasattr(self, "finish"):
            self.setWindowTitle(text("scanner.wizard.title"))
            self._show()

    def _print(self) -> None:
        """The sheet, opened by whatever shows PDF files here."""
        target = Path(self._desk.ws.places.home) / "scanner-codes.pdf"
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: print_paper(ws, "scanner", (), target, {}), done=lambda made: _open(made.path)
        )

    # Leaving ----------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """However it ends."""
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button."""
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        self._watch.stop()
        self._scanner.record(None)
        self._scanner.release(self)


class _Findings(QWidget):
    """One line each, with its shape."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 12, 4)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        self.rows: list[QWidget] = []

    def show_findings(self, findings: tuple[Trait, ...]) -> None:
        """What the manual must mend comes first."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for finding in sorted(findings, key=lambda one: one.mends):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(10)
            shape, ink = (glyphs.OK, "ok") if finding.mends else (glyphs.ATTENTION, "attention")
            line.addWidget(Glyph(shape, 20, ink), 0, Qt.AlignmentFlag.AlignTop)
            words = Label(wrap=True)
            words.say(f"scanner.found.{finding.code}", **finding.values)
            line.addWidget(words, 1)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)


def open_wizard(desk: Desk, parent: QWidget | None = None) -> ScannerWizard:
    """Over `parent`, else the window in front. It is held until it ends: what nobody holds is gone at once."""
    wizard = ScannerWizard(desk, parent or QApplication.activeWindow())
    _OPEN.append(wizard)
    wizard.finished.connect(_OPEN.clear)
    wizard.open()
    return wizard


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _expected(step: int, heard: Heard) -> bool:
    """Whether this can be the code that is shown, and not another that was in the beam."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", heard.text).casefold() if sign.isalnum())
    wanted = (SIGNS, NUMBER, JAN[:-1])[step]
    return "".join(sign for sign in wanted.casefold() if sign.isalnum()) in plain
