"""The product's heart against everything at once: whatever people, desks, files and the marketplace do in whatever order,
nothing unproven is told, nothing is told twice, and nothing that was acknowledged is lost.

Proofs are judged by what was really read and given here, not by what the database says of them.
"""

from __future__ import annotations

import copy
import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.flows.check import approve, change, hold, repair
from jpship_gui.flows.confirm.notice import notice_arrivals
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.send import read_back, send, send_green
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.marketplaces.rakuten.mapping import order_of
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.store import outbox, shipments
from jpship_gui.store import shops as stored_shops
from tests.flows.confirming import QUICK, yamato_number
from tests.practice.rakuten_rows import a_row

ORDERS = 4
NUMBERS = tuple(yamato_number(n) for n in range(6))
PEOPLE = {"1": "佐藤", "2": "鈴木"}
TOLD = (SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED, SendState.FILED)
TRICKS = (How.CUT_BEFORE, How.CUT_AFTER, How.HTML_500, How.ACCEPTED_500, How.TWICE, How.PARTIAL)
HEADER = "お客様管理番号,送り状種類,伝票番号,出荷予定日,お届け先名"

places = st.integers(0, ORDERS - 1)
numbers = st.sampled_from(NUMBERS)
desks = st.sampled_from(sorted(PEOPLE))
commands = st.sampled_from([c for c in Command if c is not Command.REOPEN])


@dataclass(frozen=True)
class Read:
    """One scan or key at a desk that was answered, or an entry at the office."""

    desk: str
    person: str
    raw: str
    outcome: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Entered:
    """A number entered twice for a shipment."""

    key: str
    number: str


@pytest.fixture(scope="module")
def _market() -> Iterator[None]:
    """One server for all runs; each run brings its own orders."""
    with (
        RunningServer(RakutenServer(RakutenPlay(now_utc, result_delay=0))) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        Heart.server = server
        Heart.template = Path(folder) / "home"
        Heart.rows = [a_row(serial) for serial in range(1, ORDERS + 1)]
        ws = open_workspace(str(Heart.template), practice=True, person="佐藤", desk="1")
        extra = {"pack.goods": "off", "confirm.deadline_s": "5", "sender.name": "ことり雑貨店"}
        shops.add(ws, "rakuten", MAIN.name, {"api.url": server.url, **QUICK, **extra})
        ws.close()
        yield


def _is_name(read: Read) -> bool:
    """The right answer to whose name stands on the waybill."""
    return read.raw.isdigit() and len(read.raw) == 1 and read.outcome in ("OK_DONE", "OK_LINK")


class Heart(RuleBasedStateMachine):
    """A shop with two desks. Rules are what can happen; invariants hold after each."""

    server: RunningServer[RakutenServer]
    template: Path
    rows: list[dict[str, str]]

    @initialize(proof=st.sampled_from(["file", "label", "double", "handover"]))
    def open(self, proof: str) -> None:
        """Orders come in, are printed, and two people begin."""
        self.home = Path(tempfile.mkdtemp(prefix="heart"))
        shutil.copytree(self.template, self.home / "home")
        self.moment = now_utc()
        self.play = RakutenPlay(now_utc, result_delay=0)
        open_shop(self.play, MAIN, self.rows)
        self.server.app.play = self.play
        self.server.app.tricks.clear()
        opened = open_workspace(str(self.home / "home"), practice=True, person="佐藤", desk="1")
        self.ws = replace(opened, clock=lambda: self.moment)
        for name, value in MAIN.secrets.items():
            self.ws.secrets.set(MAIN.name, name, value)
        stored_shops.set_settings(self.ws.store, MAIN.name, {"pack.proof": proof})
        self.reads: list[Read | Entered] = []
        self.file_says: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.undoable: list[change.Change] = []
        self.said: dict[str, tuple[str, ...]] = {}
        self.registered: set[tuple[str, str]] = set()
        self.files = 0
        self.desks: dict[str, Desk] = {}
        self.fetch()
        found = self.ws.store.rows("SELECT id, key FROM shipments ORDER BY id")
        self.keys = [key for _, key in found]
        assert len(self.keys) == ORDERS
        with self.ws.store.transaction():
            shipments.mark(self.ws.store, [row for row, _ in found], "printed", self.ws.now(), "佐藤")
            # The first shipment goes in two boxes.
            self.ws.store.execute(
                "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, 2, ?, 'yamato')",
                (found[0][0], self.keys[0] + "P2"),
            )
            shipments.restage(self.ws.store, [row for row, _ in found])
        self.boxes = [*self.keys, self.keys[0] + "P2"]
        for desk in PEOPLE:
            self.desks[desk] = self.a_desk(desk)

    def teardown(self) -> None:
        if not hasattr(self, "ws"):
            return
        for desk in self.desks.values():
            desk.close()
        self.ws.close()
        shutil.rmtree(self.home)

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────

    def a_desk(self, name: str) -> Desk:
        return Desk(self.ws.as_person(PEOPLE[name], name))

    def do(self, desk: str, raw: str) -> None:
        """One scan, shown before the database follows, as the program does it."""
        self.tick()
        answer = self.desks[desk].scan(raw)
        self.reads.append(Read(desk, PEOPLE[desk], raw, answer.outcome.value, answer.effects))
        self.desks[desk].apply_pending()
        for effect in answer.effects:
            if effect.do is Do.LINK:  # acknowledged, so it is there
                assert self.box(effect.parcel)[0] == effect.number
            if effect.do is Do.HOLD:
                self.held[effect.shipment] = effect.reason

    def tick(self) -> None:
        self.moment += timedelta(seconds=1)

    def free(self, desk: str) -> None:
        """What a packer does before turning to something else."""
        for command in (Command.ACK, Command.NEXT):
            self.do(desk, code_of(command))

    @rule(desk=desks, place=st.integers(0, ORDERS), ready=st.booleans())
    def slip(self, desk: str, place: int, ready: bool) -> None:
        if ready:
            self.free(desk)
        self.do(desk, self.boxes[place])

    @rule(desk=desks, number=numbers, ready=st.booleans())
    def waybill(self, desk: str, number: str, ready: bool) -> None:
        if ready:
            self.do(desk, code_of(Command.ACK))
        self.do(desk, number)

    @rule(desk=desks, command=commands)
    def command(self, desk: str, command: Command) -> None:
        self.do(desk, code_of(command))

    @rule(desk=desks, place=places, digit=st.integers(0, 3))
    def driver_takes(self, desk: str, place: int, digit: int) -> None:
        """A packed waybill, and a name to the question that follows."""
        self.free(desk)
        self.do(desk, self.box(self.keys[place])[0] or NUMBERS[place])
        self.do(desk, str(digit))

    @rule(desk=desks, place=places, number=numbers)
    def pack(self, desk: str, place: int, number: str) -> None:
        """What a packer does all day, so that runs get far."""
        self.free(desk)
        self.do(desk, self.keys[place])
        self.do(desk, number)
        if self.desks[desk].session.state.label_for:
            self.do(desk, self.desks[desk].session.state.label_for)

    @rule(desk=desks, place=places)
    def pack_as_promised(self, desk: str, place: int) -> None:
        self.pack(desk, place, self.file_says.get(self.keys[place], NUMBERS[place]))

    @rule(desk=desks, place=places)
    def read_again(self, desk: str, place: int) -> None:
        self.free(desk)
        self.do(desk, self.keys[place])
        self.do(desk, self.box(self.keys[place])[0] or NUMBERS[place])

    @rule(desk=desks, first=places)
    def pack_two_and_read_again(self, desk: str, first: int) -> None:
        second = (first + 1) % ORDERS
        self.pack(desk, first, NUMBERS[first])
        self.pack(desk, second, NUMBERS[second])
        self.read_again(desk, first)

    @rule(
        desk=desks,
        place=places,
        number=numbers,
        what=st.sampled_from(["entry", "file", "other file", "other desk"]),
        then=st.sampled_from([Command.UNDO, Command.RESTART, None]),
    )
    def others_meddle(self, desk: str, place: int, number: str, what: str, then: Command | None) -> None:
        """Packed at a desk; somebody else acts on it; the desk goes back, and packs with another number."""
        self.pack(desk, place, number)
        if what == "entry":
            self.enter(place, number, True, number)
        elif what == "file":
            self.numbers_come_back(place, number, True, False)
        elif what == "other file":
            self.numbers_come_back(place, NUMBERS[NUMBERS.index(number) - 1], True, False)
        else:
            other = "2" if desk == "1" else "1"
            self.reopen(other, place)
            self.waybill(other, NUMBERS[NUMBERS.index(number) - 2], True)
        if then is not None:
            self.do(desk, code_of(then))
        self.waybill(desk, NUMBERS[NUMBERS.index(number) - 1], True)
        self.read_again(desk, place)

    @rule(desk=desks, times=st.integers(1, 3))
    def undo(self, desk: str, times: int) -> None:
        self.do(desk, code_of(Command.ACK))
        for _ in range(times):
            self.do(desk, code_of(Command.UNDO))

    @rule(desk=desks, place=places)
    def reopen(self, desk: str, place: int) -> None:
        self.free(desk)
        self.tick()
        answer = self.desks[desk].reopen(self.keys[place], "入れ直し")
        self.reads.append(Read(desk, PEOPLE[desk], answer.raw, answer.outcome.value, answer.effects))
        self.desks[desk].apply_pending()

    @rule(desk=desks)
    def power_cut(self, desk: str) -> None:
        """The program dies between journal and database; the desk goes on where it stood."""
        self.desks[desk].apply_pending()
        before = self.desks[desk].session.state
        self.kill(desk)
        assert self.desks[desk].session.state == before

    @rule(desk=desks, raw=st.sampled_from([*NUMBERS, code_of(Command.UNDO), code_of(Command.ACK)]))
    def scan_and_power_cut(self, desk: str, raw: str) -> None:
        """The same before the database has followed."""
        self.tick()
        answer = self.desks[desk].scan(raw)
        self.reads.append(Read(desk, PEOPLE[desk], raw, answer.outcome.value, answer.effects))
        after = self.desks[desk].session.state
        self.kill(desk)
        assert self.desks[desk].session.state == after
        for effect in answer.effects:
            if effect.do is Do.LINK:
                assert self.box(effect.parcel)[0] == effect.number

    def kill(self, desk: str) -> None:
        self.desks[desk]._journal.close()  # as the system does: nothing else is finished
        self.desks[desk] = self.a_desk(desk)

    @rule(place=st.integers(0, ORDERS), first=numbers, same=st.booleans(), second=numbers)
    def enter(self, place: int, first: str, same: bool, second: str) -> None:
        self.tick()
        key = self.boxes[place]
        second = first if same else second
        result = track(self.ws, key, first, second)
        if result.ok:
            assert first == second
            self.reads.append(Entered(result.parcel, first))

    @rule(place=st.integers(0, ORDERS), number=numbers, again=st.booleans(), whole=st.booleans())
    def numbers_come_back(self, place: int, number: str, again: bool, whole: bool) -> None:
        """The carrier's file, of one parcel or of all in their order."""
        rows = [(self.boxes[place], number)]
        if whole:
            rows = list(zip(self.boxes, NUMBERS, strict=False))
        self.files += 1
        path = self.home / f"issued{self.files}.csv"
        lines = [HEADER, *(f"{key},0,{n},2026/11/20,見本 花子" for key, n in rows)]
        path.write_bytes("".join(line + "\r\n" for line in lines).encode("cp932"))
        result = take(self.ws, "yamato", path, replace=[key for key, _ in rows] if again else ())
        self.file_says |= {taken.key: taken.number for taken in (*result.matched, *result.unchanged)}

    @rule(place=places)
    def put_on_hold(self, place: int) -> None:
        done = hold.hold(self.ws, [self.keys[place]], f"確認中 {len(self.reads)}")
        if done.keys:
            self.held[self.keys[place]] = shipments.by_keys(self.ws.store, done.keys)[0].hold_reason
            self.undoable.append(done)

    @rule(place=places)
    def let_go(self, place: int) -> None:
        done = hold.release(self.ws, [self.keys[place]])
        if done.keys:
            self.held.pop(self.keys[place], None)
            self.undoable.append(done)

    @rule(place=places)
    def approve(self, place: int) -> None:
        changed = bool(self.shipment(place).changed)
        done = approve.approve(self.ws, [self.keys[place]], "電話で確認")
        if done.keys:
            if changed:
                self.held.pop(self.keys[place], None)
            self.undoable.append(done)

    @precondition(lambda self: self.undoable)
    @rule()
    def take_back(self) -> None:
        last = self.undoable.pop()
        with suppress(Refused):
            change.undo(self.ws, last)
            for key in last.keys:
                self.held.pop(key, None)
                reason = shipments.by_keys(self.ws.store, [key])[0].hold_reason
                if reason:
                    self.held[key] = reason

    @rule(place=places, street=st.sampled_from(["北浜9-9-1", "北浜9-9-2"]))
    def correct(self, place: int, street: str) -> None:
        with suppress(Refused):
            repair.correct(self.ws, self.keys[place], {"street": street})

    @rule(proof=st.sampled_from(["file", "label", "double", "handover"]))
    def another_proof(self, proof: str) -> None:
        stored_shops.set_settings(self.ws.store, MAIN.name, {"pack.proof": proof})

    @rule(seconds=st.sampled_from([-7200, 90, 86_400]))
    def clock_jumps(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)

    # ── what the marketplace does ───────────────────────────────────────────────────────────────────────────────

    def fetch(self) -> None:
        """Read every order again; what the desks did stays."""
        before = self.work()
        account = self.ws.account(MAIN.name)
        shop = self.play.shops[MAIN.number]
        orders = [order_of(copy.deepcopy(model), account) for model in shop.orders.values()]
        accept_orders(self.ws, orders, Source("api", "楽天"))
        notice_arrivals(self.ws)
        assert self.work() == before or not before

    @rule(
        place=places,
        what=st.sampled_from(["nothing", "address", "quantity", "cancel", "cancelling", "back", "twice"]),
    )
    def source_changes(self, place: int, what: str) -> None:
        number = self.rows[place]["注文番号"]
        model = self.play.shops[MAIN.number].orders[number]
        package = model["PackageModelList"][0]
        if what == "address":
            package["SenderModel"]["subAddress"] = f"北浜9-9-{len(self.reads) % 9 + 1}"
        elif what == "quantity":
            package["ItemModelList"][0]["units"] = len(self.reads) % 3 + 1
        elif what in _PROGRESS and model["orderProgress"] < 500:
            model["orderProgress"] = _PROGRESS[what]
        self.fetch()
        if what == "twice":
            self.fetch()

    @rule(place=places, number=numbers)
    def somebody_registers_by_hand(self, place: int, number: str) -> None:
        """Straight at the marketplace, without number: the row is ours to fill."""
        model = self.play.shops[MAIN.number].orders[self.rows[place]["注文番号"]]
        package = model["PackageModelList"][0]
        if not package.get("ShippingModelList"):
            package["ShippingModelList"] = [
                {
                    "shippingDetailId": 600_000_000_000 + place,
                    "shippingNumber": None,
                    "deliveryCompany": None,
                    "shippingDate": None,
                }
            ]

    @rule()
    def night(self) -> None:
        self.play.night()
        self.fetch()

    # ── telling it ──────────────────────────────────────────────────────────────────────────────────────────────

    @rule()
    def only_queue(self) -> None:
        queue(self.ws)

    @rule(trick=st.sampled_from([None, None, *TRICKS]))
    def confirm(self, trick: How | None) -> None:
        if trick is not None:
            self.server.app.tricks.ask(Trick("updateOrderShippingAsync", trick))
        may = self.may_be_told()
        send_green(self.ws)
        self.server.app.tricks.clear()
        self.judge(may)

    @rule()
    def send_queued(self) -> None:
        may = self.may_be_told()
        send(self.ws)
        self.judge(may)

    @rule()
    def look_back(self) -> None:
        may = self.may_be_told()
        read_back(self.ws)
        self.judge(may)

    @rule()
    def sender_dies(self) -> None:
        """It has claimed what waits, and looked whether it still may, then the power goes; much later another looks."""
        by = outbox.Actor("佐藤", "1", f"dead {len(self.reads)}")
        queue(self.ws)
        outbox.take_waiting(self.ws.store, MAIN.name, by, self.ws.now(), timedelta(minutes=15), 1)
        self.moment += timedelta(minutes=20)

    @rule(again=st.booleans())
    def confirm_by_file(self, again: bool) -> None:
        may = self.may_be_told()
        written = write_files(self.ws, self.home / "out", again=again)
        for file in written.files:
            with file.path.open(encoding="cp932", newline="") as opened:
                for row in csv.reader(list(opened)[1:]):
                    assert (row[0], row[3]) in may
        self.judge(may)

    # ── the judge ───────────────────────────────────────────────────────────────────────────────────────────────

    def shipment(self, place: int) -> Any:
        found = shipments.by_key(self.ws.store, self.keys[place])
        assert found is not None
        return found

    def box(self, key: str) -> tuple[str, str, bool, str]:
        """Number, the file's number, whether and how proven."""
        row = self.ws.store.row(
            "SELECT tracking_no, file_no, verified_at, verified_how FROM parcels WHERE key = ?", (key,)
        )
        assert row is not None
        return row[0], row[1], row[2] is not None, row[3]

    def work(self) -> list[tuple[Any, ...]]:
        """What people have done, which no new reading of the source may touch."""
        return self.ws.store.rows(
            "SELECT p.key, p.tracking_no, p.file_no, p.verified_at, p.linked_at, p.handed_at, s.checked_at, s.linked_at, "
            "s.verified_at FROM parcels p JOIN shipments s ON s.id = p.shipment_id ORDER BY p.id"
        )

    def may_be_told(self) -> set[tuple[str, str]]:
        """(order, number) of every parcel that may leave now, by what was really read."""
        may: set[tuple[str, str]] = set()
        every = shipments.by_keys(self.ws.store, self.keys)
        for shipment in every:
            order = self.play.shops[MAIN.number].orders[shipment.order_id.number]
            stopped = shipment.changed or shipment.hold_reason or self.held.get(shipment.key)
            if stopped or order["orderProgress"] in (800, 900):
                continue
            theirs = {
                number
                for other in every
                if other.key != shipment.key
                for parcel in other.parcels
                for number in (parcel.tracking_no, parcel.file_no)
            }
            good = all(
                p.tracking_no and p.tracking_no not in theirs and self.proven(p.key, p.tracking_no)
                for p in shipment.parcels
            )
            if good:
                may |= {(shipment.order_id.number, p.tracking_no) for p in shipment.parcels}
        return may

    def judge(self, may: set[tuple[str, str]]) -> None:
        """After telling: every newly registered parcel was allowed, none stands twice, and none was changed."""
        rows = [(r["orderNumber"], r["shippingNumber"]) for r in self.play.record() if r["shippingNumber"]]
        assert len(rows) == len(set(rows))
        assert set(rows) - self.registered <= may
        assert self.registered <= set(rows)
        self.registered |= set(rows)

    def proven(self, parcel: str, number: str) -> bool:
        """Whether some evidence that this number belongs to this parcel was read since it was linked."""
        if self.file_says.get(parcel, number) != number:
            return False
        since = self.linked_at(parcel, number)
        return since is not None and (
            self.file_says.get(parcel) == number
            or any(r == Entered(parcel, number) for r in self.reads[since:])
            or self.read_twice(parcel, number, since)
            or self.label_read(parcel, since)
            or self.handed_over(number, since)
        )

    def linked_at(self, parcel: str, number: str) -> int | None:
        """Index of the reading that linked it and that nothing took back."""
        found = None
        for index, read in enumerate(self.reads):
            if isinstance(read, Entered):
                if read.key == parcel and found is None:
                    found = index if read.number == number else None
                continue
            for effect in read.effects:
                if effect.parcel == parcel and effect.do is Do.LINK:
                    found = index if effect.number == number else None
                elif effect.parcel == parcel and effect.do is Do.UNLINK:
                    found = None
        return found

    def read_twice(self, parcel: str, number: str, since: int) -> bool:
        """Slip, then waybill, later: by somebody else, or after another parcel was linked at that desk."""
        first = self.reads[since]
        if isinstance(first, Entered):
            return True  # entered twice is proof by itself
        slip = None
        named = ""
        moved_on = False
        for read in self.reads[since + 1 :]:
            if isinstance(read, Entered):
                continue
            links = [e for e in read.effects if e.do is Do.LINK and e.shipment != parcel[:9]]
            moved_on |= bool(links) and read.desk == first.desk
            if read.raw[:9] == parcel[:9] and read.outcome == "OK_OPEN":
                slip = (read.desk, moved_on or read.person != first.person)
            elif slip and slip[1] and read.desk == slip[0] and read.raw == number:
                if read.outcome != "ATT_ASK":
                    return True
                named = slip[0]
            elif named == read.desk and _is_name(read):
                return True
        return False

    def label_read(self, parcel: str, since: int) -> bool:
        """The key right after the number: an NG in between means another paper may be in the hand."""
        first = self.reads[since]
        for read in self.reads[since + 1 :]:
            if not isinstance(read, Read) or not isinstance(first, Read) or read.desk != first.desk:
                continue
            if read.raw == parcel and read.outcome in ("OK_DONE", "OK_LINK"):
                return True
            if read.outcome.startswith("NG"):
                return False
        return False

    def handed_over(self, number: str, since: int) -> bool:
        asked = None
        for read in self.reads[since + 1 :]:
            if isinstance(read, Entered):
                continue
            if read.raw == number and read.outcome == "ATT_ASK":
                asked = read.desk
            elif asked == read.desk and _is_name(read):
                return True
        return False

    # ── what always holds ───────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def proofs_are_real(self) -> None:
        for key in getattr(self, "boxes", ()):
            number, _, verified, how = self.box(key)
            assert not verified or number
            assert not verified or self.proven(key, number), (key, number, how)

    @invariant()
    def facts_follow_the_boxes(self) -> None:
        for shipment in shipments.by_keys(self.ws.store, self.keys) if hasattr(self, "keys") else ():
            boxes = [self.box(p.key) for p in shipment.parcels]
            assert (shipment.facts.linked is not None) == all(b[0] for b in boxes)
            assert (shipment.facts.verified is not None) == all(b[2] for b in boxes)

    @invariant()
    def holds_stay(self) -> None:
        for key, reason in getattr(self, "held", {}).items():
            found = shipments.by_key(self.ws.store, key)
            assert found is not None
            assert found.hold_reason == reason

    @invariant()
    def what_was_told_stays(self) -> None:
        """The numbers a marketplace was told are those of the parcels, for good."""
        if not hasattr(self, "keys"):
            return
        for item in outbox.in_state(self.ws.store, [SendState.ACCEPTED, SendState.FILED, SendState.DOUBTFUL]):
            told = [(p.parcel_key, p.tracking_no) for p in item.confirmation.parcels]
            assert told == [(key, self.box(key)[0]) for key, _ in told]

    @invariant()
    def records_are_whole(self) -> None:
        if hasattr(self, "keys"):
            assert all(not journal.faults for journal in verify_journals(self.ws))
            assert outbox.first_broken_line(self.ws.store) is None
            assert not self.ws.store.value("SELECT COUNT(*) FROM history WHERE person = ''")


_PROGRESS = {"cancel": 900, "cancelling": 800, "back": 300}


@pytest.mark.usefixtures("_market")
class TestHeart(Heart.TestCase):  # type: ignore[valid-type, misc]
    """Many short days."""

    settings = settings(
        max_examples=int(os.environ.get("JPSHIP_HEART_DAYS", "30")),
        stateful_step_count=int(os.environ.get("JPSHIP_HEART_STEPS", "30")),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
