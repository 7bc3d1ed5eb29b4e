"""Bundling, splitting, packing, cancelling and telling in whatever order, at three marketplaces side by side: none of them
is ever told of an order twice, or with a number its goods do not travel under.

What was acknowledged is written down here beside the program and judged by that, not by what the database says.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderState
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check import hold
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send, send_green
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.void import destroyed, void_waybills
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.desk import PracticeSecrets
from jpship_gui.practice.markets import MAIN_MARKET, markets
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.server import Mall
from jpship_gui.practice.shops import settings_of
from jpship_gui.store import orders, outbox, shipments
from jpship_gui.store import shops as stored_shops
from tests.flows.confirming import QUICK, yamato_number

CHOSEN = ("rakuten", "yahoo", "qoo10")  # Amazon lets an order be read every two seconds
SHOPS = tuple(shop for name in CHOSEN for shop in markets()[name].shops)
EACH = 2  # orders a shop
PLACES = EACH * len(SHOPS)
NUMBERS = tuple(yamato_number(n) for n in range(12))
PEOPLE = {"1": "佐藤", "2": "鈴木"}
TRICKS = (How.CUT_BEFORE, How.CUT_AFTER, How.HTML_500, How.TWICE)
PERSON = {  # as the shipments hold it
    "name": "見本 花子",
    "postal_code": "5410041",
    "prefecture": "大阪府",
    "city": "大阪市中央区",
    "street": "北浜9-9-9",
    "phone": "0662000000",
}
# What the journal alone decides; times and people are the journal's too.
JOURNALLED = (
    "SELECT s.key, l.key, s.checked_at, s.linked_at, s.linked_by, s.verified_at, s.verified_how, s.last_parcel "
    "FROM shipments s LEFT JOIN shipments l ON l.id = s.bundle",
    "SELECT key, no, carrier, tracking_no, how, linked_at, linked_by, linked_desk, verified_at, verified_how, handed_at, "
    "contents FROM parcels",
    "SELECT parcel_key, number, why, at FROM void_waybills WHERE why <> 'cancelled'",  # those come of readings
    "SELECT s.key, o.desk, o.person, o.at FROM open_parcels o JOIN shipments s ON s.id = o.shipment_id",
    "SELECT desk, n, hash FROM journal_marks",
)

places = st.integers(0, PLACES - 1)
several = st.lists(places, min_size=2, max_size=3, unique=True)
numbers = st.sampled_from(NUMBERS)
desks = st.sampled_from(sorted(PEOPLE))


class PowerCut(Exception):
    """The program dies."""


@dataclass(frozen=True)
class Told:
    """One row of a marketplace's record; `line` where it keeps a number for each line."""

    order: str
    line: str
    number: str


@pytest.fixture(scope="module")
def _mall() -> Iterator[None]:
    """One mall for all runs, and a folder with the orders as they came in; each run brings fresh marketplaces."""
    Together.mall = Mall(_servers(), MAIN_MARKET)
    Together.done = Counter()
    with RunningServer(Together.mall) as server, tempfile.TemporaryDirectory() as folder:
        Together.template = Path(folder) / "home"
        ws = _opened(Together.template)
        for shop in SHOPS:
            own = {**settings_of(shop, server.url_of(shop.marketplace)), **QUICK}
            shops.add(ws, shop.marketplace, shop.name, {**own, "pack.goods": "off", "pack.proof": "double"})
        assert [found.fault for found in fetch(ws).shops] == [None] * len(SHOPS)
        rows = [row for (row,) in ws.store.rows("SELECT id FROM shipments ORDER BY shop, id")]
        assert len(rows) == PLACES
        with ws.store.transaction():
            for row in rows:
                shipments.update(ws.store, row, PERSON)
            shipments.mark(ws.store, rows, "printed", ws.now(), "佐藤", "slip")
            shipments.restage(ws.store, rows)
        ws.close()
        yield
    seen = {name: count for name, count in Together.done.items() if count}
    wanted = {"told together", "told in several boxes", "refused", "replayed", *(f"told {m}" for m in CHOSEN)}

    assert seen.keys() >= wanted, seen


def _servers() -> dict[str, Any]:
    day = to_jst(now_utc()).date() - timedelta(days=1)
    return {name: markets()[name].opening(day, EACH, True) for name in CHOSEN}


def _opened(home: Path) -> Workspace:
    ws = open_workspace(str(home), practice=True, person="佐藤", desk="1")
    return replace(ws, secrets=PracticeSecrets())


class Together(RuleBasedStateMachine):
    """Orders of one person at three marketplaces and two desks. Rules are what can happen; invariants hold after
    each."""

    mall: Mall
    template: Path
    done: Counter[str]

    @initialize()
    def open(self) -> None:
        """The orders are there and printed, nobody has packed any."""
        self.mall.servers.update(_servers())
        self.home = Path(tempfile.mkdtemp(prefix="together"))
        shutil.copytree(self.template, self.home / "home")
        self.moment = now_utc()
        self.ws = replace(_opened(self.home / "home"), clock=lambda: self.moment)
        found = self.ws.store.rows("SELECT key, number FROM shipments ORDER BY shop, id")
        self.keys = [key for key, _ in found]
        self.key_of = {number: key for key, number in found}
        self.leader: dict[str, str] = {}
        self.number: dict[str, str] = {}  # by box
        self.proven: set[str] = set()
        self.gone: set[str] = set()  # boxes there were
        self.known = {row for (row,) in self.ws.store.rows("SELECT key FROM parcels")}
        self.stopped: dict[str, str] = {}
        self.record: Counter[Told] = Counter()
        self.partial = False
        self.desks = {desk: self.a_desk(desk) for desk in PEOPLE}

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        for desk in self.desks.values():
            desk.close()
        self.replay()
        self.ws.close()
        shutil.rmtree(self.home)

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────

    def a_desk(self, name: str) -> Desk:
        return Desk(self.ws.as_person(PEOPLE[name], name))

    def tick(self) -> None:
        self.moment += timedelta(seconds=1)

    def do(self, desk: str, raw: str) -> str:
        self.tick()
        answer = self.desks[desk].scan(raw)
        self.note(answer.effects)
        self.desks[desk].apply_pending()
        return answer.outcome.value

    def note(self, effects: Sequence[Effect]) -> None:
        """What a desk acknowledged."""
        for effect in effects:
            if effect.do is Do.LINK:
                self.number[effect.parcel] = effect.number
                self.proven.discard(effect.parcel)
            elif effect.do is Do.UNLINK:
                self.forget([effect.parcel])
            elif effect.do is Do.VERIFY:
                self.proven.add(effect.parcel)
            elif effect.do is Do.UNVERIFY:
                self.proven.discard(effect.parcel)

    def forget(self, boxes: Sequence[str]) -> None:
        for box in boxes:
            self.number.pop(box, None)
            self.proven.discard(box)

    def free(self, desk: str) -> None:
        for command in (Command.ACK, Command.NEXT):
            self.do(desk, code_of(command))

    @rule(desk=desks, place=places, first=st.integers(0, len(NUMBERS) - 1))
    def pack(self, desk: str, place: int, first: int) -> None:
        """What a packer does all day: the slip, then a waybill for every box."""
        self.free(desk)
        boxes = self.boxes(self.root(self.keys[place]))
        if self.do(desk, self.keys[place]) == "OK_OPEN":
            for n in range(len(boxes)):
                self.do(desk, NUMBERS[(first + n) % len(NUMBERS)])

    @rule(desk=desks, place=places)
    def read_again(self, desk: str, place: int) -> None:
        """By whom did not pack it, this is the proof."""
        self.free(desk)
        root = self.root(self.keys[place])
        self.do(desk, root)
        for box in self.boxes(root):
            self.do(desk, self.number.get(box, NUMBERS[0]))

    @rule(place=places, first=st.integers(0, len(NUMBERS) - 1))
    def packed_and_read_again(self, place: int, first: int) -> None:
        self.pack("1", place, first)
        self.read_again("2", place)

    @rule(desk=desks, raw=st.sampled_from([*NUMBERS[:3], *(code_of(c) for c in Command)]))
    def anything(self, desk: str, raw: str) -> None:
        self.do(desk, raw)

    @rule(desk=desks, place=places, box=st.integers(0, 2))
    def any_slip(self, desk: str, place: int, box: int) -> None:
        boxes = self.boxes(self.keys[place])
        self.do(desk, boxes[box % len(boxes)])

    @rule(desk=desks, place=places)
    def reopen(self, desk: str, place: int) -> None:
        self.free(desk)
        self.tick()
        answer = self.desks[desk].reopen(self.root(self.keys[place]), "入れ直し")
        self.note(answer.effects)
        self.desks[desk].apply_pending()

    @rule(place=places, box=st.integers(0, 2), number=numbers)
    def enter(self, place: int, box: int, number: str) -> None:
        """A number entered twice is proof by itself."""
        self.tick()
        boxes = self.boxes(self.keys[place])
        key = boxes[box % len(boxes)]
        result = track(self.ws, key, number, number)
        if result.ok:
            assert self.root(self.keys[place]) == self.keys[place], "a member has no boxes of its own"
            self.number[result.parcel] = number
            self.proven.add(result.parcel)

    @rule(place=places, first=st.integers(0, len(NUMBERS) - 1))
    def enter_all(self, place: int, first: int) -> None:
        root = self.root(self.keys[place])
        for n in range(len(self.boxes(root))):
            self.enter(self.keys.index(root), n, NUMBERS[(first + n) % len(NUMBERS)])

    @rule(desk=desks, place=places, digit=st.integers(0, 3))
    def driver_takes(self, desk: str, place: int, digit: int) -> None:
        self.free(desk)
        (box, *_) = self.boxes(self.root(self.keys[place]))
        self.do(desk, self.number.get(box, NUMBERS[0]))
        self.do(desk, str(digit))

    @rule(desk=desks, raw=st.sampled_from([*NUMBERS[:2], code_of(Command.UNDO)]))
    def scan_and_power_cut(self, desk: str, raw: str) -> None:
        """The program dies between journal and database."""
        self.tick()
        answer = self.desks[desk].scan(raw)
        self.note(answer.effects)
        self.desks[desk]._journal.close()  # as the system does: nothing else is finished
        self.desks[desk] = self.a_desk(desk)

    # ── which goods travel in which box ─────────────────────────────────────────────────────────────────────────

    @rule(chosen=several, reason=st.sampled_from(["", "同じ箱に"]), cut=st.booleans())
    def together(self, chosen: list[int], reason: str, cut: bool) -> None:
        keys = [self.keys[place] for place in chosen]
        families = {key for one in keys for key in self.family(one)}
        done = self.planned(families, cut, lambda: bundle(self.ws, keys, reason=reason, agreed=True))
        if done:
            leader = shipments.by_keys(self.ws.store, keys[:1])[0].leader
            assert leader in families
            self.leader |= dict.fromkeys(families, leader)

    @rule(place=places, reason=st.sampled_from(["", "別々に"]), cut=st.booleans())
    def apart(self, place: int, reason: str, cut: bool) -> None:
        key = self.keys[place]
        family = self.family(key)
        done = self.planned(set(family), cut, lambda: unbundle(self.ws, key, reason=reason))
        if done:
            everybody = len(family) == 2 or self.leader[key] == key
            for one in family if everybody else [key]:
                self.leader[one] = ""

    @rule(
        place=places, count=st.integers(1, 3), reason=st.sampled_from(["", "箱を分ける"]), cut=st.booleans()
    )
    def in_boxes(self, place: int, count: int, reason: str, cut: bool) -> None:
        key = self.keys[place]
        if count != len(self.boxes(key)):  # nothing happens then
            self.planned({key}, cut, lambda: split(self.ws, key, count, reason=reason))

    @rule(place=places, count=st.integers(1, 3), turn=st.integers(0, 2), cut=st.booleans())
    def with_contents(self, place: int, count: int, turn: int, cut: bool) -> None:
        """Goods dealt out to the boxes piece by piece."""
        key = self.keys[place]
        lines: list[dict[int, int]] = [{} for _ in range(count)]
        at = turn
        for number, (_, line) in enumerate(self.shipment(key).goods, start=1):
            for _ in range(line.quantity):
                box = lines[at % count]
                box[number] = box.get(number, 0) + 1
                at += 1
        self.planned({key}, cut, lambda: split(self.ws, key, lines=lines, reason="中身を分ける"))

    def planned(self, keys: set[str], cut: bool, act: Callable[[], object]) -> bool:
        """Whether it happened. What a marketplace was told of never changes; where it happens, waybills are read
        anew."""
        self.tick()
        roots = {self.root(key) for key in keys}
        travelling = {key for root in roots for key in self.family(root)}
        boxes = {key: self.boxes(key) for key in travelling}
        told = any(self.is_told(key) for key in travelling)
        died = self.dying(act) if cut else self.refused(act)
        self.done["refused"] += died is None
        if died is None:
            return False
        assert not told, "what was told was packed anew"
        self.forget([box for found in boxes.values() for box in found])
        return True

    def refused(self, act: Callable[[], object]) -> bool | None:
        """None where it was refused: nothing happened."""
        try:
            act()
        except Refused:
            return None
        return True

    def dying(self, act: Callable[[], object]) -> bool | None:
        """The program dies when the journal has it and the database has not; another takes it over."""

        def dies(*_: object) -> None:
            raise PowerCut

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("jpship_gui.flows.pack.record.take_over", dies)
            try:
                act()
            except Refused:
                return None
            except PowerCut:
                pass
            else:
                raise AssertionError("nothing was recorded")
        catch_up(self.ws)
        return True

    @rule()
    def void_ones_are_thrown_away(self) -> None:
        """Their numbers may be given out again."""
        self.tick()
        destroyed(self.ws, [one.parcel for one in void_waybills(self.ws)])

    # ── what stops them ─────────────────────────────────────────────────────────────────────────────────────────

    @rule(place=places)
    def cancelled(self, place: int) -> None:
        """At the marketplace, as a reading tells; the practice marketplace would still take a number."""
        self.tick()
        shipment = self.shipment(self.keys[place])
        order = orders.of_shipment(self.ws.store, shipment.row_id)
        assert order is not None
        gone = replace(order, state=OrderState.CANCELLED, state_code="900")
        accept_orders(self.ws, [gone], Source("api", shipment.order_id.shop))
        self.stopped[shipment.key] = "cancelled"

    @rule(place=places)
    def put_on_hold(self, place: int) -> None:
        self.tick()
        key = self.keys[place]
        if hold.hold(self.ws, [key], "確認中").keys and key not in self.stopped:
            self.stopped[key] = "hold"

    @rule(place=places)
    def let_go(self, place: int) -> None:
        self.tick()
        key = self.keys[place]
        if hold.release(self.ws, [key]).keys and self.stopped.get(key) == "hold":
            del self.stopped[key]

    # ── telling it ──────────────────────────────────────────────────────────────────────────────────────────────

    @rule(on=st.booleans())
    def parts_may_go_first(self, on: bool) -> None:
        self.partial = on
        for shop in SHOPS:
            stored_shops.set_settings(self.ws.store, shop.name, {"confirm.partial": "on" if on else "off"})

    @rule()
    def only_queue(self) -> None:
        self.tick()
        queue(self.ws)

    @rule(trick=st.sampled_from([None, None, *TRICKS]), market=st.sampled_from(CHOSEN))
    def confirm(self, trick: How | None, market: str) -> None:
        self.tick()
        if trick is not None:
            self.mall.servers[market].tricks.ask(Trick(markets()[market].write, trick))
        send_green(self.ws)
        self.mall.servers[market].tricks.clear()
        self.judge()

    @rule(chosen=several, count=st.integers(0, 3), turn=st.integers(0, 2), first=st.integers(0, 8))
    def a_parcel_all_the_way(self, chosen: list[int], count: int, turn: int, first: int) -> None:
        """What happens all day, so that runs get far."""
        self.together(chosen, "同じ箱に", False)
        place = self.keys.index(self.root(self.keys[chosen[0]]))
        if count:
            self.with_contents(place, count, turn, False)
        self.enter_all(place, first)
        self.confirm(None, CHOSEN[0])

    @rule(place=places, count=st.integers(0, 3), turn=st.integers(0, 2), first=st.integers(0, 8))
    def an_order_all_the_way(self, place: int, count: int, turn: int, first: int) -> None:
        if count:
            self.with_contents(place, count, turn, False)
        self.enter_all(place, first)
        self.confirm(None, CHOSEN[0])

    @rule(chosen=st.lists(places, min_size=1, max_size=2, unique=True))
    def confirm_some(self, chosen: list[int]) -> None:
        """A person sends these and no others: of a bundle perhaps one order and not the rest."""
        self.tick()
        queue(self.ws, [self.keys[place] for place in chosen])
        send(self.ws)
        self.judge()

    @rule(chosen=several, count=st.integers(0, 2), first=st.integers(0, 8), member=st.booleans())
    def told_in_part_and_packed_anew(self, chosen: list[int], count: int, first: int, member: bool) -> None:
        """One order of a bundle is told, then somebody wants its parcel otherwise."""
        self.together(chosen, "同じ箱に", False)
        root = self.root(self.keys[chosen[0]])
        self.enter_all(self.keys.index(root), first)
        others = [key for key in self.family(root) if key != root] or [root]
        self.confirm_some([self.keys.index(others[0] if member else root)])
        if count:
            self.in_boxes(self.keys.index(root), count, "箱を分ける", False)
        else:
            self.apart(self.keys.index(others[-1]), "別々に", False)

    @rule()
    def send_what_waits(self) -> None:
        self.tick()
        send(self.ws)
        read_back(self.ws)
        self.judge()

    def judge(self) -> None:
        """Every row that is new in a marketplace's record: is it allowed, does it stand once, did the others stay?"""
        now = Counter(
            Told(row["order"], row.get("line", ""), row["tracking_no"])
            for server in self.mall.servers.values()
            for row in server.record()
            for _ in range(row.get("times", 1))
        )
        assert set(now.values()) <= {1}, "told twice"
        assert now >= self.record, "what was told was changed"
        before = {row.order for row in self.record}
        for row in now - self.record:
            self.may_be_told(row)
            key = self.key_of[row.order]
            self.done["told"] += 1
            self.done[f"told {self.shipment(key).order_id.marketplace}"] += 1
            self.done["told together"] += len(self.family(key)) > 1
            self.done["told in several boxes"] += len(self.boxes(self.root(key))) > 1
            self.done["told later"] += row.order in before
        self.record = now

    def may_be_told(self, row: Told) -> None:
        key = self.key_of[row.order]
        root, family = self.root(key), self.family(key)
        boxes = self.boxes(root)
        assert not [one for one in family if one in self.stopped and not self.was_told(one)], "stopped"
        bearing = [box for box in boxes if self.number.get(box) == row.number]
        assert len(bearing) == 1, (row, boxes, self.number)
        assert bearing[0] in self.proven
        assert not [box for box, number in self.number.items() if number == row.number and box not in bearing]
        if not (self.partial and len(family) == 1 and self.shipment(key).order_id.marketplace == "qoo10"):
            assert set(boxes) <= self.proven, "a part was told before the rest"
        contents = self.contents(root)
        if contents:
            here = [line for (one, line) in contents[bearing[0]] if one == key]
            assert row.line in here if row.line else here, "none of its goods lie in that box"

    # ── what is so ──────────────────────────────────────────────────────────────────────────────────────────────

    def shipment(self, key: str) -> Shipment:
        (found,) = shipments.by_keys(self.ws.store, [key])
        return found

    def root(self, key: str) -> str:
        return self.leader.get(key) or key

    def family(self, key: str) -> list[str]:
        root = self.root(key)
        return [one for one in self.keys if self.root(one) == root]

    def boxes(self, key: str) -> list[str]:
        """Of the shipment itself, whoever travels in them."""
        sql = "SELECT p.key FROM parcels p JOIN shipments s ON s.id = p.shipment_id WHERE s.key = ? ORDER BY p.no"
        return [box for (box,) in self.ws.store.rows(sql, (key,))]

    def contents(self, key: str) -> dict[str, Counter[tuple[str, str]]]:
        """What lies in each box by shipment and line, nothing where that is not known."""
        found: dict[str, Counter[tuple[str, str]]] = {}
        for box, contents in self.shipment(key).contents().items():
            found[box] = Counter()
            for content in contents:
                found[box][content.shipment, content.line_id] += content.quantity
        return found

    def is_told(self, key: str) -> bool:
        """Whether its marketplace took it, or may have: nobody may pack it anew."""
        facts = self.shipment(key).facts
        order = next(number for number, one in self.key_of.items() if one == key)
        return any(row.order == order for row in self.record) or facts.sent is not None

    def was_told(self, key: str) -> bool:
        order = next(number for number, one in self.key_of.items() if one == key)
        return any(row.order == order for row in self.record)

    # ── what always holds ───────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def who_travels_with_whom_is_as_it_was_said(self) -> None:
        for key in getattr(self, "keys", ()):
            shipment = self.shipment(key)
            assert shipment.leader == (self.leader.get(key) or "")
            assert {one.key for one in shipment.bundle} == set(self.family(key))

    @invariant()
    def numbers_are_those_acknowledged(self) -> None:
        for key in getattr(self, "keys", ()):
            for parcel in self.shipment(key).parcels:
                assert parcel.tracking_no == self.number.get(parcel.key, ""), parcel.key
                assert parcel.proven == (parcel.key in self.proven), parcel.key

    @invariant()
    def facts_follow_the_leader(self) -> None:
        for key in getattr(self, "keys", ()):
            shipment, leader = self.shipment(key), self.shipment(self.root(key))
            ours, theirs = shipment.facts, leader.facts
            assert (ours.printed, ours.checked, ours.linked) == (
                theirs.printed,
                theirs.checked,
                theirs.linked,
            )
            assert (ours.verified, ours.handed_over) == (theirs.verified, theirs.handed_over)
            boxes = self.boxes(leader.key)
            assert (theirs.linked is not None) == all(box in self.number for box in boxes)
            assert (theirs.verified is not None) == (set(boxes) <= self.proven)

    @invariant()
    def contents_add_up_to_the_goods(self) -> None:
        for key in getattr(self, "keys", ()):
            if self.root(key) != key:
                continue
            found = self.contents(key)
            if found:
                assert list(found) == self.boxes(key)
                assert all(found.values()), "an empty box"
                goods = self.shipment(key).goods
                pieces = Counter({(one.key, line.line_id): line.quantity for one, line in goods})
                assert sum(found.values(), Counter()) == pieces

    @invariant()
    def no_box_comes_back_from_the_dead(self) -> None:
        if hasattr(self, "keys"):
            now = {box for (box,) in self.ws.store.rows("SELECT key FROM parcels")}
            self.gone |= self.known - now
            self.known |= now
            assert not self.gone & now

    @invariant()
    def void_waybills_serve_nobody(self) -> None:
        if hasattr(self, "keys"):
            listed = void_waybills(self.ws)
            assert not {one.number for one in listed if one.why != "cancelled"} & set(self.number.values())
            for one in listed:
                if one.why == "cancelled":
                    assert all(box == one.parcel for box, no in self.number.items() if no == one.number)
                    assert self.stopped.get(one.shipment) == "cancelled"

    @invariant()
    def what_was_told_stays(self) -> None:
        if not hasattr(self, "keys"):
            return
        for item in outbox.in_state(
            self.ws.store, [SendState.ACCEPTED, SendState.DOUBTFUL, SendState.SENDING]
        ):
            for parcel in item.confirmation.parcels:
                assert self.number.get(parcel.parcel_key) == parcel.tracking_no

    @invariant()
    def nothing_is_both_green_and_red(self) -> None:
        if hasattr(self, "keys"):
            shown = review(self.ws)
            green, red = {row.key for row in shown.green}, {row.key for row in shown.red}
            assert not green & red
            for row in shown.green:
                root = self.root(row.key)
                assert {*row.numbers, *row.kept} <= {self.number.get(box) for box in self.boxes(root)}

    @invariant()
    def records_are_whole(self) -> None:
        if hasattr(self, "keys"):
            assert all(not journal.faults for journal in verify_journals(self.ws))
            assert outbox.first_broken_line(self.ws.store) is None

    def replay(self) -> None:
        """This morning's database and the journals come to the same."""
        shutil.copytree(self.template, self.home / "fresh")
        shutil.copytree(self.home / "home" / "journal", self.home / "fresh" / "journal", dirs_exist_ok=True)
        fresh = _opened(self.home / "fresh")
        try:
            catch_up(fresh)
            for sql in JOURNALLED:
                ours, theirs = (sorted(map(repr, ws.store.rows(sql))) for ws in (self.ws, fresh))
                assert theirs == ours
        finally:
            fresh.close()
        self.done["replayed"] += 1


@pytest.mark.usefixtures("_mall")
class TestTogether(Together.TestCase):  # type: ignore[valid-type, misc]
    """Many short days."""

    settings = settings(
        max_examples=int(os.environ.get("JPSHIP_HEART_DAYS", "30")),
        stateful_step_count=int(os.environ.get("JPSHIP_HEART_STEPS", "30")),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
