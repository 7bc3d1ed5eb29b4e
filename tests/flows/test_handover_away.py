"""The database is locked or away while the driver takes the parcels: the set goes on, and nothing is guessed."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.handover.world import Left, Way
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.listing import history, parcels_of
from jpship_gui.flows.handover.say import headline_of, message_of
from jpship_gui.flows.pack import follower
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import handovers, journal, shipments, shops
from tests.builders import NOW, an_order, stored
from tests.flows.test_handover_desk import ACK, FINISH, UNDO, packed, said, waybill
from tests.flows.test_pack_away import write_lock

TICK = code_of(Command.TICK)
TABLES = (
    "SELECT key, tracking_no, verified_how, handed_at IS NULL FROM parcels ORDER BY key",
    "SELECT parcel, number, what, reason, proof, desk FROM handover_parcels ORDER BY parcel",
    "SELECT carrier, way, desk, person, ended_at IS NULL FROM handovers ORDER BY begun_at, id",
    "SELECT key, hold_reason, handed_over_at IS NULL, stage FROM shipments ORDER BY key",
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = a_place(tmp_path / "home")
    yield opened
    opened.close()


def a_place(folder: Path, **settings: object) -> Workspace:
    ws = replace(open_workspace(str(folder), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(ws.store, "本店", "rakuten", {"pack.proof": "file", **settings}, NOW)
    return ws


def until(condition: Callable[[], bool], desk: HandoverDesk) -> None:
    """Wait for what the thread beside the desk does."""
    while not condition():
        desk.look()
        time.sleep(0.02)


def ready(desk: HandoverDesk) -> None:
    """The database has every line, and what may come was looked at since."""

    def seen() -> bool:
        if desk.behind or desk.trouble is not None:
            return False
        return desk._reach._seen_at == desk.ws.store.change_no()

    until(seen, desk)


def rows_of(ws: Workspace) -> list[list[tuple[object, ...]]]:
    return [ws.store.rows(sql) for sql in TABLES]


def a_house(folder: Path) -> list[str]:
    """Packed parcels: proven, proven only by the hand-over, of another day, held, of another carrier."""
    with closing(a_place(folder, **{"pack.proof": "handover"})) as ws:
        keys = packed(ws, 12)
        with ws.store.transaction():
            for n in (2, 5, 8):
                shipments.set_parcel(ws.store, keys[n], {"verified_at": None, "verified_how": ""})
            yesterday = int(NOW.timestamp() * 1000) - 86_400_000
            shipments.set_parcel(ws.store, keys[4], {"linked_at": yesterday})
            shipments.set_parcel(ws.store, keys[9], {"carrier": "sagawa"})
            held = ws.store.value("SELECT id FROM shipments WHERE key = ?", (keys[10],))
            shipments.update(ws.store, held, {"hold_reason": "在庫"})
        return keys


def hectic(dice: random.Random, keys: list[str], desk: HandoverDesk) -> Callable[[], object]:
    """What a person may do next, commands, questions, marks and ends among it."""
    question = desk.session.state.question
    if desk.session.state.locked:
        return lambda: desk.scan(ACK)
    if question is not None and question.right and dice.random() < 0.8:
        return lambda: desk.scan(str(question.right))
    at = dice.random()
    if at < 0.12:
        code = dice.choice((UNDO, UNDO, FINISH, TICK, "?", waybill(99)))
        return lambda: desk.scan(code)
    if at < 0.18:
        parcel, left = dice.choice(keys), dice.choice((Left.LATER, Left.NOT_FOUND, None))
        return lambda: desk.mark(parcel, left)
    if at < 0.22:
        return lambda: desk.begin("yamato", Way.COUNTER, "営業所")
    if at < 0.24:
        return lambda: desk.finish("運転手", "")
    code = waybill(dice.randrange(12))
    return lambda: desk.scan(code)


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_no_outcome_depends_on_when_the_database_follows(
    seed: int, begun: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same day, once with a database that follows every scan, once with one that is locked all the while; where a
    set was begun, the program was ended since, and what it took can still be taken back."""
    monkeypatch.setattr(follower, "_PATIENCE", 0.0)
    monkeypatch.setattr(follower, "_FIRST_PAUSE", 1e9)
    monkeypatch.setattr("uuid.uuid4", _Counting())
    keys = a_house(tmp_path / "free")
    if begun:
        with closing(_opened(tmp_path / "free")) as early, HandoverDesk(early) as desk:
            assert said(desk, waybill(0), waybill(1), waybill(3), waybill(6))[-1] == "OK_TAKEN"
    monkeypatch.setattr("uuid.uuid4", _Counting(1))
    shutil.copytree(tmp_path / "free", tmp_path / "held")

    def a_day(desk: HandoverDesk) -> list[tuple[object, ...]]:
        dice = random.Random(f"jpship hand-over ahead {seed}")
        found: list[tuple[object, ...]] = []
        for _ in range(160):
            answer = hectic(dice, keys, desk)()
            values = dict(answer.values.items())  # type: ignore[attr-defined]
            found.append((answer.raw, answer.outcome, answer.reason, answer.shipment, values))  # type: ignore[attr-defined]
        return found

    with closing(_opened(tmp_path / "free")) as free:
        with HandoverDesk(free) as desk:
            expected = a_day(desk)
        undisturbed = rows_of(free)
    monkeypatch.setattr("uuid.uuid4", _Counting(1))
    with closing(_opened(tmp_path / "held")) as held:
        other = sqlite3.connect(held.store.place, isolation_level=None)
        with HandoverDesk(held) as desk:
            other.execute("BEGIN IMMEDIATE")
            for n, (ours, wanted) in enumerate(zip(a_day(desk), expected, strict=True)):
                assert ours == wanted, n
            assert desk.waiting == len(expected)
            assert desk.trouble is not None
            assert desk.trouble.code == "database_busy"
            other.execute("ROLLBACK")
        assert desk.waiting == 0
        assert rows_of(held) == undisturbed
        other.close()


def _opened(folder: Path) -> Workspace:
    return replace(open_workspace(str(folder), person="佐藤", desk="1"), clock=lambda: NOW)


class _Counting:
    """Names of sessions, the same in both days."""

    def __init__(self, count: int = 0) -> None:
        self.hex = ""
        self._count = count

    def __call__(self) -> _Counting:
        self._count += 1
        self.hex = f"{self._count:032d}"[::-1]
        return self


def test_another_process_writes_and_no_scan_waits(ws: Workspace) -> None:
    keys = packed(ws, 3)
    with HandoverDesk(ws) as desk:
        desk.follow_beside()
        with write_lock(ws):
            assert said(desk, waybill(0), waybill(1), waybill(1)) == [
                *("OK_TAKEN", "OK_TAKEN", "NG_DUPLICATE.handed_over"),
            ]
            assert said(desk, ACK, UNDO, waybill(1), waybill(2), FINISH) == [
                *("OK_ACK", "OK_UNDO", "OK_TAKEN", "OK_DONE", "OK_FINISH")
            ]
            until(lambda: desk.trouble is not None, desk)
            assert desk.trouble is not None
            assert desk.trouble.code == "database_busy"
            assert desk.waiting == 8
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
    (over,) = history(ws)
    assert (over.taken, over.left, over.ended_at) == (3, 0, NOW)
    assert {one.parcel for one in parcels_of(ws, over.id)[1] if one.taken} == set(keys)


def test_the_set_goes_on_from_memory_while_the_file_is_gone(ws: Workspace, tmp_path: Path) -> None:
    keys = packed(ws, 5)
    with ws.store.transaction():
        held = ws.store.value("SELECT id FROM shipments WHERE key = ?", (keys[3],))
        shipments.update(ws.store, held, {"hold_reason": "在庫"})
        shipments.set_parcel(ws.store, keys[4], {"carrier": "sagawa"})
    with HandoverDesk(ws) as desk:
        desk.follow_beside()
        assert said(desk, waybill(0)) == ["OK_TAKEN"]
        ready(desk)
        take_away(ws, tmp_path, desk)
        answers = [
            (a.outcome.value, a.reason, a.values.get("taken"), a.values.get("total"))
            for a in map(desk.scan, (waybill(1), waybill(2)))
        ]
        assert answers == [("OK_TAKEN", "", "2", "3"), ("OK_DONE", "", "3", "3")]
        assert said(desk, waybill(0), ACK, waybill(2), ACK) == [
            *("NG_DUPLICATE.handed_over", "OK_ACK", "NG_DUPLICATE.handed_over", "OK_ACK")
        ]
        assert said(desk, waybill(3), ACK, waybill(4), ACK) == [
            "NG_HOLD",
            "OK_ACK",
            "NG_CARRIER.pile",
            "OK_ACK",
        ]
        refused = desk.scan(waybill(77))
        assert (refused.outcome.value, refused.reason) == ("NG_AWAY", "running")
        assert "接続待ち" in headline_of(refused)
        assert "渡さず" in message_of(refused)
        assert said(desk, ACK, FINISH, ACK, UNDO, waybill(2)) == [
            *("OK_ACK", "NG_AWAY.running", "OK_ACK", "OK_UNDO", "OK_DONE")
        ]
        assert desk.trouble is not None
        assert desk.trouble.code == "database_away"
        put_back(ws, tmp_path)
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert said(desk, waybill(77), ACK, FINISH) == ["NG_UNKNOWN.number", "OK_ACK", "OK_FINISH.left"]
    (over,) = history(ws)
    assert (over.taken, over.left) == (3, 1)
    assert journal.verify(desk._journal.path)[1] == []


@pytest.mark.parametrize("beside", [False, True])
def test_what_an_earlier_start_took_is_back_in_the_list_at_once(
    ws: Workspace, tmp_path: Path, beside: bool
) -> None:
    packed(ws, 3)
    with HandoverDesk(ws) as desk:
        assert said(desk, *map(waybill, range(3)))[-1] == "OK_DONE"
    for away in (False, True):
        with HandoverDesk(ws) as desk:
            if beside or away:
                desk.follow_beside()
                ready(desk)
            if away:
                take_away(ws, tmp_path, desk)
            else:
                lock = write_lock(ws)
                lock.__enter__()
            assert said(desk, UNDO) == ["OK_UNDO"]
            (waits,) = desk._reach.waiting("yamato")
            assert waits.number == waybill(2)
            if away:
                put_back(ws, tmp_path)
                until(lambda: desk.waiting == 0 and desk.trouble is None, desk)  # noqa: B023
            else:
                assert said(desk, FINISH) == ["ATT_ASK.end"], "one is missing: it is named first"
                lock.__exit__(None, None, None)
            assert said(desk, waybill(2)) == ["OK_DONE"]


def take_away(ws: Workspace, folder: Path, desk: HandoverDesk) -> None:
    """The file is gone, and the thread beside the desk has seen it."""
    place = Path(ws.store.place)
    for path in place.parent.glob(f"{place.name}*"):
        path.rename(folder / path.name)
    until(lambda: desk.trouble is not None, desk)


def put_back(ws: Workspace, folder: Path) -> None:
    place = Path(ws.store.place)
    for path in folder.glob(f"{place.name}*"):
        path.rename(place.parent / path.name)


def test_no_set_is_begun_without_the_database(ws: Workspace, tmp_path: Path) -> None:
    """Another desk may have one for the same carrier."""
    packed(ws, 1)
    with HandoverDesk(ws) as desk:
        desk.follow_beside()
        ready(desk)
        take_away(ws, tmp_path, desk)
        assert said(desk, waybill(0), ACK) == ["NG_AWAY", "OK_ACK"]
        assert desk.begin("yamato", Way.DRIVER).outcome.value == "NG_AWAY"
        put_back(ws, tmp_path)
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert said(desk, ACK, waybill(0)) == ["OK_ACK", "OK_DONE"]


def test_what_only_the_database_knows_is_refused(ws: Workspace, tmp_path: Path) -> None:
    """Names to choose from, a number two parcels have, and whether a marketplace was told because of the hand-over."""
    keys = packed(ws, 4)
    shops.add(ws.store, "支店", "rakuten", {"pack.proof": "handover"}, NOW)
    with ws.store.transaction():
        (asked,) = (key for _, key in stored(ws.store, an_order(7, shop="支店")))
        values = {"tracking_no": waybill(7), "carrier": "yamato", "linked_at": int(NOW.timestamp() * 1000)}
        shipments.set_parcel(ws.store, asked, values)
        shipments.set_parcel(ws.store, keys[3], {"tracking_no": waybill(2)})
    shops.set_settings(ws.store, "本店", {"pack.proof": "file", "confirm.after": "handed_over"})
    with HandoverDesk(ws) as desk:
        desk.follow_beside()
        assert said(desk, waybill(0)) == ["OK_TAKEN"]
        ready(desk)
        take_away(ws, tmp_path, desk)
        assert said(desk, UNDO, ACK) == ["NG_AWAY.running", "OK_ACK"]
        assert said(desk, waybill(7), ACK, waybill(2), ACK) == [
            *("NG_AWAY.running", "OK_ACK", "NG_AWAY.running", "OK_ACK")
        ]
        assert said(desk, waybill(1), UNDO) == [
            "OK_TAKEN",
            "OK_UNDO",
        ]  # nobody can have been told of that one
        put_back(ws, tmp_path)
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert said(desk, UNDO) == ["OK_UNDO"]
    assert ws.store.rows("SELECT parcel FROM handover_parcels WHERE what = 'taken'") == []


def test_killed_while_the_database_is_locked_everything_stands_in_the_journal(ws: Workspace) -> None:
    keys = packed(ws, 3)
    with write_lock(ws):
        desk = HandoverDesk(ws)
        desk.follow_beside()
        said(desk, waybill(0), waybill(1))
        assert desk.waiting == 2
        desk._journal.close()  # as after kill -9: the lock is gone, and nobody follows any more
        desk._follower._waiting.clear()
    desk._follower.stop(0)
    with HandoverDesk(ws) as again:
        assert [
            row[0] for row in ws.store.rows("SELECT parcel FROM handover_parcels ORDER BY at, parcel")
        ] == keys[:2]
        assert said(again, waybill(1), ACK, waybill(2)) == ["NG_DUPLICATE.handed_over", "OK_ACK", "OK_DONE"]
    assert len(handovers.newest(ws.store, 5)) == 1
