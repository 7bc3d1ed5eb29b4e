"""Starts the window, or the command line if a command is given."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

_WINDOW_ONLY = frozenset({"--practice"})


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of `jpship`; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _wants_window(arguments):
        if not _has_screen():
            return _refuse_window()
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


def _has_screen() -> bool:
    """Whether Qt will find a screen; without one it would end the program with words of its own."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(variable) for variable in asked)


def _refuse_window() -> int:
    from jpship_gui.cli.output import Exit, show_fault
    from jpship_gui.domain.fault import Fault

    show_fault(Fault("no_screen"), as_json=False)
    return int(Exit.WORLD)


if __name__ == "__main__":
    sys.exit(main())
