"""Ticks, scale and photo as stations of the parcel's way (PK-15 – 17, 22)."""

from __future__ import annotations

from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.state import State
from jpship_gui.domain.packing.turn import weigh_after, weigh_before
from jpship_gui.domain.packing.weight import due_of
from jpship_gui.domain.packing.weight_turn import portions
from jpship_gui.domain.packing.world import PackView
from jpship_gui.texts import known, text
from jpship_gui.ui.pack.headed import headed
from jpship_gui.ui.pack.screen import Step

TICK_KEY, PHOTO_KEY = "＊", "Ins"
_MOST = 5  # instructions that stand in the way one by one


def tick_steps(view: PackView, state: State, expects: Expect, closed: bool) -> list[Step]:
    """What must be ticked, then what may be; the next one that must be is called. Many are told as numbers, but for the
    next one: the way stays readable from afar."""
    if len(view.ticks) + len(view.optional) > _MOST:
        return _counted_steps(view, state, expects, closed)
    waits = _next(view, state, expects)
    must = [_step(view, tick, closed or tick in state.ticked, tick == waits) for tick in view.ticks]
    return must + [_may(view, tick, tick in state.ticked) for tick in view.optional]


def _counted_steps(view: PackView, state: State, expects: Expect, closed: bool) -> list[Step]:
    waits = _next(view, state, expects)
    done = len(view.ticks) if closed else sum(tick in state.ticked for tick in view.ticks)
    look = "done" if done == len(view.ticks) else "open"
    steps = [Step(text("packextra.step.ticks"), look, f"{done} / {len(view.ticks)}")] if view.ticks else []
    steps += [_step(view, waits, False, True)] if waits else []
    if len(view.optional) > 1:
        some = sum(tick in state.ticked for tick in view.optional)
        look = "done" if some == len(view.optional) else "open"
        return [*steps, Step(text("packextra.step.optional"), look, f"{some} / {len(view.optional)}")]
    return steps + [_may(view, tick, tick in state.ticked) for tick in view.optional]


def _next(view: PackView, state: State, expects: Expect) -> str:
    if expects is not Expect.TICK:
        return ""
    return next((tick for tick in view.ticks if tick not in state.ticked), "")


def _step(view: PackView, tick: str, done: bool, waits: bool) -> Step:
    note = text("packpage.ticked") if done else ""
    look = "attention" if waits else "done" if done else "open"
    return Step(_word(view, tick), look, note, "" if done else TICK_KEY)


def _may(view: PackView, tick: str, done: bool) -> Step:
    note = text("packpage.ticked" if done else "packpage.step.may")
    return Step(_word(view, tick), "done" if done else "open", note)


def _word(view: PackView, tick: str) -> str:
    own = next((item.words for item in view.checklist if item.id == tick), "")
    builtin = f"pack.tick.{tick}"
    return headed(own or (text(builtin) if known(builtin) else tick))


def photo_step(view: PackView, expects: Expect) -> list[Step]:
    """Only where one is still wanted."""
    if not view.photo:
        return []
    waits = expects is Expect.PHOTO
    return [
        Step(text("packpage.step.photo"), "attention" if waits else "open", "", PHOTO_KEY if waits else "")
    ]


def weight_step(view: PackView, state: State, expects: Expect, closed: bool) -> list[Step]:
    """What it should weigh, once it is known which box; nothing where the shop does not weigh."""
    if view.weighing is None:
        return []
    waits = expects is Expect.WEIGHT
    left = weigh_after(state, view) or weigh_before(state, view)
    boxes = {p.key for p in view.parcels}
    done = closed or (bool(boxes) and boxes <= state.weighed | {p.key for p in view.parcels if p.weighed})
    parcel = left or (view.next_box.key if view.next_box else view.parcels[-1].key)
    due = due_of(portions(view, parcel), view.weighing).grams
    note = f"{due:,} g" if due is not None else "－"
    return [Step(text("packpage.step.weight"), "done" if done else "next" if waits else "open", note)]


def weight_hint(view: PackView, state: State) -> str:
    """One line under "weigh the box"."""
    parcel = weigh_after(state, view) or weigh_before(state, view)
    if view.weighing is None or not parcel:
        return ""
    due = due_of(portions(view, parcel), view.weighing)
    if due.grams is None:
        return text("packpage.hint.weight.unknown")
    return text("packpage.hint.weight", due=f"{due.grams:,}", tolerance=due.tolerance)
