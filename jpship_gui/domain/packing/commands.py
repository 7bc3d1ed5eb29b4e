"""Command bar codes: one for each key of the packing page, so that no hand leaves the scanner (PK-12)."""

from __future__ import annotations

import re
from enum import StrEnum

PREFIX = "JPCMD"
MOST_PIECES = 99  # of one quantity


class Command(StrEnum):
    """What a command code asks for; the code is the prefix, this word (letters only) and, for some, a number."""

    ACK = "ACK"
    UNDO = "UNDO"
    RESTART = "RESTART"
    NEXT = "NEXT"  # set the open parcel aside
    HOLD = "HOLD"
    TICK = "TICK"
    SKIP = "SKIP"  # with the number of a reason: go on without what is missing
    BYEYE = "BYEYE"  # the expected piece has no bar code and was looked at
    GOODS = "GOODS"  # answer: the doubtful code was goods
    WAYBILL = "WAYBILL"  # answer: the doubtful code was the waybill
    REOPEN = "REOPEN"  # the next slip is that of a packed parcel to be opened again
    TAKEOVER = "TAKEOVER"  # take the parcel that another desk holds
    RUN = "RUN"  # begin or end run mode
    RECHECK = "RECHECK"  # the next slip is that of a packed parcel to be checked once more
    QTY = "QTY"  # with a number: the next goods are so many pieces
    REPRINT = "REPRINT"  # the slip of the open parcel, else of the last one, once more
    FINISH = "FINISH"  # the day ends at this desk
    PHOTO = "PHOTO"  # of the open parcel, else of the last one


_REASONS = (Command.HOLD, Command.REOPEN, Command.RESTART, Command.NEXT, Command.SKIP)
WITH_ARGUMENT = frozenset({*_REASONS, Command.QTY})  # the number of a reason, or of pieces

_CODE = re.compile(rf"{PREFIX}([A-Z]+)(\d{{0,3}})", re.ASCII)
_BY_WORD = {command.value: command for command in Command}


def code_of(command: Command, argument: str = "") -> str:
    """What the bar code holds."""
    return PREFIX + command.value + argument


def command_of(text: str) -> tuple[Command, str] | None:
    """The command of a tidied text and its number, blank where it has none; None for words nobody knows and for a
    number behind a command that takes none."""
    found = _CODE.fullmatch(text)
    command = _BY_WORD.get(found[1]) if found else None
    if found is None or command is None or (found[2] and command not in WITH_ARGUMENT):
        return None
    return command, found[2]
