"""What a profile can map a file's columns to, and what it can write into a confirmation file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jpship_gui.formats.transforms import Arg, Step

MUST, SHOULD, MAY = "must", "should", "may"
# What a column of the confirmation file can hold; words: profile.out.<field>.
OUT_FIELDS = (
    *("number", "tracking_no", "carrier_code", "carrier_name", "method", "ship_date", "ship_time"),
    *("order_date", "package_id", "line_id", "line_quantity", "pieces", "constant"),
)
_HOURS = re.compile(r"(?:[01]\d|2[0-4])(?:[01]\d|2[0-4])")


@dataclass(frozen=True, slots=True)
class Target:
    """One of jpship's values. `need` must = no orders without it, should = every order stops at the check without it.

    `coded` are the only values it takes (HHHH = hours such as 1416); `codes` is (pattern, code), for a profile that has
    no table of its own.
    """

    name: str
    group: str
    level: str
    field: str = ""
    kind: str = "text"
    length: int | None = None
    need: str = MAY
    steps: tuple[Step, ...] = ()
    coded: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    def takes(self, code: str) -> bool:
        """Whether a code table may give this value."""
        return not self.coded or code in self.coded or ("HHHH" in self.coded and bool(_HOURS.fullmatch(code)))


@cache
def targets() -> Mapping[str, Target]:
    """All targets by name, in the order the editor shows them."""
    text = files("jpship_gui.marketplaces").joinpath("profile_targets.toml").read_text(encoding="utf-8")
    return {name: _target(name, table) for name, table in tomllib.loads(text).items()}


def _target(name: str, table: Mapping[str, Any]) -> Target:
    given = dict(table)
    return Target(
        name=name,
        field=given.pop("field", name),
        steps=tuple(step_of(step) for step in given.pop("steps", ())),
        coded=tuple(given.pop("coded", ())),
        codes=tuple((entry["pattern"], entry["code"]) for entry in given.pop("codes", ())),
        **given,
    )


def step_of(written: str | Sequence[Arg]) -> Step:
    """A transform as data writes it: `"strip"`, or `["split", "-", 1]` with its arguments."""
    if isinstance(written, str):
        return Step(written)
    return Step(str(written[0]), tuple(written[1:]))


def written(step: Step) -> str | list[Arg]:
    """The reverse of `step_of`."""
    return [step.name, *step.args] if step.args else step.name
