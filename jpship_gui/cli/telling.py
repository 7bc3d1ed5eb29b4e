"""What `jpship scan` and `jpship handover` say of the database they follow: a line of its own between the answers."""

from __future__ import annotations

import json
from typing import IO, Any, Protocol

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.flows.pack.desk import BUSY
from jpship_gui.texts import known, text


class Followed(Protocol):
    """A desk whose journal the database follows."""

    @property
    def trouble(self) -> Fault | None:
        """Why it does not."""

    @property
    def waiting(self) -> int:
        """Lines it lacks."""

    def twice(self) -> WorldFault | None:
        """A number two parcels got."""


class Teller:
    """Says when the database stops following, and when it follows again; a lock of moments is nobody's concern."""

    def __init__(self, opened: Followed, out: IO[str], as_json: bool) -> None:
        self._opened, self._out, self._as_json = opened, out, as_json
        self._told = ""

    def look(self) -> None:
        """After every answer."""
        twice = self._opened.twice()
        if twice is not None:
            self._say(twice)
        fault = self._opened.trouble
        code = fault.code if fault is not None and fault.code != BUSY else ""
        if code == self._told:
            return
        self._told = code
        if fault is not None and code:
            self._say(fault)
        else:
            self._write(text("pack.cli.recovered"), "")

    def _say(self, fault: Fault) -> None:
        title, more = words_of(fault)
        lines = self._opened.waiting
        self._write(text("pack.cli.trouble", title=title, more=more, lines=lines), fault.code)

    def _write(self, words: str, code: str) -> None:
        self._out.write(trouble_line(words, code, self._opened.waiting, self._as_json))
        self._out.flush()


def trouble_line(words: str, code: str, waiting: int, as_json: bool) -> str:
    """For people or for programs."""
    plain: dict[str, Any] = {"trouble": code, "message": words, "waiting": waiting}
    return json.dumps(plain, ensure_ascii=False) + "\n" if as_json else f"{words}\n"


def words_of(fault: Fault) -> tuple[str, str]:
    """What happened, and what to do."""
    key = f"fault.{fault.code}"
    more = text(f"{key}.more", **fault.values) if known(f"{key}.more") else ""
    return text(key, **fault.values), more
