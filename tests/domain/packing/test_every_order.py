"""Every order of scanning, in every mode: whatever comes after whatever, the desk's promises hold (PK-04).

From the beginning each code of a small alphabet is read, then each again from every state that led to, so many scans deep;
states that are the same are gone on from once. What holds is judged at each step by what was read, not by what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import pytest

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, Effect
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.domain.packing.session import Answer, PackSession
from jpship_gui.domain.packing.state import RECHECK, RUN, SECOND, Track
from jpship_gui.domain.packing.world import PackLine, PackParcel, PackView, Proof
from tests.domain.packing.small_world import SmallWorld, a_view, number

A, B = (make_key(n) for n in (1, 2))
W1, W2 = (number(n) for n in (1, 2))
ACK, UNDO, NEXT, TICK, RESTART, BYEYE = (
    code_of(c)
    for c in (Command.ACK, Command.UNDO, Command.NEXT, Command.TICK, Command.RESTART, Command.BYEYE)
)
RUN_ON, AGAIN, REOPEN, TWO = (
    *(code_of(Command.RUN), code_of(Command.RECHECK), code_of(Command.REOPEN), code_of(Command.QTY, "2")),
)
MUG, MUGS, DISH = (
    PackLine("MUG", 1, frozenset({"MUG"}), "mug"),
    PackLine("MUG", 2, frozenset({"MUG"}), "mug"),
    PackLine("DISH", 1, frozenset({"DISH"}), "dish"),
)


def boxes(key: str, *files: str) -> tuple[PackParcel, ...]:
    keys = (key, *(f"{key}P{n}" for n in range(2, len(files) + 1)))
    return tuple(PackParcel(k, "yamato", file_no=file) for k, file in zip(keys, files, strict=True))


@dataclass(frozen=True)
class Mode:
    """A small shop, what is read in it, and how many scans deep it is tried."""

    views: tuple[PackView, ...]
    codes: tuple[str, ...]
    depth: int
    begun: tuple[str, ...] = ()


MODES = {
    "goods, second reading": Mode(
        (a_view(A, lines=(MUGS, DISH)), a_view(B)), (A, B, "MUG", "DISH", W1, W2, "?", ACK, UNDO, TWO), 7
    ),
    "goods, the file": Mode(
        (
            a_view(A, lines=(MUGS, DISH), parcels=boxes(A, W1), proof=Proof.FILE),
            a_view(B, parcels=boxes(B, W2), proof=Proof.FILE),
        ),
        (A, B, "MUG", "DISH", W1, W2, ACK, UNDO, NEXT, RESTART),
        7,
    ),
    "goods, the key on the waybill": Mode(
        (a_view(A, proof=Proof.LABEL), a_view(B, proof=Proof.LABEL)),
        (A, f"{A}S", B, "MUG", W1, W2, "?", ACK, UNDO, NEXT),
        8,
    ),
    "instructions": Mode(
        (a_view(A, ticks=("wrap", "remark")), a_view(B)), (A, B, "MUG", W1, W2, TICK, ACK, UNDO, BYEYE), 8
    ),
    "no goods, second reading": Mode(
        (a_view(A, goods=False), a_view(B, goods=False)), (A, B, W1, W2, "MUG", ACK, UNDO, REOPEN, RESTART), 8
    ),
    "two boxes": Mode(
        (a_view(A, lines=(MUGS,), parcels=boxes(A, "", "")), a_view(B)),
        (A, f"{A}P2", "MUG", W1, W2, ACK, UNDO, NEXT, RESTART),
        8,
    ),
    "two boxes with known contents": Mode(
        (
            a_view(
                A,
                lines=(MUG, DISH),
                parcels=(
                    PackParcel(A, "yamato", contents={0: 1}),
                    PackParcel(f"{A}P2", "yamato", contents={1: 1}),
                ),
            ),
        ),
        (A, "MUG", "DISH", W1, W2, ACK, UNDO, NEXT, TWO),
        8,
    ),
    "a run by the file": Mode(
        (a_view(A, parcels=boxes(A, W1)), a_view(B, parcels=boxes(B, W2))),
        (A, B, "MUG", "DISH", W1, W2, ACK, UNDO, NEXT, RUN_ON),
        7,
        (RUN_ON,),
    ),
    "a run by the key on the waybill": Mode(
        (a_view(A, proof=Proof.LABEL), a_view(B, proof=Proof.LABEL)),
        (A, f"{A}S", B, "MUG", W1, W2, "?", ACK, UNDO, NEXT, RUN_ON),
        7,
        (RUN_ON,),
    ),
    "a packed parcel checked again": Mode(
        (a_view(A, lines=(MUGS, DISH)), a_view(B)),
        (A, B, "MUG", "DISH", W1, W2, "?", ACK, UNDO, AGAIN, TWO, RESTART),
        6,
        (A, "MUG", "MUG", "DISH", W1, AGAIN),
    ),
}


@dataclass(frozen=True)
class Node:
    """A shop and its desk at one moment; `lines` are the effects that led here, `reads` the codes."""

    views: dict[str, PackView]
    links: dict[str, int]
    track: Track
    lines: tuple[tuple[Effect, ...], ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The same for moments nobody can tell apart."""
        standing = sorted(self.links, key=lambda key: self.links[key])
        past = [(repr(state), effects) for state, effects in self.track.past]
        # whether the last scan was a number decides what a key proves
        return repr((self.track.state, past, self.views, standing, self.reads[-1:]))


def stepped(node: Node, code: str) -> tuple[Node, Answer]:
    """One scan, taken over by the shop."""
    world = SmallWorld(dict(node.views), links=dict(node.links), counter=len(node.lines))
    session = PackSession(world, "1", "佐藤")
    session.track = node.track
    answer = session.scan(code)
    world.apply(answer.effects, "佐藤")
    then = Node(world.views, world.links, session.track, (*node.lines, answer.effects), (*node.reads, code))
    return then, answer


@pytest.mark.parametrize("name", MODES)
def test_every_order_of_scans(name: str) -> None:
    mode = MODES[name]
    first = Node({view.key: view for view in mode.views}, {}, Track())
    for code in mode.begun:
        first, _ = stepped(first, code)
    seen = {first.mark}
    edge = [first]
    tried = closed = 0
    for _ in range(mode.depth):
        following = []
        for node in edge:
            for code in mode.codes:
                then, answer = stepped(node, code)
                tried += 1
                closed += any(e.do is Do.CLOSE for e in answer.effects)
                promises(node, code, answer, then)
                if then.mark not in seen:
                    seen.add(then.mark)
                    following.append(then)
        edge = following
    assert tried > 1_000, "the mode is really walked through"
    assert closed > 10, "and parcels are closed in it"


def promises(node: Node, code: str, answer: Answer, then: Node) -> None:
    """What must hold of one scan."""
    trail = (*node.reads, code)
    state, made = node.track.state, {effect.do for effect in answer.effects}
    ng = CLASSES[answer.outcome] is Klass.NG
    assert then.track.state.locked == ng, trail
    if state.locked and code != ACK:
        assert answer.outcome is Outcome.NG_LOCKED, trail
        assert not made, trail
    if ng:
        assert not made & {Do.ITEM, Do.TICK, Do.LINK, Do.VERIFY, Do.CLOSE, Do.OPEN}, trail
    for effect in answer.effects:
        if effect.do is Do.OPEN:
            opened_by_its_slip_or_its_goods(node, code, effect, trail)
        elif effect.do is Do.LINK:
            linked_after_goods_and_instructions(node, code, effect, answer, trail)
        elif effect.do is Do.VERIFY:
            proven_by_a_second_thing(node, code, effect, trail)
    the_shop_is_sound(then, trail)
    again = PackSession(SmallWorld(then.views), "1", "佐藤")
    for effects in then.lines:
        again.replay(effects)
    assert again.state == then.track.state, trail


def opened_by_its_slip_or_its_goods(node: Node, code: str, effect: Effect, trail: tuple[str, ...]) -> None:
    if effect.how == RUN:
        assert node.track.state.run or node.track.state.round == RUN, trail
        called = {line.sku for line in node.views[effect.shipment].lines}
        counted = node.track.state.shipment and node.track.state.round == RUN
        assert code in called or counted, trail
    elif code != RESTART:
        assert code[:9] == effect.shipment, trail


def linked_after_goods_and_instructions(
    node: Node, code: str, effect: Effect, answer: Answer, trail: tuple[str, ...]
) -> None:
    state, view = node.track.state, node.views[effect.shipment]
    in_run = state.round == RUN
    assert effect.number in (code, state.number), trail
    assert in_run or (state.shipment == effect.shipment and effect.shipment in trail), trail
    assert set(view.ticks) <= state.ticked, trail
    if not view.goods or view.checked:
        return
    counted = state.counts if not in_run else {0: 1}
    box = next(p for p in view.parcels if p.key == effect.parcel)
    wanted = box.contents if box.contents else {i: line.quantity for i, line in enumerate(view.lines)}
    if in_run:
        assert [line.quantity for line in view.lines] == [1], trail
        assert {line.sku for line in view.lines} == {x.sku for x in node.views[state.shipment].lines}, trail
    assert all(counted.get(i, 0) >= pieces for i, pieces in wanted.items()), trail


def proven_by_a_second_thing(node: Node, code: str, effect: Effect, trail: tuple[str, ...]) -> None:
    box = next(p for p in node.views[effect.shipment].parcels if p.key == effect.parcel)
    state = node.track.state
    if effect.proof == Proof.FILE:
        assert box.file_no == effect.number == code, trail
    elif effect.proof == Proof.LABEL:
        assert code == effect.parcel, trail
        number_at = max(i for i, read in enumerate(trail) if read in (W1, W2))
        assert trail[number_at] == effect.number, trail
        between = set(trail[number_at + 1 : -1])  # commands, but no other thing in the hand
        assert between <= {ACK, UNDO, RUN_ON, effect.parcel}, trail
    else:
        assert effect.proof == Proof.DOUBLE, trail
        assert state.round in (SECOND, RECHECK), trail
        assert box.tracking_no == effect.number == code, trail
        assert any(n > node.links[box.key] for key, n in node.links.items() if key[:9] != box.key[:9]), trail


def the_shop_is_sound(then: Node, trail: tuple[str, ...]) -> None:
    numbers = [p.tracking_no for view in then.views.values() for p in view.parcels if p.tracking_no]
    assert len(numbers) == len(set(numbers)), trail
    for view in then.views.values():
        for box in view.parcels:
            assert box.tracking_no or not (box.verified or box.handed_over), trail
            assert not (box.verified and box.file_no) or box.tracking_no == box.file_no, trail
    state = then.track.state
    view = then.views.get(state.shipment)
    if view is not None:
        assert all(0 <= pieces <= view.lines[i].quantity for i, pieces in state.counts.items()), trail


# ── the codes of one parcel, each once ──────────────────────────────────────────────────────────────────────────────

PARCELS = {
    "goods": (a_view(A, lines=(MUGS, DISH)), (A, "MUG", "MUG", "DISH", W1), "OK_LINK"),
    "file": (a_view(A, lines=(MUGS,), parcels=boxes(A, W1)), (A, "MUG", "MUG", W1), "OK_DONE"),
    "label": (a_view(A, proof=Proof.LABEL), (A, "MUG", W1, A), "OK_DONE"),
    "instructions": (
        a_view(A, ticks=("wrap", "remark"), parcels=boxes(A, W1)),
        *((A, "MUG", TICK, TICK, W1), "OK_DONE"),
    ),
    "no goods": (a_view(A, goods=False, parcels=boxes(A, W1)), (A, W1), "OK_DONE"),
    "two boxes, no goods": (a_view(A, goods=False, parcels=boxes(A, W1, W2)), (A, W1, W2), "OK_DONE"),
    "pieces at once": (
        a_view(A, lines=(MUGS, DISH), parcels=boxes(A, W1)),
        (A, TWO, "MUG", "DISH", W1),
        "OK_DONE",
    ),
}


@pytest.mark.parametrize("name", PARCELS)
def test_a_parcel_is_closed_by_its_codes_in_a_right_order_and_in_no_other(name: str) -> None:
    view, codes, last = PARCELS[name]
    right = 0
    for order in set(permutations(codes)):
        node = Node({A: view}, {}, Track())
        outcomes: list[str] = []
        for code in order:
            node, answer = stepped(node, code)
            outcomes.append(answer.outcome.value)
        stopped = any(CLASSES[Outcome(one)] is not Klass.OK for one in outcomes[:-1])
        closed = any(effect.do is Do.CLOSE for line in node.lines for effect in line)
        assert closed == (not stopped and outcomes[-1] == last), order
        assert closed == (node.views[A].holder == "" and node.views[A].linked), order
        right += closed
    assert right == len({order for order in set(permutations(codes)) if is_right(order, codes)})


def is_right(order: Sequence[str], codes: Sequence[str]) -> bool:
    """Slip, then goods and instructions in any order (a quantity before the goods it is for), then waybills."""
    rank = {A: 0, "MUG": 1, "DISH": 1, TWO: 1, TICK: 1, W1: 3, W2: 3}
    ranks = [rank[code] for code in order]
    if codes.count(A) == 2:  # slip … waybill, then the key on it
        return order[0] == A and order[-1] == A and ranks[1:-1] == sorted(ranks[1:-1])
    if TWO in codes and order.index(TWO) + 1 != order.index("MUG"):
        return False
    return ranks == sorted(ranks)
