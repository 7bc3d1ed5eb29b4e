"""Thousands of parcels packed by people who err: no swap passes where a proof is on, and each proof's blind spot is known.

docs/simulation.md has the figures of the long runs (`python3 -m tests.simulation`).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.packing.world import Proof
from tests.simulation.day import NONE, Day, Tally, run_day
from tests.simulation.desks import StoreShop
from tests.simulation.mistakes import SWAPS, Mistake

DAYS = range(40)  # of a hundred parcels each
PROOFS = [proof.value for proof in (Proof.FILE, Proof.LABEL, Proof.DOUBLE, Proof.HANDOVER)]


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    """These days under each proof and without any."""
    found = {}
    for proof in [*PROOFS, NONE]:
        found[proof] = Tally()
        for day in DAYS:
            found[proof].add(run_day(day, proof))
    return found


@pytest.mark.parametrize("proof", PROOFS)
def test_no_swap_and_no_exchanged_number_passes(tallies: dict[str, Tally], proof: str) -> None:
    tally = tallies[proof]
    for mistake in SWAPS:
        if mistake is Mistake.FILE_ROWS and proof != Proof.FILE:
            continue
        assert tally.made[mistake] > 20
        assert tally.passed[mistake] == 0, mistake


@pytest.mark.parametrize("proof", PROOFS)
def test_what_needs_no_second_proof_is_stopped_at_its_scan(tallies: dict[str, Tally], proof: str) -> None:
    stopped = {
        Mistake.WRONG_VARIANT: "NG_NOT_HERE",
        Mistake.EXTRA_PIECE: "NG_OVER",
        Mistake.CANCELLED: "NG_CANCELLED",
        Mistake.MISSING_PIECE: "waits",
    }
    for mistake, outcome in stopped.items():
        assert tallies[proof].passed[mistake] == 0
        assert set(tallies[proof].stopped[mistake]) == {outcome}, mistake
    assert tallies[proof].passed[Mistake.FORCED] == 0
    assert set(tallies[proof].stopped[Mistake.FORCED]) == {"NG_RIGHT"}
    assert tallies[proof].passed[Mistake.WRONG_ROLL] == 0


def test_the_first_reading_alone_would_let_swaps_pass(tallies: dict[str, Tally]) -> None:
    """What the second proof is for; and that these days can tell."""
    assert tallies[NONE].passed[Mistake.STACK] == tallies[NONE].made[Mistake.STACK]
    assert tallies[NONE].passed[Mistake.WRONG_ROLL] > 0


def test_only_the_slip_read_again_finds_what_was_stuck_elsewhere_after_its_scan(
    tallies: dict[str, Tally],
) -> None:
    double = tallies[Proof.DOUBLE]
    assert double.made[Mistake.STUCK_ELSEWHERE] > 20
    assert double.passed[Mistake.STUCK_ELSEWHERE] == 0
    for proof in (Proof.FILE, Proof.LABEL, Proof.HANDOVER):
        assert tallies[proof].passed[Mistake.STUCK_ELSEWHERE] > 0


@pytest.mark.parametrize("proof", PROOFS)
def test_a_one_piece_order_takes_three_scans_and_no_key(tallies: dict[str, Tally], proof: str) -> None:
    scans = sorted(tallies[proof].scans.elements())
    assert len(scans) > 500
    assert scans[len(scans) // 2] == (4 if proof == Proof.LABEL else 3)
    assert set(tallies[proof].keys) == {0}


@pytest.mark.parametrize("proof", PROOFS)
def test_what_is_right_gets_through(tallies: dict[str, Tally], proof: str) -> None:
    """A number mistyped into a neighbour's may hold that one up; nothing else does."""
    assert tallies[proof].wrongly_stopped <= tallies[proof].made[Mistake.MISTYPED] / 20
    assert tallies[proof].confirmed > 0.85 * tallies[proof].parcels


@pytest.mark.parametrize("proof", PROOFS)
def test_the_whole_desk_answers_as_the_state_machine_does(proof: str, tmp_path: Path) -> None:
    """The same day with journal, database and the review that decides what is confirmed; names are shuffled by other
    dice there, so guesses come out otherwise."""
    memory = Day(7, proof)
    memory.run()
    shop = StoreShop(tmp_path)
    try:
        whole = Day(7, proof, shop=shop)
        whole.run()
    finally:
        shop.close()
    for one, other in zip(memory.stories, whole.stories, strict=True):
        assert one.packed.stops == other.packed.stops
        assert one.packed.scans == other.packed.scans
        if one.mistake is not Mistake.GUESSED:
            assert one.later == other.later
    confirmed = [memory.kept[s.parcel.key].confirmed for s in memory.stories]
    differing = [
        one.mistake
        for one, other, said in zip(memory.stories, whole.stories, confirmed, strict=True)
        if whole.kept[other.parcel.key].confirmed != said
    ]
    assert set(differing) <= {Mistake.GUESSED, None}
    assert len(differing) <= 2 * memory.mistakes.count(Mistake.GUESSED)
