"""What a scan can come to: the codes of the scan protocol and their classes."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Klass(StrEnum):
    """The four answers a packer must tell apart by colour, shape, word and sound."""

    OK = "ok"
    COMPLETE = "complete"
    ATTENTION = "attention"
    NG = "ng"


class Outcome(StrEnum):
    """Codes of the scan protocol, and those of the command bar codes and keys, which it leaves open."""

    OK_OPEN = "OK_OPEN"
    OK_ITEM = "OK_ITEM"
    OK_ITEM_LAST = "OK_ITEM_LAST"
    OK_LINK = "OK_LINK"
    OK_DONE = "OK_DONE"
    OK_TICK = "OK_TICK"
    OK_ACK = "OK_ACK"
    OK_UNDO = "OK_UNDO"
    OK_RESTART = "OK_RESTART"
    OK_NEXT = "OK_NEXT"
    OK_HOLD = "OK_HOLD"
    OK_REOPEN = "OK_REOPEN"
    OK_RUN = "OK_RUN"
    OK_RECHECK = "OK_RECHECK"
    OK_QTY = "OK_QTY"
    OK_REPRINT = "OK_REPRINT"
    OK_FINISH = "OK_FINISH"
    OK_WEIGHT = "OK_WEIGHT"
    OK_PHOTO = "OK_PHOTO"
    OK_WHO = "OK_WHO"  # a badge was read
    OK_SKIP = "OK_SKIP"
    OK_TAKEN = "OK_TAKEN"  # the driver has this parcel
    ATT_TICK = "ATT_TICK"
    ATT_ASK = "ATT_ASK"
    ATT_WEIGHT = "ATT_WEIGHT"  # to be weighed first, or a weight outside what is right where that only warns
    ATT_PHOTO = "ATT_PHOTO"  # a photo must be attached first
    ATT_NOTHING = "ATT_NOTHING"  # a command that has nothing to act on
    NG_ORDER = "NG_ORDER"
    NG_UNKNOWN = "NG_UNKNOWN"
    NG_NOT_HERE = "NG_NOT_HERE"
    NG_OVER = "NG_OVER"
    NG_CHECKDIGIT = "NG_CHECKDIGIT"
    NG_OTHER_ORDER = "NG_OTHER_ORDER"
    NG_DUPLICATE = "NG_DUPLICATE"
    NG_CARRIER = "NG_CARRIER"
    NG_HOLD = "NG_HOLD"
    NG_CANCELLED = "NG_CANCELLED"
    NG_CHANGED = "NG_CHANGED"
    NG_BUSY = "NG_BUSY"
    NG_AWAY = "NG_AWAY"  # the database does not answer, and this cannot be decided without it
    NG_RIGHT = "NG_RIGHT"  # this person may not do that
    NG_LOCKED = "NG_LOCKED"
    NG_WEIGHT = "NG_WEIGHT"


_CLASS_OF_PREFIX = {"OK": Klass.OK, "ATT": Klass.ATTENTION, "NG": Klass.NG}
CLASSES = MappingProxyType(
    {
        outcome: Klass.COMPLETE
        if outcome is Outcome.OK_DONE
        else _CLASS_OF_PREFIX[outcome.value.partition("_")[0]]
        for outcome in Outcome
    }
)


class Expect(StrEnum):
    """What the desk waits for next."""

    SLIP = "slip"
    ITEM = "item"
    TICK = "tick"
    WEIGHT = "weight"
    PHOTO = "photo"
    WAYBILL = "waybill"
    LABEL = "label"  # the key on the waybill itself
    UNTRACKED = "untracked"  # the slip again, or the key on the address label: no number will come
    ASK = "ask"  # an answer: which kind the code was
    NAME = "name"  # an answer: whose name stands on the waybill
    ACK = "ack"
