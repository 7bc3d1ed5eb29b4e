"""Papers to the system's print queue (CUPS, through `lp`): what is sent is said to be sent, never printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.shift import shifted
from jpship_gui.net import ipp

_SECONDS = 30  # the queue is on this machine or next to it


@dataclass(frozen=True, slots=True)
class Printer:
    """One queue; `reason` is why it does not print now, in the system's own words."""

    name: str
    default: bool = False
    accepting: bool = True
    enabled: bool = True
    reason: str = ""


class JobState(StrEnum):
    """What the queue says of a job. DONE = handed to the device; whether paper came out nobody knows."""

    WAITING = "waiting"
    PRINTING = "printing"
    HELD = "held"
    STOPPED = "stopped"  # it may go on by itself
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Job:
    """A job the queue took."""

    id: str
    printer: str
    copies: int


def available() -> bool:
    """Whether this system has CUPS commands; Windows prints through the window's own dialog."""
    return os.name != "nt" and shutil.which("lp") is not None and shutil.which("lpstat") is not None


def printers() -> tuple[Printer, ...]:
    """The queues, the default one first; Refused("printing_unavailable") without CUPS, () where none is set up."""
    default = _default()
    listed = _run("lpstat", "-p").stdout
    accepting = _run("lpstat", "-a").stdout
    found = [
        Printer(
            name=match["name"],
            default=match["name"] == default,
            accepting=re.search(rf"^{re.escape(match['name'])} accepting", accepting, re.MULTILINE)
            is not None,
            enabled=match["state"] != "disabled",
            reason=(match["reason"] or "").strip(),
        )
        for match in _PRINTER.finditer(listed)
    ]
    return tuple(sorted(found, key=lambda printer: (not printer.default, printer.name)))


_PRINTER = re.compile(
    r"^printer (?P<name>\S+) (?:is |now )?(?P<state>idle|disabled|printing)[^\n]*(?P<reason>(?:\n[ \t]+[^\n]+)*)",
    re.MULTILINE,
)


def send(pdf: bytes, title: str, chosen: Preset) -> Job:
    """Send a document to the preset's queue ("" = the default one), unscaled, one-sided, moved by its offsets.

    `title` shows in the queue, so it must not hold names of people. Raises Refused("printing_unavailable",
    "printer_none", "printer_unknown", "printer_stopped") and WorldFault("print_failed").
    """
    printer = _usable(chosen.printer)
    arguments = ["-d", printer.name, "-n", str(chosen.copies), "-t", title]
    for option in _options(chosen):
        arguments += ["-o", option]
    document = shifted(pdf, chosen.offset_x, chosen.offset_y, chosen.dpi)
    ran = _run("lp", *arguments, "-", given=document)  # by pipe: no copy of it is left anywhere
    match = re.search(r"request id is (\S+)", ran.stdout)
    if ran.returncode != 0 or match is None:
        raise WorldFault("print_failed", printer=printer.name, reason=_first_line(ran.stderr))
    return Job(match[1], printer.name, chosen.copies)


def state_of(job: Job) -> tuple[JobState, str]:
    """What the queue says of a job now, and the printer's own message; WorldFault("print_state") if it cannot tell."""
    server = _run("lpstat", "-H").stdout.strip()
    state, message = ipp.job_state(server, int(job.id.rpartition("-")[2]))
    return _STATES.get(state, JobState.UNKNOWN), message


_STATES = {
    ipp.PENDING: JobState.WAITING,
    ipp.HELD: JobState.HELD,
    ipp.PROCESSING: JobState.PRINTING,
    ipp.STOPPED: JobState.STOPPED,
    ipp.CANCELED: JobState.CANCELLED,
    ipp.ABORTED: JobState.FAILED,
    ipp.COMPLETED: JobState.DONE,
}


def _options(chosen: Preset) -> list[str]:
    options = ["print-scaling=none", "sides=one-sided"]
    if chosen.media:
        options.append(f"media={chosen.media}")
    if chosen.tray:
        options.append(f"InputSlot={chosen.tray}")
    return options


def _usable(name: str) -> Printer:
    """The queue meant; refused where it is not there or does not take jobs."""
    known = printers()
    if not known:
        raise Refused("printer_none")
    found = next((p for p in known if p.name == name or (not name and p.default)), None)
    if found is None:
        names = ", ".join(printer.name for printer in known)
        raise Refused("printer_unknown", printer=name or "－", known=names)
    if not (found.accepting and found.enabled):
        raise Refused("printer_stopped", printer=found.name, reason=found.reason)
    return found


def _default() -> str:
    match = re.search(r"system default destination: (\S+)", _run("lpstat", "-d").stdout)
    return match[1] if match else ""


def _run(command: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """A CUPS command in its untranslated words, with what it reads."""
    if not available():
        raise Refused("printing_unavailable")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    try:
        ran = subprocess.run(
            [command, *arguments],
            capture_output=True,
            input=given,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise WorldFault("print_failed", printer="", reason=f"{command} {_SECONDS} s") from fault
    out, err = (stream.decode("utf-8", "replace") for stream in (ran.stdout, ran.stderr))
    return subprocess.CompletedProcess(ran.args, ran.returncode, out, err)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
