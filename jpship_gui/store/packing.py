"""What packing reads from and writes to the database. Writing follows the journal and is harmless when repeated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.order import OrderId
from jpship_gui.domain.order_key import box_number, is_key, number_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.guards import ASIDE
from jpship_gui.domain.packing.state import RUN
from jpship_gui.domain.shipment import Content, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.store import (
    bundles,
    evidence,
    goods_index,
    handovers,
    history,
    outbox,
    shipments,
    to_journal,
    voids,
    waiting_entries,
    weights,
)
from jpship_gui.store.database import Store, from_ms, to_ms

_TO_PACK = (Stage.PRINT.value, Stage.PACK.value)
_EVER = 2**62  # after every moment
_GROUP = 500  # values in one query
_FEW = 20  # shipments looked at for goods that are wanted elsewhere


@dataclass(frozen=True, slots=True)
class Box:
    """One parcel with everything the desk noted about it."""

    key: str
    carrier: str
    tracking_no: str
    file_no: str
    linked_at: datetime | None
    linked_by: str
    linked_seq: int
    verified: bool
    handed_over: bool
    contents: tuple[Content, ...] = ()
    told: bool = False  # its number was told ahead of the others'
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """A shipment with its boxes, who has it open, and the flags its stage does not tell apart; of a bundle's leader the
    boxes carry all that is packed with it."""

    shipment: Shipment
    boxes: tuple[Box, ...]
    holder: str
    cancelled: bool
    releasable: bool
    shipped_at_source: bool
    not_ours: bool
    blocked: bool
    called: bool = False  # the desk that has it open only called it in run mode


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A parcel that has a tracking number; `linked_at` is None where only the carrier's file says so. `void` = on a
    waybill nobody has destroyed yet, which serves no parcel any more."""

    shipment: str
    parcel: str
    order: str
    linked: bool
    linked_at: datetime | None
    void: bool = False
    promised: bool = False  # by the carrier's file


def load(store: Store, key: str) -> Packed | None:
    """By shipment key or parcel key."""
    shipment = shipments.by_key(store, key) or shipments.by_parcel_key(store, key)
    if shipment is None:
        return None
    flags = store.row(
        "SELECT cancelled, releasable, shipped_at_source, not_ours, blocked FROM shipments WHERE id = ?",
        (shipment.row_id,),
    )
    assert flags is not None
    open_at = "SELECT desk, called FROM open_parcels WHERE shipment_id = ?"
    holder, called = store.row(open_at, (shipment.row_id,)) or ("", 0)
    return Packed(shipment, _boxes(store, shipment), holder, *(bool(f) for f in (*flags, called)))


def _boxes(store: Store, shipment: Shipment) -> tuple[Box, ...]:
    rows = store.rows(
        "SELECT key, carrier, tracking_no, file_no, linked_at, linked_by, linked_seq, verified_at, handed_at, "
        "weighed_at FROM parcels WHERE shipment_id = ? ORDER BY no",
        (shipment.row_id,),
    )
    contents = shipment.contents() if len(rows) > 1 else {}
    told = outbox.told_parcels(store, shipment.order_id) if len(rows) > 1 else frozenset()
    return tuple(
        Box(
            *(row[0], row[1], row[2], row[3], from_ms(row[4]), row[5], row[6]),
            *(row[7] is not None, row[8] is not None),
            contents=contents.get(row[0], ()),
            told=row[0] in told,
            weighed=row[9] is not None,
        )
        for row in rows
    )


def uses_of(store: Store, number: str) -> list[NumberUse]:
    """Every parcel with this number, linked ones first, then every void waybill with it."""
    if not number:
        return []
    rows = store.rows(
        "SELECT s.key, p.key, s.number, p.tracking_no, p.linked_at, p.file_no FROM parcels p "
        "JOIN shipments s ON s.id = p.shipment_id WHERE p.tracking_no = ? OR p.file_no = ? ORDER BY p.id",
        (number, number),
    )
    uses = [
        NumberUse(s, p, o, t == number, from_ms(at), promised=file_no == number)
        for s, p, o, t, at, file_no in rows
    ]
    void = [
        NumberUse(*found, linked=False, linked_at=None, void=True) for found in voids.of_number(store, number)
    ]
    return [*sorted(uses, key=lambda use: not use.linked), *void]


def linked_desk(store: Store, parcel_key: str) -> str:
    """The desk this parcel got its number at; blank without one."""
    return str(store.value("SELECT linked_desk FROM parcels WHERE key = ?", (parcel_key,)) or "")


def linked_after(store: Store, parcel_key: str, without: Sequence[str] = ()) -> bool:
    """Whether a parcel of another shipment, but for some, was linked after this one where this one was: what other
    desks do meanwhile takes nothing out of this packer's hands."""
    but = f"AND other.key NOT IN ({', '.join('?' * len(without))}) " if without else ""
    return bool(
        store.value(
            "SELECT 1 FROM parcels own JOIN parcels other ON other.linked_seq > own.linked_seq "
            "AND other.shipment_id <> own.shipment_id AND other.tracking_no <> '' "
            f"AND other.linked_desk = own.linked_desk {but}WHERE own.key = ? LIMIT 1",
            (*without, parcel_key),
        )
    )


def sku_known(store: Store, codes: Sequence[str]) -> str:
    """The stock key, as an order writes it, that equals one of these codes without case; blank when none does."""
    return goods_index.known(store, codes)


def needing(store: Store, skus: Sequence[str]) -> str:
    """Order number of the most urgent shipment still to be packed that has one of these stock keys; blank = none."""
    found: dict[int, Shipment] = {}
    for sku in skus:
        for shipment in shipments.by_ids(store, goods_index.waiting(store, sku, _TO_PACK, _FEW)):
            if any(line.sku.upper() == sku.upper() and not line.deleted for line in shipment.lines):
                found.setdefault(shipment.row_id, shipment)
                break
    urgent = sorted(found.values(), key=lambda s: (s.ship_by is None, s.ship_by, s.row_id))
    return urgent[0].order_id.number if urgent else ""


def orders_of(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """Order numbers by shipment key; unknown keys are absent."""
    wanted, found = list(keys), dict[str, str]()
    for start in range(0, len(wanted), _GROUP):
        group = wanted[start : start + _GROUP]
        marks = ", ".join("?" * len(group))
        found |= dict(store.rows(f"SELECT key, number FROM shipments WHERE key IN ({marks})", group))
    return found


def names_of(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """Recipients by shipment key; unknown keys are absent."""
    wanted = list(dict.fromkeys(keys))
    marks = ", ".join("?" * len(wanted))
    return dict(store.rows(f"SELECT key, name FROM shipments WHERE key IN ({marks})", wanted))


def names_on_the_way(store: Store, key: str, count: int) -> list[tuple[str, str]]:
    """Key and recipient of other shipments with a number that are not handed over: those that got it last before this
    one, or where these are fewer than half of `count`, the next ones after it. So they hardly change while it waits."""
    others = (
        "SELECT s.key, s.name FROM parcels p JOIN shipments s ON s.id = p.shipment_id "
        "WHERE p.handed_at IS NULL AND p.tracking_no <> '' AND s.key <> ? AND p.linked_at "
    )
    own = "SELECT MIN(p.linked_at) FROM parcels p JOIN shipments s ON s.id = p.shipment_id WHERE s.key = ?"
    at = store.value(own, (key,)) or _EVER
    found = store.rows(f"{others}<= ? ORDER BY p.linked_at DESC, p.id DESC LIMIT ?", (key, at, count))
    few = count // 2 - len(found)
    if few > 0:
        found = [*found, *store.rows(f"{others}> ? ORDER BY p.linked_at, p.id LIMIT ?", (key, at, few))]
    return list(dict.fromkeys((other, name) for other, name in found))


def marks(store: Store) -> dict[str, tuple[int, str]]:
    """Line number and hash of the last journal line each desk's database took over."""
    return {desk: (n, mark) for desk, n, mark in store.rows("SELECT desk, n, hash FROM journal_marks")}


def apply(
    store: Store, desk: str, n: int, mark: str, at: datetime, person: str, effects: Sequence[Effect]
) -> tuple[str, ...]:
    """Take over one journal line in one transaction; returns the keys of the shipments it changed.

    A line that was taken over before changes nothing. Effects about shipments this database does not have are passed
    over: the journal keeps them for a rebuild.
    """
    with store.transaction():
        if not _advance(store, desk, n, mark):
            return ()
        writer = _Writer(store, desk, at, person)
        for effect in effects:
            writer.write(effect)
        writer.finish()
    return tuple(writer.keys)


def pass_over(store: Store, desk: str, n: int, mark: str) -> None:
    """Note a journal line as taken over whose changes this database has already. In a transaction."""
    _advance(store, desk, n, mark)


def _advance(store: Store, desk: str, n: int, mark: str) -> bool:
    """Set the desk's mark to this line; False when it stands there already. Two processes taking over the same line
    queue here, so it happens once. WorldFault("journal_gap") when lines before it are missing."""
    if n == 1:
        sql = "INSERT INTO journal_marks (desk, n, hash) VALUES (?, ?, ?) ON CONFLICT (desk) DO NOTHING RETURNING n"
        return store.value(sql, (desk, n, mark)) is not None
    sql = "UPDATE journal_marks SET n = ?, hash = ? WHERE desk = ? AND n = ? RETURNING n"
    if store.value(sql, (n, mark, desk, n - 1)) is not None:
        return True
    done = store.value("SELECT n FROM journal_marks WHERE desk = ?", (desk,))
    if done is None or done < n:
        raise WorldFault("journal_gap", desk=desk, line=n)
    return False


class _Writer:
    """Writes the effects of one line."""

    def __init__(self, store: Store, desk: str, at: datetime, person: str) -> None:
        self.store, self.desk, self.at, self.person = store, desk, at, person
        self.keys: dict[str, int] = {}
        self._facts: set[tuple[int, str]] = set()
        self._how: dict[tuple[int, str], str] = {}
        self._moved: set[int] = set()
        self._taken_back: dict[str, str] = {}  # parcel → number it had at the beginning of this line

    def write(self, effect: Effect) -> None:
        """One effect; those that concern only the session are passed over."""
        if effect.do in handovers.HANDLERS:
            handovers.HANDLERS[effect.do](self.store, effect, self.at, self.person, self.desk)
            return
        if effect.do is Do.KEY:
            self.key(effect)
            return
        handler = _HANDLERS.get(effect.do)
        if handler is None or not effect.shipment:
            return
        row_id = self._row_of(effect.shipment)
        if row_id is not None:
            handler(self, row_id, effect)

    def finish(self) -> None:
        """Derive the shipments' facts from their boxes, then their stage."""
        for row_id, fact in sorted(self._facts):
            self._derive(row_id, fact)
        if self._moved:
            shipments.index(self.store, sorted(self._moved))
        if self.keys:
            shipments.restage(self.store, list(self.keys.values()))

    def _reserve(self, key: str) -> None:
        """A shipment only the journal knows: this database is older than it and must not give the key again."""
        if is_key(key):
            self.store.never_again("shipment", number_of(key))

    def _row_of(self, key: str) -> int | None:
        if key not in self.keys:
            row_id = self.store.value("SELECT id FROM shipments WHERE key = ?", (key,))
            if row_id is None:
                self._reserve(key)
                return None
            self.keys[key] = int(row_id)
        return self.keys[key]

    def _derive(self, row_id: int, fact: str) -> None:
        column = _BOX_COLUMN[fact]
        missing = self.store.value(
            f"SELECT COUNT(*) FROM parcels WHERE shipment_id = ? AND NOT ({column})", (row_id,)
        )
        if missing:
            shipments.unmark(self.store, [row_id], fact)
        elif (row_id, fact) in self._how:
            shipments.mark(self.store, [row_id], fact, self.at, self.person, self._how[row_id, fact])
        else:  # a box that lacked it is gone: the last of the others made it true
            at, by, how = self.store.row(_LATEST[fact], (row_id,)) or (None, "", "")
            moment = from_ms(at)
            if moment is not None:
                shipments.mark(self.store, [row_id], fact, moment, by, how)

    def _note(self, row_id: int, what: str, **values: str) -> None:
        """In the history of everything that travels in these boxes."""
        rows = self._travelling(row_id)
        history.add(self.store, rows, what, self.at, self.person, self.desk, **values)

    def _note_one(self, row_id: int, what: str, **values: str) -> None:
        history.add(self.store, [row_id], what, self.at, self.person, self.desk, **values)

    def _travelling(self, row_id: int) -> list[int]:
        """The shipments in these boxes, which change with them."""
        rows = bundles.family_of(self.store, row_id)
        if len(rows) > 1:
            known = set(self.keys.values())
            for other in shipments.by_ids(self.store, [r for r in rows if r not in known]):
                self.keys[other.key] = other.row_id
        return rows

    def _touch(self, row_id: int, fact: str, how: str = "") -> None:
        self._facts.add((row_id, fact))
        self._how[(row_id, fact)] = how

    def open(self, row_id: int, effect: Effect) -> None:
        self.store.execute(
            "INSERT INTO open_parcels (shipment_id, desk, person, at, called) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (shipment_id) DO UPDATE SET desk = excluded.desk, person = excluded.person, "
            "at = excluded.at, called = excluded.called",
            (row_id, self.desk, self.person, to_ms(self.at), int(effect.how == RUN)),
        )
        if effect.reason:
            self._note(row_id, "reopened", reason=effect.reason)

    def taken_over(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "taken_over", other=effect.reason)

    def leave(self, row_id: int, effect: Effect) -> None:
        self.store.execute("DELETE FROM open_parcels WHERE shipment_id = ? AND desk = ?", (row_id, self.desk))

    def checked(self, row_id: int, effect: Effect) -> None:
        if self.store.value("SELECT checked_at FROM shipments WHERE id = ?", (row_id,)) is not None:
            return
        shipments.mark(self.store, [row_id], "checked", self.at, self.person, effect.how)
        self._note(row_id, "checked", how=effect.how)

    def unchecked(self, row_id: int, effect: Effect) -> None:
        """What another desk took over, or packed, in the very moment this one set it aside stays checked."""
        if effect.how == ASIDE:
            ours = self.store.value(
                "SELECT 1 FROM open_parcels o WHERE o.shipment_id = ? AND o.desk = ? AND NOT EXISTS "
                "(SELECT 1 FROM parcels p WHERE p.shipment_id = o.shipment_id AND p.tracking_no <> '')",
                (row_id, self.desk),
            )
            if ours is None:
                return
        shipments.unmark(self.store, [row_id], "checked")

    def skipped(self, row_id: int, effect: Effect) -> None:
        if effect.how in ("item", "tick", "proof"):  # of weight and photo their own effects tell
            self._note(row_id, f"skipped_{effect.how}", reason=effect.reason)

    def unskipped(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "unskipped")

    def restarted(self, row_id: int, effect: Effect) -> None:
        if effect.reason:
            self._note(row_id, "restarted", reason=effect.reason)

    def ticked(self, row_id: int, effect: Effect) -> None:
        if effect.how == "skip":
            return
        self._note(row_id, "ticked", instruction=effect.words or effect.reason)

    def left(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "tick_left", instruction=effect.words or effect.reason)

    def waive(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "waived_photo", reason=effect.reason)

    def weigh(self, row_id: int, effect: Effect) -> None:
        weights.put(self.store, effect.parcel, effect.grams, effect.due, self.at, self.person)
        if effect.grams:
            due = str(effect.due) if effect.due else "-"
            self._note(row_id, "weighed", grams=str(effect.grams), due=due)
        else:
            self._note(row_id, "waived_weight", reason=effect.reason)

    def unweigh(self, row_id: int, effect: Effect) -> None:
        weights.take_back(self.store, effect.parcel)

    def attach(self, row_id: int, effect: Effect) -> None:
        found = evidence.Evidence(effect.number, effect.contents, effect.how, effect.parcel)
        if evidence.add(self.store, row_id, found, self.at, self.person, self.desk):
            self._note(row_id, "attached", kind=effect.how)

    def detach(self, row_id: int, effect: Effect) -> None:
        if evidence.drop(self.store, row_id, effect.number):
            self._note(row_id, "detached", reason=effect.reason)

    def link(self, row_id: int, effect: Effect) -> None:
        values: dict[str, Any] = {
            **_UNPROVEN,
            "tracking_no": effect.number,
            "carrier": effect.carrier,
            "how": effect.how,
            "linked_at": to_ms(self.at),
            "linked_by": self.person,
            "linked_desk": self.desk,
            "linked_seq": self.store.next_numbers("link"),
        }
        waiting_entries.drop(self.store, effect.parcel)
        shipments.set_parcel(self.store, effect.parcel, values)
        self._touch(row_id, "linked", effect.how)
        self._touch(row_id, "verified")
        self._touch(row_id, "handed_over")
        self._note(row_id, "linked", number=effect.number, carrier=effect.carrier, how=effect.how)

    def enter(self, row_id: int, effect: Effect) -> None:
        """A parcel that is gone, or got its number meanwhile, waits for nothing."""
        sql = "SELECT 1 FROM parcels WHERE key = ? AND tracking_no = ''"
        if self.store.value(sql, (effect.parcel,)) is None:
            return
        values = (effect.parcel, effect.number, effect.carrier, self.at, self.person, self.desk)
        waiting_entries.put(self.store, row_id, *values)
        self._note(row_id, "entry_waits")

    def unenter(self, row_id: int, effect: Effect) -> None:
        if waiting_entries.drop(self.store, effect.parcel) and effect.reason:
            self._note(row_id, f"entry_{effect.reason}")

    def unlink(self, row_id: int, effect: Effect) -> None:
        if not self._stands(effect):
            return
        self._taken_back[effect.parcel] = effect.number
        values: dict[str, Any] = {
            **_UNPROVEN,
            **{"tracking_no": "", "how": "", "linked_at": None},
            **{"linked_by": "", "linked_desk": "", "linked_seq": 0},
        }
        shipments.set_parcel(self.store, effect.parcel, values)
        self._touch(row_id, "linked")
        self._touch(row_id, "verified")
        self._touch(row_id, "handed_over")
        self._note(row_id, "unlinked", number=effect.number)

    def verify(self, row_id: int, effect: Effect) -> None:
        if not self._stands(effect):
            return
        shipments.set_parcel(
            self.store,
            effect.parcel,
            {"verified_at": to_ms(self.at), "verified_by": self.person, "verified_how": effect.proof},
        )
        self._touch(row_id, "verified", effect.proof)
        self._note(row_id, "verified", proof=effect.proof)

    def unverify(self, row_id: int, effect: Effect) -> None:
        if not self._stands(effect):
            return
        shipments.set_parcel(
            self.store, effect.parcel, {"verified_at": None, "verified_by": "", "verified_how": ""}
        )
        self._touch(row_id, "verified")
        self._note(row_id, "unverified")

    def _stands(self, effect: Effect) -> bool:
        """Whether the parcel still has the number the effect is about: a proof is one number's, and an older act, taken
        back late, must not touch what was linked since."""
        sql = "SELECT tracking_no FROM parcels WHERE key = ?"
        return not effect.number or self.store.value(sql, (effect.parcel,)) == effect.number

    def hand_over(self, row_id: int, effect: Effect) -> None:
        if not self._stands(effect):
            return
        values = {"handed_at": to_ms(self.at), "handed_how": effect.proof}
        shipments.set_parcel(self.store, effect.parcel, values)
        if effect.other:
            handovers.take(self.store, effect, self.at, self.person, self.desk)
        self._touch(row_id, "handed_over")
        self._note(row_id, "handed_over")

    def unhand(self, row_id: int, effect: Effect) -> None:
        if effect.other:
            handovers.untake(self.store, effect)
        if not self._stands(effect):
            return
        shipments.set_parcel(self.store, effect.parcel, {"handed_at": None, "handed_how": ""})
        self._touch(row_id, "handed_over")
        self._note(row_id, "hand_over_undone")

    def hand_left(self, row_id: int, effect: Effect) -> None:
        handovers.leave(self.store, effect, self.at, self.person, self.desk)

    def hold(self, row_id: int, effect: Effect) -> None:
        shipments.update(self.store, row_id, {"hold_reason": effect.reason})
        self._note_one(row_id, "held", reason=effect.reason)

    def release(self, row_id: int, effect: Effect) -> None:
        """Only the hold it is about: another reason was given by somebody who knows."""
        sql = "UPDATE shipments SET hold_reason = '' WHERE id = ? AND hold_reason = ? RETURNING id"
        if self.store.value(sql, (row_id, effect.reason)) is not None:
            self._note_one(row_id, "released", reason=effect.reason)

    def rechecked(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "rechecked")

    def unrechecked(self, row_id: int, effect: Effect) -> None:
        self._note(row_id, "unrechecked")

    def join(self, row_id: int, effect: Effect) -> None:
        leader = self._row_of(effect.other)
        coming = bundles.family_of(self.store, row_id)
        if leader is None or not bundles.join(self.store, leader, row_id):
            return
        for member in coming:
            for key in self._parcel_keys(member):
                number = self._taken_back.get(key, "")
                voids.add(self.store, member, key, number, _BUNDLED, self.at, self.person)
        self._rederive(bundles.root_of(self.store, leader), *coming)
        self._note(leader, "bundled", leader=self._order_of(leader), order=self._order_of(row_id))

    def separate(self, row_id: int, effect: Effect) -> None:
        family = self._travelling(row_id)
        leader = self._order_of(family[0])
        free = bundles.separate(self.store, row_id)
        for one in free:
            voids.revive(self.store, one, _BUNDLED, self.at, self.person)
        self._rederive(*family)
        for one in family if free else ():
            self._note_one(one, "unbundled", leader=leader, order=self._order_of(row_id))

    def add_box(self, row_id: int, effect: Effect) -> None:
        no = box_number(effect.parcel)
        self.store.execute(
            "INSERT INTO parcels (shipment_id, no, key, carrier) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (row_id, no, effect.parcel, effect.carrier),
        )
        self.store.execute(
            "UPDATE shipments SET last_parcel = ? WHERE id = ? AND last_parcel < ?", (no, row_id, no)
        )
        bundles.unprint(self.store, row_id)  # the slip says how many there are
        self._rederive(row_id)
        self._note(row_id, "box_added", box=str(no))

    def drop_box(self, row_id: int, effect: Effect) -> None:
        """A box that still has its number stays: what was linked is never lost."""
        number = self._taken_back.get(effect.parcel, "")
        mine = "shipment_id = ? AND key = ? AND no > 1 AND tracking_no = ''"
        if self.store.value(f"SELECT 1 FROM parcels WHERE {mine}", (row_id, effect.parcel)) is None:
            return
        voids.add(self.store, row_id, effect.parcel, number, _TAKEN_OUT, self.at, self.person)
        waiting_entries.drop(self.store, effect.parcel)
        self.store.execute(f"DELETE FROM parcels WHERE {mine}", (row_id, effect.parcel))
        bundles.unprint(self.store, row_id)
        self._rederive(row_id)
        self._note(row_id, "box_dropped", box=str(box_number(effect.parcel)))

    def contents(self, row_id: int, effect: Effect) -> None:
        self.store.execute(
            "UPDATE parcels SET contents = ? WHERE shipment_id = ? AND key = ?",
            (effect.contents, row_id, effect.parcel),
        )
        self._note(row_id, "contents_noted", box=str(box_number(effect.parcel)))

    def fact(self, row_id: int, effect: Effect) -> None:
        shipments.set_fact(self.store, [row_id], effect.reason, self.at, self.person, effect.how)

    def unfact(self, row_id: int, effect: Effect) -> None:
        shipments.unset_fact(self.store, [row_id], effect.reason)

    def decided(self, row_id: int, effect: Effect) -> None:
        values = json.loads(effect.contents)
        known = {name: values[name] for name in to_journal.DECISIONS if name in values}
        if known:
            shipments.update(self.store, row_id, known)

    def key(self, effect: Effect) -> None:
        """Whose key it is: kept for an order that is still to come. WorldFault("journal_other_key") where this database
        gave it to another order: slips in the house would open the wrong one."""
        told = json.loads(effect.contents)
        order = OrderId(told["marketplace"], told["shop"], told["number"])
        row = self.store.row("SELECT marketplace, number FROM shipments WHERE key = ?", (effect.shipment,))
        if row is None:
            self._reserve(effect.shipment)
            to_journal.keep_key(self.store, order, told["package"], effect.shipment)
        elif row != (order.marketplace, order.number):
            raise WorldFault("journal_other_key", key=effect.shipment, order=order.number, other=row[1])

    def _parcel_keys(self, row_id: int) -> list[str]:
        rows = self.store.rows("SELECT key FROM parcels WHERE shipment_id = ? ORDER BY no", (row_id,))
        return [key for (key,) in rows]

    def _order_of(self, row_id: int) -> str:
        return str(self.store.value("SELECT number FROM shipments WHERE id = ?", (row_id,)) or "")

    def _rederive(self, *row_ids: int) -> None:
        """The boxes of these shipments are others now: facts and search text follow."""
        self._facts |= {(row_id, fact) for row_id in row_ids for fact in _BOX_COLUMN}
        self._moved.update(row_ids)


_BUNDLED, _TAKEN_OUT = "bundled", "taken_out"  # why a waybill is void
_UNPROVEN = {"verified_at": None, "verified_by": "", "verified_how": "", "handed_at": None, "handed_how": ""}
_BOX_COLUMN = {
    "linked": "tracking_no <> ''",
    "verified": "verified_at IS NOT NULL",
    "handed_over": "handed_at IS NOT NULL",
}
_LATEST = {
    fact: f"SELECT {columns} FROM parcels WHERE shipment_id = ? ORDER BY {columns.split(',')[0]} DESC LIMIT 1"
    for fact, columns in {
        "linked": "linked_at, linked_by, how",
        "verified": "verified_at, verified_by, verified_how",
        "handed_over": "handed_at, '', ''",
    }.items()
}

_HANDLERS: Mapping[Do, Callable[[_Writer, int, Effect], None]] = {
    Do.OPEN: _Writer.open,
    Do.TAKE_OVER: _Writer.taken_over,
    Do.UNCLOSE: _Writer.open,
    Do.CLOSE: _Writer.leave,
    Do.ABANDON: _Writer.leave,
    Do.UNOPEN: _Writer.leave,
    Do.CHECKED: _Writer.checked,
    Do.UNCHECKED: _Writer.unchecked,
    Do.SKIP: _Writer.skipped,
    Do.UNSKIP: _Writer.unskipped,
    Do.RESTART: _Writer.restarted,
    Do.TICK: _Writer.ticked,
    Do.LEFT: _Writer.left,
    Do.WAIVE: _Writer.waive,
    Do.WEIGH: _Writer.weigh,
    Do.UNWEIGH: _Writer.unweigh,
    Do.ATTACH: _Writer.attach,
    Do.DETACH: _Writer.detach,
    Do.LINK: _Writer.link,
    Do.UNLINK: _Writer.unlink,
    Do.ENTER: _Writer.enter,
    Do.UNENTER: _Writer.unenter,
    Do.VERIFY: _Writer.verify,
    Do.UNVERIFY: _Writer.unverify,
    Do.HAND_OVER: _Writer.hand_over,
    Do.UNHAND: _Writer.unhand,
    Do.HAND_LEFT: _Writer.hand_left,
    Do.HOLD: _Writer.hold,
    Do.RELEASE: _Writer.release,
    Do.RECHECKED: _Writer.rechecked,
    Do.UNRECHECKED: _Writer.unrechecked,
    Do.JOIN: _Writer.join,
    Do.SEPARATE: _Writer.separate,
    Do.ADD_BOX: _Writer.add_box,
    Do.DROP_BOX: _Writer.drop_box,
    Do.CONTENTS: _Writer.contents,
    Do.FACT: _Writer.fact,
    Do.UNFACT: _Writer.unfact,
    Do.DECIDED: _Writer.decided,
}
