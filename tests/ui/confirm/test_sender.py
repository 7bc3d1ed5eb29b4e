"""What waits is sent by itself once the marketplace can be reached; nothing that was never queued is."""

from __future__ import annotations

import os

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import outbox, shipments
from jpship_gui.ui.confirm.sender import Sender
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import NUMBERS, Day, lay_out


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    assert track(ws, made.navy, NUMBERS[1], NUMBERS[1]).verified
    assert track(ws, made.blue, NUMBERS[2], NUMBERS[2]).verified
    return made


def test_nothing_that_was_not_queued_leaves(
    day: Day, ws: Workspace, window: MainWindow, driver: Driver
) -> None:
    sender = Sender(window.desk)
    sender.look()
    driver.settle()
    for key in (day.navy, day.blue):
        shipment = shipments.by_key(ws.store, key)
        assert shipment is not None
        assert shipment.stage is Stage.CONFIRM
    assert outbox.by_keys(ws.store, [day.navy, day.blue]) == []


def test_without_a_connection_it_keeps_waiting(
    day: Day, ws: Workspace, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jpship_gui.store import shops

    shops.set_settings(ws.store, "検品店", {"api.url": "http://127.0.0.1:9"})
    for field in ("SERVICE_SECRET", "LICENSE_KEY"):
        monkeypatch.setitem(os.environ, f"JPSHIP_SECRET_{field}", "practice-secret")
    queue(ws, [day.navy])
    sender = Sender(window.desk)
    for _ in range(2):
        sender.look()
        driver.settle()
    (item,) = outbox.by_keys(ws.store, [day.navy])
    assert item.state is SendState.WAITING
    assert outbox.by_keys(ws.store, [day.blue]) == []
