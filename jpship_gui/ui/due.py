"""When a time that remains begins to speak, and for which shipments no time remains to be told."""

from __future__ import annotations

from datetime import timedelta

from jpship_gui.domain.stage import Stage

DUE_SOON = timedelta(hours=1)
SETTLED = frozenset(
    (
        *(Stage.PACKED, Stage.HANDED_OVER, Stage.SENT, Stage.ACCEPTED, Stage.SHIPPED),
        *(Stage.CANCELLED, Stage.NOT_OURS),
    )
)
