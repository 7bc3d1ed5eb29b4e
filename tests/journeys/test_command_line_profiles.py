"""A further shop without code and without a screen: its profile copied, completed, shared, tried, used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jpship_gui.formats.toml_text import dumps
from tests.journeys.desk_program import Program, yamato_number
from tests.marketplaces.profiles import OUT, a_row, csv_of, profile_data

CARRIERS = [{"carrier": "yamato", "code": "ヤマト"}]


@pytest.fixture
def desk(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A profile somebody sent."""
    path = tmp_path / "jisha.toml"
    path.write_text(dumps(profile_data(direction="both", out=dict(OUT), carriers=CARRIERS)), encoding="utf-8")
    return path


def test_a_profile_from_a_file_makes_a_shop_whose_orders_are_packed_and_reported(
    desk: Program, shared: Path, tmp_path: Path
) -> None:
    assert desk.done("profile", "import", shared) == {"id": "jisha", "title": "自社サイト", "version": 1}
    found: dict[str, Any] = {one["id"]: one for one in desk.done("marketplaces")}
    assert set(found["jisha"]["abilities"]) == {"orders_file", "confirm_file"}
    desk.done("shop", "add", "jisha", "自社")
    orders = tmp_path / "x.bin"
    orders.write_bytes(csv_of([a_row("A-1"), a_row("A-2", 品番="p")]))
    (file,) = desk.done("import", orders)["files"]
    assert (file["layout"], file["new"]) == ("jisha.orders", 2)
    for n, order in enumerate(sorted(desk.orders())):
        key = desk.orders()[order]["key"]
        desk.done("track", key, yamato_number(n), yamato_number(n))
    (upload,) = desk.done("confirm", "--files", tmp_path / "up")["files"]
    lines = Path(upload["file"]).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "受注No,伝票番号,配送会社,発送日"
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["A-1", yamato_number(0), "ヤマト"],
        ["A-2", yamato_number(1), "ヤマト"],
    ]


def test_a_profile_is_tried_before_it_is_kept(desk: Program, shared: Path, tmp_path: Path) -> None:
    orders = tmp_path / "x.csv"
    orders.write_bytes(csv_of([a_row(f"A-{n}") for n in range(12)] + [a_row("A-99", 個数="?")]))
    tried = desk("profile", "try", shared, orders)
    assert (tried.code, tried.said["orders"], len(tried.said["first"])) == (1, 12, 10)
    assert tried.said["rejected"][0]["code"] == "quantity_unreadable"
    assert tried.said["first"][0]["recipients"][0]["postal_code"] == "1130022"
    assert [one["id"] for one in desk.done("profile", "list") if one["own"]] == []
    other = tmp_path / "y.csv"
    other.write_bytes(b"a,b\r\n1,2\r\n")
    refused = desk("profile", "try", shared, other)
    assert (refused.code, refused.said["error"]["code"]) == (2, "file_lacks_columns")


def test_a_ready_one_is_copied_shown_exported_and_removed(desk: Program, tmp_path: Path) -> None:
    assert desk.done("profile", "copy", "stores", "--title", "うちの STORES")["id"] == "stores_2"
    shown = desk.done("profile", "show", "stores_2")
    assert (shown["base"], shown["title"]) == ("stores", "うちの STORES")
    desk.done("profile", "export", "stores_2", "--out", tmp_path / "p.toml")
    assert desk.done("profile", "import", tmp_path / "p.toml", "--replace")["version"] == 2
    listed = {one["id"]: one for one in desk.done("profile", "list")}
    assert listed["stores_2"]["own"]
    assert listed["aupay"]["grades"] == {"orders": "LIKELY", "confirm": "GUESS", "carriers": "LIKELY"}
    assert (listed["futureshop"]["reads"], listed["makeshop"]["reads"]) == (False, False)
    assert desk.done("profile", "remove", "stores_2") == {"id": "stores_2", "removed": True}
    assert [one["id"] for one in desk.done("profile", "list") if one["own"]] == []


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("profile_unknown", ("show", "nothing")),
        ("profile_built_in", ("remove", "shopify")),
        ("profile_id_built_in", ("copy", "stores", "--as", "shopify")),
        ("profile_flaw_id", ("copy", "stores", "--as", "My Shop")),
        ("file_missing", ("import", "nowhere.toml")),
    ],
)
def test_what_cannot_be_done_says_why(desk: Program, code: str, arguments: tuple[str, ...]) -> None:
    answer = desk("profile", *arguments)
    assert (answer.code, answer.said["error"]["code"]) == (2, code)
    assert answer.err


def test_one_in_use_is_not_removed(desk: Program, shared: Path) -> None:
    desk.done("profile", "import", shared)
    desk.done("shop", "add", "jisha", "自社")
    answer = desk("profile", "remove", "jisha")
    assert (answer.code, answer.said["error"]["code"]) == (2, "profile_in_use")
