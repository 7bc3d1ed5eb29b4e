"""Values put into a file as received: what is not named stays, byte for byte."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.filling import filled
from jpship_gui.formats.layout import Reading
from jpship_gui.formats.reader import read_bytes
from tests.formats import hostile

ROWS = (
    ("注文番号", "送り状番号", "備考"),
    ("A1", "", "髙島屋,﨑\n2行目"),
    ("A2", "old", ""),
    ("A3", "", '"引用"'),
)


def a_file(
    encoding: str = "cp932", delimiter: str = ",", eol: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=eol, quoting=quoting).writerows(ROWS)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("eol", ["\r\n", "\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_only_the_named_cells_change(encoding: str, delimiter: str, eol: str, quoting: int) -> None:
    data = a_file(encoding, delimiter, eol, quoting)
    before = read_bytes("a", data)
    done = filled("a", data, {(0, 1): "400000000003", (2, 1): "400000000014"})
    after = read_bytes("a", done)
    assert [row.cells[1] for row in after.rows] == ["400000000003", "old", "400000000014"]
    assert [(r.cells[0], r.cells[2]) for r in after.rows] == [(r.cells[0], r.cells[2]) for r in before.rows]
    # Taking the numbers out again gives the very bytes back.
    assert filled("a", done, {(0, 1): "", (2, 1): ""}) == data


def test_the_encoding_is_the_one_the_file_was_opened_in() -> None:
    how = Reading(encodings=("euc_jp",))
    data = "番号,名,n\r\nA1,山田,\r\n".encode("euc_jp")
    assert filled("a", data, {(0, 2): "済"}, how) == data[:-2] + "済\r\n".encode("euc_jp")


def test_a_row_nobody_names_is_the_same_bytes() -> None:
    # NEC-selected 髙 (EE E0), which writing anew would turn into FB FC.
    data = b"no,name,memo\r\nA1,\xee\xe0,\r\nA2,x,\r\n"
    assert filled("a", data, {(1, 2): "1"}) == b"no,name,memo\r\nA1,\xee\xe0,\r\nA2,x,1\r\n"


def test_odd_quotes_spaces_and_ends_survive() -> None:
    data = b'\xef\xbb\xbf"no" ,n,m\n"A""1",  x ,\n\n,,\nA2,y,z'
    assert filled("a", data, {(1, 2): "7"}) == b'\xef\xbb\xbf"no" ,n,m\n"A""1",  x ,\n\n,,\nA2,y,7'


def test_what_needs_quotes_gets_them() -> None:
    done = filled("a", b"no,n\r\nA1,\r\n", {(0, 1): 'a,"b"'})
    assert done == b'no,n\r\nA1,"a,""b"""\r\n'
    assert read_bytes("a", done).rows[0].cells == ("A1", 'a,"b"')


def test_inch_signs_of_a_tab_file_are_no_quotes() -> None:
    data = b'no\tname\tn\r\nA1\t3" plate\t\r\nA2\t5" plate and "more\t\r\n'
    assert filled("a", data, {(1, 2): "9"}) == data[:-2] + b"9\r\n"


def test_lines_before_the_table_stay() -> None:
    data = b"report\r\nno,n\r\nA1,\r\n"
    assert filled("a", data, {(0, 1): "9"}, Reading(skip_lines=1)) == b"report\r\nno,n\r\nA1,9\r\n"


def test_the_last_cell_of_a_file_without_a_last_line_end() -> None:
    assert filled("a", b"no,n\r\nA1,", {(0, 1): "9"}) == b"no,n\r\nA1,9"


def test_nothing_to_fill_gives_the_same_bytes() -> None:
    assert filled("a", b"no,n\r\nA1,\r\n", {}) == b"no,n\r\nA1,\r\n"


@pytest.mark.parametrize(
    ("data", "edits", "code"),
    [
        (b"no,n\r\nA1\r\n", {(0, 1): "9"}, "file_fill_odd"),
        ("no,n\r\nA1,\r\n".encode("utf-16"), {(0, 1): "9"}, "file_fill_kind"),
        ("番号,n\r\nA1,\r\n".encode("cp932"), {(0, 1): "😀"}, "cell_not_encodable"),
    ],
)
def test_what_cannot_be_filled_is_refused(data: bytes, edits: dict[tuple[int, int], str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        filled("a", data, edits)
    assert refused.value.code == code


def test_a_workbook_keeps_its_values_and_formulas() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["番号", "送り状", "計"])
    sheet.append(["0012", None, "=1+1"])
    sheet.append(["0013", None, "=2+2"])
    out = io.BytesIO()
    book.save(out)
    done = filled("a", out.getvalue(), {(1, 1): "=400000000003"})
    after = load_workbook(io.BytesIO(done)).active
    assert after is not None
    cells = [[cell.value for cell in row] for row in after.iter_rows()]
    assert cells == [["番号", "送り状", "計"], ["0012", None, "=1+1"], ["0013", "=400000000003", "=2+2"]]
    assert after["B3"].data_type != "f"
    assert after["C2"].data_type == "f"


CELL = st.text(
    st.characters(codec="cp932", exclude_characters="¢£¬‖−〜", exclude_categories=["Cc", "Cs"]), max_size=6
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    eol=st.sampled_from(["\r\n", "\n"]),
    data_draw=st.data(),
)
def test_any_table_comes_back_with_just_its_cells_changed(
    rows: list[list[str]], quoting: int, eol: str, data_draw: st.DataObject
) -> None:
    table = [["a", "b", "c"], *[[f"n{n}", *row[1:]] for n, row in enumerate(rows)]]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=eol, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    data = out.getvalue().encode("cp932")
    place = (data_draw.draw(st.integers(0, len(rows) - 1)), data_draw.draw(st.integers(0, 2)))
    done = filled("a", data, {place: "0123"})
    expected = [list(row) for row in table]
    expected[place[0] + 1][place[1]] = "0123"
    found = read_bytes("a", done)
    assert [list(row.cells) for row in found.rows] == expected[1:]


def test_texts_of_a_workbook_that_look_like_formulas_stay_texts() -> None:
    parts = hostile.workbook([["番号", "送り状", "氏名"], ["0012", "", "=cmd|'/C calc'!A0"]])
    body = parts[hostile.SHEET].decode()
    assert "<f>" in body  # openpyxl makes a formula of it; a marketplace writes a text
    text = body.replace("<f>", '<is><t xml:space="preserve">=').replace("</f>", "</t></is>")
    text = (
        re.sub(r'(<c r="C2"[^>]*?)(?: t="[^"]*")?>', r'\1 t="inlineStr">', text)
        .replace("<v />", "")
        .replace("<v></v>", "")
    )
    data = hostile.packed({**parts, hostile.SHEET: text.encode()})
    after = load_workbook(io.BytesIO(filled("a", data, {(0, 1): "400000000003"}))).active
    assert after is not None
    assert (after["C2"].value, after["C2"].data_type) == ("=cmd|'/C calc'!A0", "s")


@pytest.mark.parametrize(
    "part", ["xl/drawings/drawing1.xml", "docProps/core.xml", "customXml/item1.xml", "xl/media/a.png"]
)
def test_no_part_of_a_workbook_is_opened_unmeasured(part: str) -> None:
    """Reading a sheet does not touch these; filling opens every part."""
    parts = hostile.workbook([["番号", "送り状"], ["0012", ""]])
    entity = b'<!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>'
    for bad, code in ((entity, "workbook_entities"), (b" " * 160_000_000, "workbook_too_big")):
        with pytest.raises(Refused) as refused:
            filled("a", hostile.packed({**parts, part: bad}), {(0, 1): "1"})
        assert refused.value.code == code
    assert read_bytes("a", hostile.packed({**parts, "xl/drawings/drawing1.xml": entity})).rows
