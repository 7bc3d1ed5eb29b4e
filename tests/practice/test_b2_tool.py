"""The stand-in for B2クラウド takes what we write and gives back what we read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.order import Money, TaxPart, Wish
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.b2_tool import issue
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
