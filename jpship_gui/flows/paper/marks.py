"""What a person says of a shipment for its waybill: handling marks, beside what goods and shop say (PR-11), and the
office it is collected at."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.handling_marks import MARKS, marks_in
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.handling import marks_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, marks, shipments

__all__ = ["marks_by_key", "marks_of", "offices_of", "set_marks", "set_office"]


def set_marks(ws: Workspace, keys: Sequence[str], wanted: str | None) -> dict[str, tuple[str, ...]]:
    """Let a person say the marks of these shipments, by id or by the carriers' words; None = as goods and shop say.

    Refused("shipment_unknown", "mark_unknown"); gives what each has now.
    """
    named, unknown = marks_in(wanted or "")
    if unknown:
        raise Refused("mark_unknown", mark=" ".join(unknown), known=" ".join(MARKS))
    found = _named(ws, keys)
    row_ids = [shipment.row_id for shipment in found]
    with ws.store.transaction():
        marks.say(ws.store, row_ids, None if wanted is None else named)
        shown = "-" if wanted is None else " ".join(named)
        history.add(ws.store, row_ids, "marks_said", ws.now(), ws.person, ws.desk, marks=shown)
        ws.store.touch()
    return marks_of(ws, found)


def marks_by_key(ws: Workspace, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """`marks_of` for keys; Refused("shipment_unknown")."""
    return marks_of(ws, _named(ws, keys))


def _named(ws: Workspace, keys: Sequence[str]) -> list[Shipment]:
    found = shipments.by_keys(ws.store, list(dict.fromkeys(keys)))
    missing = sorted(set(keys) - {shipment.key for shipment in found})
    if missing:
        raise Refused("shipment_unknown", key=", ".join(missing))
    return found


def offices_of(ws: Workspace, chosen: Sequence[Shipment]) -> dict[str, str]:
    """By key the office at which each of these is collected (SY-14), "" for those brought to the address."""
    said = marks.offices(ws.store, [shipment.row_id for shipment in chosen])
    return {shipment.key: said.get(shipment.row_id, "") for shipment in chosen}


def set_office(ws: Workspace, keys: Sequence[str], office: str) -> dict[str, str]:
    """Let these shipments be collected at an office, named by the carrier's own code; "" = brought to the address.
    Refused("shipment_unknown")."""
    found = _named(ws, keys)
    row_ids = [shipment.row_id for shipment in found]
    with ws.store.transaction():
        for row_id in row_ids:
            shipments.update(ws.store, row_id, {"office": office.strip()})
        history.add(
            ws.store, row_ids, "office_said", ws.now(), ws.person, ws.desk, office=office.strip() or "-"
        )
        ws.store.touch()
    return offices_of(ws, found)
