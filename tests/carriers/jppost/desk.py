"""One shipment and one shop for the tests of 日本郵便's tools."""

from __future__ import annotations

from datetime import date
from typing import Any

from jpship_gui.carriers import carriers
from jpship_gui.carriers.base import Consignment, HandoverResult, Sender, Tool
from jpship_gui.domain.order import OrderId
from jpship_gui.domain.order_key import make_key
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.formats.writer import table_bytes
from tests.builders import a_contact, a_line

TODAY = date(2026, 11, 20)
KEY = make_key(7)
CODES = {"slip_form": "1100780", "cloud_form": "0", "clickpost_key": "on"}
SENDER = Sender(
    name="ことり雑貨店",
    postal_code="1000001",
    address="東京都千代田区 千代田9-9-9",
    building="見本ビル 1F",
    phone="03-0000-0000",
    codes=CODES,
)
TOOLS = {tool.id: tool for tool in carriers()["jppost"].tools}


def a_shipment(**changes: Any) -> Shipment:
    given: dict[str, Any] = {
        "row_id": 7,
        "key": KEY,
        "order_id": OrderId("rakuten", "本店", "345678-20261120-0000000007"),
        "package_id": "1",
        "recipient": a_contact(),
        "buyer": a_contact(),
        "lines": (a_line(),),
        "stage": Stage.PACK,
        "parcels": (Parcel(KEY),),
    }
    return Shipment(**{**given, **changes})


def a_consignment(shipment: Shipment | None = None, **changes: Any) -> Consignment:
    sent = shipment or a_shipment()
    given: dict[str, Any] = {
        "shipment": sent,
        "parcels": sent.parcels,
        "sender": SENDER,
        "service": "yupack",
        "ship_date": TODAY,
    }
    return Consignment(**{**given, **changes})


def written(tool: Tool | str, *consignments: Consignment) -> HandoverResult:
    """The rows a tool's file would have."""
    used = TOOLS[tool] if isinstance(tool, str) else tool
    assert used.write_rows is not None
    return used.write_rows(consignments, TODAY)


def file_of(tool: str, *consignments: Consignment) -> bytes:
    """The file itself."""
    layout = TOOLS[tool].handover_layout
    assert layout is not None
    return table_bytes(layout, written(tool, *consignments).rows)


def cells(tool: Tool | str, *consignments: Consignment) -> dict[int, str]:
    """Non-empty cells of the first row by column number; nothing may be refused."""
    result = written(tool, *consignments)
    assert result.problems == {}
    return {number: cell for number, cell in enumerate(result.rows[0], start=1) if cell}


def refused(tool: Tool | str, consignment: Consignment) -> list[tuple[str, str]]:
    """Codes and fields of what keeps it out; it must be kept out."""
    result = written(tool, consignment)
    assert result.rows == ()
    return [(p.code, p.field) for p in result.problems[consignment.shipment.key]]


def problem(tool: Tool | str, consignment: Consignment) -> Problem:
    """The one problem."""
    (only,) = written(tool, consignment).problems[consignment.shipment.key]
    return only


def notes(tool: Tool | str, consignment: Consignment) -> list[str]:
    """Codes of what a person should know of a row that was written."""
    result = written(tool, consignment)
    assert result.rows
    return [note.code for note in result.notes.get(consignment.shipment.key, ())]
