"""`jpship print` and `jpship carrier export|import`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jpship_gui.cli.orders import problem_text
from jpship_gui.cli.output import Answer, Exit, fault_text
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def print_document(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Delivery slips or pick lists as PDF."""
    out = Path(arguments.out)
    if arguments.batch is not None:
        return _reprint(ws, arguments, out)
    if arguments.document == "slips":
        return _slips(ws, arguments.keys or None, out)
    return _picklist(
        ws, arguments.keys or None, out, "order" if arguments.document.endswith("orders") else "total"
    )


def _slips(ws: Workspace, keys: Sequence[str] | None, out: Path) -> Answer:
    from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips

    try:
        made = print_slips(ws, keys, out)
    except NothingToPrint as fault:
        document: dict[str, Any] = {"error": {"code": fault.code, "text": fault_text(fault)}, "printed": []}
        document |= _left_out(fault.refused, fault.skipped)
        return Answer(document, (fault_text(fault), *_reasons(fault.refused, fault.skipped)), Exit.REFUSED)
    document = {
        "file": str(made.path),
        "batch": made.batch,
        "pages": made.pages,
        "printed": list(made.printed),
        "again": list(made.again),
        "notices": {key: [_problem(p) for p in problems] for key, problems in made.notices.items()},
        **_left_out(made.refused, made.skipped),
    }
    line = text(
        "cli.printed", count=len(made.printed), pages=made.pages, batch=made.batch, file=str(made.path)
    )
    exit_code = Exit.PARTLY if made.refused else Exit.DONE
    return Answer(document, (line, *_reasons(made.refused, made.skipped)), exit_code)


def _reprint(ws: Workspace, arguments: argparse.Namespace, out: Path) -> Answer:
    from jpship_gui.flows.paper.batches import batch, reprint

    found = batch(ws, arguments.batch)
    first, _, last = (arguments.rows or f"1-{len(found.rows)}").partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise Refused("rows_form", found=arguments.rows)
    made = reprint(ws, arguments.batch, int(first), int(last or first), out)
    line = text("cli.reprinted", batch=made.batch, pages=made.pages, file=str(made.path))
    document = {"file": str(made.path), "batch": made.batch, "pages": made.pages, "printed": list(made.keys)}
    return Answer(document, (line,))


def _picklist(ws: Workspace, keys: Sequence[str] | None, out: Path, kind: str) -> Answer:
    from jpship_gui.flows.paper.print_picklist import print_picklist

    made = print_picklist(ws, keys, out, kind)
    document = {
        "file": str(made.path),
        "pages": made.pages,
        "orders": len(made.printed),
        "printed": list(made.printed),
        "pieces": made.pieces,
        "rows": made.rows,
        "refused": {key: [_problem(p) for p in problems] for key, problems in made.refused.items()},
    }
    line = text(
        "cli.picklist", pieces=made.pieces, lines=made.rows, orders=len(made.printed), file=str(made.path)
    )
    return Answer(document, (line, *_reasons(made.refused, {})), Exit.PARTLY if made.refused else Exit.DONE)


def carrier_export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write the file a carrier's tool reads."""
    from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export

    try:
        made = export(ws, arguments.carrier, arguments.keys or None, Path(arguments.out))
    except NothingToExport as fault:
        document: dict[str, Any] = {"error": {"code": fault.code, "text": fault_text(fault)}, "exported": []}
        document |= _left_out(fault.refused, {})
        return Answer(document, (fault_text(fault), *_reasons(fault.refused, {})), Exit.REFUSED)
    document = {
        "file": str(arguments.out),
        "carrier": made.carrier,
        "rows": made.rows,
        "exported": list(made.exported),
        "again": list(made.again),
        "fingerprint": made.fingerprint,
        "notes": {key: [_problem(p) for p in problems] for key, problems in made.notes.items()},
        **_left_out(made.refused, {}),
    }
    line = text("cli.exported", count=made.rows, carrier=made.carrier, file=arguments.out)
    exit_code = Exit.PARTLY if made.refused else Exit.DONE
    return Answer(document, (line, *_reasons(made.refused, {})), exit_code)


def carrier_import(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take the numbers a carrier's tool gave; damaged ones only where check digit and key leave one answer."""
    from jpship_gui.flows.paper.take_numbers import take

    found = take(ws, arguments.carrier, Path(arguments.file), accept_repairs=True)
    document = asdict(found)
    trouble = bool(found.conflicts or found.rejected or found.unknown or found.mismatches)
    lines = [
        text("cli.numbers_taken", count=len(found.matched), unchanged=len(found.unchanged), file=found.file)
    ]
    lines += [
        text("cli.number_repaired", line=r.line, found=r.found, repaired=r.repaired) for r in found.repairs
    ]
    lines += [
        text("cli.number_conflict", line=c.line, order=c.order, before=c.before) for c in found.conflicts
    ]
    lines += [
        text("cli.number_mismatch", line=m.line, order=m.order, linked=m.linked) for m in found.mismatches
    ]
    return Answer(document, tuple(lines), Exit.PARTLY if trouble else Exit.DONE)


def _left_out(refused: Mapping[str, tuple[Problem, ...]], skipped: Mapping[str, str]) -> dict[str, Any]:
    return {
        "refused": {key: [_problem(p) for p in problems] for key, problems in refused.items()},
        "skipped": dict(skipped),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "field": problem.field, "text": problem_text(problem)}


def _reasons(refused: Mapping[str, tuple[Problem, ...]], skipped: Mapping[str, str]) -> list[str]:
    lines = [f"{key}: {' / '.join(problem_text(p) for p in problems)}" for key, problems in refused.items()]
    return lines + [f"{key}: {text(f'paper.skipped.{code}')}" for key, code in skipped.items()]
