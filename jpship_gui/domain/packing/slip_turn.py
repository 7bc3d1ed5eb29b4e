"""The slip is read: a parcel is opened, for packing, for its second reading, or again after it was packed."""

from __future__ import annotations

from jpship_gui.domain.packing import guards, waybill_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.opened import goods_at_opening
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import FIRST, FURTHER, RECHECK, SECOND
from jpship_gui.domain.packing.turn import Found, Turn, expected, found
from jpship_gui.domain.packing.world import Block, PackView, Proof


def outside(turn: Turn, view: PackView) -> Found:
    """A slip while nothing is open."""
    if turn.state.reopening:
        return reopen(turn, view, turn.state.reopen_reason or "barcode")
    if turn.state.rechecking:
        return _checked_again(turn, view)
    return guards.blocked(view) or guards.busy(turn, view) or opened(turn, view)


def inside(turn: Turn, key: str, other: PackView, view: PackView) -> Found:
    """A slip, or the key on a waybill, while `view` is open. `key` is what was read, blank where it stood on one of our
    papers; `other` is what it leads to."""
    if other.key != view.key:
        return found(Outcome.NG_OTHER_ORDER, view, reason="slip", values={"other": other.order})
    if expected(turn.state, view) is Expect.UNTRACKED:
        return waybill_turn.without_number(turn, view, "untracked")
    if not turn.state.label_for:
        return found(Outcome.OK_OPEN, view, reason="again")
    if key != turn.state.label_for:
        return found(Outcome.NG_ORDER, view, reason="label")
    return waybill_turn.proven(turn, view, key, Proof.LABEL)


def opened(turn: Turn, view: PackView) -> Found:
    """Open for what is left to do; NG when nothing is, or when it is too soon to read it a second time."""
    if view.verified or (view.linked and any(p.handed_over for p in view.parcels)):
        return found(Outcome.NG_DUPLICATE, view, reason="packed")
    if not view.linked:
        begun = view.checked and any(p.tracking_no for p in view.parcels)
        goods = goods_at_opening(view)
        opening = Effect(Do.OPEN, view.key, how=FURTHER if begun else FIRST, goods=goods)
        return found(Outcome.OK_OPEN, view, (opening,))
    if not all(waybill_turn.independent(turn, p) for p in view.parcels if not p.verified):
        return found(Outcome.NG_ORDER, view, reason="too_soon")
    return found(Outcome.OK_OPEN, view, (Effect(Do.OPEN, view.key, how=SECOND),), "second")


def _checked_again(turn: Turn, view: PackView) -> Found:
    """Open a packed parcel to count and read it once more; nothing of it is taken back."""
    off = Effect(Do.RECHECKING)
    if not view.linked:
        return found(Outcome.ATT_NOTHING, view, (off,), "not_packed")
    passes = view.block in guards.PASSED_BY_RECHECK
    stop = (None if passes else guards.blocked(view)) or guards.busy(turn, view)
    if stop is not None:
        return stop.after(off)
    opening = Effect(Do.OPEN, view.key, how=RECHECK, goods=goods_at_opening(view))
    return found(Outcome.OK_RECHECK, view, (opening,), "look" if waybill_turn.looked_at(view) else "")


def reopen(turn: Turn, view: PackView, reason: str) -> Found:
    """Open a packed parcel again: its numbers are taken back and packing starts over (PK-11)."""
    ready = Effect(Do.REOPENED)
    if view.block in (Block.SENT, Block.SHIPPED) or view.told:
        return found(Outcome.NG_DUPLICATE, view, (ready,), (view.block or Block.SENT).value)
    stop = guards.blocked(view) or guards.busy(turn, view)
    if stop is not None:
        return stop.after(ready)
    opening = Effect(Do.OPEN, view.key, how=FIRST, reason=reason, goods=goods_at_opening(view))
    return found(Outcome.OK_REOPEN, view, (*all_back(view), opening))


def all_back(view: PackView) -> tuple[Effect, ...]:
    """Everything this shipment gained at the desk, taken back."""
    effects = [Effect(Do.UNCHECKED, view.key)] if view.checked else []
    for box in view.parcels:
        if box.handed_over:
            effects.append(Effect(Do.UNHAND, view.key, box.key))
        if box.verified:
            effects.append(Effect(Do.UNVERIFY, view.key, box.key, number=box.tracking_no))
        if box.weighed:
            effects.append(Effect(Do.UNWEIGH, view.key, box.key))
        if box.tracking_no:
            number = box.tracking_no
            effects.append(Effect(Do.UNLINK, view.key, box.key, number=number, carrier=box.carrier))
    return tuple(effects)
