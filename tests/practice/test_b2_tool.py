"""The stand-in for B2クラウド takes what we write and gives back what we read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.order import Money, TaxPart, Wish
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.marks import set_office
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.b2_tool import issue
from jpship_gui.store import shipments, shops
from tests.builders import NOW, a_contact, a_line, an_order, stored
from tests.flows.carrier_desk import open_desk

FIRST = 20_000_000_000


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def test_a_day_s_file_goes_out_and_comes_back(ws: Workspace, tmp_path: Path) -> None:
    plain = [an_order(n) for n in range(1, 6)]
    odd = [
        an_order(6, recipient=a_contact(name="髙橋 﨑子", street="北浜9丁目9番9号　コーポことり 203")),
        an_order(7, recipient=a_contact(phone="+81 90-0000-1234")),
        an_order(8, lines=(a_line(name="とても長い商品名" * 8), a_line(line_id="2"))),
    ]
    made = stored(ws.store, *plain, *odd)
    cash = an_order(9, money=Money(charged=2200, taxes=(TaxPart(10, 2200, 200),)))
    made += stored(ws.store, cash, cash_on_delivery=True)
    made += stored(ws.store, an_order(10), wish=Wish(NOW.date(), "am"))
    written = export(ws, "yamato", None, tmp_path / "b2.csv")
    assert len(written.exported) == len(made)
    issued = issue(tmp_path / "b2.csv", tmp_path, FIRST, to_jst(NOW))
    assert issued.refused == ()
    assert set(issued.numbers) == {key for _, key in made}
    result = take(ws, "", issued.path)
    assert result.complete
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers
    for key, number in issued.numbers.items():
        assert track(ws, key, number, number).verified


def test_it_refuses_what_the_service_refuses(ws: Workspace, tmp_path: Path) -> None:
    stored(ws.store, an_order(1), an_order(2))
    out = tmp_path / "b2.csv"
    export(ws, "yamato", None, out)
    lines = out.read_bytes().decode("cp932").split("\r\n")
    lines[2] = lines[2].replace("2026/11/20", "2026-11-20")
    out.write_bytes("\r\n".join(lines).encode("cp932"))
    issued = issue(out, tmp_path, FIRST, to_jst(NOW))
    assert (issued.refused, len(issued.numbers)) == (((3, "ES003001"),), 1)


def test_it_works_on_the_day_it_is_asked(ws: Workspace, tmp_path: Path) -> None:
    later = replace(ws, clock=lambda: NOW.replace(month=12))
    stored(ws.store, an_order(1))
    export(later, "yamato", None, tmp_path / "b2.csv")
    assert issue(tmp_path / "b2.csv", tmp_path, FIRST, to_jst(NOW)).refused == ()
    assert issue(tmp_path / "b2.csv", tmp_path, FIRST, to_jst(NOW.replace(month=10))).refused


HEADER = {
    "ship_date": 4,
    "phone": 8,
    "name": 15,
    "zip": 10,
    "address": 11,
    "sender_phone": 19,
    "sender_name": 24,
}
HEADER |= {
    "sender_zip": 21,
    "sender_address": 22,
    "goods": 27,
    "payer": 39,
    "kind": 1,
    "slot": 6,
    "search": 75,
}
HEADER |= {"cash": 33, "several": 73, "hold": 35, "pieces": 37}


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("ES003001", {"ship_date": "2026-11-20"}),
        ("ES003001", {"ship_date": "2026/12/21"}),
        ("EF029001", {"pieces": "100"}),
        ("EF011001", {"phone": ""}),
        ("EF011002", {"name": ""}),
        ("EF011004", {"zip": ""}),
        ("WS003001", {"address": ""}),
        ("EF011059", {"sender_phone": ""}),
        ("EF011062", {"sender_name": ""}),
        ("EF011006", {"sender_zip": ""}),
        ("WS003002", {"sender_address": ""}),
        ("EF011067", {"goods": ""}),
        ("EF011082", {"payer": ""}),
        ("ES001010", {"name": "あ" * 17}),
        ("ES001014", {"address": "大阪府大阪市 北浜"}),
        ("ES002007", {"phone": "+81 90-0000-1234"}),
        ("ES002038", {"slot": "0010"}),
        ("ES002038", {"slot": "0812", "kind": "4"}),
        ("ES002070", {"search": "JS-0001"}),
        ("EF011020", {"kind": "2", "cash": "0"}),
        ("EF011020", {"kind": "9", "cash": "30001"}),
        ("ES002622", {"kind": "6", "several": ""}),
        ("ES002624", {"kind": "6", "several": "ONE"}),
        ("EF011003", {"hold": "1"}),
    ],
)
def test_each_answer_of_the_service_is_played(
    ws: Workspace, tmp_path: Path, code: str, cells: dict[str, str]
) -> None:
    stored(ws.store, an_order(1))
    out = tmp_path / "b2.csv"
    export(ws, "yamato", None, out)
    header, row = list(csv.reader(io.StringIO(out.read_bytes().decode("cp932"))))
    assert issue(out, tmp_path, FIRST, to_jst(NOW)).refused == ()
    for name, cell in cells.items():
        row[HEADER[name]] = cell
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, row])
    out.write_bytes(text.getvalue().encode("cp932"))
    assert issue(out, tmp_path, FIRST, to_jst(NOW)).refused == ((2, code),)


@pytest.mark.parametrize("columns", [95, 97, 98])
def test_old_and_new_widths_come_back(ws: Workspace, tmp_path: Path, columns: int) -> None:
    ((_, key),) = stored(ws.store, an_order(1))
    out = tmp_path / "b2.csv"
    export(ws, "yamato", None, out)
    rows = [[*row, ""][:columns] for row in csv.reader(io.StringIO(out.read_bytes().decode("cp932")))]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    out.write_bytes(text.getvalue().encode("cp932"))
    issued = issue(out, tmp_path, FIRST, to_jst(NOW))
    assert [(taken.key, taken.number) for taken in take(ws, "", issued.path).matched] == [
        (key, issued.numbers[key])
    ]


def test_every_kind_of_waybill_goes_out_and_comes_back(ws: Workspace, tmp_path: Path) -> None:
    """送り状種類 0 to 9 and A, cool, at an office, several boxes as one consignment, cash."""
    yamato = carriers()["yamato"]
    kinds = [s.id for s in yamato.services if not s.cash_on_delivery and not s.several]
    wishes = {"timed": Wish(slot="0010")}
    made = [
        stored(ws.store, an_order(n), service=kind, wish=wishes.get(kind, Wish()))[0][1]
        for n, kind in enumerate(kinds, 1)
    ]
    ((cool_id, cool),) = stored(ws.store, an_order(20))
    with ws.store.transaction():
        shipments.update(ws.store, cool_id, {"cool": "frozen"})
    ((_, office),) = stored(ws.store, an_order(21))
    set_office(ws, [office], "０３２９９０")
    money = Money(charged=2200, taxes=(TaxPart(10, 2200, 200),))
    ((_, cash),) = stored(ws.store, an_order(22, money=money), cash_on_delivery=True)
    ((_, small),) = stored(ws.store, an_order(23, money=money), cash_on_delivery=True, service="compact")
    ((_, many),) = stored(ws.store, an_order(24), service="several")
    split(ws, many, 2)
    out = tmp_path / "b2.csv"
    assert export(ws, "yamato", None, out).refused == {}
    rows = {row[0]: row for row in csv.reader(io.StringIO(out.read_bytes().decode("cp932")))}
    written = [rows[key][1] for key in (*made, cool, office, cash, small, many)]
    assert written == ["0", "1", "3", "4", "5", "7", "8", "A", "0", "0", "2", "9", "6"]
    assert (rows[cool][2], rows[office][35:37]) == ("1", ["1", "032990"])
    assert {rows[key][73] for key in (many, f"{many}P2")} == {many}
    issued = issue(out, tmp_path, FIRST, to_jst(NOW))
    assert issued.refused == ()
    assert {taken.key: taken.number for taken in take(ws, "", issued.path).matched} == issued.numbers


def test_the_98th_column_is_for_eazy_contracts_alone(ws: Workspace, tmp_path: Path) -> None:
    ((_, eazy),) = stored(ws.store, an_order(1), service="eazy")
    stored(ws.store, an_order(2))
    shops.set_settings(
        ws.store, "本店", {"carrier.tools": '{"yamato": "b2_eazy"}', "yamato.place_code": "02"}
    )
    plain, extended = export(ws, "yamato", None, tmp_path / "b2.csv").files
    rows = [list(csv.reader(io.StringIO(f.path.read_bytes().decode("cp932")))) for f in (plain, extended)]
    assert [len(row) for row in rows[0]] == [97, 97]
    assert [len(row) for row in rows[1]] == [98, 98]
    assert (rows[1][0][97], rows[1][1][97], rows[1][1][0]) == ("置き場所コード", "02", eazy)
    assert issue(extended.path, tmp_path, FIRST, to_jst(NOW)).refused == ()
