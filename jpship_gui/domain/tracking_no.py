"""Tracking numbers: normalising, patterns and check digits. Constants of each carrier stand in its
numbers.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from jpship_gui.domain.order_key import looks_like_key

_HYPHENS = dict.fromkeys([0x2D, *range(0x2010, 0x2016), 0x2212, 0xFF0D, 0x30FC, 0x2043], None)
_CODABAR = "ABCDTN*E"
_ORDER_NUMBERS = re.compile(r"\d{3}-\d{7}-\d{7}|\d{6}-\d{8}-\d{8,10}")  # Amazon, Rakuten
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}")
_PHONE = re.compile(r"0[0-9]{9,10}")
_PARCEL_KEY = re.compile(r"[0-9A-Z]{9}(P[0-9]+)?")
_GTIN = re.compile(r"[0-9]{8}|[0-9]{13}|0[0-9]{13}")
_TWELVE = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")
_LOST_DIGITS = "000000"  # a spreadsheet shows six significant digits of a long number


_UNTRACKED = "~"  # no reader, keyboard or carrier gives a number that begins so


def untracked_no(parcel_key: str) -> str:
    """What stands in the place of a number for a box that travels without one (SY-09): its own, so that it is nobody
    else's; it is shown as words and never told to anybody."""
    return _UNTRACKED + parcel_key


def is_untracked(number: str) -> bool:
    """Whether this stands for "travels without a number"."""
    return number.startswith(_UNTRACKED)


class Policy(StrEnum):
    """What may be done with a number; the words of the check-digit reference."""

    ACCEPT = "accept"
    WARN = "warn"  # store, and show a note
    CONFIRM = "confirm"  # store only after an explicit second confirmation
    REJECT = "reject"  # certainly wrong for this carrier


_LENIENT_FIRST = (Policy.ACCEPT, Policy.WARN, Policy.CONFIRM, Policy.REJECT)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """One form of number a carrier uses; entries of the check-digit reference."""

    id: str
    carrier: str
    pattern: str
    name: str = ""
    algorithm: str = ""  # name in ALGORITHMS, "" = no check possible
    payload: tuple[int, int] = (0, 0)
    check_index: int = -1
    printed: str = ""  # grouping with # per character
    on_bad_check_digit: str = "reject"  # reject, confirm, warn, none
    on_other_length: str = "confirm"
    accept: str = ""  # "warn": the form itself is uncertain
    scanned: str = ""  # the waybill's bar code where it holds more than the number, which is group 1
    expected_country: str = ""  # S10: last two letters of an item posted here
    pad_zeros: bool = False  # a number of this form that lost leading zeros is proposed whole
    first_seen: str = ""  # first digits ever seen with this carrier; blank = says nothing
    tracking_url: str = (
        ""  # page of a number of this form, where it is another than the carrier's; {number} in it
    )
    letters: str = ""  # NW-7 start/stop letters its waybills carry (A to D); blank = says nothing
    confidence: str = ""
    source: str = ""
    valid: tuple[str, ...] = field(default=())
    invalid: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TrackingNo:
    """A number that may be stored unasked for its carrier; made only by `check_number`."""

    carrier: str
    digits: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a carrier's forms say of a text.

    `number` is the normalised text; `reason` is "" or a code of `tracking.<code>`: bad_check_digit, pattern,
    other_length, looks_like_jan, looks_like_order, looks_like_slip, looks_like_phone, spreadsheet_damage,
    lost_zero, uncertain_form, other_country, no_form, empty. `proposal` is a whole number to be shown,
    never stored unasked.
    """

    raw: str
    number: str
    policy: Policy
    reason: str = ""
    form: str = ""
    proposal: str = ""
    tracking_no: TrackingNo | None = None


def _mod7_integer(number: str, form: NumberForm) -> bool:
    start, end = form.payload
    return int(number[start:end]) % 7 == int(number[form.check_index])


def _s10_mod11(number: str, form: NumberForm) -> bool:
    digits = number[form.payload[0] : form.payload[1]]
    rest = 11 - sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(number[form.check_index])


def _fedex12(number: str, form: NumberForm) -> bool:
    digits = number[form.payload[0] : form.payload[1]]
    total = sum(int(d) * w for d, w in zip(digits, (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1), strict=True))
    return total % 11 % 10 == int(number[form.check_index])


def _ups1z_mod10(number: str, form: NumberForm) -> bool:
    total = 0
    for place, character in enumerate(number[form.payload[0] : form.payload[1]], start=1):
        value = int(character) if character.isdigit() else (ord(character) - 63) % 10
        total += value * 2 if place % 2 == 0 else value
    return (10 - total % 10) % 10 == int(number[form.check_index])


ALGORITHMS: dict[str, Callable[[str, NumberForm], bool]] = {
    "mod7_integer": _mod7_integer,
    "s10_mod11": _s10_mod11,
    "fedex12": _fedex12,
    "ups1z_mod10": _ups1z_mod10,
}


def plain(raw: str) -> str:
    """NFKC, control and format characters off, trimmed, upper case; hyphens and start/stop letters still
    there."""
    text = unicodedata.normalize("NFKC", raw)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf")).strip().upper()


def normalise(raw: str) -> str:
    """A scanner's or person's text as bare number: NFKC, control characters, NW-7 start/stop letters,
    hyphens, blanks off."""
    bare = re.sub(r"\s+", "", plain(raw).translate(_HYPHENS))
    if len(bare) > 2 and bare[0] in _CODABAR and bare[-1] in _CODABAR and _all_digits(bare[1:-1]):
        return bare[1:-1]
    if bare[:1] and bare[0] in _CODABAR and _all_digits(bare[1:]) and 11 <= len(bare) - 1 <= 15:
        return bare[1:]
    if bare[:1] and bare[-1] in _CODABAR and _all_digits(bare[:-1]) and 11 <= len(bare) - 1 <= 15:
        return bare[:-1]
    return bare


def check_number(raw: str, forms: Sequence[NumberForm], carrier: str) -> Checked:
    """What the carrier's own forms say of a text; forms of other carriers in `forms` are ignored."""
    own = [form for form in forms if form.carrier == carrier]
    number = normalise(raw)
    if not number:
        return Checked(raw, number, Policy.REJECT, "empty")
    fitting = [found for form in own if (found := _judge(raw, number, form)) is not None]
    if fitting:
        return min(fitting, key=lambda checked: _LENIENT_FIRST.index(checked.policy))
    return _explain(raw, number, own)


def carriers_matching(raw: str, forms: Sequence[NumberForm]) -> tuple[str, ...]:
    """Carriers a text may be a number of, as they come in `forms`; the three big ones cannot be told
    apart."""
    names = dict.fromkeys(form.carrier for form in forms)
    return tuple(name for name in names if check_number(raw, forms, name).tracking_no is not None)


def fits_pattern(raw: str, forms: Sequence[NumberForm]) -> bool:
    """Whether a text has the shape of any form, right check digit or not: it was meant as a tracking
    number."""
    number = normalise(raw)
    return any(_read(number, form) is not None for form in forms)


def grouped(number: str, forms: Sequence[NumberForm] = (), carrier: str = "") -> str:
    """A number as the waybill prints it; twelve digits go 4-4-4 where no form is known."""
    for form in forms:
        if form.carrier == carrier and form.printed and re.fullmatch(form.pattern, number):
            return _group(number, form.printed)
    return _group(number, "####-####-####") if len(number) == 12 and _all_digits(number) else number


def check_digit_holds(number: str, form: NumberForm) -> bool:
    """Whether pattern and check digit of this form hold; True where the form has no check."""
    if re.fullmatch(form.pattern, number) is None:
        return False
    return not form.algorithm or ALGORITHMS[form.algorithm](number, form)


def _read(number: str, form: NumberForm) -> str | None:
    if re.fullmatch(form.pattern, number):
        return number
    found = re.fullmatch(form.scanned, number) if form.scanned else None
    return found[1] if found else None


def _judge(raw: str, text: str, form: NumberForm) -> Checked | None:
    number = _read(text, form)
    if number is None:
        return None
    if not check_digit_holds(number, form):
        reason = "spreadsheet_damage" if _zeros_at_end(number) else "bad_check_digit"
        policy = Policy.WARN if form.on_bad_check_digit == "none" else Policy(form.on_bad_check_digit)
        whole = TrackingNo(form.carrier, number) if policy is Policy.WARN else None
        return Checked(raw, number, policy, reason, form.id, tracking_no=whole)
    whole = TrackingNo(form.carrier, number)
    if _zeros_at_end(number):
        return Checked(raw, number, Policy.CONFIRM, "spreadsheet_damage", form.id)
    if form.expected_country and number[-2:] != form.expected_country:
        return Checked(raw, number, Policy.WARN, "other_country", form.id, tracking_no=whole)
    if form.accept == "warn":
        return Checked(raw, number, Policy.WARN, "uncertain_form", form.id, tracking_no=whole)
    return Checked(raw, number, Policy.ACCEPT, "", form.id, tracking_no=whole)


def _explain(raw: str, number: str, own: Sequence[NumberForm]) -> Checked:
    """Why no form of the carrier fits."""
    text = plain(raw)
    if not own:
        return Checked(raw, number, Policy.CONFIRM, "no_form")
    for reason, holds in (
        ("looks_like_slip", _PARCEL_KEY.fullmatch(text) is not None and looks_like_key(text[:9])),
        ("looks_like_order", _ORDER_NUMBERS.fullmatch(text) is not None),
        ("spreadsheet_damage", _EXPONENT.fullmatch(text) is not None),
        ("looks_like_jan", _GTIN.fullmatch(number) is not None and gtin_holds(number)),
    ):
        if holds:
            return Checked(raw, number, Policy.REJECT, reason)
    proposal = _padded(number, own)
    if proposal:
        return Checked(raw, number, Policy.CONFIRM, "lost_zero", proposal=proposal)
    if _PHONE.fullmatch(number):
        return Checked(raw, number, Policy.REJECT, "looks_like_phone")
    return _other_length(raw, number, own)


def _other_length(raw: str, number: str, own: Sequence[NumberForm]) -> Checked:
    if not _all_digits(number):
        return Checked(raw, number, Policy.REJECT, "pattern", proposal=_inside(raw, own))
    lenient = min((Policy(form.on_other_length) for form in own), key=_LENIENT_FIRST.index)
    whole = TrackingNo(own[0].carrier, number) if lenient is Policy.WARN else None
    return Checked(raw, number, lenient, "other_length", tracking_no=whole)


def _padded(number: str, own: Sequence[NumberForm]) -> str:
    """The whole number where leading zeros were lost, if exactly one form that allows it then holds."""
    if not _all_digits(number) or number[0] == "0":
        return ""
    whole = [number.zfill(form.payload[1] + 1) for form in own if form.pad_zeros]
    found = {
        n for n in whole for form in own if len(n) - len(number) in (1, 2) and check_digit_holds(n, form)
    }
    return found.pop() if len(found) == 1 else ""


def _inside(raw: str, own: Sequence[NumberForm]) -> str:
    """The one run of twelve digits with a good check digit inside a longer code (a two-dimensional one),
    if just one is."""
    runs = _TWELVE.findall(plain(raw))
    holds = any(form.algorithm and check_digit_holds(run, form) for run in runs for form in own)
    return str(runs[0]) if len(runs) == 1 and holds else ""


def gtin_holds(number: str) -> bool:
    """Check digit of JAN/EAN-8, UPC-A, JAN/EAN-13 and GTIN-14 (digits only): weights 3 1 from the right,
    modulus 10."""
    if not _all_digits(number):
        return False
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(number[:-1])))
    return (10 - total % 10) % 10 == int(number[-1])


def _zeros_at_end(number: str) -> bool:
    return len(number) == 12 and number.endswith(_LOST_DIGITS)


def _all_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _group(number: str, printed: str) -> str:
    out, rest = [], list(number)
    for mark in printed:
        if not rest:
            break
        out.append(mark if mark in " -" else rest.pop(0))
    return "".join(out + rest)
