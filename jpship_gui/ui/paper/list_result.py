"""Words of a list of numbers from a carrier's site: who would get which, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.flows.pack.track import TrackResult, message_of
from jpship_gui.flows.paper.match_numbers import Match, Matches
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.names import number_parts
from jpship_gui.ui.paper.result_panel import Choice, Figure, Result, Section
from jpship_gui.ui.widgets.plain_table import Cell, Column, Row

Linked = Sequence[tuple[Match, TrackResult]]
_PAIRS = (
    Column("paperpage.column.line", 60, right=True),
    Column("paperpage.column.order", 140),
    Column("paperpage.column.number", 170),
    Column("listpanel.says", wrap=True),
)
_WHY = (
    Column("paperpage.column.line", 60, right=True),
    Column("paperpage.column.number", 180),
    Column("paperpage.column.why", wrap=True),
)


def list_result(found: Matches, file: str, choices: tuple[Choice, ...]) -> Result:
    """What a list would link, line by line, and the lines that go nowhere."""
    pairs: list[Row] = [_pair(one) for one in found.proposed]
    sections = [
        Section(
            "attention",
            text("listpanel.pairs", count=len(pairs)),
            text("listpanel.pairs.more"),
            _PAIRS,
            pairs,
        )
    ]
    left: list[Row] = [
        [Cell(str(one.line)), Cell(names.tracking_words(one.number)), Cell(text(f"match.{one.reason}"))]
        for one in found.left
    ]
    if left:
        sections.append(Section("ng", text("listpanel.left", count=len(left)), "", _WHY, left))
    figures = (
        Figure(len(pairs), text("paperpage.figure.numbers")),
        Figure(len(left), text("paperpage.figure.rejected"), "ng"),
        Figure(len(found.without), text("listpanel.without"), "attention"),
    )
    headline = text("listpanel.found", count=len(pairs), file=file)
    title = f"{text('act.take_numbers')}  {names.carrier_name(found.carrier)}"
    return Result(title, "attention", headline, figures=figures, sections=tuple(sections), choices=choices)


def linked_result(done: Linked, file: str, choices: tuple[Choice, ...]) -> Result:
    """What was linked; refused ones with packing's own words."""
    wrong: list[Row] = [
        [Cell(str(one.line)), Cell(names.tracking_words(one.number)), Cell(message_of(result))]
        for one, result in done
        if not result.ok
    ]
    linked = len(done) - len(wrong)
    sections = [Section("ng", text("listpanel.left", count=len(wrong)), "", _WHY, wrong)] if wrong else []
    return Result(
        text("act.take_numbers"),
        "attention" if wrong else "ok",
        text("listpanel.linked", count=linked, file=file),
        more=text("listpanel.linked.more"),
        sections=tuple(sections),
        choices=choices,
    )


def _pair(one: Match) -> Row:
    head, tail = number_parts(one.order)
    others = [word for word in one.text.split() if "".join(filter(str.isdigit, word)) != one.number]
    return [
        Cell(str(one.line)),
        Cell(f"{head}{tail}", sub=one.recipient, bold=True),
        Cell(names.tracking_words(one.number), bold=True),
        Cell(" ".join(others), ink="text2"),
    ]
