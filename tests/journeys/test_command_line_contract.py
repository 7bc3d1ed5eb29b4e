"""What scripts rely on: exit codes, one JSON document on standard output, words on the other, nothing half done."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.desk_program import PROGRAM, Program, yamato_number

REFUSALS = (
    ("marketplace_unknown", ("shop", "add", "nowhere", "新店")),
    ("shop_exists", ("shop", "add", "rakuten", "本店")),
    ("option_unknown", ("shop", "set", "本店", "no.such=1")),
    ("option_value", ("shop", "set", "本店", "pack.goods=on", "pack.proof=perhaps")),
    ("shop_unknown", ("shop", "set", "無い店", "pack.goods=off")),
    ("shop_unknown", ("shop", "settings", "無い店")),
    ("view_unknown", ("orders", "--view", "nothing")),
    ("key_unknown", ("hold", "JPNOKEY", "--reason", "在庫確認")),
    ("shipment_unknown", ("print", "slips", "JPNOKEY", "--out", "no.pdf")),
    ("carrier_unknown", ("carrier", "export", "nobody", "--out", "no.csv")),
    ("nothing_to_confirm", ("confirm", "--files", "no-folder")),
    ("usage", ("approve", "JPNOKEY")),
    ("usage", ("frobnicate",)),
)
OUT = ("no.pdf", "no.csv", "no-folder")


def test_refusals_say_why_twice_and_leave_no_trace(desk: Program, tmp_path: Path) -> None:
    shops = desk.done("shop", "list")
    for code, arguments in REFUSALS:
        answer = desk(*(tmp_path / part if part in OUT else part for part in arguments))
        assert (answer.code, answer.said["error"]["code"]) == (2, code), arguments
        assert answer.err, arguments
    assert desk.done("shop", "list") == shops
    assert not list(tmp_path.glob("no*"))


def test_what_can_be_set_is_listed_in_the_form_set_takes(desk: Program) -> None:
    before = desk.done("shop", "settings", "本店")
    desk.done("shop", "set", "本店", "sender.phone=03-0000-0000")
    after = desk.done("shop", "settings", "本店")
    assert {key for key in after if after[key] != before.get(key)} == {"sender.phone"}
    assert after["sender.phone"]["value"] == "03-0000-0000"
    assert not {"service_secret", "license_key", "language"} & after.keys()
    given = [f"{key}={one['value']}" for key, one in after.items()]
    desk.done("shop", "set", "本店", *given)
    assert desk.done("shop", "settings", "本店") == after


@pytest.mark.parametrize("before", [True, False])
def test_home_and_json_stand_before_or_after_the_command(desk: Program, before: bool) -> None:
    options = ["--home", str(desk.home), "--json"]
    words = [*options, "orders", "--search", "髙橋"] if before else ["orders", "--search", "髙橋", *options]
    variables = {name: value for name, value in desk.variables.items() if name != "JPSHIP_HOME"}
    done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, encoding="utf-8", env=variables)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert {order["recipient"]["name"].split()[0] for order in found} == {"髙橋"}
    expected = "key marketplace shop order stage facts problems ship_by recipient lines parcels".split()
    assert set(expected) <= found[0].keys()
    assert {"name", "postal_code", "address", "phone"} <= found[0]["recipient"].keys()
    assert {"sku", "name", "variant", "quantity"} <= found[0]["lines"][0].keys()
    assert {"carrier", "tracking_no", "how"} <= found[0]["parcels"][0].keys()


def test_no_network_is_the_worlds_fault_and_loses_nothing(desk: Program, keys: list[str]) -> None:
    desk.done("shop", "set", "本店", "api.url=http://127.0.0.1:9")
    number = yamato_number(1)
    desk.done("track", keys[0], number, number)
    assert desk("confirm", "--send").code == 2  # no keys given
    keyed = Program(desk.home, JPSHIP_SECRET_SERVICE_SECRET="SP0", JPSHIP_SECRET_LICENSE_KEY="SL0")
    assert keyed("fetch").code == 3
    answer = keyed("confirm", "--send")
    assert (answer.code, [row["key"] for row in answer.said["waiting"]]) == (3, [keys[0]])
    assert "127.0.0.1" in answer.err
    assert not any(b"SP0" in path.read_bytes() for path in desk.home.rglob("*") if path.is_file())


def test_the_upload_file_is_written_once(desk: Program, keys: list[str], tmp_path: Path) -> None:
    numbers = [yamato_number(n) for n in (1, 2)]
    for key, number in zip(keys, numbers, strict=False):
        desk.done("track", key, number, number)
    (written,) = desk.done("confirm", "--files", tmp_path / "up")["files"]
    header, *rows = Path(written["file"]).read_bytes().decode("cp932").split("\r\n")
    assert header == "注文番号,送付先ID,発送明細ID,お荷物伝票番号,配送会社,発送日"
    cells = [row.split(",") for row in rows if row]
    assert [(c[2], c[3], c[4]) for c in cells] == [("", number, "1001") for number in numbers]
    assert all(c[1] and len(c[5]) == 10 for c in cells)
    again = desk("confirm", "--files", tmp_path / "up")
    assert (again.code, len(list((tmp_path / "up").iterdir()))) == (2, 1)


def test_holding_and_releasing(desk: Program, keys: list[str]) -> None:
    desk.done("hold", *keys[:2], "--reason", "在庫確認")
    held = desk.done("orders", "--view", "hold")
    assert [(o["key"], o["hold"]) for o in held] == [(key, "在庫確認") for key in keys[:2]]
    assert desk.outcomes(keys[0]) == ["NG_HOLD"]
    desk.done("release", keys[0])
    assert desk.outcomes("JPCMDACK", keys[0])[-1] == "OK_OPEN"
