"""What may never happen, whatever is scanned in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass, Outcome
from jpship_gui.domain.packing.session import PackSession, expected
from jpship_gui.domain.packing.world import PackLine, PackParcel, Proof
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

KEYS = tuple(make_key(n) for n in (1, 2, 3))
NUMBERS = tuple(number(n) for n in (1, 2, 3, 4))
COMMANDS = tuple(code_of(c) for c in Command)
texts = st.sampled_from(
    [*KEYS, *NUMBERS, *COMMANDS, "MUG", "DISH", "600078420325", "123456789012", "0", "1", "2", "3", "?"]
)
runs = st.lists(texts, min_size=25, max_size=60)  # short ones seldom reach a label
proofs = st.sampled_from([Proof.FILE, Proof.LABEL, Proof.DOUBLE, Proof.HANDOVER])
filed = st.lists(st.booleans(), min_size=3, max_size=3)


def a_shop(goods: bool, proof: Proof, files: Sequence[bool]) -> Bench:
    """Three shipments; those with a file were promised the number of their own place."""
    views = [
        a_view(key, parcels=(PackParcel(key, "yamato", file_no=NUMBERS[i] if files[i] else ""),))
        for i, key in enumerate(KEYS)
    ]
    return a_bench(*views, goods=goods, proof=proof)


@settings(max_examples=300, deadline=None)
@given(runs, st.booleans(), proofs, filed)
def test_invariants(run: list[str], goods: bool, proof: Proof, files: list[bool]) -> None:
    bench = a_shop(goods, proof, files)
    for raw in run:
        before = bench.session.state
        answer = bench.scan(raw)
        ng_does_not_advance(bench, answer.outcome)
        if before.locked:
            assert answer.outcome in (Outcome.NG_LOCKED, Outcome.OK_ACK)
        assert bench.session.state.locked == (answer.klass is Klass.NG)
    no_number_twice(bench)
    no_proof_without_number(bench)
    proofs_agree(bench)
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay(effects)
    assert again.state == bench.session.state


BOXES = (KEYS[0], f"{KEYS[0]}P2", f"{KEYS[0]}P3")
GO_ON = tuple(code_of(c) for c in (Command.UNDO, Command.RESTART, Command.NEXT, Command.REOPEN))
FORTH = ("MUG", "DISH")  # what is read where goods are waited for; everywhere else what the desk waits for
packing = st.one_of(*[st.sampled_from(FORTH)] * 4, st.sampled_from([*BOXES, *NUMBERS[:3], *GO_ON]))
contents = st.sampled_from([({0: 1}, {0: 1, 1: 1}, {1: 1}), ({0: 2, 1: 2}, {}, {}), ({1: 1}, {1: 1}, {0: 2})])


@settings(max_examples=300, deadline=None)
@given(st.lists(packing, min_size=40, max_size=80), contents, proofs)
def test_no_box_is_labelled_before_its_own_goods_are_in_it(
    run: list[str], contents: Sequence[dict[int, int]], proof: Proof
) -> None:
    used = [PackParcel(box, "yamato", contents=c) for box, c in zip(BOXES, contents, strict=True) if c]
    lines = (PackLine("MUG", 2, frozenset({"MUG"}), "mug"), PackLine("DISH", 2, frozenset({"DISH"}), "dish"))
    bench = a_bench(
        a_view(KEYS[0], lines=lines, parcels=tuple(used)), a_view(KEYS[1]), goods=True, proof=proof
    )
    counted: Counter[int] = Counter()
    labelled: set[str] = set()
    for step in run:
        view = bench.world.views[KEYS[0]]
        raw = waited_for(bench, step) if step in FORTH else step
        for effect in bench.scan(raw).effects:
            if effect.shipment != KEYS[0]:
                continue
            if effect.do in (Do.OPEN, Do.UNOPEN, Do.ABANDON, Do.CLOSE):
                counted.clear()
                labelled.clear()
            elif effect.do is Do.ITEM:
                counted[effect.line] += effect.pieces
            elif effect.do is Do.LINK and not view.checked:
                labelled.add(effect.parcel)
                wanted: Counter[int] = Counter()
                for box in view.parcels:
                    wanted.update(box.contents if box.key in labelled else {})
                assert counted >= wanted
        if bench.session.state.shipment != KEYS[0] or raw in (
            code_of(Command.UNDO),
            code_of(Command.RESTART),
        ):
            # Whatever was taken back: from here on what the session says it counted is what counts.
            counted = Counter(bench.session.state.counts)
            labelled = set(bench.session.state.boxes)
    no_number_twice(bench)
    no_proof_without_number(bench)
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay(effects)
    assert again.state == bench.session.state


def waited_for(bench: Bench, goods: str) -> str:
    """What lets this desk go on."""
    expects = expected(bench.session.state, bench.world.shipment(bench.session.state.shipment))
    used = {box.tracking_no for box in bench.world.views[KEYS[0]].parcels}
    numbers = [number for number in NUMBERS if number not in used]
    codes = {
        Expect.ITEM: goods,
        Expect.ACK: code_of(Command.ACK),
        Expect.SLIP: KEYS[0],
        Expect.WAYBILL: numbers[0],
        Expect.LABEL: bench.session.state.label_for,
    }
    return codes.get(expects, "1")


def ng_does_not_advance(bench: Bench, outcome: Outcome) -> None:
    """An NG counts, links, ticks and proves nothing."""
    if CLASSES[outcome] is Klass.NG:
        gains = {Do.OPEN, Do.ITEM, Do.CHECKED, Do.TICK, Do.LINK, Do.VERIFY, Do.CLOSE, Do.HAND_OVER}
        assert not gains & {effect.do for effect in bench.lines[-1]}


def no_number_twice(bench: Bench) -> None:
    """A tracking number is on one parcel at most."""
    numbers = [p.tracking_no for v in bench.world.views.values() for p in v.parcels if p.tracking_no]
    assert len(numbers) == len(set(numbers))


def no_proof_without_number(bench: Bench) -> None:
    """Nothing is proven or handed over unlinked, and a promised number is the only one that may be linked."""
    for view in bench.world.views.values():
        for box in view.parcels:
            assert box.tracking_no or not (box.verified or box.handed_over)
            assert not box.file_no or box.tracking_no in ("", box.file_no)
            promised = {p.file_no: p.key for v in bench.world.views.values() for p in v.parcels if p.file_no}
            assert promised.get(box.tracking_no, box.key) == box.key


def proofs_agree(bench: Bench) -> None:
    """Each standing proof goes back to two readings that name the same number for the same parcel."""
    linked: dict[str, str] = {}
    for effects in bench.lines:
        for effect in effects:
            if effect.do is Do.LINK:
                linked[effect.parcel] = effect.number
            elif effect.do is Do.UNLINK:
                linked.pop(effect.parcel, None)
            elif effect.do is Do.VERIFY:
                assert linked[effect.parcel] == effect.number
                view = bench.world.views[effect.shipment]
                if effect.proof == Proof.FILE:
                    assert view.parcels[0].file_no == effect.number


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(3)), proofs, st.booleans())
def test_a_swap_is_stopped_before_it_is_proven(order: list[int], proof: Proof, goods: bool) -> None:
    """Boxes 0 and 1 carry each other's waybill. A packer who reads what is there, answers questions truly and goes on
    after every NG never gets them proven."""
    bench = a_shop(goods, proof, [proof is Proof.FILE] * 3)
    on_box = {0: 1, 1: 0, 2: 2}
    first = dict(on_box) if proof is not Proof.DOUBLE else {0: 0, 1: 1, 2: 2}
    ng = pack_all(bench, order, first, proof, goods)
    if proof in (Proof.DOUBLE, Proof.FILE):
        ng += second_round(bench, order, on_box)
    if proof is Proof.HANDOVER:
        ng += hand_over(bench, on_box)
    assert not bench.world.views[KEYS[0]].verified
    assert not bench.world.views[KEYS[1]].verified
    assert ng >= 1


def read(bench: Bench, *raws: str) -> int:
    """Scan, acknowledge every NG; how many there were."""
    ng = 0
    for raw in raws:
        if bench.scan(raw).klass is Klass.NG:
            ng += 1
            bench.scan(code_of(Command.ACK))
    return ng


def pack_all(bench: Bench, order: list[int], waybill: dict[int, int], proof: Proof, goods: bool) -> int:
    """Slip, goods, waybill, and with label proof the key printed on that waybill."""
    ng = 0
    for box in order:
        raws = [KEYS[box], *(["MUG"] if goods else []), NUMBERS[waybill[box]]]
        if proof is Proof.LABEL:
            raws.append(KEYS[waybill[box]])
        ng += read(bench, *raws)
        bench.scan(code_of(Command.NEXT))
    return ng


def second_round(bench: Bench, order: list[int], waybill: dict[int, int]) -> int:
    """Slip and waybill of every box again."""
    ng = 0
    for box in order:
        ng += read(bench, KEYS[box], NUMBERS[waybill[box]])
        bench.scan(code_of(Command.NEXT))
    return ng


def hand_over(bench: Bench, waybill: dict[int, int]) -> int:
    """Each waybill, with the name that stands on it: number n was made for recipient n."""
    return sum(read(bench, NUMBERS[n], str(n + 1)) for n in waybill.values())
