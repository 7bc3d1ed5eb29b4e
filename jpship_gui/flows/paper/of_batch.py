"""The papers of a batch that was printed: for exactly its shipments, by running number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper import batches, wanting
from jpship_gui.flows.paper.kind import Kind
from jpship_gui.flows.paper.kinds import kinds
from jpship_gui.flows.paper.print_slips import choose
from jpship_gui.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OfBatch:
    """`keys` may be on its papers now, `refused` says by key why the others may not, `slips` are the pages of its
    slips; `wanted` by paper, the shipments of the batch that need it."""

    number: int
    keys: tuple[str, ...] = ()
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    slips: int = 0
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shipments: tuple[Shipment, ...] = ()


def of_batch(ws: Workspace, number: int) -> OfBatch:
    """A printed batch as it stands now; Refused("batch_unknown")."""
    made = batches.batch(ws, number)
    every = wanting.load(ws, tuple(row.key for row in made.rows))
    chosen, refused = choose(ws, tuple(shipment.key for shipment in every))
    keys = tuple(shipment.key for shipment in chosen)
    wanted = {kind.id: _wanted(ws, kind, every, refused) for kind in kinds().values()}
    return OfBatch(number, keys, refused, made.pages, MappingProxyType(wanted), tuple(chosen))


def needing(ws: Workspace, kind: Kind, number: int) -> tuple[tuple[str, ...], dict[str, tuple[Problem, ...]]]:
    """Those of a batch that need this paper, and by key why others are left out; Refused("batch_unknown")."""
    every = wanting.load(ws, wanting.of_batch(ws, number))
    _, refused = choose(ws, tuple(shipment.key for shipment in every))
    return _wanted(ws, kind, every, refused), {} if kind.due else refused


def _wanted(
    ws: Workspace, kind: Kind, every: tuple[Shipment, ...], refused: Mapping[str, tuple[Problem, ...]]
) -> tuple[str, ...]:
    """A paper that is due whatever the batch (hand-over, void numbers) decides by itself who is on it."""
    found = every if kind.due else tuple(shipment for shipment in every if shipment.key not in refused)
    needed = frozenset(kind.wanted(ws, found))
    return tuple(s.key for s in every if not needed.isdisjoint(one.key for one in (s, *s.bundle)))
