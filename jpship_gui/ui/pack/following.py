"""What the thread beside the desk tells the page: shipments changed, the database went away or came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from jpship_gui.domain.fault import Fault, WorldFault
from jpship_gui.flows.pack.desk import BUSY
from jpship_gui.texts import text
from jpship_gui.ui.pack.screen import Band
from jpship_gui.ui.show import show_fault


class Followed(Protocol):
    """The packing desk or the hand-over's."""

    @property
    def trouble(self) -> Fault | None:
        """Why the database does not follow."""

    @property
    def waiting(self) -> int:
        """Lines it lacks."""

    def twice(self) -> WorldFault | None:
        """A number two parcels got."""

    def follow_beside(self, told: Callable[[tuple[str, ...]], None] | None = None) -> None:
        """Let a thread follow, which tells of it."""


class Following(QObject):
    """One for the page's whole life; `changed` and `told` come in the main thread."""

    changed = Signal()  # shipments are others in the database now
    told = Signal(str, object)  # sound, and a Band for what nobody must overlook; None when all is well again
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Followed | None = None
        self._said = ""
        self._heard.connect(self._take)

    def begin(self, desk: Followed) -> None:
        """From now on a thread lets the database follow this desk."""
        self._desk, self._said = desk, ""
        desk.follow_beside(self._heard.emit)

    def end(self) -> None:
        """The desk is closed; what its thread still tells is dropped."""
        self._desk = None

    def notice(self) -> str:
        """The strip's words, blank while all is well. A lock is worth them once scans wait for it."""
        desk = self._desk
        fault = desk.trouble if desk is not None else None
        if desk is None or fault is None:
            return ""
        title = show_fault(fault).title
        lines = desk.waiting
        if fault.code == BUSY and not lines:
            return ""
        return text("packpage.waiting", why=title, lines=lines) if lines else title

    def _take(self, keys: tuple[str, ...]) -> None:
        desk = self._desk
        if desk is None:
            return
        if keys:
            self.changed.emit()
        twice = desk.twice()
        fault = desk.trouble
        code = fault.code if fault is not None and fault.code != BUSY else ""
        if twice is not None:
            self.told.emit("ng", _band("ng", twice))
        elif code != self._said:
            self.told.emit("attention" if fault and code else "", _band("attention", fault) if code else None)
        else:
            self.told.emit("", None)
        self._said = code


def _band(klass: str, fault: Fault | None) -> Band | None:
    if fault is None:
        return None
    shown = show_fault(fault)
    return Band(klass, shown.title, shown.more, stops=False)
