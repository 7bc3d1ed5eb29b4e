"""`jpship watch`: which files of a folder an import would take."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, fault_text, show
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED
from jpship_gui.flows.intake.watch import Kind, Offer, Offers, judge, look, watched_folder
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_SETTLES = 0.5  # seconds between the two looks a file must be the same at
_EVERY = 5.0  # seconds between looks when it goes on


def watch(ws: Workspace, arguments: argparse.Namespace) -> Answer | Exit:
    """Look, and tell; nothing is imported and nothing counts as shown."""
    folder = _folder(ws, arguments.folder)
    before = look(folder)
    if before.missing:
        raise WorldFault("watch_folder_gone", folder=str(folder))
    time.sleep(_SETTLES)
    now = look(folder, before.seen)
    if arguments.once:
        return _answer(judge(ws, now.files), now.growing)
    return _go_on(ws, folder, arguments)


def _go_on(ws: Workspace, folder: Path, arguments: argparse.Namespace) -> Exit:
    told: set[str] = set()
    seen = look(folder).seen
    while True:
        time.sleep(_EVERY if told else _SETTLES)
        found = look(folder, seen)
        seen = found.seen
        fresh = [one for one in found.files if one.fingerprint not in told]
        told |= {one.fingerprint for one in fresh}
        offers = judge(ws, fresh) if fresh else Offers()
        if offers.files:
            show(_answer(offers, ()), bool(getattr(arguments, "json", False)))


def _folder(ws: Workspace, named: str) -> Path:
    if named:
        return Path(named)
    folder = watched_folder(ws)
    if folder is None:
        raise Refused("watch_no_folder")
    return folder


def _answer(offers: Offers, growing: tuple[str, ...]) -> Answer:
    document = {"files": [_document(one) for one in offers.files], "growing": list(growing)}
    lines = [_line(one) for one in offers.files] or [text("cli.watch_nothing")]
    lines += [text("cli.watch_growing", file=name) for name in growing]
    return Answer(document, tuple(lines))


def _document(one: Offer) -> dict[str, Any]:
    counts = {name: one.preview.count(name) for name in (NEW, CHANGED, UNCHANGED)}
    found: dict[str, Any] = {
        "file": str(one.found.path),
        "kind": one.kind.value,
        "layout": one.preview.layout,
        **counts,
        "rejected": one.preview.rejected_orders,
        "carrier": one.carrier,
        "fingerprint": one.found.fingerprint,
    }
    if one.preview.fault is not None and one.kind is not Kind.NUMBERS:
        found["error"] = {"code": one.preview.fault.code, "text": fault_text(one.preview.fault)}
    return found


def _line(one: Offer) -> str:
    if one.kind is Kind.ORDERS:
        counts = {name: one.preview.count(name) for name in (NEW, CHANGED, UNCHANGED)}
        shown = one.preview
        return text(
            "cli.imported",
            file=shown.name,
            title=shown.title,
            rows=shown.rows,
            rejected=shown.rejected_orders,
            **counts,
        )
    if one.kind is Kind.NUMBERS:
        return text("cli.watch_numbers", file=one.preview.name)
    assert one.preview.fault is not None
    return f"{one.preview.name}: {fault_text(one.preview.fault)}"
