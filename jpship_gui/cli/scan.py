"""`jpship scan`: the packing desk without a screen, one code a line in, one answer a line out."""

from __future__ import annotations

import json
import sys
from typing import IO, Protocol

from jpship_gui.cli.output import fault_text
from jpship_gui.cli.telling import Teller, trouble_line, words_of
from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.camera import shoot, wants_photo
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.flows.paper.reprint_slip import asked_for, reprint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


class Lines(Protocol):
    """Whatever gives a line at a time, "" at its end."""

    def readline(self) -> str:
        """With its line end."""


def run(
    ws: Workspace, codes: Lines, out: IO[str], desk: str = "", person: str = "", *, as_json: bool = False
) -> bool:
    """Answer every line until the input ends; blank lines are passed over. A `person` of the shop is there first.

    An answer is written and flushed once its journal line is on disk; the database follows beside that. A code that
    could not be recorded is answered as not taken, trouble with the database by a line of its own. Returns whether all
    was taken and the work ended without an NG nobody had acknowledged. Ending the input acknowledges it, and the
    journal says so.
    """
    with Desk(ws, desk) as opened:
        if person not in ("", opened.session.person) and opened.session.crew.by_click(person):
            opened.choose(person)
        teller = Teller(opened, out, as_json)
        opened.follow_beside()
        taken = True
        for line in iter(codes.readline, ""):
            raw = line.rstrip("\r\n")
            if not raw.strip():
                continue
            answer = _answer(opened, raw, out, as_json)
            taken = taken and answer is not None
            teller.look()
            opened.apply_pending()
            if answer is not None and (key := asked_for(answer)):
                _reprint(ws, key)
            if answer is not None and wants_photo(answer):
                _photo(ws, answer.shipment)
        unanswered = opened.session.state.locked
        try:
            opened.leave()
        except WorldFault as fault:
            taken = _refused("", fault, out, as_json)
    teller.look()
    if opened.waiting:
        out.write(
            trouble_line(text("pack.cli.left", lines=opened.waiting), "waiting", opened.waiting, as_json)
        )
    return taken and not unanswered


def _answer(opened: Desk, raw: str, out: IO[str], as_json: bool) -> Answer | None:
    """The answer, be it OK or NG; None where the code was not taken."""
    try:
        answer = opened.scan(raw)
    except WorldFault as fault:
        _refused(raw, fault, out, as_json)
        return None
    out.write(_line(answer, as_json))
    out.flush()
    return answer


def _refused(raw: str, fault: Fault, out: IO[str], as_json: bool) -> bool:
    title, more = words_of(fault)
    message = text("pack.cli.not_taken", title=title, more=more)
    plain = {"text": raw, "outcome": "", "class": Klass.NG.value, "message": message, "fault": fault.code}
    out.write(json.dumps(plain, ensure_ascii=False) + "\n" if as_json else f"{message}\n")
    out.flush()
    return False


def _photo(ws: Workspace, key: str) -> None:
    """By the desk's camera; what went wrong stands on standard error."""
    try:
        shoot(ws, key)
    except Fault as fault:
        print(fault_text(fault), file=sys.stderr)


def _reprint(ws: Workspace, key: str) -> None:
    """A slip once more; what the printer says goes to standard error, and the scans go on."""
    try:
        made = reprint(ws, key)
        sys.stderr.write(text("packmodes.reprint.sent", order=made.order, printer=made.printer) + "\n")
    except Fault as fault:
        words = text("packmodes.reprint.failed", order=key, why=fault_text(fault))
        sys.stderr.write(words + "\n")


def _line(answer: Answer, as_json: bool) -> str:
    if not as_json:
        return f"{_SIGNS[answer.klass]} {headline_of(answer)}  {message_of(answer)}\n"
    plain = {
        "text": answer.raw,
        "outcome": answer.outcome.value,
        "class": answer.klass.value,
        "message": message_of(answer),
        "shipment": answer.shipment,
        "expects": answer.expects.value,
        "reason": answer.reason,
    }
    return json.dumps(plain, ensure_ascii=False) + "\n"


_SIGNS = {Klass.OK: "○", Klass.COMPLETE: "◎", Klass.ATTENTION: "▲", Klass.NG: "×"}
