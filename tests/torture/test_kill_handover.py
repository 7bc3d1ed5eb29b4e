"""The desk at the hand-over is killed at random moments: nothing that was answered may be lost, and nothing happens twice.

JPSHIP_TORTURE sets the number of kills (a sixth of those of the packing desk).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import handovers, journal, shipments, shops
from tests.builders import NOW, an_order, stored
from tests.flows.test_pack_away import write_lock

KILLS = int(os.environ.get("JPSHIP_TORTURE", "300")) // 6
PARCELS = 40
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX notions")


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    payload = 40000440000 + n
    return f"{payload}{payload % 7}"


def a_home(folder: Path) -> None:
    """Packed parcels: most proven, some only by the hand-over, one on hold."""
    with closing(open_workspace(str(folder), person="佐藤", desk="1")) as ws:
        shops.add(ws.store, "本店", "rakuten", {"pack.proof": "handover"}, NOW)
        made = stored(ws.store, *(an_order(n + 1) for n in range(PARCELS)))
        at = int(ws.now().timestamp() * 1000)
        with ws.store.transaction():
            for n, (row_id, key) in enumerate(made):
                proven = {"verified_at": at, "verified_how": "file"} if n % 4 else {}
                values = {"tracking_no": waybill(n), "carrier": "yamato", "linked_at": at, **proven}
                shipments.set_parcel(ws.store, key, values)
                shipments.mark(ws.store, [row_id], "linked", ws.now(), "佐藤", "scanned")
            shipments.update(ws.store, made[3][0], {"hold_reason": "在庫"})


def a_desk(folder: Path, seed: int, out: int) -> None:
    """Reads parcels until it is killed; every answer goes out once its line is on disk. Every second one has a thread
    that lets the database follow."""
    dice = random.Random(seed)
    ws = open_workspace(str(folder), person="佐藤", desk="1")
    desk = HandoverDesk(ws)
    if seed % 2:
        desk.follow_beside()
    while True:
        question = desk.session.state.question
        if desk.session.state.locked:
            code = code_of(Command.ACK)
        elif question is not None and question.right and dice.random() < 0.8:
            code = str(question.right)
        else:
            other = (code_of(Command.UNDO), code_of(Command.FINISH), code_of(Command.TICK), "?", waybill(99))
            code = dice.choice(other) if dice.random() < 0.15 else waybill(dice.randrange(PARCELS))
        answer = desk.scan(code)
        plain = {"raw": code, "outcome": answer.outcome.value, "effects": [e.plain() for e in answer.effects]}
        os.write(out, json.dumps(plain).encode() + b"\n")
        if dice.random() < 0.7:
            desk.apply_pending()


def killed_run(folder: Path, seed: int, dice: random.Random) -> list[dict[str, Any]]:
    """What one run answered until it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            a_desk(folder, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    wanted = dice.randrange(1, 12)
    while said.count(b"\n") < wanted:
        chunk = os.read(reading, 1 << 16)
        assert chunk, "the desk ended by itself"
        said += chunk
    time.sleep(dice.random() * 0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while chunk := os.read(reading, 1 << 16):
        said += chunk
    os.close(reading)
    return [json.loads(line) for line in said.splitlines() if line.endswith(b"}")]


def test_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    a_home(home)
    dice = random.Random(20261128)
    answered: list[dict[str, Any]] = []
    for kill in range(KILLS):
        answered.append({"run": kill})
        answered += killed_run(home, kill, dice)
    with closing(open_workspace(str(home), person="佐藤", desk="1")) as ws:
        path = journal.file_of(ws.places.journal, f"1{handovers.SUFFIX}")
        lines = journal.read(path)
        assert journal.verify(path)[1] == []
        _each_answer_stands_in_its_place(answered, lines)
        with HandoverDesk(ws) as desk:
            taken = _taken_of(lines)
            rows = ws.store.rows("SELECT handover, parcel FROM handover_parcels WHERE what = 'taken'")
            assert {tuple(row) for row in rows} == taken
            handed = ws.store.rows("SELECT key FROM parcels WHERE handed_at IS NOT NULL")
            assert sorted(key for (key,) in handed) == sorted(parcel for _, parcel in taken)
            state = desk.session.state
            unproven = "SELECT COUNT(*) FROM parcels WHERE handed_at IS NOT NULL AND verified_at IS NULL"
            assert ws.store.value(unproven) == 0
        with HandoverDesk(ws) as again:
            assert again.session.state == state
    assert len(answered) > 2 * KILLS


def _each_answer_stands_in_its_place(answered: list[dict[str, Any]], lines: list[journal.Entry]) -> None:
    """The journal is the answers in their order; between two runs one line may stand that was never answered."""
    place = 0
    for one in answered:
        if "run" in one:
            continue
        if not _same(one, lines[place]):
            place += 1  # the line of the scan that the kill before cut off
        assert _same(one, lines[place])
        place += 1
    assert len(lines) - place <= 1


def _same(one: dict[str, Any], line: journal.Entry) -> bool:
    effects = [dict(effect) for effect in line.effects]
    return (one["raw"], one["outcome"], one["effects"]) == (line.raw, line.outcome, effects)


def _taken_of(lines: list[journal.Entry]) -> set[tuple[str, str]]:
    taken: set[tuple[str, str]] = set()
    for line in lines:
        for effect in line.effects:
            what = (str(effect.get("other", "")), str(effect.get("parcel", "")))
            if effect["do"] == "hand_over":
                assert not any(parcel == what[1] for _, parcel in taken), "taken once"
                taken.add(what)
            elif effect["do"] == "unhand":
                taken.remove(what)
    return taken


@pytest.mark.parametrize("seed", range(4))
def test_killed_between_the_journal_and_a_database_that_is_locked(seed: int, tmp_path: Path) -> None:
    """Not one line could reach the database before the kill; all of them do at the next start."""
    home = tmp_path / "home"
    a_home(home)
    dice = random.Random(f"locked {seed}")
    with closing(open_workspace(str(home), person="佐藤", desk="1")) as ws, write_lock(ws):
        answered = killed_run(home, 2 * seed + 1, dice)
        lines = journal.read(journal.file_of(ws.places.journal, f"1{handovers.SUFFIX}"))
        _each_answer_stands_in_its_place(answered, lines)
        assert ws.store.rows("SELECT * FROM handover_parcels") == []
    with closing(open_workspace(str(home), person="佐藤", desk="1")) as ws, HandoverDesk(ws):
        rows = ws.store.rows("SELECT handover, parcel FROM handover_parcels WHERE what = 'taken'")
        assert {tuple(row) for row in rows} == _taken_of(lines)
