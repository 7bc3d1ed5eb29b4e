"""`jpship order`: orders entered by hand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from jpship_gui.cli.orders import document, problem_text
from jpship_gui.cli.output import Answer, Exit
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import EntryReason
from jpship_gui.flows.intake import enter
from jpship_gui.flows.intake.enter import Entered, EntryRefused
from jpship_gui.flows.intake.entry import EnteredLine, Entry
from jpship_gui.flows.intake.known_goods import goods_of
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_GIVEN = tuple(field.name for field in fields(Entry) if field.name not in ("reason", "lines"))


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Enter an order; a re-send begins with what its original says."""
    entry = Entry()
    if arguments.original:
        entry = enter.resend_of(ws, arguments.original)
    return _stored(ws, arguments, entry, "cli.order_added")


def change(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Change what is given; the rest stays."""
    return _stored(ws, arguments, enter.entry_of(ws, arguments.key), "cli.order_changed")


def cancel(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Cancel an order with a reason."""
    return _answer(ws, enter.cancel(ws, arguments.key, arguments.reason), "cli.order_cancelled")


def _stored(ws: Workspace, arguments: argparse.Namespace, entry: Entry, words: str) -> Answer:
    entry = _with(ws, entry, arguments)
    try:
        if words == "cli.order_added":
            return _answer(ws, enter.enter(ws, entry), words)
        return _answer(ws, enter.change(ws, arguments.key, entry), words)
    except EntryRefused as refused:
        return _refused(refused)


def _with(ws: Workspace, entry: Entry, arguments: argparse.Namespace) -> Entry:
    given: dict[str, Any] = {
        name: value for name in _GIVEN if (value := getattr(arguments, name, None)) is not None
    }
    if arguments.reason is not None:
        given["reason"] = EntryReason(arguments.reason)
    if arguments.lines:
        given["lines"] = tuple(_lines(ws, arguments.lines))
    return replace(entry, **given)


def _lines(ws: Workspace, given: Sequence[dict[str, str]]) -> list[EnteredLine]:
    """Goods named by their SKU take name and variant from what is known of them; Refused("goods_unknown")."""
    known = goods_of(ws, [line["sku"] for line in given if "sku" in line])
    lines = []
    for line in given:
        sku = line.get("sku", "")
        found = known.get(sku.upper())
        if sku and found is None and "name" not in line:
            raise Refused("goods_unknown", sku=sku)
        start = EnteredLine(found.name, "1", found.sku, found.variant) if found else EnteredLine(sku=sku)
        lines.append(replace(start, **{name: value for name, value in line.items() if name != "sku"}))
    return lines


def _answer(ws: Workspace, done: Entered, words: str) -> Answer:
    (shipment,) = load(ws, keys=[done.key])
    lines = [text(words, number=done.number, key=done.key)]
    if done.held:
        lines.append(text("cli.order_held", number=done.number))
    lines += [problem_text(problem) for problem in done.problems]
    said = {"number": done.number, "held": done.held, "import": done.act, **document(shipment)}
    return Answer(said, tuple(lines))


def _refused(refused: EntryRefused) -> Answer:
    """Every field that stands in the way."""
    faults = [
        {
            "field": fault.field,
            "code": fault.code,
            "text": text(f"entry.fault.{fault.code}", found=fault.found),
        }
        for fault in refused.draft.faults
    ]
    document: dict[str, Any] = {"error": {"code": refused.code, "text": faults[0]["text"]}, "faults": faults}
    return Answer(document, tuple(f"{fault['field']}: {fault['text']}" for fault in faults), Exit.REFUSED)
