"""Take back what was entered last: a linked number, or a first entry that waits."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.world import Block
from jpship_gui.flows.pack.record import decide_and_record
from jpship_gui.flows.pack.second_entry import drop
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import waiting_entries

_TOLD = (Block.SENT, Block.SHIPPED)


def take_back_entry(ws: Workspace, parcel: str, number: str) -> tuple[str, ...]:
    """The number `parcel` was given goes off it again, with its proof, through the journal; keys of the shipments
    changed. Refused("entry_gone") where the parcel has another number or none meanwhile, "entry_told" once a
    marketplace was told, "entry_handed" once it left."""
    if parcel in waiting_entries.of_parcels(ws.store, [parcel]):
        return drop(ws, [parcel])

    def decide() -> Sequence[Effect]:
        view = Surroundings(ws).shipment(parcel)
        box = next((box for box in view.parcels if box.key == parcel), None) if view else None
        if view is None or box is None or box.tracking_no != number:
            raise Refused("entry_gone", key=parcel)
        if view.block in _TOLD or box.told:
            raise Refused("entry_told", order=view.order)
        if box.handed_over:
            raise Refused("entry_handed", order=view.order)
        proof = [Effect(Do.UNVERIFY, view.key, box.key, number=number)] if box.verified else []
        return [*proof, Effect(Do.UNLINK, view.key, box.key, number=number, carrier=box.carrier)]

    return decide_and_record(ws, "track_undo", decide)
