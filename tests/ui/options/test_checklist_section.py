"""The checklist in the settings: typed, tried on today's orders while typing, used once it is saved (PK-16)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jpship_gui.flows.pack import checklist
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import set_language
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.checklist_section import ChecklistSection
from jpship_gui.ui.options.page import OptionsPage
from tests.ui.driving import Driver
from tests.ui.pack.packing_day import lay_out


@pytest.fixture
def section(ws: Workspace, window: MainWindow, driver: Driver) -> ChecklistSection:
    lay_out(ws)
    window.open_page("options", "checklist")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    return page.checklist


def type_in(section: ChecklistSection, driver: Driver, written: str) -> None:
    """As a person does; waits until it was tried."""
    section.editor.setFocus()
    section.editor.selectAll()
    for number, line in enumerate(written.splitlines()):
        if number:
            driver.key(Qt.Key.Key_Return, on=section.editor)
        driver.type_words(section.editor, line)
    driver.wait_for(lambda: not section._timer.isActive())
    driver.settle()


def test_groups_show_which_orders_of_today_they_are_for_while_one_types(
    section: ChecklistSection, driver: Driver, ws: Workspace
) -> None:
    assert section.none.isVisible()
    type_in(section, driver, "[mugs] sku:mug-300-nv\n4 corners\n[never] sku:nothing-*\n5 x")
    first, second = section.groups.sheets
    assert (first.group.name, len(first.fitting)) == ("mugs", 1)
    assert "9002" in first.orders.text() or first.fitting[0].order.endswith("9002")
    assert len(second.fitting) == 0
    assert second.orders.text() == "当てはまる注文はありません"
    assert checklist.kept_text(ws) == "", "nothing is used before it is saved"


def test_a_line_that_is_not_used_is_marked_and_told(section: ChecklistSection, driver: Driver) -> None:
    type_in(section, driver, "4 corners\nno number\n[g] carrier:yamatto\n5 x")
    assert section.flaws.isVisible()
    assert section.flaws.text().splitlines() == [
        "2行目: 先頭に番号がありません（no number）",
        "3行目: 「carrier:yamatto」という値はありません。このグループは使いません",
    ]
    marked = [one.cursor.blockNumber() + 1 for one in section.editor.extraSelections()]
    assert marked == [2, 3]
    set_language("en")
    QApplication.sendEvent(section, QEvent(QEvent.Type.LanguageChange))
    driver.settle()
    assert section.flaws.text().startswith("Line 2")
    set_language("ja")


def test_saved_by_key_and_taken_back(section: ChecklistSection, driver: Driver, ws: Workspace) -> None:
    type_in(section, driver, "4 corners")
    assert section.state.text() == "まだ使われていません"
    QTest.keyClick(section.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert checklist.kept_text(ws) == "4 corners"
    assert section.state.text() == "使用中です"
    assert not section.save_button.isEnabled()
    type_in(section, driver, "4 other")
    driver.click(section.revert_button)
    assert section.editor.toPlainText() == "4 corners"


def test_what_is_being_written_survives_leaving_the_page(
    section: ChecklistSection, driver: Driver, window: MainWindow
) -> None:
    type_in(section, driver, "4 half")
    window.open_page("all")
    window.open_page("options", "checklist")
    driver.settle()
    assert section.editor.toPlainText() == "4 half"


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_the_example_is_a_checklist_without_flaws(
    section: ChecklistSection, driver: Driver, ws: Workspace, language: str
) -> None:
    set_language(language)
    driver.click(section.example_button)
    set_language("ja")
    found = checklist.read(ws, section.editor.toPlainText())
    assert found.flaws == ()
    assert len(found.groups) == 3


def test_the_camera_is_tried_and_nothing_of_it_kept(
    ws: Workspace, window: MainWindow, driver: Driver, tmp_path: Path
) -> None:
    window.open_page("options", "scanner")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    group = page.scanner.extras
    assert not group.trial_row.isVisible()
    script = tmp_path / "camera.py"
    script.write_text(
        'import sys\nfrom PIL import Image\nImage.new("RGB", (640, 480)).save(sys.argv[1], "JPEG")\n'
    )
    group.rows["camera.command"].changed.emit("camera.command", f'"{sys.executable}" "{script}" %f')
    driver.settle()
    assert group.trial_row.isVisibleTo(page)
    group.button.click()
    driver.wait_for(lambda: group.picture.isVisibleTo(page))
    assert (group.picture.pixmap().width(), group.picture.pixmap().height()) == (160, 120)
    assert list(ws.places.temporary.iterdir()) == []
    script.write_text("raise SystemExit(2)")
    group.button.click()
    driver.wait_for(lambda: group.button.isEnabled() and not group.picture.isVisibleTo(page))
