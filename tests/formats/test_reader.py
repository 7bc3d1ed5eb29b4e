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
from jpship_gui.formats.layout import Reading
from jpship_gui.formats.reader import read_bytes, read_file, sheet_names, sheet_of

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


# -- opened as a profile says ---------------------------------------------------------------------------------------

PREAMBLE = "出力日,2026/11/20\r\n店名,見本窯\r\n注文番号,商品名\r\n1,皿\r\n\r\n2,箸\r\n"


def test_lines_before_the_table_are_skipped_and_still_counted() -> None:
    table = read_bytes("a", PREAMBLE.encode(), Reading(skip_lines=2))
    assert table.header == ("注文番号", "商品名")
    assert [(row.line, row.cells[0]) for row in table.rows] == [(4, "1"), (6, "2")]


def test_the_header_may_be_a_later_record() -> None:
    two = 'name,"in\nwords"\r\n注文番号,商品名\r\n1,皿\r\n'
    table = read_bytes("a", two.encode(), Reading(header_row=2))
    assert (table.header, table.rows[0].line, table.rows[0].cells) == (("注文番号", "商品名"), 4, ("1", "皿"))


def test_a_delimiter_can_be_said() -> None:
    assert read_bytes("a", b"a;b,c\r\n1;2,3\r\n", Reading(delimiter=";")).header == ("a", "b,c")


def test_encodings_are_tried_in_their_order() -> None:
    data = "番号\r\n山田\r\n".encode("euc_jp")
    assert read_bytes("a", data, Reading(encodings=("utf-8", "euc_jp"))).rows[0].cells == ("山田",)
    marked = "番号\r\n1\r\n".encode("utf-8-sig")
    for encodings in ((), ("utf-8", "cp932"), ("cp932", "utf-8-sig")):
        assert read_bytes("a", marked, Reading(encodings=encodings)).header == ("番号",)


def test_where_no_encoding_fits_the_byte_is_named() -> None:
    data = "番号\r\n".encode("cp932") + b"\x81\x20\r\n"
    with pytest.raises(Refused) as refused:
        read_bytes("a", data)
    assert (refused.value.code, refused.value.values["line"]) == ("file_encoding", 2)
    assert refused.value.values["byte"] == 7


def test_a_sheet_is_taken_by_name_or_number() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["表紙"])
    for name in ("注文", "商品"):
        sheet = book.create_sheet(name)
        sheet.append([f"{name}番号"])
        sheet.append(["1"])
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    assert sheet_names(data) == ("Sheet", "注文", "商品")
    assert read_bytes("a", data, Reading(sheet="商品")).header == ("商品番号",)
    assert read_bytes("a", data, Reading(sheet="2")).header == ("注文番号",)
    assert sheet_of("a", data, Reading(sheet="2")) == "注文"
    with pytest.raises(Refused) as refused:
        read_bytes("a", data, Reading(sheet="送付先"))
    assert (refused.value.code, refused.value.values["known"]) == ("file_no_sheet", "Sheet・注文・商品")
    assert sheet_names(b"a,b\r\n") == ()


def test_a_formula_is_never_computed() -> None:
    rows: list[list[object]] = [["番号", "数"], ["=1+1", '=HYPERLINK("http://x.example","y")']]
    assert read_bytes("a", sheet_bytes(rows)).header == ("番号", "数")
    text = read_bytes("a", b"n,q\r\n=1+1,=cmd|' /C calc'!A0\r\n")
    assert text.rows[0].cells == ("=1+1", "=cmd|' /C calc'!A0")
