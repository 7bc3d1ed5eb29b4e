"""The order in which the desk works: ship-by, then when the carrier fetches, then shelf (PL-12)."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.flows.check.planning import cutoffs_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store.table import Query


def with_cutoffs(ws: Workspace, query: Query) -> Query:
    """The query with when carriers fetch at this desk, where it is in the work list's order."""
    if query.sort != "work" or query.cutoffs:
        return query
    times = cutoffs_of(ws)
    return replace(query, cutoffs=tuple((carrier, f"{at:%H:%M}") for carrier, at in times.items()))
