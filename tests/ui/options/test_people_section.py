"""People in the settings: entered, changed, taken out; rights ticked; nobody gets in who may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.roles import Right, Role
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.pack.crew import reasons_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.options.people_section import PeopleSection
from tests.documents.reading import codes, picture
from tests.ui.driving import Driver


def opened(window: MainWindow, driver: Driver) -> OptionsPage:
    window.open_page("all")
    window.open_page("options", "people")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    return page


@pytest.fixture
def section(ws: Workspace, window: MainWindow, driver: Driver) -> PeopleSection:
    window.desk.ws = ws.as_person("")
    return opened(window, driver).people


def enter(section: PeopleSection, driver: Driver, name: str) -> None:
    driver.type_words(section.people.new.name, name)
    QTest.keyClick(section.people.new.name, Qt.Key.Key_Return)
    driver.settle()


def test_the_first_one_entered_is_the_owner_and_stands_here(
    section: PeopleSection, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    assert section.people.new.role.value() == "owner"
    enter(section, driver, "Sato")
    enter(section, driver, "Suzuki")
    found = [(p.name, p.code, p.role) for p in people.every(ws)]
    assert found == [("Sato", "01", Role.OWNER), ("Suzuki", "02", Role.PACKER)]
    assert window.desk.ws.person == ws.options.get("desk.person") == "Sato"
    assert [row.code.toolTip() for row in section.people.rows[:2]] == [badge_of("01"), badge_of("02")]


def test_what_cannot_be_is_said_and_changes_nothing(
    section: PeopleSection, driver: Driver, ws: Workspace
) -> None:
    enter(section, driver, "Sato")
    enter(section, driver, "Sato")
    assert section.people.wrong.isVisible()
    assert "Sato" in section.people.wrong.text()
    section.people.rows[0].button.click()  # the only owner, and with him the last one
    driver.settle()
    assert people.active(ws) == []
    assert not section.people.wrong.isVisible()


def test_names_roles_and_codes_are_changed_in_their_line(
    section: PeopleSection, driver: Driver, ws: Workspace
) -> None:
    enter(section, driver, "Sato")
    enter(section, driver, "Suzuki")
    row = section.people.rows[1]
    row.code.setText("k7")
    row.code.editingFinished.emit()
    driver.settle()
    row = section.people.rows[1]
    row.role.chosen.emit("office") if row.role.set_value("office") is None else None
    driver.settle()
    assert [(p.name, p.code, p.role) for p in people.every(ws)][1] == ("Suzuki", "K7", Role.OFFICE)
    section.people.rows[1].button.click()
    driver.settle()
    gone = section.people.rows[1]
    assert not gone.name.isEnabled()
    assert gone.code.toolTip() == ""
    gone.button.click()
    driver.settle()
    assert len(people.active(ws)) == 2


def test_rights_are_ticked(section: PeopleSection, driver: Driver, ws: Workspace) -> None:
    enter(section, driver, "Sato")
    assert not section.rights.boxes[Role.OWNER, Right.SKIP].isEnabled()
    box = section.rights.boxes[Role.PACKER, Right.SKIP]
    assert not box.isChecked()
    box.click()
    driver.settle()
    assert Right.SKIP in people.rights(ws)[Role.PACKER]


def test_reasons_and_switches_are_kept_for_all_desks(
    section: PeopleSection, driver: Driver, ws: Workspace
) -> None:
    section.rows["pack.reasons.hold"].changed.emit("pack.reasons.hold", "棚卸し中\n入荷待ち")
    section.rows["people.required"].changed.emit("people.required", "on")
    assert reasons_of(ws, Command.HOLD) == ("棚卸し中", "入荷待ち")
    assert shared_options.get(ws, "people.required") is True


def test_badges_are_saved_and_read(
    section: PeopleSection, driver: Driver, ws: Workspace, tmp_path: Path
) -> None:
    enter(section, driver, "Sato")
    section.save_badges(tmp_path / "b.pdf")
    driver.settle()
    assert codes(picture((tmp_path / "b.pdf").read_bytes(), 1, 300))["Code 128"] == [badge_of("01")]


def test_a_packer_sees_no_settings_but_who_may(ws: Workspace, window: MainWindow, driver: Driver) -> None:
    boss = ws.as_person("佐藤")
    people.add(boss, "佐藤")
    people.add(boss, "鈴木")
    window.desk.ws = ws.as_person("鈴木")
    page = opened(window, driver)
    assert page.locked.isVisible()
    assert not page.stack.isVisible()
    assert [(b.text(), b.isEnabled()) for b in page.locked.buttons] == [("佐藤", True)]
    shared_options.put(ws, "people.by_click", False)
    page = opened(window, driver)
    assert [(b.text(), b.isEnabled()) for b in page.locked.buttons] == [("佐藤", False)]
    shared_options.put(ws, "people.by_click", True)
    page = opened(window, driver)
    page.locked.buttons[0].click()
    driver.settle()
    assert page.stack.isVisible()
    assert window.desk.ws.person == "佐藤"


def test_without_people_nobody_is_locked_out(ws: Workspace, window: MainWindow, driver: Driver) -> None:
    window.desk.ws = ws.as_person("")
    assert opened(window, driver).stack.isVisible()
