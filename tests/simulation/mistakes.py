"""What people do wrong at a packing desk, and how often in these days: far oftener than in any shop, so that each is seen
thousands of times."""

from __future__ import annotations

from enum import StrEnum


class Mistake(StrEnum):
    """One per parcel at most, so that what was stopped is what was made. Those of `PAIRS` concern the next parcel too."""

    WRONG_LABEL = "wrong_label"  # the next parcel's waybill is taken from the stack
    STACK = "stack"  # two waybills lie in the stack the wrong way round
    GUESSED = "guessed"  # the same, and whoever is asked for the name answers without looking
    SLIP_FOR_LABEL = (
        "slip_for_label"  # the same, and the slip in the hand is read where the waybill's key is asked for
    )
    TWO_AT_ONCE = "two_at_once"  # two boxes on the table: slips, goods and waybills get crossed
    NEIGHBOUR_SLIP = "neighbour_slip"  # the next parcel's slip is read over this one's goods
    FILE_ROWS = "file_rows"  # two rows of the carrier's file exchanged by a spreadsheet
    REUSED_LABEL = "reused_label"  # a waybill that is on another parcel already
    WRONG_ROLL = "wrong_roll"  # a label of another carrier's roll, nobody's name on it
    MISTYPED = "mistyped"  # one digit wrong in a number typed by hand
    EXCHANGED_DIGITS = "exchanged_digits"  # two neighbouring digits the wrong way round
    DOUBLE_TRIGGER = "double_trigger"  # the scanner sends a piece twice
    WRONG_VARIANT = "wrong_variant"  # a look-alike is taken from the shelf
    MISSING_PIECE = "missing_piece"
    EXTRA_PIECE = "extra_piece"
    CANCELLED = "cancelled"  # by the buyer, between two scans
    FORGOTTEN_INSERT = "forgotten_insert"
    FORCED = "forced"  # an impatient packer without the right skips what is missing
    STUCK_ELSEWHERE = "stuck_elsewhere"  # read rightly, then stuck on the other box


PAIRS = frozenset(
    {
        Mistake.WRONG_LABEL,
        Mistake.STACK,
        Mistake.GUESSED,
        Mistake.SLIP_FOR_LABEL,
        Mistake.TWO_AT_ONCE,
        Mistake.NEIGHBOUR_SLIP,
        Mistake.FILE_ROWS,
        Mistake.STUCK_ELSEWHERE,
    }
)
SWAPS = (
    Mistake.WRONG_LABEL,
    Mistake.STACK,
    Mistake.SLIP_FOR_LABEL,
    Mistake.TWO_AT_ONCE,
    Mistake.FILE_ROWS,
    Mistake.REUSED_LABEL,
)
"""Two buyers would get each other's goods, or their numbers would be exchanged: none may pass where a proof is on."""

SHARE = 0.3  # of parcels something goes wrong with
TYPED_ALIKE = 0.15  # who mistyped once makes the same mistake the second time
BLIND_TICK = 0.02  # an instruction is ticked without being done
TRUSTS_THE_COUNT = 0.5  # a piece counted twice by the scanner is left out of the box
STUBBORN = 0.25  # reads the same again before looking
