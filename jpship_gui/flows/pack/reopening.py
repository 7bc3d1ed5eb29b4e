"""Which packed parcels may be opened again from the packing page."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import packed_here
from jpship_gui.store.packed_here import PackedHere

__all__ = ["PackedHere", "packed_last"]

_COUNT = 8  # beside the answer that its slip will be read: one for each digit


def packed_last(ws: Workspace, desk: str) -> Sequence[PackedHere]:
    """The last ones this desk linked, the newest first, that no marketplace was told about."""
    return packed_here.last(ws.store, desk, _COUNT)
