"""A folder with orders that may travel together, for the tests of planning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.reading import read_waybill as read
from jpship_gui.store import shipments, shops
from tests.builders import NOW, a_line, an_order, stored

WAYBILLS = ("099723653466", "103225504992", "107849485225")
W1, W2, W3 = WAYBILLS


@contextmanager
def a_folder(home: Path, **settings: str) -> Iterator[Workspace]:
    """Two Rakuten shops whose parcels are proven when two people read them; goods are not scanned unless said so."""
    clock = [NOW]

    def now() -> datetime:
        clock[0] += timedelta(seconds=1)
        return clock[0]

    ws = replace(open_workspace(str(home), person="佐藤", desk="1"), clock=now)
    try:
        for shop in ("本店", "支店"):
            shops.add(ws.store, shop, "rakuten", {"pack.goods": "off", **settings}, NOW)
        yield ws
    finally:
        ws.close()


def orders(ws: Workspace, count: int = 3, **changes: Any) -> list[str]:
    """Keys of orders of one person, of as many different goods; the second of two pieces."""
    made = [
        an_order(
            n,
            lines=(a_line(sku=f"mug-{n}", name=f"マグカップ {n}", quantity=2 if n == 2 else 1),),
            **changes,
        )
        for n in range(1, count + 1)
    ]
    rows = stored(ws.store, *made)
    shipments.index(ws.store, [row for row, _ in rows])  # as it is written whenever something of them changes
    return [key for _, key in rows]


def scan(ws: Workspace, *raws: str, person: str = "", desk: str = "1") -> list[str]:
    """What a run of scans at a desk comes to, names answered truly."""
    with Desk(ws, desk, person) as opened:
        return [read(opened, raw).outcome.value for raw in raws]


def pack(ws: Workspace, key: str, numbers: Sequence[str], *goods: str) -> None:
    """Linked by one person and read again by another."""
    assert scan(ws, key, *goods, *numbers)[-1] == "OK_LINK"
    assert scan(ws, key, *numbers, person="鈴木")[-1] == "OK_DONE"


def printed(ws: Workspace, keys: Sequence[str], batch: int = 1) -> None:
    """As if their slips had been printed."""
    with ws.store.transaction():
        rows = [s.row_id for s in shipments.by_keys(ws.store, keys)]
        for place, row in enumerate(rows, start=1):
            shipments.update(ws.store, row, {"batch": batch, "batch_row": place})
        shipments.mark(ws.store, rows, "printed", ws.now(), ws.person, "slip")
        shipments.restage(ws.store, rows)


def tables(ws: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database says of shipments and parcels, but not what happened to them."""
    return {
        "shipments": ws.store.rows("SELECT * FROM shipments ORDER BY id"),
        "parcels": ws.store.rows("SELECT * FROM parcels ORDER BY id"),
        "ids": ws.store.rows("SELECT * FROM parcel_ids"),
        "search": [
            (row, *sorted(set(words.split())))
            for row, words in ws.store.rows("SELECT rowid, words FROM shipment_search ORDER BY rowid")
        ],
        "open": ws.store.rows("SELECT * FROM open_parcels"),
    }
