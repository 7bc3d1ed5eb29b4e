"""Out, through stand-ins of the e飛伝 tools, and back, by the flows themselves; and files that must not be taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Wish
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.b2_tool import Issued
from jpship_gui.practice.sagawa_tools import issue_ehiden2, issue_ehiden3, issue_ehiden_pro
from tests.builders import NOW, a_contact, an_order, stored
from tests.flows.carrier_desk import open_desk

Issue = Callable[[Path, Path, int, datetime], Issued]
FIRST = 44_480_300_000
TOOLS = [
    pytest.param("ehiden3", issue_ehiden3, id="ehiden3"),
    pytest.param("ehiden2", issue_ehiden2, id="ehiden2"),
    pytest.param("ehiden_pro", issue_ehiden_pro, id="ehiden_pro"),
]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, sagawa__customer_code="012345678901", carrier__default="sagawa")
    yield opened
    opened.close()


def issued_by(ws: Workspace, tmp_path: Path, tool: str, issue: Issue, count: int = 3) -> Issued:
    made = stored(ws.store, *(an_order(n) for n in range(1, count + 1)), carrier="sagawa")
    out = tmp_path / "out.csv"
    export(ws, "sagawa", [key for _, key in made], out, tool=tool, agreed=True)
    return issue(out, tmp_path, FIRST, to_jst(NOW))


def rewritten(path: Path, change: Callable[[list[list[str]]], Sequence[Sequence[str]]]) -> Path:
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp932"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text).writerows(change(rows))
    path.write_bytes(text.getvalue().encode("cp932"))
    return path


@pytest.mark.parametrize(("tool", "issue"), TOOLS)
def test_out_and_back(ws: Workspace, tmp_path: Path, tool: str, issue: Issue) -> None:
    odd = a_contact(name="髙橋 﨑子", street="北浜9丁目9番9号　コーポことり 203", phone="+81 90-0000-1234")
    made = stored(ws.store, *(an_order(n) for n in range(1, 6)), carrier="sagawa")
    made += stored(ws.store, an_order(6, recipient=odd), carrier="sagawa")
    made += stored(ws.store, an_order(7), carrier="sagawa", wish=Wish(NOW.date(), "1416"))
    made += stored(ws.store, an_order(8), carrier="sagawa", wish=Wish(NOW.date()))
    out = tmp_path / "out.csv"
    written = export(ws, "sagawa", [key for _, key in made], out, tool=tool, agreed=True)
    assert len(written.exported) == len(made)
    issued = issue(out, tmp_path, FIRST, to_jst(NOW))
    assert issued.refused == ()
    assert set(issued.numbers) == {key for _, key in made}
    result = take(ws, "", issued.path)
    assert (result.carrier, result.complete) == ("sagawa", True)
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers
    for key, number in issued.numbers.items():
        assert track(ws, key, number, number).verified


@pytest.mark.parametrize(("tool", "issue"), TOOLS)
def test_the_file_we_wrote_is_no_result(ws: Workspace, tmp_path: Path, tool: str, issue: Issue) -> None:
    issued_by(ws, tmp_path, tool, issue)
    out = tmp_path / "out.csv"
    for carrier in ("sagawa", ""):
        with pytest.raises(Refused, match="carrier_file_is_import"):
            take(ws, carrier, out)
    rewritten(out, lambda rows: rows[1:])  # as the template without header
    with pytest.raises(Refused, match="carrier_file_is_import"):
        take(ws, "sagawa", out)


@pytest.mark.parametrize(
    ("place", "cell", "code"),
    [
        (3, "", "missing"),
        (5, "あ" * 17, "length"),
        (10, "JP0000000000000001", "key"),
        (3, "090-0000-1234", "phone"),
        (44, "004", "cool"),
        (45, "2026/11/23", "day"),
        (46, "20", "slot"),
        (52, "999", "seals"),
        (48, "5500", "cash"),
        (58, "3", "payer"),
    ],
)
def test_the_stand_in_takes_nothing_that_cannot_be_right(
    ws: Workspace, tmp_path: Path, place: int, cell: str, code: str
) -> None:
    issued_by(ws, tmp_path, "ehiden3", issue_ehiden3)

    def spoil(rows: list[list[str]]) -> list[list[str]]:
        rows[2][place - 1] = cell
        return [*rows[:3], rows[3][:-1]]

    issued = issue_ehiden3(rewritten(tmp_path / "out.csv", spoil), tmp_path, FIRST, to_jst(NOW))
    assert (issued.refused, len(issued.numbers)) == (((3, code), (4, "layout")), 1)


def test_a_deleted_waybill_is_shown_and_its_number_not_taken(ws: Workspace, tmp_path: Path) -> None:
    """The parcel's new waybill stands in the same file: the deletion alone tells which of the two is valid."""
    issued = issued_by(ws, tmp_path, "ehiden2", issue_ehiden2)

    def delete_first(rows: list[list[str]]) -> list[list[str]]:
        anew = [*rows[1]]
        anew[0] = "600078420325"
        for row in rows[1:]:
            row[52] = "0"
        rows[1][52] = "1"
        return [*rows, anew]

    key = next(iter(issued.numbers))
    result = take(ws, "sagawa", rewritten(issued.path, delete_first))
    assert [(one.line, one.column, one.code) for one in result.rejected] == [
        (2, "削除区分", "carrier_row_deleted")
    ]
    assert {taken.key: taken.number for taken in result.matched} == {**issued.numbers, key: "600078420325"}


def test_a_mark_on_every_row_is_no_deletion(ws: Workspace, tmp_path: Path) -> None:
    issued = issued_by(ws, tmp_path, "ehiden2", issue_ehiden2)

    def mark(rows: list[list[str]]) -> list[list[str]]:
        return [[*row[:52], "1" if n else row[52]] for n, row in enumerate(rows)]

    result = take(ws, "sagawa", rewritten(issued.path, mark))
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers


@pytest.mark.parametrize(("tool", "issue"), TOOLS)
def test_numbers_a_spreadsheet_spoilt_are_refused(
    ws: Workspace, tmp_path: Path, tool: str, issue: Issue
) -> None:
    issued = issued_by(ws, tmp_path, tool, issue)
    place = {"ehiden3": 0, "ehiden2": 0, "ehiden_pro": 56}[tool]

    def spoil(rows: list[list[str]]) -> list[list[str]]:
        for row in rows[1:]:
            row[place] = "4.44803E+11"
        return rows

    with pytest.raises(Refused) as refused:
        take(ws, "sagawa", rewritten(issued.path, spoil))
    assert refused.value.code == "carrier_file_damaged"


@pytest.mark.parametrize(("tool", "issue"), TOOLS)
def test_one_key_with_two_numbers_is_for_a_person(
    ws: Workspace, tmp_path: Path, tool: str, issue: Issue
) -> None:
    issued = issued_by(ws, tmp_path, tool, issue)
    key_place = {"ehiden3": 18, "ehiden2": 12, "ehiden_pro": 58}[tool]

    def double(rows: list[list[str]]) -> list[list[str]]:
        rows[2][key_place] = rows[1][key_place]
        return rows

    result = take(ws, "sagawa", rewritten(issued.path, double))
    assert [rejected.code for rejected in result.rejected] == ["carrier_key_twice"] * 2
    assert len(result.matched) == 1


def test_ehiden3_without_header_is_read_by_place_and_says_so(ws: Workspace, tmp_path: Path) -> None:
    from jpship_gui.carriers import carriers
    from jpship_gui.formats.reader import read_file

    issued = issued_by(ws, tmp_path, "ehiden3", issue_ehiden3)
    table = read_file(rewritten(issued.path, lambda rows: rows[1:]))
    reader = carriers()["sagawa"].tools[0].read_result
    assert reader is not None
    found = reader(table)
    assert found.by_position
    assert {one.parcel_key: one.tracking_no for one in found.numbers} == issued.numbers


def test_pro_s_variant_with_one_column_more(ws: Workspace, tmp_path: Path) -> None:
    issued = issued_by(ws, tmp_path, "ehiden_pro", issue_ehiden_pro)

    def wider(rows: list[list[str]]) -> list[list[str]]:
        return [[*row[:50], "元着区分" if n == 0 else "1", *row[50:]] for n, row in enumerate(rows)]

    result = take(ws, "", rewritten(issued.path, wider))
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers


def test_a_file_of_bizlogi(ws: Workspace, tmp_path: Path) -> None:
    issued = issued_by(ws, tmp_path, "ehiden_pro", issue_ehiden_pro)
    header = (
        "お届け先コード 郵便番号 佐川急便顧客コード 問い合せ№ 発送日 個数 顧客管理番号 便種コード".split()
    )
    rows = [
        ["", "541-0041", "012345678901", number, "20261120", "1", key, "000"]
        for key, number in issued.numbers.items()
    ]
    result = take(ws, "", rewritten(issued.path, lambda _: [header, *rows]))
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers
