"""The ordered rules that choose a service, as they are shared in a file (PL-05, XT-02).

They are the users' own rules of the order check (`flows.check.own_rules`), with the act `service`; its text is
`carrier/service`, several by comma (the first that fits), `cheapest`, `cheapest: a/b, c/d`, or `requested`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.check import own_rules
from jpship_gui.flows.check.check import check_all
from jpship_gui.flows.check.own_rules import StoredRule, add, catches, every, remove, replace
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import write_whole
from jpship_gui.store import user_rules

__all__ = ["StoredRule", "add", "catches", "every", "forget", "move", "remove", "replace", "take", "write"]


def move(ws: Workspace, row_id: int, place: int) -> None:
    """Let a rule be tried as the `place`-th (from 1) of all; Refused("rule_unknown")."""
    rules = [rule.row_id for rule in every(ws)]
    if row_id not in rules:
        raise Refused("rule_unknown", rule=row_id)
    rules.remove(row_id)
    rules.insert(max(place - 1, 0), row_id)
    with ws.store.transaction():
        user_rules.set_order(ws.store, rules)
        check_all(ws)


def write(ws: Workspace, path: Path) -> int:
    """All rules in their order as JSON; returns how many. Faults as `write_whole`."""
    rules = [{**rule.body, "active": rule.active} for rule in every(ws)]
    write_whole(path, (json.dumps({"rules": rules}, ensure_ascii=False, indent=1) + "\n").encode())
    return len(rules)


def take(ws: Workspace, path: Path, *, instead: bool = False) -> tuple[int, ...]:
    """Take rules over from such a file, behind those there are, or `instead` of them; returns their row ids.

    Refused("rules_file", "rule_invalid", "rule_service") and nothing is changed.
    """
    rules, made = _read(path), []
    for rule in rules:
        own_rules.must_be_known(ws, rule)
    with ws.store.transaction():
        if instead:
            for known in every(ws):
                user_rules.remove(ws.store, known.row_id)
        for rule in rules:
            body = {key: value for key, value in rule.items() if key != "active"}
            row_id = user_rules.add(ws.store, str(rule["name"]), body)
            made.append(row_id)
            if rule.get("active") is False:
                user_rules.replace(ws.store, row_id, str(rule["name"]), body, False)
        check_all(ws)
    return tuple(made)


def forget(ws: Workspace, row_ids: Sequence[int]) -> None:
    """Take these out again, and check everything open once."""
    with ws.store.transaction():
        for row_id in row_ids:
            user_rules.remove(ws.store, row_id)
        check_all(ws)


def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WorldFault("file_unreadable", file=path.name, reason=str(error.strerror)) from error
    except ValueError as error:
        raise Refused("rules_file", file=path.name) from error
    rules = data.get("rules") if isinstance(data, Mapping) else None
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        raise Refused("rules_file", file=path.name)
    return rules
