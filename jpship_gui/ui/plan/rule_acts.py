"""Reads, tries, keeps and moves the rules that choose a service, in the data thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from jpship_gui.domain.rules.user_rule import Act
from jpship_gui.flows.check import own_rules
from jpship_gui.flows.check.own_rules import StoredRule
from jpship_gui.flows.plan import rules
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.condition_rows import Choices
from jpship_gui.ui.plan.rule_rows import RuleItem
from jpship_gui.ui.plan.rules_view import RulesView

FIELDS = (
    *(
        "prefecture",
        "charged",
        "value",
        "size",
        "weight",
        "pieces",
        "temperature",
        "gift",
        "cash_on_delivery",
    ),
    *("wish_day", "wish_slot", "marketplace", "shop", "goods", "sku", "shelf", "island", "requested"),
    *("delivery_method", "pick_up", "postal_code", "address", "remark", "memo", "options", "payment"),
    *("lines", "number", "name", "phone", "ship_by", "sub_status", "flags"),
)
_YES = (("yes", "planpage.rule.yes"), ("no", "planpage.rule.no"))
_MARKETS = ("rakuten", "amazon", "yahoo", "qoo10")
CHOICES: Choices = {
    **dict.fromkeys(("gift", "cash_on_delivery", "island"), _YES),
    "temperature": (("chilled", "temperature.chilled"), ("frozen", "temperature.frozen")),
    "marketplace": tuple((name, f"name.marketplace.{name}") for name in _MARKETS),
}


@dataclass(frozen=True, slots=True)
class ReadRules:
    """The rules in their order, and what a rule may choose."""

    rules: tuple[RuleItem, ...]
    ways: tuple[tuple[str, str], ...]


def read_rules(ws: Workspace) -> ReadRules:
    """In the data thread."""
    ways = [("cheapest", text("planpage.rule.cheapest")), ("requested", text("planpage.rule.requested"))]
    for carrier in ws.carriers().values():
        name = names.carrier_name(carrier.id)
        ways += [(f"{carrier.id}/{one.id}", f"{name} {one.called(language())}") for one in carrier.services]
        ways += [] if carrier.services else [(carrier.id, name)]
    words = dict(ways)
    chosen = [one for one in own_rules.every(ws) if _service_of(one)]
    return ReadRules(
        tuple(_item(one, place, words) for place, one in enumerate(chosen, start=1)), tuple(ways)
    )


def _service_of(rule: StoredRule) -> str:
    return next((str(words) for act, words in rule.body.get("do", ()) if act == Act.SERVICE), "")


def _item(rule: StoredRule, place: int, words: dict[str, str]) -> RuleItem:
    way = _service_of(rule)
    others = tuple((str(act), str(said)) for act, said in rule.body.get("do", ()) if act != Act.SERVICE)
    return RuleItem(
        str(rule.body.get("name", "")),
        rule.body.get("if", {}),
        way,
        words.get(way, way),
        others,
        rule.active,
        place,
        rule.row_id,
    )


def _body(rule: RuleItem) -> dict[str, Any]:
    return {
        "name": rule.name,
        "if": dict(rule.condition),
        "do": [[Act.SERVICE.value, rule.way], *map(list, rule.others)],
    }


class RuleActs(QObject):
    """Listens to the view."""

    def __init__(self, desk: Desk, view: RulesView, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        view.save_asked.connect(self._save)
        view.remove_asked.connect(self._remove)
        view.move_asked.connect(self._move)
        view.test_asked.connect(self._test)

    def read(self) -> None:
        """Show what there is."""
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: read_rules(ws), done=self._read, failed=self.desk.show_fault, quiet=True
        )

    def _read(self, found: ReadRules) -> None:
        self.view.show_rules(found.rules, found.ways)

    def _save(self, rule: RuleItem) -> None:
        def keep(ws: Workspace) -> int:
            if rule.row_id:
                own_rules.replace(ws, rule.row_id, _body(rule), rule.active)
                return rule.row_id
            row_id = own_rules.add(ws, _body(rule))
            if not rule.active:
                own_rules.replace(ws, row_id, _body(rule), active=False)
            return row_id

        self._run(keep, self._saved)

    def _saved(self, row_id: int) -> None:
        self.view.saved(row_id)
        self.desk.say(text("planpage.rule.saved"))
        self.desk.tell_changed()

    def _remove(self, rule: RuleItem) -> None:
        def remove(ws: Workspace) -> RuleItem:
            own_rules.remove(ws, rule.row_id)
            return rule

        self._run(remove, self._removed)

    def _removed(self, rule: RuleItem) -> None:
        self.desk.say(text("planpage.rule.removed", name=rule.name), lambda: self._put_back(rule))
        self.desk.tell_changed()

    def _put_back(self, rule: RuleItem) -> None:
        self._run(lambda ws: own_rules.add(ws, _body(rule)), self._saved)

    def _move(self, rule: RuleItem, step: int) -> None:
        """It and its neighbour change places."""
        listed = self.view.list.rows.rows
        place = rule.place - 1 + step
        if not 0 <= place < len(listed):
            return
        other = listed[place]

        def swap(ws: Workspace) -> int:
            every = [one.row_id for one in own_rules.every(ws)]
            rules.move(ws, rule.row_id, every.index(other.row_id) + 1)
            return rule.row_id

        self._run(swap, self._moved)

    def _moved(self, row_id: int) -> None:
        self.view.saved(row_id)
        self.desk.tell_changed()

    def _test(self, rule: RuleItem) -> None:
        def numbers(ws: Workspace) -> list[str]:
            return [one.order_id.number for one in load(ws, keys=own_rules.catches(ws, _body(rule)))]

        self._run(numbers, self.view.show_caught)

    def _run(self, work: Callable[[Workspace], Any], done: Callable[[Any], None]) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: work(ws), done=done, failed=self.desk.show_fault, name="planpage.rule.working"
        )
