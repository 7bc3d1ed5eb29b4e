"""Files as bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.formats.layout import Column, Layout
from jpship_gui.formats.reader import read_bytes
from jpship_gui.formats.writer import header_of, row_of, table_bytes, write_whole

LAYOUT = Layout(
    id="sample",
    owner="test",
    title="見本",
    columns=(Column("key", "管理番号"), Column("name", "お届け先名"), Column("kind", "種類", constant="0")),
)


def test_cp932_crlf_and_quotes_only_where_needed() -> None:
    rows = [
        row_of(LAYOUT, {"key": "0012", "name": "髙橋〜花子"}),
        row_of(LAYOUT, {"key": "A", "name": "甲,乙"}),
    ]
    assert table_bytes(LAYOUT, rows) == (
        "管理番号,お届け先名,種類\r\n0012,".encode("cp932")
        + b"\xfb\xfc\x8b\xb4\x81\x60\x89\xd4\x8e\x71,0\r\n"
        + 'A,"甲,乙",0\r\n'.encode("cp932")
    )


def test_utf8_with_mark() -> None:
    assert table_bytes(LAYOUT, [("1", "😀", "0")], "utf-8-sig").startswith(b"\xef\xbb\xbf")


def test_what_was_written_is_read_back() -> None:
    rows = [("0012", 'い"ろ,は', "0"), ("x", "に\nほ", "1")]
    table = read_bytes("sample.csv", table_bytes(LAYOUT, rows))
    assert table.header == header_of(LAYOUT)
    assert [row.cells for row in table.rows] == rows


def test_a_character_that_cannot_be_written_is_named_with_its_place() -> None:
    with pytest.raises(Refused) as caught:
        table_bytes(LAYOUT, [("1", "甲", "0"), ("2", "𠮷野", "0")])
    assert caught.value.code == "cell_not_encodable"
    assert caught.value.values == {"line": 3, "column": "お届け先名", "characters": "𠮷 (U+20BB7)"}


def test_a_field_without_column_is_a_bug() -> None:
    with pytest.raises(KeyError, match="stray"):
        row_of(LAYOUT, {"stray": "1"})


def test_a_whole_file_or_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.csv"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["out.csv"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(WorldFault) as caught:
        write_whole(blocked / "out.csv", b"data")
    assert caught.value.code == "file_write"


BARE = Layout(
    id="bare",
    owner="test",
    title="見本",
    columns=LAYOUT.columns,
    delimiter="\t",
    quote_none=True,
    lead=(("Type=見本", "Version=1"), ("一", "二", "三")),
)


def test_leading_lines_stand_before_the_header_and_are_as_wide() -> None:
    assert table_bytes(BARE, [("1", "甲", "0")]).decode("cp932").split("\r\n") == [
        "Type=見本\tVersion=1\t",
        "一\t二\t三",
        "管理番号\tお届け先名\t種類",
        "1\t甲\t0",
        "",
    ]


def test_without_quotes_a_tab_or_break_in_a_cell_is_a_blank_and_a_quote_stays() -> None:
    written = table_bytes(BARE, [('2"', "甲\t乙\r\n丙\n丁", "0")]).decode("cp932")
    assert written.endswith('\r\n2"\t甲 乙 丙 丁\t0\r\n')


def test_leading_lines_count_where_a_character_is_named() -> None:
    with pytest.raises(Refused) as caught:
        table_bytes(BARE, [("1", "𠮷", "0")])
    assert caught.value.values["line"] == 4


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("cell", ["a\rb", "a\nb", "a\r\nb"])
def test_a_line_break_in_a_cell_is_quoted_whatever_ends_the_lines(line_end: str, cell: str) -> None:
    layout = Layout(
        "x", "x", "x", (Column("a", "a"), Column("b", "b")), encodings=("utf-8",), line_end=line_end
    )
    assert table_bytes(layout, [(cell, "1")]) == f'a,b{line_end}"{cell}",1{line_end}'.encode()
