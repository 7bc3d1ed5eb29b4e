"""The confirm page: only green can be sent, red says why and leads to its repair."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import find
from jpship_gui.store import shops
from jpship_gui.ui.confirm.case_card import CaseCard
from jpship_gui.ui.confirm.page import ConfirmPage
from jpship_gui.ui.main_window import MainWindow
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import NUMBERS, Day, lay_out


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    assert track(ws, made.navy, NUMBERS[1], NUMBERS[1]).verified
    shops.set_settings(ws.store, "検品店", {"track.proof": "strict", "confirm.by": "api"})
    assert not track(ws, made.blue, NUMBERS[2], NUMBERS[2]).verified
    return made


@pytest.fixture
def confirm(day: Day, window: MainWindow, driver: Driver) -> ConfirmPage:
    window.open_page("confirm")
    driver.settle()
    found = window.page()
    assert isinstance(found, ConfirmPage)
    return found


def test_green_and_red_are_all_that_is_packed(confirm: ConfirmPage, day: Day) -> None:
    review = confirm._review
    assert review is not None
    assert day.navy in {row.key for row in review.green}
    assert day.blue in {row.key for row in review.red}
    assert not {row.key for row in review.green} & {row.key for row in review.red}


def test_the_button_counts_only_what_is_green(confirm: ConfirmPage) -> None:
    review = confirm._review
    assert review is not None
    assert confirm.send_button.text().startswith(str(len(review.green)))
    assert confirm.send_button.isEnabled()


def test_each_red_one_has_a_card_with_its_reason(confirm: ConfirmPage) -> None:
    review = confirm._review
    assert review is not None
    assert len(confirm.findChildren(CaseCard)) == len(review.red) + len(review.doubtful)


def test_a_shop_that_uploads_files_sends_nothing(confirm: ConfirmPage, ws: Workspace, driver: Driver) -> None:
    assert find("confirm.by").default == "auto"
    shops.set_settings(ws.store, "検品店", {"confirm.by": "file"})
    confirm.refresh()
    driver.settle()
    review = confirm._review
    assert review is not None
    assert "検品店" not in {row.shop for row in confirm._sendable(review)}


def test_sending_without_keys_says_so_and_loses_nothing(
    confirm: ConfirmPage, window: MainWindow, driver: Driver, day: Day
) -> None:
    driver.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=window)
    assert window.banner.isVisible(), "the shop has no licence key: that must be said"
    review = confirm._review
    assert review is not None
    left = {row.key for row in review.green} | {row.key for row in review.sending}
    assert day.navy in left
