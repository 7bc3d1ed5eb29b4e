"""What the page says of the way it works in: run mode with what is left, a recheck."""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.packing.state import RECHECK, RUN, State
from jpship_gui.domain.packing.world import PackView
from jpship_gui.texts import text
from jpship_gui.ui.pack.screen import NextThing


def mode_words(state: State, run_left: int) -> str:
    """For the bar; blank in the usual way of working."""
    if state.round == RECHECK or state.rechecking:
        return text("pack.word.ok_recheck")
    if state.reopening:
        return text("pack.word.ok_reopen")
    return text("packmodes.run.left", count=run_left) if state.run else ""


def next_in_mode(state: State, expects: Expect, view: PackView | None) -> NextThing | None:
    """What to do next, where it is another thing than usual."""
    if state.run and view is None and expects is Expect.ITEM:
        return NextThing(text("packmodes.run.next_goods"))
    if state.round == RUN and expects is Expect.WAYBILL:
        return NextThing(text("packmodes.run.next_waybill"))
    return None


def hint_in_mode(state: State, expects: Expect, view: PackView | None) -> str:
    """The line under it; blank where it is as usual."""
    if view is None and expects is Expect.SLIP and (state.reopening or state.rechecking):
        return text("pack.ok_reopen.slip" if state.reopening else "pack.ok_recheck.slip")
    if state.run and view is None and expects is Expect.ITEM:
        return text("packmodes.run.start")
    if state.round == RUN and expects is Expect.WAYBILL:
        return text("packmodes.run.waybill")
    return ""


def left_at_the_end(values: Mapping[str, str]) -> NextThing:
    """Of what the day leaves undone the first thing somebody has to see to; what is merely left waits for tomorrow."""
    undone = next((name for name in ("unproven", "held", "late") if values.get(name, "0") != "0"), "")
    if not undone:
        return NextThing(text("packmodes.finish.done"))
    return NextThing(text(f"packmodes.finish.{undone}", count=values[undone]))
