"""What a scanned text can be. Never decided by focus: commands, then keys, then numbers, then goods (features 6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jpship_gui.domain.order_key import is_key, without_paper
from jpship_gui.domain.tracking_no import NumberForm, Policy, check_number, fits_pattern, normalise, plain

_SYMBOLOGY = re.compile(r"^\](?:[A-Z]\d|[A-Z]{2})")  # AIM prefix some readers send
_GS1_GTIN = re.compile(r"^\(?01\)?(\d{14})")
_SECOND_PARCEL = re.compile(r"^P[2-9]\d*$|^P1\d+$")
_ALIASES = str.maketrans("TN*E", "ABCD")
_ANY_NUMBER = re.compile(
    r"(?=(?:.*\d){6})[0-9A-Z]{8,30}"
)  # a carrier without known form: at least six digits


class NumberState(StrEnum):
    """How a text stands as a tracking number of the planned carrier."""

    GOOD = "good"
    CHECK_DIGIT = "check_digit"
    OTHER_CARRIER = "other_carrier"
    NO = "no"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A text read as a tracking number; `carrier` is whose it seems to be, `reason` a code of `tracking.<code>`."""

    number: str
    state: NumberState
    carrier: str = ""
    reason: str = ""


def tidy(raw: str) -> str:
    """Full-width and input-method leftovers, control characters and outer blanks off, upper case."""
    return _SYMBOLOGY.sub("", plain(raw))


def shipment_key_of(text: str) -> str:
    """The key a slip or label code holds, further parcels' suffix kept; blank when it is none or misread."""
    bare = without_paper(text.replace(" ", ""))
    return bare if is_key(bare[:9]) and (len(bare) == 9 or _SECOND_PARCEL.match(bare[9:])) else ""


def is_of_paper(text: str) -> bool:
    """Whether the key was read from one of our own papers, which bears no waybill's key."""
    bare = text.replace(" ", "")
    return without_paper(bare) != bare


def goods_codes(text: str) -> tuple[str, ...]:
    """The spellings under which goods may be known: as read, GTIN of a GS1 code, UPC as JAN and back."""
    spellings = [text]
    gs1 = _GS1_GTIN.match(text)
    if gs1 and len(text) > 14:
        spellings.append(gs1[1])
    for code in tuple(spellings):
        if code.isdigit() and len(code) in (12, 13, 14):
            bare = code.lstrip("0")
            spellings += (bare.zfill(13), bare.zfill(12)) if len(bare) <= 12 else (bare.zfill(13),)
            spellings.append(code.zfill(14))
    return tuple(dict.fromkeys(spellings))


def read_number(raw: str, forms: Sequence[NumberForm], carrier: str) -> NumberReading:
    """The text as a number of the planned carrier, or of whose it is instead; a blank carrier asks for any.

    Twelve digits fit three carriers alike, so their data also say which first digits and start/stop letters were ever
    seen: a number that fits another carrier by these, and not the planned one, is taken as that other's.
    """
    if not carrier:
        return _of_another(raw, normalise(raw), forms, "", "")
    checked = check_number(raw, forms, carrier)
    number = checked.tracking_no.digits if checked.tracking_no else checked.number
    if checked.reason == "no_form":
        known = _ANY_NUMBER.fullmatch(number)
        return NumberReading(number, NumberState.GOOD if known else NumberState.NO, carrier, "no_form")
    if checked.tracking_no is not None and checked.reason != "other_length":
        stranger = _stranger(raw, number, forms, carrier)
        if stranger:
            return NumberReading(number, NumberState.OTHER_CARRIER, stranger, "never_seen")
        return NumberReading(number, NumberState.GOOD, carrier, checked.reason)
    if checked.reason in ("bad_check_digit", "spreadsheet_damage") and checked.policy is not Policy.WARN:
        return NumberReading(number, NumberState.CHECK_DIGIT, carrier, checked.reason)
    if checked.reason.startswith("looks_like_"):
        return NumberReading(number, NumberState.NO, "", checked.reason)
    return _of_another(raw, number, forms, carrier, checked.reason)


def _of_another(
    raw: str, number: str, forms: Sequence[NumberForm], carrier: str, reason: str
) -> NumberReading:
    for name in dict.fromkeys(form.carrier for form in forms if form.carrier != carrier):
        other = check_number(raw, forms, name)
        if other.tracking_no is not None and other.reason not in ("other_length", "no_form"):
            return NumberReading(other.tracking_no.digits, NumberState.OTHER_CARRIER, name, reason)
    if fits_pattern(raw, forms):
        return NumberReading(number, NumberState.CHECK_DIGIT, carrier, reason or "bad_check_digit")
    return NumberReading(number, NumberState.NO, "", reason)


def _stranger(raw: str, number: str, forms: Sequence[NumberForm], carrier: str) -> str:
    """Another carrier that number or start/stop letters point to while they rule the planned one out."""
    fitting = [f for f in forms if f.algorithm and re.fullmatch(f.pattern, number)]
    own = [f for f in fitting if f.carrier == carrier]
    letters = _letters(raw)
    if not own or any(_seen(f, number, letters) for f in own):
        return ""
    return next(
        (f.carrier for f in fitting if f.carrier != carrier and f.first_seen and _seen(f, number, letters)),
        "",
    )


def _seen(form: NumberForm, number: str, letters: str) -> bool:
    first = not form.first_seen or number[:1] in form.first_seen
    return first and (not letters or not form.letters or letters in form.letters)


def _letters(raw: str) -> str:
    """The NW-7 start/stop letter the reader sent at both ends, in its A–D name."""
    text = plain(raw).translate(_ALIASES)
    return text[0] if len(text) > 12 and text[0] == text[-1] and text[0] in "ABCD" else ""
