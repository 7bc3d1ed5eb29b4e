"""Waybills of a practice day: out to the carrier's tool, through its stand-in, and the numbers back by our keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.take_numbers import take
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.japan_post_tools import print_r

Play = Callable[[Path, Path, int, datetime], tuple[Path, Mapping[str, str]]]


def _yupuri_r(handover: Path, folder: Path, first: int, now: datetime) -> tuple[Path, Mapping[str, str]]:
    issued = print_r(handover, folder, first, now, state=("10", "1001"))
    return issued.path, issued.numbers


_TOOLS: Mapping[str, tuple[Play, int]] = {
    "jppost": (_yupuri_r, 30_000_000_000)
}  # and the first number it gives


@dataclass(frozen=True, slots=True)
class Waybills:
    """The number on each shipment's waybill; `whole` = every shipment went out and every number came back."""

    numbers: Mapping[str, str]
    whole: bool


def can_issue(carrier: str) -> bool:
    """Whether there is a stand-in for the carrier's tool."""
    return carrier in _TOOLS


def issue(ws: Workspace, carrier: str, keys: Sequence[str], folder: Path) -> Waybills:
    """Waybills of these shipments, all of one box."""
    play, first = _TOOLS[carrier]
    out = folder / f"{carrier}.csv"
    made = export(ws, carrier, keys, out, agreed=True)
    path, numbers = play(out, folder, first, to_jst(ws.now()))
    taken = take(ws, "", path)
    back = {one.key: one.number for one in taken.matched}
    whole = set(made.exported) == set(keys) and back == dict(numbers) and taken.carrier == carrier
    return Waybills(numbers, whole and taken.complete)
