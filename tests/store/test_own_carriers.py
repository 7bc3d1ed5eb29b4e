"""Carriers a seller described, marks and offices of shipments, tools of files: on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import untracked_no
from jpship_gui.store import carrier_files, marks, own_carriers, products, shipments, voids
from jpship_gui.store.carrier_files import OUT, CarrierFile
from jpship_gui.store.database import Store
from jpship_gui.store.own_carriers import StoredCarrier
from jpship_gui.store.products import Product
from tests.builders import NOW, an_order, stored


def made(version: int = 1, body: str = "x") -> StoredCarrier:
    return StoredCarrier("kotori", version, NOW, "佐藤", body)


def test_one_is_kept_in_versions_and_every_change_counts(store: Store) -> None:
    before = own_carriers.change_no(store)
    with store.transaction():
        own_carriers.put(store, made(), 0)
    with store.transaction():
        own_carriers.put(store, made(2, "y"), 1)
    assert own_carriers.every(store) == [made(2, "y")]
    assert own_carriers.find(store, "nobody") is None
    with pytest.raises(Refused, match="own_carrier_changed"), store.transaction():
        own_carriers.put(store, made(2, "z"), 1)
    with store.transaction():
        own_carriers.remove(store, "kotori")
    assert own_carriers.every(store) == []
    assert own_carriers.change_no(store) == before + 3


def test_how_many_open_shipments_name_it(store: Store) -> None:
    ((row_id, key),) = stored(store, an_order(1), carrier="kotori")
    ((_, other),) = stored(store, an_order(2), carrier="yamato")
    with store.transaction():
        shipments.set_parcel(store, other, {"carrier": "kotori"})
    assert own_carriers.in_use(store, "kotori", ["shipped"]) == 2
    assert own_carriers.in_use(store, "yamato", ["shipped"]) == 1
    with store.transaction():
        shipments.update(store, row_id, {"stage": "shipped"})
    assert own_carriers.in_use(store, "kotori", ["shipped"]) == 1
    assert key != other


def test_marks_and_offices(store: Store) -> None:
    ((row_id, _), (other, _)) = stored(store, an_order(1), an_order(2))
    assert marks.said(store, [row_id, other]) == {}
    with store.transaction():
        marks.say(store, [row_id], ("fragile", "upright"))
        marks.say(store, [other], ())
        shipments.update(store, other, {"office": "032990"})
    assert marks.said(store, [row_id, other]) == {row_id: ("fragile", "upright"), other: ()}
    assert marks.offices(store, [row_id, other]) == {other: "032990"}
    with store.transaction():
        marks.say(store, [row_id], None)
    assert row_id not in marks.said(store, [row_id])


def test_marks_of_goods_by_any_of_their_codes(store: Store) -> None:
    products.put(store, [Product("1", "mug", marks=("fragile",)), Product("2", "mug", 6, marks=("upright",))])
    assert marks.of_goods(store, ["mug", "spoon", ""]) == {"mug": ("fragile", "upright")}
    found = products.by_code(store, "1")
    assert found is not None
    assert found.marks == ("fragile",)


def test_a_file_remembers_its_tool_and_many_numbers_are_promised_at_once(store: Store) -> None:
    rows = stored(store, *(an_order(n) for n in range(1, 4)))
    file = CarrierFile(0, NOW, "佐藤", "sagawa", OUT, "out.csv", "f", "ehiden2")
    with store.transaction():
        carrier_files.add(store, file, {"rows": 3}, [(key, "", n) for n, (_, key) in enumerate(rows, 2)])
    written = carrier_files.last_written(store, "sagawa", [key for _, key in rows])
    assert {one.tool for one in written.values()} == {"ehiden2"}
    numbers = [(key, f"60007842032{n}") for n, (_, key) in enumerate(rows)]
    with store.transaction():
        shipments.promise_numbers(store, "sagawa", numbers, [row_id for row_id, _ in rows])
    assert [s.row_id for s in shipments.by_number(store, "600078420321")] == [rows[1][0]]


def test_a_parcel_without_a_number_leaves_no_waybill_to_be_destroyed(store: Store) -> None:
    ((row_id, key), (other, bears)) = stored(store, an_order(1), an_order(2))
    with store.transaction():
        shipments.set_parcel(store, key, {"tracking_no": untracked_no(key)})
        shipments.set_parcel(store, bears, {"tracking_no": "600078420325"})
        assert not voids.add(store, row_id, key, untracked_no(key), "split", NOW, "佐藤")
        assert voids.add(store, other, bears, "", "split", NOW, "佐藤")
    assert [void.number for void in voids.open_ones(store)] == ["600078420325"]
