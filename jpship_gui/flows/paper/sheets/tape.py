"""The day's tape on paper: every scan of a day, of one desk or person where asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from jpship_gui.documents.tape import TapeRow, render_tape
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.tape import Filter, Tape, TapeLine, read_tape
from jpship_gui.flows.paper.kind import CHOICE, TEXT, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text

_CHOICES = ("day", "desk", "person", "class", "words")


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return ()


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `day` (YYYY-MM-DD, today), `desk`, `person`, `class` (ng, attention, complete, ok), `words`."""
    said = {name: wanted.choices.get(name, "") for name in _CHOICES}
    day = _day(ws, said["day"])
    tape = read_tape(ws, day, day, Filter(said["desk"], said["person"], said["class"], said["words"]))
    pdf, pages = render_tape(
        [_row(line) for line in tape.lines],
        *(_heading(day, said), _counts(tape), language(), named(ws, "desk").dpi),
    )
    return Drawn(pdf, ((),) * pages)


def _row(line: TapeLine) -> TapeRow:
    who = "・".join(filter(None, (line.desk, line.person)))
    order = line.order.rpartition("-")[2] if line.order.count("-") == 2 else line.order or line.key
    again = line.outcome == Outcome.NG_LOCKED
    at = f"{to_jst(line.at):%H:%M:%S}"
    return TapeRow(at, who, line.word, order, line.did, line.read, line.klass, again)


def _heading(day: date, said: Mapping[str, str]) -> str:
    every = text("documents.tape_all")
    desk, person = said["desk"] or every, said["person"] or every
    return text("documents.tape_of", first=day, last=day, desk=desk, person=person)


def _counts(tape: Tape) -> str:
    """Parcels, attention, and NG by kind."""
    wrong = "、".join(f"{word} {count}" for word, count in tape.wrong.items())
    found = {
        "count.parcels": tape.parcels,
        "count.attention": tape.classes.get(Klass.ATTENTION, 0),
        "count.ng": sum(tape.wrong.values()),
    }
    counts = "　".join(f"{text(f'tape.{name}')} {count}" for name, count in found.items())
    return f"{counts}（{wrong}）" if wrong else counts


def _day(ws: Workspace, words: str) -> date:
    try:
        return date.fromisoformat(words) if words else ws.today()
    except ValueError as error:
        raise Refused("day_wrong", day=words) from error


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    said = wanted.choices.get
    classes = tuple((name, f"tape.class.{name or 'all'}") for name in ("", "ng", "attention", "complete"))
    return (
        Ask("day", TEXT, said("day", "") or str(ws.today())),
        Ask("desk", TEXT, said("desk", "")),
        Ask("person", TEXT, said("person", "")),
        Ask("class", CHOICE, said("class", ""), options=classes),
        Ask("words", TEXT, said("words", "")),
    )


KINDS = (
    Kind(
        *("tape", "desk", _wanted, _draw, 92),
        on=False,
        needs_batch=False,
        choices=_CHOICES,
        asks=_asks,
    ),
)
