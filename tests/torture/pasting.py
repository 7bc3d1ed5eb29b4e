"""A pasted list is taken, and dies at a chosen place: `python -m tests.torture.pasting POINT COUNT HOME LIST`.

Prints `taken N` each time the window would show N lines as done, and one JSON line with every verdict at the end. The
list is taken in groups of a few lines, so that a short one has several; nothing else of the program is changed.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

from jpship_gui.flows.pack import pasted
from jpship_gui.flows.upkeep.begin import begin
from jpship_gui.flows.workspace import open_workspace
from tests.torture.breaking import Breaker, install

GROUP = 5


class Shown:
    """What the window shows."""

    def step(self, done: int, total: int = 0, note: str = "") -> None:
        """On a pipe at once."""
        print(f"taken {done}", flush=True)


def main() -> int:
    """Judge and take the list."""
    point, count, home, listed = sys.argv[1:]
    pasted._GROUP = GROUP
    with closing(open_workspace(home, person="佐藤", desk="1")) as ws:
        begin(ws)
        found = pasted.check_list(ws, Path(listed).read_text("utf-8"))
        if found.good:
            install(Breaker(point, int(count)))
            found = pasted.take_list(ws, found, Shown())
        print(json.dumps({line.order: (line.code, line.number) for line in found.lines}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
