"""Command bar codes on the screen itself."""

from __future__ import annotations

from jpship_gui.documents.barcodes import Bars, code128
from jpship_gui.domain.packing.commands import Command, code_of

__all__ = ["Bars", "command_bars"]


def command_bars(command: Command) -> Bars:
    """The Code 128 of a command, in modules of one dot."""
    return code128(code_of(command), 1)
