"""What nearly went wrong and what was let pass, by day and person, counted from the journals: every NG by kind, pieces
counted by eye, steps skipped, numbers not scanned (PK-06, PK-14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.flows.pack.facts import FACTS
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal
from jpship_gui.store.journal import Entry

_READ = frozenset({"scan", "handover"})  # kinds of lines that are a code read
_NG = frozenset(outcome.value for outcome in Outcome if CLASSES[outcome] is Klass.NG)
REFUSED_ENTRIES = {
    "mismatch": "NG_MISMATCH",
    "not_yet": "NG_NOT_YET",
}  # which the scan protocol has no code for


@dataclass
class NearMisses:
    """Of one person on one day. `ng` by outcome, narrowed by its reason; `skipped` by what was skipped; `taken_back`
    are pieces by eye and skips that were undone; `not_scanned` are numbers typed or pasted."""

    day: date
    person: str
    scans: int = 0
    ng: Counter[str] = field(default_factory=Counter)
    by_eye: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    reopened: int = 0
    restarted: int = 0
    not_scanned: int = 0
    taken_back: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell: journals also note what nobody did at a desk."""
        acts = (self.scans, self.by_eye, self.reopened, self.restarted, self.not_scanned, self.taken_back)
        return any((*acts, self.ng, self.skipped))

    def add(self, entry: Entry) -> None:
        """Count one line."""
        self.scans += entry.kind in _READ
        if entry.outcome in _NG:
            reason = str(entry.body.get("reason", ""))
            self.ng[f"{entry.outcome}.{reason}" if reason else entry.outcome] += 1
        elif entry.kind == "track" and entry.body.get("reason") in REFUSED_ENTRIES:
            self.ng[REFUSED_ENTRIES[entry.body["reason"]]] += 1
        for effect in entry.effects:
            self._add_effect(effect)

    def _add_effect(self, effect: Mapping[str, Any]) -> None:
        do, how = effect.get("do"), effect.get("how", "")
        if do == Do.ITEM and how == "eye":
            self.by_eye += int(effect.get("pieces", 0))
        elif do == Do.SKIP:
            self.skipped[how] += 1
        elif do == Do.OPEN and effect.get("reason"):
            self.reopened += 1
        elif do == Do.RESTART:
            self.restarted += 1
        elif do == Do.LINK and how in ("typed", "pasted"):
            self.not_scanned += 1
        elif do == Do.UNSKIP or (do == Do.UNITEM and how == "eye"):
            self.taken_back += 1


def near_misses(ws: Workspace, since: date, until: date) -> list[NearMisses]:
    """Of every desk from one day to another, both included; by day, then person."""
    found: dict[tuple[date, str], NearMisses] = {}
    for path in journal.files(ws.places.journal):
        for day, entry in between(journal.backwards(path), since, until):
            key = (day, entry.person)
            found.setdefault(key, NearMisses(*key)).add(entry)
    return [found[key] for key in sorted(found) if found[key].anything]


def between(entries: Iterator[Entry], since: date, until: date) -> Iterator[tuple[date, Entry]]:
    """A journal's lines of these days with the day in Japan, newest first; what is older than the first is not read."""
    for entry in entries:
        if entry.kind == FACTS:
            return  # a journal of what happened away from the desks
        day = to_jst(datetime.fromisoformat(entry.at)).date()
        if day < since:
            return
        if day <= until:
            yield day, entry
