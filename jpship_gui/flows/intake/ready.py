"""New orders worked out before the transaction that stores them: shipments, checks, search text, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jpship_gui.domain.address import house_dashes
from jpship_gui.domain.order import ELSEWHERE, Contact, Order, OrderState
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules import CheckInput, blocks, in_order
from jpship_gui.domain.rules.own_rules import tags_of
from jpship_gui.flows.check.check import check_inputs, ship_by_of
from jpship_gui.flows.check.planned_rows import waiting
from jpship_gui.flows.check.planning import COOL, Planner, plannable
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.store.codec import dumps
from jpship_gui.store.orders import Written
from jpship_gui.store.plans import note_of
from jpship_gui.store.shipments import NewShipment, ReadyShipment

__all__ = ["COOL", "made_ready", "to_ship_to"]


def made_ready(
    ws: Workspace, new: Sequence[tuple[Order, Written]], only: frozenset[str] | None = None
) -> list[tuple[ReadyShipment, ...]]:
    """For each order one shipment per recipient (IN-12), checked; `only` of these packages."""
    around = ShopSurroundings(ws)
    planner = Planner(ws, around)
    bare = [_subjects(ws, order, around, only) for order, _ in new]
    planner.learn(subject for found in bare for subject in found)
    subjects = [[planner.measured(subject) for subject in found] for found in bare]
    problems = check_inputs(ws, [subject for found in subjects for subject in found], around)
    untold = {market.id for market in ws.markets().values() if not market.confirms}
    return [
        tuple(
            [
                _ready(
                    subject,
                    problems[subject.key],
                    written,
                    around,
                    planner,
                    order.id.marketplace not in untold,
                )
                for subject in found
            ]
        )
        for (order, written), found in zip(new, subjects, strict=True)
    ]


def to_ship_to(contact: Contact) -> Contact:
    """The recipient with a house number that waybills can print; the order keeps it as received."""
    street = house_dashes(contact.street)
    return contact if street == contact.street else replace(contact, street=street)


def _subjects(
    ws: Workspace, order: Order, around: ShopSurroundings, only: frozenset[str] | None
) -> list[CheckInput]:
    """What the rules look at, by package. There is no key yet: order and package name the subject as well."""
    name = f"{order.id.marketplace} {order.id.shop} {order.id.number}"
    return [
        CheckInput(
            key=f"{name} {package.package_id}",
            order=order,
            package_id=package.package_id,
            recipient=to_ship_to(package.recipient),
            lines=tuple([line for line in order.lines if line.package_id == package.package_id]),
            wish=order.wish,
            remark_read=order.by_hand is not None,
            ship_by=ship_by_of(
                ws, order, package.package_id, package.recipient.prefecture, order.wish, around
            ),
        )
        for package in order.packages
        if only is None or package.package_id in only
    ]


def _ready(
    subject: CheckInput,
    problems: Sequence[Problem],
    written: Written,
    around: ShopSurroundings,
    planner: Planner,
    confirms: bool,
) -> ReadyShipment:
    """One shipment worked out. What the marketplace already calls shipped was not ours to ship."""
    order, package = subject.order, subject.package
    assert package is not None
    shipped = order.state is OrderState.SHIPPED
    plan = planner.plan(planner.new(subject))
    plans = plannable(order)
    if plans:
        problems = in_order([*problems, *plan.problems, *waiting(plan)])
    lines = [
        plain
        for line, plain in zip(order.lines, written.lines, strict=True)
        if line.package_id == package.package_id
    ]
    return shipments.make_ready(
        NewShipment(
            order_row=0,
            order_id=order.id,
            package_id=package.package_id,
            state=order.state,
            recipient=subject.recipient,
            lines=subject.lines,
            wish=order.wish,
            ship_by=subject.ship_by,
            carrier=plan.way[0],
            service=plan.way[1],
            cool=subject.goods.cool,
            gift=order.gift,
            wrapping=order.wrapping,
            noshi=package.noshi or order.noshi,
            cash_on_delivery=order.cash_on_delivery,
            buyer_text=order.buyer_text,
            not_ours=shipped or ELSEWHERE in order.flags,
            shipped_at_source=shipped,
            remark_read=subject.remark_read,
            confirms=confirms,
            problems=tuple(problems),
            blocked=bool(problems) and blocks(problems),
            tags=tags_of(subject, around.of(order.id.shop).user_rules),
            lines_text=dumps(lines),
            plan=note_of(plan) if plans else "",
            wait_until=plan.wait_until.isoformat() if plans and plan.wait_until else "",
            shelf=subject.goods.shelf,
        )
    )
