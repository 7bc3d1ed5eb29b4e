"""The database as a hand-over sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.handover.world import Piece, Session, Standing, Waiting
from jpship_gui.domain.packing.kinds import NumberReading, read_number, shipment_key_of
from jpship_gui.domain.packing.world import NameChoice, Proof
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import handovers, packing
from jpship_gui.store.packing import Box, NumberUse, Packed

ALSO = "handover"  # value of `pack.proof.also`


class HandoverWorld:
    """Implements `domain.handover.world.World` on the store."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._desk = Surroundings(ws)

    def piece(self, text: str) -> Piece | None:
        """By tracking number, the linked parcel first, or by a parcel's key."""
        if shipment_key_of(text):
            packed = packing.load(self.ws.store, text)
            return self._piece(packed, text, None) if packed else None
        old = self.ws.now() - timedelta(days=int(self.ws.options.get("pack.recycle_days")))
        uses = [u for u in packing.uses_of(self.ws.store, text) if u.linked_at is None or u.linked_at >= old]
        if not uses:
            return None
        use = uses[0]
        packed = packing.load(self.ws.store, use.shipment)
        others = [u.order for u in uses[1:] if u.shipment != use.shipment and not u.void]
        return self._piece(packed, use.parcel, use, others[0] if others else "") if packed else None

    def _piece(self, packed: Packed, parcel: str, use: NumberUse | None, other: str = "") -> Piece | None:
        shipment = packed.shipment
        box = next((b for b in packed.boxes if b.key == parcel), None)
        if box is None and use is None:
            return None
        own = self.ws.shop_options(shipment.order_id.shop)
        void = use is not None and use.void
        linked = box is not None and bool(box.tracking_no) and (use is None or use.linked)
        carrier = (box.carrier if box else "") or shipment.carrier or str(own.get("carrier.default"))
        standing, why = _standing(packed, box, other)
        proof = Proof(own.get("pack.proof"))
        at = box.linked_at if box else None
        told = shipment.facts.sent is not None or shipment.facts.accepted is not None
        return Piece(
            shipment=shipment.key,
            parcel=parcel,
            order=shipment.order_id.number,
            number=box.tracking_no if box is not None and linked else "",
            carrier=carrier,
            standing=standing,
            why=why,
            linked=linked,
            linked_on=to_jst(at).date() if at else None,
            proven=box is not None and (box.verified or shipment.facts.verified is not None),
            handed=box is not None and box.handed_over,
            untracked=box is not None and is_untracked(box.tracking_no),
            void=void,
            proof=proof,
            name_always=own.get("pack.proof.also") == ALSO,
            every=int(own.get("handover.sample")),
            bound=told and needs_handover(own),
        )

    def number(self, raw: str) -> NumberReading:
        """The text read as any carrier's tracking number."""
        return read_number(raw, self.ws.number_forms(), "")

    def name_choice(self, shipment: str, among: Sequence[str] = ()) -> NameChoice:
        """The recipient among up to three others on the way."""
        return self._desk.name_choice(shipment, among)

    def session(self, session: str) -> Session | None:
        """By its id."""
        return handovers.session(self.ws.store, session)

    def running(self, carrier: str) -> Session | None:
        """The one that runs for this carrier."""
        return next((s for s in handovers.running(self.ws.store) if s.carrier == carrier), None)

    def waiting(self, carrier: str) -> Sequence[Waiting]:
        """Of the last days (`handover.days`)."""
        return waiting_for(self.ws, carrier)

    def today(self) -> date:
        """In Japan."""
        return self.ws.today()


def needs_handover(own: ShopOptions) -> bool:
    """Whether this shop's marketplace is told only because of the hand-over."""
    after, also = own.get("confirm.after"), own.get("pack.proof.also")
    return bool(after == "handed_over" or also == ALSO or own.get("pack.proof") == Proof.HANDOVER)


def waiting_for(ws: Workspace, carrier: str | None) -> list[Waiting]:
    """What is linked for a carrier, or for all, and was not taken; of the last days (`handover.days`)."""
    return without_names(ws, handovers.waiting(ws.store, since(ws), carrier, proves_by_handover(ws)))


def without_names(ws: Workspace, found: Sequence[Waiting]) -> list[Waiting]:
    """Without the recipient where it will be asked for: who is to read it on the waybill must not find it here."""
    asking = {shop for shop in {one.shop for one in found} if asks_names(ws.shop_options(shop))}
    return [replace(one, recipient="") if one.shop in asking else one for one in found]


def since(ws: Workspace) -> datetime:
    """What was linked before is not looked for any more (`handover.days`)."""
    return ws.now() - timedelta(days=int(ws.options.get("handover.days")))


def proves_by_handover(ws: Workspace) -> Callable[[str], bool]:
    """Whether a shop proves its parcels by the hand-over; asked once a shop."""
    known: dict[str, bool] = {}

    def asked(shop: str) -> bool:
        if shop not in known:
            known[shop] = ws.shop_options(shop).get("pack.proof") == Proof.HANDOVER
        return known[shop]

    return asked


def asks_names(own: ShopOptions) -> bool:
    """Whether a hand-over of this shop's parcels may ask whose name stands on them."""
    every = int(own.get("handover.sample"))
    return bool(every or own.get("pack.proof") == Proof.HANDOVER or own.get("pack.proof.also") == ALSO)


def _standing(packed: Packed, box: Box | None, other: str) -> tuple[Standing, str]:
    """The first that holds, and why in a person's words where there are some."""
    shipment = packed.shipment
    told = any(s.facts.sent is not None or s.facts.accepted is not None for s in shipment.bundle)
    stopped = shipment.stopped_by
    disputed = other or (box.file_no if box and box.file_no not in ("", box.tracking_no) else "")
    table: tuple[tuple[object, Standing, str], ...] = (
        (packed.cancelled or _stops(stopped, "cancelled"), Standing.CANCELLED, _order_of(stopped)),
        (packed.not_ours, Standing.ELSEWHERE, ""),
        (shipment.hold_reason, Standing.HOLD, shipment.hold_reason),
        (stopped is not None and not told, Standing.HOLD, _order_of(stopped)),
        (shipment.changed and not told, Standing.CHANGED, ""),
        (packed.holder, Standing.OPEN, packed.holder),
        (any(not b.tracking_no for b in packed.boxes), Standing.BOXES, ""),
        (disputed, Standing.DISPUTED, disputed),
    )
    return next(((one, why) for holds, one, why in table if holds), (Standing.READY, ""))


def _stops(stopped: Shipment | None, why: str) -> bool:
    return stopped is not None and stopped.stops == why


def _order_of(stopped: Shipment | None) -> str:
    return stopped.order_id.number if stopped else ""
