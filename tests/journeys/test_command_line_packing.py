"""The packing desk by command: every mistake is stopped at its scan, every proof makes an order green."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import PROGRAM, Program, yamato_number

DAY = rakuten_file.yesterday()
NUMBERS = [yamato_number(n) for n in range(500, 512)]
ACK = "JPCMDACK"


def issued(path: Path, keys: list[str], numbers: list[str]) -> Path:
    """What the carrier's tool gives back, by the names of the carriers reference."""
    columns = (Path(__file__).parent / "yamato_columns.txt").read_text("utf-8").splitlines()
    lines = [",".join(columns)]
    for key, number in zip(keys, numbers, strict=True):
        cells = dict.fromkeys(columns, "") | {"お客様管理番号": key, "送り状種類": "0", "伝票番号": number}
        lines.append(",".join(cells.values()))
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp932"))
    return path


def green(desk: Program) -> list[str]:
    return [row["key"] for row in desk("confirm", "--list").said["green"]]


def red(desk: Program) -> dict[str, list[str]]:
    rows = desk("confirm", "--list").said["red"]
    return {row["key"]: [reason["code"] for reason in row["reasons"]] for row in rows}


def test_every_mistake_is_stopped_at_its_scan(desk: Program, keys: list[str], tmp_path: Path) -> None:
    desk.done("shop", "set", "本店", "pack.proof=file")
    desk.done("carrier", "import", issued(tmp_path / "issued.csv", keys[:4], NUMBERS[:4]))
    wrong_digit = NUMBERS[1][:-1] + str((int(NUMBERS[1][-1]) + 1) % 7)
    sagawa = f"50000000007{50000000007 % 7}"  # no Yamato number begins with 5
    scans = (
        (keys[0], "OK_OPEN"),
        (NUMBERS[0], "OK_DONE"),
        (keys[1], "OK_OPEN"),
        (NUMBERS[2], "NG_OTHER_ORDER"),
        (NUMBERS[1], "NG_LOCKED"),
        (ACK, "OK_ACK"),
        (wrong_digit, "NG_CHECKDIGIT"),
        (ACK, "OK_ACK"),
        (NUMBERS[0], "NG_DUPLICATE"),
        (ACK, "OK_ACK"),
        (sagawa, "NG_CARRIER"),
        (ACK, "OK_ACK"),
        (NUMBERS[1], "OK_DONE"),
        ("nobody knows", "NG_UNKNOWN"),
        (ACK, "OK_ACK"),
        (keys[4], "OK_OPEN"),
        (NUMBERS[4], "OK_LINK"),
    )
    said = desk.scan(*[code for code, _ in scans])
    assert [line["outcome"] for line in said] == [outcome for _, outcome in scans]
    assert {"text", "outcome", "class", "message", "shipment", "expects"} <= said[0].keys()
    assert green(desk) == keys[:2]
    assert red(desk) == {keys[4]: ["not_verified"]}
    assert len((tmp_path / "home" / "journal" / "1.jsonl").read_bytes().splitlines()) >= len(scans)


def test_changed_and_cancelled_at_the_source_stop_at_the_slip(
    desk: Program, keys: list[str], tmp_path: Path
) -> None:
    moved = rakuten_file.row(3, DAY, 送付先住所それ以降の住所="渋谷1-99-99")
    off = rakuten_file.row(4, DAY, ステータス="900")
    (said,) = desk.done("import", rakuten_file.write(tmp_path / "later.csv", [moved, off]))["files"]
    assert (said["new"], said["changed"]) == (0, 2)
    (held,) = desk.done("orders", "--view", "hold")
    (change,) = held["changed"]
    assert (held["key"], change["field"]) == (keys[2], "recipient.address")
    assert change["old"] != change["new"] == "東京都渋谷区渋谷1-99-99"
    changed, _, cancelled = desk.scan(keys[2], ACK, keys[3])
    assert (changed["outcome"], cancelled["outcome"]) == ("NG_CHANGED", "NG_CANCELLED")
    assert "recipient" not in changed["message"]
    assert desk("print", "slips", keys[3], "--out", tmp_path / "no.pdf").code == 2


def test_the_label_proves(desk: Program, keys: list[str]) -> None:
    desk.done("shop", "set", "本店", "pack.proof=label")
    assert desk.outcomes(keys[0], NUMBERS[0], keys[1], ACK, NUMBERS[0], keys[0]) == [
        *("OK_OPEN", "OK_LINK", "NG_OTHER_ORDER", "OK_ACK", "OK_LINK", "OK_DONE")
    ]
    assert green(desk) == [keys[0]]


def test_a_second_reading_proves_and_finds_a_swap(desk: Program, keys: list[str]) -> None:
    desk.done("shop", "set", "本店", "pack.proof=double")
    a, b, c = keys[:3]
    linked = desk.outcomes(a, NUMBERS[0], b, NUMBERS[2], c, NUMBERS[1])
    assert linked == ["OK_OPEN", "OK_LINK"] * 3
    assert sorted(red(desk)) == sorted(keys[:3])
    *_, asked = desk.scan(a, NUMBERS[0])
    assert (asked["outcome"], asked["expects"]) == ("ATT_ASK", "name")
    assert desk.outcomes(digit_of(desk, asked["message"], a)) == ["OK_DONE"]
    assert desk.outcomes(b, NUMBERS[1]) == ["OK_OPEN", "NG_OTHER_ORDER"]
    assert green(desk) == [a]


def digit_of(desk: Program, question: str, key: str) -> str:
    """The answer that names this shipment's recipient."""
    names = {order["key"]: order["recipient"]["name"] for order in desk.done("orders")}
    words = question.replace("　", " ").split(" ")
    place = next(n for n, word in enumerate(words) if names[key].split(" ")[0] in word)
    return next(word for word in reversed(words[:place]) if word[-1:].isdigit())[-1]


def test_the_hand_over_proves_by_the_name_on_the_waybill(desk: Program, keys: list[str]) -> None:
    desk.done("shop", "set", "本店", "pack.proof=handover")
    assert desk.outcomes(keys[0], NUMBERS[0], keys[1], NUMBERS[1]) == ["OK_OPEN", "OK_LINK"] * 2
    (asked,) = desk.scan(NUMBERS[0])
    assert (asked["outcome"], asked["expects"]) == ("ATT_ASK", "name")
    assert desk.outcomes(digit_of(desk, asked["message"], keys[0])) == ["OK_DONE"]
    assert green(desk) == [keys[0]]
    assert desk.outcomes(NUMBERS[1], keys[2], NUMBERS[2])[1:] == ["OK_OPEN", "OK_LINK"]


def test_goods_by_sku_and_by_bar_code(desk: Program, keys: list[str], tmp_path: Path) -> None:
    desk.done("shop", "set", "本店", "pack.goods=on")
    desk.done("goods", "add", "4901234567894", "SKU-001")
    (tmp_path / "goods.csv").write_text("JANコード,SKU,入数\n14901234567907,SKU-002,3\n,SKU-003,1\n", "utf-8")
    assert desk("goods", "import", tmp_path / "goods.csv").code == 1
    one, two = keys[0], keys[1]  # two pieces of SKU-001, three of SKU-002
    assert desk.outcomes(one, "4901234567894", "SKU-999", ACK, "sku-001", "SKU-001", ACK, NUMBERS[0]) == [
        *("OK_OPEN", "OK_ITEM", "NG_UNKNOWN", "OK_ACK", "OK_ITEM_LAST", "NG_OVER", "OK_ACK", "OK_LINK")
    ]
    assert desk.outcomes(two, NUMBERS[1], ACK, "SKU-001", ACK, "14901234567907") == [
        *("OK_OPEN", "NG_ORDER", "OK_ACK", "NG_NOT_HERE", "OK_ACK", "OK_ITEM_LAST")
    ]


def test_entering_a_number_twice(desk: Program, keys: list[str]) -> None:
    key, number = keys[0], NUMBERS[0]
    cases = (
        ("NG_MISMATCH", (key, number, NUMBERS[1]), 2),
        ("NG_CHECKDIGIT", (key, number[:-1] + "9", number[:-1] + "9"), 2),
        ("OK_DONE", (key, f"{number[:4]}-{number[4:8]}-{number[8:]}", number), 0),
        ("NG_DUPLICATE", (keys[1], number, number), 2),
    )
    for outcome, given, code in cases:
        answer = desk("track", *given)
        assert (answer.said["outcome"], answer.code) == (outcome, code), answer
    assert desk("track", "JPNOKEY", number, number).code == 2
    parcels = {order["key"]: order["parcels"][0]["tracking_no"] for order in desk.done("orders")}
    assert (parcels[key], parcels[keys[1]]) == (number, "")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_what_was_answered_before_a_kill_is_there_for_every_command(desk: Program, keys: list[str]) -> None:
    command = [*PROGRAM, "--json", "scan"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=desk.variables
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(f"{keys[0]}\n{NUMBERS[0]}\n{keys[1]}\n".encode())
        program.stdin.flush()
        said = [json.loads(program.stdout.readline())["outcome"] for _ in range(3)]
        program.kill()
    assert said == ["OK_OPEN", "OK_LINK", "OK_OPEN"]
    found = {order["key"]: order for order in desk.done("orders")}
    assert found[keys[0]]["parcels"][0]["tracking_no"] == NUMBERS[0]
    assert desk.outcomes(NUMBERS[1]) == ["OK_LINK"]
    assert desk("journal", "verify").code == 0
    journal = desk.home / "journal" / "1.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"OK_LINK", b"OK_DONE", 1))
    broken = desk("journal", "verify")
    assert (broken.code, broken.said["sound"]) == (1, False)


def test_a_journal_ahead_of_the_database_is_taken_over_by_a_listing(desk: Program, keys: list[str]) -> None:
    database = desk.home / "jpship.sqlite"
    before = {path: path.read_bytes() for path in desk.home.glob("jpship.sqlite*")}
    assert desk.outcomes(keys[0], NUMBERS[0]) == ["OK_OPEN", "OK_LINK"]
    for path in desk.home.glob("jpship.sqlite*"):
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    assert database.exists()
    found = {order["key"]: order for order in desk.done("orders")}
    assert found[keys[0]]["parcels"][0]["tracking_no"] == NUMBERS[0]
