"""`jpship carrier export`, `jpship carrier import` and `jpship track`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns, fault_text
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.tracking_no import is_untracked, normalise
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.follow import links
from jpship_gui.flows.pack import pasted, second_entry
from jpship_gui.flows.pack.take_back_entry import take_back_entry
from jpship_gui.flows.pack.track import message_of, track_without
from jpship_gui.flows.pack.track import track as enter
from jpship_gui.flows.paper import hand_to_carrier, marks, take_numbers
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, WrittenFile
from jpship_gui.flows.paper.take_numbers import Rejection, TakeResult
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_NAMED = 3  # shipments named in one line
_Problems = Mapping[str, Sequence[Problem]]


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write the file a carrier's tool reads."""
    keys = arguments.keys or None
    try:
        result = hand_to_carrier.export(
            ws, arguments.carrier, keys, Path(arguments.out), tool=arguments.tool, agreed=arguments.agree
        )
    except NothingToExport as fault:
        words = fault_text(fault)
        document: dict[str, Any] = {"error": {"code": fault.code, "text": words}, "exported": []}
        document |= {"refused": _problems(fault.refused)}
        return Answer(document, (words, *_problem_lines(fault.refused)), Exit.REFUSED)
    document = {
        **asdict(result),
        "file": arguments.out if len(result.files) == 1 else result.file,
        "files": [{**asdict(one), "path": str(one.path)} for one in result.files],
        "refused": _problems(result.refused),
        "notes": _problems(result.notes),
    }
    lines = [text("carrier_cli.exported", file=result.file, rows=result.rows, count=len(result.exported))]
    if len(result.files) > 1:
        lines += ["   " + _file_line(one) for one in result.files]
    lines += [text("carrier_cli.again", keys=" ".join(result.again))] if result.again else []
    lines += [*_problem_lines(result.notes), *_problem_lines(result.refused)]
    return Answer(document, tuple(lines), Exit.PARTLY if result.refused else Exit.DONE)


def _file_line(one: WrittenFile) -> str:
    return text("carrier_cli.exported_one", tool=one.tool_name, file=one.path.name, rows=one.rows)


def take(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take the numbers a carrier's tool gave."""
    result = take_numbers.take(
        ws,
        arguments.carrier,
        Path(arguments.file),
        accept_repairs=not arguments.no_repairs,
        accept_positions=arguments.accept_positions,
        replace=arguments.replace,
    )
    document = {**asdict(result), "rejected": [_rejected(r) for r in result.rejected]}
    return Answer(document, tuple(_take_lines(result)), Exit.DONE if result.complete else Exit.PARTLY)


def say_marks(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Show the handling marks of shipments, after saying them where asked to."""
    keys = [key.strip().upper() for key in arguments.keys]
    if arguments.marks is not None or arguments.usual:
        found = marks.set_marks(ws, keys, None if arguments.usual else arguments.marks)
    else:
        found = marks.marks_by_key(ws, keys)
    lines = tuple(
        f"{key}  " + ("、".join(text(f"mark.{mark}") for mark in own) or "–") for key, own in found.items()
    )
    return Answer({key: list(own) for key, own in found.items()}, lines)


def say_links(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Show every carrier's page, or let this desk say one."""
    if arguments.carrier and arguments.url is not None:
        links.set_link(ws, arguments.carrier, arguments.url)
    if arguments.carrier and arguments.number:
        page = links.link_of(ws, arguments.carrier, arguments.number)
        return Answer({"carrier": arguments.carrier, "page": page}, (page or "–",))
    found = [one for one in links.links(ws) if arguments.carrier in ("", one.carrier)]
    rows = ((one.carrier, one.name, one.url or "–", "*" if one.own else "") for one in found)
    return Answer([asdict(one) for one in found], columns(rows))


def say_office(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Say at which office of the carrier shipments are collected."""
    found = marks.set_office(ws, [key.strip().upper() for key in arguments.keys], arguments.office)
    return Answer(found, tuple(f"{key}  {office or '–'}" for key, office in found.items()))


def track(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Record a tracking number, given twice; or a list of them, or what concerns earlier entries."""
    if arguments.list:
        return _track_list(ws, arguments)
    if arguments.waiting:
        return _waiting(ws)
    if not arguments.key:
        raise Refused("shipment_unknown", key="")
    if arguments.undo:
        keys = take_back_entry(ws, arguments.key.strip().upper(), normalise(arguments.number))
        return Answer(list(keys), tuple(text("entryrow.cli.undone", key=key) for key in keys))
    if arguments.untracked:
        result = track_without(ws, arguments.key)
    else:
        numbers = (arguments.number, arguments.again)
        result = enter(ws, arguments.key, *numbers, arguments.carrier, confirmed=arguments.insist)
    message = message_of(result)
    document = {
        "outcome": result.outcome,
        "class": result.klass.value,
        "reason": result.reason,
        "message": message,
        "shipment": result.shipment,
        "order": result.order,
        "parcel": result.parcel,
        "tracking_no": "" if is_untracked(result.number) else result.number,
        "untracked": is_untracked(result.number),
        "carrier": result.carrier,
        "verified": result.verified,
        "doubtful": result.doubtful,
    }
    return Answer(document, (message,), Exit.DONE if result.ok else Exit.REFUSED)


def _track_list(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Judge a list of orders and numbers; with --take its good lines are linked, marked pasted."""
    listed = sys.stdin.read() if arguments.list == "-" else pasted.read_list(Path(arguments.list))
    found = pasted.check_list(ws, listed, arguments.carrier)
    if arguments.take:
        found = pasted.take_list(ws, found)
    rows = ((str(one.line), one.order, one.number, pasted.words_of(one)) for one in found.lines)
    key = "pasted.cli.taken" if arguments.take else "pasted.cli.judged"
    lines = (*columns(rows), text(key, good=len(found.good), left=len(found.left)))
    document = [{**asdict(one), "text": pasted.words_of(one)} for one in found.lines]
    if not found.good:
        return Answer(document, lines, Exit.REFUSED)
    return Answer(document, lines, Exit.PARTLY if found.left else Exit.DONE)


def _waiting(ws: Workspace) -> Answer:
    """Typed numbers that wait for their second entry; the numbers themselves are not shown."""
    found = second_entry.waiting(ws)
    rows = [
        (
            one.parcel,
            one.order,
            f"{to_jst(one.at):%m-%d %H:%M}",
            one.person or "-",
            text(f"entrysecond.{one.why or 'may'}"),
        )
        for one in found
    ]
    lines = tuple(columns(rows)) if rows else (text("entrysecond.none"),)
    document = [{**asdict(one), "at": one.at.isoformat()} for one in found]
    return Answer(document, lines)


def _problems(found: _Problems) -> dict[str, list[dict[str, Any]]]:
    return {
        key: [
            {
                **{"code": p.code, "severity": p.severity.value, "field": p.field},
                **{"text": problem_words(p).text, "values": dict(p.values)},
            }
            for p in problems
        ]
        for key, problems in found.items()
    }


def _problem_lines(found: _Problems) -> list[str]:
    """One line a finding; what is the same for many shipments (a setting of the shop) is said once."""
    whose: dict[str, list[str]] = {}
    for key, problems in found.items():
        for p in problems:
            whose.setdefault(problem_words(p).text, []).append(
                " ".join(filter(None, (key, p.values.get("order"))))
            )
    return [f"   {_some(names)} {words}" for words, names in whose.items()]


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" … ({len(names)})" if len(names) > _NAMED else "")


def _rejected(row: Rejection) -> dict[str, Any]:
    return {**asdict(row), "text": text(f"rejected.{row.code}")}


def _take_lines(result: TakeResult) -> list[str]:
    counts = {"matched": len(result.matched), "unchanged": len(result.unchanged)}
    lines = [text("carrier_cli.taken", file=result.file, rows=result.rows, **counts)]
    pending = "repaired" if result.repairs_accepted else "repair_offered"
    for repair in result.repairs:
        values = {"line": repair.line, "found": repair.found, "repaired": repair.repaired}
        lines.append("   " + text(f"carrier_cli.{pending}", **values))
    for taken in result.conflicts:
        values = {"line": taken.line, "order": taken.order, "before": taken.before, "number": taken.number}
        lines.append("   " + text("carrier_cli.conflict", **values))
    for taken in result.mismatches:
        values = {"line": taken.line, "order": taken.order, "linked": taken.linked, "number": taken.number}
        lines.append("   " + text("carrier_cli.mismatch", **values))
    for found in result.contested:
        values = {"line": found.line, "number": found.number, "order": found.order, "other": found.other}
        lines.append("   " + text("carrier_cli.contested", **values))
    lines += ["   " + text("carrier_cli.unknown", line=line, key=key) for line, key in result.unknown]
    for row in result.rejected:
        values = {"line": row.line, "column": row.column, "value": row.value}
        lines.append("   " + text("carrier_cli.rejected", why=text(f"rejected.{row.code}"), **values))
    return lines
