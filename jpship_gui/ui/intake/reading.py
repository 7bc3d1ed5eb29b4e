"""Reads files for the page, with all the page shows of them; no Qt, for the data thread."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jpship_gui.domain.order import OrderId
from jpship_gui.flows.check.check import ship_by_of
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.intake.carriers_file import carrier_of
from jpship_gui.flows.intake.preview import CHANGED, NEW, FilePreview, OrderOutcome, Preview, preview
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.workspace import Workspace

SHOWN = 50  # new orders listed; the button counts them all


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells of one kind of spreadsheet damage; `mendable` = exactly one original is possible for each."""

    code: str
    column: str
    count: int
    found: str
    repaired: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A preview and what the page says beside it. `carriers` names the carrier of files that are its issued data;
    `due` has the ship-by of the new orders that are listed."""

    preview: Preview
    seconds: float
    carriers: Mapping[Path, str] = field(default_factory=dict)
    due: Mapping[OrderId, datetime | None] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()

    @property
    def takes(self) -> int:
        """Orders that taking this would write."""
        return self.preview.counts[NEW] + self.preview.counts[CHANGED]

    @property
    def rows(self) -> int:
        """Rows of all files that were read."""
        return sum(one.rows for one in self.preview.files)

    def outcomes(self, outcome: str) -> Iterator[tuple[FilePreview, OrderOutcome]]:
        """Orders of one outcome with their file."""
        for one in self.preview.files:
            for found in one.outcomes:
                if found.outcome == outcome:
                    yield one, found


def _repairs(shown: Preview) -> tuple[Repair, ...]:
    """Damages by kind with one example each, those that can be mended first; thousands of cells, so not in the window's
    thread."""
    groups: dict[str, list[tuple[str, str, str | None]]] = {}
    for one in shown.files:
        for damage in one.damages:
            groups.setdefault(damage.code, []).append((damage.column, damage.found, damage.repaired))
    made = [
        Repair(code, cells[0][0], len(cells), cells[0][1], cells[0][2] or "", cells[0][2] is not None)
        for code, cells in groups.items()
    ]
    return tuple(sorted(made, key=lambda repair: not repair.mendable))


def read(
    ws: Workspace, paths: Sequence[Path], shop: str, refused: frozenset[str], progress: Progress
) -> Reading:
    """Preview these files; nothing is written."""
    began = time.perf_counter()
    shown = preview(ws, paths, shop, refused, progress)
    seconds = time.perf_counter() - began
    carriers = {
        one.path: name
        for one in shown.files
        if one.fault is not None and (name := carrier_of(ws, one.path, one.fault))
    }
    return Reading(shown, seconds, carriers, _due(ws, shown), _repairs(shown))


def _due(ws: Workspace, shown: Preview) -> dict[OrderId, datetime | None]:
    around = ShopSurroundings(ws)
    due: dict[OrderId, datetime | None] = {}
    for one in shown.files:
        for found in one.outcomes:
            if len(due) >= SHOWN:
                return due
            if found.outcome == NEW and found.order.packages:
                order, package = found.order, found.order.packages[0]
                prefecture = package.recipient.prefecture
                due[order.id] = ship_by_of(ws, order, package.package_id, prefecture, order.wish, around)
    return due
