"""The desk's scale and camera: what the scale types first, the command that takes a photo, and trying it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.pack import camera
from jpship_gui.settings.options import find
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.field import FieldRow, field_for
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label

_PICTURE = QSize(160, 120)


class ExtrasGroup(Group):
    """Settings are kept at once; `set_here(key)`."""

    set_here = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("optionspage.group.extras")
        self._desk = desk
        self.rows: dict[str, FieldRow] = {}
        for key in ("scale.prefix", "scale.port", "scale.baud", "camera.command"):
            self.add(self._row(key))
        self.trial = QWidget()
        line = QHBoxLayout(self.trial)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.button = Button("optionspage.camera.try", icon="scan", size="small")
        self.button.clicked.connect(self.try_camera)
        self.picture = Label()
        self.picture.setFixedSize(_PICTURE)
        self.picture.hide()
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.picture)
        line.addStretch(1)
        self.trial_row = FieldRow("camera.test", self.trial)
        self.add(self.trial_row)
        self._show_trial()

    def _row(self, key: str) -> FieldRow:
        row = field_for(find(key), self._desk.ws.options.get(key))
        row.changed.connect(self._set)
        self.rows[key] = row
        return row

    def _set(self, key: str, value: str) -> None:
        try:
            self._desk.ws.options.set(key, value)
        except Fault as fault:
            self.rows[key].refuse(fault)
            return
        self.rows[key].refuse(None)
        self._show_trial()
        self.set_here.emit(key)

    def _show_trial(self) -> None:
        self.trial_row.setVisible(camera.has_camera(self._desk.ws))

    def try_camera(self) -> None:
        """Take a photo that is attached to nothing and show it."""
        ws = self._desk.ws
        self.button.setEnabled(False)
        self.button.say("optionspage.camera.trying")
        self.trial_row.refuse(None)
        self._desk.tasks.run(
            lambda _: camera.trial(ws, _small),
            done=self._taken,
            failed=self._failed,
            quiet=True,
            lane="net:camera",
        )

    def _taken(self, image: object) -> None:
        self._ready()
        self.picture.setPixmap(QPixmap.fromImage(image))  # type: ignore[arg-type]
        self.picture.show()

    def _failed(self, fault: Fault) -> None:
        self._ready()
        self.picture.hide()
        self.trial_row.refuse(fault)

    def _ready(self) -> None:
        self.button.setEnabled(True)
        self.button.say("optionspage.camera.try")


def _small(path: Path) -> object:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
