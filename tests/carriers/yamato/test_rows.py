"""Rows of B2クラウド's basic layout, and what is refused before the service would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Consignment, HandoverResult, Sender
from jpship_gui.carriers.values import phone, postal_code
from jpship_gui.carriers.yamato.rows import write_rows
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderId, Wish
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.formats.reader import read_bytes
from jpship_gui.formats.writer import table_bytes
from tests.builders import a_contact, a_line

TODAY = date(2026, 11, 20)
KEY = make_key(7)
SENDER = Sender(
    name="ことり雑貨店",
    postal_code="1000001",
    address="東京都千代田区 千代田9-9-9",
    building="見本ビル 1F",
    phone="03-0000-0000",
    codes={"customer_code": "012345678901", "freight_no": "01", "nekopos_code": "A"},
)
YAMATO = carriers()["yamato"]
LAYOUT = YAMATO.tools[0].handover_layout
assert LAYOUT is not None


def a_shipment(**changes: Any) -> Shipment:
    given: dict[str, Any] = {
        "row_id": 7,
        "key": KEY,
        "order_id": OrderId("rakuten", "本店", "345678-20261120-0000000007"),
        "package_id": "1",
        "recipient": a_contact(),
        "buyer": a_contact(),
        "lines": (a_line(),),
        "stage": Stage.PACK,
        "parcels": (Parcel(KEY),),
    }
    return Shipment(**{**given, **changes})


def a_consignment(shipment: Shipment | None = None, **changes: Any) -> Consignment:
    sent = shipment or a_shipment()
    given: dict[str, Any] = {
        "shipment": sent,
        "parcels": sent.parcels,
        "sender": SENDER,
        "service": "takkyubin",
        "ship_date": TODAY,
    }
    return Consignment(**{**given, **changes})


def cells(result: HandoverResult, row: int = 0) -> dict[str, str]:
    """The row's non-empty cells by column number and name."""
    named = zip(result.header, result.rows[row], strict=True)
    return {f"{n} {name}": cell for n, (name, cell) in enumerate(named, start=1) if cell}


def problems(result: HandoverResult) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in result.problems.get(KEY, ())]


def refused(consignment: Consignment) -> list[tuple[str, str]]:
    result = write_rows([consignment], TODAY)
    assert result.rows == ()
    return problems(result)


def test_the_layout_has_97_columns_in_the_template_s_order() -> None:
    assert LAYOUT is not None
    assert len(LAYOUT.columns) == 97
    by_number = {n: LAYOUT.columns[n - 1].header for n in (1, 4, 12, 16, 28, 40, 74, 97)}
    assert by_number == {
        1: "お客様管理番号",
        4: "伝票番号",
        12: "お届け先住所",
        16: "お届け先名",
        28: "品名１",
        40: "請求先顧客コード",
        74: "複数口くくりキー",
        97: "通知メールアドレス",
    }


def test_a_plain_parcel() -> None:
    wish = Wish(date(2026, 11, 23), "1416")
    result = write_rows([a_consignment(a_shipment(wish=wish))], TODAY)
    assert result.problems == {}
    assert cells(result) == {
        "1 お客様管理番号": KEY,
        "2 送り状種類": "0",
        "5 出荷予定日": "2026/11/20",
        "6 お届け予定日": "2026/11/23",
        "7 配達時間帯": "1416",
        "9 お届け先電話番号": "09000001234",
        "11 お届け先郵便番号": "541-0041",
        "12 お届け先住所": "大阪府大阪市中央区北浜9-9-9",
        "13 お届け先アパートマンション名": "コーポことり203",
        "16 お届け先名": "山田 花子",
        "20 ご依頼主電話番号": "0300000000",
        "22 ご依頼主郵便番号": "100-0001",
        "23 ご依頼主住所": "東京都千代田区千代田9-9-9",
        "24 ご依頼主アパートマンション": "見本ビル 1F",
        "25 ご依頼主名": "ことり雑貨店",
        "28 品名１": "マグカップ 300ml",
        "38 発行枚数": "1",
        "40 請求先顧客コード": "012345678901",
        "42 運賃管理番号": "01",
        "75 検索キータイトル1": "出荷キー",
        "76 検索キー1": KEY,
    }


def test_one_row_for_each_parcel_with_its_own_key() -> None:
    parcels = (Parcel(KEY), Parcel(parcel_key(KEY, 2), 2))
    result = write_rows([a_consignment(a_shipment(parcels=parcels))], TODAY)
    assert result.keys == (KEY, f"{KEY}P2")
    assert [row[0] for row in result.rows] == [KEY, f"{KEY}P2"]
    assert all(len(key) <= 15 for key in result.keys)  # the shortest carrier's customer reference


def test_several_parcels_as_one_consignment_share_a_key() -> None:
    parcels = tuple(Parcel(parcel_key(KEY, n), n) for n in (1, 2, 3))
    result = write_rows([a_consignment(a_shipment(parcels=parcels), service="several")], TODAY)
    assert {row[73] for row in result.rows} == {KEY}
    assert refused(a_consignment(service="several")) == [("carrier_pieces", "parcels")]


@pytest.mark.parametrize(
    ("slot", "code"), [("am", "0812"), ("1618", "1618"), ("1820", "1820"), ("1921", "1921"), ("", "")]
)
def test_slots(slot: str, code: str) -> None:
    result = write_rows([a_consignment(a_shipment(wish=Wish(slot=slot)))], TODAY)
    assert result.rows[0][6] == code


@pytest.mark.parametrize("slot", ["1214", "pm", "1821", "2021", "0010", "other"])
def test_a_slot_yamato_does_not_have_is_asked_about(slot: str) -> None:
    wanted = a_consignment(a_shipment(wish=Wish(slot=slot)))
    assert refused(wanted) == [("carrier_slot", "wish.slot")]
    (problem,) = write_rows([wanted], TODAY).problems[KEY]
    assert [repair.values["slot"] for repair in problem.repairs] == ["am", "1416", "1618", "1820", "1921", ""]


def test_timed_service_takes_only_its_own_slots() -> None:
    assert refused(a_consignment(service="timed")) == [("carrier_slot", "wish.slot")]
    early = a_consignment(a_shipment(wish=Wish(slot="0010")), service="timed")
    assert write_rows([early], TODAY).rows[0][6] == "0010"
    assert refused(a_consignment(a_shipment(wish=Wish(slot="1416")), service="timed")) == [
        ("carrier_slot", "wish.slot")
    ]


@pytest.mark.parametrize("code", ["A", "7"])
def test_nekopos_code_is_the_contract_s(code: str) -> None:
    sender = replace(SENDER, codes={**SENDER.codes, "nekopos_code": code})
    assert write_rows([a_consignment(service="nekopos", sender=sender)], TODAY).rows[0][1] == code


def test_nekopos_without_the_contract_s_code_is_refused() -> None:
    sender = replace(SENDER, codes={"customer_code": "0123456789", "freight_no": "01"})
    found = refused(a_consignment(service="nekopos", sender=sender))
    assert ("carrier_code_unset", "yamato.nekopos_code") in found


@pytest.mark.parametrize(("cool", "code"), [("chilled", "2"), ("frozen", "1"), ("", "")])
def test_cool(cool: str, code: str) -> None:
    assert write_rows([a_consignment(cool=cool)], TODAY).rows[0][2] == code


def test_cool_only_where_the_service_carries_it() -> None:
    assert refused(a_consignment(cool="chilled", service="compact")) == [("carrier_cool", "cool")]


def test_cash_on_delivery() -> None:
    cash = a_shipment(cash_on_delivery=True)
    result = write_rows([a_consignment(cash, service="collect", cash=5500, cash_tax=500)], TODAY)
    assert result.rows[0][33:35] == ("5500", "500")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service": "takkyubin"}, "carrier_cash_service"),
        ({"service": "collect", "cash": None}, "carrier_cash_amount"),
        ({"service": "collect", "cash": 0}, "carrier_cash_amount"),
        ({"service": "collect", "cash": 300_001, "cash_tax": 1}, "carrier_cash_amount"),
        ({"service": "compact_collect", "cash": 30_001, "cash_tax": 1}, "carrier_cash_amount"),
        ({"service": "collect", "cash": 5500, "cash_tax": None}, "carrier_cash_tax"),
        ({"service": "collect", "cash": 5500, "cash_tax": 5501}, "carrier_cash_tax"),
    ],
)
def test_cash_that_cannot_be_collected(changes: dict[str, Any], code: str) -> None:
    assert code in [c for c, _ in refused(a_consignment(a_shipment(cash_on_delivery=True), **changes))]


@pytest.mark.parametrize("day", [TODAY - timedelta(1), TODAY + timedelta(31)])
def test_ship_date_outside_the_window_refuses_the_file(day: date) -> None:
    with pytest.raises(Refused, match="carrier_ship_date"):
        write_rows([a_consignment(ship_date=day)], TODAY)


def test_last_day_of_the_window() -> None:
    assert write_rows([a_consignment(ship_date=TODAY + timedelta(30))], TODAY).rows[0][4] == "2026/12/20"


def test_delivery_day_before_and_far_after_the_ship_date() -> None:
    before = a_shipment(wish=Wish(TODAY - timedelta(1)))
    assert refused(a_consignment(before)) == [("carrier_delivery_date", "wish.day")]
    far = write_rows([a_consignment(a_shipment(wish=Wish(TODAY + timedelta(15))))], TODAY)
    assert [(p.code, p.severity) for p in far.notes[KEY]] == [("carrier_delivery_far", Severity.WARN)]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"phone": ""}, "recipient.phone"),
        ({"name": " "}, "recipient.name"),
        ({"postal_code": ""}, "recipient.postal_code"),
        ({"prefecture": ""}, "recipient.prefecture"),
        ({"city": ""}, "recipient.city"),
        ({"street": ""}, "recipient.street"),
    ],
)
def test_a_missing_recipient_field_is_its_own_reason(missing: dict[str, str], field: str) -> None:
    assert refused(a_consignment(a_shipment(recipient=a_contact(**missing)))) == [("carrier_missing", field)]


def test_a_missing_sender_is_told_field_by_field() -> None:
    result = write_rows([a_consignment(sender=Sender(codes={"freight_no": "01"}))], TODAY)
    ((_, notes),) = result.notes.items()
    assert len(result.rows) == 1
    assert [note.field for note in notes if note.code == "carrier_setting_missing"] == [
        "sender.phone",
        "sender.postal_code",
        "sender.address",
        "sender.name",
        "yamato.customer_code",
    ]
    assert ("carrier_missing", "yamato.freight_no") in refused(a_consignment(sender=Sender()))


def test_collect_freight_needs_no_customer_code() -> None:
    sender = replace(SENDER, codes={"freight_no": "01"})
    assert write_rows([a_consignment(sender=sender, service="collect_freight")], TODAY).problems == {}


def test_seventeen_full_width_characters_are_too_long_for_a_name() -> None:
    name = "あ" * 17
    assert refused(a_consignment(a_shipment(recipient=a_contact(name=name)))) == [
        ("carrier_too_long", "recipient.name")
    ]
    assert write_rows([a_consignment(a_shipment(recipient=a_contact(name="あ" * 16)))], TODAY).rows


LONG = "ことりが丘南東一丁目17-13-18メゾンことりの森弐番館303"


def test_a_long_address_is_parted_only_after_a_person_agreed() -> None:
    shipment = a_shipment(recipient=a_contact(street=LONG))
    result = write_rows([a_consignment(shipment)], TODAY)
    (problem,) = result.problems[KEY]
    assert (problem.code, problem.field) == ("carrier_part_proposal", "recipient.street")
    (repair,) = problem.repairs
    assert repair.kind == "set_address"
    assert repair.values["street"] == "ことりが丘南東一丁目17-13-18 メゾンことりの森弐番館303"
    repaired = a_shipment(recipient=a_contact(street=repair.values["street"]))
    expected = ("大阪府大阪市中央区ことりが丘南東一丁目17-13-18", "メゾンことりの森弐番館303")
    assert write_rows([a_consignment(repaired)], TODAY).rows[0][11:13] == expected
    agreed = write_rows([a_consignment(shipment, agreed=True)], TODAY)
    assert agreed.rows[0][11:13] == expected
    assert [p.code for p in agreed.notes[KEY]] == ["carrier_parted"]


def test_an_address_that_fits_nowhere() -> None:
    street = "とても長くて番地もない住所がどこまでも続いてまったく終わらない場合の例です"
    assert refused(a_consignment(a_shipment(recipient=a_contact(street=street)), agreed=True)) == [
        ("carrier_too_long", "recipient.street")
    ]


def test_a_character_outside_cp932_is_replaced_only_after_a_person_agreed() -> None:
    shipment = a_shipment(recipient=a_contact(name="𠮷田 花子"))
    result = write_rows([a_consignment(shipment)], TODAY)
    (problem,) = result.problems[KEY]
    assert (problem.code, problem.values["characters"], problem.values["proposal"]) == (
        "carrier_characters_proposal",
        "𠮷",
        "吉田 花子",
    )
    assert [(r.kind, r.values) for r in problem.repairs] == [("set_name", {"name": "吉田 花子"})]
    agreed = write_rows([a_consignment(shipment, agreed=True)], TODAY)
    assert agreed.rows[0][15] == "吉田 花子"
    assert [p.code for p in agreed.notes[KEY]] == ["carrier_replaced"]


def test_an_emoji_has_no_proposal() -> None:
    shipment = a_shipment(recipient=a_contact(name="山田😀"))
    assert refused(a_consignment(shipment, agreed=True)) == [("carrier_characters", "recipient.name")]


def test_a_maker_s_extension_is_written_with_a_warning() -> None:
    result = write_rows([a_consignment(a_shipment(recipient=a_contact(name="髙橋 花子")))], TODAY)
    assert result.rows[0][15] == "髙橋 花子"
    assert [p.code for p in result.notes[KEY]] == ["carrier_doubtful"]


def test_line_breaks_tabs_and_quotes_have_no_place_in_a_field() -> None:
    line = a_line(name='マグ\t"青"\r\n大')
    assert write_rows([a_consignment(a_shipment(lines=(line,)))], TODAY).rows[0][27] == "マグ ”青” 大"


def test_a_long_name_of_goods_is_shortened_with_a_note() -> None:
    lines = (a_line(name="あ" * 30), a_line(line_id="2"))
    result = write_rows([a_consignment(a_shipment(lines=lines))], TODAY)
    assert result.rows[0][27] == "あ" * 22 + " ほか"
    assert [p.code for p in result.notes[KEY]] == ["carrier_goods_cut"]


def test_the_shop_s_own_words_for_the_goods() -> None:
    sender = replace(SENDER, codes={**SENDER.codes, "goods_name": "雑貨"})
    assert write_rows([a_consignment(sender=sender)], TODAY).rows[0][27] == "雑貨"


def test_a_refused_shipment_does_not_keep_others_back() -> None:
    bad = a_shipment(key=make_key(8), parcels=(Parcel(make_key(8)),), recipient=a_contact(phone=""))
    result = write_rows([a_consignment(bad), a_consignment()], TODAY)
    assert result.keys == (KEY,)
    assert set(result.problems) == {make_key(8)}


def test_unknown_service_names_the_known_ones() -> None:
    assert refused(a_consignment(service="drone"))[0] == ("carrier_service", "service")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("+81 90-0000-1234", "09000001234"),
        ("８１３００００００００", "0300000000"),
        ("090(0000)1234", "09000001234"),
        ("0810000000", "0810000000"),
    ],
)
def test_phone(raw: str, clean: str) -> None:
    assert phone(raw) == clean


def test_postal_code_with_hyphen_or_as_it_is() -> None:
    assert postal_code("５４１ー００４１") == "541-0041"
    assert postal_code("54100") == "54100"


def test_the_layout_goes_both_ways() -> None:
    assert LAYOUT is not None
    result = write_rows([a_consignment()], TODAY)
    data = table_bytes(LAYOUT, result.rows)
    assert data.count(b"\r\n") == 2
    table = read_bytes("b2.csv", data)
    assert table.header == result.header
    assert [row.cells for row in table.rows] == list(result.rows)


def test_a_name_that_a_spreadsheet_would_calculate_is_disarmed_and_told() -> None:
    shipment = a_shipment(recipient=a_contact(name="=HYPERLINK(A1)"), lines=(a_line(name="-5℃の保冷剤"),))
    result = write_rows([a_consignment(shipment)], TODAY)
    written = cells(result)
    assert (written["16 お届け先名"], written["28 品名１"]) == ("'=HYPERLINK(A1)", "'-5℃の保冷剤")
    notes = [note for note in result.notes[KEY] if note.code == "carrier_formula"]
    assert [(note.severity, note.values["text"]) for note in notes] == [
        (Severity.WARN, "=HYPERLINK(A1)"),
        (Severity.WARN, "-5℃の保冷剤"),
    ]
    assert LAYOUT is not None
    assert b"'=HYPERLINK(A1)" in table_bytes(LAYOUT, result.rows)


def test_the_mark_counts_for_the_length_of_a_name() -> None:
    name = "=" + "あ" * 15 + "a"  # 32 bytes, as many as the service takes
    shipment = a_shipment(recipient=a_contact(name=name))
    assert ("carrier_too_long", "recipient.name") in refused(a_consignment(shipment))
