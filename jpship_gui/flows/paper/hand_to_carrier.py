"""Write the file a carrier's tool reads, with our parcel key in it (PR-07, PR-08)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jpship_gui.carriers.base import Carrier, Consignment, HandoverResult, Sender, Tool
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import LABEL_ELSEWHERE, Order
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.cool import cool_of_boxes
from jpship_gui.flows.check.together import undecided_problems
from jpship_gui.flows.paper.carrier_tools import Part, by_tool, codes_of, parts_of
from jpship_gui.flows.paper.marks import marks_of, offices_of
from jpship_gui.flows.services import service_of
from jpship_gui.flows.unmapped import unmapped
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import table_bytes, write_whole
from jpship_gui.settings.options import ShopOptions
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
class WrittenFile:
    """One file that was written: for which tool, and the shipments in it in its order."""

    tool: str
    tool_name: str
    path: Path
    fingerprint: str
    rows: int
    exported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: shipment keys in the files' order, and by shipment key what was left out or changed.

    Mostly one file; several where the shipments need several tools of the carrier or more rows than one file may hold.
    `file` names them all, `fingerprint` is the first one's. `again` names shipments that already stood in an earlier
    file of this carrier: two waybills may exist for them.
    """

    carrier: str
    file: str
    fingerprint: str
    rows: int
    exported: tuple[str, ...]
    refused: Mapping[str, tuple[Problem, ...]]
    notes: Mapping[str, tuple[Problem, ...]]
    again: tuple[str, ...]
    files: tuple[WrittenFile, ...] = ()


class NothingToExport(Refused):
    """No shipment could go into the file; `refused` says why for each."""

    def __init__(self, code: str, refused: Mapping[str, tuple[Problem, ...]], **values: object) -> None:
        super().__init__(code, **values)
        self.refused = refused


def waiting(ws: Workspace, carrier_id: str, tool: str | None = None) -> list[Shipment]:
    """Shipments that are ready for this carrier with a parcel that stood in none of its files yet, in the order of the
    slips; what travels in another's parcel goes with that one. With `tool` only those printed with it ("" = those no
    tool of the carrier takes)."""
    marks = ", ".join("?" * len(_READY))
    rows = ws.store.rows(
        f"SELECT id FROM shipments WHERE stage IN ({marks}) AND carrier IN (?, '') "
        "AND (bundle IS NULL OR bundle = id)",
        (*_READY, carrier_id),
    )
    options = _options(ws)
    found = [
        shipment
        for shipment in shipments.by_ids(ws.store, [row_id for (row_id,) in rows])
        if (shipment.carrier or options[shipment.order_id.shop].get("carrier.default")) == carrier_id
    ]
    keys = [parcel.key for shipment in found for parcel in shipment.parcels]
    written = carrier_files.last_written(ws.store, carrier_id, keys)
    labelled = orders.flagged(ws.store, [s.row_id for s in found], LABEL_ELSEWHERE)
    fresh = [
        s
        for s in found
        if s.row_id not in labelled and any(parcel.key not in written for parcel in s.parcels)
    ]
    carrier = ws.carriers().get(carrier_id)
    if tool is not None and carrier is not None:
        fresh = by_tool(carrier, fresh, options).get(tool, [])
    return sorted(fresh, key=lambda s: (*_slip_place(s), s.ship_by is None, s.ship_by, s.row_id))


def _options(ws: Workspace) -> dict[str, ShopOptions]:
    """Every shop's settings by name; the usual ones for a shop that is no longer set up but has orders here."""
    known = {shop.name: ShopOptions(shop.settings) for shop in shops.every(ws.store)}
    return defaultdict(lambda: ShopOptions({}), known)


def export(
    ws: Workspace,
    carrier_id: str,
    keys: Sequence[str] | None,
    out: Path,
    *,
    tool: str = "",
    ship_date: date | None = None,
    agreed: bool = False,
) -> ExportResult:
    """Write the carrier's files for these shipments (None: all that are waiting for it) and note who stood in them.

    One file for each tool they are printed with, parted where a tool takes only so many rows; a second file is named
    after `out`. `tool` = this one alone: what waits for it, or these shipments printed with it whatever the shop chose.
    `agreed` = a person saw the proposals (where to part an address, which character to write instead). Raises
    Refused("carrier_unknown", "carrier_cannot_export", "carrier_tool_unknown", "carrier_ship_date") and
    NothingToExport, nothing written then; WorldFault("file_locked", "file_write").
    """
    carrier = _able(ws, carrier_id, tool)
    options = _options(ws)
    chosen, refused = _chosen(ws, carrier, keys, tool)
    day = ship_date or ws.today()
    parcels = _parcels(ws, carrier, chosen, options, waiting_only=keys is None)
    marks, offices = marks_of(ws, chosen), offices_of(ws, chosen)
    cools = cool_of_boxes(ws, chosen)
    written: list[_Filled] = []
    notes: dict[str, tuple[Problem, ...]] = {}
    senders = {shop: _sender(options[shop], carrier.id, shop) for shop in _shops(chosen)}
    for one, group in _groups(carrier, chosen, options, senders, tool):
        if one is None:
            refused |= {s.key: (_no_tool(carrier, s, options, tool),) for s in group}
            continue
        assert one.write_rows is not None
        unclear = [s for s in group if any(cools[parcel.key] is None for parcel in parcels[s.key])]
        refused |= {s.key: (_mixed(s),) for s in unclear}
        group = [s for s in group if s.key not in refused]
        made = [
            replace(
                _consignment(ws, carrier, s, alike, options, senders, day, agreed),
                marks=marks[s.key],
                office=offices[s.key],
                cool=cool,
            )
            for s in group
            for cool, alike in _by_cool(parcels[s.key], cools)
        ]
        result = _whole(one.write_rows(made, ws.today()), group)
        refused |= {key: _named(problems, key, chosen) for key, problems in result.problems.items()}
        notes |= result.notes
        unsaid = unmapped(ws, [s for s in group if s.key not in result.problems])
        notes |= {key: (*notes.get(key, ()), problem) for key, problem in unsaid.items()}
        taken = [shipment for shipment in group if shipment.key not in result.problems]
        head = 2 if result.header else 1
        written += [_Filled(one, part, head) for part in parts_of(result, taken, one.most_rows)]
    if not written:
        code = "carrier_all_refused" if refused else "carrier_nothing_waiting"
        raise NothingToExport(code, refused, carrier=carrier.name, count=len(refused))
    return _write(ws, carrier, _named_files(out, written), parcels, refused, notes)


def _by_cool(
    parcels: Sequence[Parcel], cools: Mapping[str, str | None]
) -> list[tuple[str, tuple[Parcel, ...]]]:
    """Boxes of one temperature go as one consignment; in the order of the first of each."""
    found: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        found.setdefault(cools[parcel.key] or "", []).append(parcel)
    return [(cool, tuple(alike)) for cool, alike in found.items()]


def _mixed(shipment: Shipment) -> Problem:
    return Problem("carrier_cool_boxes", Severity.BLOCK, "parcels", {"order": shipment.order_id.number})


def _whole(result: HandoverResult, group: Sequence[Shipment]) -> HandoverResult:
    """Without the rows of a shipment of which another box cannot go."""
    owner = {parcel.key: shipment.key for shipment in group for parcel in shipment.parcels}
    good = [place for place, key in enumerate(result.keys) if owner[key] not in result.problems]
    if len(good) == len(result.keys):
        return result
    rows = tuple(result.rows[place] for place in good)
    return replace(result, rows=rows, keys=tuple(result.keys[place] for place in good))


@dataclass(frozen=True, slots=True)
class _Filled:
    """What goes into one file; `head` is the line of its first row."""

    tool: Tool
    part: Part
    head: int


def _shops(chosen: Sequence[Shipment]) -> list[str]:
    return list(dict.fromkeys(shipment.order_id.shop for shipment in chosen))


def _groups(
    carrier: Carrier,
    chosen: Sequence[Shipment],
    options: Mapping[str, ShopOptions],
    senders: Mapping[str, Sender],
    tool: str,
) -> list[tuple[Tool | None, list[Shipment]]]:
    """The shipments by the tool that prints them, as their shops have set it up; None = no tool does."""
    grouped = by_tool(carrier, chosen, options)
    if tool:
        (one,) = (known for known in carrier.writing if known.id == tool)
        grouped = {tool: [], "": []}
        for shipment in chosen:
            takes = one.takes(service_of(carrier, shipment, options[shipment.order_id.shop]))
            grouped[tool if takes else ""].append(shipment)
    tools: dict[str, Tool | None] = {known.id: known for known in carrier.writing}
    made: list[tuple[Tool | None, list[Shipment]]] = []
    for name, group in grouped.items():
        usual = tools.get(name)
        fitted: dict[int, tuple[Tool | None, list[Shipment]]] = {}
        for shipment in group:
            fits = usual.at(senders[shipment.order_id.shop].codes) if usual else None
            fitted.setdefault(id(fits), (fits, []))[1].append(shipment)
        made += fitted.values()
    return made


def _no_tool(carrier: Carrier, shipment: Shipment, options: Mapping[str, ShopOptions], tool: str) -> Problem:
    service = service_of(carrier, shipment, options[shipment.order_id.shop])
    known = carrier.service(service)
    tools = [one.name for one in carrier.writing if not tool or one.id == tool]
    values = {"service": known.name if known else service, "tools": "、".join(tools)}
    return Problem(
        "carrier_service_no_tool", Severity.BLOCK, "service", {"order": shipment.order_id.number, **values}
    )


def _named_files(out: Path, written: Sequence[_Filled]) -> list[tuple[Path, _Filled]]:
    """A name for each file: that asked for where there is one, else with the tool's and a number; a name somebody's
    file has is never taken."""
    if len(written) == 1:
        return [(out, written[0])]
    tools = {one.tool.id for one in written}
    named: list[tuple[Path, _Filled]] = []
    for one in written:
        of_tool = [other for other in written if other.tool.id == one.tool.id]
        word = f"_{one.tool.id}" if len(tools) > 1 else ""
        word += f"_{of_tool.index(one) + 1}" if len(of_tool) > 1 else ""
        named.append((_free(out.with_stem(out.stem + word)), one))
    return named


def _free(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found, number = path.with_stem(f"{path.stem}({number})"), number + 1
    return found


def _able(ws: Workspace, carrier_id: str, tool: str) -> Carrier:
    known = ws.carriers()
    carrier = known.get(carrier_id)
    if carrier is None:
        raise Refused("carrier_unknown", carrier=carrier_id, known=", ".join(known))
    if not carrier.writing:
        able = "、".join(c.name for c in known.values() if c.writing)
        raise Refused("carrier_cannot_export", carrier=carrier.full_name, able=able)
    tools = [one.id for one in carrier.writing]
    if tool and tool not in tools:
        raise Refused("carrier_tool_unknown", carrier=carrier.name, tool=tool, known=", ".join(tools))
    return carrier


def _chosen(
    ws: Workspace, carrier: Carrier, keys: Sequence[str] | None, tool: str
) -> tuple[list[Shipment], dict[str, tuple[Problem, ...]]]:
    """The shipments asked for, in the slips' order, and those that may not go to a carrier as they stand."""
    if keys is None:
        ready = waiting(ws, carrier.id, tool or None)
        undecided = undecided_problems(ws, ready)
        return [shipment for shipment in ready if shipment.key not in undecided], undecided
    found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
    unknown = sorted(set(keys) - {shipment.key for shipment in found})
    if unknown:
        raise Refused("shipment_unknown", key=", ".join(unknown))
    found = shipments.leading(ws.store, found)
    labelled = orders.flagged(ws.store, [s.row_id for s in found], LABEL_ELSEWHERE)
    refused: dict[str, tuple[Problem, ...]] = {
        s.key: (why,) for s in found if (why := _not_now(ws, s, carrier, s.row_id in labelled)) is not None
    }
    refused |= undecided_problems(ws, [shipment for shipment in found if shipment.key not in refused])
    ready = [shipment for shipment in found if shipment.key not in refused]
    return sorted(ready, key=_slip_place), refused


def _slip_place(shipment: Shipment) -> tuple[int, int]:
    """Place among the printed slips, so that the n-th waybill belongs to the n-th slip; unprinted ones
    come last."""
    return shipment.batch or _LAST, shipment.batch_row or 0


def _not_now(ws: Workspace, shipment: Shipment, carrier: Carrier, labelled: bool) -> Problem | None:
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
        planned = ws.carriers().get(shipment.carrier)
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
    ws: Workspace,
    carrier: Carrier,
    chosen: Sequence[Shipment],
    options: Mapping[str, ShopOptions],
    *,
    waiting_only: bool,
) -> dict[str, tuple[Parcel, ...]]:
    """The parcels to be written. Of what waits only those that were never written: another would be a second waybill;
    but where all of a shipment's travel as one consignment, or with cash, it cannot be told in parts."""
    keys = [parcel.key for shipment in chosen for parcel in shipment.parcels]
    written = carrier_files.last_written(ws.store, carrier.id, keys) if waiting_only else {}
    found = {}
    for shipment in chosen:
        service = carrier.service(service_of(carrier, shipment, options[shipment.order_id.shop]))
        as_one = shipment.cash_on_delivery or (service is not None and service.several)
        fresh = tuple(parcel for parcel in shipment.parcels if as_one or parcel.key not in written)
        found[shipment.key] = fresh
    return found


def _consignment(
    ws: Workspace,
    carrier: Carrier,
    shipment: Shipment,
    parcels: tuple[Parcel, ...],
    options: Mapping[str, ShopOptions],
    senders: Mapping[str, Sender],
    day: date,
    agreed: bool,
) -> Consignment:
    shop = shipment.order_id.shop
    cash, tax = None, None
    if shipment.cash_on_delivery:
        order = orders.of_shipment(ws.store, shipment.row_id)
        cash, tax = _cash(order, shipment.package_id) if order else (None, None)
    return Consignment(
        shipment=shipment,
        parcels=parcels,
        sender=senders[shop],
        service=service_of(carrier, shipment, options[shop]),
        ship_date=day,
        cool=shipment.extra.get("cool", ""),
        cash=cash,
        cash_tax=tax,
        agreed=agreed,
    )


def _sender(options: ShopOptions, carrier: str, shop: str) -> Sender:
    """The account's name stands in where no sender name is set, as on the slip."""
    return Sender(
        name=options.get("sender.name") or shop,
        postal_code=options.get("sender.postal_code"),
        address=options.get("sender.address"),
        building=options.get("sender.building"),
        phone=options.get("sender.phone"),
        codes=codes_of(options, carrier),
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
    files: Sequence[tuple[Path, _Filled]],
    parcels: Mapping[str, tuple[Parcel, ...]],
    refused: Mapping[str, tuple[Problem, ...]],
    notes: Mapping[str, tuple[Problem, ...]],
) -> ExportResult:
    """Each file and its record come together: the record is undone when the file cannot be written, and so are those
    before it, whose files are taken away again."""
    store = ws.store
    taken = [shipment for _, one in files for shipment in one.part.shipments]
    made: list[WrittenFile] = []
    try:
        with store.transaction():
            keys = [parcel.key for shipment in taken for parcel in parcels[shipment.key]]
            before = carrier_files.last_written(store, carrier.id, keys)
            again = tuple(s.key for s in taken if any(p.key in before for p in parcels[s.key]))
            for place, (path, one) in enumerate(files):
                made.append(_write_one(ws, carrier, path, one, parcels, len(refused) if place == 0 else 0))
            _plan(ws, carrier, taken)
            store.touch()
    except BaseException:
        for file in made[: len(files) - 1]:
            file.path.unlink(missing_ok=True)
        raise
    return ExportResult(
        carrier=carrier.id,
        file="、".join(file.path.name for file in made),
        fingerprint=made[0].fingerprint,
        rows=sum(file.rows for file in made),
        exported=tuple(shipment.key for shipment in taken),
        refused=refused,
        notes=notes,
        again=again,
        files=tuple(made),
    )


def _write_one(
    ws: Workspace,
    carrier: Carrier,
    path: Path,
    one: _Filled,
    parcels: Mapping[str, tuple[Parcel, ...]],
    refused: int,
) -> WrittenFile:
    """In a transaction."""
    tool, part, now = one.tool, one.part, ws.now()
    assert tool.handover_layout is not None
    data = table_bytes(tool.handover_layout, part.rows)
    fingerprint = hashlib.sha256(data).hexdigest()
    file = CarrierFile(0, now, ws.person, carrier.id, carrier_files.OUT, path.name, fingerprint, tool.id)
    counts = {"rows": len(part.rows), "shipments": len(part.shipments), "refused": refused}
    lines = {key: line for line, key in enumerate(part.keys, start=one.head)}
    rows = []
    for shipment in part.shipments:
        own = [parcel.key for parcel in parcels[shipment.key]]
        first = next(lines[key] for key in own if key in lines)  # a tool may take all boxes in one row
        rows += [(key, "", lines.get(key, first)) for key in own]
    carrier_files.add(ws.store, file, counts, rows)
    history.add(
        *(ws.store, [one.row_id for s in part.shipments for one in s.bundle], "carrier_exported"),
        *(now, ws.person, ws.desk),
        carrier=carrier.name,
        file=path.name,
    )
    write_whole(path, data)
    return WrittenFile(
        tool.id, tool.name, path, fingerprint, len(part.rows), tuple(s.key for s in part.shipments)
    )


def _plan(ws: Workspace, carrier: Carrier, taken: Sequence[Shipment]) -> None:
    """Unplanned shipments and parcels now have their carrier."""
    for shipment in taken:
        if not shipment.carrier:
            shipments.update(ws.store, shipment.row_id, {"carrier": carrier.id})
        for parcel in shipment.parcels:
            if not parcel.carrier:
                shipments.set_parcel(ws.store, parcel.key, {"carrier": carrier.id})
