"""What stops a shipment at its slip and at every later scan: cancelled, changed, on hold, open elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.state import RECHECK
from jpship_gui.domain.packing.turn import Found, Turn, found
from jpship_gui.domain.packing.world import Block, PackView

BLOCKS: Mapping[Block, Outcome] = {
    Block.CANCELLED: Outcome.NG_CANCELLED,
    Block.CHANGED: Outcome.NG_CHANGED,
    Block.SHIPPED: Outcome.NG_DUPLICATE,
    Block.SENT: Outcome.NG_DUPLICATE,
}  # every other block is NG_HOLD


def blocked(view: PackView) -> Found | None:
    """The NG of a shipment that may not be packed now."""
    if view.block is None:
        return None
    outcome = BLOCKS.get(view.block, Outcome.NG_HOLD)
    if view.block_of:
        reason = "bundled" if view.block is Block.BUNDLED else "together"
        return found(outcome, view, reason=reason, values={"why": view.block_reason, "other": view.block_of})
    effects: tuple[Effect, ...] = ()
    reason = "" if outcome.value.endswith(view.block.value.upper()) else view.block.value
    if view.block is Block.CHANGED and not view.block_reason:
        reason = "reprint"  # a person's correction: the slip in hand says otherwise
        effects = (Effect(Do.LAST, view.key),)
    return found(outcome, view, effects, reason, values={"why": view.block_reason})


def busy(turn: Turn, view: PackView) -> Found | None:
    """The NG of a shipment that another desk has open."""
    if view.holder in ("", turn.desk):
        return None
    return found(Outcome.NG_BUSY, view, (Effect(Do.BUSY, view.key),), values={"desk": view.holder})


PASSED_BY_RECHECK = frozenset({Block.SENT, Block.SHIPPED, Block.HOLD})  # nothing of the parcel is changed


def stopped(turn: Turn, view: PackView) -> Found | None:
    """What forbids going on with the open parcel; it is set aside with the NG."""
    if turn.state.round == RECHECK and view.block in PASSED_BY_RECHECK:
        view = replace(view, block=None)
    if view.block is None and view.holder not in ("", turn.desk):
        return found(Outcome.NG_BUSY, view, aside(view), values={"desk": view.holder})
    ng = blocked(view)
    return ng.after(*aside(view)) if ng else None


ASIDE = "aside"  # how goods become unchecked that leave a desk: only if it is still the one that has them


def aside(view: PackView, reason: str = "") -> tuple[Effect, ...]:
    """Close without finishing; goods that leave the desk unlinked count as unchecked again."""
    unchecked = view.checked and not any(p.tracking_no for p in view.parcels)
    back = (Effect(Do.UNCHECKED, view.key, how=ASIDE),) if unchecked else ()
    return (*back, Effect(Do.ABANDON, view.key, reason=reason))
