"""The brief file filled in: two cells of a row change, every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.order import OrderId
from jpship_gui.formats.reader import read_bytes
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import FilledFile, KeptFile
from jpship_gui.practice.qoo10 import exports
from jpship_gui.practice.qoo10.samples import qoo10_rows
from tests.marketplaces.qoo10.carts import Row, a_row, five_carts

NUMBER, OTHER = "400000000003", "400000000014"


def told(cart: str, *lines: str, number: str = NUMBER, carrier: str = "佐川急便") -> Confirmation:
    return Confirmation(
        OrderId("qoo10", "本店", cart),
        "",
        f"KEY{cart}",
        date(2026, 11, 21),
        (ConfirmedParcel(f"KEY{cart}", "sagawa", carrier, number),),
        tuple(ConfirmedLine(line, 1) for line in lines),
    )


def filled(data: bytes, *confirmations: Confirmation, name: str = "brief.csv") -> FilledFile:
    fill = marketplaces()["qoo10"].fill
    assert fill is not None
    kept = KeptFile(1, name, "qoo10.brief", data, datetime(2026, 11, 21, tzinfo=UTC))
    return fill(kept, confirmations)


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_bytes("x", data).rows]


FORMS = {
    "japanese_15": lambda rows: exports.japanese(rows, exports.BRIEF),
    "japanese_14": lambda rows: exports.japanese(rows, exports.BRIEF_14),
    "japanese_16": lambda rows: exports.japanese(rows, (*exports.BRIEF, "ギフト注文")),
    "japanese_cp932": lambda rows: exports.japanese(rows, exports.BRIEF, "cp932"),
    "korean_16": lambda rows: exports.korean(rows, exports.BRIEF_KO),
    "unquoted_cp932": lambda rows: exports.japanese(rows, exports.BRIEF, "cp932").replace(b'"', b""),
    "lf_only": lambda rows: exports.japanese(rows, exports.BRIEF).replace(b"\r\n", b"\n"),
    "no_last_line_end": lambda rows: exports.japanese(rows, exports.BRIEF).removesuffix(b"\r\n"),
}


def plain_names(rows: list[Row]) -> list[Row]:
    """Without commas, so that the same rows can stand without quotes."""
    return [{**row, "商品名": row["商品名"].replace(",", "、")} for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_two_of_five_carts_and_not_a_byte_more(form: str) -> None:
    data = FORMS[form](plain_names(five_carts()))
    made = filled(
        data,
        told("120000001", "910000001", "910000002"),
        told("120000004", "910000005", number=OTHER),
    )
    assert (made.rows, made.told) == (3, frozenset({"KEY120000001", "KEY120000004"}))
    end = b"\n" if form == "lf_only" else b"\r\n"
    before, after = data.split(end), made.data.split(end)
    assert len(before) == len(after)
    changed = [n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    assert changed == [1, 2, 5]
    assert made.data[:3] == data[:3]  # the byte order mark, or none
    for line in changed:
        was, now = before[line].split(b","), after[line].split(b",")
        assert [n for n, (one, two) in enumerate(zip(was, now, strict=True)) if one != two] in ([4], [3, 4])
    quote = b"" if form == "unquoted_cp932" else b'"'
    assert after[1].split(b",")[4] == quote + NUMBER.encode() + quote
    encoding = "cp932" if "cp932" in form else "utf-8"
    assert after[2].split(b",")[3] == quote + "佐川急便".encode(encoding) + quote  # was ゆうパケット


def test_bytes_that_a_round_trip_through_text_would_change_stay() -> None:
    """CP932 has some characters twice: NEC's ≒ (87 90) decodes to what JIS writes as 81 E0."""
    rows = [a_row(), a_row("120000002", "910000002", 商品名="≒記号")]
    data = exports.japanese(rows, exports.BRIEF, "cp932").replace("≒".encode("cp932"), b"\x87\x90")
    assert data.decode("cp932").encode("cp932") != data
    made = filled(data, told("120000001", "910000001"), told("120000002", "910000002"))
    assert b"\x87\x90" in made.data
    assert len(made.told) == 2


def test_names_with_quotes_commas_and_line_breaks_are_one_cell() -> None:
    odd = '名"前", 改\r\n行,"'
    data = exports.japanese([a_row(商品名=odd), a_row("120000002", "910000002")], exports.BRIEF)
    made = filled(data, told("120000001", "910000001"), told("120000002", "910000002", number=OTHER))
    assert next((row[4], row[7]) for row in cells(made.data)) == (NUMBER, odd)
    assert [row[4] for row in cells(made.data)] == [NUMBER, OTHER]


def test_a_cart_not_wholly_in_the_file_is_not_told() -> None:
    data = exports.japanese([a_row()], exports.BRIEF)
    made = filled(data, told("120000001", "910000001", "910000002"))
    assert (made.data, made.rows, made.told) == (data, 0, frozenset())


def test_another_number_in_the_file_is_left_alone_unless_it_was_ours() -> None:
    data = exports.japanese([a_row(送り状番号=OTHER)], exports.BRIEF)
    assert filled(data, told("120000001", "910000001")).told == frozenset()
    ours = told("120000001", "910000001")
    ours = replace(ours, parcels=(replace(ours.parcels[0], detail_id="910000001"),))
    made = filled(data, ours)
    assert [row[4] for row in cells(made.data)] == [NUMBER]


def test_a_number_that_stands_already_is_told_without_a_change() -> None:
    data = exports.japanese([a_row(送り状番号=NUMBER)], exports.BRIEF)
    made = filled(data, told("120000001", "910000001"))
    assert (made.data, made.told) == (data, frozenset({"KEY120000001"}))


def test_boxes_with_lines_of_their_own_are_told_line_by_line() -> None:
    data = exports.japanese([a_row(), a_row(line="910000002")], exports.BRIEF)
    one = ConfirmedParcel("A", "sagawa", "佐川急便", NUMBER, lines=(ConfirmedLine("910000001", 1),))
    two = ConfirmedParcel("B", "sagawa", "佐川急便", OTHER, lines=(ConfirmedLine("910000002", 1),))
    made = filled(data, replace(told("120000001", "910000001", "910000002"), parcels=(one, two)))
    assert [row[4] for row in cells(made.data)] == [NUMBER, OTHER]


def test_a_word_the_files_characters_lack_is_not_told() -> None:
    data = exports.japanese([a_row()], exports.BRIEF, "cp932")
    assert filled(data, told("120000001", "910000001", carrier="배송")).told == frozenset()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"\xff\xfe\x00", b'"a","b\r\n', b"\x81"])
def test_what_is_no_brief_file_is_left_alone(data: bytes) -> None:
    made = filled(data, told("120000001", "910000001"))
    assert (made.data, made.told) == (data, frozenset())


def test_thousands_of_rows() -> None:
    rows = qoo10_rows(2000, plain=True)
    data = exports.japanese(rows, exports.BRIEF)
    carts: dict[str, list[str]] = {}
    for row in rows:
        carts.setdefault(row["カート番号"], []).append(row["注文番号"])
    made = filled(data, *(told(cart, *lines) for cart, lines in carts.items()))
    assert (made.rows, len(made.told)) == (len(rows), 2000)


_CELL = st.text(
    st.characters(codec="cp932", exclude_categories=("Cc",), exclude_characters="¢£¬‖−〜"), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(_CELL, min_size=2, max_size=6),
    chosen=st.sets(st.integers(0, 5)),
    encoding=st.sampled_from(["utf-8-sig", "cp932"]),
)
def test_whatever_the_cells_hold_only_two_of_a_row_change(
    names: list[str], chosen: set[int], encoding: str
) -> None:
    rows = [a_row(f"12{n:07d}", f"91{n:07d}", 商品名=name) for n, name in enumerate(names)]
    try:
        data = exports.japanese(rows, exports.BRIEF, encoding)
        before = cells(data)
    except UnicodeEncodeError:
        return
    if len(before) != len(rows) or read_bytes("x", data).encoding not in ("utf-8-sig", "cp932"):
        return
    wanted = [n for n in sorted(chosen) if n < len(rows)]
    made = filled(data, *(told(f"12{n:07d}", f"91{n:07d}", carrier="ヤマト宅急便") for n in wanted))
    after = cells(made.data)
    for n, (one, two) in enumerate(zip(before, after, strict=True)):
        mended = (*one[:3], "ヤマト宅急便", NUMBER, *one[5:]) if n in wanted else one
        assert two == mended
