"""Settings: places left, the chosen one right; what is changed is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jpship_gui import texts
from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows import people
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.carriers_section import CarriersSection
from jpship_gui.ui.options.checklist_section import ChecklistSection
from jpship_gui.ui.options.desk_section import DeskSection
from jpship_gui.ui.options.locked import Locked
from jpship_gui.ui.options.papers_section import PapersSection
from jpship_gui.ui.options.people_section import PeopleSection
from jpship_gui.ui.options.printers_section import PrintersSection
from jpship_gui.ui.options.scanner_section import ScannerSection
from jpship_gui.ui.options.shops_section import ShopsSection
from jpship_gui.ui.page import Page
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_PLACES = (
    ("desk", "device-desktop"),
    ("people", "users"),
    ("scanner", "scan"),
    ("shops", "building-store"),
    ("carriers", "truck"),
    ("printers", "printer"),
    ("papers", "tags"),
    ("checklist", "clipboard-check"),
)
_WIDTH = 780
_KEPT_MS = 2500


class _Place(Retranslating, QAbstractButton):
    """One place of the list."""

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self._name, self._icon = name, icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(44)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(200, 44)

    def retranslate(self) -> None:
        """Its words."""
        self.setText(text(f"optionspage.place.{self._name}"))
        self.setAccessibleName(self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, icon, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        painter.setPen(palette.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour("accent_weak") if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icons.draw(painter, self._icon, 12, self.height() / 2 - 10, 20, "accent" if on else "text2")
        painter.setPen(palette.colour("text" if on else "text2"))
        painter.setFont(fonts.font(14, on))
        painter.drawText(
            QRectF(44, 0, self.width() - 48, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )


class OptionsPage(Page):
    """Hints: name of a place (`desk`, `scanner`, `shops`, `carriers`, `printers`, `papers`, `checklist`); ("printers",
    preset) for the printer of one kind of paper."""

    title = "stage.options"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = QWidget()
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self._list())
        side.addWidget(Hairline(upright=True))
        row.addWidget(self._side)
        self.locked = Locked(desk)
        self.locked.opened.connect(self._unlock)
        self.locked.hide()
        row.addWidget(self.locked, 1)
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 1)
        self._makers: Mapping[str, Callable[[], QWidget]] = {
            "desk": self._make_desk,
            "people": self._make_people,
            "scanner": self._make_scanner,
            "shops": self._make_shops,
            "carriers": self._make_carriers,
            "printers": self._make_printers,
            "papers": self._make_papers,
            "checklist": self._make_checklist,
        }
        self._made: dict[str, tuple[QWidget, QWidget]] = {}  # place → its scroll area, its section
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEPT_MS)
        self._timer.timeout.connect(self._kept.hide)
        self.show_place("desk")

    def _list(self) -> QWidget:
        side = Panel("window")
        side.setFixedWidth(224)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 20, 12, 20)
        column.setSpacing(2)
        self.places: dict[str, _Place] = {}
        for name, icon in _PLACES:
            place = _Place(name, icon)
            place.clicked.connect(self._opener(name))
            self.places[name] = place
            column.addWidget(place)
        column.addStretch(1)
        self._kept = Label("optionspage.kept", size=12, ink="ok")
        self._kept.setContentsMargins(12, 0, 0, 0)
        self._kept.hide()
        column.addWidget(self._kept)
        return side

    def _make_desk(self) -> QWidget:
        self.desk_section = DeskSection(self.desk)
        self.desk_section.set_here.connect(self._set_here)
        return self.desk_section

    def _make_people(self) -> QWidget:
        self.people = PeopleSection(self.desk)
        self.people.kept.connect(self._say_kept)
        return self.people

    def _make_scanner(self) -> QWidget:
        self.scanner = ScannerSection(self.desk)
        self.scanner.set_here.connect(self._say_kept)
        return self.scanner

    def _make_shops(self) -> QWidget:
        self.shops = ShopsSection(self.desk)
        self.shops.kept.connect(self._say_kept)
        return self.shops

    def _make_carriers(self) -> QWidget:
        self.carriers = CarriersSection(self.desk)
        self.carriers.kept.connect(self._say_kept)
        return self.carriers

    def _make_printers(self) -> QWidget:
        self.printers = PrintersSection(self.desk)
        self.printers.kept.connect(self._say_kept)
        return self.printers

    def _make_papers(self) -> QWidget:
        self.papers = PapersSection(self.desk)
        self.papers.kept.connect(self._say_kept)
        return self.papers

    def _make_checklist(self) -> QWidget:
        self.checklist = ChecklistSection(self.desk)
        self.checklist.kept.connect(self._say_kept)
        return self.checklist

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self.show_place(name)

    def opened(self, hint: object = None) -> None:
        """Open the place asked for."""
        self.setFocus()
        self._lock()
        if isinstance(hint, str) and hint in self.places:
            self.show_place(hint)
        elif isinstance(hint, tuple) and hint[0] == "printers":
            self.show_place("printers")
            QTimer.singleShot(0, self, lambda: self._scroll_to(self.printers.forms[hint[1]]))
        else:
            self._refresh_place()

    def _lock(self) -> None:
        """Nothing is shown to whoever may not change it."""
        with suppress(WorldFault):  # the database is away: as it was
            locked = not people.may(self.desk.ws, people.Right.SETTINGS)
            self._side.setVisible(not locked)
            self.stack.setVisible(not locked)
            self.locked.setVisible(locked)
            if locked:
                self.locked.refresh()

    def _unlock(self) -> None:
        self._lock()
        self._refresh_place()

    def _scroll_to(self, form: QWidget) -> None:
        """Bring the head of a part of the place to the top."""
        area = self.stack.currentWidget()
        ground = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and ground is not None and ground.isAncestorOf(form):
            area.verticalScrollBar().setValue(form.mapTo(ground, QPoint(0, 0)).y() - 20)

    def show_place(self, name: str) -> None:
        """Bring a place into sight, making it the first time."""
        self.places[name].setChecked(True)
        if name not in self._made:
            section = self._makers[name]()
            self._made[name] = (_scrolled(f"optionspage.place.{name}", section), section)
            self.stack.addWidget(self._made[name][0])
        self.stack.setCurrentWidget(self._made[name][0])
        self._refresh_place()

    def left(self) -> None:
        """Keys belong to the scanner's test only while it is seen."""
        if "scanner" in self._made:
            self.scanner.test.button.setChecked(False)

    def _refresh_place(self) -> None:
        section = next(made for area, made in self._made.values() if area is self.stack.currentWidget())
        if isinstance(
            section,
            (ShopsSection, CarriersSection, PrintersSection, PapersSection, ChecklistSection, PeopleSection),
        ):
            section.refresh()

    def _set_here(self, key: str) -> None:
        """Some settings act at once."""
        self._say_kept(key)
        ws = self.desk.ws
        if key == "language":
            texts.set_language(ws.options.get(key))
        elif key in ("theme", "theme.contrast"):
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            palette.apply(app, ws.options.get("theme"), high=ws.options.get("theme.contrast"))
        elif key == "desk.person":
            self.desk.ws = replace(ws, person=ws.options.get(key))
            self.desk.settled.emit()
        elif key in ("desk.pickups", "import.watch", "import.watch_folder"):
            self.desk.settled.emit()

    def _say_kept(self, key: str) -> None:
        self._kept.show()
        self._timer.start()


def _scrolled(title: str, section: QWidget) -> QWidget:
    """A place with its title, no wider than is good to read."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    ground = Panel("window")
    row = QHBoxLayout(ground)
    row.setContentsMargins(32, 20, 32, 32)
    block = QWidget()
    block.setMaximumWidth(_WIDTH)
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(20)
    column.addWidget(Label(title, size=20, bold=True))
    column.addWidget(section, 1)
    row.addWidget(block, 10)
    row.addStretch(1)
    scroll.setWidget(ground)
    return scroll
