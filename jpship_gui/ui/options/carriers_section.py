"""The carriers the seller described: a list, and one of them in its form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.flows.upkeep import own_carriers
from jpship_gui.flows.upkeep.own_carriers import Listed, OwnCarrier
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.carrier_form import CarrierForm
from jpship_gui.ui.options.carrier_rows import Choices
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.empty_state import EmptyState
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Hairline, Sheet

Found = tuple[Sequence[Listed], Choices]


def _read(ws: Workspace) -> Found:
    return own_carriers.every(ws), own_carriers.marketplaces_of(ws)


class CarriersSection(QWidget):
    """A list first; a new one, or one that is opened, takes its place."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._markets: Choices = ()
        self.lines: dict[str, CarrierLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.list = self._list()
        column.addWidget(self.list)
        self.form = CarrierForm(desk)
        self.form.left.connect(self.show_list)
        self.form.kept.connect(self._kept)
        self.form.hide()
        column.addWidget(self.form)
        column.addStretch(1)

    def _list(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("carrierlist.more", ink="text2", wrap=True), 1)
        head.addSpacing(12)
        self.import_button = Button("carrierlist.import", icon="file-import", size="small")
        self.import_button.clicked.connect(self._ask_file)
        head.addWidget(self.import_button)
        self.new_button = Button("carrierlist.new", kind="primary", icon="plus", size="small")
        self.new_button.clicked.connect(self.begin)
        head.addWidget(self.new_button)
        column.addLayout(head)
        sheet = Sheet()
        self._lines = QVBoxLayout(sheet)
        self._lines.setContentsMargins(1, 4, 1, 4)
        self._lines.setSpacing(0)
        self.none = EmptyState(
            "truck", "carrierlist.none", "carrierlist.none.more", primary=False, quiet=True
        )
        self._lines.addWidget(self.none)
        column.addWidget(sheet)
        return block

    def refresh(self) -> None:
        """Read the list anew; an open form stays."""
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: _read(ws), done=self._show, quiet=True)

    def _show(self, found: Found) -> None:
        listed, self._markets = found
        for line in self.lines.values():
            line.hide()
            line.deleteLater()
        self.lines = {}
        for one in listed:
            line = CarrierLine(one)
            line.asked.connect(self._asked)
            self._lines.addWidget(line)
            self.lines[one.id] = line
        self.none.setVisible(not listed)

    def show_list(self) -> None:
        """Back from the form."""
        self.form.hide()
        self.list.show()
        self.refresh()
        self.new_button.setFocus()

    def _open(self, carrier: OwnCarrier, *, new: bool) -> None:
        self.list.hide()
        self.form.show()
        self.form.show_carrier(carrier, self._markets, new=new)

    def begin(self) -> None:
        """A new one."""
        self._open(OwnCarrier("", ""), new=True)

    def _asked(self, act: str, one: Listed) -> None:
        if act == "open" and one.carrier is not None:
            self._open(one.carrier, new=False)
        elif act == "export":
            self._ask_where(one.id)
        elif act == "remove":
            self.remove(one)

    # Acts ---------------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        start = self._desk.ws.options.get("import.folder") or str(Path.home())
        name = file_dialog.ask_file(self, text("carrierlist.import"), start, "TOML (*.toml)")
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Keep one from a file."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: own_carriers.import_file(ws, path),
            done=lambda made: self._imported(made),
            failed=self._desk.show_fault,
            quiet=True,
        )

    def _imported(self, carrier: OwnCarrier) -> None:
        self._desk.say(text("carrierform.saved", name=carrier.name))
        self._kept()

    def _ask_where(self, carrier_id: str) -> None:
        folder = self._desk.ws.options.get("export.folder") or str(Path.home())
        start = str(Path(folder) / f"{carrier_id}.toml")
        name = file_dialog.ask_new_file(self, text("carrierlist.export"), start, "TOML (*.toml)")
        if name:
            self.export_to(carrier_id, Path(name))

    def export_to(self, carrier_id: str, path: Path) -> None:
        """Write one as a file."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: own_carriers.export(ws, carrier_id, path),
            done=lambda _: self._desk.say(text("carrierlist.exported", file=path.name)),
            failed=self._desk.show_fault,
            quiet=True,
        )

    def remove(self, one: Listed) -> None:
        """Forget one, with the way back where it can be read."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: own_carriers.remove(ws, one.id),
            done=lambda _: self._removed(one),
            failed=self._desk.show_fault,
            quiet=True,
        )

    def _removed(self, one: Listed) -> None:
        ws, carrier = self._desk.ws, one.carrier

        def back() -> None:
            assert carrier is not None
            self._desk.tasks.run(
                lambda _: own_carriers.save(ws, carrier, new=True),
                done=lambda _: self._kept(),
                failed=self._desk.show_fault,
                quiet=True,
            )

        self._desk.say(text("carrierlist.removed", name=one.name), back if carrier else None)
        self._kept()

    def _kept(self) -> None:
        self.show_list()
        self.kept.emit("carriers")
        self._desk.tell_changed()


class CarrierLine(Retranslating, QWidget):
    """One carrier: name, what it can do, whether a marketplace lacks its code; `asked(act, listed)`."""

    asked = Signal(str, object)

    def __init__(self, one: Listed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 12, 10)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(ElidedLabel(one.name, bold=True))
        self._more = ElidedLabel(size=12, ink="ng" if one.fault else "attention" if one.unmapped else "text2")
        words.addWidget(self._more)
        row.addLayout(words, 1)
        self.open_button = Button("carrierlist.open", size="small", icon="edit")
        self.open_button.setEnabled(one.carrier is not None)
        self.export_button = IconButton("file-export", "carrierlist.export", size="small")
        self.export_button.setEnabled(one.carrier is not None)
        self.remove_button = IconButton("trash", "carrierlist.remove", size="small")
        acts = (("open", self.open_button), ("export", self.export_button), ("remove", self.remove_button))
        for act, button in acts:
            button.clicked.connect(lambda _=False, act=act: self.asked.emit(act, self._one))
            row.addWidget(button)
        outer.addLayout(row)
        outer.addWidget(Hairline())
        self.retranslate()

    def retranslate(self) -> None:
        """Services, open shipments, who said it when; first of all what is wrong."""
        if not hasattr(self, "_more"):
            return
        one = self._one
        if one.fault is not None:
            self._more.show_text(show_fault(one.fault).title)
            return
        words = []
        if one.unmapped:
            words.append(text("carrierlist.unmapped", names="・".join(one.unmapped)))
        if one.carrier is not None and one.carrier.services:
            words.append("・".join(service.name for service in one.carrier.services))
        if one.used:
            words.append(text("carrierlist.used", count=one.used))
        words.append(" ".join(filter(None, (names.moment_words(one.at), one.person))))
        self._more.show_text("  ・  ".join(words))
