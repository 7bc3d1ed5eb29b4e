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


def tick_steps(view: PackView, state: State, expects: Expect, closed: bool) -> list[Step]:
    """What must be ticked, then what may be; the next one that must be is called."""
    own = {item.id: item.words for item in view.checklist}
    following = expects is Expect.TICK
    steps = []
    for tick in (*view.ticks, *view.optional):
        may = tick in view.optional
        done = tick in state.ticked or (closed and not may)
        waits = not done and following and not may
        following = following and not waits
        note = text("packpage.ticked") if done else text("packpage.step.may") if may else ""
        key = "" if done or may else TICK_KEY
        look = "attention" if waits else "done" if done else "open"
        builtin = f"pack.tick.{tick}"
        word = headed(own.get(tick) or (text(builtin) if known(builtin) else tick))
        steps.append(Step(word, look, note, key))
    return steps


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
