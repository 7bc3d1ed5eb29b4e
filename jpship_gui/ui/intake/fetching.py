"""One fetch of several shops: a task each in its own lane, gathered when the last has ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.intake.fetch import Fetched, FetchedShop, fetch_shop
from jpship_gui.flows.upkeep.shops import Shop
from jpship_gui.ui.at_shops import run_at
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.intake.fetch_view import FetchView
from jpship_gui.ui.tasks import Task


class Fetching(QObject):
    """Begin it with `start`; `ended` carries everything that came, `stopped` that a person wanted no more."""

    ended = Signal(object)  # Fetched
    stopped = Signal()

    def __init__(self, desk: Desk, view: FetchView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._tasks: dict[str, Task] = {}
        self._found: dict[str, FetchedShop] = {}
        self._shops: tuple[Shop, ...] = ()
        self._cancelled = False

    @property
    def running(self) -> bool:
        """Whether any shop is still being read."""
        return bool(self._tasks)

    def start(self, shops: Sequence[Shop]) -> None:
        """Read these shops, each on its own; nothing happens while a fetch is running."""
        if self.running:
            return
        self._shops, self._found, self._cancelled = tuple(shops), {}, False
        self._view.show_shops(shops)
        for shop in self._shops:
            self._tasks[shop.name] = self._task(shop)

    def _task(self, shop: Shop) -> Task:
        line = self._view.lines[shop.name]

        def step(done: int, total: int, _note: str) -> None:
            line.step(done, total)

        return run_at(
            self._desk,
            shop.name,
            fetch_shop,
            done=lambda found: self._one(shop, found),
            failed=lambda fault: self._failed(shop, fault),
            cancelled=lambda: self._gone(shop),
            progress=step,
        )

    def stop(self) -> None:
        """Ask every shop to stop at its next step; what has been taken in stays."""
        self._cancelled = True
        self._view.stop.setEnabled(False)
        for task in list(self._tasks.values()):
            task.cancel()

    def _one(self, shop: Shop, found: FetchedShop) -> None:
        self._found[shop.name] = found
        self._view.lines[shop.name].end(found)
        self._over(shop)

    def _failed(self, shop: Shop, fault: Fault) -> None:
        self._found[shop.name] = FetchedShop(shop.name, shop.marketplace, fault=fault)
        self._view.lines[shop.name].fail(fault)
        self._over(shop)

    def _gone(self, shop: Shop) -> None:
        self._view.lines[shop.name].stop()
        self._over(shop)

    def _over(self, shop: Shop) -> None:
        del self._tasks[shop.name]
        if self._tasks:
            return
        if self._cancelled and not self._found:
            self.stopped.emit()
            return
        found = tuple(self._found[shop.name] for shop in self._shops if shop.name in self._found)
        self.ended.emit(Fetched(found))
