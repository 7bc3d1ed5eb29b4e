"""Reads and keeps the shop's prices in the data thread, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from jpship_gui.flows.plan import prices
from jpship_gui.flows.plan.prices import PriceSheet
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.prices_view import PricesView


@dataclass(frozen=True, slots=True)
class _Found:
    sheets: tuple[PriceSheet, ...]
    ways: tuple[tuple[str, str], ...]


def _read(ws: Workspace) -> _Found:
    ways = tuple(
        (f"{carrier.id}/{one.id}", f"{names.carrier_name(carrier.id)} {one.called(language())}")
        for carrier in ws.carriers().values()
        for one in carrier.services
    )
    return _Found(prices.sheets(ws), ways)


class PriceActs(QObject):
    """Listens to the view."""

    def __init__(self, desk: Desk, view: PricesView, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        view.save_asked.connect(self._save)
        view.remove_asked.connect(self._remove)

    def read(self) -> None:
        """Show what there is."""
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: _read(ws), done=self._show, failed=self.desk.show_fault, quiet=True)

    def _show(self, found: _Found) -> None:
        self.view.show_sheets(found.sheets, found.ways)

    def _save(self, sheet: PriceSheet, instead: PriceSheet | None) -> None:
        self._run(lambda ws: prices.keep(ws, sheet, instead), "planpage.price.saved")

    def _remove(self, sheet: PriceSheet) -> None:
        self._run(lambda ws: prices.remove(ws, sheet), "planpage.price.removed")

    def _run(self, work: Callable[[Workspace], Mapping[str, Any]], words: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: (words, work(ws)),
            done=self._done,
            failed=self.desk.show_fault,
            name="planpage.price.working",
        )

    def _done(self, answer: tuple[str, Mapping[str, Any]]) -> None:
        words, before = answer
        self.view.saved()
        self.desk.say(text(words), lambda: self._undo(before))
        self.desk.tell_changed()

    def _undo(self, before: Mapping[str, Any]) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: prices.restore(ws, before), done=self._undone, failed=self.desk.show_fault
        )

    def _undone(self, _: None) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()
