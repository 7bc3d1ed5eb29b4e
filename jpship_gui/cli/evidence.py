"""`jpship evidence …`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.domain.clock import to_jst
from jpship_gui.flows.pack import camera, evidence
from jpship_gui.flows.pack.evidence import Evidence
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def add(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Attach files to a parcel."""
    return _told(ws, [evidence.attach(ws, arguments.key, Path(file)) for file in arguments.files])


def take_photo(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take a photo and attach it."""
    return _told(ws, [camera.shoot(ws, arguments.key)])


def list_evidence(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What is attached."""
    return _told(ws, list(dict.fromkeys(one for key in arguments.keys for one in evidence.listed(ws, key))))


def export(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Write it into a folder."""
    done = evidence.export(ws, arguments.keys, Path(arguments.out).expanduser())
    lines = [str(path) for path in done.files]
    lines += [text("evidence.elsewhere", desk=one.desk or "－", hash=one.hash[:12]) for one in done.missing]
    document = {
        "files": [str(path) for path in done.files],
        "missing": [_plain(ws, one) for one in done.missing],
    }
    return Answer(document, tuple(lines), Exit.PARTLY if done.missing else Exit.DONE)


def remove(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take one off."""
    evidence.remove(ws, arguments.key, arguments.hash, arguments.reason)
    return Answer({"removed": arguments.hash}, (text("evidence.removed"),))


def expire(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Remove what is past its time."""
    gone = evidence.expire(ws, arguments.older_than)
    words = text("evidence.expired", entries=gone.entries, files=gone.files + gone.strays)
    return Answer({"entries": gone.entries, "files": gone.files, "strays": gone.strays}, (words,))


def _told(ws: Workspace, found: Sequence[Evidence]) -> Answer:
    lines = []
    for one in found:
        at = f"{to_jst(one.at):%Y-%m-%d %H:%M}" if one.at else "－"
        kind = text(f"evidence.kind.{one.kind}")
        lines.append(f"{one.parcel}  {at}  {kind}  {one.person or '－'}  {one.hash[:12]}{one.suffix}")
    return Answer([_plain(ws, one) for one in found], tuple(lines) or (text("evidence.none"),))


def _plain(ws: Workspace, one: Evidence) -> dict[str, Any]:
    path = evidence.path_of(ws, one)
    return {
        **{"shipment": one.shipment, "order": one.order, "parcel": one.parcel, "kind": one.kind},
        **{"at": one.at, "person": one.person, "desk": one.desk, "hash": one.hash},
        "path": str(path) if path.exists() else None,
    }
