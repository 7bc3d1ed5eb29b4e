"""NF-02 with an office at work: holds, approvals, corrections, failed reprints, boxes, bundles and the hand-over come
back from imports and journals alone, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.stage import FACT_NAMES, Stage
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.check.change import undo
from jpship_gui.flows.check.hold import hold, release
from jpship_gui.flows.check.repair import correct
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.facts import keep_up
from jpship_gui.flows.pack.record import record
from jpship_gui.flows.pack.replay import replay
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.sent import note_unsent
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import NOW, a_contact, an_order
from tests.flows.check_desk import checked
from tests.torture.test_kill import waybill

ACK = code_of(Command.ACK)
WRONG = a_contact(postal_code="5300001")
ORDERS = [an_order(n, **({"recipient": WRONG} if n in (6, 7) else {})) for n in range(1, 10)]
FACTS = {
    **{fact: f"SELECT key, {fact}_at, {fact}_by, {fact}_how FROM shipments" for fact in FACT_NAMES},
    "hold": "SELECT key, hold_reason FROM shipments",
    "approval": "SELECT key, approval, remark_read FROM shipments",
    "parcel": "SELECT key, tracking_no, how, linked_at, linked_by, linked_desk, verified_at, verified_by, verified_how, "
    "handed_at, handed_how FROM parcels",
    "bundle": "SELECT s.key, l.key FROM shipments s JOIN shipments l ON l.id = s.bundle",
    "void": "SELECT parcel_key, number, why FROM void_waybills",
    "handed": "SELECT parcel, handover, number, what, reason, proof, at, person, desk FROM handover_parcels",
    "handover": "SELECT id, carrier, way, desk, person, begun_at, ended_at, ended_by FROM handovers",
}


class Clock:
    """Goes on by itself."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        self.now += timedelta(seconds=7)
        return self.now


def opened(folder: Path, clock: Clock) -> Workspace:
    ws = open_workspace(str(folder), person="佐藤", desk="1")
    if not shops.every(ws.store):
        shops.add(ws.store, "本店", "rakuten", {"pack.goods": "off", "pack.double_name": "off"}, NOW)
    return replace(ws, clock=clock)  # type: ignore[arg-type]


def facts_of(ws: Workspace) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(ws.store.rows(sql), key=repr) for name, sql in FACTS.items()}


def stages_of(ws: Workspace, besides: str) -> list[tuple[object, ...]]:
    """Of all but one, whose corrected address is the database's own."""
    return ws.store.rows("SELECT key, stage FROM shipments WHERE key <> ? ORDER BY key", (besides,))


def ids(ws: Workspace, *keys: str) -> list[int]:
    return [ws.store.value("SELECT id FROM shipments WHERE key = ?", (key,)) for key in keys]


def a_day(ws: Workspace, folder: Path) -> list[str]:
    """Everything an office and a desk do to nine orders between import and confirmation."""
    keys = checked(ws, *ORDERS)
    a, b, c, d, e, wrong, mended, together, held = keys
    hold(ws, [a, b, held], "在庫を確かめる")
    release(ws, [a])
    undo(ws, hold(ws, [c], "まちがい"))
    approve(ws, [wrong], "電話で確認")
    approve(ws, [mended], "電話で確認")
    correct(ws, mended, {"street": "北浜8-8-8 コーポことり101"})  # which the approval was not given for
    correct(ws, mended, {"postal_code": "5410041"})
    release(ws, [b])
    print_slips(ws, [a, c, d, e], folder / "first.pdf")
    failed = print_slips(ws, [a, b, c], folder / "second.pdf", to_queue=True)
    note_unsent(ws, failed.print_id)  # a and c are as printed as before, b is not
    print_slips(ws, [b], folder / "third.pdf")
    record(ws, "bundle", [Effect(Do.JOIN, together, other=d)])
    record(ws, "split", [Effect(Do.ADD_BOX, e, f"{e}P2", carrier="yamato")])
    with Desk(ws) as desk:
        for n, key in enumerate((a, b, c)):
            assert [desk.scan(code).outcome.value for code in (key, waybill(n))] == ["OK_OPEN", "OK_LINK"], n
        for n, key in enumerate((a, b)):
            assert [desk.scan(code).outcome.value for code in (key, waybill(n))][-1] == "OK_DONE", n
        desk.scan(e)
        desk.scan(waybill(4))
        desk.command(Command.HOLD, "箱がない")
    release(ws, [e])
    with HandoverDesk(ws) as desk:
        codes = (waybill(0), waybill(2), ACK, waybill(1))
        assert [desk.scan(code).outcome.value for code in codes] == [
            "OK_TAKEN",
            "NG_ORDER",
            "OK_ACK",
            "OK_DONE",
        ]
        desk.finish("運転手", "")
    with ws.store.transaction():
        for fact in ("sent", "accepted"):
            shipments.mark(ws.store, ids(ws, a), fact, ws.now(), "佐藤", "file")
        shipments.restage(ws.store, ids(ws, a))
    hold(ws, [wrong], "まだ送らない")
    keep_up(ws)
    return keys


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    with closing(opened(tmp_path / "home", clock)) as made:
        yield made


def test_an_offices_day_is_rebuilt_from_imports_and_journals(ws: Workspace, tmp_path: Path) -> None:
    keys = a_day(ws, tmp_path)
    made = replay(ws)
    assert made.differences == ()
    assert all(not one.faults for one in verify_journals(ws))
    standing = facts_of(ws)
    assert [row[1] for row in standing["hold"] if row[1]] == ["まだ送らない", "在庫を確かめる"]
    assert [row[0] for row in standing["approval"] if row[1] not in ("", "[]")] == [keys[5]]
    assert [row[3] for row in standing["handed"]].count("taken") == 2
    for change, kind in (
        ("UPDATE shipments SET hold_reason = 'x' WHERE id = 2", "hold"),
        ("UPDATE shipments SET approval = '' WHERE approval <> ''", "approval"),
    ):
        ws.store.execute(change)
        assert kind in {d.kind for d in replay(ws).differences}, change


def test_a_lost_database_gets_the_offices_day_back(ws: Workspace, tmp_path: Path, clock: Clock) -> None:
    """Thrown away; the orders are taken in once more, the journals tell the rest."""
    keys = a_day(ws, tmp_path)
    release(ws, [keys[5]])  # only its approval lets it go now
    assert shipments.by_keys(ws.store, [keys[5]])[0].stage is Stage.PRINT
    keep_up(ws)
    before, stages = facts_of(ws), stages_of(ws, keys[6])
    place = Path(ws.store.place)
    ws.close()
    for left in place.parent.glob(f"{place.name}*"):
        left.unlink()
    with closing(opened(tmp_path / "home", clock)) as again:
        catch_up(again)
        checked(again, *reversed(ORDERS))
        replay(again, tmp_path / "new")
    with closing(opened(tmp_path / "new", clock)) as rebuilt:
        after = facts_of(rebuilt)
        for kind, rows in before.items():
            assert after[kind] == rows, kind
        assert stages_of(rebuilt, keys[6]) == stages


def test_no_name_or_address_of_a_buyer_enters_the_journal(ws: Workspace, tmp_path: Path) -> None:
    a_day(ws, tmp_path)
    written = "".join(path.read_text("utf-8") for path in ws.places.journal.glob("*.jsonl"))
    assert "在庫を確かめる" in written
    for row in ws.store.rows("SELECT name, kana, phone, street, postal_code FROM shipments"):
        assert [word for word in row if word and word in written] == []


def test_what_was_decided_before_this_version_is_told_at_the_upgrade(ws: Workspace, clock: Clock) -> None:
    keys = checked(ws, an_order(1), an_order(2, recipient=WRONG), an_order(3))
    hold(ws, keys[:1], "在庫を確かめる")
    approve(ws, keys[1:2], "電話で確認")
    before = facts_of(ws)
    ws.store.execute("DELETE FROM to_journal WHERE what = 'decided'")  # as a database of the version before
    ws.store.execute("ALTER TABLE to_journal DROP COLUMN detail")
    ws.store.execute("DELETE FROM schema_migration WHERE name = '0020_decided'")
    home = ws.places.home
    ws.close()
    with closing(opened(home, clock)) as upgraded:
        assert facts_of(upgraded) == before
        assert replay(upgraded).differences == ()
