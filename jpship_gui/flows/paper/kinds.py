"""The papers this build can print, found by scanning, and the one way to make any of them."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.paper import begun, sheets
from jpship_gui.flows.paper.keep import write_both
from jpship_gui.flows.paper.kind import Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import DOCUMENTS, Preset, named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments
from jpship_gui.store.prints import Print


@dataclass(frozen=True, slots=True)
class PaperMade:
    """What was written. `printed` are shipment keys in page order, `again` those that were on such a paper before;
    `refused` and `notices` as in `Drawn`."""

    document: str
    path: Path
    fingerprint: str
    pages: int
    printed: tuple[str, ...]
    refused: Mapping[str, tuple[Problem, ...]]
    notices: Mapping[str, tuple[Problem, ...]]
    print_id: int
    again: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every paper by id, in the order of the list."""
    found: list[Kind] = []
    for module in pkgutil.iter_modules(sheets.__path__):
        found += importlib.import_module(f"{sheets.__name__}.{module.name}").KINDS
    return MappingProxyType({kind.id: kind for kind in sorted(found, key=lambda k: (k.place, k.id))})


def kind(document: str) -> Kind:
    """The paper of that id; Refused("paper_unknown")."""
    found = kinds().get(document)
    if found is None:
        raise Refused("paper_unknown", document=document, known=", ".join(kinds()))
    return found


def preset_of(ws: Workspace, document: str) -> Preset:
    """How this desk prints a document, slips and pick lists too; Refused("paper_unknown")."""
    return named(ws, preset_name(document))


def preset_name(document: str) -> str:
    """The name of that preset; Refused("paper_unknown")."""
    return DOCUMENTS.get(document) or kind(document).preset


def print_paper(
    ws: Workspace,
    document: str,
    keys: Sequence[str],
    out: Path,
    choices: Mapping[str, str] | None = None,
    *,
    to_queue: bool = False,
) -> PaperMade:
    """Draw a paper, write it to `out` and note it with everyone on it (SE-05).

    File, kept copy and record come together; `to_queue` as of `print_slips`.
    Raises what the kind's `draw` raises, and WorldFault("file_locked",
    "file_write"); nothing is noted then.
    """
    if kind(document).numbered and not ws.store.in_transaction():
        with ws.store.transaction():  # a number is taken only if the file is written
            return print_paper(ws, document, keys, out, choices, to_queue=to_queue)
    wanted = Wanted(tuple(dict.fromkeys(keys)), choices or {})
    drawn = kind(document).draw(ws, wanted)
    fingerprint = hashlib.sha256(drawn.pdf).hexdigest()
    printed = tuple(dict.fromkeys(key for page in drawn.pages for key in page))
    found = {s.key: s for s in shipments.by_keys(ws.store, list(printed))}
    store, now = ws.store, ws.now()
    with store.transaction():
        before = prints.already(store, document, [found[key].row_id for key in printed])
        kept = ws.places.papers / f"{document}-{store.next_numbers('paper'):06d}.pdf"
        made = Print(
            *(0, now, ws.person, ws.desk, document, _batch(found[key].batch for key in printed), None, None),
            *(len(drawn.pages), "", kept.name, fingerprint, prints.SENDING if to_queue else ""),
        )
        pages = [
            (found[key].row_id, number)
            for number, on_page in enumerate(drawn.pages, start=1)
            for key in on_page
        ]
        print_id = prints.add(store, made, pages)
        rows = [one.row_id for key in printed for one in found[key].bundle]
        history.add(store, rows, "paper_printed", now, ws.person, ws.desk, document=document)
        store.touch()
        write_both(kept, out, drawn.pdf)
    if drawn.written is not None:
        starts = begun.starts(ws)
        drawn.written()
        if to_queue:
            begun.note(ws, print_id, starts)
    again = tuple(key for key in printed if found[key].row_id in before)
    return PaperMade(
        *(document, out, fingerprint, len(drawn.pages), printed, drawn.refused, drawn.notices, print_id),
        again=again,
    )


def preview(
    ws: Workspace, document: str, keys: Sequence[str], choices: Mapping[str, str] | None = None
) -> Drawn:
    """The same pages without noting anything."""
    return kind(document).draw(ws, Wanted(tuple(dict.fromkeys(keys)), choices or {}, preview=True))


def asks(
    ws: Workspace, document: str, keys: Sequence[str], choices: Mapping[str, str] | None = None
) -> tuple[Ask, ...]:
    """What a person may choose for this print of these shipments, after what was chosen so far."""
    return kind(document).asks(ws, Wanted(tuple(dict.fromkeys(keys)), choices or {}, preview=True))


def check_choices(document: str, choices: Mapping[str, str]) -> None:
    """Refused("choice_unknown") where the paper knows no choice of a name."""
    known = kind(document).choices
    unknown = [name for name in choices if name not in known]
    if unknown:
        code = "choice_unknown" if known else "choice_none"
        raise Refused(code, found=", ".join(unknown), document=document, known=", ".join(known))


def _batch(batches: Iterable[int | None]) -> int | None:
    """The batch all of them belong to, None where they do not share one."""
    found = set(batches)
    return found.pop() if len(found) == 1 else None
