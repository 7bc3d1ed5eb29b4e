"""Badges of everybody who works here, or of one person (MD-03)."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.badge_cards import CARDS_ON_PAGE, BadgeCard, render_badges
from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows import people
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.print_slips import NothingToPrint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import language, text


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return ()


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choice `who` (code or name): this one alone; NothingToPrint where nobody is entered."""
    said = wanted.choices.get("who", "")
    chosen = [people.find(ws, said)] if said else people.active(ws)
    cards = [
        BadgeCard(badge_of(one.code), one.name, text(f"people.role.{one.role.value}"))
        for one in chosen
        if one.active
    ]
    if not cards:
        raise NothingToPrint("people_none", {}, {})
    pdf = render_badges(cards, language(), named(ws, "desk").dpi)
    return Drawn(pdf, ((),) * (-(-len(cards) // CARDS_ON_PAGE)))


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    here = people.active(ws)
    options = (("", "paperpage.everybody"), *((one.code, one.name) for one in here))
    said = wanted.choices.get("who", "")
    return (Ask("who", CHOICE, said if said in {one.code for one in here} else "", options=options),)


KINDS = (
    Kind(
        *("badges", "desk", _wanted, _draw, 91),
        on=False,
        needs_batch=False,
        choices=("who",),
        asks=_asks,
    ),
)
