"""Run mode: goods call an order, its waybill closes it, and no pair of order and number goes unproven (PK-20)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, from_plain
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import Answer, PackSession
from jpship_gui.domain.packing.world import Block, Goods, PackLine, PackParcel, PackView, Proof
from tests.domain.packing.small_world import Bench, SmallWorld, a_bench, a_view, number

A, B, C = (make_key(n) for n in (1, 2, 3))
W1, W2, W3 = (number(n) for n in (1, 2, 3))
ACK, UNDO, NEXT, RUN, HOLD, RESTART, GOODS, WAYBILL = (
    code_of(c)
    for c in (
        *(Command.ACK, Command.UNDO, Command.NEXT, Command.RUN, Command.HOLD, Command.RESTART),
        *(Command.GOODS, Command.WAYBILL),
    )
)
CUP = PackLine("CUP", 1, frozenset({"CUP"}), "cup")


def filed(n: int, **changes: object) -> PackView:
    """An order of one mug whose number the carrier's file knows."""
    key = make_key(n)
    return a_view(key, **{"parcels": (PackParcel(key, "yamato", file_no=number(n)),), **changes})


def a_run(*views: PackView, proof: Proof = Proof.DOUBLE) -> Bench:
    """A desk where run mode has begun."""
    bench = a_bench(*(views or (filed(1), filed(2), filed(3))), goods=True, proof=proof)
    assert bench.scan(RUN).outcome is Outcome.OK_RUN
    return bench


def box(bench: Bench, key: str) -> tuple[str, bool, bool]:
    """Number, proven, checked."""
    view = bench.world.views[key]
    return view.parcels[0].tracking_no, view.parcels[0].verified, view.checked


def replayed(bench: Bench, lines: int | None = None) -> PackSession:
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines[:lines]:
        again.replay([from_plain(effect.plain()) for effect in effects])
    return again


def test_two_scans_a_parcel_the_most_urgent_first() -> None:
    bench = a_run()
    answer = bench.scan("MUG")
    assert (answer.outcome, answer.reason, answer.shipment) == (Outcome.OK_ITEM_LAST, "run", A)
    done = bench.scan(W1)
    assert (done.outcome, done.reason, done.expects) == (Outcome.OK_DONE, "run", Expect.ITEM)
    assert box(bench, A) == (W1, True, True)
    assert [bench.scan(raw).shipment for raw in ("MUG", W2, "MUG", W3)] == [B, B, C, C]
    through = bench.scan("MUG")
    assert (through.outcome, through.values["goods"]) == (Outcome.NG_NOT_HERE, "MUG")


def test_the_stack_lies_in_any_order_the_waybill_says_whose_parcel_it_is() -> None:
    bench = a_run()
    bench.scan("MUG")
    done = bench.scan(W3)
    assert (done.outcome, done.reason, done.shipment) == (Outcome.OK_DONE, "run_other", C)
    assert done.values["called"] == f"order {A}"
    assert box(bench, C) == (W3, True, True)
    assert box(bench, A) == ("", False, False), "the called one waits again"
    assert bench.world.views[A].holder == ""
    assert bench.scan("MUG").shipment == A


def test_a_waybill_of_other_goods_or_of_more_than_a_piece_is_stopped() -> None:
    two = filed(4, lines=(PackLine("MUG", 2, frozenset({"MUG"}), "mug"),))
    ticked = filed(5, ticks=("remark",))
    gift = filed(6, gift=True)
    bench = a_run(filed(1), filed(2, lines=(CUP,)), two, ticked, gift)
    bench.scan("MUG")
    for raw, reason in (
        *((W2, "number"), (number(4), "run_more")),
        *((number(5), "run_more"), (number(6), "run_more")),
    ):
        answer = bench.scan(raw)
        assert (answer.outcome, answer.reason) == (Outcome.NG_OTHER_ORDER, reason)
        assert bench.scan(ACK).outcome is Outcome.OK_ACK
    assert bench.scan(W1).outcome is Outcome.OK_DONE


def test_a_number_nobody_was_promised_closes_nothing() -> None:
    bench = a_run()
    bench.scan("MUG")
    assert bench.outcomes(number(77), ACK, W1[:-1] + str((int(W1[-1]) + 1) % 7), ACK, "600078420325") == [
        *("NG_OTHER_ORDER", "OK_ACK", "NG_CHECKDIGIT", "OK_ACK", "NG_CARRIER")
    ]
    assert all(not p.tracking_no for v in bench.world.views.values() for p in v.parcels)


def test_goods_of_another_kind_are_named() -> None:
    bench = a_run(filed(1), filed(2, lines=(CUP,)), filed(3))
    bench.scan("MUG")
    during = bench.scan("CUP")
    assert (during.outcome, during.values["goods"]) == (Outcome.NG_NOT_HERE, "CUP")
    assert bench.outcomes(ACK, "MUG", ACK, W1) == ["OK_ACK", "NG_OVER", "OK_ACK", "OK_DONE"]
    between = bench.scan("CUP")
    assert (between.outcome, between.reason) == (Outcome.NG_NOT_HERE, "run")
    assert (between.values["goods"], between.values["run"]) == ("CUP", "MUG")
    assert bench.outcomes(ACK, RUN, RUN, "CUP", W2) == [
        *("OK_ACK", "OK_RUN", "OK_RUN", "OK_ITEM_LAST", "OK_DONE")
    ]


def test_a_case_is_no_piece() -> None:
    bench = a_run()
    bench.world.known["CASE6"] = Goods("MUG", 6)
    answer = bench.scan("CASE6")
    assert (answer.outcome, answer.reason) == (Outcome.NG_ORDER, "run_case")


@pytest.mark.parametrize(
    ("views", "proof", "reason"),
    [
        ((a_view(A),), Proof.DOUBLE, "run_proof"),
        ((a_view(A),), Proof.HANDOVER, "run_proof"),
        ((a_view(A),), Proof.FILE, "run_proof"),
        ((filed(1, ticks=("wrap",)),), Proof.FILE, "run_none"),
        ((filed(1, block=Block.HOLD),), Proof.FILE, "run_none"),
    ],
)
def test_without_a_proof_or_without_orders_it_does_not_begin(
    views: tuple[PackView, ...], proof: Proof, reason: str
) -> None:
    bench = a_bench(*views, goods=True, proof=proof)
    answer = bench.scan(RUN)
    assert (answer.outcome, answer.reason) == (Outcome.ATT_NOTHING, reason)
    assert bench.scan("MUG").outcome is Outcome.NG_ORDER


def test_it_does_not_begin_over_an_open_parcel() -> None:
    bench = a_bench(filed(1), goods=True)
    assert [bench.scan(raw).reason for raw in (A, RUN)] == ["", "open_first"]


def test_what_is_cancelled_in_between_is_stopped_and_the_run_goes_on() -> None:
    bench = a_run()
    bench.scan("MUG")
    bench.world.views[A] = replace(bench.world.views[A], block=Block.CANCELLED)
    assert bench.outcomes(W1, ACK) == ["NG_CANCELLED", "OK_ACK"]
    assert box(bench, A) == ("", False, False)
    assert bench.outcomes("MUG", W2) == ["OK_ITEM_LAST", "OK_DONE"]
    bench.scan("MUG")
    bench.world.views[C] = replace(bench.world.views[C], block=Block.CANCELLED)
    assert bench.outcomes(W3, ACK, "MUG") == ["NG_CANCELLED", "OK_ACK", "NG_NOT_HERE"]


def test_a_called_order_that_is_cancelled_does_not_stop_anothers_waybill() -> None:
    bench = a_run()
    bench.scan("MUG")
    bench.world.views[A] = replace(bench.world.views[A], block=Block.CANCELLED)
    assert bench.scan(W2).outcome is Outcome.OK_DONE
    assert box(bench, B) == (W2, True, True)


def test_undo_step_by_step() -> None:
    bench = a_run()
    bench.outcomes("MUG", W1)
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert box(bench, A)[:2] == ("", False)
    assert bench.session.expects() is Expect.WAYBILL
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert box(bench, A) == ("", False, False)
    assert bench.session.state.run == "*", "the goods of the run were those of the scan taken back"
    assert bench.scan(UNDO).outcome is Outcome.ATT_NOTHING
    bench.outcomes("MUG", W3)
    assert box(bench, C)[0] == W3
    assert bench.scan(UNDO).outcome is Outcome.OK_UNDO
    assert box(bench, C) == ("", False, False)
    assert {v.holder for v in bench.world.views.values()} == {""}
    assert bench.outcomes("MUG", W3) == ["OK_ITEM_LAST", "OK_DONE"]
    assert replayed(bench).state == bench.session.state


@pytest.mark.parametrize("leaving", [NEXT, RESTART, RUN, HOLD])
def test_leaving_a_called_order_gives_it_back(leaving: str) -> None:
    bench = a_run()
    bench.scan("MUG")
    assert bench.scan(leaving).klass is Klass.OK
    assert (bench.world.views[A].holder, bench.world.views[A].checked) == ("", False)
    assert bench.session.state.run == ("" if leaving == RUN else "MUG")
    assert (bench.world.views[A].block is Block.HOLD) == (leaving == HOLD)
    assert replayed(bench).state == bench.session.state


def test_a_slip_in_between_is_packed_as_ever_and_the_run_goes_on() -> None:
    bench = a_run(filed(1), filed(2, lines=(CUP,)), filed(3))
    assert bench.outcomes("MUG", W1, B, "CUP", W2, "MUG", W3) == [
        *("OK_ITEM_LAST", "OK_DONE", "OK_OPEN", "OK_ITEM_LAST", "OK_DONE", "OK_ITEM_LAST", "OK_DONE")
    ]
    bench = a_run()
    bench.scan("MUG")
    assert bench.outcomes(A, B, ACK) == ["OK_OPEN", "NG_OTHER_ORDER", "OK_ACK"]


def test_a_code_that_is_goods_and_anothers_number_is_asked_about() -> None:
    bench = a_run(filed(1), filed(2), filed(3, lines=(PackLine(W2, 1, frozenset({W2}), "odd"),)))
    bench.scan("MUG")
    assert bench.outcomes(W2, WAYBILL) == ["ATT_ASK", "OK_DONE"]
    assert box(bench, B)[0] == W2
    bench = a_run(filed(1), filed(2), filed(3, lines=(PackLine(W2, 1, frozenset({W2}), "odd"),)))
    bench.scan("MUG")
    assert bench.outcomes(W2, GOODS) == ["ATT_ASK", "NG_NOT_HERE"]


# ── the key on the waybill as proof ─────────────────────────────────────────────────────────────────────────────────


def labelled(*numbers: int) -> Bench:
    return a_run(*(a_view(make_key(n)) for n in numbers or (1, 2, 3)), proof=Proof.LABEL)


def test_number_then_key_of_one_waybill_say_whose_parcel_it_is() -> None:
    bench = labelled()
    assert bench.outcomes("MUG", W2) == ["OK_ITEM_LAST", "OK_LINK"]
    assert all(not v.parcels[0].tracking_no for v in bench.world.views.values()), "nothing is linked yet"
    assert bench.session.expects() is Expect.LABEL
    done = bench.scan(B)
    assert (done.outcome, done.reason, done.shipment) == (Outcome.OK_DONE, "run_other", B)
    assert box(bench, B) == (W2, True, True)
    assert box(bench, A) == ("", False, False)
    assert replayed(bench).state == bench.session.state


def test_an_ng_between_number_and_key_forgets_the_number() -> None:
    bench = labelled()
    bench.outcomes("MUG", W1, "?", ACK)
    assert bench.session.state.number == ""
    assert bench.outcomes(A, B) == ["OK_OPEN", "NG_OTHER_ORDER"], "a key alone is a slip"
    assert box(bench, A)[0] == ""
    bench.outcomes(ACK, W1, UNDO)
    assert bench.session.expects() is Expect.WAYBILL


def test_a_slip_is_no_waybill() -> None:
    bench = labelled()
    assert bench.outcomes("MUG", W1, f"{B}S") == ["OK_ITEM_LAST", "OK_LINK", "NG_ORDER"]
    assert box(bench, B)[0] == ""


def test_an_undone_key_forgets_the_number_too() -> None:
    bench = labelled()
    assert bench.outcomes("MUG", W1, A, UNDO, B) == [
        *("OK_ITEM_LAST", "OK_LINK", "OK_DONE", "OK_UNDO", "NG_OTHER_ORDER")
    ]
    assert box(bench, B)[0] == ""
    assert bench.outcomes(ACK, W1, A) == ["OK_ACK", "OK_LINK", "OK_DONE"]


def test_the_key_cannot_be_skipped() -> None:
    bench = labelled()
    answer = [bench.scan(raw) for raw in ("MUG", W1, code_of(Command.SKIP, "1"))][-1]
    assert answer.outcome is Outcome.ATT_NOTHING
    assert box(bench, A) == ("", False, True)


def test_the_carriers_file_outweighs_a_key() -> None:
    bench = a_run(a_view(A), filed(2), proof=Proof.LABEL)
    assert bench.outcomes("MUG", W3, B) == ["OK_ITEM_LAST", "OK_LINK", "NG_OTHER_ORDER"]
    assert box(bench, B)[0] == ""


# ── fifty orders ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class TwoDesks:
    """Two sessions on one world; each scan reaches the world before the next."""

    world: SmallWorld
    sessions: dict[str, PackSession] = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = {desk: PackSession(self.world, desk, desk) for desk in ("1", "2")}

    def scan(self, desk: str, raw: str) -> Answer:
        answer = self.sessions[desk].scan(raw)
        self.world.apply(answer.effects, desk, desk)
        return answer


def test_fifty_orders_in_a_hundred_scans() -> None:
    numbers = [number(n) for n in range(1, 51)]
    random.Random(20).shuffle(numbers)
    bench = a_run(*(filed(n) for n in range(1, 51)))
    answers = [bench.scan(raw) for waybill in numbers for raw in ("MUG", waybill)]
    assert len(answers) == 100
    assert [a.outcome for a in answers[1::2]] == [Outcome.OK_DONE] * 50
    for n in range(1, 51):
        assert box(bench, make_key(n)) == (number(n), True, True)


def test_a_kill_between_any_two_scans_loses_nothing() -> None:
    numbers = [number(n) for n in (3, 1, 4, 2, 5)]
    codes = [raw for waybill in numbers for raw in ("MUG", waybill)]
    codes[4:4] = ["?", ACK, UNDO, "MUG"]
    plain = a_run(*(filed(n) for n in range(1, 6)))
    for raw in codes:
        plain.scan(raw)
    killed = a_run(*(filed(n) for n in range(1, 6)))
    for raw in codes:
        killed.session = replayed(killed)
        killed.scan(raw)
    assert killed.lines == plain.lines
    assert killed.world.views == plain.world.views


@pytest.mark.parametrize("seed", range(40))
def test_two_desks_share_a_run_and_a_stack(seed: int) -> None:
    """Cancellations, slips of the hand and undos in between: every parcel has the number of its own waybill, once."""
    dice = random.Random(seed)
    views = [filed(n) for n in range(1, 25)]
    desks = TwoDesks(SmallWorld({v.key: replace(v, goods=True) for v in views}))
    stacks = {desk: [number(n) for n in range(1, 25) if n % 2 == int(desk) % 2] for desk in ("1", "2")}
    for stack in stacks.values():
        dice.shuffle(stack)
    for desk in stacks:
        assert desks.scan(desk, RUN).outcome is Outcome.OK_RUN
    closed: list[str] = []
    cancelled: set[str] = set()
    while any(stacks.values()):
        desk = dice.choice([d for d, stack in stacks.items() if stack])
        waybill = stacks[desk][-1]
        whose = make_key(next(n for n in range(1, 25) if number(n) == waybill))
        if dice.random() < 0.15:
            free = [v.key for v in desks.world.views.values() if not v.linked and v.key not in cancelled]
            if free:
                cancelled.add(dice.choice(free))
                for key in cancelled:
                    desks.world.views[key] = replace(desks.world.views[key], block=Block.CANCELLED)
        called = desks.scan(desk, "MUG")
        if called.klass is Klass.NG:
            desks.scan(desk, ACK)
            if called.outcome is not Outcome.NG_OVER:
                stacks[desk].pop()  # nothing is left to be called
                continue
        if dice.random() < 0.2:
            desks.scan(desk, dice.choice([UNDO, NEXT, "?", "MUG", W1]))
            desks.scan(desk, ACK)
            continue
        done = desks.scan(desk, waybill)
        if done.outcome is Outcome.OK_DONE:
            assert done.shipment == whose
            closed.append(done.shipment)
            stacks[desk].pop()
        else:
            desks.scan(desk, ACK)
            if done.outcome in (Outcome.NG_CANCELLED, Outcome.NG_DUPLICATE):
                stacks[desk].pop()
    for view in desks.world.views.values():
        parcel = view.parcels[0]
        if parcel.tracking_no:
            assert parcel.tracking_no == parcel.file_no
            assert parcel.verified
            assert view.checked
    assert len(closed) >= 24 - len(cancelled) - 3


def test_an_order_called_at_another_desk_is_packed_where_its_waybill_is_read() -> None:
    desks = TwoDesks(SmallWorld({v.key: replace(v, goods=True) for v in (filed(1), filed(2))}))
    for desk in ("1", "2"):
        desks.scan(desk, RUN)
    assert desks.scan("1", "MUG").shipment == A
    assert desks.scan("2", "MUG").shipment == B, "what is called is nobody else's to call"
    assert desks.scan("2", W1).shipment == A
    assert desks.scan("1", W1).outcome is Outcome.NG_DUPLICATE
    desks.scan("1", ACK)
    assert desks.scan("1", UNDO).reason == "moved_on"
    done = desks.scan("1", W2)
    assert (done.outcome, done.shipment) == (Outcome.OK_DONE, B)
    assert all(v.checked and v.verified and not v.holder for v in desks.world.views.values())


def test_both_desks_calling_in_the_same_moment_pack_it_once() -> None:
    desks = TwoDesks(SmallWorld({v.key: replace(v, goods=True) for v in (filed(1), filed(2))}))
    for desk in ("1", "2"):
        desks.scan(desk, RUN)
    answers = [(desk, desks.sessions[desk].scan("MUG")) for desk in ("1", "2")]  # neither sees the other
    assert {answer.shipment for _, answer in answers} == {A}
    for desk, answer in answers:
        desks.world.apply(answer.effects, desk, desk)
    assert desks.scan("1", W1).outcome is Outcome.OK_DONE
    assert desks.scan("2", W1).outcome is Outcome.NG_DUPLICATE
    desks.scan("2", ACK)
    assert desks.scan("2", W2).outcome is Outcome.OK_DONE
    assert all(v.checked and v.verified for v in desks.world.views.values())


def test_the_last_order_is_not_lost_to_a_desk_that_called_it_and_left() -> None:
    desks = TwoDesks(SmallWorld({v.key: replace(v, goods=True) for v in (filed(1), filed(2))}))
    for desk in ("1", "2"):
        desks.scan(desk, RUN)
    desks.scan("2", "MUG")
    assert [desks.scan("1", raw).shipment for raw in ("MUG", W2, "MUG", W1)] == [B, B, A, A]
    assert desks.scan("2", NEXT).outcome is Outcome.OK_NEXT
    assert all(v.checked and v.verified and not v.holder for v in desks.world.views.values())


def test_an_order_open_by_its_slip_at_another_desk_stays_there() -> None:
    desks = TwoDesks(SmallWorld({v.key: replace(v, goods=True) for v in (filed(1), filed(2))}))
    desks.scan("2", A)
    desks.scan("1", RUN)
    assert desks.scan("1", "MUG").shipment == B
    answer = desks.scan("1", W1)
    assert (answer.outcome, answer.values["desk"]) == (Outcome.NG_BUSY, "2")
    desks.scan("1", ACK)
    assert desks.scan("1", W2).outcome is Outcome.OK_DONE


def test_effects_of_a_run_say_what_they_were_for() -> None:
    bench = a_run()
    bench.outcomes("MUG", W2)
    opening = next(e for e in bench.lines[1] if e.do is Do.OPEN)
    assert (opening.how, opening.mode) == ("run", "*")
    assert [e.do.value for e in bench.lines[2]] == [
        *("unchecked", "abandon", "open", "item", "checked", "link", "verify", "close")
    ]
