"""`jpship marketplaces` and `jpship carriers`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from jpship_gui.cli.output import Answer, columns
from jpship_gui.flows.upkeep import adapters
from jpship_gui.flows.upkeep.adapters import Adapter
from jpship_gui.flows.workspace import Workspace


def list_marketplaces(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What this build can talk to, and the seller's own profiles."""
    return _answer(adapters.every_marketplace(ws))


def list_carriers(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The carriers of this build."""
    return _answer(adapters.every_carrier())


def _answer(listed: list[Adapter]) -> Answer:
    lines = columns((found.id, found.name, ", ".join(found.abilities)) for found in listed)
    return Answer([asdict(found) for found in listed], lines)
