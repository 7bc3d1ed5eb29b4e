"""The words of an answer at the hand-over, from `handover.po`."""

from __future__ import annotations

from jpship_gui.domain.handover.session import Answer
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.own_carriers import called
from jpship_gui.texts import text


def message_of(answer: Answer) -> str:
    """One or two sentences in the present language."""
    values = dict(answer.values)
    for name in ("carrier", "other_carrier"):
        if name in values:
            values[name] = carrier_name(values[name])
    if is_untracked(values.get("number", "")):
        values["number"] = text("track.untracked")
    if "right" in values:
        values["right"] = text(f"people.right.{values['right']}")
        values["person"] = values["person"] or text("people.nobody")
    if values.get("left") and answer.outcome.value == "OK_TICK":
        values["left"] = text(f"handover.left.{values['left']}")
    values["names"] = "　".join(f"{n} {name}" for n, name in enumerate(answer.names, start=1))
    return text(answer.message_key, **values)


def headline_of(answer: Answer) -> str:
    """The word of the outcome band, a few characters."""
    if answer.klass.value == "complete":
        return text("handover.word.all")
    return text(f"handover.word.{answer.outcome.value.lower()}")


def carrier_name(carrier: str) -> str:
    """As people call it."""
    return called(carrier) or carrier or text("pack.carrier_unknown")
