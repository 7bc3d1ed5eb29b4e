"""Bundles and several parcels by command: found, put together, packed, told, taken apart."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program, yamato_number

ONE, TWO, THREE = (yamato_number(n) for n in (71, 72, 73))
SAME = {
    f"{side}{name}": value
    for side in ("注文者", "送付先")
    for name, value in {
        **{"郵便番号1": "150", "郵便番号2": "0002", "住所都道府県": "東京都", "住所郡市区": "渋谷区"},
        **{"住所それ以降の住所": "渋谷1-2-3", "姓": "髙橋", "名": "花子"},
        **{"電話番号1": "090", "電話番号2": "0000", "電話番号3": "0001"},
    }.items()
}


@pytest.fixture
def family(tmp_path: Path) -> tuple[Program, list[str]]:
    """Three orders of one person and one of another, not yet printed; the three keys."""
    desk = Program(tmp_path / "home")
    desk.done("shop", "add", "rakuten", "本店", "--set", "pack.goods=off")
    day = rakuten_file.yesterday()
    rows = [rakuten_file.row(n, day, **SAME) for n in (1, 2, 3)] + [rakuten_file.row(4, day)]
    desk.done("import", rakuten_file.write(tmp_path / "orders.csv", rows))
    orders = sorted(desk.done("orders"), key=lambda shipment: str(shipment["order"]))
    return desk, [shipment["key"] for shipment in orders[:3]]


def told(written: list[dict[str, object]]) -> list[tuple[str, str]]:
    found = []
    for file in written:
        lines = Path(str(file["file"])).read_text(encoding="cp932").splitlines()
        found += [(row[0], row[3]) for row in list(csv.reader(lines))[1:]]
    return sorted(found)


def test_three_orders_found_bundled_packed_told(family: tuple[Program, list[str]], tmp_path: Path) -> None:
    desk, keys = family
    (candidate,) = desk.done("bundle-candidates")
    assert (candidate["keys"], candidate["doubts"]) == (keys, [])
    made = desk.done("bundle", *keys)
    leader, *members = keys
    assert (made["leader"], made["keys"]) == (leader, keys)
    assert desk.done("bundle-candidates") == []
    printed = desk.done("print", "slips", "--out", tmp_path / "slips.pdf")
    assert leader in str(printed)
    assert desk.outcomes(members[0]) == ["NG_HOLD"]
    assert desk.outcomes("JPCMDACK", leader, ONE)[1:] == ["OK_OPEN", "OK_LINK"]
    refused = desk("unbundle", leader)
    assert (refused.code, refused.said["error"]["code"]) == (2, "plan_packed")
    desk.done("track", leader, ONE, ONE)
    shown = desk("confirm", "--list").said["green"]
    assert {(row["key"], *row["numbers"]) for row in shown} == {(key, ONE) for key in keys}
    written = desk.done("confirm", "--files", tmp_path / "up")["files"]
    orders = {s["key"]: s["order"] for s in desk.done("orders")}
    assert told(written) == sorted((orders[key], ONE) for key in keys)
    refused = desk("unbundle", leader, "--reason", "まちがい")
    assert (refused.code, refused.said["error"]["code"]) == (2, "plan_told")


def test_taking_one_out_and_putting_it_back(family: tuple[Program, list[str]]) -> None:
    desk, keys = family
    before = desk.done("orders")
    desk.done("bundle", *keys)
    assert desk.done("unbundle", keys[2]) == {"leader": "", "keys": [], "orders": []}
    shipments = {s["key"]: s for s in desk.done("orders")}
    assert [shipments[key]["bundle"]["leader"] for key in keys] == [keys[0], keys[0], ""]
    desk.done("hold", keys[1], "--reason", "在庫確認")
    shipments = {s["key"]: s for s in desk.done("orders")}
    assert shipments[keys[0]]["bundle"]["stopped_by"]["key"] == keys[1]
    assert shipments[keys[0]]["stage"] == "hold"
    desk.done("release", keys[1])
    desk.done("unbundle", keys[0])
    assert desk.done("orders") == before


def test_an_order_in_two_parcels(family: tuple[Program, list[str]], tmp_path: Path) -> None:
    desk, keys = family
    key = keys[1]  # three pieces of one line
    made = desk.done("split", key, "--lines", "1x1", "--lines", "1x2")
    assert [(p["key"], p["contents"][0]["quantity"]) for p in made["parcels"]] == [(key, 1), (f"{key}P2", 2)]
    for wrong, code in (("1x9", "split_pieces"), ("2x1", "split_line"), ("many", "split_form")):
        refused = desk("split", key, "--lines", wrong)
        assert (refused.code, refused.said["error"]["code"]) == (2, code)
    asked = desk("carrier", "export", "yamato", key, "--out", tmp_path / "out.csv")
    assert (asked.code, asked.said["error"]["code"]) == (2, "carrier_all_refused")  # undecided
    assert desk.done("plan", "apart", *keys)["undecided"] == []
    desk.done("carrier", "export", "yamato", key, "--out", tmp_path / "out.csv")
    desk.done("split", key, "--parcels", 1)
    (void,) = desk.done("void-waybills")["void"]
    assert (void["parcel"], void["why"]) == (f"{key}P2", "taken_out")
    assert desk.done("void-waybills", "--destroyed", f"{key}P2") == {"destroyed": [f"{key}P2"], "void": []}
    assert [p["key"] for p in desk.done("split", key, "--parcels", 3)["parcels"]] == [
        key,
        f"{key}P3",
        f"{key}P4",
    ]
    assert desk.outcomes(key, ONE, TWO, THREE) == ["OK_OPEN", "OK_LINK", "OK_LINK", "OK_LINK"]
    numbers = [p["tracking_no"] for s in desk.done("orders") if s["key"] == key for p in s["parcels"]]
    assert numbers == [ONE, TWO, THREE]


def test_what_each_marketplace_takes_is_shown_with_source_and_grade(
    family: tuple[Program, list[str]],
) -> None:
    desk, _ = family
    listed = desk.done("marketplaces", "--limits")
    rakuten = next(limit for limit in listed if limit["marketplace"] == "rakuten")
    assert (rakuten["each"], rakuten["numbers"], rakuten["partial"]) == ("package", 20, False)
    assert (rakuten["grade"], rakuten["in_force"]) == ("LIKELY", True)
    assert "20 発送明細" in rakuten["source"]
    assert {limit["marketplace"] for limit in listed} <= {m["id"] for m in desk.done("marketplaces")}
