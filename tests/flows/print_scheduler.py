"""A real print scheduler of a test's own, whose queues keep what they get, fail, dawdle or stand still."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from jpship_gui.flows.paper.print_queue import Job, JobState, state_of

__all__ = ["Scheduler", "ask", "needs_cups", "running_scheduler", "settled"]

_TOOLS = ("cupsd", "lpadmin", "lp", "lpstat")
needs_cups = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in _TOOLS) or os.geteuid() != 0 if os.name == "posix" else True,
    reason="cups is not installed, or not run as root",
)
_CUPSD = """\
Listen {home}/cups.sock
DefaultAuthType None
WebInterface No
Browsing No
IdleExitTimeout 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {home}/root
ServerBin {home}/bin
RequestRoot {home}/spool
TempDir {home}/spool/tmp
CacheDir {home}/cache
StateDir {home}/state
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
SystemGroup root
Sandboxing relaxed
"""
_BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && exit 0
target="${DEVICE_URI#keep:}"
if [ "$target" = /slow ]; then exec sleep 300; fi
if [ "$target" = /broken ]; then echo "ERROR: out of paper" >&2; exit 1; fi
if [ -n "$6" ]; then cat "$6" >"$target/$1.pdf"; else cat >"$target/$1.pdf"; fi
printf '%s\\n' "$3" "$4" "$5" >"$target/$1.options"
"""


@dataclass(frozen=True)
class Scheduler:
    """A running scheduler: its folder and where the queue `laser` keeps what it gets."""

    home: Path

    @property
    def spool(self) -> Path:
        """Where the scheduler lays what it was sent."""
        return self.home / "spool"

    @property
    def kept(self) -> Path:
        """What came out of `laser`."""
        return self.home / "kept"

    def printed(self, job: Job) -> bytes:
        """The document of a job as the device got it."""
        return (self.kept / f"{job.id.rpartition('-')[2]}.pdf").read_bytes()


@contextmanager
def running_scheduler() -> Iterator[Scheduler]:
    """With the queues laser (default), broken, paused and slow."""
    home = Path(tempfile.mkdtemp(prefix="jpcups"))
    home.chmod(0o755)
    for name in ("root", "spool/tmp", "cache", "state", "log", "bin/backend", "kept"):
        (home / name).mkdir(parents=True)
    for folder in Path("/usr/lib/cups").iterdir():
        if folder.name != "backend":
            (home / "bin" / folder.name).symlink_to(folder)
    (home / "cupsd.conf").write_text(_CUPSD.format(home=home))
    (home / "files.conf").write_text(_FILES.format(home=home))
    backend = home / "bin/backend/keep"
    backend.write_text(_BACKEND)
    backend.chmod(0o700)
    command = ["cupsd", "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "files.conf")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    patch = pytest.MonkeyPatch()
    patch.setenv("CUPS_SERVER", str(home / "cups.sock"))
    try:
        while running.poll() is None and "is running" not in ask("lpstat", "-r"):
            pass
        assert running.poll() is None, (home / "log/error").read_text()
        _queue("laser", f"keep:{home / 'kept'}", "abort-job")
        _queue("broken", "keep:/broken", "abort-job")
        _queue("slow", "keep:/slow", "abort-job")
        _queue("paused", f"keep:{home / 'kept'}", "abort-job")
        ask("cupsdisable", "-r", "serviced", "paused")
        ask("lpadmin", "-d", "laser")
        yield Scheduler(home)
    finally:
        running.terminate()
        running.wait()
        patch.undo()
        shutil.rmtree(home, ignore_errors=True)


def ask(*command: str) -> str:
    """What a CUPS command says."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _queue(name: str, device: str, policy: str) -> None:
    ask("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw", "-o", f"printer-error-policy={policy}")


def settled(job: Job) -> tuple[JobState, str]:
    """The state a job comes to rest in."""
    state = state_of(job)
    while state[0] in (JobState.WAITING, JobState.PRINTING):
        state = state_of(job)
    return state
