"""The words of an answer, from `pack.po`."""

from __future__ import annotations

from jpship_gui.carriers import carriers
from jpship_gui.domain.packing.session import Answer
from jpship_gui.texts import known, text


def message_of(answer: Answer) -> str:
    """One or two sentences in the present language: what happened, to which order, what is expected."""
    values = dict(answer.values)
    values["expected"] = text(f"pack.expects.{values['expected']}")
    if "tick" in values:
        values["tick"] = text(f"pack.tick.{values['tick']}")
    for name in ("carrier", "other_carrier"):
        if name in values:
            carrier = carriers().get(values[name])
            values[name] = carrier.name if carrier else text("pack.carrier_unknown")
    if "why" in values:
        values["why"] = _reasons(values["why"], answer.reason)
    return text(answer.message_key, **values)


def headline_of(answer: Answer) -> str:
    """The word of the outcome band, a few characters."""
    return text(f"pack.word.{answer.outcome.value.lower()}")


def _reasons(why: str, reason: str) -> str:
    """Codes of problems in words; a hold's own reason and names of fields as they are."""
    if reason != "problem":
        return why
    titles = (f"problem.{code}.title" for code in why.split())
    return "・".join(text(key) for key in titles if known(key)) or why
