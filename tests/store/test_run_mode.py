"""Who may be called in run mode, and the figures of a desk's end of day, on either database."""

from __future__ import annotations

from datetime import timedelta

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.store import desk_day, packing, run_mode, shipments
from jpship_gui.store.database import Store, to_ms
from tests.builders import NOW, a_line, an_order, stored

SHOP = an_order(1).id.shop


def lay_out(store: Store, orders: int) -> list[tuple[int, str]]:
    """Printed orders of one mug whose numbers the carrier's file knows."""
    made = stored(store, *(an_order(n, lines=(a_line(quantity=1),)) for n in range(1, orders + 1)))
    with store.transaction():
        shipments.mark(store, [row for row, _ in made], "printed", NOW, "佐藤")
        for n, (_, key) in enumerate(made, 1):
            shipments.set_parcel(store, key, {"file_no": f"{n:012d}"})
        shipments.restage(store, [row for row, _ in made])
    return list(made)


def opened(store: Store, desk: str, n: int, key: str, how: str) -> None:
    packing.apply(store, desk, n, f"hash {desk} {n}", NOW, "佐藤", [Effect(Do.OPEN, key, how=how)])


def test_the_most_urgent_first_and_what_others_hold_last_or_not_at_all(store: Store) -> None:
    made = lay_out(store, 5)
    keys = [key for _, key in made]
    for (row, _), hours in zip(made, (4, 3, 2, 1, 5), strict=True):
        store.execute(
            "UPDATE shipments SET ship_by = ? WHERE id = ?", (to_ms(NOW + timedelta(hours=hours)), row)
        )
    opened(store, "2", 1, keys[3], "run")
    opened(store, "2", 2, keys[2], "first")
    opened(store, "1", 1, keys[1], "run")
    expected = [keys[1], keys[0], keys[4], keys[3]]
    assert run_mode.waiting(store, "1", "mug-300-bl", (), (), ()) == expected
    assert run_mode.waiting(store, "1", "", ("MUG-300-BL",), (), (("yamato", "16:00"),)) == expected
    assert run_mode.waiting(store, "1", "", (), (), ()) == expected
    assert run_mode.waiting(store, "1", "mug-300-nv", (), (), ()) == []


def test_what_needs_more_than_a_piece_never_runs(store: Store) -> None:
    made = lay_out(store, 7)
    rows = [row for row, _ in made]
    for row, change in zip(
        rows[1:],
        (
            "gift = 1",
            "buyer_text = '早めに'",
            "noshi = '御祝'",
            "wrapping = '[\"紙\"]'",
            "pieces = 2",
            "blocked = 1",
        ),
        strict=True,
    ):
        store.execute(f"UPDATE shipments SET {change} WHERE id = ?", (row,))
    assert run_mode.waiting(store, "1", "mug-300-bl", (), (), ()) == [made[0][1]]
    assert run_mode.size(store, ()) == (1, 0)


def test_without_the_files_number_the_key_on_the_waybill(store: Store) -> None:
    made = lay_out(store, 2)
    store.execute("UPDATE parcels SET file_no = '' WHERE key = ?", (made[1][1],))
    assert run_mode.size(store, (), "mug-300-bl") == (1, 1)
    assert run_mode.size(store, (SHOP,), "MUG-300-BL") == (2, 0)
    assert len(run_mode.waiting(store, "1", "mug-300-bl", (), (SHOP, "別の店"), ())) == 2


def test_signs_in_a_code_are_only_themselves(store: Store) -> None:
    stored(store, an_order(1, lines=(a_line(sku='50%_"a!', quantity=1),)))
    with store.transaction():
        shipments.mark(store, [1], "printed", NOW, "佐藤")
        shipments.set_parcel(store, str(store.value("SELECT key FROM parcels")), {"file_no": "1"})
        shipments.restage(store, [1])
    assert len(run_mode.waiting(store, "1", "", ('50%_"A!',), (), ())) == 1
    assert run_mode.waiting(store, "1", "", ("50%_", "%", "5_%"), (), ()) == []


def test_the_figures_of_the_day(store: Store) -> None:
    made = lay_out(store, 4)
    keys = [key for _, key in made]
    link = Effect(Do.LINK, keys[0], keys[0], number="000000000001", carrier="yamato", how="scanned")
    packing.apply(store, "1", 1, "a", NOW, "佐藤", [link])
    packing.apply(store, "1", 2, "b", NOW, "佐藤", [Effect(Do.HOLD, keys[1], reason="傷")])
    opened(store, "2", 1, keys[2], "first")
    store.execute("UPDATE shipments SET ship_by = ?", (to_ms(NOW - timedelta(hours=1)),))
    found = desk_day.day(store, "1", NOW - timedelta(hours=9), NOW)
    assert (found.packed, found.unproven, found.held, found.left, found.open) == (1, 1, 1, 2, 1)
    assert found.late == 4
    assert desk_day.day(store, "1", NOW + timedelta(hours=1), NOW).packed == 0, "yesterday's are yesterday's"


def test_set_aside_by_a_desk_that_has_it_no_more_changes_nothing(store: Store) -> None:
    ((row, key),) = lay_out(store, 1)
    aside = [Effect(Do.UNCHECKED, key, how="aside"), Effect(Do.ABANDON, key)]
    packing.apply(
        store,
        "1",
        1,
        "a",
        NOW,
        "佐藤",
        [Effect(Do.OPEN, key, how="run"), Effect(Do.CHECKED, key, how="code")],
    )
    opened(store, "2", 1, key, "run")
    packing.apply(store, "1", 2, "b", NOW, "佐藤", aside)
    assert store.row("SELECT checked_by FROM shipments WHERE id = ?", (row,)) == ("佐藤",)
    assert store.value("SELECT desk FROM open_parcels") == "2"
    packing.apply(store, "2", 2, "c", NOW, "鈴木", aside)
    assert store.value("SELECT checked_at FROM shipments WHERE id = ?", (row,)) is None
