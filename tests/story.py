"""A practice day in pictures: from the first start to the parcels reported, each state reached as a person reaches it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from jpship_gui.app import App
from jpship_gui.domain.clock import JST, now_utc, to_jst
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import Query, ids, rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.b2_tool import issue
from jpship_gui.practice.desk import FILES, ORDERS, open_practice
from jpship_gui.practice.opening import yesterday
from jpship_gui.practice.rakuten.samples import damaged, rakuten_rows, write_csv
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.ui.intake.page import IntakePage
from jpship_gui.ui.keys_dialog import KeysDialog
from jpship_gui.ui.pack.page import PackPage
from jpship_gui.ui.pack.tracking_dialog import TrackingDialog, open_tracking
from jpship_gui.ui.paper.page import PaperPage
from jpship_gui.ui.table.page import OrdersPage
from tests.ui.driving import Driver

Take = Callable[[str, QWidget | None], None]  # name of the state, and a dialog that stands over the window
_PACKED = 9  # parcels packed before the confirmation
_TRACKED = 2  # parcels of each other shop whose number is entered


class StoppedClock:
    """Says the same moment until it is set."""

    def __init__(self) -> None:
        self.now = now_utc()

    def __call__(self) -> datetime:
        return self.now

    def set_due(self, shipments: list[Shipment]) -> None:
        """An afternoon of the day on which most are due, so that there is something to hurry for."""
        days = Counter(to_jst(one.ship_by).date() for one in shipments if one.ship_by is not None)
        day = days.most_common(1)[0][0]
        self.now = datetime.combine(day, time(14, 8), JST).astimezone(UTC)


@contextmanager
def practice_desk(home: Path, clock: StoppedClock) -> Iterator[Workspace]:
    """The practice shops before anything was taken in, at a clock that stands still."""
    with open_practice(str(home), person="佐藤", desk="梱包台1") as ws:
        ws.options.set("desk.pickups", {"sagawa": "14:45", "yamato": "16:00", "jppost": "17:00"})
        yield replace(ws, clock=clock)


class Story:
    """One day in one window; `take` is called at each state worth a picture."""

    def __init__(self, app: App, driver: Driver, clock: StoppedClock, take: Take) -> None:
        self._app, self._driver, self._clock, self._take = app, driver, clock, take
        self._window, self._ws = app.window, app.ws
        self._numbers: dict[str, str] = {}

    def play(self) -> None:
        """All of it, in the order of the day."""
        for part in (
            *(self._intake, self._orders, self._plan, self._paper),
            *(self._pack, self._track, self._confirm),
        ):
            part()

    def _open(self, page_id: str, hint: object = None) -> None:
        self._window.activateWindow()
        self._window.open_page(page_id, hint)
        self._window.setWindowState(Qt.WindowState.WindowNoState)
        self._driver.settle()

    def _shot(self, name: str, over: QWidget | None = None) -> None:
        self._driver.settle()
        self._take(name, over)

    # The day ----------------------------------------------------------------------------------------------------

    def _intake(self) -> None:
        self._open("intake")
        page = self._window.page()
        assert isinstance(page, IntakePage)
        self._shot("intake-start")
        folder = self._ws.places.home / FILES
        files = sorted(folder.iterdir())
        rows = rakuten_rows(ORDERS, shop=MAIN.number, day=yesterday())
        spoilt = write_csv(self._ws.places.home / "spoilt.csv", damaged(rows))
        foreign = self._ws.places.home / "photo.jpg"
        foreign.write_bytes(b"\xff\xd8\xff\xe0 no order file")
        page.read_files([spoilt, foreign])
        self._shot("intake-damaged")
        page.begin_anew()
        page.read_files(files)
        self._shot("intake-preview")
        self._driver.key(Qt.Key.Key_Return, on=page)
        self._shot("intake-done")

    def _shipments(self, stage: str = "") -> list[Shipment]:
        found = rows(self._ws, ids(self._ws, Query("all")))
        return load(self._ws, keys=[row.key for row in found if not stage or row.stage.value == stage])

    def _orders(self) -> None:
        self._clock.set_due(self._shipments())
        self._window.count()
        self._open("all", "today")
        page = self._window.page()
        assert isinstance(page, OrdersPage)
        page.refresh()
        self._driver.settle()
        self._driver.key(Qt.Key.Key_F3, on=page.view)
        page.view.orders.tick(page.view.orders.ids()[1:6], True)
        self._shot("orders")
        self._driver.key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier, on=page.view)
        self._shot("orders-hold")
        page.back()
        page.back()
        self._window.show_keys()
        keys = self._window.findChild(KeysDialog)
        assert keys is not None
        self._shot("keys", keys)
        keys.close()
        self._driver.settle()

    def _plan(self) -> None:
        self._open("plan", "table")
        self._shot("plan")

    def _paper(self) -> None:
        self._open("paper")
        page = self._window.page()
        assert isinstance(page, PaperPage)
        self._shot("print")
        papers = self._ws.places.home / "out"
        papers.mkdir(exist_ok=True)
        page.print_to(papers)
        self._shot("print-done")
        page.back()
        handed = papers / "yamato.csv"
        page.carrier_acts.export_to("yamato", handed)
        self._shot("print-exported")
        page.back()
        issued = issue(handed, papers, 49_990_000_001, to_jst(self._ws.now()))
        self._numbers = dict(issued.numbers)
        page.carrier_acts.read_numbers(issued.path)
        self._shot("print-numbers")
        self._driver.key(Qt.Key.Key_Return)
        self._shot("print-taken")
        page.back()

    def _pack(self) -> None:
        waiting = [one for one in self._shipments("pack") if one.order_id.shop == MAIN.name]
        mugs = [one for one in waiting if one.lines[0].variant in ("青", "赤")]
        wanted = max(mugs, key=lambda one: one.lines[0].quantity)
        other = next(one for one in mugs if one.lines[0].variant != wanted.lines[0].variant)
        self._open("pack")
        page = self._window.page()
        assert isinstance(page, PackPage)
        self._shot("pack-start")
        page.take(wanted.key)
        self._shot("pack-ok")
        page.take(other.lines[0].sku)
        self._shot("pack-ng")
        QTest.keyClick(page, Qt.Key.Key_F4)
        self._shot("pack-next")
        self._fill(page, wanted)
        page.take(self._number(other))
        self._shot("pack-swap")
        QTest.keyClick(page, Qt.Key.Key_F4)
        page.take(self._number(wanted))
        self._shot("pack-complete")
        long = max((one for one in waiting if one is not wanted), key=lambda one: len(one.lines))
        page.take(long.key)
        self._shot("pack-lines")
        self._fill(page, long)
        page.take(self._number(long))
        for one in [one for one in waiting if one not in (wanted, long)][:_PACKED]:
            page.take(one.key)
            self._fill(page, one)
            page.take(self._number(one))
        self._driver.settle()
        page.back()

    def _fill(self, page: PackPage, shipment: Shipment) -> None:
        for line in shipment.lines:
            for _ in range(line.quantity):
                page.take(line.sku)

    def _number(self, shipment: Shipment) -> str:
        return self._numbers[shipment.parcels[0].key]

    def _elsewhere(self) -> list[Shipment]:
        """What the shops beside the main one have to pack, with a number from the carrier."""
        waiting = [one for one in self._shipments("pack") if one.order_id.shop != MAIN.name]
        return [one for one in waiting if one.parcels[0].key in self._numbers]

    def _track(self) -> None:
        shipment, other = self._elsewhere()[:2]
        self._open("all", "all")
        dialog = open_tracking(self._window.desk, shipment.key, self._window)
        assert isinstance(dialog, TrackingDialog)
        number = self._number(shipment)
        self._shot("tracking-first", dialog)
        dialog.take(number, True)
        self._shot("tracking", dialog)
        dialog.take(self._number(other), True)
        self._shot("tracking-ng", dialog)
        QTest.keyClick(dialog, Qt.Key.Key_F4)
        dialog.take(number, True)
        dialog.take(number, True)
        self._shot("tracking-agreed", dialog)
        dialog.reject()
        self._driver.settle()

    def _confirm(self) -> None:
        each: dict[str, list[Shipment]] = {}
        for one in self._elsewhere():
            each.setdefault(one.order_id.shop, []).append(one)
        for one in [one for some in each.values() for one in some[:_TRACKED]]:
            track(self._ws, one.key, self._number(one), self._number(one), how="typed")
        self._window.desk.tell_changed()
        self._open("confirm")
        page = self._window.page()
        assert page is not None
        self._shot("confirm")
        self._driver.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=page)
        self._shot("confirm-sent")
