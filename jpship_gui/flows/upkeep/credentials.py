"""When what opens a marketplace's API ends, told early enough to renew it (SE-10).

The end is what the marketplace itself told (the connector's memory), else the life a key has counted from the day the
shop says it was made. Where both are known the marketplace's word counts: a day typed in may be that of an older key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shops
from jpship_gui.store.shop_memory import ShopMemory
from jpship_gui.store.shops import Shop
from jpship_gui.texts import text

if TYPE_CHECKING:
    from jpship_gui.marketplaces.base import Credential


class Level(StrEnum):
    """How pressing it is; UNKNOWN = nobody has told the day."""

    FINE = "fine"
    SOON = "soon"
    VERY_SOON = "very_soon"
    OVER = "over"
    UNKNOWN = "unknown"


_PRESSING = (Level.OVER, Level.VERY_SOON, Level.SOON)


@dataclass(frozen=True, slots=True)
class Expiry:
    """One credential of a shop: `last_day` is the last it can be used on, `days_left` counts to it (0 = today), `ask`
    is the shop's setting where a person tells the day, "" where only the marketplace does."""

    shop: str
    marketplace: str
    credential: str
    level: Level
    last_day: date | None = None
    days_left: int | None = None
    ask: str = ""

    @property
    def due(self) -> bool:
        """Whether somebody must see to it."""
        return self.level in _PRESSING


def expiries(ws: Workspace, shop: str = "") -> list[Expiry]:
    """What ends of one shop or of all whose keys are known here, in the order of shops; the key store may take its
    time. Refused("shop_unknown")."""
    chosen = [shops.get(ws.store, shop)] if shop else shops.every(ws.store)
    return [
        _expiry(ws, one, credential)
        for one in chosen
        if (found := ws.market(one.marketplace).credentials) and ws.has_keys(one.name)
        for credential in found
    ]


def due(ws: Workspace) -> list[Expiry]:
    """What must be seen to, the most pressing first."""
    pressing = [one for one in expiries(ws) if one.due]
    return sorted(pressing, key=lambda one: (_PRESSING.index(one.level), one.last_day or date.max))


def expiry_text(expiry: Expiry) -> str:
    """What ends when, and what to do."""
    name = text(f"credential.{expiry.credential}")
    if expiry.last_day is None or expiry.days_left is None:
        if not expiry.ask:
            return text("expiry.unknown", name=name)
        return text("expiry.ask", name=name, option=text(f"option.{expiry.ask}"))
    day = expiry.last_day.isoformat()
    if expiry.level is Level.OVER:
        return text("expiry.over", name=name, day=day)
    if expiry.days_left == 0:
        return text("expiry.today", name=name)
    return text("expiry.until", name=name, day=day, count=expiry.days_left)


def _expiry(ws: Workspace, shop: Shop, credential: Credential) -> Expiry:
    settings = ws.market(shop.marketplace).options
    ask = next((key for key in (credential.until, credential.since) if key in settings), "")
    last_day = _last_day(credential, _days(ws, shop, credential))
    if last_day is None:
        return Expiry(shop.name, shop.marketplace, credential.id, Level.UNKNOWN, ask=ask)
    left = (last_day - ws.today()).days
    level = _level(left, credential.warn_days)
    return Expiry(shop.name, shop.marketplace, credential.id, level, last_day, left, ask)


def _last_day(credential: Credential, told: Mapping[str, date]) -> date | None:
    if credential.until in told:
        return told[credential.until]
    if credential.since in told and credential.days:
        return told[credential.since] + timedelta(days=credential.days)
    return None


def _days(ws: Workspace, shop: Shop, credential: Credential) -> dict[str, date]:
    """The days that are known under the credential's keys: remembered by the connector, else set by a person."""
    memory = ShopMemory(ws.store, shop.name)
    declared = ws.market(shop.marketplace).options
    own = ws.shop_options(shop.name)
    found: dict[str, date] = {}
    for key in filter(None, (credential.until, credential.since)):
        told = _day_of(memory.get(key, ""))
        if told is None and key in declared:
            told = own.get(key)
        if told is not None:
            found[key] = told
    return found


def _day_of(words: str) -> date | None:
    """The day in Japan of a date or moment as ISO text (a moment without zone is Japan's); None for anything else."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return to_jst(moment).date() if moment.tzinfo else moment.date()


def _level(left: int, warn_days: tuple[int, ...]) -> Level:
    """`warn_days`: the first warning, and the last where there are two."""
    if left < 0:
        return Level.OVER
    if len(warn_days) > 1 and left <= min(warn_days):
        return Level.VERY_SOON
    return Level.SOON if warn_days and left <= max(warn_days) else Level.FINE
