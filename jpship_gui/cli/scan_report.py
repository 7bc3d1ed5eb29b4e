"""`jpship scan-report`: what nearly went wrong and what was let pass, by day and person."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from typing import Any

from jpship_gui.cli.output import Answer, columns
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.pack.near_misses import REFUSED_ENTRIES, NearMisses, near_misses
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_FIGURES = ("scans", "ng", "by_eye", "skipped", "reopened", "restarted", "not_scanned", "taken_back")


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """One line for each person of each day, then every NG by kind."""
    since = _day(ws, arguments.since)
    found = near_misses(ws, since, _day(ws, arguments.until) if arguments.until else ws.today())
    if not found:
        return Answer([], (text("people.report.none"),))
    head = tuple(text(f"people.report.head.{name}") for name in ("day", "person", *_FIGURES))
    rows = [
        (str(one.day), one.person or "-", *(str(_figure(one, name)) for name in _FIGURES)) for one in found
    ]
    total: Counter[str] = Counter()
    for one in found:
        for kind, count in one.ng.items():
            total[kind.partition(".")[0]] += count
    kinds = [(str(count), _word(kind), kind) for kind, count in total.most_common()]
    lines = (*columns([head, *rows]), *((text("people.report.kinds"),) if kinds else ()), *columns(kinds))
    return Answer([_document(one) for one in found], lines)


def _word(kind: str) -> str:
    entered = next((reason for reason, code in REFUSED_ENTRIES.items() if code == kind), "")
    return text(f"entrysecond.tape.{entered}" if entered else f"pack.word.{kind.lower()}")


def _figure(one: NearMisses, name: str) -> int:
    value = getattr(one, name)
    return value.total() if isinstance(value, Counter) else int(value)


def _document(one: NearMisses) -> dict[str, Any]:
    return {
        "day": str(one.day),
        "person": one.person,
        "scans": one.scans,
        "ng": dict(one.ng),
        "by_eye": one.by_eye,
        "skipped": dict(one.skipped),
        "reopened": one.reopened,
        "restarted": one.restarted,
        "not_scanned": one.not_scanned,
        "taken_back": one.taken_back,
    }


def _day(ws: Workspace, words: str) -> date:
    if not words:
        return ws.today()
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise Refused("day_wrong", day=words) from error
