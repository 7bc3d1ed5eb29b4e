"""Which program of a carrier a shipment's waybill is printed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jpship_gui.carriers.base import Carrier, HandoverResult, Tool
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.services import service_of
from jpship_gui.settings.options import Scope, ShopOptions, as_text, declared


def codes_of(options: ShopOptions, carrier: str) -> dict[str, str]:
    """A shop's settings of a carrier as text, without the carrier's prefix."""
    prefix = f"{carrier}."
    return {
        key.removeprefix(prefix): as_text(option, options.get(key))
        for key, option in declared().items()
        if key.startswith(prefix) and option.scope is Scope.SHOP
    }


def tool_of(carrier: Carrier, shipment: Shipment, options: ShopOptions) -> Tool | None:
    """The tool whose file a shipment goes into, as the shop chose; None where no file of ours makes its waybill."""
    chosen: Mapping[str, str] = options.get("carrier.tools")
    return carrier.writes(service_of(carrier, shipment, options), str(chosen.get(carrier.id, "")))


def by_tool(
    carrier: Carrier, chosen: Iterable[Shipment], options: Mapping[str, ShopOptions]
) -> dict[str, list[Shipment]]:
    """The shipments for each tool by its id, in the carrier's order of tools; "" = those no tool takes. Orders
    of a shop that is gone go as a new shop's would."""
    found: dict[str, list[Shipment]] = {tool.id: [] for tool in carrier.writing}
    for shipment in chosen:
        tool = tool_of(carrier, shipment, options.get(shipment.order_id.shop) or ShopOptions({}))
        found.setdefault(tool.id if tool else "", []).append(shipment)
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one file, the parcel key of each, and the shipments in it."""

    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    shipments: tuple[Shipment, ...]


def parts_of(result: HandoverResult, taken: Sequence[Shipment], most_rows: int) -> tuple[Part, ...]:
    """The rows in files of at most `most_rows` (0 = one file); a shipment's rows stay together."""
    owner = {parcel.key: shipment for shipment in taken for parcel in shipment.parcels}
    groups: list[tuple[Shipment, list[int]]] = []
    for place, key in enumerate(result.keys):
        if not groups or groups[-1][0] is not owner[key]:
            groups.append((owner[key], []))
        groups[-1][1].append(place)
    made: list[list[tuple[Shipment, list[int]]]] = []
    rows = 0  # of the part being filled
    for group in groups:
        if not made or (most_rows and rows + len(group[1]) > most_rows):
            made.append([])
            rows = 0
        made[-1].append(group)
        rows += len(group[1])
    return tuple(
        Part(
            tuple(result.rows[place] for _, places in part for place in places),
            tuple(result.keys[place] for _, places in part for place in places),
            tuple(shipment for shipment, _ in part),
        )
        for part in made
    )
