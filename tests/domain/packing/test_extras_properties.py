"""Whatever is scanned in whatever order: nothing closes without tick, weight and photo; replay comes to the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.checklist import CheckItem
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.effects import Do, from_plain
from jpship_gui.domain.packing.outcomes import CLASSES, Expect, Klass
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.state import SECOND
from jpship_gui.domain.packing.weight import Weighing
from jpship_gui.domain.packing.world import PackLine, PackParcel, Proof
from tests.domain.packing.small_world import a_bench, a_view, number

A, B = make_key(1), make_key(2)
MUST, MAY = CheckItem(4, "緩衝材"), CheckItem(9, "チラシ", must=False)
MUG = PackLine("MUG", 1, frozenset({"MUG"}), "mug", grams=300)
FORTH = "forth"  # what the desk waits for
GO_ON = tuple(code_of(c) for c in Command if c not in (Command.RUN, Command.FINISH))
steps = st.one_of(
    *[st.just(FORTH)] * 5,
    st.sampled_from(
        [A, B, number(1), number(2), "MUG", "300 g", "12kg", "US,1kg", "JPTICK4", "JPTICK9", *GO_ON]
    ),
)
weighings = st.sampled_from(
    [None, *(Weighing(stop=s, after=a, tolerance_g=20) for s in (False, True) for a in (False, True))]
)
proofs = st.sampled_from([Proof.FILE, Proof.LABEL, Proof.DOUBLE])


@settings(max_examples=400, deadline=None)
@given(st.lists(steps, min_size=20, max_size=60), weighings, st.booleans(), proofs, st.booleans())
def test_nothing_closes_before_its_time(
    run: list[str], weighing: Weighing | None, photo: bool, proof: Proof, filed: bool
) -> None:
    box = PackParcel(A, "yamato", file_no=number(1) if filed else "")
    with_all = a_view(
        A, lines=(MUG,), parcels=(box,), ticks=("wrap", MUST.id), optional=(MAY.id,), checklist=(MUST, MAY)
    )
    bench = a_bench(replace(with_all, weighing=weighing, photo=photo), a_view(B), goods=True, proof=proof)
    for step in run:
        before, view = bench.session.state, bench.world.views[A]
        expects = bench.session.expects()
        if step == FORTH and expects is Expect.PHOTO:
            bench.world.views[A] = replace(view, photo=False)
            bench.took(bench.session.photographed(A))
            continue
        answer = bench.scan(_forth(expects, before.shipment) if step == FORTH else step)
        if CLASSES[answer.outcome] is Klass.NG:
            gains = {Do.TICK, Do.WEIGH, Do.WAIVE, Do.LINK, Do.CLOSE}
            assert not gains & {effect.do for effect in answer.effects}
        closes = any(e.do is Do.CLOSE and e.shipment == A for e in answer.effects)
        if closes and before.shipment == A and before.round not in (SECOND, "recheck"):
            done = before.ticked | {e.reason for e in answer.effects if e.do is Do.TICK}
            assert done >= {"wrap", MUST.id}
            assert not view.photo or "photo" in before.waived
            weighed = before.weighed | {e.parcel for e in answer.effects if e.do is Do.WEIGH}
            assert weighing is None or A in weighed or view.parcels[0].weighed
            left = {e.reason for e in answer.effects if e.do is Do.LEFT}
            assert left == ({MAY.id} - done)
    again = PackSession(bench.world, "1", "佐藤")
    for effects in bench.lines:
        again.replay([from_plain(effect.plain()) for effect in effects])
    assert again.state == bench.session.state


def _forth(expects: Expect, key: str) -> str:
    codes = {
        Expect.SLIP: A,
        Expect.ITEM: "MUG",
        Expect.TICK: code_of(Command.TICK),
        Expect.WEIGHT: "300 g",
        Expect.WAYBILL: number(1 if key == A else 2),
        Expect.LABEL: key,
        Expect.ACK: code_of(Command.ACK),
    }
    return codes.get(expects, "1")
