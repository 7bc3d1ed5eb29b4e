"""From the desk at the hand-over to what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jpship_gui.domain.handover.session import Answer, expected
from jpship_gui.domain.handover.state import NAME, State
from jpship_gui.domain.handover.world import Session, Standing, Waiting
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.handover.listing import CarrierDue, Overview
from jpship_gui.flows.handover.say import headline_of, message_of
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.handover.screen import Card, Row, Screen
from jpship_gui.ui.pack.screen import WAITING, Band, NextThing, Recent

_NEAR = timedelta(minutes=45)
_GRAVE = frozenset(
    {Standing.CANCELLED, Standing.HOLD, Standing.DISPUTED, Standing.ELSEWHERE, Standing.CHANGED}
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer and when it was given."""

    answer: Answer
    at: datetime


def compose(
    state: State,
    found: Overview,
    last: Answer | None,
    recent: Sequence[Remembered],
    *,
    desk: str,
    person: str,
    now: datetime,
    way: str,
    progress: tuple[int, int] | None = None,
    typed: str = "",
) -> Screen:
    """The page as it stands."""
    due = (
        next((one for one in found.carriers if one.carrier == state.carrier), None) if state.session else None
    )
    screen = Screen(
        desk=desk,
        person=person,
        clock=names.time_words(now),
        waiting=sum(one.ready for one in found.carriers),
        band=_band(state, last, typed),
        recent=tuple(_recent(one) for one in recent),
    )
    if not state.session:
        return replace(screen, title=text(f"handover.page.choose.{way}"), cards=cards_of(found))
    session = due.session if due else None
    taken, total = progress if progress is not None else _count(session, due)
    words, near = pickup_words(due)
    rows = [_row(one, state.left, now) for one in _ordered(found.of(state.carrier))]
    return replace(
        screen,
        carrier=state.carrier,
        carrier_name=names.carrier_name(state.carrier),
        where=_where(session),
        pickup=words,
        near=near,
        taken=taken,
        total=total,
        rows=tuple(rows),
    )


def cards_of(found: Overview) -> tuple[Card, ...]:
    """Carriers for which something waits or a hand-over runs, the next pick-up first."""
    return tuple(_card(one) for one in found.carriers if one.ready or one.session)


def _card(one: CarrierDue) -> Card:
    words, near = pickup_words(one)
    notes = []
    if one.older:
        notes.append(text("handover.page.older", count=one.older))
    if one.session is not None:
        notes.append(text("handover.page.runs_at", desk=one.session.desk))
    name = names.carrier_name(one.carrier)
    unit = text("handover.page.unit", count=one.ready)
    return Card(one.carrier, name, str(one.ready), unit, words, near, "　".join(notes))


def pickup_words(due: CarrierDue | None) -> tuple[str, bool]:
    """Time to the pick-up, or how long it is over; and whether that is to be said loudly."""
    if due is None or due.left is None:
        return "", False
    if due.left < timedelta(0):
        return text("handover.page.pickup_over", span=names.span_words(-due.left)), True
    return text("handover.page.pickup", span=names.span_words(due.left)), due.left < _NEAR


def progress_of(answer: Answer) -> tuple[int, int] | None:
    """Taken and total as an answer says them, which knows before the database does."""
    if "total" not in answer.values:
        return None
    return int(answer.values["taken"]), int(answer.values["total"])


def _count(session: Session | None, due: CarrierDue | None) -> tuple[int, int]:
    taken = session.taken if session else 0
    return taken, taken + (due.ready if due else 0)


def _where(session: Session | None) -> str:
    if session is None:
        return ""
    return "　".join(filter(None, (text(f"handover.way.{session.way.value}"), session.place)))


def _ordered(waiting: Sequence[Waiting]) -> list[Waiting]:
    """What must not go first, then in the order of packing."""
    return sorted(waiting, key=lambda one: one.standing is Standing.READY)


def _row(one: Waiting, left: Mapping[str, str], now: datetime) -> Row:
    note, klass = "", ""
    if one.standing is not Standing.READY:
        note = text(f"handover.standing.{one.standing.value}")
        klass = Klass.NG.value if one.standing in _GRAVE else Klass.ATTENTION.value
    elif one.parcel in left:
        note, klass = text(f"handover.left.{left[one.parcel]}"), Klass.ATTENTION.value
    elif one.linked_on is not None and one.linked_on.isoformat() != _day(now):
        note, klass = names.day_short(one.linked_on), Klass.ATTENTION.value
    elif one.boxes > 1:
        note = text("handover.page.box", box=one.box, boxes=one.boxes)
    number = text("track.untracked") if is_untracked(one.number) else names.tracking_words(one.number)
    return Row(one.parcel, number, names.short_number(one.order), one.recipient, note, klass)


def _day(now: datetime) -> str:
    from jpship_gui.domain.clock import to_jst

    return to_jst(now).date().isoformat()


def _band(state: State, last: Answer | None, typed: str) -> Band:
    echo = text("packpage.typing", typed=typed) if typed else ""
    expects = expected(state)
    done = last is not None and last.outcome is Outcome.OK_DONE
    following = NextThing(text(f"handover.page.next.{'finish' if done else expects}"))
    if last is None or last.outcome is Outcome.OK_ACK:
        hint = text(f"handover.page.hint.{expects}")
        return Band(WAITING, text(f"handover.page.next.{expects}"), hint, echo=echo)
    then = None if last.klass is Klass.NG else following
    asked = last.outcome is Outcome.ATT_ASK and last.reason == NAME  # the names stand above
    reason = text("handover.page.hint.name") if asked else message_of(_shortened(last))
    return Band(last.klass.value, headline_of(last), reason, echo=echo, then=then)


def _shortened(answer: Answer) -> Answer:
    """Order numbers by their last part, tracking numbers in groups, days in words; the names stand on the page."""
    short = dict(answer.values)
    if short.get("order"):
        short["order"] = names.short_number(short["order"])
    if short.get("number") and not is_untracked(short["number"]):
        short["number"] = names.tracking_words(short["number"])
    if short.get("day"):
        short["day"] = names.day_words(datetime.fromisoformat(short["day"]).date())
    return replace(answer, values=short)


def _recent(remembered: Remembered) -> Recent:
    answer = remembered.answer
    tail = answer.values.get("order", "")[-5:] if answer.klass in (Klass.OK, Klass.COMPLETE) else ""
    word = text("handover.word.ok_taken") if answer.outcome is Outcome.OK_DONE else headline_of(answer)
    word = f"{word} {tail}".strip()
    return Recent(answer.klass.value, word, names.time_words(remembered.at))
