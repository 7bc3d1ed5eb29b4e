"""The goods list read from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.upkeep.goods import GoodsTaken, take_file
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from tests.flows.carrier_desk import open_desk

HEADER = "JANコード,SKU,入数,商品名\n"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def take(ws: Workspace, tmp_path: Path, *lines: str) -> GoodsTaken:
    path = tmp_path / "goods.csv"
    path.write_text(HEADER + "".join(line + "\n" for line in lines), encoding="utf-8")
    return take_file(ws, path)


def test_a_code_written_twice_alike_is_one_code(ws: Workspace, tmp_path: Path) -> None:
    found = take(ws, tmp_path, "ab-1,mug,1,マグ", "AB-1,mug,1,マグカップ")
    assert (found.codes, found.rejected) == (1, [])
    product = products.by_code(ws.store, "ab-1")
    assert product is not None
    assert product.name == "マグカップ"


def test_a_code_of_two_goods_is_left_out_and_told_with_its_lines(ws: Workspace, tmp_path: Path) -> None:
    found = take(
        ws, tmp_path, "4901,mug,1,", "4902,plate,1,", "4901,bowl,1,", "4903,cup,1,", "4903,cup,6,", ",x,1,"
    )
    assert found.codes == 1
    assert found.rejected == [(2, "twice"), (4, "twice"), (5, "twice"), (6, "twice"), (7, "incomplete")]
    assert products.by_code(ws.store, "4901") is None
    assert products.by_code(ws.store, "4902") is not None


def test_what_nobody_sees_is_no_part_of_a_code(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path, "49\u200b01,m\u202eug,1,")
    product = products.by_code(ws.store, "4901")
    assert product is not None
    assert product.sku == "mug"


def test_a_list_that_breaks_off_is_refused_whole(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(HEADER + "4901,mug,1,マグ\n4902,pla", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        take_file(ws, path)
    assert (refused.value.code, refused.value.values["line"], refused.value.values["column"]) == (
        "file_cut_off",
        3,
        "SKU",
    )
    assert products.by_code(ws.store, "4901") is None


def test_a_list_typed_by_hand_may_leave_the_last_cells_out(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(HEADER + "4901,mug\n4902,plate", encoding="utf-8")
    assert take_file(ws, path).codes == 2
