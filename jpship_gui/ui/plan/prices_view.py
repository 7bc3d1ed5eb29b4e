"""The shop's prices: a sheet for each service left, its table right, typed into or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.plan.prices import PriceSheet, Step, read_step, step_words
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.editor_view import EditorView
from jpship_gui.ui.plan.price_grid import PriceGrid
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.profiles.form_parts import Words, heading
from jpship_gui.ui.theme import chips
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Sheet

_LIST, _ROW = 320, 56
Ways = Sequence[tuple[str, str]]  # `carrier/service` with its words


def _sheet_name(sheet: PriceSheet) -> str:
    return "/".join(str(part or "") for part in sheet.name)


class PricesView(EditorView[PriceSheet]):
    """`save_asked(sheet, the one it was or None)`, `remove_asked(sheet)`."""

    save_asked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: PriceSheet | None = None  # as it was read
        self._open = False
        self._ways: Ways = ()
        self._words: dict[str, str] = {}
        none = EmptyState(
            "receipt",
            "planpage.price.none",
            "planpage.price.none.more",
            act_key="planpage.price.new",
            act_icon="plus",
        )
        keys = Label("planpage.price.keys", ink="text2")
        self._lay_out(self._left(), self._editor(), none, self._foot("planpage.price.remove", keys))

    def _left(self) -> QWidget:
        self.new = IconButton("plus", "planpage.price.new", size="small", cap="Ins")
        self.new.clicked.connect(self.begin)
        model: RowModel[PriceSheet] = RowModel(_sheet_name, _sheet_name)
        self.list: RowList[PriceSheet] = RowList(model, self._paint, _ROW)
        return self._beside(_LIST, Label("planpage.prices", size=12, ink="text2"), [self.new])

    def _editor(self) -> QWidget:
        ground, column = self._ground(20)
        form = QHBoxLayout()
        form.setSpacing(16)
        self.way = Choice([("", "")], "", width=260)
        self.way.currentIndexChanged.connect(lambda _: self._edited())
        self.since, self.until = Words(130), Words(130)
        for key, field in (
            ("planpage.price.service", self.way),
            ("planpage.price.since", self.since),
            ("planpage.price.until", self.until),
        ):
            form.addLayout(_titled(key, field))
        form.addStretch(1)
        column.addLayout(form)
        axes = QHBoxLayout()
        axes.setSpacing(16)
        self.zones, self.steps = Words(360), Words(260)
        axes.addLayout(_titled("planpage.price.zones", self.zones))
        axes.addLayout(_titled("planpage.price.steps", self.steps))
        axes.addStretch(1)
        column.addLayout(axes)
        for field in (self.since, self.until):
            field.said.connect(lambda _: self._edited())
            field.setPlaceholderText("2026-04-01")
        for field in (self.zones, self.steps):
            field.editingFinished.connect(self._laid)
            field.said.connect(lambda _: self._edited())
        self.told = Banner("ng")
        self.told.hide()
        column.addWidget(self.told)
        column.addSpacing(4)
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(2, 2, 2, 2)
        self.grid = PriceGrid()
        self.grid.prices.edited.connect(self._edited)
        self.grid.refused.connect(lambda: self._tell("planpage.price.no_amount"))
        inside.addWidget(self.grid)
        column.addWidget(sheet, 1)
        return ground

    # Showing ----------------------------------------------------------------------------------------------------

    def show_sheets(self, found: Sequence[PriceSheet], ways: Ways) -> None:
        """Show these; what a person is editing stays."""
        self._ways, self._words = ways, dict(ways)
        self._show_rows(found)

    def begin(self) -> None:
        """A sheet for the first service."""
        carrier, _, service = (self._ways[0][0] if self._ways else "").partition("/")
        self._show(PriceSheet(carrier, service), new=True)
        self._changed = True
        self.way.setFocus()
        self._show_foot()

    def saved(self) -> None:
        """It is kept."""
        self._kept()

    def _show(self, sheet: PriceSheet | None, *, new: bool = False) -> None:
        self._open = sheet is not None
        self._sheet = None if new else sheet
        self._changed = False
        self._stack.setCurrentIndex(0 if sheet is not None else 1)
        self.told.hide()
        if sheet is not None:
            self.way.set_choices(self._ways, f"{sheet.carrier}/{sheet.service}")
            self.since.setText(sheet.since.isoformat() if sheet.since else "")
            self.until.setText(sheet.until.isoformat() if sheet.until else "")
            self.zones.setText("、".join(zone or text("planpage.price.everywhere") for zone in sheet.zones))
            self.steps.setText("、".join(map(step_words, sheet.steps)))
            cells = {
                (row, column): sheet.yen[zone, step]
                for row, zone in enumerate(sheet.zones)
                for column, step in enumerate(sheet.steps)
                if (zone, step) in sheet.yen
            }
            self._lay(sheet.zones, sheet.steps, cells)
        self._show_foot()

    def _lay(self, zones: Sequence[str], steps: Sequence[Step], cells: dict[tuple[int, int], int]) -> None:
        self._axes = (tuple(zones), tuple(steps))
        words = [zone or text("planpage.price.everywhere") for zone in zones]
        titles = [step_words(step) if step != (None, None) else text("planpage.price.any") for step in steps]
        self.grid.prices.show_prices(words, titles, cells)

    def _read_axes(self) -> tuple[tuple[str, ...], tuple[Step, ...]] | None:
        """Zones and steps as typed; None while one of them says nothing."""
        everywhere = text("planpage.price.everywhere")
        zones = tuple("" if one == everywhere else one for one in _parts(self.zones.text())) or ("",)
        steps = [read_step(one) for one in _parts(self.steps.text())] or [(None, None)]
        if any(step is None for step in steps):
            return None
        return tuple(dict.fromkeys(zones)), tuple(dict.fromkeys(step for step in steps if step is not None))

    def _laid(self) -> None:
        """Other zones or steps: prices of those that stay are kept."""
        axes = self._read_axes()
        if axes is None:
            self._tell("planpage.price.no_step")
            return
        if axes != self._axes:
            zones, steps = self._axes
            known = {
                (zones[row], steps[column]): yen for (row, column), yen in self.grid.prices.cells.items()
            }
            cells = {
                (row, column): known[zone, step]
                for row, zone in enumerate(axes[0])
                for column, step in enumerate(axes[1])
                if (zone, step) in known
            }
            self._lay(*axes, cells)
            self._edited()

    def _unedited(self) -> None:
        self.told.hide()

    def _tell(self, key: str) -> None:
        self.told.say(key)
        self.told.show()

    def _show_foot(self) -> None:
        self.foot.setVisible(self._open)
        self.remove_button.setEnabled(self._sheet is not None)
        self.save_button.setEnabled(self._changed and bool(self.grid.prices.cells))

    # Acts -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep it, if its days are days."""
        self._laid()
        if not self.save_button.isEnabled() or self._read_axes() is None:
            return
        try:
            since, until = (
                date.fromisoformat(field.text().strip()) if field.text().strip() else None
                for field in (self.since, self.until)
            )
        except ValueError:
            self._tell("planpage.price.no_day")
            return
        zones, steps = self._axes
        yen = {(zones[row], steps[column]): one for (row, column), one in self.grid.prices.cells.items()}
        carrier, _, service = str(self.way.currentData()).partition("/")
        base = self._sheet or PriceSheet(carrier, service)
        made = replace(
            base,
            carrier=carrier,
            service=service,
            since=since,
            until=until,
            zones=zones,
            steps=steps,
            yen=yen,
        )
        self._wanted = _sheet_name(made)
        self.save_asked.emit(made, self._sheet)

    def _remove(self) -> None:
        if self._sheet is not None:
            self.remove_asked.emit(self._sheet)

    def _paint(self, painter: QPainter, box: QRectF, sheet: PriceSheet) -> None:
        chips.draw_bar(painter, sheet.carrier, box.left(), box.top() + 18)
        upper = QRectF(box.left() + 10, box.top() + 7, box.width() - 10, 22)
        way = f"{sheet.carrier}/{sheet.service}"
        painting.line(painter, self._words.get(way, way), upper, "text", 14, True)
        since = names.day_short(sheet.since) if sheet.since else ""
        until = names.day_short(sheet.until) if sheet.until else ""
        days = f"{since}–{until}" if since or until else text("planpage.price.always")
        count = text("planpage.price.count", count=len(sheet.yen))
        painting.line(painter, f"{days}  {count}", upper.translated(0, 22).adjusted(0, 0, 0, -4), "text2", 12)


def _titled(key: str, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(heading(key))
    column.addWidget(field)
    return column


def _parts(words: str) -> list[str]:
    """Separated by commas of either kind."""
    return [one.strip() for one in words.replace("、", ",").replace("，", ",").split(",") if one.strip()]
