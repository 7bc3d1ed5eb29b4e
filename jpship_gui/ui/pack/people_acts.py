"""Acts of the packing page that are about people: who stands here, and the reasons of what they do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Expect
from jpship_gui.domain.roles import Right
from jpship_gui.flows import people
from jpship_gui.flows.pack.reopening import PackedHere, packed_last
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.pack.acting import PageActs
from jpship_gui.ui.pack.asking import Choice

_SKIPPED = frozenset({Expect.ITEM, Expect.TICK, Expect.WEIGHT, Expect.PHOTO, Expect.LABEL})
_BY_SLIP = None


def set_up_for(ws: Workspace) -> str:
    """Who this desk is set up for: where people are entered, not whoever was here last."""
    with suppress(WorldFault):
        if people.active(ws):
            return str(ws.options.get("desk.person"))
    return ws.person


def has_people(page: PageActs) -> bool:
    """Whether the shop entered anybody."""
    with suppress(WorldFault):
        return page.station is not None and bool(people.active(page.desk.ws))
    return False


def choose_person(page: PageActs) -> None:
    """Who stands here now? Whoever may not be chosen by a click is pale: their badge says it."""
    station = page.station
    if station is None or not has_people(page):
        return
    crew = station.session.crew
    options = [
        Choice(one.name, one.name, text(f"people.role.{one.role.value}"), allowed=crew.by_click(one.name))
        for one in people.active(page.desk.ws)
    ]
    page.choose(
        text("people.choose"), options, lambda choice: page.answer(lambda: station.choose(str(choice.value)))
    )


def can_skip(page: PageActs) -> bool:
    """Something is missing that may be skipped at all."""
    return page.snapshot().expects in _SKIPPED


def skip(page: PageActs) -> None:
    """With a reason; whoever may not is told who may."""
    station = page.station
    if station is None:
        return
    if station.session.crew.may(station.session.person, Right.SKIP):
        _with_reason(page, Command.SKIP)
    else:
        page.command(Command.SKIP, "1")


def hold(page: PageActs) -> None:
    """With a reason."""
    _with_reason(page, Command.HOLD)


def restart(page: PageActs) -> None:
    """With a reason where numbers are taken back."""
    view = page.snapshot().view
    if view is not None and any(parcel.tracking_no for parcel in view.parcels):
        _with_reason(page, Command.RESTART)
    else:
        page.command(Command.RESTART)


def reopen(page: PageActs) -> None:
    """One of the last parcels packed here, or whichever slip is read next; then the reason."""
    station = page.station
    if station is None:
        return
    found: list[PackedHere] = []
    with suppress(WorldFault):
        found += packed_last(page.desk.ws, station.name)
    options = [Choice(_family(one), one.key, _told(one)) for one in found]
    options.append(Choice(text("people.by_slip"), _BY_SLIP, code=code_of(Command.REOPEN)))

    def chosen(choice: Choice) -> None:
        if choice.value is _BY_SLIP:
            _with_reason(page, Command.REOPEN)
        else:
            key = str(choice.value)
            _reasons(
                page, Command.REOPEN, lambda number, words: page.answer(lambda: station.reopen(key, words))
            )

    page.choose(text("people.reopen"), options, chosen)


def _with_reason(page: PageActs, command: Command) -> None:
    _reasons(page, command, lambda number, words: page.command(command, str(number)))


def _reasons(page: PageActs, command: Command, done: Callable[[int, str], None]) -> None:
    assert page.station is not None
    reasons = list(enumerate(page.station.session.crew.reasons(command), start=1))
    options = [Choice(words, number, code=code_of(command, str(number))) for number, words in reasons]
    title = text(f"people.why.{command.value.lower()}")

    def chosen(choice: Choice) -> None:
        assert isinstance(choice.value, int)
        done(choice.value, choice.words)

    page.choose(title, options, chosen)


def _family(one: PackedHere) -> str:
    parts = one.name.split()
    return f"{parts[0]} {text('packpage.honorific')}".strip() if parts else names.short_number(one.order)


def _told(one: PackedHere) -> str:
    state = text("packpage.agrees") if one.proven else text("people.not_proven")
    return f"{names.short_number(one.order)}  {state}"
