"""Earlier readings: kept whole, put back whole, on both databases."""

from __future__ import annotations

from typing import Any

from jpship_gui.store import history, imports, orders, shipments, versions
from jpship_gui.store.database import Store
from jpship_gui.store.orders import ImportRecord
from tests.builders import NOW, an_order, stored

TABLES = ("orders", "shipments", "parcels", "shipment_search")


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: sorted(store.rows(f"SELECT * FROM {name}"), key=repr) for name in TABLES}
    found["shipment_search"] = store.rows("SELECT rowid, words FROM shipment_search ORDER BY rowid")
    return found


def a_second_import(store: Store) -> int:
    return orders.add_import(
        store, ImportRecord(NOW, "佐藤", "file", "b.csv", "x", "cp932", "1", (), {"new": 1})
    )


def test_a_changed_order_comes_back_with_its_shipments(store: Store) -> None:
    ((row_id, _), _) = stored(store, an_order(1), an_order(2))
    order_row = store.value("SELECT order_id FROM shipments WHERE id = ?", (row_id,))
    before = rows(store)
    with store.transaction():
        import_id = a_second_import(store)
        versions.keep(store, import_id, [order_row])
        changed = an_order(1, memo="later")
        orders.replace_body(store, order_row, changed, orders.written(changed), import_id, NOW)
        shipments.update(store, row_id, {"hold_reason": "x", "name": "例谷 次郎"})
        shipments.index(store, [row_id])
        history.add(store, [row_id], "held", NOW, "佐藤")
    assert rows(store) != before
    (version,) = versions.of_imports(store, [import_id])
    assert not versions.gained_facts(store, version)
    assert [what for _, _, what, _ in history.besides(store, [row_id], ("imported",))] == ["held"]
    with store.transaction():
        assert versions.restore(store, version) == [row_id]
    assert rows(store) == before


def test_a_removed_order_leaves_no_row(store: Store) -> None:
    stored(store, an_order(1))
    before = rows(store)
    ((row_id, _),) = stored(store, an_order(2))
    order_row = store.value("SELECT order_id FROM shipments WHERE id = ?", (row_id,))
    with store.transaction():
        versions.remove_orders(store, [order_row])
    assert rows(store) == before
    assert not store.rows("SELECT 1 FROM source_rows WHERE order_id = ?", (order_row,))


def test_acts_are_told_newest_first_and_leave_their_name_when_taken_back(store: Store) -> None:
    with store.transaction():
        first = a_second_import(store)
        record = ImportRecord(NOW, "佐藤", "file", "c.csv", "x", "cp932", "2", (), {"new": 2, "changed": 1})
        orders.add_import(store, record, first)
        other = a_second_import(store)
        imports.note_made(store, other, {"kept": 7})
    newest, oldest = imports.acts(store, 10)
    assert (newest.first, dict(newest.made[0])) == (other, {"kept": 7})
    assert (oldest.names, dict(oldest.counts), oldest.known) == (
        ("b.csv", "c.csv"),
        {"new": 3, "changed": 1},
        True,
    )
    assert imports.fingerprints(store, ["1", "2", "3"]) == {"1", "2"}
    with store.transaction():
        imports.forget(store, oldest, NOW, "鈴木", "1")
    assert [act.first for act in imports.acts(store, 10)] == [other]
    (gone,) = imports.taken_back(store, 10)
    assert (gone.person, gone.imported_by, gone.names) == ("鈴木", "佐藤", ("b.csv", "c.csv"))


def test_another_reading_of_the_same_order_is_seen(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order(1))
    order_row, import_id = store.row("SELECT id, import_id FROM orders") or (0, 0)
    assert not versions.replaced_later(store, [import_id])
    with store.transaction():
        later = a_second_import(store)
        store.execute("UPDATE orders SET import_id = ? WHERE id = ?", (later, order_row))
    assert versions.replaced_later(store, [import_id])
    assert not versions.replaced_later(store, [later])
    assert row_id
