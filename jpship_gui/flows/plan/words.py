"""Reasons, costs and services in words, for window and command line alike."""

from __future__ import annotations

from jpship_gui.domain.planning.prices import Cost
from jpship_gui.domain.planning.subject import NOWHERE, Way, Why
from jpship_gui.flows.check.words import shown_values
from jpship_gui.flows.own_carriers import service_called
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import known, text


def why_words(ws: Workspace, why: Why) -> str:
    """One reason of a choice, as a sentence."""
    values = dict(why.values)
    if "carrier" in values:
        values["service"] = service_words(ws, (values["carrier"], values.get("service", "")))
    if "because" in values:
        key = f"problem.{values['because']}.title"
        values["because"] = text(key) if known(key) else values["because"]
    if why.code == "person":
        return text("plan.why.person_reason" if values["reason"] else "plan.why.person", **values)
    return text(f"plan.why.{why.code}", **shown_values(values))


def service_words(ws: Workspace, way: Way) -> str:
    """Carrier and service as users call them."""
    if way == NOWHERE:
        return text("plan.no_service")
    carrier = ws.carriers().get(way[0])
    if carrier is None:
        return "/".join(filter(None, way))
    service = carrier.service(way[1])
    return service_called(*way) or (f"{carrier.name} {service.name}" if service else carrier.name)


def cost_words(cost: Cost) -> str:
    """The cost with a thousands separator, or why it is not known."""
    if cost.yen is None:
        return text(f"plan.cost.{cost.missing or 'no_price'}")
    return text("plan.cost.yen", cost=f"{cost.yen:,}")
