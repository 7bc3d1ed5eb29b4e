"""Who stands at the desk, what each role may do there, and going on without what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.crew import NEEDED
from jpship_gui.domain.packing.effects import Do, from_plain
from jpship_gui.domain.packing.outcomes import Expect, Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import PackLine, PackParcel, PackView, Proof
from jpship_gui.domain.roles import DEFAULTS, Person, Right, Rights, Role, may, who_may
from tests.domain.packing.small_world import Bench, a_bench, a_view, number
from tests.domain.packing.test_session_properties import (
    ng_does_not_advance,
    no_number_twice,
    no_proof_without_number,
    proofs_agree,
)

A, B = make_key(1), make_key(2)
W1, W2 = number(1), number(2)
ACK, UNDO, SKIP = (code_of(c) for c in (Command.ACK, Command.UNDO, Command.SKIP))
OWNER, PACKER, OFFICE = badge_of("01"), badge_of("02"), badge_of("03")
PEOPLE = (
    Person("佐藤", "01", Role.OWNER),
    Person("鈴木", "02", Role.PACKER),
    Person("田中", "03", Role.OFFICE),
)


@dataclass
class SmallCrew:
    """Implements `Crew`."""

    people: tuple[Person, ...] = PEOPLE
    rights: Rights = field(default_factory=lambda: DEFAULTS)
    required: bool = False
    clicks: bool = True

    def whose(self, code: str) -> str:
        return next((p.name for p in self.people if p.active and p.code == code), "")

    def by_click(self, name: str) -> bool:
        return any(p.active and p.name == name for p in self.people) and self.clicks

    def may(self, name: str, right: Right) -> bool:
        return may(self.people, self.rights, name, right)

    def who_may(self, right: Right) -> Sequence[str]:
        return who_may(self.people, self.rights, right)

    def must_say(self) -> bool:
        return bool(self.people) and self.required

    def reasons(self, command: Command) -> Sequence[str]:
        return ("数えた", "別便") if command in (Command.SKIP, Command.HOLD, Command.REOPEN) else ()


def a_crew(
    *views: PackView, goods: bool = True, proof: Proof = Proof.DOUBLE, required: bool = False
) -> Bench:
    """A desk where three people work."""
    bench = a_bench(*views, goods=goods, proof=proof)
    bench.session = PackSession(bench.world, "1", "", crew=SmallCrew(required=required))
    return bench


def replayed(bench: Bench) -> PackSession:
    """The session as a restart finds it."""
    again = PackSession(bench.world, "1", "", crew=bench.session.crew)
    for effects in bench.lines:
        again.replay([from_plain(effect.plain()) for effect in effects])
    return again


def test_a_badge_switches_the_person_and_leaves_the_parcel_open() -> None:
    bench = a_crew(a_view(A))
    assert bench.outcomes(PACKER, A, OWNER, "MUG") == ["OK_WHO", "OK_OPEN", "OK_WHO", "OK_ITEM_LAST"]
    assert (bench.session.person, bench.session.state.shipment) == ("佐藤", A)
    assert replayed(bench).person == "佐藤"
    assert replayed(bench).state == bench.session.state


def test_undo_does_not_take_the_person_back() -> None:
    bench = a_crew(a_view(A))
    assert bench.outcomes(PACKER, A, "MUG", OWNER, UNDO)[-1] == "OK_UNDO"
    assert bench.session.person == "佐藤"
    assert bench.session.expects() is Expect.ITEM
    assert replayed(bench).person == "佐藤"


def test_a_badge_neither_acknowledges_nor_answers() -> None:
    bench = a_crew(a_view(A))
    assert bench.outcomes("?", OWNER, A) == ["NG_UNKNOWN", "OK_WHO", "NG_LOCKED"]
    assert bench.session.person == "佐藤"
    bench.scan(ACK)
    view = a_view(B, lines=(PackLine("X", 1, frozenset({number(7)}), "x"),))
    doubtful = a_crew(view)
    doubtful.outcomes(B, number(7))
    answer = doubtful.scan(number(7))
    assert answer.outcome is Outcome.ATT_ASK
    assert doubtful.scan(PACKER).outcome is Outcome.OK_WHO
    assert doubtful.session.expects() is Expect.ASK


def test_a_badge_of_nobody_is_unknown() -> None:
    bench = a_crew(a_view(A))
    for badge in (badge_of("99"), OWNER[:-1] + "Z", "JPWHO"):
        answer = bench.scan(badge)
        assert (answer.outcome, answer.reason) == (Outcome.NG_UNKNOWN, "badge")
        bench.scan(ACK)
    assert bench.session.person == ""


def test_the_same_badge_again_changes_nothing() -> None:
    bench = a_crew(a_view(A))
    bench.scan(PACKER)
    answer = bench.scan(PACKER)
    assert (answer.outcome, answer.effects) == (Outcome.OK_WHO, ())


def test_by_click_the_same_as_by_badge() -> None:
    bench = a_crew(a_view(A))
    assert bench.took(bench.session.choose("田中")).outcome is Outcome.OK_WHO
    assert bench.took(bench.session.choose("誰か")).outcome is Outcome.ATT_NOTHING
    assert bench.session.person == replayed(bench).person == "田中"


def test_the_end_of_the_day_is_the_end_of_the_person() -> None:
    bench = a_crew(a_view(A))
    bench.outcomes(PACKER, code_of(Command.FINISH))
    assert bench.session.track.who == replayed(bench).track.who == ""


def test_nothing_is_taken_until_somebody_said_who_they_are() -> None:
    bench = a_crew(a_view(A), required=True)
    answer = bench.scan(A)
    assert (answer.outcome, answer.reason, answer.klass) == (Outcome.NG_ORDER, "who", Klass.NG)
    assert bench.outcomes(ACK, code_of(Command.NEXT), ACK) == ["OK_ACK", "NG_ORDER", "OK_ACK"]
    assert bench.session.unsaid
    assert bench.outcomes(PACKER, A) == ["OK_WHO", "OK_OPEN"]


def test_double_scan_by_another_badge_needs_no_parcel_in_between() -> None:
    bench = a_crew(a_view(A), goods=False)
    assert bench.outcomes(PACKER, A, W1, A, ACK) == ["OK_WHO", "OK_OPEN", "OK_LINK", "NG_ORDER", "OK_ACK"]
    bench.world.views[A] = replace(bench.world.views[A], proof=Proof.FILE, ask_name=False)
    assert bench.outcomes(OFFICE, A, W1) == ["OK_WHO", "OK_OPEN", "OK_DONE"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("command", list(Command))
def test_each_command_asks_for_its_right(command: Command, role: Role) -> None:
    """Every command × role, delivered rights and with the right taken away or given."""
    badge = {Role.OWNER: OWNER, Role.PACKER: PACKER, Role.OFFICE: OFFICE}[role]
    right = NEEDED.get(command)
    for allowed in (False, True):
        held = set(DEFAULTS[role]) - ({right} if right else set()) | ({right} if right and allowed else set())
        crew = SmallCrew(rights={**DEFAULTS, role: held})
        bench = a_crew(a_view(A))
        bench.session = PackSession(bench.world, "1", "", crew=crew)
        opened = [] if command is Command.REOPEN else [A]
        bench.outcomes(badge, *opened)
        answer = bench.scan(code_of(command, "1" if command is Command.SKIP else ""))
        denied = right is not None and not allowed
        assert (answer.outcome is Outcome.NG_RIGHT) == denied, (command, role, allowed)
        if denied:
            assert not {e.do for e in answer.effects} - {Do.LOCK}
            assert answer.values["right"] == right
            assert bench.scan(A).outcome is Outcome.NG_LOCKED


def test_who_may_helps_who_may_not() -> None:
    bench = a_crew(a_view(A))
    outcomes = bench.outcomes(PACKER, A, SKIP + "1", ACK, OWNER, SKIP + "1")
    assert outcomes == ["OK_WHO", "OK_OPEN", "NG_RIGHT", "OK_ACK", "OK_WHO", "OK_SKIP"]
    skipped = next(e for e in bench.lines[-1] if e.do is Do.SKIP)
    assert (skipped.reason, skipped.how, skipped.pieces) == ("数えた", "item", 1)
    assert bench.session.expects() is Expect.WAYBILL
    assert replayed(bench).state == bench.session.state


def test_reopening_on_the_screen_needs_the_right_too() -> None:
    bench = a_crew(a_view(A), goods=False)
    bench.session.crew = SmallCrew(rights={**DEFAULTS, Role.PACKER: ()})
    bench.outcomes(PACKER, A, W1)
    assert bench.took(bench.session.reopen(A, "中身ちがい")).outcome is Outcome.NG_RIGHT
    assert bench.world.views[A].linked


def test_a_skip_without_a_reason_says_the_reasons() -> None:
    bench = a_crew(a_view(A))
    bench.outcomes(OWNER, A)
    for code in (SKIP, SKIP + "3"):
        answer = bench.scan(code)
        assert (answer.outcome, answer.reason) == (Outcome.ATT_NOTHING, "skip_reason")
        assert answer.values["reasons"] == "1 数えた　2 別便"
    assert bench.session.expects() is Expect.ITEM


def test_pieces_and_ticks_are_skipped_one_by_one_and_undone() -> None:
    lines = (PackLine("MUG", 2, frozenset({"MUG"}), "mug"),)
    bench = a_crew(a_view(A, lines=lines, ticks=("wrap", "remark")))
    bench.outcomes(OWNER, A)
    assert bench.outcomes("MUG", SKIP + "2", SKIP + "1", code_of(Command.TICK)) == [
        *("OK_ITEM", "OK_SKIP", "OK_SKIP", "OK_TICK")
    ]
    assert bench.session.expects() is Expect.WAYBILL
    assert bench.outcomes(UNDO, UNDO) == ["OK_UNDO", "OK_UNDO"]
    assert bench.session.expects() is Expect.TICK
    assert bench.session.state.ticked == frozenset()
    assert Do.UNSKIP in {e.do for e in bench.lines[-1]}
    assert replayed(bench).state == bench.session.state


def test_a_pending_quantity_does_not_multiply_what_is_skipped() -> None:
    lines = (PackLine("MUG", 3, frozenset({"MUG"}), "mug"),)
    bench = a_crew(a_view(A, lines=lines))
    bench.outcomes(OWNER, A, "JPCMDQTY2", SKIP + "1")
    assert bench.session.state.counts == {0: 1}


@pytest.mark.parametrize("proof", list(Proof)[:4])
def test_a_skip_never_makes_a_proof(proof: Proof) -> None:
    """Whatever is skipped: what is linked by a scan alone stays not verified."""
    bench = a_crew(a_view(A, ticks=("wrap",)), proof=proof)
    bench.outcomes(OWNER, A, SKIP + "1", SKIP + "1")
    assert bench.scan(SKIP + "1").reason == "skip_here"
    assert bench.scan(W1).outcome is Outcome.OK_LINK
    bench.scan(SKIP + "1")
    assert bench.world.views[A].linked
    assert not bench.world.views[A].verified
    assert not {Do.VERIFY, Do.HAND_OVER} & {e.do for line in bench.lines for e in line}
    assert bench.session.state.shipment == ""


def test_the_files_proof_holds_though_goods_were_skipped() -> None:
    bench = a_crew(a_view(A, parcels=(PackParcel(A, "yamato", file_no=W1),)), proof=Proof.FILE)
    assert bench.outcomes(OWNER, A, SKIP + "1", W1)[-1] == "OK_DONE"


def test_a_wrong_number_is_not_skipped() -> None:
    bench = a_crew(a_view(A), goods=False)
    bad = W1[:-1] + str((int(W1[-1]) + 1) % 7)
    assert bench.outcomes(OWNER, A, bad, SKIP + "1", ACK, SKIP + "1") == [
        *("OK_WHO", "OK_OPEN", "NG_CHECKDIGIT", "NG_LOCKED", "OK_ACK", "ATT_NOTHING")
    ]
    assert not bench.world.views[A].linked


def test_the_label_of_a_box_is_skipped_and_the_next_box_is_asked_for() -> None:
    boxes = (PackParcel(A, "yamato"), PackParcel(f"{A}P2", "yamato"))
    bench = a_crew(a_view(A, parcels=boxes), goods=False, proof=Proof.LABEL)
    assert bench.outcomes(OWNER, A, W1, SKIP + "1") == ["OK_WHO", "OK_OPEN", "OK_LINK", "OK_SKIP"]
    assert bench.session.expects() is Expect.WAYBILL
    assert bench.outcomes(UNDO) == ["OK_UNDO"]
    assert bench.session.expects() is Expect.LABEL
    assert replayed(bench).state == bench.session.state


def test_in_the_second_round_nothing_is_skipped() -> None:
    bench = a_crew(a_view(A), a_view(B), goods=False)
    bench.outcomes(OWNER, A, W1, B, W2, A)
    assert bench.scan(SKIP + "1").reason == "skip_here"


def test_a_reason_by_number_goes_with_hold_and_reopening() -> None:
    bench = a_crew(a_view(A), a_view(B), goods=False)
    bench.outcomes(OWNER, A, W1, B)
    held = bench.scan("JPCMDHOLD2")
    assert next(e.reason for e in held.effects if e.do is Do.HOLD) == "別便"
    bench.scan("JPCMDREOPEN1")
    assert replayed(bench).state == bench.session.state
    opened = bench.scan(A)
    assert next(e.reason for e in opened.effects if e.do is Do.OPEN) == "数えた"
    assert bench.session.state.reopen_reason == ""


CODES = [
    *(A, B, W1, W2, "MUG", "?", ACK, UNDO, SKIP, OWNER, PACKER, OFFICE, badge_of("99")),
    *(f"{SKIP}{n}" for n in (1, 2, 3)),
    *(code_of(c) for c in (Command.NEXT, Command.TICK, Command.RESTART, Command.FINISH)),
    *("JPCMDHOLD1", "JPCMDREOPEN2"),
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(CODES), min_size=25, max_size=60),
    st.sampled_from(list(Proof)[:4]),
    st.booleans(),
)
def test_whoever_scans_whatever(run: list[str], proof: Proof, required: bool) -> None:
    """Only who may skips; nothing is taken before anybody said who they are; a skip proves nothing; a restart finds
    the same person at the same desk."""
    bench = a_crew(a_view(A, ticks=("wrap",)), a_view(B), proof=proof, required=required)
    crew = bench.session.crew
    for raw in run:
        before, person, said = bench.session.state, bench.session.person, not bench.session.unsaid
        answer = bench.scan(raw)
        done = {effect.do for effect in answer.effects}
        if answer.outcome is Outcome.OK_WHO:
            assert done <= {Do.WHO}
            assert bench.session.state == replace(before, quantity=0)
            continue
        ng_does_not_advance(bench, answer.outcome)
        if before.locked:
            assert answer.outcome in (Outcome.NG_LOCKED, Outcome.OK_ACK)
        assert bench.session.state.locked == (answer.klass is Klass.NG)
        assert said or done <= {Do.LOCK, Do.UNLOCK}
        if Do.SKIP in done:
            assert crew.may(person, Right.SKIP)
            assert not done & {Do.LINK, Do.VERIFY, Do.HAND_OVER}
    no_number_twice(bench)
    no_proof_without_number(bench)
    proofs_agree(bench)
    assert replayed(bench).state == bench.session.state
    assert replayed(bench).person == bench.session.person
