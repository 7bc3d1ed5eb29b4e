"""The hand-over by command: what the driver takes is compared with what was packed; nothing read is lost (PK-21)."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.documents.reading import codes, page_texts, picture
from tests.journeys import rakuten_file
from tests.journeys.desk_program import PROGRAM, Answer, Program, yamato_number
from tests.journeys.test_command_line_packing import DAY, digit_of, green, issued, red

NUMBERS = [yamato_number(n) for n in range(700, 712)]
ACK, UNDO, FINISH = "JPCMDACK", "JPCMDUNDO", "JPCMDFINISH"


@pytest.fixture(scope="session")
def packed_once(printed_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six of the twelve are packed and proven by the carrier's file."""
    folder = tmp_path_factory.mktemp("packed")
    shutil.copytree(printed_once / "home", folder / "home")
    desk = Program(folder / "home")
    keys = sorted(one["key"] for one in desk.done("orders"))[:6]
    desk.done("shop", "set", "本店", "pack.proof=file")
    desk.done("carrier", "import", issued(folder / "issued.csv", keys, NUMBERS[:6]))
    codes = [code for pair in zip(keys, NUMBERS[:6], strict=True) for code in pair]
    assert desk.outcomes(*codes)[1::2] == ["OK_DONE"] * 6
    return folder


@pytest.fixture
def packed(packed_once: Path, tmp_path: Path) -> Program:
    """A copy of that desk."""
    shutil.copytree(packed_once / "home", tmp_path / "packed")
    return Program(tmp_path / "packed")


def hand(desk: Program, *codes: str, options: Sequence[str] = ()) -> list[dict[str, Any]]:
    """One run of the command, and what it answered line by line."""
    done = subprocess.run(
        [*PROGRAM, "--json", "handover", *options],
        input="".join(f"{code}\n" for code in codes), capture_output=True, text=True, encoding="utf-8",
        env=desk.variables, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def outcomes(said: Sequence[dict[str, Any]]) -> list[str]:
    return [line["outcome"] for line in said]


def bars(path: Path) -> list[str]:
    """The numbers a scanner reads off every page, without the letters around them."""
    pdf = path.read_bytes()
    pages = range(1, len(page_texts(pdf)) + 1)
    return sorted(text.strip("A") for page in pages for text in codes(picture(pdf, page, 300))["Codabar"])


def test_what_is_taken_equals_what_was_packed(packed: Program, keys: list[str]) -> None:
    (waits,) = packed.done("handover", "--list")
    assert (waits["carrier"], waits["ready"], waits["stopped"]) == ("yamato", 6, 0)
    said = hand(packed, *NUMBERS[:3], options=("--carrier", "yamato", "--place", "東口"))
    assert outcomes(said) == ["OK_OPEN", *["OK_TAKEN"] * 3]
    assert [(one["taken"], one["total"]) for one in said] == [(0, 6), (1, 6), (2, 6), (3, 6)]
    (running,) = packed.done("handover", "--history")
    assert (running["place"], running["way"], running["taken"], running["ended"]) == (
        "東口",
        "driver",
        3,
        None,
    )
    said = hand(packed, NUMBERS[3], NUMBERS[0], ACK, UNDO, UNDO, NUMBERS[3], NUMBERS[4], NUMBERS[5], FINISH)
    assert outcomes(said) == [
        *("OK_TAKEN", "NG_DUPLICATE", "OK_ACK", "OK_UNDO", "OK_UNDO"),
        *("OK_TAKEN", "OK_TAKEN", "OK_TAKEN", "ATT_ASK"),
    ], "one that was taken back is missing, and is named at the end"
    (waits,) = packed.done("handover", "--list")
    assert [one["number"] for one in waits["parcels"]] == [NUMBERS[2]]
    assert outcomes(hand(packed, NUMBERS[2], FINISH)) == ["OK_DONE", "OK_FINISH"]
    assert packed.done("handover", "--list") == []
    found = packed.done("handover", "--show", running["id"])
    assert sorted(one["number"] for one in found["parcels"]) == sorted(NUMBERS[:6])
    assert all(one["taken"] for one in found["parcels"])
    assert found["ended"]
    facts = {one["key"]: one["facts"]["handed_over"] for one in packed.done("orders")}
    assert all(facts[key] for key in keys[:6])


def test_every_parcel_that_must_not_go_stops_the_line(
    packed: Program, keys: list[str], tmp_path: Path
) -> None:
    off = rakuten_file.row(1, DAY, ステータス="900")
    packed.done("import", rakuten_file.write(tmp_path / "later.csv", [off]))
    packed.done("hold", keys[1], "--reason", "在庫を確認")
    packed.done("shop", "set", "本店", "pack.proof=double")
    packed.scan(keys[6], NUMBERS[6])  # linked, not proven
    packed.done("carrier", "import", issued(tmp_path / "more.csv", keys[7:8], NUMBERS[7:8]))  # promised only
    wrong_digit = NUMBERS[3][:-1] + str((int(NUMBERS[3][-1]) + 1) % 7)
    scans = (
        (NUMBERS[2], "OK_TAKEN", ""),
        (NUMBERS[0], "NG_CANCELLED", ""),
        (NUMBERS[1], "NG_LOCKED", ""),
        (ACK, "OK_ACK", ""),
        (NUMBERS[1], "NG_HOLD", ""),
        (ACK, "OK_ACK", ""),
        (NUMBERS[2], "NG_DUPLICATE", "handed_over"),
        (ACK, "OK_ACK", ""),
        (NUMBERS[6], "NG_ORDER", "not_proven"),
        (ACK, "OK_ACK", ""),
        (NUMBERS[7], "NG_ORDER", "not_packed"),
        (ACK, "OK_ACK", ""),
        (NUMBERS[11], "NG_UNKNOWN", "number"),
        (ACK, "OK_ACK", ""),
        (wrong_digit, "NG_CHECKDIGIT", ""),
        (ACK, "OK_ACK", ""),
        (keys[3], "NG_ORDER", "slip"),
        (ACK, "OK_ACK", ""),
        ("nobody knows", "NG_UNKNOWN", ""),
        (ACK, "OK_ACK", ""),
        (NUMBERS[3], "OK_TAKEN", ""),
    )
    said = hand(packed, *[code for code, _, _ in scans])
    assert [(one["outcome"], one["reason"]) for one in said] == [(o, r) for _, o, r in scans]
    (waits,) = packed.done("handover", "--list")
    standing = {one["number"]: one["standing"] for one in waits["parcels"]}
    assert standing == {
        NUMBERS[0]: "cancelled",
        NUMBERS[1]: "hold",
        NUMBERS[4]: "ready",
        NUMBERS[5]: "ready",
        NUMBERS[6]: "not_proven",
    }
    said = hand(packed, options=("--finish", "--left", f"{keys[4]}=not_found", "--driver", "山田"))
    assert outcomes(said) == ["OK_TICK", "OK_FINISH"]
    (over,) = packed.done("handover", "--history")
    assert (over["taken"], over["left"], over["driver"]) == (2, 5, "山田")
    reasons = {
        one["number"]: one["reason"] for one in packed.done("handover", "--show", over["id"])["parcels"]
    }
    assert reasons == {
        NUMBERS[0]: "cancelled",
        NUMBERS[1]: "stopped",
        NUMBERS[2]: "",
        NUMBERS[3]: "",
        NUMBERS[4]: "not_found",
        NUMBERS[5]: "later",
        NUMBERS[6]: "stopped",
    }


def test_another_carriers_parcel_stays_in_its_pile(desk: Program, keys: list[str]) -> None:
    desk.done("shop", "set", "本店", "pack.double_name=off")
    sagawa = f"50000000007{50000000007 % 7}"
    assert desk.done("track", keys[1], sagawa, sagawa, "--carrier", "sagawa")
    assert desk.done("track", keys[0], NUMBERS[0], NUMBERS[0])
    said = hand(desk, NUMBERS[0], sagawa, options=("--carrier", "yamato", "--counter"))
    assert outcomes(said) == ["OK_OPEN", "OK_DONE", "NG_CARRIER"]
    assert said[2]["reason"] == "pile"
    assert [one["carrier"] for one in desk.done("handover", "--list")] == ["yamato", "sagawa"]


def test_a_sudden_end_between_any_two_scans_loses_nothing(packed: Program) -> None:
    for done in range(1, 5):
        running = subprocess.Popen(
            [*PROGRAM, "--json", "handover", "--carrier", "yamato"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=packed.variables,
        )  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        if done == 1:
            assert json.loads(running.stdout.readline())["outcome"] == "OK_OPEN"
        running.stdin.write(f"{NUMBERS[done - 1]}\n")
        running.stdin.flush()
        answer = json.loads(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdin.close()
        running.stdout.close()
        assert (answer["outcome"], answer["taken"]) == ("OK_TAKEN", done)
        (seen,) = packed.done("handover", "--history")
        assert (seen["taken"], seen["ended"]) == (done, None), "another desk sees it running"
    joined = hand(packed, NUMBERS[4], NUMBERS[0], options=("--desk", "2", "--carrier", "yamato"))
    assert [(one["outcome"], one["reason"]) for one in joined] == [
        ("OK_OPEN", "joined"),
        ("OK_TAKEN", ""),
        ("NG_DUPLICATE", "handed_over"),
    ]
    assert outcomes(hand(packed, NUMBERS[5], FINISH, options=("--desk", "2"))) == ["OK_DONE", "OK_FINISH"]
    assert outcomes(hand(packed, NUMBERS[0])) == ["ATT_NOTHING"], "the first desk learns that it is over"
    assert packed.done("journal", "verify")["sound"]


def test_the_database_is_rebuilt_from_the_journals(packed: Program, keys: list[str]) -> None:
    before = packed.home / "jpship.sqlite"
    kept = packed.home.parent / "before.sqlite"
    shutil.copy(before, kept)
    hand(packed, *NUMBERS[:3], UNDO, options=("--carrier", "yamato"))
    hand(packed, options=("--finish",))
    told = packed.done("handover", "--history")
    for stale in packed.home.glob("jpship.sqlite*"):
        stale.unlink()
    shutil.copy(kept, before)
    packed.done("confirm", "--list")
    assert packed.done("handover", "--history") == told


def test_the_list_to_be_signed_equals_the_scans(packed: Program, keys: list[str], tmp_path: Path) -> None:
    hand(packed, *NUMBERS[:4], options=("--carrier", "yamato", "--finish"))
    (over,) = packed.done("handover", "--history")
    first = packed.done("handover", "--paper", over["id"], "--out", tmp_path / "list.pdf")
    assert bars(tmp_path / "list.pdf") == NUMBERS[:4]
    packed.scan(
        "JPCMDREOPEN", keys[0], "JPCMDRESTART"
    )  # the list says what was read then, whatever comes later
    again = packed.done("handover", "--paper", over["id"], "--out", tmp_path / "again.pdf")
    assert bars(tmp_path / "again.pdf") == NUMBERS[:4]
    assert first["printed"] == again["printed"]
    refused: Answer = packed("handover", "--paper", "nothing", "--out", tmp_path / "no.pdf")
    assert refused.code == 2


def test_told_only_once_the_driver_has_it(packed: Program, keys: list[str]) -> None:
    assert green(packed) == keys[:6]
    packed.done("shop", "set", "本店", "confirm.after=handed_over")
    assert red(packed) == {key: ["not_handed_over"] for key in keys[:6]}
    hand(packed, NUMBERS[0], NUMBERS[1], UNDO)
    assert green(packed) == [keys[0]]


def test_the_hand_over_proves_what_nothing_else_has(desk: Program, keys: list[str]) -> None:
    """However small the sample: a parcel proven by the hand-over alone is always asked about."""
    desk.done("shop", "set", "本店", "pack.proof=handover", "handover.sample=0")
    assert desk.outcomes(keys[0], NUMBERS[0], keys[1], NUMBERS[1]) == ["OK_OPEN", "OK_LINK"] * 2
    assert green(desk) == []
    asked, other, asked = hand(desk, NUMBERS[0], "X", NUMBERS[0])
    assert (asked["outcome"], asked["reason"], asked["expects"]) == ("ATT_ASK", "name", "name")
    assert other["reason"] == "name_number"
    right = digit_of(desk, asked["message"], keys[0])
    assert outcomes(hand(desk, right)) == ["OK_TAKEN"]
    assert green(desk) == [keys[0]]
    assert outcomes(hand(desk, NUMBERS[1], "0")) == ["ATT_ASK", "NG_OTHER_ORDER"]
    assert green(desk) == [keys[0]]
    assert [one["key"] for one in desk.done("orders", "--view", "hold")] == [keys[1]]


def test_a_proof_more_where_the_shop_wants_two(packed: Program, keys: list[str]) -> None:
    packed.done("shop", "set", "本店", "pack.proof.also=handover")
    assert red(packed) == {key: ["not_named"] for key in keys[:6]}
    (asked,) = hand(packed, NUMBERS[0])
    assert asked["reason"] == "name"
    assert outcomes(hand(packed, digit_of(packed, asked["message"], keys[0]))) == ["OK_TAKEN"]
    assert green(packed) == [keys[0]]
