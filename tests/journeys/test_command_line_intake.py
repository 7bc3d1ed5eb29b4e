"""Intake by command: what one file says, every other form of it says too; what is no order file leaves no trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program

DAY = rakuten_file.yesterday()
OWN = ("key", "parcels", "problems")  # differ from home to home, or tell of the repair


def a_desk(home: Path, *settings: str) -> Program:
    program = Program(home)
    pairs = [part for setting in settings for part in ("--set", setting)]
    program.done("shop", "add", "rakuten", "本店", *pairs)
    return program


def plain(orders: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        number: {name: value for name, value in found.items() if name not in OWN}
        for number, found in orders.items()
    }


def test_one_days_orders_in_four_forms_are_the_same_orders(tmp_path: Path) -> None:
    rows = rakuten_file.rows(600, DAY)
    forms = (
        rakuten_file.write(tmp_path / "as-downloaded.dat", rows),
        rakuten_file.write_workbook(tmp_path / "workbook.bin", rows),
        rakuten_file.write_shuffled(tmp_path / "shuffled.txt", rows),
        rakuten_file.write_damaged(tmp_path / "damaged.csv", rows),
    )
    read = []
    for n, path in enumerate(forms):
        program = a_desk(tmp_path / f"home{n}")
        (said,) = program.done("import", path)["files"]
        assert (said["new"], said["rejected"]) == (600, []), path.name
        read.append(plain(program.orders()))
    assert len(read[0]) == 600
    assert read[0]["".join(rows[0]["注文番号"])]["recipient"]["postal_code"] == "0100001"
    assert read[1:] == [read[0]] * 3


def test_what_cannot_be_repaired_for_certain_waits_for_a_person(tmp_path: Path) -> None:
    land_line = {
        f"{side}電話番号{n}": part
        for side in ("注文者", "送付先")
        for n, part in ((1, "03"), (2, "0000"), (3, "0000"))
    }
    path = rakuten_file.write_damaged(tmp_path / "a.csv", [rakuten_file.row(1, DAY, **land_line)])
    program = a_desk(tmp_path / "home")
    program.done("import", path)
    (order,) = program.done("orders")
    assert order["stage"] == "check"
    assert "phone_uncertain" in [problem["code"] for problem in order["problems"]]


@pytest.fixture
def strangers(tmp_path: Path) -> dict[str, Path]:
    settlement = "注文番号,購入者の決済日,商品コード,販売店舗負担割引金額,商品名\r\n"
    contents = {
        "file_other": (settlement + "910000001,2026/11/20,S,0,P\r\n").encode("cp932"),
        "file_not_table": bytes.fromhex("ffd8ffe000104a464946000101") + b"\x00\x08" * 300 + b"\xff\xd9",
        "file_empty": b"",
    }
    for code, content in contents.items():
        (tmp_path / code).write_bytes(content)
    return {code: tmp_path / code for code in contents} | {"file_missing": tmp_path / "nowhere.csv"}


def test_strangers_are_refused_in_words_and_leave_no_trace(
    tmp_path: Path, strangers: dict[str, Path]
) -> None:
    program = a_desk(tmp_path / "home")
    before = (tmp_path / "home" / "jpship.sqlite").read_bytes()
    answer = program("import", *strangers.values())
    assert answer.code == 2
    assert [file["error"]["code"] for file in answer.said["files"]] == list(strangers)
    assert all(path.name in answer.err for path in strangers.values())
    assert (tmp_path / "home" / "jpship.sqlite").read_bytes() == before
    assert program.done("orders") == []


def test_a_file_beside_a_stranger_is_taken_and_said_to_be_part(
    tmp_path: Path, strangers: dict[str, Path]
) -> None:
    program = a_desk(tmp_path / "home")
    good = rakuten_file.write(tmp_path / "good.csv", rakuten_file.rows(2, DAY))
    answer = program("import", strangers["file_not_table"], good)
    assert (answer.code, [file["new"] for file in answer.said["files"]]) == (1, [0, 2])
    for _ in range(2):
        (again,) = program.done("import", good)["files"]
        assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert len(program.done("orders")) == 2


def test_a_joint_file_is_divided_by_shop_number(tmp_path: Path) -> None:
    program = a_desk(tmp_path / "home")
    program.done("shop", "add", "rakuten", "支店")
    one = rakuten_file.write(tmp_path / "one.csv", rakuten_file.rows(1, DAY))
    two = rakuten_file.write(tmp_path / "two.csv", rakuten_file.rows(1, DAY, "222222"))
    program.done("import", one, "--shop", "本店")
    program.done("import", two, "--shop", "支店")
    wrong = program("import", two, "--shop", "本店")
    assert (wrong.code, wrong.said["files"][0]["rejected"][0]["code"]) == (2, "shop_unknown")
    rows = [rakuten_file.row(n, DAY, shop) for shop in ("123456", "222222", "777777") for n in (2, 3)]
    answer = program("import", rakuten_file.write(tmp_path / "joint.csv", rows))
    (said,) = answer.said["files"]
    assert (answer.code, said["new"]) == (1, 4)
    lines = rakuten_file.text_of(rows).replace("\r\n", "\n").split("\n")
    places = [n for n, line in enumerate(lines, 1) if line.startswith("777777-")]
    assert [(r["line"], r["column"]) for r in said["rejected"]] == [(n, "注文番号") for n in places]
    shops = [found["shop"] for found in program.done("orders")]
    assert (shops.count("本店"), shops.count("支店")) == (3, 3)


def test_what_may_not_be_shipped_says_why(tmp_path: Path) -> None:
    waiting = dict.fromkeys(("住所都道府県", "住所郡市区", "住所それ以降の住所", "姓", "名"), "入力待ち")
    waiting |= {
        "郵便番号1": "999",
        "郵便番号2": "9999",
        "電話番号1": "999",
        "電話番号2": "9999",
        "電話番号3": "9999",
    }
    odd: list[tuple[str, str, dict[str, str]]] = [
        ("money_undecided", "check", {"送料合計": "-9999", "請求金額": "-9999", "合計金額": "-9999"}),
        ("remark_unread", "check", {"コメント": rakuten_file.EMPTY_REMARK + "置き配でお願いします"}),
        ("gift_recipient_waiting", "check", {f"送付先{name}": value for name, value in waiting.items()}),
        ("rakuten_checking", "check", {"楽天確認中フラグ": "1"}),
        ("address_no_number", "check", {"送付先住所それ以降の住所": "渋谷"}),
        ("recipient_phone_missing", "check", {f"送付先電話番号{n}": "" for n in (1, 2, 3)}),
        ("postal_address_mismatch", "check", {"送付先郵便番号1": "810", "送付先郵便番号2": "0001"}),
        ("wish_slot_unknown", "check", {"お届け時間帯": "2112"}),
        ("sum_charged", "print", {"請求金額": "99"}),
        ("", "waiting", {"ステータス": "100"}),
        ("", "waiting", {"ステータス": "200"}),
        ("", "waiting", {"ステータス": "400"}),
        ("", "cancelled", {"ステータス": "900"}),
        (
            "",
            "print",
            {
                "コメント": "[配送日時指定:]\n2026-12-25(金)\n18:00-20:00\n\n",
                "お届け日指定": "2026-12-25",
                "お届け時間帯": "1820",
            },
        ),
    ]
    rows = [rakuten_file.row(3 + 7 * n, DAY, **changed) for n, (_, _, changed) in enumerate(odd)]
    bare = rakuten_file.row(1, DAY, システム連携用SKU番号="", SKU管理番号="normal-inventory", SKU情報="")
    gone = rakuten_file.row(2, DAY, ステータス="500")
    program = a_desk(tmp_path / "home")
    program.done("import", rakuten_file.write(tmp_path / "odd.csv", [*rows, bare, gone]))
    orders = program.orders()
    assert gone["注文番号"] not in orders
    assert orders[bare["注文番号"]]["lines"][0]["sku"] == bare["商品管理番号"]
    for (code, stage, _), row in zip(odd, rows, strict=True):
        found = orders[row["注文番号"]]
        codes = [problem["code"] for problem in found["problems"]]
        assert (code in codes if code else not codes, found["stage"]) == (True, stage), (
            row["注文番号"],
            codes,
        )
    views = {
        view: len(program.done("orders", "--view", view)) for view in ("remarks", "hold", "gift", "late")
    }
    assert views == {"remarks": 1, "hold": 0, "gift": 0, "late": 0}
    (social,) = [
        orders[r["注文番号"]]["key"]
        for r, o in zip(rows, odd, strict=True)
        if o[0] == "gift_recipient_waiting"
    ]
    assert program("approve", social, "--reason", "急ぎ").code == 1
    assert program("print", "slips", social, "--out", tmp_path / "no.pdf").code == 2
    assert not (tmp_path / "no.pdf").exists()


def test_two_addresses_are_two_shipments_of_one_order(tmp_path: Path) -> None:
    first = rakuten_file.row(1, DAY, 複数送付先フラグ="1", 送付先一致フラグ="0")
    second = first | {"送付先ID": "2000009999", "商品明細ID": "2000009999", "送付先名": "次郎"}
    program = a_desk(tmp_path / "home")
    (said,) = program.done("import", rakuten_file.write(tmp_path / "a.csv", [first, second]))["files"]
    found = program.done("orders")
    assert (said["new"], len(found), {s["order"] for s in found}) == (1, 2, {first["注文番号"]})
    assert {s["package"] for s in found} == {first["送付先ID"], second["送付先ID"]}


def test_a_template_without_status_leaves_the_decision_to_a_person(tmp_path: Path) -> None:
    left_out = ("ステータス", "コメント", "SKU情報", "商品合計金額", "お届け時間帯")
    columns = [column for column in reversed(rakuten_file.COLUMNS) if column not in left_out]
    row = rakuten_file.row(1, DAY, コメント=rakuten_file.EMPTY_REMARK + "急ぎでお願いします")
    few = tmp_path / "few.csv"
    few.write_bytes(rakuten_file.text_of([row], columns).encode())
    program = a_desk(tmp_path / "new")
    program.done("import", few)
    (order,) = program.done("orders")
    assert (order["stage"], [p["code"] for p in order["problems"]]) == ("check", ["state_unknown"])
    program.done("approve", order["key"], "--reason", "RMSで確認")
    assert program.orders()[row["注文番号"]]["stage"] == "print"
    program = a_desk(tmp_path / "known")
    program.done("import", rakuten_file.write(tmp_path / "full.csv", [row]))
    full = program.done("orders")
    assert program.done("import", few)["files"][0]["unchanged"] == 1
    assert program.done("orders") == full
