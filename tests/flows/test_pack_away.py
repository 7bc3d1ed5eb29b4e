"""The database is locked, gone, read-only or damaged while the desk works: nothing is lost and nothing is guessed."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.packing.ahead import LAID_OVER
from jpship_gui.domain.packing.commands import WITH_ARGUMENT, Command, code_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.flows.pack import follower
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal, products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import NOW, a_line, an_order, stored
from tests.torture.test_kill import FACTS, a_home, a_packer, facts_of, waybill

ACK = code_of(Command.ACK)
FACTS_BUT_ORDER = [sql.replace("linked_seq, ", "") for sql in FACTS]
HOLDER = (
    "import sqlite3, sys\n"
    "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "other.execute('BEGIN IMMEDIATE')\n"
    "other.execute(\"INSERT INTO settings (key, value) VALUES ('held', '1')\")\n"
    "print('held', flush=True); sys.stdin.readline(); other.execute('ROLLBACK'); print('free', flush=True)\n"
)


@contextmanager
def write_lock(ws: Workspace) -> Iterator[subprocess.Popen[str]]:
    """Another process is writing to the database, as an import does."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, ws.store.place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        if other.poll() is None:
            release(other)


def release(other: subprocess.Popen[str]) -> None:
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "free\n"
    other.wait()


def a_place(folder: Path) -> Workspace:
    """A data folder with one shop."""
    ws = replace(open_workspace(str(folder), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(ws.store, "本店", "rakuten", {"pack.double_name": "off"}, NOW)
    return ws


def orders(ws: Workspace, count: int = 3, **changes: object) -> list[str]:
    """Keys of shipments; every second one's number is promised by its carrier's file."""
    made = [key for _, key in stored(ws.store, *(an_order(n, **changes) for n in range(1, count + 1)))]
    with ws.store.transaction():
        for n, key in enumerate(made):
            if n % 2 == 0:
                shipments.set_parcel(ws.store, key, {"file_no": waybill(n)})
    return made


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = a_place(tmp_path / "home")
    yield opened
    opened.close()


def until(condition: object, desk: Desk) -> None:
    """Wait for what the thread beside the desk does."""
    assert callable(condition)
    while not condition():
        desk.look()
        time.sleep(0.02)


def outcomes(desk: Desk, *codes: str) -> list[str]:
    return [desk.scan(code).outcome.value for code in codes]


def hectic(dice: random.Random, keys: list[str], count: int) -> list[str]:
    """Codes with every command among them, but for the day's end, which counts what the database has."""
    finish = code_of(Command.FINISH)
    packer = (code for code in a_packer(dice, keys) if code != finish)
    commands = [command for command in Command if command is not Command.FINISH]
    codes = []
    while len(codes) < count:
        if dice.random() < 0.12:
            command = dice.choice(commands)
            with_number = command in WITH_ARGUMENT and dice.random() < 0.5
            codes.append(code_of(command, str(dice.randint(1, 3)) if with_number else ""))
        else:
            codes.append(next(packer))
    return codes


@pytest.mark.parametrize("seed", range(6))
def test_no_outcome_depends_on_when_the_database_follows(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same codes, once with a database that follows every scan, once with one that is locked all the while."""
    monkeypatch.setattr(follower, "_PATIENCE", 0.0)
    monkeypatch.setattr(follower, "_FIRST_PAUSE", 1e9)
    keys = a_home(tmp_path / "free")
    shutil.copytree(tmp_path / "free", tmp_path / "held")
    codes = hectic(random.Random(f"jpship ahead {seed}"), keys[:8], 200)
    with closing(open_workspace(str(tmp_path / "free"))) as free:
        with Desk(free) as desk:
            expected = [(a.outcome, a.reason, a.shipment, a.expects) for a in map(desk.scan, codes)]
        undisturbed = facts_of(free, ["SELECT key, tracking_no, how, linked_by, verified_how FROM parcels"])
    with closing(open_workspace(str(tmp_path / "held"))) as held:
        other = sqlite3.connect(held.store.place, isolation_level=None)
        with Desk(held) as desk:
            other.execute("BEGIN IMMEDIATE")
            for n, (code, wanted) in enumerate(zip(codes, expected, strict=True)):
                answer = desk.scan(code)
                assert (answer.outcome, answer.reason, answer.shipment, answer.expects) == wanted, (n, code)
            assert desk.waiting == len(codes)
            assert desk.trouble is not None
            assert desk.trouble.code == "database_busy"
            other.execute("ROLLBACK")
        assert desk.waiting == 0
        assert (
            facts_of(held, ["SELECT key, tracking_no, how, linked_by, verified_how FROM parcels"])
            == undisturbed
        )
        other.close()


def test_every_change_is_laid_over_or_waited_for() -> None:
    """Those the database must have before the next answer: none the desk itself makes today."""
    waited_for = set(Do) - LAID_OVER
    assert {Do.JOIN, Do.SEPARATE, Do.ADD_BOX, Do.DROP_BOX, Do.CONTENTS} <= waited_for


def test_scans_are_answered_while_another_process_holds_the_write_lock(ws: Workspace) -> None:
    a, b, c = orders(ws)
    told: list[tuple[str, ...]] = []
    with Desk(ws) as desk:
        desk.follow_beside(told.append)
        with write_lock(ws) as other:
            started = time.monotonic()
            packed = ["OK_OPEN", "OK_ITEM_LAST", "OK_DONE"]
            assert outcomes(desk, a, "mug-300-bl", waybill(0)) == packed
            assert outcomes(desk, b, "mug-300-bl", waybill(1)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
            assert outcomes(desk, c, "mug-300-bl", waybill(1)) == ["OK_OPEN", "OK_ITEM_LAST", "NG_DUPLICATE"]
            assert outcomes(desk, ACK, waybill(2), b, waybill(1)) == [
                "OK_ACK",
                "OK_DONE",
                "OK_OPEN",
                "OK_DONE",
            ]
            assert desk.waiting == 13
            assert shipments.by_key(ws.store, a).parcels[0].tracking_no == ""  # type: ignore[union-attr]
            time.sleep(max(0.0, 3 - (time.monotonic() - started)))
            until(lambda: desk.trouble is not None, desk)
            assert desk.trouble is not None
            assert desk.trouble.code == "database_busy"
            assert other.poll() is None, "all of that while the lock was held"
            release(other)
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
    assert {key for keys in told for key in keys} == {a, b, c}
    for key in (a, b, c):
        found = shipments.by_key(ws.store, key)
        assert found is not None
        assert found.facts.verified is not None


def test_a_number_linked_at_two_desks_that_cannot_see_each_other_is_said_loudly(ws: Workspace) -> None:
    _, b, _, d = orders(ws, 4)
    with Desk(ws) as one, Desk(ws.as_person("鈴木", "2")) as two:
        one.follow_beside()
        two.follow_beside()
        with write_lock(ws):
            assert outcomes(one, b, "mug-300-bl", waybill(9)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
            assert outcomes(two, d, "mug-300-bl", waybill(9)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        until(lambda: one.waiting == 0 and two.waiting == 0, one)
        found = [fault for fault in (one.twice(), two.twice()) if fault is not None]
        assert [fault.code for fault in found] == ["number_twice"]
        assert found[0].values["number"] == waybill(9)
        assert one.twice() is None
        assert two.twice() is None


def take_away(ws: Workspace) -> Path:
    """Move the database with its companions to another folder, as somebody tidying up would."""
    place = Path(ws.store.place)
    aside = place.parent / "moved"
    aside.mkdir()
    for file in place.parent.glob(f"{place.name}*"):
        file.rename(aside / file.name)
    return aside


def put_back(ws: Workspace, aside: Path) -> None:
    for file in aside.iterdir():
        file.rename(Path(ws.store.place).parent / file.name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")
@pytest.mark.parametrize("beside", [True, False])
def test_the_parcel_in_hand_is_finished_without_a_database(
    ws: Workspace, tmp_path: Path, beside: bool
) -> None:
    products.put(
        ws.store, [Product("4901234567894", "mug-300-bl", 1), Product("14901234567891", "mug-300-bl", 2)]
    )
    a, b, c = orders(ws, lines=(a_line(quantity=4),))
    shutil.copytree(tmp_path / "home", tmp_path / "twin")
    with Desk(ws) as desk:
        if beside:
            desk.follow_beside()
        assert outcomes(desk, a, "4901234567894") == ["OK_OPEN", "OK_ITEM"]
        desk.apply_pending()
        until(lambda: desk.waiting == 0, desk)
        if beside:
            until(lambda: desk._reach._memory.key == a, desk)
        aside = take_away(ws)
        assert not Path(ws.store.place).exists()
        until(lambda: desk.trouble is not None, desk) if beside else outcomes(desk, "4901234567894")
        rest = ["14901234567891", "mug-300-bl"] if beside else ["mug-300-bl", "mug-300-bl"]
        assert outcomes(desk, *rest)[-1] == "OK_ITEM_LAST"
        assert outcomes(desk, "4901234567894") == ["NG_OVER"]
        answer = desk.scan(ACK)
        assert answer.outcome.value == "OK_ACK"
        answer = desk.scan(waybill(1))
        assert (answer.outcome.value, answer.reason) == ("NG_AWAY", "open")
        assert headline_of(answer)
        assert "商品" in message_of(answer)
        assert outcomes(desk, b, ACK, b, ACK) == ["NG_LOCKED", "OK_ACK", "NG_AWAY", "OK_ACK"]
        assert outcomes(desk, waybill(0)) == ["OK_DONE"]
        assert outcomes(desk, c, ACK, waybill(0), ACK) == ["NG_AWAY", "OK_ACK", "NG_AWAY", "OK_ACK"]
        assert desk.trouble is not None
        assert desk.trouble.code == "database_away"
        assert not Path(ws.store.place).exists(), "no empty database was made in its place"
        assert desk.waiting >= 10
        put_back(ws, aside)
        until(lambda: desk.apply_pending() == () and desk.waiting == 0 and desk.trouble is None, desk)
        assert outcomes(desk, c, "14901234567891", "14901234567891", waybill(2)) == [
            *("OK_OPEN", "OK_ITEM", "OK_ITEM_LAST", "OK_DONE")
        ]
    with closing(open_workspace(str(tmp_path / "twin"))) as twin:
        shutil.copytree(tmp_path / "home" / "journal", tmp_path / "twin" / "journal", dirs_exist_ok=True)
        catch_up(twin)
        assert facts_of(twin) == facts_of(ws)
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert found.facts.verified is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")
def test_a_database_put_back_from_a_copy_gets_the_lines_it_lacks(ws: Workspace, tmp_path: Path) -> None:
    a, b, _ = orders(ws)
    place = Path(ws.store.place)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy, closing(sqlite3.connect(place)) as now:
        now.backup(copy)
    with Desk(ws) as desk:
        desk.follow_beside()
        assert outcomes(desk, a, "mug-300-bl", waybill(0)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_DONE"]
        until(lambda: desk.waiting == 0, desk)
        take_away(ws)
        shutil.copy(tmp_path / "copy.sqlite", place)
        assert outcomes(desk, b)[0] in ("OK_OPEN", "NG_AWAY")
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
    with closing(sqlite3.connect(place)) as there:
        assert there.execute("SELECT COUNT(*) FROM parcels WHERE tracking_no <> ''").fetchone() == (1,)
        assert there.execute("SELECT n FROM journal_marks").fetchone() == (4,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody write over an open database")
def test_a_damaged_database_is_said_and_nothing_is_lost(ws: Workspace) -> None:
    a, _, _ = orders(ws)
    place = Path(ws.store.place)
    with Desk(ws) as desk:
        desk.follow_beside()
        assert outcomes(desk, a) == ["OK_OPEN"]
        until(lambda: desk.waiting == 0, desk)
        ws.store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = place.read_bytes()
        with place.open("r+b") as file:
            file.write(b"\xff" * len(whole))
        ws.store.close()
        answer = desk.scan("mug-300-bl")
        assert answer.outcome.value in ("OK_ITEM_LAST", "NG_AWAY")
        until(lambda: desk.trouble is not None, desk)
        assert desk.trouble is not None
        assert desk.trouble.code in ("database_damaged", "database_away")
        with place.open("r+b") as file:
            file.write(whole)
        for companion in (f"{place}-wal", f"{place}-shm"):
            Path(companion).unlink(missing_ok=True)
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
    entries = journal.read(journal.file_of(ws.places.journal, "1"))
    assert [e.outcome for e in entries][:2] == ["OK_OPEN", answer.outcome.value]
    assert ws.store.value("SELECT n FROM journal_marks") == len(entries)
