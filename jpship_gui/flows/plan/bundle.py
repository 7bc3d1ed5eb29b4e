"""Several orders in one parcel: who may travel together, put together, taken apart again (PL-01 … PL-03)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import LABEL_ELSEWHERE, OrderId
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.recipient import address_key, name_key, phone_key, same_phone, same_recipient
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.record import decide_and_record
from jpship_gui.flows.plan.changing import must_be_open, named, taken_back
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, orders, shipments
from jpship_gui.texts import text

_BEFORE_PACKING = (Stage.HOLD, Stage.CHECK, Stage.WAITING, Stage.PRINT, Stage.PACK)
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Shipments to one recipient that nobody has put together or told apart. `doubts` are codes of `bundle.doubt.…`:
    what a person should look at before."""

    keys: tuple[str, ...]
    orders: tuple[OrderId, ...]
    recipient: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle as it stands now: the leader's key, and all keys with it, its own first. Empty `keys` = taken apart."""

    leader: str
    keys: tuple[str, ...]
    orders: tuple[OrderId, ...]


# ── who may travel together ─────────────────────────────────────────────────────────────────────────────────────────


def candidates(ws: Workspace, keys: Sequence[str] | None = None) -> tuple[Candidate, ...]:
    """Shipments before packing that go to the same person at the same address, of one shop, or of several that allow it
    (setting plan.bundle_across); the most urgent first. With `keys` only groups that hold one of them.

    Nothing forbids to print them apart: that is asked on the planning page.
    """
    groups: dict[tuple[str, ...], list[_Waiting]] = {}
    across = {shop: bool(ws.shop_options(shop).get("plan.bundle_across")) for shop in _shops(ws)}
    for one in _waiting(ws):
        if one.recipient:
            shop = "" if across.get(one.shop) else one.shop
            groups.setdefault((*one.recipient, shop), []).append(one)
    wanted = None if keys is None else set(keys)
    found = []
    for group in groups.values():
        for part in _by_phone(group):
            several = len({one.root for one in part}) > 1
            if several and (wanted is None or wanted & {one.key for one in part}):
                found.append(_candidate(ws, [one.key for one in part]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A shipment before packing, of a bundle the leader; `recipient` is () where there is too little to go by."""

    key: str
    shop: str
    root: int
    recipient: tuple[str, str] | tuple[()]
    phone: str


def _shops(ws: Workspace) -> list[str]:
    return [shop for (shop,) in ws.store.rows("SELECT DISTINCT shop FROM shipments")]


def _waiting(ws: Workspace) -> Iterator[_Waiting]:
    for key, shop, root, contact in bundles.before_packing(ws.store, _BEFORE_PACKING):
        address, name = address_key(contact), name_key(contact)
        recipient = (address, name) if address and name else ()
        yield _Waiting(key, shop, root, recipient, phone_key(contact))


def _by_phone(group: Sequence[_Waiting]) -> list[list[_Waiting]]:
    """Apart where telephone numbers contradict each other; whoever gave none belongs to the only number there is."""
    phones = list(dict.fromkeys(one.phone for one in group if one.phone))
    if len(phones) <= 1:
        return [list(group)]
    return [[one for one in group if one.phone == phone] for phone in phones]


def _candidate(ws: Workspace, keys: Sequence[str]) -> Candidate:
    found = shipments.by_keys(ws.store, keys)
    every = [one for shipment in found for one in shipment.bundle]
    return Candidate(
        tuple(one.key for one in every),
        tuple(one.order_id for one in every),
        found[0].recipient.name,
        doubts_of(every, _allowed_across(ws, every)),
    )


def _allowed_across(ws: Workspace, every: Sequence[Shipment]) -> bool:
    shops = {one.order_id.shop for one in every}
    return len(shops) == 1 or all(bool(ws.shop_options(shop).get("plan.bundle_across")) for shop in shops)


_Question = Callable[[Sequence[Shipment]], bool]
_DOUBTS: Mapping[str, _Question] = {
    "wish": lambda found: len({(one.wish.day, one.wish.slot) for one in found}) > 1,
    "carrier": lambda found: len({(one.carrier, one.service) for one in found}) > 1,
    "phone": lambda found: not all(same_phone(found[0].recipient, one.recipient) for one in found),
    "gift": lambda found: len({one.gift for one in found}) > 1,
    "single_item": lambda found: any(x.single_item_shipping for one in found for x in one.lines),
}
_NEVER: Mapping[str, _Question] = {
    "bundle_recipient": lambda found: (
        not all(same_recipient(found[0].recipient, one.recipient) for one in found)
    ),
    "bundle_cool": lambda found: len({one.extra.get("cool", "") for one in found}) > 1,
    "bundle_cash": lambda found: any(
        one.cash_on_delivery for one in found
    ),  # each amount belongs to its order
}


def doubts_of(every: Sequence[Shipment], across_allowed: bool = True) -> tuple[str, ...]:
    """Codes of what speaks against putting these together without a look."""
    found = [code for code, holds in (*_NEVER.items(), *_DOUBTS.items()) if holds(every)]
    return (*found, *(() if across_allowed else ("shops",)))


# ── together and apart ──────────────────────────────────────────────────────────────────────────────────────────────


def bundle(ws: Workspace, keys: Sequence[str], *, reason: str = "", agreed: bool = False) -> Bundled:
    """Let these shipments travel in one parcel: the one with a delivery wish leads, else the most urgent.

    Slips that were printed do not count any more, waybills of the others are void (`flows.plan.void`). `agreed` = a
    person saw the doubts; `reason` is needed where something is packed already, which is taken back then. Refused and
    nothing happens: bundle_few, bundle_recipient, bundle_cool, bundle_cash, bundle_label, bundle_doubtful, and those of
    `changing.taken_back`.
    """

    def decide() -> Sequence[Effect]:
        roots = {s.leader or s.key: s for s in named(ws, keys)}
        if len(roots) < 2:
            raise Refused("bundle_few", count=len(roots))
        found = shipments.by_keys(ws.store, list(roots))
        every = [one for shipment in found for one in shipment.bundle]
        _must_fit(ws, every)
        doubts = [d for d in doubts_of(every, _allowed_across(ws, every)) if d not in _NEVER]
        if doubts and not agreed:
            words = "・".join(text(f"bundle.doubt.{code}") for code in doubts)
            raise Refused("bundle_doubtful", doubts=words)
        back = [effect for one in found for effect in taken_back(ws, one, reason)]
        leader, *others = sorted(found, key=_leads_first)
        joined = (Effect(Do.JOIN, one.key, other=leader.key, reason=reason.strip()) for one in others)
        return (*back, *joined)

    decide_and_record(ws, "bundle", decide, reason=reason.strip())
    return _as_it_is(ws, named(ws, keys)[0].key)


def _must_fit(ws: Workspace, every: Sequence[Shipment]) -> None:
    labelled = orders.flagged(ws.store, [one.row_id for one in every], LABEL_ELSEWHERE)
    for one in every:
        must_be_open(one)
        if one.row_id in labelled:
            raise Refused("bundle_label", order=one.order_id.number)
    for code, speaks_against in _NEVER.items():
        if speaks_against(every):
            raise Refused(code, orders="・".join(one.order_id.number for one in every))


def _leads_first(shipment: Shipment) -> tuple[bool, datetime, int]:
    """Its wish, its ship-by and its slip are the bundle's."""
    wishes = any(one.wish.day or one.wish.slot for one in shipment.bundle)
    return not wishes, shipment.ship_by or _FAR, shipment.row_id


def unbundle(ws: Workspace, key: str, *, reason: str = "") -> Bundled:
    """Take one order out of its bundle, or, with the leader's key or where only two travel together, all of them apart:
    everything is as it was before, boxes added since are gone. Slips printed of the bundle do not count any more.

    `reason` is needed where it is packed already, which is taken back. Refused("unbundle_alone") and those of
    `changing.taken_back`.
    """

    def decide() -> Sequence[Effect]:
        (one,) = named(ws, [key])
        if not one.leader:
            raise Refused("unbundle_alone", order=one.order_id.number)
        leader, *members = one.bundle
        back = taken_back(ws, leader, reason)
        leaving = [one] if one.is_member and len(members) > 1 else members
        dropped: Iterable[Effect] = ()
        if len(leaving) == len(members):
            before = bundles.parcels_before(ws.store, leader.row_id)
            later = [box.key for box in leader.parcels if before and box.key not in before]
            dropped = [Effect(Do.DROP_BOX, leader.key, box) for box in reversed(later)]
        gone = (Effect(Do.SEPARATE, s.key, other=leader.key, reason=reason.strip()) for s in leaving)
        return (*back, *dropped, *gone)

    decide_and_record(ws, "unbundle", decide, reason=reason.strip())
    return _as_it_is(ws, named(ws, [key])[0].key)


def _as_it_is(ws: Workspace, key: str) -> Bundled:
    (one,) = shipments.by_keys(ws.store, [key])
    if not one.leader:
        return Bundled("", (), ())
    return Bundled(one.leader, tuple(s.key for s in one.bundle), tuple(s.order_id for s in one.bundle))
