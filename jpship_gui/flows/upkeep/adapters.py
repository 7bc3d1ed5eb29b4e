"""What this build can talk to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jpship_gui.flows.own_carriers import lately
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Marketplace, Takes
from jpship_gui.texts import language


@dataclass(frozen=True, slots=True)
class Adapter:
    """A marketplace or carrier and its abilities (`orders_file`, `confirm_file`, `api`, `by_hand`,
    `handover_file`)."""

    id: str
    name: str
    abilities: tuple[str, ...]
    layouts: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    grade: str = ""  # CONFIRMED, LIKELY or GUESS where the format as a whole is weak
    upload_steps: int = 0  # words upload.<id>.1 …
    connect_steps: int = 0  # words connect.<id>.1 …
    profile: bool = False  # described by data alone


def every_marketplace(ws: Workspace | None = None) -> list[Adapter]:
    """All marketplaces of this build, or all that a folder knows; those described by a profile come last."""
    listed = []
    known = (ws.markets() if ws else marketplaces()).values()
    for found in sorted(known, key=lambda market: market.profile):
        abilities = {
            "orders_file": found.order_layouts,
            "confirm_file": found.confirm_layout or found.fill,
            "api": found.connect,
            "by_hand": not found.confirms,
        }
        settings = [key for key, option in found.options.items() if option.type != "secret"]
        secrets = [key for key, option in found.options.items() if option.type == "secret"]
        layouts = tuple(layout.id for layout in found.order_layouts)
        listed.append(
            Adapter(
                found.id,
                found.name,
                _able(abilities),
                layouts,
                tuple(settings),
                tuple(secrets),
                found.grade,
                found.upload_steps,
                found.connect_steps,
                found.profile,
            )
        )
    return listed


@dataclass(frozen=True, slots=True)
class Limit:
    """What a marketplace takes from a day on (0 = no limit known); `in_force` today. Without a source nothing is known,
    and the harmless reading counts: one report of the whole order."""

    marketplace: str
    name: str
    each: str
    numbers: int
    partial: bool
    lines_per_parcel: int
    upload_rows: int
    upload_days: int
    valid_from: date | None
    source: str
    grade: str
    in_force: bool


def every_limit(ws: Workspace) -> list[Limit]:
    """Every line of every marketplace's limits.toml, the oldest first; one unknown line where there is none."""
    listed = []
    for market in ws.markets().values():
        if not market.confirms:
            continue
        now = market.takes_on(ws.today())
        dated = sorted(market.takes or (now,), key=lambda takes: takes.valid_from or date.min)
        listed += [_limit(market, takes, takes is now) for takes in dated]
    return listed


def _limit(market: Marketplace, takes: Takes, in_force: bool) -> Limit:
    return Limit(
        *(market.id, market.name, takes.each, takes.numbers, takes.partial, takes.lines_per_parcel),
        *(takes.upload_rows, takes.upload_days, takes.valid_from, takes.source, takes.grade, in_force),
    )


def every_carrier() -> list[Adapter]:
    """All carriers, those of the build first."""
    listed = []
    for found in lately().values():
        abilities = {
            "numbers": found.numbers,
            "services": found.services,
            "handover_file": found.writing,
            "result_file": found.reading,
        }
        listed.append(Adapter(found.id, found.name, _able(abilities)))
    return listed


def tools_of() -> dict[str, list[tuple[str, str]]]:
    """Carriers whose waybills several programs print, each with these as (id, name), the usual one first."""
    found = {carrier.id: [(tool.id, tool.name) for tool in carrier.writing] for carrier in lately().values()}
    return {carrier: tools for carrier, tools in found.items() if len(tools) > 1}


def services_of(carrier: str) -> tuple[tuple[str, str], ...]:
    """Services of a carrier as (id, name in the present language); () for an unknown one."""
    found = lately().get(carrier)
    return tuple((known.id, known.called(language())) for known in found.services) if found else ()


def service_name(carrier: str, service: str) -> str:
    """A service as its carrier calls it in the present language; an unknown one by its id."""
    return dict(services_of(carrier)).get(service, service)


def _able(abilities: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name, value in abilities.items() if value)
