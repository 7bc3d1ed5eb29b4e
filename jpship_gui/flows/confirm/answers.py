"""Write a marketplace's answers: outbox, audit trail, facts and history in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, outbox, shipments
from jpship_gui.store.outbox import Actor

HISTORY = {
    SendState.ACCEPTED: "confirm_accepted",
    SendState.REFUSED: "confirm_refused",
    SendState.DOUBTFUL: "confirm_doubtful",
    SendState.SENDING: "confirm_sent",
}


def write_answers(
    ws: Workspace, results: Sequence[SendResult], by: Actor, *, keep_lease: bool = False
) -> list[SendResult]:
    """Write answers for rows `by` holds; those another desk has taken over are dropped. Returns those written."""
    now = ws.now()
    with ws.store.transaction():
        written = set(outbox.settle(ws.store, results, by, now, keep_lease))
        kept = [result for result in results if result.shipment_key in written]
        set_facts(ws, kept)
    return kept


def set_facts(ws: Workspace, results: Iterable[SendResult], how: str = "api") -> None:
    """Facts, parcel ids and history that follow from answers; inside a transaction."""
    results = list(results)
    now = ws.now()
    said = _said(ws, [result.shipment_key for result in results])
    rows = _rows(ws, said.values())
    for result in results:
        confirmation = said[result.shipment_key]
        told = _told_of(rows, confirmation)
        if result.state is SendState.ACCEPTED:
            shipments.mark(ws.store, [s.row_id for s in told], "accepted", now, ws.person, how)
        if result.state in (SendState.WAITING, SendState.REFUSED):
            shipments.unmark(ws.store, [s.row_id for s in told], "sent")
        else:
            _mark_sent_once(ws, told, how)
        keep_detail_ids(ws, confirmation, result.detail_ids)
        what = HISTORY.get(result.state)
        if what:
            values = {"code": result.code, "message": result.message}
            of = [rows[key].row_id for key in confirmation.shipments if key in rows]
            history.add(ws.store, of, what, now, ws.person, ws.desk, **values)
    shipments.restage(ws.store, [shipment.row_id for shipment in rows.values()])


def mark_sent(ws: Workspace, keys: Sequence[str]) -> None:
    """Shipments that are being told, before the answer, by keys of the outbox; in a transaction."""
    said = _said(ws, keys)
    rows = _rows(ws, said.values())
    for confirmation in said.values():
        _mark_sent_once(ws, _told_of(rows, confirmation), "api")
    if rows:
        shipments.restage(ws.store, [shipment.row_id for shipment in rows.values()])


def keep_detail_ids(ws: Workspace, confirmation: Confirmation, ids: Iterable[tuple[str, str]]) -> None:
    """Note the marketplace's ids of parcels, for corrections and for upload files; in a transaction."""
    for parcel_key, detail_id in ids:
        if detail_id:
            shipments.keep_detail_id(ws.store, confirmation.shipments, parcel_key, detail_id)


def _said(ws: Workspace, keys: Sequence[str]) -> dict[str, Confirmation]:
    return {i.confirmation.shipment_key: i.confirmation for i in outbox.by_keys(ws.store, list(keys))}


def _rows(ws: Workspace, said: Iterable[Confirmation]) -> dict[str, Shipment]:
    keys = list(dict.fromkeys(key for confirmation in said for key in confirmation.shipments))
    return {shipment.key: shipment for shipment in shipments.by_keys(ws.store, keys)}


def _told_of(rows: Mapping[str, Shipment], confirmation: Confirmation) -> list[Shipment]:
    """Of the shipments it tells of, those whose last box it tells: of others more is still to be told."""
    before = {parcel.parcel_key for parcel in confirmation.earlier}
    now = {parcel.parcel_key for parcel in (*confirmation.parcels, *confirmation.kept)}
    found = []
    for key in confirmation.shipments:
        shipment = rows.get(key)
        if shipment is None:
            continue
        boxes = {box.key for box in shipment.boxes}
        if (confirmation.whole or boxes <= before | now) and not boxes <= before:
            found.append(shipment)
    return found


def _mark_sent_once(ws: Workspace, told: Iterable[Shipment], how: str) -> None:
    row_ids = [s.row_id for s in told if s.facts.sent is None]
    shipments.mark(ws.store, row_ids, "sent", ws.now(), ws.person, how)
