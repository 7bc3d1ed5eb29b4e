"""A packing day with one second verification switched on, from the first slip to what would be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from jpship_gui.domain.packing.world import Proof
from tests.simulation import mistakes
from tests.simulation.desks import Kept, MemoryShop, Shop
from tests.simulation.mistakes import PAIRS, Mistake
from tests.simulation.packer import Packed, Packer, hands_for
from tests.simulation.shop import Parcel, Waybill, a_day

NONE = ""  # no second verification: what the first reading alone would let pass


@dataclass
class Tally:
    """What became of the mistakes: how many were made, where each was stopped first, how many would have been
    confirmed; scans and keys of undisturbed one-piece orders; parcels that were right and did not get through."""

    made: Counter[Mistake] = field(default_factory=Counter)
    stopped: dict[Mistake, Counter[str]] = field(default_factory=dict)
    passed: Counter[Mistake] = field(default_factory=Counter)
    scans: Counter[int] = field(default_factory=Counter)
    keys: Counter[int] = field(default_factory=Counter)
    parcels: int = 0
    confirmed: int = 0
    wrongly_stopped: int = 0

    def note(self, mistake: Mistake, where: str) -> None:
        """One mistake, and where it was stopped; blank = it passed."""
        self.made[mistake] += 1
        if where:
            self.stopped.setdefault(mistake, Counter())[where] += 1
        else:
            self.passed[mistake] += 1

    def add(self, other: Tally) -> None:
        """Both together."""
        for name in ("made", "passed", "scans", "keys"):
            getattr(self, name).update(getattr(other, name))
        for mistake, places in other.stopped.items():
            self.stopped.setdefault(mistake, Counter()).update(places)
        self.parcels += other.parcels
        self.confirmed += other.confirmed
        self.wrongly_stopped += other.wrongly_stopped


@dataclass
class _Story:
    """One parcel's fate."""

    parcel: Parcel
    mistake: Mistake | None
    packed: Packed
    later: list[str] = field(default_factory=list)  # stops of the second reading or the hand-over


def run_day(seed: int, proof: str, size: int = 100) -> Tally:
    """One day of `size` parcels in memory. `proof` is a value of `Proof` or `NONE`; the same seed makes the same day."""
    return Day(seed, proof, size).run()


class Day:
    """One day in a shop, in memory if none is given."""

    def __init__(self, seed: int, proof: str, size: int = 100, shop: Shop | None = None) -> None:
        self.dice = Random(f"{seed} {proof}")
        self.proof = proof
        self.parcels = a_day(self.dice, 1 + seed * size % 10**8, size)
        self.mistakes = self._choose()
        promised = self._file() if proof == Proof.FILE else {}
        kept = Proof(proof) if proof else Proof.DOUBLE
        self.shop: Shop = shop or MemoryShop(Random(seed))
        self.parcels = list(self.shop.take_in(self.parcels, promised, kept))
        self.packer = Packer(self.shop, self.dice)
        self.kept: Mapping[str, Kept] = {}
        self.stories: list[_Story] = []

    def _choose(self) -> list[Mistake | None]:
        """At most one mistake for a parcel; those that concern the next one too leave that one alone."""
        chosen: list[Mistake | None] = []
        blocked = False
        for n, parcel in enumerate(self.parcels):
            mistake = self.dice.choice(list(Mistake)) if self.dice.random() < mistakes.SHARE else None
            last = n == len(self.parcels) - 1
            if blocked or not self._possible(mistake, parcel, n, last):
                mistake = None
            blocked = mistake in PAIRS
            chosen.append(mistake)
        return chosen

    def _possible(self, mistake: Mistake | None, parcel: Parcel, n: int, last: bool) -> bool:
        return not (
            (mistake in PAIRS and (last or self.parcels[n + 1].waybill.carrier != parcel.waybill.carrier))
            or (mistake is Mistake.FILE_ROWS and self.proof != Proof.FILE)
            or (mistake is Mistake.REUSED_LABEL and n == 0)
            or (mistake is Mistake.FORGOTTEN_INSERT and not parcel.insert)
            or (mistake is Mistake.DOUBLE_TRIGGER and max(parcel.goods.values()) < 2)
        )

    def _file(self) -> dict[str, str]:
        """What the carrier's file says, rows exchanged by who re-sorted it included."""
        numbers = {p.key: p.waybill.number for p in self.parcels}
        for n, mistake in enumerate(self.mistakes):
            if mistake is Mistake.FILE_ROWS:
                a, b = self.parcels[n].key, self.parcels[n + 1].key
                numbers[a], numbers[b] = numbers[b], numbers[a]
        return numbers

    def run(self) -> Tally:
        """Pack all, read again or hand over, and count."""
        taken: Waybill | None = None  # the waybill the parcel before left in the stack
        for n, parcel in enumerate(self.parcels):
            mistake = self.mistakes[n]
            packed = self._pack(n, parcel, mistake, taken)
            story = _Story(parcel, mistake, packed)
            wrong = packed.box.waybill
            crossed = mistake in PAIRS and wrong is not None and wrong == self._after(n).waybill
            taken = parcel.waybill if crossed else None
            self.stories.append(story)
        self._stick_elsewhere()
        self._second()
        return self._count()

    def _after(self, n: int) -> Parcel:
        return self.parcels[min(n + 1, len(self.parcels) - 1)]

    def _pack(self, n: int, parcel: Parcel, mistake: Mistake | None, taken: Waybill | None) -> Packed:
        if mistake in (Mistake.MISTYPED, Mistake.EXCHANGED_DIGITS):
            return self.packer.type_number(parcel, mistake)
        neighbour = self.parcels[n - 1] if mistake is Mistake.REUSED_LABEL else self._after(n)
        hands = hands_for(parcel, neighbour, mistake, self.dice)
        if taken is not None:
            hands.waybill = taken
        if mistake is not Mistake.CANCELLED:
            return self.packer.pack(parcel, hands)
        when = self.dice.randrange(2 + sum(parcel.goods.values()))
        return self.packer.pack(parcel, hands, when, self._cancelling(parcel))

    def _cancelling(self, parcel: Parcel) -> Callable[[], None]:
        def cancel() -> None:
            self.shop.cancel(parcel.key)

        return cancel

    def _stick_elsewhere(self) -> None:
        """Two boxes lay open on the table: both waybills were read rightly, each now sticks on the other box."""
        for story, following in zip(self.stories, self.stories[1:], strict=False):
            if story.mistake is Mistake.STUCK_ELSEWHERE:
                one, other = story.packed.box, following.packed.box
                one.waybill, other.waybill = other.waybill, one.waybill

    def _second(self) -> None:
        """The last parcel has none after it: somebody else reads all of them again."""
        self.shop.somebody_else()
        kept = self.shop.kept()
        for story in self.stories:
            known = kept[story.parcel.key]
            if not known.number or known.verified:
                continue
            guesses = story.mistake is Mistake.GUESSED
            if self.proof == Proof.DOUBLE:
                story.later = self.packer.read_again(story.parcel, story.packed.box, guesses)
            elif self.proof == Proof.HANDOVER:
                story.later = self.packer.hand_over(story.packed.box, guesses)
        self.kept = self.shop.kept()

    def _count(self) -> Tally:
        tally = Tally(parcels=len(self.stories))
        harmed = [self._harm(story) for story in self.stories]
        for n, story in enumerate(self.stories):
            confirmed = self._confirmed(story.parcel)
            tally.confirmed += confirmed
            pair = story.mistake in PAIRS
            disturbed = story.mistake is not None or (n > 0 and self.mistakes[n - 1] in PAIRS)
            if story.mistake is not None:
                following = self.stories[n + 1] if pair else story
                if harmed[n] or (pair and harmed[n + 1]):
                    tally.note(story.mistake, "")
                else:
                    stops = [*story.packed.stops, *(following.packed.stops if pair else ())]
                    later = [*story.later, *(following.later if pair else ())]
                    where = next(iter(stops), "") or next((f"second: {s}" for s in later), "no harm")
                    tally.note(story.mistake, where)
            elif not disturbed:
                if not confirmed and self.proof != NONE:
                    tally.wrongly_stopped += 1
                if sum(story.parcel.goods.values()) == 1 and not story.parcel.insert:
                    tally.scans[story.packed.scans] += 1
                    tally.keys[story.packed.keys] += 1
        return tally

    def _confirmed(self, parcel: Parcel) -> bool:
        known = self.kept[parcel.key]
        return bool(known.number) if self.proof == NONE else known.confirmed

    def _harm(self, story: _Story) -> str:
        """What is wrong with a parcel whose shipment would be confirmed."""
        if not self._confirmed(story.parcel):
            return ""
        box, known = story.packed.box, self.kept[story.parcel.key]
        if box.waybill is None or box.waybill.number != known.number:
            return "number"
        if box.waybill.key != story.parcel.key:
            return "swap"
        if box.goods != dict(story.parcel.goods):
            return "goods"
        return "" if box.insert or not story.parcel.insert else "insert"
