"""`jpship orders`, and what a person decides about shipments: approve, hold, release, repair, read a remark."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from jpship_gui.cli.output import Answer, Exit, columns, moment
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import FACT_NAMES, Mark
from jpship_gui.domain.tracking_no import is_untracked
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.table import list_rows
from jpship_gui.flows.table.detail import load
from jpship_gui.flows.table.list_rows import VIEWS, Query
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text

_VIEW_ALIASES = {"not-confirmed": "unsent", "not_confirmed": "unsent", "on-hold": "hold", "on_hold": "hold"}
_PAGE = 500


def list_orders(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The shipments of a view or search, in the order of their ship-by."""
    view = _VIEW_ALIASES.get(arguments.view, arguments.view)
    if view not in VIEWS and not view.startswith("stage:"):
        raise Refused("view_unknown", view=arguments.view, known=", ".join(VIEWS))
    found = list_rows.ids(ws, Query(view=view, search=arguments.search))
    listed: list[Shipment] = []
    for start in range(0, len(found), _PAGE):
        listed += load(ws, found[start : start + _PAGE])
    return Answer([document(shipment) for shipment in listed], _lines(listed))


def document(shipment: Shipment) -> dict[str, Any]:
    """A shipment as the contract of the command line shapes it."""
    return {
        "key": shipment.key,
        "marketplace": shipment.order_id.marketplace,
        "shop": shipment.order_id.shop,
        "order": shipment.order_id.number,
        "package": shipment.package_id,
        "stage": shipment.stage.value,
        "facts": {name: _mark(getattr(shipment.facts, name)) for name in FACT_NAMES},
        "problems": [_problem(problem) for problem in shipment.problems],
        "hold": shipment.hold_reason,
        "changed": [{"field": f, "old": old, "new": new} for f, old, new in shipment.changed],
        "ship_by": shipment.ship_by,
        "recipient": {
            "name": shipment.recipient.name,
            "postal_code": shipment.recipient.postal_code,
            "address": shipment.recipient.address,
            "phone": shipment.recipient.phone,
        },
        "wish": {"day": shipment.wish.day, "slot": shipment.wish.slot},
        "gift": shipment.gift,
        "remark": shipment.buyer_text,
        "carrier": shipment.carrier,
        "service": shipment.service,
        "batch": f"{shipment.batch}-{shipment.batch_row}" if shipment.batch is not None else "",
        "lines": [
            {"sku": line.sku, "name": line.name, "variant": line.variant, "quantity": line.quantity}
            for line in shipment.lines
        ],
        "parcels": [
            {
                "key": parcel.key,
                "carrier": parcel.carrier,
                "tracking_no": "" if is_untracked(parcel.tracking_no) else parcel.tracking_no,
                "untracked": is_untracked(parcel.tracking_no),
                "how": parcel.how,
                "file_no": parcel.file_no,
            }
            for parcel in shipment.boxes
        ],
        "bundle": {
            "leader": shipment.leader,
            "keys": [one.key for one in shipment.bundle] if shipment.leader else [],
            "stopped_by": _stopper(shipment),
        },
    }


def _stopper(shipment: Shipment) -> dict[str, str] | None:
    """Who of those it travels with stops it, and why."""
    one = shipment.stopped_by
    return None if one is None else {"key": one.key, "order": one.order_id.number, "why": one.stops}


def _mark(mark: Mark | None) -> dict[str, Any] | None:
    return None if mark is None else {"at": mark.at, "person": mark.person, "how": mark.how}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "field": problem.field,
        "text": problem_text(problem),
        "repairs": [{"kind": repair.kind, **repair.values} for repair in problem.repairs],
    }


def problem_text(problem: Problem) -> str:
    """What was found, in the present language."""
    return problem_words(problem).text


def _lines(listed: list[Shipment]) -> tuple[str, ...]:
    if not listed:
        return (text("cli.no_shipment"),)
    rows = [
        (
            shipment.key,
            shipment.order_id.shop,
            shipment.order_id.number,
            shipment.recipient.name,
            moment(shipment.ship_by),
            text(f"table.stage.{shipment.stage.value}"),
            "・".join(_number(p) for p in shipment.boxes if p.tracking_no or p.file_no),
            " / ".join((*_together(shipment), *(problem_words(p).title for p in shipment.problems))),
        )
        for shipment in listed
    ]
    return (*columns(rows), text("cli.shipments", count=len(listed)))


def _together(shipment: Shipment) -> tuple[str, ...]:
    """That it travels with others, and what of them stops it."""
    if not shipment.leader:
        return ()
    words = text("cli.together", count=len(shipment.bundle), leader=shipment.leader)
    one = shipment.stopped_by
    if one is None:
        return (words,)
    return (words, f"{one.order_id.number}: {text(f'bundle.stop.{one.stops}')}")


def approve(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Approve shipments in spite of their problems; recorded with the address it was given for."""
    from jpship_gui.flows.check.approve import approve as decide

    return _decided(ws, arguments.keys, decide(ws, _known(ws, arguments.keys), arguments.reason).keys)


def hold(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Put shipments on hold."""
    from jpship_gui.flows.check.hold import hold as decide

    return _decided(ws, arguments.keys, decide(ws, _known(ws, arguments.keys), arguments.reason).keys)


def release(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """End the hold of shipments."""
    from jpship_gui.flows.check.hold import release as decide

    return _decided(ws, arguments.keys, decide(ws, _known(ws, arguments.keys)).keys)


def read_remark(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Tick the buyer's remark of shipments as read."""
    from jpship_gui.flows.check.mark_read import mark_read

    done = [key for key in _known(ws, arguments.keys) if mark_read(ws, key).keys]
    return _decided(ws, arguments.keys, done)


def repair(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """Accept one of the repairs proposed for a problem."""
    from jpship_gui.flows.check.repair import apply_repair

    (key,) = _known(ws, [arguments.key])
    (shipment,) = load(ws, keys=[key])
    found = next((p for p in shipment.problems if p.code == arguments.code), None)
    if found is None:
        known = ", ".join(p.code for p in shipment.problems) or "-"
        raise Refused("problem_unknown", key=key, code=arguments.code, known=known)
    if not 1 <= arguments.choice <= len(found.repairs):
        raise Refused("repair_unknown", key=key, code=arguments.code, count=len(found.repairs))
    return _decided(ws, [key], apply_repair(ws, key, found.code, found.repairs[arguments.choice - 1]).keys)


def _known(ws: Workspace, keys: list[str]) -> list[str]:
    """The keys, all of which must exist: nothing is decided for half a list."""
    known = {shipment.key for shipment in load(ws, keys=keys)}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise Refused("key_unknown", keys=", ".join(unknown))
    return list(dict.fromkeys(keys))


def _decided(ws: Workspace, asked: list[str], done: Iterable[str]) -> Answer:
    now = {shipment.key: shipment for shipment in load(ws, keys=list(asked))}
    done = list(done)
    left = [key for key in now if key not in done]
    lines = [
        text("cli.now_stage", key=key, stage=text(f"table.stage.{now[key].stage.value}")) for key in done
    ]
    lines += [text("cli.unchanged", key=key) for key in left]
    documents = {"done": done, "unchanged": left, "shipments": [document(s) for s in now.values()]}
    return Answer(documents, tuple(lines), Exit.PARTLY if left else Exit.DONE)


def _number(parcel: Parcel) -> str:
    number = parcel.tracking_no or parcel.file_no
    return text("track.untracked") if is_untracked(number) else number
