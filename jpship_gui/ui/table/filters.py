"""What narrows the table: the menu of filters, and the row that shows those in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from jpship_gui.domain.stage import Stage
from jpship_gui.texts import text
from jpship_gui.ui.names import carrier_name, marketplace_name
from jpship_gui.ui.theme import palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating

Filters = tuple[tuple[str, str], ...]
OFFERED = ("marketplace", "shop", "carrier", "stage", "prefecture", "gift", "batch")
_ORDER = {stage.value: number for number, stage in enumerate(Stage)}
_WORDS: Mapping[str, Callable[[str], str]] = {
    "marketplace": marketplace_name,
    "carrier": carrier_name,
    "stage": lambda value: text(f"table.stage.{value}"),
    "gift": lambda value: text(f"filter.gift.{value}"),
}


def value_words(column: str, value: str) -> str:
    """A filter's value as a person reads it."""
    return _WORDS.get(column, str)(value)


def with_toggled(filters: Filters, column: str, value: str) -> Filters:
    """The filters with one pair added, or taken away if it was there."""
    pair = (column, value)
    return tuple(f for f in filters if f != pair) if pair in filters else (*filters, pair)


def fill_menu(
    menu: QMenu,
    choices: Mapping[str, Sequence[tuple[str, int]]],
    filters: Filters,
    toggled: Callable[[str, str], None],
) -> None:
    """One sub-menu a column with its values and counts; what is in force is ticked. A single column is laid flat."""
    for column, values in choices.items():
        part = menu if len(choices) == 1 else menu.addMenu(text(f"filter.{column}"))
        ordered = sorted(values, key=lambda pair: _ORDER.get(pair[0], 0)) if column == "stage" else values
        for value, count in ordered:
            act = part.addAction(f"{value_words(column, value)}   {count:,}")
            act.setCheckable(True)
            act.setChecked((column, value) in filters)
            act.triggered.connect(lambda _=False, c=column, v=value: toggled(c, v))
        if not values and part is not menu:
            part.setEnabled(False)


class FilterRow(Retranslating, QWidget):
    """Filters in force as buttons that take them away, and a way to keep the view under a name."""

    removed = Signal(str, str)
    cleared = Signal()
    kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters: Filters = ()
        self.setFixedHeight(44)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 16, 0)
        self._row.setSpacing(8)
        self._title = Label("filter.title", ink="text2", size=12)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._clear = Button("filter.clear", kind="link", size="small")
        self._clear.clicked.connect(self.cleared)
        self._keep = Button("filter.keep", kind="quiet", size="small", icon="bookmark")
        self._keep.clicked.connect(self._ask_name)
        self._name = QLineEdit()
        self._name.setFixedWidth(220)
        self._name.hide()
        self._name.returnPressed.connect(self._name_given)
        self._row.addWidget(self._title)
        self._row.addLayout(self._chips)
        self._row.addWidget(self._clear)
        self._row.addStretch(1)
        self._row.addWidget(self._name)
        self._row.addWidget(self._keep)
        self.hide()

    def show_filters(self, filters: Filters, search: str) -> None:
        """Show what is in force; the row is there only when something is."""
        self._filters = filters
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for column, value in filters:
            button = Button(size="small", icon="x")
            button.show_text(value_words(column, value))
            button.set_tip("filter.remove")
            button.clicked.connect(lambda _=False, c=column, v=value: self.removed.emit(c, v))
            self._chips.addWidget(button)
        self._clear.setVisible(len(filters) > 1)
        self._title.setVisible(bool(filters))
        self._name.hide()
        self.setVisible(bool(filters or search))

    def retranslate(self) -> None:
        """Values in the other language."""
        self._name.setPlaceholderText(text("filter.name"))
        for number, (column, value) in enumerate(self._filters):
            item = self._chips.itemAt(number)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Button):
                widget.show_text(value_words(column, value))

    def _ask_name(self) -> None:
        self._name.setPlaceholderText(text("filter.name"))
        self._name.clear()
        self._name.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_given(self) -> None:
        name = self._name.text().strip()[:24]
        self._name.hide()
        if name:
            self.kept.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and the line beneath."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, palette.colour("line"))
