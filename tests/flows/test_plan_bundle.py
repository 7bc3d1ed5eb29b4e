"""Several orders in one parcel: together, packed, stopped, apart (PL-01 … PL-03, guards 7 and 8)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Order, OrderState, Wish
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check import hold
from jpship_gui.flows.check.together import candidates
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.pack.track import message_of as track_message
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.pack.verify_journal import verify_journals
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.void import destroyed, void_waybills
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import carrier_files, history, shipments, shops
from tests.builders import NOW, a_contact, a_line, an_order, stored
from tests.flows.planning import W1, W2, W3, a_folder, orders, pack, printed, scan, tables


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with a_folder(tmp_path / "home") as opened:
        yield opened


def stages(ws: Workspace, keys: list[str]) -> list[Stage]:
    return [s.stage for s in shipments.by_keys(ws.store, keys)]


def read_again(ws: Workspace, *made: Order) -> None:
    accept_orders(ws, made, Source("api", "楽天"))


# ── together ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_parcel_carries_all_orders_and_its_number_finds_each(ws: Workspace) -> None:
    a, b, c = orders(ws)
    made = bundle(ws, [b, a, c])
    assert (made.leader, made.keys) == (a, (a, b, c))
    with Desk(ws) as desk:
        desk.scan(a)
        view = desk.snapshot().view
    assert view is not None
    assert [(line.sku, line.quantity) for line in view.lines] == [("mug-1", 1), ("mug-2", 2), ("mug-3", 1)]
    assert [line.order[-1] for line in view.lines] == ["1", "2", "3"]
    assert scan(ws, W1) == ["OK_LINK"]
    found = shipments.by_keys(ws.store, [a, b, c])
    assert [[box.tracking_no for box in s.boxes] for s in found] == [[W1]] * 3
    assert [[p.tracking_no for p in s.parcels] for s in found] == [[W1], [""], [""]]
    assert {s.facts.linked for s in found} == {found[0].facts.linked}
    assert stages(ws, [a, b, c]) == [Stage.VERIFY] * 3
    from jpship_gui.flows.table.list_rows import Query, ids

    assert sorted(ids(ws, Query(search=W1))) == sorted(s.row_id for s in found)


def test_every_proof_and_every_step_is_written_in_each_orders_history(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    bundle(ws, [a, b])
    pack(ws, a, [W1])
    for shipment in shipments.by_keys(ws.store, [a, b]):
        assert [h.what for h in history.of(ws.store, shipment.row_id)] == ["bundled", "linked", "verified"]
        assert shipment.facts.verified is not None
        assert shipment.stage is Stage.CONFIRM


def test_goods_of_all_orders_are_counted(tmp_path: Path) -> None:
    with a_folder(tmp_path / "home", **{"pack.goods": "on"}) as ws:
        a, b = orders(ws, 2)
        bundle(ws, [a, b])
        assert scan(ws, a, "mug-1", W1) == ["OK_OPEN", "OK_ITEM", "NG_ORDER"]
        assert scan(ws, "JPCMDACK", "mug-2", "mug-2", W1)[1:] == ["OK_ITEM", "OK_ITEM_LAST", "OK_LINK"]
        assert all(s.facts.checked for s in shipments.by_keys(ws.store, [a, b]))


def test_the_instructions_of_all_orders_are_ticked(ws: Workspace) -> None:
    made = [
        *stored(ws.store, an_order(1)),
        *stored(ws.store, an_order(2), wrapping=("包装紙",), noshi="御歳暮"),
    ]
    a, b = [key for _, key in made]
    bundle(ws, [a, b])
    assert scan(ws, a, W1, "JPCMDTICK", "JPCMDTICK", W1)[1:] == ["ATT_TICK", "OK_TICK", "OK_TICK", "OK_LINK"]


def test_a_member_is_not_packed_by_itself(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    bundle(ws, [a, b])
    with Desk(ws) as desk:
        answer = desk.scan(b)
        assert (answer.outcome.value, answer.effects[-1].do.value) == ("NG_HOLD", "lock")
        assert "0000000001" in message_of(answer)
    entered = track(ws, b, W1, W1)
    assert not entered.ok
    assert "0000000001" in track_message(entered)
    assert track(ws, a, W1, W1).verified
    assert stages(ws, [a, b]) == [Stage.CONFIRM] * 2


def test_the_most_urgent_leads_and_one_with_a_wish_before_it(ws: Workspace) -> None:
    a, b, c = orders(ws)
    with ws.store.transaction():
        for n, key in enumerate((c, a, b)):
            (one,) = shipments.by_keys(ws.store, [key])
            due = int((NOW + timedelta(hours=n)).timestamp() * 1000)
            shipments.update(ws.store, one.row_id, {"ship_by": due})
    assert bundle(ws, [a, b, c]).leader == c
    unbundle(ws, c)
    with ws.store.transaction():
        (one,) = shipments.by_keys(ws.store, [b])
        shipments.update(ws.store, one.row_id, {"wish_day": "2026-11-23", "wish_slot": "am"})
    with pytest.raises(Refused) as refused:
        bundle(ws, [a, b, c])
    assert refused.value.code == "bundle_doubtful"
    assert bundle(ws, [a, b, c], agreed=True).leader == b


def test_another_order_may_join_later_and_two_bundles_become_one(ws: Workspace) -> None:
    a, b, c, d = orders(ws, 4)
    bundle(ws, [a, b])
    bundle(ws, [c, d])
    made = bundle(ws, [b, d])
    assert (made.leader, made.keys) == (a, (a, b, c, d))
    with pytest.raises(Refused) as refused:
        bundle(ws, [b, d])
    assert refused.value.code == "bundle_few"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"recipient": a_contact(name="山田 太郎")}, "bundle_recipient"),
        ({"recipient": a_contact(street="北浜9-9-9 コーポことり204")}, "bundle_recipient"),
        ({"recipient": a_contact(phone="0612345678")}, "bundle_doubtful"),
        ({"lines": (a_line(single_item_shipping=True),)}, "bundle_doubtful"),
        ({"gift_flag": True}, "bundle_doubtful"),
        ({"shop": "支店"}, "bundle_doubtful"),
        ({"state": OrderState.CANCELLED}, "plan_closed"),
    ],
)
def test_what_speaks_against_it(ws: Workspace, second: dict[str, Any], code: str) -> None:
    keys = [key for _, key in stored(ws.store, an_order(1), an_order(2, **second))]
    before = tables(ws)
    with pytest.raises(Refused) as refused:
        bundle(ws, keys)
    assert refused.value.code == code
    assert tables(ws) == before
    if code == "bundle_doubtful":
        assert bundle(ws, keys, agreed=True).keys == tuple(keys)


def test_cash_and_temperature_do_not_mix(ws: Workspace) -> None:
    _, key = stored(ws.store, an_order(1))[0]
    cash = stored(ws.store, an_order(2), cash_on_delivery=True)[0][1]
    cool = stored(ws.store, an_order(3), cool="chilled")[0][1]
    for other, code in ((cash, "bundle_cash"), (cool, "bundle_cool")):
        with pytest.raises(Refused) as refused:
            bundle(ws, [key, other], agreed=True)
        assert refused.value.code == code


def test_an_unknown_key_bundles_nothing(ws: Workspace) -> None:
    (a,) = orders(ws, 1)
    with pytest.raises(Refused) as refused:
        bundle(ws, [a, "JP0000099"])
    assert refused.value.code == "key_unknown"
    with pytest.raises(Refused) as refused:
        bundle(ws, [a, a])
    assert refused.value.code == "bundle_few"


# ── who may travel together ─────────────────────────────────────────────────────────────────────────────────────────


def test_candidates_go_to_one_person_at_one_address(ws: Workspace) -> None:
    made = stored(
        ws.store,
        an_order(1),
        an_order(
            2, recipient=a_contact(name="山田花子 様", street="北浜九丁目９番９号コーポことり203", phone="")
        ),
        an_order(3, recipient=a_contact(street="北浜9-9-9 コーポことり204")),
        an_order(4, recipient=a_contact(name="山田 太郎")),
        an_order(5, shop="支店"),
        an_order(6, state=OrderState.SHIPPED),
        an_order(7, recipient=a_contact(street="")),
        an_order(8, recipient=a_contact(street="")),
    )
    (found,) = candidates(ws)
    assert found.keys == (made[0][1], made[1][1])
    assert (found.recipient, found.doubts) == ("山田 花子", ())


def test_telephone_numbers_that_contradict_each_other_are_two_people(ws: Workspace) -> None:
    other = a_contact(phone="0612345678")
    made = stored(ws.store, *(an_order(n, recipient=r) for n, r in enumerate((a_contact(), other, other), 1)))
    (found,) = candidates(ws)
    assert found.keys == (made[1][1], made[2][1])


def test_candidates_across_shops_only_where_both_allow_it(ws: Workspace) -> None:
    made = stored(ws.store, an_order(1), an_order(2, shop="支店"))
    a, b = [key for _, key in made]
    assert candidates(ws) == ()
    shops.set_settings(ws.store, "本店", {"plan.bundle_across": "on"})
    assert candidates(ws) == ()
    shops.set_settings(ws.store, "支店", {"plan.bundle_across": "on"})
    (found,) = candidates(ws)
    assert (found.keys, found.doubts) == ((a, b), ())
    assert [order.shop for order in found.orders] == ["本店", "支店"]
    bundle(ws, [a, b])
    assert candidates(ws) == ()


def test_a_bundle_and_a_newcomer_are_candidates_with_their_doubts(ws: Workspace) -> None:
    made = stored(
        ws.store, an_order(1), an_order(2), an_order(3, wish=Wish(date(2026, 11, 23), "am")), wish=Wish()
    )
    a, b, c = [key for _, key in made]
    bundle(ws, [a, b])
    with ws.store.transaction():
        (one,) = shipments.by_keys(ws.store, [c])
        shipments.update(ws.store, one.row_id, {"wish_day": "2026-11-23"})
    (found,) = candidates(ws)
    assert (found.keys, found.doubts) == ((a, b, c), ("wish",))
    assert candidates(ws, ["JP0000099"]) == ()


def test_what_is_linked_already_is_no_candidate(ws: Workspace) -> None:
    a, _ = orders(ws, 2)
    scan(ws, a, W1)
    assert candidates(ws) == ()


# ── what stops one stops all ────────────────────────────────────────────────────────────────────────────────────────


def with_everything(order: Order, **changes: Any) -> Order:
    return replace(order, **changes)


@pytest.mark.parametrize(
    ("what", "stops"),
    [
        (lambda o: replace(o, state=OrderState.CANCELLED), "cancelled"),
        (lambda o: replace(o, state=OrderState.CANCELLING), "cancelled"),
        (lambda o: replace(o, state=OrderState.PROCESSING), "waiting"),
        (lambda o: replace(o, state=OrderState.SHIPPED), "shipped"),
    ],
)
def test_a_member_that_may_not_go_holds_the_bundle_and_says_why(
    ws: Workspace, what: Callable[[Order], Order], stops: str
) -> None:
    made = [an_order(n, lines=(a_line(sku=f"mug-{n}"),)) for n in (1, 2, 3)]
    a, b, c = [key for _, key in stored(ws.store, *made)]
    bundle(ws, [a, b, c])
    read_again(ws, what(made[1]))
    found = shipments.by_keys(ws.store, [a, b, c])
    assert [found[0].stage, found[2].stage] == [Stage.HOLD, Stage.HOLD]
    stopper = found[0].stopped_by
    assert stopper is not None
    assert (stopper.key, stopper.stops) == (b, stops)
    with Desk(ws) as desk:
        answer = desk.scan(a)
        assert answer.klass.value == "ng"
        assert "0000000002" in message_of(answer)
    read_again(ws, made[1])  # it is well again
    assert stages(ws, [a, b, c]) == [Stage.PRINT] * 3


def test_a_member_held_or_changed_holds_the_bundle_until_a_person_looked(ws: Workspace) -> None:
    made = [an_order(n, lines=(a_line(sku=f"mug-{n}"),)) for n in (1, 2)]
    a, b = [key for _, key in stored(ws.store, *made)]
    bundle(ws, [a, b])
    hold.hold(ws, [b], "在庫を確認中")
    assert stages(ws, [a, b]) == [Stage.HOLD, Stage.HOLD]
    hold.release(ws, [b])
    printed(ws, [a])
    assert stages(ws, [a, b]) == [Stage.PACK, Stage.PACK]
    read_again(ws, replace(made[1], lines=(a_line(sku="mug-2", quantity=3),)))
    found = shipments.by_keys(ws.store, [a, b])
    assert [s.stage for s in found] == [Stage.HOLD, Stage.HOLD]
    assert found[1].changed
    assert found[1].stops == "changed"
    assert [s.facts.printed for s in found] == [None, None]  # the leader's slip lists the old quantity
    hold.release(ws, [b])
    assert stages(ws, [a, b]) == [Stage.PRINT, Stage.PRINT]


def test_a_member_that_moves_house_holds_the_bundle(ws: Workspace) -> None:
    made = [an_order(n) for n in (1, 2)]
    a, b = [key for _, key in stored(ws.store, *made)]
    bundle(ws, [a, b])
    moved = a_contact(street="高麗橋1-1-1")
    read_again(ws, replace(made[1], packages=(replace(made[1].packages[0], recipient=moved),)))
    found = shipments.by_keys(ws.store, [a, b])
    assert (found[0].stage, found[1].stops) == (Stage.HOLD, "recipient")
    assert scan(ws, a) == ["NG_HOLD"]


def test_a_cancelled_member_is_caught_at_the_slip_at_the_waybill_and_at_the_driver(tmp_path: Path) -> None:
    with a_folder(tmp_path / "home", **{"pack.proof": "handover"}) as ws:
        made = [an_order(n) for n in (1, 2)]
        a, b = [key for _, key in stored(ws.store, *made)]
        bundle(ws, [a, b])
        with Desk(ws) as desk:
            assert desk.scan(a).outcome.value == "OK_OPEN"
            desk.apply_pending()
            read_again(ws, replace(made[1], state=OrderState.CANCELLED))
            assert desk.scan(W1).outcome.value == "NG_CANCELLED"
        read_again(ws, made[1])
        assert scan(ws, "JPCMDACK", a, W1) == ["OK_ACK", "OK_OPEN", "OK_LINK"]
        read_again(ws, replace(made[1], state=OrderState.CANCELLED))
        assert scan(ws, W1) == ["NG_CANCELLED"]


# ── apart ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_unbundling_restores_everything_as_it_was(ws: Workspace) -> None:
    keys = orders(ws)
    before = tables(ws)
    slips = amounts(ws, keys)
    bundle(ws, keys)
    assert tables(ws) != before
    assert unbundle(ws, keys[0]).keys == ()
    assert tables(ws) == before
    assert amounts(ws, keys) == slips


def amounts(ws: Workspace, keys: list[str]) -> list[object]:
    from jpship_gui.flows.paper.print_slips import sources_of
    from jpship_gui.flows.paper.slip_values import slip_of

    sources = sources_of(ws, shipments.by_keys(ws.store, keys))
    return [repr(slip_of(source, 0, 0, date(2026, 11, 20))) for source in sources]


def test_slips_printed_before_count_again_where_nothing_changed(ws: Workspace) -> None:
    keys = orders(ws, 2)
    printed(ws, keys)
    before = tables(ws)
    bundle(ws, keys)
    found = shipments.by_keys(ws.store, keys)
    assert [s.facts.printed for s in found] == [None, None]
    assert scan(ws, keys[0]) == ["NG_CHANGED"]  # its slip lists too little
    assert scan(ws, "JPCMDACK") == ["OK_ACK"]
    unbundle(ws, keys[0])
    assert tables(ws) == before


def test_slips_do_not_count_again_after_the_bundles_own_was_printed(ws: Workspace) -> None:
    keys = orders(ws, 2)
    printed(ws, keys)
    bundle(ws, keys)
    printed(ws, keys[:1], batch=2)
    assert stages(ws, keys) == [Stage.PACK, Stage.PACK]
    unbundle(ws, keys[1])
    assert [s.facts.printed for s in shipments.by_keys(ws.store, keys)] == [None, None]


def test_a_slip_does_not_count_again_once_its_order_changed(ws: Workspace) -> None:
    made = [an_order(n, lines=(a_line(sku=f"mug-{n}"),)) for n in (1, 2)]
    keys = [key for _, key in stored(ws.store, *made)]
    printed(ws, keys)
    bundle(ws, keys)
    read_again(ws, replace(made[1], lines=(a_line(sku="mug-2", quantity=3),)))
    unbundle(ws, keys[0])
    a, b = shipments.by_keys(ws.store, keys)
    assert a.facts.printed is not None
    assert b.facts.printed is None


def test_one_of_three_leaves_and_two_go_on(ws: Workspace) -> None:
    a, b, c = orders(ws)
    bundle(ws, [a, b, c])
    printed(ws, [a])
    assert unbundle(ws, c).keys == ()
    found = shipments.by_keys(ws.store, [a, b, c])
    assert [s.leader for s in found] == [a, a, ""]
    assert [s.facts.printed for s in found] == [None] * 3
    assert unbundle(ws, b).keys == ()
    assert [s.leader for s in shipments.by_keys(ws.store, [a, b, c])] == [""] * 3
    with pytest.raises(Refused) as refused:
        unbundle(ws, a)
    assert refused.value.code == "unbundle_alone"


def test_boxes_added_for_the_bundle_go_with_it(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    split(ws, a, 2)
    before = [p.key for p in shipments.by_keys(ws.store, [a])[0].parcels]
    bundle(ws, [a, b])
    split(ws, a, 3)
    with pytest.raises(Refused) as refused:
        split(ws, a, 1)
    assert refused.value.code == "split_first_boxes"
    unbundle(ws, a)
    assert [p.key for p in shipments.by_keys(ws.store, [a])[0].parcels] == before


def test_what_is_packed_is_taken_back_only_with_a_reason(ws: Workspace) -> None:
    a, b, c = orders(ws)
    bundle(ws, [a, b])
    pack(ws, a, [W1])
    for act in (lambda: unbundle(ws, b), lambda: bundle(ws, [a, c]), lambda: split(ws, a, 2)):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "plan_packed"
    unbundle(ws, b, reason="お客様のご希望")
    found = shipments.by_keys(ws.store, [a, b])
    assert [s.boxes[0].tracking_no for s in found] == ["", ""]
    assert [s.facts.linked for s in found] == [None, None]
    assert stages(ws, [a, b]) == [Stage.PRINT] * 2
    assert all(not found.faults for found in verify_journals(ws))


def test_nothing_changes_while_a_desk_has_it_open_or_the_driver_took_it(tmp_path: Path) -> None:
    with a_folder(tmp_path / "home", **{"pack.proof": "handover"}) as ws:
        a, b, c = orders(ws)
        bundle(ws, [a, b])
        with Desk(ws, "2") as desk:
            desk.scan(a)
            with pytest.raises(Refused) as refused:  # its line is on disk, the database follows first
                unbundle(ws, a)
            assert refused.value.code == "plan_open_at_desk"
            with pytest.raises(Refused):
                bundle(ws, [b, c])
            desk.scan(W1)
        assert scan(ws, W1, desk="2") == ["OK_DONE"]
        with pytest.raises(Refused) as refused:
            unbundle(ws, a, reason="まちがい")
        assert refused.value.code == "plan_handed_over"


def test_a_slip_opened_in_the_same_moment_finds_itself_bundled(ws: Workspace) -> None:
    """A desk whose opening the office could not know of yet goes on with what holds now."""
    a, b = orders(ws, 2)
    with Desk(ws, "2") as desk:
        bundle(ws, [a, b])
        assert desk.scan(b).outcome.value == "NG_HOLD"


# ── void waybills (PR-16) ───────────────────────────────────────────────────────────────────────────────────────────


def a_waybill(ws: Workspace, key: str, number: str = "") -> None:
    """As if the carrier's tool had printed one."""
    with ws.store.transaction():
        out = carrier_files.CarrierFile(0, ws.now(), "佐藤", "yamato", carrier_files.OUT, "out.csv", "f")
        carrier_files.add(ws.store, out, {}, [(key, "", 1)])
        if number:
            shipments.set_parcel(ws.store, key, {"file_no": number})


def test_the_members_waybill_is_void_until_the_bundle_is_taken_apart(ws: Workspace) -> None:
    a, b, c = orders(ws)
    a_waybill(ws, a, W1)
    a_waybill(ws, b, W2)
    bundle(ws, [a, b, c])
    (void,) = void_waybills(ws)
    assert (void.shipment, void.parcel, void.number, void.why) == (b, b, W2, "bundled")
    assert scan(ws, a, W2) == ["OK_OPEN", "NG_DUPLICATE"]
    assert scan(ws, "JPCMDACK", "JPCMDNEXT") == ["OK_ACK", "OK_NEXT"]
    unbundle(ws, a)
    assert void_waybills(ws) == []
    assert scan(ws, b, W2) == ["OK_OPEN", "OK_DONE"]


def test_a_number_that_comes_later_is_shown_with_the_void_waybill(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    a_waybill(ws, b)
    bundle(ws, [a, b])
    assert [void.number for void in void_waybills(ws)] == [""]
    shipments.set_parcel(ws.store, b, {"file_no": W3})
    assert [void.number for void in void_waybills(ws)] == [W3]


def test_a_destroyed_waybill_promises_nothing_any_more(ws: Workspace) -> None:
    a, b = orders(ws, 2)
    a_waybill(ws, b, W2)
    bundle(ws, [a, b])
    with pytest.raises(Refused) as refused:
        destroyed(ws, [a])
    assert refused.value.code == "void_unknown"
    assert destroyed(ws, [b]) == (b,)
    assert void_waybills(ws) == []
    unbundle(ws, a)
    (found,) = shipments.by_keys(ws.store, [b])
    assert found.parcels[0].file_no == ""
    assert carrier_files.last_written(ws.store, "yamato", [b]) == {}  # it waits for a new one


# ── the journal ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_database_of_this_morning_and_the_journal_make_the_same_bundles(tmp_path: Path) -> None:
    home, fresh = tmp_path / "home", tmp_path / "fresh"
    with a_folder(home) as ws:
        a, b, c, d = orders(ws, 4)
        ws.close()
        shutil.copytree(home, fresh)
        bundle(ws, [a, b, c])
        split(ws, a, 2)
        pack(ws, a, [W1, W2])
        unbundle(ws, b, reason="入れ直し")
        assert scan(ws, a, W2, W1)[-1] == "OK_LINK"
        split(ws, d, 3)
        split(ws, d, 2)
        assert scan(ws, d, W3) == ["OK_OPEN", "OK_LINK"]
        facts = tables(ws)
        told = ws.store.rows("SELECT shipment_id, what, detail FROM history ORDER BY shipment_id, id")
        marks = ws.store.rows("SELECT * FROM journal_marks ORDER BY desk")
    shutil.copytree(home / "journal", fresh / "journal", dirs_exist_ok=True)
    with closing(open_workspace(str(fresh))) as again:
        catch_up(again)
        assert tables(again) == facts
        assert (
            again.store.rows("SELECT shipment_id, what, detail FROM history ORDER BY shipment_id, id") == told
        )
        assert again.store.rows("SELECT * FROM journal_marks ORDER BY desk") == marks
