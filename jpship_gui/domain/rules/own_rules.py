"""The users' own rules, applied: holds and notes become problems, tags are read by `tags_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.subject import CheckInput, Surroundings
from jpship_gui.domain.rules.user_rule import Act, Condition, UserRule, holds


def _of_lines(pick: Callable[..., str]) -> Callable[[CheckInput], str]:
    return lambda subject: "\n".join(pick(line) for line in subject.lines if not line.deleted)


def _day(subject: CheckInput) -> str:
    return subject.wish.day.isoformat() if subject.wish.day else ""


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _value(subject: CheckInput) -> str:
    return str(sum(line.unit_price * line.quantity for line in subject.lines if not line.deleted))


# What a user's condition may look at; words from `rule_field.<name>`.
FIELDS: Mapping[str, Callable[[CheckInput], str]] = {
    "marketplace": lambda s: s.order.id.marketplace,
    "shop": lambda s: s.order.id.shop,
    "number": lambda s: s.order.id.number,
    "name": lambda s: s.recipient.name,
    "postal_code": lambda s: s.recipient.postal_code,
    "prefecture": lambda s: s.recipient.prefecture,
    "address": lambda s: s.recipient.address,
    "phone": lambda s: s.recipient.phone,
    "sku": _of_lines(lambda line: line.sku),
    "goods": _of_lines(lambda line: f"{line.name} {line.variant}"),
    "options": _of_lines(lambda line: line.options),
    "pieces": lambda s: str(sum(line.quantity for line in s.lines if not line.deleted)),
    "lines": lambda s: str(sum(not line.deleted for line in s.lines)),
    "charged": lambda s: "" if s.order.money.charged is None else str(s.order.money.charged),
    "payment": lambda s: s.order.payment,
    "delivery_method": lambda s: s.order.delivery_method,
    "cash_on_delivery": lambda s: _flag(s.order.cash_on_delivery),
    "gift": lambda s: _flag(s.order.gift),
    "remark": lambda s: s.order.buyer_text,
    "memo": lambda s: s.order.memo,
    "wish_day": _day,
    "wish_slot": lambda s: s.wish.slot,
    "ship_by": lambda s: to_jst(s.ship_by).date().isoformat() if s.ship_by else "",
    "sub_status": lambda s: s.order.sub_status,
    "flags": lambda s: " ".join(s.order.flags),
    "value": _value,
    "weight": lambda s: _number(s.goods.measures.grams),
    "size": lambda s: _number(s.goods.measures.size),
    "temperature": lambda s: " ".join(filter(None, s.goods.temperatures)),
    "shelf": lambda s: s.goods.shelf,
    "island": lambda s: _flag(s.package is not None and s.package.isolated_island),
    "requested": lambda s: s.package.planned_carrier if s.package else "",
    "pick_up": lambda s: s.package.drop_off if s.package else "",
}
FIELD_NAMES = frozenset(FIELDS)


def _fields_of(condition: Condition) -> set[str]:
    if not condition.join:
        return {condition.field}
    return set().union(*(_fields_of(part) for part in condition.parts))


def catching(rules: Iterable[UserRule], subject: CheckInput) -> list[UserRule]:
    """The rules that catch a shipment."""
    rules = list(rules)
    if not rules:
        return []
    names = set().union(*(_fields_of(rule.condition) for rule in rules))
    values = {name: FIELDS[name](subject) for name in names}
    return [rule for rule in rules if holds(rule.condition, values)]


def own_rules(subject: CheckInput, around: Surroundings) -> list[Problem]:
    """One problem per hold or note, each with its rule's name."""
    severity = {Act.HOLD: Severity.BLOCK, Act.NOTE: Severity.WARN}
    return [
        Problem(f"own_rule_{act.value}", severity[act], "", {"rule": rule.name, "text": text})
        for rule in catching(around.user_rules, subject)
        for act, text in rule.acts
        if act in severity
    ]


def tags_of(subject: CheckInput, rules: Iterable[UserRule]) -> tuple[str, ...]:
    """The tags users' rules give a shipment, each once."""
    tags = (text for rule in catching(rules, subject) for act, text in rule.acts if act is Act.TAG)
    return tuple(dict.fromkeys(tags))
