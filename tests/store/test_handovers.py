"""Hand-overs on both databases: what waits and why not, what a session took, what is taken back."""

from __future__ import annotations

from datetime import timedelta

from jpship_gui.domain.handover.world import Standing, Way
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.store import handovers, packing, shipments
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order, stored

BEGIN = Effect(Do.HAND_BEGIN, carrier="yamato", how="driver", reason="東口", other="s1")


def apply(store: Store, n: int, *effects: Effect, desk: str = "1+handover") -> None:
    packing.apply(store, desk, n, f"mark {n}", NOW + timedelta(seconds=n), "佐藤", effects)


def linked(store: Store, count: int) -> list[str]:
    made = stored(store, *(an_order(n + 1) for n in range(count)))
    ms = int(NOW.timestamp() * 1000)
    with store.transaction():
        for n, (row_id, key) in enumerate(made):
            values = {"tracking_no": f"N{n}", "carrier": "yamato" if n < 8 else "", "linked_at": ms + n}
            shipments.set_parcel(store, key, {**values, "verified_at": ms})
            shipments.mark(store, [row_id], "linked", NOW, "佐藤", "scanned")
            shipments.update(store, row_id, {"carrier": "sagawa"})
    return [key for _, key in made]


def standing(store: Store, carrier: str | None) -> dict[str, Standing]:
    found = handovers.waiting(store, NOW - timedelta(days=1), carrier, lambda shop: False)
    return {one.number: one.standing for one in found}


def test_each_reason_not_to_go(store: Store) -> None:
    keys = linked(store, 9)
    rows = {s.key: s.row_id for s in shipments.by_keys(store, keys)}
    with store.transaction():
        shipments.update(store, rows[keys[1]], {"cancelled": 1})
        shipments.update(store, rows[keys[2]], {"hold_reason": "在庫"})
        shipments.update(store, rows[keys[3]], {"changed": '[["a", "b", "c"]]'})
        shipments.set_parcel(store, keys[4], {"verified_at": None})
        shipments.set_parcel(store, keys[5], {"file_no": "N99"})
        store.execute(
            "INSERT INTO parcels (shipment_id, no, key) VALUES (?, 2, ?)", (rows[keys[6]], f"{keys[6]}P2")
        )
        store.execute(
            "INSERT INTO open_parcels (shipment_id, desk, person, at) VALUES (?, '1', '佐藤', 0)",
            (rows[keys[7]],),
        )
    assert standing(store, "yamato") == {
        "N0": Standing.READY,
        "N1": Standing.CANCELLED,
        "N2": Standing.HOLD,
        "N3": Standing.CHANGED,
        "N4": Standing.NOT_PROVEN,
        "N5": Standing.DISPUTED,
        "N6": Standing.BOXES,
        "N7": Standing.OPEN,
    }
    assert standing(store, "sagawa") == {"N8": Standing.READY}, (
        "the shipment's carrier where the box has none"
    )
    assert len(standing(store, None)) == 9
    proving = handovers.waiting(store, NOW - timedelta(days=1), "yamato", lambda shop: True)
    assert next(one for one in proving if one.number == "N4").standing is Standing.READY
    assert handovers.waiting(store, NOW + timedelta(days=1), None, lambda shop: False) == []


def test_a_session_keeps_what_was_read(store: Store) -> None:
    keys = linked(store, 3)
    taken = [Effect(Do.HAND_OVER, key, key, number=f"N{n}", other="s1") for n, key in enumerate(keys)]
    apply(store, 1, BEGIN)
    apply(store, 2, taken[0])
    apply(store, 3, taken[1])
    (running,) = handovers.running(store)
    assert (running.desk, running.way, running.place, running.taken) == ("1", Way.DRIVER, "東口", 2)
    assert [*standing(store, "yamato")] == ["N2"]
    undone = taken[1].inverse()
    assert undone is not None
    apply(store, 4, Effect(Do.UNDO, keys[1]), undone)
    apply(store, 5, Effect(Do.HAND_LEFT, keys[2], keys[2], number="N2", reason="not_found", other="s1"))
    apply(store, 6, Effect(Do.HAND_LEFT, keys[2], keys[2], number="N2", other="s1"))
    apply(store, 7, Effect(Do.HAND_LEFT, keys[1], keys[1], number="N1", reason="later", other="s1"))
    apply(store, 8, Effect(Do.HAND_END, carrier="yamato", words="山田", reason="雨", other="s1"))
    apply(store, 9, Effect(Do.HAND_END, carrier="yamato", words="別人", other="s1"))
    assert handovers.running(store) == []
    over = handovers.session(store, "s1")
    assert over is not None
    assert (over.taken, over.left, over.driver, over.note) == (1, 1, "山田", "雨"), "ended once"
    read = handovers.parcels(store, "s1")
    assert [(one.number, one.taken, one.reason) for one in read] == [("N0", True, ""), ("N1", False, "later")]
    facts = {one.key: one.facts.handed_over for one in shipments.by_keys(store, keys)}
    assert [facts[key] is not None for key in keys] == [True, False, False]


def test_what_was_read_stays_as_it_was_read(store: Store) -> None:
    (key,) = linked(store, 1)
    apply(store, 1, BEGIN, Effect(Do.HAND_OVER, key, key, number="N0", proof="handover", other="s1"))
    (found,) = shipments.by_keys(store, [key])
    assert found.parcels[0].named
    apply(store, 2, Effect(Do.UNLINK, key, key, number="N0"))
    (found,) = shipments.by_keys(store, [key])
    assert found.facts.handed_over is None
    assert not found.parcels[0].named
    (read,) = handovers.parcels(store, "s1")
    assert (read.number, read.taken, read.proof) == ("N0", True, "handover")
    late = Effect(Do.HAND_OVER, key, key, number="N0", other="s2")
    apply(store, 3, late)  # about a number that is gone: nothing is handed over by it
    assert handovers.parcels(store, "s2") == []
