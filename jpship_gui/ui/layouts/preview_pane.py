"""Right half: a sample drawn with the layout as it is in the form now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper.layout_preview import SAMPLES, preview
from jpship_gui.flows.paper.layouts import Layout
from jpship_gui.flows.paper.preview import Picture, page_sizes, preview_page
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.layouts.live_page import LivePage
from jpship_gui.ui.options.segments import Segments
from jpship_gui.ui.show import show_fault
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.retranslating import Retranslating
from jpship_gui.ui.widgets.sheet import Panel

_AFTER_MS = 60  # of quiet after a change, so that fast typing is drawn once
_LEAST_DPI = 24


@dataclass(frozen=True, slots=True)
class _Drawn:
    turn: int
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    page: int
    picture: Picture


class PreviewPane(Retranslating, Panel):
    """Draws in the data thread, the newest state only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("desk", parent)
        self._desk = desk
        self._layout: Layout | None = None
        self._shop = ""
        self._page = 1
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._pdf = b""
        self._turn = 0
        self._busy = False
        self._again = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER_MS)
        self._wait.timeout.connect(self._draw)
        self._head = head = QHBoxLayout()
        head.setSpacing(12)
        self.samples = Segments([("order", "layouts.sample.order")], "order")
        self.samples.chosen.connect(lambda _: self._start(first=True))
        head.addWidget(self.samples)
        head.addStretch(1)
        column.addLayout(head)
        self.wrong = Banner("ng")
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.view = LivePage()
        self.view.turned.connect(self.turn)
        self.view.resized.connect(lambda: self._wait.start())
        column.addWidget(self.view, 1)
        self.page_label = Label(size=12, ink="text2")
        self.page_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.page_label)

    def show_layout(self, layout: Layout, shop: str) -> None:
        """Draw this one for this shop, soon."""
        other = self._layout is None or self._layout.kind != layout.kind
        self._layout, self._shop = layout, shop
        if other:
            found = SAMPLES.get(layout.kind, ("order",))
            self._offer(found)
        self._start(first=other)

    def _offer(self, samples: tuple[str, ...]) -> None:
        made = Segments([(one, f"layouts.sample.{one}") for one in samples], samples[0])
        made.chosen.connect(lambda _: self._start(first=True))
        self._head.replaceWidget(self.samples, made)
        self.samples.hide()
        self.samples.deleteLater()
        self.samples = made

    def waiting(self) -> bool:
        """Whether a change is still to be drawn."""
        return self._wait.isActive() or self._busy

    def turn(self, pages: int) -> None:
        """Go on or back so many pages."""
        if self._sizes:
            page = min(max(self._page + pages, 1), len(self._sizes))
            if page != self._page:
                self._page = page
                self._start()

    def _start(self, *, first: bool = False) -> None:
        if first:
            self._page = 1
        self._wait.start()

    def _draw(self) -> None:
        if self._layout is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        self._turn += 1
        ws, layout, shop, sample = self._desk.ws, self._layout, self._shop, self.samples.value()
        turn, page, (wide, high, ratio) = self._turn, self._page, self.view.room()

        def work(_: object) -> _Drawn | None:
            pdf = preview(ws, layout, shop, sample)
            if not pdf:
                return None
            sizes = page_sizes(pdf)
            shown = min(page, len(sizes))
            size = sizes[shown - 1]
            dpi = max(_LEAST_DPI, min(wide / size[0], high / size[1]) * 25.4 * ratio)
            return _Drawn(turn, pdf, sizes, shown, preview_page(pdf, shown, dpi))

        self._desk.tasks.run(work, done=self._drawn, failed=self._failed, quiet=True)

    def _drawn(self, made: _Drawn | None) -> None:
        self._busy = False
        self.wrong.hide()
        if made is None:
            self._sizes = ()
            self.view.clear()
        else:
            self._pdf, self._sizes, self._page = made.pdf, made.sizes, made.page
            self.view.show_picture(made.picture, made.sizes[made.page - 1])
        self.retranslate()
        if self._again:
            self._draw()

    def _failed(self, fault: Fault) -> None:
        """What does not fit is said above the page as it was."""
        self._busy = False
        self.wrong.show_text(show_fault(fault).title)
        self.wrong.show()
        if self._again:
            self._draw()

    def shown(self) -> bytes:
        """The document in sight."""
        return self._pdf

    def retranslate(self) -> None:
        """Which page of how many, and its paper."""
        if not hasattr(self, "page_label"):
            return
        if not self._sizes:
            self.page_label.show_text("")
            return
        wide, high = (round(side) for side in self._sizes[self._page - 1])
        paper = {(210, 297): "A4", (148, 210): "A5"}.get((wide, high), f"{wide} × {high} mm")
        words = text("layouts.page", page=self._page, pages=len(self._sizes), paper=paper)
        self.page_label.show_text(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn(step)
