"""From what a scanner sent to what its code holds: keyboard, Caps Lock, prefix and suffix undone."""

from __future__ import annotations

from jpship_gui.domain.scanning.keymap import JIS_ON_US, US_ON_JIS, typed_as_kana
from jpship_gui.domain.scanning.setup import Layout, Setup

_MENDED = {Layout.US: US_ON_JIS, Layout.JIS: JIS_ON_US}


def mended(text: str, layout: Layout, caps: bool) -> str:
    """The characters the scanner meant."""
    table = _MENDED.get(layout)
    meant = text.translate(table) if table else text
    return meant.swapcase() if caps else meant


def unframed(text: str, prefix: str, suffix: str) -> str:
    """Prefix and suffix off, each only where it is there and something is left."""
    inner = text.removeprefix(prefix)
    inner = inner.removesuffix(suffix) if suffix else inner
    return inner or text


def code_of(text: str, setup: Setup) -> str:
    """What stands in the code. Line ends at either end are a suffix too; what the desk cannot know stays."""
    meant = mended(text.strip("\r\n\t"), setup.layout, setup.caps)
    return unframed(meant, setup.prefix, setup.ending)


def composed(text: str) -> str:
    """A scanner's keys after an input method took them: kana become the keys they were; other text stays, since
    full-width signs are undone wherever codes are compared."""
    return typed_as_kana(text) or text
