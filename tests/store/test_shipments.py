"""Shipments: made, loaded, staged, found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jpship_gui.domain.order import Finding, Order, OrderLine, OrderState
from jpship_gui.domain.order_key import is_key
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.domain.stage import FACT_NAMES, Stage
from jpship_gui.store import history, orders, shipments
from jpship_gui.store.codec import dumps, from_json
from jpship_gui.store.database import Store
from jpship_gui.store.shipments import CheckedProblems
from tests.builders import NOW, a_contact, a_line, an_order, stored


def test_a_shipment_comes_back_as_it_went_in(store: Store) -> None:
    order = an_order(
        lines=(a_line(quantity=2), a_line(line_id="2", sku="plate-21", deleted=True)), buyer_text="急ぎ"
    )
    ((row_id, key),) = stored(store, order, ship_by=NOW + timedelta(hours=5), wrapping=("紙", "リボン"))
    assert is_key(key)
    (found,) = shipments.by_ids(store, [row_id])
    assert found.recipient == order.packages[0].recipient
    assert found.buyer == order.buyer
    assert found.lines == order.lines
    assert found.ship_by == NOW + timedelta(hours=5)
    assert found.wrapping == ("紙", "リボン")
    assert found.stage is Stage.PRINT
    assert [parcel.key for parcel in found.parcels] == [key]
    assert shipments.by_key(store, key) == found
    assert shipments.by_parcel_key(store, key) == found
    assert orders.of_shipment(store, row_id) == order


def test_order_of_the_asked_is_the_order_of_the_answer(store: Store) -> None:
    made = stored(store, *(an_order(n) for n in range(1, 8)))
    wanted = [key for _, key in reversed(made)]
    assert [s.key for s in shipments.by_keys(store, [*wanted, "JP0000000"])] == wanted


def test_more_shipments_than_one_statement_takes_parameters(store: Store) -> None:
    made = stored(store, *(an_order(n) for n in range(1, 1002)))
    assert len(shipments.by_ids(store, [row_id for row_id, _ in made])) == 1001


@pytest.mark.parametrize("fact", FACT_NAMES)
def test_each_fact_is_kept_apart(store: Store, fact: str) -> None:
    ((row_id, _),) = stored(store, an_order())
    with store.transaction():
        shipments.mark(store, [row_id], fact, NOW, "佐藤", "scanned")
    (found,) = shipments.by_ids(store, [row_id])
    for name in FACT_NAMES:
        made = getattr(found.facts, name)
        assert (made is not None) == (name == fact)
    mark = getattr(found.facts, fact)
    assert (mark.at, mark.person, mark.how) == (NOW, "佐藤", "scanned")
    with store.transaction():
        shipments.unmark(store, [row_id], fact)
    assert getattr(shipments.by_ids(store, [row_id])[0].facts, fact) is None


def test_the_stage_follows_facts_and_standing(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())

    def stage_after(fact: str) -> Stage:
        with store.transaction():
            shipments.mark(store, [row_id], fact, NOW)
            shipments.restage(store, [row_id])
        return shipments.by_ids(store, [row_id])[0].stage

    ways = ("printed", "linked", "verified", "sent", "accepted")
    expected = (Stage.PACK, Stage.VERIFY, Stage.CONFIRM, Stage.SENT, Stage.ACCEPTED)
    assert tuple(stage_after(fact) for fact in ways) == expected
    with store.transaction():
        shipments.set_state(store, row_id, OrderState.SHIPPED)
        shipments.restage(store, [row_id])
    assert shipments.by_ids(store, [row_id])[0].stage is Stage.SHIPPED


def test_a_cancelled_order_stops_until_it_was_accepted(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())
    with store.transaction():
        shipments.set_state(store, row_id, OrderState.CANCELLED)
        shipments.restage(store, [row_id])
    assert shipments.by_ids(store, [row_id])[0].stage is Stage.CANCELLED


def test_a_problem_blocks_and_its_repairs_survive(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())
    repair = Repair("set_postal_code", {"postal_code": "5410041"})
    problem = Problem(
        "postal_mismatch", Severity.BLOCK, "recipient.postal_code", {"found": "5300001"}, (repair,)
    )
    with store.transaction():
        shipments.set_problems(store, [CheckedProblems(row_id, (problem,), blocked=True)])
        shipments.restage(store, [row_id])
    (found,) = shipments.by_ids(store, [row_id])
    assert found.problems == (problem,)
    assert found.stage is Stage.CHECK


def test_change_number_grows_with_every_change(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())
    before = store.change_no()
    with store.transaction():
        shipments.restage(store, [row_id])
    assert store.change_no() > before


def test_a_number_is_found_linked_or_from_a_file(store: Store) -> None:
    (_, first), (_, second) = stored(store, an_order(1), an_order(2))
    with store.transaction():
        shipments.set_parcel(store, first, {"tracking_no": "099723653466"})
        shipments.set_parcel(store, second, {"file_no": "103225504992"})
    assert [s.key for s in shipments.by_number(store, "099723653466")] == [first]
    assert [s.key for s in shipments.by_number(store, "103225504992")] == [second]
    assert shipments.by_number(store, "000000000011") == []


def test_known_orders_are_found_by_identity(store: Store) -> None:
    here, there = an_order(1, shop="本店"), an_order(1, shop="2号店")
    stored(store, here, there)
    found = orders.find(store, [here.id, there.id, an_order(9).id])
    assert {i: f.order() for i, f in found.items()} == {here.id: here, there.id: there}


def test_a_fingerprint_changes_with_what_the_order_says() -> None:
    order = an_order()
    assert orders.written(order) == orders.written(replace(order))
    moved = an_order(recipient=a_contact(street="北浜9-9-8"))
    assert orders.written(order).fingerprint != orders.written(moved).fingerprint


def test_what_reading_noticed_is_written_and_does_not_count() -> None:
    order, noticed = an_order(), an_order(findings=(Finding("cells_repaired", "", (("cells", "x"),)),))
    one, other = orders.written(order), orders.written(noticed)
    assert one.fingerprint == other.fingerprint
    assert from_json(Order, one.body) == order
    assert from_json(Order, other.body) == noticed
    assert [from_json(OrderLine, dumps(line)) for line in one.lines] == list(order.lines)


def test_source_rows_keep_every_cell(store: Store) -> None:
    order = an_order()
    stored(store, order)
    stored_order = orders.find(store, [order.id])[order.id]
    (row,) = orders.source_rows(store, stored_order.row_id)
    assert (row.file, row.line, row.cells) == ("orders.csv", 2, (("注文番号", order.id.number),))


def test_history_is_in_order(store: Store) -> None:
    ((row_id, _),) = stored(store, an_order())
    history.add(store, [row_id], "printed", NOW, "佐藤", "1", document="slip")
    history.add(store, [row_id], "held", NOW + timedelta(minutes=1), "井上", reason="在庫")
    assert [(entry.what, entry.person, dict(entry.values)) for entry in history.of(store, row_id)] == [
        ("printed", "佐藤", {"document": "slip"}),
        ("held", "井上", {"reason": "在庫"}),
    ]
