"""The day's tape: every scan and act of every desk, in the order of time, as a person reads it.

It is read from the journals, so it says what happened whatever became of the database; buyers' names are not in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.packing.commands import Command, command_of
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.packing.outcomes import CLASSES, Klass, Outcome
from jpship_gui.flows.pack.near_misses import between
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal, packing
from jpship_gui.store.journal import Entry
from jpship_gui.texts import known, language, text, text_in

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_LONGEST = 48  # characters of what was read; a QR code may hold a page
_GROUPED = re.compile(r"(?<=\d)-(?=\d)")
_SIGNS = ("=", "+", "-", "@", "\t")  # begin a formula in a spreadsheet
_REFUSED_ENTRY = ("mismatch", "not_yet")  # outcomes of an entry that the scan protocol has no code for
_UNSEEN = ("waits", "not_yet")  # whoever types a number the second time must not find the first here


@dataclass(frozen=True, slots=True)
class TapeLine:
    """One line. `klass` is a class of the scan protocol, "" for acts of the office; `order` is the order's number, ""
    where the line is about none or the database no longer has it."""

    at: datetime
    desk: str
    person: str
    kind: str
    read: str
    outcome: str
    klass: str
    key: str
    order: str
    word: str
    did: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines: blank values leave out nothing. `klass` is a class of the scan protocol; `words` stands anywhere."""

    desk: str = ""
    person: str = ""
    klass: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tape:
    """The lines of some days, oldest first, and who and what is among them before anything was left out."""

    lines: tuple[TapeLine, ...]
    desks: tuple[str, ...]
    people: tuple[str, ...]
    classes: Mapping[str, int]
    wrong: Mapping[str, int]  # NG by the word of its outcome, the commonest first
    parcels: int  # closed
    whole: bool = True  # False: the newest lines alone, and nothing is counted


def read_tape(ws: Workspace, first: date, last: date, only: Filter = Filter()) -> Tape:  # noqa: B008 - frozen
    """The tape of these days, both included. WorldFault("journal_broken") for a journal that cannot be read."""
    return Reel(first, last).show(ws, only)


def newest(ws: Workspace, first: date, last: date, only: Filter, most: int) -> Tape:
    """A quick look: at most so many lines of each journal, the newest, and who is among them; nothing is counted where
    that is not all (`whole`). Raises as `read_tape`."""
    found, whole = list[Entry](), True
    for path in journal.files(ws.places.journal):
        of_desk = [entry for _, entry in islice(between(journal.backwards(path), first, last), most)]
        whole = whole and len(of_desk) < most
        found += reversed(of_desk)
    return _tape(_lines(ws, found), only, whole=whole)


class Reel:
    """The tape of some days, kept while somebody looks at it: a filter reads nothing again, and of the journals only
    what is new is read. Not for several threads at once."""

    def __init__(self, first: date, last: date) -> None:
        self.days = (first, last)
        self._language = ""
        self._seen: dict[Path, int] = {}  # the last line read
        self._lines: list[TapeLine] = []
        self._words: list[str] = []  # of the lines, once somebody searched

    def show(self, ws: Workspace, only: Filter) -> Tape:
        """As the journals stand now; raises as `read_tape`."""
        if self._language != language():
            self._language, self._seen, self._lines, self._words = language(), {}, [], []
        fresh = list[Entry]()
        for path in journal.files(ws.places.journal):
            seen = self._seen.get(path, 0)
            of_desk = list(takewhile(lambda entry, seen=seen: entry.n > seen, self._back(path)))  # type: ignore[misc]
            if of_desk:
                self._seen[path] = of_desk[0].n
            fresh += reversed(of_desk)
        if fresh:
            self._lines = sorted([*self._lines, *_lines(ws, fresh)], key=lambda line: line.at)
            self._words = []
        if only.words and not self._words:
            self._words = [_searched(line) for line in self._lines]
        return _tape(self._lines, only, self._words)

    def _back(self, path: Path) -> Iterator[Entry]:
        return (entry for _, entry in between(journal.backwards(path), *self.days))


def _lines(ws: Workspace, entries: Sequence[Entry]) -> list[TapeLine]:
    """In words, the oldest first."""
    numbers = packing.orders_of(ws.store, {entry.shipment for entry in entries if entry.shipment})
    made = [_line(datetime.fromisoformat(entry.at), entry, numbers) for entry in entries]
    made.sort(key=lambda line: line.at)
    return made


def _tape(every: Sequence[TapeLine], only: Filter, words: Sequence[str] = (), *, whole: bool = True) -> Tape:
    again = Outcome.NG_LOCKED  # says only that the one before was not acknowledged
    wrong = Counter(line.word for line in every if line.klass == Klass.NG and line.outcome != again)
    lines = tuple(every) if only == Filter() else tuple(_fitting(every, only, words))
    return Tape(
        lines=lines,
        desks=tuple(sorted({line.desk for line in every})),
        people=tuple(sorted({line.person for line in every if line.person})),
        classes=Counter(line.klass for line in every if line.klass) if whole else {},
        wrong=dict(wrong.most_common()) if whole else {},
        parcels=sum(line.outcome == Outcome.OK_DONE for line in every) if whole else 0,
        whole=whole,
    )


def written(lines: Iterable[TapeLine]) -> bytes:
    """The lines as CSV (UTF-8 with mark), to be opened by a spreadsheet: what would be a formula there is text."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(text(f"tape.column.{name}") for name in COLUMNS)
    for line in lines:
        rows.writerow(_text_only(cell) for cell in cells_of(line))
    return out.getvalue().encode("utf-8-sig")


COLUMNS = ("time", "desk", "person", "outcome", "order", "did", "read")


def cells_of(line: TapeLine) -> tuple[str, ...]:
    """What stands under `COLUMNS`."""
    at = f"{to_jst(line.at):%Y-%m-%d %H:%M:%S}"
    return (at, line.desk, line.person, line.word, line.order or line.key, line.did, line.read)


def _text_only(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_SIGNS) else cell


def _searched(line: TapeLine) -> str:
    """All that a word may stand in."""
    return "\n".join((*cells_of(line), line.key)).casefold()


def _fitting(lines: Sequence[TapeLine], only: Filter, words: Sequence[str]) -> Iterator[TapeLine]:
    """`words` are those of the lines, where they are known."""
    wanted = only.words.casefold()
    number = _GROUPED.sub("", wanted)  # as the pages show a tracking number
    for place, line in enumerate(lines):
        if (
            (only.desk and line.desk != only.desk)
            or (only.person and line.person != only.person)
            or (only.klass and line.klass != only.klass)
        ):
            continue
        if wanted:
            among = words[place] if words else _searched(line)
            if wanted not in among and number not in among:
                continue
        yield line


def _line(at: datetime, entry: Entry, numbers: Mapping[str, str]) -> TapeLine:
    outcome = _OUTCOMES.get(entry.outcome)
    did = "　".join(dict.fromkeys(filter(None, map(_did, entry.effects))))
    return TapeLine(
        at=at,
        desk=entry.desk,
        person=entry.person,
        kind=entry.kind,
        read=_read(entry),
        outcome=entry.outcome,
        klass=_klass(entry, outcome),
        key=entry.shipment,
        order=numbers.get(entry.shipment, ""),
        word=_word(entry),
        did=did or ("" if outcome or _entered(entry) else _reason(str(entry.body.get("reason", "")))),
    )


def _klass(entry: Entry, outcome: Outcome | None) -> str:
    if _entered(entry) in _REFUSED_ENTRY:
        return Klass.NG.value
    return str(entry.body.get("class", "")) or (CLASSES[outcome].value if outcome else "")


def _entered(entry: Entry) -> str:
    """What came of a number entered away from the desk where its outcome does not say it; blank otherwise."""
    reason = str(entry.body.get("reason", "")) if entry.kind == "track" else ""
    return reason if reason in (*_REFUSED_ENTRY, *_UNSEEN) else ""


def _reason(reason: str) -> str:
    return _words(f"tape.reason.{reason}") or reason


def _word(entry: Entry) -> str:
    """The word of the outcome as the page showed it, or what was done where nothing was asked."""
    if _entered(entry):
        return text(f"entrysecond.tape.{_entered(entry)}")
    page = "handover" if entry.kind.startswith("handover") else "pack"
    word, reason = entry.outcome.lower(), entry.body.get("reason", "")
    for key in (f"{page}.word.{word}", f"pack.word.{word}.{reason}", f"pack.word.{word}"):
        if entry.outcome and entry.kind != "ignored" and (said := _words(key)):
            return said
    return _words(f"tape.kind.{entry.kind}") or entry.kind


def _read(entry: Entry) -> str:
    """What was read or pressed; a command by its words."""
    if _entered(entry) in _UNSEEN:
        return text("entrysecond.unseen")
    raw = entry.raw.partition("\n")[0]
    bare = raw.strip("[]") if entry.kind in ("key", "handover_key") else raw
    asked = None if bare.isdecimal() else _asked(bare)
    if asked is not None:
        command, argument = asked
        key = f"pack.command.{command.value.lower()}"
        return " ".join(filter(None, (text(key) if known(key) else command.value, argument)))
    return bare if len(bare) <= _LONGEST else f"{bare[:_LONGEST]}…"


@lru_cache(maxsize=4096)
def _asked(bare: str) -> tuple[Command, str] | None:
    return command_of(tidy(bare)) or command_of(f"JPCMD{bare}")


def _did(effect: Mapping[str, Any]) -> str:
    """One effect in words; blank for what the outcome's word says already."""
    do = str(effect.get("do", ""))
    key = _SAID.get(do)
    if key is None:
        return ""
    how, proof = str(effect.get("how", "")), str(effect.get("proof", ""))
    values = {
        "number": str(effect.get("number", "")),
        "pieces": effect.get("pieces", 1),
        "reason": str(effect.get("reason", "")),
        "how": _words(f"tape.how.{how}"),
        "proof": _words(f"packpage.proof.{proof}"),
        "other": str(effect.get("other", "")),
        "item": str(effect.get("words", "")) or _words(f"pack.tick.{effect.get('reason', '')}"),
        "grams": effect.get("grams", 0),
        "due": effect.get("due", 0) or "－",
        "kind": _words(f"evidence.kind.{how}"),
    }
    if do == Do.WEIGH and not effect.get("grams"):
        return ""  # let go unweighed, which its skip says
    return text(f"tape.did.{key}", **values).strip()


def _words(key: str) -> str:
    return _words_in(language(), key)


@lru_cache(maxsize=4096)
def _words_in(language: str, key: str) -> str:
    return text_in(language, key) if known(key) else ""


_SAID: Mapping[str, str] = {
    Do.ITEM: "item",
    Do.LINK: "link",
    Do.UNLINK: "unlink",
    Do.VERIFY: "verify",
    Do.UNVERIFY: "unverify",
    Do.HAND_OVER: "hand_over",
    Do.UNHAND: "unhand",
    Do.HOLD: "hold",
    Do.RESTART: "restart",
    Do.TAKE_OVER: "take_over",
    Do.SKIP: "skip",
    Do.TICK: "tick",
    Do.UNTICK: "untick",
    Do.LEFT: "left",
    Do.WEIGH: "weigh",
    Do.UNWEIGH: "unweigh",
    Do.ATTACH: "attach",
    Do.DETACH: "detach",
    Do.JOIN: "join",
    Do.SEPARATE: "separate",
}
