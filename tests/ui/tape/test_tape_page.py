"""The tape in the window: days, filters, the way to the order, paper and file; a scan changes nothing there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.tape import Tape
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.tape import page as page_module
from jpship_gui.ui.tape.page import TapePage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import NUMBERS, Day, lay_out


@pytest.fixture
def day(ws: Workspace) -> Day:
    made = lay_out(ws)
    with Desk(ws, "1", "佐藤") as desk:
        for raw in (made.navy, "4901234567894", "JPCMDACK", "4901234567900", NUMBERS[1]):
            desk.scan(raw)
    return made


@pytest.fixture
def page(day: Day, window: MainWindow, driver: Driver) -> TapePage:
    window.open_page("tape")
    shown = window.page()
    assert isinstance(shown, TapePage)
    driver.wait_for(lambda: shown.view.lines.rowCount() > 0)
    driver.settle()
    return shown


def test_the_newest_line_stands_first(page: TapePage) -> None:
    lines = page.view.lines
    assert lines.rowCount() == 5
    assert NUMBERS[1] in lines.line(0).read
    assert lines.line(3).klass == "ng"
    assert text("tape.count.ng") + " 1" in page.figures.text()
    assert lines.line(3).word in page.wrong.text()


def test_only_what_was_stopped(page: TapePage, driver: Driver) -> None:
    page.classes.set_value("ng")
    page.refresh()
    driver.wait_for(lambda: page.view.lines.rowCount() == 1)
    assert page.shown.text() == text("tape.shown", count="1")
    page.search.setText("nowhere")
    page.refresh()
    driver.wait_for(lambda: page.stack.currentWidget() is page.nothing)


def test_a_long_day_shows_its_newest_lines_before_the_rest(
    day: Day, window: MainWindow, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "_AT_ONCE", 2)
    seen: list[tuple[int, bool, str, str, bool]] = []
    took = TapePage._took

    def told(page: TapePage, found: tuple[int, Tape]) -> None:
        took(page, found)
        tape = found[1]
        seen.append(
            (
                len(tape.lines),
                tape.whole,
                page.shown.text(),
                page.figures.text(),
                page.print_button.isEnabled(),
            )
        )

    monkeypatch.setattr(TapePage, "_took", told)
    window.open_page("tape")
    driver.wait_for(lambda: len(seen) == 2)
    assert seen[0] == (2, False, text("tape.shown.newest", count="2"), "", False)
    assert seen[1][:3] == (5, True, text("tape.shown", count="5"))
    assert text("tape.count.ng") + " 1" in seen[1][3]
    assert seen[1][4], "what is on paper is all of it"


def test_a_day_without_scans_says_so(page: TapePage, ws: Workspace, driver: Driver) -> None:
    page.show_day(ws.today() - timedelta(days=1))
    driver.wait_for(lambda: page.stack.currentWidget() is page.empty)
    assert not page.print_button.isEnabled()
    page.show_day(ws.today() + timedelta(days=9))  # none that is still to come
    driver.wait_for(lambda: page.view.lines.rowCount() == 5)


def test_a_line_leads_to_its_order(page: TapePage, window: MainWindow, day: Day) -> None:
    page.view.asked.emit(day.navy)
    assert type(window.page()).__name__ == "OrdersPage"


def test_what_is_shown_is_saved(page: TapePage, tmp_path: Path, driver: Driver) -> None:
    page.save_to(tmp_path / "tape.csv")
    driver.settle()
    assert len((tmp_path / "tape.csv").read_text("utf-8-sig").splitlines()) == 6


def test_a_scan_into_the_search_box_is_looked_for_and_presses_nothing(
    page: TapePage, window: MainWindow, driver: Driver
) -> None:
    page.search.setFocus()
    driver.scan(page.search, NUMBERS[1])
    driver.wait_for(lambda: page.view.lines.rowCount() == 1)
    assert window.page() is page


def test_ctrl_f_looks_for_something_and_escape_leads_back(
    page: TapePage, window: MainWindow, driver: Driver
) -> None:
    handler = page.acts()["search"]
    handler.run()
    assert page.search.hasFocus() or window.focusWidget() is page.search
    page.back()
    assert window.current() == "all"
    window.open_page("pack")
    window.open_page("tape")
    page.back()
    assert window.current() == "pack", "whoever packs goes on packing"
    window.open_page("all")
