"""`jpship confirm`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns, fault_text, moment
from jpship_gui.domain.confirmation import Difference, SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.confirm.reasons import Reason
from jpship_gui.flows.confirm.review import GreenRow, OnItsWay, RedRow, Review, ShopCount, review
from jpship_gui.flows.confirm.send import SendReport
from jpship_gui.flows.confirm.words import (
    answer_text,
    difference_text,
    numbers_text,
    queue_text,
    reason_title,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def confirm(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Show, write upload files, send, or read back."""
    if arguments.files:
        return _files(ws, Path(arguments.files))
    if arguments.send:
        from jpship_gui.flows.confirm.send import send_green, without_keys

        before = review(ws)
        report = send_green(ws)
        by_file = (shop.shop for shop in before.shops if shop.by == "file" and shop.green)
        report.faults += without_keys(ws, by_file)
        return _sent(ws, report, before)
    if arguments.read_back:
        from jpship_gui.flows.confirm.send import read_back

        return _sent(ws, read_back(ws), review(ws))
    if arguments.seen:
        return _seen(ws, arguments.seen)
    if arguments.filed:
        return _filed(ws)
    if arguments.uploaded or arguments.upload_refused:
        return _told(ws, arguments)
    return _listed(review(ws))


def _seen(ws: Workspace, keys: Sequence[str]) -> Answer:
    from jpship_gui.flows.confirm.audit import differences_seen

    concerned = differences_seen(ws, keys)
    lines = [text("cli.difference_seen", key=key) for key in concerned] or [text("cli.no_difference")]
    return Answer({"seen": list(concerned)}, tuple(lines), Exit.DONE if concerned else Exit.REFUSED)


def _filed(ws: Workspace) -> Answer:
    from jpship_gui.flows.confirm.filed import filed_files

    found = filed_files(ws)
    document = [
        {
            "fingerprint": one.fingerprint,
            "file": one.name,
            "kept": str(one.kept) if one.kept else None,
            "marketplace": one.marketplace,
            "shop": one.shop,
            "at": one.at,
            "orders": list(one.orders),
            "keys": list(one.keys),
            "steps": [text(f"upload.{one.marketplace}.{n}") for n in range(1, one.upload_steps + 1)],
        }
        for one in found
    ]
    lines = columns((one.fingerprint[:12], one.shop, one.name, str(len(one.orders))) for one in found)
    return Answer(document, lines or (text("cli.nothing_filed"),))


def _told(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What a person saw on the marketplace's own screen; a file is named by path, name or the start of its
    fingerprint."""
    from jpship_gui.flows.confirm.filed import file_refused, filed_files
    from jpship_gui.flows.confirm.notice import file_uploaded

    wanted = Path(arguments.uploaded or arguments.upload_refused).name
    fits = [f for f in filed_files(ws) if f.name == wanted or f.fingerprint.startswith(wanted)]
    if len(fits) != 1:
        raise Refused("upload_unknown", fingerprint=wanted)
    fingerprint = fits[0].fingerprint
    if arguments.uploaded:
        keys = file_uploaded(ws, fingerprint)
        return Answer({"accepted": list(keys)}, (text("cli.upload_taken", count=len(keys)),))
    keys = file_refused(ws, fingerprint, arguments.order, arguments.why)
    return Answer({"refused": list(keys)}, (text("cli.upload_back", count=len(keys)),))


def _listed(found: Review) -> Answer:
    lines = [text("cli.green", count=len(found.green))]
    lines += columns(
        (g.key, g.shop, g.order, g.recipient, numbers_text(g.numbers, g.kept)) for g in found.green
    )
    lines.append(text("cli.red", count=len(found.red)))
    lines += [
        f"{r.key}  {r.order}  {' / '.join(reason_text(reason) for reason in r.reasons)}" for r in found.red
    ]
    lines += [line for shop in found.shops for line in _shop_lines(shop)]
    differing = [one for differs in found.differing for one in differs.found]
    lines += [difference_text(one) for one in differing]
    document = {
        "green": [_green(row) for row in found.green],
        "red": [_red(row) for row in found.red],
        "waiting": [_way(row) for row in found.sending],
        "doubtful": [_way(row) for row in found.doubtful],
        "filed": [_way(row) for row in found.filed],
        "accepted_today": [_way(row) for row in found.accepted_today],
        "shops": [_shop(shop) for shop in found.shops],
        "differences": [_difference(one) for one in differing],
    }
    open_ends = found.red or found.doubtful or differing
    return Answer(document, tuple(lines), Exit.PARTLY if open_ends else Exit.DONE)


def _shop(shop: ShopCount) -> dict[str, Any]:
    document = {
        "shop": shop.shop,
        "marketplace": shop.marketplace,
        "by": shop.by,
        "unconfirmed": shop.unconfirmed,
        "green": shop.green,
        "red": shop.red,
        "waiting": shop.waiting,
        "doubtful": shop.doubtful,
        "sent": shop.on_its_way,
        "filed": shop.filed,
    }
    if shop.queue is not None:
        document["next_try"] = shop.queue.next_try
        document["waits_because"] = shop.queue.code
        document["ship_by"] = shop.queue.ship_by
        document["too_late"] = list(shop.queue.late)
    return document


def _shop_lines(shop: ShopCount) -> list[str]:
    """The counters of a shop with anything unconfirmed, and why something waits."""
    if not shop.unconfirmed:
        return []
    counts = {name: getattr(shop, name) for name in ("green", "red", "waiting", "doubtful", "filed")}
    lines = [text("cli.unconfirmed", shop=shop.shop, count=shop.unconfirmed, sent=shop.on_its_way, **counts)]
    return lines + ([f"  {queue_text(shop.queue)}"] if shop.queue is not None else [])


def _files(ws: Workspace, folder: Path) -> Answer:
    from jpship_gui.flows.confirm.write_files import write_files

    written = write_files(ws, folder)
    red = [{"key": key, "reasons": [_reason(r) for r in reasons]} for key, reasons in written.red]
    if not written.files:
        words = text("cli.nothing_to_confirm")
        document: dict[str, Any] = {
            "error": {"code": "nothing_to_confirm", "text": words},
            "files": [],
            "red": red,
        }
        return Answer(document, (words, *_red_lines(written.red)), Exit.REFUSED)
    document = {
        "files": [
            {
                "file": str(file.path),
                "shop": file.shop,
                "rows": file.rows,
                "keys": list(file.keys),
                "fingerprint": file.fingerprint,
            }
            for file in written.files
        ],
        "red": red,
    }
    lines = [text("cli.upload_file", shop=f.shop, count=f.rows, file=str(f.path)) for f in written.files]
    return Answer(document, (*lines, *_red_lines(written.red)), Exit.PARTLY if red else Exit.DONE)


_BUCKETS = {
    SendState.ACCEPTED: "accepted",
    SendState.REFUSED: "refused",
    SendState.DOUBTFUL: "doubtful",
    SendState.WAITING: "waiting",
    SendState.SENDING: "waiting",
    SendState.FILED: "waiting",
}


def _sent(ws: Workspace, report: SendReport, before: Review) -> Answer:
    document: dict[str, Any] = {"accepted": [], "waiting": [], "refused": [], "doubtful": []}
    lines = []
    for row in report.rows:
        bucket = _BUCKETS[row.state]
        words = answer_text(row.code, row.message)
        document[bucket].append(
            {
                "key": row.key,
                "shop": row.shop,
                "order": row.order,
                "code": row.code,
                "message": row.message,
                "text": words,
            }
        )
        lines.append(f"{row.key}  {row.order}  {text(f'cli.send.{bucket}')}  {words}".rstrip())
    document["red"] = [_red(row) for row in before.red]
    document["differences"] = [_difference(one) for one in report.differences]
    document["faults"] = [
        {"shop": f.shop, "code": f.fault.code, "text": fault_text(f.fault)} for f in report.faults
    ]
    document["pauses"] = [
        {"shop": pause.shop, "code": pause.code, "next_try": pause.until} for pause in report.pauses.values()
    ]
    lines += [f"{f.shop}: {fault_text(f.fault)}" for f in report.faults]
    lines += [text("cli.paused", shop=pause.shop, at=moment(pause.until)) for pause in report.pauses.values()]
    lines += [difference_text(one) for one in report.differences]
    lines += _red_lines([(row.key, row.reasons) for row in before.red])
    lines.append(
        text(
            "cli.sent",
            **{name: len(document[name]) for name in ("accepted", "waiting", "refused", "doubtful")},
        )
    )
    return Answer(document, tuple(lines), _exit(report, document))


def _exit(report: SendReport, document: dict[str, Any]) -> Exit:
    if report.faults and not document["accepted"]:
        refused = all(isinstance(f.fault, Refused) for f in report.faults)
        return Exit.REFUSED if refused else Exit.WORLD
    open_ends = ("red", "refused", "doubtful", "waiting", "differences", "faults")
    return Exit.PARTLY if any(document[name] for name in open_ends) else Exit.DONE


def reason_text(reason: Reason) -> str:
    """One reason in words."""
    return reason_title(reason)


def _red_lines(red: Sequence[tuple[str, tuple[Reason, ...]]]) -> list[str]:
    return [f"{key}  {' / '.join(reason_text(reason) for reason in reasons)}" for key, reasons in red]


def _green(row: GreenRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "shop": row.shop,
        "order": row.order,
        "carrier": row.carrier,
        "numbers": _as_told(row.numbers),
        "untracked": sum(map(is_untracked, row.numbers)),
        "kept": list(row.kept),
        "together": list(row.together),
        "whole": row.whole,
        "ship_date": row.ship_date,
        "proof": row.proof,
        "by_hand": list(row.by_hand),
        "queued": row.queued,
    }


def _red(row: RedRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "shop": row.shop,
        "order": row.order,
        "numbers": _as_told(row.numbers),
        "untracked": sum(map(is_untracked, row.numbers)),
        "reasons": [_reason(reason) for reason in row.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": reason_text(reason), "repair": reason.repair}


def _way(row: OnItsWay) -> dict[str, Any]:
    return {
        "key": row.key,
        "shop": row.shop,
        "order": row.order,
        "state": row.state.value,
        "at": row.at,
        "message": row.message,
        "numbers": _as_told(row.numbers),
        "untracked": sum(map(is_untracked, row.numbers)),
        "kept": list(row.kept),
    }


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "key": found.shipment_key,
        "order": found.order,
        "field": found.field,
        "ours": found.ours,
        "theirs": found.theirs,
        "text": difference_text(found),
    }


def _as_told(numbers: Sequence[str]) -> list[str]:
    """A parcel without a number stands as an empty text."""
    return ["" if is_untracked(number) else number for number in numbers]
