"""The desk on a real data folder: journal, database, and what a restart leaves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.order import OrderState
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.repair import correct
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.record import prove_by_file
from jpship_gui.flows.pack.say import message_of
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal, products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import NOW, a_line, an_order, stored

ACK = code_of(Command.ACK)
W1, W2, W3 = "099723653466", "103225504992", "107849485225"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """A data folder with one Rakuten shop that scans goods and proves by double scan."""
    opened = replace(open_workspace(str(tmp_path), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    yield opened
    opened.close()


def shipments_of(ws: Workspace, count: int, **changes: object) -> list[str]:
    """Keys of new printed shipments of one mug each."""
    orders = [an_order(n, **changes) for n in range(1, count + 1)]
    return [key for _, key in stored(ws.store, *orders)]


def outcomes(desk: Desk, *texts: str) -> list[str]:
    """What a run of scans comes to."""
    return [desk.scan(text).outcome.value for text in texts]


def without_goods(ws: Workspace, proof: str = "double") -> None:
    """A shop that does not scan goods."""
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "pack.proof": proof})


def give_file_numbers(ws: Workspace, pairs: Sequence[tuple[str, str]]) -> None:
    """As if the carrier's file had been taken."""
    with ws.store.transaction():
        for key, number in pairs:
            shipments.set_parcel(ws.store, key, {"file_no": number})


def test_a_parcel_packed_by_three_scans_and_proven_after_another(ws: Workspace) -> None:
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        assert outcomes(desk, a, "mug-300-bl", W1) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        assert outcomes(desk, b, "MUG-300-BL", W2) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        assert outcomes(desk, a, W1) == ["OK_OPEN", "ATT_ASK"]  # a number alone repeats the first reading
        question = desk.session.state.question
        assert question is not None
        assert outcomes(desk, str(question.right)) == ["OK_DONE"]
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert found.parcels[0].tracking_no == W1
    assert found.stage is Stage.CONFIRM
    assert found.facts.verified is not None
    assert found.facts.verified.how == "double"
    assert found.facts.checked is not None
    other = shipments.by_key(ws.store, b)
    assert other is not None
    assert other.stage is Stage.VERIFY


def test_the_number_of_the_carriers_file_proves_at_once(ws: Workspace) -> None:
    without_goods(ws, "file")
    a, b = shipments_of(ws, 2)
    give_file_numbers(ws, [(a, W1), (b, W2)])
    with Desk(ws) as desk:
        assert outcomes(desk, a, W2) == ["OK_OPEN", "NG_OTHER_ORDER"]
        assert desk.session.scan(ACK).outcome.value == "OK_ACK"
        assert outcomes(desk, W1) == ["OK_DONE"]


def test_a_swap_answer_names_the_other_order(ws: Workspace) -> None:
    without_goods(ws, "file")
    a, b = shipments_of(ws, 2)
    give_file_numbers(ws, [(a, W1), (b, W2)])
    with Desk(ws) as desk:
        desk.scan(a)
        words = message_of(desk.scan(W2))
    assert "345678-20261120-0000000002" in words


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("099723653467", "NG_CHECKDIGIT"),
        ("600078420325", "NG_CARRIER"),
        ("D444803009836D", "NG_CARRIER"),
        (W1, "NG_DUPLICATE"),
        ("何でもない", "NG_UNKNOWN"),
        ("mug-300-bl", "NG_ORDER"),
        ("JP0000099XX", "NG_UNKNOWN"),
    ],
)
def test_wrong_waybills(ws: Workspace, raw: str, outcome: str) -> None:
    without_goods(ws)
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        assert outcomes(desk, a, W1, b, raw) == ["OK_OPEN", "OK_LINK", "OK_OPEN", outcome]
        assert outcomes(desk, W2, W2, b, ACK, W2) == ["NG_LOCKED"] * 3 + ["OK_ACK", "OK_LINK"]
    found = shipments.by_key(ws.store, b)
    assert found is not None
    assert found.parcels[0].tracking_no == W2


def test_a_cancelled_order_stops_at_the_slip_and_at_every_later_scan(ws: Workspace) -> None:
    without_goods(ws)
    (row_a, a), (row_b, b) = stored(ws.store, an_order(1), an_order(2, state=OrderState.CANCELLED))
    with Desk(ws) as desk:
        assert outcomes(desk, b, ACK, a) == ["NG_CANCELLED", "OK_ACK", "OK_OPEN"]
        with ws.store.transaction():
            shipments.set_state(ws.store, row_a, OrderState.CANCELLED)
        assert outcomes(desk, W1, ACK, W1) == ["NG_CANCELLED", "OK_ACK", "NG_ORDER"]
    assert row_b != row_a


def test_a_change_after_printing_stops(ws: Workspace) -> None:
    ((row, a),) = stored(ws.store, an_order(1))
    changed = '[["recipient.street","北浜9-9-9","北浜9-9-8"]]'
    with ws.store.transaction():
        shipments.update(ws.store, row, {"changed": changed, "hold_reason": "住所が変わりました"})
    with Desk(ws) as desk:
        assert outcomes(desk, a) == ["NG_CHANGED"]


def test_goods_by_barcode_case_code_and_over_count(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1, lines=(a_line(quantity=3),))
    products.put(
        ws.store,
        [
            Product("4900000000016", "mug-300-bl"),
            Product("14900000000013", "mug-300-bl", 2),
            Product("dish", "dish-l"),
        ],
    )
    with Desk(ws) as desk:
        assert outcomes(desk, a, "14900000000013", "14900000000013", ACK) == [
            "OK_OPEN",
            "OK_ITEM",
            "NG_OVER",
            "OK_ACK",
        ]
        assert outcomes(desk, "dish", ACK, "4900000000016", "4900000000016") == [
            "NG_NOT_HERE",
            "OK_ACK",
            "OK_ITEM_LAST",
            "NG_OVER",
        ]


def test_goods_of_another_order_name_who_needs_them(ws: Workspace) -> None:
    _, (_, b) = stored(ws.store, an_order(1, lines=(a_line(sku="dish-l", variant=""),)), an_order(2))
    with Desk(ws) as desk:
        desk.scan(b)
        answer = desk.scan("DISH-L")
    assert answer.outcome.value == "NG_NOT_HERE"
    assert answer.values["other"].endswith("0001")


def test_an_upc_that_is_also_a_possible_number_asks(ws: Workspace) -> None:
    upc = "036000291445"  # check digits of both kinds hold
    a, _ = shipments_of(ws, 2)
    products.put(ws.store, [Product(upc, "mug-300-bl")])
    goods, waybill = code_of(Command.GOODS), code_of(Command.WAYBILL)
    with Desk(ws) as desk:
        if desk.session.world.number(upc, "yamato").state.value != "good":
            pytest.fail("the sample must be a possible Yamato number")
        assert outcomes(desk, a, upc, upc, W1, goods, ACK) == [
            "OK_OPEN",
            "OK_ITEM_LAST",
            "ATT_ASK",
            "ATT_ASK",
            "NG_OVER",
            "OK_ACK",
        ]
        assert outcomes(desk, upc, waybill) == ["ATT_ASK", "OK_LINK"]


def test_instructions_before_the_waybill(ws: Workspace) -> None:
    ((_, a),) = stored(ws.store, an_order(1), wrapping=("包装紙",), noshi="御歳暮")
    tick = code_of(Command.TICK)
    with Desk(ws) as desk:
        assert outcomes(desk, a, "mug-300-bl", W1, tick, W1, tick, W1) == [
            "OK_OPEN",
            "OK_ITEM_LAST",
            "ATT_TICK",
            "OK_TICK",
            "ATT_TICK",
            "OK_TICK",
            "OK_LINK",
        ]


def test_a_free_gift_is_ticked_before_the_waybill(ws: Workspace) -> None:
    ((_, a),) = stored(ws.store, an_order(1, lines=(a_line(extra="しおり"),)))
    tick = code_of(Command.TICK)
    with Desk(ws) as desk:
        opened = outcomes(desk, a, "mug-300-bl", W1)
        assert opened[-1] == "ATT_TICK"
        assert outcomes(desk, tick, W1) == ["OK_TICK", "OK_LINK"]


def test_undo_takes_back_step_by_step_in_the_database_too(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as desk:
        outcomes(desk, a, "mug-300-bl", W1)
        assert desk.undo().expects.value == "waybill"
        desk.apply_pending()
        found = shipments.by_key(ws.store, a)
        assert found is not None
        assert found.parcels[0].tracking_no == ""
        assert found.facts.linked is None
        assert desk.undo().expects.value == "item"
        assert desk.undo().expects.value == "slip"
        assert desk.undo().outcome.value == "ATT_NOTHING"


def test_restart_and_reopen_take_numbers_back(ws: Workspace) -> None:
    without_goods(ws)
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W2, b, W3)
        assert outcomes(desk, a, code_of(Command.RESTART), W1) == ["OK_OPEN", "OK_RESTART", "OK_LINK"]
        assert desk.reopen(b, "箱を替える").outcome.value == "OK_REOPEN"
        assert outcomes(desk, W2) == ["OK_LINK"]
    found = [s.parcels[0].tracking_no for s in shipments.by_keys(ws.store, [a, b])]
    assert found == [W1, W2]


def test_the_desk_continues_where_it_was(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1, lines=(a_line(quantity=2),))
    with Desk(ws) as desk:
        outcomes(desk, a, "mug-300-bl", "何でもない")
        before = desk.session.state
    with Desk(ws) as again:
        assert again.session.state == before
        assert again.snapshot().expects.value == "ack"
        assert outcomes(again, ACK, "mug-300-bl", W1) == ["OK_ACK", "OK_ITEM_LAST", "OK_LINK"]


def test_undo_works_after_a_restart_too(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as desk:
        outcomes(desk, a, "mug-300-bl", W1)
    with Desk(ws) as again:
        assert again.undo().outcome.value == "OK_UNDO"
        assert outcomes(again, W1) == ["OK_LINK"]


def test_a_second_desk_sees_who_has_it_and_may_take_over(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    with Desk(ws, "梱包台1") as first, Desk(ws, "梱包台2", "鈴木") as second:
        first.scan(a)
        first.apply_pending()
        answer = second.scan(a)
        assert (answer.outcome.value, answer.values["desk"]) == ("NG_BUSY", "梱包台1")
        assert outcomes(second, ACK, code_of(Command.TAKEOVER)) == ["OK_ACK", "OK_OPEN"]
        second.apply_pending()
        assert outcomes(first, "mug-300-bl") == ["NG_BUSY"]
        assert outcomes(second, "mug-300-bl", W1) == ["OK_ITEM_LAST", "OK_LINK"]


def test_a_desk_is_one_process(ws: Workspace) -> None:
    with Desk(ws), pytest.raises(WorldFault) as caught:
        Desk(ws)
    assert caught.value.code == "desk_in_use"


def test_label_proof(ws: Workspace) -> None:
    without_goods(ws, "label")
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        assert outcomes(desk, a, W1, b, ACK) == ["OK_OPEN", "OK_LINK", "NG_OTHER_ORDER", "OK_ACK"]
        assert desk.snapshot().expects.value == "waybill"  # number and key stand on one paper: both again
        assert shipments.by_key(ws.store, a).parcels[0].tracking_no == ""  # type: ignore[union-attr]
        assert outcomes(desk, W1, a) == ["OK_LINK", "OK_DONE"]


def test_the_key_of_the_right_waybill_does_not_prove_the_number_of_a_wrong_one(ws: Workspace) -> None:
    without_goods(ws, "label")
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        assert (
            outcomes(desk, a, W2, b, ACK, a)[-1] == "OK_OPEN"
        )  # b's waybill was read; a's is fetched, and its key
        assert outcomes(desk, W1, a, b, W2, b)[1::3] == ["OK_DONE", "OK_DONE"]
    for key, number in ((a, W1), (b, W2)):
        found = shipments.by_key(ws.store, key)
        assert found is not None
        assert (found.parcels[0].tracking_no, found.facts.verified is not None) == (number, True)


def test_handover_proof_asks_for_the_name(ws: Workspace) -> None:
    without_goods(ws, "handover")
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W1, b, W2)
        assert outcomes(desk, W2, "0", ACK) == ["ATT_ASK", "NG_OTHER_ORDER", "OK_ACK"]
        assert outcomes(desk, W2, ACK) == ["NG_HOLD", "OK_ACK"]  # nobody guesses until it fits
        asked = desk.scan(W1)
        assert asked.expects.value == "name"
        question = desk.session.state.question
        assert question is not None
        assert outcomes(desk, str(question.right)) == ["OK_DONE"]
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert found.facts.handed_over is not None
    assert found.facts.verified is not None


def test_names_never_reach_the_journal(ws: Workspace) -> None:
    without_goods(ws, "handover")
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W1, b, W2, W1, "0")
    text = journal.file_of(ws.places.journal, "1").read_text("utf-8")
    assert "山田" not in text
    assert "北浜" not in text


def test_a_file_taken_later_proves_what_was_scanned_before(ws: Workspace) -> None:
    without_goods(ws, "file")
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W1, b, W2)
        desk.apply_pending()
        give_file_numbers(ws, [(a, W1), (b, W3)])
        assert prove_by_file(ws, [a, b]) == (a,)
    stages = [s.stage for s in shipments.by_keys(ws.store, [a, b])]
    assert stages == [Stage.CONFIRM, Stage.VERIFY]


def test_a_lost_database_is_rebuilt_from_orders_and_journals(ws: Workspace, tmp_path: Path) -> None:
    """Two journals tell of one parcel by turns; only the order of time gives the same facts (NF-02)."""
    without_goods(ws)
    clock = iter(NOW + timedelta(seconds=n) for n in range(99))
    ws = replace(ws, clock=lambda: next(clock))
    a, b = shipments_of(ws, 2)
    track(ws, a, W1, W1)
    with Desk(ws) as desk:
        desk.reopen(a, "箱を替える")
        outcomes(desk, W2, b, W3)
    track(ws, b, W1, W1)
    fresh = replace(open_workspace(str(tmp_path / "fresh")), clock=ws.clock)
    shops.add(fresh.store, "本店", "rakuten", {"pack.goods": "off"}, NOW)
    shipments_of(fresh, 2)
    shutil.copytree(ws.places.journal, fresh.places.journal, dirs_exist_ok=True)
    catch_up(fresh)
    assert shipments.by_keys(fresh.store, [a, b]) == shipments.by_keys(ws.store, [a, b])
    assert [p.tracking_no for p in shipments.by_keys(ws.store, [a])[0].parcels] == [W2]
    fresh.close()


def test_a_recycled_number_is_taken_with_a_warning(ws: Workspace) -> None:
    without_goods(ws)
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W1)
        desk.apply_pending()
        ws.store.execute("UPDATE parcels SET linked_at = 0 WHERE key = ?", (a,))
        desk.scan(b)
        answer = desk.scan(W1)
    assert (answer.outcome.value, answer.reason) == ("OK_LINK", "recycled")


def test_a_journal_of_another_computer_is_not_mixed_in(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as desk:
        desk.scan(a)
    ws.store.execute("UPDATE journal_marks SET hash = 'other'")
    with pytest.raises(WorldFault) as caught:
        Desk(ws)
    assert caught.value.code == "journal_foreign"


def test_a_proof_does_not_pass_to_another_number(ws: Workspace) -> None:
    without_goods(ws)
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as desk:
        outcomes(desk, a, W1)
        desk.apply_pending()
        assert track(ws, a, W1, W1).verified
        assert desk.undo().outcome.value == "OK_UNDO"
        assert outcomes(desk, W2) == ["OK_LINK"]
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert (found.stage, found.parcels[0].tracking_no) == (Stage.VERIFY, W2)


def test_no_second_reading_outweighs_the_carriers_file(ws: Workspace) -> None:
    without_goods(ws)
    a, b = shipments_of(ws, 2)
    with Desk(ws) as desk:
        outcomes(desk, a, W1, b, W2)
        desk.apply_pending()
        give_file_numbers(ws, [(a, W3)])
        assert outcomes(desk, a, W1) == ["OK_OPEN", "NG_OTHER_ORDER"]
    assert track(ws, a, W1, W1).outcome == "NG_OTHER_ORDER"
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert found.facts.verified is None


def test_an_older_act_undone_leaves_what_another_desk_did_since(ws: Workspace) -> None:
    without_goods(ws)
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as one, Desk(ws.as_person("鈴木", "2")) as two:
        outcomes(one, a, W1)
        one.apply_pending()
        two.reopen(a, "箱を替える")
        outcomes(two, W2)
        two.apply_pending()
        answer = one.undo()
        assert (answer.outcome.value, answer.reason) == ("ATT_NOTHING", "moved_on")
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert found.parcels[0].tracking_no == W2


def test_parcels_of_another_desk_do_not_make_a_reading_independent(ws: Workspace) -> None:
    without_goods(ws)
    a, b = shipments_of(ws, 2)
    with Desk(ws) as one, Desk(ws.as_person("鈴木", "2")) as two:
        outcomes(one, a, W1)
        outcomes(two, b, W2)
        two.apply_pending()
        assert outcomes(one, a) == ["NG_ORDER"]


def test_a_deleted_journal_is_told_before_the_first_scan(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    with Desk(ws) as desk:
        desk.scan(a)
    journal.file_of(ws.places.journal, "1").unlink()
    with pytest.raises(WorldFault) as caught:
        Desk(ws)
    assert caught.value.code == "journal_short"


def test_a_journal_exchanged_under_the_desk_answers_nothing(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    path = journal.file_of(ws.places.journal, "1")
    with Desk(ws) as desk:
        desk.scan(code_of(Command.UNDO))
        path.unlink()
        path.write_bytes(b"")
        with pytest.raises(WorldFault) as caught:
            desk.scan(a)
        assert caught.value.code == "journal_touched"
        assert desk.session.state.shipment == ""


def test_a_deleted_journal_is_put_back_whole(ws: Workspace) -> None:
    (a,) = shipments_of(ws, 1)
    path = journal.file_of(ws.places.journal, "1")
    with Desk(ws) as desk:
        desk.scan(code_of(Command.UNDO))
        before = path.read_bytes()
        path.unlink()
        assert outcomes(desk, a) == ["OK_OPEN"]
    assert path.read_bytes().startswith(before)
    assert journal.verify(path) == (2, [])


def test_a_slip_printed_before_a_correction_is_stopped(ws: Workspace) -> None:
    without_goods(ws)
    ((row, a),) = stored(ws.store, an_order(1))
    with ws.store.transaction():
        shipments.update(ws.store, row, {"batch": 1, "batch_row": 1})
        shipments.mark(ws.store, [row], "printed", NOW)
    correct(ws, a, {"street": "北浜9-9-8"})
    with Desk(ws) as desk:
        answer = desk.scan(a)
        assert (answer.outcome.value, answer.reason) == ("NG_CHANGED", "reprint")
        with ws.store.transaction():
            shipments.mark(ws.store, [row], "printed", NOW)
        assert outcomes(desk, ACK, a) == ["OK_ACK", "OK_OPEN"]
