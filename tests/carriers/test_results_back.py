"""Numbers back, for every tool that gives them: out through its stand-in and back, and everything that must not be
taken. A tool that is added and not named here fails the first test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice import b2_tool, freight_tools, japan_post_tools, sagawa_tools
from jpship_gui.store import carrier_files, shipments
from tests.builders import NOW, an_order, stored
from tests.flows.carrier_desk import open_desk


class Issued(Protocol):
    """What every stand-in tells."""

    @property
    def path(self) -> Path: ...
    @property
    def numbers(self) -> dict[str, str]: ...
    @property
    def refused(self) -> tuple[tuple[int, str], ...]: ...


Issue = Callable[[Path, Path, int, datetime], Issued]
STAND_INS: dict[tuple[str, str], tuple[Issue, int]] = {
    ("yamato", "b2"): (b2_tool.issue, 20_000_000_001),
    ("sagawa", "ehiden3"): (sagawa_tools.issue_ehiden3, 44_480_300_001),
    ("sagawa", "ehiden2"): (sagawa_tools.issue_ehiden2, 44_480_310_001),
    ("sagawa", "ehiden_pro"): (sagawa_tools.issue_ehiden_pro, 44_480_320_001),
    ("jppost", "r"): (japan_post_tools.print_r, 30_000_000_001),
    ("jppost", "cloud"): (japan_post_tools.print_cloud, 30_000_010_001),
    ("seino", "kangaroo2"): (freight_tools.issue_seino, 100_000_001),
    ("fukuyama", "is2"): (freight_tools.issue_fukuyama, 1_000_000_001),
}
READING = [(carrier.id, tool.id) for carrier in carriers().values() for tool in carrier.reading]
EACH = pytest.mark.parametrize(("carrier", "tool"), READING, ids=lambda part: part)
CODES = {
    "sagawa__customer_code": "012345678901",
    "seino__shipper_code": "01234567890",
    "fukuyama__shipper_code": "0123",
    "jppost__cloud_form": "0",
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, **CODES)
    yield opened
    opened.close()


def out_and_issued(
    ws: Workspace, folder: Path, carrier: str, tool: str, count: int = 3, start: int = 1, first: int = 0
) -> tuple[Path, Issued]:
    """Orders written for the tool, and what its stand-in issued."""
    made = stored(ws.store, *(an_order(n) for n in range(start, start + count)), carrier=carrier)
    issue, own = STAND_INS[carrier, tool]
    out = folder / f"{carrier}-{tool}-{start}.csv"
    written = export(ws, carrier, [key for _, key in made], out, tool=tool, agreed=True)
    assert len(written.exported) == count, written.refused
    issued = issue(out, folder, first or own, to_jst(NOW))
    assert issued.refused == ()
    assert len(issued.numbers) == count
    return out, issued


def edited(path: Path, *changes: tuple[str, str]) -> Path:
    """The same file with texts replaced, as a person with an editor or a spreadsheet leaves it."""
    raw = path.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp932"
    text = raw.decode(encoding)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    made = path.with_stem(f"{path.stem}-edited")
    made.write_bytes(text.encode(encoding))
    return made


def promised(ws: Workspace) -> dict[str, str]:
    return {p.key: p.file_no for s in every(ws) for p in s.parcels if p.file_no}


def every(ws: Workspace) -> list[shipments.Shipment]:
    return shipments.by_ids(ws.store, [i for (i,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")])


def test_every_tool_that_gives_numbers_back_has_a_stand_in() -> None:
    assert set(READING) == set(STAND_INS)


@EACH
def test_numbers_come_back_to_their_parcels_and_are_the_file_proof(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    _, issued = out_and_issued(ws, tmp_path, carrier, tool)
    result = take(ws, "", issued.path)
    name = next(one.name for one in carriers()[carrier].tools if one.id == tool)
    assert (result.carrier, result.tool, result.complete) == (carrier, name, True)
    assert promised(ws) == issued.numbers
    for key, number in issued.numbers.items():
        assert track(ws, key, number, number).verified
    again = take(ws, carrier, issued.path)
    assert (len(again.unchanged), again.matched, again.complete) == (3, (), True)


@EACH
def test_the_file_written_for_the_tool_is_recognised_and_refused(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    out, _ = out_and_issued(ws, tmp_path, carrier, tool)
    for chosen in ("", carrier):
        with pytest.raises(Refused) as caught:
            take(ws, chosen, out)
        assert caught.value.code == "carrier_file_is_import"
    assert promised(ws) == {}


@EACH
def test_a_file_of_another_data_folder_is_refused(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    there = open_desk(tmp_path / "there", **CODES)
    for number in range(50):  # keys this folder has not given out
        stored(there.store, an_order(100 + number))
    _, issued = out_and_issued(there, tmp_path / "there", carrier, tool, start=200)
    there.close()
    with pytest.raises(Refused) as caught:
        take(ws, "", issued.path)
    assert caught.value.code == "carrier_file_foreign"


@EACH
def test_a_later_day_s_numbers_never_replace_those_of_an_earlier_unasked(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    """The same parcels issued anew, and the older file chosen once more: both are shown, neither is taken."""
    out, first = out_and_issued(ws, tmp_path, carrier, tool)
    take(ws, "", edited(first.path, ("\r\n", "\r\n")))
    issue, own = STAND_INS[carrier, tool]
    anew = issue(out, tmp_path, own + 700, to_jst(NOW))
    result = take(ws, "", anew.path)
    assert (result.matched, len(result.conflicts), result.complete) == ((), 3, False)
    assert promised(ws) == first.numbers
    assert len(take(ws, "", anew.path, replace=list(anew.numbers)).matched) == 3
    assert promised(ws) == anew.numbers


@EACH
def test_a_number_another_parcel_has_is_refused_by_name(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    _, first = out_and_issued(ws, tmp_path, carrier, tool)
    take(ws, "", edited(first.path, ("\r\n", "\r\n")))
    _, other = out_and_issued(
        ws, tmp_path, carrier, tool, start=20
    )  # the tool counts from the same number again
    result = take(ws, "", other.path)
    assert {row.code for row in result.rejected} == {"carrier_number_in_use"}
    assert (len(result.rejected), result.matched) == (3, ())
    assert promised(ws) == first.numbers


@EACH
def test_two_numbers_for_one_key_and_one_for_two_are_for_a_person(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    _, issued = out_and_issued(ws, tmp_path, carrier, tool)
    (one, n1), (two, n2), (three, n3) = issued.numbers.items()
    same_key = take(ws, "", edited(issued.path, (two, one)))
    assert {row.code for row in same_key.rejected} == {"carrier_key_twice"}
    assert promised(ws) == {three: n3}
    same_number = take(ws, "", edited(issued.path, (n2, n1)))
    assert {row.code for row in same_number.rejected} == {"carrier_number_twice"}
    assert promised(ws) == {three: n3}


@EACH
def test_what_a_spreadsheet_did_is_recognised(ws: Workspace, tmp_path: Path, carrier: str, tool: str) -> None:
    _, issued = out_and_issued(ws, tmp_path, carrier, tool)
    numbers = list(issued.numbers.values())
    shown = [(number, f"{number[0]}.{number[1:6]}E+{len(number) - 1}") for number in numbers]
    with pytest.raises(Refused) as caught:
        take(ws, "", edited(issued.path, *shown))
    assert caught.value.code == "carrier_file_damaged"
    assert promised(ws) == {}
    rest = take(ws, "", edited(issued.path, shown[0]))
    assert [row.code for row in rest.rejected] == ["carrier_number_damaged"]
    assert len(rest.matched) == 2


@EACH
def test_a_lost_zero_is_put_back_only_with_consent(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    form = next(form for form in carriers()[carrier].numbers if form.payload[0] == 0)
    zeros = 2_345_678_901 // 10 ** (
        11 - form.check_index
    )  # one digit fewer than the tool's running number has
    _, issued = out_and_issued(ws, tmp_path, carrier, tool, count=1, first=zeros)
    ((key, number),) = issued.numbers.items()
    assert number.startswith("0"), number
    bare = edited(issued.path, (number, number.lstrip("0")))
    shown = take(ws, "", bare)
    if form.algorithm and form.on_bad_check_digit == "reject":
        assert [(repair.repaired, repair.key) for repair in shown.repairs] == [(number, key)]
        assert promised(ws) == {}
        take(ws, "", bare, accept_repairs=True)
        assert promised(ws) == {key: number}
    else:  # no rule leaves one answer: nothing is guessed
        assert promised(ws) in ({}, {key: number})
        assert shown.repairs_accepted is False


@EACH
def test_a_check_digit_that_is_wrong_is_refused_where_the_rule_is_sure(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    form = next(form for form in carriers()[carrier].numbers if form.payload[0] == 0)
    _, issued = out_and_issued(ws, tmp_path, carrier, tool)
    (key, number), *others = issued.numbers.items()
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 7}"
    result = take(ws, "", edited(issued.path, (number, wrong)))
    if form.on_bad_check_digit == "reject":
        assert [row.code for row in result.rejected] == ["carrier_number_bad_check_digit"]
        assert promised(ws) == dict(others)
    else:
        assert promised(ws).get(key) in (None, wrong)


@EACH
def test_rows_of_nobody_are_named_and_the_rest_is_taken(
    ws: Workspace, tmp_path: Path, carrier: str, tool: str
) -> None:
    _, issued = out_and_issued(ws, tmp_path, carrier, tool)
    key = next(iter(issued.numbers))
    result = take(ws, "", edited(issued.path, (key, "12345")))
    assert [row.code for row in result.rejected] == ["carrier_key_foreign"]
    assert len(result.matched) == 2
    assert [file.direction for file in carrier_files.of_parcel(ws.store, key)] == ["out"]
