"""Carrier and service of a shipment, with the reasons (PL-05): the same input gives the same choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jpship_gui.domain.planning.fit import fit_of, must_leave, named
from jpship_gui.domain.planning.subject import NOWHERE, Fit, Plan, PlanSubject, PlanWorld, Way, Why
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.rules.own_rules import catching
from jpship_gui.domain.rules.user_rule import Act, UserRule

CHEAPEST, REQUESTED = "cheapest", "requested"
_FAR = 1 << 40


@dataclass(frozen=True, slots=True)
class _Choice:
    way: Way
    why: tuple[Why, ...]


def choose(subject: PlanSubject, world: PlanWorld) -> Plan:
    """What a person said; else, once papers were made, what stands on them; else the first rule that catches the
    shipment and whose service fits; else the shop's usual service."""
    free = None if subject.chosen != NOWHERE else _by_rules(subject, world)
    if free is None:
        choice = _Choice(
            subject.chosen,
            (Why("person", {"person": subject.chosen_by, "reason": subject.chosen_why}),),
        )
    elif subject.kept and subject.current not in (NOWHERE, free.way):
        choice = _Choice(subject.current, (Why("papers"),))
    else:
        choice = free
    fit = fit_of(subject, world, choice.way)
    problems = [*fit.obstacles, *fit.concerns, *_mixed(subject), *_promised(subject, world, choice.way)]
    if free is not None and choice is not free and free.way != choice.way:
        values = _names(world, free.way)
        problems.append(Problem("plan_outdated", Severity.WARN, "service", values))
    return Plan(choice.way, choice.why, fit, tuple(problems), _wait(subject, world, choice.way))


def alternatives(subject: PlanSubject, world: PlanWorld) -> tuple[Fit, ...]:
    """The services it might go by instead, the cheapest that fits first, then those without a price, then those that do
    not fit. Among equals: the shop's usual carrier, then carriers whose services are described."""
    ways = dict.fromkeys((*_candidates(world), *(offer.way for offer in world.offers.values())))

    def rank(fit: Fit) -> tuple[object, ...]:
        offer = world.offers.get(fit.way)
        return (*_rank(fit)[:-1], fit.way[0] != world.usual[0], offer is None or not offer.known, fit.way)

    return tuple(sorted((fit_of(subject, world, way) for way in ways), key=rank))


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def ways_of(text: str) -> tuple[Way, ...]:
    """The services a rule's text names: `yamato`, `yamato/nekopos, jppost/yupacket`; () for `cheapest` alone."""
    words = text.partition(":")[2] if text.startswith(CHEAPEST) else text
    found = []
    for word in words.split(","):
        carrier, _, service = word.strip().partition("/")
        if carrier.strip():
            found.append((carrier.strip(), service.strip()))
    return tuple(found)


def _by_rules(subject: PlanSubject, world: PlanWorld) -> _Choice:
    passed: list[Why] = []
    for rule in _caught(subject, world):
        for act, text in rule.acts:
            if act is not Act.SERVICE:
                continue
            choice, why_not = _of_rule(subject, world, rule, text)
            if choice is not None:
                return _Choice(choice.way, (*choice.why, *passed))
            passed += why_not
    return _Choice(world.usual, (Why("usual"), *passed))


def _caught(subject: PlanSubject, world: PlanWorld) -> list[UserRule]:
    rules = [rule for rule in world.rules if any(act is Act.SERVICE for act, _ in rule.acts)]
    return catching(rules, subject.ruled) if rules else []


def _of_rule(
    subject: PlanSubject, world: PlanWorld, rule: UserRule, text: str
) -> tuple[_Choice | None, list[Why]]:
    named = {"rule": rule.name}
    if text == REQUESTED:
        if subject.requested == NOWHERE:
            return None, [Why("rule_no_request", named)]
        ways: Sequence[Way] = (subject.requested,)
    else:
        ways = ways_of(text) or _candidates(world)
    fits = [fit_of(subject, world, way) for way in ways]
    if text.startswith(CHEAPEST):
        fits = sorted(fits, key=_rank)
        best = next((fit for fit in fits if fit.fits and fit.cost.yen is not None), None)
        if best is None:
            return None, [Why("rule_no_price", named)]
        count = sum(fit.fits and fit.cost.yen is not None for fit in fits)
        why = Why("cheapest", {**named, "cost": str(best.cost.yen), "count": str(count)})
        return _Choice(best.way, (why,)), []
    best = next((fit for fit in fits if fit.fits), None)
    if best is not None:
        return _Choice(best.way, (Why("requested" if text == REQUESTED else "rule", named),)), []
    return None, [
        Why("rule_unfit", {**named, "carrier": f.way[0], "service": f.way[1], "because": f.obstacles[0].code})
        for f in fits
    ]


def _candidates(world: PlanWorld) -> tuple[Way, ...]:
    """The services the shop goes by: those it named, else those it has prices for."""
    return world.own_ways or tuple(sorted(world.prices.priced))


def _rank(fit: Fit) -> tuple[bool, bool, int, Way]:
    """What fits, what asks nothing, what costs least, then by name."""
    asks = any(problem.severity is not Severity.WARN for problem in fit.concerns)
    return not fit.fits, asks, _FAR if fit.cost.yen is None else fit.cost.yen, fit.way


# ── what follows from the choice ────────────────────────────────────────────────────────────────────────────────────


def _mixed(subject: PlanSubject) -> Iterable[Problem]:
    """Goods of several temperatures in one box: a split is proposed."""
    if not subject.mixed or len(subject.parcels) > 1:
        return ()
    values = {"cools": " ".join(one or "normal" for one in subject.temperatures)}
    severity = Severity.WARN if "" in subject.temperatures else Severity.BLOCK  # what need not be cool may be
    return (Problem("plan_mixed", severity, "lines", values),)


def _promised(subject: PlanSubject, world: PlanWorld, way: Way) -> Iterable[Problem]:
    """The buyer was promised another service (PL-07)."""
    carrier, service = subject.requested
    if not carrier or (carrier == way[0] and service in ("", way[1])):
        return ()
    values = {**_names(world, way), "words": subject.requested_words}
    return (Problem("plan_not_requested", Severity.WARN, "service", values),)


def _names(world: PlanWorld, way: Way) -> dict[str, str]:
    offer = world.offers.get(way)
    return named(offer) if offer else {"carrier": way[0], "service": way[1], "name": "/".join(way)}


def _wait(subject: PlanSubject, world: PlanWorld, way: Way) -> date | None:
    """The day before which it stays here: what a person said, else so many days before it must leave."""
    if subject.wait_by:
        until = subject.wait_until
        return until if until is not None and until > world.today else None
    last = must_leave(subject, world, way) if world.early_days >= 0 else None
    if last is None or subject.kept:
        return None
    until = last - timedelta(days=world.early_days)
    return until if until > world.today else None
