"""What printing and handing over would make now, counted before anything is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jpship_gui.carriers.base import Carrier
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.paper.carrier_tools import by_tool
from jpship_gui.flows.paper.hand_to_carrier import waiting
from jpship_gui.flows.paper.print_slips import choose, not_wanted, sources_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, shops

_READY = (Stage.PRINT, Stage.PACK)


@dataclass(frozen=True, slots=True)
class CarrierOutlook:
    """Shipments that would go into one file of a carrier; `able` = we can write it. `tool` names what reads it, and
    `tool_id` is its id. `keys` are these shipments where particular ones were asked for."""

    carrier: str
    count: int
    able: bool
    tool: str = ""
    tool_id: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """Keys in printing order: `priced` slips, `gifts` without money, `skipped` whose shop wants no slip; by key
    why others may not be printed. `undecided` are groups of shipments that may travel in one parcel and that nobody has
    put together: they are refused until somebody decides. `again` were printed before; `shipments` are those
    of `keys`."""

    keys: tuple[str, ...]
    priced: tuple[str, ...]
    gifts: tuple[str, ...]
    skipped: Mapping[str, str]
    refused: Mapping[str, tuple[Problem, ...]]
    carriers: tuple[CarrierOutlook, ...]
    undecided: tuple[tuple[str, ...], ...] = ()
    again: tuple[str, ...] = ()
    shipments: tuple[Shipment, ...] = ()


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
    undecided = tuple(found.keys for found in candidates(ws, (*order, *refused)))
    again = tuple(shipment.key for shipment in chosen if shipment.facts.printed is not None)
    return Outlook(
        *(order, tuple(priced), tuple(gifts), skipped, refused, counted, undecided, again, tuple(chosen))
    )


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
    options = _options(ws)
    usual = {str(own.get("carrier.default")) for own in options.values()}
    for carrier in ws.carriers().values():
        grouped = by_tool(carrier, waiting(ws, carrier.id), options) if carrier.writing else {}
        if not carrier.writing and (count := planned.get(carrier.id, 0)):
            found.append(CarrierOutlook(carrier.id, count, able=False))
        counts = {tool: len(group) for tool, group in grouped.items()}
        found += _cards(carrier, counts, always=carrier.id in usual)
    return tuple(found)


def _options(ws: Workspace) -> dict[str, ShopOptions]:
    known = {shop.name: ShopOptions(shop.settings) for shop in shops.every(ws.store)}
    return defaultdict(lambda: ShopOptions({}), known)  # a shop no longer set up may have orders here


def _cards(carrier: Carrier, counts: Mapping[str, int], *, always: bool = False) -> list[CarrierOutlook]:
    """One for each tool with something to print, with `always` the usual one too; last what no tool prints."""
    usual = carrier.writing[0].id if carrier.writing else ""
    cards = [
        CarrierOutlook(carrier.id, counts.get(tool.id, 0), able=True, tool=tool.name, tool_id=tool.id)
        for tool in carrier.writing
        if counts.get(tool.id) or (always and tool.id == usual and not any(counts.values()))
    ]
    if counts.get(""):
        cards.append(CarrierOutlook(carrier.id, counts[""], able=False))
    return cards


def _of(ws: Workspace, chosen: Sequence[Shipment]) -> tuple[CarrierOutlook, ...]:
    """For each tool the ready ones among these."""
    options = _options(ws)
    groups: dict[str, list[Shipment]] = {}
    for shipment in chosen:
        if shipment.stage in _READY:
            usual = (options.get(shipment.order_id.shop) or ShopOptions({})).get("carrier.default")
            groups.setdefault(shipment.carrier or usual, []).append(shipment)
    found: list[CarrierOutlook] = []
    for carrier in ws.carriers().values():
        grouped = by_tool(carrier, groups.get(carrier.id, []), options)
        keys = {tool: tuple(s.key for s in group) for tool, group in grouped.items() if group}
        cards = _cards(carrier, {tool: len(own) for tool, own in keys.items()}) if keys else []
        found += [replace(card, keys=keys[card.tool_id]) for card in cards]
    return tuple(found)
