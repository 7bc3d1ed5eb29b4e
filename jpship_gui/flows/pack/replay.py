"""Rebuild the facts from imports and journals into a new data folder, and compare them with the present ones."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.facts import keep_up
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import checks, journal, rebuild


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is not the same: what kind, of which shipment or parcel, as it stands and as it was rebuilt."""

    kind: str
    key: str
    stands: str
    rebuilt: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How much was rebuilt, where it is (None: thrown away after comparing), and what differs."""

    lines: int
    shipments: int
    folder: Path | None
    differences: tuple[Difference, ...]


def replay(ws: Workspace, into: Path | None = None) -> Replayed:
    """Imports, carriers' files, plans and settings are taken from the present database, every other fact from the
    journals' first line on. Refused("replay_not_empty") for a folder that has something in it."""
    if into is not None and into.exists() and any(into.iterdir()):
        raise Refused("replay_not_empty", folder=str(into))
    catch_up(ws)
    keep_up(ws)
    if into is not None:
        return _replay(ws, into, into)
    with tempfile.TemporaryDirectory(prefix="jpship-replay-") as folder:
        return _replay(ws, Path(folder), None)


def _replay(ws: Workspace, folder: Path, told: Path | None) -> Replayed:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "journal").mkdir(exist_ok=True)
    for path in journal.files(ws.places.journal):
        shutil.copy2(path, folder / "journal" / path.name)
    with closing(open_workspace(str(folder), person=ws.person, desk=ws.desk)) as made:
        rebuild.copy_base(ws.store, made.store)
        lines = catch_up(made).lines
        rebuild.finish(ws.store, made.store)
        found = tuple(Difference(*one) for one in rebuild.differences(ws.store, made.store))
        if told is not None:  # of orders taken in anew the approvals are known only now
            with made.store.transaction():
                check_shipments(made, checks.approved_rows(made.store))
        count = int(made.store.value("SELECT COUNT(*) FROM shipments"))
    return Replayed(lines, count, told, found)
