"""Sends what a person has queued: at once when asked to, and by itself once the network is back (CF-07).

Every shop has turns of its own, so that none waits for another's time-outs. What a person never queued is never sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.at_shops import AtShops
from jpship_gui.ui.desk import Desk

if TYPE_CHECKING:
    from jpship_gui.flows.confirm.send import OpenShop, SendReport, Turn
    from jpship_gui.flows.confirm.waiting import ShopQueue
    from jpship_gui.flows.progress import Progress

EVERY = timedelta(minutes=1)


def sender_of(desk: Desk) -> Sender:
    """The one sender of a window."""
    return desk.findChild(Sender) or Sender(desk, desk)


class Sender(QObject):
    """`reported` carries what became of what a person asked for; `moved` = other shops are at work than before."""

    reported = Signal(object)  # SendReport
    moved = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runs: list[AtShops] = []
        self._not_before: dict[str, datetime] = {}
        self._looking = False
        self._warned: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setInterval(round(EVERY.total_seconds() * 1000))
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.look)

    def at_work(self) -> frozenset[str]:
        """Shops that are being talked to."""
        return frozenset().union(*(run.at_work() for run in self._runs))

    # What a person asks for -------------------------------------------------------------------------------------

    def send(self, keys: Sequence[str] | None = None) -> None:
        """Queue what is green (of `keys`) and send it and all that waits, pauses or not."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: _queued(ws, keys), done=self._send_at, failed=self._desk.show_fault, quiet=True
        )

    def read_back(self) -> None:
        """Ask the marketplaces what they show."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: _to_read(ws), done=self._read_at, failed=self._desk.show_fault, quiet=True
        )

    def _send_at(self, patience: dict[str, int]) -> None:
        now = self._desk.ws.now()
        until = {shop: now + timedelta(seconds=seconds) for shop, seconds in patience.items()}

        def again(shop: str, turn: Turn) -> float | None:
            """While the shop's patience lasts."""
            if turn.again_at is None or max(turn.again_at, self._desk.ws.now()) > until[shop]:
                return None
            return (turn.again_at - self._desk.ws.now()).total_seconds()

        self._begin(
            AtShops(self._desk, _turn, "confirmpage.sending", again, self), list(patience), asked=True
        )

    def _read_at(self, shops: list[str]) -> None:
        self._begin(AtShops(self._desk, _reading, "confirmpage.reading", parent=self), shops, asked=True)

    # Runs -------------------------------------------------------------------------------------------------------

    def _begin(self, run: AtShops, shops: Sequence[str], *, asked: bool) -> None:
        from jpship_gui.flows.confirm.send import SendReport

        report = SendReport()
        self._runs.append(run)
        run.one_ended.connect(lambda _, turn: self._turned(turn, report))
        run.ended.connect(lambda _: self._over(run, report if asked else None))
        run.cancelled.connect(lambda: self._stopped(run, shops))
        run.start(shops)
        self.moved.emit()

    def _turned(self, turn: Turn, report: SendReport) -> None:
        report.merge(turn.report)
        pause = turn.report.pauses.get(turn.shop)
        later = pause.until if pause is not None else self._desk.ws.now() + EVERY
        self._not_before[turn.shop] = turn.again_at or later
        if turn.woke:
            self._not_before.clear()
        if turn.report.rows or turn.report.differences:
            self._desk.tell_changed()
        self.moved.emit()

    def _over(self, run: AtShops, report: SendReport | None) -> None:
        self._runs.remove(run)
        self.moved.emit()
        if report is not None:
            self.reported.emit(report)
        self.look()

    def _stopped(self, run: AtShops, shops: Sequence[str]) -> None:
        """What a person stops does not go on by itself."""
        self._runs.remove(run)
        self.moved.emit()
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: _taken_back(ws, shops), done=self._taken_back, failed=self._desk.show_fault, quiet=True
        )

    def _taken_back(self, keys: Sequence[str]) -> None:
        self._desk.say(text("confirmpage.stopped", count=len(keys)))
        self._desk.tell_changed()
        self.look()

    # By itself --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Give every shop a turn whose time has come, and wake up for the next."""
        if self._looking:
            return
        self._looking = True
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: _looked(ws), done=self._found, failed=self._not_now, quiet=True)

    def _found(self, seen: _Seen) -> None:
        self._looking = False
        self._warn(seen.queues)
        now = self._desk.ws.now()
        busy = self.at_work()
        due = {shop.name: self._due(shop, now) for shop in seen.shops if shop.name not in busy}
        for name in [name for name, at in due.items() if at <= now]:
            del due[name]
            self._begin(AtShops(self._desk, _turn, parent=self), [name], asked=False)
        if due:
            self._next.start(max(100, round((min(due.values()) - now).total_seconds() * 1000)))

    def _due(self, shop: OpenShop, now: datetime) -> datetime:
        """When the shop's next turn is: not within a pause, and not again at once when nothing came of the last."""
        soonest = now if shop.waits or shop.open else max(now, shop.audit_at or now)
        return max(soonest, self._not_before.get(shop.name, now), shop.paused_until or now)

    def _warn(self, queues: Sequence[ShopQueue]) -> None:
        """Say once of each shipment that waits too long for its ship-by."""
        late = frozenset(key for queue in queues for key in queue.late)
        if late - self._warned:
            self._desk.warn(text("confirmpage.waits_too_long", count=len(late)))
        self._warned = late

    def _not_now(self, fault: Fault) -> None:
        """The database could not be asked; the next look says more."""
        self._looking = False


@dataclass(frozen=True, slots=True)
class _Seen:
    shops: Sequence[OpenShop]
    queues: Sequence[ShopQueue]


# The flows of sending are loaded when first needed, not at the start of the window.


def _looked(ws: Workspace) -> _Seen:
    from jpship_gui.flows.confirm.send import open_shops
    from jpship_gui.flows.confirm.waiting import waiting

    return _Seen(open_shops(ws), waiting(ws))


def _queued(ws: Workspace, keys: Sequence[str] | None) -> dict[str, int]:
    """Shops with something to do now, and for how many seconds each waits for answers."""
    from jpship_gui.flows.confirm.queue import queue
    from jpship_gui.flows.confirm.send import open_shops

    queue(ws, keys, by="api")
    names = [shop.name for shop in open_shops(ws) if shop.waits or shop.open]
    return {name: int(ws.shop_options(name).get("confirm.deadline_s")) for name in names}


def _taken_back(ws: Workspace, shops: Sequence[str]) -> tuple[str, ...]:
    from jpship_gui.flows.confirm.queue import take_back

    return take_back(ws, shops)


def _to_read(ws: Workspace) -> list[str]:
    from jpship_gui.flows.confirm.send import shops_to_read

    return shops_to_read(ws)


def _turn(ws: Workspace, shop: str, progress: Progress) -> Turn:
    from jpship_gui.flows.confirm.send import take_turn

    return take_turn(ws, shop, progress)


def _reading(ws: Workspace, shop: str, progress: Progress) -> Turn:
    from jpship_gui.flows.confirm.send import read_back_shop

    return read_back_shop(ws, shop, progress)
