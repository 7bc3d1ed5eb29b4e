"""Transcripts of the scan protocol: scan → outcome."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from jpship_gui.domain.order_key import make_key, paper_code, without_paper
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect, from_plain
from jpship_gui.domain.packing.kinds import shipment_key_of
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import Block, PackLine, PackParcel, Proof
from tests.domain.packing.small_world import a_bench, a_view, number

A, B, C = (make_key(n) for n in (1, 2, 3))
W1, W2, W3 = (number(n) for n in (1, 2, 3))
ACK, NEXT, TICK, UNDO, BYEYE = (
    code_of(c) for c in (Command.ACK, Command.NEXT, Command.TICK, Command.UNDO, Command.BYEYE)
)


@pytest.mark.parametrize("order", list(permutations((A, "MUG", W1))))
def test_only_slip_goods_waybill_links(order: tuple[str, ...]) -> None:
    bench = a_bench(a_view(A), goods=True)
    wanted = iter((A, "MUG", W1))
    due = next(wanted)
    linked = False
    for raw in order:
        answer = bench.scan(raw)
        if raw == due:
            assert answer.klass is not Klass.NG
            linked = answer.outcome is Outcome.OK_LINK
            due = next(wanted, "")
        else:
            assert answer.outcome is Outcome.NG_ORDER
            assert bench.scan(ACK).outcome is Outcome.OK_ACK
    assert linked == (order == (A, "MUG", W1))


def test_an_out_of_turn_scan_says_what_is_expected() -> None:
    bench = a_bench(a_view(A), goods=True)
    assert bench.scan(W1).values["expected"] == "slip"
    bench.scan(ACK)
    bench.scan(A)
    assert bench.scan(W1).values["expected"] == "item"


def test_every_ng_locks_until_acknowledged() -> None:
    bench = a_bench(a_view(A))
    assert bench.outcomes("?", A, "JPCMDUNDO", TICK, W1, W1, ACK, A) == [
        "NG_UNKNOWN",
        *["NG_LOCKED"] * 5,
        "OK_ACK",
        "OK_OPEN",
    ]


def test_a_locked_desk_expects_the_acknowledgement() -> None:
    bench = a_bench(a_view(A))
    assert bench.scan("?").expects is Expect.ACK


def test_a_command_with_a_number_it_does_not_take_is_unknown() -> None:
    bench = a_bench(a_view(A))
    assert bench.outcomes(A, "JPCMDACK3", "JPCMDACK", "JPCMDHOLD3") == [
        *("OK_OPEN", "NG_UNKNOWN", "OK_ACK", "OK_HOLD")
    ]


def test_the_same_slip_again_changes_nothing() -> None:
    bench = a_bench(a_view(A))
    bench.scan(A)
    answer = bench.scan(A)
    assert (answer.outcome, answer.reason, answer.effects) == (Outcome.OK_OPEN, "again", ())


def test_another_slip_while_one_is_open_names_it() -> None:
    bench = a_bench(a_view(A), a_view(B))
    bench.scan(A)
    answer = bench.scan(B)
    assert (answer.outcome, answer.values["other"]) == (Outcome.NG_OTHER_ORDER, f"order {B}")


@pytest.mark.parametrize(
    ("block", "outcome"),
    [
        (Block.CANCELLED, "NG_CANCELLED"),
        (Block.CHANGED, "NG_CHANGED"),
        (Block.HOLD, "NG_HOLD"),
        (Block.PROBLEM, "NG_HOLD"),
        (Block.REMARK, "NG_HOLD"),
        (Block.WAITING, "NG_HOLD"),
        (Block.ELSEWHERE, "NG_HOLD"),
        (Block.SENT, "NG_DUPLICATE"),
        (Block.SHIPPED, "NG_DUPLICATE"),
    ],
)
def test_a_block_stops_the_slip_and_each_later_scan(block: Block, outcome: str) -> None:
    bench = a_bench(a_view(A, block=block), a_view(B), goods=True)
    assert bench.outcomes(A, ACK, B) == [outcome, "OK_ACK", "OK_OPEN"]
    bench.world.views[B] = replace(bench.world.views[B], block=block)
    assert bench.outcomes("MUG") == [outcome]
    assert bench.session.state.shipment == ""


def test_double_scan_needs_another_parcel_in_between() -> None:
    bench = a_bench(a_view(A), a_view(B))
    assert bench.outcomes(A, W1, A, ACK, B, W2, A, W1) == [
        *("OK_OPEN", "OK_LINK", "NG_ORDER", "OK_ACK"),
        *("OK_OPEN", "OK_LINK", "OK_OPEN", "OK_DONE"),
    ]


def test_double_scan_by_another_person_needs_none() -> None:
    bench = a_bench(a_view(A))
    bench.outcomes(A, W1)
    bench.session.person = "鈴木"
    assert bench.outcomes(A, W1) == ["OK_OPEN", "OK_DONE"]


def test_a_proven_parcel_is_not_packed_twice() -> None:
    bench = a_bench(a_view(A, parcels=(PackParcel(A, "yamato", file_no=W1),)))
    assert bench.outcomes(A, W1, A) == ["OK_OPEN", "OK_DONE", "NG_DUPLICATE"]


def test_a_number_the_file_does_not_promise() -> None:
    bench = a_bench(a_view(A, parcels=(PackParcel(A, "yamato", file_no=W1),)))
    bench.scan(A)
    answer = bench.scan(W3)
    assert (answer.outcome, answer.reason, answer.values["promised"]) == (
        Outcome.NG_OTHER_ORDER,
        "file",
        W1,
    )


def test_the_carriers_file_overrules_a_hint_about_first_digits() -> None:
    sagawa_like = "600078420325"
    bench = a_bench(a_view(A, parcels=(PackParcel(A, "yamato", file_no=sagawa_like),)), a_view(B))
    assert bench.outcomes(A, sagawa_like, B) == ["OK_OPEN", "OK_DONE", "OK_OPEN"]
    assert bench.outcomes("600079555353") == ["NG_CARRIER"]


def test_several_boxes_each_with_its_number() -> None:
    boxes = (PackParcel(A, "yamato", file_no=W1), PackParcel(f"{A}P2", "yamato", file_no=W2))
    bench = a_bench(a_view(A, parcels=boxes))
    assert bench.outcomes(A, W2, W2, ACK, W1) == ["OK_OPEN", "OK_LINK", "NG_DUPLICATE", "OK_ACK", "OK_DONE"]
    assert [p.tracking_no for p in bench.world.views[A].parcels] == [W1, W2]


def test_the_remaining_boxes_do_not_ask_for_the_goods_again() -> None:
    boxes = (PackParcel(A, "yamato"), PackParcel(f"{A}P2", "yamato"))
    bench = a_bench(a_view(A, parcels=boxes), goods=True)
    assert bench.outcomes(A, "MUG", W1, NEXT, A, W2) == [
        *("OK_OPEN", "OK_ITEM_LAST", "OK_LINK", "OK_NEXT", "OK_OPEN", "OK_LINK"),
    ]


def test_a_parcel_set_aside_is_checked_anew() -> None:
    bench = a_bench(a_view(A), goods=True)
    assert bench.outcomes(A, "MUG", NEXT, A) == ["OK_OPEN", "OK_ITEM_LAST", "OK_NEXT", "OK_OPEN"]
    assert bench.session.expects() is Expect.ITEM


def test_by_eye_counts_the_next_missing_piece() -> None:
    lines = (PackLine("MUG", 1, frozenset({"MUG"})), PackLine("DISH", 1, frozenset({"DISH"})))
    bench = a_bench(a_view(A, lines=lines), goods=True)
    eye = code_of(Command.BYEYE)
    assert bench.outcomes(eye, A, "MUG", eye, eye) == [
        *("ATT_NOTHING", "OK_OPEN", "OK_ITEM", "OK_ITEM_LAST", "ATT_NOTHING"),
    ]
    assert bench.lines[3][0].how == "eye"


def test_one_piece_by_eye_makes_the_parcel_checked_by_eye() -> None:
    both = (PackLine("MUG", 1, frozenset({"MUG"}), "mug"), PackLine("CUP", 1, frozenset({"CUP"}), "cup"))
    for raws, how in (
        ((BYEYE, "CUP"), "eye"),
        (("MUG", BYEYE), "eye"),
        ((BYEYE, UNDO, "MUG", "CUP"), "code"),
    ):
        bench = a_bench(a_view(A, lines=both), goods=True)
        bench.outcomes(A, *raws)
        assert [e.how for e in bench.lines[-1] if e.do is Do.CHECKED] == [how]


def test_two_lines_of_the_same_goods_fill_one_after_the_other() -> None:
    lines = (PackLine("MUG", 1, frozenset({"MUG"})), PackLine("MUG", 2, frozenset({"MUG"})))
    bench = a_bench(a_view(A, lines=lines), goods=True)
    assert bench.outcomes(A, "MUG", "MUG", "MUG", "MUG") == [
        *("OK_OPEN", "OK_ITEM", "OK_ITEM", "OK_ITEM_LAST", "NG_OVER"),
    ]


def test_instructions_come_between_goods_and_waybill() -> None:
    bench = a_bench(a_view(A, ticks=("wrap",)), goods=True)
    assert bench.outcomes(A, "MUG", W1, TICK, TICK, W1) == [
        *("OK_OPEN", "OK_ITEM_LAST", "ATT_TICK", "OK_TICK", "ATT_NOTHING", "OK_LINK"),
    ]


def test_hold_by_bar_code_sets_the_parcel_aside() -> None:
    bench = a_bench(a_view(A))
    hold = code_of(Command.HOLD)
    assert bench.outcomes(hold, A, hold, A) == ["ATT_NOTHING", "OK_OPEN", "OK_HOLD", "NG_HOLD"]


def test_reopen_by_bar_code_only_until_confirmed() -> None:
    reopen = code_of(Command.REOPEN)
    bench = a_bench(a_view(A), a_view(B, block=Block.SENT))
    bench.outcomes(A, W1)
    assert bench.outcomes(reopen, A, W2, reopen, B) == [
        *("OK_REOPEN", "OK_REOPEN", "OK_LINK", "OK_REOPEN", "NG_DUPLICATE"),
    ]


def test_undo_is_refused_once_confirmed() -> None:
    bench = a_bench(a_view(A))
    bench.outcomes(A, W1)
    bench.world.views[A] = replace(bench.world.views[A], block=Block.SENT)
    answer = bench.scan(UNDO)
    assert (answer.outcome, answer.reason) == (Outcome.ATT_NOTHING, "sent")


def test_a_sagawa_waybill_is_named() -> None:
    bench = a_bench(a_view(A))
    bench.scan(A)
    answer = bench.scan("600078420325")
    assert (answer.outcome, answer.values["other_carrier"]) == (Outcome.NG_CARRIER, "sagawa")


def test_effects_survive_the_journal() -> None:
    effect = Effect(Do.ITEM, A, line=0, pieces=2, how="code")
    assert from_plain(effect.plain()) == effect
    assert from_plain({**effect.plain(), "later": 1}) == effect
    with pytest.raises(ValueError, match="dance"):
        from_plain({"do": "dance"})


def test_replaying_the_effects_gives_the_same_desk() -> None:
    bench = a_bench(a_view(A, ticks=("wrap",)), a_view(B), goods=True)
    raws = (A, W1, ACK, "MUG", TICK, UNDO, TICK, W1, B, "MUG", UNDO, "MUG", "?")
    for raw in raws:
        bench.scan(raw)
        again = PackSession(bench.world, "1", "佐藤")
        for effects in bench.lines:
            again.replay(effects)
        assert again.track == bench.session.track


def test_handover_proof_is_asked_not_assumed() -> None:
    bench = a_bench(a_view(A), a_view(B), proof=Proof.HANDOVER)
    bench.outcomes(A, W1, B, W2)
    assert bench.outcomes(W2, W1, "2", W2, ACK) == [
        *("ATT_ASK", "ATT_ASK", "OK_DONE", "NG_DUPLICATE", "OK_ACK"),
    ]
    assert bench.outcomes(W1, "2") == ["ATT_ASK", "NG_OTHER_ORDER"]
    assert not bench.world.views[A].verified


def test_a_number_promised_to_another_order_names_it() -> None:
    bench = a_bench(a_view(A), a_view(B, parcels=(PackParcel(B, "yamato", file_no=W2),)))
    bench.scan(A)
    answer = bench.scan(W2)
    assert (answer.outcome, answer.values["other"]) == (Outcome.NG_OTHER_ORDER, f"order {B}")


def test_one_piece_too_many() -> None:
    bench = a_bench(a_view(A, lines=(PackLine("MUG", 2, frozenset({"MUG"})),)), goods=True)
    assert bench.outcomes(A, "MUG", "MUG", "MUG", ACK, W1) == [
        *("OK_OPEN", "OK_ITEM", "OK_ITEM_LAST", "NG_OVER", "OK_ACK", "OK_LINK"),
    ]
    lines = (PackLine("MUG", 1, frozenset({"MUG"})), PackLine("DISH", 1, frozenset({"DISH"})))
    bench = a_bench(a_view(B, lines=lines), goods=True)
    assert bench.outcomes(B, "MUG", "MUG", ACK, "DISH") == [
        *("OK_OPEN", "OK_ITEM", "NG_OVER", "OK_ACK", "OK_ITEM_LAST"),
    ]


def test_the_label_of_another_box_of_the_same_order_is_out_of_turn() -> None:
    boxes = (PackParcel(A, "yamato"), PackParcel(f"{A}P2", "yamato"))
    bench = a_bench(a_view(A, parcels=boxes), proof=Proof.LABEL)
    assert bench.outcomes(A, W1, f"{A}P2", ACK, W1, A, W2, f"{A}P2") == [
        *("OK_OPEN", "OK_LINK", "NG_ORDER", "OK_ACK", "OK_LINK", "OK_LINK", "OK_LINK", "OK_DONE"),
    ]


def test_what_another_desk_has_open_and_how_it_is_taken_over() -> None:
    take = code_of(Command.TAKEOVER)
    bench = a_bench(a_view(A, holder="2"), a_view(B))
    assert bench.outcomes(take, A, ACK, take) == ["ATT_NOTHING", "NG_BUSY", "OK_ACK", "OK_OPEN"]
    bench.world.views[A] = replace(bench.world.views[A], holder="2")
    assert bench.outcomes(W1, ACK, B) == ["NG_BUSY", "OK_ACK", "OK_OPEN"]


def test_the_second_reading_asks_for_the_name_where_no_file_knows_the_number() -> None:
    """Two waybills exchanged in the stack are read the same way twice; only the name on them tells."""
    bench = a_bench(a_view(A, ask_name=True), a_view(B, ask_name=True))
    assert bench.outcomes(A, number(2), B, number(1)) == ["OK_OPEN", "OK_LINK"] * 2
    assert bench.outcomes(A, number(2)) == ["OK_OPEN", "ATT_ASK"]
    assert bench.session.expects() is Expect.NAME
    assert bench.outcomes(A) == ["OK_OPEN"]  # the slip again is no answer; the number asks anew
    assert bench.outcomes(number(2)) == ["ATT_ASK"]
    assert bench.outcomes(B, code_of(Command.ACK)) == ["NG_OTHER_ORDER", "OK_ACK"]
    assert bench.outcomes("2") == ["NG_OTHER_ORDER"]  # B's name stands on it
    assert not bench.world.views[A].verified
    assert bench.outcomes(code_of(Command.ACK), A) == [
        "OK_ACK",
        "NG_HOLD",
    ]  # and nobody guesses until it fits


def test_the_same_waybill_shows_the_names_again() -> None:
    """An NG in between wiped them off the screen; nobody remembers which number was whose."""
    bench = a_bench(a_view(A, ask_name=True), a_view(B, ask_name=True))
    bench.outcomes(A, number(1), B, number(2), A, number(1), B, ACK)
    asked = bench.scan(number(1))
    assert (asked.outcome, asked.reason) == (Outcome.ATT_ASK, "name")
    assert asked.values["names"]
    other = bench.scan(number(2))
    assert (other.outcome, other.reason) == (Outcome.ATT_ASK, "name_number")
    assert bench.outcomes("1") == ["OK_DONE"]


def test_the_names_asked_for_again_are_the_same_ones() -> None:
    """Were others shown the second time, the one that stays would be the right one. The journal alone knows them."""
    bench = a_bench(a_view(A, ask_name=True), a_view(B, ask_name=True))
    bench.outcomes(A, number(1), B, number(2), A)
    first = bench.scan(number(1)).values["names"]
    bench.world.views = dict(reversed(bench.world.views.items()))  # others come first from now on
    assert bench.scan(number(1)).values["names"] == first
    bench.outcomes(code_of(Command.UNDO))
    assert bench.scan(number(1)).values["names"] == first
    replayed = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        replayed.replay(from_plain(effect.plain()) for effect in effects)
    assert replayed.state == bench.session.state
    assert replayed.scan(number(1)).values["names"] == first


def test_the_right_name_closes_the_second_reading() -> None:
    bench = a_bench(a_view(A, ask_name=True), a_view(B, ask_name=True))
    assert bench.outcomes(A, number(1), B, number(2), A, number(1), "1")[-2:] == ["ATT_ASK", "OK_DONE"]
    assert bench.world.views[A].verified
    assert bench.world.views[A].holder == ""
    replayed = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        replayed.replay(effects)
    assert replayed.state == bench.session.state


def test_a_number_from_the_carriers_file_is_not_asked_about() -> None:
    view = a_view(A, ask_name=True)
    bench = a_bench(view)
    bench.outcomes(A, number(1))
    linked = bench.world.views[A]
    bench.world.views[A] = replace(linked, parcels=(replace(linked.parcels[0], file_no=number(1)),))
    bench.session.person = "鈴木"
    assert bench.outcomes(A, number(1)) == ["OK_OPEN", "OK_DONE"]


def test_a_slip_is_no_waybill_though_both_bear_the_key() -> None:
    """What the packer holds already must not prove the number just read."""
    bench = a_bench(a_view(A), proof=Proof.LABEL)
    assert bench.outcomes(paper_code(A), W2, paper_code(A)) == ["OK_OPEN", "OK_LINK", "NG_ORDER"]
    assert (
        not bench.world.views[A].parcels[0].tracking_no
    )  # the number is read again, from the paper with the key
    assert bench.outcomes(ACK, W1, A) == ["OK_ACK", "OK_LINK", "OK_DONE"]


@pytest.mark.parametrize("n", [1, 1037, 44_000, 887_000_000])
def test_a_papers_code_leads_to_its_key_and_nowhere_else(n: int) -> None:
    key = make_key(n)
    assert without_paper(paper_code(key)) == shipment_key_of(paper_code(key)) == key
    assert without_paper(key) == key
    assert without_paper(paper_code(f"{key}P2")) == f"{key}P2"
    assert shipment_key_of(f"{key}SS") == ""
