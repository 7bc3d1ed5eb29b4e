"""Spreadsheet damage: repaired only where one original is possible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.formats.damage import Mended, mend, mend_phone
from jpship_gui.formats.detect import positions
from jpship_gui.formats.layout import Column, Layout, Row, Table

LAYOUT = Layout(
    id="test",
    owner="test",
    title="test",
    columns=(
        Column("number", "注文番号", kind="id", required=True),
        Column("ordered_at", "注文日時", kind="datetime"),
        Column("wish.day", "お届け日指定", kind="date"),
        Column("recipient.postal_1", "郵便番号1", kind="digits", length=3),
        Column("recipient.postal_2", "郵便番号2", kind="digits", length=4),
        Column("recipient.phone_1", "電話番号1", kind="phone"),
        Column("recipient.phone_2", "電話番号2", kind="phone"),
        Column("recipient.phone_3", "電話番号3", kind="phone"),
        Column("recipient.street", "住所"),
        Column("line.own_sku", "SKU", kind="id"),
        Column("line.name", "商品名"),
    ),
    extra={"date_in_number": r"^\d{6}-(\d{4})(\d{2})(\d{2})-"},
)
HEADER = tuple(column.header for column in LAYOUT.columns)


def mended(*rows: dict[str, str], refused: frozenset[str] = frozenset(), types: str = "") -> Mended:
    cells = [Row(n + 2, tuple(row.get(name, "") for name in HEADER), types) for n, row in enumerate(rows)]
    table = Table("t.csv", HEADER, tuple(cells), "utf-8", ",", "0")
    return mend(table, LAYOUT, positions(table, LAYOUT), refused)


def cell(found: Mended, header: str, row: int = 0) -> str:
    return found.rows[row][HEADER.index(header)]


def test_sound_rows_are_left_alone() -> None:
    row = {
        "注文番号": "345678-20261105-0000000001",
        "注文日時": "2026-11-05 10:00:00",
        "郵便番号1": "060",
        "郵便番号2": "0001",
        "電話番号1": "03",
        "電話番号2": "0000",
        "電話番号3": "0001",
        "住所": "北1条1-2-3",
        "SKU": "0049012345",
    }
    found = mended(row)
    assert not found.damages
    assert not found.rejections
    assert dict(zip(HEADER, found.rows[0], strict=True)) | row == dict(
        zip(HEADER, found.rows[0], strict=True)
    )


def test_postal_code_gets_its_zeros_back() -> None:
    found = mended({"郵便番号1": "60", "郵便番号2": "1"})
    assert (cell(found, "郵便番号1"), cell(found, "郵便番号2")) == ("060", "0001")
    (damage,) = found.damages[0]
    assert (damage.line, damage.column, damage.code, damage.found, damage.repaired) == (
        2,
        "郵便番号1",
        "lost_zero_postal",
        "60-1",
        "060-0001",
    )


def test_a_refused_repair_is_reported_and_not_put_in() -> None:
    found = mended({"郵便番号1": "60", "郵便番号2": "1"}, refused=frozenset({"lost_zero_postal"}))
    assert (cell(found, "郵便番号1"), cell(found, "郵便番号2")) == ("60", "1")
    assert found.damages[0][0].repaired == "060-0001"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("90", "0", "12"), ("090", "0000", "0012")),
        (("50", "1234", "5"), ("050", "1234", "0005")),
        (("3", "1234", "5"), ("03", "1234", "0005")),
        (("463", "12", "345"), ("0463", "12", "0345")),
        (("9000001234", "", ""), ("09000001234", "", "")),
        (("", "312345678", ""), ("", "0312345678", "")),
        (("120", "123", "456"), ("0120", "123", "456")),
        (("3", "123", "4567"), None),  # 03-0123-4567 or a number with a digit missing
        (("463", "1", "2345"), None),
        (("120", "12", "345"), None),
        (("31234567", "", ""), None),
        (("90", "12345", "6"), None),
    ],
)
def test_phone_numbers(parts: tuple[str, ...], whole: tuple[str, ...] | None) -> None:
    assert mend_phone(parts) == (list(whole) if whole else None)


@settings(deadline=None)
@given(st.sampled_from(["070", "080", "090", "050"]), st.integers(0, 9999), st.integers(0, 9999))
def test_every_mobile_number_comes_back(head: str, second: int, third: int) -> None:
    assert mend_phone([str(int(head)), str(second), str(third)]) == [head, f"{second:04d}", f"{third:04d}"]


@settings(deadline=None)
@given(st.integers(1000, 9999), st.integers(0, 9999))
def test_a_mended_land_line_is_the_original(second: int, third: int) -> None:
    assert mend_phone(["3", str(second), str(third)]) == ["03", str(second), f"{third:04d}"]


def test_an_uncertain_phone_number_stays_as_found() -> None:
    found = mended({"電話番号1": "3", "電話番号2": "12", "電話番号3": "4567"})
    assert cell(found, "電話番号2") == "12"
    assert [(d.code, d.repaired) for d in found.damages[0]] == [("phone_uncertain", None)]


def test_the_stand_in_number_of_a_social_gift_is_no_damage() -> None:
    assert not mended({"電話番号1": "999", "電話番号2": "9999", "電話番号3": "9999"}).damages


def test_american_dates_are_proven_by_the_order_number() -> None:
    found = mended(
        {"注文番号": "345678-20261105-0000000001", "注文日時": "11/5/2026 9:07", "お届け日指定": "11/8/2026"}
    )
    assert cell(found, "注文日時") == "2026-11-05 9:07"
    assert cell(found, "お届け日指定") == "2026-11-08"
    assert {d.code for d in found.damages[0]} == {"us_date"}


def test_dates_nothing_proves_stay_in_doubt() -> None:
    found = mended({"お届け日指定": "11/8/2026"}, {"お届け日指定": "11/11/2026"})
    assert cell(found, "お届け日指定") == "11/8/2026"
    assert [(d.code, d.repaired) for d in found.damages[0]] == [("date_uncertain", None)]
    assert cell(found, "お届け日指定", 1) == "2026-11-11"


def test_a_file_that_contradicts_itself_proves_nothing() -> None:
    found = mended(
        {"お届け日指定": "11/20/2026"}, {"お届け日指定": "20/11/2026"}, {"お届け日指定": "11/8/2026"}
    )
    assert all(damage.repaired is None for damages in found.damages.values() for damage in damages)


def test_serial_numbers_become_dates() -> None:
    found = mended({"お届け日指定": "46347", "注文日時": "46346.5"})
    assert cell(found, "お届け日指定") == "2026-11-21"
    assert cell(found, "注文日時") == "2026-11-20 12:00"


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("SKU", "4.90123E+12", "digits_lost"),
        ("SKU", "#NAME?", "spreadsheet_error"),
        ("注文番号", "3.45678E+23", "digits_lost"),
        ("住所", "2001/2/3", "date_in_text"),
        ("住所", "1月2日", "date_in_text"),
        ("住所", "Mar-02", "date_in_text"),
        ("商品名", "#REF!", "spreadsheet_error"),
    ],
)
def test_what_cannot_be_had_back_rejects_the_row(header: str, value: str, code: str) -> None:
    found = mended({}, {header: value})
    (rejection,) = found.rejections[1]
    assert (rejection.line, rejection.column, rejection.code, rejection.value) == (3, header, code, value)


def test_a_street_a_workbook_holds_as_date_is_rejected() -> None:
    types = "".join("d" if name == "住所" else "s" for name in HEADER)
    found = mended({"住所": "2001-02-03"}, types=types)
    assert found.rejections[0][0].code == "date_in_text"


def test_a_row_longer_than_the_header_is_rejected() -> None:
    table = Table("t", HEADER, (Row(2, ("1",) * len(HEADER) + ("x",)),), "utf-8", ",", "0")
    assert mend(table, LAYOUT, positions(table, LAYOUT)).rejections[0][0].code == "row_too_long"
