"""The users' own rules: kept, tried out before they are saved, removed (CK-15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.planning.choose import REQUESTED, ways_of
from jpship_gui.domain.rules.own_rules import catching
from jpship_gui.domain.rules.user_rule import Act, UserRule
from jpship_gui.flows.check.check import check_all
from jpship_gui.flows.check.planned_rows import PlannedRows
from jpship_gui.flows.check.planning import Planner
from jpship_gui.flows.check.surroundings import ShopSurroundings, read_rule
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, user_rules
from jpship_gui.store.user_rules import StoredRule

__all__ = ["StoredRule", "add", "catches", "every", "must_be_known", "remove", "replace"]


def every(ws: Workspace) -> list[StoredRule]:
    """All rules in the order they are tried."""
    return user_rules.every(ws.store)


def catches(ws: Workspace, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys of the open shipments a rule would catch; Refused("rule_invalid"). Writes nothing."""
    rule: UserRule = read_rule(body)
    rows = checks.load(ws.store, checks.open_rows(ws.store))
    subjects = PlannedRows(ws, rows, Planner(ws, ShopSurroundings(ws))).subjects
    return tuple(subject.key for subject in subjects if catching((rule,), subject))


def add(ws: Workspace, body: Mapping[str, Any]) -> int:
    """Keep a rule and apply it to everything open; returns its row id."""
    rule = must_be_known(ws, body)
    with ws.store.transaction():
        row_id = user_rules.add(ws.store, rule.name, body)
        check_all(ws)
    return row_id


def replace(ws: Workspace, row_id: int, body: Mapping[str, Any], active: bool = True) -> None:
    """Write a rule anew or switch it off, and apply it."""
    rule = must_be_known(ws, body)
    with ws.store.transaction():
        user_rules.replace(ws.store, row_id, rule.name, body, active)
        check_all(ws)


def must_be_known(ws: Workspace, body: Mapping[str, Any]) -> UserRule:
    """The rule; Refused("rule_invalid"), and ("rule_service") where it names a service there is not."""
    rule = read_rule(body)
    known = ws.carriers()
    for act, words in rule.acts:
        ways = ways_of(words) if act is Act.SERVICE and words != REQUESTED else ()
        for carrier, service in ways:
            found = known.get(carrier)
            if found is None or (service and found.service(service) is None):
                raise Refused("rule_service", rule=rule.name, service=f"{carrier}/{service}".rstrip("/"))
    return rule


def remove(ws: Workspace, row_id: int) -> None:
    """Forget a rule; its holds fall away."""
    with ws.store.transaction():
        user_rules.remove(ws.store, row_id)
        check_all(ws)
