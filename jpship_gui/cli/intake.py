"""`jpship import` with its list and its undo, and `jpship fetch`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns, fault_text, moment
from jpship_gui.domain.fault import Fault, Refused, WorldFault
from jpship_gui.flows.intake.fetch import FetchedShop
from jpship_gui.flows.intake.preview import CHANGED, NEW, UNCHANGED, FilePreview, Preview, preview
from jpship_gui.flows.intake.take_back import PastImport
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def import_files(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Read order files. Repairs of spreadsheet damage are made only where one original is possible, and are listed."""
    if arguments.list:
        return _past(ws)
    if arguments.take_back is not None:
        return _take_back(ws, arguments.take_back)
    if not arguments.files:
        raise Refused("no_file_named")
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


def _past(ws: Workspace) -> Answer:
    """The last imports."""
    from jpship_gui.flows.intake.take_back import past_imports

    found = past_imports(ws)
    rows = [
        (
            str(one.act or "－"),
            moment(one.at),
            one.person or "－",
            text(f"imports.source.{one.source}"),
            "・".join(one.names),
            text(
                "cli.import_counts", **{name: one.counts.get(name, 0) for name in (NEW, CHANGED, UNCHANGED)}
            ),
            _fate(one),
        )
        for one in found
    ]
    documents = [
        {
            "number": one.act,
            "at": one.at,
            "person": one.person,
            "source": one.source,
            "names": list(one.names),
            "counts": dict(one.counts),
            "can_be_taken_back": one.can_go,
            "stays": one.stays,
            "taken_back_at": one.taken_back_at,
        }
        for one in found
    ]
    return Answer(documents, columns(rows) or (text("cli.no_import"),))


def _fate(one: PastImport) -> str:
    if one.taken_back_at is not None:
        return text("imports.taken_back", moment=moment(one.taken_back_at), person=one.taken_back_by or "－")
    return text("imports.can_go") if one.can_go else text(f"fault.takeback_{one.stays}")


def _take_back(ws: Workspace, number: int) -> Answer:
    from jpship_gui.flows.intake.take_back import take_back
    from jpship_gui.flows.pack.catch_up import catch_up

    catch_up(ws)
    took = take_back(ws, number)
    document = {
        "names": list(took.names),
        "removed": [order.number for order in took.removed],
        "restored": [order.number for order in took.restored],
    }
    words = text(
        "cli.took_back",
        name="・".join(took.names),
        removed=len(took.removed),
        restored=len(took.restored),
    )
    return Answer(document, (words,))


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
        "told": found.told,
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
        "absent_columns": list(found.absent_columns),
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
    if found.told:
        lines.append(text("intake.told", count=found.told))
    if found.absent_columns:
        lines.append(text("intake.warning.columns_absent", columns="・".join(found.absent_columns)))
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
    if shop.due_at is not None:
        document["due_at"] = shop.due_at
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
        if shop.due_at is not None:
            lines.append(text("cli.fetch_due", shop=shop.shop, at=moment(shop.due_at)))
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
