"""Who stands at a desk, as its journal tells: whoever read a badge last today, until the desk's day was ended."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.packing.effects import Do
from jpship_gui.flows import people
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import journal

_SAYS = frozenset({Do.WHO.value, Do.FINISH.value})
_WORDS = tuple(f'"{word}"'.encode() for word in _SAYS)


def present(ws: Workspace, path: Path) -> str:
    """The name; blank where nobody said so today, or whoever did works here no longer."""
    here = {person.name for person in people.active(ws)}
    if not here:
        return ""
    today = datetime.combine(ws.today(), time(), to_jst(ws.now()).tzinfo)
    for entry in journal.naming(path, _WORDS, today):
        for effect in reversed(entry.effects):
            if effect.get("do") in _SAYS:
                name = str(effect.get("person", ""))
                return name if name in here else ""
    return ""
