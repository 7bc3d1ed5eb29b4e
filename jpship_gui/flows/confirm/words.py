"""Reasons and answers in words, for window and command line alike."""

from __future__ import annotations

from jpship_gui.flows.confirm.comparing import Difference
from jpship_gui.flows.confirm.reasons import Reason
from jpship_gui.texts import known, text


def reason_title(reason: Reason) -> str:
    """The reason in one line."""
    return text(f"confirm.red.{reason.code}.title", **reason.values)


def reason_text(reason: Reason) -> str:
    """What it means and what to do."""
    values = dict(reason.values)
    if reason.code == "refused":
        values["message"] = answer_text(values.get("code", ""), values.get("message", ""))
    if reason.code == "check_digit":
        values["reason"] = _known(f"tracking.{values['reason']}", values["reason"])
    if reason.code == "stopped":
        values["problem"] = text(f"problem.{values['problem']}.title", **values)
    return text(f"confirm.red.{reason.code}.text", **values)


def answer_text(code: str, message: str) -> str:
    """The marketplace's own words, in ours where the code says how they are meant, else ours for the code."""
    framed = f"confirm.code.{code}.said"
    if message and code and known(framed):
        return text(framed, message=message)
    return message or _known(f"confirm.code.{code}", code)


def difference_text(difference: Difference) -> str:
    """What the marketplace shows otherwise."""
    values = {"order": difference.order, "ours": difference.ours, "theirs": difference.theirs}
    return text(f"confirm.difference.{difference.field}", **values)


def _known(key: str, otherwise: str) -> str:
    return text(key) if otherwise and known(key) else otherwise
