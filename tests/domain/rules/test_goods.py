"""Lines that cannot be picked or recognised."""

from dataclasses import replace

import pytest

from jpship_gui.domain.order import ByHand, EntryReason
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules import Surroundings
from jpship_gui.domain.rules.goods import goods
from tests.builders import a_line

from .conftest import Make


def test_no_lines_stop(subject: Make, around: Surroundings) -> None:
    assert [(p.code, p.severity) for p in goods(subject(lines=()), around)] == [
        ("lines_missing", Severity.STOP)
    ]


@pytest.mark.parametrize("quantity", [0, -1])
def test_pieces_below_one_stop(subject: Make, around: Surroundings, quantity: int) -> None:
    (problem,) = goods(subject(lines=(a_line(quantity=quantity),)), around)
    assert (problem.code, problem.severity) == ("quantity_invalid", Severity.STOP)


def test_a_deleted_line_holds_and_counts_for_nothing(subject: Make, around: Surroundings) -> None:
    gone = a_line(line_id="2", deleted=True, quantity=0, sku="")
    assert [p.code for p in goods(subject(lines=(a_line(), gone)), around)] == ["line_deleted"]
    assert [p.code for p in goods(subject(lines=(gone,)), around)] == ["line_deleted", "lines_missing"]


def test_a_line_that_was_shipped_before_is_told_and_counts_for_nothing(
    subject: Make, around: Surroundings
) -> None:
    gone = a_line(line_id="2", deleted=True, shipped=2, quantity=0)
    found = goods(subject(lines=(a_line(), gone)), around)
    assert [(p.code, p.severity) for p in found] == [("line_done", Severity.WARN)]


def test_nothing_to_scan_holds_only_where_goods_are_scanned(subject: Make, around: Surroundings) -> None:
    made = subject(lines=(a_line(sku="", item_number=""),))
    assert [(p.code, p.severity) for p in goods(made, around)] == [("sku_missing", Severity.BLOCK)]
    by_eye = replace(around, scans_goods=False)
    assert [p.severity for p in goods(made, by_eye)] == [Severity.WARN]
    assert goods(subject(lines=(a_line(sku="", item_number="mug-1"),)), around) == []


def test_goods_that_ship_alone(subject: Make, around: Surroundings) -> None:
    alone = a_line(single_item_shipping=True)
    assert goods(subject(lines=(alone,)), around) == []
    assert [p.code for p in goods(subject(lines=(alone, a_line(line_id="2"))), around)] == [
        "single_item_shipping"
    ]


def test_goods_in_free_words_hold_nothing_where_a_person_typed_them(
    subject: Make, around: Surroundings
) -> None:
    typed = subject(lines=(a_line(sku=""),), by_hand=ByHand(EntryReason.TELEPHONE))
    assert [(p.code, p.severity) for p in goods(typed, around)] == [("sku_missing", Severity.WARN)]
