"""`jpship import` and `jpship fetch`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, fault_text
from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.flows.intake.fetch import FetchedShop
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED, FilePreview, Preview, preview
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def import_files(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Read order files. Repairs of spreadsheet damage are made only where one original is possible, and are listed."""
    from jpship_gui.flows.intake.accept import accept
    from jpship_gui.flows.pack.catch_up import catch_up

    catch_up(ws)
    shown = preview(ws, [Path(name) for name in arguments.files], arguments.shop)
    if shown.usable and not arguments.preview:
        accept(ws, shown)
    saved = _save_rejected(shown, arguments.rejected)
    faults = [found.fault for found in shown.files if found.fault is not None]
    document: dict[str, Any] = {"files": [_document(found) for found in shown.files]}
    lines = [line for found in shown.files for line in _lines(found)]
    if saved:
        document["rejected_file"] = arguments.rejected
        lines.append(text("cli.rejected_saved", count=saved, file=arguments.rejected))
    return Answer(document, tuple(lines), _exit(shown, faults))


def _save_rejected(shown: Preview, out: str) -> int:
    from jpship_gui.flows.intake.rejected import save_rejected

    return save_rejected(shown, Path(out)) if out and any(f.rejections for f in shown.files) else 0


def _exit(shown: Preview, faults: list[Fault]) -> Exit:
    if not shown.usable:
        return Exit.WORLD if any(isinstance(fault, WorldFault) for fault in faults) else Exit.REFUSED
    if faults or any(found.rejections for found in shown.files):
        taken = any(found.count(outcome) for found in shown.files for outcome in (NEW, CHANGED, UNCHANGED))
        return Exit.PARTLY if taken else Exit.REFUSED
    return Exit.DONE


def _document(found: FilePreview) -> dict[str, Any]:
    if found.fault is not None:
        return {
            "file": str(found.path),
            "error": {"code": found.fault.code, "text": fault_text(found.fault)},
            "layout": "",
            "encoding": "",
            "rows": 0,
            "new": 0,
            "changed": 0,
            "unchanged": 0,
            "rejected": [],
        }
    return {
        "file": str(found.path),
        "layout": found.layout,
        "title": found.title,
        "encoding": found.encoding,
        "rows": found.rows,
        "new": found.count(NEW),
        "changed": found.count(CHANGED),
        "unchanged": found.count(UNCHANGED),
        "rejected": _rejected(found),
        "repaired": [
            {
                "line": damage.line,
                "column": damage.column,
                "code": damage.code,
                "found": damage.found,
                "repaired": damage.repaired,
                "order": damage.order,
            }
            for damage in found.damages
        ],
        "repeated_rows": found.repeated_rows,
        "warnings": list(found.warnings),
        "joined_to": found.joined_to,
    }


def _rejected(found: FilePreview | FetchedShop) -> list[dict[str, Any]]:
    return [
        {
            "line": rejection.line,
            "column": rejection.column,
            "code": rejection.code,
            "text": rejected_text(rejection.code, rejection.value),
            "value": rejection.value,
            "order": rejection.order,
            "file": rejection.file,
        }
        for rejection in found.rejections
    ]


def rejected_text(code: str, value: str) -> str:
    """Why a row was not taken, and what to do."""
    return text(f"rejected.{code}", value=value)


def _lines(found: FilePreview) -> list[str]:
    if found.fault is not None:
        return [f"{found.name}: {fault_text(found.fault)}"]
    if found.joined_to:
        return [text("cli.joined_file", file=found.name, other=found.joined_to, rows=found.rows)]
    counts = {outcome: found.count(outcome) for outcome in (NEW, CHANGED, UNCHANGED)}
    lines = [
        text(
            "cli.imported",
            file=found.name,
            title=found.title,
            rejected=found.rejected_orders,
            rows=found.rows,
            **counts,
        )
    ]
    for rejection in found.rejections:
        words = rejected_text(rejection.code, rejection.value)
        line = text("cli.rejected_row", line=rejection.line, column=rejection.column, words=words)
        lines.append(f"  {rejection.file}: {line.strip()}" if rejection.file else line)
    return lines + [
        text(
            "cli.repaired",
            line=damage.line,
            column=damage.column,
            found=damage.found,
            repaired=damage.repaired,
        )
        for damage in found.damages
        if damage.repaired is not None
    ]


def _fetched(shop: FetchedShop) -> dict[str, Any]:
    """A shop's reading in the shape of a file's; `rows` are orders."""
    document: dict[str, Any] = {
        "file": "",
        "shop": shop.shop,
        "layout": f"{shop.marketplace}.api",
        "encoding": "utf-8",
        "rows": shop.orders + len(shop.rejections),
        **{name: shop.counts[name] for name in (NEW, CHANGED, UNCHANGED)},
        "rejected": _rejected(shop),
    }
    if shop.fault is not None:
        document["error"] = {"code": shop.fault.code, "text": fault_text(shop.fault)}
    return document


def fetch(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Read orders from the marketplaces' APIs."""
    from jpship_gui.flows.intake.fetch import fetch as read

    report = read(ws, arguments.shop)
    document = {"files": [_fetched(shop) for shop in report.shops]}
    lines = []
    for shop in report.shops:
        if shop.fault is not None:
            lines.append(f"{shop.shop}: {fault_text(shop.fault)}")
            continue
        lines.append(text("cli.fetched", shop=shop.shop, **shop.counts))
        lines += [f"{r.order}: {rejected_text(r.code, r.value)}" for r in shop.rejections]
    failed = [shop for shop in report.shops if shop.fault is not None]
    if not report.shops:
        raise Refused("no_connected_shop")
    if len(failed) < len(report.shops):
        partly = failed or any(shop.rejections for shop in report.shops)
        return Answer(document, tuple(lines), Exit.PARTLY if partly else Exit.DONE)
    refused = all(isinstance(shop.fault, Refused) for shop in failed)
    return Answer(document, tuple(lines), Exit.REFUSED if refused else Exit.WORLD)
