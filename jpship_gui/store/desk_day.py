"""What a desk says when it finishes: what it packed, and what the house still has to do."""

from __future__ import annotations

from datetime import datetime

from jpship_gui.domain.packing.world import Day
from jpship_gui.domain.stage import Stage
from jpship_gui.store.database import Store, to_ms
from jpship_gui.store.table import VIEWS


def day(store: Store, desk: str, since: datetime, now: datetime) -> Day:
    """`since` is when the day began."""
    late = VIEWS["late"].replace(":now", "?")
    row = store.row(
        "SELECT (SELECT COUNT(DISTINCT shipment_id) FROM parcels WHERE linked_desk = ? AND linked_at >= ?), "
        "(SELECT COUNT(*) FROM shipments WHERE stage = ?), (SELECT COUNT(*) FROM shipments WHERE stage = ?), "
        "(SELECT COUNT(*) FROM shipments WHERE stage = ?), "
        f"(SELECT COUNT(*) FROM shipments WHERE {late}), "
        "(SELECT COUNT(*) FROM open_parcels WHERE desk <> ?)",
        (desk, to_ms(since), Stage.VERIFY.value, Stage.HOLD.value, Stage.PACK.value, to_ms(now), desk),
    )
    return Day(*(int(count) for count in row)) if row else Day()
