"""Label sheets, のし, cards and pre-printed forms: what is chosen once for this desk, and how each is aligned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper import forms, stocks
from jpship_gui.flows.paper.forms import Form, Offset
from jpship_gui.flows.paper.kinds import preset_of, preview
from jpship_gui.settings.options import find
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.field import FieldRow, field_for
from jpship_gui.ui.options.form_designer import FormDesigner
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.inputs import Choice, Number

_SHEETS = ("label.sheet", "label.post_sheet", "marks.sheet", "card.sheet")
_NOSHI = ("noshi.paper", "noshi.cord", "noshi.x", "noshi.y")
_ENVELOPES = ("envelope.paper", "envelope.writing")
_BOUNDS = {"first": (1, 100), "x": (-100, 100), "y": (-100, 100), "scale": (980, 1020), "padding": (0, 150)}
_WIDE = 400
_FILES = "TOML (*.toml)"


class PapersSection(QWidget):
    """Settings first; a form that is designed takes their place."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.settings = QWidget()
        inside = QVBoxLayout(self.settings)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(24)
        inside.addWidget(self._sheets())
        inside.addWidget(self._measures())
        inside.addWidget(self._forms())
        inside.addWidget(Group("optionspage.group.noshi", [self._row(key) for key in _NOSHI]))
        inside.addWidget(Group("optionspage.group.envelopes", [self._row(key) for key in _ENVELOPES]))
        column.addWidget(self.settings)
        self.designer = FormDesigner(desk)
        self.designer.left.connect(self.show_settings)
        self.designer.kept.connect(self._form_kept)
        self.designer.hide()
        column.addWidget(self.designer)
        column.addStretch(1)
        self.refresh()

    def _row(self, key: str, choices: list[tuple[str, str]] | None = None) -> FieldRow:
        row = field_for(find(key), self._desk.ws.options.get(key), choices or ())
        row.changed.connect(self._set)
        self.rows[key] = row
        return row

    def _set(self, key: str, value: str) -> None:
        try:
            self._desk.ws.options.set(key, value)
        except Fault as fault:
            self.rows[key].refuse(fault)
            return
        self.rows[key].refuse(None)
        self.kept.emit(key)

    # Label sheets -----------------------------------------------------------------------------------------------

    def _titles(self) -> list[tuple[str, str]]:
        try:
            return [(one.id, one.title) for one in stocks.stocks(self._desk.ws).values()]
        except Fault as fault:
            self._desk.show_fault(fault)
            return []

    def _sheets(self) -> Group:
        titles = self._titles()
        rows: list[QWidget] = [self._row(key, titles) for key in _SHEETS]
        for key in _SHEETS:
            self.rows[key].control.setFixedWidth(_WIDE)
        self.import_sheet = Button("optionspage.sheet_import", icon="file-import", size="small")
        self.import_sheet.clicked.connect(lambda: self._ask("optionspage.sheet_import", self.take_sheets))
        self.export_sheet = Button("optionspage.sheet_export", size="small")
        self.export_sheet.clicked.connect(lambda: self._ask_where(self._sheet(), self.write_sheet))
        return Group(
            "optionspage.group.label_sheets", [*rows, _buttons(self.import_sheet, self.export_sheet)]
        )

    def take_sheets(self, path: Path) -> None:
        """Sheets of a file."""
        stocks.add_stocks(self._desk.ws, path)
        titles = self._titles()
        for key in _SHEETS:
            control = self.rows[key].control
            assert isinstance(control, Choice)
            control.set_choices(titles, str(control.currentData()))
        self.measured_sheet.set_choices(titles, self._sheet())

    def write_sheet(self, path: Path) -> None:
        """The sheet in sight as the pattern for another."""
        stocks.export_stock(self._desk.ws, self._sheet(), path)

    def _measures(self) -> Group:
        self.measured_sheet = Choice(self._titles(), str(self._desk.ws.options.get("label.sheet")), _WIDE)
        self.measured_sheet.currentIndexChanged.connect(lambda _: self._show_measured())
        self.measures = {name: Number(low, high, 0) for name, (low, high) in _BOUNDS.items()}
        rows: list[QWidget] = [FieldRow("sheet.which", self.measured_sheet)]
        for name, control in self.measures.items():
            row = FieldRow(f"sheet.{name}", control)
            self.rows[f"sheet.{name}"] = row
            rows.append(row)
            control.valueChanged.connect(self._measurer(name))
        self.frames = Button("optionspage.sheet_test", icon="printer", size="small")
        self.frames.clicked.connect(self._print_frames)
        rows.append(_buttons(self.frames))
        self._show_measured()
        return Group("optionspage.group.sheet_measures", rows)

    def _sheet(self) -> str:
        return str(self.measured_sheet.currentData())

    def _show_measured(self) -> None:
        kept = stocks.measured(self._desk.ws, self._sheet())
        for name, control in self.measures.items():
            control.set_value(getattr(kept, name))

    def _measurer(self, name: str) -> Callable[[int], None]:
        def keep(number: int) -> None:
            ws, sheet = self._desk.ws, self._sheet()
            try:
                stocks.keep_measured(ws, sheet, replace(stocks.measured(ws, sheet), **{name: number}))
            except Fault as fault:
                self.rows[f"sheet.{name}"].refuse(fault)
                return
            self.rows[f"sheet.{name}"].refuse(None)
            self.kept.emit(name)

        return keep

    def _print_frames(self) -> None:
        self._print("address", {"sheet": self._sheet(), "frames": "1"})

    # Forms ------------------------------------------------------------------------------------------------------

    def _forms(self) -> Group:
        self.form_choice = Choice([], "", _WIDE)
        self.form_choice.currentIndexChanged.connect(lambda _: self._show_offset())
        self.offsets = {axis: Number(-forms.LIMIT, forms.LIMIT, 0) for axis in ("x", "y")}
        rows: list[QWidget] = [FieldRow("form.which", self.form_choice)]
        for axis, control in self.offsets.items():
            rows.append(FieldRow(f"form.{axis}", control))
            control.valueChanged.connect(lambda _: self._keep_offset())
        self.new_form = Button("optionspage.form_new", kind="primary", icon="plus", size="small")
        self.new_form.clicked.connect(lambda: self.design(Form("", "", "A4")))
        self.edit_form = Button("optionspage.form_edit", size="small")
        self.edit_form.clicked.connect(self._edit)
        self.import_form = Button("optionspage.form_import", icon="file-import", size="small")
        self.import_form.clicked.connect(lambda: self._ask("optionspage.form_import", self.take_form))
        self.export_form = Button("optionspage.form_export", size="small")
        self.export_form.clicked.connect(lambda: self._ask_where(self._form(), self.write_form))
        self.crosses = Button("optionspage.form_crosses", icon="printer", size="small")
        self.crosses.clicked.connect(lambda: self._print("form", {"form": self._form(), "test": "crosses"}))
        self.ruler = Button("optionspage.form_ruler", icon="printer", size="small")
        self.ruler.clicked.connect(lambda: self._print("form", {"form": self._form(), "test": "ruler"}))
        self.remove_form = Button("optionspage.form_remove", size="small", kind="quiet")
        self.remove_form.clicked.connect(self._remove)
        rows.append(_buttons(self.new_form, self.edit_form, self.import_form, self.export_form))
        rows.append(_buttons(self.crosses, self.ruler, self.remove_form))
        return Group("optionspage.group.forms", rows)

    def refresh(self) -> None:
        """Read the forms anew."""
        self._show_forms(self._form())

    def _form(self) -> str:
        return str(self.form_choice.currentData() or "")

    def _show_forms(self, wanted: str) -> None:
        try:
            found = [(one.id, one.name) for one in forms.forms(self._desk.ws)]
        except Fault as fault:
            self._desk.show_fault(fault)
            found = []
        ids = [id_ for id_, _ in found]
        none = [] if found else [("", text("optionspage.form_none"))]
        self.form_choice.set_choices(found or none, wanted if wanted in ids else (ids or [""])[0])
        for button in (self.edit_form, self.export_form, self.crosses, self.ruler, self.remove_form):
            button.setEnabled(bool(found))
        for control in (self.form_choice, *self.offsets.values()):
            control.setEnabled(bool(found))
        self._show_offset()

    def _show_offset(self) -> None:
        offset = forms.offset_of(self._desk.ws, self._form())
        self.offsets["x"].set_value(offset.x)
        self.offsets["y"].set_value(offset.y)

    def _keep_offset(self) -> None:
        offset = Offset(self.offsets["x"].value(), self.offsets["y"].value())
        self._try(lambda: forms.keep_offset(self._desk.ws, self._form(), offset))

    def design(self, form: Form) -> None:
        """Open the designer."""
        self.settings.hide()
        self.designer.show()
        self.designer.show_form(form)

    def _edit(self) -> None:
        self._try(lambda: self.design(forms.form(self._desk.ws, self._form())))

    def show_settings(self) -> None:
        """Back from the designer."""
        self.designer.hide()
        self.settings.show()

    def _form_kept(self, id_: str) -> None:
        self._show_forms(id_)
        self.kept.emit(id_)

    def take_form(self, path: Path) -> None:
        """A form of a file."""
        self._form_kept(forms.import_form(self._desk.ws, path).id)

    def write_form(self, path: Path) -> None:
        """The form in sight."""
        forms.export_form(self._desk.ws, self._form(), path)

    def _remove(self) -> None:
        """With its way back: the file it was."""
        ws, id_ = self._desk.ws, self._form()

        def remove() -> None:
            old, offset = forms.form(ws, id_), forms.offset_of(ws, id_)
            forms.delete_form(ws, id_)

            def back() -> None:
                forms.keep_form(ws, old)
                forms.keep_offset(ws, id_, offset)
                self._show_forms(id_)

            self._desk.say(text("optionspage.form_removed", name=old.name), back)

        self._try(remove)
        self._show_forms("")

    # Both -------------------------------------------------------------------------------------------------------

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Fault as fault:
            self._desk.show_fault(fault)
            return
        self.kept.emit("")

    def _ask(self, title: str, take: Callable[[Path], None]) -> None:
        name = file_dialog.ask_file(self, text(title), self._folder(), _FILES)
        if name:
            self._try(lambda: take(Path(name)))

    def _ask_where(self, id_: str, write: Callable[[Path], None]) -> None:
        start = str(Path(self._folder()) / f"{id_}.toml")
        name = file_dialog.ask_new_file(self, text("optionspage.form_export"), start, _FILES)
        if name:
            self._try(lambda: write(Path(name)))

    def _folder(self) -> str:
        return str(self._desk.ws.options.get("export.folder")) or str(Path.home())

    def _print(self, document: str, choices: dict[str, str]) -> None:
        """A test page, straight to the printer of its preset."""
        from jpship_gui.ui.paper.print_acts import sender

        ws, send = self._desk.ws, sender()
        title = f"jpship {text(f'paper.document.{document}')}"
        self._desk.tasks.run(
            lambda _: send(preview(ws, document, (), choices).pdf, title, preset_of(ws, document)),
            done=lambda job: self._desk.say(text("paperpage.test.sent", printer=job.printer)),
            failed=self._desk.show_fault,
            quiet=True,
        )


def _buttons(*buttons: Button) -> QWidget:
    block = QWidget()
    row = QHBoxLayout(block)
    row.setContentsMargins(24, 12, 24, 12)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return block
