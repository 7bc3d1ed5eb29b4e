"""Write a marketplace's answers: outbox, audit trail, facts and history in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jpship_gui.domain.confirmation import SendResult, SendState
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
    rows = {s.key: s.row_id for s in shipments.by_keys(ws.store, [r.shipment_key for r in results])}
    for result in results:
        row_id = rows[result.shipment_key]
        if result.state is SendState.ACCEPTED:
            shipments.mark(ws.store, [row_id], "accepted", now, ws.person, how)
        if result.state in (SendState.WAITING, SendState.REFUSED):
            shipments.unmark(ws.store, [row_id], "sent")
        else:
            _mark_sent_once(ws, row_id, how)
        for parcel_key, detail_id in result.detail_ids:
            shipments.set_parcel(ws.store, parcel_key, {"detail_id": detail_id})
        what = HISTORY.get(result.state)
        if what:
            values = {"code": result.code, "message": result.message}
            history.add(ws.store, [row_id], what, now, ws.person, ws.desk, **values)
    shipments.restage(ws.store, rows.values())


def mark_sent(ws: Workspace, keys: Sequence[str]) -> None:
    """Shipments that are being told, before the answer; in a transaction."""
    row_ids = [s.row_id for s in shipments.by_keys(ws.store, keys)]
    for row_id in row_ids:
        _mark_sent_once(ws, row_id, "api")
    if row_ids:
        shipments.restage(ws.store, row_ids)


def _mark_sent_once(ws: Workspace, row_id: int, how: str) -> None:
    sent = ws.store.value("SELECT sent_at FROM shipments WHERE id = ?", (row_id,))
    if sent is None:
        shipments.mark(ws.store, [row_id], "sent", ws.now(), ws.person, how)
