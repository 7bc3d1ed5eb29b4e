"""Several codes in one trigger (PK-13)."""

from __future__ import annotations

import pytest

from jpship_gui.domain.scanning.taming import AGAIN, NEIGHBOUR, Tamer, kind_of

BLANK = 200


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("JPCMDUNDO", "command"),
        ("JP00000VK", "key"),
        ("jp00000vk", "key"),
        ("200000001116", "number"),
        ("A200000001116A", "number"),
        ("2000-0000-1116", "number"),
        ("EJ123456785JP", "number"),
        ("4901234567894", "goods"),
        ("SKU-1", "goods"),
        ("JPTICK4", "tick"),
        ("JPTICKWRAP", "tick"),
        ("ST,GS,+  0.512kg", "weight"),
        ("  1.234kg", "weight"),
        ("N     +   123.56 g", "weight"),
        ("JP00000VX", "goods"),
    ],
)
def test_kinds(code: str, kind: str) -> None:
    assert kind_of(code) == kind


def judged(*scans: tuple[int, str], blank: int = BLANK) -> list[str]:
    tamer = Tamer()
    return [tamer.judge(code, at, at + 30, blank) for at, code in scans]


def test_the_same_code_twice_in_one_trigger_counts_once() -> None:
    assert judged((0, "4901234567894"), (90, "4901234567894")) == ["", AGAIN]


def test_two_pieces_scanned_one_after_the_other_both_count() -> None:
    assert judged((0, "4901234567894"), (30 + BLANK, "4901234567894")) == ["", ""]


def test_a_scanner_left_on_reads_one_piece() -> None:
    scans = [(at, "4901234567894") for at in range(0, 3000, 150)]
    assert judged(*scans) == ["", *[AGAIN] * (len(scans) - 1)]


def test_a_neighbouring_slip_in_the_beam_is_left_out() -> None:
    assert judged((0, "JP00000VK"), (80, "JP00000WP")) == ["", NEIGHBOUR]


def test_number_and_label_in_one_trigger_are_two_steps() -> None:
    assert judged((0, "200000001116"), (60, "JP00000VK"), (120, "4901234567894")) == ["", "", ""]


def test_a_command_passes_and_is_not_given_twice() -> None:
    assert judged((0, "JPCMDACK"), (60, "JPCMDUNDO"), (120, "JPCMDUNDO")) == ["", "", AGAIN]


def test_a_code_left_out_starts_no_blank_time_for_others() -> None:
    assert judged((0, "JP00000VK"), (80, "JP00000WP"), (230, "JP00000XS")) == ["", NEIGHBOUR, ""]


def test_zero_turns_it_off() -> None:
    assert judged((0, "JP00000VK"), (30, "JP00000VK"), blank=0) == ["", ""]


def test_a_clock_that_began_anew_tames_nothing() -> None:
    assert judged((90_000, "JP00000VK"), (10, "JP00000VK")) == ["", ""]


def test_a_scale_may_type_right_after_the_last_piece_was_read() -> None:
    assert judged((0, "4901234567894"), (60, "  0.512kg"), (120, "JPTICK4")) == ["", "", ""]
