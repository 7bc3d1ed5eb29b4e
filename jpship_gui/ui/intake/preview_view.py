"""What taking these files would do: files, figures, the bad news first, one button with the number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jpship_gui.flows.intake.preview import CHANGED, NEW
from jpship_gui.texts import known, text
from jpship_gui.ui.intake import rows
from jpship_gui.ui.intake.figures import Figures
from jpship_gui.ui.intake.file_card import AddCard, FileCard
from jpship_gui.ui.intake.reading import SHOWN, Reading
from jpship_gui.ui.intake.repairs_sheet import RepairsSheet
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.plain_table import PlainTable
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel, Sheet

_NARROW = 1400
_MOST = 100  # rows listed of what is left out or changed; the saved file has them all


class PreviewView(Retranslating, QWidget):
    """Shows a reading; every act is a signal, the page does it."""

    take_asked = Signal()
    save_asked = Signal()
    leave_asked = Signal()
    add_asked = Signal()
    dropped = Signal(Path)
    asked = Signal(str, Path)
    repair_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = FootBar()
        row = foot.row
        self.save = Button("intakepage.save_rejected", icon="file-download", cap="Ctrl+S")
        self.leave = Button("intakepage.leave", kind="quiet", cap="Esc")
        self.hint = Label("intakepage.nothing_written", ink="text2")
        self.take = Button(kind="primary", size="large", cap="Enter")
        self.save.clicked.connect(self.save_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.take.clicked.connect(self.take_asked)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.hint)
        row.addSpacing(12)
        row.addWidget(self.take)
        return foot

    def show_reading(self, reading: Reading) -> None:
        """Show this reading in place of the one before; the place scrolled to stays."""
        self._reading = reading
        at = self._scroll.verticalScrollBar().value()
        self._fill()
        self._scroll.verticalScrollBar().setValue(at)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be taken while files are read."""
        self.take.setEnabled(not busy and self._reading is not None and self._reading.takes > 0)

    def repairs(self) -> RepairsSheet | None:
        """The sheet of damaged values, when there is one."""
        return self.findChild(RepairsSheet)

    def retranslate(self) -> None:
        """Rows carry words, so all is filled anew."""
        if self._reading is not None:
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()

    def _fill(self) -> None:
        reading = self._reading
        assert reading is not None
        ground = Panel("window")
        body = QVBoxLayout(ground)
        body.setContentsMargins(32, 20, 32, 24)
        body.setSpacing(0)
        body.addLayout(self._title(reading))
        body.addSpacing(14)
        body.addLayout(self._cards(reading))
        body.addSpacing(18)
        figures = Figures()
        figures.show_counts(reading.preview.counts)
        body.addWidget(figures)
        body.addSpacing(20)
        for words in _notes(reading):
            body.addLayout(_note(words))
            body.addSpacing(6)
        body.addSpacing(8)
        sides = QHBoxLayout()
        sides.setSpacing(32 if not self._narrow else 20)
        sides.addLayout(self._lists(reading), 1)
        repairs = reading.repairs
        if repairs:
            sheet = RepairsSheet(repairs, reading.preview.refused_repairs)
            sheet.setFixedWidth(300 if self._narrow else 420)
            sheet.chosen.connect(self.repair_chosen)
            sides.addWidget(sheet, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(sides)
        body.addStretch(1)
        self._scroll.setWidget(ground)
        self._show_foot(reading)

    def _title(self, reading: Reading) -> QHBoxLayout:
        files = text("intakepage.files", count=len(reading.preview.files))
        count = text("intakepage.rows", count=reading.rows)
        spent = text("intakepage.seconds", seconds=f"{reading.seconds:.1f}")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Label("intakepage.title", size=20, bold=True))
        summary = Label(ink="text2")
        summary.show_text(f"{files}・{count}  {spent}")
        row.addWidget(summary)
        row.addStretch(1)
        return row

    def _cards(self, reading: Reading) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        columns = 2 if self._narrow else 3
        for number, one in enumerate(reading.preview.files):
            card = FileCard(one, reading.carriers.get(one.path, ""))
            card.dropped.connect(self.dropped)
            card.asked.connect(self.asked)
            grid.addWidget(card, number // columns, number % columns)
        last = len(reading.preview.files)
        add = AddCard()
        add.asked.connect(self.add_asked)
        if last <= columns:
            add.setFixedWidth(200)
        place = (0, last) if last <= columns else (last // columns, last % columns)
        grid.addWidget(add, *place)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _lists(self, reading: Reading) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        counts = reading.preview.counts
        rejections = [r for one in reading.preview.files for r in one.rejections]
        if rejections:
            table = PlainTable(rows.REJECTED_NARROW if self._narrow else rows.REJECTED, 60)
            table.show_rows([rows.rejected_row(found, self._narrow) for found in rejections[:_MOST]])
            head = ("rejected", counts["rejected"], text("intakepage.rejected.more"))
            _section(column, (glyphs.NG, "ng"), head, table, len(rejections) - _MOST)
        changed = [
            row
            for one, found in reading.outcomes(CHANGED)
            for row in rows.changed_rows(one, found, self._narrow)
        ]
        if changed:
            table = PlainTable(rows.CHANGED_NARROW if self._narrow else rows.CHANGED, 48)
            table.show_rows(changed[:_MOST])
            head = ("changed", counts[CHANGED], text("intakepage.changed.more"))
            _section(column, (glyphs.ATTENTION, "attention"), head, table, len(changed) - _MOST)
        new = [found.order for _, found in reading.outcomes(NEW)]
        if new:
            table = PlainTable(rows.NEW_NARROW if self._narrow else rows.NEW, 36)
            table.show_rows([rows.new_row(o, reading.due.get(o.id), self._narrow) for o in new[:SHOWN]])
            shops: dict[str, int] = {}
            for order in new:
                shops[order.id.shop] = shops.get(order.id.shop, 0) + 1
            where = "・".join(f"{shop} {count:,}" for shop, count in shops.items())
            _section(column, (glyphs.OK, "accent"), ("new", counts[NEW], where), table, len(new) - SHOWN)
        column.addStretch(1)
        return column

    def _show_foot(self, reading: Reading) -> None:
        self.save.setVisible(any(one.rejections for one in reading.preview.files))
        self.take.setVisible(reading.takes > 0)
        self.take.say("intakepage.take", count=reading.takes)
        self.take.setEnabled(True)
        self.hint.say("intakepage.nothing_written" if reading.takes else _why_nothing(reading))


def _why_nothing(reading: Reading) -> str:
    return "intakepage.all_known" if reading.preview.usable else "intakepage.none_usable"


def _notes(reading: Reading) -> Sequence[str]:
    """What a person should know of the files themselves."""
    found: dict[str, None] = {}
    for one in reading.preview.files:
        for code in one.warnings:
            key = f"intake.warning.{code}"
            found[text(key) if known(key) else code] = None
        if one.absent_columns:
            columns = "・".join(one.absent_columns)
            found[text("intake.warning.columns_absent", columns=columns)] = None
        if one.repeated_rows:
            found[text("intake.repeated_rows", count=one.repeated_rows)] = None
        if one.told:
            found[text("intake.told", count=one.told)] = None
        if one.learned:
            label = text(f"option.{one.learned_key}")
            found[text("intake.learned", shop=one.learned[0], label=label, number=one.learned[1])] = None
    return tuple(found)


def _note(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    label = Label(ink="text2", wrap=True)
    label.show_text(words)
    row.addWidget(Glyph(glyphs.ATTENTION, 16, "attention", "window"))
    row.addWidget(label, 1)
    return row


def _section(
    column: QVBoxLayout, mark: tuple[str, str], head: tuple[str, int, str], table: PlainTable, hidden: int
) -> None:
    """Shape, word and count, what it means, the table on its sheet."""
    row = QHBoxLayout()
    row.setSpacing(10)
    title = Label(size=16, bold=True)
    title.show_text(f"{text(f'intake.{head[0]}')} {head[1]:,}")
    more = Label(ink="text2")
    more.show_text(head[2])
    more.setMinimumWidth(10)
    row.addWidget(Glyph(mark[0], 18, mark[1], "window"))
    row.addWidget(title)
    row.addSpacing(6)
    row.addWidget(more, 1)
    column.addLayout(row)
    column.addSpacing(10)
    sheet = Sheet()
    inside = QVBoxLayout(sheet)
    inside.setContentsMargins(4, 2, 4, 4)
    inside.addWidget(table)
    column.addWidget(sheet)
    if hidden > 0:
        column.addSpacing(6)
        column.addWidget(Label("intakepage.hidden", ink="text2", count=hidden))
    column.addSpacing(22)
