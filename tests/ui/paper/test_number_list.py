"""A list of numbers from クリックポスト's site on the print page: shown pair by pair, linked once a person confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.japan_post_tools import apply_clickpost, clickpost_page
from jpship_gui.store import shipments
from jpship_gui.ui.main_window import MainWindow
from jpship_gui.ui.paper.page import PaperPage
from tests.builders import a_contact, an_order, stored
from tests.ui import synthetic
from tests.ui.driving import Driver

FIRST = 30_000_000_000


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤"), clock=lambda: synthetic.NOW)
    shops.add(opened, "rakuten", "本店", {"sender.name": "ことり雑貨店", "carrier.default": "jppost"})
    names = ("山田 花子", "佐藤 次郎", "髙橋 三郎")
    orders = [an_order(n, recipient=a_contact(name=name)) for n, name in enumerate(names, start=1)]
    stored(opened.store, *orders, service="clickpost", carrier="jppost")
    yield opened
    opened.close()


@pytest.fixture
def paper(window: MainWindow, driver: Driver) -> PaperPage:
    window.open_page("paper")
    driver.settle()
    page = window.page()
    assert isinstance(page, PaperPage)
    return page


def linked(ws: Workspace) -> list[tuple[str, Stage]]:
    found = shipments.by_ids(
        ws.store, [row_id for (row_id,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")]
    )
    return [(one.parcels[0].tracking_no, one.stage) for one in found]


def test_the_list_is_shown_and_linked_once_confirmed(
    driver: Driver, paper: PaperPage, ws: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "click.csv"
    paper.carrier_acts.export_to("jppost", out, tool="clickpost", agreed=True)
    driver.settle()
    labels = apply_clickpost(out, FIRST)
    page = tmp_path / "list.txt"
    page.write_text(clickpost_page(labels) + "300000000031\t見本 誰か 様\t100-0001\t本\n", "utf-8")
    paper.carrier_acts.read_numbers(page)
    driver.settle()
    assert [number for number, _ in linked(ws)] == ["", "", ""]
    assert paper.right.telling
    driver.key(Qt.Key.Key_Return)
    driver.settle()
    assert linked(ws) == [(label.number, Stage.VERIFY) for label in labels]


def test_a_list_that_concerns_nobody_goes_where_unknown_files_go(
    driver: Driver, paper: PaperPage, window: MainWindow, tmp_path: Path
) -> None:
    page = tmp_path / "list.txt"
    page.write_text("300000000005\t見本 誰か 様\t100-0001\t本\n", "utf-8")
    paper.carrier_acts.read_numbers(page)
    driver.settle()
    assert window.current() == "intake"
