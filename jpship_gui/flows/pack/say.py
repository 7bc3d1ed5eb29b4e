"""The words of an answer, from `pack.po`."""

from __future__ import annotations

from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.own_carriers import called
from jpship_gui.texts import known, text

_BAND = 8  # characters of a name that can be read at two metres


def message_of(answer: Answer) -> str:
    """One or two sentences in the present language: what happened, to which order, what is expected."""
    return _told(answer, answer.message_key)


def reason_of(answer: Answer) -> str:
    """The same for a page that says beside it what comes next: only what happened."""
    key = answer.message_key.replace("pack.", "packfeel.reason.", 1)
    return _told(answer, key if known(key) else answer.message_key)


def _told(answer: Answer, key: str) -> str:
    values = dict(answer.values)
    values["expected"] = text(f"pack.expects.{values['expected']}")
    if "tick" in values:
        item = values.pop("item", "")
        values["tick"] = f"「{item}」" if item else text(f"pack.tick.{values['tick']}")
    for name in ("carrier", "other_carrier"):
        if name in values:
            values[name] = called(values[name]) or text("pack.carrier_unknown")
    for name in ("number", "promised", "linked"):
        if is_untracked(values.get(name, "")):
            values[name] = text("track.untracked")
    if "right" in values:
        values["right"] = text(f"people.right.{values['right']}")
        values["person"] = values["person"] or text("people.nobody")
    if "why" in values:
        values["why"] = _reasons(values["why"], answer)
    return text(key, **values)


def headline_of(answer: Answer) -> str:
    """The word of the outcome band, a few characters."""
    if answer.outcome is Outcome.OK_QTY:
        return text("packmodes.pieces", pieces=answer.values["pieces"])
    if answer.outcome is Outcome.OK_WHO and len(answer.values["person"]) <= _BAND:
        return answer.values["person"]
    word = f"pack.word.{answer.outcome.value.lower()}"
    return text(f"{word}.{answer.reason}" if known(f"{word}.{answer.reason}") else word)


def _reasons(why: str, answer: Answer) -> str:
    """Codes of problems and names of changed fields in words; a hold's own reason as it was written."""
    if answer.outcome is Outcome.NG_CHANGED:
        keys = [f"intake.field.{field}" for field in why.split()]
    elif answer.reason == "problem":
        keys = [f"problem.{code}.title" for code in why.split()]
    else:
        return why
    return "・".join(text(key) for key in keys if known(key)) or why
