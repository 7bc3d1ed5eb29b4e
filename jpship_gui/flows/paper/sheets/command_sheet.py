"""The sheet of command bar codes (PK-12): the desk's language large, the two others below."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.documents.command_sheet import CommandCard, render_commands
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import LANGUAGES, language, text_in


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return ()


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choice `language` (ja, en, zh_Hans): the one written large."""
    said = wanted.choices.get("language", "")
    first = said if said in LANGUAGES else language()
    rest = [other for other in LANGUAGES if other != first]
    cards = [
        CommandCard(
            code_of(command),
            text_in(first, f"pack.command.{command.value.lower()}"),
            tuple(text_in(other, f"pack.command.{command.value.lower()}") for other in rest),
        )
        for command in Command
    ]
    pdf = render_commands(cards, first, named(ws, "desk").dpi)
    return Drawn(pdf, ((),) * (-(-len(cards) // 12)))


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    said = wanted.choices.get("language", "")
    options = tuple((one, f"option.language.{one}") for one in LANGUAGES)
    return (Ask("language", CHOICE, said if said in LANGUAGES else language(), options=options),)


KINDS = (
    Kind(
        *("commands", "desk", _wanted, _draw, 90),
        on=False,
        needs_batch=False,
        choices=("language",),
        asks=_asks,
    ),
)
