"""`jpship plan …`: carrier and service, why, days waited for, what parcels weigh, and the tables behind it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import Measures, Sides
from jpship_gui.domain.planning.subject import Fit, Why
from jpship_gui.domain.problem import Problem
from jpship_gui.flows.check.change import Change
from jpship_gui.flows.check.words import problem_words, refusal_words
from jpship_gui.flows.plan import choose, measures, rules, split_by, tables, undecided
from jpship_gui.flows.plan.choose import Planned
from jpship_gui.flows.plan.words import cost_words, service_words, why_words
from jpship_gui.flows.table.list_rows import Query, ids, rows
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def show(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What is planned, and why."""
    keys = arguments.keys or _waiting(ws)
    found = choose.plan(ws, keys, compare=arguments.compare) if keys else ()
    lines: list[str] = []
    for one in found:
        lines += _lines(ws, one, arguments.compare)
    return Answer([_plain(ws, one) for one in found], (*lines, text("cli.planned", count=len(found))))


def _waiting(ws: Workspace) -> list[str]:
    """Everything that waits to be packed, in the work list's order."""
    found = ids(ws, Query(view="open", sort="work"))
    return [row.key for row in rows(ws, found)]


def set_service(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Choose a service for shipments."""
    carrier, _, service = arguments.service.partition("/")
    done = choose.set_service(ws, arguments.keys, carrier, service, arguments.reason)
    return _changed(ws, done)


def unset(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let the rules choose again."""
    return _changed(ws, choose.unset(ws, arguments.keys))


def wait(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Keep shipments back until a day."""
    return _changed(ws, choose.hold_until(ws, arguments.keys, _day(arguments.until)))


def ship_now(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let go what is kept back."""
    return _changed(ws, choose.ship_now(ws, arguments.keys))


def apart(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Let candidates for one parcel travel each by itself, so that their papers may be made."""
    undecided.keep_apart(ws, arguments.keys)
    left = [list(one.keys) for one in undecided.undecided(ws, arguments.keys)]
    return Answer(
        {"apart": arguments.keys, "undecided": left}, (text("cli.planned", count=len(arguments.keys)),)
    )


def weigh(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What a parcel weighs and measures."""
    sides = _sides(arguments.sides) if arguments.sides else None
    if arguments.weight and not sides:
        measures.weigh(ws, arguments.parcel, arguments.weight)
    elif arguments.weight:
        grams = measures.weigh(ws, arguments.parcel, arguments.weight).found.grams
        measures.measure(ws, arguments.parcel, grams=grams, sides=sides)
    elif sides:
        known = {one.key: one.found for one in measures.measures(ws, arguments.parcel)}
        grams = known[arguments.parcel.strip().upper()].grams if known else None
        measures.measure(ws, arguments.parcel, grams=grams, sides=sides)
    found = measures.measures(ws, arguments.parcel)
    document = [
        {"key": one.key, "proposed": _measures(one.proposed), "found": _measures(one.found)} for one in found
    ]
    return Answer(document, columns((one.key, _measure_words(one.holds)) for one in found))


def split(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Split a shipment by rule."""
    proposal = split_by.propose(ws, arguments.key, arguments.by, grams=arguments.grams)
    document: dict[str, Any] = {
        "key": proposal.key,
        "boxes": [
            {"name": name, "lines": {str(place): pieces for place, pieces in box.items()}}
            for name, box in zip(proposal.names, proposal.lines, strict=True)
        ],
        "done": arguments.do,
    }
    if arguments.do:
        split_by.split_by(ws, arguments.key, arguments.by, grams=arguments.grams, reason=arguments.reason)
    lines = [
        f"{number}  {name or '－'}  " + " ".join(f"{place}x{pieces}" for place, pieces in box.items())
        for number, (name, box) in enumerate(zip(proposal.names, proposal.lines, strict=True), start=1)
    ]
    return Answer(document, tuple(lines))


def prices(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The seller's prices, taken over or written."""
    return _table(ws, tables.PRICES, arguments)


def limits(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Limits of services and areas, taken over or written."""
    return _table(ws, tables.LIMITS, arguments)


def _table(ws: Workspace, kind: str, arguments: argparse.Namespace) -> Answer:
    if arguments.take:
        done = tables.take(ws, kind, Path(arguments.take))
    elif arguments.write:
        done = tables.write(ws, kind, Path(arguments.write))
    else:
        data = tables.plain_table(ws, kind)
        done = tables.Taken(kind, {name: len(found) for name, found in data.items()})
    document: dict[str, Any] = {"kind": kind, "counts": dict(done.counts)}
    if not (arguments.take or arguments.write):
        document["table"] = data
    words = "・".join(f"{text(f'plan.list.{name}')} {count}" for name, count in done.counts.items())
    return Answer(document, (words,))


def list_rules(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The rules in their order; taken over, written, moved."""
    if arguments.take:
        rules.take(ws, Path(arguments.take), instead=arguments.instead)
    if arguments.move:
        rules.move(ws, *arguments.move)
    if arguments.write:
        rules.write(ws, Path(arguments.write))
    found = rules.every(ws)
    document = [{"id": rule.row_id, "active": rule.active, **rule.body} for rule in found]
    lines = columns(
        (
            str(place),
            str(rule.row_id),
            "●" if rule.active else "○",
            str(rule.body["name"]),
            " ".join(f"{act}: {words}" for act, words in rule.body["do"]),
        )
        for place, rule in enumerate(found, start=1)
    )
    return Answer(document, lines or (text("cli.no_rule"),))


# ── words and plain values ──────────────────────────────────────────────────────────────────────────────────────────


def _lines(ws: Workspace, one: Planned, compare: bool) -> list[str]:
    days = f"{one.leaves} → {one.arrives}" if one.leaves and one.arrives else ""
    head = [one.key, one.order_id.number, service_words(ws, one.way), cost_words(one.cost), days]
    made = ["  ".join(filter(None, head))]
    made += [f"    {why_words(ws, why)}" for why in one.why]
    made += [f"    ! {problem_words(problem).text}" for problem in one.problems]
    for fit in one.alternatives if compare else ():
        against = "・".join(problem_words(p).title for p in (*fit.obstacles, *fit.concerns))
        made.append(f"    - {service_words(ws, fit.way)}  {cost_words(fit.cost)}  {against}".rstrip())
    return made


def _plain(ws: Workspace, one: Planned) -> dict[str, Any]:
    return {
        "key": one.key,
        "order": one.order_id.number,
        "shop": one.order_id.shop,
        "carrier": one.way[0],
        "service": one.way[1],
        "by": one.by,
        "papers": one.papers,
        "why": [_why(ws, why) for why in one.why],
        "yen": one.cost.yen,
        "cost": [list(part) for part in one.cost.parts],
        "no_cost": one.cost.missing,
        "leaves": one.leaves,
        "arrives": one.arrives,
        "wait_until": one.wait_until,
        "parcels": [_measures(parcel) for parcel in one.parcels],
        "problems": [_problem(problem) for problem in one.problems],
        "alternatives": [_fit(fit) for fit in one.alternatives],
    }


def _why(ws: Workspace, why: Why) -> dict[str, Any]:
    return {"code": why.code, "values": dict(why.values), "text": why_words(ws, why)}


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "text": problem_words(problem).text,
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "carrier": fit.way[0],
        "service": fit.way[1],
        "fits": fit.fits,
        "yen": fit.cost.yen,
        "no_cost": fit.cost.missing,
        "arrives": fit.arrives,
        "problems": [_problem(problem) for problem in (*fit.obstacles, *fit.concerns)],
    }


def _measures(found: Measures) -> dict[str, Any]:
    return {
        "grams": found.grams,
        "sides_mm": list(found.sides) if found.sides else None,
        "size_cm": found.size,
    }


def _measure_words(found: Measures) -> str:
    sides = "×".join(f"{side / 10:g}" for side in found.sides) + " cm" if found.sides else "－"
    return f"{found.grams if found.grams is not None else '－'} g  {sides}"


def _changed(ws: Workspace, done: Change) -> Answer:
    found = choose.plan(ws, done.keys, compare=False) if done.keys else ()
    lines = [line for one in found for line in _lines(ws, one, False)]
    lines += [f"{key}  {refusal_words(code)}" for key, code in done.refused]
    document = {
        "changed": list(done.keys),
        "refused": [{"key": key, "code": code, "text": refusal_words(code)} for key, code in done.refused],
        "plan": [_plain(ws, one) for one in found],
    }
    if done.refused:
        return Answer(document, tuple(lines), Exit.PARTLY if done.keys else Exit.REFUSED)
    return Answer(document, tuple(lines))


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refused("plan_day", day=given) from None


def _sides(given: str) -> Sides:
    parts = given.lower().replace("×", "x").split("x")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
        raise Refused("measures_wrong", found=given)
    one, two, three = (int(part) for part in parts)
    return one, two, three
