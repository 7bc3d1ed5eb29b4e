"""What became true away from the packing desks goes into a journal of its own: printed, sent, accepted, what the office
held and approved, and which order has which key.

It is noted in the transaction that made it true and written here soon after: at the start of every command and
window, at a command's end, and while the window is open whenever something changed. A power cut in between loses
nothing, as the note is in the database; only a database that is lost itself within these moments takes them along.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.flows.pack.record import follow, held
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import packing, to_journal
from jpship_gui.store.journal import Journal
from jpship_gui.store.to_journal import DECIDED, FACT, KEY, Waiting

_AT_ONCE = 2000  # happenings in a transaction
_A_LINE = 200
FACTS = "facts"  # kind of its lines, which are nobody's scans


def keep_up(ws: Workspace) -> int:
    """Write what waits into this desk's journal of facts; returns how many happenings. Faults as of a journal that
    cannot be written; nothing is lost by them."""
    count = 0
    while to_journal.any_waiting(ws.store):
        with held(ws, "facts") as opened:
            follow(ws, opened)
            count += _write_some(ws, opened)
    return count


def keep_up_quietly(ws: Workspace) -> None:
    """The same where a journal that cannot be written now must stop nobody: what waits is tried again next time."""
    with contextlib.suppress(WorldFault):
        keep_up(ws)


def _write_some(ws: Workspace, opened: Journal) -> int:
    with ws.store.transaction():
        ws.store.next_numbers("facts")  # also a lock: one desk writes what waits
        waiting = to_journal.waiting(ws.store, _AT_ONCE)
        for at, person, group in _lines(waiting, ws.now()):
            entry = opened.append(
                FACTS, at=at.isoformat(), person=person, effects=[_effect(one).plain() for one in group]
            )
            packing.pass_over(ws.store, entry.desk, entry.n, entry.hash)
        if waiting:
            to_journal.done(ws.store, waiting[-1].row_id)
        else:
            to_journal.drop_orphans(ws.store)
    return len(waiting)


def _lines(waiting: Sequence[Waiting], now: datetime) -> Iterator[tuple[datetime, str, Sequence[Waiting]]]:
    """In their order; what has no time of its own happened no later than what follows it."""
    times: list[datetime] = []
    later = now
    for one in reversed(waiting):
        later = one.at or later
        times.append(later)
    times.reverse()
    start = 0
    for place in range(1, len(waiting) + 1):
        same = (
            place < len(waiting)
            and times[place] == times[start]
            and waiting[place].person == waiting[start].person
            and place - start < _A_LINE
        )
        if not same:
            yield times[start], waiting[start].person, waiting[start:place]
            start = place


def _effect(one: Waiting) -> Effect:
    if one.what == KEY:
        order = one.order
        told = {"marketplace": order.marketplace, "shop": order.shop, "number": order.number}
        return Effect(Do.KEY, one.shipment, contents=json.dumps({**told, "package": one.package}))
    if one.what == DECIDED:
        return Effect(Do.DECIDED, one.shipment, contents=one.detail)
    return Effect(Do.FACT if one.what == FACT else Do.UNFACT, one.shipment, reason=one.fact, how=one.how)
