"""The cover of a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jpship_gui.documents.batch_cover import Cover, CoverRow, render_cover
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.goods_set import codes_needed, opened
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.fitting import some, take
from jpship_gui.flows.paper.kind import Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.flows.services import service_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return tuple(shipment.key for shipment in found)


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    taken = take(ws, wanted)
    some(taken, taken.sources)
    shown = [source.shipment for source in taken.sources]
    counts: Counter[tuple[str, str]] = Counter()
    parcels: Counter[tuple[str, str]] = Counter()
    for source in taken.sources:
        way = _way(ws, source)
        counts[way] += 1
        parcels[way] += max(len(source.shipment.parcels), 1)
    rows = [
        CoverRow(carrier, service, count, parcels[carrier, service])
        for (carrier, service), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    batches = {shipment.batch for shipment in shown}
    batch = batches.pop() if len(batches) == 1 else None
    numbers = [s.batch_row for s in shown if s.batch_row] if batch else []
    sets = taken.sources[0].sets
    pieces = sum(codes_needed(opened(one.lines, sets)) for s in shown for one in s.bundle)
    cover = Cover(
        *(tuple(rows), len(shown), sum(parcels.values()), pieces, to_jst(ws.now())),
        batch=batch or 0,
        first=min(numbers, default=0),
        last=max(numbers, default=0),
        person=ws.person,
        marks=(
            (text("paper.cover_gift"), sum(any(one.gift for one in s.bundle) for s in shown)),
            (text("paper.cover_cash"), sum(s.cash_on_delivery for s in shown)),
            (text("paper.cover_slot"), sum(bool(s.wish.slot) for s in shown)),
        ),
    )
    pdf = render_cover(cover, language(), named(ws, "desk").dpi)
    from jpship_gui.flows.paper.preview import page_count

    return taken.drawn(pdf, (tuple(s.key for s in shown),) * page_count(pdf))


def _way(ws: Workspace, source: SlipSource) -> tuple[str, str]:
    """Carrier and service in words."""
    shipment, options = source.shipment, source.options
    carrier = ws.carriers().get(shipment.carrier or options.get("carrier.default"))
    if carrier is None:
        return shipment.carrier, shipment.service
    service = carrier.service(service_of(carrier, shipment, options))
    return carrier.name, service.name if service else shipment.service


KINDS = (Kind("cover", "desk", _wanted, _draw, place=5, on=False),)
