"""The confirm page: only green can be sent, red says why and leads to its repair."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows.confirm.review import OnItsWay
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import find
from jpship_gui.store import shops
from jpship_gui.texts import text
from jpship_gui.ui.confirm.case_card import CaseCard
from jpship_gui.ui.confirm.page import ConfirmPage, _done_cells
from jpship_gui.ui.confirm.upload_card import UploadCard
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.label import Label
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


@pytest.fixture
def by_file(confirm: ConfirmPage, ws: Workspace, driver: Driver, tmp_path: Path) -> UploadCard:
    """The shop works by file, and its file is written."""
    shops.set_settings(ws.store, "検品店", {"confirm.by": "file"})
    write_files(ws, tmp_path / "out")
    confirm.refresh()
    driver.settle()
    (card,) = confirm.findChildren(UploadCard)
    return card


def test_a_shop_that_works_by_file_has_the_file_as_its_loudest_button(
    confirm: ConfirmPage, ws: Workspace, driver: Driver
) -> None:
    shops.set_settings(ws.store, "検品店", {"confirm.by": "file"})
    confirm.refresh()
    driver.settle()
    review = confirm._review
    assert review is not None
    assert not confirm.send_button.isVisible()
    assert confirm.file_button.text() == text("confirmpage.files_count", count=len(review.green))


def test_a_written_file_waits_with_the_steps_of_the_marketplaces_screen(
    by_file: UploadCard, day: Day
) -> None:
    assert day.navy in by_file.file.keys
    assert by_file.guide.isVisible()
    assert len(by_file.guide.findChildren(Label)) == by_file.file.upload_steps


def test_an_upload_that_went_well_is_told_with_one_click(
    by_file: UploadCard, confirm: ConfirmPage, driver: Driver, day: Day
) -> None:
    driver.click(by_file.taken_button)
    review = confirm._review
    assert review is not None
    assert review.files == ()
    assert day.navy in {row.key for row in review.accepted_today}


def test_an_upload_that_was_refused_brings_its_orders_back(
    by_file: UploadCard, confirm: ConfirmPage, driver: Driver, day: Day
) -> None:
    driver.click(by_file.refused_button)
    review = confirm._review
    assert review is not None
    assert {row.key: row.reasons[0].code for row in review.red}[day.navy] == "refused"


def test_what_was_left_undone_is_told_beside_what_was_accepted(confirm: ConfirmPage) -> None:
    assert confirm._review is not None
    row = OnItsWay(
        *("s1", "yahoo", "検品店", "10000001", "山田 太郎", ("123456789012",)),
        *(SendState.ACCEPTED, None, 1, "complete_refused", "od00001 不可"),
    )
    told = _done_cells(row)
    assert "od00001 不可" in told[2].sub
    assert told[-1].glyph == glyphs.ATTENTION
    plain = _done_cells(replace(row, code="read_back", message=""))
    assert (plain[2].sub, plain[-1].glyph) == ("", glyphs.OK)
