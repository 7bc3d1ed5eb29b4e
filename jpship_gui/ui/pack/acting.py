"""What an act may use of the packing page; add what a new one needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from jpship_gui.domain.packing.commands import Command
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.pack import desk as packing
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.asking import Choice
from jpship_gui.ui.pack.photos import Photos
from jpship_gui.ui.pack.saying import Saying


class PageActs(Protocol):
    """The page as its acts see it."""

    desk: Desk
    saying: Saying
    photos: Photos

    @property
    def station(self) -> packing.Desk | None:
        """The desk as long as the page is in sight and the journal could be opened."""

    @property
    def shipment(self) -> Shipment | None:
        """The shipment in sight."""

    def snapshot(self) -> packing.Snapshot:
        """The desk as it stands."""

    def command(self, command: Command, argument: str = "") -> None:
        """The same as its bar code."""

    def refuse(self, command: Command) -> None:
        """Have the desk say why this cannot be done now."""

    def tell(self, words: str) -> None:
        """Say in the band why something cannot be done."""

    def choose(
        self,
        title: str,
        options: Sequence[Choice],
        done: Callable[[Choice], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Ask on the page."""

    def answer(self, act: Callable[[], Answer]) -> None:
        """Show what something else than a scan or a key did at the desk."""

    def set_scale(self, percent: int) -> None:
        """Size of the words."""
