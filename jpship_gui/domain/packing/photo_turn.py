"""Photos of a parcel, where the shop wants one before the parcel is closed (PK-17)."""

from __future__ import annotations

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.turn import PHOTO, Found, Turn, expected, found
from jpship_gui.domain.packing.world import PackView


def wanted(view: PackView) -> Found:
    """Somebody wants a photo taken now."""
    return found(Outcome.OK_PHOTO, view, reason="shutter")


def attached(turn: Turn, view: PackView) -> Found:
    """A photo or file was attached to a shipment; what was attached stands in the office's journal."""
    return found(Outcome.OK_PHOTO, view, reason="" if view.key == turn.state.shipment else "other")


def failed(view: PackView) -> Found:
    """The camera gave no picture."""
    return found(Outcome.ATT_PHOTO, view, reason="camera")


def waived(turn: Turn, view: PackView, reason: str) -> Found | None:
    """The parcel goes on without a photo, by somebody who may say so; None when none is waited for."""
    if expected(turn.state, view) is not Expect.PHOTO:
        return None
    waive = Effect(Do.WAIVE, view.key, how=PHOTO, reason=reason)
    return found(Outcome.OK_PHOTO, view, (waive,), "waived")
