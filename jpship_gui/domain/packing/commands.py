"""Command bar codes: one for each key of the packing page, so that no hand leaves the scanner (PK-12)."""

from __future__ import annotations

from enum import StrEnum

PREFIX = "JPCMD"


class Command(StrEnum):
    """What a command code asks for; the code is the prefix and this word, letters only."""

    ACK = "ACK"
    UNDO = "UNDO"
    RESTART = "RESTART"
    NEXT = "NEXT"  # set the open parcel aside
    HOLD = "HOLD"
    TICK = "TICK"
    BYEYE = "BYEYE"  # the expected piece has no bar code and was looked at
    GOODS = "GOODS"  # answer: the doubtful code was goods
    WAYBILL = "WAYBILL"  # answer: the doubtful code was the waybill
    REOPEN = "REOPEN"  # the next slip is that of a packed parcel to be opened again
    TAKEOVER = "TAKEOVER"  # take the parcel that another desk holds


_BY_CODE = {PREFIX + command.value: command for command in Command}


def code_of(command: Command) -> str:
    """What the bar code holds."""
    return PREFIX + command.value


def command_of(text: str) -> Command | None:
    """The command of a tidied text."""
    return _BY_CODE.get(text)
