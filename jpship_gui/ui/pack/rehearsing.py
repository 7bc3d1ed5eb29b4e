"""Before the first scan: what it would be the first to load, read and draw is done in small steps while the page
idles, so that the first parcel of the day is as quick as the next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from jpship_gui import texts
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.pack.rehearsal import MODULES, Scene, rehearse
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.pack.composing import Figures, Remembered, compose
from jpship_gui.ui.pack.face import Face

_BETWEEN = 2  # ms, so that scans, keys and clicks come first


class Rehearsing(QObject):
    """Steps of some thousandths of a second each. `begin` starts where it was left, and anew after the page's size,
    language or words' size changed."""

    def __init__(self, desk: Desk, face: Face) -> None:
        super().__init__(face)
        self._desk = desk
        self._face = face
        self._for: object = None
        self._steps: Iterator[None] = iter(())
        self._scenes: tuple[Scene, ...] = ()
        self._reading = self._in_sight = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BETWEEN)
        self._timer.timeout.connect(self._one)

    def begin(self) -> None:
        """The page comes into sight."""
        self._in_sight = True
        self._timer.start()

    def end(self) -> None:
        """It goes; the rest another time."""
        self._in_sight = False
        self._timer.stop()

    @property
    def done(self) -> bool:
        """Whether nothing is left to do or asked for."""
        return not self._timer.isActive() and not self._reading

    def _one(self) -> None:
        made_for = (self._face.size(), texts.language(), self._desk.ws.options.get("pack.scale"))
        if made_for != self._for and not self._reading:
            self._for = made_for
            self._steps = self._all()
        if not self._reading and next(self._steps, self) is not self and not self._reading:
            self._timer.start()

    def _all(self) -> Iterator[None]:
        for name in MODULES:
            if name not in sys.modules:
                import_module(name)
                yield
        for language in texts.LANGUAGES:  # a shop's name is looked up in each
            texts.text_in(language, "packpage.scan_slip_first")
            yield
        ws = self._desk.ws
        self._reading = True
        self._desk.tasks.run(lambda _: rehearse(ws), done=self._read, failed=self._unread, quiet=True)
        yield
        for scene in self._scenes:
            now = ws.now()
            screen = compose(
                scene.snapshot,
                scene.shipment,
                scene.products,
                scene.answer,
                (Remembered(scene.answer, now),),
                Figures(),
                desk=ws.desk,
                person=ws.person,
                now=now,
                inserts=scene.inserts,
            )
            yield
            yield from self._face.rehearse(screen)

    def _read(self, scenes: tuple[Scene, ...]) -> None:
        self._scenes, self._reading = scenes, False
        if self._in_sight:
            self._timer.start()

    def _unread(self, fault: Fault) -> None:
        """For comfort alone; the first scan says what is wrong."""
        self._read(())
