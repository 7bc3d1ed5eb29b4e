"""What importing files would do, told before anything is written (IN-10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.order import Order, OrderId, OrderState, RegisteredParcel
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.intake.compare import API_ONLY, FieldChange, carry_over, differences
from jpship_gui.flows.intake.shop_of import shops_for
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import open_as_known, positions
from jpship_gui.formats.layout import Damage, Layout, Rejection, Table
from jpship_gui.formats.reader import file_bytes, shown_name
from jpship_gui.marketplaces.base import ReadOrders
from jpship_gui.store import carrier_files, orders, shipments, shops
from jpship_gui.store.orders import StoredOrder

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
_OVER = frozenset({OrderState.SHIPPED, OrderState.CANCELLED, OrderState.CANCELLING})
REGISTERED = "registered"  # field of a change: what the marketplace knows of parcels


@dataclass(frozen=True, slots=True)
class OrderOutcome:
    """What happens to one order. `order` is the reading as it will be kept; `told` = the marketplace was told
    already."""

    order: Order
    outcome: str
    stored: StoredOrder | None = None
    changes: tuple[FieldChange, ...] = ()
    holds: bool = False  # something printed or handed to a carrier is wrong now: the shipment goes on hold
    told: bool = False
    cleared: bool = False  # says the same as before, and what was doubtful then no longer is
    counted: bool = True  # False: another file of this import tells the order and counts it


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One file. `fault` says why it is no order file we take; then all else is empty."""

    path: Path
    name: str
    fault: Fault | None = None
    layout: str = ""
    title: str = ""
    marketplace: str = ""
    encoding: str = ""
    delimiter: str = ""
    rows: int = 0
    outcomes: tuple[OrderOutcome, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    rejected_orders: int = 0
    damages: tuple[Damage, ...] = ()
    repeated_rows: int = 0
    warnings: tuple[str, ...] = ()
    absent_columns: tuple[str, ...] = ()  # that its profile names
    learned: tuple[str, str] | None = None
    learned_key: str = ""  # the setting it was learned for
    table: Table | None = None
    read: ReadOrders | None = None
    joined_to: str = ""  # name of the file it is read together with, which tells its orders
    turn: int = 0  # its place in the order of reading, in which files are also to be stored

    def count(self, outcome: str) -> int:
        """Number of orders with this outcome."""
        return sum(found.outcome == outcome and found.counted for found in self.outcomes)

    @property
    def told(self) -> int:
        """Orders that were reported as shipped and still wait for it by what this file says (IN-07)."""
        return sum(found.told and found.counted and found.order.state not in _OVER for found in self.outcomes)

    def lines_of(self, number: str) -> tuple[int, ...]:
        """Editor's lines of an order's rows."""
        if self.table is None or self.read is None:
            return ()
        return tuple(self.table.rows[i].line for i in self.read.source_lines.get(number, ()))


@dataclass(frozen=True, slots=True)
class Preview:
    """All files of one import; nothing is written yet. `refused_repairs` are codes of damages to be left as they
    are."""

    files: tuple[FilePreview, ...]
    shop: str = ""
    refused_repairs: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether any file can be taken."""
        return any(found.fault is None for found in self.files)


def preview(
    ws: Workspace,
    paths: Sequence[Path],
    shop: str = "",
    refused_repairs: frozenset[str] = frozenset(),
    progress: Progress = UNWATCHED,
) -> Preview:
    """Read and compare. A file that is none of ours gets its fault, the others go on; `shop` names the account to
    use."""
    opened: list[_Opened | FilePreview] = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), shown_name(path))
        try:
            opened.append(_open(ws, path, number, shop))
        except Fault as fault:
            opened.append(_faulty(path, fault))
    placed: dict[int, FilePreview] = {n: one for n, one in enumerate(opened) if isinstance(one, FilePreview)}
    earlier: dict[OrderId, Order] = {}
    for turn, work in enumerate(_readings(ws, opened)):
        first = work.files[0]
        try:
            one = replace(_preview_file(ws, work, shop, refused_repairs, earlier), turn=turn)
        except Fault as fault:
            one = _faulty(first.path, fault)
        earlier.update((outcome.order.id, outcome.order) for outcome in one.outcomes)
        placed[first.place] = one
        for other in work.files[1:]:
            placed[other.place] = _beside(other, shown_name(first.path), one.fault)
    found = [placed[n] for n in range(len(paths))]
    progress.step(len(paths), len(paths))
    counts = {outcome: sum(one.count(outcome) for one in found) for outcome in (NEW, CHANGED, UNCHANGED)}
    counts["rejected"] = sum(one.rejected_orders for one in found)
    return Preview(tuple(found), shop, refused_repairs, counts)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file whose kind is known."""

    place: int
    path: Path
    table: Table
    layout: Layout


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read as one: a file, or several of one marketplace joined."""

    files: tuple[_Opened, ...]
    table: Table
    layout: Layout
    fault: Fault | None = None
    warnings: tuple[str, ...] = ()


def _open(ws: Workspace, path: Path, place: int, shop: str) -> _Opened:
    """Of kinds of file that fit alike (a profile and its copy) the one the named shop, or any shop, is of."""
    layouts = [layout for market in ws.markets().values() for layout in market.order_layouts]
    kept = [found for found in shops.every(ws.store) if shop in ("", found.name)]
    table, match = open_as_known(
        shown_name(path), file_bytes(path), layouts, {found.marketplace for found in kept}
    )
    return _Opened(place, path, table, match.layout)


def _faulty(path: Path, fault: Fault) -> FilePreview:
    fault.values.setdefault("file", shown_name(path))
    return FilePreview(path, shown_name(path), fault)


def _beside(other: _Opened, name: str, fault: Fault | None) -> FilePreview:
    """A file that was joined to another: it shares its fate and tells nothing of its own."""
    if fault is not None:  # in words of its own: the fault names the file it is shown with
        fault = type(fault)(fault.code, **{**fault.values, "file": other.table.name})
    table, layout = other.table, other.layout
    return FilePreview(
        path=other.path,
        name=other.table.name,
        fault=fault,
        layout=layout.id,
        title=layout.title,
        marketplace=layout.owner,
        encoding=table.encoding,
        delimiter=table.delimiter,
        rows=len(table.rows),
        table=table,
        joined_to=name,
    )


def _readings(ws: Workspace, opened: Sequence[_Opened | FilePreview]) -> list[_Reading]:
    """Files that tell orders before those that only say more about known ones."""
    known = ws.markets()
    by_market: dict[str, list[_Opened]] = {}
    for one in opened:
        if isinstance(one, _Opened):
            by_market.setdefault(one.layout.owner, []).append(one)
    found: list[_Reading] = []
    for owner, files in by_market.items():
        join = known[owner].join
        if join is None:
            found += [_Reading((one,), one.table, one.layout) for one in files]
            continue
        for joined in join([(one.table, one.layout) for one in files]):
            members = tuple(files[n] for n in joined.members)
            found.append(_Reading(members, joined.table, joined.layout, joined.fault, joined.warnings))
    return sorted(found, key=lambda one: one.layout.extra.get("after_orders", ""))


def _preview_file(
    ws: Workspace, work: _Reading, shop: str, refused: frozenset[str], earlier: Mapping[OrderId, Order]
) -> FilePreview:
    if work.fault is not None:
        raise work.fault
    table, layout = work.table, work.layout
    market = ws.markets()[layout.owner]
    at = positions(table, layout)["number"]
    accounts = shops_for(ws, market, table, layout, at, shop)
    assert market.read_orders is not None
    read = market.read_orders(table, layout, accounts.of, refused)
    read, outcomes = _outcomes(ws, table, read, earlier)
    first = work.files[0]
    return FilePreview(
        path=first.path,
        name=first.table.name,
        layout=layout.id,
        title=layout.title,
        marketplace=market.id,
        encoding=first.table.encoding,
        delimiter=first.table.delimiter,
        rows=len(first.table.rows),
        outcomes=outcomes,
        rejections=read.rejections,
        rejected_orders=_rejected_orders(read),
        damages=read.damages,
        repeated_rows=read.repeated_rows,
        warnings=read.warnings + work.warnings,
        absent_columns=read.absent_columns,
        learned=accounts.learned,
        learned_key=market.shop_key,
        table=table,
        read=read,
    )


def _outcomes(
    ws: Workspace, table: Table, read: ReadOrders, earlier: Mapping[OrderId, Order]
) -> tuple[ReadOrders, tuple[OrderOutcome, ...]]:
    if read.registered:
        return _registered_outcomes(ws, table, read, earlier)
    return read, outcomes_of(ws, read.orders, read.absent | (API_ONLY - read.told), earlier)


def _rejected_orders(read: ReadOrders) -> int:
    numbers = {rejection.order for rejection in read.rejections if rejection.order}
    return len(numbers) + sum(not rejection.order for rejection in read.rejections)


def outcomes_of(
    ws: Workspace,
    readings: Sequence[Order],
    absent: frozenset[str] = frozenset(),
    earlier: Mapping[OrderId, Order] | None = None,
) -> tuple[OrderOutcome, ...]:
    """What becomes of each reading; `absent` are fields its source could not tell, `earlier` readings of the same
    import."""
    known = orders.find(ws.store, [order.id for order in readings])
    markets = ws.markets()
    found = [
        _outcome(order, known.get(order.id), absent, earlier or {}, markets[order.id.marketplace].settle)
        for order in readings
    ]
    return _with_shipments(ws, found)


def _outcome(
    order: Order,
    stored: StoredOrder | None,
    absent: frozenset[str],
    earlier: Mapping[OrderId, Order],
    settle: Callable[[Order, Order], Order] | None,
) -> OrderOutcome:
    old = earlier.get(order.id) or (stored.order() if stored else None)
    if old is None:
        return OrderOutcome(order, NEW)
    order = carry_over(order, old, absent)
    if absent and settle is not None:
        order = settle(order, old)
    changes = differences(old, order)
    if stored is None and changes:  # another file of this import brings it; this one says more of it
        return OrderOutcome(order, UNCHANGED, None, changes, counted=False)
    cleared = not changes and set(order.findings) < set(old.findings)
    return OrderOutcome(order, CHANGED if changes else UNCHANGED, stored, changes, cleared=cleared)


def _with_shipments(ws: Workspace, found: Sequence[OrderOutcome]) -> tuple[OrderOutcome, ...]:
    """Known orders judged by how far their shipments have come."""
    rows = [one.stored.row_id for one in found if one.changes and one.stored]
    made = shipments.of_orders(ws.store, rows) if rows else {}
    same = [one.stored.row_id for one in found if not one.changes and one.stored]
    told = shipments.told_orders(ws.store, same)
    return tuple(_standing(ws, one, made, told) for one in found)


def _standing(
    ws: Workspace, one: OrderOutcome, made: Mapping[int, Sequence[Shipment]], told: frozenset[int]
) -> OrderOutcome:
    if one.stored is None:
        return one
    row_id = one.stored.row_id
    return _judged(ws, one, made.get(row_id, [])) if one.changes else replace(one, told=row_id in told)


def _judged(ws: Workspace, one: OrderOutcome, made: Sequence[Shipment]) -> OrderOutcome:
    told = bool(made) and all(s.facts.sent or s.facts.accepted for s in made)
    only_state = all(change.field in ("state", REGISTERED) for change in one.changes)
    if told and only_state and one.order.state is OrderState.SHIPPED:
        # Our own report took effect over night; nobody needs to look at that.
        return OrderOutcome(one.order, UNCHANGED, one.stored, one.changes, told=True)
    on_paper = any(change.on_paper for change in one.changes)
    holds = on_paper and any(not _has_left(s) and is_committed(ws, s) for s in made)
    return OrderOutcome(one.order, CHANGED, one.stored, one.changes, holds, told)


def _has_left(shipment: Shipment) -> bool:
    """Whether a change at the source comes too late to stop anything."""
    facts = shipment.facts
    return bool(facts.handed_over or facts.sent or facts.accepted)


def is_committed(ws: Workspace, shipment: Shipment) -> bool:
    """Whether paper, box, waybill or the file for the carrier already say what the source said before."""
    facts = shipment.facts
    marks = (facts.printed, facts.checked, facts.linked, facts.verified)
    boxes = (
        *shipment.parcels,
        *shipment.boxes,
    )  # a member's own waybill may exist besides that of its bundle
    if any(marks) or any(box.file_no or box.tracking_no for box in boxes):
        return True
    return any(carrier_files.of_parcel(ws.store, box.key) for box in boxes)


def _registered_outcomes(
    ws: Workspace, table: Table, read: ReadOrders, earlier: Mapping[OrderId, Order]
) -> tuple[ReadOrders, tuple[OrderOutcome, ...]]:
    """A file that only says more of known orders changes those, or such as another file of this import tells; orders
    we do not know are rejected."""
    known = orders.find(ws.store, [order_id for order_id, _ in read.registered])
    number_header = read.number_header or "注文番号"
    changed: dict[OrderId, Order] = {}
    rejections = list(read.rejections)
    rejected_rows = list(read.rejected_rows)
    for (order_id, package_id), parcels in read.registered.items():
        stored = known.get(order_id)
        old = earlier.get(order_id) or (stored.order() if stored else None)
        if old is None:
            number, indexes = order_id.number, read.source_lines[order_id.number]
            if indexes[0] not in rejected_rows:
                lines = [table.rows[index].line for index in indexes]
                rejections += [Rejection(n, number_header, read.unknown_code, number, number) for n in lines]
                rejected_rows += indexes
            continue
        later = read.later.get(order_id)
        order = changed.get(order_id) or old
        changed[order_id] = later(order) if later else _with_parcels(order, package_id, parcels)
    found = [
        _registered_outcome(order, known.get(order_id), earlier.get(order_id))
        for order_id, order in changed.items()
    ]
    in_order = sorted(rejections, key=lambda rejection: rejection.line)
    read = replace(read, rejections=tuple(in_order), rejected_rows=tuple(sorted(rejected_rows)))
    return read, _with_shipments(ws, found)


def _with_parcels(order: Order, package_id: str, parcels: Sequence[RegisteredParcel]) -> Order:
    packages = tuple(
        replace(p, registered=tuple(parcels)) if parcels and p.package_id == package_id else p
        for p in order.packages
    )
    return replace(order, packages=packages)


def _registered_outcome(order: Order, stored: StoredOrder | None, earlier: Order | None) -> OrderOutcome:
    if stored is None:  # another file of this import brings it
        return OrderOutcome(order, UNCHANGED, None, counted=False)
    old = earlier or stored.order()
    changes = differences(old, order)
    before, after = _detail_ids(old), _detail_ids(order)
    if before != after:
        changes += (FieldChange(REGISTERED, before, after, on_paper=False),)
    if not changes:
        return OrderOutcome(order, UNCHANGED, stored, counted=earlier is None)
    return OrderOutcome(order, CHANGED, stored, changes)


def _detail_ids(order: Order) -> str:
    return " ".join(
        parcel.detail_id or parcel.tracking_no for package in order.packages for parcel in package.registered
    )
