"""The database as the packing desk sees it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.goods_set import Piece, Sets, key_of, opened
from jpship_gui.domain.order import OrderLine
from jpship_gui.domain.packing.kinds import NumberReading, read_number, tidy
from jpship_gui.domain.packing.run_turn import runs
from jpship_gui.domain.packing.weight import ScaleReading, read_scale
from jpship_gui.domain.packing.world import (
    Block,
    Day,
    Goods,
    NameChoice,
    Owner,
    PackLine,
    PackParcel,
    PackView,
    Proof,
)
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.desk_figures import read_goods
from jpship_gui.flows.pack.extras import NONE, Extras, extras_of
from jpship_gui.flows.pack.inserts import inserts
from jpship_gui.flows.pack.scales import scale_formats
from jpship_gui.flows.services import untracked
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import desk_day, goods_sets, packing, products, run_mode, shops
from jpship_gui.store.packing import Box, Packed
from jpship_gui.store.products import Product
from jpship_gui.texts import text

_DECOYS = 3
_NEAR = 12  # parcels to take them from
_SAMPLE = 20  # of the orders of one piece, to see whether their shop lets them run
_REMARK = "remark_unread"  # code of the problem of an unread remark


class Surroundings:
    """Implements `domain.packing.world.World` on the store."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws

    def shipment(self, key: str) -> PackView | None:
        """By the key on slip or label."""
        packed = packing.load(self.ws.store, key)
        if packed is None:
            return None
        shipment = packed.shipment
        options = {s.order_id.shop: self.ws.shop_options(s.order_id.shop) for s in shipment.bundle}
        sets = goods_sets.by_skus(self.ws.store, (line.sku for _, line in shipment.goods))
        parts = [part.sku for found in sets.values() for part in found.components]
        named = products.by_skus(self.ws.store, parts) if parts else {}
        own = options[shipment.order_id.shop]
        silent = untracked(self.ws.carriers(), shipment, own)
        carrier = shipment.carrier or str(own.get("carrier.default"))
        extras = extras_of(self.ws, shipment, options, sets, carrier)
        return view_of(packed, options, sets, named, self.ws.today(), untracked=silent, extras=extras)

    def owners(self, number: str) -> Sequence[Owner]:
        """Every parcel that has this tracking number, or had it on a waybill that is void."""
        days = int(self.ws.options.get("pack.recycle_days"))
        old = self.ws.now() - timedelta(days=days)
        return [
            Owner(
                *(u.shipment, u.parcel, u.order, u.linked),
                recycled=u.linked_at is not None and u.linked_at < old,
                void=u.void,
                promised=u.promised,
            )
            for u in packing.uses_of(self.ws.store, number)
        ]

    def goods(self, codes: Sequence[str]) -> Goods | None:
        """From the goods list, else from the stock keys of sets and of orders."""
        for code in codes:
            product = products.by_code(self.ws.store, code)
            if product is not None:
                return Goods(product.sku, product.quantity)
        sku = goods_sets.component_of(self.ws.store, codes) or packing.sku_known(self.ws.store, codes)
        return Goods(sku) if sku else None

    def called(self, sku: str) -> str:
        """As the goods list names it, else as an order that has it does, upper or lower case."""
        found = read_goods(self.ws, packing.sku_known(self.ws.store, [sku]) or sku)
        return " ".join(filter(None, (found.name, found.variant))) or sku if found else sku

    def needing(self, goods: Goods) -> str:
        """Order number of the most urgent shipment that waits for these goods, alone or in a set."""
        return packing.needing(self.ws.store, [goods.sku, *goods_sets.containing(self.ws.store, goods.sku)])

    def weight(self, raw: str) -> ScaleReading | None:
        """The text read as a line of a scale."""
        return read_scale(raw, scale_formats(), str(self.ws.options.get("scale.prefix")))

    def number(self, raw: str, carrier: str) -> NumberReading:
        """The text read as a tracking number of this carrier."""
        return read_number(raw, self.ws.number_forms(), carrier)

    def linked_since(self, parcel: PackParcel) -> bool:
        """Whether another shipment's parcel was linked after this one."""
        return packing.linked_after(self.ws.store, parcel.key)

    def run_size(self) -> tuple[int, int]:
        """How many shipments of one plain piece could be packed in run mode, and how many only with a proof."""
        ready, unproven = run_mode.size(self.ws.store, label_shops(self.ws))
        if ready and not any(runs(view) for view in islice(self.run_waiting("", (), None), _SAMPLE)):
            return 0, 0  # all of them have something to be ticked, weighed or photographed
        return ready, unproven

    def run_waiting(self, desk: str, codes: Sequence[str], goods: Goods | None) -> Iterator[PackView]:
        """Those that may be called for these goods, the most urgent first."""
        for key in self.run_keys(desk, codes, goods.sku if goods else ""):
            view = self.shipment(key)
            if view is not None:
                yield view

    def run_keys(self, desk: str, codes: Sequence[str], sku: str) -> Sequence[str]:
        """The keys of those, as the database has them."""
        pickups = dict(self.ws.options.get("desk.pickups"))
        cutoffs = tuple((str(carrier), str(at)) for carrier, at in pickups.items())
        return run_mode.waiting(self.ws.store, desk, sku, codes, label_shops(self.ws), cutoffs)

    def day(self, desk: str) -> Day:
        """How the day stands for this desk."""
        now = to_jst(self.ws.now())
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return desk_day.day(self.ws.store, desk, midnight, now)

    def name_choice(self, key: str, among: Sequence[str] = ()) -> NameChoice:
        """The recipient among up to three others on the way: those it was asked with before, else neighbours in time.
        Which ones and in what order depends on nothing but their keys: whoever has it asked twice learns nothing."""
        known = packing.names_of(self.ws.store, (key, *among))
        own = known.get(key, "")
        others = {k: known[k] for k in among if k != key and k in known and known[k] != own}
        if others:
            shown = {k: own if k == key else others[k] for k in among if k == key or k in others}
        else:
            near = sorted(
                packing.names_on_the_way(self.ws.store, key, _NEAR), key=lambda one: _lot(key, one[0])
            )
            by_name = {name: k for k, name in reversed(near) if name != own}
            drawn = [(k, name) for k, name in near if by_name.get(name) == k][:_DECOYS]
            shown = dict(sorted(((key, own), *drawn), key=lambda one: _lot(key, one[0])))
        return NameChoice(tuple(shown.values()), list(shown).index(key) + 1, tuple(shown))


def _lot(key: str, other: str) -> bytes:
    return hashlib.sha256(f"{key} {other}".encode()).digest()


def label_shops(ws: Workspace) -> tuple[str, ...]:
    """Shops whose waybills carry the shipment's key."""
    every = [shop.name for shop in shops.every(ws.store)]
    return tuple(s for s in every if ws.shop_options(s).get("pack.proof") == Proof.LABEL.value)


def view_of(
    packed: Packed,
    options: Mapping[str, ShopOptions],
    sets: Sets,
    named: Mapping[str, Product],
    today: date,
    *,
    untracked: bool = False,
    extras: Extras = NONE,
) -> PackView:
    """What the desk needs to know of one shipment, and of all that travels in its boxes; `options` by shop, `named` the
    goods list's words for what is in the sets. One that travels in another's boxes is shown with that as its block."""
    shipment = packed.shipment
    own = options[shipment.order_id.shop]
    block, why, of = _block(packed)
    default = shipment.carrier or str(own.get("carrier.default"))
    proven = shipment.facts.verified is not None
    bundle = (shipment,) if shipment.is_member else shipment.bundle
    lines = tuple(x for s, line in shipment.goods if s in bundle for x in _lines(s, line, sets, named))
    if extras.grams:
        lines = tuple(replace(line, grams=extras.grams.get(key_of(line.sku))) for line in lines)
    must = tuple(item.id for item in extras.items if item.must)
    return PackView(
        key=shipment.key,
        order=shipment.order_id.number,
        lines=lines,
        parcels=tuple(_parcel(box, default, proven, lines, untracked) for box in packed.boxes),
        ticks=(*ticks_of(shipment, options, today, extras.ticks), *must),
        optional=tuple(item.id for item in extras.items if not item.must),
        checklist=extras.items,
        weighing=extras.weighing,
        photo=extras.photo,
        goods=any(bool(options[s.order_id.shop].get("pack.goods")) for s in bundle),
        proof=Proof(own.get("pack.proof")),
        checked=shipment.facts.checked is not None,
        block=block,
        block_reason=why,
        holder=packed.holder,
        orders=tuple(s.order_id.number for s in bundle),
        block_of=of,
        gift=any(s.gift for s in bundle),
        called=packed.called,
        ask_name=bool(own.get("pack.double_name")),
    )


def ticks_of(
    shipment: Shipment, options: Mapping[str, ShopOptions], today: date, more: Sequence[str] = ()
) -> tuple[str, ...]:
    """Instructions that want an act before the box is closed, of all that travels in it, in the order one packs; words
    from `pack.tick.<code>`. `more` are those that the shipment's own fields do not show."""
    bundle = (shipment,) if shipment.is_member else shipment.bundle
    wanted = {
        "wrap": any(s.wrapping for s in bundle),
        "noshi": any(s.noshi for s in bundle),
        "card": "card" in more,
        "extra": any(line.extra for s in bundle for line in s.lines if not line.deleted),
        "insert": any(inserts(s, options[s.order_id.shop], today) for s in bundle),
        "receipt": "receipt" in more,
        "marks": "marks" in more,
        "remark": any(s.buyer_text for s in bundle),
    }
    return tuple(code for code, given in wanted.items() if given)


def _lines(
    shipment: Shipment, line: OrderLine, sets: Sets, named: Mapping[str, Product]
) -> tuple[PackLine, ...]:
    """What is to be read for an order line: the line, or each component of the set it is (IN-13)."""
    return tuple(
        _component(shipment, piece, named.get(piece.sku)) if piece.in_set else _line(shipment, line)
        for piece in opened((line,), sets)
    )


def _source(shipment: str, line_id: str) -> str:
    return f"{shipment} {line_id}"


def _component(shipment: Shipment, piece: Piece, product: Product | None) -> PackLine:
    return PackLine(
        sku=piece.sku,
        quantity=piece.quantity,
        codes=frozenset({tidy(piece.sku)}),
        name=product.name if product and product.name else piece.sku,
        variant=product.variant if product else "",
        order=shipment.order_id.number,
        source=_source(shipment.key, piece.line.line_id),
        each=piece.each,
        set_sku=piece.line.sku,
        set_name=piece.set_name,
    )


def _line(shipment: Shipment, line: OrderLine) -> PackLine:
    names = [line.sku]
    if not line.variant:  # variants share these two, so they prove nothing about colour or size
        names += (line.item_number, line.manage_number)
    codes = frozenset(tidy(name) for name in names if name)
    return PackLine(
        *(line.sku, line.quantity, codes, line.name, line.variant, shipment.order_id.number),
        source=_source(shipment.key, line.line_id),
    )


def _parcel(box: Box, default: str, proven: bool, lines: Sequence[PackLine], untracked: bool) -> PackParcel:
    return PackParcel(
        key=box.key,
        carrier=box.carrier or default,
        tracking_no=box.tracking_no,
        file_no=box.file_no,
        linked_at=box.linked_at,
        linked_by=box.linked_by,
        verified=box.verified or proven,
        handed_over=box.handed_over,
        contents=_contents(box, lines),
        told=box.told,
        untracked=untracked and not box.file_no,
        weighed=box.weighed,
    )


def _contents(box: Box, lines: Sequence[PackLine]) -> Mapping[int, int]:
    """Pieces by line; of a set in the box as many of each component as belong to it."""
    units: Counter[str] = Counter()
    for content in box.contents:
        units[_source(content.shipment, content.line_id)] += content.quantity
    return {index: units[x.source] * x.each for index, x in enumerate(lines) if units[x.source]}


_STOPS: Mapping[str, Block] = {
    "cancelled": Block.CANCELLED,
    "changed": Block.CHANGED,
    "shipped": Block.SHIPPED,
}  # every other stop is a hold


def _block(packed: Packed) -> tuple[Block | None, str, str]:
    """The first that holds, from what nobody may pass down to what waits for a person: which block, why, and whose if
    it is another order's."""
    shipment = packed.shipment
    if shipment.is_member:
        return (
            Block.BUNDLED,
            "",
            next(s.order_id.number for s in shipment.together if s.key == shipment.leader),
        )
    facts = shipment.facts
    codes = [p.code for p in shipment.problems if p.severity.value != "warn"]
    told = any(s.facts.sent is not None or s.facts.accepted is not None for s in shipment.bundle)
    other = shipment.stopped_by
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
    own = next(((block, why, "") for holds, block, why in table if holds), None)
    if own is not None and (own[0] is not Block.CHANGED or shipment.changed or other is None):
        return own
    if other is not None:
        return _STOPS.get(other.stops, Block.HOLD), _why(other), other.order_id.number
    return own or (None, "", "")


def _why(other: Shipment) -> str:
    """In a few words why this one stops those it is packed with."""
    return other.hold_reason or text(f"bundle.stop.{other.stops}")


def _fields(shipment: Shipment) -> str:
    return " ".join(dict.fromkeys(field for field, _, _ in shipment.changed))
