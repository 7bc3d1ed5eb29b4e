"""Pictures of a document's pages, made one by one in the data thread and kept while they are of use."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.paper.preview import Picture, preview_page
from jpship_gui.ui.tasks import Tasks

_KEPT = 200  # thumbnails and pages; the largest are a few megabytes each
_LARGE_KEPT = 12


class Pictures(QObject):
    """`picture(page, dpi)` gives what is there and asks for what is not; `ready(page)` tells that it came.

    Requests are answered newest first, since the newest is what is in sight.
    """

    ready = Signal(int)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self._made: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._wanted: list[tuple[int, int]] = []
        self._busy = False
        self._turn = 0  # answers of an earlier document are thrown away

    def show_document(self, pdf: bytes) -> None:
        """Another document; everything kept of the one before goes."""
        self._pdf = pdf
        self._turn += 1
        self._made.clear()
        self._wanted.clear()
        self._busy = False

    def picture(self, page: int, dpi: int) -> QImage | None:
        """The page (from 1) at that resolution, or None while it is being made."""
        found = self._made.get((page, dpi))
        if found is not None:
            self._made.move_to_end((page, dpi))
            return found
        if self._pdf and (page, dpi) not in self._wanted:
            self._wanted.append((page, dpi))
            self._next()
        return None

    def _next(self) -> None:
        if self._busy or not self._wanted:
            return
        self._busy = True
        page, dpi = self._wanted.pop()
        del self._wanted[:-40]  # scrolled past long ago
        pdf, turn = self._pdf, self._turn
        self._tasks.run(
            lambda _: (turn, page, dpi, _image(preview_page(pdf, page, dpi))),
            done=self._came,
            failed=self._failed,
            quiet=True,
        )

    def _came(self, answer: tuple[int, int, int, QImage]) -> None:
        turn, page, dpi, image = answer
        if turn != self._turn:
            return
        self._busy = False
        self._made[(page, dpi)] = image
        self._forget()
        self.ready.emit(page)
        self._next()

    def _failed(self, fault: Fault) -> None:
        """A damaged page stays blank; the document was refused already when it was opened."""
        self._busy = False

    def _forget(self) -> None:
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        large = [key for key in self._made if key[1] > 40]
        for key in large[:-_LARGE_KEPT]:
            del self._made[key]


def _image(picture: Picture) -> QImage:
    stride = picture.width * 3
    image = QImage(picture.rgb, picture.width, picture.height, stride, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # its own copy of the bytes, quick to paint
