"""The carriers' files: written for their tools, and the numbers read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.paper.hand_to_carrier import ExportResult, export
from jpship_gui.flows.paper.match_numbers import Matches, confirm, propose_file
from jpship_gui.flows.paper.outlook import CarrierOutlook
from jpship_gui.flows.paper.take_numbers import TakeResult, preview, take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import file_dialog
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.paper import results
from jpship_gui.ui.paper.list_result import Linked, linked_result, list_result
from jpship_gui.ui.paper.result_panel import Choice
from jpship_gui.ui.paper.right_half import RightHalf
from jpship_gui.ui.show import show_fault

_OTHER_FILE = frozenset({"carrier_file_other", "carrier_file_seems"})


def _agreeable(problem: Problem) -> bool:
    """Whether it keeps a shipment out only until a person agreed; what merely warns keeps nothing out."""
    return problem.severity is Severity.WARN or problem.code.endswith("_proposal")


def _read(ws: Workspace, path: Path) -> TakeResult | Matches:
    """For the data thread: issued data, else a list of a carrier's site."""
    try:
        return preview(ws, "", path)
    except Refused as fault:
        if fault.code != "carrier_file_other":
            raise
        found = propose_file(ws, path)
        if found is None:
            raise
        return found


class CarrierActs(QObject):
    """Works for a page: `keys` tells what the page is about (None where that is all that wait), `cards` what waits
    for each program that prints waybills."""

    def __init__(
        self,
        desk: Desk,
        half: RightHalf,
        keys: Callable[[], tuple[str, ...] | None],
        cards: Callable[[], Sequence[CarrierOutlook]],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self.desk = desk
        self._half = half
        self._keys = keys
        self._cards = cards
        self._page = page

    def ask_export(self, carrier: str, tool: str = "") -> None:
        """Where to write the file for a carrier's tool."""
        folder = self.desk.ws.options.get("export.folder") or str(self.desk.ws.places.carrier_files)
        stamp = f"{to_jst(self.desk.ws.now()):%Y%m%d-%H%M}"
        several = sum(c.carrier == carrier and c.able and c.count > 0 for c in self._cards()) > 1
        stem = f"{carrier}-{tool}" if several else carrier
        start = str(Path(folder) / f"{stem}-{stamp}.csv")
        name = file_dialog.ask_new_file(self._page, text("act.carrier_export"), start, "CSV (*.csv)")
        if name:
            self.desk.ws.options.set("export.folder", str(Path(name).parent))
            self.export_to(carrier, Path(name), tool=tool)

    def export_to(
        self,
        carrier: str,
        out: Path,
        agreed: bool = False,
        keys: Sequence[str] | None = None,
        tool: str = "",
    ) -> None:
        """Write it; `agreed` = a person saw what would be changed. Of the ticked orders those of this tool."""
        ws, chosen = self.desk.ws, keys if keys is not None else self._keys()
        if keys is None and chosen is not None and tool:
            cards = self._cards()
            chosen = [k for c in cards if (c.carrier, c.tool_id) == (carrier, tool) for k in c.keys]
        self._half.set_busy(True)
        self.desk.tasks.run(
            lambda _: export(ws, carrier, chosen, out, tool=tool, agreed=agreed),
            done=lambda done: self._exported(done, out, tool),
            failed=lambda fault: self._not_exported(fault, carrier, out, tool),
            name="paperpage.exporting",
        )

    def _exported(self, done: ExportResult, out: Path, tool: str) -> None:
        self._half.set_busy(False)
        choices = self._agree(done.refused, done.carrier, out.with_stem(f"{out.stem}-2"), tool)
        keys = (*done.refused, *done.notes, *done.again)
        self._half.tell_of(keys, lambda people: results.export_result(done, people, choices))
        self.desk.tell_changed()

    def _not_exported(self, fault: Fault, carrier: str, out: Path, tool: str) -> None:
        self._half.set_busy(False)
        refused = getattr(fault, "refused", {})
        if not refused:
            self.desk.show_fault(fault)
            return
        choices = self._agree(refused, carrier, out, tool)
        title = text("act.carrier_export")
        self._half.tell_of(
            tuple(refused),
            lambda people: results.refused_result(title, show_fault(fault).title, refused, people, choices),
        )

    def _agree(self, refused: results.Problems, carrier: str, out: Path, tool: str) -> tuple[Choice, ...]:
        """Proposals a person has now seen may be taken over."""
        keys = [key for key, why in refused.items() if all(map(_agreeable, why))]
        if not keys:
            return ()

        def go_on(_: frozenset[str]) -> None:
            self.export_to(carrier, out, agreed=True, keys=keys, tool=tool)

        return (Choice(text("paperpage.agree", count=len(keys)), go_on, "check"),)

    def ask_numbers(self) -> None:
        """The carrier's issued data, by the file dialog."""
        start = self.desk.ws.options.get("import.folder") or str(Path.home())
        kinds = f"{text('paperpage.issued_data')} (*.csv *.txt *.xlsx)"
        name = file_dialog.ask_file(self._page, text("act.take_numbers"), start, kinds)
        if name:
            self.desk.ws.options.set("import.folder", str(Path(name).parent))
            self.read_numbers(Path(name))

    def read_numbers(self, path: Path) -> None:
        """Show what a file of issued data would give."""
        ws = self.desk.ws
        self._half.set_busy(True)
        self.desk.tasks.run(
            lambda _: _read(ws, path),
            done=lambda found: self._numbers_read(found, path),
            failed=lambda fault: self._numbers_not_read(fault, path),
            name="paperpage.reading",
        )

    def _numbers_read(self, found: TakeResult | Matches, path: Path) -> None:
        self._half.set_busy(False)
        if isinstance(found, Matches):
            self._list_read(found, path.name)
            return
        count = len(found.matched)
        choices: tuple[Choice, ...] = ()
        if found.matched or found.conflicts or found.repairs or found.contested:
            words = text("paperpage.take", count=count)
            choices = (Choice(words, lambda ticked: self.take_numbers(found, path, ticked), "file-import"),)
        self._half.tell(lambda: results.take_result(found, False, choices))

    def _list_read(self, found: Matches, file: str) -> None:
        """A list of a carrier's site: who gets which number is shown before anything is linked."""
        words = text("listpanel.confirm", count=len(found.proposed))
        choices = (Choice(words, lambda _: self.confirm_list(found, file), "check"),)
        self._half.tell(lambda: list_result(found, file, choices))

    def confirm_list(self, found: Matches, file: str) -> None:
        """Link what was shown."""
        ws = self.desk.ws
        self._half.set_busy(True)
        self.desk.tasks.run(
            lambda _: confirm(ws, found),
            done=lambda done: self._list_linked(done, file),
            failed=self._numbers_refused,
            name="paperpage.taking",
        )

    def _list_linked(self, done: Linked, file: str) -> None:
        self._half.set_busy(False)
        choices = (Choice(text("paperpage.to_pack"), lambda _: self.desk.go("pack"), "barcode"),)
        self._half.tell(lambda: linked_result(done, file, choices))
        self.desk.tell_changed()

    def _numbers_not_read(self, fault: Fault, path: Path) -> None:
        self._half.set_busy(False)
        if fault.code in _OTHER_FILE:
            self.desk.go("intake", [path])  # an order file most likely; that page says what it is
        else:
            self.desk.show_fault(fault)

    def take_numbers(self, found: TakeResult, path: Path, ticked: frozenset[str]) -> None:
        """Store what was shown; repairs and replacements only where they were ticked."""
        ws = self.desk.ws
        replace = [one.key for one in found.conflicts] if results.REPLACE in ticked else []
        repairs = results.REPAIRS in ticked
        self._half.set_busy(True)
        self.desk.tasks.run(
            lambda _: take(
                ws, found.carrier, path, accept_repairs=repairs, accept_positions=True, replace=replace
            ),
            done=self._numbers_taken,
            failed=self._numbers_refused,
            name="paperpage.taking",
        )

    def _numbers_taken(self, found: TakeResult) -> None:
        self._half.set_busy(False)
        choices = (Choice(text("paperpage.to_pack"), lambda _: self.desk.go("pack"), "barcode"),)
        self._half.tell(lambda: results.take_result(found, True, choices))
        self.desk.tell_changed()

    def _numbers_refused(self, fault: Fault) -> None:
        self._half.set_busy(False)
        self.desk.show_fault(fault)
