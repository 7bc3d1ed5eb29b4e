"""What papers beside the slip have in common: whose they are, and what keeps a shipment off them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jpship_gui.documents.characters import left_out
from jpship_gui.documents.fonts import missing_characters
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.paper.kind import Drawn, Wanted
from jpship_gui.flows.paper.print_slips import NothingToPrint, choose, sources_of
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from jpship_gui.texts import text

GLYPHS_SEEN = "glyphs_seen"  # choice "1": a person saw which characters come out as 〓
YES = "1"
Problems = Mapping[str, tuple[Problem, ...]]
T = TypeVar("T")


@dataclass(slots=True)
class Taken:
    """The shipments of a paper in printing order, and by key what is known of each."""

    sources: list[SlipSource]
    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    notices: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def refuse(self, source: SlipSource, code: str, field_: str, **values: str) -> None:
        """Keep a shipment off the paper."""
        problem = Problem(code, Severity.BLOCK, field_, {"order": source.order.id.number, **values})
        self.refused[source.shipment.key] = (*self.refused.get(source.shipment.key, ()), problem)

    def notice(self, source: SlipSource, problem: Problem) -> None:
        """Say something of a shipment that is on the paper."""
        self.notices[source.shipment.key] = (*self.notices.get(source.shipment.key, ()), problem)

    def without_refused(self) -> list[SlipSource]:
        """Those that are left."""
        return [source for source in self.sources if source.shipment.key not in self.refused]

    def drawn(
        self, pdf: bytes, pages: Iterable[tuple[str, ...]], written: Callable[[], None] | None = None
    ) -> Drawn:
        """The answer of a kind's `draw`."""
        return Drawn(pdf, tuple(pages), self.refused, self.notices, written)


def take(ws: Workspace, wanted: Wanted) -> Taken:
    """The wanted shipments; in a preview those too that may not be printed now. Refused("shipment_unknown")."""
    if wanted.preview:
        found = shipments.leading(ws.store, shipments.by_keys(ws.store, list(wanted.keys)))
        return Taken(sources_of(ws, found))
    chosen, refused = choose(ws, wanted.keys)
    return Taken(sources_of(ws, chosen), refused)


def legible(
    taken: Taken, wanted: Wanted, made: Sequence[tuple[SlipSource, T]], characters: Callable[[T], str]
) -> list[tuple[SlipSource, T]]:
    """Those whose every character a font holds or whose gaps a person accepted (PR-14); what is left out is noticed."""
    good: list[tuple[SlipSource, T]] = []
    for source, data in made:
        words = characters(data)
        missing = missing_characters(words)
        if missing:
            named = " ".join(f"{c} (U+{ord(c):04X})" for c in missing)
            if not wanted.preview and wanted.choices.get(GLYPHS_SEEN) != YES:
                taken.refuse(source, "glyph_missing", "recipient", characters=named)
                continue
            values = {"order": source.order.id.number, "characters": named}
            taken.notice(source, Problem("glyph_missing", Severity.WARN, "recipient", values))
        dropped = left_out(words)
        if dropped:
            named = " ".join(f"U+{ord(c[0]):04X}" for c in dropped)
            values = {"order": source.order.id.number, "characters": named}
            taken.notice(source, Problem("glyph_left_out", Severity.WARN, "recipient", values))
        good.append((source, data))
    return good


def too_full(
    taken: Taken, document: str, made: Sequence[tuple[SlipSource, T]], over: Sequence[int]
) -> list[tuple[SlipSource, T]]:
    """Those that are on the paper; the others (numbers of `made`) are refused because their text does not fit."""
    outside = set(over)
    for index in over:
        taken.refuse(
            made[index][0], "paper_too_full", "recipient.street", paper=text(f"paper.document.{document}")
        )
    return [each for index, each in enumerate(made) if index not in outside]


def some(taken: Taken, made: Sequence[object]) -> None:
    """NothingToPrint where nothing is left."""
    if not made:
        code = "print_all_refused" if taken.refused else "print_nothing_waiting"
        raise NothingToPrint(code, taken.refused, {}, count=len(taken.refused))
