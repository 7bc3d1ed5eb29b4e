"""The people of the shop as the packing desk asks for them; read again only when a desk changed something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jpship_gui.domain import roles
from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.roles import Right
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import people as kept
from jpship_gui.texts import text

REASONS: Mapping[Command, str] = {
    Command.HOLD: "hold",
    Command.REOPEN: "reopen",
    Command.RESTART: "reopen",
    Command.SKIP: "skip",
}  # command → which of the settings `pack.reasons.…` names its reasons
_MOST = 9  # a key of one digit chooses


class Crew:
    """Implements `domain.packing.crew.Crew` on the store."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._seen = -1
        self._read()

    def whose(self, code: str) -> str:
        """The active person with this code."""
        self._read()
        return next((person.name for person in self._active if person.code == code), "")

    def knows(self, name: str) -> bool:
        """Whether an active person has this name."""
        self._read()
        return any(person.name == name for person in self._active)

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
        return reasons_of(self.ws, command)

    def _read(self) -> None:
        now = kept.change_no(self.ws.store)
        if now == self._seen:
            return
        self._active = people.active(self.ws)
        self._rights = people.rights(self.ws)
        self._required = bool(shared_options.get(self.ws, "people.required"))
        self._seen = now


def reasons_of(ws: Workspace, command: Command) -> tuple[str, ...]:
    """The reasons that may be given with a command; none where it takes none."""
    kind = REASONS.get(command)
    if kind is None:
        return ()
    own = tuple(shared_options.get(ws, f"pack.reasons.{kind}"))
    return (own or tuple(text(f"people.reasons.{kind}").split("\n")))[:_MOST]
