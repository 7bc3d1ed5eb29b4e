"""Where a parcel is, in one small set of states that every carrier's wording is mapped to (FW-01)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DeliveryState(StrEnum):
    """What a carrier says of a parcel; values are stored."""

    LABELLED = "labelled"  # announced, not yet in the carrier's hands
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    AT_DELIVERY_OFFICE = "at_delivery_office"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPTED = "attempted"
    HELD = "held"
    READY_FOR_PICKUP = "ready_for_pickup"
    RESCHEDULED = "rescheduled"
    FORWARDED = "forwarded"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    REFUSED = "refused"
    INVESTIGATION = "investigation"
    EXCEPTION = "exception"
    NOT_REGISTERED = "not_registered"  # well formed, not known yet: normal for hours after printing
    BAD_NUMBER = "bad_number"
    UNKNOWN = "unknown"  # the wording stays visible as the carrier wrote it


@dataclass(frozen=True, slots=True)
class DeliveryWord:
    """One wording of a carrier. It is a whole status, with or without a remark in brackets behind it; with `inside` it
    is a part of a sentence."""

    words: str
    state: DeliveryState
    inside: bool = False
    grade: str = ""
    source: str = ""


def state_of(status: str, known: Sequence[DeliveryWord]) -> DeliveryState:
    """What the text of a status (that cell alone, no legend, no page) means; UNKNOWN for whatever is not known as a
    whole, so that 配達完了できません is not taken for 配達完了. The longest wording that fits decides."""
    text = _plain(status)
    fitting = [one for one in known if _fits(text, one)]
    return max(fitting, key=lambda one: len(one.words)).state if fitting else DeliveryState.UNKNOWN


def _fits(text: str, known: DeliveryWord) -> bool:
    words = _plain(known.words)
    if known.inside:
        return words in text
    return text == words or text.startswith(f"{words}(")


def _plain(text: str) -> str:
    """Width of brackets and letters, blanks and a full stop at the end tell nothing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。.")
