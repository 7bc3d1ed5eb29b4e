"""What a scan changes, as records that the journal keeps: state and database are both rebuilt from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Do(StrEnum):
    """One change. Those of the second block take back their namesakes."""

    OPEN = "open"
    ITEM = "item"
    CHECKED = "checked"
    TICK = "tick"
    LINK = "link"
    VERIFY = "verify"
    LABEL = "label"  # the key on this parcel's waybill is awaited
    CLOSE = "close"
    HAND_OVER = "hand_over"
    HOLD = "hold"
    WEIGH = "weigh"
    ENTER = "enter"  # a typed number that waits for its second entry; nothing is linked by it
    LEFT = "left"  # an item of the checklist that may be left was left
    WAIVE = "waive"  # what was compulsory (named as how) is let go, with a reason
    ATTACH = "attach"  # a photo or file, by its hash
    DETACH = "detach"
    TAKE_OVER = "take_over"  # from the desk named as reason
    REREAD = "reread"  # this parcel's waybill was read again
    RECHECKED = "rechecked"
    RELEASE = "release"  # of the hold named as reason
    SKIP = "skip"  # with its reason; `how` says what was skipped: item, tick or proof

    UNOPEN = "unopen"
    UNITEM = "unitem"
    UNCHECKED = "unchecked"
    UNTICK = "untick"
    UNLINK = "unlink"
    UNVERIFY = "unverify"
    UNCLOSE = "unclose"
    UNHAND = "unhand"
    UNREAD = "unread"
    UNRECHECKED = "unrechecked"
    UNWEIGH = "unweigh"
    UNWAIVE = "unwaive"
    UNSKIP = "unskip"
    UNENTER = "unenter"

    LOCK = "lock"
    UNLOCK = "unlock"
    ASK = "ask"
    ANSWERED = "answered"
    BUSY = "busy"
    REOPENING = "reopening"
    REOPENED = "reopened"
    RECHECKING = "rechecking"  # `how` on: the next slip is to be checked once more; blank: no longer
    RESTART = "restart"
    ABANDON = "abandon"
    UNDO = "undo"
    WHO = "who"  # `person` stands at the desk from now on
    RUN = "run"  # `reason`: its goods, * for any; blank: it ended
    NUMBER = "number"  # read in run mode; blank: forgotten
    QUANTITY = "quantity"  # the next goods are so many pieces
    LAST = "last"  # this shipment's slip is the one a reprint means
    REPRINT = "reprint"
    FINISH = "finish"

    # hand-over to a driver or at a counter; `other` is the id of the session
    HAND_BEGIN = "hand_begin"  # for `carrier`, at `reason`; `how` = driver or counter
    HAND_LEFT = "hand_left"  # this parcel stays, for a reason; a blank one takes that back
    HAND_LEAVE = "hand_leave"  # this desk has no part in it any more; it goes on elsewhere or was ended there
    HAND_END = "hand_end"  # `words` what the driver signed with, `reason` a note

    # at the office: what travels in which box
    JOIN = "join"  # this shipment travels in the boxes of `other`
    SEPARATE = "separate"  # it travels by itself again
    ADD_BOX = "add_box"
    DROP_BOX = "drop_box"
    CONTENTS = "contents"
    FACT = "fact"  # named as reason: printed, sent, accepted …
    UNFACT = "unfact"
    DECIDED = "decided"  # holds and approvals of this shipment are those in `contents` now
    KEY = "key"  # this shipment is of the order named in `contents`


INVERSE: Mapping[Do, Do] = {
    Do.OPEN: Do.UNOPEN,
    Do.ITEM: Do.UNITEM,
    Do.CHECKED: Do.UNCHECKED,
    Do.TICK: Do.UNTICK,
    Do.LINK: Do.UNLINK,
    Do.VERIFY: Do.UNVERIFY,
    Do.CLOSE: Do.UNCLOSE,
    Do.HAND_OVER: Do.UNHAND,
    Do.REREAD: Do.UNREAD,
    Do.RECHECKED: Do.UNRECHECKED,
    Do.RELEASE: Do.HOLD,
    Do.WEIGH: Do.UNWEIGH,
    Do.WAIVE: Do.UNWAIVE,
    Do.SKIP: Do.UNSKIP,
    Do.ENTER: Do.UNENTER,
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One change; fields without meaning for a kind stay blank. `line` is the line's index in the shipment."""

    do: Do
    shipment: str = ""
    parcel: str = ""
    line: int = -1
    pieces: int = 0
    number: str = ""
    carrier: str = ""
    how: str = ""  # scanned, typed, pasted; for items: code, eye or skip; for openings: first, second, run …
    proof: str = ""
    reason: str = ""
    other: str = ""  # key of another shipment; of hand-overs: the session
    person: str = ""
    contents: str = ""  # JSON, as the store keeps it; of a name asked for: the keys of the shipments offered
    goods: str = ""  # of openings: the goods of a shipment with sets, as they were then
    words: str = ""  # of ticks: the item as the seller wrote it
    grams: int = 0
    due: int = 0  # grams it should have weighed, 0 = not known
    mode: str = ""  # of openings: the run mode they happened in

    def inverse(self) -> Effect | None:
        """What takes this change back, None where there is nothing to take back outside the session."""
        undo = INVERSE.get(self.do)
        if undo is None:
            return None
        values = {name: getattr(self, name) for name in _NAMES}
        return Effect(**{**values, "do": undo})

    def plain(self) -> dict[str, str | int]:
        """For a JSON line: only what is set."""
        return {
            name: value for name, default in _DEFAULTS.items() if (value := getattr(self, name)) != default
        }


_NAMES = tuple(f.name for f in fields(Effect))
_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(Effect)}


def from_plain(plain: Mapping[str, Any]) -> Effect:
    """The reverse of `Effect.plain`; names this version does not know are left out. ValueError for an unknown kind."""
    known = {name: plain[name] for name in _NAMES if name in plain}
    return Effect(**{**known, "do": Do(str(plain.get("do", "")))})
