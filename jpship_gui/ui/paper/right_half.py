"""The right half of the page: what can be done, or what an act just gave."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from jpship_gui.ui.desk import Desk
from jpship_gui.ui.paper import results
from jpship_gui.ui.paper.contents import people
from jpship_gui.ui.paper.result_panel import Result, ResultPanel


class RightHalf(QStackedWidget):
    """Shows results over the acts, and knows whether an act is under way (`busy_changed`)."""

    busy_changed = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.busy = False
        self.result = ResultPanel()
        self.result.closed.connect(self.close_result)
        self.addWidget(self.result)

    def set_acts(self, acts: QWidget) -> None:
        """What is shown as long as there is no result."""
        self.insertWidget(0, acts)
        self.setCurrentIndex(0)

    def set_busy(self, busy: bool) -> None:
        """An act begins or ends."""
        self.busy = busy
        self.busy_changed.emit()

    @property
    def telling(self) -> bool:
        """Whether a result is shown."""
        return self.currentWidget() is self.result

    def tell(self, make: Callable[[], Result]) -> None:
        """Show a result; made anew when the language changes."""
        self.result.show_result(make)
        self.setCurrentWidget(self.result)
        self.result.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_of(self, keys: tuple[str, ...], make: Callable[[results.People], Result]) -> None:
        """A result that names shipments by their order and recipient."""
        ws = self._desk.ws
        self._desk.tasks.run(
            lambda _: people(ws, keys), done=lambda found: self.tell(lambda: make(found)), quiet=True
        )

    def close_result(self) -> None:
        """Back to what can be done."""
        self.setCurrentIndex(0)
        self.closed.emit()
