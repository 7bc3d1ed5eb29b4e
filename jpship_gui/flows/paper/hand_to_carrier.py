"""Write the file a carrier's tool reads, with our parcel key in it (PR-07, PR-08)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Carrier, Consignment, HandoverResult, Sender
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import LABEL_ELSEWHERE, Order
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import table_bytes, write_whole
from jpship_gui.settings.options import Scope, ShopOptions, as_text, declared
from jpship_gui.store import carrier_files, history, orders, shipments, shops
from jpship_gui.store.carrier_files import CarrierFile

_READY = (Stage.PRINT, Stage.PACK)
_NOT_READY = {
    Stage.CANCELLED: "carrier_cancelled",
    Stage.HOLD: "carrier_on_hold",
    Stage.CHECK: "carrier_has_problems",
    Stage.WAITING: "carrier_not_released",
    Stage.VERIFY: "carrier_has_number",
    Stage.CONFIRM: "carrier_has_number",
    Stage.PACKED: "carrier_has_number",
    Stage.HANDED_OVER: "carrier_already_shipped",
    Stage.SENT: "carrier_already_shipped",
    Stage.ACCEPTED: "carrier_already_shipped",
    Stage.SHIPPED: "carrier_already_shipped",
    Stage.NOT_OURS: "carrier_already_shipped",
}
_LAST = 1 << 30  # after every batch


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: shipment keys in the file's order, and by shipment key what was left out or changed.

    `again` names shipments that already stood in an earlier file of this carrier: two waybills may exist
    for them.
    """

    carrier: str
    file: str
    fingerprint: str
    rows: int
    exported: tuple[str, ...]
    refused: Mapping[str, tuple[Problem, ...]]
    notes: Mapping[str, tuple[Problem, ...]]
    again: tuple[str, ...]


class NothingToExport(Refused):
    """No shipment could go into the file; `refused` says why for each."""

    def __init__(self, code: str, refused: Mapping[str, tuple[Problem, ...]], **values: object) -> None:
        super().__init__(code, **values)
        self.refused = refused


def waiting(ws: Workspace, carrier_id: str) -> list[Shipment]:
    """Shipments that are ready for this carrier with a parcel that stood in none of its files yet, in the order of the
    slips; what travels in another's parcel goes with that one."""
    marks = ", ".join("?" * len(_READY))
    rows = ws.store.rows(
        f"SELECT id FROM shipments WHERE stage IN ({marks}) AND carrier IN (?, '') "
        "AND (bundle IS NULL OR bundle = id)",
        (*_READY, carrier_id),
    )
    default_here = {
        shop.name: ShopOptions(shop.settings).get("carrier.default") for shop in shops.every(ws.store)
    }
    found = [
        shipment
        for shipment in shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
        if (shipment.carrier or default_here.get(shipment.order_id.shop, "")) == carrier_id
    ]
    keys = [parcel.key for shipment in found for parcel in shipment.parcels]
    written = carrier_files.last_written(ws.store, carrier_id, keys)
    labelled = orders.flagged(ws.store, [s.row_id for s in found], LABEL_ELSEWHERE)
    fresh = [
        s
        for s in found
        if s.row_id not in labelled and any(parcel.key not in written for parcel in s.parcels)
    ]
    return sorted(fresh, key=lambda s: (*_slip_place(s), s.ship_by is None, s.ship_by, s.row_id))


def export(
    ws: Workspace,
    carrier_id: str,
    keys: Sequence[str] | None,
    out: Path,
    *,
    ship_date: date | None = None,
    agreed: bool = False,
) -> ExportResult:
    """Write the carrier's file for these shipments (None: all that are waiting for it) and note who stood
    in it.

    `agreed` = a person saw the proposals (where to part an address, which character to write instead). Raises
    Refused("carrier_unknown", "carrier_cannot_export", "carrier_ship_date") and NothingToExport, nothing
    written then; WorldFault("file_locked", "file_write").
    """
    carrier = _able(carrier_id)
    chosen, refused = _chosen(ws, carrier, keys)
    day = ship_date or ws.today()
    options = {shop.name: ShopOptions(shop.settings) for shop in shops.every(ws.store)}
    parcels = _parcels(ws, carrier, chosen, waiting_only=keys is None)
    made = [
        _consignment(ws, carrier, s, parcels[s.key], options[s.order_id.shop], day, agreed) for s in chosen
    ]
    tool = carrier.writing[0]
    assert tool.write_rows is not None
    assert tool.handover_layout is not None
    result = tool.write_rows(made, ws.today()) if made else _NOTHING
    refused |= {key: _named(problems, key, chosen) for key, problems in result.problems.items()}
    if not result.rows:
        code = "carrier_all_refused" if refused else "carrier_nothing_waiting"
        raise NothingToExport(code, refused, carrier=carrier.name, count=len(refused))
    data = table_bytes(tool.handover_layout, result.rows)
    taken = [shipment for shipment in chosen if shipment.key not in result.problems]
    return _write(ws, carrier, out, data, result, taken, refused)


_NOTHING = HandoverResult((), (), (), {})


def _able(carrier_id: str) -> Carrier:
    carrier = carriers().get(carrier_id)
    if carrier is None:
        raise Refused("carrier_unknown", carrier=carrier_id, known=", ".join(carriers()))
    if not carrier.writing:
        able = "、".join(c.name for c in carriers().values() if c.writing)
        raise Refused("carrier_cannot_export", carrier=carrier.full_name, able=able)
    return carrier


def _chosen(
    ws: Workspace, carrier: Carrier, keys: Sequence[str] | None
) -> tuple[list[Shipment], dict[str, tuple[Problem, ...]]]:
    """The shipments asked for, in the slips' order, and those that may not go to a carrier as they stand."""
    if keys is None:
        return waiting(ws, carrier.id), {}
    found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
    unknown = sorted(set(keys) - {shipment.key for shipment in found})
    if unknown:
        raise Refused("shipment_unknown", key=", ".join(unknown))
    found = shipments.leading(ws.store, found)
    labelled = orders.flagged(ws.store, [s.row_id for s in found], LABEL_ELSEWHERE)
    refused: dict[str, tuple[Problem, ...]] = {
        s.key: (why,) for s in found if (why := _not_now(s, carrier, s.row_id in labelled)) is not None
    }
    ready = [shipment for shipment in found if shipment.key not in refused]
    return sorted(ready, key=_slip_place), refused


def _slip_place(shipment: Shipment) -> tuple[int, int]:
    """Place among the printed slips, so that the n-th waybill belongs to the n-th slip; unprinted ones
    come last."""
    return shipment.batch or _LAST, shipment.batch_row or 0


def _not_now(shipment: Shipment, carrier: Carrier, labelled: bool) -> Problem | None:
    if labelled:
        return Problem("label_bought", Severity.BLOCK, "carrier", {"order": shipment.order_id.number})
    stopper = None if shipment.hold_reason or shipment.stage is not Stage.HOLD else shipment.stopped_by
    if stopper is not None:
        values = {"order": shipment.order_id.number, "other": stopper.order_id.number}
        return Problem("print_bundle_stopped", Severity.BLOCK, "stage", values)
    if shipment.stage not in _READY:
        return Problem(
            _NOT_READY[shipment.stage], Severity.BLOCK, "stage", {"order": shipment.order_id.number}
        )
    if shipment.carrier not in ("", carrier.id):
        planned = carriers().get(shipment.carrier)
        name = planned.name if planned else shipment.carrier
        return Problem(
            "carrier_planned_other", Severity.BLOCK, "carrier", {"planned": name, "carrier": carrier.name}
        )
    return None


def _named(problems: Sequence[Problem], key: str, chosen: Sequence[Shipment]) -> tuple[Problem, ...]:
    """The same problems with the order's number among their values."""
    number = next(s.order_id.number for s in chosen if s.key == key)
    return tuple(replace(p, values={**p.values, "order": number}) for p in problems)


def _parcels(
    ws: Workspace, carrier: Carrier, chosen: Sequence[Shipment], *, waiting_only: bool
) -> dict[str, tuple[Parcel, ...]]:
    """The parcels to be written. Of what waits only those that were never written: another would be a second waybill;
    but where all of a shipment's travel as one consignment, or with cash, it cannot be told in parts."""
    keys = [parcel.key for shipment in chosen for parcel in shipment.parcels]
    written = carrier_files.last_written(ws.store, carrier.id, keys) if waiting_only else {}
    found = {}
    for shipment in chosen:
        service = carrier.service(shipment.service)
        as_one = shipment.cash_on_delivery or (service is not None and service.several)
        fresh = tuple(parcel for parcel in shipment.parcels if as_one or parcel.key not in written)
        found[shipment.key] = fresh
    return found


def _consignment(
    ws: Workspace,
    carrier: Carrier,
    shipment: Shipment,
    parcels: tuple[Parcel, ...],
    options: ShopOptions,
    day: date,
    agreed: bool,
) -> Consignment:
    service = shipment.service or options.get("carrier.service") or carrier.default_service
    known = carrier.service(service)
    cash, tax = None, None
    if shipment.cash_on_delivery:
        if known is not None and known.with_cash:
            service = known.with_cash
        order = orders.of_shipment(ws.store, shipment.row_id)
        cash, tax = _cash(order, shipment.package_id) if order else (None, None)
    return Consignment(
        shipment=shipment,
        parcels=parcels,
        sender=_sender(options, carrier.id, shipment.order_id.shop),
        service=service,
        ship_date=day,
        cool=shipment.extra.get("cool", ""),
        cash=cash,
        cash_tax=tax,
        agreed=agreed,
    )


def _sender(options: ShopOptions, carrier: str, shop: str) -> Sender:
    """The account's name stands in where no sender name is set, as on the slip."""
    prefix = f"{carrier}."
    codes = {
        key.removeprefix(prefix): as_text(option, options.get(key))
        for key, option in declared().items()
        if key.startswith(prefix) and option.scope is Scope.SHOP
    }
    return Sender(
        name=options.get("sender.name") or shop,
        postal_code=options.get("sender.postal_code"),
        address=options.get("sender.address"),
        building=options.get("sender.building"),
        phone=options.get("sender.phone"),
        codes=codes,
    )


def _cash(order: Order, package_id: str) -> tuple[int | None, int | None]:
    """Amount to collect and the tax in it (CK-18: the order's total).

    With several recipients the package's own total counts and its tax is not stated. Points and coupons
    lessen the amount after tax was counted, so the tax is lessened in the same proportion.
    """
    money = order.money
    if len(order.packages) > 1:
        package = next((p for p in order.packages if p.package_id == package_id), None)
        return (package.total if package else None), None
    if money.charged is None or "charged" in money.undecided:
        return None, None
    amount = sum(part.amount for part in money.taxes)
    tax = sum(part.tax for part in money.taxes)
    if not amount:
        return money.charged, None
    return money.charged, tax if amount == money.charged else tax * money.charged // amount


def _write(
    ws: Workspace,
    carrier: Carrier,
    out: Path,
    data: bytes,
    result: HandoverResult,
    taken: Sequence[Shipment],
    refused: Mapping[str, tuple[Problem, ...]],
) -> ExportResult:
    """The file and its record come together: the record is undone when the file cannot be written."""
    fingerprint = hashlib.sha256(data).hexdigest()
    now, store = ws.now(), ws.store
    with store.transaction():
        before = carrier_files.last_written(store, carrier.id, result.keys)
        again = tuple(
            s.key for s in taken if any(p.key in before and p.key in result.keys for p in s.parcels)
        )
        file = CarrierFile(0, now, ws.person, carrier.id, carrier_files.OUT, out.name, fingerprint)
        counts = {"rows": len(result.rows), "shipments": len(taken), "refused": len(refused)}
        first = 2 if result.header else 1
        rows = [(key, "", line) for line, key in enumerate(result.keys, start=first)]
        carrier_files.add(store, file, counts, rows)
        _plan(ws, carrier, taken)
        history.add(
            *(store, [one.row_id for s in taken for one in s.bundle], "carrier_exported"),
            *(now, ws.person, ws.desk),
            carrier=carrier.name,
            file=out.name,
        )
        store.touch()
        write_whole(out, data)
    keys = tuple(shipment.key for shipment in taken)
    return ExportResult(
        carrier.id, out.name, fingerprint, len(result.rows), keys, refused, result.notes, again
    )


def _plan(ws: Workspace, carrier: Carrier, taken: Sequence[Shipment]) -> None:
    """Unplanned shipments and parcels now have their carrier."""
    for shipment in taken:
        if not shipment.carrier:
            shipments.update(ws.store, shipment.row_id, {"carrier": carrier.id})
        for parcel in shipment.parcels:
            if not parcel.carrier:
                shipments.set_parcel(ws.store, parcel.key, {"carrier": carrier.id})
