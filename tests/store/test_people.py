"""People, shared settings, and what a desk packed last, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.roles import Person, Role
from jpship_gui.store import history, packed_here, packing, people, shipments
from jpship_gui.store.database import Store
from tests.builders import NOW, an_order, stored


def test_people_are_kept_changed_and_given_another_code(store: Store) -> None:
    before = people.change_no(store)
    with store.transaction():
        people.put(store, Person("佐藤", "01", Role.OWNER), NOW, "")
        people.put(store, Person("鈴木", "02"), NOW, "佐藤")
    with store.transaction():
        people.put(store, Person("鈴木 花子", "A7", Role.OFFICE), NOW, "佐藤", before="02")
        people.put(store, Person("佐藤", "01", Role.OWNER, active=False), NOW, "佐藤", before="01")
    assert people.every(store) == [
        Person("佐藤", "01", Role.OWNER, active=False),
        Person("鈴木 花子", "A7", Role.OFFICE),
    ]
    assert people.change_no(store) == before + 4


def test_shared_settings_are_text_and_their_change_is_noticed(store: Store) -> None:
    assert people.option(store, "people.required") is None
    before = people.change_no(store)
    for value in ("on", "off"):
        with store.transaction():
            people.set_option(store, "people.required", value, NOW, "佐藤")
    assert people.option(store, "people.required") == "off"
    assert people.change_no(store) == before + 2


def test_the_last_ones_a_desk_linked_and_nobody_told(store: Store) -> None:
    made = stored(store, *(an_order(n) for n in range(1, 7)))
    keys = [key for _, key in made]
    for n, (key, desk) in enumerate(zip(keys, ("1", "2", "1", "1", "1", "1"), strict=True)):
        link = Effect(Do.LINK, key, key, number=f"{4001:04d}{n:08d}", carrier="yamato", how="scanned")
        at = NOW + timedelta(seconds=n)
        line = sum(one == desk for one in ("1", "2", "1", "1", "1", "1")[: n + 1])
        packing.apply(store, desk, line, f"hash {n}", at, "佐藤", [link])
    with store.transaction():
        shipments.mark(store, [made[3][0]], "sent", NOW, "佐藤")
        shipments.mark(store, [made[4][0]], "verified", NOW, "佐藤", "double")
        shipments.restage(store, [row for row, _ in made])
    found = packed_here.last(store, "1", 3)
    assert [one.key for one in found] == [keys[5], keys[4], keys[2]]
    assert [one.proven for one in found] == [False, True, False]
    assert [one.key for one in packed_here.last(store, "2", 9)] == [keys[1]]
    assert packed_here.last(store, "3", 9) == []


@pytest.mark.parametrize("how", ["item", "tick", "proof"])
def test_what_was_skipped_stands_in_the_history(store: Store, how: str) -> None:
    ((row, key),) = stored(store, an_order(1))
    skip = Effect(Do.SKIP, key, how=how, reason="数えた")
    tick = Effect(Do.TICK, key, reason="wrap", how="skip")
    packing.apply(store, "1", 1, "a", NOW, "佐藤", [skip, tick])
    packing.apply(store, "1", 2, "b", NOW, "佐藤", [Effect(Do.UNSKIP, key, how=how, reason="数えた")])
    told = [(entry.what, dict(entry.values)) for entry in history.of(store, row)]
    assert told[-2:] == [(f"skipped_{how}", {"reason": "数えた"}), ("unskipped", {})]
