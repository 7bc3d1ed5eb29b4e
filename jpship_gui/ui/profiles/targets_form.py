"""All values of an order with the columns they come from: what is needed first, then what has a column."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample, targets
from jpship_gui.ui.profiles.draft import Draft
from jpship_gui.ui.profiles.form_parts import heading
from jpship_gui.ui.profiles.menus import targets_menu
from jpship_gui.ui.profiles.target_row import TargetRow
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_FIRST = "first"
_GROUPS = ("order", "recipient", "goods", "buyer", "money")


class TargetsForm(QWidget):
    """Emits `edited(draft)` and `steps_asked(target, source)` of its rows."""

    edited = Signal(object)
    steps_asked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: set[str] = set()  # rows a person asked for that have no column yet
        self._draft: Draft | None = None
        self._columns: Sequence[ColumnSample] = ()
        self.rows: dict[str, TargetRow] = {}
        self._lines: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(10)
        self._sheets: dict[str, tuple[Label, Sheet, QVBoxLayout]] = {}
        for group in (_FIRST, *_GROUPS):
            title = heading(f"profiles.group.{group}" if group == _FIRST else f"profile.group.{group}")
            sheet = Sheet()
            inside = QVBoxLayout(sheet)
            inside.setContentsMargins(1, 4, 1, 4)
            inside.setSpacing(0)
            column.addWidget(title)
            column.addWidget(sheet)
            self._sheets[group] = (title, sheet, inside)
        for name in targets():
            self._add(name, _group_of(name))
        self.more_button = Button("profiles.add_target", size="small", icon="plus")
        self.more_button.clicked.connect(self._open_more)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _add(self, name: str, group: str) -> None:
        block = QWidget()
        inside = QVBoxLayout(block)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        row = TargetRow(name)
        row.edited.connect(self.edited)
        row.steps_asked.connect(self.steps_asked)
        inside.addWidget(row)
        inside.addWidget(Hairline())
        self.rows[name] = row
        self._lines[name] = block
        self._sheets[group][2].addWidget(block)
        block.hide()

    def show_draft(self, draft: Draft, columns: Sequence[ColumnSample]) -> None:
        """Show a draft; rows without a column are hidden unless an order needs them or a person asked for them."""
        self._draft, self._columns = draft, columns
        whole = bool(draft.sources("recipient.street"))
        shown_in: dict[str, int] = {}
        for name, target in targets().items():
            need = target.need != "may" and not (name == "recipient.address" and whole)
            shown = bool(draft.sources(name)) or need or name in self._wanted
            self._lines[name].setVisible(shown)
            if shown:
                self.rows[name].show_draft(draft, columns)
                group = _group_of(name)
                shown_in[group] = shown_in.get(group, 0) + 1
        for group, (title, sheet, _) in self._sheets.items():
            title.setVisible(bool(shown_in.get(group)))
            sheet.setVisible(bool(shown_in.get(group)))

    def want(self, target: str) -> None:
        """Show a target's row although it has no column."""
        self._wanted.add(target)
        if self._draft is not None:
            self.show_draft(self._draft, self._columns)
        row = self.rows[target]
        (row.choose_button or row).setFocus()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as the form is read."""
        return [*(stop for row in self._in_order() for stop in row.stops()), self.more_button]

    def _in_order(self) -> list[TargetRow]:
        groups = (_FIRST, *_GROUPS)
        return sorted(self.rows.values(), key=lambda row: groups.index(_group_of(row.target)))

    def show_first(self, names: Collection[str]) -> None:
        """Bring the first of these into sight and give its button the focus."""
        for name, row in self.rows.items():
            if name in names and not self._lines[name].isHidden():
                row.confirm_button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _open_more(self) -> None:
        shown = [name for name, line in self._lines.items() if line.isVisibleTo(self)]
        menu = targets_menu(self, self.want, shown)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))


def _group_of(name: str) -> str:
    """The sheet a target stands on: what an order needs comes first."""
    target = targets()[name]
    return _FIRST if target.need != "may" else target.group
