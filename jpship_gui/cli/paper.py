"""`jpship print`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jpship_gui.cli.orders import problem_text
from jpship_gui.cli.output import Answer, Exit, fault_text
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import known, text

if TYPE_CHECKING:
    from jpship_gui.flows.paper.kind import Ask
    from jpship_gui.flows.paper.print_slips import NothingToPrint


def print_slips(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Delivery slips of a new batch, or rows of a printed one again."""
    from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips

    out = Path(arguments.out)
    if arguments.batch is not None:
        return _reprint(ws, arguments, out)
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
        return _nothing(fault)
    document = {
        "file": str(made.path),
        "batch": made.batch,
        "pages": made.pages,
        "printed": list(made.printed),
        "again": list(made.again),
        "notices": _problems(made.notices),
        **_left_out(made.refused, made.skipped),
    }
    line = text(
        "cli.printed", count=len(made.printed), pages=made.pages, batch=made.batch, file=str(made.path)
    )
    exit_code = Exit.PARTLY if made.refused else Exit.DONE
    return Answer(document, (line, *_reasons(made.refused, made.skipped)), exit_code)


def print_total(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The pick list by shelf."""
    return _picklist(ws, arguments, "total")


def print_orders(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Pick lists of the orders."""
    return _picklist(ws, arguments, "order")


def print_any(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Any paper that declares itself."""
    from jpship_gui.flows.paper import of_batch, wanting
    from jpship_gui.flows.paper.kinds import check_choices, kind, print_paper
    from jpship_gui.flows.paper.print_slips import NothingToPrint

    paper = kind(arguments.document)
    choices = dict(_choice(words) for words in arguments.set)
    check_choices(paper.id, choices)
    left_out: dict[str, tuple[Problem, ...]] = {}
    if arguments.keys is not None:
        keys = wanting.chosen(ws, arguments.keys)
    elif arguments.batch is not None:
        keys, left_out = of_batch.needing(ws, paper, arguments.batch)
    else:
        keys = wanting.needing(ws, paper, wanting.waiting(ws))
    try:
        if not keys and paper.needs_batch:
            raise NothingToPrint(
                "paper_not_wanted", left_out, {}, document=text(f"paper.document.{paper.id}")
            )
        made = print_paper(ws, paper.id, keys, Path(arguments.out), choices)
    except NothingToPrint as fault:
        return _nothing(fault)
    refused = {**left_out, **made.refused}
    document = {
        "file": str(made.path),
        "document": made.document,
        "pages": made.pages,
        "printed": list(made.printed),
        "again": list(made.again),
        "refused": _problems(refused),
        "notices": _problems(made.notices),
    }
    name = text(f"paper.document.{paper.id}")
    line = text(
        "cli.paper_made", document=name, count=len(made.printed), pages=made.pages, file=str(made.path)
    )
    exit_code = Exit.PARTLY if refused else Exit.DONE
    return Answer(document, (line, *_reasons(refused, {}), *_reasons(made.notices, {})), exit_code)


def _choice(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not (name and equals):
        raise Refused("choice_form", found=words)
    return name, value


def list_kinds(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Every paper of `print paper`, with how many of the waiting shipments need it and what can be set for it."""
    from jpship_gui.flows.paper import wanting
    from jpship_gui.flows.paper.kinds import asks, kinds

    counts = wanting.wanted(ws, wanting.load(ws, wanting.waiting(ws)))
    found = [
        {
            "id": kind.id,
            "name": text(f"paper.document.{kind.id}"),
            "preset": kind.preset,
            "group": wanting.group_of(kind),
            "to_buyer": kind.to_buyer,
            "needs_batch": kind.needs_batch,
            "wanted": len(counts[kind.id]),
            "choices": list(kind.choices),
            "asks": [_ask(one) for one in asks(ws, kind.id, counts[kind.id])],
        }
        for kind in kinds().values()
    ]
    lines = tuple(f"{one['id']:<16} {one['wanted']:>5}  {one['name']}" for one in found)
    return Answer({"kinds": found}, lines)


def _ask(one: Ask) -> dict[str, Any]:
    """A choice in the order a person reads it; bounds and grid only where it has any."""
    told: dict[str, Any] = {"id": one.id, "name": text(one.words), "kind": one.kind, "value": one.value}
    if one.hint:
        told["hint"] = text(one.hint)
    if one.options:
        told["options"] = [
            {"value": value, "name": text(words) if known(words) else words} for value, words in one.options
        ]
    if one.high:
        told |= {"min": one.low, "max": one.high}
    if one.columns:
        told |= {"columns": one.columns, "rows": one.rows}
    return told


def _nothing(fault: NothingToPrint) -> Answer:
    document: dict[str, Any] = {"error": {"code": fault.code, "text": fault_text(fault)}, "printed": []}
    document |= _left_out(fault.refused, fault.skipped)
    return Answer(document, (fault_text(fault), *_reasons(fault.refused, fault.skipped)), Exit.REFUSED)


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


def reprint_pages(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Pages of any paper of the record again, exactly as they were."""
    from jpship_gui.flows.paper import batches

    first, _, last = arguments.pages.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise Refused("rows_form", found=arguments.pages)
    out = Path(arguments.out)
    made = batches.reprint_pages(ws, arguments.print_id, int(first), int(last or first), out)
    document = {
        "file": str(made.path),
        "pages": made.pages,
        "printed": list(made.keys),
        "again": list(made.keys),
        "notices": _problems(made.notices),
    }
    line = text("cli.reprinted_pages", pages=made.pages, count=len(made.keys), file=str(made.path))
    return Answer(document, (line, *_reasons(made.notices, {})))


def _picklist(ws: Workspace, arguments: argparse.Namespace, kind: str) -> Answer:
    from jpship_gui.flows.paper.print_picklist import print_picklist

    made = print_picklist(ws, arguments.keys or None, Path(arguments.out), kind)
    document = {
        "file": str(made.path),
        "pages": made.pages,
        "orders": len(made.printed),
        "printed": list(made.printed),
        "pieces": made.pieces,
        "rows": made.rows,
        "refused": _problems(made.refused),
    }
    line = text(
        "cli.picklist", pieces=made.pieces, lines=made.rows, orders=len(made.printed), file=str(made.path)
    )
    return Answer(document, (line, *_reasons(made.refused, {})), Exit.PARTLY if made.refused else Exit.DONE)


def _left_out(refused: Mapping[str, tuple[Problem, ...]], skipped: Mapping[str, str]) -> dict[str, Any]:
    return {"refused": _problems(refused), "skipped": dict(skipped)}


def _problems(found: Mapping[str, tuple[Problem, ...]]) -> dict[str, list[dict[str, str]]]:
    return {key: [_problem(p) for p in problems] for key, problems in found.items()}


def _problem(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "field": problem.field, "text": problem_text(problem)}


def _reasons(refused: Mapping[str, tuple[Problem, ...]], skipped: Mapping[str, str]) -> list[str]:
    lines = [f"{key}: {' / '.join(problem_text(p) for p in problems)}" for key, problems in refused.items()]
    return lines + [f"{key}: {text(f'paper.skipped.{code}')}" for key, code in skipped.items()]


def list_record(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Who printed or exported what, of how many shipments, newest first."""
    from jpship_gui.domain.clock import to_jst
    from jpship_gui.flows.paper.record import EVIDENCE, PRINT, record

    found = record(ws, max(arguments.count, 1))
    rows = [
        {
            "at": to_jst(one.at).isoformat(timespec="seconds"),
            "person": one.person,
            "desk": one.desk,
            "what": one.what,
            "of": one.of,
            "name": one.name,
            "shipments": one.people,
            "pages": one.pages,
            "batch": one.batch,
            "print": one.print_id or None,
        }
        for one in found
    ]
    lines = []
    for one in found:
        name = text("cli.record_evidence")
        if one.what != EVIDENCE:
            name = (
                text(f"paper.document.{one.of}")
                if one.what == PRINT
                else text("cli.record_file", carrier=one.of)
            )
        place = one.name or "PDF"
        at = f"{to_jst(one.at):%Y-%m-%d %H:%M}"
        words = text("cli.record_line", document=name, count=one.people, pages=one.pages, place=place)
        number = f"{one.print_id:>5}" if one.print_id else " " * 5
        lines.append(f"{number}  {at}  {one.person or '－'}  {words}")
    return Answer({"record": rows}, tuple(lines))
