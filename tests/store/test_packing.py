"""What packing writes, on each kind of database."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.order_key import make_key, number_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.stage import Stage
from jpship_gui.store import history, packing, shipments
from jpship_gui.store.database import Store
from tests.builders import NOW, a_line, an_order, stored

NUMBER = "099723653466"


def take(store: Store, n: int, *effects: Effect, desk: str = "1") -> tuple[str, ...]:
    """Take over one line."""
    return packing.apply(store, desk, n, f"hash {n}", NOW, "佐藤", effects)


def test_facts_follow_the_effects_and_back(store: Store) -> None:
    ((_, key),) = stored(store, an_order(1))
    opened = Effect(Do.OPEN, key, how="first")
    link = Effect(Do.LINK, key, key, number=NUMBER, carrier="yamato", how="scanned")
    proof = Effect(Do.VERIFY, key, key, number=NUMBER, proof="double")
    handed = Effect(Do.HAND_OVER, key, key)
    assert take(store, 1, opened, Effect(Do.CHECKED, key, how="code"), link, proof, handed) == (key,)
    packed = packing.load(store, key)
    assert packed is not None
    facts = packed.shipment.facts
    assert (packed.holder, packed.boxes[0].tracking_no, packed.boxes[0].linked_by) == ("1", NUMBER, "佐藤")
    assert all((facts.checked, facts.linked, facts.verified, facts.handed_over))
    assert facts.verified is not None
    assert facts.verified.how == "double"
    assert packed.shipment.stage is Stage.CONFIRM
    back = [e for effect in (handed, proof, link, opened) if (e := effect.inverse())]
    take(store, 2, *back, Effect(Do.UNCHECKED, key))
    packed = packing.load(store, key)
    assert packed is not None
    facts = packed.shipment.facts
    assert not any((facts.checked, facts.linked, facts.verified, facts.handed_over, packed.holder))
    assert packed.boxes[0].tracking_no == ""
    assert [h.what for h in history.of(store, packed.shipment.row_id)][:3] == [
        "checked",
        "linked",
        "verified",
    ]


def test_a_shipment_is_linked_when_every_box_is(store: Store) -> None:
    ((row, key),) = stored(store, an_order(1))
    store.execute("INSERT INTO parcels (shipment_id, no, key) VALUES (?, 2, ?)", (row, f"{key}P2"))
    take(store, 1, Effect(Do.LINK, key, key, number=NUMBER, carrier="yamato"))
    first = shipments.by_key(store, key)
    take(store, 2, Effect(Do.LINK, key, f"{key}P2", number="103225504992", carrier="yamato"))
    second = packing.load(store, f"{key}P2")
    assert first is not None
    assert second is not None
    assert first.facts.linked is None
    assert second.shipment.facts.linked is not None


def test_a_line_counts_once(store: Store) -> None:
    ((_, key),) = stored(store, an_order(1))
    assert take(store, 1, Effect(Do.HOLD, key, reason="箱なし")) == (key,)
    assert take(store, 1, Effect(Do.HOLD, key, reason="二度目")) == ()
    found = shipments.by_key(store, key)
    assert found is not None
    assert found.hold_reason == "箱なし"
    assert packing.marks(store) == {"1": (1, "hash 1")}


def test_a_line_may_not_be_left_out(store: Store) -> None:
    for n in (2, 7):
        with pytest.raises(WorldFault) as caught:
            take(store, n)
        assert caught.value.code == "journal_gap"
    take(store, 1)
    with pytest.raises(WorldFault):
        take(store, 3)
    assert packing.marks(store) == {"1": (1, "hash 1")}


def test_two_processes_taking_over_the_same_line(store: Store) -> None:
    ((row, key),) = stored(store, an_order(1))
    start = Barrier(2)

    def follow() -> None:
        for n in range(1, 21):
            start.wait()
            take(store, n, Effect(Do.TICK, key, reason="wrap"))
        store.close()

    others = [Thread(target=follow) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [h.what for h in history.of(store, row)] == ["ticked"] * 20


def test_effects_of_unknown_shipments_are_passed_over(store: Store) -> None:
    assert take(store, 1, Effect(Do.LINK, "JP9999999", "JP9999999", number=NUMBER)) == ()
    assert packing.uses_of(store, NUMBER) == []


def test_numbers_goods_and_names_are_found(store: Store) -> None:
    (_, a), (_, b) = stored(
        store, an_order(1, lines=(a_line(sku="Dish-L"),)), an_order(2, lines=(a_line(sku="Dish-XL"),))
    )
    shipments.set_parcel(store, b, {"file_no": NUMBER})
    take(store, 1, Effect(Do.LINK, a, a, number=NUMBER, carrier="yamato"))
    assert [(u.shipment, u.linked) for u in packing.uses_of(store, NUMBER)] == [(a, True), (b, False)]
    assert packing.uses_of(store, "") == []
    assert packing.sku_known(store, ["X", "DISH-L"]) == "Dish-L"
    assert packing.sku_known(store, ["DISH", NUMBER]) == ""
    assert packing.needing(store, ["none", "dish-xl"]).endswith("0002")
    assert packing.names_on_the_way(store, b, 9) == [(a, "山田 花子")]
    assert packing.names_on_the_way(store, a, 9) == []
    assert packing.names_of(store, (b, a, "JP9999999")) == {a: "山田 花子", b: "山田 花子"}


def test_names_are_those_of_neighbours_and_stay_the_same_while_others_are_packed(store: Store) -> None:
    keys = [key for _, key in stored(store, *(an_order(n) for n in range(1, 10)))]
    for n, key in enumerate(keys[:6], start=1):
        number = str(400009900000 + n)
        packing.apply(
            store,
            "1",
            n,
            f"mark {n}",
            NOW + timedelta(minutes=n),
            "佐藤",
            (Effect(Do.LINK, key, key, number=number),),
        )
    of_the_fourth = packing.names_on_the_way(store, keys[3], 3)
    assert [key for key, _ in of_the_fourth] == [keys[2], keys[1], keys[0]]
    assert [key for key, _ in packing.names_on_the_way(store, keys[0], 6)] == [keys[1], keys[2], keys[3]]
    later = Effect(Do.LINK, keys[7], keys[7], number="400009900099")
    packing.apply(store, "1", 7, "mark 7", NOW + timedelta(hours=1), "佐藤", (later,))
    assert packing.names_on_the_way(store, keys[3], 3) == of_the_fourth


def test_linked_after_means_another_shipment(store: Store) -> None:
    (_, a), (_, b) = stored(store, an_order(1), an_order(2))
    take(store, 1, Effect(Do.LINK, a, a, number=NUMBER, carrier="yamato"))
    assert not packing.linked_after(store, a)
    take(store, 2, Effect(Do.LINK, b, b, number="103225504992", carrier="yamato"))
    assert packing.linked_after(store, a)
    assert not packing.linked_after(store, b)


def test_a_database_older_than_its_journal_gives_no_key_again(store: Store) -> None:
    stored(store, an_order(1))
    lost = make_key(500)
    take(store, 1, Effect(Do.OPEN, lost, how="first"))
    ((_, key),) = stored(store, an_order(2))
    assert number_of(key) == 501
