"""Set products: sold as one line, picked and scanned as the goods they consist of (IN-13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from jpship_gui.domain.order import OrderLine


@dataclass(frozen=True, slots=True)
class Component:
    """Goods in a set, `quantity` pieces in each."""

    sku: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class GoodsSet:
    """A SKU that opens into components; none of them is a set itself. `name` blank = as the order calls it."""

    sku: str
    components: tuple[Component, ...]
    name: str = ""


Sets = Mapping[str, GoodsSet]  # by SKU in capitals
NO_SETS: Sets = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Piece:
    """Goods to be collected and scanned for one order line: the line's own, or a component of the set it is, `each`
    pieces in one set."""

    line: OrderLine
    sku: str
    quantity: int
    set_name: str = ""
    each: int = 1

    @property
    def in_set(self) -> bool:
        """Whether the order line is a set and this one of its components."""
        return bool(self.set_name)


def key_of(sku: str) -> str:
    """SKUs are compared without case."""
    return sku.strip().upper()


def opened(lines: Iterable[OrderLine], sets: Sets) -> tuple[Piece, ...]:
    """All that is to be collected for these lines; deleted ones are left out."""
    pieces: list[Piece] = []
    for line in lines:
        if line.deleted:
            continue
        found = sets.get(key_of(line.sku)) if line.sku else None
        if found is None:
            pieces.append(Piece(line, line.sku, line.quantity))
            continue
        name = found.name or " ".join(part for part in (line.name, line.variant) if part) or found.sku
        pieces += [
            Piece(line, component.sku, component.quantity * line.quantity, name, component.quantity)
            for component in found.components
        ]
    return tuple(pieces)


def why_not(made: GoodsSet, others: Sets) -> str:
    """Why this cannot be a set beside the others (`incomplete`, `pieces`, `itself`, `twice`, `nested`); "" when it can.

    A set inside a set is refused from both sides, so that opening one never has to look for rings.
    """
    own = key_of(made.sku)
    keys = [key_of(component.sku) for component in made.components]
    if not own or not keys or not all(keys):
        return "incomplete"
    if any(component.quantity < 1 for component in made.components):
        return "pieces"
    if own in keys:
        return "itself"
    if len(set(keys)) < len(keys):
        return "twice"
    inside = {key_of(c.sku) for key, other in others.items() if key != own for c in other.components}
    if own in inside or any(key in others and key != own for key in keys):
        return "nested"
    return ""


def codes_needed(pieces: Sequence[Piece]) -> int:
    """Scans of single pieces that all of it takes."""
    return sum(piece.quantity for piece in pieces)
