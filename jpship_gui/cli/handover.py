"""`jpship handover`: parcels as the driver takes them, without a screen (PK-21)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import IO, Any

from jpship_gui.cli.ending import InputLines
from jpship_gui.cli.output import Answer, Exit
from jpship_gui.cli.scan import Lines
from jpship_gui.cli.telling import Teller, trouble_line
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.handover.session import Answer as Read
from jpship_gui.domain.handover.world import Left, Session, Waiting, Way
from jpship_gui.domain.packing.outcomes import Klass, Outcome
from jpship_gui.flows.handover import listing
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.say import carrier_name, headline_of, message_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_SIGNS = {Klass.OK: "○", Klass.COMPLETE: "◎", Klass.ATTENTION: "▲", Klass.NG: "×"}


def handover(ws: Workspace, arguments: argparse.Namespace) -> Answer | Exit:
    """What was asked for: a list, or the scans of standard input."""
    if arguments.list:
        return _waiting(ws)
    if arguments.history:
        return _history(ws)
    if arguments.show:
        return _show(ws, arguments.show)
    if arguments.paper:
        return _paper(ws, arguments.paper, arguments.out)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    with InputLines(sys.stdin) as codes:
        return run(ws, codes, sys.stdout, arguments, as_json=bool(getattr(arguments, "json", False)))


def run(ws: Workspace, codes: Lines, out: IO[str], arguments: argparse.Namespace, *, as_json: bool) -> Exit:
    """Answer every line until the input ends. An answer is written and flushed once its journal line is on disk; the
    database follows beside that, and trouble with it is told by a line of its own."""
    marks = [_mark(words) for words in arguments.left]
    with HandoverDesk(ws, arguments.desk) as desk:
        teller = Teller(desk, out, as_json)
        desk.follow_beside()

        def say(answer: Read) -> None:
            out.write(_line(answer, as_json))
            out.flush()
            teller.look()
            desk.apply_pending()

        carrier, running = arguments.carrier, desk.session.state.carrier
        if carrier and carrier not in ws.carriers():
            raise Refused("carrier_unknown", carrier=carrier, known=", ".join(ws.carriers()))
        if carrier and carrier != running:
            way = Way.COUNTER if arguments.counter else Way.DRIVER
            say(desk.begin(carrier, way, arguments.place or str(ws.options.get("handover.place"))))
        for line in iter(codes.readline, ""):
            raw = line.rstrip("\r\n")
            if raw.strip():
                say(desk.scan(raw))
        locked = desk.session.state.locked
        desk.leave()
        if arguments.finish:
            for parcel, reason in marks:
                say(desk.mark(parcel, reason))
            say(desk.finish(arguments.driver, arguments.note))
        if desk.session.state.session:
            print(text("handover.cli.still_running"), file=sys.stderr)
    teller.look()
    if desk.waiting:
        out.write(trouble_line(text("pack.cli.left", lines=desk.waiting), "waiting", desk.waiting, as_json))
    return Exit.PARTLY if locked else Exit.DONE


def _mark(words: str) -> tuple[str, Left]:
    parcel, equals, reason = words.partition("=")
    if not equals or reason not in (Left.LATER, Left.NOT_FOUND):
        raise Refused("choice_form", found=words)
    return parcel, Left(reason)


def _line(answer: Read, as_json: bool) -> str:
    if not as_json:
        return f"{_SIGNS[answer.klass]} {headline_of(answer)}  {message_of(answer)}\n"
    plain: dict[str, Any] = {
        "text": answer.raw,
        "outcome": answer.outcome.value,
        "class": answer.klass.value,
        "message": message_of(answer),
        "shipment": answer.shipment,
        "expects": answer.expects,
        "reason": answer.reason,
    }
    if answer.outcome in (Outcome.OK_TAKEN, Outcome.OK_DONE, Outcome.OK_OPEN):
        plain |= {name: int(answer.values[name]) for name in ("taken", "total")}
    if answer.names:
        plain["names"] = list(answer.names)
    return json.dumps(plain, ensure_ascii=False) + "\n"


def _waiting(ws: Workspace) -> Answer:
    found = listing.overview(ws)
    document, lines = [], []
    for one in found.carriers:
        mine = found.of(one.carrier)
        minutes = int(one.left.total_seconds() // 60) if one.left is not None else None
        document.append(
            {
                "carrier": one.carrier,
                "ready": one.ready,
                "stopped": one.stopped,
                "older": one.older,
                "pickup": one.pickup.isoformat() if one.pickup else None,
                "minutes": minutes,
                "session": one.session.id if one.session else None,
                "parcels": [_waiting_plain(parcel) for parcel in mine],
            }
        )
        counts = {"ready": one.ready, "stopped": one.stopped, "older": one.older}
        head = text("handover.cli.carrier", carrier=carrier_name(one.carrier), **counts)
        if minutes is not None and minutes >= 0:
            head = f"{head}  {text('handover.cli.cutoff', minutes=minutes)}"
        lines.append(head)
        lines += [
            text(
                "handover.cli.waiting",
                number=parcel.number,
                order=parcel.order,
                standing=text(f"handover.standing.{parcel.standing.value}"),
            )
            for parcel in mine
        ]
    return Answer(document, tuple(lines) or (text("handover.cli.none"),))


def _waiting_plain(one: Waiting) -> dict[str, Any]:
    return {
        "shipment": one.shipment,
        "parcel": one.parcel,
        "order": one.order,
        "number": one.number,
        "standing": one.standing.value,
        "linked_on": one.linked_on.isoformat() if one.linked_on else None,
    }


def _history(ws: Workspace) -> Answer:
    found = listing.history(ws)
    return Answer([_plain(one) for one in found], tuple(_session_line(one) for one in found))


def _show(ws: Workspace, session: str) -> Answer:
    found, parcels = listing.parcels_of(ws, session)
    rows = [
        {
            "shipment": one.shipment,
            "parcel": one.parcel,
            "order": one.order,
            "number": one.number,
            "taken": one.taken,
            "reason": one.reason,
            "proof": one.proof,
            "at": one.at.isoformat(),
            "person": one.person,
        }
        for one in parcels
    ]
    said = {"taken": text("handover.word.ok_taken")}
    lines = [_session_line(found)]
    lines += [
        text(
            "handover.cli.waiting",
            number=one.number,
            order=one.order,
            standing=said["taken"] if one.taken else text(f"handover.left.{one.reason}"),
        )
        for one in parcels
    ]
    return Answer({**_plain(found), "parcels": rows}, tuple(lines))


def _paper(ws: Workspace, session: str, out: str) -> Answer:
    from jpship_gui.flows.paper.print_handover import print_session

    if not out:
        raise Refused("choice_form", found="--out")
    made = print_session(ws, session, Path(out))
    words = text("paper.document.handover")
    line = text(
        "cli.paper_made", document=words, count=len(made.printed), pages=made.pages, file=str(made.path)
    )
    return Answer({"file": str(made.path), "pages": made.pages, "printed": list(made.printed)}, (line,))


def _plain(one: Session) -> dict[str, Any]:
    return {
        "id": one.id,
        "carrier": one.carrier,
        "way": one.way.value,
        "place": one.place,
        "desk": one.desk,
        "person": one.person,
        "begun": one.begun_at.isoformat(),
        "ended": one.ended_at.isoformat() if one.ended_at else None,
        "ended_by": one.ended_by,
        "driver": one.driver,
        "note": one.note,
        "taken": one.taken,
        "left": one.left,
    }


def _session_line(one: Session) -> str:
    return text(
        "handover.cli.session",
        id=one.id,
        at=f"{to_jst(one.begun_at):%m-%d %H:%M}",
        carrier=carrier_name(one.carrier),
        way=text(f"handover.way.{one.way.value}"),
        place=one.place,
        taken=one.taken,
        left=one.left,
    )
