"""Which papers some shipments need: the counts of the print centre, and the keys a command asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper import batches
from jpship_gui.flows.paper.kind import Kind
from jpship_gui.flows.paper.kinds import kinds
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments, table

IN_PARCEL, AT_DESK, FOR_CARRIER = "parcel", "desk", "carrier"
GROUPS = (IN_PARCEL, AT_DESK, FOR_CARRIER)
_ON_PARCELS = frozenset({"label", "a4labels", "form"})


def group_of(kind: Kind) -> str:
    """Where a paper goes: onto the parcel, into it, or it stays at the desk."""
    if kind.preset in _ON_PARCELS:
        return FOR_CARRIER
    return IN_PARCEL if kind.to_buyer else AT_DESK


def wanted(ws: Workspace, found: Sequence[Shipment]) -> Mapping[str, tuple[str, ...]]:
    """By paper, the shipments that need it out of these, in this order; for papers that are not about a batch, what
    they are about now."""
    return MappingProxyType({kind.id: kind.wanted(ws, found) for kind in kinds().values()})


def needing(ws: Workspace, kind: Kind, keys: Sequence[str]) -> tuple[str, ...]:
    """Those of these shipments that need this paper."""
    return kind.wanted(ws, load(ws, keys))


def load(ws: Workspace, keys: Sequence[str]) -> tuple[Shipment, ...]:
    """These shipments in this order, each bundle once by the one that leads it; unknown keys are absent."""
    found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
    return tuple(shipments.leading(ws.store, found))


def chosen(ws: Workspace, keys: Sequence[str]) -> tuple[str, ...]:
    """The shipments a person named, each bundle once by the one that leads it; Refused("shipment_unknown")."""
    found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
    unknown = sorted(set(keys) - {shipment.key for shipment in found})
    if unknown:
        raise Refused("shipment_unknown", key=", ".join(unknown))
    return tuple(shipment.key for shipment in shipments.leading(ws.store, found))


def of_batch(ws: Workspace, number: int) -> tuple[str, ...]:
    """The shipments of a printed batch by running number; Refused("batch_unknown")."""
    return tuple(row.key for row in batches.batch(ws, number).rows)


def waiting(ws: Workspace) -> tuple[str, ...]:
    """All that wait for printing or packing, in the order of the work list."""
    ids: list[int] = []
    for stage in (Stage.PRINT, Stage.PACK):
        ids += table.ids(ws.store, table.Query(view=f"stage:{stage.value}"), ws.now())
    found: Sequence[Shipment] = shipments.by_ids(ws.store, ids)
    return tuple(shipment.key for shipment in shipments.leading(ws.store, found))
