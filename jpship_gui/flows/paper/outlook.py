"""What printing and handing over would make now, counted before anything is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.carriers import carriers
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.paper.hand_to_carrier import waiting
from jpship_gui.flows.paper.print_slips import choose, not_wanted, sources_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, shops

_READY = (Stage.PRINT, Stage.PACK)


@dataclass(frozen=True, slots=True)
class CarrierOutlook:
    """Shipments that would go into one carrier's file; `able` = we can write it. `tool` names what reads it."""

    carrier: str
    count: int
    able: bool
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Keys in printing order: `priced` slips, `gifts` without money, `skipped` whose shop wants no slip; by key
    why others may not be printed. `undecided` are groups of shipments that may travel in one parcel and that nobody has
    put together: printed now, each gets a slip of its own."""

    keys: tuple[str, ...]
    priced: tuple[str, ...]
    gifts: tuple[str, ...]
    skipped: Mapping[str, str]
    refused: Mapping[str, tuple[Problem, ...]]
    carriers: tuple[CarrierOutlook, ...]
    undecided: tuple[tuple[str, ...], ...] = ()


def outlook(ws: Workspace, keys: Sequence[str] | None = None) -> Outlook:
    """For these shipments, or for all that wait; Refused("shipment_unknown")."""
    chosen, refused = choose(ws, keys)
    sources = sources_of(ws, chosen)
    skipped = not_wanted(sources)
    priced: list[str] = []
    gifts: list[str] = []
    for source in sources:
        if source.shipment.key in skipped:
            continue
        hides = (
            any(one.gift for one in source.shipment.bundle)
            and source.options.get("slip.gift_prices") != "show"
        )
        (gifts if hides else priced).append(source.shipment.key)
    order = tuple(shipment.key for shipment in chosen)
    wanted = [] if keys is None else shipments.by_keys(ws.store, list(keys))
    counted = _waiting(ws) if keys is None else _of(ws, shipments.leading(ws.store, wanted))
    undecided = tuple(found.keys for found in candidates(ws, order))
    return Outlook(order, tuple(priced), tuple(gifts), skipped, refused, counted, undecided)


def _waiting(ws: Workspace) -> tuple[CarrierOutlook, ...]:
    """What waits for each carrier; for those whose file we cannot write all that is planned for them counts."""
    marks = ", ".join("?" * len(_READY))
    rows = ws.store.rows(
        f"SELECT carrier, COUNT(*) FROM shipments WHERE stage IN ({marks}) AND carrier <> '' "
        "AND (bundle IS NULL OR bundle = id) GROUP BY carrier",
        _READY,
    )
    planned = {str(carrier): int(count) for carrier, count in rows}
    found = []
    for carrier in carriers().values():
        able = bool(carrier.writing)
        count = len(waiting(ws, carrier.id)) if able else planned.get(carrier.id, 0)
        if able or count:
            found.append(_outlook(carrier.id, count))
    return tuple(found)


def _of(ws: Workspace, chosen: Sequence[Shipment]) -> tuple[CarrierOutlook, ...]:
    default_here = {
        shop.name: ShopOptions(shop.settings).get("carrier.default") for shop in shops.every(ws.store)
    }
    counts: dict[str, int] = {}
    for shipment in chosen:
        if shipment.stage in _READY:
            carrier = shipment.carrier or default_here.get(shipment.order_id.shop, "")
            counts[carrier] = counts.get(carrier, 0) + 1
    return tuple(_outlook(carrier, counts[carrier]) for carrier in carriers() if carrier in counts)


def _outlook(carrier_id: str, count: int) -> CarrierOutlook:
    carrier = carriers()[carrier_id]
    return CarrierOutlook(
        carrier_id, count, bool(carrier.writing), carrier.writing[0].name if carrier.writing else ""
    )
