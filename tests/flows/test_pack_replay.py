"""NF-02: every fact is rebuilt from imports and journals; a database from an older copy, or an empty one, finds them."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.facts import keep_up
from jpship_gui.flows.pack.record import record
from jpship_gui.flows.pack.replay import replay
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments, shops, to_journal
from tests.builders import NOW, an_order, stored
from tests.torture.test_kill import a_home, a_packer, waybill


class Clock:
    """Goes on by itself."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        self.now += timedelta(seconds=7)
        return self.now


def opened(folder: Path, desk: str = "1", clock: object = None) -> Workspace:
    return replace(
        open_workspace(str(folder), person="佐藤", desk=desk),
        clock=clock or Clock(),  # type: ignore[arg-type]
    )


def office(ws: Workspace, dice: random.Random, keys: Sequence[str]) -> None:
    """What happens away from the desks: printed, sent, accepted, taken back, boxes and bundles."""
    rows = [ws.store.value("SELECT id FROM shipments WHERE key = ?", (key,)) for key in dice.sample(keys, 4)]
    with ws.store.transaction():
        for fact in dice.sample(to_journal.FACTS, 2):
            shipments.mark(ws.store, rows[:3], fact, ws.now(), ws.person, dice.choice(["api", "slip", ""]))
        shipments.unmark(ws.store, rows[2:], dice.choice(to_journal.FACTS))
        if dice.random() < 0.3:
            shipments.unprint(ws.store, rows[0])
        shipments.restage(ws.store, rows)
    a, b = dice.sample(keys, 2)
    act = dice.random()
    if act < 0.25:
        record(ws, "bundle", [Effect(Do.JOIN, b, other=a)])
    elif act < 0.4:
        record(ws, "bundle", [Effect(Do.SEPARATE, b)])
    elif act < 0.7:
        record(ws, "split", [Effect(Do.ADD_BOX, a, f"{a}P2", carrier="yamato")])
    elif act < 0.8:
        record(ws, "split", [Effect(Do.DROP_BOX, a, f"{a}P2")])


def a_day(folder: Path, seed: int, turns: int = 7) -> None:
    """Two desks and an office, taking turns."""
    dice = random.Random(f"replay {seed}")
    keys = a_home(folder)[:14]
    clock = Clock()
    with closing(opened(folder, "1", clock)) as one, closing(opened(folder, "梱包台2", clock)) as two:
        packers = {
            ws.desk: (ws, a_packer(random.Random(dice.random()), share))
            for ws, share in ((one, keys[:8]), (two, keys[6:]))
        }
        for _ in range(turns):
            ws, packer = packers[dice.choice(list(packers))]
            with Desk(ws) as desk:
                for _ in range(dice.randint(1, 14)):
                    desk.scan(next(packer))
            office(ws, dice, keys)
            if dice.random() < 0.4:
                keep_up(ws)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_what_is_rebuilt_equals_what_stands(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("replay") / "home"
    a_day(folder, seed)
    with closing(opened(folder)) as ws:
        made = replay(ws)
        assert made.differences == ()
        assert made.lines > 20
        assert all(not one.faults for one in verify_journals(ws))


def test_every_kind_of_change_is_found(tmp_path: Path) -> None:
    """What no journal tells shows as a difference: the comparison can fail."""
    a_day(tmp_path / "home", 1)
    with closing(opened(tmp_path / "home")) as ws:
        assert replay(ws).differences == ()
        for change, kind in (
            ("UPDATE shipments SET printed_by = 'somebody' WHERE id = 3", "printed"),
            ("UPDATE shipments SET sent_at = 1 WHERE id = 4", "sent"),
            ("UPDATE shipments SET accepted_at = 1 WHERE id = 4", "accepted"),
            ("UPDATE parcels SET tracking_no = '123' WHERE id = 5", "parcel"),
            ("UPDATE shipments SET checked_at = 5 WHERE id = 6", "checked"),
            ("DELETE FROM history WHERE id = (SELECT MIN(id) FROM history WHERE what = 'linked')", "history"),
        ):
            ws.store.execute(change)
            assert kind in {d.kind for d in replay(ws).differences}, change


def test_the_rebuilt_folder_is_a_data_folder(tmp_path: Path) -> None:
    a_day(tmp_path / "home", 2)
    with closing(opened(tmp_path / "home")) as ws:
        made = replay(ws, tmp_path / "new")
        assert made.folder == tmp_path / "new"
        with pytest.raises(Refused) as caught:
            replay(ws, tmp_path / "new")
        assert caught.value.code == "replay_not_empty"
    with closing(opened(tmp_path / "new")) as again, Desk(again) as desk:
        desk.scan("JPCMDACK")
        found = shipments.by_key(again.store, a_key(again))
        assert found is not None
        assert again.store.value("PRAGMA integrity_check") == "ok"


def a_key(ws: Workspace) -> str:
    return str(ws.store.value("SELECT key FROM shipments ORDER BY id LIMIT 1"))


def copy_of(ws: Workspace, to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy, closing(sqlite3.connect(ws.store.place)) as there:
        there.backup(copy)


def test_a_database_from_yesterdays_copy_tells_nothing_twice(tmp_path: Path) -> None:
    """Restored from a copy made before the orders were confirmed: the journals say that they were."""
    a_day(tmp_path / "home", 3, turns=2)
    with closing(opened(tmp_path / "home")) as ws:
        keep_up(ws)
        copy_of(ws, tmp_path / "copy")
        ids = [row_id for (row_id,) in ws.store.rows("SELECT id FROM shipments ORDER BY id LIMIT 5")]
        with ws.store.transaction():
            shipments.mark(ws.store, ids, "sent", ws.now(), "佐藤", "api")
            shipments.mark(ws.store, ids, "accepted", ws.now(), "佐藤", "api")
            shipments.restage(ws.store, ids)
        keep_up(ws)
        place = ws.store.place
    for left in Path(place).parent.glob(f"{Path(place).name}*"):
        left.unlink()
    shutil.copy(tmp_path / "copy", place)
    with closing(opened(tmp_path / "home")) as ws:
        catch_up(ws)
        stages = {
            stage for (stage,) in ws.store.rows("SELECT stage FROM shipments WHERE id <= ?", (ids[-1],))
        }
        assert stages <= {Stage.ACCEPTED.value, Stage.SHIPPED.value}
        assert replay(ws).differences == ()


def test_a_lost_database_gets_its_keys_back_when_the_orders_come_again(tmp_path: Path) -> None:
    """The database is gone and nobody has a copy: the orders are imported anew, in another order, and the slips that
    lie in the house still open their parcels."""
    folder = tmp_path / "home"
    with closing(opened(folder)) as ws:
        shops.add(ws.store, "本店", "rakuten", {"pack.goods": "off", "pack.double_name": "off"}, NOW)
        orders = [an_order(n) for n in range(1, 7)]
        keys = [key for _, key in stored(ws.store, *orders)]
        with Desk(ws) as desk:
            for n, key in enumerate(keys[:3]):
                assert [desk.scan(c).outcome.value for c in (key, waybill(n))] == ["OK_OPEN", "OK_LINK"]
        keep_up(ws)
        place = Path(ws.store.place)
        before = {
            number: (key, tracking)
            for number, key, tracking in ws.store.rows(
                "SELECT s.number, s.key, p.tracking_no FROM shipments s JOIN parcels p ON p.shipment_id = s.id"
            )
        }
    for left in place.parent.glob(f"{place.name}*"):
        left.unlink()
    with closing(opened(folder)) as ws:
        catch_up(ws)
        shops.add(ws.store, "本店", "rakuten", {"pack.goods": "off", "pack.double_name": "off"}, NOW)
        stored(ws.store, an_order(99), *reversed(orders))
        made = replay(ws, tmp_path / "new")
        assert {d.kind for d in made.differences} >= {"linked", "parcel"}, "only the rebuilt folder has them"
        fresh = ws.store.value("SELECT key FROM shipments WHERE number = ?", (an_order(99).id.number,))
        assert fresh not in keys
    with closing(opened(tmp_path / "new")) as ws:
        after = {
            number: (key, tracking)
            for number, key, tracking in ws.store.rows(
                "SELECT s.number, s.key, p.tracking_no FROM shipments s JOIN parcels p ON p.shipment_id = s.id"
            )
        }
        assert {number: after[number] for number in before} == before
        with Desk(ws) as desk:
            assert desk.scan(keys[3]).outcome.value == "OK_OPEN"


def test_a_key_given_to_another_order_is_no_small_matter(tmp_path: Path) -> None:
    """Orders imported into a new database before the journals were looked at: their slips would open wrong parcels."""
    with closing(opened(tmp_path / "home")) as ws:
        shops.add(ws.store, "本店", "rakuten", {}, NOW)
        stored(ws.store, an_order(1), an_order(2))
        keep_up(ws)
    with closing(opened(tmp_path / "other")) as ws:
        shops.add(ws.store, "本店", "rakuten", {}, NOW)
        stored(ws.store, an_order(2), an_order(1))
        shutil.copytree(tmp_path / "home" / "journal", tmp_path / "other" / "journal", dirs_exist_ok=True)
        with pytest.raises(WorldFault) as caught:
            catch_up(ws)
        assert caught.value.code == "journal_other_key"


def test_the_command_compares_and_keeps(tmp_path: Path) -> None:
    a_day(tmp_path / "home", 4, turns=3)
    command = [
        sys.executable,
        "-m",
        "jpship_gui",
        "--home",
        str(tmp_path / "home"),
        "--json",
        "journal",
        "replay",
    ]
    ran = subprocess.run([*command, "--into", str(tmp_path / "new")], capture_output=True, check=False)
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["differences"]) == (0, [])
    assert told["folder"] == str(tmp_path / "new")
    with closing(opened(tmp_path / "home")) as ws:
        ws.store.execute("UPDATE shipments SET printed_at = 1 WHERE id = 2")
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 1
    assert next(d["kind"] for d in json.loads(ran.stdout)["differences"]) == "printed"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with closing(opened(tmp_path / "one")) as made:
        shops.add(made.store, "本店", "rakuten", {}, NOW)
        yield made


def test_no_name_of_a_buyer_enters_the_journal_of_facts(ws: Workspace) -> None:
    stored(ws.store, an_order(1))
    row = ws.store.row("SELECT name, phone, street FROM shipments")
    keep_up(ws)
    assert not to_journal.any_waiting(ws.store)
    (path,) = ws.places.journal.glob("*facts*.jsonl")
    written = path.read_text("utf-8")
    assert row is not None
    assert all(word not in written for word in row if word)
    assert an_order(1).id.number in written
