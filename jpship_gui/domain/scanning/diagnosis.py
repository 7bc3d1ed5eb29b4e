"""What a scanner's way of sending three known codes says about its settings, and which of ours answer to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.scanning.framing import code_of, composed, mended
from jpship_gui.domain.scanning.setup import Layout, Setup, Suffix
from jpship_gui.domain.tracking_no import normalise

SIGNS = "Jp7a-B:c+D@e*F=5"  # letters of both cases and the signs that keyboards disagree about
NUMBER = "200000001110"  # no carrier's: twelve digits whose check digit holds, as on a waybill
JAN = "2012345678903"  # of the range for a shop's own use
_FACTOR, _LEAST, _MOST = 3, 40, 1000
_SLOW = 150  # ms between two keys from which on a person is hardly told from a scanner
_AIM = re.compile(r"\][A-Za-z][0-9]")
_LETTERS = re.compile(r"([A-ETN*a-etn])\d+([A-ETN*a-etn])")


@dataclass(frozen=True, slots=True)
class Heard:
    """One code as it came: its characters, what ended it, the longest pause between two keys in milliseconds. `keys`
    is off for devices that bring whole lines; `method` on where an input method had the keys."""

    text: str
    end: Suffix = Suffix.ENTER
    gap: int = 0
    keys: bool = True
    method: bool = False


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing to tell: words `scanner.found.<code>`. `mends` = off for what only the scanner's manual can."""

    code: str
    values: dict[str, str] = field(default_factory=dict)
    mends: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The setup that reads this scanner, and what was found out. `ok` = off when the codes do not come whole."""

    setup: Setup
    findings: tuple[Trait, ...] = ()
    ok: bool = True


def diagnose(signs: Heard, number: Heard | None, jan: Heard | None, again: int = Setup().again) -> Diagnosis:
    """All three codes; None for one that the scanner did not read."""
    first = _signs(signs, again)
    findings = [*first.findings, *_number(number, first.setup), *_jan(jan, first.setup)]
    heard = [one for one in (signs, number, jan) if one is not None]
    gap, slow = _gap(heard)
    return Diagnosis(replace(first.setup, gap=gap), (*findings, *slow), first.ok)


def _signs(heard: Heard, again: int) -> Diagnosis:
    text = unicodedata.normalize("NFKC", composed(heard.text))
    findings = [Trait("method", mends=False)] if heard.method or text != heard.text else []
    for layout, caps in product(Layout, (False, True)):
        meant = mended(text, layout, caps)
        at = meant.find(SIGNS)
        if at < 0:
            continue
        prefix, rest = meant[:at], meant[at + len(SIGNS) :]
        aim = _AIM.search(prefix)
        if aim:  # it differs from kind to kind of bar code, and is known wherever codes are compared
            prefix = prefix.replace(aim[0], "", 1)
            findings.append(Trait("aim"))
        suffix, suffix_text = (Suffix.TEXT, rest) if rest else (heard.end, "")
        setup = Setup(Setup().gap, again, prefix, suffix, suffix_text, layout, caps)
        return Diagnosis(setup, (*findings, *_frame(setup), *_keyboard(setup)))
    usual = Setup(again=again, suffix=heard.end)
    if SIGNS.casefold() in text.casefold():
        return Diagnosis(usual, (*findings, Trait("case_lost", mends=False), *_frame(usual)))
    lost = "".join(sign for sign in dict.fromkeys(SIGNS) if sign.casefold() not in text.casefold())
    code = "signs_lost" if _bare(SIGNS) in _bare(text) else "unreadable"
    return Diagnosis(usual, (*findings, Trait(code, {"signs": lost, "text": text}, mends=False)), ok=False)


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isascii() and sign.isalnum())


def _frame(setup: Setup) -> Sequence[Trait]:
    found = [Trait(f"end_{setup.suffix}", {"text": setup.suffix_text})]
    return [*found, Trait("prefix", {"text": setup.prefix})] if setup.prefix else found


def _keyboard(setup: Setup) -> Sequence[Trait]:
    found = [] if setup.layout is Layout.SAME else [Trait(f"layout_{setup.layout}")]
    return [*found, Trait("caps")] if setup.caps else found


def _number(heard: Heard | None, setup: Setup) -> Sequence[Trait]:
    if heard is None:
        return [Trait("number_unread", mends=False)]
    text = _code(heard, setup)
    if normalise(text) != NUMBER:
        return [Trait("number_wrong", {"text": text}, mends=False)]
    letters = _LETTERS.search(text)
    return [
        Trait(
            "letters" if letters else "letters_off", {"letters": "".join(letters.groups()) if letters else ""}
        )
    ]


def _jan(heard: Heard | None, setup: Setup) -> Sequence[Trait]:
    if heard is None:
        return [Trait("jan_unread", mends=False)]
    text = tidy(_code(heard, setup))
    if text == JAN:
        return []
    code = "jan_check" if text == JAN[:-1] else "jan_wrong"
    return [Trait(code, {"text": text}, mends=False)]


def _code(heard: Heard, setup: Setup) -> str:
    text = unicodedata.normalize("NFKC", composed(heard.text))
    aim = _AIM.search(text)
    return code_of(text.replace(aim[0], "", 1) if aim else text, setup)


def _gap(heard: Sequence[Heard]) -> tuple[int, Sequence[Trait]]:
    longest = max((one.gap for one in heard if one.keys), default=0)
    if not longest and not any(one.keys for one in heard):
        return Setup().gap, ()
    gap = min(_MOST, max(_LEAST, longest * _FACTOR))
    slow = [Trait("slow", {"gap": str(longest)}, mends=False)] if longest > _SLOW else []
    return gap, (Trait("gap", {"gap": str(longest), "limit": str(gap)}), *slow)
