"""`jpship marketplaces` and `jpship carriers`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from jpship_gui.cli.output import Answer, columns
from jpship_gui.flows.upkeep import adapters
from jpship_gui.flows.upkeep.adapters import Adapter, Limit
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def list_marketplaces(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What this build can talk to, and the seller's own profiles; or what each takes."""
    if arguments.limits:
        return _limits(adapters.every_limit(ws))
    return _answer(adapters.every_marketplace(ws))


def _limits(listed: list[Limit]) -> Answer:
    rows = [
        (
            found.marketplace,
            f"{found.valid_from or '－'}{' ' + text('limit.in_force') if found.in_force else ''}",
            text(f"limit.each.{found.each}"),
            str(found.numbers or "－"),
            text("limit.partial" if found.partial else "limit.whole"),
            str(found.lines_per_parcel or "－"),
            f"{found.upload_rows or '－'} / {found.upload_days or '－'}",
            found.grade or "－",
            found.source or text("limit.unknown"),
        )
        for found in listed
    ]
    names = ("marketplace", "valid_from", "each", "numbers", "partial", "lines", "upload", "grade", "source")
    header = tuple(text(f"limit.column.{name}") for name in names)
    return Answer([asdict(found) for found in listed], columns((header, *rows)))


def list_carriers(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The carriers of this build."""
    return _answer(adapters.every_carrier())


def _answer(listed: list[Adapter]) -> Answer:
    lines = columns((found.id, found.name, ", ".join(found.abilities)) for found in listed)
    return Answer([asdict(found) for found in listed], lines)
