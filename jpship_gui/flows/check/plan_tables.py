"""The seller's tables for planning: prices, limits of services and areas, days a carrier fetches."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from jpship_gui.domain.planning.limits import NO_LIMITS, Limits, read_limits
from jpship_gui.domain.planning.prices import NO_PRICES, PriceTable, read_prices
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.places import resources
from jpship_gui.store import plans


def prices_of(ws: Workspace) -> PriceTable:
    """The newest prices, none where nobody gave any."""
    found = plans.newest(ws.store, plans.PRICES)
    return NO_PRICES if found is None else _prices(found.body)


def limits_of(ws: Workspace) -> Limits:
    """What the program knows of services, with what the seller says besides."""
    found = plans.newest(ws.store, plans.LIMITS)
    return shipped_limits().joined(NO_LIMITS if found is None else _limits(found.body))


def table_of(ws: Workspace, kind: str) -> Mapping[str, Any]:
    """The newest table as plain data, as it can be edited and taken back; {} where there is none."""
    found = plans.newest(ws.store, kind)
    body: Mapping[str, Any] = json.loads(found.body) if found else {}
    return body


@cache
def shipped_limits() -> Limits:
    """Those of this build, each with its source."""
    with (resources() / "check" / "carrier_limits.toml").open("rb") as file:
        return read_limits(tomllib.load(file))


@lru_cache(4)
def _prices(body: str) -> PriceTable:
    return read_prices(json.loads(body))


@lru_cache(4)
def _limits(body: str) -> Limits:
    return read_limits(json.loads(body))
