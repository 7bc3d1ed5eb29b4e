"""Which parcels a desk linked last and nobody has told a marketplace about."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.stage import Stage
from jpship_gui.store.database import Store

_OPEN = (Stage.VERIFY.value, Stage.CONFIRM.value, Stage.PACKED.value)
_BACK = 500  # links of all desks looked at, so that it costs the same in a large database


@dataclass(frozen=True, slots=True)
class PackedHere:
    """A shipment by key, its order's number and the recipient's name."""

    key: str
    order: str
    name: str
    proven: bool


def last(store: Store, desk: str, count: int) -> list[PackedHere]:
    """The newest first; of orders packed together the one whose slip opens them."""
    marks = ", ".join("?" * len(_OPEN))
    rows = store.rows(
        "SELECT s.key, s.number, s.name, s.verified_at, MAX(p.linked_seq) AS seq FROM parcels p "
        "JOIN shipments s ON s.id = p.shipment_id "
        f"WHERE p.linked_seq > (SELECT COALESCE(MAX(linked_seq), 0) FROM parcels) - {_BACK} "
        f"AND p.linked_desk = ? AND p.tracking_no <> '' AND s.stage IN ({marks}) "
        "AND (s.bundle IS NULL OR s.bundle = s.id) "
        "GROUP BY s.id, s.key, s.number, s.name, s.verified_at ORDER BY seq DESC LIMIT ?",
        (desk, *_OPEN, count),
    )
    return [PackedHere(key, order, name, verified is not None) for key, order, name, verified, _ in rows]
