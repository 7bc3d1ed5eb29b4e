"""One shipment without a fault and the world around it; a test varies one thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jpship_gui.domain.order import Order
from jpship_gui.domain.rules import CheckInput, Surroundings
from jpship_gui.settings.places import resources
from jpship_gui.store.postal import PostalTable
from tests.builders import a_contact, an_order

TABLE = PostalTable(resources() / "postal" / "postal.sqlite")
Make = Callable[..., CheckInput]


@pytest.fixture
def around() -> Surroundings:
    """Saturday 21 November 2026 with the shipped postal table."""
    return Surroundings(date(2026, 11, 21), TABLE, {"paper": ("領収書",), "when": ("午前",)})


@pytest.fixture
def subject() -> Make:
    """Makes the input of a check: `order` fields, `recipient` fields by name, or CheckInput's own."""

    def make(
        recipient: dict[str, str] | None = None, own: dict[str, Any] | None = None, **order: Any
    ) -> CheckInput:
        contact = a_contact(**(recipient or {}))
        made: Order = an_order(recipient=contact, **order)
        package = made.packages[0].package_id if made.packages else ""
        given: dict[str, Any] = {"recipient": contact, "lines": made.lines, "wish": made.wish}
        return CheckInput("JP", made, package, **(given | (own or {})))

    return make
