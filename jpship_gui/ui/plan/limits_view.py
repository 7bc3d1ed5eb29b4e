"""Limits and days: entries left, the form of one right; what a setting says already is a link to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.plan.entries import AREA, KINDS, Entry
from jpship_gui.texts import known, text
from jpship_gui.ui.plan import painting
from jpship_gui.ui.plan.editor_view import EditorView
from jpship_gui.ui.plan.entry_form import EntryForm, Ways
from jpship_gui.ui.plan.entry_words import name_of, said_of, title_of
from jpship_gui.ui.plan.row_list import RowList, RowModel
from jpship_gui.ui.theme import chips
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline

_LIST, _ROW = 360, 60
_ELSEWHERE = (("desk", "planlimit.to_pickups"), ("shops", "planlimit.to_closed_days"))


class LimitsView(EditorView[Entry]):
    """`save_asked(entry, the one it was or None)`, `remove_asked(entry)`, `settings_asked(place)`."""

    save_asked = Signal(object, object)
    settings_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None  # as it was read
        self._form: EntryForm | None = None
        self._forms: dict[str, EntryForm] = {}
        self._carriers: Ways = ()
        self._ways: Ways = ()
        none = EmptyState(
            "map", "planlimit.none", "planlimit.none.more", act_key="planlimit.new.area", act_icon="plus"
        )
        self._lay_out(self._left(), self._editor(), none, self._foot("planlimit.remove"))

    def _left(self) -> QWidget:
        self.new = IconButton("plus", "planlimit.new", size="small", cap="Ins")
        self.new.clicked.connect(self.ask_new)
        model: RowModel[Entry] = RowModel(name_of, lambda one: f"{title_of(one)}\n{said_of(one)}")
        self.list: RowList[Entry] = RowList(model, self._paint, _ROW)
        beneath = QWidget()
        links = QVBoxLayout(beneath)
        links.setContentsMargins(12, 6, 12, 6)
        links.setSpacing(0)
        self.links: dict[str, Button] = {}
        for place, key in _ELSEWHERE:
            link = self.links[place] = Button(key, kind="link", size="small", icon="settings")
            link.clicked.connect(lambda _=False, place=place: self.settings_asked.emit(place))
            links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        title = Label("planpage.tab.limits", size=12, ink="text2")
        return self._beside(_LIST, title, [self.new], Hairline(), beneath)

    def _editor(self) -> QWidget:
        ground, column = self._ground(20)
        self.told = Banner("ng")
        self.told.hide()
        column.addWidget(self.told)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        return self._scrolling(ground)

    # Showing ----------------------------------------------------------------------------------------------------

    def show_entries(self, found: Sequence[Entry], carriers: Ways, ways: Ways) -> None:
        """Show these; what a person is editing stays."""
        self._carriers, self._ways = carriers, ways
        self._show_rows(found)

    def form(self) -> EntryForm:
        """The one in sight."""
        assert self._form is not None
        return self._form

    def ask_new(self) -> None:
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
        self._kept()

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

    def _unedited(self) -> None:
        self.told.hide()

    def _show_foot(self) -> None:
        self.foot.setVisible(self._form is not None)
        self.remove_button.setEnabled(self._entry is not None)
        self.save_button.setEnabled(self._changed)

    # Acts -------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An area, where there is nothing yet."""
        self.begin_new(AREA)

    def save(self) -> None:
        """Keep it."""
        if self._changed and self._form is not None:
            made = self._form.entry()
            self._wanted = name_of(made)
            self.save_asked.emit(made, self._entry)

    def _remove(self) -> None:
        if self._entry is not None:
            self.remove_asked.emit(self._entry)

    def _paint(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        carrier = str(entry.values.get("carrier", ""))
        upper = QRectF(box.left(), box.top() + 8, box.width(), 22)
        if carrier:
            chips.draw_bar(painter, carrier, box.left(), box.top() + 19)
            upper.setLeft(box.left() + 10)
        painting.line(painter, title_of(entry, self._ways), upper, "text", 14, True)
        lower = QRectF(upper.left(), box.top() + 32, upper.width(), 18)
        painting.line(painter, said_of(entry), lower, "text2", 12)
