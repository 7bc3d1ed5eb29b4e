"""Hand-over lists: the packed parcels of each carrier, chosen ones, or what was read at a hand-over (PR-15, PK-21)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.handover_list import HandoverList, HandoverRow, render_handovers
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.domain.tracking_no import grouped
from jpship_gui.flows.handover.listing import parcels_of
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.numbers import letter_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.print_slips import NothingToPrint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, shops
from jpship_gui.texts import language, text

_TAIL = 5
_GONE = (Stage.CANCELLED, Stage.HOLD, Stage.NOT_OURS)


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    """All that is packed and waits for a driver, whatever batch it was in; by carrier, then in the order of packing."""
    marks = ", ".join("?" * len(_GONE))
    rows = ws.store.rows(
        "SELECT key FROM shipments WHERE linked_at IS NOT NULL AND handed_over_at IS NULL "
        f"AND carrier_accepted_at IS NULL AND (bundle IS NULL OR bundle = id) AND stage NOT IN ({marks}) "
        "AND id IN (SELECT shipment_id FROM parcels WHERE tracking_no <> '' AND handed_at IS NULL) "
        "ORDER BY carrier, linked_at, id",
        _GONE,
    )
    return tuple(str(key) for (key,) in rows)


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choice `carrier`: only its parcels. Parcels a driver has taken are left out. Choice `session`: what was read at
    that hand-over, whatever became of it since."""
    if wanted.choices.get("session"):
        return _draw_session(ws, wanted.choices["session"])
    only = wanted.choices.get("carrier", "")
    options = _shop_options(ws)
    every = _groups(ws, wanted.keys, options)
    groups = {carrier: found for carrier, found in every.items() if only in ("", carrier)}
    if not groups:
        raise NothingToPrint("handover_nothing", {}, {})
    lists = [_list(ws, carrier, groups[carrier], options) for carrier in sorted(groups)]
    pdf, owners = render_handovers(lists, language(), named(ws, "desk").dpi)
    keys = [
        tuple(dict.fromkeys(shipment.key for shipment, _ in groups[carrier])) for carrier in sorted(groups)
    ]
    return Drawn(pdf, tuple(keys[owner] for owner in owners))


def _draw_session(ws: Workspace, id_: str) -> Drawn:
    session, read = parcels_of(ws, id_)
    taken = [one for one in read if one.taken]
    if not taken:
        raise NothingToPrint("handover_nothing", {}, {})
    found = {s.key: s for s in shipments.by_keys(ws.store, list({one.shipment for one in taken}))}
    options = _shop_options(ws)
    here = [(found[one.shipment], one) for one in taken if one.shipment in found]
    rows = [_row(ws, session.carrier, shipment, one.parcel, one.number) for shipment, one in here]
    where = text(f"handover.way.{session.way.value}")
    made = HandoverList(
        carrier=_carrier_name(ws, session.carrier),
        rows=tuple(rows),
        at=to_jst(session.ended_at or session.begun_at),
        sender=_senders([shipment for shipment, _ in here], options),
        person=session.person,
        place="　".join(filter(None, (where, session.place))),
    )
    pdf, owners = render_handovers([made], language(), named(ws, "desk").dpi)
    keys = tuple(dict.fromkeys(shipment.key for shipment, _ in here))
    return Drawn(pdf, tuple(keys for _ in owners))


def _shop_options(ws: Workspace) -> dict[str, ShopOptions]:
    return {shop.name: ShopOptions(shop.settings) for shop in shops.every(ws.store)}


def _groups(
    ws: Workspace, keys: Sequence[str], options: dict[str, ShopOptions]
) -> dict[str, list[tuple[Shipment, Parcel]]]:
    """By carrier, the parcels no driver has taken."""
    groups: dict[str, list[tuple[Shipment, Parcel]]] = {}
    for shipment in shipments.leading(ws.store, shipments.by_keys(ws.store, list(keys))):
        usual = options.get(shipment.order_id.shop, ShopOptions({})).get("carrier.default")
        for parcel in shipment.parcels:
            if parcel.tracking_no and parcel.handed_at is None:
                carrier = parcel.carrier or shipment.carrier or usual
                groups.setdefault(carrier, []).append((shipment, parcel))
    return groups


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    """Which carrier's, where several come."""
    found, known = sorted(_groups(ws, wanted.keys, _shop_options(ws))), ws.carriers()
    if len(found) < 2:
        return ()
    names = tuple((one, known[one].name if one in known else one or "－") for one in found)
    said = wanted.choices.get("carrier", "")
    options = (("", "ask.carrier.every"), *names)
    return (Ask("carrier", CHOICE, said if said in found else "", options=options),)


def _list(
    ws: Workspace,
    carrier_id: str,
    parcels: Sequence[tuple[Shipment, Parcel]],
    options: dict[str, ShopOptions],
) -> HandoverList:
    rows = [_row(ws, carrier_id, shipment, parcel.key, parcel.tracking_no) for shipment, parcel in parcels]
    return HandoverList(
        carrier=_carrier_name(ws, carrier_id),
        rows=tuple(rows),
        at=to_jst(ws.now()),
        sender=_senders([shipment for shipment, _ in parcels], options),
        person=ws.person,
    )


def _row(ws: Workspace, carrier_id: str, shipment: Shipment, parcel: str, number: str) -> HandoverRow:
    carrier, forms = ws.carriers().get(carrier_id), ws.number_forms()
    service = carrier.service(shipment.service or carrier.default_service) if carrier else None
    return HandoverRow(
        number=number,
        printed=grouped(number, forms, carrier_id) if carrier else number,
        letter=letter_of(number, forms, carrier_id),
        service=service.name if service else shipment.service,
        who=" ".join(filter(None, (shipment.recipient.prefecture, shipment.recipient.name))),
        order=f"…{shipment.order_id.number[-_TAIL:]}  {parcel}",
    )


def _carrier_name(ws: Workspace, carrier_id: str) -> str:
    carrier = ws.carriers().get(carrier_id)
    return (carrier.full_name if carrier else carrier_id) or "－"


def _senders(found: Sequence[Shipment], options: dict[str, ShopOptions]) -> str:
    senders = [options.get(s.order_id.shop, ShopOptions({})).get("sender.name") for s in found]
    names = list(dict.fromkeys(name for name in senders if name))
    return "・".join(names[:2]) + ("…" if len(names) > 2 else "")


KINDS = (
    Kind(
        "handover", "desk", _wanted, _draw, 70, on=False, due=True, choices=("carrier", "session"), asks=_asks
    ),
)
