"""Words of what printing, exporting and taking numbers gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jpship_gui.domain.problem import Problem
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.paper.hand_to_carrier import ExportResult
from jpship_gui.flows.paper.sent import News
from jpship_gui.flows.paper.take_numbers import Rejection, Taken, TakeResult
from jpship_gui.texts import known, text
from jpship_gui.ui import names
from jpship_gui.ui.names import number_parts
from jpship_gui.ui.paper.contents import SLIP, PageInfo
from jpship_gui.ui.paper.printing import PrintReport
from jpship_gui.ui.paper.result_panel import Choice, Figure, Result, Section
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets.plain_table import Cell, Column, Row

REPAIRS, REPLACE = "repairs", "replace"  # questions of a take
_REASONS = (Column("paperpage.column.order", 150), Column("paperpage.column.why", wrap=True))
_NUMBERS = (
    Column("paperpage.column.line", 60, right=True),
    Column("paperpage.column.order", 150),
    Column("paperpage.column.number", 180),
    Column("paperpage.column.was"),
)
_REJECTED = (
    Column("paperpage.column.line", 60, right=True),
    Column("paperpage.column.column", 150),
    Column("paperpage.column.value", 170),
    Column("paperpage.column.why"),
)
People = Mapping[str, PageInfo]  # by shipment key
Problems = Mapping[str, tuple[Problem, ...]]


def printed_words(report: PrintReport) -> str:
    """One line for the bar: what went where. Nobody knows whether paper came out."""
    parts = []
    for made in report.made:
        name = text(f"paper.document.{made.document}")
        parts.append(text("paperpage.made", document=name, count=made.pages))
    printer = next((made.printer for made in report.made if made.printer), "")
    where = next((made.path for made in report.made if made.path), None)
    list_of = "・".join(parts)
    if where is not None:
        return text("paperpage.saved", papers=list_of, folder=str(where.parent))
    return text("paperpage.sent", papers=list_of, printer=printer or "–")


def print_result(report: PrintReport, people: People, choices: tuple[Choice, ...]) -> Result:
    """A batch with something to know of it."""
    sections = [
        *_reasons("refused", "ng", report.refused, people),
        *_reasons("notices", "attention", report.notices, people),
    ]
    if report.again:
        rows: list[Row] = [[_whose(key, people), Cell(text("paperpage.twice"))] for key in report.again]
        title = text("paperpage.section.again", count=len(report.again))
        sections.append(Section("attention", title, text("paperpage.section.again.more"), _REASONS, rows))
    fault = report.unsent
    headline = printed_words(report) if report.made else text("paperpage.nothing_printed")
    if fault is not None:
        headline = f"{text('paperpage.not_sent')} {show_fault(fault).title}"
    mark = "ng" if fault is not None or not report.made else "attention" if sections else "ok"
    slips = sum(m.pages for m in report.made if m.document == SLIP and m.unsent is None)
    back = sum(m.back for m in report.made)
    more = text("paperpage.back_to_waiting", count=back) if back else ""
    if fault is not None and fault.code == "printer_none":
        more = f"{more} {text('paperpage.choose_printer')}".strip()
    figures: tuple[Figure, ...] = (
        Figure(slips, text("paperpage.figure.slips")),
        Figure(len(report.refused), text("paperpage.figure.left_out"), "ng"),
    )
    if fault is not None:  # noughts beside a failure say nothing
        figures = tuple(figure for figure in figures if figure.count)
    return Result(text("act.print_slips"), mark, headline, more, figures, tuple(sections), choices)


def lost_words(news: News, back: int) -> str:
    """One line: no paper came of a document that was sent."""
    name = text(f"paper.document.{news.made.document}")
    said = f"（{news.said}）" if news.said else ""
    words = text(f"paperpage.lost.{news.state}", document=name, printer=news.made.printer or "–", said=said)
    return f"{words} {text('paperpage.back_to_waiting', count=back)}" if back else words


def lost_result(lost: Sequence[News], headline: str, people: People) -> Result:
    """Jobs that were cancelled, or that failed at the printer; what they made "printed" waits again."""
    keys = dict.fromkeys(key for news in lost for key in news.back)
    rows: list[Row] = [[_whose(key, people), Cell(text("paperpage.lost.row"))] for key in keys]
    title = text("paperpage.section.lost", count=len(rows))
    sections = (Section("attention", title, "", _REASONS, rows),) if rows else ()
    figures = (Figure(len(rows), text("paperpage.figure.back"), "attention"),)
    return Result(text("act.print_slips"), "ng", headline, figures=figures, sections=sections)


def export_result(done: ExportResult, people: People, choices: tuple[Choice, ...]) -> Result:
    """A carrier's file was written."""
    sections = [
        *_reasons("refused", "ng", done.refused, people),
        *_reasons("notes", "attention", done.notes, people),
    ]
    if done.again:
        rows: list[Row] = [
            [_whose(key, people), Cell(text("paperpage.exported_before"))] for key in done.again
        ]
        title = text("paperpage.section.exported", count=len(done.again))
        sections.insert(0, Section("attention", title, "", _REASONS, rows))
    figures = (
        Figure(len(done.exported), text("paperpage.figure.exported")),
        Figure(len(done.refused), text("paperpage.figure.left_out"), "ng"),
    )
    headline = text("paperpage.exported", count=len(done.exported), file=done.file)
    mark = "attention" if done.refused or done.again else "ok"
    title = f"{text('act.carrier_export')}  {names.carrier_name(done.carrier)}"
    return Result(title, mark, headline, figures=figures, sections=tuple(sections), choices=choices)


def refused_result(
    title: str, headline: str, refused: Problems, people: People, choices: tuple[Choice, ...]
) -> Result:
    """Nothing was made, and why for each shipment."""
    figures = (Figure(len(refused), text("paperpage.figure.left_out"), "ng"),)
    sections = tuple(_reasons("refused", "ng", refused, people))
    return Result(title, "ng", headline, figures=figures, sections=sections, choices=choices)


def take_result(found: TakeResult, taken: bool, choices: tuple[Choice, ...]) -> Result:
    """What an issued-data file says; `taken` = it is stored already."""
    sections = [
        *_taken_section("mismatches", "ng", found.mismatches, lambda t: t.linked),
        *_contested(found),
        *_taken_section("conflicts", "attention", found.conflicts, lambda t: t.before, REPLACE, taken),
        *_repairs(found, taken),
        *_left(found),
    ]
    figures = (
        Figure(len(found.matched), text("paperpage.figure.numbers"), "done" if taken else ""),
        Figure(len(found.unchanged), text("paperpage.figure.known")),
        Figure(
            len(found.conflicts) + len(found.mismatches) + len(found.contested),
            text("paperpage.figure.conflicts"),
            "attention",
        ),
        Figure(len(found.rejected) + len(found.unknown), text("paperpage.figure.rejected"), "ng"),
    )
    mark = "attention" if sections else "done" if taken else "ok"
    key = "paperpage.numbers_taken" if taken else "paperpage.numbers_found"
    headline = text(key, count=len(found.matched), file=found.file)
    title = f"{text('act.take_numbers')}  {names.carrier_name(found.carrier)} {found.tool}".rstrip()
    return Result(title, mark, headline, figures=figures, sections=tuple(sections), choices=choices)


def _whose(key: str, people: People) -> Cell:
    """The order's number and under it who gets it; the key on the slip only where neither is known."""
    info = people.get(key, PageInfo())
    return Cell(_short(info.order or key), sub=info.name, bold=True)


def _reasons(id_: str, mark: str, problems: Problems, people: People) -> list[Section]:
    if not problems:
        return []
    rows: list[Row] = []
    for key, found in problems.items():
        for number, problem in enumerate(found):
            words = problem_words(problem)
            rows.append([Cell() if number else _whose(key, people), Cell(words.text or words.title)])
    title = text(f"paperpage.section.{id_}", count=len(problems))
    return [Section(mark, title, "", _REASONS, rows)]


def _taken_section(
    id_: str,
    mark: str,
    found: Sequence[Taken],
    before: Callable[[Taken], str],
    question: str = "",
    taken: bool = False,
) -> list[Section]:
    if not found:
        return []
    rows: list[Row] = [
        [
            Cell(str(one.line)),
            Cell(_short(one.order), bold=True),
            Cell(names.tracking_words(one.number), bold=True),
            Cell(text("paperpage.was", number=names.tracking_words(before(one))), ink="text2"),
        ]
        for one in found
    ]
    title = text(f"paperpage.section.{id_}", count=len(found))
    more = text(f"paperpage.section.{id_}.more")
    tick = text(f"paperpage.tick.{question}") if question and not taken else ""
    return [Section(mark, title, more, _NUMBERS, rows, tick, question)]


def _contested(found: TakeResult) -> list[Section]:
    if not found.contested:
        return []
    rows: list[Row] = [
        [
            Cell(str(one.line)),
            Cell(_short(one.order), bold=True),
            Cell(names.tracking_words(one.number), bold=True),
            Cell(text("paperpage.linked_to", order=_short(one.other)), ink="ng"),
        ]
        for one in found.contested
    ]
    title = text("paperpage.section.contested", count=len(found.contested))
    return [Section("ng", title, text("paperpage.section.contested.more"), _NUMBERS, rows)]


def _repairs(found: TakeResult, taken: bool) -> list[Section]:
    if not found.repairs:
        return []
    rows: list[Row] = [
        [
            Cell(str(one.line)),
            Cell(one.key),
            Cell(names.tracking_words(one.repaired), bold=True),
            Cell(text("paperpage.was", number=one.found), ink="text2"),
        ]
        for one in found.repairs
    ]
    title = text("paperpage.section.repairs", count=len(found.repairs))
    tick = "" if taken else text("paperpage.tick.repairs")
    return [
        Section("attention", title, text("paperpage.section.repairs.more"), _NUMBERS, rows, tick, REPAIRS)
    ]


def _left(found: TakeResult) -> list[Section]:
    rows = [_rejected(one) for one in found.rejected]
    for line, key in found.unknown:
        rows.append([Cell(str(line)), Cell(""), Cell(key), Cell(text("paperpage.key_unknown"))])
    if not rows:
        return []
    title = text("paperpage.section.rejected", count=len(rows))
    return [Section("ng", title, text("paperpage.section.rejected.more"), _REJECTED, rows)]


def _rejected(one: Rejection) -> Row:
    key = f"rejected.{one.code}"
    why = text(key, value=one.value) if known(key) else one.code
    value = Cell(one.value or text("paperpage.blank"), ink="ng_strong", ground="ng_weak")
    return [Cell(str(one.line)), Cell(one.column, sub=_short(one.order)), value, Cell(why)]


def _short(order: str) -> str:
    head, tail = number_parts(order)
    return f"{head}{tail}"
