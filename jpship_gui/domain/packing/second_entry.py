"""A typed number whose second entry another person makes, or the same one later (PK-01).

Whoever types a number twice in a row repeats what their hand just did. The first entry therefore waits, unseen; only an
equal second one links the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.entry import MISMATCH, Entered, Entry, agrees, box_for, decide, judge
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.world import PackView, World
from jpship_gui.domain.tracking_no import normalise

NOT_YET = "NG_NOT_YET"  # it is not this person's turn; the scan protocol has no code for it
WAITS = "waits"


class Rule(StrEnum):
    """Who may make the second entry: the same person at once, only another, or another or the same later."""

    SAME = "same"
    OTHER = "other"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Second:
    """What the shop asks; `after` other entries of the same person or `minutes`, whichever comes first."""

    rule: Rule = Rule.SAME
    after: int = 10
    minutes: int = 30


@dataclass(frozen=True, slots=True)
class First:
    """An entry that waits; `since` = numbers the person who would type now has entered after it."""

    parcel: str
    number: str
    carrier: str
    person: str
    at: datetime
    since: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Who types now, and what waits: entries of this shipment by parcel, and whose order has this very number."""

    person: str
    now: datetime
    second: Second
    waiting: Mapping[str, First]
    taken_by: str = ""


def not_yet(first: First, turn: Turn) -> str:
    """Why this person may not make the second entry now: nobody (no name, where another person is asked for), person
    or later; "" if they may."""
    if turn.second.rule is Rule.SAME:
        return ""
    if first.person and turn.person and first.person != turn.person:
        return ""
    if turn.second.rule is Rule.OTHER:
        return "person" if first.person and turn.person else "nobody"
    long = turn.now - first.at >= timedelta(minutes=turn.second.minutes)
    return "" if long or first.since >= turn.second.after else "later"


def decide_apart(world: World, view: PackView, entry: Entry, desk: str, parcel: str, turn: Turn) -> Entered:
    """The first entry waits, the second links; an unequal second one ends both."""
    first = _waiting(world, view, entry, parcel, turn)
    if first is not None:
        return _second(world, view, entry, desk, first, turn)
    where = _free(view, parcel, turn)
    wrong = judge(world, view, entry, desk, where)
    if wrong is not None:
        return wrong
    number = world.number(entry.first, entry.carrier).number
    if entry.second and not agrees(entry, number):
        return Entered(MISMATCH, number=number, values={"first": number, "second": normalise(entry.second)})
    box = box_for(view, number, where)
    assert box is not None
    if number in (box.file_no, box.tracking_no):  # the file says it as well; or it is linked, and proven anew
        return decide(world, view, replace(entry, second=entry.first), desk, where)
    if turn.taken_by:
        values = {"number": number, "other": turn.taken_by}
        return Entered(Outcome.NG_DUPLICATE.value, "linked", number, values=values)
    if turn.second.rule is Rule.OTHER and not turn.person:
        return Entered(NOT_YET, "nobody", parcel=box.key, values={"order": view.order, "person": ""})
    carrier = entry.carrier or box.carrier
    waits = Effect(Do.ENTER, view.key, box.key, number=number, carrier=carrier, how=entry.how.value)
    return Entered(Outcome.OK_LINK.value, WAITS, number, box.key, {"order": view.order}, (waits,))


def _second(world: World, view: PackView, entry: Entry, desk: str, first: First, turn: Turn) -> Entered:
    why = not_yet(first, turn)
    values = {"order": view.order, "person": first.person}
    if why:
        return Entered(NOT_YET, why, parcel=first.parcel, values=values)
    wrong = judge(world, view, entry, desk, first.parcel)
    if wrong is not None:
        return wrong
    number = world.number(entry.first, entry.carrier).number
    if entry.second and not agrees(entry, number):
        return Entered(MISMATCH, number=number, values={"first": number, "second": normalise(entry.second)})
    done = Effect(Do.UNENTER, view.key, first.parcel, number=first.number)
    if number != first.number:
        done = replace(done, reason="differs")
        return Entered(
            *(MISMATCH, "second", number, first.parcel),
            values={**values, "first": first.number, "second": number},
            effects=(done,),
        )
    again = replace(entry, second=entry.first, carrier=first.carrier or entry.carrier)
    found = decide(world, view, again, desk, first.parcel)
    return replace(found, effects=(done, *found.effects)) if found.ok else found


def _waiting(world: World, view: PackView, entry: Entry, parcel: str, turn: Turn) -> First | None:
    """The entry this one is the second of. Of several boxes: the one that has this number, else none as long as a box
    is free."""
    mine = [
        turn.waiting[box.key] for box in view.parcels if box.key in turn.waiting and parcel in ("", box.key)
    ]
    if not mine:
        return None
    number = world.number(entry.first, entry.carrier).number
    equal = next((first for first in mine if first.number == number), None)
    if equal is not None or len(view.parcels) == 1 or parcel:
        return equal or mine[0]
    return None if _free(view, parcel, turn) else mine[0]


def _free(view: PackView, parcel: str, turn: Turn) -> str:
    """Key of the first box without number and waiting entry, "" where it makes no difference or there is none."""
    if parcel or not turn.waiting:
        return parcel
    free = [box.key for box in view.parcels if not box.tracking_no and box.key not in turn.waiting]
    return free[0] if free else ""
