"""The window sends every shop by itself, with progress and stop, pauses without network and goes on when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.send import SendReport
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.shops import MAIN, SECOND
from jpship_gui.store import outbox, send_pauses, shipments, shops
from jpship_gui.store.database import to_ms
from jpship_gui.ui.confirm.page import ConfirmPage
from jpship_gui.ui.confirm.sender import Sender, sender_of
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.tasks import Tasks
from tests.flows.confirming import Scene, a_scene, a_shop
from tests.ui.driving import Driver

ORDERS = 12  # of the first shop: told one by one they leave in two portions
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[tuple[Scene, Scene]]:
    with (
        a_scene(tmp_path / "home", ORDERS, **{"confirm.settle_s": "1"}) as one,
        a_shop(one.ws, SECOND, 2, first=100) as other,
    ):
        yield one, other


@pytest.fixture
def ws(scenes: tuple[Scene, Scene]) -> Workspace:
    return scenes[0].ws


@pytest.fixture
def sender(window: MainWindow) -> Sender:
    return sender_of(window.desk)


@pytest.fixture
def page(window: MainWindow, driver: Driver) -> ConfirmPage:
    window.open_page("confirm")
    driver.settle()
    found = window.page()
    assert isinstance(found, ConfirmPage)
    return found


def until(true: object) -> None:
    deadline = QDeadlineTimer(20_000)
    while not true():  # type: ignore[operator]
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        assert not deadline.hasExpired()


def states(scene: Scene) -> list[SendState]:
    return [item.state for item in outbox.by_keys(scene.ws.store, scene.keys)]


def press_send(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_one_key_sends_every_shop_and_tells_what_came_of_it(
    page: ConfirmPage, window: MainWindow, sender: Sender, scenes: tuple[Scene, Scene]
) -> None:
    told: list[SendReport] = []
    sender.reported.connect(told.append)
    press_send(window)
    until(lambda: told)
    (report,) = told
    assert {row.shop: row.state for row in report.rows} == {
        MAIN.name: SendState.ACCEPTED,
        SECOND.name: SendState.ACCEPTED,
    }
    assert [scene.registered() for scene in scenes] == [scene.expected() for scene in scenes]
    assert "受理 14" in window.undo_bar.words.text()


def test_a_slow_shop_leaves_the_others_and_the_button_alone(
    page: ConfirmPage, window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    slow, quick = scenes
    slow.server.app.tricks.ask(Trick("getOrder", How.LATE, times=9, seconds=0.8))
    press_send(window)
    until(lambda: states(quick) == [SendState.ACCEPTED] * 2)
    assert states(slow) != [SendState.ACCEPTED] * ORDERS
    assert MAIN.name in sender.at_work()
    assert not page.send_button.isEnabled()  # all that is left is being sent
    until(lambda: states(slow) == [SendState.ACCEPTED] * ORDERS)
    driver.settle()


def test_waiting_for_an_answer_occupies_no_thread(
    page: ConfirmPage, window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    doubtful, _ = scenes
    doubtful.server.app.tricks.ask(Trick("updateOrderShippingAsync", How.CUT_BEFORE))
    press_send(window)
    until(lambda: SendState.DOUBTFUL in states(doubtful))
    until(lambda: not window.tasks.busy())
    assert sender.at_work() == frozenset()
    until(lambda: states(doubtful) == [SendState.ACCEPTED] * ORDERS)  # and yet it goes on by itself
    assert doubtful.registered() == doubtful.expected()
    driver.settle()


def test_escape_stops_the_sending_and_the_rest_stays_green(
    page: ConfirmPage, window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    one, _ = scenes
    for scene in scenes:
        shops.set_settings(scene.ws.store, scene.shop, {"rakuten.sync": "on", "api.timeout_s": "5"})
        scene.server.app.tricks.ask(Trick("getOrder", How.LATE, times=1, seconds=1.2))
    press_send(window)
    until(window.progress.isVisible)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    driver.settle()
    assert not window.progress.isVisible()
    assert sender.at_work() == frozenset()
    assert len(one.registered()) == 10  # the portion on its way was told, no other
    assert states(one) == [SendState.ACCEPTED] * 10
    sender.look()
    driver.settle()
    assert len(one.registered()) == 10  # nor does it go on by itself
    assert [row.queued for row in (page._review.green if page._review else ())] == [False] * 2
    press_send(window)
    until(lambda: states(one) == [SendState.ACCEPTED] * ORDERS)
    assert [scene.registered() for scene in scenes] == [scene.expected() for scene in scenes]
    driver.settle()


def test_without_network_it_says_when_it_tries_again_and_then_does(
    page: ConfirmPage, window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    gone, _ = scenes
    shops.set_settings(gone.ws.store, gone.shop, {"api.url": NOWHERE})
    press_send(window)
    until(lambda: gone.shop in send_pauses.every(gone.ws.store))
    driver.settle()
    assert states(gone) == [SendState.WAITING] * ORDERS
    assert page.waits.isVisible()
    shops.set_settings(gone.ws.store, gone.shop, {"api.url": gone.server.url})
    sender.look()
    driver.settle()
    assert states(gone) == [SendState.WAITING] * ORDERS  # the pause lasts
    now = gone.ws.now()
    window.desk.ws = replace(gone.ws, clock=lambda: now + timedelta(seconds=40))
    sender.look()
    until(lambda: states(gone) == [SendState.ACCEPTED] * ORDERS)
    driver.settle()
    page.refresh()
    driver.settle()
    assert not page.waits.isVisible()
    assert gone.registered() == gone.expected()


def test_it_begins_by_itself_after_a_restart(
    sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    one, other = scenes
    queue(one.ws, one.keys[:2])
    sender.look()
    until(lambda: states(one) == [SendState.ACCEPTED] * 2)
    driver.settle()
    assert (one.registered(), other.registered()) == (one.expected()[:2], [])


def test_a_ship_by_that_would_pass_is_warned_of_once(
    window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    one, _ = scenes
    ship_by = to_ms(one.ws.now() + timedelta(minutes=20))
    (shipment, *_) = shipments.by_keys(one.ws.store, one.keys)
    with one.ws.store.transaction():
        shipments.update(one.ws.store, shipment.row_id, {"ship_by": ship_by})
    shops.set_settings(one.ws.store, one.shop, {"api.url": NOWHERE})
    queue(one.ws, one.keys)
    warned: list[str] = []
    window.desk.warned.connect(warned.append)
    sender.look()
    driver.settle()
    sender.look()
    driver.settle()
    assert len(warned) == 1
    assert "1件" in warned[0]
    assert window.banner.isVisible()


def test_reading_back_shows_a_difference_until_it_is_seen_to(
    page: ConfirmPage, window: MainWindow, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    one, _ = scenes
    press_send(window)
    until(lambda: states(one) == [SendState.ACCEPTED] * ORDERS)
    driver.settle()
    order = one.server.app.play.shops[MAIN.number].orders[one.numbers[0]]
    order["PackageModelList"][0]["ShippingModelList"][0]["deliveryCompany"] = "1002"
    driver.click(page.read_button)
    until(lambda: page._review is not None and page._review.differing)
    driver.settle()
    page.refresh()
    driver.settle()
    (differs,) = page._review.differing if page._review else ()
    assert differs.way.key == one.keys[0]
    page._difference_seen(one.keys[0])
    driver.settle()
    assert page._review is not None
    assert page._review.differing == ()


def test_a_database_connection_ends_with_each_task(
    window: MainWindow, tasks: Tasks, sender: Sender, driver: Driver, scenes: tuple[Scene, Scene]
) -> None:
    closed: list[str] = []
    real = scenes[0].ws.store.close

    def noted() -> None:
        import threading

        closed.append(threading.current_thread().name.split("_")[0])
        real()

    scenes[0].ws.store.close = noted  # type: ignore[method-assign]
    queue(scenes[0].ws)
    sender.look()
    until(lambda: all(set(states(scene)) == {SendState.ACCEPTED} for scene in scenes))
    driver.settle()
    assert closed.count("net") >= 2
    scenes[0].ws.store.close = real  # type: ignore[method-assign]
