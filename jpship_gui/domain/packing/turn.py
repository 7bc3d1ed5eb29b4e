"""One scan's view of things: who asks, what the desk remembers, and the decision that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jpship_gui.domain.packing.crew import ANYBODY, Crew
from jpship_gui.domain.packing.effects import Effect
from jpship_gui.domain.packing.opened import with_goods
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.domain.packing.state import FIRST, RECHECK, SECOND, State, Track
from jpship_gui.domain.packing.world import PackView, World
from jpship_gui.domain.tracking_no import is_untracked

PHOTO = "photo"  # what can be let go, beside the weight


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scan came to. `reason` narrows the outcome's words, `values` fill them; `expects` is what comes next."""

    raw: str
    outcome: Outcome
    expects: Expect
    shipment: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()

    @property
    def klass(self) -> Klass:
        """Decides colour, shape and sound."""
        return CLASSES[self.outcome]

    @property
    def message_key(self) -> str:
        """Key of the words."""
        key = f"pack.{self.outcome.value.lower()}"
        return f"{key}.{self.reason}" if self.reason else key


@dataclass(frozen=True, slots=True)
class Found:
    """A decision before it is made an answer."""

    outcome: Outcome
    effects: tuple[Effect, ...] = ()
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    shipment: str = ""

    def after(self, *effects: Effect) -> Found:
        """The same decision with these effects before its own."""
        return replace(self, effects=(*effects, *self.effects))


@dataclass(frozen=True, slots=True)
class Turn:
    """One scan's surroundings."""

    world: World
    desk: str
    person: str
    track: Track
    hold_words: str = "desk"  # reason of a hold by bar code, as the table shows it
    name_words: str = "name"  # reason of a hold because another name stood on the waybill
    recheck_words: str = "recheck"  # reason of a hold because something else was found in the parcel
    crew: Crew = ANYBODY

    @property
    def state(self) -> State:
        """What the desk remembers."""
        return self.track.state

    def open_view(self) -> PackView | None:
        """The open shipment as it is now, its goods as they were when it was opened."""
        return self.view_of(self.state.shipment) if self.state.shipment else None

    def view_of(self, key: str) -> PackView | None:
        """Any shipment; the open one as `open_view`."""
        view = self.world.shipment(key)
        return with_goods(view, self.state.goods) if view and view.key == self.state.shipment else view


def found(
    outcome: Outcome,
    view: PackView,
    effects: tuple[Effect, ...] = (),
    reason: str = "",
    values: Mapping[str, str] | None = None,
) -> Found:
    """A decision about this shipment, which the words name."""
    return Found(outcome, effects, reason, {"order": view.order, **(values or {})}, view.key)


def due(state: State, view: PackView) -> Mapping[int, int]:
    """Pieces by line index that must have been counted before the next waybill is read: all of them, or, where it is
    known what lies in which box, those of the boxes linked since the shipment was opened and of the next one."""
    if not view.by_box or state.round == RECHECK:
        return {index: line.quantity for index, line in enumerate(view.lines)}
    wanted: dict[int, int] = {}
    for box in view.parcels:
        if box.key in state.boxes or box == view.next_box:
            for index, pieces in box.contents.items():
                wanted[index] = wanted.get(index, 0) + pieces
    return wanted


def weigh_after(state: State, view: PackView) -> str:
    """Parcel that has its waybill and is still to be weighed, where the shop weighs after it; "" = none."""
    if view.weighing is None or not view.weighing.after or state.round == RECHECK:
        return ""
    linked = (p for p in view.parcels if p.tracking_no or p.key in state.boxes)
    return next((p.key for p in linked if not p.weighed and p.key not in state.weighed), "")


def weigh_before(state: State, view: PackView) -> str:
    """The next parcel to get its waybill, where it is to be weighed before that; "" = none."""
    box = view.next_box
    if view.weighing is None or view.weighing.after or box is None or state.round == SECOND:
        return ""
    return "" if box.key in state.weighed else box.key


def expected(state: State, view: PackView | None) -> Expect:
    """What the desk waits for in this state of this parcel."""
    if state.locked:
        return Expect.ACK
    if state.question is not None:
        return Expect.NAME if state.question.right else Expect.ASK
    if not state.shipment or view is None:
        return Expect.ITEM if state.run and not (state.reopening or state.rechecking) else Expect.SLIP
    if state.label_for or state.number:
        return Expect.LABEL
    if weigh_after(state, view):
        return Expect.WEIGHT
    if state.round not in (FIRST, RECHECK):
        return Expect.WEIGHT if weigh_before(state, view) else Expect.WAYBILL
    if view.goods and any(state.counts.get(i, 0) < pieces for i, pieces in due(state, view).items()):
        return Expect.ITEM
    if state.round == RECHECK:
        silent = all(is_untracked(p.tracking_no) for p in view.parcels)
        return Expect.UNTRACKED if silent else Expect.WAYBILL
    if not state.ticked >= set(view.ticks):
        return Expect.TICK
    if view.photo and PHOTO not in state.waived:
        return Expect.PHOTO
    if weigh_before(state, view):
        return Expect.WEIGHT
    return Expect.UNTRACKED if view.next_box is not None and view.next_box.untracked else Expect.WAYBILL
