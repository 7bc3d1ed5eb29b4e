"""A set of three demands three scans; what is open stays as it was opened (IN-13)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.domain.packing.session import PackSession
from jpship_gui.domain.packing.world import Goods, PackLine
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


def component(sku: str, quantity: int, set_sku: str = "SET") -> PackLine:
    return PackLine(sku, quantity, frozenset({sku}), sku.lower(), "", set_sku, "朝ごはん")


def a_desk(*lines: PackLine) -> Bench:
    bench = a_bench(a_view(KEY, lines=lines), goods=True)
    bench.world.known |= {sku: Goods(sku) for sku in ("SET", *SKUS)}
    return bench


def change_set(bench: Bench, *lines: PackLine) -> None:
    """The set means something else from now on."""
    bench.world.views[KEY] = replace(bench.world.views[KEY], lines=lines)


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
