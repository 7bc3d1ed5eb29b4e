"""Read a carrier's issued data and give each parcel the number its carrier assigned: the file proof
(PR-07, PK-07)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jpship_gui.carriers.base import Carrier, IssuedFile, IssuedNumber, Tool
from jpship_gui.carriers.issued import is_parcel_key, known_header
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.tracking_no import check_digit_holds
from jpship_gui.flows.pack.record import prove_by_file, record
from jpship_gui.flows.paper.carrier_tools import codes_of
from jpship_gui.flows.services import service_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import recognise
from jpship_gui.formats.layout import Layout, Rejection, Table
from jpship_gui.formats.reader import read_file
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import carrier_files, history, packing, shipments, shops
from jpship_gui.store.carrier_files import CarrierFile, Holder

__all__ = ["Contested", "NumberRepair", "Rejection", "TakeResult", "Taken", "preview", "take"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One parcel's number from the file; `before` is what an earlier file said, `linked` what a person
    linked."""

    line: int
    key: str
    shipment: str
    order: str
    number: str
    before: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class NumberRepair:
    """A damaged number with exactly one possible original."""

    line: int
    key: str
    found: str
    repaired: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A number the file gives to `order` and a person linked to `other`: that link has lost its proof."""

    line: int
    number: str
    order: str
    other: str
    other_shipment: str


@dataclass(frozen=True, slots=True)
class TakeResult:
    """What the file gave. Nothing of `conflicts`, `rejected` and (unless accepted) `repairs` was stored.

    `mismatches` were stored and differ from the number a person linked: two waybills may be swapped.
    `proven` are keys of shipments whose proof the file changed: linked numbers it confirms are verified,
    those it contradicts no longer.
    """

    carrier: str
    tool: str
    file: str
    fingerprint: str
    rows: int
    matched: tuple[Taken, ...]
    unchanged: tuple[Taken, ...]
    conflicts: tuple[Taken, ...]
    mismatches: tuple[Taken, ...]
    unknown: tuple[tuple[int, str], ...]
    rejected: tuple[Rejection, ...]
    repairs: tuple[NumberRepair, ...]
    repairs_accepted: bool
    contested: tuple[Contested, ...] = ()
    proven: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every row of the file was taken or known already."""
        left = self.conflicts or self.unknown or self.rejected or self.mismatches or self.contested
        return not left and (self.repairs_accepted or not self.repairs)


def preview(ws: Workspace, carrier_id: str, path: Path) -> TakeResult:
    """What `take` would do, repairs and rows by position included; nothing is stored. Faults as `take`."""
    return _take(ws, carrier_id, path, accept_repairs=True, accept_positions=True, replace=(), store=False)


def take(
    ws: Workspace,
    carrier_id: str,
    path: Path,
    *,
    accept_repairs: bool = False,
    accept_positions: bool = False,
    replace: Sequence[str] = (),
) -> TakeResult:
    """Store the numbers of an issued-data file, all in one transaction. `carrier_id` "" = told from the
    content.

    `accept_positions`: a person saw the preview of a file without header. `replace`: parcel keys whose
    number was issued anew. Raises Refused, nothing stored: carrier_unknown, carrier_cannot_import,
    carrier_file_other, carrier_file_is_import, carrier_file_empty, carrier_file_foreign (none of our
    keys), carrier_file_positions, and those of reading a file.
    """
    return _take(ws, carrier_id, path, accept_repairs, accept_positions, replace, store=True)


def _take(
    ws: Workspace,
    carrier_id: str,
    path: Path,
    accept_repairs: bool,
    accept_positions: bool,
    replace: Sequence[str],
    store: bool,
) -> TakeResult:
    table = read_file(path)
    carrier, tool, issued = _read(ws, carrier_id, table)
    if issued.by_position and not accept_positions:
        raise Refused("carrier_file_positions", file=table.name)
    with ws.store.transaction():
        result = _compare(ws, carrier, tool, table, issued, accept_repairs, frozenset(replace))
        if store:
            _store(ws, carrier, table, result)
    if not store:
        return result
    touched = [taken.shipment for taken in (*result.matched, *result.unchanged) if taken.linked]
    changed = _withdraw(ws, result.contested)
    changed += prove_by_file(ws, list(dict.fromkeys(touched)))
    return dataclasses.replace(result, proven=tuple(dict.fromkeys(changed)))


def _withdraw(ws: Workspace, contested: Sequence[Contested]) -> tuple[str, ...]:
    """Take back the proof of links whose number the file gives to another order."""
    numbers = {found.number for found in contested}
    effects = [
        Effect(Do.UNVERIFY, packed.shipment.key, box.key, number=box.tracking_no)
        for key in dict.fromkeys(found.other_shipment for found in contested)
        if (packed := packing.load(ws.store, key)) is not None
        for box in packed.boxes
        if box.verified and box.tracking_no in numbers and box.file_no != box.tracking_no
    ]
    return record(ws, "file", effects) if effects else ()


def _read(ws: Workspace, carrier_id: str, table: Table) -> tuple[Carrier, Tool, IssuedFile]:
    """The carrier and its tool whose issued data this is, and what it says."""
    every = ws.carriers()
    if carrier_id and carrier_id not in every:
        raise Refused("carrier_unknown", carrier=carrier_id, known=", ".join(every))
    asked = [every[carrier_id]] if carrier_id else list(every.values())
    readers = [(carrier, tool) for carrier in asked for tool in _as_set_up(ws, carrier, carrier.reading)]
    if not readers:
        raise Refused("carrier_cannot_import", carrier=asked[0].full_name)
    other: Refused | None = None
    for carrier, tool in readers:
        assert tool.read_result is not None
        try:
            return carrier, tool, tool.read_result(table)
        except Refused as fault:
            if fault.code != "carrier_file_other":
                raise
            other = other or fault
    assert other is not None
    raise _what_it_is(ws, table, other)


def _as_set_up(ws: Workspace, carrier: Carrier, tools: Sequence[Tool]) -> list[Tool]:
    """These tools as the shops have set them up, each once, and as the standard has them."""
    own = [codes_of(ShopOptions(shop.settings), carrier.id) for shop in shops.every(ws.store)]
    every = [one for tool in tools for one in (*(tool.at(codes) for codes in own), tool)]
    return list({id(one): one for one in every}.values())


def _what_it_is(ws: Workspace, table: Table, other: Refused) -> Refused:
    """The refusal with the name of what was chosen instead, where it is known (an order file, a file we wrote for a
    tool)."""
    for carrier in ws.carriers().values():
        for tool in _as_set_up(ws, carrier, carrier.writing):
            if tool.handover_layout is not None and _is_ours(table, tool.handover_layout):
                return Refused("carrier_file_is_import", file=table.name, tool=tool.name)
    known = [layout for marketplace in ws.markets().values() for layout in marketplace.order_layouts]
    try:
        seems = recognise(table, known).layout.title
    except Refused as fault:
        seems = str(fault.values.get("seems", ""))
    return Refused("carrier_file_seems", **{**other.values, "seems": seems}) if seems else other


def _is_ours(table: Table, layout: Layout) -> bool:
    """Whether a file is one we write by this layout: its header, or without one its width and our key in its place."""
    columns = layout.columns
    if layout.header:
        return [known_header(c.header) for c in columns] == [known_header(name) for name in table.header]
    place = next((i for i, column in enumerate(columns) if column.field == "parcel_key"), None)
    first = table.header
    return place is not None and len(first) == len(columns) and is_parcel_key(first[place].strip())


def _compare(
    ws: Workspace,
    carrier: Carrier,
    tool: Tool,
    table: Table,
    issued: IssuedFile,
    accept_repairs: bool,
    replace: frozenset[str],
) -> TakeResult:
    """Sort the file's numbers by what they mean for our parcels."""
    owners = _owners(ws, [number.parcel_key for number in issued.numbers])
    options = {shop.name: ShopOptions(shop.settings) for shop in shops.every(ws.store)}
    known = [
        _whole(carrier, number, owners[number.parcel_key][0], options)
        for number in issued.numbers
        if number.parcel_key in owners
    ]
    tool = _told_apart(ws, carrier, tool, table, [number.parcel_key for number in known])
    if not issued.numbers and any(code == "carrier_number_damaged" for _, _, code, _ in issued.rejected):
        raise Refused("carrier_file_damaged", file=table.name, example=issued.rejected[0][3])
    if not known and (issued.numbers or _only_foreign(issued)):
        raise Refused("carrier_file_foreign", file=table.name, count=len(table.rows))
    holders = carrier_files.holders(ws.store, [number.tracking_no for number in known])
    old = ws.now() - timedelta(days=int(ws.options.get("pack.recycle_days")))
    sorter = _Sorter(tool, owners, holders, old, accept_repairs, replace)
    for number in known:
        sorter.take(number)
    rejected = [Rejection(line, column, code, value) for line, column, code, value in issued.rejected]
    return TakeResult(
        carrier=carrier.id,
        tool=tool.name,
        file=table.name,
        fingerprint=table.fingerprint,
        rows=len(issued.numbers) + len(issued.rejected) + issued.repeated,
        matched=tuple(sorter.matched),
        unchanged=tuple(sorter.unchanged),
        conflicts=tuple(sorter.conflicts),
        mismatches=tuple(t for t in (*sorter.matched, *sorter.unchanged) if t.linked not in ("", t.number)),
        unknown=tuple((n.line, n.parcel_key) for n in issued.numbers if n.parcel_key not in owners),
        rejected=tuple(sorted([*rejected, *sorter.rejected], key=lambda r: r.line)),
        repairs=tuple(sorter.repairs),
        repairs_accepted=accept_repairs,
        contested=tuple(sorter.contested),
    )


def _whole(
    carrier: Carrier, number: IssuedNumber, shipment: Shipment, options: Mapping[str, ShopOptions]
) -> IssuedNumber:
    """A number that lost its zeros can look like one of another service of the carrier (a parcel's like registered
    mail's): the service the parcel goes by says which it was."""
    known = carrier.service(service_of(carrier, shipment, options[shipment.order_id.shop]))
    form = next((one for one in carrier.numbers if known is not None and one.id == known.form), None)
    found = number.tracking_no
    if form is None or number.repaired_from or re.fullmatch(form.pattern, found):
        return number
    whole = found.zfill(form.check_index + 1)
    if len(whole) - len(found) not in (1, 2) or not check_digit_holds(whole, form):
        return number
    return dataclasses.replace(number, tracking_no=whole, repaired_from=found)


def _told_apart(ws: Workspace, carrier: Carrier, tool: Tool, table: Table, keys: Sequence[str]) -> Tool:
    """Several tools of a carrier may give back files alike: the one these parcels were written for is meant."""
    written = {file.tool for file in carrier_files.last_written(ws.store, carrier.id, keys).values()}
    wanted = [one for one in _as_set_up(ws, carrier, carrier.reading) if {one.id} == written != {tool.id}]
    for one in wanted:
        assert one.read_result is not None
        try:
            one.read_result(table)
        except Refused:
            continue
        return one
    return tool


def _only_foreign(issued: IssuedFile) -> bool:
    return all(code in ("carrier_key_foreign", "carrier_key_missing") for _, _, code, _ in issued.rejected)


def _owners(ws: Workspace, keys: Sequence[str]) -> dict[str, tuple[Shipment, Parcel]]:
    """Our parcels among these keys."""
    shipment_keys = list(dict.fromkeys(key[:_KEY_LENGTH] for key in keys))
    found = shipments.by_keys(ws.store, shipment_keys)
    return {parcel.key: (shipment, parcel) for shipment in found for parcel in shipment.parcels}


_KEY_LENGTH = 9  # domain/order_key.py: a parcel's key begins with its shipment's


class _Sorter:
    """Decides for one number at a time; the lists are what `TakeResult` shows."""

    def __init__(
        self,
        tool: Tool,
        owners: Mapping[str, tuple[Shipment, Parcel]],
        holders: Mapping[str, Sequence[Holder]],
        old: datetime,
        accept_repairs: bool,
        replace: frozenset[str],
    ) -> None:
        self._owners, self._holders, self._old = owners, holders, old
        self._accept_repairs, self._replace = accept_repairs, replace
        layout = tool.result_layout
        self._column = (
            next((c.header for c in layout.columns if c.field == "tracking_no"), "") if layout else ""
        )
        self.matched: list[Taken] = []
        self.unchanged: list[Taken] = []
        self.conflicts: list[Taken] = []
        self.rejected: list[Rejection] = []
        self.repairs: list[NumberRepair] = []
        self.contested: list[Contested] = []

    def take(self, number: IssuedNumber) -> None:
        shipment, parcel = self._owners[number.parcel_key]
        if number.repaired_from:
            repair = NumberRepair(number.line, parcel.key, number.repaired_from, number.tracking_no)
            self.repairs.append(repair)
            if not self._accept_repairs:
                return
        others = self._others(number.tracking_no, parcel.key)
        order = shipment.order_id.number
        firm = next((other for other in others if other.from_file or other.told), None)
        if firm is not None:
            value = f"{number.tracking_no} → {firm.order}"
            self.rejected.append(Rejection(number.line, self._column, "carrier_number_in_use", value, order))
            return
        self.contested += [
            Contested(number.line, number.tracking_no, order, other.order, other.shipment) for other in others
        ]
        taken = Taken(
            *(number.line, parcel.key, shipment.key, order, number.tracking_no),
            before=parcel.file_no,
            linked=parcel.tracking_no,
        )
        self._list_for(taken).append(taken)

    def _list_for(self, taken: Taken) -> list[Taken]:
        if taken.before == taken.number:
            return self.unchanged
        return self.conflicts if taken.before and taken.key not in self._replace else self.matched

    def _others(self, number: str, parcel_key: str) -> list[Holder]:
        """Other parcels with this number; those linked so long ago that carriers give it out again do not
        count."""
        return [
            holder
            for holder in self._holders.get(number, ())
            if holder.parcel != parcel_key and (holder.linked_at is None or holder.linked_at > self._old)
        ]


def _store(ws: Workspace, carrier: Carrier, table: Table, result: TakeResult) -> None:
    now = ws.now()
    file = CarrierFile(0, now, ws.person, carrier.id, carrier_files.IN, table.name, table.fingerprint)
    counts = {
        "rows": result.rows,
        "matched": len(result.matched),
        "unchanged": len(result.unchanged),
        "rejected": len(result.rejected) + len(result.conflicts) + len(result.unknown),
    }
    rows = [(taken.key, taken.number, taken.line) for taken in (*result.matched, *result.unchanged)]
    carrier_files.add(ws.store, file, counts, rows)
    found = shipments.by_keys(ws.store, list(dict.fromkeys(taken.shipment for taken in result.matched)))
    row_ids = {shipment.key: shipment.row_id for shipment in found}
    numbers = [(taken.key, taken.number) for taken in result.matched]
    shipments.promise_numbers(ws.store, carrier.id, numbers, list(row_ids.values()))
    told = [
        (row_ids[taken.shipment], {"number": taken.number, "file": table.name}) for taken in result.matched
    ]
    history.add_each(ws.store, told, "number_from_file", now, ws.person, ws.desk)
    ws.store.touch()
