"""The database as the packing desk sees it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from jpship_gui.carriers import number_forms
from jpship_gui.domain.packing.kinds import NumberReading, read_number, tidy
from jpship_gui.domain.packing.world import (
    Block,
    Goods,
    NameChoice,
    Owner,
    PackLine,
    PackParcel,
    PackView,
    Proof,
)
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import packing, products
from jpship_gui.store.packing import Box, Packed

_DECOYS = 3
_REMARK = "remark_unread"  # code of the problem of an unread remark


class Surroundings:
    """Implements `domain.packing.world.World` on the store."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._dice = random.SystemRandom()

    def shipment(self, key: str) -> PackView | None:
        """By the key on slip or label."""
        packed = packing.load(self.ws.store, key)
        return (
            None if packed is None else view_of(packed, self.ws.shop_options(packed.shipment.order_id.shop))
        )

    def owners(self, number: str) -> Sequence[Owner]:
        """Every parcel that has this tracking number."""
        days = int(self.ws.options.get("pack.recycle_days"))
        old = self.ws.now() - timedelta(days=days)
        return [
            Owner(u.shipment, u.parcel, u.order, u.linked, u.linked_at is not None and u.linked_at < old)
            for u in packing.uses_of(self.ws.store, number)
        ]

    def goods(self, codes: Sequence[str]) -> Goods | None:
        """From the goods list, else from the stock keys of orders."""
        for code in codes:
            product = products.by_code(self.ws.store, code)
            if product is not None:
                return Goods(product.sku, product.quantity)
        sku = packing.sku_known(self.ws.store, codes)
        return Goods(sku) if sku else None

    def needing(self, goods: Goods) -> str:
        """Order number of the most urgent shipment that waits for these goods."""
        return packing.needing(self.ws.store, goods.sku)

    def number(self, raw: str, carrier: str) -> NumberReading:
        """The text read as a tracking number of this carrier."""
        return read_number(raw, number_forms(), carrier)

    def linked_since(self, parcel: PackParcel) -> bool:
        """Whether another shipment's parcel was linked after this one."""
        return packing.linked_after(self.ws.store, parcel.key)

    def name_choice(self, key: str) -> NameChoice:
        """The recipient among up to three others on the way, shuffled."""
        packed = packing.load(self.ws.store, key)
        own = packed.shipment.recipient.name if packed else ""
        others = [n for n in dict.fromkeys(packing.names_on_the_way(self.ws.store, key, 50)) if n != own]
        names = [own, *self._dice.sample(others, min(_DECOYS, len(others)))]
        self._dice.shuffle(names)
        return NameChoice(tuple(names), names.index(own) + 1)


def view_of(packed: Packed, options: ShopOptions) -> PackView:
    """What the desk needs to know of one shipment."""
    shipment = packed.shipment
    block, why = _block(packed)
    default = shipment.carrier or str(options.get("carrier.default"))
    proven = shipment.facts.verified is not None
    return PackView(
        key=shipment.key,
        order=shipment.order_id.number,
        lines=_lines(shipment),
        parcels=tuple(_parcel(box, default, proven) for box in packed.boxes),
        ticks=ticks_of(shipment),
        goods=bool(options.get("pack.goods")),
        proof=Proof(options.get("pack.proof")),
        checked=shipment.facts.checked is not None,
        block=block,
        block_reason=why,
        holder=packed.holder,
    )


def ticks_of(shipment: Shipment) -> tuple[str, ...]:
    """Instructions that want an act before the box is closed; words from `pack.tick.<code>`."""
    wanted = {
        "wrap": shipment.wrapping,
        "noshi": shipment.noshi,
        "extra": any(line.extra for line in shipment.lines if not line.deleted),
        "remark": shipment.buyer_text,
    }
    return tuple(code for code, given in wanted.items() if given)


def _lines(shipment: Shipment) -> tuple[PackLine, ...]:
    lines = []
    for line in shipment.lines:
        if line.deleted or line.quantity <= 0:
            continue
        names = [line.sku]
        if not line.variant:  # variants share these two, so they prove nothing about colour or size
            names += (line.item_number, line.manage_number)
        codes = frozenset(tidy(name) for name in names if name)
        lines.append(PackLine(line.sku, line.quantity, codes, line.name, line.variant))
    return tuple(lines)


def _parcel(box: Box, default: str, proven: bool) -> PackParcel:
    return PackParcel(
        key=box.key,
        carrier=box.carrier or default,
        tracking_no=box.tracking_no,
        file_no=box.file_no,
        linked_at=box.linked_at,
        linked_by=box.linked_by,
        verified=box.verified or proven,
        handed_over=box.handed_over,
    )


def _block(packed: Packed) -> tuple[Block | None, str]:
    """The first that holds, from what nobody may pass down to what waits for a person."""
    shipment = packed.shipment
    facts = shipment.facts
    codes = [p.code for p in shipment.problems if p.severity.value != "warn"]
    told = facts.sent is not None or facts.accepted is not None
    table = (
        (packed.cancelled, Block.CANCELLED, ""),
        (packed.not_ours, Block.ELSEWHERE, ""),
        (told, Block.SENT, ""),
        (packed.shipped_at_source, Block.SHIPPED, ""),
        (bool(shipment.changed), Block.CHANGED, _fields(shipment)),
        (shipment.batch is not None and facts.printed is None, Block.CHANGED, ""),  # stale slip
        (bool(shipment.hold_reason), Block.HOLD, shipment.hold_reason),
        (packed.blocked and _REMARK in codes, Block.REMARK, ""),
        (packed.blocked, Block.PROBLEM, " ".join(codes)),
        (not packed.releasable, Block.WAITING, ""),
    )
    return next(((block, why) for holds, block, why in table if holds), (None, ""))


def _fields(shipment: Shipment) -> str:
    return " ".join(dict.fromkeys(field for field, _, _ in shipment.changed))
