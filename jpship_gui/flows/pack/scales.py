"""The ways scales write a weight, from scales.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from jpship_gui.domain.packing.weight import ScaleFormat

__all__ = ["scale_formats", "scale_samples"]
_FILE = Path(__file__).with_suffix(".toml")


@cache
def scale_formats() -> tuple[ScaleFormat, ...]:
    """All of them, in the order of the file."""
    return tuple(
        ScaleFormat(name, re.compile(table["pattern"], re.ASCII), frozenset(table["moving"]))
        for name, table in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
    )


def scale_samples() -> tuple[tuple[str, str, int | None], ...]:
    """Format, line and grams of every sample; None = a weight nobody may use."""
    return tuple(
        (name, line, None if grams == "-" else int(grams))
        for name, table in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
        for line, grams in table["samples"]
    )
