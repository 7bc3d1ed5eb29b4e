"""`jpship promise`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns, fault_text
from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.confirm.words import answer_text
from jpship_gui.flows.plan.promise import PromiseReport, Waiting, waiting
from jpship_gui.flows.plan.promise import promise as promise_dates
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_BUCKETS = {
    SendState.ACCEPTED: "accepted",
    SendState.REFUSED: "refused",
    SendState.DOUBTFUL: "doubtful",
    SendState.WAITING: "waiting",
}


def promise(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """List what waits for a promised ship date, or promise it."""
    keys = arguments.keys or None
    if arguments.list:
        return _listed(waiting(ws, keys))
    return _promised(promise_dates(ws, keys, _day(arguments.date), arguments.reason))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise Refused("promise_day_form", found=words) from None


def _listed(found: list[Waiting]) -> Answer:
    document = [
        {"key": w.key, "shop": w.order_id.shop, "order": w.order_id.number, "day": w.day.isoformat()}
        for w in found
    ]
    lines = columns(
        (w.key, w.order_id.shop, w.order_id.number, w.recipient, w.day.isoformat()) for w in found
    )
    return Answer(document, lines or (text("cli.nothing_to_promise"),))


def _promised(report: PromiseReport) -> Answer:
    document: dict[str, Any] = {name: [] for name in _BUCKETS.values()}
    lines = []
    for row in report.rows:
        bucket = _BUCKETS[row.state]
        words = answer_text(row.code, row.message)
        document[bucket].append(
            {
                "key": row.key,
                "shop": row.order_id.shop,
                "order": row.order_id.number,
                "day": row.day.isoformat(),
                "code": row.code,
                "text": words,
            }
        )
        said = text(f"cli.promise.{bucket}")
        lines.append(f"{row.key}  {row.order_id.number}  {row.day.isoformat()}  {said}  {words}".rstrip())
    document["faults"] = [
        {"shop": shop, "code": fault.code, "text": fault_text(fault)} for shop, fault in report.faults
    ]
    lines += [f"{shop}: {fault_text(fault)}" for shop, fault in report.faults]
    return Answer(document, tuple(lines), _exit(report))


def _exit(report: PromiseReport) -> Exit:
    if report.faults and not report.rows:
        refused = all(isinstance(fault, Refused) for _, fault in report.faults)
        return Exit.REFUSED if refused else Exit.WORLD
    done = all(row.state is SendState.ACCEPTED for row in report.rows)
    return Exit.DONE if done and not report.faults else Exit.PARTLY
