"""The program is killed at random moments while it answers scans: nothing that was answered may be lost.

Each lane has a data folder of its own, so lanes run side by side. JPSHIP_TORTURE sets the number of kills in all.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal, shipments, shops
from tests.builders import NOW, a_line, an_order, stored

KILLS = int(os.environ.get("JPSHIP_TORTURE", "60"))
BY_TIME = KILLS * 2 // 3  # the others are at chosen places, in `test_kill_points`
LANES = 4
ORDERS = 40
PARTING = 12  # answers read before the kill, at most
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX notion")
FACTS = (
    "SELECT key, stage, hold_reason, checked_at, linked_at, linked_by, verified_at, verified_how FROM shipments",
    "SELECT key, carrier, tracking_no, how, linked_at, linked_by, linked_desk, linked_seq, file_no, verified_at, "
    "verified_how, handed_at FROM parcels",
    "SELECT s.key, o.desk, o.person, o.at FROM open_parcels o JOIN shipments s ON s.id = o.shipment_id",
    "SELECT s.key, h.at, h.what, h.detail FROM history h JOIN shipments s ON s.id = h.shipment_id",
    "SELECT desk, n, hash FROM journal_marks",
)


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    body = f"10{n:09d}"
    return body + str(int(body) % 7)


def a_home(folder: Path) -> list[str]:
    """A data folder with orders to pack, every third with its number from the carrier's file; their keys."""
    ws = open_workspace(str(folder))
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    made = stored(ws.store, *(an_order(n, lines=(a_line(quantity=1 + n % 2),)) for n in range(1, ORDERS + 1)))
    with ws.store.transaction():
        shipments.mark(ws.store, [row_id for row_id, _ in made], "printed", NOW, "佐藤")
        for n, (_, key) in enumerate(made):
            if n % 3 == 0:
                shipments.set_parcel(ws.store, key, {"file_no": waybill(n)})
        shipments.restage(ws.store, [row_id for row_id, _ in made])
    ws.close()
    return [key for _, key in made]


def a_packer(dice: random.Random, keys: list[str]) -> Iterator[str]:
    """Codes as they come at a hectic desk: parcels packed, mixed up, undone, proven, given up."""
    slip_ups = ["?", waybill(99), waybill(3)[:-1] + "9", "600078420325", "no-such-goods"]
    commands = [
        code_of(c)
        for c in (
            *(Command.UNDO, Command.RESTART, Command.TICK, Command.BYEYE, Command.REOPEN),
            *(Command.RUN, Command.RECHECK),
        )
    ]
    commands.append(code_of(Command.QTY, "2"))
    yield from (code_of(Command.ACK), code_of(Command.NEXT)) if dice.random() < 0.7 else ()
    while True:
        n = dice.randrange(len(keys))
        if (
            dice.random() < 0.25
        ):  # some parcels in a run, with the waybills of orders of one piece from the file
            yield code_of(Command.RUN)
            for m in dice.sample(range(3, len(keys), 6), min(3, len(range(3, len(keys), 6)))):
                yield from ("mug-300-bl", waybill(m), code_of(Command.ACK))
            yield from (code_of(Command.RUN), code_of(Command.NEXT))
        for code in (keys[n], "mug-300-bl", "MUG-300-BL", waybill(n)):
            if dice.random() < 0.15:
                yield dice.choice(slip_ups + commands + [keys[0]])
                yield code_of(Command.ACK)
            yield code
            if dice.random() < 0.3:
                yield code_of(Command.ACK)
        yield code_of(Command.ACK)
        if dice.random() < 0.8:
            yield code_of(Command.NEXT)


def killed(home: Path, dice: random.Random, keys: list[str], desk: str = "1") -> list[dict[str, Any]]:
    """Run the program until a random moment; what it printed, whole lines only."""
    command = [sys.executable, "-m", "jpship_gui", "--home", str(home), "--json", "scan", "--desk", desk]
    packer = a_packer(dice, keys)
    with (
        (home / f"stderr-{len(keys)}-{desk}.txt").open("w+b") as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as program,
    ):
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(("\n".join(next(packer) for _ in range(200)) + "\n").encode())
        program.stdin.flush()
        printed = [program.stdout.readline() for _ in range(dice.randint(0, PARTING))]
        time.sleep(dice.random() * (0.01 if printed else 0.4))
        program.send_signal(signal.SIGKILL)
        printed += program.stdout.readlines()
        errors.seek(0)
        assert errors.read() == b""
    return [json.loads(line) for line in printed if line.endswith(b"\n")]


def answered(entry: journal.Entry) -> tuple[str, ...]:
    """What of a journal line the program prints."""
    body = entry.body
    return entry.raw, entry.outcome, str(body["class"]), entry.shipment, str(body["expects"])


def facts_of(ws: Workspace, facts: Sequence[str] = FACTS) -> list[list[tuple[Any, ...]]]:
    """All that packing writes, without row ids and without order."""
    return [sorted(ws.store.rows(sql), key=repr) for sql in facts]


@pytest.mark.parametrize("lane", range(LANES))
def test_kill_nine(lane: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(f"jpship torture {lane}")
    home = tmp_path / "home"
    keys = a_home(home)
    fresh = tmp_path / "fresh"
    shutil.copytree(home, fresh)
    twin = tmp_path / "twin"
    shutil.copytree(home, twin)
    path = journal.file_of(home / "journal", "1")
    count = printed_count = 0
    for _ in range(max(1, BY_TIME // LANES)):
        printed = killed(home, dice, keys)
        count += every_answer_is_kept(path, count, printed)
        printed_count += len(printed)
    assert printed_count > BY_TIME // LANES
    with capsys.disabled():
        print(
            f"\nlane {lane}: {max(1, BY_TIME // LANES)} kills, {printed_count} answers, {count} lines, lost 0"
        )
    the_state_is_that_of_a_clean_replay(home, fresh)
    the_outcomes_are_those_of_a_clean_run(home, twin)
    a_changed_line_is_found(home, path, dice)


@pytest.mark.parametrize("lane", range(2))
def test_two_desks_killed_side_by_side(lane: int, tmp_path: Path) -> None:
    """Two programs on one data folder, each killed while the other works."""
    dice = random.Random(f"jpship two desks {lane}")
    home, fresh = tmp_path / "home", tmp_path / "fresh"
    keys = a_home(home)
    shutil.copytree(home, fresh)
    shares = {"1": keys[:20], "梱包台2": keys[20:]}
    counts = dict.fromkeys(shares, 0)
    for _ in range(max(1, KILLS // 60)):
        with ThreadPoolExecutor(len(shares)) as pool:
            work = {
                desk: pool.submit(killed, home, random.Random(dice.random()), share, desk)
                for desk, share in shares.items()
            }
        for desk, done in work.items():
            path = journal.file_of(home / "journal", desk)
            counts[desk] += every_answer_is_kept(path, counts[desk], done.result())
    with closing(open_workspace(str(home))) as ws, closing(open_workspace(str(fresh))) as other:
        catch_up(ws)
        shutil.copytree(home / "journal", fresh / "journal")
        catch_up(other)
        unordered = [sql.replace("linked_seq, ", "") for sql in FACTS]
        assert facts_of(other, unordered) == facts_of(ws, unordered)


def every_answer_is_kept(path: Path, count: int, printed: list[dict[str, Any]]) -> int:
    """What was printed since line `count` stands in the journal, in order; returns how many lines came."""
    entries = journal.read(path, count)
    told = [tuple(a[k] for k in ("text", "outcome", "class", "shipment", "expects")) for a in printed]
    assert told == [answered(e) for e in entries[: len(told)]]
    assert len(entries) - len(told) <= 1, "at most the line being printed is unanswered"
    return len(entries)


def the_state_is_that_of_a_clean_replay(home: Path, fresh: Path) -> None:
    """A database that never was killed, given the same journal, holds the same facts and the same open parcel."""
    with Desk(open_workspace(str(home))) as desk:
        state = desk.session.state
        told = facts_of(desk.ws)
        assert desk.ws.store.value("PRAGMA integrity_check") == "ok"
        desk.ws.close()
    shutil.copytree(home / "journal", fresh / "journal", dirs_exist_ok=True)
    ws = open_workspace(str(fresh))
    catch_up(ws)
    assert facts_of(ws) == told
    with Desk(ws) as again:
        assert again.session.state == state
    ws.close()


def the_outcomes_are_those_of_a_clean_run(home: Path, twin: Path) -> None:
    """The same codes in one undisturbed sitting come to the same outcomes."""
    entries = journal.read(journal.file_of(home / "journal", "1"))
    ws = replace(open_workspace(str(twin)), clock=lambda: NOW)
    with Desk(ws) as desk:
        for entry in entries:
            if entry.kind == "leave":  # the input ended while an NG stood there
                desk.leave()
                continue
            answer = desk.scan(entry.raw)
            assert (answer.outcome.value, answer.shipment) == (entry.outcome, entry.shipment), entry.n
    ws.close()


def a_changed_line_is_found(home: Path, path: Path, dice: random.Random) -> None:
    """`journal verify` is content, until one character of one line is another."""
    command = [sys.executable, "-m", "jpship_gui", "--home", str(home), "--json", "journal", "verify"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    lines = path.read_bytes().splitlines(keepends=True)
    n = dice.randrange(len(lines))
    lines[n] = lines[n].replace(b'"outcome":"', b'"outcome":"X', 1)
    path.write_bytes(b"".join(lines))
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 1
    found = json.loads(ran.stdout)["journals"][0]["faults"]
    assert next(fault["line"] for fault in found) == n + 1
