"""Typed numbers that wait for their second entry: the shop's rule, the list, and taking one back (PK-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.second_entry import First, Rule, Second, Turn, not_yet
from jpship_gui.domain.packing.world import PackView
from jpship_gui.flows.pack.record import decide_and_record
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, waiting_entries
from jpship_gui.store.waiting_entries import WaitingEntry


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of the list. Its number is not here, so that nobody can copy it; `why` = why this person may not make the
    second entry now (person, nobody, later), "" if they may."""

    parcel: str
    shipment: str
    marketplace: str
    shop: str
    order: str
    recipient: str
    carrier: str
    at: datetime
    person: str
    desk: str
    why: str


def second_of(options: ShopOptions) -> Second:
    """What a shop asks."""
    return Second(
        Rule(str(options.get("track.second"))),
        int(options.get("track.second_after")),
        int(options.get("track.second_minutes")),
    )


def turn_of(ws: Workspace, view: PackView, second: Second, number: str) -> Turn:
    """Who types now, and what waits for the boxes of a shipment."""
    boxes = [box.key for box in view.parcels]
    found = waiting_entries.of_parcels(ws.store, boxes)
    other = waiting_entries.with_number(ws.store, number)
    return Turn(
        *(ws.person, ws.now(), second),
        {key: _first(ws, one) for key, one in found.items()},
        other.order if other is not None and other.parcel not in boxes else "",
    )


def waiting(ws: Workspace) -> list[Waiting]:
    """All that wait, the oldest first."""
    entries = waiting_entries.every(ws.store)
    found = {s.key: s for s in shipments.by_keys(ws.store, [one.shipment for one in entries])}
    rules: dict[str, Second] = {}
    made = []
    for one in entries:
        if one.shop not in rules:
            rules[one.shop] = second_of(ws.shop_options(one.shop))
        turn = Turn(ws.person, ws.now(), rules[one.shop], {})
        shipment = found.get(one.shipment)
        made.append(
            Waiting(
                *(one.parcel, one.shipment, one.marketplace, one.shop, one.order),
                *(shipment.recipient.name if shipment else "", one.carrier, one.at, one.person, one.desk),
                not_yet(_first(ws, one), turn),
            )
        )
    return made


def drop(ws: Workspace, parcels: Sequence[str]) -> tuple[str, ...]:
    """First entries that shall not wait any longer; nothing was linked by them. Keys of the shipments changed.
    Refused("entry_gone") where none of them waits."""

    def decide() -> Sequence[Effect]:
        found = waiting_entries.of_parcels(ws.store, parcels)
        if not found:
            raise Refused("entry_gone", key=", ".join(parcels))
        return [
            Effect(Do.UNENTER, one.shipment, one.parcel, number=one.number, reason="dropped")
            for one in found.values()
        ]

    return decide_and_record(ws, "track_drop", decide)


def _first(ws: Workspace, one: WaitingEntry) -> First:
    since = waiting_entries.entries_since(ws.store, ws.person, one.at)
    return First(one.parcel, one.number, one.carrier, one.person, one.at, since)
