"""A code that is neither command nor key: goods or waybill, as the state of the parcel allows (features 6.1)."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.domain.packing import goods_turn, guards, handover_turn, run_turn, waybill_turn, weight_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.kinds import NumberState, goods_codes
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import RUN
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import PackView


def outside(turn: Turn, raw: str, text: str) -> Found:
    """While nothing is open: hand-over, or out of turn, or unknown."""
    reading = turn.world.number(raw, "")
    owner = next((o for o in turn.world.owners(reading.number) if o.linked and not o.recycled), None)
    if owner is not None:
        return handover_turn.waybill(turn, owner, reading.number)
    if turn.world.weight(raw) is not None and turn.world.goods(goods_codes(text)) is None:
        return Found(Outcome.ATT_NOTHING, reason="weight_early")
    called = run_turn.goods_read(turn, text) if turn.state.run else None
    if called is not None:
        return called
    possible = reading.state in (NumberState.GOOD, NumberState.OTHER_CARRIER)
    if possible or turn.world.goods(goods_codes(text)) is not None:
        return Found(Outcome.NG_ORDER)
    return Found(Outcome.NG_UNKNOWN)


def inside(turn: Turn, raw: str, text: str, view: PackView) -> Found:
    """While a parcel is open. A code that may be both, when goods are no longer expected, is asked about."""
    goods, line = goods_turn.meant(turn, text, view)
    expects = expected(turn.state, view)
    weight = turn.world.weight(raw) if line is None and goods is None else None
    if weight is not None:
        return weight_turn.read(turn, view, weight)
    reading = waybill_turn.read(turn, raw, view)
    if expects is Expect.ITEM:
        return goods_turn.expected_goods(turn, view, goods, line, reading)
    promised = any(p.file_no == reading.number for p in view.parcels)
    if promised or (line is None and goods is None):
        return waybill_turn.number_read(turn, reading, view, expects)
    if reading.state is not NumberState.GOOD or expects is Expect.LABEL:
        return goods_turn.unexpected_goods(turn, view, goods, line)
    return found(Outcome.ATT_ASK, view, (Effect(Do.ASK, view.key, number=text),), "kind")


def was_goods(turn: Turn, text: str, view: PackView) -> Found:
    """The answer to the question of kind: goods."""
    goods, line = goods_turn.meant(turn, text, view)
    return goods_turn.unexpected_goods(turn, view, goods, line).after(Effect(Do.ANSWERED))


def was_waybill(turn: Turn, text: str, view: PackView) -> Found:
    """The answer to the question of kind: the waybill."""
    if turn.state.round == RUN:
        return run_turn.waybill_read(_unasked(turn), text, view).after(Effect(Do.ANSWERED))
    reading = waybill_turn.read(turn, text, view)
    expects = expected(_unasked(turn).state, view)
    decided = guards.stopped(turn, view) or waybill_turn.number_read(turn, reading, view, expects)
    return decided.after(Effect(Do.ANSWERED))


def _unasked(turn: Turn) -> Turn:
    """As if the question had not been put."""
    return replace(turn, track=replace(turn.track, state=replace(turn.state, question=None)))
