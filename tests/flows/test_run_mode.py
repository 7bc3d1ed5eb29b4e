"""Run mode on a real data folder: who is called, the journal, a restart between scans, two programs at once (PK-20)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check import hold
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import products, shipments, shops
from jpship_gui.store.products import Product
from jpship_gui.texts import LANGUAGES, set_language
from tests.builders import NOW, a_line, an_order, stored

RUN, ACK, UNDO = (code_of(c) for c in (Command.RUN, Command.ACK, Command.UNDO))
MUG = "mug-300-bl"


def waybill(n: int) -> str:
    """A Yamato number with a good check digit."""
    body = f"10{n:09d}"
    return body + str(int(body) % 7)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    seconds = count()
    opened = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    yield replace(opened, clock=lambda: NOW + timedelta(seconds=next(seconds)))
    opened.close()


def lay_out(ws: Workspace, orders: int, *, file: bool = True, **changes: object) -> list[str]:
    """Printed orders of one mug; the carrier's file knows number n for the n-th."""
    lines = (a_line(quantity=1),)
    made = stored(ws.store, *(an_order(n, lines=lines, **changes) for n in range(1, orders + 1)))
    with ws.store.transaction():
        shipments.mark(ws.store, [row for row, _ in made], "printed", NOW, "佐藤")
        for n, (_, key) in enumerate(made, 1):
            if file:
                shipments.set_parcel(ws.store, key, {"file_no": waybill(n)})
        shipments.restage(ws.store, [row for row, _ in made])
    return [key for _, key in made]


def ship_by(ws: Workspace, key: str, at: datetime) -> None:
    ws.store.execute("UPDATE shipments SET ship_by = ? WHERE key = ?", (int(at.timestamp() * 1000), key))


def answers(desk: Desk, *raws: str) -> list[Answer]:
    found = []
    for raw in raws:
        found.append(desk.scan(raw))
        desk.apply_pending()
    return found


def outcomes(desk: Desk, *raws: str) -> list[str]:
    return [answer.outcome.value for answer in answers(desk, *raws)]


def is_packed(ws: Workspace, keys: Sequence[str]) -> None:
    for n, key in enumerate(keys, 1):
        found = shipments.by_key(ws.store, key)
        assert found is not None
        assert found.parcels[0].tracking_no == waybill(n)
        assert found.stage is Stage.CONFIRM
        assert found.facts.checked is not None
        assert found.facts.verified is not None
        assert found.facts.verified.how == "file"
    assert ws.store.value("SELECT COUNT(*) FROM open_parcels") == 0


def test_the_most_urgent_is_called_first(ws: Workspace) -> None:
    keys = lay_out(ws, 4)
    for key, hours in zip(keys, (5, 2, 9, 2), strict=True):
        ship_by(ws, key, NOW + timedelta(hours=hours))
    with Desk(ws) as desk:
        assert answers(desk, RUN)[0].values["count"] == "4"
        called = [answers(desk, MUG, waybill(n))[0].shipment for n in (2, 4, 1, 3)]
    assert called == [keys[1], keys[3], keys[0], keys[2]]
    is_packed(ws, keys)


def test_who_is_not_called(ws: Workspace) -> None:
    plain, gift, remark, two, held, unfiled, boxed = lay_out(ws, 7)
    execute = ws.store.execute
    execute("UPDATE shipments SET gift = 1 WHERE key = ?", (gift,))
    execute("UPDATE shipments SET buyer_text = '午前中に', remark_read = 1 WHERE key = ?", (remark,))
    lines = [{"line_id": "1", "package_id": "1", "sku": MUG, "name": "マグ", "quantity": 2}]
    execute("UPDATE shipments SET lines = ?, pieces = 2 WHERE key = ?", (json.dumps(lines), two))
    hold.hold(ws, [held], "電話待ち")
    execute("UPDATE parcels SET file_no = '' WHERE key = ?", (unfiled,))
    execute(
        "INSERT INTO parcels (shipment_id, no, key, carrier) SELECT id, 2, ?, '' FROM shipments WHERE key = ?",
        (f"{boxed}P2", boxed),
    )
    with Desk(ws) as desk:
        outcomes(desk, RUN)
        assert answers(desk, MUG, waybill(1))[0].shipment == plain
        over = answers(desk, MUG)[0]
        assert (over.outcome, over.reason) == (Outcome.NG_NOT_HERE, "run_slip")
        assert outcomes(desk, ACK, RUN) == ["OK_ACK", "OK_RUN"]
        assert outcomes(desk, two, MUG, MUG, waybill(4))[-1] == "OK_DONE"


def test_goods_known_by_any_of_their_codes(ws: Workspace) -> None:
    lay_out(ws, 3)
    products.put(ws.store, [Product("4901234567894", MUG, 1), Product("14901234567891", MUG, 6)])
    with Desk(ws) as desk:
        assert outcomes(desk, RUN, "4901234567894", waybill(1), MUG.upper(), waybill(2)) == [
            *("OK_RUN", "OK_ITEM_LAST", "OK_DONE", "OK_ITEM_LAST", "OK_DONE")
        ]
        case = answers(desk, "14901234567891")[0]
        assert (case.outcome, case.reason) == (Outcome.NG_ORDER, "run_case")


def test_without_proof_it_is_refused_in_words(ws: Workspace) -> None:
    lay_out(ws, 2, file=False)
    with Desk(ws) as desk:
        refused = answers(desk, RUN)[0]
        assert (refused.outcome, refused.reason) == (Outcome.ATT_NOTHING, "run_proof")
        shops.set_settings(ws.store, "本店", {"pack.proof": "label"})
        assert outcomes(desk, RUN, MUG, waybill(9)) == ["OK_RUN", "OK_ITEM_LAST", "OK_LINK"]
        done = answers(desk, str(ws.store.value("SELECT key FROM shipments ORDER BY id DESC LIMIT 1")))[0]
        assert (done.outcome, done.reason) == (Outcome.OK_DONE, "run_other")


def test_a_shop_whose_every_parcel_has_something_to_be_ticked_does_not_begin(ws: Workspace) -> None:
    lay_out(ws, 3)
    shops.set_settings(ws.store, "本店", {"inserts.rules": "チラシ | | 運営に確認"})
    with Desk(ws) as desk:
        refused = answers(desk, RUN)[0]
        assert (refused.outcome, refused.reason) == (Outcome.ATT_NOTHING, "run_none")
        shops.set_settings(ws.store, "本店", {"inserts.rules": ""})
        assert answers(desk, RUN)[0].values["count"] == "3"


def test_fifty_orders_in_a_hundred_scans_with_a_restart_between_any_two(ws: Workspace) -> None:
    keys = lay_out(ws, 50)
    stack = list(range(1, 51))
    random.Random(1).shuffle(stack)
    with Desk(ws) as desk:
        outcomes(desk, RUN)
    scans = 0
    for n in stack:
        for raw, wanted in ((MUG, "OK_ITEM_LAST"), (waybill(n), "OK_DONE")):
            with Desk(ws) as desk:
                assert outcomes(desk, raw) == [wanted]
            scans += 1
    assert scans == 100
    is_packed(ws, keys)


def test_a_fresh_database_given_the_journal_holds_the_same(ws: Workspace, tmp_path: Path) -> None:
    lay_out(ws, 6)
    with Desk(ws) as desk:
        outcomes(
            desk, RUN, MUG, waybill(3), MUG, waybill(1), UNDO, waybill(1), MUG, "?", ACK, waybill(6), MUG
        )
        state = desk.session.state
    sql = "SELECT key, tracking_no, file_no, verified_at, linked_by FROM parcels ORDER BY key"
    opened = "SELECT s.key, o.desk, o.called FROM open_parcels o JOIN shipments s ON s.id = o.shipment_id"
    told, held = ws.store.rows(sql), ws.store.rows(opened)
    other = open_workspace(str(tmp_path / "other"), person="佐藤", desk="1")
    shops.add(other.store, "本店", "rakuten", {}, NOW)
    lay_out(other, 6)
    for path in (ws.places.journal).glob("*.jsonl"):
        other.places.journal.mkdir(parents=True, exist_ok=True)
        (other.places.journal / path.name).write_bytes(path.read_bytes())
    catch_up(other)
    assert (other.store.rows(sql), other.store.rows(opened)) == (told, held)
    with Desk(other) as again:
        assert again.session.state == state
    other.close()


def test_two_programs_pack_one_stack(ws: Workspace) -> None:
    """Two processes at once on one data folder; each has half of the waybills, in no order."""
    keys = lay_out(ws, 40)
    dice = random.Random(7)
    halves = {"1": list(range(1, 21)), "2": list(range(21, 41))}
    running = {}
    for desk, half in halves.items():
        dice.shuffle(half)
        codes = [RUN, *(raw for n in half for raw in (MUG, waybill(n)))]
        home = str(ws.places.home)
        command = [sys.executable, "-m", "jpship_gui", "--home", home, "--json", "scan", "--desk", desk]
        program = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        running[desk] = (program, "\n".join(codes) + "\n")
    for program, codes in running.values():
        assert program.stdin is not None
        program.stdin.write(codes)
        program.stdin.flush()
    for program, _ in running.values():
        out, errors = program.communicate(timeout=120)
        assert errors == ""
        found = [json.loads(line)["outcome"] for line in out.splitlines()]
        assert found == ["OK_RUN", *["OK_ITEM_LAST", "OK_DONE"] * 20]
    is_packed(ws, keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_a_run_has_words(ws: Workspace, language: str) -> None:
    keys = lay_out(ws, 3)
    set_language(language)
    with Desk(ws) as desk:
        said = answers(
            desk, RUN, MUG, waybill(2), UNDO, MUG, MUG, ACK, waybill(1), MUG, keys[0], ACK, "?", ACK, RUN, RUN
        )
    for answer in said:
        assert "⟦" not in message_of(answer)
        assert "{" not in message_of(answer)
