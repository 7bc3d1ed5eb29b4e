"""The sheet of command bar codes (PK-12): the desk's language large, the two others below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.documents.command_sheet import CommandCard, CommandSection, render_commands
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack.checklist import item_code, kept_text, read
from jpship_gui.flows.pack.crew import reasons_of
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
    pdf, pages = render_commands(sections(ws, first), first, named(ws, "desk").dpi)
    return Drawn(pdf, ((),) * pages)


def sections(ws: Workspace, first: str) -> tuple[CommandSection, ...]:
    """Every command, grouped as a packer looks for it, and those that carry a number with the numbers in use."""
    named = {one for group in GROUPS.values() for one in group}
    more = tuple(one for one in Command if one not in named and one not in _WITH_NUMBER)
    groups = {**GROUPS, "parcel": (*GROUPS["parcel"], *more)}
    made = [
        CommandSection(_title(first, name), tuple(_card(first, one) for one in group))
        for name, group in groups.items()
    ]
    made.insert(
        list(GROUPS).index("asked") + 1,
        CommandSection(_title(first, "answer"), tuple(CommandCard(n, n) for n in _ANSWERS), 5, low=True),
    )
    pieces = tuple(
        CommandCard(code_of(Command.QTY, n), text_in(first, "packmodes.pieces", pieces=n)) for n in _PIECES
    )
    made.append(CommandSection(_title(first, "pieces"), pieces, 4, low=True))
    for command in (Command.HOLD, Command.REOPEN, Command.SKIP):
        cards = tuple(
            CommandCard(code_of(command, str(n)), words) for n, words in enumerate(reasons_of(ws, command), 1)
        )
        title = text_in(first, f"pack.command.{command.value.lower()}")
        made.append(CommandSection(title, cards, 3, low=True))
    items = [item for group in read(ws, kept_text(ws)).groups for item in group.items]
    ticks = tuple(CommandCard(item_code(item), item.words) for item in items)
    made.append(CommandSection(text_in(first, "packextra.sheet.items"), ticks, low=True))
    return tuple(one for one in made if one.cards)


def _title(language: str, name: str) -> str:
    return text_in(language, f"packmodes.sheet.{name}")


def _card(first: str, command: Command) -> CommandCard:
    key = f"pack.command.{command.value.lower()}"
    return CommandCard(
        code_of(command), text_in(first, key), tuple(text_in(o, key) for o in LANGUAGES if o != first)
    )


GROUPS: Mapping[str, tuple[Command, ...]] = {
    "stop": (Command.ACK, Command.UNDO, Command.RESTART, Command.NEXT),
    "parcel": (
        *(Command.TICK, Command.BYEYE, Command.PHOTO, Command.HOLD, Command.REPRINT, Command.TAKEOVER),
        *(Command.REOPEN, Command.RECHECK),
    ),
    "asked": (Command.GOODS, Command.WAYBILL),
    "day": (Command.RUN, Command.FINISH),
}
_WITH_NUMBER = (Command.QTY, Command.SKIP)  # only with one of their numbers
_PIECES = ("2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "20", "24")
_ANSWERS = ("0", "1", "2", "3", "4")  # none of the names, or which one


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
