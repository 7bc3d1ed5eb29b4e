"""Limits and days in the window: typed, checked, kept, planned with, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from jpship_gui.flows.plan import entries, tables
from jpship_gui.flows.plan.entries import AREA, PICKUP, SERVICE, ZONE, Entry
from jpship_gui.flows.plan.listing import to_plan
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.options.page import OptionsPage
from jpship_gui.ui.plan.entry_words import name_of
from jpship_gui.ui.plan.limits_view import LimitsView
from jpship_gui.ui.plan.page import LIMITS, PlanPage
from jpship_gui.ui.profiles.form_parts import Words
from jpship_gui.ui.widgets.checkbox import CheckBox
from jpship_gui.ui.widgets.inputs import Choice
from tests.ui.driving import Driver
from tests.ui.plan.planning_day import Planned, lay_out

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(ws: Workspace) -> Planned:
    return lay_out(ws)


@pytest.fixture
def view(day: Planned, window: MainWindow, driver: Driver) -> LimitsView:
    window.open_page("plan", LIMITS)
    driver.settle()
    page = window.page()
    assert isinstance(page, PlanPage)
    return page.limits


def codes(ws: Workspace, key: str) -> set[str]:
    return next({problem.code for problem in one.found} for one in to_plan(ws) if one.row.key == key)


def fill(view: LimitsView, driver: Driver, **given: str | bool) -> None:
    for name, value in given.items():
        field = view.form().fields[name]
        if isinstance(field, CheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, Choice):
            field.setCurrentIndex(field.findData(value))
        else:
            assert isinstance(field, Words)
            field.selectAll()
            driver.type_words(field, str(value))


def test_an_area_limit_is_typed_and_planned_with_and_taken_back(
    view: LimitsView, day: Planned, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    before = codes(ws, day.clear[0])
    view.begin_new(AREA)
    fill(view, driver, carrier="yamato", prefectures="大阪府、沖縄県", closed=True, source="契約書")
    driver.key(Qt.Key.Key_S, CONTROL, on=view)
    kept = [one for one in entries.every(ws) if one.kind == AREA][-1]
    assert kept.values == {
        "carrier": "yamato",
        "prefectures": ["大阪府", "沖縄県"],
        "closed": True,
        "source": "契約書",
    }
    assert codes(ws, day.clear[0]) > before
    assert view.list.current() == kept
    driver.click(window.undo_bar.button)
    assert codes(ws, day.clear[0]) == before
    assert kept not in entries.every(ws)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"prefectures": "大阪", "closed": True, "source": "契約書"}, "大阪"),
        ({"postal": "abc", "closed": True, "source": "契約書"}, "abc"),
        ({"prefectures": "大阪府", "closed": True}, "出典"),
        ({"prefectures": "大阪府", "extra_days": "ニ", "source": "契約書"}, "追加の日数"),
        ({"prefectures": "大阪府", "closed": True, "source": "契約書", "valid_from": "来月"}, "適用開始日"),
        ({"prefectures": "大阪府", "source": "契約書"}, "何も制限していません"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_not_kept(
    view: LimitsView, driver: Driver, ws: Workspace, given: dict[str, str | bool], said: str
) -> None:
    before = entries.every(ws)
    view.begin_new(AREA)
    fill(view, driver, **given)
    driver.click(view.save_button)
    assert view.told.isVisible()
    assert said in view.told._words.text()
    assert entries.every(ws) == before
    assert view.back()


def test_limits_of_a_service_days_off_and_zones_are_typed(
    view: LimitsView, driver: Driver, ws: Workspace
) -> None:
    view.begin_new(SERVICE)
    fill(view, driver, way="yamato/nekopos", grams="1,000", sides="31.2×22.8×3", source="契約書")
    driver.click(view.save_button)
    view.begin_new(PICKUP)
    boxes = view.form().fields["closed_weekdays"]
    assert isinstance(boxes, list)
    driver.click(boxes[6])
    fill(view, driver, carrier="sagawa", closed_days="2027/01/01、2027-01-02")
    driver.click(view.save_button)
    view.begin_new(ZONE)
    fill(view, driver, name="四国", prefectures="徳島県 香川県 愛媛県 高知県")
    driver.click(view.save_button)
    limits, prices = tables.limits(ws), tables.prices(ws)
    (service,) = [one for one in limits.services if one.service == "nekopos"]
    assert (service.grams, service.sides) == (1000, (312, 228, 30))
    _, pickup = limits.pickups
    assert (pickup.carrier, pickup.closed_weekdays, len(pickup.closed_days)) == ("sagawa", ("sun",), 2)
    assert [zone.name for zone in prices.zones] == ["近畿", "四国"]


def test_an_entry_is_changed_in_its_place_and_removed_and_put_back(
    view: LimitsView, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    *others, zone = entries.every(ws)
    view.list.go_to(name_of(zone))
    fill(view, driver, name="関西")
    driver.click(view.save_button)
    changed = entries.every(ws)[-1]
    assert changed == Entry(ZONE, {**zone.values, "name": "関西"})
    driver.click(view.remove_button)
    assert entries.every(ws) == tuple(others)
    driver.click(window.undo_bar.button)
    assert entries.every(ws) == (*others, changed)


def test_what_another_desk_changed_is_not_overwritten(
    view: LimitsView, window: MainWindow, driver: Driver, ws: Workspace
) -> None:
    *_, zone = entries.every(ws)
    view.list.go_to(name_of(zone))
    other = Entry(ZONE, {**zone.values, "name": "西"})
    entries.keep(ws, other, zone)
    fill(view, driver, name="関西")
    driver.click(view.save_button)
    assert entries.every(ws)[-1] == other


def test_limits_travel_as_a_file(
    view: LimitsView,
    window: MainWindow,
    driver: Driver,
    ws: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    area = Entry(AREA, {"island": True, "no_slot": True, "source": "契約書"})
    entries.keep(ws, area)
    monkeypatch.setattr(QFileDialog, "exec", lambda _: int(QFileDialog.DialogCode.Accepted))
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(tmp_path / "limits.toml")])
    driver.click(view.files.write_button)
    entries.remove(ws, area)
    driver.click(view.files.take_button)
    assert area in entries.every(ws)
    driver.click(window.undo_bar.button)
    assert area not in entries.every(ws)


def test_what_a_setting_says_is_a_link_to_it(view: LimitsView, window: MainWindow, driver: Driver) -> None:
    driver.click(view.links["desk"])
    assert isinstance(window.page(), OptionsPage)
