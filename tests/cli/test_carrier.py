"""The carrier commands as a shell sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, a_contact, an_order, stored
from tests.flows.carrier_desk import SETTINGS

ONE, TWO = "123456789013", "099723653466"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    ws = open_workspace(str(folder))
    shops.add(ws.store, "本店", "rakuten", SETTINGS, NOW)
    ws.close()
    return folder


def put(home: Path, *made: Any) -> list[str]:
    ws = open_workspace(str(home))
    keys = [key for _, key in stored(ws.store, *made)]
    ws.close()
    return keys


def call(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = run(["--home", str(home), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def issued(folder: Path, *rows: tuple[str, str]) -> Path:
    path = folder / "issued.csv"
    lines = ["お客様管理番号,伝票番号", *(",".join(row) for row in rows)]
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    return path


def test_out_and_back(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = put(home, an_order(1), an_order(2))
    code, document = call(home, capsys, "carrier", "export", "yamato", "--out", str(tmp_path / "b2.csv"))
    assert (code, document["exported"], document["rows"]) == (0, keys, 2)
    file = issued(tmp_path, (keys[0], ONE), (keys[1], TWO))
    code, document = call(home, capsys, "carrier", "import", str(file))
    assert (code, document["carrier"], len(document["matched"])) == (0, "yamato", 2)
    code, document = call(home, capsys, "track", keys[0], ONE, ONE)
    assert (code, document["outcome"], document["class"], document["verified"]) == (
        0,
        "OK_DONE",
        "complete",
        True,
    )
    code, document = call(home, capsys, "track", keys[1], ONE, ONE)
    assert (code, document["outcome"], document["class"]) == (2, "NG_DUPLICATE", "ng")


def test_one_left_out_is_done_in_part(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, _ = put(home, an_order(1, recipient=a_contact(phone="")), an_order(2))
    code, document = call(home, capsys, "carrier", "export", "yamato", "--out", str(tmp_path / "b2.csv"))
    assert code == 1
    ((key, (problem,)),) = document["refused"].items()
    assert (key, problem["code"]) == (bad, "carrier_missing")
    assert "お届け先電話番号" in problem["text"]


def test_nothing_to_write_is_refused(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "b2.csv"
    code, document = call(home, capsys, "carrier", "export", "yamato", "--out", str(out))
    assert (code, document["error"]["code"], out.exists()) == (2, "carrier_nothing_waiting", False)


def test_a_damaged_file_is_repaired_with_a_report(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = put(home, an_order(1), an_order(2))
    file = str(issued(tmp_path, (keys[0], TWO.lstrip("0")), (keys[1], "1.23457E+11")))
    code, document = call(home, capsys, "carrier", "import", file, "--no-repairs")
    assert (code, document["matched"]) == (1, [])
    assert document["rejected"][0]["code"] == "carrier_number_damaged"
    code, document = call(home, capsys, "carrier", "import", file)
    assert (code, len(document["matched"]), document["repairs"][0]["repaired"]) == (1, 1, TWO)


def test_the_wrong_file_is_refused(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(home, an_order(1))
    call(home, capsys, "carrier", "export", "yamato", "--out", str(tmp_path / "b2.csv"))
    code, document = call(home, capsys, "carrier", "import", str(tmp_path / "b2.csv"))
    assert (code, document["error"]["code"]) == (2, "carrier_file_is_import")


def test_for_a_person(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = put(home, an_order(1, recipient=a_contact(name="𠮷田 花子")))
    out = str(tmp_path / "b2.csv")
    assert run(["--home", str(home), "carrier", "export", "yamato", "--out", out]) == 2
    assert "吉田 花子" in capsys.readouterr().out
    assert run(["--home", str(home), "carrier", "export", "yamato", "--agree", "--out", out]) == 0
    assert run(["--home", str(home), "carrier", "import", str(issued(tmp_path, (key, ONE), ("X", TWO)))]) == 1
    assert "お客様管理番号" in capsys.readouterr().out
    assert run(["--home", str(home), "track", key, ONE, TWO]) == 2


def test_what_the_shop_lacks_is_said_once_for_all_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "bare"
    ws = open_workspace(str(home))
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    keys = [key for _, key in stored(ws.store, *(an_order(n) for n in range(1, 6)))]
    ws.close()
    assert run(["--home", str(home), "carrier", "export", "yamato", "--out", str(tmp_path / "b2.csv")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "ご依頼主電話番号" in line]
    assert len(lines) == 1
    assert all(key in lines[0] for key in keys[:3])
    assert keys[4] not in lines[0]
    assert "(5)" in lines[0]


def test_a_filter_is_changed_as_a_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.toml"
    assert call(home, capsys, "carrier", "filter", "export", "r69", "--out", str(path))[0] == 0
    path.write_text(path.read_text("utf-8").replace("ゆうプリR 標準（69列）", "うちの形"), "utf-8")
    assert call(home, capsys, "carrier", "filter", "check", str(path)) == (0, {"flaws": []})
    code, document = call(home, capsys, "carrier", "filter", "import", str(path))
    assert (code, document["title"], document["version"], document["shops"]) == (0, "うちの形", 1, ["本店"])
    code, document = call(home, capsys, "carrier", "filter", "list", "--shop", "本店")
    assert [(row["slot"], row["own"], row["columns"]) for row in document] == [
        ("r.out", True, 69),
        ("r.back", False, 6),
        ("cloud.out", False, 17),
        ("cloud.back", False, 9),
    ]
    call(home, capsys, "carrier", "filter", "import", str(path))
    assert call(home, capsys, "carrier", "filter", "back", "r.out", "1")[1]["version"] == 3
    assert call(home, capsys, "carrier", "filter", "reset", "r.out")[1]["shops"] == ["本店"]
    assert call(home, capsys, "carrier", "filter", "show", "r.out")[1]["id"] == "r117"
    assert len(call(home, capsys, "carrier", "filter", "fields")[1]) > 50


def test_a_filter_that_cannot_be_used_says_every_flaw(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.toml"
    call(home, capsys, "carrier", "filter", "export", "r_short", "--out", str(path))
    path.write_text(path.read_text("utf-8").replace('"parcel_key"', '"goods"'), "utf-8")
    code, document = call(home, capsys, "carrier", "filter", "check", str(path))
    assert (code, [flaw["code"] for flaw in document["flaws"]]) == (
        2,
        ["filter_flaw_twice", "filter_flaw_lacks"],
    )
    assert "お客様側管理番号" in document["flaws"][1]["text"]
    assert call(home, capsys, "carrier", "filter", "import", str(path))[0] == 2


def test_numbers_from_a_list_are_shown_first(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = open_workspace(str(home))
    ((_, key),) = stored(ws.store, an_order(1), service="clickpost", carrier="jppost")
    ws.close()
    call(home, capsys, "carrier", "export", "jppost", "--out", str(tmp_path / "click.csv"))
    page = tmp_path / "list.txt"
    page.write_text("300000000005\t山田 花子 様\t541-0041\n300000000016\t誰か\t100-0001\n", "utf-8")
    code, document = call(home, capsys, "carrier", "match", str(page))
    assert (code, [one["parcel"] for one in document["proposed"]], "taken" in document) == (1, [key], False)
    code, document = call(home, capsys, "carrier", "match", str(page), "--take", key)
    assert (code, document["taken"][0]["outcome"]) == (1, "OK_LINK")
    assert [one["reason"] for one in document["left"]] == ["no_parcel"]
