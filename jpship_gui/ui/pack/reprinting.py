"""A slip printed again while packing goes on: scans never wait for a printer."""

from __future__ import annotations

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.flows.paper import print_queue
from jpship_gui.flows.paper.presets import Preset
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.reprint_slip import Reprinted, reprint
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.sound import Speaker
from jpship_gui.ui.show import show_fault


def start(desk: Desk, speaker: Speaker, key: str, order: str) -> None:
    """Print in the background; what became of it is said above the page."""

    def done(made: Reprinted) -> None:
        desk.say(text("packmodes.reprint.sent", order=made.order, printer=made.printer))

    def failed(fault: Fault) -> None:
        shown = show_fault(fault)
        why = f"{shown.title} {shown.more}".strip()
        desk.warn(text("packmodes.reprint.failed", order=order, why=why))
        speaker.play(Klass.ATTENTION.value)

    ws = desk.ws
    desk.tasks.run(lambda _: reprint(ws, key, _send), done=done, failed=failed)


def _send(pdf: bytes, title: str, chosen: Preset) -> Job:
    """The system's queue where there is one, else Qt's own printing."""
    if print_queue.available():
        return print_queue.send(pdf, title, chosen)
    from jpship_gui.ui.paper import qt_printing

    return qt_printing.send(pdf, title, chosen)
