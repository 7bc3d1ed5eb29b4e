"""The people of the shop as the packing desk asks for them; read again only when a desk changed something.

While the database is away what was read last holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jpship_gui.domain import roles
from jpship_gui.domain.badge import code_on
from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.kinds import tidy
from jpship_gui.domain.roles import Right
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import people as kept
from jpship_gui.store import trouble
from jpship_gui.texts import text

REASONS: Mapping[Command, str] = {
    Command.HOLD: "hold",
    Command.REOPEN: "reopen",
    Command.RESTART: "reopen",
    Command.SKIP: "skip",
}  # command → which of the settings `pack.reasons.…` names its reasons
_MOST = 9  # a key of one digit chooses


class Crew:
    """Implements `domain.packing.crew.Crew` on the store; `away` tells whether it is worth asking, `lost` hears that it
    was not."""

    def __init__(
        self,
        ws: Workspace,
        away: Callable[[], bool] = lambda: False,
        lost: Callable[[WorldFault], None] = lambda fault: None,
    ) -> None:
        self.ws = ws
        self._away, self._lost = away, lost
        self._seen = -1
        self._read_all(kept.change_no(ws.store))

    def whose(self, code: str) -> str:
        """The active person with this code."""
        self._read()
        return next((person.name for person in self._active if person.code == code), "")

    def knows(self, name: str) -> bool:
        """Whether an active person has this name."""
        self._read()
        return any(person.name == name for person in self._active)

    def by_click(self, name: str) -> bool:
        """Whether this active person may be chosen without the badge: packers always, others where the shop says so."""
        self._read()
        found = next((person for person in self._active if person.name == name), None)
        return found is not None and (self._by_click or found.role is roles.Role.PACKER)

    def may(self, name: str, right: Right) -> bool:
        """Whether this person may do that."""
        self._read()
        return roles.may(self._active, self._rights, name, right)

    def who_may(self, right: Right) -> Sequence[str]:
        """Everybody who may."""
        self._read()
        return roles.who_may(self._active, self._rights, right)

    def must_say(self) -> bool:
        """Whether nothing is taken until somebody said who they are; never in a shop that entered nobody."""
        self._read()
        return bool(self._active) and self._required

    def reasons(self, command: Command) -> Sequence[str]:
        """The seller's own reasons, else those jpship brings in the present language; at most nine."""
        self._read()
        return _reasons(command, self._own)

    def _read(self) -> None:
        if self._away():
            return
        try:
            now = kept.change_no(self.ws.store)
            if now != self._seen:
                self._read_all(now)
        except WorldFault as fault:
            if not trouble.is_database(fault):
                raise
            self._lost(fault)

    def _read_all(self, now: int) -> None:
        self._active = people.active(self.ws)
        self._rights = people.rights(self.ws)
        self._required = bool(shared_options.get(self.ws, "people.required"))
        self._by_click = bool(shared_options.get(self.ws, "people.by_click"))
        self._own = _own_reasons(self.ws)
        self._seen = now


def badge_holder(ws: Workspace, code: str) -> str:
    """The active person whose badge was read; blank where it is nobody's."""
    return next((one.name for one in people.active(ws) if one.code == code_on(tidy(code))), "")


def by_click(ws: Workspace) -> list[tuple[str, bool]]:
    """Everybody who works here, and whether they may be chosen without their badge."""
    crew = Crew(ws)
    return [(one.name, crew.by_click(one.name)) for one in people.active(ws)]


def reasons_of(ws: Workspace, command: Command) -> tuple[str, ...]:
    """The reasons that may be given with a command; none where it takes none."""
    return _reasons(command, _own_reasons(ws))


def _own_reasons(ws: Workspace) -> Mapping[str, tuple[str, ...]]:
    return {kind: tuple(shared_options.get(ws, f"pack.reasons.{kind}")) for kind in set(REASONS.values())}


def _reasons(command: Command, own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    kind = REASONS.get(command)
    if kind is None:
        return ()
    return (own[kind] or tuple(text(f"people.reasons.{kind}").split("\n")))[:_MOST]
