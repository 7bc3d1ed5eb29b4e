"""Write the marketplaces' upload files for what is green, once (CF-01, CF-12, CF-14)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jpship_gui.domain.confirmation import SendResult, SendState
from jpship_gui.flows.confirm.answers import set_facts
from jpship_gui.flows.confirm.cases import cases_of, confirmation_of, open_cases
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.confirm.reasons import Case, Reason, reasons_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import table_bytes, write_whole
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Marketplace
from jpship_gui.store import outbox, shipments


@dataclass(frozen=True, slots=True)
class UploadFile:
    """A file to be uploaded by a person, one shop's; `kept` is our own copy, exactly as written."""

    path: Path
    kept: Path
    shop: str
    marketplace: str
    rows: int
    keys: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What was written, and what was left out and why."""

    files: tuple[UploadFile, ...]
    red: tuple[tuple[str, tuple[Reason, ...]], ...]


def write_files(
    ws: Workspace, out_dir: Path, keys: Sequence[str] | None = None, *, again: bool = False
) -> WrittenFiles:
    """Files for all green shipments, or the green ones of `keys`. What is in a file already is not written again
    unless `again`, and then only with the marketplace's own parcel id: a second upload without it registers every
    parcel twice.

    Without anything green there is no file; WorldFault("file_locked", "file_write").
    """
    files: list[UploadFile] = []
    with ExitStack() as take_back:
        with ws.store.transaction():  # looked at and noted in one: another desk may be sending the same
            green, red = _sorted_out(ws, keys, again)
            green = _claimed(ws, green, red)
            for (marketplace_id, shop), cases in _by_shop(green).items():
                marketplace = marketplaces()[marketplace_id]
                size = int(marketplace.limits.get("upload_rows", "5000"))
                for part, chunk in enumerate(_chunks(cases, size), start=1):
                    files.append(_write(ws, out_dir, marketplace, shop, chunk, part, take_back))
        take_back.pop_all()
    return WrittenFiles(tuple(files), tuple(red))


def _claimed(ws: Workspace, green: Sequence[Case], red: list[tuple[str, tuple[Reason, ...]]]) -> list[Case]:
    """Note the green ones in the outbox; those another desk has begun to send since they were looked at turn red."""
    entries = [(confirmation_of(case), case.shipment.ship_by) for case in green]
    outbox.put(ws.store, entries, actor(ws), ws.now())
    free = outbox.claim_for_file(ws.store, [case.shipment.key for case in green], ws.now())
    red += [
        (case.shipment.key, (Reason("on_its_way", {}),)) for case in green if case.shipment.key not in free
    ]
    return [case for case in green if case.shipment.key in free]


def _sorted_out(
    ws: Workspace, keys: Sequence[str] | None, again: bool
) -> tuple[list[Case], list[tuple[str, tuple[Reason, ...]]]]:
    cases = open_cases(ws) if keys is None else cases_of(ws, shipments.by_keys(ws.store, keys))
    if again and keys is None:
        filed = [i.confirmation.shipment_key for i in outbox.in_state(ws.store, [SendState.FILED])]
        cases += cases_of(ws, shipments.by_keys(ws.store, filed))
    green: list[Case] = []
    red: list[tuple[str, tuple[Reason, ...]]] = []
    for case in cases:
        reasons = _file_reasons(case, again) or reasons_of(case)
        if reasons:
            red.append((case.shipment.key, reasons))
        else:
            green.append(case)
    return green, red


def _file_reasons(case: Case, again: bool) -> tuple[Reason, ...]:
    if case.marketplace.confirm_layout is None or case.marketplace.confirm_rows is None:
        return (Reason("no_upload_file", {"marketplace": case.marketplace.name}),)
    days = int(case.marketplace.limits.get("upload_days", "0"))
    if days and case.ordered_on and case.today - case.ordered_on > timedelta(days=days):
        return (Reason("too_old_for_file", {"days": str(days), "ordered": case.ordered_on.isoformat()}),)
    state = case.item.state if case.item else None
    if state in (SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED):
        return (Reason("on_its_way", {}),)
    if state is not SendState.FILED:
        return ()
    if not again:
        return (Reason("in_a_file", {}),)
    if not all(parcel.detail_id for parcel in case.shipment.parcels):
        return (Reason("would_double", {}),)
    return ()


def _by_shop(cases: Sequence[Case]) -> dict[tuple[str, str], list[Case]]:
    grouped: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        order = case.shipment.order_id
        grouped.setdefault((order.marketplace, order.shop), []).append(case)
    return grouped


def _chunks(cases: Sequence[Case], size: int) -> list[list[Case]]:
    """Parts of at most `size` rows (one a parcel); a shipment is never divided."""
    parts: list[list[Case]] = [[]]
    rows = 0
    for case in cases:
        parcels = len(case.shipment.parcels)
        if rows + parcels > size and parts[-1]:
            parts.append([])
            rows = 0
        parts[-1].append(case)
        rows += parcels
    return parts


def _write(
    ws: Workspace,
    out_dir: Path,
    marketplace: Marketplace,
    shop: str,
    cases: Sequence[Case],
    part: int,
    take_back: ExitStack,
) -> UploadFile:
    """One file and the note of it: both or neither, as `take_back` removes the file when the transaction fails."""
    assert marketplace.confirm_layout is not None
    assert marketplace.confirm_rows is not None
    confirmations = [confirmation_of(case) for case in cases]
    rows = list(marketplace.confirm_rows(confirmations))
    data = table_bytes(marketplace.confirm_layout, rows)
    fingerprint = hashlib.sha256(data).hexdigest()
    name = _file_name(ws, marketplace, shop, part)
    path, kept = _free(out_dir / name), _free(ws.places.uploads / name)
    keys = tuple(c.shipment_key for c in confirmations)
    outbox.file(ws.store, confirmations, fingerprint, path.name, actor(ws), ws.now())
    set_facts(ws, [SendResult(key, SendState.FILED) for key in keys], how="file")
    for target in (kept, path):
        write_whole(target, data)
        take_back.callback(target.unlink, missing_ok=True)
    return UploadFile(path, kept, shop, marketplace.id, len(rows), keys, fingerprint)


def _file_name(ws: Workspace, marketplace: Marketplace, shop: str, part: int) -> str:
    stamp = ws.today().strftime("%Y%m%d")
    plain = "".join(c if c.isalnum() else "_" for c in shop)
    return f"{marketplace.id}_{plain}_{stamp}_{part}.csv"


def _free(path: Path) -> Path:
    """The path, or the next with a number where a file of that name exists: nothing is overwritten."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
