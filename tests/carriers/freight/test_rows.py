"""Rows for カンガルー・マジックⅡ and iS-2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Consignment, HandoverResult, Sender, Tool
from jpship_gui.domain.order import Contact, OrderId, Wish
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.formats.writer import table_bytes
from tests.builders import a_contact, a_line

TODAY = date(2026, 11, 20)
KEY = make_key(7)
SEINO = carriers()["seino"].tools[0]
FUKUYAMA, FUKUYAMA_2 = carriers()["fukuyama"].tools
CODES = {"shipper_code": "01234567890", "office_code": "0123"}


def a_consignment(service: str = "parcel", **changes: Any) -> Consignment:
    shipment = Shipment(
        row_id=7,
        key=KEY,
        order_id=OrderId("rakuten", "本店", "345678-20261120-0000000007"),
        package_id="1",
        recipient=changes.pop("recipient", a_contact()),
        buyer=a_contact(),
        lines=(a_line(),),
        stage=Stage.PACK,
        parcels=changes.pop("parcels", (Parcel(KEY),)),
        wish=changes.pop("wish", Wish()),
        cash_on_delivery=changes.pop("cash_on_delivery", False),
    )
    sender = Sender("ことり雑貨店", "1000001", "東京都千代田区千代田9-9-9", "見本ビル", "03-0000-0000", CODES)
    return Consignment(shipment, shipment.parcels, sender, service, TODAY, **changes)


def write(tool: Tool, *consignments: Consignment) -> HandoverResult:
    assert tool.write_rows is not None
    return tool.write_rows(consignments, TODAY)


def cells(tool: Tool, consignment: Consignment) -> Mapping[str, str]:
    result = write(tool, consignment)
    assert result.problems == {}
    assert tool.handover_layout is not None
    named = zip((c.header for c in tool.handover_layout.columns), result.rows[0], strict=True)
    return {name: cell for name, cell in named if cell}


def refused(tool: Tool, consignment: Consignment) -> list[tuple[str, str]]:
    result = write(tool, consignment)
    assert result.rows == ()
    return [(problem.code, problem.field) for problem in result.problems[KEY]]


def test_a_plain_parcel_at_seino() -> None:
    assert cells(SEINO, a_consignment(wish=Wish(date(2026, 11, 23), "pm"))) == {
        "荷送人コード": "01234567890",
        "西濃発店コード": "0123",
        "出荷予定日": "20261120",
        "管理番号": KEY,
        "元着区分": "1",
        "原票区分": "1",
        "個数": "1",
        "荷送人名称": "ことり雑貨店",
        "荷送人住所１": "東京都千代田区千代田9-9-9",
        "荷送人住所２": "見本ビル",
        "荷送人電話番号": "0300000000",
        "お届け先郵便番号": "5410041",
        "お届け先名称１": "山田 花子",
        "お届け先住所１": "大阪府大阪市中央区北浜9-9-9",
        "お届け先住所２": "コーポことり203",
        "お届け先電話番号": "09000001234",
        "記事１": "マグカップ 300ml",
        "配達指定日付": "11232",
        "輸送指示コード１": "02",
    }


@pytest.mark.parametrize(
    ("wish", "written"),
    [
        (Wish(), None),
        (Wish(date(2026, 12, 1)), "12010"),
        (Wish(None, "am"), "00001"),
        (Wish(date(2026, 12, 1), "am"), "12011"),
    ],
)
def test_day_and_half_of_the_day_at_seino(wish: Wish, written: str | None) -> None:
    found = cells(SEINO, a_consignment(wish=wish))
    assert found.get("配達指定日付") == written
    assert found.get("輸送指示コード１") == ("02" if written else None)


@pytest.mark.parametrize("service", ["general", "parcel", "mini", "mail_order", "business"])
def test_kinds_of_waybill_at_seino(service: str) -> None:
    codes = {"general": "0", "parcel": "1", "mini": "3", "mail_order": "8", "business": "9"}
    assert cells(SEINO, a_consignment(service))["原票区分"] == codes[service]


@pytest.mark.parametrize("tool", [SEINO, FUKUYAMA, FUKUYAMA_2], ids=lambda tool: tool.id)
def test_what_neither_can_carry_is_refused(tool: Tool) -> None:
    assert refused(tool, a_consignment(wish=Wish(None, "1214"))) == [("carrier_slot", "wish.slot")]
    assert refused(tool, a_consignment(cool="chilled")) == [("carrier_cool", "cool")]
    assert refused(tool, a_consignment(cash_on_delivery=True)) == [("carrier_cash_service", "service")]
    assert refused(tool, a_consignment("nowhere"))[0] == ("carrier_service", "service")
    early = Wish(date(2026, 11, 19))
    assert refused(tool, a_consignment(wish=early)) == [("carrier_delivery_date", "wish.day")]
    assert refused(tool, a_consignment(recipient=a_contact(phone=""))) == [
        ("carrier_missing", "recipient.phone")
    ]


def test_a_slot_is_asked_about_with_what_there_is() -> None:
    (problem,) = write(SEINO, a_consignment(wish=Wish(None, "1214"))).problems[KEY]
    assert [repair.values["slot"] for repair in problem.repairs] == ["am", "pm", ""]


def test_an_address_too_long_for_seino_is_proposed_and_written_once_agreed() -> None:
    street = "架空が丘見本台南一丁目四十三番地架空団地12号棟1203号室"
    to = a_contact(prefecture="東京都", city="見本区", street=street)
    assert refused(SEINO, a_consignment(recipient=to)) == [("carrier_spread_proposal", "recipient.street")]
    result = write(SEINO, a_consignment(recipient=to, agreed=True))
    (note,) = result.notes[KEY]
    assert (note.code, note.severity) == ("carrier_spread", Severity.WARN)
    assert result.rows[0][21] + result.rows[0][22] == f"東京都見本区{street}"


def test_a_record_longer_than_the_tool_takes_is_refused() -> None:
    # 記事 and the telephone have no length of their own; the record has
    long = replace(a_consignment(), sender=replace(a_consignment().sender, building="ビル" * 10))
    long = replace(long, sender=replace(long.sender, codes={**CODES, "goods_name": "品" * 400}))
    assert ("carrier_record_too_long", "lines") in refused(SEINO, long)


def test_seino_without_its_header() -> None:
    bare = carriers()["seino"].tools[1]
    assert bare.handover_layout is not None
    assert not bare.handover_layout.header
    assert write(bare, a_consignment()).rows == write(SEINO, a_consignment()).rows


def test_a_plain_parcel_at_fukuyama() -> None:
    wanted = {
        "電話番号": "09000001234",
        "住所": "大阪府大阪市中央区北浜9-9-9",
        "住所２": "コーポことり203",
        "名前": "山田 花子",
        "郵便番号": "5410041",
        "荷送人コード": "01234567890",
        "個数": "1",
        "品名記事１": "マグカップ 300ml",
        "配達指定日": "20261123",
        "お客様管理番号": KEY,
        "出荷日付": "20261120",
    }
    wish = Wish(date(2026, 11, 23))
    assert cells(FUKUYAMA, a_consignment(wish=wish)) == wanted
    assert cells(FUKUYAMA_2, a_consignment(wish=wish)) == wanted


def test_the_layouts_have_the_columns_of_the_reference() -> None:
    headers = []
    for tool in (SEINO, FUKUYAMA, FUKUYAMA_2):
        assert tool.handover_layout is not None
        headers.append([column.header for column in tool.handover_layout.columns])
    assert [len(found) for found in headers] == [42, 26, 30]
    assert (headers[0][4], headers[0][37], headers[0][40]) == ("管理番号", "配達指定日付", "止め店所名")
    assert (headers[1][20], headers[1][21], headers[1][25]) == ("お客様管理番号", "予備", "登録日付")
    assert (headers[2][11], headers[2][24], headers[2][25]) == ("荷送人担当者", "必着区分", "お客様管理番号")


def test_fukuyama_s_file_is_quoted_throughout() -> None:
    assert FUKUYAMA.handover_layout is not None
    data = table_bytes(FUKUYAMA.handover_layout, write(FUKUYAMA, a_consignment()).rows)
    first = data.decode("cp932").split("\r\n")[0]
    assert first.startswith('"荷受人コード","電話番号","住所"')


def test_one_row_for_each_parcel_with_its_own_key() -> None:
    parcels = (Parcel(KEY), Parcel(parcel_key(KEY, 2), 2))
    for tool in (SEINO, FUKUYAMA):
        assert write(tool, a_consignment(parcels=parcels)).keys == (KEY, f"{KEY}P2")


@given(
    name=st.text(st.sampled_from("山田太郎髙﨑ｱｲｳabc 　-ー～（株）㈱①"), min_size=1, max_size=60),
    street=st.text("見本が丘0123456789-一二三丁目番地号 　ハイツabc", min_size=1, max_size=60),
    tool=st.sampled_from([SEINO, FUKUYAMA, FUKUYAMA_2]),
)
def test_no_field_over_its_length_and_nothing_lost(name: str, street: str, tool: Tool) -> None:
    to = a_contact(name=name, prefecture="東京都", city="見本区", street=street)
    result = write(tool, a_consignment(recipient=to, agreed=True))
    layout = tool.handover_layout
    assert layout is not None
    assert bool(result.rows) != bool(result.problems)
    for row in result.rows:
        assert len(row) == len(layout.columns)
        for column, cell in zip(layout.columns, row, strict=True):
            assert column.max_bytes is None or len(cell.encode("cp932")) <= column.max_bytes
        written = "".join(
            "".join(row).replace("'", "").split()
        )  # an apostrophe keeps a spreadsheet from calculating
        assert "".join(street.split()) in written


def test_a_contact_is_a_contact() -> None:
    """A name longer than its column goes over both, at its blank."""
    to = Contact(**{**_fields(a_contact()), "name": "株式会社見本架空商事関西営業部第一営業課 見本 太郎"})
    found = cells(SEINO, a_consignment(recipient=to))
    assert (found["お届け先名称１"], found["お届け先名称２"]) == (
        "株式会社見本架空商事関西営業部第一営業課",
        "見本 太郎",
    )


def _fields(contact: Contact) -> dict[str, str]:
    return {name: getattr(contact, name) for name in contact.__slots__}
