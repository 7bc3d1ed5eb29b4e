"""How long a shop is left in peace after a trouble: longer each time, until something succeeds again (CF-07).

A pause holds up what would be sent by itself; a person who asks for it is never refused a try.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.workspace import Workspace
from jpship_gui.net.faults import Throttled, Unreachable
from jpship_gui.store import send_pauses
from jpship_gui.store.send_pauses import Pause

UNREACHABLE, UNANSWERED, THROTTLED, REFUSED = "unreachable", "unanswered", "throttled", "refused"
NOT_DUE = "net_not_due"


@dataclass(frozen=True, slots=True)
class _Growth:
    first: timedelta
    longest: timedelta

    def after(self, tries: int) -> timedelta:
        """Twice as long each time."""
        return min(self.first * (1 << min(tries, 16)), self.longest)


# Nobody there: a cable pulled for a moment, so the first try comes soon. Too many calls: Amazon asks to double up to
# ten minutes. Refused: a key does not mend itself, and who knocks with a wrong one again and again is shut out.
_GROWTH: Mapping[str, _Growth] = {
    UNREACHABLE: _Growth(timedelta(seconds=30), timedelta(minutes=5)),
    UNANSWERED: _Growth(timedelta(minutes=1), timedelta(minutes=10)),
    THROTTLED: _Growth(timedelta(minutes=1), timedelta(minutes=10)),
    REFUSED: _Growth(timedelta(minutes=10), timedelta(hours=1)),
}
_BY_CODE: Mapping[str, str] = {  # what a connector says of a report it could not even hand in
    "net_unreachable": UNREACHABLE,
    "net_certificate": UNREACHABLE,
    "net_proxy": UNREACHABLE,
    "net_throttled": THROTTLED,
    NOT_DUE: THROTTLED,
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a shop could not be told. `seconds`: how long the marketplace itself asked to wait, None = it did not say."""

    kind: str
    code: str
    seconds: float | None = None

    @classmethod
    def of_fault(cls, fault: Fault) -> Trouble:
        """By what kind of fault it is; a site's own limit tells how long it lasts."""
        if isinstance(fault, Throttled):
            return cls(THROTTLED, fault.code, _seconds(fault))
        if isinstance(fault, Unreachable):
            return cls(UNREACHABLE, fault.code)
        return cls(REFUSED if isinstance(fault, Refused) else UNANSWERED, fault.code)

    @classmethod
    def of_code(cls, code: str) -> Trouble:
        """By the code of a report that could not be handed in."""
        return cls(_BY_CODE.get(code, REFUSED), code)

    @property
    def ends_the_turn(self) -> bool:
        """Whether the shop's other calls would meet the same; a limit may be that of one call only."""
        return self.kind != UNANSWERED and self.code != NOT_DUE


def pause(ws: Workspace, shop: str, trouble: Trouble) -> Pause:
    """Leave a shop in peace, longer than last time if it is the same kind of trouble."""
    now = ws.now()
    before = send_pauses.find(ws.store, shop)
    same = before is not None and before.kind == trouble.kind
    if trouble.seconds is not None:
        tries, length = 0, timedelta(seconds=trouble.seconds)
    else:
        tries = before.tries + 1 if before is not None and same else 1
        length = _GROWTH[trouble.kind].after(tries - 1)
    since = before.since if before is not None and same else now
    return send_pauses.put(ws.store, Pause(shop, trouble.kind, trouble.code, tries, since, now + length))


def resume(ws: Workspace, shop: str) -> bool:
    """A shop could be talked to: its pause is over. Where nobody could be reached before, the network is back for the
    others too, and their pauses end as well; True then."""
    before = send_pauses.lift(ws.store, shop)
    if before is None or before.kind != UNREACHABLE:
        return False
    send_pauses.wake(ws.store, UNREACHABLE, ws.now())
    return True


def paused_until(ws: Workspace, shop: str) -> datetime | None:
    """The end of a shop's pause; None when it may be talked to now."""
    found = send_pauses.find(ws.store, shop)
    return found.until if found is not None and found.until > ws.now() else None


def _seconds(fault: Fault) -> float | None:
    said = fault.values.get("seconds")
    return float(said) if isinstance(said, (int, float)) else None
