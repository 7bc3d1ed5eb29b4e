"""What the packer must not miss, in words: on the pick list and on the packing page."""

from __future__ import annotations

from jpship_gui.domain.shipment import Shipment
from jpship_gui.texts import text


def packing_notes(shipment: Shipment) -> tuple[str, ...]:
    """Gift, wrapping, noshi, and what goes along free of charge; the buyer's remark is not among them."""
    notes = [text("paper.note_gift")] if shipment.gift else []
    notes += [text("paper.note_wrapping", text=wrapping) for wrapping in shipment.wrapping]
    if shipment.noshi:
        notes.append(text("paper.note_noshi", text=shipment.noshi))
    extras = dict.fromkeys(line.extra for line in shipment.lines if line.extra and not line.deleted)
    notes += [text("paper.note_extra", text=extra) for extra in extras]
    return tuple(notes)
