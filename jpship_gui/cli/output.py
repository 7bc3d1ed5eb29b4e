"""What the command line prints: one JSON document, or lines for a person; all else goes to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Fault
from jpship_gui.texts import text


class Exit(IntEnum):
    """Exit codes; part of the command line's contract."""

    DONE = 0
    PARTLY = 1  # something rejected or red
    REFUSED = 2  # nothing written
    WORLD = 3  # network, disk, database


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's result: the document for `--json`, the lines for a person, the exit code."""

    document: Any
    lines: tuple[str, ...]
    exit: Exit = Exit.DONE


def show(answer: Answer, as_json: bool) -> None:
    """Print an answer to standard output; why nothing was done stands on standard error too where a program reads."""
    if as_json and answer.exit in (Exit.REFUSED, Exit.WORLD):
        print("\n".join(answer.lines), file=sys.stderr)
    if as_json:
        print(json.dumps(answer.document, ensure_ascii=False, indent=2, default=_plain))
    else:
        for line in answer.lines:
            print(line)
    sys.stdout.flush()


def show_fault(fault: Fault, as_json: bool) -> None:
    """Word a fault on standard error; with `--json` also as a document on standard output."""
    words = fault_text(fault)
    print(words, file=sys.stderr)
    if as_json:
        print(json.dumps({"error": {"code": fault.code, "text": words}}, ensure_ascii=False))


def fault_text(fault: Fault) -> str:
    """The fault in the present language."""
    return text(f"fault.{fault.code}", **fault.values)


def moment(value: datetime | None) -> str:
    """A time as a Japanese clock shows it, for people."""
    return "－" if value is None else to_jst(value).strftime("%m/%d %H:%M")


def columns(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Rows as lines with aligned columns; full-width characters count two."""
    rows = list(rows)
    if not rows:
        return ()
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return tuple(
        "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(words: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in words)


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return to_jst(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
