"""Out, through the stand-in of the tool, and back, by the flows themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.b2_tool import Issued
from jpship_gui.practice.freight_tools import issue_fukuyama, issue_seino
from tests.builders import NOW, a_contact, an_order, stored
from tests.flows.carrier_desk import open_desk

Issue = Callable[[Path, Path, int, datetime], Issued]
TOOLS = [
    pytest.param("seino", issue_seino, 100_000_000, id="seino"),
    pytest.param("fukuyama", issue_fukuyama, 1_000_000_000, id="fukuyama"),
]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(
        tmp_path, seino__shipper_code="01234567890", fukuyama__shipper_code="0123", carrier__service="parcel"
    )
    yield opened
    opened.close()


@pytest.mark.parametrize(("carrier", "issue", "first"), TOOLS)
def test_out_and_back(ws: Workspace, tmp_path: Path, carrier: str, issue: Issue, first: int) -> None:
    odd = a_contact(name="髙橋 﨑子", street="北浜9丁目9番9号　コーポことり 203", phone="+81 90-0000-1234")
    made = stored(ws.store, *(an_order(n) for n in range(1, 6)), carrier=carrier)
    made += stored(ws.store, an_order(6, recipient=odd), carrier=carrier)
    out = tmp_path / "out.csv"
    written = export(ws, carrier, None, out, agreed=True)
    assert len(written.exported) == len(made)
    issued = issue(out, tmp_path, first, to_jst(NOW))
    assert issued.refused == ()
    assert set(issued.numbers) == {key for _, key in made}
    result = take(ws, "", issued.path)
    assert (result.carrier, result.complete) == (carrier, True)
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers
    for key, number in issued.numbers.items():
        assert track(ws, key, number, number).verified


@pytest.mark.parametrize(("carrier", "issue", "first"), TOOLS)
def test_the_file_we_wrote_is_no_result(
    ws: Workspace, tmp_path: Path, carrier: str, issue: Issue, first: int
) -> None:
    stored(ws.store, an_order(1), carrier=carrier)
    out = tmp_path / "out.csv"
    export(ws, carrier, None, out)
    with pytest.raises(Refused) as refused:
        take(ws, carrier, out)
    assert refused.value.code in ("carrier_file_is_import", "carrier_file_other", "carrier_file_seems")
