"""Label sheets and forms in the window: chosen, aligned, designed, kept, removed and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from jpship_gui.flows.paper import forms, stocks
from jpship_gui.flows.paper.forms import Form, FormField, Offset
from jpship_gui.flows.paper.stocks import Measured
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.options.papers_section import PapersSection
from jpship_gui.ui.widgets.inputs import Choice
from tests.ui import synthetic
from tests.ui.driving import Driver

FORM = Form("", "試し", "10 x 4.5 in", (FormField("to_name", 300, 400, 700, 90, size=12),))


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A new desk."""
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    yield opened
    opened.close()


@pytest.fixture
def section(window: MainWindow, driver: Driver) -> PapersSection:
    """The place in sight."""
    window.resize(1280, 800)
    window.open_page("options", "papers")
    driver.settle()
    page = window.page()
    assert isinstance(page, OptionsPage)
    return page.papers


def fill(driver: Driver, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    field.editingFinished.emit()
    driver.settle()


def test_a_sheet_is_chosen_and_aligned(driver: Driver, section: PapersSection, ws: Workspace) -> None:
    control = section.rows["label.sheet"].control
    assert isinstance(control, Choice)
    control.setCurrentIndex(control.findData("28171"))
    assert ws.options.get("label.sheet") == "28171"
    section.measured_sheet.setCurrentIndex(section.measured_sheet.findData("28171"))
    fill(driver, section.measures["x"], "-15")
    fill(driver, section.measures["first"], "7")
    assert stocks.measured(ws, "28171") == Measured(x=-15, first=7)
    section.measured_sheet.setCurrentIndex(section.measured_sheet.findData("28362"))
    assert section.measures["first"].value() == 1


def test_a_sheet_of_a_file_is_offered(section: PapersSection, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[mine]\ngrid = [1, 4]\nsize = [100, 60]\nmargin = [20, 20]\nname = "うち"\n', encoding="utf-8"
    )
    section.take_sheets(path)
    control = section.rows["label.sheet"].control
    assert isinstance(control, Choice)
    assert "うち" in control.itemText(control.findData("mine"))


def test_without_a_form_only_new_and_import_can_be_pressed(section: PapersSection) -> None:
    assert section.new_form.isEnabled()
    assert section.import_form.isEnabled()
    for button in (
        section.edit_form,
        section.export_form,
        section.crosses,
        section.ruler,
        section.remove_form,
    ):
        assert not button.isEnabled()


def test_a_form_is_designed_and_kept(driver: Driver, section: PapersSection, ws: Workspace) -> None:
    driver.click(section.new_form)
    designer = section.designer
    assert designer.isVisible()
    assert not section.settings.isVisible()
    QTest.keyClicks(designer.name, "My form")
    designer.values.setCurrentIndex(designer.values.findData("to_name"))
    driver.click(designer.add)
    designer.values.setCurrentIndex(designer.values.findData("to_phone"))
    driver.click(designer.add)
    assert [field.value for field in designer.form.fields] == ["to_name", "to_phone"]
    start = designer.canvas.box_of(0).center().toPoint()
    QTest.mousePress(designer.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(designer.canvas, start + QPoint(60, 40))
    QTest.mouseRelease(designer.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    moved = designer.form.fields[0]
    scale = designer.canvas.box_of(0).width() / moved.width
    assert (moved.x, moved.y) == (
        pytest.approx(100 + 60 / scale, abs=2),
        pytest.approx(100 + 40 / scale, abs=2),
    )
    assert designer.table.item(0, 1) is not None
    shown = designer.table.item(0, 1)
    assert shown is not None
    assert float(shown.text()) == moved.x / 10
    driver.key(Qt.Key.Key_Right, on=designer.canvas)
    driver.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, on=designer.canvas)
    after = designer.form.fields[0]
    assert (after.x - moved.x, after.y - moved.y) == (1, 10)
    driver.click(designer.keep)
    assert section.settings.isVisible()
    (kept,) = forms.forms(ws)
    assert (kept.name, kept.fields[0]) == ("My form", after)
    assert section.form_choice.currentData() == kept.id


def test_the_table_takes_millimetres_and_refuses_what_lies_off_the_paper(
    driver: Driver, section: PapersSection, ws: Workspace
) -> None:
    forms.keep_form(ws, FORM)
    section.refresh()
    driver.click(section.edit_form)
    table = section.designer.table
    x = table.item(0, 1)
    assert x is not None
    x.setText("12.5")
    assert section.designer.form.fields[0].x == 125
    for wrong in ("300", "abc", "-1", ""):
        x.setText(wrong)
        assert section.designer.form.fields[0].x == 125
        assert x.text() == "12.5"
    section.designer.choose(0)
    driver.click(section.designer.drop)
    assert section.designer.form.fields == ()
    driver.click(section.designer.back)
    assert len(forms.forms(ws)[0].fields) == 1  # nothing was kept


def test_each_form_has_its_offset_and_comes_back_when_removed_by_mistake(
    driver: Driver, section: PapersSection, ws: Workspace, window: MainWindow
) -> None:
    kept = forms.keep_form(ws, FORM)
    section.refresh()
    fill(driver, section.offsets["x"], "13")
    fill(driver, section.offsets["y"], "-4")
    assert forms.offset_of(ws, kept.id) == Offset(13, -4)
    taken = []
    section._desk.said.connect(lambda words, undo: taken.append(undo))
    driver.click(section.remove_form)
    assert forms.forms(ws) == ()
    taken[0]()
    assert forms.forms(ws) == (kept,)
    assert forms.offset_of(ws, kept.id) == Offset(13, -4)


def test_a_form_is_shared_as_a_file(section: PapersSection, ws: Workspace, tmp_path: Path) -> None:
    forms.keep_form(ws, FORM)
    section.refresh()
    section.write_form(tmp_path / "form.toml")
    section.take_form(tmp_path / "form.toml")
    assert len(forms.forms(ws)) == 2
