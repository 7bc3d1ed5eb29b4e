"""What lies in a parcel, as the desk's papers list it: sets opened, by the goods list's words, with what must not be
missed."""

from __future__ import annotations

from datetime import date

from jpship_gui.documents.picklist_order import PickLine
from jpship_gui.domain.goods_set import Piece, opened
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.inserts import Insert, insert_words, inserts
from jpship_gui.flows.pack.notes import packing_notes
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.store.products import Product
from jpship_gui.texts import text

TAIL = 5  # digits of an order number by which a packer knows it


def goods_rows(source: SlipSource) -> tuple[PickLine, ...]:
    """Every piece that goes into the shipment's boxes."""
    lines = []
    for piece in [piece for one in source.shipment.bundle for piece in opened(one.lines, source.sets)]:
        product = source.products.get(piece.sku)
        name, variant = words_of(piece, product)
        shelf = product.shelf if product else ""
        lines.append(PickLine(piece.sku, name, piece.quantity, variant, shelf, piece.set_name))
    return tuple(lines)


def words_of(piece: Piece, product: Product | None) -> tuple[str, str]:
    """Name and variant of what is to be collected."""
    known, variant = (product.name, product.variant) if product else ("", "")
    if piece.in_set:
        return known or piece.sku, variant
    return known or piece.line.name, piece.line.variant or variant


def together(shipment: Shipment) -> tuple[str, ...]:
    """Which orders the goods are for, where there are several."""
    if not shipment.together:
        return ()
    orders = "・".join(one.order_id.number[-TAIL:] for one in shipment.bundle)
    return (text("paper.note_together", count=len(shipment.bundle), orders=orders),)


def notes(source: SlipSource, today: date) -> tuple[str, ...]:
    """What the packer must do or put in, without the buyer's own words."""
    said = dict.fromkeys(note for one in source.shipment.bundle for note in packing_notes(one))
    return (*together(source.shipment), *said, *insert_words(inserts_of(source, today)))


def inserts_of(source: SlipSource, today: date) -> list[Insert]:
    """The extras by the rules of each order's shop."""
    every = (source, *source.together)
    return [insert for one in every for insert in inserts(one.shipment, one.options, today)]
