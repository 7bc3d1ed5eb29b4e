"""Rows for ゆうプリR, ゆうプリクラウド, Webゆうプリ and クリックポスト: bytes, columns, and what is refused before the tool would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Sender
from jpship_gui.carriers.jppost.programs import FILTERS, tool_by
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.order import Wish
from jpship_gui.domain.order_key import make_key, parcel_key
from jpship_gui.domain.shipment import Parcel
from tests.builders import a_contact, a_line
from tests.carriers.jppost.desk import (
    CODES,
    KEY,
    SENDER,
    TODAY,
    TOOLS,
    a_consignment,
    a_shipment,
    cells,
    file_of,
    notes,
    problem,
    refused,
    written,
)

WISH = Wish(date(2026, 11, 23), "1214")
R_ROW = (
    f"{KEY},20261120,,,,0,0,0,0,,1100780,,541-0041,大阪府大阪市中央区北浜9-9-9,コーポことり203,,山田 花子,,0,09000001234,,,,,,,,,,"
    "100-0001,東京都千代田区千代田9-9-9,見本ビル 1F,,ことり雑貨店,,,0300000000"
    + ","
    * 18
    + "0,0,0,0,0,,,,,,20261123,52"
    ",,,,,,1" + "," * 31 + "マグカップ 300ml" + "," * 14 + "\r\n"
)
CLOUD = (
    "\ufeff送り状種別,荷物商品名,個口数,お客さま管理番号（受注番号等）,品名1,サイズ,お届け先郵便番号,お届け先住所1,お届け先氏名1,お届け先電話番号,"
    "ご依頼主郵便番号,ご依頼主住所1,ご依頼主氏名1,ご依頼主電話番号,発送予定日,配達希望日,配達希望時間帯\r\n"
    f"0,101,1,{KEY},マグカップ 300ml,,541-0041,大阪府大阪市中央区北浜9-9-9 コーポことり203,山田 花子,09000001234,"
    "100-0001,東京都千代田区千代田9-9-9 見本ビル 1F,ことり雑貨店,0300000000,20261120,20261123,52\r\n"
)
CLICK = (
    "お届け先郵便番号,お届け先氏名,お届け先敬称,お届け先住所1行目,お届け先住所2行目,お届け先住所3行目,お届け先住所4行目,内容品\r\n"
    f"541-0041,山田 花子,様,大阪府大阪市中央区北浜9-9-9,コーポことり203,,{KEY},マグカップ 300ml\r\n"
)


def test_the_file_of_yupuri_r_byte_for_byte() -> None:
    assert file_of("r", a_consignment(a_shipment(wish=WISH))) == R_ROW.encode("cp932")


def test_the_file_of_yupuri_cloud_byte_for_byte() -> None:
    assert file_of("cloud", a_consignment(a_shipment(wish=WISH))) == CLOUD.encode("utf-8")


def test_the_file_of_clickpost_byte_for_byte() -> None:
    assert file_of("clickpost", a_consignment(service="clickpost")) == CLICK.encode("cp932")


def test_the_file_of_web_yupuri_column_for_column() -> None:
    sent = a_consignment(a_shipment(wish=WISH))
    assert cells("web", sent) == {
        1: "1",
        2: "0",
        7: "1",
        8: "山田 花子",
        9: "様",
        11: "541-0041",
        12: "大阪府",
        13: "大阪市中央区",
        14: "北浜9-9-9",
        15: "コーポことり203",
        16: "09000001234",
        23: "ことり雑貨店",
        26: "100-0001",
        27: "東京都",
        28: "千代田区",
        29: "千代田9-9-9",
        30: "見本ビル 1F",
        31: "0300000000",
        35: "マグカップ 300ml",
        36: KEY,
        38: "2026/11/20",
        **dict.fromkeys((44, 45, 46, 47, 48), "0"),
        52: "2026/11/23",
        53: "52",
        65: "0",
        72: "0",
    }
    (line,) = file_of("web", sent).decode("cp932").splitlines()
    assert (line.count(","), line.count('"')) == (71, 144)


def test_the_standards_have_their_columns_where_the_reference_says() -> None:
    layouts = {name: TOOLS[name].handover_layout for name in ("r", "cloud", "web", "clickpost")}
    heads = {name: [c.header for c in layout.columns] for name, layout in layouts.items() if layout}
    assert {name: len(found) for name, found in heads.items()} == {
        "r": 117,
        "cloud": 17,
        "web": 72,
        "clickpost": 8,
    }
    expected = {
        1: "お客様側管理番号",
        11: "送り状種別",
        54: "受注番号",
        60: "商品サイズ区分",
        72: "複数個口数",
        99: "代引金額",
        103: "品名",
    }
    assert {n: heads["r"][n - 1] for n in expected} == expected
    assert [c.max_bytes for c in layouts["r"].columns][:20] == [  # type: ignore[union-attr]
        *(15, 8, 2, 8, 8, 1, 1, 1, 1, 1, 20, 15, 8, 50, 50, 50, 50, 50, 1, 20)
    ]


def test_our_longest_key_fits_the_fifteen_of_yupuri_r() -> None:
    parcels = tuple(Parcel(parcel_key(make_key(31**6 - 1), n), n) for n in range(1, 100))
    result = written("r", a_consignment(a_shipment(key=make_key(31**6 - 1), parcels=parcels)))
    assert result.problems == {}
    assert max(len(row[0]) for row in result.rows) == 12
    assert [row[0] for row in result.rows] == list(result.keys)


@pytest.mark.parametrize(
    ("service", "kind", "payment"),
    [("yupack", "0", "0"), ("yupack_freight", "0", "1"), ("yupacket", "9", "0"), ("yumail", "1", "0"), ("ordinary_letter", "2", "0"), ("ordinary", "3", "0")],
)  # fmt: skip
def test_what_a_service_is_called_in_yupuri_r(service: str, kind: str, payment: str) -> None:
    row = written("r", a_consignment(service=service)).rows[0]
    assert (row[5], row[7], row[8]) == (kind, payment, "0")


@pytest.mark.parametrize(
    "service", ["yupack_security", "yumail_recorded", "yumail_simple", "yumail_registered", "ordinary_recorded", "ordinary_simple", "ordinary_registered"]
)  # fmt: skip
def test_a_code_no_source_has_is_asked_for_and_taken_from_the_shop(service: str) -> None:
    found = problem("r", a_consignment(service=service))
    assert (found.code, found.values["key"]) == ("jppost_code_unset", f"{service}.registered_code")
    told = replace(SENDER, codes={**CODES, "codes": f'{{"{service}": {{"registered_code": "7"}}}}'})
    assert written("r", a_consignment(service=service, sender=told)).rows[0][8] == "7"


def test_a_filter_without_a_column_for_it_never_turns_recorded_mail_into_plain() -> None:
    found = FILTERS.start("r_short")
    places = tuple(place for place in found.columns if place.field not in ("registered_code", "payment_code"))
    tool = tool_by("r", replace(found, columns=places), None)
    assert refused(tool, a_consignment(service="yumail_recorded")) == [("carrier_no_column", "service")]
    assert refused(tool, a_consignment(service="yupack_freight")) == [("carrier_no_column", "service")]
    assert written(tool, a_consignment(service="yumail")).rows
    assert written(tool, a_consignment()).rows


def test_collecting_at_an_office_is_not_lost() -> None:
    assert refused("r", a_consignment(office="大阪中央")) == [("jppost_office", "office")]


def test_the_cloud_s_products_beside_the_one_of_the_manual_come_from_the_shop() -> None:
    assert refused("cloud", a_consignment(service="yupack_freight")) == [("jppost_code_unset", "service")]
    told = replace(SENDER, codes={**CODES, "codes": '{"yupack_freight": {"cloud_product": "201"}}'})
    assert written("cloud", a_consignment(service="yupack_freight", sender=told)).rows[0][1] == "201"


@pytest.mark.parametrize(
    ("tool", "service"),
    [("r", "clickpost"), ("cloud", "yumail"), ("web", "yupacket"), ("clickpost", "yupack"), ("r", "letterpack_plus"), ("r", "drone")],
)  # fmt: skip
def test_a_service_another_tool_prints_is_refused_with_what_this_one_can(tool: str, service: str) -> None:
    assert refused(tool, a_consignment(service=service)) == [("carrier_service", "service")]


@pytest.mark.parametrize(
    ("slot", "code"),
    [
        ("", "00"),
        ("am", "51"),
        ("1214", "52"),
        ("1416", "53"),
        ("1618", "54"),
        ("1820", "55"),
        ("1921", "57"),
    ],
)
def test_slots(slot: str, code: str) -> None:
    sent = a_consignment(a_shipment(wish=Wish(slot=slot)))
    found = [cells(tool, sent)[column] for tool, column in (("r", 66), ("cloud", 17), ("web", 53))]
    assert found == [code] * 3


@pytest.mark.parametrize("slot", ["2021", "1821", "pm", "0010", "other"])
def test_a_slot_that_is_not_there_is_asked_about(slot: str) -> None:
    found = problem("r", a_consignment(a_shipment(wish=Wish(slot=slot))))
    assert found.code == "carrier_slot"
    assert [repair.values["slot"] for repair in found.repairs] == [
        *("am", "1214", "1416", "1618", "1820", "1921", "")
    ]


@pytest.mark.parametrize(
    ("tool", "service"), [("r", "yupacket"), ("r", "yumail"), ("clickpost", "clickpost")]
)
def test_mail_takes_no_day_and_no_slot(tool: str, service: str) -> None:
    assert refused(tool, a_consignment(a_shipment(wish=WISH), service=service)) == [
        ("carrier_slot", "wish.slot"),
        ("carrier_no_day", "wish.day"),
    ]
    assert "carrier_slot" not in notes(tool, a_consignment(service=service))


def test_a_day_before_the_ship_date_and_a_ship_date_that_is_gone() -> None:
    early = a_consignment(a_shipment(wish=Wish(TODAY - timedelta(1))))
    assert refused("r", early) == [("carrier_delivery_date", "wish.day")]
    with pytest.raises(Refused, match="carrier_ship_day_past"):
        written("r", a_consignment(ship_date=TODAY - timedelta(1)))


@pytest.mark.parametrize(("cool", "code"), [("chilled", "1"), ("frozen", "2"), ("", "0")])
def test_cool(cool: str, code: str) -> None:
    assert written("r", a_consignment(cool=cool)).rows[0][6] == code


def test_cool_where_it_cannot_be_carried_or_told() -> None:
    assert refused("r", a_consignment(cool="chilled", service="yupacket")) == [("carrier_cool", "cool")]
    assert refused("cloud", a_consignment(cool="chilled")) == [("carrier_no_column", "cool")]
    assert refused("web", a_consignment(cool="frozen")) == [("jppost_code_unset", "cool")]
    told = replace(SENDER, codes={**CODES, "codes": '{"cool": {"web_frozen": "2"}}'})
    assert written("web", a_consignment(cool="frozen", sender=told)).rows[0][42] == "2"


def test_cash_on_delivery() -> None:
    cash = a_shipment(cash_on_delivery=True)
    row = written("r", a_consignment(cash, service="yupack_cash", cash=5500, cash_tax=500)).rows[0]
    assert (row[7], row[98], row[99]) == ("2", "5500", "500")
    told = replace(
        SENDER, codes={**CODES, "codes": '{"yupack_cash": {"web_payment": "2", "cloud_product": "1"}}'}
    )
    sent = a_consignment(cash, service="yupack_cash", cash=5500, cash_tax=500, sender=told)
    assert written("web", sent).rows[0][65:67] == ("5500", "500")
    assert refused("cloud", sent) == [("carrier_no_column", "cash")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service": "yupack"}, "carrier_cash_service"),
        ({"service": "yupack_cash", "cash": None}, "jppost_cash_amount"),
        ({"service": "yupack_cash", "cash": 0}, "jppost_cash_amount"),
        ({"service": "yupack_cash", "cash": 5500, "cash_tax": None}, "carrier_cash_tax"),
        ({"service": "yupack_cash", "cash": 5500, "cash_tax": 5501}, "carrier_cash_tax"),
    ],
)
def test_cash_that_cannot_be_collected(changes: dict[str, Any], code: str) -> None:
    assert code in [c for c, _ in refused("r", a_consignment(a_shipment(cash_on_delivery=True), **changes))]


def test_cash_is_collected_once() -> None:
    parcels = (Parcel(KEY), Parcel(parcel_key(KEY, 2), 2))
    cash = a_shipment(cash_on_delivery=True, parcels=parcels)
    sent = a_consignment(cash, service="yupack_cash", cash=5500, cash_tax=500)
    assert refused("r", sent) == [("carrier_cash_parcels", "parcels")]


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        (("fragile",), "10000"),
        (("precision",), "10000"),
        (("perishable",), "01000"),
        (("bottles",), "00100"),
        (("upright", "no_stacking"), "00011"),
        ((), "00000"),
    ],
)
def test_handling_marks_are_flags(marks: tuple[str, ...], flags: str) -> None:
    sent = a_consignment(marks=marks)
    assert "".join(written("r", sent).rows[0][54:59]) == flags
    assert "".join(written("web", sent).rows[0][43:48]) == flags
    assert notes("r", sent) == []


def test_a_mark_without_counterpart_or_column_is_told() -> None:
    assert notes("r", a_consignment(marks=("dry", "valuables"))) == ["carrier_mark_none"]
    assert notes("cloud", a_consignment(marks=("fragile",))) == ["carrier_no_column"]


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        ((300, 200, 100), "060"),
        ((301, 200, 100), "080"),
        ((600, 500, 500), "160"),
        ((700, 500, 500), "170"),
        ((700, 500, 501), ""),
        (None, "080"),
    ],
)
def test_size_is_that_of_the_measured_box(sides: tuple[int, int, int] | None, code: str) -> None:
    sent = a_shipment(parcels=(Parcel(KEY, measures=Measures(900, sides)),))
    usual = replace(SENDER, codes={**CODES, "size": "080"})
    assert written("r", a_consignment(sent, sender=usual)).rows[0][59] == code
    assert written("cloud", a_consignment(sent, sender=usual)).rows[0][5] == code


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
@pytest.mark.parametrize("tool", ["r", "cloud", "web"])
def test_a_missing_recipient_field_is_its_own_reason(tool: str, missing: dict[str, str], field: str) -> None:
    sent = a_consignment(a_shipment(recipient=a_contact(**missing)))
    assert refused(tool, sent) == [("carrier_missing", field)]


def test_mail_needs_no_telephone() -> None:
    silent = a_shipment(recipient=a_contact(phone=""))
    assert written("r", a_consignment(silent, service="yupacket")).rows
    assert written("clickpost", a_consignment(silent, service="clickpost")).rows


def test_a_missing_sender_is_told_field_by_field() -> None:
    empty = Sender(codes=CODES)
    for tool in ("r", "cloud", "web"):
        result = written(tool, a_consignment(sender=empty))
        assert len(result.rows) == 1
        told = {n.field for n in result.notes[KEY] if n.code == "carrier_setting_missing"}
        assert told == {"sender.name", "sender.postal_code", "sender.address", "sender.phone"}, tool


@pytest.mark.parametrize(
    ("raw", "clean"), [("+81 90-0000-1234", "09000001234"), ("０３（００００）０００１", "0300000001")]
)
def test_telephones(raw: str, clean: str) -> None:
    sent = a_consignment(a_shipment(recipient=a_contact(phone=raw)))
    assert cells("r", sent)[20] == clean
    assert cells("cloud", sent)[10] == clean


def test_a_long_address_fills_three_columns_without_being_asked_about_where_parts_are_known() -> None:
    to = a_contact(
        city="大阪市中央区南船場架空町東入ル", street="見本が丘台南三丁目17-13-18 ハイツ見本弐番館 1203号室"
    )
    row = cells("r", a_consignment(a_shipment(recipient=to)))
    assert [row[n] for n in (14, 15, 16)] == [
        "大阪府大阪市中央区南船場架空町東入ル",
        "見本が丘台南三丁目17-13-18",
        "ハイツ見本弐番館 1203号室",
    ]


def test_a_place_chosen_by_us_waits_for_consent() -> None:
    street = "見本が丘台南一丁目四十三番地架空団地架空団地架空団地12号棟1203号室"
    sent = a_shipment(recipient=a_contact(street=street))
    assert [code for code, _ in refused("r", a_consignment(sent))] == ["carrier_spread_proposal"]
    agreed = a_consignment(sent, agreed=True)
    row = cells("r", agreed)
    assert "".join(row.get(n, "") for n in (14, 15, 16)) == "大阪府大阪市中央区" + street
    assert notes("r", agreed) == ["carrier_spread"]


def test_an_address_that_fits_nowhere() -> None:
    sent = a_consignment(a_shipment(recipient=a_contact(street="とても長い住所" * 20)), agreed=True)
    assert refused("r", sent) == [("carrier_too_long", "recipient.street")]
    assert refused("cloud", sent) == [("carrier_too_long", "recipient.street")]
    assert refused("web", sent) == [("carrier_too_long", "recipient.street")]
    assert refused("clickpost", replace(sent, service="clickpost")) == [
        ("carrier_too_long", "recipient.street")
    ]


def test_clickpost_leaves_the_key_out_where_the_address_needs_all_four_lines() -> None:
    to = a_contact(
        city="大阪市中央区南船場架空町東入ル",
        street="見本が丘台南三丁目架空台17-13-18 ハイツ見本弐番館架空本館西館 東館架空別館架空塔1203号室",
    )
    sent = a_consignment(a_shipment(recipient=to), service="clickpost")
    row = cells("clickpost", sent)
    assert KEY not in row.values()
    assert notes("clickpost", sent) == ["jppost_key_left_out"]
    assert [row[n] for n in (4, 5, 6, 7)] == [
        "大阪府大阪市中央区南船場架空町東入ル",
        "見本が丘台南三丁目架空台17-13-18",
        "ハイツ見本弐番館架空本館西館",
        "東館架空別館架空塔1203号室",
    ]


def test_clickpost_without_key_where_the_shop_wants_none() -> None:
    off = replace(SENDER, codes={**CODES, "clickpost_key": "off"})
    assert KEY not in cells("clickpost", a_consignment(service="clickpost", sender=off)).values()


def test_a_long_name_goes_on_in_the_second_column_and_is_never_cut() -> None:
    name = "株式会社架空見本商会大阪本社営業第一部 山田花子太郎左衛門"
    row = cells("r", a_consignment(a_shipment(recipient=a_contact(name=name))))
    assert (row[17], row[18]) == tuple(name.split(" "))
    whole = a_contact(name="あ" * 26)
    assert refused("r", a_consignment(a_shipment(recipient=whole))) == [
        ("carrier_too_long", "recipient.name")
    ]
    click = a_consignment(a_shipment(recipient=a_contact(name="あ" * 21)), service="clickpost")
    assert refused("clickpost", click) == [("carrier_too_long", "recipient.name")]


def test_goods_are_shortened_with_a_note_and_the_shop_s_own_words_win() -> None:
    sent = a_consignment(a_shipment(lines=(a_line(name="あ" * 30), a_line(line_id="2"))), service="clickpost")
    assert cells("clickpost", sent)[8] == "あ" * 12 + " ほか"
    assert notes("clickpost", sent) == ["carrier_goods_cut"]
    own = replace(SENDER, codes={**CODES, "goods_name": "雑貨"})
    assert cells("clickpost", replace(sent, sender=own))[8] == "雑貨"


@pytest.mark.parametrize(
    ("name", "code", "written_as"),
    [("𠮷田 花子", "carrier_characters_proposal", "吉田 花子"), ("山田😀", "carrier_characters", None), ("辻󠄀 花子", "carrier_characters", None)],
)  # fmt: skip
@pytest.mark.parametrize("tool", ["r", "cloud", "web"])
def test_characters_no_tool_prints(tool: str, name: str, code: str, written_as: str | None) -> None:
    sent = a_shipment(recipient=a_contact(name=name))
    assert refused(tool, a_consignment(sent)) == [(code, "recipient.name")]
    agreed = a_consignment(sent, agreed=True)
    if written_as is None:
        assert refused(tool, agreed) == [(code, "recipient.name")]
    else:
        assert written_as in cells(tool, agreed).values()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("髙橋 花子", "FBFC".lower()),  # Windows's bytes, not those of NEC's twin
        ("山田〜花子", "8160"),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", "d4cfc0de20caC5bA".lower()),
    ],
)
def test_the_bytes_of_doubtful_characters(name: str, raw: str) -> None:
    sent = a_consignment(a_shipment(recipient=a_contact(name=name)))
    assert bytes.fromhex(raw) in file_of("r", sent)


def test_quotes_breaks_and_commas_do_not_break_a_row() -> None:
    sent = a_consignment(a_shipment(lines=(a_line(name='マグ\t"青",\r\n大'),)))
    (line,) = file_of("r", sent).decode("cp932").splitlines()
    assert '"マグ ”青”, 大"' in line


def test_one_row_for_each_parcel() -> None:
    parcels = (Parcel(KEY), Parcel(parcel_key(KEY, 2), 2))
    result = written("r", a_consignment(a_shipment(parcels=parcels)))
    assert ([row[0] for row in result.rows], [row[71] for row in result.rows]) == (
        [KEY, f"{KEY}P2"],
        ["1", "1"],
    )


def test_the_untracked_ones_are_marked() -> None:
    untracked = {service.id for service in carriers()["jppost"].services if not service.tracked}
    assert untracked == {"yumail", "ordinary_letter", "ordinary", "smartletter"}
