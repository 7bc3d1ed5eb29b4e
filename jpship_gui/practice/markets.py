"""The practice marketplaces: whatever sub-package of this folder declares a `MARKET`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import jpship_gui.practice as here
from jpship_gui.practice.server import PracticeServer
from jpship_gui.practice.shops import PracticeShop

MAIN_MARKET = "rakuten"  # answers below the bare address as well


@dataclass(frozen=True, slots=True)
class PracticeMarket:
    """One marketplace as practice plays it.

    `opening(day, orders, plain)`: its server, every shop holding `orders` orders made on `day`; plain ones need no
    person. `files(day, orders, plain, folder)`: the very same orders as the files the marketplace's screens give out.
    """

    id: str
    shops: tuple[PracticeShop, ...]
    opening: Callable[[date, int, bool], PracticeServer]
    files: Callable[[date, int, bool, Path], list[Path]]
    write: str = "*"  # the call that registers parcels, by its server's name


@cache
def markets() -> Mapping[str, PracticeMarket]:
    """Every practice marketplace by id, the main one first."""
    names = [module.name for module in pkgutil.iter_modules(here.__path__) if module.ispkg]
    found: dict[str, PracticeMarket] = {}
    for name in sorted(names, key=lambda name: (name != MAIN_MARKET, name)):
        market: PracticeMarket = importlib.import_module(f"{here.__name__}.{name}").MARKET
        found[market.id] = market
    return MappingProxyType(found)


def every_shop() -> tuple[PracticeShop, ...]:
    """The shops of all practice marketplaces."""
    return tuple(shop for market in markets().values() for shop in market.shops)
