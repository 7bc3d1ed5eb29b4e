"""Checklist, scale and photo at the desk: what blocks, what does not, undo and replay (PK-15 – 17, 22)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing import photo_turn, weight_turn
from jpship_gui.domain.packing.checklist import CheckItem
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect, from_plain
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.weight import Weighing
from jpship_gui.domain.packing.world import PackLine, PackParcel, PackView, Proof
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

A, B = make_key(1), make_key(2)
W1, W2 = number(1), number(2)
ACK, TICK, UNDO, NEXT = (code_of(c) for c in (Command.ACK, Command.TICK, Command.UNDO, Command.NEXT))
MUST, MAY = CheckItem(4, "保冷剤を2個"), CheckItem(9, "チラシを折った", must=False)
MUGS = PackLine("MUG", 2, frozenset({"MUG"}), "マグカップ", "青", grams=312)
TRAY = PackLine("TRAY", 1, frozenset({"TRAY"}), "トレー", grams=80)


def listed(key: str, *items: CheckItem) -> PackView:
    """A shipment with these items."""
    return a_view(
        key,
        checklist=items,
        ticks=tuple(item.id for item in items if item.must),
        optional=tuple(item.id for item in items if not item.must),
    )


def weighed(weighing: Weighing, **changes: object) -> Bench:
    """A desk with one shipment to be weighed: 704 g of goods and 100 g around them."""
    view = a_view(A, lines=(MUGS, TRAY), weighing=replace(weighing, packaging=100, tolerance_g=20), **changes)
    return a_bench(view, a_view(B))


def replayed(bench: Bench) -> PackSession:
    """A desk that knows nothing but the journal's lines, as read from disk."""
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay([from_plain(effect.plain()) for effect in effects])
    return again


def test_a_compulsory_item_blocks_the_waybill_and_its_words_are_named() -> None:
    bench = a_bench(listed(A, MUST, MAY))
    bench.scan(A)
    answer = bench.scan(W1)
    assert (answer.outcome, answer.values["item"], answer.expects) == (
        Outcome.ATT_TICK,
        "保冷剤を2個",
        Expect.TICK,
    )
    assert bench.scan(TICK).effects == (Effect(Do.TICK, A, reason=MUST.id, words="保冷剤を2個"),)
    assert bench.scan(W1).outcome is Outcome.OK_LINK


def test_an_item_that_may_be_left_is_recorded_where_it_is() -> None:
    bench = a_bench(listed(A, MUST, MAY))
    bench.outcomes(A, "JPTICK4")
    closing = bench.scan(W1)
    assert closing.outcome is Outcome.OK_LINK
    assert [(e.do, e.reason, e.words) for e in closing.effects if e.do in (Do.LEFT, Do.CLOSE)] == [
        (Do.LEFT, MAY.id, "チラシを折った"),
        (Do.CLOSE, "", ""),
    ]
    ticked = a_bench(listed(A, MUST, MAY))
    ticked.outcomes(A, "JPTICK4", "JPTICK9")
    assert not [e for e in ticked.scan(W1).effects if e.do is Do.LEFT]


def test_items_by_their_own_code_in_any_order_and_only_once() -> None:
    bench = a_bench(replace(listed(A, MUST, MAY), ticks=("wrap", MUST.id)))
    assert bench.outcomes("JPTICK4", A, "JPTICK9", "JPTICK4", "JPTICK4", "JPTICK5", "JPTICKWRAP", W1) == [
        "ATT_NOTHING",
        *("OK_OPEN", "OK_TICK", "OK_TICK"),
        *("ATT_NOTHING", "ATT_NOTHING", "OK_TICK", "OK_LINK"),
    ]


def test_the_key_ticks_what_must_be_first_and_then_what_may_be() -> None:
    bench = a_bench(listed(A, MUST, MAY))
    bench.scan(A)
    assert [bench.scan(TICK).values.get("tick") for _ in range(3)] == [MUST.id, MAY.id, None]


def test_an_item_whose_text_changed_is_asked_anew() -> None:
    bench = a_bench(listed(A, MUST))
    bench.outcomes(A, TICK)
    bench.world.views[A] = replace(
        listed(A, CheckItem(4, "保冷剤を3個")), holder="1", goods=False, proof=Proof.DOUBLE
    )
    assert bench.scan(W1).outcome is Outcome.ATT_TICK


def test_a_tick_is_taken_back_and_survives_a_power_cut() -> None:
    bench = a_bench(listed(A, MUST))
    bench.outcomes(A, TICK)
    assert replayed(bench).state == bench.session.state
    assert bench.outcomes(UNDO, W1) == ["OK_UNDO", "ATT_TICK"]
    assert replayed(bench).state == bench.session.state


def test_an_item_is_not_ticked_while_an_ng_stops_the_line() -> None:
    bench = a_bench(listed(A, MUST))
    assert bench.outcomes(A, "?", "JPTICK4", ACK, "JPTICK4") == [
        *("OK_OPEN", "NG_UNKNOWN", "NG_LOCKED", "OK_ACK", "OK_TICK"),
    ]


def test_the_right_weight_before_the_waybill() -> None:
    bench = weighed(Weighing(stop=True))
    assert bench.scan(A).expects is Expect.WEIGHT
    assert bench.scan(W1).outcome is Outcome.ATT_WEIGHT
    answer = bench.scan("  0.815kg")
    assert (answer.outcome, answer.expects) == (Outcome.OK_WEIGHT, Expect.WAYBILL)
    assert answer.effects == (Effect(Do.WEIGH, A, A, grams=815, due=804),)
    assert bench.scan(W1).outcome is Outcome.OK_LINK


@pytest.mark.parametrize(
    ("line", "reason", "off", "goods"),
    [
        ("0.492kg", "missing", "−312", "マグカップ 青"),
        ("724g", "missing", "−80", "トレー"),
        ("ST,GS,+ 1.116kg", "extra", "+312", "マグカップ 青"),
        ("650 g", "light", "−154", ""),
        ("860 g", "heavy", "+56", ""),
    ],
)
def test_a_wrong_weight_stops_and_says_which_piece_it_would_be(
    line: str, reason: str, off: str, goods: str
) -> None:
    bench = weighed(Weighing(stop=True))
    bench.scan(A)
    answer = bench.scan(line)
    assert (answer.outcome, answer.klass, answer.reason) == (Outcome.NG_WEIGHT, Klass.NG, reason)
    assert answer.values["off"] == off
    assert answer.values.get("goods", "") == goods
    assert not [e for e in answer.effects if e.do is Do.WEIGH]
    assert bench.outcomes(W1, ACK, W1, "804 g", W1) == [
        *("NG_LOCKED", "OK_ACK", "ATT_WEIGHT", "OK_WEIGHT", "OK_LINK"),
    ]


def test_a_wrong_weight_only_warns_where_the_shop_says_so() -> None:
    bench = weighed(Weighing())
    bench.scan(A)
    answer = bench.scan("492 g")
    assert (answer.outcome, answer.reason, answer.expects) == (
        Outcome.ATT_WEIGHT,
        "missing",
        Expect.WAYBILL,
    )
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert bench.session.expects() is Expect.WEIGHT


def test_after_the_waybill_the_parcel_closes_on_the_scale() -> None:
    bench = weighed(Weighing(stop=True, after=True))
    assert bench.scan(A).expects is Expect.WAYBILL
    linked = bench.scan(W1)
    assert (linked.outcome, linked.reason, linked.expects) == (Outcome.OK_LINK, "weigh", Expect.WEIGHT)
    assert not [e for e in linked.effects if e.do is Do.CLOSE]
    assert replayed(bench).state == bench.session.state
    assert bench.outcomes("492 g", ACK) == ["NG_WEIGHT", "OK_ACK"]
    done = bench.scan("804 g")
    assert done.outcome is Outcome.OK_WEIGHT
    assert [e.do for e in done.effects] == [Do.WEIGH, Do.CLOSE]
    assert done.expects is Expect.SLIP
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert bench.session.expects() is Expect.WEIGHT


def test_after_the_waybill_a_proven_parcel_is_complete_on_the_scale() -> None:
    bench = weighed(Weighing(after=True), parcels=(PackParcel(A, "yamato", file_no=W1),))
    bench.scan(A)
    assert bench.scan(W1).reason == "weigh"
    answer = bench.scan("804 g")
    assert (answer.outcome, answer.klass) == (Outcome.OK_DONE, Klass.COMPLETE)


def test_a_parcel_set_aside_between_waybill_and_scale_is_still_to_be_weighed() -> None:
    bench = weighed(Weighing(stop=True, after=True))
    bench.outcomes(A, W1, NEXT)
    bench.outcomes(B, W2)
    answer = bench.scan(A)
    assert (answer.outcome, answer.expects) == (Outcome.OK_OPEN, Expect.WEIGHT)
    assert bench.outcomes(W1, "804 g", W1) == ["ATT_WEIGHT", "OK_WEIGHT", "OK_DONE"]


def test_a_parcel_reopened_is_weighed_anew() -> None:
    bench = weighed(Weighing(stop=True, after=True))
    bench.outcomes(A, W1, "804 g")
    bench.outcomes(code_of(Command.REOPEN), A, W1)
    assert bench.session.expects() is Expect.WEIGHT


def test_every_box_is_weighed_by_what_lies_in_it() -> None:
    boxes = (PackParcel(A, "yamato", contents={0: 2}), PackParcel(f"{A}P2", "yamato", contents={1: 1}))
    bench = weighed(Weighing(stop=True), parcels=boxes)
    assert bench.outcomes(A, "180g", ACK, "724g", W1, "724g", ACK, "180g", W2) == [
        *("OK_OPEN", "NG_WEIGHT", "OK_ACK", "OK_WEIGHT", "OK_LINK"),
        *("NG_WEIGHT", "OK_ACK", "OK_WEIGHT", "OK_LINK"),
    ]


def test_goods_nobody_weighed_are_weighed_and_not_compared() -> None:
    lines = (MUGS, replace(TRAY, grams=None))
    bench = a_bench(a_view(A, lines=lines, weighing=Weighing(stop=True)))
    bench.scan(A)
    answer = bench.scan("2.5kg")
    assert (answer.outcome, answer.reason) == (Outcome.OK_WEIGHT, "unknown")
    assert answer.effects == (Effect(Do.WEIGH, A, A, grams=2500),)


def test_a_scale_that_types_out_of_turn_changes_and_locks_nothing() -> None:
    bench = a_bench(a_view(A), goods=True)
    assert bench.outcomes("500 g", A, "500 g", "MUG", "500 g", W1) == [
        *("ATT_NOTHING", "OK_OPEN", "ATT_NOTHING", "OK_ITEM_LAST", "ATT_NOTHING", "OK_LINK"),
    ]
    assert not [e for line in bench.lines for e in line if e.do is Do.WEIGH]


def test_a_moving_scale_is_told_and_weighed_again() -> None:
    bench = weighed(Weighing(stop=True))
    bench.scan(A)
    answer = bench.scan("US,+00000.8 kg")
    assert (answer.outcome, answer.reason, answer.expects) == (
        Outcome.ATT_NOTHING,
        "scale_moving",
        Expect.WEIGHT,
    )


def test_goods_whose_code_looks_like_a_weight_are_goods() -> None:
    line = PackLine("500G", 1, frozenset({"500G"}), "tea", grams=500)
    bench = a_bench(a_view(A, lines=(line,), weighing=Weighing()), goods=True)
    assert bench.outcomes(A, "500g", "500 g") == ["OK_OPEN", "OK_ITEM_LAST", "OK_WEIGHT"]


def test_a_photo_that_is_required_blocks_the_waybill() -> None:
    bench = a_bench(a_view(A, photo=True))
    assert bench.scan(A).expects is Expect.PHOTO
    assert bench.scan(W1).outcome is Outcome.ATT_PHOTO
    bench.world.views[A] = replace(bench.world.views[A], photo=False)  # attached by the office's journal
    assert bench.took(bench.session.photographed(A)).outcome is Outcome.OK_PHOTO
    assert bench.scan(W1).outcome is Outcome.OK_LINK


def test_a_camera_that_fails_is_told_and_locks_nothing() -> None:
    bench = a_bench(a_view(A, photo=True))
    bench.scan(A)
    answer = bench.took(bench.session.photographed(A, failed=True))
    assert (answer.outcome, answer.reason, answer.effects) == (Outcome.ATT_PHOTO, "camera", ())
    assert bench.session.expects() is Expect.PHOTO


def test_photo_and_weight_let_go_with_a_reason_come_back_with_undo() -> None:
    bench = a_bench(a_view(A, photo=True, weighing=Weighing(stop=True)))
    bench.scan(A)
    view = bench.session.open_view()
    assert view is not None
    turn = bench.session._turn()
    assert weight_turn.waived(turn, view, "x") is None
    photo = photo_turn.waived(turn, view, "カメラ故障")
    assert photo is not None
    assert photo.effects == (Effect(Do.WAIVE, A, how="photo", reason="カメラ故障"),)
    bench.took(bench.session._answer("", photo))
    assert bench.session.expects() is Expect.WEIGHT
    scale = weight_turn.waived(bench.session._turn(), view, "はかり故障")
    assert scale is not None
    bench.took(bench.session._answer("", scale))
    assert bench.session.expects() is Expect.WAYBILL
    assert replayed(bench).state == bench.session.state
    assert bench.outcomes(UNDO, UNDO) == ["OK_UNDO", "OK_UNDO"]
    assert bench.session.expects() is Expect.PHOTO


def test_a_missing_piece_is_noticed_whenever_it_is_heavier_than_the_tolerance() -> None:
    for line, piece in ((MUGS, 312), (TRAY, 80)):
        for noise in range(-20, 21, 4):
            bench = weighed(Weighing(stop=True))
            bench.scan(A)
            answer = bench.scan(f"{804 - piece + noise} g")
            assert answer.outcome is Outcome.NG_WEIGHT, (line.sku, noise)
