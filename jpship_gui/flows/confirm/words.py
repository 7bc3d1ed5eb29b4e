"""Reasons and answers in words, for window and command line alike."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.confirmation import Difference
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.confirm.reasons import Reason
from jpship_gui.flows.confirm.waiting import ShopQueue
from jpship_gui.texts import known, text

# Codes of accepted reports that only say how it is known.
_HOW_KNOWN = frozenset(
    ("", "already_registered", "read_back", "seen_left", "seen_registered", "seen_shipped", "upload_told")
)


def reason_title(reason: Reason) -> str:
    """The reason in one line."""
    title = text(f"confirm.red.{reason.code}.title", **_shown(reason))
    return text("confirm.red.whose", reason=title, name=reason.whose) if reason.whose else title


def reason_text(reason: Reason) -> str:
    """What it means and what to do."""
    values = _shown(reason)
    if reason.code == "refused":
        values["message"] = answer_text(values.get("code", ""), values.get("message", ""))
    if reason.code == "check_digit":
        values["reason"] = _known(f"tracking.{values['reason']}", values["reason"])
    if reason.code == "stopped":
        values["problem"] = text(f"problem.{values['problem']}.title", **values)
    return text(f"confirm.red.{reason.code}.text", **values)


def _shown(reason: Reason) -> dict[str, str]:
    """Values with codes of ours in words."""
    values = dict(reason.values)
    if reason.code == "bundle_stopped":
        values["why"] = text(f"bundle.stop.{values['why']}")
    return values


def answer_text(code: str, message: str) -> str:
    """The marketplace's own words, in ours where the code says how they are meant, else ours for the code."""
    framed = f"confirm.code.{code}.said"
    if message and code and known(framed):
        return text(framed, message=message)
    return message or _known(f"confirm.code.{code}", code)


def note_text(code: str, message: str) -> str:
    """What a person should know of a report that was accepted all the same (a warning, something left undone)."""
    return answer_text(code, message) if message or code not in _HOW_KNOWN else ""


def difference_text(difference: Difference) -> str:
    """What the marketplace shows otherwise."""
    values = {"order": difference.order, "ours": difference.ours, "theirs": difference.theirs}
    both = difference.field == "parcel" and difference.theirs
    return text(f"confirm.difference.{'parcel_other' if both else difference.field}", **values)


def numbers_text(told: Sequence[str], kept: Sequence[str]) -> str:
    """The numbers that are told, and of how many where the marketplace does not take all."""
    words = "・".join(text("track.untracked") if is_untracked(number) else number for number in told)
    if not kept:
        return words
    return f"{words}  {kept_text(told, kept)}"


def kept_text(told: Sequence[str], kept: Sequence[str]) -> str:
    """How many of a shipment's numbers the marketplace is told (PL-04)."""
    return text("confirm.told_of_all", told=len(told), all=len(told) + len(kept))


def queue_text(queue: ShopQueue) -> str:
    """How much waits, until when and why; and whose ship-by that may be too late for."""
    because = answer_text(queue.code, "")
    if queue.next_try is None:
        words = text("confirm.waits", count=queue.waiting)
    else:
        at = f"{to_jst(queue.next_try):%H:%M}"
        words = text("confirm.waits_until", count=queue.waiting, at=at, because=because)
    return f"{words} {text('confirm.waits_too_long', count=len(queue.late))}" if queue.late else words


def _known(key: str, otherwise: str) -> str:
    return text(key) if otherwise and known(key) else otherwise
