"""The hand-over: every way a parcel may not go, the name, undo, the end; and what may never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.handover.session import HandoverSession
from jpship_gui.domain.handover.world import Left, Piece, Standing, Way
from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect, from_plain
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.domain.packing.world import Proof
from tests.domain.handover.small_house import TODAY, Counter, SmallHouse
from tests.domain.packing.small_world import number

KEYS = tuple(make_key(n) for n in range(1, 6))
NUMBERS = tuple(number(n) for n in range(1, 6))
ACK, UNDO, TICK, FINISH = (code_of(c) for c in (Command.ACK, Command.UNDO, Command.TICK, Command.FINISH))


def a_piece(n: int, **changes: object) -> Piece:
    """A packed, proven parcel of today."""
    piece = Piece(KEYS[n], KEYS[n], f"order {n}", NUMBERS[n], "yamato", linked_on=TODAY, proven=True)
    return replace(piece, **changes)  # type: ignore[arg-type]


def a_counter(*pieces: Piece) -> Counter:
    """A desk where these wait."""
    return Counter(SmallHouse({piece.parcel: piece for piece in pieces}))


def test_the_first_waybill_begins_and_the_last_one_completes() -> None:
    desk = a_counter(a_piece(0), a_piece(1), a_piece(2, carrier="sagawa"))
    first = desk.scan(NUMBERS[0])
    assert (first.outcome, first.values["taken"], first.values["total"]) == (Outcome.OK_TAKEN, "1", "2")
    last = desk.scan(NUMBERS[1])
    assert (last.outcome, last.klass, last.values["left"]) == (Outcome.OK_DONE, Klass.COMPLETE, "0")
    assert desk.said(FINISH) == ["OK_FINISH"]
    assert desk.said(NUMBERS[2]) == ["OK_DONE"], "the next one begins a hand-over of its own carrier"
    assert [s.carrier for s in desk.house.sessions.values()] == ["yamato", "sagawa"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standing": Standing.CANCELLED}, "NG_CANCELLED"),
        ({"standing": Standing.CANCELLED, "handed": True}, "NG_CANCELLED"),
        ({"standing": Standing.CANCELLED, "carrier": "sagawa"}, "NG_CANCELLED"),
        ({"standing": Standing.HOLD}, "NG_HOLD"),
        ({"standing": Standing.CHANGED}, "NG_CHANGED"),
        ({"standing": Standing.ELSEWHERE}, "NG_HOLD.elsewhere"),
        ({"standing": Standing.OPEN}, "NG_ORDER.open"),
        ({"standing": Standing.BOXES}, "NG_ORDER.boxes"),
        ({"standing": Standing.DISPUTED}, "NG_OTHER_ORDER"),
        ({"handed": True}, "NG_DUPLICATE.handed_over"),
        ({"void": True}, "NG_DUPLICATE.void"),
        ({"linked": False}, "NG_ORDER.not_packed"),
        ({"carrier": "sagawa"}, "NG_CARRIER.pile"),
        ({"proven": False}, "NG_ORDER.not_proven"),
        ({"proven": False, "proof": Proof.FILE}, "NG_ORDER.not_proven"),
        ({"proven": False, "proof": Proof.LABEL}, "NG_ORDER.not_proven"),
    ],
)
def test_what_must_not_go(changes: dict[str, object], said: str) -> None:
    desk = a_counter(a_piece(0), a_piece(1, **changes), a_piece(2))
    desk.scan(NUMBERS[0])
    assert desk.said(NUMBERS[1], NUMBERS[2], ACK, NUMBERS[2]) == [said, "NG_LOCKED", "OK_ACK", "OK_DONE"]
    assert KEYS[1] not in desk.house.taken


def test_codes_that_are_no_parcel() -> None:
    desk = a_counter(a_piece(0), a_piece(1))
    desk.scan(NUMBERS[0])
    wrong = NUMBERS[1][:-1] + str((int(NUMBERS[1][-1]) + 1) % 7)
    for raw, said in (
        (wrong, "NG_CHECKDIGIT"),
        (number(99), "NG_UNKNOWN.number"),
        ("hello", "NG_UNKNOWN"),
        (KEYS[1], "NG_ORDER.slip"),
        (make_key(99), "NG_UNKNOWN"),
    ):
        assert desk.said(raw, ACK) == [said, "OK_ACK"]


def test_a_parcel_without_a_number_goes_by_its_key() -> None:
    desk = a_counter(a_piece(0, untracked=True, number=f"~{KEYS[0]}"))
    assert desk.said(KEYS[0]) == ["OK_DONE"]


def test_a_parcel_of_another_day_is_read_twice() -> None:
    old = date(2026, 11, 20)
    desk = a_counter(a_piece(0, linked_on=old), a_piece(1, linked_on=old), a_piece(2))
    asked = desk.scan(NUMBERS[0])
    assert (asked.klass, asked.reason, asked.values["day"]) == (Klass.ATTENTION, "day", "2026-11-20")
    assert desk.said(NUMBERS[2]) == ["OK_TAKEN"], "another one may be read instead"
    assert desk.said(NUMBERS[0], NUMBERS[0], NUMBERS[1], TICK) == [
        *("ATT_ASK.day", "OK_TAKEN"),
        *("ATT_ASK.day", "OK_DONE"),
    ]


def test_the_name_decides_where_nothing_else_proved() -> None:
    desk = a_counter(
        a_piece(0, proven=False, proof=Proof.HANDOVER), a_piece(1, proven=False, proof=Proof.HANDOVER)
    )
    assert desk.said(NUMBERS[0], "x", NUMBERS[0], "1") == [
        *("ATT_ASK.name", "ATT_ASK.name_number"),
        *("ATT_ASK.name", "OK_TAKEN"),
    ]
    assert desk.house.pieces[KEYS[0]].proven
    assert desk.said(NUMBERS[1], "1", ACK, NUMBERS[1]) == [
        "ATT_ASK.name",
        "NG_OTHER_ORDER.name",
        "OK_ACK",
        "NG_HOLD",
    ]
    assert not desk.house.pieces[KEYS[1]].proven


def test_no_name_stands_in_the_journal() -> None:
    desk = a_counter(a_piece(0, proven=False, proof=Proof.HANDOVER))
    asked = desk.scan(NUMBERS[0])
    assert asked.names
    (ask,) = [e for e in asked.effects if e.do is Do.ASK]
    told = " ".join(map(str, ask.plain().values()))
    assert not [name for name in asked.names if name in told]


def test_the_names_asked_for_again_are_the_same_ones() -> None:
    """Were others shown the second time, the one that stays would be the right one."""
    desk = a_counter(*(a_piece(n, proven=False, proof=Proof.HANDOVER) for n in range(3)))
    first = desk.scan(NUMBERS[1])
    desk.house.pieces = dict(reversed(desk.house.pieces.items()))  # others come first from now on
    assert desk.scan(NUMBERS[1]).names == first.names
    again = HandoverSession(desk.house, desk.house.new_id)
    for effects in desk.lines:
        again.replay(from_plain(effect.plain()) for effect in effects)
    assert again.state == desk.session.state
    assert again.scan(NUMBERS[1]).names == first.names


@pytest.mark.parametrize("every", [0, 1, 3])
def test_a_sample_of_proven_parcels_is_asked_about(every: int) -> None:
    pieces = [
        Piece(
            make_key(n),
            make_key(n),
            f"order {n}",
            number(n),
            "yamato",
            linked_on=TODAY,
            proven=True,
            every=every,
        )
        for n in range(1, 301)
    ]
    desk = a_counter(*pieces)
    asked = 0
    for n in range(1, 301):
        if desk.scan(number(n)).reason == "name":
            asked += 1
            desk.scan(UNDO)
    expected = {0: (0, 0), 1: (300, 300), 3: (60, 140)}[every]
    assert expected[0] <= asked <= expected[1]


def test_a_name_is_asked_of_every_parcel_where_two_proofs_are_wanted() -> None:
    desk = a_counter(a_piece(0, name_always=True))
    assert desk.said(NUMBERS[0], "1") == ["ATT_ASK.name", "OK_DONE"]
    (handed,) = [e for e in desk.lines[-1] if e.do is Do.HAND_OVER]
    assert handed.proof == Proof.HANDOVER
    assert not [e for e in desk.lines[-1] if e.do is Do.VERIFY], "it was proven before"


def test_undo_goes_back_step_by_step_and_takes_the_proof_with_it() -> None:
    desk = a_counter(a_piece(0), a_piece(1, proven=False, proof=Proof.HANDOVER))
    desk.said(NUMBERS[0], NUMBERS[1], "2")
    assert desk.said(UNDO, UNDO, UNDO) == ["OK_UNDO", "OK_UNDO", "ATT_NOTHING"]
    assert desk.house.taken == {}
    assert not desk.house.pieces[KEYS[1]].proven
    assert desk.said(NUMBERS[0]) == ["OK_TAKEN"]


def test_what_was_told_because_of_the_hand_over_stays() -> None:
    desk = a_counter(a_piece(0))
    desk.scan(NUMBERS[0])
    desk.house.pieces[KEYS[0]] = replace(desk.house.pieces[KEYS[0]], bound=True)
    assert desk.said(UNDO) == ["ATT_NOTHING.sent"]
    assert KEYS[0] in desk.house.taken


def test_the_end_names_what_stays() -> None:
    desk = a_counter(
        a_piece(0), a_piece(1), a_piece(2), a_piece(3, standing=Standing.CANCELLED), a_piece(4, proven=False)
    )
    desk.scan(NUMBERS[0])
    assert desk.said(FINISH, NUMBERS[1], FINISH) == ["ATT_ASK.end", "OK_TAKEN", "ATT_ASK.end"]
    desk.took(desk.session.mark(KEYS[2], Left.NOT_FOUND))
    assert desk.said(FINISH) == ["OK_FINISH.left"]
    assert {key: reason for (_, key), reason in desk.house.left.items()} == {
        KEYS[2]: "not_found",
        KEYS[3]: "cancelled",
        KEYS[4]: "stopped",
    }


def test_another_desk_joins_and_ends() -> None:
    one = a_counter(a_piece(0), a_piece(1))
    two = Counter(one.house, "2")
    one.scan(NUMBERS[0])
    joined = two.took(two.session.begin("yamato", Way.COUNTER, "elsewhere"))
    assert (joined.reason, joined.values["desk"], joined.values["taken"]) == ("joined", "1", "1")
    assert two.said(NUMBERS[0], ACK, NUMBERS[1], FINISH) == [
        *("NG_DUPLICATE.handed_over", "OK_ACK"),
        *("OK_DONE", "OK_FINISH"),
    ]
    assert one.said(NUMBERS[1]) == ["ATT_NOTHING.ended"]
    assert len(one.house.sessions) == 1
    assert next(iter(one.house.sessions.values())).place == ""


texts = st.sampled_from(
    [*NUMBERS, *NUMBERS, *KEYS[:2], ACK, ACK, UNDO, TICK, FINISH, "1", "2", "3", "0", "?"]
)
kinds = st.lists(
    st.sampled_from(
        [
            {},
            {},
            {"proven": False, "proof": Proof.HANDOVER},
            {"proven": False, "proof": Proof.FILE},
            {"standing": Standing.CANCELLED},
            {"standing": Standing.HOLD},
            {"carrier": "sagawa"},
            {"linked_on": date(2026, 11, 20)},
            {"name_always": True},
            {"every": 2},
        ]
    ),
    min_size=5,
    max_size=5,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(texts, min_size=20, max_size=60), kinds, st.lists(st.integers(0, 1), min_size=60, max_size=60)
)
def test_invariants(run: list[str], made: list[dict[str, object]], at: list[int]) -> None:
    """Two desks, whatever they read: nothing goes that must not, nothing is proven without its name, an NG takes
    nothing, and each desk's state follows from its effects alone."""
    house = SmallHouse({KEYS[n]: a_piece(n, **changes) for n, changes in enumerate(made)})
    desks = (Counter(house, "1"), Counter(house, "2"))
    first = dict(house.pieces)
    for raw, place in zip(run, at, strict=False):
        desk = desks[place]
        locked = desk.session.state.locked
        answer = desk.scan(raw)
        took = {e.do for e in answer.effects} & {Do.HAND_OVER, Do.VERIFY, Do.HAND_END}
        assert not (took and CLASSES[answer.outcome] is Klass.NG)
        assert not (took and locked)
        assert desk.session.state.locked == (answer.klass is Klass.NG)
        for effect in answer.effects:
            assert from_plain(effect.plain()) == effect
            if effect.do is Do.VERIFY:
                assert asked_before(desk, effect)
    for parcel, (session, digits) in house.taken.items():
        piece = house.pieces[parcel]
        assert piece.carrier == house.sessions[session].carrier
        assert piece.number == digits
        assert piece.proven
        assert first[parcel].standing is Standing.READY
        assert piece.standing is not Standing.CANCELLED
    for desk in desks:
        again = HandoverSession(house, house.new_id)
        for effects in desk.lines:
            again.replay(from_plain(effect.plain()) for effect in effects)
        assert again.state == desk.session.state


def asked_before(desk: Counter, verify: Effect) -> bool:
    """Whether this desk asked for the name of just this number last."""
    asked = [e for line in desk.lines for e in line if e.do is Do.ASK]
    return bool(asked) and (asked[-1].parcel, asked[-1].number, asked[-1].how) == (
        verify.parcel,
        verify.number,
        "name",
    )
