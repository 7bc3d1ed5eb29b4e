"""How the scanner of a desk is set: what it sends around a code, and how its keys reach this computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Suffix(StrEnum):
    """What ends a code. Enter ends one in any case, for whoever types."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"  # silence does
    TEXT = "text"  # characters of the person's choice


class Layout(StrEnum):
    """Which keyboard the scanner takes itself for, beside the one this computer believes in."""

    SAME = "same"
    US = "us"  # the scanner is a US keyboard, the computer has a Japanese one
    JIS = "jis"  # the other way round


@dataclass(frozen=True, slots=True)
class Setup:
    """Settings `scanner.*` of the desk. `gap` is the longest pause within a scan, `again` the blank time after one,
    both in milliseconds."""

    gap: int = 60
    again: int = 200
    prefix: str = ""
    suffix: Suffix = Suffix.ENTER
    suffix_text: str = ""
    layout: Layout = Layout.SAME
    caps: bool = False  # the letters' case arrives the wrong way round

    @property
    def ending(self) -> str:
        """Characters that end a code by themselves."""
        return self.suffix_text if self.suffix is Suffix.TEXT else ""

    @property
    def silent(self) -> bool:
        """Whether a code ends by nothing but silence."""
        return self.suffix is Suffix.NONE


def setup_of(get: Callable[[str], Any]) -> Setup:
    """The setup that the desk's settings hold; `get` gives the typed value of a key."""
    return Setup(
        gap=get("scanner.blank_ms"),
        again=get("scanner.again_ms"),
        prefix=get("scanner.prefix"),
        suffix=Suffix(get("scanner.suffix")),
        suffix_text=get("scanner.suffix_text"),
        layout=Layout(get("scanner.layout")),
        caps=get("scanner.caps"),
    )
