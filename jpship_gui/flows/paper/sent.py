"""What became of papers handed to a print queue; nothing is said to be printed that no queue took (PR-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.paper import begun, print_queue
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_queue import Job, JobState
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments
from jpship_gui.store.prints import Print

LOST = frozenset(prints.BACK)
_DEAD = timedelta(minutes=5)  # a queue answers in half a minute: whoever was sending then is gone
_ENDS = {
    JobState.DONE: prints.DONE,
    JobState.FAILED: prints.FAILED,
    JobState.CANCELLED: prints.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class News:
    """A print whose job came to an end or stands still. `back` are the shipments that wait for printing again."""

    made: Print
    state: str
    said: str
    back: tuple[str, ...] = ()


def send_print(ws: Workspace, print_id: int, pdf: bytes, chosen: Preset, title: str) -> Job:
    """Send a document made before and note where it went; faults as `print_queue.send`."""
    job = print_queue.send(pdf, title, chosen)
    note_sent(ws, print_id, job)
    return job


def note_sent(ws: Workspace, print_id: int, job: Job) -> None:
    """A queue, or the window's own printing (job id ""), took a document."""
    with ws.store.transaction():
        prints.set_sent(ws.store, print_id, prints.SENT, job.printer, job.id, job.copies)


def note_unsent(ws: Workspace, print_id: int, state: str = prints.UNSENT, said: str = "") -> tuple[str, ...]:
    """No paper came of a document: what it alone made "printed" waits for printing again, a sheet it began is free.
    What had been printed before still is, and can be packed with the slip of then.

    Returns the keys of those that wait; one that was packed meanwhile, or printed otherwise, stays as it is.
    """
    with ws.store.transaction():
        prints.set_state(ws.store, print_id, state, said)
        found = prints.undone(ws.store, print_id)
        for one in found:
            if one.at is not None:
                shipments.mark(ws.store, [one.row_id], "printed", one.at, one.by, one.how)
                history.add(ws.store, [one.row_id], "print_unsent_kept", ws.now(), ws.person, ws.desk)
        waiting = [one for one in found if one.at is None]
        row_ids = [one.row_id for one in waiting]
        shipments.unmark(ws.store, row_ids, "printed")
        prints.pass_over(ws.store, print_id)
        history.add(ws.store, row_ids, "print_unsent", ws.now(), ws.person, ws.desk)
        shipments.restage(ws.store, [one.row_id for one in found])
        ws.store.touch()
    begun.take_back(ws, print_id)
    return tuple(one.key for one in waiting)


def follow(ws: Workspace) -> tuple[News, ...]:
    """Ask the queue about this desk's jobs; what ended is noted, what failed or was cancelled comes back.

    A job the queue has forgotten, or cannot be asked about now, stays "sent": nobody knows better.
    """
    news = [_given_up(ws, made) for made in _left_behind(ws)]
    for made in prints.in_state(ws.store, ws.desk, (prints.SENT,)):
        if not made.job or not print_queue.available():
            continue
        try:
            state, said = print_queue.state_of(Job(made.job, made.printer, 1))
        except WorldFault:
            continue
        ended = _ENDS.get(state)
        if ended == prints.DONE:
            with ws.store.transaction():
                prints.set_state(ws.store, made.row_id, prints.DONE, said)
            news.append(News(made, prints.DONE, said))
        elif ended is not None:
            news.append(News(made, ended, said, note_unsent(ws, made.row_id, ended, said)))
        elif state in (JobState.HELD, JobState.STOPPED):
            news.append(News(made, state.value, said))
    return tuple(news)


def waiting_jobs(ws: Workspace) -> bool:
    """Whether this desk has a job whose end nobody knows yet."""
    return any(made.job for made in prints.in_state(ws.store, ws.desk, (prints.SENT, prints.SENDING)))


def _left_behind(ws: Workspace) -> list[Print]:
    """Documents that were being sent when the program ended."""
    sending = prints.in_state(ws.store, ws.desk, (prints.SENDING,))
    return [made for made in sending if ws.now() - made.at > _DEAD]


def _given_up(ws: Workspace, made: Print) -> News:
    return News(made, prints.UNSENT, "", note_unsent(ws, made.row_id))
