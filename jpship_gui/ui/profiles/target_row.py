"""One of jpship's values: the columns it comes from, what is done to them, and whether that was only guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample, Source, Step, targets
from jpship_gui.texts import text
from jpship_gui.ui.profiles.chips import PressChip
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.menus import add_columns, columns_menu
from jpship_gui.ui.theme import fonts, glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_NAME = 176
_LINE = 28  # px of one line of chips
_MARK = 16
_MARKS = {"must": (glyphs.PROBLEM, "ng"), "should": (glyphs.ATTENTION, "attention")}


class TargetRow(Retranslating, QWidget):
    """Emits `edited(draft)` with the draft after a person's edit, and `steps_asked(target, source)`."""

    edited = Signal(object)
    steps_asked = Signal(str, int)

    def __init__(self, target: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self._draft: Draft | None = None
        self._columns: Sequence[ColumnSample] = ()
        self._shown: tuple[object, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        self._mark = Glyph(glyphs.OK, _MARK, "text3")
        self._name = Label(f"profile.target.{target}", wrap=True)
        self._name.setFixedWidth(_NAME)
        self._name.setMinimumHeight(_LINE)
        mark = QVBoxLayout()
        mark.addSpacing((_LINE - _MARK) // 2)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        self._place = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        self._flow = FlowLayout(6, self._place)
        row.addWidget(self._place, 1)
        self.confirm_button = Button("profiles.confirm", kind="link", size="small", icon="check")
        self.confirm_button.clicked.connect(self._confirm)
        row.addWidget(self.confirm_button, 0, Qt.AlignmentFlag.AlignTop)
        self.chips: list[PressChip] = []
        self.choose_button: Button | None = None

    def show_draft(self, draft: Draft, columns: Sequence[ColumnSample]) -> None:
        """Show this target of a draft; nothing is made anew where nothing changed, so that the focus stays."""
        self._draft, self._columns = draft, columns
        sources, unsure = draft.sources(self.target), self.target in draft.unsure
        shown = (sources, unsure, tuple(column.name for column in columns))
        if shown == self._shown:
            return
        focused = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._shown = shown
        self._clear()
        need = targets()[self.target].need
        shape, ink = _MARKS.get(need, (glyphs.OK, "ghost")) if not sources else (glyphs.OK, "ok")
        self._mark.set(*((glyphs.ATTENTION, "attention") if unsure else (shape, ink)))
        self._name.setFont(fonts.font(14, need == "must"))
        for place, source in enumerate(sources):
            self._add_source(place, source, unsure=unsure)
        if not sources:
            self.choose_button = Button("profiles.choose_column", size="small")
            self.choose_button.clicked.connect(lambda: self._pop(self._choices(), self.choose_button))
            self._flow.addWidget(self.choose_button)
        self.confirm_button.setVisible(unsure)
        self._place.updateGeometry()
        self._flow.invalidate()
        self.updateGeometry()
        if had_focus:
            (self.chips[0] if self.chips else self.choose_button or self).setFocus()

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        choose = [] if self.choose_button is None else [self.choose_button]
        return [*self.chips, *choose, self.confirm_button]

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = []
        self.choose_button = None

    def _add_source(self, place: int, source: Source, *, unsure: bool) -> None:
        if place:
            self._flow.addWidget(_small("profiles.or"))
        for number, column in enumerate(source.columns):
            if number:
                self._flow.addWidget(_small("profiles.and"))
            chip = PressChip(column, icon="chevron-down", dashed=unsure)
            chip.setProperty("column", column)
            chip.clicked.connect(self._opener(place, column, chip))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        words = steps_words(source.steps)
        if source.steps is None:  # what is usual needs no words
            steps = PressChip("", icon="adjustments", ground="", ink="text2", size=12)
        else:
            steps = PressChip(words, ground="", ink="text2", size=12)
        steps.setAccessibleName(words)
        steps.setToolTip(f"{text('profiles.steps.tip')}: {words}")
        steps.clicked.connect(lambda: self.steps_asked.emit(self.target, place))
        self._flow.addWidget(steps)
        self.chips.append(steps)

    def _opener(self, place: int, column: str, chip: PressChip) -> Callable[[], None]:
        return lambda: self._pop(self._column_menu(place, column), chip)

    def _pop(self, menu: QMenu, over: QWidget | None) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = over or self
        menu.popup(place.mapToGlobal(QPoint(0, place.height())))

    def _choices(self) -> QMenu:
        draft = self._shown_draft()
        return columns_menu(self, self._columns, lambda name: self._emit(draft.take(self.target, name)))

    def _column_menu(self, place: int, column: str) -> QMenu:
        menu = QMenu(self)
        menu.setFont(fonts.font(14))
        draft, target = self._shown_draft(), self.target
        if target in draft.unsure:
            menu.addAction(text("profiles.menu.confirm")).triggered.connect(self._confirm)
        for key, change in (
            ("swap", lambda name: draft.swap(target, place, column, name)),
            ("join", lambda name: draft.join(target, place, name)),
            ("or", lambda name: draft.add_alternative(target, name)),
        ):
            more = QMenu(text(f"profiles.menu.{key}"), menu)
            more.setFont(fonts.font(14))
            add_columns(more, self._columns, self._changes(change), draft.sources(target)[place].columns)
            menu.addMenu(more)
        steps = menu.addAction(text("profiles.menu.steps"))
        steps.triggered.connect(lambda: self.steps_asked.emit(target, place))
        menu.addSeparator()
        drop = menu.addAction(text("profiles.menu.drop"))
        drop.triggered.connect(lambda: self._emit(draft.drop(target, place, column)))
        return menu

    def _changes(self, change: Callable[[str], Draft]) -> Callable[[str], None]:
        return lambda name: self._emit(change(name))

    def _emit(self, draft: Draft) -> None:
        self.edited.emit(draft)

    def _confirm(self) -> None:
        self._emit(self._shown_draft().confirm(self.target))

    def _shown_draft(self) -> Draft:
        assert self._draft is not None
        return self._draft

    def retranslate(self) -> None:
        """The chips' words are made anew."""
        if getattr(self, "_shown", ()) and self._draft is not None:
            self._shown = ()
            self.show_draft(self._draft, self._columns)


def _small(key: str) -> Label:
    label = Label(key, size=12, ink="text3")
    label.setFixedHeight(_LINE)
    return label


def steps_words(steps: tuple[Step, ...] | None) -> str:
    """What a source's steps are, in a few words."""
    if steps is None:
        return text("profiles.steps.auto")
    if not steps:
        return text("profiles.steps.none")
    words = "・".join(text(f"transform.{step.name}") for step in steps[:2])
    return words if len(steps) <= 2 else text("profiles.steps.more", words=words, count=len(steps) - 2)
