"""Write the marketplaces' upload files for what is green, once (CF-01, CF-12, CF-14)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.flows import people
from jpship_gui.flows.confirm.answers import set_facts
from jpship_gui.flows.confirm.cases import cases_of, confirmation_of, open_cases
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.confirm.reasons import Case, Reason, reasons_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import table_bytes, write_whole
from jpship_gui.marketplaces.base import FilledFile, KeptFile, Marketplace, Takes, Upload
from jpship_gui.store import bundles, kept_files, outbox, shipments


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

    Without anything green there is no file; WorldFault("file_locked", "file_write"), Refused("not_allowed").
    """
    people.must(ws, people.Right.CONFIRM)
    files: list[UploadFile] = []
    with ExitStack() as take_back:
        with ws.store.transaction():  # looked at and noted in one: another desk may be sending the same
            green, red = _sorted_out(ws, keys, again)
            green = _claimed(ws, green, red)
            for (marketplace_id, shop), cases in _by_shop(green).items():
                marketplace = ws.markets()[marketplace_id]
                for part, made in enumerate(_contents(ws, marketplace, shop, cases), start=1):
                    files.append(_write(ws, out_dir, marketplace, shop, made, part, take_back))
        take_back.pop_all()
    return WrittenFiles(tuple(files), tuple(red))


def _claimed(ws: Workspace, green: Sequence[Case], red: list[tuple[str, tuple[Reason, ...]]]) -> list[Case]:
    """Note the green ones in the outbox; those another desk has begun to send since they were looked at turn red."""
    entries = [(confirmation_of(case), case.shipment.ship_by) for case in green]
    outbox.put(ws.store, entries, actor(ws), ws.now())
    free = outbox.claim_for_file(ws.store, [case.unit.key for case in green], ws.now())
    red += [(case.shipment.key, (Reason("on_its_way", {}),)) for case in green if case.unit.key not in free]
    return [case for case in green if case.unit.key in free]


def _sorted_out(
    ws: Workspace, keys: Sequence[str] | None, again: bool
) -> tuple[list[Case], list[tuple[str, tuple[Reason, ...]]]]:
    cases = open_cases(ws) if keys is None else cases_of(ws, shipments.by_keys(ws.store, keys))
    if again and keys is None:
        filed = [s for i in outbox.in_state(ws.store, [SendState.FILED]) for s in i.confirmation.shipments]
        here = {case.unit.key for case in cases}
        cases += [c for c in cases_of(ws, shipments.by_keys(ws.store, filed)) if c.unit.key not in here]
    parts = [part for case in cases for part in case.parts]
    if bundles.lock(ws.store, [one.row_id for part in parts for one in part.bundle]):
        here = {case.unit.key for case in cases}
        read_anew = cases_of(ws, shipments.by_keys(ws.store, [part.key for part in parts]))
        cases = [case for case in read_anew if case.unit.key in here]
    green: list[Case] = []
    red: list[tuple[str, tuple[Reason, ...]]] = []
    for case in cases:
        reasons = _file_reasons(case, again) or reasons_of(case)
        if reasons:
            red.append((case.shipment.key, reasons))
        else:
            green.append(case)
    return _fillable(ws, green, red), red


def _fillable(ws: Workspace, green: Sequence[Case], red: list[tuple[str, tuple[Reason, ...]]]) -> list[Case]:
    """Of marketplaces that take their own download back: only what some kept download holds whole."""
    kept = []
    for (marketplace_id, shop), cases in _by_shop(green).items():
        marketplace = ws.markets()[marketplace_id]
        told = {case.unit.key for case in cases}
        if marketplace.fill is not None:
            told = {key for made in _filled(ws, marketplace, shop, cases) for key in made.told}
        kept += [case for case in cases if case.unit.key in told]
        red += [
            (case.shipment.key, (Reason("no_kept_file", {"marketplace": marketplace.name}, "import"),))
            for case in cases
            if case.unit.key not in told
        ]
    return kept


def _file_reasons(case: Case, again: bool) -> tuple[Reason, ...]:
    market = case.marketplace
    writes = market.confirm_layout is not None and (market.confirm_rows or market.upload)
    if not writes and market.fill is None:
        return (Reason("no_upload_file", {"marketplace": case.marketplace.name}),)
    days = case.marketplace.takes_on(case.ship_date).upload_days
    if days and case.ordered_on and case.today - case.ordered_on > timedelta(days=days):
        return (Reason("too_old_for_file", {"days": str(days), "ordered": case.ordered_on.isoformat()}),)
    state = case.item.state if case.item else None
    if case.unit.left_out:
        return ()
    if state in (SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED):
        return (Reason("on_its_way", {}),)
    if state is not SendState.FILED:
        return ()
    if not again:
        return (Reason("in_a_file", {}),)
    if not market.upload_edits and not all(box.parcel.detail_id for box in case.unit.boxes):
        return (Reason("would_double", {}),)
    return ()


def _by_shop(cases: Sequence[Case]) -> dict[tuple[str, str], list[Case]]:
    grouped: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        order = case.shipment.order_id
        grouped.setdefault((order.marketplace, order.shop), []).append(case)
    return grouped


def _chunks(confirmations: Sequence[Confirmation], takes: Takes) -> list[list[Confirmation]]:
    """Parts of at most as many rows as are taken, one a parcel or one a parcel and line; a shipment is never
    divided."""
    parts: list[list[Confirmation]] = [[]]
    rows = 0
    for confirmation in confirmations:
        lines = max(len(confirmation.lines), 1) if takes.each == "line" else 1
        more = len(confirmation.parcels) * lines
        if rows + more > takes.upload_rows and parts[-1]:
            parts.append([])
            rows = 0
        parts[-1].append(confirmation)
        rows += more
    return parts


@dataclass(frozen=True, slots=True)
class _Content:
    """What one file is to hold; `name` is the download's it was made of, "" for one of our own."""

    data: bytes
    rows: int
    confirmations: tuple[Confirmation, ...]
    name: str = ""


def _contents(
    ws: Workspace, marketplace: Marketplace, shop: str, cases: Sequence[Case]
) -> Iterator[_Content]:
    """The files of one shop: downloads filled in, or new ones no longer than the marketplace takes."""
    if marketplace.fill is not None:
        by_key = {case.unit.key: case for case in cases}
        for name, made in _filled_files(ws, marketplace, shop, cases):
            told = tuple(confirmation_of(by_key[key]) for key in by_key if key in made.told)
            yield _Content(made.data, made.rows, told, name)
        return
    for chunk in _chunks([confirmation_of(case) for case in cases], marketplace.takes_on(ws.today())):
        upload = _upload(ws, marketplace, shop, chunk)
        data = table_bytes(upload.layout, upload.rows, upload.encoding)
        yield _Content(data, len(upload.rows), tuple(chunk))


def _upload(
    ws: Workspace, marketplace: Marketplace, shop: str, confirmations: Sequence[Confirmation]
) -> Upload:
    if marketplace.upload is not None:
        return marketplace.upload(ws.account(shop), confirmations)
    layout, rows_of = marketplace.confirm_layout, marketplace.confirm_rows
    assert layout is not None
    assert rows_of is not None
    return Upload(layout, tuple(rows_of(confirmations)))


def _filled(ws: Workspace, marketplace: Marketplace, shop: str, cases: Sequence[Case]) -> list[FilledFile]:
    return [made for _, made in _filled_files(ws, marketplace, shop, cases)]


def _filled_files(
    ws: Workspace, marketplace: Marketplace, shop: str, cases: Sequence[Case]
) -> Iterator[tuple[str, FilledFile]]:
    """Kept downloads with the numbers in them, newest first; each shipment is in one of them only."""
    assert marketplace.fill is not None
    left = {case.unit.key: confirmation_of(case) for case in cases}
    for row in kept_files.holding(ws.store, shop, [c.order_id.number for c in left.values()]):
        kept = KeptFile(row.row_id, row.name, row.layout, row.data, row.at)
        made = marketplace.fill(kept, list(left.values()))
        if made.told:
            yield row.name, made
        left = {key: value for key, value in left.items() if key not in made.told}
        if not left:
            return


def _write(
    ws: Workspace,
    out_dir: Path,
    marketplace: Marketplace,
    shop: str,
    content: _Content,
    part: int,
    take_back: ExitStack,
) -> UploadFile:
    """One file and the note of it: both or neither, as `take_back` removes the file when the transaction fails."""
    data, confirmations = content.data, content.confirmations
    fingerprint = hashlib.sha256(data).hexdigest()
    name = _file_name(ws, marketplace, shop, part, content.name)
    path, kept = _free(out_dir / name), _free(ws.places.uploads / name)
    keys = tuple(c.shipment_key for c in confirmations)
    outbox.file(ws.store, confirmations, fingerprint, path.name, actor(ws), ws.now())
    set_facts(ws, [SendResult(key, SendState.FILED) for key in keys], how="file")
    for target in (kept, path):
        write_whole(target, data)
        take_back.callback(target.unlink, missing_ok=True)
    return UploadFile(path, kept, shop, marketplace.id, content.rows, keys, fingerprint)


def _file_name(ws: Workspace, marketplace: Marketplace, shop: str, part: int, download: str) -> str:
    """Tells shop and day; ends as the download did, or as the marketplace's layout says (Amazon takes .txt), with the
    word a tool wants in it."""
    stamp = ws.today().strftime("%Y%m%d")
    plain = "".join(c if c.isalnum() else "_" for c in shop)
    layout = marketplace.confirm_layout
    ending = Path(download).suffix or (layout.extra.get("ending", "") if layout else "") or ".csv"
    word = f"_{layout.extra['name']}" if layout and layout.extra.get("name") else ""
    return f"{marketplace.id}{word}_{plain}_{stamp}_{part}{ending}"


def _free(path: Path) -> Path:
    """The path, or the next with a number where a file of that name exists: nothing is overwritten."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
