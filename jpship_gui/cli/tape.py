"""`jpship tape`: every scan and act of a day, as lines or as CSV."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

from jpship_gui.cli.output import Answer, columns
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.flows.pack.tape import Filter, Tape, read_tape, written
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """One line each, oldest first, then what was counted; with `--csv` a file instead."""
    first = _day(ws, arguments.day)
    last = _day(ws, arguments.until) if arguments.until else first
    klass = Klass.NG.value if arguments.ng else ""
    tape = read_tape(ws, first, last, Filter(arguments.desk, arguments.by, klass, arguments.words))
    document = {
        "lines": [{**asdict(line), "at": line.at.isoformat()} for line in tape.lines],
        "counts": {**tape.classes, "parcels": tape.parcels},
        "wrong": dict(tape.wrong),
    }
    if arguments.csv:
        path = Path(arguments.csv)
        try:
            path.write_bytes(written(tape.lines))
        except OSError as error:
            raise WorldFault("file_write", file=path.name, reason=error.strerror or "") from error
        return Answer(document, (text("tape.file.done", file=path, count=len(tape.lines)),))
    return Answer(document, _lines(tape))


def _lines(tape: Tape) -> tuple[str, ...]:
    if not tape.lines:
        return (text("tape.nothing") if tape.desks else text("tape.none"),)
    rows = [
        (
            *(f"{to_jst(line.at):%H:%M:%S}", line.desk, line.person or "-", line.word),
            *(line.order or line.key or "-", line.did or "-", line.read),
        )
        for line in tape.lines
    ]
    wrong = [(str(count), word) for word, count in tape.wrong.items()]
    return (*columns(rows), *((text("tape.wrong"),) if wrong else ()), *columns(wrong))


def _day(ws: Workspace, words: str) -> date:
    try:
        return date.fromisoformat(words) if words else ws.today()
    except ValueError as error:
        raise Refused("day_wrong", day=words) from error
