"""Who stands at the desk: a badge is read or a name chosen; and the right that an act needs (MD-03, PK-14).

A badge is taken at any moment, but it is no answer: what is locked or asked stays so. The open parcel stays open, and
what is read of it from now on carries the new name.
"""

from __future__ import annotations

from jpship_gui.domain.badge import code_on
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.crew import NEEDED
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.turn import Found, Turn
from jpship_gui.domain.roles import Right

BADGE, CLICK = "badge", "click"
_NOT_SAID = Found(Outcome.NG_ORDER, reason="who")


def badge(turn: Turn, text: str) -> Found | None:
    """Whoever's badge it is stands here now; None where it is nobody's."""
    name = turn.crew.whose(code_on(text)) if code_on(text) else ""
    return _here(turn, name, BADGE) if name else None


def chosen(turn: Turn, name: str) -> Found:
    """The same by click or key."""
    return _here(turn, name, CLICK) if turn.crew.by_click(name) else Found(Outcome.ATT_NOTHING)


def not_said(turn: Turn) -> Found | None:
    """The NG of a shop that takes nothing until somebody said who they are."""
    return _NOT_SAID if not turn.track.who and turn.crew.must_say() else None


def not_allowed(turn: Turn, command: Command) -> Found | None:
    """The NG of a command this person may not give; it says who may."""
    right = NEEDED.get(command)
    return denied(turn, right) if right else None


def denied(turn: Turn, right: Right) -> Found | None:
    """The NG of what this person may not do."""
    if turn.crew.may(turn.person, right):
        return None
    values = {"person": turn.person, "right": right.value, "who": "・".join(turn.crew.who_may(right))}
    return Found(Outcome.NG_RIGHT, values=values, shipment=turn.state.shipment)


def _here(turn: Turn, name: str, how: str) -> Found:
    same = turn.track.who == name
    effects = () if same else (Effect(Do.WHO, how=how, person=name),)
    return Found(Outcome.OK_WHO, effects, values={"person": name})
