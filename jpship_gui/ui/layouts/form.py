"""What may be changed on a paper, as its declaration says: form, logo, shops, fields, texts, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from jpship_gui.flows.paper.layouts import Layout, LayoutKind, Logo, layout_kind
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Sheet

_WORDS = 116
_FIELD = 300
_ROOM = 424  # px of a part's inside
_LINE = 22


class LayoutForm(Retranslating, QWidget):
    """Emits `changed(layout)` after each edit, `shop_ticked(shop, on)`, `logo_asked`."""

    changed = Signal(object)
    shop_ticked = Signal(str, bool)
    logo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._body: QWidget | None = None
        self._value: Layout | None = None
        self._usual: dict[str, str] = {}
        self.name: QLineEdit | None = None
        self.fields: dict[str, CheckBox] = {}
        self.texts: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.sizes: dict[str, Choice] = {}
        self.shops: dict[str, CheckBox] = {}

    def show_layout(
        self,
        layout: Layout,
        *,
        live: bool,
        shops: Sequence[tuple[str, bool]],
        usual: dict[str, str],
    ) -> None:
        """Show this one; `live` = it may be changed, `usual` are the texts that stand where it has none."""
        self._value, self._usual = layout, usual
        self.fields, self.texts, self.sizes, self.shops = {}, {}, {}, {}
        kind = layout_kind(layout.kind)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._part(column, "base", self._base(kind, layout, live))
        self._part(column, "shops", self._shops(shops))
        if kind.fields:
            self._part(column, "fields", self._fields(kind, layout, live))
        if kind.texts:
            self._part(column, "texts", self._texts(kind, layout, live))
        if kind.sizes:
            self._part(column, "sizes", self._sizes(kind, layout, live))
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._column.addWidget(body)

    def value(self) -> Layout | None:
        """The layout as it is in the form."""
        return self._value

    def set_logo(self, logo: Logo | None) -> None:
        """Another logo, or none."""
        if self._value is not None:
            self._set(replace(self._value, logo=logo))
            self._show_logo()

    def _set(self, layout: Layout) -> None:
        self._value = layout
        self.changed.emit(layout)

    def _part(self, column: QVBoxLayout, key: str, content: QWidget) -> None:
        title = Label(f"layouts.part.{key}", size=12, bold=True, ink="text2")
        title.setMinimumHeight(18)
        column.addWidget(title)
        sheet = Sheet()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.addWidget(content)
        column.addWidget(sheet)
        column.addSpacing(8)

    def _grid(self) -> tuple[QWidget, QGridLayout]:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, _WORDS)
        grid.setColumnStretch(1, 1)
        return content, grid

    def _base(self, kind: LayoutKind, layout: Layout, live: bool) -> QWidget:
        content, grid = self._grid()
        self.name = QLineEdit(layout.name)
        self.name.setMaxLength(60)
        self.name.setCursorPosition(0)
        self._row(grid, "layouts.name", self.name, live)
        self.name.textEdited.connect(self._named)
        forms = [(form, text(f"layout.form.{kind.id}.{form}")) for form in kind.forms]
        self.form = Choice(forms, layout.form, _FIELD)
        self.form.currentIndexChanged.connect(self._formed)
        if len(forms) > 1:
            self._row(grid, "layouts.form", self.form, live)
        papers = kind.forms.get(layout.form, ())
        self.paper = Choice([(one, one) for one in papers], layout.paper or papers[0], 120)
        self.paper.currentIndexChanged.connect(self._papered)
        if any(len(found) > 1 for found in kind.forms.values()):
            self._row(grid, "layouts.paper", self.paper, live)
        if kind.logo is not None:
            self._row(grid, "layouts.logo", self._logo_row(live), True)
        return content

    def _row(self, grid: QGridLayout, key: str, control: QWidget, live: bool) -> None:
        row = grid.rowCount()
        label = Label(key)
        label.setMinimumHeight(36)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        control.setEnabled(live)
        control.setAccessibleName(text(key))
        if isinstance(control, QLineEdit):
            control.setFont(fonts.font(14))
            grid.addWidget(control, row, 1)
        else:
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)

    def _logo_row(self, live: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.logo_button = Button("layouts.logo.choose", icon="folder-open", size="small")
        self.logo_button.clicked.connect(self.logo_asked)
        self.logo_remove = Button("layouts.logo.remove", kind="quiet", size="small")
        self.logo_remove.clicked.connect(lambda: self.set_logo(None))
        self._logo_words = Label(size=12, ink="text2", wrap=True)
        self.logo_button.setEnabled(live)
        self.logo_remove.setEnabled(live)
        line.addWidget(self.logo_button)
        line.addWidget(self._logo_words, 1)
        line.addWidget(self.logo_remove)
        self._show_logo()
        return row

    def _show_logo(self) -> None:
        logo = self._value.logo if self._value else None
        self.logo_remove.setVisible(logo is not None)
        if logo is None:
            self._logo_words.say("layouts.logo.none")
        else:
            self._logo_words.say("layouts.logo.size", wide=logo.width, high=logo.height)

    def _shops(self, shops: Sequence[tuple[str, bool]]) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for shop, on in shops:
            box = CheckBox(checked=on)
            box.setText(shop)
            box.setAccessibleName(shop)
            box.setEnabled(not on)  # a shop leaves a layout by taking another
            box.toggled.connect(lambda ticked, shop=shop: self.shop_ticked.emit(shop, ticked))
            self.shops[shop] = box
            column.addWidget(box)
        if not shops:
            column.addWidget(Label("layouts.no_shops", ink="text2"))
        return content

    def _fields(self, kind: LayoutKind, layout: Layout, live: bool) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for name, usual in kind.fields.items():
            box = CheckBox(f"layout.field.{name}", checked=layout.fields.get(name, usual))
            box.setEnabled(live)
            box.toggled.connect(lambda on, name=name: self._ticked(name, on))
            self.fields[name] = box
        widest = max(box.sizeHint().width() for box in self.fields.values())
        columns = 2 if 2 * widest <= _ROOM else 1
        for index, box in enumerate(self.fields.values()):
            grid.addWidget(box, index // columns, index % columns)
            grid.setColumnStretch(index % columns, 1)
        return content

    def _texts(self, kind: LayoutKind, layout: Layout, live: bool) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for name, part in kind.texts.items():
            label = Label(f"layout.text.{name}")
            label.setMinimumHeight(24)
            column.addWidget(label)
            field: QLineEdit | QPlainTextEdit
            if part.lines > 1:
                field = _Lines(layout.texts.get(name, ""))
                field.setFixedHeight(18 + _LINE * min(part.lines, 4))
                field.textChanged.connect(lambda name=name: self._written(name))
            else:
                field = QLineEdit(layout.texts.get(name, ""))
                field.textEdited.connect(lambda _, name=name: self._written(name))
                field.setMaxLength(part.max)
            field.setFont(fonts.font(14))
            field.setEnabled(live)
            usual = self._usual.get(name, "").split("\n")[0]
            words = text("layouts.text.from_shop", words=usual) if usual else text("layouts.text.none")
            field.setPlaceholderText(words)
            field.setAccessibleName(text(f"layout.text.{name}"))
            self.texts[name] = field
            column.addWidget(field)
            column.addSpacing(4)
        return content

    def _sizes(self, kind: LayoutKind, layout: Layout, live: bool) -> QWidget:
        content, grid = self._grid()
        for name, part in kind.sizes.items():
            steps = [part.min + step / 2 for step in range(round((part.max - part.min) * 2) + 1)]
            words = [(f"{size:g}", f"{size:g} {text('layouts.points')}") for size in steps]
            field = Choice(words, f"{layout.sizes.get(name, part.default):g}", 120)
            field.currentIndexChanged.connect(lambda _, name=name: self._sized(name))
            self.sizes[name] = field
            self._row(grid, f"layout.size.{name}", field, live)
        return content

    # Edits ------------------------------------------------------------------------------------------------------

    def _named(self, words: str) -> None:
        if self._value is not None:
            self._set(replace(self._value, name=words))

    def _formed(self, _: int) -> None:
        if self._value is None:
            return
        form = str(self.form.currentData())
        papers = layout_kind(self._value.kind).forms[form]
        self.paper.set_choices([(one, one) for one in papers], papers[0])
        self._set(replace(self._value, form=form, paper=""))

    def _papered(self, _: int) -> None:
        if self._value is not None:
            self._set(replace(self._value, paper=str(self.paper.currentData())))

    def _ticked(self, name: str, on: bool) -> None:
        if self._value is not None:
            self._set(replace(self._value, fields={**self._value.fields, name: on}))

    def _written(self, name: str) -> None:
        field = self.texts[name]
        words = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        if self._value is not None:
            self._set(replace(self._value, texts={**self._value.texts, name: words}))

    def _sized(self, name: str) -> None:
        if self._value is not None:
            size = float(self.sizes[name].currentData())
            self._set(replace(self._value, sizes={**self._value.sizes, name: size}))


class _Lines(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTabChangesFocus(True)
