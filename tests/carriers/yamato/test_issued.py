"""発行済みデータ of B2クラウド, as written and as damaged."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import IssuedFile
from jpship_gui.carriers.yamato.issued import read_result
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.formats import cp932
from jpship_gui.formats.reader import read_bytes

HEADER = ("お客様管理番号", "送り状種類", "伝票番号", "出荷予定日", "ご依頼主名", "お届け先名")
ONE, TWO, THREE = (make_key(n) for n in (1, 2, 3))
NUMBERS = ("123456789013", "099723653466", "999999999994")


def a_row(key: str, number: str) -> tuple[str, ...]:
    return (key, "0", number, "2026/11/20", "ことり雑貨店", "山田 花子")


def read(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> IssuedFile:
    lines = [header, *rows] if header else rows
    return read_bytes_of(lines)


def read_bytes_of(lines: Sequence[Sequence[str]]) -> IssuedFile:
    data = cp932.encode("".join(",".join(line) + "\r\n" for line in lines))
    return read_result(read_bytes("20261120180000_発行済データ.csv", data))


def basic_row(key: str, number: str) -> list[str]:
    row = [""] * 97
    row[0], row[1], row[3], row[4], row[15] = key, "0", number, "2026/11/20", "山田 花子"
    row[82], row[83] = "ユーザーID", "user"
    return row


def test_keys_and_numbers_by_header_name() -> None:
    issued = read([a_row(ONE, NUMBERS[0]), a_row(parcel_key(ONE, 2), NUMBERS[1])])
    assert [(n.line, n.parcel_key, n.tracking_no) for n in issued.numbers] == [
        (2, ONE, NUMBERS[0]),
        (3, f"{ONE}P2", NUMBERS[1]),
    ]
    assert issued.numbers[0].recipient == "山田 花子"
    assert issued.numbers[0].ship_date == "2026/11/20"
    assert (issued.rejected, issued.repeated, issued.by_position) == ((), 0, False)


def test_columns_in_any_order_and_only_the_needed_ones() -> None:
    issued = read([(NUMBERS[0], ONE)], ("伝票番号", "お客様管理番号"))
    assert [(n.parcel_key, n.tracking_no) for n in issued.numbers] == [(ONE, NUMBERS[0])]


def test_the_whole_layout_with_header() -> None:
    layout = carriers()["yamato"].tools[0].handover_layout
    assert layout is not None
    issued = read([basic_row(ONE, NUMBERS[0])], [column.header for column in layout.columns])
    assert [(n.parcel_key, n.tracking_no) for n in issued.numbers] == [(ONE, NUMBERS[0])]
    assert not issued.by_position


def test_without_header_by_position_and_said_so() -> None:
    issued = read([basic_row(ONE, NUMBERS[0]), basic_row(TWO, NUMBERS[1])], ())
    assert issued.by_position
    assert [(n.line, n.parcel_key, n.tracking_no) for n in issued.numbers] == [
        (1, ONE, NUMBERS[0]),
        (2, TWO, NUMBERS[1]),
    ]


def test_the_import_file_chosen_by_mistake() -> None:
    layout = carriers()["yamato"].tools[0].handover_layout
    assert layout is not None
    with pytest.raises(Refused, match="carrier_file_is_import"):
        read([basic_row(ONE, "")], [column.header for column in layout.columns])
    with pytest.raises(Refused, match="carrier_file_is_import"):
        read([basic_row(ONE, ""), basic_row(TWO, "")], ())


def test_another_kind_of_file() -> None:
    with pytest.raises(Refused) as caught:
        read([("1", "2")], ("注文番号", "ステータス"))
    assert caught.value.code == "carrier_file_other"
    assert caught.value.values["missing"] == "お客様管理番号、伝票番号"


def test_a_header_alone() -> None:
    with pytest.raises(Refused, match="carrier_file_empty"):
        read([])


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("99723653466", "099723653466"),
        ("3.17409136693E+11", "317409136693"),
        ("317409136693.0", "317409136693"),
    ],
)
def test_damage_with_one_possible_original_is_repaired_and_said(damaged: str, repaired: str) -> None:
    (number,) = read([a_row(ONE, damaged)]).numbers
    assert (number.tracking_no, number.repaired_from) == (repaired, damaged)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("8.11029E+11", "carrier_number_damaged"),
        ("811029000000", "carrier_number_damaged"),
        ("99723653467", "carrier_number_damaged"),
        ("099723653460", "carrier_number_bad_check_digit"),
        ("4901234567894", "carrier_number_looks_like_jan"),
        ("", "carrier_number_missing"),
    ],
)
def test_a_number_that_cannot_be_trusted(number: str, code: str) -> None:
    issued = read([a_row(ONE, NUMBERS[0]), a_row(TWO, number)])
    assert [n.parcel_key for n in issued.numbers] == [ONE]
    assert [(line, rejected) for line, _, rejected, _ in issued.rejected] == [(3, code)]


@pytest.mark.parametrize(
    ("key", "code"),
    [("", "carrier_key_missing"), ("A-1", "carrier_key_foreign"), (ONE[:-1], "carrier_key_foreign")],
)
def test_a_key_that_is_not_ours(key: str, code: str) -> None:
    issued = read([a_row(key, NUMBERS[0])])
    assert issued.numbers == ()
    assert issued.rejected[0][:3] == (2, "お客様管理番号", code)


def test_a_misread_key_is_not_taken_for_another() -> None:
    swapped = ONE[:-2] + ONE[-1] + ONE[-2]
    assert read([a_row(swapped, NUMBERS[0])]).rejected[0][2] == "carrier_key_foreign"


def test_repeated_rows_count_once() -> None:
    issued = read([a_row(ONE, NUMBERS[0]), a_row(ONE, "1234-5678-9013")])
    assert (len(issued.numbers), issued.repeated) == (1, 1)


def test_two_numbers_for_one_key_are_both_shown_and_neither_taken() -> None:
    issued = read([a_row(ONE, NUMBERS[0]), a_row(TWO, NUMBERS[1]), a_row(ONE, NUMBERS[2])])
    assert [n.parcel_key for n in issued.numbers] == [TWO]
    assert [(line, code, value) for line, _, code, value in issued.rejected] == [
        (2, "carrier_key_twice", f"{ONE} → {NUMBERS[0]}"),
        (4, "carrier_key_twice", f"{ONE} → {NUMBERS[2]}"),
    ]


def test_one_number_on_two_keys_is_never_taken() -> None:
    issued = read([a_row(ONE, NUMBERS[0]), a_row(TWO, NUMBERS[0])])
    assert issued.numbers == ()
    assert {code for _, _, code, _ in issued.rejected} == {"carrier_number_twice"}
