"""The next parcel as the packing page would show it, decided and read without any of it happening."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pkgutil import iter_modules

from jpship_gui import marketplaces
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.packing.session import Answer, PackSession, expected
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.desk import Snapshot
from jpship_gui.flows.pack.desk_figures import Product, goods_of
from jpship_gui.flows.pack.inserts import parcel_inserts
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments

_UNKNOWN = "?"
# What the first scans import; the pages nobody has opened would bring some of it, but later.
MODULES = (
    *(
        f"{marketplaces.__name__}.{found.name}"
        for found in iter_modules(marketplaces.__path__)
        if found.ispkg
    ),
    "jpship_gui.flows.own_markets",
    "jpship_gui.flows.check.cool",
    "jpship_gui.documents.picklist_order",
    "jpship_gui.documents.picklist",
    "jpship_gui.flows.paper.goods_rows",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The page after one scan."""

    snapshot: Snapshot
    answer: Answer
    shipment: Shipment
    products: Mapping[str, Product]
    inserts: tuple[str, ...]


def rehearse(ws: Workspace) -> tuple[Scene, ...]:
    """A parcel that waits: its slip, its first piece, a code nobody knows. Nothing is written anywhere, and nothing is
    raised: without a parcel, or without the database, there are no scenes."""
    scenes = []
    with suppress(Fault):
        sql = "SELECT key FROM shipments WHERE stage = ? LIMIT 1"
        key = ws.store.value(sql, (Stage.PACK.value,))
        shipment = shipments.by_key(ws.store, str(key)) if key else None
        if shipment is None:
            return ()
        products = goods_of(ws, [line.sku for line in shipment.lines])
        inserts = parcel_inserts(ws, shipment)
        session = PackSession(Surroundings(ws), ws.desk, ws.person)
        for code in (shipment.key, *(line.sku for line in shipment.lines[:1]), _UNKNOWN):
            answer = session.scan(code)
            view = session.open_view()
            snapshot = Snapshot(session.state, view, expected(session.state, view), (answer,))
            scenes.append(Scene(snapshot, answer, shipment, products, inserts))
    return tuple(scenes)
