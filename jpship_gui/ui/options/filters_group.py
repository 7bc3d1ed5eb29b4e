"""The layouts of carriers' files that follow a filter of the user (ゆうプリR, ゆうプリクラウド).

One row a file, chosen among the standards or taken from a file a person changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.upkeep import carrier_filters
from jpship_gui.flows.upkeep.carrier_filters import Filter, Kept
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog, names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.inputs import Choice
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.retranslating import Retranslating

_NAME = 230
_CHOICE = 350
_OWN = ""  # the choice that stands for a layout of the shop's own
_TOML = "TOML (*.toml)"


class FiltersGroup(QWidget):
    """Changes are kept at once, with the way back."""

    kept = Signal(str)

    def __init__(self, desk: Desk, shop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shop = shop
        self.lines: dict[str, FilterLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        ws = desk.ws
        desk.tasks.run(lambda _: carrier_filters.every(ws, shop), done=self._show, quiet=True)

    def _show(self, found: Sequence[Kept]) -> None:
        head = Label("filtergroup.more", size=12, ink="text2", wrap=True)
        head.setContentsMargins(24, 10, 24, 10)
        rows: list[QWidget] = [head]
        for one in found:
            line = FilterLine(one, carrier_filters.starts_of(one.slot))
            line.chosen.connect(self.choose)
            line.asked.connect(self._asked)
            self.lines[one.slot] = line
            rows.append(line)
        self._column.addWidget(Group("filtergroup.title", rows))

    # Acts ---------------------------------------------------------------------------------------------------------

    def choose(self, slot: str, name: str) -> None:
        """Use one of the build; the first of a slot is the standard."""
        shop = [self._shop]

        def work(ws: Workspace) -> object:
            if name == carrier_filters.starts_of(slot)[0][0]:
                return carrier_filters.reset(ws, slot, shop)
            return carrier_filters.save(ws, carrier_filters.show(ws, name), shop, instead=True)

        self._change(slot, work)

    def _asked(self, act: str, slot: str) -> None:
        if act == "export":
            folder = self._desk.ws.options.get("export.folder") or str(Path.home())
            start = str(Path(folder) / f"{slot.replace('.', '_')}.toml")
            name = file_dialog.ask_new_file(self, text("filtergroup.export"), start, _TOML)
            if name:
                self.export_to(slot, Path(name))
            return
        start = self._desk.ws.options.get("import.folder") or str(Path.home())
        name = file_dialog.ask_file(self, text("filtergroup.import"), start, _TOML)
        if name:
            self.import_file(Path(name))

    def export_to(self, slot: str, path: Path) -> None:
        """Write the layout a row uses as a file."""
        ws, shop = self._desk.ws, self._shop
        self._desk.tasks.run(
            lambda _: carrier_filters.export(ws, slot, path, shop),
            done=lambda found: self._desk.say(text("filter_cli.exported", title=found.title, file=path.name)),
            failed=self._desk.show_fault,
            quiet=True,
        )

    def import_file(self, path: Path) -> None:
        """Use the layout of a file; it says itself which row it is for."""
        self._desk.tasks.run(
            lambda _: carrier_filters.read(path),
            done=lambda found: self._change(
                found.slot, lambda ws: carrier_filters.save(ws, found, [self._shop], instead=True)
            ),
            failed=self._desk.show_fault,
            quiet=True,
        )

    def _change(self, slot: str, work: Callable[[Workspace], object]) -> None:
        ws, shop = self._desk.ws, self._shop

        def run() -> tuple[Kept | None, Kept]:
            before = next((one for one in carrier_filters.every(ws, shop) if one.slot == slot), None)
            work(ws)
            (now,) = [one for one in carrier_filters.every(ws, shop) if one.slot == slot]
            return before, now

        self._desk.tasks.run(
            lambda _: run(), done=self._changed, failed=lambda fault: self._refused(slot, fault), quiet=True
        )

    def _changed(self, found: tuple[Kept | None, Kept]) -> None:
        before, now = found
        self.lines[now.slot].show_kept(now)
        words = text("filtergroup.changed", title=now.filter.title)
        self._desk.say(words, None if before is None else lambda: self._put_back(before))
        self.kept.emit("filters")

    def _put_back(self, before: Kept) -> None:
        shop = [self._shop]

        def work(ws: Workspace) -> object:
            if not before.own:
                return carrier_filters.reset(ws, before.slot, shop)
            return carrier_filters.save(ws, before.filter, shop, instead=True)

        self._change(before.slot, work)

    def _refused(self, slot: str, fault: Fault) -> None:
        if slot in self.lines:
            self.lines[slot].show_again()
        self._desk.show_fault(fault)


class FilterLine(Retranslating, QWidget):
    """One file of a tool; `chosen(slot, name)` and `asked(act, slot)`."""

    chosen = Signal(str, str)
    asked = Signal(str, str)

    def __init__(self, one: Kept, starts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._one = one
        self._starts = starts
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 16, 8)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        block = QWidget()
        block.setFixedWidth(_NAME)
        block.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        self._title = ElidedLabel()
        self._more = ElidedLabel(size=12, ink="text2")
        words.addWidget(self._title)
        words.addWidget(self._more)
        line.addWidget(block)
        self.choice = Choice(starts, self._current(), _CHOICE)
        self.choice.currentIndexChanged.connect(self._picked)
        line.addWidget(self.choice)
        line.addStretch(1)
        self.export_button = IconButton("file-export", "filtergroup.export", size="small")
        self.import_button = Button("filtergroup.import", icon="file-import", size="small")
        for act, button in (("export", self.export_button), ("import", self.import_button)):
            button.clicked.connect(lambda _=False, act=act: self.asked.emit(act, self._one.slot))
            line.addWidget(button)
        self.show_kept(one)

    def _current(self) -> str:
        """The start whose columns these are, else the shop's own."""
        here: Filter = self._one.filter
        same = [name for name, _ in self._starts if name == here.id]
        untouched = same and carrier_filters.is_start(here, same[0])
        return same[0] if untouched else _OWN

    def show_kept(self, one: Kept) -> None:
        """What holds now."""
        self._one = one
        self.show_again()
        self.retranslate()

    def show_again(self) -> None:
        """The choice as it is kept, where another was refused."""
        choices = list(self._starts)
        if self._current() == _OWN:
            choices.append((_OWN, self._one.filter.title))
        self.choice.set_choices(choices, self._current())

    def _picked(self, _: int) -> None:
        name = str(self.choice.currentData())
        if name not in (_OWN, self._current()):
            self.chosen.emit(self._one.slot, name)

    def retranslate(self) -> None:
        """Which file, how many columns, and who changed it when."""
        if not hasattr(self, "_more"):
            return
        one = self._one
        self._title.show_text(text(f"filtergroup.{one.slot}"))
        said = [text("filtergroup.columns", count=len(one.filter.columns))]
        if one.at is not None:
            said.append(text("filtergroup.version", version=one.filter.version))
            said.append(" ".join(filter(None, (names.moment_words(one.at), one.person))))
        self._more.show_text("・".join(said))
        self.choice.setAccessibleName(text(f"filtergroup.{one.slot}"))
