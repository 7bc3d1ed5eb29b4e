"""First entries that wait, and orders as lists name them, on each kind of database."""

from __future__ import annotations

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.store import listed_orders, waiting_entries
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order, stored
from tests.store.test_packing import NUMBER, take


def test_an_entry_waits_until_it_is_dropped_or_linked(store: Store) -> None:
    (_, one), (_, other) = stored(store, an_order(1), an_order(2))
    waits = [Effect(Do.ENTER, key, key, number=NUMBER, carrier="yamato", how="typed") for key in (one, other)]
    take(store, 1, *waits)
    assert [entry.parcel for entry in waiting_entries.every(store)] == [one, other]
    found = waiting_entries.with_number(store, NUMBER)
    assert found is not None
    assert (found.person, found.at) == ("佐藤", NOW)
    take(store, 2, Effect(Do.LINK, one, one, number=NUMBER, carrier="yamato", how="scanned"))
    assert list(waiting_entries.of_parcels(store, [one, other])) == [other]
    inverse = waits[1].inverse()
    assert inverse is not None
    take(store, 3, inverse)
    assert waiting_entries.every(store) == []
    take(store, 4, waits[0])
    assert waiting_entries.every(store) == [], "a parcel that has its number waits for nothing"


def test_orders_are_found_by_number_key_and_end(store: Store) -> None:
    (_, one), (_, other) = stored(store, an_order(1), an_order(2))
    number = "345678-20261120-0000000001"
    found = listed_orders.find(store, [number, other, "nobody"])
    assert {text: [order.key for order in orders] for text, orders in found.items()} == {
        number: [one],
        other: [other],
    }
    stages = [str(row[0]) for row in store.rows("SELECT DISTINCT stage FROM shipments")]
    assert [order.key for order in listed_orders.ending(store, "0002", stages, 9)] == [other]
    assert listed_orders.ending(store, "%2", stages, 9) == []
