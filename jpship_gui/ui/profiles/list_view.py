"""All profiles: the seller's own, and those ready to be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profiles import Listed
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.profiles.chips import GradeChip
from jpship_gui.ui.profiles.form_parts import heading
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Panel, Sheet

_WIDTH = 1_040


class ListView(QWidget):
    """Emits what is asked for: `new_asked`, `import_asked`, and `open_asked`, `copy_asked`, `export_asked`,
    `remove_asked` with a profile's id; `resume_asked` for what was left without saving."""

    new_asked = Signal()
    import_asked = Signal()
    open_asked = Signal(str)
    copy_asked = Signal(str)
    export_asked = Signal(str)
    remove_asked = Signal(str)
    resume_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, ProfileLine] = {}
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        ground = Panel("window")
        across = QHBoxLayout(ground)
        across.setContentsMargins(32, 20, 32, 32)
        block = QWidget()
        block.setMaximumWidth(_WIDTH)
        across.addWidget(block, 20)
        across.addStretch(1)
        area.setWidget(ground)
        self._column = QVBoxLayout(block)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(self._head())
        self.banner = Banner("attention", act_key="profiles.resume")
        self.banner.act.connect(self.resume_asked)
        self.banner.hide()
        self._column.addWidget(self.banner)
        self._column.addSpacing(8)
        self._sheets = {own: self._section(own) for own in (True, False)}
        self._column.addStretch(1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.back_button = IconButton("arrow-left", "profiles.list.back", size="small")
        self.back_button.clicked.connect(self.left)
        row.addWidget(self.back_button)
        row.addWidget(Label("profiles.list.more", ink="text2", wrap=True), 1)
        row.addSpacing(20)
        self.import_button = Button("profiles.import", icon="file-import")
        self.import_button.clicked.connect(self.import_asked)
        row.addWidget(self.import_button)
        self.new_button = Button("profiles.new", kind="primary", icon="plus")
        self.new_button.clicked.connect(self.new_asked)
        row.addWidget(self.new_button)
        return row

    def _section(self, own: bool) -> QVBoxLayout:
        self._column.addWidget(heading(f"profiles.list.{'own' if own else 'ready'}"))
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.setSpacing(0)
        self._column.addWidget(sheet)
        self._column.addSpacing(12)
        if own:
            self.none = EmptyState(
                "columns-3", "profiles.list.none", "profiles.list.none.more", primary=False, quiet=True
            )
            inside.addWidget(self.none)
        return inside

    def show_profiles(self, found: Sequence[Listed]) -> None:
        """Show these; the focus stays on the same act where it can."""
        focused = self._focused()
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        for one in found:
            line = ProfileLine(one)
            line.asked.connect(self._asked)
            self._sheets[one.own].addWidget(line)
            self.lines[one.id] = line
        self.none.setVisible(not any(one.own for one in found))
        if focused is not None:
            name, act = focused
            near = self.lines.get(name) or next(iter(self.lines.values()), None)
            if near is not None:
                near.buttons.get(act, near.buttons["open"]).setFocus()

    def _asked(self, act: str, profile_id: str) -> None:
        signals = {
            "open": self.open_asked,
            "copy": self.copy_asked,
            "export": self.export_asked,
            "remove": self.remove_asked,
        }
        signals[act].emit(profile_id)

    def _focused(self) -> tuple[str, str] | None:
        for name, line in self.lines.items():
            for act, button in line.buttons.items():
                if self.window().focusWidget() is button:
                    return name, act
        return None

    def show_parked(self, title: str) -> None:
        """Something was left without saving; "" = nothing."""
        self.banner.setVisible(bool(title))
        if title:
            self.banner.say("profiles.parked", title=title)


class ProfileLine(Retranslating, QWidget):
    """One profile: title, what it can do, who works by it, how sure it is, and its acts; `asked(act, id)`."""

    asked = Signal(str, str)

    def __init__(self, one: Listed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 12, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(3)
        self._title = ElidedLabel(one.title, bold=True)
        self._more = ElidedLabel(size=12, ink="text2" if one.fault is None else "ng")
        words.addWidget(self._title)
        words.addWidget(self._more)
        row.addLayout(words, 1)
        row.addWidget(GradeChip(one.grade))
        self.buttons: dict[str, Button | IconButton] = {}
        self._add(row)
        outer.addLayout(row)
        outer.addWidget(Hairline())
        self.retranslate()

    def _add(self, row: QHBoxLayout) -> None:
        own = self._one.own
        key = "profiles.open" if own else "profiles.copy_ready"
        acts: list[tuple[str, Button | IconButton]] = [
            ("open" if own else "copy", Button(key, size="small", icon="edit" if own else "copy")),
        ]
        if own:
            acts.append(("copy", IconButton("copy", "profiles.copy", size="small")))
        acts.append(("export", IconButton("file-export", "profiles.export", size="small")))
        if own:
            acts.append(("remove", IconButton("trash", "profiles.remove", size="small")))
        for name, button in acts:
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name, self._one.id))
            place = "open" if not self.buttons else name
            self.buttons[place] = button
            row.addWidget(button)

    def retranslate(self) -> None:
        """What it can do, its shops, its version."""
        if not hasattr(self, "_more"):
            return
        one = self._one
        if one.fault is not None:
            self._more.show_text(show_fault(one.fault).title)
            return
        able = "both" if one.reads and one.writes else "orders" if one.reads else "none"
        words = [text(f"profile.choice.direction.{able}")]
        if one.own:
            words.append(text("profiles.version", number=one.version))
        if one.shops:
            words.append(text("profiles.used_by", shops="・".join(one.shops)))
        if one.at is not None:
            words.append(" ".join(filter(None, (names.moment_words(one.at), one.person))))
        self._more.show_text("  ・  ".join(words))
