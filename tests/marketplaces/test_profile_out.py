"""The confirmation file of a profile: its rows, its bytes, the downloaded file filled in; no cell starts a formula."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId
from jpship_gui.formats.reader import read_bytes
from jpship_gui.formats.writer import table_bytes
from jpship_gui.marketplaces.base import FilledFile, KeptFile, Marketplace
from jpship_gui.marketplaces.profile import marketplace_of
from jpship_gui.marketplaces.profile_out import dated, tracking_form
from tests.marketplaces.profiles import HEADER, OUT, a_profile, a_row, csv_of

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # half past midnight of the 21st in Japan


def a_parcel(number: str = "400000000003", **changes: Any) -> ConfirmedParcel:
    given = {
        "parcel_key": "K",
        "carrier": "yamato",
        "carrier_code": "1",
        "tracking_no": number,
        "carrier_name": "ヤマト",
    }
    return ConfirmedParcel(**{**given, **changes})


def a_confirmation(number: str = "A-1", *parcels: ConfirmedParcel, **changes: Any) -> Confirmation:
    given: dict[str, Any] = {
        "order_id": OrderId("jisha", "自社", number),
        "package_id": "",
        "shipment_key": f"KEY-{number}",
        "ship_date": date(2026, 11, 21),
        "parcels": parcels or (a_parcel(),),
        "lines": (ConfirmedLine("1", 2), ConfirmedLine("2", 1)),
        "shipped_at": NOW,
        "ordered_at": NOW,
    }
    return Confirmation(**{**given, **changes})


def shop(**out: Any) -> Marketplace:
    return marketplace_of(a_profile(direction="both", out={**OUT, **out}))


def rows(market: Marketplace, *confirmations: Confirmation) -> list[tuple[str, ...]]:
    assert market.confirm_rows is not None
    return list(market.confirm_rows(confirmations))


def data(market: Marketplace, *confirmations: Confirmation) -> bytes:
    assert market.confirm_layout is not None
    return table_bytes(market.confirm_layout, rows(market, *confirmations))


def test_a_row_for_each_parcel() -> None:
    two = a_confirmation("A-1", a_parcel(), a_parcel("400000000014"))
    assert rows(shop(), two, a_confirmation("A-2")) == [
        ("A-1", "400000000003", "1", "2026/11/21"),
        ("A-1", "400000000014", "1", "2026/11/21"),
        ("A-2", "400000000003", "1", "2026/11/21"),
    ]


def test_a_row_for_each_order_joins_its_numbers() -> None:
    two = a_confirmation("A-1", a_parcel(), a_parcel("400000000014"))
    assert [row[1] for row in rows(shop(each="order", join="/"), two)] == ["400000000003/400000000014"]


def test_a_row_for_each_line() -> None:
    columns = [
        *OUT["columns"],
        {"header": "明細", "field": "line_id"},
        {"header": "数", "field": "line_quantity"},
    ]
    assert [row[4:] for row in rows(shop(each="line", columns=columns), a_confirmation())] == [
        ("1", "2"),
        ("2", "1"),
    ]
    told = a_confirmation("A-1", a_parcel(lines=(ConfirmedLine("2", 1),)))
    assert [row[4:] for row in rows(shop(each="line", columns=columns), told)] == [("2", "1")]


def test_every_value_can_stand_in_a_column() -> None:
    columns = [
        {"header": "n", "field": "number"},
        {"header": "t", "field": "tracking_no", "form": "4-4-4"},
        {"header": "c", "field": "carrier_name"},
        {"header": "m", "field": "method"},
        {"header": "d", "field": "ship_date", "form": "yyyyMMdd"},
        {"header": "h", "field": "ship_time"},
        {"header": "o", "field": "order_date", "form": "M月d日"},
        {"header": "p", "field": "package_id"},
        {"header": "q", "field": "pieces"},
        {"header": "x", "text": "発送済み"},
    ]
    made = a_confirmation("A-1", a_parcel(method="宅急便"), package_id="7")
    expected = (
        "A-1",
        "4000-0000-0003",
        "ヤマト",
        "宅急便",
        "20261121",
        "00:30",
        "11月21日",
        "7",
        "3",
        "発送済み",
    )
    assert rows(shop(columns=columns), made) == [expected]


def test_what_is_blank_can_be_written_otherwise() -> None:
    columns = [*OUT["columns"], {"header": "m", "field": "method"}]
    assert rows(shop(columns=columns, blank="-"), a_confirmation())[0][4] == "-"


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ({}, "受注No,伝票番号,配送会社,発送日\r\nA-1,400000000003,1,2026/11/21\r\n".encode()),
        (
            {"bom": True},
            "\ufeff受注No,伝票番号,配送会社,発送日\r\nA-1,400000000003,1,2026/11/21\r\n".encode(),
        ),
        (
            {"encoding": "cp932", "eol": "lf"},
            "受注No,伝票番号,配送会社,発送日\nA-1,400000000003,1,2026/11/21\n".encode("cp932"),
        ),
        ({"delimiter": "TAB", "header": False}, b"A-1\t400000000003\t1\t2026/11/21\r\n"),
        ({"quoting": "all", "delimiter": ";", "header": False}, b'"A-1";"400000000003";"1";"2026/11/21"\r\n'),
        ({"quoting": "never", "date_form": "M,d", "header": False}, b"A-1,400000000003,1,11 21\r\n"),
    ],
)
def test_the_bytes_are_as_the_profile_says(out: dict[str, Any], expected: bytes) -> None:
    assert data(shop(**out), a_confirmation()) == expected


def test_a_shop_that_takes_one_number_gets_one() -> None:
    market = shop(each="order", numbers=1, rows=200)
    takes = market.takes_on(date(2026, 11, 20))
    assert (takes.numbers, takes.upload_rows) == (1, 200)


def test_carriers_are_needed_only_where_the_file_tells_them() -> None:
    on = date(2026, 11, 20)
    assert shop().code_of("yamato", "", on) is None
    silent = shop(columns=[column for column in OUT["columns"] if column["field"] != "carrier_code"])
    assert silent.code_of("yamato", "", on) is not None
    named = marketplace_of(
        a_profile(
            direction="both",
            out=dict(OUT),
            carriers=[{"carrier": "yamato", "code": "ヤマト", "service": "nekopos"}],
        )
    )
    assert named.code_of("yamato", "", on) is None
    found = named.code_of("yamato", "nekopos", on)
    assert found is not None
    assert (found.code, found.source) == ("ヤマト", "自社サイト")


# -- formulas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_no_cell_starts_a_formula(text: str) -> None:
    columns = [*OUT["columns"], {"header": "x", "text": text}]
    written = read_bytes("x", data(shop(columns=columns), a_confirmation()))
    assert written.rows[0].cells[4] == f"'{text}"
    with pytest.raises(Refused, match="cell_formula"):
        data(shop(), a_confirmation("=1+1"))


def test_no_cell_of_a_filled_download_starts_a_formula() -> None:
    columns = [*FILL["columns"], {"header": "品名", "text": "=1+1"}]
    market = marketplace_of(a_profile(direction="both", out={**FILL, "columns": columns}))
    file = csv_of([a_row("A-1")], SENT)
    assert read_bytes("x", fill(market, file, a_confirmation()).data).rows[0].cells[5] == "'=1+1"
    with pytest.raises(Refused, match="cell_formula"):
        fill(market, file, a_confirmation("A-1", a_parcel("=1+1")))


def test_days_and_numbers_are_no_formulas() -> None:
    columns = [
        *OUT["columns"][:3],
        {"header": "d", "field": "ship_date", "form": "-M-d"},
        {"header": "x", "text": "-5"},
    ]
    written = read_bytes("x", data(shop(columns=columns), a_confirmation()))
    assert written.rows[0].cells[3:] == ("-11-21", "-5")


@pytest.mark.parametrize("number", ["12345678", "1234567890123", "1"])
def test_a_number_in_groups_has_the_same_digits(number: str) -> None:
    assert tracking_form(number, "4-4-4").replace("-", "") == number
    assert tracking_form(number, "") == number


def test_a_date_without_a_value_is_blank() -> None:
    assert dated(None, "yyyy") == ""


# -- the download filled in ---------------------------------------------------------------------------------------------

FILL = {
    "mode": "fill",
    "numbers": 1,
    "columns": [{"header": "伝票番号", "field": "tracking_no"}, {"header": "発送日", "field": "ship_date"}],
}
SENT = (*HEADER, "発送日")


def fill(market: Marketplace, file: bytes, *confirmations: Confirmation) -> FilledFile:
    assert market.fill is not None
    return market.fill(KeptFile(1, "orders.csv", "jisha.orders", file, NOW), confirmations)


def test_a_download_comes_back_with_the_numbers_in_it_and_nothing_else_changed() -> None:
    market = marketplace_of(a_profile(direction="both", out=FILL))
    assert market.keeps == {"jisha.orders"}
    assert market.confirm_layout is None
    file = csv_of([a_row("A-1"), a_row("A-2", 品名="皿,大"), a_row("A-1", 品番="p")], SENT)
    done = fill(market, file, a_confirmation("A-1"), a_confirmation("A-9"))
    assert (done.told, done.rows) == ({"KEY-A-1"}, 2)
    before, after = file.split(b"\r\n"), done.data.split(b"\r\n")
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [1, 3]
    cells = [row.cells[8:] for row in read_bytes("x", done.data).rows]
    assert cells == [("400000000003", "2026/11/21"), ("", ""), ("400000000003", "2026/11/21")]


def test_only_the_rows_of_its_recipient_get_the_number() -> None:
    fields = {"package.id": [{"columns": ["送付先"]}]}
    market = marketplace_of(a_profile(direction="both", out=FILL, fields=fields))
    file = csv_of([a_row(送付先="1"), a_row(送付先="2", 住所="大阪府堺市9")], (*SENT, "送付先"))
    done = fill(market, file, a_confirmation(package_id="2"))
    assert [row.cells[8] for row in read_bytes("x", done.data).rows] == ["", "400000000003"]


def test_where_the_first_row_tells_the_order_only_it_gets_the_number() -> None:
    market = marketplace_of(a_profile(direction="both", out=FILL, rows={"mode": "first_row_carries"}))
    file = csv_of([a_row("A-1"), a_row("", 品番="p"), a_row("A-2")], SENT)
    done = fill(market, file, a_confirmation("A-1"))
    assert [row.cells[8] for row in read_bytes("x", done.data).rows] == ["400000000003", "", ""]


def test_a_file_without_the_column_is_not_told_of() -> None:
    market = marketplace_of(a_profile(direction="both", out=FILL))
    file = csv_of([a_row("A-1")], HEADER)
    assert fill(market, file, a_confirmation("A-1")) == FilledFile(file, 0, frozenset())


def test_several_numbers_of_an_order_are_joined_in_its_cell() -> None:
    market = marketplace_of(a_profile(direction="both", out={**FILL, "numbers": 0, "join": "\n"}))
    file = csv_of([a_row("A-1")], SENT)
    done = fill(market, file, a_confirmation("A-1", a_parcel(), a_parcel("400000000014")))
    assert read_bytes("x", done.data).rows[0].cells[8] == "400000000003\n400000000014"
