"""The program as a person at a terminal has it: a process of its own for each command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "jpship_gui")


@dataclass(frozen=True, slots=True)
class Answer:
    """Exit code, standard output read as JSON (None where empty), both streams as text."""

    code: int
    said: Any
    out: str
    err: str


class Program:
    """One data folder; every call is `jpship --json` in a process of its own."""

    def __init__(self, home: Path, **variables: str) -> None:
        self.home = home
        self.variables = {**os.environ, **variables, "JPSHIP_HOME": str(home)}

    def __call__(self, *arguments: object, stdin: str = "") -> Answer:
        done = subprocess.run(
            [*PROGRAM, "--json", *map(str, arguments)],
            input=stdin, capture_output=True, text=True, encoding="utf-8", env=self.variables, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(
            done.returncode, json.loads(done.stdout) if done.stdout else None, done.stdout, done.stderr
        )

    def done(self, *arguments: object) -> Any:
        """The document of a command that must end with 0."""
        answer = self(*arguments)
        assert answer.code == 0, (arguments, answer)
        return answer.said

    def scan(self, *codes: str, desk: str = "") -> list[dict[str, Any]]:
        """One desk's scans, and what was answered line by line."""
        desk_words = ("--desk", desk) if desk else ()
        done = subprocess.run(
            [*PROGRAM, "--json", "scan", *desk_words],
            input="\n".join(codes) + "\n", capture_output=True, text=True, encoding="utf-8",
            env=self.variables, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def outcomes(self, *codes: str, desk: str = "") -> list[str]:
        return [line["outcome"] for line in self.scan(*codes, desk=desk)]

    def orders(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Shipments by order number (one package each)."""
        return {found["order"]: found for found in self.done("orders", *arguments)}


def yamato_number(n: int) -> str:
    """A number of Yamato's form: eleven digits and their remainder by seven."""
    stem = 40000000000 + n
    return f"{stem}{stem % 7}"
