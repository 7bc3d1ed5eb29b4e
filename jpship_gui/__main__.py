"""Starts the window, or the command line if a command is given."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

_WINDOW_ONLY = frozenset({"--practice"})


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of `jpship`; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _wants_window(arguments):
        gc.disable()  # app.py collects in pauses
        try:
            from jpship_gui.app import run_window

            return run_window(arguments)
        finally:
            gc.enable()
    from jpship_gui.cli.main import run

    return run(arguments)


def _wants_window(arguments: Sequence[str]) -> bool:
    """Whether nothing but options of the window stands there: no command, no request for help."""
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        if argument in ("--home", "--language", "--person"):
            position += 2
        elif argument in _WINDOW_ONLY or argument.startswith(("--home=", "--language=", "--person=")):
            position += 1
        else:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
