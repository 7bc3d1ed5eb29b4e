"""Orders entered by hand: entered, changed, cancelled (IN-15). They pass every stage; nobody is told of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import EntryReason, Order, OrderId, OrderLine, OrderState
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.intake.entry import Draft, EnteredLine, Entry, examine
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import carrier_files, history, orders, shipments
from jpship_gui.store.codec import dumps
from jpship_gui.texts import text

_SOURCE = "hand"
_LAYOUT = "hand.entry"


class EntryRefused(Refused):
    """An entry that cannot be stored; `draft` says what is wrong, field by field."""

    def __init__(self, draft: Draft) -> None:
        first = draft.faults[0]
        words = text(f"entry.fault.{first.code}", found=first.found)
        super().__init__("entry_refused", words=words, count=len(draft.faults))
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry became. `held` = paper made before is wrong now and the shipment waits for a person; `act` is what
    `take_back` undoes it by."""

    key: str
    number: str
    problems: tuple[Problem, ...] = ()
    held: bool = False
    act: int = 0


def enter(ws: Workspace, entry: Entry) -> Entered:
    """Store a new order under a number of our own; EntryRefused when it cannot be, and then nothing is written."""
    draft = examine(ws, entry)
    if draft.faults:
        raise EntryRefused(draft)
    with ws.store.transaction():
        order = replace(draft.order, id=replace(draft.order.id, number=_next_number(ws)))
        done = accept_orders(ws, [order], _source(draft, order), rows_of=lambda _: [(1, _cells(draft))])
        (key,) = done.keys
        _plan(ws, key, entry)
        if order.by_hand is not None and order.by_hand.original is not None:
            _note(ws, order.by_hand.original, "resend_entered", order)
    made = _the(ws, key)
    return Entered(key, order.id.number, made.problems, act=done.act)


def change(ws: Workspace, key: str, entry: Entry) -> Entered:
    """Take over what a person changed. After printing the shipment goes on hold, as with a change at a marketplace.

    EntryRefused; Refused("entry_unknown", "entry_too_late", "entry_carrier_fixed").
    """
    with ws.store.transaction():
        shipment, old = _open_entry(ws, key)
        draft = examine(ws, replace(entry, shop=old.id.shop), old.id.number, old.ordered_at)
        if draft.faults:
            raise EntryRefused(draft)
        new = replace(draft.order, id=old.id)
        seen = {old.id: _as_shipped(old, shipment)}
        source = _source(draft, new)
        done = accept_orders(ws, [new], source, rows_of=lambda _: [(1, _cells(draft))], earlier=seen)
        _plan(ws, key, entry)
    return Entered(key, old.id.number, _the(ws, key).problems, key in done.held, done.act)


def cancel(ws: Workspace, key: str, reason: str) -> Entered:
    """Stop an order; from now on every scan of it is NG. Refused("reason_missing", "entry_unknown",
    "entry_too_late")."""
    if not reason.strip():
        raise Refused("reason_missing")
    with ws.store.transaction():
        shipment, old = _open_entry(ws, key)
        gone = replace(old, state=OrderState.CANCELLED)
        source = Source(_SOURCE, old.id.number, _LAYOUT)
        done = accept_orders(ws, [gone], source)
        history.add(
            *(ws.store, [shipment.row_id], "entry_cancelled", ws.now(), ws.person, ws.desk),
            reason=reason.strip(),
        )
    return Entered(key, old.id.number, act=done.act)


def entry_of(ws: Workspace, key: str) -> Entry:
    """An order entered by hand as the form shows it, with what was repaired since; Refused("entry_unknown")."""
    shipment, order = _entered(ws, key)
    assert order.by_hand is not None
    original = order.by_hand.original
    entry = _common(shipment, order)
    return replace(
        entry,
        reason=order.by_hand.reason,
        original=_key_of(ws, original) if original else "",
        lines=tuple(_line(line) for line in shipment.lines if not line.deleted),
        remark=order.remark,
        memo=order.memo,
        ship_by=to_jst(order.ship_by).date().isoformat() if order.ship_by else "",
        postage=str(order.money.postage) if order.money.postage else "",
        cash_on_delivery=order.cash_on_delivery,
    )


def resend_of(ws: Workspace, key: str) -> Entry:
    """The entry of a re-send of this shipment: the same goods to the same person, without prices, as soon as possible;
    Refused("shipment_unknown")."""
    shipment, order = _stored(ws, key)
    free = tuple(replace(_line(line), unit_price="") for line in shipment.lines if not line.deleted)
    entry = _common(shipment, order)
    return replace(
        entry, reason=EntryReason.RESEND, original=shipment.key, lines=free, wish_day="", wish_slot=""
    )


def _common(shipment: Shipment, order: Order) -> Entry:
    """Where it goes and how, as it would be shipped now."""
    to = shipment.recipient
    giver = order.buyer.name if not order.recipient_is_buyer else ""
    return Entry(
        shop=order.id.shop,
        name=to.name,
        kana=to.kana,
        postal_code=to.postal_code,
        address=to.address,
        phone=to.phone,
        wish_day=shipment.wish.day.isoformat() if shipment.wish.day else "",
        wish_slot=shipment.wish.slot,
        carrier=shipment.carrier,
        service=shipment.service,
        gift=order.gift_flag,
        giver=giver,
        wrapping="・".join(order.wrapping),
        noshi=order.noshi,
    )


def _line(line: OrderLine) -> EnteredLine:
    return EnteredLine(
        name=line.name,
        quantity=str(line.quantity),
        sku=line.sku,
        variant=line.variant,
        unit_price=str(line.unit_price) if line.unit_price else "",
        tax_rate=str(line.tax_rate),
    )


def _source(draft: Draft, order: Order) -> Source:
    """The record of the entry: its number in the place of a file's name, what was typed as its one row."""
    return Source(_SOURCE, order.id.number, _LAYOUT, header=tuple(label for label, _ in draft.typed))


def _cells(draft: Draft) -> str:
    return dumps([words for _, words in draft.typed])


def _next_number(ws: Workspace) -> str:
    """`H20261128-001`, running within a day in Japan and never given twice. In a transaction."""
    day = f"{ws.today():%Y%m%d}"
    return f"H{day}-{ws.store.next_numbers(f'hand {day}'):03d}"


def _plan(ws: Workspace, key: str, entry: Entry) -> None:
    """The carrier a person chose in place of the shop's usual one; fixed once the carrier knows of the parcel."""
    shipment = _the(ws, key)
    service = entry.service if entry.carrier else shipment.service
    if not entry.carrier or (entry.carrier, service) == (shipment.carrier, shipment.service):
        return
    for parcel in shipment.parcels:
        if parcel.tracking_no or parcel.file_no or carrier_files.of_parcel(ws.store, parcel.key):
            raise Refused("entry_carrier_fixed", number=shipment.order_id.number)
        shipments.set_parcel(ws.store, parcel.key, {"carrier": entry.carrier})
    shipments.update(ws.store, shipment.row_id, {"carrier": entry.carrier, "service": service})


def _note(ws: Workspace, order_id: OrderId, what: str, order: Order) -> None:
    """A line in the history of the order a re-send is for."""
    stored = orders.find(ws.store, [order_id])[order_id]
    rows = [s.row_id for s in shipments.of_orders(ws.store, [stored.row_id])[stored.row_id]]
    history.add(ws.store, rows, what, ws.now(), ws.person, ws.desk, number=order.id.number)


def _as_shipped(order: Order, shipment: Shipment) -> Order:
    """The order as its shipment has it after repairs: only what differs from that is a change."""
    packages = tuple(replace(package, recipient=shipment.recipient) for package in order.packages)
    return replace(order, packages=packages, wish=shipment.wish)


def _key_of(ws: Workspace, order_id: OrderId) -> str:
    """The first shipment of an order; "" when it is no longer there."""
    stored = orders.find(ws.store, [order_id]).get(order_id)
    made = shipments.of_orders(ws.store, [stored.row_id]).get(stored.row_id, []) if stored else []
    return made[0].key if made else ""


def _stored(ws: Workspace, key: str) -> tuple[Shipment, Order]:
    shipment = shipments.by_key(ws.store, key)
    order = orders.of_shipment(ws.store, shipment.row_id) if shipment else None
    if shipment is None or order is None:
        raise Refused("shipment_unknown", key=key)
    return shipment, order


def _entered(ws: Workspace, key: str) -> tuple[Shipment, Order]:
    shipment, order = _stored(ws, key)
    if order.by_hand is None:
        raise Refused("entry_unknown", number=order.id.number)
    return shipment, order


def _open_entry(ws: Workspace, key: str) -> tuple[Shipment, Order]:
    shipment, order = _entered(ws, key)
    if not shipment.entry_open:
        raise Refused("entry_too_late", number=order.id.number)
    return shipment, order


def _the(ws: Workspace, key: str) -> Shipment:
    found = shipments.by_key(ws.store, key)
    assert found is not None
    return found
