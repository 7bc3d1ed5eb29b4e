"""Upload files that were written and of which nobody has said yet what the marketplace made of them (CF-14)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpship_gui.domain.confirmation import OutboxItem, SendResult, SendState
from jpship_gui.domain.fault import Refused
from jpship_gui.flows.confirm.answers import set_facts
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import write_whole
from jpship_gui.store import outbox


@dataclass(frozen=True, slots=True)
class FiledFile:
    """One upload file; `kept` is our copy exactly as written, None when it is gone or is no longer what was written."""

    fingerprint: str
    name: str
    marketplace: str
    shop: str
    at: datetime | None
    orders: tuple[str, ...]
    keys: tuple[str, ...]
    upload_steps: int
    kept: Path | None = None


def filed_files(ws: Workspace) -> tuple[FiledFile, ...]:
    """Newest first."""
    grouped: dict[str, list[OutboxItem]] = {}
    for item in outbox.in_state(ws.store, [SendState.FILED]):
        grouped.setdefault(item.file_fingerprint, []).append(item)
    copies = _copies(ws, grouped)
    found = [_file(ws, fingerprint, items, copies) for fingerprint, items in grouped.items()]
    return tuple(sorted(found, key=lambda one: (one.at is not None, one.at), reverse=True))


def _copies(ws: Workspace, wanted: Collection[str]) -> Mapping[str, Path]:
    """Our copies by fingerprint; one that somebody changed is none."""
    found: dict[str, Path] = {}
    if wanted and ws.places.uploads.is_dir():
        for path in sorted(ws.places.uploads.iterdir(), reverse=True):
            if len(found) == len(wanted):
                break
            if path.is_file() and (print_ := hashlib.sha256(path.read_bytes()).hexdigest()) in wanted:
                found.setdefault(print_, path)
    return found


def _file(ws: Workspace, fingerprint: str, items: list[OutboxItem], copies: Mapping[str, Path]) -> FiledFile:
    order = items[0].confirmation.order_id
    market = ws.markets().get(order.marketplace)
    kept = copies.get(fingerprint)
    names = (
        entry.detail.get("file", "")
        for entry in reversed(outbox.log_of(ws.store, items[0].confirmation.shipment_key))
        if entry.what == SendState.FILED.value
    )
    return FiledFile(
        fingerprint=fingerprint,
        name=next(names, kept.name if kept else ""),
        marketplace=order.marketplace,
        shop=order.shop,
        at=max((item.answered_at for item in items if item.answered_at), default=None),
        orders=tuple(item.confirmation.order_id.number for item in items),
        keys=tuple(item.confirmation.shipment_key for item in items),
        upload_steps=market.upload_steps if market else 0,
        kept=kept,
    )


def file_refused(
    ws: Workspace, fingerprint: str, orders: Collection[str] = (), why: str = ""
) -> tuple[str, ...]:
    """A person says that the marketplace did not take an upload file, or these `orders` of it: they come back to the
    desk, to be told anew. Returns the shipment keys; Refused("upload_unknown") when nothing of it waits."""
    items = [
        item
        for item in outbox.in_state(ws.store, [SendState.FILED])
        if item.file_fingerprint == fingerprint
        and (not orders or item.confirmation.order_id.number in orders)
    ]
    if not items:
        raise Refused("upload_unknown", fingerprint=fingerprint[:12])
    results = [
        SendResult(item.confirmation.shipment_key, SendState.REFUSED, "upload_refused", why) for item in items
    ]
    with ws.store.transaction():
        taken = [r for r in results if outbox.refuse_filed(ws.store, r, actor(ws), ws.now())]
        set_facts(ws, taken, how="file")
    return tuple(result.shipment_key for result in taken)


def save_again(ws: Workspace, fingerprint: str, folder: Path) -> Path:
    """Put our copy of an upload file into a folder once more, byte for byte; a file of that name is not overwritten.

    Refused("upload_unknown") without a copy, WorldFault("file_locked", "file_write").
    """
    kept = _copies(ws, (fingerprint,)).get(fingerprint)
    if kept is None:
        raise Refused("upload_unknown", fingerprint=fingerprint[:12])
    number, target = 1, folder / kept.name
    while target.exists():
        number += 1
        target = folder / f"{kept.stem}-{number}{kept.suffix}"
    write_whole(target, kept.read_bytes())
    return target
