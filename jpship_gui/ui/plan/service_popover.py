"""The services a shipment could go with, in place: what each costs, why not, which one the rules chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.domain.problem import Repair
from jpship_gui.texts import text
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.lines import Choice
from jpship_gui.ui.plan.service_figures import name_of, yen
from jpship_gui.ui.theme import chips, fonts, glyphs, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

_ROW = 44
_WIDE = 460
_MOST = 10  # without scrolling
_LEAST = 4
_LINE = 52  # the line of the table it opens beneath
_PARCELS = 5  # the same


class _Choices(QWidget):
    """One row a service; emits `picked(choice)`."""

    picked = Signal(object)
    walked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: tuple[Choice, ...] = ()
        self.at = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; the chosen one is current."""
        self.choices = tuple(choices)
        self.at = next((n for n, one in enumerate(choices) if one.chosen), 0)
        self.setFixedHeight(_ROW * max(1, len(choices)))
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self.choices:
            one = self.choices[self.at]
            self.setAccessibleName(" ".join(filter(None, (one.name, one.why_not, one.note))))

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(_WIDE, _ROW * max(1, len(self.choices)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk, Enter or Space picks."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self.choices:
            self.at = (self.at + step) % len(self.choices)
            self._describe()
            self.walked.emit(self.at)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self.at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is the current one."""
        place = int(event.position().y() // _ROW)
        if 0 <= place < len(self.choices) and place != self.at:
            self.at = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        self._pick(int(event.position().y() // _ROW))

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self.choices):
            self.picked.emit(self.choices[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, carrier, service, why not or what to look at, cost."""
        painter = QPainter(self)
        for number, one in enumerate(self.choices):
            box = QRectF(0, number * _ROW, self.width(), _ROW)
            if number == self.at:
                painter.fillRect(box, palette.colour("accent_weak"))
            live = not one.why_not
            if one.chosen:
                glyphs.draw(painter, glyphs.CHECK, 14, box.center().y() - 8, 16, "accent")
            elif not live:
                glyphs.draw(painter, glyphs.NG, 14, box.center().y() - 8, 16, "text3")
            chips.draw_bar(
                painter,
                one.carrier,
                42,
                box.center().y() if not (one.why_not or one.note) else box.top() + 15,
            )
            cost = QRectF(self.width() - 112, box.top(), 96, _ROW)
            words = yen(one.cost) if one.cost is not None else ""
            ink = "text" if live else "text3"
            painting.line(
                painter, words, cost, ink if one.cost is not None else "ghost", 14, one.chosen, right=True
            )
            more = one.why_not or one.note
            name = QRectF(52, box.top() + (4 if more else 0), cost.left() - 60, 22 if more else _ROW)
            painting.line(painter, name_of(one.carrier, one.name), name, ink, 14, one.chosen)
            if more:
                token = "text3" if one.why_not else "attention"
                painting.line(painter, more, QRectF(52, box.top() + 23, cost.left() - 60, 18), token, 12)
        painter.end()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A repair of one of the problems, with its words."""

    code: str
    words: str
    repair: Repair


class _Measures(QScrollArea):
    """Weight and sides of each parcel, a field for each; `done()` after the last of them."""

    measured = Signal(str, str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_parcels(self, parcels: Sequence[tuple[str, str]]) -> None:
        """Key of each parcel with the words for what is known of it."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(14, 2, 14, 2)
        column.setSpacing(4)
        self.fields = {}
        for number, (key, words) in enumerate(parcels, start=1):
            row = QHBoxLayout()
            row.setSpacing(8)
            if len(parcels) > 1:
                label = Label(size=12, ink="text2")
                label.show_text(f"{number}/{len(parcels)}")
                label.setFixedWidth(40)
                row.addWidget(label)
            field = QLineEdit()
            field.setFont(fonts.font(14))
            field.setMaxLength(40)
            field.setPlaceholderText(words)
            field.setAccessibleName(f"{number}/{len(parcels)} {words}")
            field.returnPressed.connect(lambda key=key: self._entered(key))
            self.fields[key] = field
            row.addWidget(field)
            column.addLayout(row)
        self.setWidget(place)
        self.setFixedHeight(place.sizeHint().height() if len(parcels) <= _PARCELS else _PARCELS * 40)
        self.setVisible(bool(parcels))

    def _entered(self, key: str) -> None:
        """Keep one; the next waits for its own."""
        words = self.fields[key].text().strip()
        if not words:
            return
        keys = list(self.fields)
        following = keys[keys.index(key) + 1 :]
        if following:
            self.fields[following[0]].setFocus()
            self.ensureWidgetVisible(self.fields[following[0]])
        else:
            self.done.emit()
        self.measured.emit(key, words)


class ServicePopover(Sheet):
    """`picked(carrier, service)`, `rule_asked()`: back to what the rules say; `repaired(code, repair)`,
    `measured(parcel, words)`."""

    picked = Signal(str, str)
    repaired = Signal(str, object)
    measured = Signal(str, str)
    rule_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="raised", line="line_strong", parent=parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 10, 1, 10)
        column.setSpacing(6)
        self.title = Label(bold=True)
        self.title.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.title)
        self.remedies: list[Button] = []
        self._remedy_place = QWidget()
        self._remedy_row = QVBoxLayout(self._remedy_place)
        self._remedy_row.setContentsMargins(14, 4, 14, 4)
        self._remedy_row.setSpacing(6)
        column.addWidget(self._remedy_place)
        column.addWidget(Hairline())
        self.list = _Choices()
        self.list.picked.connect(self._picked)
        self.list.walked.connect(self._walked)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.list)
        column.addWidget(self._area)
        column.addWidget(Hairline())
        self.measures = _Measures()
        self.measures.measured.connect(self.measured)
        self.measures.done.connect(self.hide)
        column.addWidget(self.measures)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        self.rule = Button("planpage.table.by_rule", kind="link", size="small")
        self.rule.clicked.connect(self._by_rule)
        foot.addWidget(self.rule)
        foot.addStretch(1)
        column.addLayout(foot)
        self.setFixedWidth(_WIDE + 2)

    def ask(
        self,
        title: str,
        choices: Sequence[Choice],
        remedies: Sequence[Remedy],
        place: QPoint,
        *,
        by_hand: bool,
        measures: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show it at a place of the screen, above it where there is no room beneath."""
        self.title.show_text(title)
        self.list.show_choices(choices)
        self._area.setFixedHeight(min(len(choices), _MOST) * _ROW)
        self._show_remedies(remedies)
        self.measures.show_parcels(measures)
        self.rule.setVisible(by_hand)
        self.setAccessibleName(text("planpage.table.choices"))
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        room = max(area.bottom() - place.y() - 1, place.y() - _LINE - area.top())
        if self.height() > room:  # fewer rows rather than over the line it is about
            rows = (self._area.height() - (self.height() - room)) // _ROW
            self._area.setFixedHeight(max(_LEAST, rows) * _ROW)
            self.adjustSize()
        x = max(area.left(), min(place.x(), area.right() - self.width()))
        y = (
            place.y()
            if place.y() + self.height() < area.bottom()
            else max(area.top(), place.y() - self.height() - _LINE)
        )
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Esc closes it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.hide()
            return True
        return super().event(event)

    def _show_remedies(self, remedies: Sequence[Remedy]) -> None:
        for button in self.remedies:
            button.hide()
            button.deleteLater()
        self.remedies = []
        for one in remedies:
            button = Button(kind="plain", size="small", icon="check")
            button.show_text(one.words)
            button.clicked.connect(lambda _=False, one=one: self._repair(one))
            self._remedy_row.addWidget(button)
            self.remedies.append(button)
        self._remedy_place.setVisible(bool(remedies))

    def _repair(self, one: Remedy) -> None:
        self.hide()
        self.repaired.emit(one.code, one.repair)

    def _walked(self, place: int) -> None:
        self._area.ensureVisible(0, round((place + 0.5) * _ROW), 0, _ROW)

    def _picked(self, choice: Choice) -> None:
        self.hide()
        self.picked.emit(choice.carrier, choice.service)

    def _by_rule(self) -> None:
        self.hide()
        self.rule_asked.emit()
