"""`jpship carrier match`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.flows.pack.track import message_of
from jpship_gui.flows.paper.match_numbers import Match, confirm, propose, read_list
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def match(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Show which parcel each number of a list belongs to, and link those that were confirmed."""
    found = propose(
        ws, arguments.carrier, sys.stdin.read() if arguments.file == "-" else read_list(Path(arguments.file))
    )
    document: dict[str, Any] = asdict(found)
    lines = [text("match_cli.proposed", **_values(one)) for one in found.proposed]
    lines += [_left(one) for one in found.left]
    lines += [text("match_cli.without", keys=" ".join(found.without))] if found.without else []
    if arguments.take is None:
        lines += [text("match_cli.ask")] if found.proposed else []
        return Answer(document, tuple(lines), Exit.PARTLY if found.left or found.without else Exit.DONE)
    done = confirm(ws, found, arguments.take or None)
    document["taken"] = [
        {"parcel": one.parcel, "number": one.number, "outcome": result.outcome, "text": message_of(result)}
        for one, result in done
    ]
    lines = [f"{one.parcel} {message_of(result)}" for one, result in done] + [
        _left(one) for one in found.left
    ]
    whole = all(result.ok for _, result in done) and not found.left
    return Answer(document, tuple(lines), Exit.DONE if whole else Exit.PARTLY)


def _values(one: Match) -> dict[str, object]:
    return {
        "line": one.line,
        "number": one.number,
        "parcel": one.parcel,
        "order": one.order,
        "name": one.recipient,
    }


def _left(one: Match) -> str:
    return text("match_cli.left", line=one.line, number=one.number, why=text(f"match.{one.reason}"))
