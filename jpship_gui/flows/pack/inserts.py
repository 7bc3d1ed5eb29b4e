"""The extras that go into each parcel by its shops' rules (PR-12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jpship_gui.domain.inserts import Flaw, Insert, inserts_for, read_rules
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.texts import text

__all__ = ["Flaw", "Insert", "flaw_words", "insert_words", "inserts", "of_shop", "parcel_inserts", "unused"]


def of_shop(ws: Workspace, shop: str) -> tuple[tuple[Insert, ...], tuple[Flaw, ...]]:
    """A shop's rules, and the lines of its setting that are not used."""
    return read_rules(ws.shop_options(shop).get("inserts.rules"))


def flaw_words(flaw: Flaw) -> str:
    """Which line of the setting is not used, and why."""
    return text(f"inserts.flaw.{flaw.code}", line=flaw.line, word=flaw.word)


def unused(key: str, value: str) -> str:
    """What to say under a setting of a shop: its lines that are not used, one a line; "" for any other setting."""
    flaws = read_rules(value)[1] if key == "inserts.rules" else ()
    return "\n".join(flaw_words(flaw) for flaw in flaws)


def inserts(shipment: Shipment, options: ShopOptions, today: date) -> tuple[Insert, ...]:
    """What goes along with one shipment's goods by its own shop's rules."""
    said = options.get("inserts.rules")
    return inserts_for(read_rules(said)[0], shipment, today) if said else ()


def insert_words(found: Sequence[Insert]) -> tuple[str, ...]:
    """As papers and packing page say it, with where it is allowed."""
    return tuple(
        dict.fromkeys(text("paper.note_insert", name=one.name, allowed=one.allowed) for one in found)
    )


def parcel_inserts(ws: Workspace, shipment: Shipment) -> tuple[str, ...]:
    """For all that travels in a shipment's parcel, in words."""
    found = [
        insert
        for one in shipment.bundle
        for insert in inserts(one, ws.shop_options(one.order_id.shop), ws.today())
    ]
    return insert_words(found)
