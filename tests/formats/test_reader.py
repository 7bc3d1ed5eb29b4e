"""What a file is, judged on its bytes alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.reader import read_bytes, read_file

LINES = ("注文番号,商品名", "1,髙島屋の﨑陽軒～①")


def sheet_bytes(rows: list[list[object]], sheets: int = 1) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for _ in range(sheets - 1):
        book.create_sheet(index=0)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_encodings_and_line_ends(encoding: str, line_end: str) -> None:
    table = read_bytes("a", line_end.join((*LINES, "")).encode(encoding))
    assert table.header == ("注文番号", "商品名")
    assert [row.cells for row in table.rows] == [("1", "髙島屋の﨑陽軒～①")]
    assert table.encoding == encoding


def test_text_saved_as_unicode_by_a_spreadsheet() -> None:
    table = read_bytes("a", "\r\n".join(LINES).replace(",", "\t").encode("utf-16"))
    assert (table.encoding, table.delimiter) == ("utf-16", "\t")
    assert table.rows[0].cells[1] == "髙島屋の﨑陽軒～①"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_by_content(delimiter: str) -> None:
    data = f'a{delimiter}b{delimiter}c\r\n1{delimiter}"x{delimiter}y"{delimiter}3\r\n'.encode()
    table = read_bytes("a", data)
    assert table.delimiter == delimiter
    assert table.rows[0].cells == ("1", f"x{delimiter}y", "3")


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    data = b'a,b\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n3,"one\nmore\n"\r\n4,end\r\n'
    table = read_bytes("a", data)
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "1"), (5, "2"), (6, "3"), (9, "4")]


def test_inch_signs_in_unquoted_tab_files_swallow_nothing() -> None:
    data = b'order-id\tproduct-name\n1\tscreen 15"\n2\t"wrapped\n3\tlast\n'
    assert [row.cells[0] for row in read_bytes("a", data).rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "file_empty"),
        (b",,,\r\n,,,\r\n", "file_empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "file_not_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "file_not_table"),
        (b"%PDF-1.7\n", "file_not_table"),
        (b"PK\x03\x04 broken archive", "workbook_damaged"),
        (b"a,b\r\n1,\x00\x01\r\n", "file_control"),
        (b'a,b\r\n1,"cut off\r\n2,x\r\n', "file_damaged"),
        ("a,b\r\n注文,番号\r\n".encode("euc_jp") + b"\xff\xff", "file_encoding"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_bytes("some.csv", data)
    assert refused.value.code == code
    assert refused.value.values["file"] == "some.csv"


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "no sheet here")
    with pytest.raises(Refused, match="file_archive"):
        read_bytes("a.xlsx", buffer.getvalue())


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(Refused, match="file_not_table"):
        read_file(tmp_path)


def test_typed_cells_of_a_workbook_become_their_text() -> None:
    rows: list[list[object]] = [
        ["number", "day", "moment", "time", "float", "text", "yes", "none"],
        [
            4901234567894,
            date(2026, 11, 21),
            datetime(2026, 11, 21, 9, 5, 59),
            time(9, 5),
            1.5,
            "007",
            True,
            None,
        ],
    ]
    table = read_bytes("a.xlsx", sheet_bytes(rows))
    assert table.encoding == "xlsx"
    assert table.rows[0].cells == (
        "4901234567894",
        "2026-11-21",
        "2026-11-21 09:05:59",
        "09:05:00",
        "1.5",
        "007",
        "1",
        "",
    )
    assert table.rows[0].types == "nddtnsbe"
    assert table.rows[0].line == 2


def test_the_first_sheet_that_holds_anything_is_read() -> None:
    assert read_bytes("a.xlsx", sheet_bytes([["x"], ["1"]], sheets=3)).rows[0].cells == ("1",)
    with pytest.raises(Refused, match="file_empty"):
        read_bytes("a.xlsx", sheet_bytes([]))


CELL = st.text(alphabet=st.sampled_from('ab髙,"\n\t;あ ①'), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from(["cp932", "utf-8-sig"]))
def test_what_was_written_quoted_is_read_unchanged(rows: list[tuple[str, str, str]], encoding: str) -> None:
    def quoted(cells: tuple[str, ...]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"

    data = (quoted(("一", "二", "三")) + "".join(map(quoted, rows))).encode(encoding)
    table = read_bytes("a.csv", data)
    assert [row.cells for row in table.rows] == [row for row in rows if any(row)]
