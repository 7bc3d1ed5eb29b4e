"""How a shop works now, by file or by API, what the API lacks, and where the marketplace's screens give it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.upkeep.credentials import Expiry, Level, expiry_text
from jpship_gui.flows.upkeep.shops import Standing
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.options.sign_in import SignIn
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Chip, Glyph, Icon
from jpship_gui.ui.widgets.guide import Guide
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_FINE = "net.check_ok"
_EXPIRY_LOOKS = {
    Level.FINE: (glyphs.OK, "ok"),
    Level.SOON: (glyphs.ATTENTION, "attention"),
    Level.VERY_SOON: (glyphs.ATTENTION, "attention"),
    Level.OVER: (glyphs.NG, "ng"),
    Level.UNKNOWN: (glyphs.HOLD, "text2"),
}


class _ExpiryLine(QWidget):
    """When one key ends."""

    def __init__(self, expiry: Expiry) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        shape, ink = _EXPIRY_LOOKS[expiry.level]
        words = Label(ink="text" if expiry.due else "text2", wrap=True)
        words.show_text(expiry_text(expiry))
        row.addWidget(Glyph(shape, 18, ink), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


class ConnectionCard(Retranslating, Sheet):
    """`check` is asked for by its button; tell it what came of it with `checked` or `not_checked`."""

    check = Signal()
    login = Signal()  # open the marketplace's login page
    code_given = Signal(str)  # what the browser ended at
    certify = Signal(str, str)  # user and password, to be used once

    def __init__(self, found: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._found = found
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addLayout(self._head())
        self._answer_line = self._answer()
        column.addWidget(self._answer_line)
        self._expiries = QVBoxLayout()
        self._expiries.setContentsMargins(60, 0, 0, 0)
        self._expiries.setSpacing(8)
        column.addLayout(self._expiries)
        column.addLayout(self._links())
        self.sign_in = self._sign_in()
        if self.sign_in is not None:
            self.sign_in.hide()
            column.addWidget(self.sign_in)
        self.guide = Guide()
        self._parting = Hairline()
        column.addWidget(self._parting)
        column.addWidget(self.guide)
        self._parting.hide()
        self.guide.hide()
        self._open = ""
        self.retranslate()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self._icon = Icon("file-spreadsheet", 22, "accent", tile=44)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        above = QHBoxLayout()
        above.setSpacing(10)
        market = self._found.marketplace
        above.addWidget(Chip(market, names.marketplace_name(market)))
        self._title = Label(size=16, bold=True)
        above.addWidget(self._title)
        above.addStretch(1)
        words.addLayout(above)
        self._more = Label(ink="text2", wrap=True)
        words.addWidget(self._more)
        row.addLayout(words, 1)
        self.button = Button("optionspage.check", icon="plug-connected")
        self.button.clicked.connect(self.check)
        self.button.setVisible(self._found.has_api)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _answer(self) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(60, 0, 0, 0)
        row.setSpacing(10)
        self.mark = Glyph(glyphs.OK, 20, "ok")
        self.answer = Label(wrap=True)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.answer, 1)
        block.hide()
        return block

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(60, 0, 0, 0)
        row.setSpacing(24)
        self.keys_link = Button("optionspage.guide.connect", kind="link", size="small", icon="lock-open")
        self.keys_link.clicked.connect(lambda: self._toggle("connect"))
        self.keys_link.setVisible(self._found.connect_steps > 0)
        self.upload_link = Button("optionspage.guide.upload", kind="link", size="small", icon="file-upload")
        self.upload_link.clicked.connect(lambda: self._toggle("upload"))
        self.upload_link.setVisible(self._found.upload_steps > 0)
        self.login_link = Button(kind="link", size="small", icon="external-link")
        self.login_link.say("optionspage.login" if self._found.login else "optionspage.certify")
        self.login_link.clicked.connect(self._begin_sign_in)
        self.login_link.setVisible(self._found.login or self._found.certify)
        row.addWidget(self.login_link)
        row.addWidget(self.keys_link)
        row.addWidget(self.upload_link)
        row.addStretch(1)
        return row

    def _sign_in(self) -> SignIn | None:
        if self._found.login:
            made = SignIn("optionspage.login", [("optionspage.login.code", False)])
            made.given.connect(lambda words: self.code_given.emit(words[0]))
            return made
        if self._found.certify:
            fields = [("optionspage.certify.user", False), ("optionspage.certify.password", True)]
            made = SignIn("optionspage.certify", fields)
            made.given.connect(lambda words: self.certify.emit(words[0], words[1]))
            return made
        return None

    def _begin_sign_in(self) -> None:
        if self.sign_in is None:
            return
        self.sign_in.setVisible(not self.sign_in.isVisible())
        if self.sign_in.isVisible():
            self.sign_in.fields[0].setFocus()
            if self._found.login:
                self.login.emit()

    def signed_in(self, lasting: bool) -> None:
        """The marketplace gave a key."""
        if self.sign_in is not None:
            self.sign_in.hide()
        self.kept(lasting)

    def _toggle(self, which: str) -> None:
        self._open = "" if self._open == which else which
        steps = {"connect": self._found.connect_steps, "upload": self._found.upload_steps}.get(self._open, 0)
        self.guide.show_steps([f"{self._open}.{self._found.marketplace}.{n}" for n in range(1, steps + 1)])
        self.guide.setVisible(bool(steps))
        self._parting.setVisible(bool(steps))

    def show_standing(self, found: Standing) -> None:
        """What changed when a key was given or the way was chosen."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Title and explanation; which of both ways is in use decides."""
        if not hasattr(self, "_open"):
            return
        found = self._found
        way = found.by if found.has_api or found.by == "file" else "file"
        self._icon.set("plug-connected" if way == "api" else "file-spreadsheet")
        if not found.has_api and not found.writes_files:
            self._title.say("optionspage.way.none")
        else:
            self._title.say(f"optionspage.way.{way}")
        self._more.show_text(self._explanation(way))
        self._show_expiries()

    def _show_expiries(self) -> None:
        """A line for each key that ends; quiet while there is time."""
        while (item := self._expiries.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for expiry in self._found.expiries:
            self._expiries.addWidget(_ExpiryLine(expiry))

    def _explanation(self, way: str) -> str:
        found = self._found
        parts = []
        if found.missing and found.has_api:
            words = " / ".join(text(f"option.{field}") for field in found.missing)
            parts.append(text("optionspage.way.missing", keys=words, count=len(found.missing)))
        elif way == "api":
            parts.append(text("optionspage.way.api.more"))
        if way == "file" and found.writes_files:
            parts.insert(0, text("optionspage.way.file.more"))
        elif way == "file":
            parts.append(text("optionspage.way.no_upload"))
        if found.grade and known(f"grade.{found.grade}"):
            parts.append(text(f"grade.{found.grade}"))
        return "\n".join(parts)

    def checking(self) -> None:
        """The answer is awaited."""
        self.button.setEnabled(False)
        self._answer_line.show()
        self.mark.hide()
        self.answer.say("optionspage.checking")

    def checked(self, key: str) -> None:
        """The marketplace answered; `key` are the words for it."""
        self._said("ok" if key == _FINE else "attention")
        self.answer.say(key)

    def not_checked(self, fault: Fault) -> None:
        """It did not, or it refused."""
        self._said("ng")
        shown = show_fault(fault)
        self.answer.show_text(" ".join(filter(None, (shown.title, shown.more))))

    def kept(self, lasting: bool) -> None:
        """A key was given."""
        self._said("ok" if lasting else "attention")
        self.answer.say("optionspage.secret.kept" if lasting else "optionspage.secret.session")

    def _said(self, kind: str) -> None:
        shape = {"ok": glyphs.OK, "attention": glyphs.ATTENTION, "ng": glyphs.NG}[kind]
        self.button.setEnabled(True)
        self.mark.set(shape, kind)
        self.mark.show()
        self._answer_line.show()
