"""One order in several parcels, by hand, and what lies in each (PL-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import box_number, parcel_key
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.shipment import Content, Parcel, Shipment
from jpship_gui.flows.pack.record import decide_and_record
from jpship_gui.flows.plan.changing import held, must_be_open, named, replan, taken_back
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, shipments

MOST = 99  # what carriers' tools take as one consignment


@dataclass(frozen=True, slots=True)
class Split:
    """The parcels as they are now, and what lies in each where that is known."""

    key: str
    parcels: tuple[Parcel, ...]
    contents: Mapping[str, tuple[Content, ...]]


def split(
    ws: Workspace,
    key: str,
    parcels: int = 0,
    *,
    lines: Sequence[Mapping[int, int]] = (),
    reason: str = "",
) -> Split:
    """Let a shipment travel in so many parcels, or in those of `lines`: for each parcel pieces by place of the line on
    the slip (from 1), which together must be the order's goods. Parcels are added at the end and taken out from there;
    each has its own key, which no other ever has.

    A slip that was printed does not count any more where the number changes, the waybill of a parcel taken out is void.
    `reason` is needed where something is packed already, which is taken back. Refused: split_member, split_count,
    split_line, split_pieces, split_empty, split_same_line, split_first_boxes, and those of `changing.taken_back`.
    """

    def decide() -> Sequence[Effect]:
        (shipment,) = held(ws, [key])
        if shipment.is_member:
            leader = next(s for s in shipment.together if s.key == shipment.leader)
            raise Refused("split_member", order=shipment.order_id.number, leader=leader.order_id.number)
        must_be_open(shipment)
        wanted = len(lines) or parcels
        if not 1 <= wanted <= MOST or (lines and parcels not in (0, len(lines))):
            raise Refused("split_count", count=parcels or wanted, most=MOST)
        contents = _contents(shipment, lines)
        boxes, changes = _boxes(ws, shipment, wanted)
        noted = [
            Effect(Do.CONTENTS, shipment.key, box, contents=shipments.contents_text(found) if found else "")
            for box, found in zip(boxes, contents or [()] * wanted, strict=True)
            if contents or (changes and any(parcel.contents for parcel in shipment.parcels))
        ]
        if not changes and not noted:
            return ()
        return (*taken_back(ws, shipment.key, reason), *changes, *noted)

    replan(ws, decide_and_record(ws, "split", decide, reason=reason.strip()))
    (shipment,) = named(ws, [key])
    return Split(shipment.key, shipment.parcels, shipment.contents())


def _boxes(ws: Workspace, shipment: Shipment, wanted: int) -> tuple[list[str], list[Effect]]:
    """Keys of the parcels there will be, and what is added or taken out for it."""
    have = [parcel.key for parcel in shipment.parcels]
    if wanted <= len(have):
        before = bundles.parcels_before(ws.store, shipment.row_id)
        out = have[wanted:]
        if any(box in before for box in out):
            raise Refused("split_first_boxes", order=shipment.order_id.number, count=len(before))
        return have[:wanted], [Effect(Do.DROP_BOX, shipment.key, box) for box in reversed(out)]
    last = max(shipments.last_parcel(ws.store, shipment.row_id), *(box_number(box) for box in have))
    new = [parcel_key(shipment.key, last + n) for n in range(1, wanted - len(have) + 1)]
    carrier = shipment.parcels[0].carrier if shipment.parcels else shipment.carrier
    return [*have, *new], [Effect(Do.ADD_BOX, shipment.key, box, carrier=carrier) for box in new]


def _contents(shipment: Shipment, lines: Sequence[Mapping[int, int]]) -> list[tuple[Content, ...]]:
    """What a person said lies in each parcel; it must add up to the goods."""
    if not lines:
        return []
    goods = shipment.goods
    if len({(one.key, line.line_id) for one, line in goods}) < len(goods):
        raise Refused("split_same_line", order=shipment.order_id.number)
    for number, box in enumerate(lines, start=1):
        wrong = [place for place, pieces in box.items() if not 1 <= place <= len(goods) or pieces < 1]
        if wrong:
            raise Refused("split_line", line=wrong[0], box=number, lines=len(goods))
        if not box:
            raise Refused("split_empty", box=number)
    for place, (_, line) in enumerate(goods, start=1):
        said = sum(box.get(place, 0) for box in lines)
        if said != line.quantity:
            values = {"line": place, "goods": line.name, "said": said, "quantity": line.quantity}
            raise Refused("split_pieces", **values)
    return [
        tuple(
            Content(goods[place - 1][0].key, goods[place - 1][1].line_id, pieces)
            for place, pieces in sorted(box.items())
        )
        for box in lines
    ]
