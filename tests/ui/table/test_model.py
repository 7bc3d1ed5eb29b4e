"""Ids in memory, rows by pages."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from jpship_gui.flows.table.list_rows import Query, TableRow, ids, rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.table.columns import default_ids
from jpship_gui.ui.table.model import PAGE, OrderModel
from tests.ui import synthetic


def a_model(ws: Workspace) -> OrderModel:
    model = OrderModel(lambda wanted: rows(ws, wanted), ws.now)
    model.set_columns(default_ids(False))
    model.set_ids(ids(ws, Query(view="all")))
    return model


def test_model_keeps_qt_rules(ws: Workspace, qtmodeltester: ModelTester) -> None:
    model = a_model(ws)
    qtmodeltester.check(model)
    model.set_ids(model.ids()[:3])
    qtmodeltester.check(model)


def test_rows_are_read_by_pages_and_only_those_looked_at(ws: Workspace) -> None:
    (template,) = rows(ws, ids(ws, Query(view="all"))[:1])
    asked: list[int] = []

    def fetch(wanted: Sequence[int]) -> list[TableRow]:
        asked.append(len(wanted))
        return [replace(template, row_id=row_id) for row_id in wanted]

    model = OrderModel(fetch, ws.now)
    model.set_columns(("number",))
    model.set_ids(array("q", range(1, 100_001)))
    assert model.rowCount() == 100_000
    for place in (0, 5, PAGE - 1, 99_999):
        row = model.row(place)
        assert row is not None
        assert row.row_id == place + 1
    assert asked == [PAGE, PAGE]


def test_a_row_that_is_gone_is_blank_and_shifts_nobody(ws: Workspace) -> None:
    model = a_model(ws)
    first, second = model.ids()[:2]
    model.set_ids(array("q", [first, 999_999, second]))
    assert model.row(1) is None
    assert model.index(1, 4).data() is None
    last = model.row(2)
    assert last is not None
    assert last.row_id == second


def test_ticks_of_rows_no_longer_shown_are_dropped(ws: Workspace) -> None:
    model = a_model(ws)
    model.tick(model.ids()[:4], True)
    model.set_ids(model.ids()[2:])
    assert len(model.ticked()) == 2
    assert model.tick_state() is Qt.CheckState.PartiallyChecked
    model.tick(model.ids(), True)
    assert model.tick_state() is Qt.CheckState.Checked


@pytest.mark.parametrize(
    ("place", "column", "words"),
    [
        (0, "ship_by", "超過 0:42"),
        (1, "ship_by", "あと 0:37"),
        (1, "number", "345678-20261121-0416812301"),
        (1, "goods", "マグカップ 青 ×2 ほか1点"),
        (1, "stage", "確認待ち"),
        (5, "stage", "備考 未読"),
        (2, "wish", "11/22 14–16"),
        (3, "shop", "Yahoo! 本店"),
    ],
)
def test_cells_say_what_a_person_reads(ws: Workspace, place: int, column: str, words: str) -> None:
    model = a_model(ws)
    assert model.index(place, model.columns().index(column)).data() == words


def test_unknown_roles_are_none(ws: Workspace) -> None:
    model = a_model(ws)
    assert model.index(0, 2).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == "発送期限 11/21(土) 13:26"
    assert len(model.ids()) == len(synthetic._ROWS)
