"""Every outcome of the packing desk with values that fill its words: for pictures, and for tests that none is cut.

Outcomes come from the enum and their reasons from the catalogue, so that a new one is pictured and tested by itself.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.session import Answer
from tests.contracts.test_words import catalogue

# As the desk gives them; whoever adds a placeholder finds a number in it.
_VALUES = {
    "order": "345678-20261121-0416812461",
    "other": "345678-20261121-0416812458",
    "goods": "マグカップ 300ml 紺",
    "number": "400123456003",
    "promised": "208941962740",
    "linked": "209189801133",
    "raw": "4901234567900",
    "carrier": "yamato",
    "other_carrier": "sagawa",
    "tick": "wrap",
    "why": "在庫を確認中",
    "desk": "梱包台2",
    "set": "食器5点セット",
    "names": "1 山本　2 高橋　3 中西",
    "person": "井上",
    "right": "skip",
    "who": "佐藤・鈴木",
    "reasons": "1 数えて確かめた　2 別便で送る",
    "expected": Expect.ITEM.value,
}
_WHY = {Outcome.NG_CHANGED: "goods wish", Outcome.NG_HOLD: "在庫を確認中"}


def reasons(outcome: Outcome) -> tuple[str, ...]:
    """What narrows an outcome's words, blank first where it has words of its own."""
    stem = f"pack.{outcome.value.lower()}"
    keys = sorted(key for key in catalogue("ja") if key == stem or key.startswith(f"{stem}."))
    return tuple(key.removeprefix(stem).removeprefix(".") for key in keys)


def answer(outcome: Outcome, reason: str, expects: Expect = Expect.ITEM) -> Answer:
    """As the desk would give it."""
    stem = f"pack.{outcome.value.lower()}"
    words = catalogue("ja")[f"{stem}.{reason}" if reason else stem]
    wanted = {name for form in words for _, name, _, _ in string.Formatter().parse(form) if name}
    values = {name: _VALUES.get(name, "2") for name in wanted} | {"expected": expects.value}
    values |= {"raw": _VALUES["raw"]}
    if "why" in wanted:
        values["why"] = "postal_address_mismatch" if reason == "problem" else _WHY.get(outcome, "保留")
    return Answer(_VALUES["raw"], outcome, expects, "JP0000001", reason, values)


def answers() -> Iterator[Answer]:
    """Every outcome with every reason it has words for."""
    for outcome in Outcome:
        for reason in reasons(outcome):
            yield answer(outcome, reason)


def named(given: Answer) -> str:
    """`NG_HOLD.remark`."""
    return f"{given.outcome.value}.{given.reason}" if given.reason else given.outcome.value


__all__ = ["answer", "answers", "named", "reasons"]
