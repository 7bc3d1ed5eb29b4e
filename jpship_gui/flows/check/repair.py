"""A proposed repair, accepted: the shipment's own recipient or wish changes, the order keeps the marketplace's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.problem import Repair
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.change import Change, rows_of, write
from jpship_gui.flows.check.check import check_shipments
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks, shipments
from jpship_gui.store.checks import CheckRow

_CONTACT = frozenset({"name", "postal_code", "prefecture", "city", "street", "phone"})
_BEFORE_PACKING = frozenset({Stage.HOLD, Stage.CHECK, Stage.WAITING, Stage.PRINT, Stage.PACK})


def _contact(repair: Repair) -> dict[str, Any]:
    return {name: value for name, value in repair.values.items() if name in _CONTACT}


def _wish(repair: Repair) -> dict[str, Any]:
    """`day`, `slot` and `text` where given; what is not given stays."""
    columns = {"day": "wish_day", "slot": "wish_slot", "text": "wish_text"}
    values = {columns[name]: value for name, value in repair.values.items() if name in columns}
    if values.get("wish_day"):
        date.fromisoformat(values["wish_day"])
    return values


def _no_wish(repair: Repair) -> dict[str, Any]:
    return {"wish_day": "", "wish_slot": "", "wish_text": ""}


def _copied_wish(repair: Repair) -> dict[str, Any]:
    return {**_wish(repair), "remark_read": 1}


def _read(repair: Repair) -> dict[str, Any]:
    return {"remark_read": 1}


_KINDS: Mapping[str, Callable[[Repair], dict[str, Any]]] = {
    "set_postal_code": _contact,
    "set_address": _contact,
    "set_name": _contact,
    "set_phone": _contact,
    "set_wish": _wish,
    "drop_wish": _no_wish,
    "drop_slot": lambda repair: {"wish_slot": ""},
    "copy_wish": _copied_wish,
    "mark_read": _read,
}


def apply_repair(ws: Workspace, key: str, code: str, repair: Repair) -> Change:
    """Carry out a repair of problem `code`. What is printed must be printed again.

    Refused("repair_unknown") for a kind there is not, Refused("repair_too_late") once a waybill is linked.
    """
    if repair.kind not in _KINDS:
        raise Refused("repair_unknown", key=key, code=code, count=0)
    values = _KINDS[repair.kind](repair)
    if not values:
        raise Refused("repair_unknown", key=key, code=code, count=0)
    with ws.store.transaction():
        (row,) = rows_of(ws, [key])
        touched = _write(ws, row, code, repair, values)
        shipments.index(ws.store, [touched.row_id])
        check_shipments(ws, [touched.row_id])
    return Change("repaired", (key,), (), (touched,))


def correct(ws: Workspace, key: str, fields: Mapping[str, str]) -> Change:
    """Set recipient fields (name, postal_code, prefecture, city, street, phone) to what a person typed."""
    unknown = set(fields) - _CONTACT
    if unknown:
        raise Refused("field_unknown", field=", ".join(sorted(unknown)))
    return apply_repair(ws, key, "", Repair("set_address", dict(fields)))


def _write(ws: Workspace, row: CheckRow, code: str, repair: Repair, values: dict[str, Any]) -> Any:
    on_paper = set(values) - {"remark_read"}
    if on_paper and (row.shipment.stage not in _BEFORE_PACKING or row.shipment.facts.linked is not None):
        raise Refused("repair_too_late", key=row.shipment.key)
    present = checks.columns(ws.store, row.shipment.row_id, (*values, "edited"))
    changed = {name: present[name] for name in sorted(on_paper) if present[name] != values[name]}
    if changed:
        values = values | {"edited": checks.edited_text(present["edited"], changed)}
        if row.shipment.facts.printed is not None:
            values |= {"printed_at": None, "printed_by": "", "printed_how": ""}
    detail = {"code": code, "kind": repair.kind}
    detail["before"] = " / ".join(str(present[name]) for name in sorted(changed))
    detail["after"] = " / ".join(str(values[name]) for name in sorted(changed))
    touched = write(ws, row, values, "repaired", **detail)
    if "printed_at" in values and row.shipment.leader:  # the slip is that of the whole bundle
        shipments.unprint(ws.store, row.shipment.row_id)
    return touched
