"""Which extras go into a parcel: thank-you card, flyer, sample, by rules a shop writes one a line (PR-12).

A line has three parts between bars: what goes along, when, and where the marketplace allows it:

    サンクスカード | | 同梱物ガイドラインで確認 2026-11
    春のチラシ | 3000- sku:mug-* nogift | 店舗運営Navi で確認

When: `3000-`, `3000-9999` or `-9999` yen of goods, `sku:` with the shop's own wildcards, `gift` or `nogift`, `from:`
and `to:` a day. All that is said must hold.
A line without the third part is never used: some marketplaces forbid inserts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from jpship_gui.domain.shipment import Shipment

_AMOUNT = re.compile(r"(?P<least>\d{1,9})?-(?P<most>\d{1,9})?")
_BARS = re.compile(r"[|｜]")
NO_NAME, NO_CONSENT, NOT_READ = "no_name", "no_consent", "not_read"


@dataclass(frozen=True, slots=True)
class Insert:
    """One rule; `allowed` is where the marketplace allows it, in the shop's words."""

    name: str
    allowed: str
    least: int = 0
    most: int | None = None
    skus: tuple[str, ...] = ()
    gift: bool | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A line that is not used, by its number from 1; `word` is what could not be read."""

    line: int
    code: str
    word: str = ""


def read_rules(text: str) -> tuple[tuple[Insert, ...], tuple[Flaw, ...]]:
    """The rules of a shop, and the lines that are none."""
    rules: list[Insert] = []
    flaws: list[Flaw] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, when, allowed = [part.strip() for part in (*_BARS.split(line, maxsplit=2), "", "")[:3]]
        made = _rule(name, allowed, when, number)
        if isinstance(made, Flaw):
            flaws.append(made)
        else:
            rules.append(made)
    return tuple(rules), tuple(flaws)


def _rule(name: str, allowed: str, when: str, number: int) -> Insert | Flaw:
    if not name:
        return Flaw(number, NO_NAME)
    if not allowed:
        return Flaw(number, NO_CONSENT)
    least, most, gift = 0, None, None
    skus: list[str] = []
    days: dict[str, date] = {}
    for word in when.split():
        key, colon, value = word.partition(":")
        amount = _AMOUNT.fullmatch(word)
        if amount and word != "-":
            least, most = int(amount["least"] or 0), int(amount["most"]) if amount["most"] else None
        elif word in ("gift", "nogift"):
            gift = word == "gift"
        elif key == "sku" and value:
            skus.append(value)
        elif key in ("from", "to") and colon and (day := _day(value)):
            days[key] = day
        else:
            return Flaw(number, NOT_READ, word)
    return Insert(name, allowed, least, most, tuple(skus), gift, days.get("from"), days.get("to"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def inserts_for(rules: Sequence[Insert], shipment: Shipment, today: date) -> tuple[Insert, ...]:
    """The rules that hold for a shipment's own goods, in their order."""
    lines = [line for line in shipment.lines if not line.deleted and line.quantity > 0]
    amount = sum(line.unit_price * line.quantity for line in lines)
    skus = [line.sku for line in lines]
    return tuple(rule for rule in rules if _holds(rule, amount, skus, shipment.gift, today))


def _holds(rule: Insert, amount: int, skus: Sequence[str], gift: bool, today: date) -> bool:
    if amount < rule.least or (rule.most is not None and amount > rule.most):
        return False
    if rule.gift is not None and rule.gift != gift:
        return False
    if (rule.start and today < rule.start) or (rule.end and today > rule.end):
        return False
    return not rule.skus or any(fnmatchcase(sku, wanted) for sku in skus for wanted in rule.skus)
