"""This desk: who works here, language and look, when carriers come, which folder is watched, where the data lies."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.upkeep.adapters import every_carrier
from jpship_gui.settings.options import find
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.file_dialog import ask_folder
from jpship_gui.ui.options.field import FieldRow, field_for
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.glyph import CarrierBar
from jpship_gui.ui.widgets.label import ElidedLabel, Label

_SHOWN = ("yamato", "sagawa", "jppost")  # carriers that collect; more only where they were set before
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class DeskSection(QWidget):
    """Changes are kept at once; `set_here` tells which key changed."""

    set_here = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addWidget(
            Group("optionspage.group.desk", [self._row(k) for k in ("desk.person", "desk.name")])
        )
        look = [self._row(key) for key in ("language", "theme", "theme.contrast", "pack.scale")]
        column.addWidget(Group("optionspage.group.look", look))
        self.pickups = FieldRow("desk.pickups", self._pickups(), top=True)
        column.addWidget(Group("optionspage.group.pickups", [self.pickups]))
        self.watched = FieldRow("import.watch_folder", self._watched_folder())
        watching = [self._row("import.watch"), self.watched]
        column.addWidget(Group("optionspage.group.watch", watching))
        folder = FieldRow("data_folder", self._folder())
        column.addWidget(Group("optionspage.group.data", [folder, self._row("store.database")]))
        kept = [self._row(f"papers.{name}_days") for name in ("keep", "most", "invoice")]
        column.addWidget(Group("optionspage.group.papers", kept))
        column.addStretch(1)

    def _row(self, key: str) -> FieldRow:
        row = field_for(find(key), self._desk.ws.options.get(key))
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
        self.set_here.emit(key)

    def _pickups(self) -> QWidget:
        kept = self._desk.ws.options.get("desk.pickups")
        able = {carrier.id for carrier in every_carrier()}
        wanted = [c for c in dict.fromkeys((*_SHOWN, *kept)) if c in able]
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.times: dict[str, QLineEdit] = {}
        for carrier in wanted:
            row = QHBoxLayout()
            row.setSpacing(8)
            name = Label()
            name.show_text(names.carrier_name(carrier))
            name.setFixedWidth(96)
            field = QLineEdit(str(kept.get(carrier, "")))
            field.setFont(fonts.font(14))
            field.setFixedWidth(84)
            field.setPlaceholderText("–")
            field.editingFinished.connect(self._keep_pickups)
            self.times[carrier] = field
            row.addWidget(CarrierBar(carrier))
            row.addWidget(name)
            row.addWidget(field)
            row.addStretch(1)
            column.addLayout(row)
        return block

    def _keep_pickups(self) -> None:
        given = {carrier: field.text().strip() for carrier, field in self.times.items()}
        wrong = next((words for words in given.values() if words and not _TIME.fullmatch(words)), None)
        if wrong is not None:
            self.pickups.refuse(Refused("option_value", key="desk.pickups", value=wrong, expected="HH:MM"))
            return
        self.pickups.refuse(None)
        kept = {carrier: words for carrier, words in given.items() if words}
        if kept != self._desk.ws.options.get("desk.pickups"):
            self._desk.ws.options.set("desk.pickups", kept)
            self.set_here.emit("desk.pickups")

    def _watched_folder(self) -> QWidget:
        block = QWidget()
        block.setFixedWidth(380)
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._watched_name = ElidedLabel(ink="text2", middle=True)
        row.addWidget(self._watched_name, 1)
        self.choose_folder = Button("optionspage.choose_folder", icon="folder-open", size="small")
        self.choose_folder.clicked.connect(self._ask_folder)
        row.addWidget(self.choose_folder)
        self._show_watched()
        return block

    def _show_watched(self) -> None:
        self._watched_name.show_text(str(self._desk.ws.options.get("import.watch_folder")) or "–")

    def _ask_folder(self) -> None:
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        start = str(self._desk.ws.options.get("import.watch_folder")) or downloads
        chosen = ask_folder(self, text("option.import.watch_folder"), start)
        if chosen:
            self.watch(chosen)

    def watch(self, folder: str) -> None:
        """Watch this folder from now on: whoever chooses one wants it watched."""
        self._desk.ws.options.set("import.watch_folder", folder)
        self._show_watched()
        switch = self.rows["import.watch"].control
        if isinstance(switch, CheckBox) and not switch.isChecked():
            switch.setChecked(True)  # its row keeps it and tells
        else:
            self.set_here.emit("import.watch_folder")

    def _folder(self) -> QWidget:
        home = Path(self._desk.ws.places.home)
        block = QWidget()
        block.setFixedWidth(380)
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(ElidedLabel(str(home), ink="text2", middle=True), 1)
        show = Button("optionspage.open_folder", icon="folder-open", size="small")
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))))
        row.addWidget(show)
        return block
