"""Everything about one shipment, for the detail pane and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jpship_gui.domain.goods_set import key_of
from jpship_gui.domain.order import Order, OrderLine
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.marks import marks_of, offices_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import goods_sets, history, orders, products, shipments
from jpship_gui.store.database import from_ms
from jpship_gui.store.history import HistoryEntry
from jpship_gui.store.orders import SourceRow

__all__ = ["Detail", "HistoryEntry", "PrintedDocument", "SourceRow", "detail", "load"]


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A paper this shipment is on."""

    at: datetime
    person: str
    document: str
    batch: int | None
    page: int
    path: str
    printer: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One shipment with its order, source rows, history and papers. `contents` has what its sets consist of, by the
    set's SKU in capitals: words and pieces."""

    shipment: Shipment
    order: Order
    source: tuple[SourceRow, ...]
    history: tuple[HistoryEntry, ...]
    documents: tuple[PrintedDocument, ...]
    contents: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()  # handling marks on its waybill
    office: str = ""  # where it is collected, by the carrier's code

    def contents_of(self, line: OrderLine) -> tuple[tuple[str, int], ...]:
        """What a line opens into at the packing desk; nothing where it is no set."""
        return self.contents.get(key_of(line.sku), ()) if line.sku else ()


def load(ws: Workspace, row_ids: Sequence[int] = (), keys: Sequence[str] = ()) -> list[Shipment]:
    """Shipments by row id or by key, in the order asked for; unknown ones are absent."""
    return shipments.by_keys(ws.store, keys) if keys else shipments.by_ids(ws.store, row_ids)


def detail(ws: Workspace, row_id: int) -> Detail | None:
    """None when the row is gone."""
    found = shipments.by_ids(ws.store, [row_id])
    order_row = ws.store.value("SELECT order_id FROM shipments WHERE id = ?", (row_id,))
    order = orders.by_row(ws.store, order_row) if order_row is not None else None
    if not found or order is None:
        return None
    source = orders.source_rows(ws.store, order_row)
    contents = _contents(ws, found[0])
    return Detail(
        *(found[0], order, source, history.of(ws.store, row_id), _documents(ws, row_id), contents),
        marks=marks_of(ws, found)[found[0].key],
        office=offices_of(ws, found)[found[0].key],
    )


def _contents(ws: Workspace, shipment: Shipment) -> dict[str, tuple[tuple[str, int], ...]]:
    sets = goods_sets.by_skus(ws.store, (line.sku for line in shipment.lines))
    if not sets:
        return {}
    named = products.by_skus(ws.store, (part.sku for one in sets.values() for part in one.components))

    def words(sku: str) -> str:
        product = named.get(sku)
        return " ".join(filter(None, (product.name, product.variant))) or sku if product else sku

    return {key: tuple((words(p.sku), p.quantity) for p in one.components) for key, one in sets.items()}


def _documents(ws: Workspace, row_id: int) -> tuple[PrintedDocument, ...]:
    rows = ws.store.rows(  # the slip of a bundle is its leader's
        "SELECT p.at, p.person, p.document, p.batch, r.page, p.path, p.printer FROM print_rows r "
        "JOIN prints p ON p.id = r.print_id JOIN shipments s ON s.id = ? "
        "WHERE r.shipment_id IN (s.id, s.bundle) ORDER BY p.at DESC, p.id DESC",
        (row_id,),
    )
    made = []
    for at, *rest in rows:
        moment = from_ms(at)
        assert moment is not None
        made.append(PrintedDocument(moment, *rest))
    return tuple(made)
