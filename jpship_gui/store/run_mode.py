"""Orders of one plain piece that wait to be packed, for run mode (PK-20)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jpship_gui.domain.stage import Stage
from jpship_gui.store.database import Store
from jpship_gui.store.table import cutoff

_MOST = 60  # looked at for one scan; whoever stands further behind waits for those before it
_PLAIN = (
    f"stage = '{Stage.PACK.value}' AND pieces = 1 AND gift = 0 AND wrapping = '[]' AND noshi = '' "
    "AND buyer_text = '' AND blocked = 0 AND bundle IS NULL"
)
_ELSEWHERE = (
    "EXISTS (SELECT 1 FROM open_parcels o WHERE o.shipment_id = shipments.id AND o.called = {called} "
    "AND o.desk <> ?)"
)


def waiting(
    store: Store,
    desk: str,
    sku: str,
    texts: Sequence[str],
    label_shops: Sequence[str],
    cutoffs: Sequence[tuple[str, str]],
) -> list[str]:
    """Keys of those that wait for these goods and whose waybills can prove whose they are.

    Ship-by first, then the work list's order; last those that another desk only called. Goods nobody lists (`sku`
    blank) are looked for by their code in the orders, and without `texts` all of them. `label_shops` print the key on
    the waybill.
    """
    named, params = _named(sku, texts) if sku or texts else ("1 = 1", ())
    proof, shops = _provable(label_shops)
    sql = (
        f"SELECT key FROM shipments WHERE {_PLAIN} AND {named} AND {proof} AND NOT {_ELSEWHERE.format(called=0)} "
        f"ORDER BY {_ELSEWHERE.format(called=1)}, ship_by IS NULL, ship_by, {cutoff(cutoffs)}, shelf = '', shelf, id "
        f"LIMIT {_MOST}"
    )
    return [key for (key,) in store.rows(sql, (*params, *shops, desk, desk))]


def size(store: Store, label_shops: Sequence[str], sku: str = "") -> tuple[int, int]:
    """How many wait with a waybill that proves whose it is, and how many without; of one stock key or of all."""
    proof, shops = _provable(label_shops)
    named, params = _named(sku, ()) if sku else ("1 = 1", ())
    row = store.row(
        f"SELECT COUNT(*), COALESCE(SUM(CASE WHEN {proof} THEN 1 ELSE 0 END), 0) FROM shipments "
        f"WHERE {_PLAIN} AND {named}",
        (*shops, *params),
    )
    every, ready = (int(row[0]), int(row[1])) if row else (0, 0)
    return ready, every - ready


def _named(sku: str, texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """SQL condition on whose goods these are, and its values."""
    if sku:
        return "id IN (SELECT shipment_id FROM shipment_goods WHERE sku = ?)", (sku.upper(),)
    like = " OR ".join("UPPER(lines) LIKE ? ESCAPE '!'" for _ in texts)
    return f"({like or '1 = 0'})", tuple(f"%{_escaped(text)}%" for text in texts)


def _provable(label_shops: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    shops = f" OR shop IN ({', '.join('?' * len(label_shops))})" if label_shops else ""
    return (
        "EXISTS (SELECT 1 FROM parcels p WHERE p.shipment_id = shipments.id AND p.no = 1 "
        f"AND p.tracking_no = '' AND (p.file_no <> ''{shops}))",
        tuple(label_shops),
    )


def _escaped(text: str) -> str:
    """The text as it stands between quotes in the JSON of order lines, for LIKE."""
    quoted = json.dumps(text.upper(), ensure_ascii=False)
    return "".join(f"!{sign}" if sign in "!%_" else sign for sign in quoted)
