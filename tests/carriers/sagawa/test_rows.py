"""Rows for the three e飛伝 tools, and what is refused before they would."""

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
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId, Wish
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Content, Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.formats.writer import table_bytes
from tests.builders import a_contact, a_line

TODAY = date(2026, 11, 20)
KEY = make_key(7)
SAGAWA = carriers()["sagawa"]
TOOLS = {tool.id: tool for tool in SAGAWA.tools}
THREE, TWO, PRO = TOOLS["ehiden3"], TOOLS["ehiden2"], TOOLS["ehiden_pro"]
EVERY = [pytest.param(tool, id=tool.id) for tool in SAGAWA.tools]
CODES = {"customer_code": "012345678901", "department": "出荷係", "packaging": "001"}


def a_consignment(**changes: Any) -> Consignment:
    shipment = Shipment(
        row_id=7,
        key=KEY,
        order_id=OrderId("rakuten", "本店", "345678-20261120-0000000007"),
        package_id="1",
        recipient=changes.pop("recipient", a_contact()),
        buyer=a_contact(),
        lines=changes.pop("lines", (a_line(),)),
        stage=Stage.PACK,
        parcels=changes.pop("parcels", (Parcel(KEY),)),
        wish=changes.pop("wish", Wish()),
        cash_on_delivery=changes.pop("cash_on_delivery", False),
    )
    given: dict[str, Any] = {
        "sender": Sender(
            "ことり雑貨店", "1000001", "東京都千代田区千代田9-9-9", "見本ビル", "03-0000-0000", CODES
        ),
        "service": "takkyubin",
        "ship_date": TODAY,
    }
    return Consignment(shipment=shipment, parcels=shipment.parcels, **{**given, **changes})


def write(tool: Tool, *consignments: Consignment) -> HandoverResult:
    assert tool.write_rows is not None
    return tool.write_rows(consignments, TODAY)


def cells(tool: Tool, consignment: Consignment) -> Mapping[str, str]:
    """The row's non-empty cells by number and header."""
    result = write(tool, consignment)
    assert result.problems == {}
    assert tool.handover_layout is not None
    named = enumerate(zip(tool.handover_layout.columns, result.rows[0], strict=True), start=1)
    return {f"{n} {column.header}": cell for n, (column, cell) in named if cell}


def refused(tool: Tool, consignment: Consignment) -> list[tuple[str, str]]:
    result = write(tool, consignment)
    assert result.rows == ()
    return [(problem.code, problem.field) for problem in result.problems[KEY]]


def seals(tool: Tool, consignment: Consignment) -> list[str]:
    found = cells(tool, consignment)
    return [cell for name, cell in found.items() if "シール" in name]


def test_a_parcel_with_a_wish_in_ehiden3() -> None:
    wished = a_consignment(wish=Wish(date(2026, 11, 23), "1416"), marks=("fragile",), cool="chilled")
    assert cells(THREE, wished) == {
        "3 お届け先電話番号": "09000001234",
        "4 お届け先郵便番号": "541-0041",
        "5 お届け先住所１": "大阪府大阪市中央区北浜9-9-9",
        "6 お届け先住所２": "コーポことり203",
        "8 お届け先名称１": "山田 花子",
        "10 お客様管理番号": KEY,
        "11 お客様コード": "012345678901",
        "14 部署ご担当者名称": "出荷係",
        "18 ご依頼主電話番号": "0300000000",
        "19 ご依頼主郵便番号": "100-0001",
        "20 ご依頼主住所１": "東京都千代田区千代田9-9-9",
        "21 ご依頼主住所２": "見本ビル",
        "22 ご依頼主名称１": "ことり雑貨店",
        "24 荷姿": "001",
        "25 品名１": "マグカップ 300ml",
        "42 出荷個数": "1",
        "43 スピード指定": "000",
        "44 クール便指定": "002",
        "45 配達日": "20261123",
        "46 配達指定時間帯": "14",
        "50 決済種別": "0",
        "52 指定シール１": "023",
        "53 指定シール２": "011",
        "55 営業所受取": "0",
        "56 SRC区分": "0",
        "58 元着区分": "1",
        "61 出荷日": "2026/11/20",
    }


def test_the_same_parcel_in_ehiden2_and_pro() -> None:
    wished = a_consignment(wish=Wish(date(2026, 11, 23), "1416"), marks=("fragile",), cool="chilled")
    two = cells(TWO, wished)
    assert (two["9 お客様管理ナンバー"], two["27 便種（商品）"], two["28 配達日"]) == (KEY, "002", "20261123")
    assert (two["29 配達指定時間帯"], two["36 指定シール①"], two["37 指定シール②"]) == ("14", "023", "011")
    assert (two["42 元着区分"], two["25 出荷個数"]) == ("1", "1")
    pro = cells(PRO, wished)
    assert (pro["36 顧客管理番号"], pro["39 クール指定区分"], pro["25 配達指定日"]) == (
        KEY,
        "002",
        "20261123",
    )
    assert (pro["41 配達指定時間帯"], pro["43 シールコード１"], pro["44 シールコード２"]) == (
        "14",
        "007",
        "011",
    )
    assert (pro["23 出荷日"], pro["1 ご依頼主コード"]) == ("20261120", "012345678901")
    assert (pro["16 代行郵便番号"], pro["17 代行名１"]) == ("100-0001", "ことり雑貨店")


def test_layouts_are_as_long_as_the_tools_want_them() -> None:
    wanted = {"ehiden3": 74, "ehiden3_bare": 74, "ehiden2": 42, "ehiden_pro": 72}
    for name, columns in wanted.items():
        layout = TOOLS[name].handover_layout
        assert layout is not None
        assert len(layout.columns) == columns
    three = THREE.handover_layout
    assert three is not None
    names = {n: three.columns[n - 1].header for n in (1, 10, 41, 62, 74)}
    assert names == {
        1: "お届け先コード取得区分",
        10: "お客様管理番号",
        41: "荷札品名１１",
        62: "お問い合せ送り状No.",
        74: "編集１０",
    }


@pytest.mark.parametrize(
    ("slot", "code", "seal"),
    [
        ("am", "01", "020"),
        ("1214", "12", "022"),
        ("1416", "14", "023"),
        ("1618", "16", "024"),
        ("1820", "18", "025"),
        ("1821", "04", "021"),
        ("1921", "19", "026"),
    ],
)
def test_every_slot_with_its_seal(slot: str, code: str, seal: str) -> None:
    for tool in (THREE, TWO):
        wished = a_consignment(wish=Wish(None, slot))
        assert (
            next(cell for name, cell in cells(tool, wished).items() if name.endswith("配達指定時間帯"))
            == code
        )
        assert seals(tool, wished) == [seal]
    if slot in ("1820", "1921"):
        assert refused(PRO, a_consignment(wish=Wish(None, slot))) == [("carrier_slot", "wish.slot")]
    else:
        assert seals(PRO, a_consignment(wish=Wish(None, slot))) == ["007"]


def test_a_slot_sagawa_has_not_is_asked_about() -> None:
    (problem,) = write(THREE, a_consignment(wish=Wish(None, "2021"))).problems[KEY]
    assert problem.code == "carrier_slot"
    slots = [repair.values["slot"] for repair in problem.repairs]
    assert slots == ["am", "1214", "1416", "1618", "1820", "1821", "1921", ""]


def test_a_day_alone_has_the_seal_of_days() -> None:
    for tool in (THREE, TWO, PRO):
        assert seals(tool, a_consignment(wish=Wish(date(2026, 11, 23)))) == ["005"]


def test_marks_become_seals_once_each_and_what_has_none_is_told() -> None:
    marked = a_consignment(marks=("fragile", "bottles", "upright", "valuables", "dry"), wish=Wish(None, "am"))
    assert seals(THREE, marked) == ["020", "011", "013"]
    notes = write(THREE, marked).notes[KEY]
    assert {note.code for note in notes} == {"carrier_mark_none", "carrier_marks_many"}
    assert seals(PRO, marked) == ["007", "011", "013", "012"]


def test_more_seals_only_where_the_shop_wants_them() -> None:
    cooled = a_consignment(cool="frozen")
    assert seals(THREE, cooled) == []
    wanted = replace(cooled.sender, codes={**CODES, "seal_cool": "on"})
    assert seals(THREE, replace(cooled, sender=wanted)) == ["002"]
    office = a_consignment(office="1234")
    assert cells(THREE, office)["57 営業所受取営業所コード"] == "1234"
    assert cells(THREE, office)["55 営業所受取"] == "1"
    wanted = replace(office.sender, codes={**CODES, "seal_office": "on"})
    assert seals(THREE, replace(office, sender=wanted)) == ["004"]


@pytest.mark.parametrize(
    ("service", "payment", "seal"),
    [("collect", "1", "010"), ("collect_cash", "2", "008"), ("collect_card", "3", "009")],
)
def test_cash_on_delivery(service: str, payment: str, seal: str) -> None:
    paid = a_consignment(service=service, cash_on_delivery=True, cash=5500, cash_tax=500)
    found = cells(THREE, paid)
    assert (found["48 代引金額"], found["49 消費税"], found["50 決済種別"]) == ("5500", "500", payment)
    wanted = replace(paid.sender, codes={**CODES, "seal_cash": "on"})
    assert seals(THREE, replace(paid, sender=wanted)) == [seal]
    assert cells(TWO, paid)["31 代引金額"] == "5500"
    assert refused(PRO, paid) == [("carrier_cash_service", "service")]


def test_cash_that_cannot_be_right_is_refused() -> None:
    plain = a_consignment(cash_on_delivery=True, cash=5500, cash_tax=500)
    assert refused(THREE, plain) == [("carrier_cash_service", "service")]
    paid = replace(plain, service="collect")
    assert refused(THREE, replace(paid, cash=None)) == [("carrier_cash_amount", "cash")]
    assert refused(THREE, replace(paid, cash=10_000_000)) == [("carrier_cash_amount", "cash")]
    assert refused(THREE, replace(paid, cash_tax=None)) == [("carrier_cash_tax", "cash")]
    two = a_consignment(
        **{"service": "collect", "cash_on_delivery": True, "cash": 5500, "cash_tax": 500},
        parcels=(Parcel(KEY), Parcel(parcel_key(KEY, 2), 2)),
    )
    assert refused(THREE, two) == [("carrier_cash_parcels", "parcels")]


def test_freight_to_the_recipient() -> None:
    assert cells(THREE, a_consignment(service="takkyubin_freight"))["58 元着区分"] == "2"


@pytest.mark.parametrize("tool", EVERY)
def test_what_is_missing_is_named(tool: Tool) -> None:
    lacking = a_contact(phone="", name="", postal_code="")
    found = refused(tool, a_consignment(recipient=lacking))
    assert {("carrier_missing", f"recipient.{name}") for name in ("phone", "name", "postal_code")} <= set(
        found
    )
    assert refused(tool, a_consignment(service="nowhere"))[0] == ("carrier_service", "service")
    assert refused(tool, a_consignment(wish=Wish(date(2026, 11, 19)))) == [
        ("carrier_delivery_date", "wish.day")
    ]
    with pytest.raises(Refused, match="carrier_ship_day_past"):
        write(tool, a_consignment(ship_date=date(2026, 11, 19)))


def test_the_contract_s_code_missing_is_told_but_written() -> None:
    bare = a_consignment(
        sender=Sender("ことり雑貨店", "1000001", "東京都千代田区千代田9-9-9", "", "03-0000-0000")
    )
    result = write(THREE, bare)
    assert len(result.rows) == 1
    assert [(n.code, n.field) for n in result.notes[KEY]] == [
        ("carrier_setting_missing", "sagawa.customer_code")
    ]


def test_goods_over_five_columns() -> None:
    lines = tuple(a_line(line_id=str(n), name=f"見本の品 {n}") for n in range(1, 8))
    found = cells(THREE, a_consignment(lines=lines))
    goods = [cell for name, cell in found.items() if "品名" in name]
    assert goods == ["見本の品 1", "見本の品 2", "見本の品 3", "見本の品 4", "見本の品 5 ほか"]
    long = a_consignment(lines=(a_line(name="とても長い商品名" * 4),))
    assert cells(THREE, long)["25 品名１"] == "とても長い商品名とても長い商品名"
    assert [note.code for note in write(THREE, long).notes[KEY]] == ["carrier_goods_cut"]


def test_an_address_that_must_be_parted_is_proposed_first() -> None:
    street = "架空が丘見本台南架空一丁目四十三番地架空団地12号棟1203号室"
    to = a_contact(prefecture="東京都", city="見本区", street=street)
    assert refused(THREE, a_consignment(recipient=to)) == [("carrier_spread_proposal", "recipient.street")]
    result = write(THREE, a_consignment(recipient=to, agreed=True))
    assert [(note.code, note.severity) for note in result.notes[KEY]] == [("carrier_spread", Severity.WARN)]
    assert "".join(result.rows[0][4:7]) == f"東京都見本区{street}"
    hopeless = a_contact(prefecture="東京都", city="見本区", street="架空" * 60)
    assert refused(THREE, a_consignment(recipient=hopeless)) == [("carrier_too_long", "recipient.street")]


@pytest.mark.parametrize("tool", EVERY)
@pytest.mark.parametrize(("name", "proposal"), [("𠮷田 太郎", "吉田 太郎"), ("辻\U000e0100 一郎", "辻 一郎")])
def test_characters_outside_cp932_are_replaced_only_with_consent(
    tool: Tool, name: str, proposal: str
) -> None:
    named = a_consignment(recipient=a_contact(name=name))
    (problem,) = write(tool, named).problems[KEY]
    assert (problem.code, problem.field) == ("carrier_characters_proposal", "recipient.name")
    assert [(repair.kind, repair.values) for repair in problem.repairs] == [("set_name", {"name": proposal})]
    assert problem.values["characters"] in ("𠮷", "U+E0100")  # a selector is not visible by itself
    result = write(tool, replace(named, agreed=True))
    assert proposal in result.rows[0]
    assert [note.code for note in result.notes[KEY]] == ["carrier_replaced"]


def test_what_has_no_stand_in_is_refused_and_what_may_not_print_is_told() -> None:
    smiling = a_consignment(recipient=a_contact(name="山田 花子😀"), agreed=True)
    assert refused(THREE, smiling) == [("carrier_characters", "recipient.name")]
    rare = a_consignment(recipient=a_contact(name="髙橋 﨑子"))
    result = write(THREE, rare)
    assert result.rows[0][7] == "髙橋 﨑子"
    assert [note.code for note in result.notes[KEY]] == ["carrier_doubtful"]


def test_a_long_name_goes_over_two_columns_at_a_blank_or_with_consent() -> None:
    spaced = a_consignment(recipient=a_contact(name="見本商事株式会社大阪支店営業部 山田 花子"))
    result = write(THREE, spaced)
    assert (result.rows[0][7:9], result.notes) == (("見本商事株式会社大阪支店営業部", "山田 花子"), {})
    whole = "見本商事株式会社大阪支店営業部コトリ課山田花子様"
    asked = a_consignment(recipient=a_contact(name=whole))
    (problem,) = write(THREE, asked).problems[KEY]
    assert (problem.code, problem.field) == ("carrier_name_proposal", "recipient.name")
    (repair,) = problem.repairs
    assert repair.values == {"name": "見本商事株式会社大阪支店営業部 コトリ課山田花子様"}
    agreed = write(THREE, replace(asked, agreed=True))
    assert agreed.rows[0][7:9] == ("見本商事株式会社大阪支店営業部", "コトリ課山田花子様")
    assert [note.code for note in agreed.notes[KEY]] == ["carrier_name_parted"]
    mended = write(THREE, a_consignment(recipient=a_contact(name=repair.values["name"])))
    assert (mended.rows[0][7:9], mended.notes) == (agreed.rows[0][7:9], {})
    assert refused(THREE, a_consignment(recipient=a_contact(name="あ" * 33), agreed=True)) == [
        ("carrier_too_long", "recipient.name")
    ]


GOLDEN = {
    "ehiden3": ",,09000001234,541-0041,大阪府大阪市中央区北浜9-9-9,コーポことり203,,山田 花子,,KEY,012345678901,,,出荷係,,,,0300000000,100-0001,東京都千代田区千代田9-9-9,見本ビル,ことり雑貨店,,001,マグカップ 300ml,,,,,,,,,,,,,,,,,1,000,001,20261123,14,,,,0,,023,,,0,0,,1,,,2026/11/20,,,,,,,,,,,,,",
    "ehiden2": ",09000001234,541-0041,大阪府大阪市中央区北浜9-9-9,コーポことり203,,山田 花子,,KEY,012345678901,出荷係,,0300000000,100-0001,東京都千代田区千代田9-9-9,見本ビル,ことり雑貨店,,001,マグカップ 300ml,,,,,1,000,001,20261123,14,,,,0,,,023,,,0,0,,1",
    "ehiden_pro": "012345678901,,出荷係,,,541-0041,山田 花子,,大阪府大阪市中央区北浜9-9-9,コーポことり203,,09000001234,,,,100-0001,ことり雑貨店,,東京都千代田区千代田9-9-9,見本ビル,,0300000000,20261120,,20261123,,1,1,,0,,,,,,KEY,0,,001,000,14,,007,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_file_byte_by_byte(name: str) -> None:
    layout = TOOLS[name].handover_layout
    assert layout is not None
    wished = a_consignment(wish=Wish(date(2026, 11, 23), "1416"))
    data = table_bytes(layout, write(TOOLS[name], wished).rows)
    header = ",".join(column.header for column in layout.columns)
    line = GOLDEN[name].replace("KEY", KEY)
    assert data == f"{header}\r\n{line}\r\n".encode("cp932")
    if name == "ehiden3":
        bare = TOOLS["ehiden3_bare"]
        assert bare.handover_layout is not None
        assert table_bytes(bare.handover_layout, write(bare, wished).rows) == f"{line}\r\n".encode("cp932")


def test_goods_are_insured_from_the_amount_on_that_the_shop_wants() -> None:
    plain = a_consignment(lines=(a_line(quantity=2, unit_price=15_000),))
    assert "51 保険金額" not in cells(THREE, plain)
    for least, amount in (("30000", "30000"), ("30001", None)):
        sender = replace(plain.sender, codes={**CODES, "insured_from": least})
        found = replace(plain, sender=sender)
        assert cells(THREE, found).get("51 保険金額") == amount
        assert cells(TWO, found).get("34 保険金額") == amount
        assert cells(PRO, found).get("29 保険金額") == amount


def test_each_of_several_parcels_is_insured_for_what_lies_in_it() -> None:
    boxes = [Parcel(KEY), Parcel(parcel_key(KEY, 2), 2)]
    inside = [
        replace(box, contents=(Content(KEY, "1", count),)) for box, count in zip(boxes, (1, 3), strict=True)
    ]
    lines = (a_line(quantity=4, unit_price=10_000),)
    known = a_consignment(lines=lines, parcels=tuple(inside))
    sender = replace(known.sender, codes={**CODES, "insured_from": "1"})
    assert [row[50] for row in write(THREE, replace(known, sender=sender)).rows] == ["10000", "30000"]
    unknown = write(THREE, replace(a_consignment(lines=lines, parcels=tuple(boxes)), sender=sender))
    assert [row[50] for row in unknown.rows] == ["", ""]
    assert [note.code for note in unknown.notes[KEY]] == ["carrier_insured_unknown"]


def test_cool_in_ehiden_pro_is_to_be_looked_at() -> None:
    cooled = a_consignment(cool="frozen")
    assert [note.code for note in write(PRO, cooled).notes[KEY]] == ["carrier_cool_unproven"]
    assert write(THREE, cooled).notes == {}


def test_bytes_are_cp932_with_the_wave_dash_of_windows() -> None:
    to = a_contact(street="北浜9-9-9 コーポ〜ことり−２")
    layout = THREE.handover_layout
    assert layout is not None
    data = table_bytes(layout, write(THREE, a_consignment(recipient=to)).rows)
    assert data.startswith("お届け先コード取得区分,お届け先コード,お届け先電話番号".encode("cp932"))
    assert data.count(b"\r\n") == 2
    assert b"\x81\x60" in data  # 〜 as ～
    assert b"\x81\x7c" in data  # − as －


def test_one_row_for_each_parcel_with_its_own_key() -> None:
    parcels = (Parcel(KEY), Parcel(parcel_key(KEY, 2), 2))
    result = write(THREE, a_consignment(parcels=parcels))
    assert result.keys == (KEY, f"{KEY}P2")
    assert [row[9] for row in result.rows] == [KEY, f"{KEY}P2"]
    assert all(len(parcel_key(KEY, n)) <= 15 for n in range(1, 100))


@given(
    name=st.text(st.sampled_from("山田太郎髙﨑ｱｲｳabc 　-ー～（株）㈱①𠮷😀"), min_size=1, max_size=60),
    street=st.text("見本が丘0123456789-一二三丁目番地号 　ハイツabc", min_size=1, max_size=60),
    goods=st.text("品物ABC 123〜", min_size=1, max_size=50),
    tool=st.sampled_from(SAGAWA.tools),
)
def test_no_field_over_its_length_and_nothing_lost(name: str, street: str, goods: str, tool: Tool) -> None:
    to = a_contact(name=name, prefecture="東京都", city="見本区", street=street)
    made = a_consignment(recipient=to, lines=(a_line(name=goods),), agreed=True)
    result = write(tool, made)
    layout = tool.handover_layout
    assert layout is not None
    assert bool(result.rows) != bool(result.problems)
    for row in result.rows:
        for column, cell in zip(layout.columns, row, strict=True):
            assert column.max_bytes is None or len(cell.encode("cp932")) <= column.max_bytes
        written = "".join(
            "".join(row).replace("'", "").split()
        )  # an apostrophe keeps a spreadsheet from calculating
        assert "".join(street.split()) in written
        assert "".join(name.translate(str.maketrans("髙﨑𠮷", "高崎吉")).split()) in written
