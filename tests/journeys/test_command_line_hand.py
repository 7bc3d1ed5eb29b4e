"""Orders entered by hand and imports taken back, without a screen (XT-04)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program, yamato_number
from tests.journeys.test_command_line_packing import digit_of

TO = (
    *("--name", "例山 花子", "--postal-code", "541-0041", "--phone", "090-0000-1234"),
    *("--address", "大阪府大阪市中央区北浜9-9-9", "--building", "コーポことり203"),
)
W1, W2 = yamato_number(71), yamato_number(72)


@pytest.fixture
def shop(tmp_path: Path) -> Program:
    """A seller who takes orders by telephone only."""
    program = Program(tmp_path / "home")
    program.done(
        *(
            "shop",
            "add",
            "hand",
            "電話注文",
            "--set",
            "sender.name=ことり舎",
            "--set",
            "sender.phone=03-0000-0000",
        ),
        *("--set", "sender.postal_code=100-0001", "--set", "sender.address=東京都千代田区千代田9-9-9"),
        *("--set", "yamato.customer_code=012345678901"),
    )
    program.done("goods", "add", "4901234567894", "mug-300-bl", "--name", "マグカップ", "--variant", "青")
    return program


def test_from_the_telephone_to_the_finished_parcel(shop: Program, tmp_path: Path) -> None:
    mug = ("--goods", "mug-300-bl", "--pieces", "2", "--price", "2200", "--free", "のし紙")
    made = shop.done("order", "add", *TO, *mug, "--remark", "玄関前に", "--postage", "770")
    other = shop.done("order", "add", *TO, "--goods", "MUG-300-BL", "--reason", "sample")
    assert [line["name"] for line in made["lines"]] == ["マグカップ", "のし紙"]
    assert (made["lines"][0]["variant"], made["lines"][0]["quantity"]) == ("青", 2)
    assert (made["stage"], made["marketplace"], made["shop"]) == ("print", "hand", "電話注文")
    keys = [made["key"], other["key"]]
    assert shop.done("plan", "apart", *keys)["undecided"] == []  # to one person: somebody must say so
    shop.done("print", "slips", "--out", tmp_path / "slips.pdf")
    assert shop.done("carrier", "export", "yamato", "--out", tmp_path / "b2.csv")["rows"] == 2
    codes = (keys[0], "4901234567894", "4901234567894", "JPCMDBYEYE", "JPCMDTICK", W1)
    assert shop.outcomes(*codes)[-1] == "OK_LINK"
    *_, asked = shop.scan(keys[1], "4901234567894", W2, keys[0], W1)
    assert shop.outcomes(digit_of(shop, asked["message"], keys[0])) == ["OK_DONE"]
    stages = {order["key"]: order["stage"] for order in shop.done("orders")}
    assert stages == {keys[0]: "packed", keys[1]: "verify"}
    assert shop.done("orders", "--view", "not-confirmed") == []
    listed = shop.done("confirm", "--list")
    assert all(not rows for name, rows in listed.items() if name in ("green", "red"))
    assert shop("confirm", "--files", tmp_path / "up").code == 2


def test_what_is_wrong_is_told_field_by_field_and_nothing_is_written(shop: Program) -> None:
    answer = shop(
        "order", "add", "--name", "例山", "--wish-day", "いつか", "--free", "皿", "--pieces", "many"
    )
    assert answer.code == 2
    assert [fault["field"] for fault in answer.said["faults"]] == ["goods.1.quantity", "wish_day"]
    assert all(fault["text"] for fault in answer.said["faults"])
    assert shop("order", "add", *TO, "--goods", "unknown-sku").said["error"]["code"] == "goods_unknown"
    assert shop("order", "add", *TO, "--pieces", "2").code == 2
    assert shop.done("orders") == []


def test_change_and_cancel(shop: Program, tmp_path: Path) -> None:
    key = shop.done("order", "add", *TO, "--goods", "mug-300-bl")["key"]
    changed = shop.done("order", "change", key, "--phone", "03-1234-5678")
    assert changed["recipient"]["phone"] == "0312345678"
    assert changed["recipient"]["name"] == "例山 花子"
    shop.done("print", "slips", "--out", tmp_path / "slips.pdf")
    held = shop.done("order", "change", key, "--goods", "mug-300-bl", "--pieces", "3")
    assert (held["held"], held["stage"]) == (True, "hold")
    shop.done("order", "cancel", key, "--reason", "お客様の都合")
    assert shop.outcomes(key) == ["NG_CANCELLED"]
    assert shop("order", "change", key, "--phone", "1").said["error"]["code"] == "entry_too_late"
    shop.done("import", "--take-back")
    assert shop.done("orders")[0]["stage"] == "hold"


def test_a_re_send_begins_with_what_its_original_says(desk: Program, keys: list[str]) -> None:
    before = {order["key"]: order for order in desk.done("orders")}
    made = desk.done("order", "add", "--original", keys[3])
    assert made["recipient"] == before[keys[3]]["recipient"]
    assert [line["sku"] for line in made["lines"]] == [line["sku"] for line in before[keys[3]]["lines"]]
    assert {order["key"]: order for order in desk.done("orders") if order["key"] in before} == before


def test_the_last_import_is_taken_back_until_it_was_printed(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    program.done("shop", "add", "rakuten", "本店")
    path = rakuten_file.write(tmp_path / "orders.csv", rakuten_file.rows(5, rakuten_file.yesterday()))
    program.done("import", path)
    (line,) = program.done("import", "--list")
    assert (line["names"], line["counts"]["new"], line["can_be_taken_back"]) == (["orders.csv"], 5, True)
    took: dict[str, Any] = program.done("import", "--take-back")
    assert len(took["removed"]) == 5
    assert program.done("orders") == []
    program.done("import", path)
    program.done("print", "slips", "--out", tmp_path / "slips.pdf")
    answer = program("import", "--take-back")
    assert (answer.code, answer.said["error"]["code"]) == (2, "takeback_printed")
    assert len(program.done("orders")) == 5
    assert program("import", "--take-back", "99").said["error"]["code"] == "import_unknown"
    assert program("import").said["error"]["code"] == "no_file_named"


def test_a_watched_folder_tells_what_would_be_taken_and_takes_nothing(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    program.done("shop", "add", "rakuten", "本店")
    folder = tmp_path / "downloads"
    folder.mkdir()
    assert program("watch", "--once").said["error"]["code"] == "watch_no_folder"
    assert program("watch", "--once", "--folder", tmp_path / "none").code == 3
    path = rakuten_file.write(folder / "orders.csv", rakuten_file.rows(4, rakuten_file.yesterday()))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    for _ in range(2):
        (found,) = program.done("watch", "--once", "--folder", folder)["files"]
        assert (found["file"], found["kind"], found["new"]) == (str(path), "orders", 4)
    assert program.done("orders") == []
    program.done("import", path)
    assert program.done("watch", "--once", "--folder", folder)["files"] == []
    assert path.exists()
