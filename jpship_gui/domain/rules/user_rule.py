"""Rules users make: conditions on any field joined by and/or, and what is to happen (CK-15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Act(StrEnum):
    """What a rule does to the shipments it catches."""

    HOLD = "hold"
    TAG = "tag"
    NOTE = "note"
    SERVICE = "service"  # go by this service: carrier/service, several by comma, cheapest, requested


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison, or several joined: `join` is "all" or "any" over `parts`, "" for a comparison."""

    field: str = ""
    test: str = ""
    value: str = ""
    join: str = ""
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class UserRule:
    """A named rule; `acts` are (act, text): the hold's reason, the tag, the note."""

    name: str
    condition: Condition
    acts: tuple[tuple[Act, str], ...]
    row_id: int = 0


class RuleError(ValueError):
    """A rule as data that says nothing; `where` names the part: `name`, `do`, or a place such as `if.all.2`."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def _number(text: str) -> float:
    return float(text.replace(",", "").strip() or "nan")


TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "is": lambda found, value: found == value,
    "is_not": lambda found, value: found != value,
    "contains": lambda found, value: value in found,
    "contains_not": lambda found, value: value not in found,
    "starts": lambda found, value: found.startswith(value),
    "ends": lambda found, value: found.endswith(value),
    "one_of": lambda found, value: found in [part.strip() for part in value.split(",")],
    "empty": lambda found, value: not found,
    "filled": lambda found, value: bool(found),
    "at_least": lambda found, value: _compare(found, value) >= 0,
    "at_most": lambda found, value: _compare(found, value) <= 0,
}
_WITHOUT_VALUE = frozenset({"empty", "filled"})


def _compare(found: str, value: str) -> int:
    """Numbers as numbers, everything else (ISO dates) as text; what is not there is less than anything."""
    try:
        one, other = _number(found), _number(value)
    except ValueError:
        return (found > value) - (found < value)
    return -1 if one != one else (one > other) - (one < other)


def parse_rule(data: Mapping[str, Any], fields: frozenset[str], row_id: int = 0) -> UserRule:
    """The rule a JSON object says; RuleError where it names no field, test or act there is.

    `{"name", "if": CONDITION, "do": [[act, text], …]}`; CONDITION is `{"field", "test", "value"}`, `{"all": […]}` or
    `{"any": […]}`.
    """
    name = str(data.get("name") or "").strip()
    if not name:
        raise RuleError("name")
    acts = []
    for act in data.get("do") or ():
        if len(act) != 2 or act[0] not in tuple(Act) or not str(act[1]).strip():
            raise RuleError("do")
        acts.append((Act(act[0]), str(act[1]).strip()))
    if not acts:
        raise RuleError("do")
    return UserRule(name, _condition(data.get("if"), fields, "if"), tuple(acts), row_id)


def _condition(data: Any, fields: frozenset[str], where: str) -> Condition:
    if not isinstance(data, Mapping):
        raise RuleError(where)
    for join in ("all", "any"):
        if join in data:
            parts = data[join]
            if not isinstance(parts, list) or not parts:
                raise RuleError(f"{where}.{join}")
            made = tuple(
                _condition(part, fields, f"{where}.{join}.{n}") for n, part in enumerate(parts, start=1)
            )
            return Condition(join=join, parts=made)
    field, test, value = (str(data.get(name) or "") for name in ("field", "test", "value"))
    if field not in fields or test not in TESTS or not (value or test in _WITHOUT_VALUE):
        raise RuleError(where)
    return Condition(field, test, value)


def plain_rule(rule: UserRule) -> dict[str, Any]:
    """The JSON object `parse_rule` takes."""
    return {
        "name": rule.name,
        "if": _plain(rule.condition),
        "do": [[act.value, text] for act, text in rule.acts],
    }


def _plain(condition: Condition) -> dict[str, Any]:
    if condition.join:
        return {condition.join: [_plain(part) for part in condition.parts]}
    plain = {"field": condition.field, "test": condition.test}
    return plain | {"value": condition.value} if condition.value else plain


def holds(condition: Condition, values: Mapping[str, str]) -> bool:
    """Whether a condition is true for field values; a field that is not there is blank."""
    if condition.join == "all":
        return all(holds(part, values) for part in condition.parts)
    if condition.join == "any":
        return any(holds(part, values) for part in condition.parts)
    return TESTS[condition.test](values.get(condition.field, ""), condition.value)
