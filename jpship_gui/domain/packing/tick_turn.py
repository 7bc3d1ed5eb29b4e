"""Instructions are ticked, by key, command code or an item's own code (PK-15, PK-16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jpship_gui.domain.packing import guards
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.state import FIRST
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import PackView

PREFIX = "JPTICK"
_CODE = re.compile(rf"{PREFIX}(\d{{1,2}}|[A-Z]{{4,8}})", re.ASCII)


def tick_code(text: str) -> str:
    """What a tidied code asks to tick: the number of an item, or the name of an instruction; "" for any other text.
    Three letters or digits never: that would be as long as the key of a shipment."""
    read = _CODE.fullmatch(text)
    return read[1] if read else ""


def code_of(tick: str) -> str:
    """The bar code of an instruction or an item, by its id in `PackView.ticks`."""
    return PREFIX + (tick[1:].partition(".")[0] if tick.startswith("c") and "." in tick else tick.upper())


def waiting(turn: Turn, view: PackView) -> Sequence[str]:
    """All that is not ticked yet: what must be first, then what may be."""
    return [tick for tick in (*view.ticks, *view.optional) if tick not in turn.state.ticked]


def words_of(view: PackView, tick: str) -> dict[str, str]:
    """The values that name a tick: its id, and an item's own words."""
    item = next((item for item in view.checklist if item.id == tick), None)
    return {"tick": tick, "item": item.words} if item else {"tick": tick}


def next_tick(turn: Turn, view: PackView) -> Found | None:
    """The key: the next that waits; None when none does."""
    left = waiting(turn, view)
    if not left or turn.state.round != FIRST:
        return None
    return guards.stopped(turn, view) or _ticked(view, left[0])


def by_code(turn: Turn, name: str) -> Found:
    """An item's or an instruction's own code, where the line is free."""
    view = turn.open_view()
    if view is None:
        return Found(Outcome.ATT_NOTHING)
    here = {code_of(tick): tick for tick in (*view.ticks, *view.optional)}
    tick = here.get(PREFIX + name)
    stop = guards.stopped(turn, view)
    if stop is not None:
        return stop
    if tick is None or turn.state.round != FIRST:
        return found(Outcome.ATT_NOTHING, view, reason="tick_not_here")
    if tick in turn.state.ticked:
        return found(Outcome.ATT_NOTHING, view, reason="tick_done", values=words_of(view, tick))
    return _ticked(view, tick)


def left_out(ticked: Iterable[str], view: PackView) -> tuple[Effect, ...]:
    """What is noted of the items that may be left, where the parcel is closed without them."""
    done = set(ticked)
    return tuple(
        Effect(Do.LEFT, view.key, reason=item.id, words=item.words)
        for item in view.checklist
        if not item.must and item.id not in done
    )


def _ticked(view: PackView, tick: str) -> Found:
    values = words_of(view, tick)
    effect = Effect(Do.TICK, view.key, reason=tick, words=values.get("item", ""))
    return found(Outcome.OK_TICK, view, (effect,), values=values)
