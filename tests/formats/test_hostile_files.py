"""Broken, mistaken and hostile files at every door a file comes in by: orders, goods list, carrier's numbers.

Each is refused with a message that says what, where and what to do, and leaves nothing behind, or is read without harm.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jpship_gui.cli.main import run
from jpship_gui.cli.output import fault_text
from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.paper import take_numbers
from jpship_gui.flows.upkeep import goods
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats import cp932
from jpship_gui.formats.layout import Table
from jpship_gui.formats.reader import read_bytes, read_file
from jpship_gui.practice.rakuten import samples
from jpship_gui.texts import set_language
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk
from tests.formats import hostile
from tests.formats.hostile import HOSTILE, Hostile, Rows

LANGUAGES = ("ja", "en", "zh_Hans")
MEGABYTES = 700  # most that reading a hostile file may need, the program itself included


def order_rows(count: int = 4) -> list[list[str]]:
    """A good order file."""
    names = samples.rakuten_header()
    rows = samples.rakuten_rows(count, plain=True)
    return [list(names), *([row.get(name, "") for name in names] for row in rows)]


GOODS = [
    ["JANコード", "SKU", "入数", "商品名", "棚"],
    ["4901234567894", "mug-blue", "1", "マグカップ青色", "A-1"],
    ["4901234567900", "plate", "6", "小皿六枚組", "B-2"],
]
ISSUED = [
    ["お客様管理番号", "送り状種類", "伝票番号", "出荷予定日", "お届け先名"],
    ["", "0", "123456789013", "2026/11/20", "見本町花子太郎"],
    ["", "0", "099723653466", "2026/11/20", "見本町花子次郎"],
]


@dataclass(frozen=True, slots=True)
class Door:
    """A way for a file to come in. `rows` makes a good file for a desk, `take` takes it, `command` does so by command
    line."""

    name: str
    rows: Callable[[Workspace], Rows]
    take: Callable[[Workspace, Path], object]
    command: Sequence[str]


def _issued(ws: Workspace) -> Rows:
    keys = [key for _, key in stored(ws.store, an_order(1), an_order(2))]
    return [ISSUED[0], *([key, *row[1:]] for key, row in zip(keys, ISSUED[1:], strict=True))]


DOORS = (
    Door("orders", lambda ws: order_rows(), lambda ws, path: accept(ws, preview(ws, [path])), ("import",)),
    Door("goods", lambda ws: GOODS, goods.take_file, ("goods", "import")),
    Door("numbers", _issued, lambda ws, path: take_numbers.take(ws, "", path), ("carrier", "import")),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def dump(ws: Workspace) -> list[str]:
    """All the database holds."""
    with sqlite3.connect(str(ws.store.database.database)) as copy:
        lines = list(copy.iterdump())
    copy.close()
    return lines


def named(bad: Hostile) -> str:
    return bad.name


# What is big takes long to make: all doors read alike, so one door does for it.
REFUSED = [
    pytest.param(d, bad, id=f"{bad.name}-{d.name}")
    for bad in HOSTILE
    if bad.codes
    for d in DOORS[: 1 if bad.big else 3]
]
HARMLESS = [bad for bad in HOSTILE if not bad.codes]


@pytest.mark.parametrize(("door", "bad"), REFUSED)
def test_it_is_refused_in_words_and_writes_nothing(
    ws: Workspace, folder: Path, door: Door, bad: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad.make(folder, door.rows(ws))
    run(["orders", "--home", str(ws.places.home)])  # what every command does at first is done
    capsys.readouterr()
    before = dump(ws)
    with pytest.raises(Refused) as refused:
        door.take(ws, path)
    fault = refused.value
    assert fault.code in bad.codes
    if bad.place:
        assert int(str(fault.values["line"])) >= 1
        assert fault.values["column"]
    for language in LANGUAGES:
        set_language(language)
        words = fault_text(fault)
        assert str(fault.values["file"]) in words
        assert "{" not in words
        if bad.place:
            assert str(fault.values["line"]) in words
            assert str(fault.values["column"]) in words
    assert dump(ws) == before
    code = run([*door.command, os.fspath(path), "--home", str(ws.places.home)])
    said = capsys.readouterr()
    assert code == 2, said
    assert str(fault.values["file"]) in said.out + said.err
    assert dump(ws) == before


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@pytest.mark.parametrize("bad", [bad for bad in HARMLESS if not bad.big], ids=named)
def test_it_is_read_without_harm(
    ws: Workspace, folder: Path, door: Door, bad: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad.make(folder, door.rows(ws))
    door.take(ws, path)
    code = run([*door.command, os.fspath(path), "--home", str(ws.places.home)])
    said = capsys.readouterr()
    assert code in (0, 1), said


@pytest.mark.parametrize("bad", HARMLESS, ids=named)
def test_the_good_rows_beside_bad_ones_are_taken(ws: Workspace, folder: Path, bad: Hostile) -> None:
    shown = preview(ws, [bad.make(folder, order_rows())])
    accept(ws, shown)
    numbers = {number for (number,) in ws.store.rows("SELECT number FROM orders")}
    assert numbers >= {row[0] for row in order_rows()[1:]}


def test_hidden_characters_in_numbers_are_taken_out_and_shown(ws: Workspace, folder: Path) -> None:
    rows = order_rows(2)
    clean = rows[1][0]
    rows[1][0] = f"{clean[:7]}\u200b{clean[7:]}\u202c"
    rows[0][0] = "\ufeff" + rows[0][0]
    path = folder / "a.csv"
    path.write_bytes(hostile.csv_text(rows).encode("utf-8-sig"))
    shown = preview(ws, [path])
    (found,) = shown.files[0].damages
    assert (found.line, found.column, found.code, found.repaired) == (
        2,
        rows[0][0],
        "hidden_characters",
        clean,
    )
    assert "<U+200B>" in found.found
    assert "resaved" not in shown.files[0].warnings
    accept(ws, shown)
    assert ws.store.value("SELECT COUNT(*) FROM orders WHERE number = ?", (clean,)) == 1
    refused = preview(ws, [path], refused_repairs=frozenset({"hidden_characters"}))
    assert [r.code for r in refused.files[0].rejections] == ["order_number_form"]


def test_files_of_others_are_refused_at_every_door(ws: Workspace, folder: Path) -> None:
    files = {door.name: folder / f"{door.name}.csv" for door in DOORS}
    for door in DOORS:
        files[door.name].write_bytes(cp932.encode(hostile.csv_text(door.rows(ws))))
    before = dump(ws)
    for door in DOORS:
        for name, path in files.items():
            if name != door.name:
                with pytest.raises(Refused):
                    door.take(ws, path)
    assert dump(ws) == before


def test_a_file_that_is_still_being_written_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other program writes between our first look and our last."""
    path = folder / "a.csv"
    path.write_bytes(b"a,b\r\n1,2\r\n")
    real, looks = os.fstat, iter(range(10))

    def looked(number: int) -> os.stat_result:
        if next(looks) == 1:
            with path.open("ab") as other:
                other.write(b"3,4\r\n")
        return real(number)

    monkeypatch.setattr("jpship_gui.formats.reader.os.fstat", looked)
    with pytest.raises(WorldFault) as fault:
        read_file(path)
    assert fault.value.code == "file_changing"
    for language in LANGUAGES:
        set_language(language)
        assert "a.csv" in fault_text(fault.value)
    monkeypatch.undo()
    assert len(read_file(path).rows) == 2


def test_what_a_table_may_hold_is_read(folder: Path) -> None:
    """The limits lie above what a marketplace gives out: 20,000 rows of 150 columns."""
    line = ",".join(f"c{n}" for n in range(150)) + "\r\n"
    assert len(read_bytes("a.csv", (line * 20_001).encode()).rows) == 20_000


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module, which measures, is not in Windows")
@pytest.mark.parametrize("bad", [bad for bad in HOSTILE if bad.big], ids=named)
def test_memory_stays_bounded(folder: Path, bad: Hostile) -> None:
    path = bad.make(folder, order_rows())
    answer = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert int(answer.stdout) < MEGABYTES


_MEASURE = """
import re, resource, sys
from pathlib import Path
from jpship_gui.domain.fault import Refused
from jpship_gui.formats.reader import read_file
try:
    read_file(Path(sys.argv[1]))
except Refused:
    pass
if sys.platform == "linux":  # what getrusage tells begins with the memory of whoever started us
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1_000)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000_000)
"""


# -- bytes nobody thought of ------------------------------------------------------------------------------------------

CSV = hostile.csv_text(order_rows(2)[:2]).encode("cp932")
PARTS = hostile.workbook([["a", "b"], ["1", "2"]])
BOOK = hostile.packed(PARTS)
PIECES = st.sampled_from(
    [
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b",",
        b"\t",
        b"\r",
        b"\n",
        b"\x00",
        "漢字".encode(),
        "漢字".encode("cp932"),
        b"=1",
        b"a",
    ]
)


def read_anything(data: bytes) -> None:
    """A table or a fault, never anything else."""
    found: Table | Fault
    try:
        found = read_bytes("a", data)
    except Fault as fault:
        found = fault
    if isinstance(found, Fault):
        assert found.values["file"] == "a"
        assert "{" not in fault_text(found)
    else:
        assert isinstance(found, Table)


def spoilt(data: bytes, changes: Sequence[tuple[int, bytes, int]]) -> bytes:
    """Bytes with some cut out and others put in."""
    for place, more, gone in changes:
        at = place % (len(data) + 1)
        data = data[:at] + more + data[at + gone :]
    return data


CHANGES = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.one_of(st.binary(max_size=4), PIECES), st.integers(0, 6)),
    max_size=6,
)


@settings(deadline=None)
@given(st.one_of(st.binary(), st.lists(PIECES).map(b"".join)))
@example(b"PK\x03\x04")
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    read_anything(data)


@settings(deadline=None)
@given(CHANGES)
def test_a_spoilt_table_is_a_table_or_refused(changes: list[tuple[int, bytes, int]]) -> None:
    read_anything(spoilt(CSV, changes))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_a_spoilt_archive_is_a_table_or_refused(changes: list[tuple[int, bytes, int]]) -> None:
    read_anything(spoilt(BOOK, changes))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(name for name in PARTS if name.startswith("xl/"))), CHANGES)
def test_a_workbook_with_a_spoilt_part_is_a_table_or_refused(
    name: str, changes: list[tuple[int, bytes, int]]
) -> None:
    read_anything(hostile.packed({**PARTS, name: spoilt(PARTS[name], changes)}))


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["", ' r="A1"', ' r="B3"', ' r="ZZ9"', ' r=""', ' r="1"', ' r="a0"', " s='1'"]),
        st.sampled_from(["", ' t="s"', ' t="b"', ' t="e"', ' t="d"', ' t="str"', ' t="inlineStr"', ' t="?"']),
        st.sampled_from(
            ["", "0", "-1", "1e308", "1e999", "nan", "45000.5", "2958466", "9" * 40, "2026-11-20", "あ"]
        ),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(CELLS)
def test_any_cells_are_read_or_refused(cells: list[tuple[str, str, str]]) -> None:
    body = "".join(f"<c{place}{kind}><v>{value}</v></c>" for place, kind, value in cells)
    sheet = hostile.sheet_xml(f'<row r="1">{body}</row>')
    read_anything(hostile.packed({**PARTS, hostile.SHEET: sheet.encode()}))
