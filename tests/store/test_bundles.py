"""Shipments that travel together, on each kind of database."""

from __future__ import annotations

import pytest

from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.stage import Stage
from jpship_gui.store import bundles, carrier_files, packing, shipments, voids
from jpship_gui.store.database import Store
from tests.builders import NOW, a_contact, an_order, stored

NUMBER = "099723653466"


def take(store: Store, n: int, *effects: Effect) -> tuple[str, ...]:
    """Take over one line."""
    return packing.apply(store, "1+office", n, f"hash {n}", NOW, "佐藤", effects)


def three(store: Store) -> tuple[list[int], list[str]]:
    rows = stored(store, an_order(1), an_order(2), an_order(3))
    return [row for row, _ in rows], [key for _, key in rows]


def test_members_follow_their_leader_in_everything_that_is_done_at_the_desk(store: Store) -> None:
    _, (a, b, c) = three(store)
    assert set(take(store, 1, Effect(Do.JOIN, b, other=a), Effect(Do.JOIN, c, other=a))) == {a, b, c}
    link = Effect(Do.LINK, a, a, number=NUMBER, carrier="yamato", how="scanned")
    changed = take(store, 2, link, Effect(Do.VERIFY, a, a, number=NUMBER, proof="double"))
    assert set(changed) == {a, b, c}
    found = shipments.by_keys(store, [a, b, c])
    assert [s.stage for s in found] == [Stage.CONFIRM] * 3
    assert {s.facts.verified for s in found} == {found[0].facts.verified}
    assert [[box.key for box in s.boxes] for s in found] == [[a]] * 3
    assert [s.key for s in shipments.by_number(store, NUMBER)] == [a]
    take(store, 3, Effect(Do.UNVERIFY, a, a, number=NUMBER))
    assert [s.stage for s in shipments.by_keys(store, [a, b, c])] == [Stage.VERIFY] * 3


def test_what_each_marketplace_is_told_stays_each_orders_own(store: Store) -> None:
    rows, (a, b, c) = three(store)
    take(store, 1, Effect(Do.JOIN, b, other=a), Effect(Do.JOIN, c, other=a))
    with store.transaction():
        shipments.mark(store, [rows[1]], "sent", NOW, "佐藤", "api")
        shipments.mark(store, [rows[1]], "accepted", NOW, "佐藤", "api")
        shipments.restage(store, rows)
    found = shipments.by_keys(store, [a, b, c])
    assert [s.facts.accepted is not None for s in found] == [False, True, False]
    assert found[1].stage is Stage.ACCEPTED


def test_each_order_has_its_own_id_of_the_common_parcel(store: Store) -> None:
    _, (a, b, _) = three(store)
    take(store, 1, Effect(Do.JOIN, b, other=a))
    for key, detail_id in ((a, "601"), (b, "602"), (b, "603")):
        shipments.keep_detail_id(store, [key], a, detail_id)
    found = shipments.by_keys(store, [a, b])
    assert [[box.detail_id for box in s.boxes] for s in found] == [["601"], ["603"]]
    take(store, 2, Effect(Do.SEPARATE, b, other=a))
    assert store.rows("SELECT * FROM parcel_ids") == []


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("cancelled", 1, "cancelled"),
        ("shipped_at_source", 1, "shipped"),
        ("hold_reason", "在庫", "hold"),
        ("changed", '[["quantity","1","2"]]', "changed"),
        ("blocked", 1, "problems"),
        ("releasable", 0, "waiting"),
        ("street", "高麗橋1-1-1", "recipient"),
    ],
)
def test_why_one_stops_the_others(store: Store, column: str, value: object, why: str) -> None:
    rows, (a, b, _) = three(store)
    take(store, 1, Effect(Do.JOIN, b, other=a))
    with store.transaction():
        shipments.update(store, rows[1], {column: value})
        shipments.restage(store, [rows[1]])
    leader, member = shipments.by_keys(store, [a, b])
    assert (member.stops, leader.stage, leader.stops) == (why, Stage.HOLD, "")
    assert leader.stopped_by is not None
    assert leader.stopped_by.key == b
    with store.transaction():  # told: its goods are on their way, and it stops nobody
        shipments.mark(store, [rows[1]], "sent", NOW)
        shipments.restage(store, [rows[1]])
    assert shipments.by_keys(store, [a])[0].stage is Stage.PRINT


def test_bundles_join_without_chains_and_the_last_member_frees_the_leader(store: Store) -> None:
    rows, (a, b, c) = three(store)
    take(store, 1, Effect(Do.JOIN, c, other=b), Effect(Do.JOIN, b, other=a))
    assert [bundles.root_of(store, row) for row in rows] == [rows[0]] * 3
    assert bundles.family_of(store, rows[2]) == rows
    take(store, 2, Effect(Do.JOIN, a, other=c))  # together already
    assert bundles.family_of(store, rows[2]) == rows
    take(store, 3, Effect(Do.SEPARATE, c, other=a))
    assert [s.leader for s in shipments.by_keys(store, [a, b, c])] == [a, a, ""]
    take(store, 4, Effect(Do.SEPARATE, a, other=a))  # the leader does not leave its own bundle
    assert [s.leader for s in shipments.by_keys(store, [a, b])] == [a, a]
    take(store, 5, Effect(Do.SEPARATE, b, other=a))
    assert [s.leader for s in shipments.by_keys(store, [a, b, c])] == [""] * 3
    assert not bundles.any_bundles(store)


def test_a_bundle_with_a_shipment_this_database_does_not_have_is_passed_over(store: Store) -> None:
    _, (a, _, _) = three(store)
    assert take(store, 1, Effect(Do.JOIN, a, other="JP9999999"), Effect(Do.JOIN, "JP9999999", other=a)) == (
        a,
    )
    assert shipments.by_keys(store, [a])[0].leader == ""


def test_a_box_that_has_its_number_is_not_taken_out(store: Store) -> None:
    _, (a, _, _) = three(store)
    take(store, 1, Effect(Do.ADD_BOX, a, f"{a}P2", carrier="yamato"))
    link = Effect(Do.LINK, a, f"{a}P2", number=NUMBER, carrier="yamato")
    take(store, 2, link, Effect(Do.DROP_BOX, a, f"{a}P2"), Effect(Do.DROP_BOX, a, a))
    assert [p.key for p in shipments.by_keys(store, [a])[0].parcels] == [a, f"{a}P2"]
    take(store, 3, Effect(Do.UNLINK, a, f"{a}P2", number=NUMBER), Effect(Do.DROP_BOX, a, f"{a}P2"))
    assert [p.key for p in shipments.by_keys(store, [a])[0].parcels] == [a]
    assert [(v.parcel, v.number, v.why) for v in voids.open_ones(store)] == [(f"{a}P2", NUMBER, "taken_out")]


def test_the_last_box_without_number_gone_leaves_the_shipment_linked_as_the_others_are(store: Store) -> None:
    _, (a, _, _) = three(store)
    take(store, 1, Effect(Do.ADD_BOX, a, f"{a}P2"))
    link = Effect(Do.LINK, a, a, number=NUMBER, carrier="yamato", how="scanned")
    take(store, 2, link, Effect(Do.VERIFY, a, a, number=NUMBER, proof="double"))
    assert shipments.by_keys(store, [a])[0].facts.linked is None
    take(store, 3, Effect(Do.DROP_BOX, a, f"{a}P2"))
    facts = shipments.by_keys(store, [a])[0].facts
    assert facts.linked is not None
    assert facts.verified is not None
    assert (facts.linked.how, facts.verified.how, facts.verified.person) == ("scanned", "double", "佐藤")


def test_only_waybills_that_exist_are_void(store: Store) -> None:
    _, (a, b, c) = three(store)
    with store.transaction():
        out = carrier_files.CarrierFile(0, NOW, "佐藤", "yamato", carrier_files.OUT, "out.csv", "f")
        carrier_files.add(store, out, {}, [(c, "", 1)])
    take(store, 1, Effect(Do.JOIN, b, other=a), Effect(Do.JOIN, c, other=a))
    (void,) = voids.open_ones(store)
    assert (void.parcel, void.number, void.order[-1]) == (c, "", "3")
    assert carrier_files.last_written(store, "yamato", [c]).keys() == {c}
    with store.transaction():
        assert voids.destroy(store, void.row_id, NOW, "佐藤")
        assert not voids.destroy(store, void.row_id, NOW, "佐藤")
    assert carrier_files.last_written(store, "yamato", [c]) == {}


def test_before_packing_tells_the_leader_and_the_recipient(store: Store) -> None:
    rows, (a, b, c) = three(store)
    take(store, 1, Effect(Do.JOIN, b, other=a))
    found = list(bundles.before_packing(store, ("print", "pack")))
    assert [(key, root) for key, _, root, _ in found] == [(a, rows[0]), (c, rows[2])]
    assert found[0][3] == a_contact()
