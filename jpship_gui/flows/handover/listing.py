"""What the hand-over page and the command line show: carriers that come, what waits, what was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.handover.world import Session, Standing, Waiting
from jpship_gui.flows.handover.surroundings import waiting_for
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import handovers
from jpship_gui.store.handovers import Handed

__all__ = [
    "CarrierDue",
    "Handed",
    "Overview",
    "Session",
    "Waiting",
    "cut_off",
    "history",
    "overview",
    "parcels_of",
]


@dataclass(frozen=True, slots=True)
class CarrierDue:
    """One carrier's pile: `ready` may go, `stopped` are linked and must not, `older` of the ready ones were packed on
    an earlier day. `pickup` is today's cut-off, None where the desk knows none; `left` until then, negative once it is
    over. `session` runs for it now."""

    carrier: str
    ready: int
    stopped: int
    older: int
    pickup: datetime | None = None
    left: timedelta | None = None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that waits, by carrier, the next pick-up first, and its parcels."""

    carriers: tuple[CarrierDue, ...]
    waiting: tuple[Waiting, ...]

    def of(self, carrier: str) -> tuple[Waiting, ...]:
        """One carrier's parcels."""
        return tuple(one for one in self.waiting if one.carrier == carrier)


def overview(ws: Workspace) -> Overview:
    """Packed and not handed over, of all carriers (close of the day)."""
    found = waiting_for(ws, None)
    sessions = {one.carrier: one for one in handovers.running(ws.store)}
    now, today = ws.now(), ws.today()
    made = []
    for carrier in dict.fromkeys([*sessions, *(one.carrier for one in found)]):
        mine = [one for one in found if one.carrier == carrier]
        ready = [one for one in mine if one.standing is Standing.READY]
        at = cut_off(ws.options.get("desk.pickups"), carrier, now)
        made.append(
            CarrierDue(
                carrier,
                len(ready),
                len(mine) - len(ready),
                sum(one.linked_on != today for one in ready),
                at,
                at - now if at else None,
                sessions.get(carrier),
            )
        )
    late = timedelta(days=1)
    made.sort(key=lambda one: (one.session is None, one.left if one.left is not None else late, one.carrier))
    return Overview(tuple(made), tuple(found))


def cut_off(kept: Any, carrier: str, now: datetime) -> datetime | None:
    """Today's pick-up of a carrier by the desk's setting {carrier: "HH:MM"}."""
    hour, _, minute = str(dict(kept).get(carrier, "")).partition(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        return None
    return to_jst(now).replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


def history(ws: Workspace, count: int = 50) -> Sequence[Session]:
    """The newest hand-overs."""
    return handovers.newest(ws.store, count)


def parcels_of(ws: Workspace, session: str) -> tuple[Session, tuple[Handed, ...]]:
    """One hand-over with what was read; Refused("handover_unknown")."""
    found = handovers.session(ws.store, session)
    if found is None:
        raise Refused("handover_unknown", id=session)
    return found, tuple(handovers.parcels(ws.store, session))
