"""Check every line of every journal, against itself and against what the database took over."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, packing


@dataclass(frozen=True, slots=True)
class Verified:
    """One journal: how many whole lines it has, and what is wrong (empty = nothing)."""

    file: str
    desk: str
    lines: int
    faults: tuple[Fault, ...]


def verify_journals(ws: Workspace) -> tuple[Verified, ...]:
    """Changed, missing, inserted, reordered and cut-off lines. A journal the database knows and the folder lacks counts
    as cut off."""
    marks = {
        journal.file_of(ws.places.journal, desk): (desk, *m) for desk, m in packing.marks(ws.store).items()
    }
    found = []
    for path in dict.fromkeys([*journal.files(ws.places.journal), *marks]):
        desk, n, mark = marks.get(path, (path.stem, 0, ""))
        if path.exists():
            lines, faults = journal.verify(path, {n: mark} if n else None)
        else:
            lines, faults = 0, [Fault("journal_cut", path=path.name, line=1)]
        found.append(Verified(path.name, desk, lines, tuple(faults)))
    return tuple(found)
