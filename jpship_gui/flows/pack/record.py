"""What people do to numbers away from the packing page goes through a journal too: tracking entry, file proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import CLASSES, Outcome
from jpship_gui.domain.packing.world import Proof
from jpship_gui.flows.pack.catch_up import catch_up, missing, take_over
from jpship_gui.flows.pack.desk import DEFAULT_DESK
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, packing
from jpship_gui.store.journal import Journal, Line

_PATIENCE = 10.0  # seconds to wait for another process that records at this moment
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Act:
    """One of several acts recorded together."""

    effects: Sequence[Effect]
    raw: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    shipment: str = ""


def record(
    ws: Workspace,
    kind: str,
    effects: Sequence[Effect],
    *,
    raw: str = "",
    outcome: Outcome | None = None,
    reason: str = "",
    shipment: str = "",
) -> tuple[str, ...]:
    """Journal one act and let the database follow; returns the keys of the shipments it changed.

    It has a journal of its own beside the desk's, so it works while the packing page is open. `kind` is a short word
    such as `track`. WorldFault("desk_in_use") if another process records for longer than some seconds.
    """
    with _office(ws) as opened:
        keys = dict.fromkeys(_follow(ws, opened))
        entry = opened.append(
            kind,
            at=ws.now().isoformat(),
            person=ws.person,
            raw=raw,
            outcome=outcome.value if outcome else "",
            klass=CLASSES[outcome].value if outcome else "",
            reason=reason,
            shipment=shipment,
            effects=[effect.plain() for effect in effects],
        )
        keys |= dict.fromkeys(take_over(ws, entry))
        return tuple(keys)


def decide_and_record(
    ws: Workspace, kind: str, decide: Callable[[], Sequence[Effect]], *, reason: str = ""
) -> tuple[str, ...]:
    """The same where nothing may change between the decision and its record: `decide` looks at a database that has
    followed all journals and that nobody else writes to. Nothing is recorded where it raises Refused or has nothing to
    say."""
    with _office(ws) as opened:
        catch_up(ws)
        with ws.store.transaction():
            effects = decide()
            if not effects:
                return ()
            entry = opened.append(
                kind,
                at=ws.now().isoformat(),
                person=ws.person,
                reason=reason,
                shipment=effects[0].shipment,
                effects=[effect.plain() for effect in effects],
            )
            return take_over(ws, entry)


def decide_and_record_all(ws: Workspace, kind: str, decide: Callable[[], Sequence[Act]]) -> tuple[str, ...]:
    """As `decide_and_record`, for acts that belong together: each has a line of its own, all lines one sync and one
    transaction. When this returns all of them are on disk; where it raises, those whose lines are on disk are taken
    over by the next act or start."""
    with _office(ws) as opened:
        catch_up(ws)
        with ws.store.transaction():
            acts = decide()
            lines = [_line_of(act) for act in acts]
            if not lines:
                return ()
            keys = dict[str, None]()
            for entry in opened.append_all(kind, lines, at=ws.now().isoformat(), person=ws.person):
                keys |= dict.fromkeys(take_over(ws, entry))
            return tuple(keys)


def _line_of(act: Act) -> Line:
    return Line(
        raw=act.raw,
        outcome=act.outcome.value if act.outcome else "",
        klass=CLASSES[act.outcome].value if act.outcome else "",
        reason=act.reason,
        shipment=act.shipment,
        effects=[effect.plain() for effect in act.effects],
    )


def _follow(ws: Workspace, opened: Journal) -> Iterator[str]:
    """Let the database take over what it lacks of the office's journal; the keys of the shipments this changes."""
    for entry in missing(opened.path, *packing.marks(ws.store).get(opened.desk, (0, ""))):
        yield from take_over(ws, entry)


def prove_by_file(ws: Workspace, keys: Sequence[str]) -> tuple[str, ...]:
    """Verify every linked parcel of these shipments whose number its carrier's file confirms; returns the keys changed.

    To be called after numbers were taken from a file, for parcels that were scanned before the file came. A parcel
    whose file says another number than was linked loses its proof.
    """
    effects: list[Effect] = []
    for key in keys:
        packed = packing.load(ws.store, key)
        for box in packed.boxes if packed else ():
            if packed is None or not box.tracking_no or not box.file_no:
                continue
            same = box.tracking_no == box.file_no
            if same == box.verified:
                continue
            effects.append(
                Effect(
                    Do.VERIFY if same else Do.UNVERIFY,
                    packed.shipment.key,
                    box.key,
                    number=box.tracking_no,
                    proof=Proof.FILE if same else "",
                )
            )
    return record(ws, "file", effects) if effects else ()


def follow(ws: Workspace, opened: Journal) -> None:
    """Let the database take over what it lacks of a journal held."""
    for _ in _follow(ws, opened):
        pass


def _office(ws: Workspace) -> AbstractContextManager[Journal]:
    return held(ws, "office")


@contextmanager
def held(ws: Workspace, part: str) -> Iterator[Journal]:
    """The journal of a part of this desk, such as its office, held while something is recorded."""
    desk = f"{ws.desk or DEFAULT_DESK}+{part}"
    opened = _open(journal.file_of(ws.places.journal, desk), desk)
    try:
        yield opened
    finally:
        opened.close()


def _open(path: Path, desk: str) -> Journal:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return Journal(path, desk)
        except WorldFault as fault:
            if fault.code != "desk_in_use" or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
