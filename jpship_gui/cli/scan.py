"""`jpship scan`: the packing desk without a screen, one code a line in, one answer a line out."""

from __future__ import annotations

import json
import sys
from typing import IO

from jpship_gui.cli.output import fault_text
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.flows.paper.reprint_slip import asked_for, reprint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def run(ws: Workspace, codes: IO[str], out: IO[str], desk: str = "", *, as_json: bool = False) -> bool:
    """Answer every line until the input ends; blank lines are passed over.

    An answer is written and flushed once its journal line is on disk; the database follows after that. Returns
    whether the work ended without an NG nobody had acknowledged. Ending the input acknowledges it, and the journal
    says so.
    """
    with Desk(ws, desk) as opened:
        for line in iter(codes.readline, ""):
            raw = line.rstrip("\r\n")
            if not raw.strip():
                continue
            answer = opened.scan(raw)
            out.write(_line(answer, as_json))
            out.flush()
            opened.apply_pending()
            if key := asked_for(answer):
                _reprint(ws, key)
        unanswered = opened.session.state.locked
        opened.leave()
    return not unanswered


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
