"""Out, through the stand-in of each tool, and back, by the flows themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.carriers.base import Consignment
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.upkeep.carrier_filters import save, show
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.japan_post_tools import (
    R_STANDARD,
    apply_clickpost,
    print_cloud,
    print_r,
    print_web,
)
from jpship_gui.store import shipments
from tests.builders import NOW, a_contact, an_order, stored
from tests.carriers.jppost.desk import a_consignment, file_of
from tests.flows.carrier_desk import open_desk

FIRST = 30_000_000_000
TORTURE = [
    a_contact(name="髙橋 﨑子", street="北浜9丁目9番9号　コーポことり 203", phone="+81 90-0000-1234"),
    a_contact(name="𠮷田 太郎", street="見本が丘台南一丁目四十三番地架空団地架空団地12号棟1203号室"),
    a_contact(name="ﾔﾏﾀﾞ ﾊﾅｺ", street="見本町１－２－３〜４", phone="０６−００００−０００１"),
    a_contact(name='"山田",花子', city="大阪市中央区南船場架空町東入ル", street="見本台1-1 見本"),
]
NEVER = [a_contact(name="山田😀"), a_contact(name="辻󠄀 花子")]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, carrier__default="jppost")
    yield opened
    opened.close()


def orders() -> list[Order]:
    odd = [an_order(n, recipient=to) for n, to in enumerate(TORTURE, start=10)]
    return [an_order(1), an_order(2), *odd]


def use(ws: Workspace, key: str, **columns: str) -> None:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        shipments.update(ws.store, shipment.row_id, columns)


@pytest.mark.parametrize("name", ["r117", "r69", "r_short"])
def test_yupuri_r_out_and_back(ws: Workspace, tmp_path: Path, name: str) -> None:
    if name != "r117":
        save(ws, show(ws, name))
    made = stored(
        ws.store, *orders(), *(an_order(20 + n, recipient=to) for n, to in enumerate(NEVER)), carrier="jppost"
    )
    out = tmp_path / "out.csv"
    written = export(ws, "jppost", [key for _, key in made], out, agreed=True)
    assert len(written.exported) == len(made) - len(NEVER)
    assert {code.code for found in written.refused.values() for code in found} == {"carrier_characters"}
    heads = {"r117": R_STANDARD, "r69": R69, "r_short": SHORT}[name]
    issued = print_r(out, tmp_path, FIRST, to_jst(NOW), heads, header=name != "r117", state=("50", "5001"))
    assert (issued.refused, set(issued.numbers)) == ((), set(written.exported))
    result = take(ws, "", issued.path)
    assert (result.carrier, result.complete) == ("jppost", True)
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers
    for key, number in issued.numbers.items():
        assert track(ws, key, number, number).verified


# The other two layouts as the reference counts their columns (3.2) and as our own lists them.
_69 = {
    **{
        1: "お客様側管理番号",
        2: "発送予定日",
        6: "郵便種別",
        7: "保冷種別",
        8: "元／着払／代引",
        9: "書留",
        10: "送り状種別",
    },
    **{
        12: "お届け先 郵便番号",
        13: "お届け先 住所１",
        14: "お届け先 住所２",
        15: "お届け先 住所３",
        16: "お届け先 名称１",
    },
    **{
        17: "お届け先 名称２",
        19: "お届け先 電話番号",
        32: "ご依頼主 名称１",
        41: "こわれもの区分",
        42: "なまもの区分",
    },
    **{
        43: "ビン類区分",
        44: "逆さま厳禁区分",
        45: "下積み厳禁区分",
        46: "商品サイズ区分",
        50: "配達指定日",
        51: "配達時間帯区分",
    },
    **{54: "複数個口数", 67: "代引金額", 68: "代引消費税金額"},
}
R69 = tuple(_69.get(column, "") for column in range(1, 70))
SHORT = (
    *(
        "お客様側管理番号",
        "発送予定日",
        "郵便種別",
        "保冷種別",
        "元／着払／代引",
        "書留",
        "送り状種別",
        "お届け先 郵便番号",
    ),
    *(
        "お届け先 住所１",
        "お届け先 住所２",
        "お届け先 住所３",
        "お届け先 名称１",
        "お届け先 名称２",
        "",
        "お届け先 電話番号",
    ),
    *(
        "",
        "",
        "",
        "",
        "",
        "ご依頼主 名称１",
        "",
        "",
        "こわれもの区分",
        "なまもの区分",
        "ビン類区分",
        "逆さま厳禁区分",
    ),
    *(
        "下積み厳禁区分",
        "商品サイズ区分",
        "配達指定日",
        "配達時間帯区分",
        "複数個口数",
        "代引金額",
        "代引消費税金額",
        "",
    ),
)


def test_yupuri_cloud_out_and_back(ws: Workspace, tmp_path: Path) -> None:
    made = stored(
        ws.store, *orders(), *(an_order(20 + n, recipient=to) for n, to in enumerate(NEVER)), carrier="jppost"
    )
    out = tmp_path / "out.csv"
    written = export(ws, "jppost", [key for _, key in made], out, tool="cloud", agreed=True)
    refused = {code.code for found in written.refused.values() for code in found}
    assert refused >= {"carrier_characters", "carrier_too_long"}  # one column of 75 for the whole address
    issued = print_cloud(out, tmp_path, FIRST, to_jst(NOW))
    assert (issued.refused, set(issued.numbers)) == ((), set(written.exported))
    assert issued.path.read_bytes().startswith(b'\xef\xbb\xbf"')
    result = take(ws, "", issued.path)
    assert (result.carrier, result.complete) == ("jppost", True)
    assert {taken.key: taken.number for taken in result.matched} == issued.numbers


def test_web_yupuri_takes_the_file(ws: Workspace, tmp_path: Path) -> None:
    made = stored(ws.store, *orders(), carrier="jppost")
    out = tmp_path / "out.csv"
    written = export(ws, "jppost", [key for _, key in made], out, tool="web", agreed=True)
    assert len(print_web(out, FIRST)) == len(written.exported) == len(made)


def test_ninety_parcels_of_clickpost_are_three_files_the_site_takes(ws: Workspace, tmp_path: Path) -> None:
    made = stored(ws.store, *(an_order(n) for n in range(1, 91)), service="clickpost", carrier="jppost")
    out = tmp_path / "click.csv"
    written = export(ws, "jppost", None, out)
    assert [file.path.name for file in written.files] == ["click_1.csv", "click_2.csv", "click_3.csv"]
    labels = [label for file in written.files for label in apply_clickpost(file.path, FIRST)]
    assert [len(apply_clickpost(file.path, FIRST)) for file in written.files] == [40, 40, 10]
    assert [label.lines[3] for label in labels] == [key for _, key in made]
    for label in labels[:2]:
        assert label.number.isdigit()


def test_a_mixed_day_goes_to_the_tools_that_print_it(ws: Workspace, tmp_path: Path) -> None:
    made = [key for _, key in stored(ws.store, *(an_order(n) for n in range(1, 6)), carrier="jppost")]
    use(ws, made[1], service="clickpost")
    use(ws, made[2], service="yumail")
    use(ws, made[3], service="letterpack_plus")
    use(ws, made[4], service="yumail_recorded")
    written = export(ws, "jppost", made, tmp_path / "day.csv")
    assert {file.tool: file.exported for file in written.files} == {
        "r": (made[0], made[2]),
        "clickpost": (made[1],),
    }
    assert {key: found[0].code for key, found in written.refused.items()} == {
        made[3]: "carrier_service_no_tool",
        made[4]: "jppost_code_unset",
    }
    issued = print_r(written.files[0].path, tmp_path, FIRST, to_jst(NOW))
    assert issued.numbers[made[2]] == ""  # mail without number
    assert [taken.key for taken in take(ws, "jppost", issued.path).matched] == [made[0]]


def test_our_own_file_is_no_result(ws: Workspace, tmp_path: Path) -> None:
    stored(ws.store, an_order(1), carrier="jppost")
    out = tmp_path / "out.csv"
    export(ws, "jppost", None, out)
    with pytest.raises(Refused) as refused:
        take(ws, "jppost", out)
    assert refused.value.code == "carrier_file_is_import"


def spoilt(tmp_path: Path, sent: Consignment, tool: str, old: str, new: str, encoding: str) -> Path:
    raw = file_of(tool, sent)
    assert old.encode(encoding) in raw
    path = tmp_path / f"{tool}.csv"
    path.write_bytes(raw.replace(old.encode(encoding), new.encode(encoding)))
    return path


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        (",20261120,", ",20261131,", "発送予定日"),
        (",0,0,0,0,,1100780", ",4,0,0,0,,1100780", "郵便種別"),
        (",0,0,0,0,,1100780", ",0,3,0,0,,1100780", "保冷種別"),
        (",0,0,0,0,,1100780", ",0,0,3,0,,1100780", "元／着払／代引"),
        (",1100780,", ",,", "送り状種別"),
        (",541-0041,", ",54-0041,", "お届け先 郵便番号"),
        (",00,", ",56,", "配達時間帯区分"),
        (",09000001234,", ",+819000001234,", "お届け先 電話番号"),
        ("コーポことり203", "あ" * 26, "お届け先 住所２"),
        ("JP", "JP-", "お客様側管理番号"),
    ],
)
def test_the_stand_in_is_strict(tmp_path: Path, old: str, new: str, item: str) -> None:
    path = spoilt(tmp_path, a_consignment(), "r", old, new, "cp932")
    assert print_r(path, tmp_path, FIRST, to_jst(NOW)).refused == ((1, item),)


def test_the_site_takes_no_forty_first_row(tmp_path: Path) -> None:
    sent = a_consignment(service="clickpost")
    raw = file_of("clickpost", *[replace(sent) for _ in range(41)])
    path = tmp_path / "click.csv"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="41 rows"):
        apply_clickpost(path, FIRST)


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        (",20261120,", ",2026/11/20,", "発送予定日"),
        ("541-0041", "541-00411", "お届け先郵便番号"),
        ("山田 花子", "あ" * 26, "お届け先氏名1"),
        ("大阪府", "あ" * 30, "お届け先住所1"),
        (",00", ",56", "配達希望時間帯"),
        ("09000001234", "9000001234", "お届け先電話番号"),
        ("0,101,1,JP", "0,101,0,JP", "個口数"),
        ("0,101,1,JP", "0,ABC,1,JP", "荷物商品名"),
        (",JP", ",番号JP", "お客さま管理番号（受注番号等）"),
    ],
)
def test_the_cloud_s_stand_in_is_strict(tmp_path: Path, old: str, new: str, item: str) -> None:
    path = spoilt(tmp_path, a_consignment(), "cloud", old, new, "utf-8")
    assert print_cloud(path, tmp_path, FIRST, to_jst(NOW)).refused == ((2, item),)


def test_the_cloud_takes_only_the_filter_s_header(tmp_path: Path) -> None:
    path = spoilt(tmp_path, a_consignment(), "cloud", "個口数", "口数", "utf-8")
    assert print_cloud(path, tmp_path, FIRST, to_jst(NOW)).refused == ((1, "見出し"),)


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        ('"1","0","', '1,"0","', "72"),
        ('"北浜9-9-9"', '""', "丁目番地号"),
        ('"2026/11/20"', '"20261120"', "発送予定日"),
    ],
)
def test_the_web_s_stand_in_is_strict(tmp_path: Path, old: str, new: str, item: str) -> None:
    path = spoilt(tmp_path, a_consignment(), "web", old, new, "cp932")
    with pytest.raises(ValueError, match=item):
        print_web(path, FIRST)


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        ("お届け先敬称,", "敬称,", "header"),
        ("大阪府", "あ" * 21, "お届け先住所1行目"),
        ("マグカップ 300ml", "あ" * 16, "内容品"),
        ("541-0041", "541", "お届け先郵便番号"),
    ],
)
def test_the_site_s_stand_in_is_strict(tmp_path: Path, old: str, new: str, item: str) -> None:
    path = spoilt(tmp_path, a_consignment(service="clickpost"), "clickpost", old, new, "cp932")
    with pytest.raises(ValueError, match=item):
        apply_clickpost(path, FIRST)
