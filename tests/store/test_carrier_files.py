"""Who stood in which carrier file, on both databases."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.store import carrier_files, shipments
from jpship_gui.store.carrier_files import CarrierFile
from jpship_gui.store.database import Store, to_ms
from tests.builders import NOW, an_order, stored

FILE = CarrierFile(0, NOW, "佐藤", "yamato", carrier_files.OUT, "1.csv", "f" * 64)


def test_the_newest_written_file_of_each_parcel(store: Store) -> None:
    first, second, third = (key for _, key in stored(store, *(an_order(n) for n in (1, 2, 3))))
    with store.transaction():
        carrier_files.add(store, FILE, {"rows": 2}, [(first, "", 2), (second, "", 3)])
        carrier_files.add(store, replace(FILE, name="2.csv"), {"rows": 1}, [(second, "", 2)])
        carrier_files.add(
            store, replace(FILE, name="in.csv", direction=carrier_files.IN), {}, [(first, "1", 2)]
        )
        carrier_files.add(store, replace(FILE, name="sagawa.csv", carrier="sagawa"), {}, [(third, "", 2)])
    found = carrier_files.last_written(store, "yamato", [first, second, third])
    assert {key: file.name for key, file in found.items()} == {first: "1.csv", second: "2.csv"}
    assert (found[first].at, found[first].person) == (NOW, "佐藤")
    assert [file.name for file in carrier_files.of_parcel(store, second)] == ["1.csv", "2.csv"]


def test_more_parcels_than_one_statement_takes(store: Store) -> None:
    keys = [key for _, key in stored(store, *(an_order(n) for n in range(1, 502)))]
    with store.transaction():
        carrier_files.add(store, FILE, {}, [(key, "", line) for line, key in enumerate(keys, start=2)])
    assert set(carrier_files.last_written(store, "yamato", keys)) == set(keys)


def test_holders_say_how_a_number_is_held(store: Store) -> None:
    (row_id, linked), (_, promised), (_, both) = stored(store, *(an_order(n) for n in (1, 2, 3)))
    with store.transaction():
        shipments.set_parcel(store, linked, {"tracking_no": "A1", "linked_at": to_ms(NOW)})
        shipments.set_parcel(store, promised, {"file_no": "A1"})
        shipments.set_parcel(store, both, {"tracking_no": "B2", "file_no": "B2"})
        shipments.mark(store, [row_id], "sent", NOW)
    found = carrier_files.holders(store, ["A1", "B2", "C3"])
    shown = {
        number: sorted((h.parcel, h.linked, h.from_file, h.told) for h in holders)
        for number, holders in found.items()
    }
    assert shown == {
        "A1": sorted([(linked, True, False, True), (promised, False, True, False)]),
        "B2": [(both, True, True, False)],
    }
    assert {h.linked_at for h in found["A1"]} == {NOW, None}
