"""`jpship checklist …`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit
from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.pack import checklist
from jpship_gui.flows.pack.checklist import Checklist
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The checklist in use."""
    return _told(checklist.read(ws, checklist.kept_text(ws)))


def set_list(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Take over a checklist from a file."""
    return _told(checklist.save(ws, _written(arguments.file)))


def try_list(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Which of today's orders each group is for."""
    written = _written(arguments.file) if arguments.file else checklist.kept_text(ws)
    found = checklist.read(ws, written)
    tried = checklist.try_on_today(ws, found)
    document = _document(found)
    for group, shown in zip(found.groups, document["groups"], strict=True):
        shown["fits"] = [{"key": one.key, "order": one.order} for one in tried.fitting[group.line]]
    lines = [text("checklist.looked", looked=tried.looked, waiting=tried.waiting)]
    for group in found.groups:
        fitting = tried.fitting[group.line]
        lines.append(f"{group.name or text('checklist.every')}  {len(fitting)}")
        lines += [f"    {one.key}  {one.order}" for one in fitting]
    lines += map(checklist.flaw_words, found.flaws)
    document |= {"looked": tried.looked, "waiting": tried.waiting}
    return Answer(document, tuple(lines), Exit.PARTLY if found.flaws else Exit.DONE)


def _written(file: str) -> str:
    path = Path(file)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WorldFault("file_unreadable", file=path.name, reason=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise WorldFault("file_unreadable", file=path.name, reason="UTF-8") from error


def _told(found: Checklist) -> Answer:
    lines = []
    for group in found.groups:
        lines.append(f"{group.name or '－'}  {checklist.asks_words(group)}")
        for item in group.items:
            kind = text("checklist.must" if item.must else "checklist.may")
            lines.append(f"    {item.number:>2}  {item.words}  {kind}  {checklist.item_code(item)}")
    lines += map(checklist.flaw_words, found.flaws)
    return Answer(_document(found), tuple(lines), Exit.PARTLY if found.flaws else Exit.DONE)


def _document(found: Checklist) -> dict[str, Any]:
    return {
        "groups": [
            {
                "name": group.name,
                "asks": {question: list(answers) for question, answers in group.asks},
                "items": [
                    {
                        **{"number": item.number, "text": item.words, "must": item.must},
                        **{"code": checklist.item_code(item), "id": item.id},
                    }
                    for item in group.items
                ],
            }
            for group in found.groups
        ],
        "flaws": [
            {"line": flaw.line, "code": flaw.code, "word": flaw.word, "text": checklist.flaw_words(flaw)}
            for flaw in found.flaws
        ],
    }
