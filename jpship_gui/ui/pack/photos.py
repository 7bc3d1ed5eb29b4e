"""Photos at the packing page: by key or code, by themselves where a camera is set up, or dropped on it (PK-17).

Camera and disk are asked beside the window's thread; no scan waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.domain.packing.effects import Do
from jpship_gui.domain.packing.outcomes import Expect, Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack import camera, evidence
from jpship_gui.flows.pack import desk as packing
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.file_dialog import file_dialog
from jpship_gui.ui.show import show_fault

_LANE = "net:camera"  # one photo at a time, and none in the way of the database
_FILES = (*evidence.PICTURES, ".jpeg", ".heic", ".pdf", ".mp4", ".mov")


class PhotoPage(Protocol):
    """The packing page as its photos see it."""

    desk: Desk

    @property
    def station(self) -> packing.Desk | None:
        """The desk as long as the page is in sight."""

    def window(self) -> QWidget:
        """Over which a file is asked for."""

    def answer(self, act: Callable[[], Answer]) -> None:
        """Show what an act at the desk comes to."""


class Photos:
    """Takes and attaches; what a person asked for or the parcel waits for is answered in the band, all else only if it
    went wrong, above the page."""

    def __init__(self, page: PhotoPage) -> None:
        self._page = page
        self._under_way: set[str] = set()  # shipments whose photo the desk waits for

    def after(self, answer: Answer) -> None:
        """An answer was given: does it ask for a photo?"""
        if camera.wants_photo(answer):
            self._shoot(answer.shipment)
        elif not camera.has_camera(self._page.desk.ws):
            return
        elif answer.expects is Expect.PHOTO and answer.outcome is not Outcome.ATT_PHOTO:
            self._shoot(answer.shipment)
        elif any(effect.do is Do.CLOSE for effect in answer.effects):
            key, ws = answer.shipment, self._page.desk.ws
            self._page.desk.tasks.run(
                lambda _: camera.shoot_at_closing(ws, key),
                failed=self._failed_quietly,
                lane=_LANE,
                quiet=True,
            )

    def ask_files(self, key: str) -> None:
        """Let a person choose files of a parcel. Scans go on; whichever parcel is open then, these are this one's."""
        dialog = file_dialog(
            self._page.window(),
            text("packextra.photo_file"),
            str(Path.home()),
            (f"{text('packextra.photo_kinds')} ({' '.join(f'*{ending}' for ending in _FILES)})",),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.dropped([Path(name) for name in names], key))
        dialog.open()

    def dropped(self, files: Sequence[Path], key: str) -> None:
        """Files were let go over the page."""
        ws = self._page.desk.ws
        self._under_way.add(key)
        self._page.desk.tasks.run(
            lambda _: [evidence.attach(ws, key, path) for path in files],
            done=lambda _: self._done(key),
            failed=lambda fault: self._failed(key, fault),
            quiet=True,
        )

    def _shoot(self, key: str) -> None:
        if key in self._under_way:
            return
        ws = self._page.desk.ws
        self._under_way.add(key)
        self._page.desk.tasks.run(
            lambda _: camera.shoot(ws, key),
            done=lambda _: self._done(key),
            failed=lambda fault: self._failed(key, fault),
            lane=_LANE,
            quiet=True,
        )

    def _done(self, key: str) -> None:
        self._under_way.discard(key)
        self._say(key, failed=False)
        self._page.desk.tell_changed()

    def _failed(self, key: str, fault: Fault) -> None:
        self._under_way.discard(key)
        self._failed_quietly(fault)
        self._say(key, failed=True)

    def _failed_quietly(self, fault: Fault) -> None:
        self._page.desk.warn(show_fault(fault).title)

    def _say(self, key: str, *, failed: bool) -> None:
        """In the band, unless an NG stands there: nothing covers that."""
        station = self._page.station
        if station is None:
            return
        if station.session.state.locked:
            if not failed:
                self._page.desk.say(text("packextra.attached"))
            return
        self._page.answer(lambda: station.photographed(key, failed=failed))


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """The files of a drag, if every one of them can be attached to a parcel."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fit = paths and all(path.suffix.lower() in _FILES for path in paths) and len(paths) == len(data.urls())
    return tuple(paths) if fit else ()
