"""Reads what the plan table shows, in the data thread: words are made once here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from jpship_gui.flows.check.planning import cutoffs_of
from jpship_gui.flows.check.words import problem_words
from jpship_gui.flows.plan import undecided as deciding
from jpship_gui.flows.plan.listing import Listed, to_plan, waiting
from jpship_gui.flows.plan.undecided import Group
from jpship_gui.flows.plan.void import VoidWaybill, void_waybills
from jpship_gui.flows.plan.words import why_words
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text
from jpship_gui.ui import names
from jpship_gui.ui.plan.lines import Line

_WISH = ("wish", "wish.day", "wish.slot")
Services = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Everything:
    """What the page shows, read in one go."""

    lines: list[Line]
    waits: list[Line]
    services: Services
    undecided: tuple[Group, ...]
    bundled: tuple[Group, ...]
    voids: list[VoidWaybill]
    cutoffs: Mapping[str, time]  # when carriers fetch


def read_everything(ws: Workspace, asked: tuple[str, ...]) -> Everything:
    """`asked` are shipments a person chose to put together elsewhere; they stand first."""
    undecided = deciding.undecided(ws)
    group = deciding.of(ws, asked) if asked else None
    if group is not None:
        undecided = (group, *(one for one in undecided if set(one.keys) != set(group.keys)))
    return Everything(
        *read_lines(ws),
        service_names(ws),
        undecided,
        deciding.bundled(ws),
        void_waybills(ws),
        cutoffs_of(ws),
    )


def read_lines(ws: Workspace) -> tuple[list[Line], list[Line]]:
    """Every shipment to be planned and printed, in the order of the work; and those that wait for a day."""
    services = service_names(ws)
    usual = {carrier.id: carrier.default_service for carrier in ws.carriers().values()}
    listed, kept = to_plan(ws), waiting(ws)
    return [_line(ws, one, services, usual) for one in listed], [
        _line(ws, one, services, usual) for one in kept
    ]


def service_names(ws: Workspace) -> Services:
    """What each service of each carrier is called; by the carrier alone its usual one."""
    found = {}
    for carrier in ws.carriers().values():
        usual = carrier.service("")
        found[carrier.id, ""] = usual.called(language()) if usual else ""
        found |= {(carrier.id, one.id): one.called(language()) for one in carrier.services}
    return found


def _line(ws: Workspace, one: Listed, services: Services, usual: Mapping[str, str]) -> Line:
    row = one.row
    service = row.service or usual.get(row.carrier, "")
    day = names.day_short(date.fromisoformat(row.wish_day)) if row.wish_day else ""
    worst = one.found[0] if one.found else None
    arrives = text("planpage.table.arrives", day=names.day_words(one.arrives)) if one.arrives else ""
    return Line(
        row_id=row.row_id,
        key=row.key,
        marketplace=row.marketplace,
        shop=row.shop,
        number=row.number,
        recipient=row.recipient_name,
        place=row.prefecture,
        goods=row.goods_name,
        variant=row.goods_variant,
        quantity=row.goods_quantity,
        more=row.more_lines,
        carrier=row.carrier,
        service=service,
        service_name=services.get((row.carrier, service), service),
        reason=why_words(ws, one.why[0]) if one.why else "",
        cost=one.yen,
        other=arrives,
        wish=" ".join(filter(None, (day, names.slot_words(row.wish_slot)))),
        wish_bad=any(problem.field in _WISH for problem in one.found),
        cool=text(f"temperature.{row.cool}") if row.cool in ("chilled", "frozen") else "",
        boxes=row.parcels,
        together=row.together,
        ship_by=row.ship_by,
        trouble=problem_words(worst).title if worst else "",
        stops=one.stopped,
        by_hand=bool(one.chosen_by),
        problems=one.found,
        wait=_wait(one),
    )


def _wait(one: Listed) -> str:
    if one.wait_until is None:
        return ""
    key = "planpage.wait.person" if one.wait_by else "planpage.wait.wish"
    return text(key, day=names.day_words(one.wait_until), person=one.wait_by)
