"""`jpship scan`, `jpship journal verify` and `jpship journal replay`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jpship_gui.cli import scan as scanning
from jpship_gui.cli.ending import InputLines
from jpship_gui.cli.output import Answer, Exit, fault_text
from jpship_gui.flows.pack.replay import replay as rebuild
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def scan(ws: Workspace, arguments: argparse.Namespace) -> Exit:
    """Answer codes from standard input, one a line, or from the scanner's own device."""
    if arguments.device:
        return _from_device(ws, arguments)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    as_json = bool(getattr(arguments, "json", False))
    person = getattr(arguments, "person", "")
    with InputLines(sys.stdin) as codes:
        clean = scanning.run(ws, codes, sys.stdout, arguments.desk, person, as_json=as_json)
    if not clean:
        print(text("pack.cli.unanswered"), file=sys.stderr)
    return Exit.DONE if clean else Exit.PARTLY


def _from_device(ws: Workspace, arguments: argparse.Namespace) -> Exit:
    """Until Ctrl+C; an NG nobody acknowledged stays for the next run."""
    from jpship_gui.cli.scan_source import DeviceLines

    as_json = bool(getattr(arguments, "json", False))
    with DeviceLines(ws.options) as codes:
        scanning.run(ws, codes, sys.stdout, arguments.desk, getattr(arguments, "person", ""), as_json=as_json)
    return Exit.DONE


def verify(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Check every line of every journal."""
    found = verify_journals(ws)
    document = [
        {
            "file": one.file,
            "desk": one.desk,
            "lines": one.lines,
            "faults": [{"line": f.values["line"], "code": f.code, "text": fault_text(f)} for f in one.faults],
        }
        for one in found
    ]
    lines = []
    for one in found:
        lines.append(text("pack.cli.journal", file=one.file, lines=one.lines, faults=len(one.faults)))
        lines += [f"  {fault_text(fault)}" for fault in one.faults]
    broken = any(one.faults for one in found)
    return Answer(
        {"sound": not broken, "journals": document}, tuple(lines), Exit.PARTLY if broken else Exit.DONE
    )


def replay(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Rebuild every fact from imports and journals, and compare."""
    into = Path(arguments.into) if arguments.into else None
    made = rebuild(ws, into)
    document = {
        "lines": made.lines,
        "shipments": made.shipments,
        "folder": str(made.folder) if made.folder else None,
        "differences": [
            {"kind": d.kind, "key": d.key, "stands": d.stands, "rebuilt": d.rebuilt} for d in made.differences
        ],
    }
    values = {"lines": made.lines, "shipments": made.shipments, "differences": len(made.differences)}
    lines = [text("pack.cli.replayed", **values)]
    if made.folder:
        lines.append(text("pack.cli.replayed_into", folder=str(made.folder)))
    lines += [
        text("pack.cli.difference", kind=d.kind, key=d.key, stands=d.stands or "-", rebuilt=d.rebuilt or "-")
        for d in made.differences
    ]
    return Answer(document, tuple(lines), Exit.PARTLY if made.differences else Exit.DONE)
