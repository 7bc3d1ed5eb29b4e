"""Runs all rules: in bulk on what intake is about to store, and again on stored shipments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from jpship_gui.domain.approval import Judged, judge
from jpship_gui.domain.order import Order, Wish
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules import CheckInput, blocks, check, in_order
from jpship_gui.domain.rules.own_rules import tags_of
from jpship_gui.domain.ship_by import ship_by
from jpship_gui.flows.check.planned_rows import PlannedRows
from jpship_gui.flows.check.planning import Planner
from jpship_gui.flows.check.surroundings import ShopSurroundings, postal_table
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import bundles, checks, history, shipments, shops
from jpship_gui.store.checks import CheckRow
from jpship_gui.store.codec import dumps
from jpship_gui.store.database import to_ms
from jpship_gui.store.shipments import CheckedProblems

_GROUP = 2000  # stored shipments held in memory at a time


def check_inputs(
    ws: Workspace, inputs: Sequence[CheckInput], around: ShopSurroundings | None = None
) -> dict[str, list[Problem]]:
    """Problems by `CheckInput.key`; writes nothing and knows no approvals."""
    around = around or ShopSurroundings(ws)
    postal_table().load(subject.recipient.postal_code for subject in inputs)
    return {subject.key: check(subject, around.of(subject.order.id.shop)) for subject in inputs}


def ship_by_of(
    ws: Workspace,
    order: Order,
    package_id: str,
    prefecture: str,
    wish: Wish,
    around: ShopSurroundings | None = None,
) -> datetime | None:
    """Ship-by (aware, UTC) of one package. Give `around` when asking for many: it remembers each shop's rule."""
    rule = (around or ShopSurroundings(ws)).of(order.id.shop).ship_by_rule
    island = any(p.package_id == package_id and p.isolated_island for p in order.packages)
    return ship_by(order, prefecture, rule, wish_day=wish.day, island=island)


def check_shipments(ws: Workspace, row_ids: Iterable[int]) -> dict[str, tuple[Problem, ...]]:
    """Check stored shipments again: ship-by, problems less valid approvals, tags and stage are stored; by key.

    Inside the transaction of whatever changed them.
    """
    rows = bundles.with_leaders(ws.store, row_ids)
    around = ShopSurroundings(ws)
    planner = Planner(ws, around)
    found: dict[str, tuple[Problem, ...]] = {}
    for start in range(0, len(rows), _GROUP):
        found |= _check_group(ws, checks.load(ws.store, rows[start : start + _GROUP]), around, planner)
    shipments.restage(ws.store, rows)
    return found


def check_all(ws: Workspace) -> int:
    """Check everything that waits to be packed again, after settings, rules or the day changed; returns how many."""
    with ws.store.transaction():
        rows = checks.open_rows(ws.store)
        check_shipments(ws, rows)
    return len(rows)


def check_goods(ws: Workspace, *, facts: bool = False) -> int:
    """Check what waits again where a shop matches its orders against the goods list, which has just changed, or where
    the list now tells measures, temperatures or shelves (`facts`) that planning goes by."""
    if not facts and all(
        ws.shop_options(shop.name).get("check.goods") == "off" for shop in shops.every(ws.store)
    ):
        return 0
    return check_all(ws)


def check_daily(ws: Workspace) -> int:
    """Check what a new day may have made wrong (wished days) once a day; returns how many were checked."""
    today = ws.today().isoformat()
    if checks.last_day(ws.store) == today:
        return 0
    with ws.store.transaction():
        rows = checks.open_rows(ws.store, with_wish=True)
        check_shipments(ws, rows)
        checks.set_last_day(ws.store, today)
    return len(rows)


def _check_group(
    ws: Workspace, rows: Sequence[CheckRow], around: ShopSurroundings, planner: Planner
) -> dict[str, tuple[Problem, ...]]:
    planned = PlannedRows(ws, rows, planner)
    subjects = planned.subjects
    found = check_inputs(ws, subjects, around)
    for key, problems in planned.keep().items():
        found[key] = in_order([*found[key], *problems])
    checked, kept = [], {}
    for row, subject in zip(rows, subjects, strict=True):
        judged = judge(found[subject.key], subject, row.approvals)
        kept[subject.key] = judged.open
        checked.append(CheckedProblems(subject.row_id, judged.open, blocks(judged.open)))
        _note_void(ws, subject.row_id, judged)
        _note_rest(ws, row, subject, around)
    shipments.set_problems(ws.store, checked)
    return kept


def _note_void(ws: Workspace, row_id: int, judged: Judged) -> None:
    if not judged.void:
        return
    values = {"approval": checks.approval_text(judged.valid)}
    shipments.decide(ws.store, row_id, values, ws.now(), ws.person)
    codes = ", ".join(dict.fromkeys(approval.code for approval in judged.void))
    history.add(ws.store, [row_id], "approval_void", ws.now(), ws.person, ws.desk, codes=codes)


def _note_rest(ws: Workspace, row: CheckRow, subject: CheckInput, around: ShopSurroundings) -> None:
    """Ship-by and tags where they are no longer what is stored."""
    shop = around.of(subject.order.id.shop)
    due = ship_by_of(
        ws, subject.order, subject.package_id, subject.recipient.prefecture, subject.wish, around
    )
    tags = tags_of(subject, shop.user_rules)
    changes: dict[str, int | str | None] = {}
    if due != row.shipment.ship_by:
        changes["ship_by"] = to_ms(due)
    if tags != row.tags:
        changes["tags"] = dumps(tags)
    if changes:
        shipments.update(ws.store, subject.row_id, changes)
