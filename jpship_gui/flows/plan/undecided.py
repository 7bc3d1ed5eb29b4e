"""Deciding on the candidates for one parcel: together, apart, all that are clear at once, and back (PL-01, PL-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.together import (
    BEFORE_PACKING,
    NEVER,
    Candidate,
    allowed_across,
    candidate_groups,
    candidates,
    doubts_of,
)
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.changing import held, named
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import apart, bundles, shipments


@dataclass(frozen=True, slots=True)
class Group:
    """Shipments somebody must decide on, those of a bundle that exists already among them."""

    candidate: Candidate
    shipments: tuple[Shipment, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all of them."""
        return self.candidate.keys

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes of `bundle.doubt.…`."""
        return self.candidate.doubts

    @property
    def clear(self) -> bool:
        """Whether nothing speaks against one parcel."""
        return not self.candidate.doubts

    @property
    def possible(self) -> bool:
        """Whether they can be put together at all."""
        return not any(code in NEVER for code in self.candidate.doubts)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, with what takes it back: the groups that were put together and the bundles there were before,
    or the keys that were told apart. `refused` are groups that could not, each with its fault."""

    together: tuple[tuple[str, ...], ...] = ()
    before: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    refused: tuple[tuple[Candidate, Fault], ...] = ()


def undecided(ws: Workspace, keys: Sequence[str] | None = None) -> tuple[Group, ...]:
    """All groups nobody decided on, the most urgent first, with their shipments."""
    return tuple(Group(candidate, found) for candidate, found in candidate_groups(ws, keys))


def of(ws: Workspace, keys: Sequence[str]) -> Group | None:
    """The shipments a person named, with all that travels with them and what speaks against one parcel; None where they
    are one parcel already, or only one."""
    found = {one.leader or one.key: one for one in named(ws, keys)}
    if len(found) < 2:
        return None
    every = [one for shipment in shipments.by_keys(ws.store, list(found)) for one in shipment.bundle]
    doubts = doubts_of(every, allowed_across(ws, every))
    orders = tuple(one.order_id for one in every)
    candidate = Candidate(tuple(one.key for one in every), orders, every[0].recipient.name, doubts)
    return Group(candidate, tuple(every))


def bundled(ws: Workspace) -> tuple[Group, ...]:
    """The bundles there are, as long as no parcel has a number, the most urgent first."""
    found = shipments.by_keys(ws.store, bundles.leading_before_packing(ws.store, BEFORE_PACKING))
    return tuple(_as_group(one) for one in found)


def _as_group(leader: Shipment) -> Group:
    keys = tuple(one.key for one in leader.bundle)
    orders = tuple(one.order_id for one in leader.bundle)
    return Group(Candidate(keys, orders, leader.recipient.name, ()), leader.bundle)


def take_apart(ws: Workspace, keys: Sequence[str], *, reason: str = "") -> Decided:
    """Let the orders of a bundle travel each by itself, which is not asked again. Refused like `unbundle`."""
    unbundle(ws, named(ws, keys[:1])[0].leader or keys[0], reason=reason)
    keep_apart(ws, keys)
    return Decided(before=(tuple(keys),), apart=(tuple(keys),))


def put_together(ws: Workspace, keys: Sequence[str], *, reason: str = "") -> Decided:
    """Let these travel in one parcel after a person looked at them. Refused like `bundle`."""
    before = _bundles(named(ws, keys))
    made = bundle(ws, keys, reason=reason, agreed=True)
    return Decided(together=(made.keys,), before=before)


def put_all_together(ws: Workspace, progress: Progress = UNWATCHED) -> Decided:
    """Every group against which nothing speaks; one that is refused all the same stays as it is."""
    together: list[tuple[str, ...]] = []
    before: list[tuple[str, ...]] = []
    refused: list[tuple[Candidate, Fault]] = []
    clear = [one for one in candidates(ws) if not one.doubts]
    for number, one in enumerate(clear):
        progress.step(number, len(clear))
        try:
            made = put_together(ws, one.keys)
        except Fault as fault:
            refused.append((one, fault))
            continue
        together += made.together
        before += made.before
    return Decided(tuple(together), tuple(before), refused=tuple(refused))


def keep_apart(ws: Workspace, keys: Sequence[str]) -> Decided:
    """Let these travel as they are, each by itself; nobody is asked again until one more comes for this recipient."""
    _note(ws, keys, kept=True)
    return Decided(apart=(tuple(keys),))


def take_back(ws: Workspace, decided: Decided) -> None:
    """As it was before. Refused like `unbundle` once more was done with a parcel."""
    for keys in decided.together:
        unbundle(ws, named(ws, keys[:1])[0].leader or keys[0])
    for keys in decided.before:
        bundle(ws, keys, agreed=True)
    for keys in decided.apart:
        _note(ws, keys, kept=False)


def _bundles(found: Sequence[Shipment]) -> tuple[tuple[str, ...], ...]:
    return tuple({one.leader: tuple(s.key for s in one.bundle) for one in found if one.leader}.values())


def _note(ws: Workspace, keys: Sequence[str], *, kept: bool) -> None:
    with ws.store.transaction():
        found = held(ws, keys)
        orders = "・".join(one.order_id.number for one in found)
        rows = [one.row_id for one in found]
        leading = [one.key for one in found]
        apart.note(ws.store, rows, leading, orders, ws.now(), (ws.person, ws.desk), kept=kept)
        ws.store.touch()
