"""`jpship scan`: the packing desk without a screen, one code a line in, one answer a line out."""

from __future__ import annotations

import json
from typing import IO

from jpship_gui.domain.packing.outcomes import Klass
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.flows.workspace import Workspace


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
        unanswered = opened.session.state.locked
        opened.leave()
    return not unanswered


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
