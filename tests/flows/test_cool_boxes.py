"""Each box of a split shipment travels at the temperature of what lies in it (PL-08, SY-13)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from jpship_gui.flows.check.cool import cool_of_boxes
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export
from jpship_gui.flows.paper.kinds import preview
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.split_by import propose, split_by
from jpship_gui.flows.upkeep import goods
from jpship_gui.flows.workspace import Workspace
from tests.builders import a_contact, a_line, an_order
from tests.flows.check_desk import codes, open_desk, the
from tests.flows.test_planning import SENDER


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, SENDER)
    goods.teach(opened, "4900000000016", "cake", temperature="冷蔵")
    goods.teach(opened, "4900000000023", "ice", temperature="冷凍")
    goods.teach(opened, "4900000000030", "mug")
    yield opened
    opened.close()


def taken(ws: Workspace, *skus: str) -> str:
    lines = tuple(a_line(line_id=str(n), sku=sku, name=f"見本 {sku}") for n, sku in enumerate(skus, 1))
    order = an_order(1, recipient=a_contact(name="見本 一"), lines=lines)
    (key,) = accept_orders(ws, [order], Source("file", "orders.csv")).keys
    return key


def cools(ws: Workspace, key: str) -> list[str | None]:
    return list(cool_of_boxes(ws, [the(ws, key)]).values())


def written(path: Path) -> list[tuple[str, str]]:
    """Key and クール区分 of each row of B2's file: 1 frozen, 2 chilled."""
    rows = list(csv.reader(path.read_text(encoding="cp932").splitlines()))[1:]
    return [(row[0], row[2]) for row in rows]


def test_chilled_and_frozen_in_one_box_stop_until_they_are_split(ws: Workspace, tmp_path: Path) -> None:
    key = taken(ws, "cake", "ice")
    assert "plan_mixed" in codes(ws, key)
    split_by(ws, key, "temperature")
    assert codes(ws, key) == []
    assert cools(ws, key) == ["chilled", "frozen"]
    made = export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert made.exported == (key,)
    assert written(tmp_path / "b2.csv") == [(key, "2"), (f"{key}P2", "1")]


def test_what_need_not_be_cool_gets_a_box_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    key = taken(ws, "mug", "cake")
    assert propose(ws, key, "temperature").names == ("", "chilled")
    split_by(ws, key, "temperature")
    assert cools(ws, key) == ["", "chilled"]
    export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert written(tmp_path / "b2.csv") == [(key, ""), (f"{key}P2", "2")]


def test_boxes_nobody_said_the_contents_of_are_not_handed_over(ws: Workspace, tmp_path: Path) -> None:
    key = taken(ws, "cake", "ice")
    split(ws, key, 2)
    assert cools(ws, key) == [None, None]
    with pytest.raises(NothingToExport) as refused:
        export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert [problem.code for problem in refused.value.refused[key]] == ["carrier_cool_boxes"]
    assert not (tmp_path / "b2.csv").exists()


def test_goods_of_one_temperature_need_no_contents(ws: Workspace, tmp_path: Path) -> None:
    key = taken(ws, "cake", "cake")
    split(ws, key, 2)
    assert cools(ws, key) == ["chilled", "chilled"]
    export(ws, "yamato", [key], tmp_path / "b2.csv")
    assert [code for _, code in written(tmp_path / "b2.csv")] == ["2", "2"]


def test_labels_say_the_temperature_of_their_own_box(ws: Workspace) -> None:
    key = taken(ws, "cake", "ice")
    split_by(ws, key, "temperature")
    for document in ("label", "marks"):
        drawn = preview(ws, document, [key])
        with pypdfium2.PdfDocument(drawn.pdf) as pdf:
            words = [page.get_textpage().get_text_range() for page in pdf]
        assert ["冷蔵" in "".join(words), "冷凍" in "".join(words)] == [True, True], document
        if document == "label":
            assert [("冷蔵" in page, "冷凍" in page) for page in words] == [(True, False), (False, True)]
