"""Every print and every file with people in it, in one list: who, what, of how many (SE-05)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.store.carrier_files import OUT
from jpship_gui.store.database import Store, from_ms

PRINT, CARRIER_FILE, EVIDENCE = "print", "carrier_file", "evidence"


@dataclass(frozen=True, slots=True)
class Noted:
    """One of them. `of` is the document or the carrier, `name` the printer or the file; `people` counts shipments,
    `pages` those of a print or the files of an export, `print_id` names a print."""

    at: datetime
    person: str
    desk: str
    what: str
    of: str
    name: str
    people: int
    pages: int
    batch: int | None
    print_id: int = 0


def recent(store: Store, count: int) -> tuple[Noted, ...]:
    """The newest, newest first."""
    prints = store.rows(
        "SELECT p.at, p.person, p.desk, p.document, p.printer, p.pages, p.batch, "
        "(SELECT COUNT(DISTINCT r.shipment_id) FROM print_rows r WHERE r.print_id = p.id), p.id "
        "FROM prints p ORDER BY p.id DESC LIMIT ?",
        (count,),
    )
    files = store.rows(
        "SELECT at, person, carrier, name, counts FROM carrier_files WHERE direction = ? ORDER BY id DESC LIMIT ?",
        (OUT, count),
    )
    found = [
        Noted(_at(at), person, desk, PRINT, document, printer, people, pages, batch, print_id)
        for at, person, desk, document, printer, pages, batch, people, print_id in prints
    ]
    for at, person, carrier, name, counts in files:
        people = int(json.loads(counts).get("shipments", 0))
        found.append(Noted(_at(at), person, "", CARRIER_FILE, carrier, name, people, 0, None))
    exports = store.rows(
        "SELECT at, person, desk, name, people, files FROM evidence_exports ORDER BY id DESC LIMIT ?",
        (count,),
    )
    for at, person, desk, name, people, files in exports:
        found.append(Noted(_at(at), person, desk, EVIDENCE, EVIDENCE, name, people, files, None))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:count])


def _at(ms: int) -> datetime:
    moment = from_ms(ms)
    assert moment is not None
    return moment
