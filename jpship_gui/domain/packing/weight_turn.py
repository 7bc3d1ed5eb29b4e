"""The parcel stands on the scale: is it what it should weigh? (PK-22)"""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.domain.packing import tick_turn
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.state import SECOND
from jpship_gui.domain.packing.turn import Found, Turn, expected, found, weigh_after, weigh_before
from jpship_gui.domain.packing.weight import Due, Portion, ScaleReading, due_of, suspect
from jpship_gui.domain.packing.world import PackView

WAIVED = "waived"


def portions(view: PackView, parcel: str) -> tuple[Portion, ...]:
    """What lies in a box; nothing where nobody said what lies in which."""
    if len(view.parcels) == 1:
        return tuple(Portion(i, line.quantity, line.grams) for i, line in enumerate(view.lines))
    contents: Mapping[int, int] = next((p.contents for p in view.parcels if p.key == parcel), {})
    return tuple(Portion(i, pieces, view.lines[i].grams) for i, pieces in contents.items())


def to_weigh(turn: Turn, view: PackView) -> str:
    """The parcel the scale is waited for, "" = none."""
    if expected(turn.state, view) is not Expect.WEIGHT:
        return ""
    return weigh_after(turn.state, view) or weigh_before(turn.state, view)


def still_to_weigh(turn: Turn, view: PackView, parcel: str) -> bool:
    """Whether a parcel that gets its waybill now is to be weighed before it is closed."""
    weighed = parcel in turn.state.weighed or any(p.key == parcel and p.weighed for p in view.parcels)
    return view.weighing is not None and view.weighing.after and not weighed


def read(turn: Turn, view: PackView, reading: ScaleReading) -> Found:
    """A line of the scale while a parcel is open. What comes before it is asked for is not taken: a scale may type
    whenever something is put on it."""
    parcel = to_weigh(turn, view)
    if not parcel or view.weighing is None:
        return found(Outcome.ATT_NOTHING, view, reason="weight_early")
    if reading.grams is None:
        return found(Outcome.ATT_NOTHING, view, reason="scale_moving")
    inside = portions(view, parcel)
    due = due_of(inside, view.weighing)
    off = due.difference(reading.grams)
    weigh = Effect(Do.WEIGH, view.key, parcel, grams=reading.grams, due=due.grams or 0)
    if not off:
        shown = {"weight": f"{reading.grams:,}", "due": f"{due.grams or 0:,}"}
        return _weighed(turn, view, weigh, "" if due.grams else "unknown", shown)
    reason, values = _told(view, inside, due, off, reading.grams)
    if view.weighing.stop:
        return found(Outcome.NG_WEIGHT, view, reason=reason, values=values)
    taken = _weighed(turn, view, weigh, reason, values)
    return found(Outcome.ATT_WEIGHT, view, taken.effects, reason, values)


def waived(turn: Turn, view: PackView, reason: str) -> Found | None:
    """The parcel goes on without being weighed, by somebody who may say so; None when no weight is waited for."""
    parcel = to_weigh(turn, view)
    if not parcel:
        return None
    weigh = Effect(Do.WEIGH, view.key, parcel, how=WAIVED, reason=reason)
    return _weighed(turn, view, weigh, WAIVED, {})


def _weighed(turn: Turn, view: PackView, weigh: Effect, reason: str, values: Mapping[str, str]) -> Found:
    """The weight is taken; a parcel that only waited for it is closed."""
    linked = all(p.tracking_no or p.key in turn.state.boxes for p in view.parcels)
    if not linked or turn.state.round == SECOND:
        return found(Outcome.OK_WEIGHT, view, (weigh,), reason, values)
    close = (*tick_turn.left_out(turn.state.ticked, view), Effect(Do.CLOSE, view.key))
    if view.verified:
        number = view.parcels[-1].tracking_no
        return found(Outcome.OK_DONE, view, (weigh, *close), "", {**values, "number": number})
    return found(Outcome.OK_WEIGHT, view, (weigh, *close), reason, values)


def _told(
    view: PackView, inside: tuple[Portion, ...], due: Due, off: int, weighed: int
) -> tuple[str, dict[str, str]]:
    """By how much, and which pieces that would be."""
    values = {"weight": f"{weighed:,}", "due": f"{due.grams or 0:,}", "off": f"{off:+,}".replace("-", "−")}
    guess = suspect(inside, off, due.tolerance)
    if guess is None:
        return ("light" if off < 0 else "heavy"), values
    line = view.lines[guess.line]
    name = " ".join(filter(None, (line.name or line.sku, line.variant)))
    values |= {"goods": name, "pieces": str(abs(guess.pieces))}
    return ("missing" if off < 0 else "extra"), values
