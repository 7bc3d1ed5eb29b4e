"""From the desk's state and an answer to what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer, expected
from jpship_gui.domain.packing.state import RECHECK, RUN, SECOND
from jpship_gui.domain.packing.turn import due
from jpship_gui.domain.packing.world import PackView, Proof
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.pack import say
from jpship_gui.flows.pack.desk import Snapshot
from jpship_gui.flows.pack.desk_figures import Product
from jpship_gui.flows.pack.notes import packing_notes
from jpship_gui.flows.upkeep.adapters import service_name
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.pack.composing_goods import goods_of
from jpship_gui.ui.pack.composing_modes import left_at_the_end, mode_words
from jpship_gui.ui.pack.composing_next import hint, next_thing, tasks_of, tick_word
from jpship_gui.ui.pack.extra_steps import TICK_KEY, photo_step, tick_steps, weight_step
from jpship_gui.ui.pack.screen import WAITING, Band, Good, Pickup, Recent, Screen, Step

_ORDERS = frozenset({"order", "other", "called"})
_NUMBERS = frozenset({"number", "promised", "linked", "raw"})


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands in the bar."""

    left: int = 0
    late: int = 0
    pace: int = 0
    pickups: tuple[Pickup, ...] = ()
    run_left: int = 0  # parcels of the run that is on


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer with the moment it was given."""

    answer: Answer
    at: datetime


def compose(
    snapshot: Snapshot,
    shipment: Shipment | None,
    products: Mapping[str, Product],
    last: Answer | None,
    recent: Sequence[Remembered],
    figures: Figures,
    *,
    desk: str,
    person: str,
    now: datetime,
    typed: str = "",
    shown: PackView | None = None,
    read: Product | None = None,
    inserts: tuple[str, ...] = (),
    alike: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Screen:
    """The page. `inserts` go along by the shop's rules; `alike` is which variants goods of a name come in;
    `shown` keeps a parcel in sight that was just closed, until the next slip is read."""
    view = snapshot.view or shown
    stopped = snapshot
    snapshot = replace(snapshot, expects=expected(replace(snapshot.state, locked=False), snapshot.view))
    closed = snapshot.view is None and shown is not None
    common = {
        "desk": desk,
        "person": person,
        "left": figures.left,
        "late": figures.late,
        "pace": figures.pace,
        "pickups": figures.pickups,
        "clock": names.time_words(now),
        "mode": mode_words(snapshot.state, figures.run_left),
        "band": _band(stopped, last, view, typed, read),
        "recent": tuple(_recent(remembered) for remembered in recent[:5]),
    }
    if view is None or shipment is None:
        return Screen(**common)  # type: ignore[arg-type]
    goods = goods_of(view, snapshot, products, closed, alike)
    parcel = _parcel(shipment, now, inserts)
    if (
        view.ask_name and snapshot.state.round == SECOND
    ):  # who is to read it on the waybill must not see it here
        parcel = {**parcel, "name": "？"}
    return Screen(
        **common,  # type: ignore[arg-type]
        **parcel,  # type: ignore[arg-type]
        marks=_marks(shipment),
        goods=goods,
        tasks=tasks_of(snapshot, view, shipment, inserts),
        steps=_steps(view, snapshot, goods, closed),
    )


def _marks(shipment: Shipment) -> tuple[str, ...]:
    orders, boxes = len(shipment.bundle), len(shipment.boxes)
    together = text("packpage.together", count=orders) if orders > 1 else ""
    several = text("packpage.boxes", count=boxes) if boxes > 1 else ""
    return tuple(filter(None, (together, several)))


def _parcel(shipment: Shipment, now: datetime, inserts: tuple[str, ...]) -> dict[str, object]:
    """What is written of the open shipment; of orders packed together all remarks, and the first ship-by to end."""
    every = shipment.bundle
    ship_by = min((one.ship_by for one in every if one.ship_by is not None), default=None)
    overdue = ship_by is not None and ship_by < now
    remaining = ""
    if ship_by is not None:
        span = names.span_words(ship_by - now)
        remaining = text("packpage.overdue" if overdue else "packpage.remaining", span=span)
    wish = " ".join(
        filter(
            None,
            (
                names.day_short(shipment.wish.day) if shipment.wish.day else "",
                names.slot_words(shipment.wish.slot),
            ),
        )
    )
    return {
        "open": True,
        "name": shipment.recipient.name.split()[0] if shipment.recipient.name.split() else "",
        "honorific": text("packpage.honorific"),
        "marketplace": shipment.order_id.marketplace,
        "marketplace_name": names.marketplace_name(shipment.order_id.marketplace),
        "shop": names.shop_words(shipment.order_id.marketplace, shipment.order_id.shop),
        "number": names.short_number(shipment.order_id.number),
        "remark": "　".join(dict.fromkeys(one.buyer_text for one in every if one.buyer_text)),
        "notes": (*dict.fromkeys(note for one in every for note in packing_notes(one)), *inserts),
        "carrier": shipment.carrier,
        "carrier_name": names.carrier_name(shipment.carrier),
        "service": service_name(shipment.carrier, shipment.service),
        "wish": wish,
        "ship_by": names.time_words(ship_by) if ship_by else "",
        "remaining": remaining,
        "overdue": overdue,
    }


def _steps(view: PackView, snapshot: Snapshot, goods: Sequence[Good], closed: bool) -> tuple[Step, ...]:
    state, expects = snapshot.state, snapshot.expects
    first = "packmodes.step.called" if state.round == RUN else "packpage.step.slip"
    steps = [Step(text(first), "done", view.order[-5:])]
    if view.goods:
        have, need = sum(g.have for g in goods), sum(g.need for g in goods)
        steps.append(
            Step(
                text("packpage.step.goods"), _state(have >= need, expects is Expect.ITEM), f"{have} / {need}"
            )
        )
    steps += tick_steps(view, state, expects, closed)
    steps += photo_step(view, expects)
    weight = weight_step(view, state, expects, closed)
    steps += weight if view.weighing is not None and not view.weighing.after else []
    numbers = [parcel.tracking_no for parcel in view.parcels if parcel.tracking_no]
    linked = view.linked or (closed and bool(numbers))
    named = numbers and (
        linked or len(view.parcels) == 1
    )  # else the number is another box's than the one awaited
    number = names.tracking_words(numbers[-1]) if named else names.carrier_name(view.parcels[0].carrier)
    if state.round == RECHECK:
        linked = all(parcel.key in state.boxes for parcel in view.parcels)
    word = text("packpage.step.waybill")
    if len(view.parcels) > 1:
        no = min(len(numbers) + (not linked), len(view.parcels))
        word = text("packpage.step.waybill_of", no=no, count=len(view.parcels))
    silent = view.next_box.untracked if view.next_box else is_untracked(numbers[-1])
    if silent:
        word, number = text("packpage.step.untracked"), names.carrier_name(view.parcels[0].carrier)
    key = TICK_KEY if silent and not linked else ""
    waits = expects in (Expect.WAYBILL, Expect.UNTRACKED)
    steps.append(Step(word, _state(linked, waits), number, key))
    steps += weight if view.weighing is not None and view.weighing.after else []
    steps.append(_verification(view, expects))
    return tuple(steps)


def _verification(view: PackView, expects: Expect) -> Step:
    word = text("packpage.step.verify")
    if view.verified:
        if all(is_untracked(parcel.tracking_no) for parcel in view.parcels):
            return Step(word, "proven", text("track.untracked"))
        return Step(word, "proven", text("packpage.agrees"))
    waits = expects in (Expect.LABEL, Expect.NAME)
    known = all(parcel.file_no for parcel in view.parcels if not parcel.verified)
    proof = Proof.FILE if known else Proof.DOUBLE if view.proof is Proof.FILE else view.proof
    return Step(word, "next" if waits else "open", text(f"packpage.proof.{proof.value}"))


def _state(done: bool, following: bool) -> str:
    return "done" if done else "next" if following else "open"


def _band(
    snapshot: Snapshot, last: Answer | None, view: PackView | None, typed: str, read: Product | None
) -> Band:
    echo = text("packpage.typing", typed=typed) if typed else ""
    if last is None or last.outcome is Outcome.OK_ACK:
        word = text(f"packpage.next.{snapshot.expects.value}")
        thing = next_thing(snapshot, view) if snapshot.expects is Expect.ITEM else None
        return Band(WAITING, word, hint(snapshot, view), echo=echo, then=thing)
    word = say.headline_of(last)
    if last.outcome is Outcome.ATT_TICK and "tick" in last.values:
        item = last.values.get("item", "")
        first = text("packpage.first", tick=tick_word(last.values["tick"]))
        word = text("packextra.first", item=item) if item else first
    if last.outcome is Outcome.NG_NOT_HERE and read is not None and view is not None:
        return _wrong_goods(last, word, view, snapshot, read, echo)
    asked = last.outcome is Outcome.ATT_ASK and last.reason == "name"  # the names stand on their rows above
    reason = text("handover.page.hint.name") if asked else say.reason_of(_shortened(last))
    then = None if last.klass is Klass.NG else next_thing(snapshot, snapshot.view)
    if last.outcome is Outcome.OK_FINISH:
        then = left_at_the_end(last.values)
    return Band(last.klass.value, word, reason, echo=echo, then=then)


def _wrong_goods(
    last: Answer, word: str, view: PackView, snapshot: Snapshot, read: Product, echo: str
) -> Band:
    """The wrong thing beside the right one; a look-alike is called by what differs: its variant."""
    picture = Good(read.name, read.variant, read.code, 1, 0, picture=read.picture)
    reason = say.message_of(_shortened(last))
    wanted = due(snapshot.state, view)
    right = ""
    for index, line in enumerate(view.lines):
        waits = snapshot.state.counts.get(index, 0) < wanted.get(index, 0)
        if (
            waits
            and line.variant
            and read.variant
            and line.name == read.name
            and line.variant != read.variant
        ):
            word = text("packpage.other_variant")
            reason = text("packpage.other_variant.reason", read=read.variant, wanted=line.variant)
            right = line.variant
            break
    return Band(last.klass.value, word, reason, echo=echo, read=picture, wanted=right)


def _shortened(answer: Answer) -> Answer:
    """Order numbers by their last part, tracking numbers in groups: what people compare and say."""
    short = {
        name: names.tracking_words(value)
        if name in _NUMBERS
        else names.short_number(value)
        if name in _ORDERS
        else value
        for name, value in answer.values.items()
    }
    return replace(answer, values=short)


def _tail(number: str) -> str:
    return number[-5:]


def _recent(remembered: Remembered) -> Recent:
    answer = remembered.answer
    short = f"packpage.short.{answer.outcome.value.lower()}"
    short = f"{short}.{answer.reason}" if known(f"{short}.{answer.reason}") else short
    word = text(short) if known(short) else say.headline_of(answer)
    if answer.klass is Klass.COMPLETE and answer.shipment:
        word = f"{word} {_tail(answer.values.get('order', answer.shipment))}"
    return Recent(answer.klass.value, word, names.time_words(remembered.at))
