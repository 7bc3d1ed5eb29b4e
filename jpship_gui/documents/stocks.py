"""Label sheets as data: where each label lies on its page, after the offset and scale measured for a printer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

A4 = (210.0, 297.0)
UNPRINTABLE = 5.0  # mm at a page's edge that a laser printer cannot reach (documents reference, section 11)
_KEYS = {"grid", "size", "pitch", "margin", "page", "maker", "name", "source"}


@dataclass(frozen=True, slots=True)
class Place:
    """One label's rectangle in mm from the page's top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of equal labels; lengths in mm, across first. `maker` are part numbers it is sold under."""

    id: str
    grid: tuple[int, int]
    size: tuple[float, float]
    pitch: tuple[float, float]
    margin: tuple[float, float]
    page: tuple[float, float] = A4
    maker: tuple[str, ...] = ()
    name: str = ""
    own: bool = False

    @property
    def labels(self) -> int:
        """How many labels a sheet has."""
        return self.grid[0] * self.grid[1]

    @property
    def title(self) -> str:
        """How a person tells it from others: labels across and down, size, then what it is sold as."""
        sold = self.name or ", ".join(self.maker[:1]) or self.id
        return f"{self.grid[0]} × {self.grid[1]} · {self.size[0]:g} × {self.size[1]:g} mm · {sold}"

    def place(self, index: int, offset: tuple[float, float] = (0.0, 0.0), scale: float = 1.0) -> Place:
        """Rectangle of the label `index` (from 0, row by row) of a sheet."""
        row, column = divmod(index, self.grid[0])
        return Place(
            (self.margin[0] + column * self.pitch[0]) * scale + offset[0],
            (self.margin[1] + row * self.pitch[1]) * scale + offset[1],
            self.size[0] * scale,
            self.size[1] * scale,
        )

    def inner(self, place: Place, padding: float) -> Place:
        """What of a label may be printed on: within its padding and what the printer reaches of the page."""
        # a page with one label is the label itself, and its printer knows its edges
        reach = padding if self.labels == 1 else UNPRINTABLE
        left, top = max(place.x + padding, reach), max(place.y + padding, reach)
        right = min(place.x + place.width - padding, self.page[0] - reach)
        low = min(place.y + place.height - padding, self.page[1] - reach)
        return Place(left, top, right - left, low - top)


@cache
def shipped() -> Mapping[str, Stock]:
    """The sheets of the build by id."""
    return MappingProxyType(read_stocks(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")))


def read_stocks(text: str, own: bool = False) -> dict[str, Stock]:
    """Sheets of a TOML text; ValueError says which and what is wrong with it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(str(fault)) from fault
    return {id_: _stock(id_, table, own) for id_, table in tables.items()}


def _stock(id_: str, table: Any, own: bool) -> Stock:
    if (
        not isinstance(table, dict)
        or not table.keys() <= _KEYS
        or not {"grid", "size", "margin"} <= table.keys()
    ):
        raise ValueError(f"{id_}: grid, size, margin; pitch, page, maker, name")
    pairs = {key: _pair(id_, key, table[key]) for key in ("size", "pitch", "margin", "page") if key in table}
    grid = table["grid"]
    if not (isinstance(grid, list) and len(grid) == 2 and all(type(n) is int and 1 <= n <= 50 for n in grid)):
        raise ValueError(f"{id_}: grid")
    stock = Stock(
        id=id_,
        grid=(grid[0], grid[1]),
        size=pairs["size"],
        pitch=pairs.get("pitch", pairs["size"]),
        margin=pairs["margin"],
        page=pairs.get("page", A4),
        maker=tuple(str(part) for part in table.get("maker", ())),
        name=str(table.get("name", "")),
        own=own,
    )
    _check(stock)
    return stock


def _pair(id_: str, key: str, value: Any) -> tuple[float, float]:
    good = isinstance(value, list) and len(value) == 2
    if not good or not all(type(n) in (int, float) and 0 <= n <= 1000 for n in value):
        raise ValueError(f"{id_}: {key}")
    return float(value[0]), float(value[1])


def _check(stock: Stock) -> None:
    """Labels must have a size, not lie on each other, and lie on the page."""
    if min(stock.size) < 10 or min(stock.page) < 30:
        raise ValueError(f"{stock.id}: size")
    last = stock.place(stock.labels - 1)
    for axis in (0, 1):
        if stock.grid[axis] > 1 and stock.pitch[axis] < stock.size[axis] - 0.01:
            raise ValueError(f"{stock.id}: pitch")
    if last.x + last.width > stock.page[0] + 0.5 or last.y + last.height > stock.page[1] + 0.5:
        raise ValueError(f"{stock.id}: page")
