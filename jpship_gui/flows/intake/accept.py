"""Takes a preview over into the store: one transaction, all or nothing (IN-10)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import ELSEWHERE, Contact, Order, OrderId, OrderState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.confirm.notice import notice_arrivals, notice_left
from jpship_gui.flows.confirm.queue import actor
from jpship_gui.flows.intake.bought_labels import note_numbers
from jpship_gui.flows.intake.compare import FieldChange, id_learned
from jpship_gui.flows.intake.preview import (
    CHANGED,
    NEW,
    UNCHANGED,
    FilePreview,
    OrderOutcome,
    Preview,
    is_committed,
    outcomes_of,
    preview,
)
from jpship_gui.flows.intake.ready import COOL, made_ready, to_ship_to
from jpship_gui.flows.pack.record import prove_by_file
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import Reading
from jpship_gui.store import (
    checks,
    history,
    imports,
    kept_files,
    orders,
    outbox,
    shipments,
    shops,
    versions,
    voids,
)
from jpship_gui.store.codec import dumps
from jpship_gui.store.orders import ImportRecord, Written
from jpship_gui.store.shipments import RECIPIENT, ReadyShipment, goods_columns, wish_columns
from jpship_gui.texts import text

_STOPPED = frozenset({OrderState.CANCELLED, OrderState.CANCELLING})
API = "api"  # source of readings that come again by themselves and are never taken back
KEPT = timedelta(days=14)  # so long an import may be taken back


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written. `counts` has new, changed, unchanged, rejected orders; `held` the keys that went on hold;
    `act` is what `take_back` takes, `arrived` the shipments whose reports these files proved to have arrived."""

    counts: Mapping[str, int]
    keys: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    files: tuple[FilePreview, ...] = ()
    act: int = 0
    arrived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """What a transaction wrote."""

    act: int
    keys: tuple[str, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where readings come from, for the record of the import."""

    kind: str  # file, api or hand
    name: str
    layout: str = ""
    encoding: str = ""
    fingerprint: str = ""
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A new order made ready before the transaction: all JSON, search text and problems, but no running numbers."""

    order: Order
    written: Written
    source: tuple[tuple[int, str], ...]
    shipments: tuple[ReadyShipment, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """One file or fetch made ready to be written."""

    record: ImportRecord
    fresh: tuple[_Fresh, ...]
    known: tuple[tuple[OrderOutcome, Written], ...]
    rows_of: Callable[[Order], list[tuple[int, str]]]
    learned: tuple[str, str] | None = None
    kept: _Kept | None = None

    def orders(self) -> Iterator[Order]:
        """All orders in it as they will be kept."""
        yield from (fresh.order for fresh in self.fresh)
        yield from (outcome.order for outcome, _ in self.known)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A download to be filled in later, with the orders in it."""

    shop: str
    data: bytes
    numbers: tuple[str, ...]


def accept(
    ws: Workspace, shown: Preview, accept_repairs: bool = True, progress: Progress = UNWATCHED
) -> Accepted:
    """Store what the preview showed. With `accept_repairs` off, files are read again with every damaged cell left as
    found.

    Refused with the first file's fault when no file can be taken.
    """
    if not accept_repairs:
        codes = frozenset(d.code for one in shown.files for d in one.damages if d.repaired is not None)
        shown = preview(ws, [one.path for one in shown.files], shown.shop, shown.refused_repairs | codes)
    usable = [one for one in shown.files if one.fault is None and one.read is not None]
    # As they were read: what knows orders before what adds to them.
    usable.sort(key=lambda one: (bool(one.read and one.read.registered), one.turn))
    if not usable:
        raise shown.files[0].fault if shown.files and shown.files[0].fault else Refused("nothing_to_import")
    batches = [_batch_of_file(ws, one) for one in usable]
    done = _write(ws, batches, progress)
    for one in usable:
        _notice_left(ws, one)
    return Accepted(shown.counts, done.keys, done.held, shown.files, done.act, notice_arrivals(ws))


def _notice_left(ws: Workspace, one: FilePreview) -> None:
    """What a file of all waiting orders says of those that are not in it."""
    read = one.read
    shops_in_it = {order.id.shop for order in read.orders} if read else set()
    if read is None or read.waiting_at is None or len(shops_in_it) != 1:
        return
    waiting = {order.id.number for order in read.orders} | {rejection.order for rejection in read.rejections}
    notice_left(ws, shops_in_it.pop(), read.waiting_at, waiting)


def _no_rows(order: Order) -> list[tuple[int, str]]:
    return []


def accept_orders(
    ws: Workspace,
    readings: Sequence[Order | Reading],
    source: Source,
    absent: frozenset[str] = frozenset(),
    *,
    rows_of: Callable[[Order], list[tuple[int, str]]] = _no_rows,
    earlier: Mapping[OrderId, Order] | None = None,
) -> Accepted:
    """Orders an API or a person told, compared and stored in one transaction; `absent` are fields it says nothing of,
    besides those a `Reading` names.

    `rows_of` gives the source rows to be kept with each, `earlier` what to compare with instead of the last reading.
    """
    outcomes = [
        outcome
        for untold, told in _by_untold(readings)
        for outcome in outcomes_of(ws, told, absent | untold, earlier)
    ]
    counts = {name: sum(o.outcome == name for o in outcomes) for name in (NEW, CHANGED, UNCHANGED)}
    done = _write(ws, [_batch(ws, outcomes, source, counts, rows_of)], UNWATCHED)
    return Accepted({**counts, "rejected": 0}, done.keys, done.held, act=done.act)


def _by_untold(readings: Sequence[Order | Reading]) -> Iterable[tuple[frozenset[str], list[Order]]]:
    grouped: dict[frozenset[str], list[Order]] = {}
    for one in readings:
        reading = one if isinstance(one, Reading) else Reading(one)
        grouped.setdefault(reading.untold, []).append(reading.order)
    return grouped.items()


def _write(ws: Workspace, batches: Sequence[_Batch], progress: Progress) -> _Written:
    """One transaction for all; a desk's scans wait no longer than these statements take."""
    keys: list[str] = []
    held: list[str] = []
    labelled: list[str] = []
    act = 0
    with ws.store.transaction():
        versions.drop_before(ws.store, ws.now() - 2 * KEPT)
        for number, batch in enumerate(batches):
            progress.step(number, len(batches), batch.record.name)
            import_id = orders.add_import(ws.store, batch.record, act)
            act = act or import_id
            made, stopped = _write_batch(ws, batch, import_id)
            keys += made
            held += stopped
            labelled += note_numbers(ws, batch.orders())
    if labelled:
        prove_by_file(ws, labelled)
    progress.step(len(batches), len(batches))
    return _Written(act, tuple(keys), tuple(held))


def _batch_of_file(ws: Workspace, one: FilePreview) -> _Batch:
    assert one.table is not None
    assert one.read is not None
    table = one.table
    counts = {name: one.count(name) for name in (NEW, CHANGED, UNCHANGED)} | {"rejected": one.rejected_orders}
    source = Source("file", one.name, one.layout, table.encoding, table.fingerprint, table.header)
    lines = one.read.source_lines

    def rows_of(order: Order) -> list[tuple[int, str]]:
        return [(table.rows[i].line, dumps(table.rows[i].cells)) for i in lines.get(order.id.number, ())]

    return replace(
        _batch(ws, one.outcomes, source, counts, rows_of), learned=one.learned, kept=_kept(ws, one)
    )


def _kept(ws: Workspace, one: FilePreview) -> _Kept | None:
    """The file as received, where its marketplace wants it back filled in; Refused("file_changed") when it is no longer
    the one that was shown."""
    assert one.table is not None
    assert one.read is not None
    if one.layout not in ws.markets()[one.marketplace].keeps:
        return None
    ids = [*(order.id for order in one.read.orders), *(order_id for order_id, _ in one.read.registered)]
    if not ids or not one.outcomes:
        return None
    try:
        data = one.path.read_bytes()
    except OSError as fault:
        raise WorldFault("file_unreadable", file=one.name, reason=str(fault.strerror)) from None
    if hashlib.sha256(data).hexdigest() != one.table.fingerprint:
        raise Refused("file_changed", file=one.name)
    return _Kept(ids[0].shop, data, tuple(order_id.number for order_id in ids))


def _batch(
    ws: Workspace,
    outcomes: Sequence[OrderOutcome],
    source: Source,
    counts: Mapping[str, int],
    rows_of: Callable[[Order], list[tuple[int, str]]],
) -> _Batch:
    record = ImportRecord(
        ws.now(),
        ws.person,
        source.kind,
        source.name,
        source.layout,
        source.encoding,
        source.fingerprint,
        source.header,
        dict(counts),
    )
    new = [(one.order, orders.written(one.order)) for one in outcomes if one.outcome == NEW]
    fresh = tuple(
        _Fresh(order, written, tuple(rows_of(order)), ready)
        for (order, written), ready in zip(new, made_ready(ws, new), strict=True)
    )
    known = tuple((one, orders.written(one.order)) for one in outcomes if one.outcome != NEW)
    return _Batch(record, fresh, known, rows_of)


def _write_batch(ws: Workspace, batch: _Batch, import_id: int) -> tuple[list[str], list[str]]:
    _write_beside(ws, batch, import_id)
    # The preview may be minutes old, or an earlier file of this import brought the same order.
    there = orders.find(
        ws.store, [*(f.order.id for f in batch.fresh), *(one.order.id for one, _ in batch.known)]
    )
    keys = _add(ws, [f for f in batch.fresh if f.order.id not in there], import_id)
    late = outcomes_of(ws, [f.order for f in batch.fresh if f.order.id in there])
    renewed = [
        (there[one.order.id].row_id, one, written)
        for one, written in (*batch.known, *((one, orders.written(one.order)) for one in late))
        if one.changes or one.cleared or there[one.order.id].fingerprint != written.fingerprint
    ]
    if batch.record.source != API:
        versions.keep(ws.store, import_id, [row for row, _, _ in renewed])
    return keys, _renew(ws, renewed, import_id, batch.rows_of)


def _write_beside(ws: Workspace, batch: _Batch, import_id: int) -> None:
    """What a reading brings besides orders: the shop's number, the download itself."""
    made: dict[str, Any] = {}
    if batch.learned:
        name, number = batch.learned
        shop = shops.get(ws.store, name)
        key = ws.markets()[shop.marketplace].shop_key
        made["learned"] = [name, key, shop.settings.get(key)]
        shops.set_settings(ws.store, name, {key: number})
    record, kept = batch.record, batch.kept
    if kept is not None:
        known = kept_files.known(ws.store, kept.shop, record.fingerprint)
        row_id = kept_files.keep(
            ws.store,
            kept.shop,
            record.layout,
            record.name,
            record.fingerprint,
            kept.data,
            kept.numbers,
            record.at,
        )
        made |= {"kept_again": list(known)} if known else {"kept": row_id}
    if made:
        imports.note_made(ws.store, import_id, made)


def _add(ws: Workspace, fresh: Sequence[_Fresh], import_id: int) -> list[str]:
    order_rows = orders.add(ws.store, [(f.order, f.written) for f in fresh], import_id, ws.now())
    pairs = list(zip(order_rows, fresh, strict=True))
    orders.add_ready_rows(
        ws.store, [(row, import_id, line, cells) for row, f in pairs for line, cells in f.source]
    )
    return _add_shipments(ws, [(row, ready) for row, f in pairs for ready in f.shipments])


def _add_shipments(ws: Workspace, ready: Sequence[tuple[int, ReadyShipment]]) -> list[str]:
    made = shipments.add_ready(ws.store, ready)
    history.add(ws.store, [row_id for row_id, _ in made], "imported", ws.now(), ws.person, ws.desk)
    ws.store.touch()
    return [key for _, key in made]


def _renew(
    ws: Workspace,
    renewed: Sequence[tuple[int, OrderOutcome, Written]],
    import_id: int,
    rows_of: Callable[[Order], list[tuple[int, str]]],
) -> list[str]:
    """Take over newer readings of known orders, given with their row; returns the keys that went on hold."""
    made = shipments.of_orders(ws.store, [row for row, _, _ in renewed])
    now = ws.now()
    held: list[str] = []
    for row, one, written in renewed:
        orders.replace_body(ws.store, row, one.order, written, import_id, now)
        made[row] = _named(ws, made.get(row, []), one.order)
        held += [s.key for s in made[row] if _update(ws, s, one.order, one.changes)]
        _add_packages(ws, row, one.order, written, made.get(row, ()))
    cells = [(row, import_id, line, text) for row, one, _ in renewed for line, text in rows_of(one.order)]
    orders.add_ready_rows(ws.store, cells)
    seen = [s.row_id for row, one, _ in renewed if one.changes for s in made.get(row, ())]
    shipments.index(ws.store, seen)
    check_shipments(ws, [s.row_id for row, _, _ in renewed for s in made.get(row, ())])
    return held


def _named(ws: Workspace, made: list[Shipment], order: Order) -> list[Shipment]:
    """The shipments with the package's id where the source tells it for the first time."""
    learned = id_learned([s.package_id for s in made], order)
    if not learned:
        return made
    shipments.update(ws.store, made[0].row_id, {"package_id": learned})
    return [replace(made[0], package_id=learned)]


def _add_packages(
    ws: Workspace, order_row: int, order: Order, written: Written, made: Sequence[Shipment]
) -> None:
    """Shipments for recipients the order did not have before."""
    added = frozenset(p.package_id for p in order.packages) - {s.package_id for s in made}
    if added:
        (ready,) = made_ready(ws, [(order, written)], added)
        _add_shipments(ws, [(order_row, shipment) for shipment in ready])


def _update(ws: Workspace, shipment: Shipment, order: Order, changes: Sequence[FieldChange]) -> bool:
    """Bring one shipment up to the source; whether it went on hold."""
    gone = all(p.package_id != shipment.package_id for p in order.packages)
    state = OrderState.CANCELLED if gone else order.state
    shipments.set_state(ws.store, shipment.row_id, state)
    if state in _STOPPED:  # what has not left yet is not told any more (IN-09)
        parts = outbox.parts_of(ws.store, [shipment.key]).get(shipment.key, ())
        waiting = [item.confirmation.shipment_key for item in parts]
        outbox.withdraw(ws.store, waiting, actor(ws), ws.now(), state.value)
    _note_waybills(ws, shipment, stopped=state in _STOPPED)
    mine = [c for c in changes if c.package_id in ("", shipment.package_id)]
    if not mine:
        return False
    seen = [c for c in mine if c.field != "state"]
    if seen or order.by_hand is None:
        what = "source_changed" if order.by_hand is None else "entry_changed"
        detail = {"fields": dumps({c.field: f"{c.old} → {c.new}" for c in mine})}
        history.add(ws.store, [shipment.row_id], what, ws.now(), ws.person, ws.desk, **detail)
    facts = shipment.facts
    if facts.accepted is not None or facts.handed_over is not None:
        return False
    told = facts.sent is not None
    shown = [(c.field, c.old, c.new) for c in seen if c.on_paper and not (told and c.left)]
    if told:  # should the marketplace not have got it, a person looks before it is told again
        if shown:
            shipments.update(ws.store, shipment.row_id, {"changed": dumps([*shipment.changed, *shown])})
        return False
    values = _columns(ws, shipment, order, seen)
    elsewhere = _who_ships(seen)
    committed = (bool(shown) or elsewhere is True) and is_committed(ws, shipment)
    if elsewhere is True and committed:
        shown.append(("flags", "", ELSEWHERE))  # paper or box says that we ship it: a person looks
    elif elsewhere is not None:
        values["not_ours"] = int(elsewhere)
    hold = bool(shown) and committed
    if hold:
        key = "intake.hold_changed" if order.by_hand is None else "intake.hold_entry_changed"
        values |= {
            "hold_reason": shipment.hold_reason or text(key),
            "changed": dumps([*shipment.changed, *shown]),
        }
        shipments.unprint(ws.store, shipment.row_id)
    if values:
        shipments.decide(ws.store, shipment.row_id, values, ws.now(), ws.person)
    if "not_ours" in values:
        shipments.restage(ws.store, [shipment.row_id])
    return hold


def _note_waybills(ws: Workspace, shipment: Shipment, *, stopped: bool) -> None:
    """The waybills of a cancelled shipment must not be used any more, unless they are those of a bundle whose other
    orders still go, or the driver has taken the box; they are good again where the order is (EX-10)."""
    if not stopped:
        voids.revive(ws.store, shipment.row_id, voids.CANCELLED, ws.now(), ws.person)
        return
    if shipment.is_member or shipment.together:
        return
    listed = voids.open_of(ws.store, shipment.row_id)
    for box in shipment.parcels:
        if box.handed_at is None and box.key not in listed:
            voids.add(
                *(ws.store, shipment.row_id, box.key, box.tracking_no, voids.CANCELLED),
                *(ws.now(), ws.person),
            )


def _who_ships(changes: Sequence[FieldChange]) -> bool | None:
    """True where the source now says that another ships it, False where it no longer says so, None where nothing of
    that changed."""
    for change in changes:
        if change.field == "flags":
            before, after = (ELSEWHERE in words.split() for words in (change.old, change.new))
            return after if before != after else None
    return None


def _columns(
    ws: Workspace, shipment: Shipment, order: Order, changes: Sequence[FieldChange]
) -> dict[str, Any]:
    """Columns of the shipment the changed fields of the source lead to; what a person repaired stays unless the source
    now says something else about that very field."""
    package = next((p for p in order.packages if p.package_id == shipment.package_id), None)
    if package is None:
        return {}
    names = {c.field for c in changes}
    values: dict[str, Any] = {}
    if any(name.startswith("recipient.") for name in names):
        values |= _contact(ws, shipment, to_ship_to(package.recipient), names)
    if names & {"quantity", "goods", "charged"}:
        lines = tuple(line for line in order.lines if line.package_id == package.package_id)
        columns = ("lines", "goods_name", "goods_variant", "goods_quantity", "more_lines", "pieces")
        values |= dict(zip(columns, goods_columns(lines), strict=True))
    if "wish" in names:
        values |= dict(zip(("wish_day", "wish_slot", "wish_text"), wish_columns(order.wish), strict=True))
    if "remark" in names:
        # what a person typed was read by that person
        values |= {"buyer_text": order.buyer_text, "remark_read": int(order.by_hand is not None)}
    values |= {
        "gift": int(order.gift or bool(package.noshi)),
        "wrapping": dumps(order.wrapping),
        "noshi": package.noshi or order.noshi,
        "cod": int(order.cash_on_delivery),
        "cool": next((flag for flag in order.flags if flag in COOL), ""),
    }
    return values


def _contact(ws: Workspace, shipment: Shipment, new: Contact, names: set[str]) -> dict[str, Any]:
    parts = {"recipient.address": ("prefecture", "city", "street")}
    fields = [
        f for name in names for f in parts.get(name, (name.removeprefix("recipient."),)) if f in RECIPIENT
    ]
    if "name" in fields:
        fields.append("kana")
    edited = json.loads(checks.columns(ws.store, shipment.row_id, ("edited",))["edited"] or "{}")
    kept = {name: value for name, value in edited.items() if name not in fields}
    return {**{name: getattr(new, name) for name in fields}, "edited": dumps(kept)}
