"""The parcel in sight: the one that is open, or the one just closed until the next slip is read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.packing.world import Away, PackView
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.desk import Desk as Station
from jpship_gui.flows.pack.desk_figures import Product, goods_of, read_goods
from jpship_gui.flows.pack.inserts import parcel_inserts
from jpship_gui.flows.table.detail import load
from jpship_gui.ui.desk import Desk


class InSight:
    """What is read of it once, when it comes into sight. `closed` is the parcel just closed; `strange` the goods that
    were read instead of the right ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.shipment: Shipment | None = None
        self.closed: PackView | None = None
        self.products: Mapping[str, Product] = {}
        self.inserts: tuple[str, ...] = ()
        self.strange: Product | None = None

    def look(self, station: Station | None, answer: Answer | None) -> None:
        """After an answer, or (None) because something changed elsewhere."""
        if station is None:
            return
        snapshot = station.snapshot() if answer is None else station.glance()
        view = snapshot.view
        if view is not None:
            self.closed = None
        elif answer is not None and answer.klass is Klass.COMPLETE and self.shipment is not None:
            view = self.closed = _seen(station, answer.shipment)
        elif answer is None or answer.outcome is not Outcome.NG_LOCKED:
            self.closed = self.closed if answer is not None and answer.klass is Klass.NG else None
        if view is not None and (self.shipment is None or self.shipment.key != view.key):
            with suppress(WorldFault):  # away: what is known of the parcel in hand stays in sight
                self._read(view)

    def look_again(self, station: Station | None) -> None:
        """It may be another in the database now."""
        if station is None or self.closed is not None:
            return
        before, self.shipment = self.shipment, None
        self.look(station, None)
        view = station.glance().view
        if self.shipment is None and before is not None and view is not None and view.key == before.key:
            self.shipment = before

    def follow(self, station: Station | None) -> None:
        """The database has followed: the parcel just closed is what it says now."""
        if station is not None and self.closed is not None:
            self.closed = _seen(station, self.closed.key)

    def note_strange(self, answer: Answer) -> None:
        """The goods of an answer that are in no line of this parcel, if it names any."""
        self.strange = None
        if "stock" in answer.values:
            with suppress(WorldFault):
                self.strange = read_goods(self._desk.ws, answer.values["stock"])

    def _read(self, view: PackView) -> None:
        ws = self._desk.ws
        found = load(ws, keys=[view.key])
        self.shipment = found[0] if found else None
        self.products = goods_of(ws, [line.sku for line in view.lines])
        self.inserts = parcel_inserts(ws, found[0]) if found else ()


def _seen(station: Station, key: str) -> PackView | None:
    """A parcel that is no longer open, as long as it can be read."""
    try:
        return station.session.world.shipment(key) if key else None
    except Away:
        return None
