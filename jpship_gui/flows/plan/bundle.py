"""Several orders in one parcel: put together, taken apart again (PL-02, PL-03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import LABEL_ELSEWHERE, OrderId
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.check.together import NEVER, allowed_across, doubts_of
from jpship_gui.flows.pack.record import decide_and_record
from jpship_gui.flows.plan.changing import held, must_be_open, named, replan, taken_back
from jpship_gui.flows.plan.void import note_cancelled
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, orders, shipments
from jpship_gui.texts import text

_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle as it stands now: the leader's key, and all keys with it, its own first. Empty `keys` = taken apart."""

    leader: str
    keys: tuple[str, ...]
    orders: tuple[OrderId, ...]


# ── together and apart ──────────────────────────────────────────────────────────────────────────────────────────────


def bundle(ws: Workspace, keys: Sequence[str], *, reason: str = "", agreed: bool = False) -> Bundled:
    """Let these shipments travel in one parcel: the one with a delivery wish leads, else the most urgent.

    Slips that were printed do not count any more, waybills of the others are void (`flows.plan.void`). `agreed` = a
    person saw the doubts; `reason` is needed where something is packed already, which is taken back then. Refused and
    nothing happens: bundle_few, bundle_recipient, bundle_cool, bundle_cash, bundle_label, bundle_doubtful, and those of
    `changing.taken_back`.
    """

    def decide() -> Sequence[Effect]:
        roots = {s.leader or s.key: s for s in held(ws, keys)}
        if len(roots) < 2:
            raise Refused("bundle_few", count=len(roots))
        found = shipments.by_keys(ws.store, list(roots))
        every = [one for shipment in found for one in shipment.bundle]
        _must_fit(ws, every)
        doubts = [d for d in doubts_of(every, allowed_across(ws, every)) if d not in NEVER]
        if doubts and not agreed:
            words = "・".join(text(f"bundle.doubt.{code}") for code in doubts)
            raise Refused("bundle_doubtful", doubts=words)
        back = [effect for one in found for effect in taken_back(ws, one.key, reason)]
        leader, *others = sorted(found, key=_leads_first)
        joined = (Effect(Do.JOIN, one.key, other=leader.key, reason=reason.strip()) for one in others)
        return (*back, *joined)

    replan(ws, decide_and_record(ws, "bundle", decide, reason=reason.strip()))
    return _as_it_is(ws, named(ws, keys)[0].key)


def _must_fit(ws: Workspace, every: Sequence[Shipment]) -> None:
    labelled = orders.flagged(ws.store, [one.row_id for one in every], LABEL_ELSEWHERE)
    for one in every:
        must_be_open(one)
        if one.row_id in labelled:
            raise Refused("bundle_label", order=one.order_id.number)
    for code, speaks_against in NEVER.items():
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
        (one,) = held(ws, [key])
        if not one.leader:
            raise Refused("unbundle_alone", order=one.order_id.number)
        leader, *members = one.bundle
        back = taken_back(ws, leader.key, reason)
        leaving = [one] if one.is_member and len(members) > 1 else members
        dropped: Iterable[Effect] = ()
        if len(leaving) == len(members):
            before = bundles.parcels_before(ws.store, leader.row_id)
            later = [box.key for box in leader.parcels if before and box.key not in before]
            dropped = [Effect(Do.DROP_BOX, leader.key, box) for box in reversed(later)]
        gone = (Effect(Do.SEPARATE, s.key, other=leader.key, reason=reason.strip()) for s in leaving)
        return (*back, *dropped, *gone)

    changed = decide_and_record(ws, "unbundle", decide, reason=reason.strip())
    note_cancelled(ws, changed)
    replan(ws, changed)
    return _as_it_is(ws, named(ws, [key])[0].key)


def _as_it_is(ws: Workspace, key: str) -> Bundled:
    (one,) = shipments.by_keys(ws.store, [key])
    if not one.leader:
        return Bundled("", (), ())
    return Bundled(one.leader, tuple(s.key for s in one.bundle), tuple(s.order_id for s in one.bundle))
