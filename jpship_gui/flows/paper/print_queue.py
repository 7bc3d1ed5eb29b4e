"""Papers to the system's print queue (CUPS, through `lp`): what is sent is said to be sent, never printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.workspace import Workspace
from jpship_gui.net import ipp
from jpship_gui.store import history, prints, shipments

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
    DONE = "done"
    FAILED = "failed"
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
    """Send a document to the preset's queue ("" = the default one), unscaled and one-sided.

    `title` shows in the queue, so it must not hold names of people. Raises Refused("printing_unavailable",
    "printer_none", "printer_unknown", "printer_stopped") and WorldFault("print_failed").
    """
    printer = _usable(chosen.printer)
    arguments = ["-d", printer.name, "-n", str(chosen.copies), "-t", title]
    for option in _options(chosen):
        arguments += ["-o", option]
    with tempfile.TemporaryDirectory(prefix="jpship-print-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        ran = _run("lp", *arguments, "--", str(path))
    match = re.search(r"request id is (\S+)", ran.stdout)
    if ran.returncode != 0 or match is None:
        raise WorldFault("print_failed", printer=printer.name, reason=_first_line(ran.stderr))
    return Job(match[1], printer.name, chosen.copies)


def send_print(ws: Workspace, print_id: int, pdf: bytes, chosen: Preset, title: str) -> Job:
    """Send a document made before and note the queue with it; faults as `send`."""
    job = send(pdf, title, chosen)
    with ws.store.transaction():
        prints.set_printer(ws.store, print_id, job.printer)
    return job


def note_sent(ws: Workspace, print_id: int, printer: str) -> None:
    """Note the printer a document went to by another way than `send_print` (the window's own printing)."""
    with ws.store.transaction():
        prints.set_printer(ws.store, print_id, printer)


def note_unsent(ws: Workspace, print_id: int) -> tuple[str, ...]:
    """The queue did not take a batch of slips: what this print alone made "printed" waits for printing again.

    Returns the keys of those shipments; one that was packed meanwhile, or printed otherwise, stays as it is.
    """
    with ws.store.transaction():
        rows = ws.store.rows(
            "SELECT s.id, s.key FROM shipments s JOIN print_rows r ON r.shipment_id = s.id "
            "JOIN prints p ON p.id = r.print_id WHERE p.id = ? AND p.document = ? AND s.printed_at = p.at "
            "AND s.linked_at IS NULL AND s.checked_at IS NULL",
            (print_id, prints.SLIP),
        )
        row_ids = list(dict.fromkeys(row_id for row_id, _ in rows))
        shipments.unmark(ws.store, row_ids, "printed")
        history.add(ws.store, row_ids, "print_unsent", ws.now(), ws.person, ws.desk)
        shipments.restage(ws.store, row_ids)
    return tuple(dict.fromkeys(key for _, key in rows))


def state_of(job: Job) -> tuple[JobState, str]:
    """What the queue says of a job now, and the printer's own message; WorldFault("print_state") if it cannot tell."""
    server = _run("lpstat", "-H").stdout.strip()
    state, message = ipp.job_state(server, int(job.id.rpartition("-")[2]))
    return _STATES.get(state, JobState.UNKNOWN), message


_STATES = {
    ipp.PENDING: JobState.WAITING,
    ipp.HELD: JobState.HELD,
    ipp.PROCESSING: JobState.PRINTING,
    ipp.STOPPED: JobState.FAILED,
    ipp.CANCELED: JobState.FAILED,
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


def _run(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A CUPS command in its untranslated words."""
    if not available():
        raise Refused("printing_unavailable")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    try:
        return subprocess.run(
            [command, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise WorldFault("print_failed", printer="", reason=f"{command} {_SECONDS} s") from fault


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
