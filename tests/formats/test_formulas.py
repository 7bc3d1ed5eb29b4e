"""What a buyer wrote never becomes a formula in a file we write, and nothing else is changed for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.carriers import carriers
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.intake.rejected import save_rejected
from jpship_gui.flows.table.copied import copied
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import plain
from jpship_gui.formats.encoding import decode
from jpship_gui.formats.formulas import disarmed, is_key, is_live, restored
from jpship_gui.formats.layout import Column, Layout
from jpship_gui.formats.reader import read_file
from jpship_gui.formats.writer import table_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.practice.rakuten import samples
from tests.flows.carrier_desk import open_desk
from tests.formats.hostile import FORMULAS, csv_text

WRITTEN = [
    *(m.confirm_layout for m in marketplaces().values() if m.confirm_layout),
    *(t.handover_layout for c in carriers().values() for t in c.tools if t.handover_layout),
]
PLAIN = (
    "",
    "-",
    "－",
    "---",
    "0901234",
    "-500",
    "+81",
    "1,200",
    "-1,200.50",
    "山田 花子",
    "a=b",
    "A-1",
    "3-2-1",
    "'",
)


def calculated(cell: str) -> bool:
    """The test's own idea, simpler than the program's: what begins with a sign and is no plain number."""
    text = cell.lstrip(' \u3000"')
    if text[:1] not in tuple("=+-@＝＋－＠\t\r\n") or not text:
        return False
    return any(c.isalpha() or c in "()|!&" for c in text) or text[0] in "=@＝＠\t\r\n"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def cells_of(data: bytes, layout: Layout) -> list[list[str]]:
    """What a spreadsheet finds in a file, quotes taken off."""
    text, _ = decode("a", data)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter))


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("layout", WRITTEN, ids=lambda layout: layout.id)
def test_no_layout_writes_a_cell_that_calculates(layout: Layout, formula: str) -> None:
    ones = ["1"] * len(layout.columns)
    for place, column in enumerate(layout.columns):
        row = [*ones[:place], formula, *ones[place + 1 :]]
        if is_key(column.kind):
            with pytest.raises(Refused) as refused:
                table_bytes(layout, [ones, row])
            assert refused.value.code == "cell_formula"
            assert refused.value.values["column"] == column.header
            continue
        written = cells_of(table_bytes(layout, [ones, row]), layout)
        assert not any(calculated(cell) for cells in written for cell in cells)


@pytest.mark.parametrize("layout", WRITTEN, ids=lambda layout: layout.id)
def test_what_is_no_formula_is_written_as_it_is(layout: Layout) -> None:
    for cell in PLAIN:
        row = [cell] * len(layout.columns)
        written = cells_of(table_bytes(layout, [row]), layout)[-1] if any(row) else row
        assert written == row


@pytest.mark.parametrize("layout", WRITTEN, ids=lambda layout: layout.id)
def test_what_a_layout_always_writes_is_harmless(layout: Layout) -> None:
    fixed = [cell for line in layout.lead for cell in line]
    fixed += [text for column in layout.columns for text in (column.header, column.constant)]
    assert not any(calculated(text) for text in fixed)


def test_figures_keep_their_sign_where_a_column_holds_figures() -> None:
    for kind, text in (("phone", "+81-90-1234-5678"), ("money", "-1,200"), ("digits", "+81 90 1234 5678")):
        assert not is_live(text, kind)
        assert disarmed(text, kind) == text
    assert is_live("+81-90-1234-5678", "text")
    for kind in ("phone", "money", "integer", "date"):
        assert is_live("=1+1", kind)
        assert is_live("-2+3+cmd|' /C calc'!A0", kind)


@given(st.text(alphabet=st.sampled_from('=+-@＝＋－＠\t\r\n "a1あ'), max_size=6))
def test_disarming_is_taken_back_when_read(text: str) -> None:
    assert not is_live(disarmed(text))
    assert restored(disarmed(text)) == text
    assert not calculated(disarmed(text)) or not is_live(text)


def test_a_file_without_quotes_is_no_way_round(tmp_path: Path) -> None:
    layout = Layout("a", "t", "見本", (Column("x", "甲"), Column("y", "乙")), quote_none=True)
    written = cells_of(table_bytes(layout, [('"=1+1"', '""=cmd|x')]), layout)
    assert not any(calculated(cell) for row in written for cell in row)


def test_rejected_rows_are_disarmed_and_come_back_as_they_were(ws: Workspace, tmp_path: Path) -> None:
    names = list(samples.rakuten_header())
    rows = samples.rakuten_rows(2, plain=True)
    hostile = {"送付先姓": FORMULAS[0], "コメント": FORMULAS[5] + "\r\n二行目", "商品名": "-5℃対応 保冷剤"}
    rows = [{**row, **hostile} for row in rows]
    spoilt = [{**row, "個数": "x"} for row in rows]
    path, out = tmp_path / "a.csv", tmp_path / "rejected.csv"
    path.write_bytes(samples.csv_bytes(spoilt))
    shown = preview(ws, [path])
    assert save_rejected(shown, out) == len(rows)
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert not any(calculated(cell) for row in csv.reader(file) for cell in row)
    kept = read_file(out)
    place = kept.header.index("個数")
    mended = [[*row.cells[:place], "1", *row.cells[place + 1 :]] for row in kept.rows]
    out.write_text(csv_text([kept.header, *mended]), encoding="utf-8-sig", newline="")
    taken = preview(ws, [out]).files[0]
    assert [r.code for r in taken.rejections] == []
    path.write_bytes(samples.csv_bytes([{**row, "個数": "1"} for row in rows], names))
    straight = preview(ws, [path]).files[0]
    orders = [[replace(o.order, findings=()) for o in one.outcomes] for one in (taken, straight)]
    assert orders[0] == orders[1]
    assert orders[0][0].packages[0].recipient.name.startswith("=cmd|")


def test_a_disarmed_cell_is_read_as_the_marketplace_meant_it(ws: Workspace, tmp_path: Path) -> None:
    """Other tools disarm the same way."""
    path = tmp_path / "a.csv"
    rows = [{**samples.rakuten_rows(1, plain=True)[0], "送付先姓": "'@山", "送付先名": "'太郎'"}]
    path.write_bytes(samples.csv_bytes(rows))
    (found,) = preview(ws, [path]).files[0].outcomes
    assert found.order.packages[0].recipient.name == "@山 '太郎'"
    accept(ws, preview(ws, [path]))


def test_a_copied_row_is_one_row_of_texts() -> None:
    assert copied(["=1+1", "a\tb", "01", "-5", "二\r\n行"]) == "'=1+1\ta b\t01\t-5\t二 行"


def test_a_disarmed_header_is_the_same_header() -> None:
    assert plain("'=独自項目1") == plain("=独自項目1")
