"""What a person says of a shipment for its waybill: handling marks, beside what goods and shop say (PR-11), and the
office it is collected at."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.handling_marks import MARKS, marks_in
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, marks, shipments


def marks_of(ws: Workspace, chosen: Sequence[Shipment]) -> dict[str, tuple[str, ...]]:
    """The marks of each shipment by key, those of all that travels with it included, in the order of `MARKS`."""
    every = [one for shipment in chosen for one in shipment.bundle]
    said = marks.said(ws.store, [one.row_id for one in every])
    goods = marks.of_goods(ws.store, (line.sku for one in every for _, line in one.goods))
    usual = {shop: _usual(ws, shop) for shop in {one.order_id.shop for one in every}}
    found = {}
    for shipment in chosen:
        named: set[str] = set()
        for one in shipment.bundle:
            if one.row_id in said:
                named |= set(said[one.row_id])
                continue
            named |= set(usual[one.order_id.shop])
            named |= {mark for _, line in one.goods for mark in goods.get(line.sku, ())}
        found[shipment.key] = tuple(mark for mark in MARKS if mark in named)
    return found


def _usual(ws: Workspace, shop: str) -> tuple[str, ...]:
    return marks_in(" ".join(ws.shop_options(shop).get("carrier.marks")))[0]


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
