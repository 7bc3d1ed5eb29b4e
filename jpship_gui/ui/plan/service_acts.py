"""Lets a person choose the service of one or many shipments: reads the choices, carries it out, offers the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.domain.planning.scale import grams_of
from jpship_gui.domain.planning.subject import Fit
from jpship_gui.domain.problem import Problem, Repair
from jpship_gui.flows.check.change import Change, undo
from jpship_gui.flows.check.repair import apply_repair
from jpship_gui.flows.check.words import problem_words, refusal_words, repair_words
from jpship_gui.flows.plan.choose import Planned, hold_until, plan, set_service, ship_now, unset
from jpship_gui.flows.plan.measures import ParcelMeasures, measure, measures
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.plan.line_rows import LineList
from jpship_gui.ui.plan.lines import Choice, Line
from jpship_gui.ui.plan.reading import Services, service_names
from jpship_gui.ui.plan.service_popover import Remedy, ServicePopover

_SIDES = re.compile(r"(\d+(?:\.\d)?)\s*[x×*]\s*(\d+(?:\.\d)?)\s*[x×*]\s*(\d+(?:\.\d)?)(?:\s*cm)?")
_DAYS = 14  # offered to wait for


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the popover shows of the first of the lines."""

    choices: tuple[Choice, ...]
    remedies: tuple[Remedy, ...]
    measures: tuple[tuple[str, str], ...] = ()  # key of each of its boxes, what is known, how it is written


class ServiceActs(QObject):
    """Listens to the list: what is ticked, else the current line, is asked about."""

    def __init__(self, desk: Desk, view: LineList, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view = view
        self._lines: list[Line] = []
        self._place = QPoint()
        self.popover = ServicePopover(view)
        self.popover.picked.connect(self._picked)
        self.popover.rule_asked.connect(self._by_rule)
        self.popover.repaired.connect(self._repair)
        self.popover.measured.connect(self._measure)
        view.service_asked.connect(self._ask)

    def _ask(self, place: QPoint) -> None:
        self._lines, self._place = self._view.lines(), place
        if not self._lines:
            return
        ws, line = self.desk.ws, self._lines[0]
        alone = len(self._lines) == 1
        self.desk.tasks.run(
            lambda _: _offer(ws, line, alone), done=self._offer, failed=self.desk.show_fault, quiet=True
        )

    def _offer(self, found: _Offer) -> None:
        first, count = self._lines[0], len(self._lines)
        title = text("planpage.table.choose_many", count=count) if count > 1 else first.recipient
        by_hand = any(line.by_hand for line in self._lines)
        self.popover.ask(
            title, found.choices, found.remedies, self._place, by_hand=by_hand, measures=found.measures
        )

    def _picked(self, carrier: str, service: str) -> None:
        keys = self._keys()
        self._run(lambda ws: set_service(ws, keys, carrier, service))

    def _by_rule(self) -> None:
        keys = [line.key for line in self._lines if line.by_hand]
        self._run(lambda ws: unset(ws, keys))

    def _repair(self, code: str, repair: Repair) -> None:
        key = self._lines[0].key
        self._run(lambda ws: apply_repair(ws, key, code, repair))

    def _measure(self, key: str, words: str) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: _measured(ws, key, words),
            done=self._was_measured,
            failed=self.desk.show_fault,
            quiet=True,
        )

    def _was_measured(self, before: tuple[str, Measures]) -> None:
        key, measures = before
        self.desk.say(text("planpage.measure.done"), lambda: self._measure_back(key, measures))
        self.desk.tell_changed()

    def _measure_back(self, key: str, found: Measures) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: measure(ws, key, grams=found.grams, sides=found.sides),
            done=self._measured_back,
            failed=self.desk.show_fault,
        )

    def _measured_back(self, _: ParcelMeasures) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()

    def ask_day(self) -> None:
        """Until which day are the chosen ones kept back? A menu of the next days."""
        self._lines = self._view.lines()
        if not self._lines:
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self.desk.ws.today()
        for away in range(1, _DAYS + 1):
            day = today + timedelta(days=away)
            menu.addAction(names.day_words(day)).triggered.connect(lambda _=False, day=day: self._wait(day))
        place = self._view.visualRect(self._view.currentIndex()).bottomLeft() + QPoint(60, 0)
        menu.popup(self._view.viewport().mapToGlobal(place))

    def _wait(self, day: date) -> None:
        keys = self._keys()
        self._run(lambda ws: hold_until(ws, keys, day), "planpage.wait.begun")

    def let_go(self, keys: list[str]) -> None:
        """What waits for a day goes now."""
        self._run(lambda ws: ship_now(ws, keys), "planpage.wait.ended")

    def _keys(self) -> list[str]:
        return [line.key for line in self._lines]

    def _run(self, act: Callable[[Workspace], Change], words: str = "planpage.table.chosen") -> None:
        ws = self.desk.ws
        self.desk.tasks.run(
            lambda _: (words, act(ws)),
            done=self._done,
            failed=self.desk.show_fault,
            name="planpage.choosing",
        )

    def _done(self, answer: tuple[str, Change]) -> None:
        words, change = answer
        if change.keys:
            back = (lambda: self._undo(change)) if change.can_undo else None
            self.desk.say(text(words, count=len(change.keys)), back)
        if change.refused:
            reasons = " / ".join(sorted({refusal_words(code) for _, code in change.refused}))
            self.desk.show_fault(Refused("decision_refused", count=len(change.refused), reason=reasons))
        self.desk.tell_changed()

    def _undo(self, change: Change) -> None:
        ws = self.desk.ws
        self.desk.tasks.run(lambda _: undo(ws, change), done=self._undone, failed=self.desk.show_fault)

    def _undone(self, _: Change) -> None:
        self.desk.say(text("planpage.taken_back"))
        self.desk.tell_changed()


def _offer(ws: Workspace, line: Line, alone: bool) -> _Offer:
    """In the data thread: everything in words."""
    found = plan(ws, [line.key])
    services = service_names(ws)
    choices = tuple(_choices(found[0], services)) if found else ()
    remedies = [Remedy(p.code, repair_words(r), r) for p in line.problems for r in p.repairs] if alone else []
    boxes = measures(ws, line.key) if alone and found else ()
    return _Offer(choices, tuple(remedies), tuple((one.key, _measure_words(one.holds)) for one in boxes))


def _measure_words(holds: Measures) -> str:
    weight = f"{holds.grams / 1000:g}kg" if holds.grams else ""
    size = text("planpage.measure.size", size=holds.size) if holds.size else ""
    known = "・".join(filter(None, (weight, size))) or text("planpage.measure.unknown")
    return text("planpage.measure.hint", known=known)


def _measured(ws: Workspace, key: str, words: str) -> tuple[str, Measures]:
    """Keep a weight, three sides in centimetres or both, as typed or as a scale sends them; what was found before."""
    (before,) = [one for one in measures(ws, key) if one.key == key]
    found = _SIDES.search(words)
    rest = words.replace(found[0], "", 1).removesuffix("cm").strip() if found else words
    sides = before.found.sides
    if found is not None:
        length, width, height = (round(float(one) * 10) for one in found.groups())
        sides = (length, width, height)
    grams = grams_of(rest) if rest else before.found.grams
    if rest and grams is None:
        raise Refused("scale_text", text=words[:40])
    measure(ws, key, grams=grams, sides=sides)
    return key, before.found


def _choices(planned: Planned, services: Services) -> list[Choice]:
    """The present service first, then the others, the best of them first; a carrier alone is its usual service."""
    carrier, service = planned.way
    made = []
    if carrier:
        notes = _words(p for p in planned.problems if p.code != "plan_wait")
        name = services.get(planned.way, service)
        made.append(Choice(carrier, service, name, planned.cost.yen, "", True, notes))
    seen = {(carrier, services.get(planned.way, service))}
    for fit in planned.alternatives:
        name = services.get(fit.way, fit.way[1])
        if (fit.way[0], name) not in seen:
            seen.add((fit.way[0], name))
            made.append(_choice(fit, name))
    return made


def _choice(fit: Fit, name: str) -> Choice:
    return Choice(*fit.way, name, fit.cost.yen, _words(fit.obstacles), False, _words(fit.concerns))


def _words(problems: Iterable[Problem]) -> str:
    return "・".join(problem_words(problem).title for problem in problems)
