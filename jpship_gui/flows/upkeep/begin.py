"""What is due whenever somebody starts to work, at a window or with a command."""

from __future__ import annotations

from jpship_gui.flows.check.check import check_daily
from jpship_gui.flows.pack import evidence
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.facts import keep_up_quietly
from jpship_gui.flows.paper.sweep import sweep
from jpship_gui.flows.workspace import Workspace


def begin(ws: Workspace) -> None:
    """Take over what the journals have and the database lacks, check what the new day made wrong, and remove papers,
    files and photos whose time is over.

    WorldFault as `catch_up`: nobody prints or confirms by a database that may lack scans.
    """
    catch_up(ws)
    keep_up_quietly(ws)
    check_daily(ws)
    sweep(ws)
    evidence.expire(ws)
