"""Limits and days: entries left, the form of one right; what a setting says already is a link to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.plan.entries import AREA, KINDS, Entry
from jpship_gui.texts import known, text
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.entry_form import EntryForm, Ways
from jpship_gui.ui.plan.entry_words import name_of, said_of, title_of
from jpship_gui.ui.plan.file_buttons import FileButtons
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.theme import chips
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.foot_bar import FootBar
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel

_LIST, _ROW = 360, 60
_ELSEWHERE = (("desk", "planlimit.to_pickups"), ("shops", "planlimit.to_closed_days"))


class LimitsView(QWidget):
    """`save_asked(entry, the one it was or None)`, `remove_asked(entry)`, `settings_asked(place)`."""

    save_asked = Signal(object, object)
    remove_asked = Signal(object)
    settings_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None  # as it was read
        self._form: EntryForm | None = None
        self._forms: dict[str, EntryForm] = {}
        self._wanted = ""
        self._changed = False
        self._carriers: Ways = ()
        self._ways: Ways = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Hairline(upright=True, token="line_strong"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._editor())
        self.none = EmptyState(
            "map", "planlimit.none", "planlimit.none.more", act_key="planlimit.new.area", act_icon="plus"
        )
        self.none.act.connect(lambda: self.begin_new(AREA))
        self._stack.addWidget(self.none)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)
        self.foot = self._foot()
        column.addWidget(self.foot)
        self._show(None)

    def _left(self) -> QWidget:
        left = Panel("surface")
        left.setFixedWidth(_LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 8, 12, 8)
        head.addWidget(Label("planpage.tab.limits", size=12, ink="text2"), 1)
        self.new = IconButton("plus", "planlimit.new", size="small", cap="Ins")
        self.new.clicked.connect(self.ask_kind)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(Hairline(token="line_strong"))
        model: RowModel[Entry] = RowModel(name_of, lambda one: f"{title_of(one)}\n{said_of(one)}")
        self.list: RowList[Entry] = RowList(model, self._paint, _ROW)
        self.list.current_changed.connect(self._moved)
        column.addWidget(self.list, 1)
        column.addWidget(Hairline())
        links = QVBoxLayout()
        links.setContentsMargins(12, 6, 12, 6)
        links.setSpacing(0)
        self.links: dict[str, Button] = {}
        for place, key in _ELSEWHERE:
            link = self.links[place] = Button(key, kind="link", size="small", icon="settings")
            link.clicked.connect(lambda _=False, place=place: self.settings_asked.emit(place))
            links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(links)
        self.files = FileButtons()
        column.addWidget(self.files)
        return left

    def _editor(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = Panel("window")
        column = QVBoxLayout(ground)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(8)
        self.told = Banner("ng")
        self.told.hide()
        column.addWidget(self.told)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        area.setWidget(ground)
        return area

    def _foot(self) -> FootBar:
        foot = FootBar(left=20)
        self.remove_button = Button("planlimit.remove", kind="quiet", size="large", icon="trash")
        self.remove_button.clicked.connect(self._remove)
        self.save_button = Button(
            "planpage.rule.save", kind="primary", size="large", icon="device-floppy", cap="Ctrl+S"
        )
        self.save_button.clicked.connect(self.save)
        foot.row.addWidget(self.remove_button)
        foot.row.addStretch(1)
        foot.row.addWidget(self.save_button)
        return foot

    # Showing ----------------------------------------------------------------------------------------------------

    def show_entries(self, found: Sequence[Entry], carriers: Ways, ways: Ways) -> None:
        """Show these; what a person is editing stays."""
        self._carriers, self._ways = carriers, ways
        editing = self._changed
        self.list.show_rows(found)
        if self._wanted and self.list.go_to(self._wanted):
            self._wanted = ""
        if not editing:
            self._show(self.list.current())

    def form(self) -> EntryForm:
        """The one in sight."""
        assert self._form is not None
        return self._form

    def ask_kind(self) -> None:
        """An entry of which kind?"""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in KINDS:
            act = menu.addAction(text(f"planlimit.new.{kind}"))
            act.triggered.connect(lambda _=False, kind=kind: self.begin_new(kind))
        menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def begin_new(self, kind: str) -> None:
        """An empty form."""
        first = {"carrier": self._carriers[0][0]} if kind in ("service", "pickup") and self._carriers else {}
        self._show(Entry(kind, first), new=True)
        self._edited()
        self.form().begin()

    def saved(self) -> None:
        """It is kept."""
        self._changed = False
        self._show_foot()

    def refuse(self, fault: Fault) -> None:
        """Say beside the form what is wrong with it."""
        field = str(fault.values.get("field", ""))
        if not field:
            self.told.say("fault.plan_entry_empty")
            self.told.show()
            return
        key = f"planlimit.field.{field}"
        words = text(key) if known(key) else field
        self.told.say("fault.plan_entry_invalid", field=words, value=fault.values.get("value", ""))
        self.told.show()

    def _moved(self, entry: Entry | None) -> None:
        if not self._changed:
            self._show(entry)

    def _show(self, entry: Entry | None, *, new: bool = False) -> None:
        self._entry = None if new else entry
        self.told.hide()
        self._stack.setCurrentIndex(0 if entry is not None else 1)
        for form in self._forms.values():
            form.hide()
        self._form = None
        if entry is not None:
            self._form = self._forms.get(entry.kind) or self._made(entry.kind)
            self._form.show_values(entry.values, self._carriers, self._ways)
            self._form.show()
        self._changed = False
        self._show_foot()

    def _made(self, kind: str) -> EntryForm:
        form = self._forms[kind] = EntryForm(kind)
        form.edited.connect(self._edited)
        self._place.addWidget(form)
        return form

    def _edited(self) -> None:
        self._changed = True
        self.told.hide()
        self._show_foot()

    def _show_foot(self) -> None:
        self.foot.setVisible(self._form is not None)
        self.remove_button.setEnabled(self._entry is not None)
        self.save_button.setEnabled(self._changed)

    def retranslate_all(self) -> None:
        """Names of carriers."""
        if not self._changed:
            self._show(self.list.current())

    # Acts -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves, Ins begins a new one."""
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Insert:
            self.ask_kind()
        else:
            super().keyPressEvent(event)

    def save(self) -> None:
        """Keep it."""
        if self._changed and self._form is not None:
            made = self._form.entry()
            self._wanted = name_of(made)
            self.save_asked.emit(made, self._entry)

    def _remove(self) -> None:
        if self._entry is not None:
            self.remove_asked.emit(self._entry)

    def back(self) -> bool:
        """Esc leaves what was not saved."""
        if self._changed:
            self._show(self.list.current())
            return True
        return False

    def _paint(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        carrier = str(entry.values.get("carrier", ""))
        upper = QRectF(box.left(), box.top() + 8, box.width(), 22)
        if carrier:
            chips.draw_bar(painter, carrier, box.left(), box.top() + 19)
            upper.setLeft(box.left() + 10)
        painting.line(painter, title_of(entry, self._ways), upper, "text", 14, True)
        lower = QRectF(upper.left(), box.top() + 32, upper.width(), 18)
        painting.line(painter, said_of(entry), lower, "text2", 12)
