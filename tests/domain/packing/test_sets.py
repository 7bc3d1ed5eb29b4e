"""A set of three demands three scans; what is open stays as it was opened (IN-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import Goods, PackLine, PackParcel
from tests.domain.packing.small_world import Bench, a_bench, a_view, number

KEY = make_key(1)
ACK = code_of(Command.ACK)
SKUS = ("MUG", "PLATE", "SPOON", "TRAY")
compositions = st.lists(
    st.tuples(st.sampled_from(SKUS), st.integers(1, 4)),
    min_size=1,
    max_size=4,
    unique_by=lambda part: part[0],
)


def component(sku: str, quantity: int, each: int = 1) -> PackLine:
    line = PackLine(sku, quantity, frozenset({sku}), sku.lower(), order="order 1", source="1 1")
    return replace(line, each=each, set_sku="SET", set_name="朝ごはん")


def a_desk(*lines: PackLine) -> Bench:
    bench = a_bench(a_view(KEY, lines=lines), goods=True)
    bench.world.known |= {sku: Goods(sku) for sku in ("SET", *SKUS)}
    return bench


def change_set(bench: Bench, *lines: PackLine, contents: Sequence[Mapping[int, int]] = ()) -> None:
    """The set means something else from now on; `contents` is what the world then says of each box."""
    view = bench.world.views[KEY]
    boxes = view.parcels
    if contents:
        boxes = tuple(replace(box, contents=held) for box, held in zip(boxes, contents, strict=True))
    bench.world.views[KEY] = replace(view, lines=lines, parcels=boxes)


@settings(max_examples=200, deadline=None)
@given(compositions, st.integers(1, 3), st.integers(0, 2), st.randoms(use_true_random=False))
def test_scans_needed_are_the_sum_of_components_times_quantities(
    parts: list[tuple[str, int]], sets: int, alone: int, dice: object
) -> None:
    """In any order, beside the same goods bought alone; one piece more of anything is NG and counts nothing."""
    lines = [component(sku, quantity * sets) for sku, quantity in parts]
    if alone:
        lines.append(PackLine(parts[0][0], alone, frozenset({parts[0][0]}), "alone"))
    scans = [sku for sku, quantity in parts for _ in range(quantity * sets)] + [parts[0][0]] * alone
    dice.shuffle(scans)  # type: ignore[attr-defined]
    bench = a_desk(*lines)
    assert bench.outcomes(KEY) == ["OK_OPEN"]
    said = bench.outcomes(*scans)
    assert said == ["OK_ITEM"] * (len(scans) - 1) + ["OK_ITEM_LAST"]
    assert len(scans) == sum(quantity for _, quantity in parts) * sets + alone
    before = bench.session.state.counts
    for sku, _ in parts:
        assert bench.outcomes(sku, ACK) == ["NG_OVER", "OK_ACK"]
    assert bench.session.state.counts == before
    assert bench.outcomes(number(1)) == ["OK_LINK"]


@settings(max_examples=200, deadline=None)
@given(compositions, compositions, st.data())
def test_a_parcel_that_is_open_when_a_set_changes_keeps_its_state(
    old: list[tuple[str, int]], new: list[tuple[str, int]], data: st.DataObject
) -> None:
    bench = a_desk(*(component(*part) for part in old))
    bench.scan(KEY)
    scans = [sku for sku, quantity in old for _ in range(quantity)]
    done = data.draw(st.integers(0, len(scans) - 1))
    bench.outcomes(*scans[:done])
    before = bench.session.state
    change_set(bench, *(component(*part) for part in new))
    assert bench.session.state == before
    assert bench.outcomes(*scans[done:])[-1] == "OK_ITEM_LAST"
    again = PackSession(bench.world, "1", "佐藤")  # the power went: the journal alone tells the same
    for effects in bench.lines:
        again.replay(effects)
    assert again.state == bench.session.state
    assert again.open_view() == bench.session.open_view()


def test_who_starts_over_takes_what_is_in_the_set_now() -> None:
    bench = a_desk(component("MUG", 2))
    bench.outcomes(KEY, "MUG")
    change_set(bench, component("PLATE", 1))
    bench.took(bench.session.command(Command.RESTART))
    assert bench.outcomes("MUG", ACK, "PLATE") == ["NG_NOT_HERE", "OK_ACK", "OK_ITEM_LAST"]


def test_the_next_opening_takes_what_is_in_the_set_then() -> None:
    bench = a_desk(component("MUG", 1))
    bench.scan(KEY)
    change_set(bench, component("MUG", 2))
    bench.scan(code_of(Command.NEXT))
    assert bench.outcomes(KEY, "MUG", "MUG") == ["OK_OPEN", "OK_ITEM", "OK_ITEM_LAST"]


def test_the_sets_own_code_is_out_of_turn_and_says_what_to_read() -> None:
    bench = a_desk(component("MUG", 1))
    bench.scan(KEY)
    answer = bench.scan("SET")
    assert (answer.outcome, answer.reason) == (Outcome.NG_ORDER, "set")
    assert answer.values["set"] == "朝ごはん"
    bench.outcomes(ACK, "MUG")
    assert bench.scan("SET").klass is Klass.NG


def test_two_of_one_goods_in_a_set_and_alone_are_told_as_one_number() -> None:
    bench = a_desk(component("MUG", 2), PackLine("mug", 1, frozenset({"MUG"}), "mug"))
    assert bench.outcomes(KEY, "MUG", "MUG", "MUG")[-1] == "OK_ITEM_LAST"
    answer = bench.scan("MUG")
    assert (answer.outcome, answer.values["quantity"]) == (Outcome.NG_OVER, "3")


def test_a_parcel_without_sets_is_journalled_as_ever() -> None:
    bench = a_bench(a_view(KEY), goods=True)
    bench.scan(KEY)
    assert all("goods" not in effect.plain() for effects in bench.lines for effect in effects)


def test_a_set_in_several_boxes_asks_each_box_for_what_lies_in_it() -> None:
    """Three sets of two mugs and a plate: one in the first box, two in the second."""
    lines = (component("MUG", 6, each=2), component("PLATE", 3))
    boxes = (
        PackParcel(KEY, "yamato", contents={0: 2, 1: 1}),
        PackParcel(f"{KEY}P2", "yamato", contents={0: 4, 1: 2}),
    )
    bench = a_bench(a_view(KEY, lines=lines, parcels=boxes), goods=True)
    first = bench.outcomes(KEY, "MUG", "PLATE", "PLATE", ACK, "MUG")
    assert first == ["OK_OPEN", "OK_ITEM", "OK_ITEM", "NG_OVER", "OK_ACK", "OK_ITEM_LAST"]
    # What is in the boxes goes on to be counted as it was when the shipment was opened.
    change_set(bench, component("SPOON", 9, each=3), contents=({0: 3}, {0: 6}))
    assert bench.outcomes(number(1), *("MUG", "MUG", "PLATE") * 2, number(2)) == [
        *("OK_LINK", *("OK_ITEM",) * 5, "OK_ITEM_LAST", "OK_LINK"),
    ]
