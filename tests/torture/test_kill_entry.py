"""Numbers are entered away from the desk while the program is killed: no entry that was acknowledged is lost or doubled.

JPSHIP_TORTURE sets the number of kills (a twelfth of those of the packing desk).
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

import pytest

from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.entry_row import Asks, EntryRow
from jpship_gui.flows.pack.take_back_entry import take_back_entry
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import journal, shipments, shops, waiting_entries
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order, stored

KILLS = int(os.environ.get("JPSHIP_TORTURE", "300")) // 12
ORDERS = 120
PEOPLE = ("佐藤", "鈴木")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX notions")


def number(n: int) -> str:
    """A Yamato number with a good check digit."""
    payload = 40000550000 + n
    return f"{payload}{payload % 7}"


def a_home(folder: Path) -> list[str]:
    """Printed orders of a shop where another person types a number the second time; their keys."""
    with closing(open_workspace(str(folder), person=PEOPLE[0], desk="1")) as ws:
        shops.add(ws.store, "本店", "rakuten", {"track.second": "other"}, NOW)
        made = stored(ws.store, *(an_order(n + 1) for n in range(ORDERS)))
        with ws.store.transaction():
            ids = [row_id for row_id, _ in made]
            shipments.mark(ws.store, ids, "printed", NOW, PEOPLE[0])
            shipments.restage(ws.store, ids)
        return [key for _, key in made]


def entries_are_made(folder: Path, keys: list[str], seed: int, out: int) -> None:
    """One order after the other until it is killed; what the row says it did goes out once it returned."""
    dice = random.Random(seed)
    ws = open_workspace(str(folder), person=dice.choice(PEOPLE), desk="1")
    catch_up(ws)  # as the program does when it starts
    row = EntryRow(ws)
    while True:
        place = dice.randrange(ORDERS)
        quick = dice.random() < 0.5
        value = number(place if dice.random() < 0.9 else dice.randrange(ORDERS))
        before = len(row.recent), row.recent[0] if row.recent else None
        row.take(keys[place], True)
        for _ in range(2):
            if row.asks in (Asks.NUMBER, Asks.AGAIN):
                row.take(value, quick)
        if row.recent and (len(row.recent), row.recent[0]) != before and row.recent[0].state in STATES:
            tell(out, "entry", row.recent[0].parcel, row.recent[0].number, row.recent[0].state)
        if dice.random() < 0.3:  # so that there is always something left to be entered
            found = taken(ws.store)
            if found:
                parcel, old = dice.choice(found)
                take_back_entry(ws, parcel, old)
                tell(out, "undo", parcel, old, "")
        if row.asks is Asks.ACK:
            row.acknowledge()
        if row.shipment is not None:
            row.aside()
        if dice.random() < 0.3:
            row.ws = ws.as_person(dice.choice(PEOPLE))  # as a badge does


STATES = ("proven", "linked", "waits")


def taken(store: Store) -> list[tuple[str, str]]:
    """Parcels with their numbers: linked ones, and those that wait for their second entry."""
    rows = store.rows("SELECT key, tracking_no FROM parcels WHERE tracking_no <> '' ORDER BY key")
    linked = [(str(key), str(no)) for key, no in rows]
    return linked + [(one.parcel, one.number) for one in waiting_entries.every(store)]


def tell(out: int, *what: str) -> None:
    """One line of what was acknowledged."""
    os.write(out, json.dumps(what).encode() + b"\n")


def killed_run(folder: Path, keys: list[str], seed: int, dice: random.Random) -> list[list[str]]:
    """What one run acknowledged until it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            entries_are_made(folder, keys, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    wanted = dice.randrange(1, 5)
    while said.count(b"\n") < wanted:
        chunk = os.read(reading, 1 << 16)
        assert chunk, "the program ended by itself"
        said += chunk
    time.sleep(dice.random() * 0.01)  # a moment by chance; nothing is waited for
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while chunk := os.read(reading, 1 << 16):
        said += chunk
    os.close(reading)
    return [json.loads(line) for line in said.splitlines() if line.endswith(b"]")]


def test_no_acknowledged_entry_is_lost_or_doubled(tmp_path: Path) -> None:
    home = tmp_path / "home"
    keys = a_home(home)
    dice = random.Random(20261129)
    with closing(open_workspace(str(home), person="田中", desk="1")) as ws:
        path = journal.file_of(ws.places.journal, "1+office")
        for kill in range(KILLS):
            seen = len(journal.read(path)) if path.exists() else 0
            told = killed_run(home, keys, kill, dice)
            made = [change for line in journal.read(path)[seen:] for change in _changes(line)]
            assert [tuple(one) for one in told] == made[: len(told)], f"seed {kill}"
            assert len(made) - len(told) <= 1, "only what was under way may stand there unsaid"
            catch_up(ws)
            _the_database_is_the_journal(ws.store, journal.read(path))
        assert not any(one.faults for one in verify_journals(ws))


def _changes(line: journal.Entry) -> list[tuple[str, ...]]:
    """What a line did, as the row tells it."""
    dos = {str(effect["do"]): effect for effect in line.effects}
    for do in ("unlink", "unenter"):
        if do in dos and "link" not in dos and "enter" not in dos and line.kind != "track":
            return [("undo", dos[do]["parcel"], dos[do]["number"], "")]
    if "link" in dos:
        state = "proven" if "verify" in dos else "linked"
        return [("entry", dos["link"]["parcel"], dos["link"]["number"], state)]
    if "enter" in dos:
        return [("entry", dos["enter"]["parcel"], dos["enter"]["number"], "waits")]
    return []


def _the_database_is_the_journal(store: Store, lines: list[journal.Entry]) -> None:
    linked: dict[str, str] = {}
    waits: dict[str, str] = {}
    proven: set[str] = set()
    for line in lines:
        for effect in line.effects:
            parcel, number_ = str(effect.get("parcel", "")), str(effect.get("number", ""))
            match effect["do"]:
                case "link":
                    assert parcel not in linked, "linked twice"
                    assert number_ not in linked.values(), "one number for two parcels"
                    linked[parcel] = number_
                    waits.pop(parcel, None)  # a scan in the meantime needs no second entry
                case "unlink":
                    del linked[parcel]
                case "enter":
                    assert parcel not in waits
                    waits[parcel] = number_
                case "unenter":
                    waits.pop(parcel, None)
                case "verify":
                    proven.add(parcel)
                case "unverify":
                    proven.remove(parcel)
    rows = store.rows("SELECT key, tracking_no FROM parcels WHERE tracking_no <> ''")
    assert {str(key): str(no) for key, no in rows} == linked
    assert {one.parcel: one.number for one in waiting_entries.every(store)} == waits
    verified = store.rows("SELECT key FROM parcels WHERE verified_at IS NOT NULL")
    assert {str(key) for (key,) in verified} == proven
