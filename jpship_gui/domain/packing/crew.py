"""What the packing desk asks about the people of the shop: whose badge it is, who may what, which reasons there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.roles import Right

NEEDED: Mapping[Command, Right] = MappingProxyType(
    {
        Command.BYEYE: Right.BY_EYE,
        Command.HOLD: Right.HOLD,
        Command.RESTART: Right.RESTART,
        Command.REOPEN: Right.REOPEN,
        Command.TAKEOVER: Right.TAKE_OVER,
        Command.SKIP: Right.SKIP,
    }
)  # every other command is anybody's


class Crew(Protocol):
    """Answers are the database's at this moment."""

    def whose(self, code: str) -> str:
        """The active person with this code; blank when there is none."""
        ...

    def knows(self, name: str) -> bool:
        """Whether an active person has this name."""
        ...

    def by_click(self, name: str) -> bool:
        """Whether this active person may be chosen without the badge."""
        ...

    def may(self, name: str, right: Right) -> bool:
        """Whether this person may do that."""
        ...

    def who_may(self, right: Right) -> Sequence[str]:
        """Everybody who may."""
        ...

    def must_say(self) -> bool:
        """Whether nothing is taken until somebody said who they are."""
        ...

    def reasons(self, command: Command) -> Sequence[str]:
        """The seller's own reasons for this command, the first is number 1."""
        ...


class Anybody:
    """A shop that entered no people: everybody may everything."""

    def whose(self, code: str) -> str:
        """Nobody's."""
        return ""

    def knows(self, name: str) -> bool:
        """Nobody."""
        return False

    def by_click(self, name: str) -> bool:
        """Nobody."""
        return False

    def may(self, name: str, right: Right) -> bool:
        """Always."""
        return True

    def who_may(self, right: Right) -> Sequence[str]:
        """Nobody by name."""
        return ()

    def must_say(self) -> bool:
        """Never."""
        return False

    def reasons(self, command: Command) -> Sequence[str]:
        """None."""
        return ()


ANYBODY = Anybody()
