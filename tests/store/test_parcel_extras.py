"""What parcels weighed, what is attached to them, and the checklist's versions, on both databases."""

from __future__ import annotations

from datetime import timedelta

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.store import checklists, evidence, history, noted, packing, weights
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order, stored


def apply(store: Store, n: int, *effects: Effect) -> None:
    """One journal line."""
    packing.apply(store, "1", n, f"h{n}", NOW + timedelta(minutes=n), "佐藤", effects)


def what(store: Store, row_id: int) -> list[str]:
    """The history's words."""
    return [entry.what for entry in history.of(store, row_id)]


def test_a_weight_is_noted_with_time_and_person_and_taken_back(store: Store) -> None:
    ((row, key),) = stored(store, an_order(1))
    apply(store, 1, Effect(Do.WEIGH, key, key, grams=415, due=412))
    (one,) = weights.of_shipment(store, row)
    assert (one.grams, one.due, one.person, one.at) == (415, 412, "佐藤", NOW + timedelta(minutes=1))
    packed = packing.load(store, key)
    assert packed is not None
    assert packed.boxes[0].weighed
    assert [(s.shipment_row, s.grams) for s in weights.newest(store, 5)] == [(row, 415)]
    apply(store, 2, Effect(Do.UNWEIGH, key, key, grams=415, due=412))
    assert weights.of_shipment(store, row) == ()
    apply(store, 3, Effect(Do.WEIGH, key, key, how="waived", reason="故障"))
    assert weights.of_shipment(store, row)[0].grams is None
    assert weights.newest(store, 5) == []
    assert what(store, row) == ["weighed", "waived_weight"]


def test_a_line_taken_over_twice_changes_nothing(store: Store) -> None:
    ((row, key),) = stored(store, an_order(1))
    attach = Effect(Do.ATTACH, key, key, number="a" * 64, contents=".jpg", how="photo")
    for _ in range(2):
        apply(store, 1, attach)
    apply(store, 2, attach)
    assert len(evidence.of_shipments(store, [row])) == 1
    assert what(store, row) == ["attached"]


def test_evidence_by_age_shop_and_hash(store: Store) -> None:
    (row, key), (other_row, other) = stored(store, an_order(1), an_order(2, shop="支店"))
    apply(store, 1, Effect(Do.ATTACH, key, key, number="a" * 64, contents=".jpg", how="photo"))
    apply(store, 2, Effect(Do.ATTACH, other, other, number="a" * 64, contents=".jpg", how="file"))
    assert [e.shipment for e in evidence.older(store, NOW + timedelta(hours=1))] == [key, other]
    assert [e.shipment for e in evidence.older(store, NOW + timedelta(hours=1), "支店")] == [other]
    assert evidence.older(store, NOW) == ()
    assert evidence.any_of(store, [row])
    assert evidence.names(store) == {"a" * 64 + ".jpg"}
    apply(store, 3, Effect(Do.DETACH, key, key, number="a" * 64, reason="x"))
    assert evidence.still_used(store, ["a" * 64, "b" * 64]) == {"a" * 64}
    apply(store, 4, Effect(Do.DETACH, other, other, number="a" * 64))
    assert evidence.names(store) == frozenset()
    assert not evidence.any_of(store, [row, other_row])


def test_the_newest_checklist_counts_and_an_export_is_noted(store: Store) -> None:
    assert checklists.newest(store) == (0, "")
    with store.transaction():
        checklists.keep(store, "1 a", NOW, "佐藤")
        newest = checklists.keep(store, "2 b", NOW, "佐藤")
        evidence.note_export(store, NOW, "佐藤", "1", "out", 2, 3)
    assert checklists.newest(store) == (newest, "2 b")
    (one,) = noted.recent(store, 5)
    assert (one.what, one.people, one.pages, one.name) == (noted.EVIDENCE, 2, 3, "out")
