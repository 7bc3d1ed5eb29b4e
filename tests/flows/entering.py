"""Entries for tests: valid by default, vary one thing."""

from __future__ import annotations

from typing import Any

from jpship_gui.flows.intake.entry import EnteredLine, Entry


def a_goods_line(**changes: Any) -> EnteredLine:
    """One blue mug at its price."""
    given: dict[str, Any] = {
        "name": "マグカップ 300ml",
        "variant": "青",
        "sku": "mug-300-bl",
        "quantity": "1",
        "unit_price": "2200",
    }
    return EnteredLine(**{**given, **changes})


def an_entry(**changes: Any) -> Entry:
    """A telephone order as a person types it: code with a hyphen, one line of address, digits in groups."""
    given: dict[str, Any] = {
        "name": "例山　花子",
        "postal_code": "541-0041",
        "address": "大阪府大阪市中央区北浜9-9-9",
        "building": "コーポことり203",
        "phone": "090-0000-1234",
        "lines": (a_goods_line(),),
    }
    return Entry(**{**given, **changes})
