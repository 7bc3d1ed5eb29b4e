"""`jpship print`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
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
        return _slips(ws, arguments, out)
    return _picklist(
        ws, arguments.keys or None, out, "order" if arguments.document.endswith("orders") else "total"
    )


def _slips(ws: Workspace, arguments: argparse.Namespace, out: Path) -> Answer:
    from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips

    try:
        made = print_slips(
            ws,
            arguments.keys or None,
            out,
            priced_gifts=arguments.prices_in_gifts,
            every_shop=arguments.every_shop,
            glyphs_seen=arguments.glyphs_seen,
        )
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
