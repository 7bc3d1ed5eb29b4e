"""A small process that stands ready to play or to speak: handing it a line costs the window some hundredths of a
millisecond, while starting a player for each sound costs up to several."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# Reads lines; each one ends what still runs and starts the command anew with the line as its last argument ($0 is the
# command that cuts off what was said before, where killing it is not enough). Tells the exit code of each.
_LOOP = """
p=
while IFS= read -r line; do
  [ -n "$p" ] && kill "$p" 2>/dev/null
  [ -n "$0" ] && [ "$0" != - ] && $0 >/dev/null 2>&1
  (
    trap 'kill "$q" 2>/dev/null; exit 143' TERM
    "$@" "$line" </dev/null >/dev/null 2>&1 & q=$!
    wait "$q"
    echo "$? $line"
  ) &
  p=$!
done
[ -n "$p" ] && kill "$p" 2>/dev/null
"""
_CUT_OFF = 143


class Standby(QObject):
    """Runs one command again and again, each run with another last argument. `ended(line, code, ms)` tells of runs that
    were not cut off."""

    ended = Signal(str, int, float)

    def __init__(self, command: Sequence[str], cutting: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._cutting = cutting or "-"
        self._process: subprocess.Popen[bytes] | None = None
        self._notifier: QSocketNotifier | None = None
        self._sent: dict[str, float] = {}
        self._heard = b""

    def begin(self) -> bool:
        """Stand ready; whether it does. Nothing happens where it already does."""
        if self._process is not None and self._process.poll() is None:
            return True
        self.close()
        try:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _LOOP, self._cutting, *self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C in a terminal is the program's
            )
        except OSError:
            return False
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        os.set_blocking(self._process.stdout.fileno(), False)
        self._notifier = QSocketNotifier(self._process.stdout.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._told)
        return True

    def run(self, line: str) -> bool:
        """Hand over one line and return at once; whether it was taken."""
        if not self.begin():
            return False
        assert self._process is not None
        assert self._process.stdin is not None
        line = " ".join(line.split())
        try:
            os.write(self._process.stdin.fileno(), f"{line}\n".encode())
        except OSError:  # it has died, or is so far behind that nothing more fits: the next one starts afresh
            self.close()
            return False
        self._sent = {line: time.monotonic()}
        return True

    def _told(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        try:
            part = os.read(self._process.stdout.fileno(), 65536)
        except BlockingIOError:
            return
        if not part and self._notifier is not None:
            self._notifier.setEnabled(False)
        *lines, self._heard = (self._heard + part).split(b"\n")
        for told in lines:
            code, _, line = told.decode(errors="replace").partition(" ")
            began = self._sent.pop(line, None)
            if began is not None and code.isdigit() and int(code) != _CUT_OFF:
                self.ended.emit(line, int(code), (time.monotonic() - began) * 1000)

    def close(self) -> None:
        """End it, and what it runs."""
        process, self._process = self._process, None
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        self._heard, self._sent = b"", {}
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(timeout=0.2)  # its input has ended
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def possible() -> bool:
    """Whether this system has the shell it needs."""
    return sys.platform != "win32" and os.access("/bin/sh", os.X_OK)
