"""A row of tabs with counters; what does not fit goes into a menu at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, palette
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True, slots=True)
class TabItem:
    """One tab: its id, the key of its words (or the words themselves), the ink of its counter when it is not 0."""

    id: str
    key: str = ""
    words: str = ""
    ink: str = "text3"


class _Tab(QAbstractButton):
    """One tab of the row; the bar paints nothing, each tab paints itself."""

    def __init__(self, item: TabItem, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.count: int | None = None
        self._height = height
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Measured bold, so that choosing a tab moves nothing."""
        width = fonts.width(self.text(), 14, True)
        if self.count is not None:
            width += 8 + fonts.width(str(self.count), 14, True)
        return QSize(round(width + 0.5), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, counter, line beneath the chosen one."""
        painter = QPainter(self)
        on = self.isChecked()
        ink = "text" if on or self.underMouse() else "text2"
        painter.setPen(palette.colour(ink))
        painter.setFont(fonts.font(14, on))
        centre = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        words = fonts.width(self.text(), 14, on)
        painter.drawText(QRectF(0, 0, words + 2, self.height()), centre, self.text())
        if self.count is not None:
            busy = self.item.ink if self.count and self.item.ink != "text3" else "text3"
            painter.setPen(palette.colour("accent" if on and busy == "text3" else busy))
            painter.setFont(fonts.font(14, on or busy != "text3"))
            painter.drawText(QRectF(words + 8, 0, self.width(), self.height()), centre, str(self.count))
        if on:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent"))
            painter.drawRoundedRect(QRectF(0, self.height() - 3, self.width(), 4), 2, 2)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 9, -1, -9), 4, 4)


class Tabs(Retranslating, QWidget):
    """Emits `chosen(id)` when a person picks another tab; Left and Right walk along the row."""

    chosen = Signal(str)

    def __init__(
        self, items: Sequence[TabItem], *, height: int = 52, gap: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap = gap
        self._current = items[0].id if items else ""
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._more = IconButton("chevron-down", "ui.more", size="small", parent=self)
        self._more.clicked.connect(self._open_more)
        self._tabs: list[_Tab] = []
        self.set_items(items)

    def set_items(self, items: Sequence[TabItem]) -> None:
        """Show other tabs; the current one stays if it is among them."""
        for tab in self._tabs:
            tab.deleteLater()
        self._tabs = [_Tab(item, self.height(), self) for item in items]
        for tab in self._tabs:
            tab.clicked.connect(self._picked)
            tab.show()
        if self._current not in [item.id for item in items]:
            self._current = items[0].id if items else ""
        self.retranslate()

    def set_counters(self, counters: Mapping[str, int]) -> None:
        """Counters by id; tabs without one show none."""
        for tab in self._tabs:
            tab.count = counters.get(tab.item.id)
        self._place()

    def current(self) -> str:
        """Id of the chosen tab."""
        return self._current

    def set_gap(self, gap: int) -> None:
        """Stand closer together in a narrow window."""
        if gap != self._gap:
            self._gap = gap
            self._place()

    def choose(self, item_id: str) -> None:
        """Show another tab as chosen, without a signal."""
        self._current = item_id
        self._place()

    def sizeHint(self) -> QSize:
        """All tabs in a row."""
        width = sum(tab.sizeHint().width() + self._gap for tab in self._tabs)
        return QSize(max(0, width - self._gap), self.height())

    def minimumSizeHint(self) -> QSize:
        """The chosen tab and the menu."""
        widest = max((tab.sizeHint().width() for tab in self._tabs), default=0)
        return QSize(widest + self._gap + 36, self.height())

    def retranslate(self) -> None:
        """Words of all tabs, and their places, which depend on them."""
        for tab in self._tabs:
            words = text(tab.item.key) if tab.item.key else tab.item.words
            tab.setText(words)
            tab.setAccessibleName(words)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what fits now."""
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        ids = [tab.item.id for tab in self._tabs]
        if step is None or self._current not in ids:
            super().keyPressEvent(event)
            return
        self._choose_by_person(ids[(ids.index(self._current) + step) % len(ids)])

    def _picked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Tab):
            self._choose_by_person(sender.item.id)

    def _choose_by_person(self, item_id: str) -> None:
        changed = item_id != self._current
        self.choose(item_id)
        if changed:
            self.chosen.emit(item_id)

    def _fitting(self) -> list[_Tab]:
        """Tabs that have room; the chosen one always has."""
        room = self.width()
        widths = {tab: tab.sizeHint().width() for tab in self._tabs}
        total = sum(widths.values()) + self._gap * max(0, len(self._tabs) - 1)
        if total <= room:
            return self._tabs
        room -= self._more.sizeHint().width() + 4
        current = [tab for tab in self._tabs if tab.item.id == self._current]
        left = room - sum(widths[tab] + self._gap for tab in current)
        kept = set(current)
        for tab in self._tabs:
            if tab in kept:
                continue
            left -= widths[tab] + self._gap
            if left < 0:
                break
            kept.add(tab)
        return [tab for tab in self._tabs if tab in kept]

    def _place(self) -> None:
        fitting = self._fitting()
        x = 0
        for tab in self._tabs:
            tab.setChecked(tab.item.id == self._current)
            tab.setVisible(tab in fitting)
            if tab in fitting:
                width = tab.sizeHint().width()
                tab.setGeometry(x, 0, width, self.height())
                x += width + self._gap
            tab.update()
        self._more.setVisible(len(fitting) < len(self._tabs))
        size = self._more.sizeHint()
        self._more.setGeometry(
            x - self._gap + 8, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self.updateGeometry()

    def _open_more(self) -> None:
        menu = QMenu(self)
        for tab in self._tabs:
            if tab.isVisible():
                continue
            count = "" if tab.count is None else f"   {tab.count}"
            act = menu.addAction(tab.text() + count)
            act.setData(tab.item.id)
            act.triggered.connect(self._picked_in_menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _picked_in_menu(self) -> None:
        act = self.sender()
        if isinstance(act, QAction):
            self._choose_by_person(str(act.data()))
