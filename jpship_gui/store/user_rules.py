"""Rules users make, as the JSON objects they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jpship_gui.store.codec import dumps
from jpship_gui.store.database import Store


@dataclass(frozen=True, slots=True)
class StoredRule:
    """One rule; `body` is what `domain.rules.user_rule.parse_rule` takes."""

    row_id: int
    body: Mapping[str, Any]
    active: bool


def every(store: Store) -> list[StoredRule]:
    """All rules in the order they are tried."""
    rows = store.rows("SELECT id, body, active FROM user_rules ORDER BY place, id")
    return [StoredRule(row_id, json.loads(body), bool(active)) for row_id, body, active in rows]


def add(store: Store, name: str, body: Mapping[str, Any]) -> int:
    """Keep a new rule, tried after all others; returns its row id."""
    place = int(store.value("SELECT MAX(place) FROM user_rules") or 0) + 1
    return store.insert(
        "INSERT INTO user_rules (name, body, active, place) VALUES (?, ?, 1, ?)",
        (name, dumps(dict(body)), place),
    )


def replace(store: Store, row_id: int, name: str, body: Mapping[str, Any], active: bool) -> None:
    """Write a rule anew."""
    store.execute(
        "UPDATE user_rules SET name = ?, body = ?, active = ? WHERE id = ?",
        (name, dumps(dict(body)), int(active), row_id),
    )


def set_order(store: Store, row_ids: Sequence[int]) -> None:
    """Let rules be tried in this order."""
    store.many(
        "UPDATE user_rules SET place = ? WHERE id = ?",
        [(place, row_id) for place, row_id in enumerate(row_ids, start=1)],
    )


def remove(store: Store, row_id: int) -> None:
    """Forget a rule."""
    store.execute("DELETE FROM user_rules WHERE id = ?", (row_id,))
