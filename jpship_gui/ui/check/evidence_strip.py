"""Photos and files of a shipment as thumbnails: opened by a click, added, taken off, handed out (PK-17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QVBoxLayout, QWidget

from jpship_gui.flows.pack import evidence
from jpship_gui.flows.pack.evidence import Evidence
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.file_dialog import ask_file, ask_folder
from jpship_gui.ui.names import moment_words
from jpship_gui.ui.pack.photos import files_in
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.flow import FlowLayout
from jpship_gui.ui.widgets.label import Label

_WIDE, _HIGH, _FOOT = 120, 90, 20
_Shown = tuple[Evidence, Path, "QImage | None", bool]  # with its picture, and whether its file is here


class EvidenceStrip(QWidget):
    """Reads and changes beside the window's thread. `changed()` after something was added or taken off."""

    changed = Signal()

    def __init__(self, desk: Desk, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = key
        self.thumbs: list[Thumb] = []
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self._title = Label("evidence.title", size=16, bold=True)
        column.addWidget(self._title)
        self.none = Label("evidence.none", ink="text2")
        self.none.hide()
        column.addWidget(self.none)
        self._pictures = QWidget()
        self._flow = FlowLayout(8, self._pictures)
        self._pictures.hide()
        column.addWidget(self._pictures)
        buttons = QWidget()
        row = FlowLayout(4, buttons)
        self.add_button = Button("evidence.add", icon="plus", size="small")
        self.add_button.clicked.connect(self._ask_files)
        self.export_button = Button("evidence.export", icon="download", size="small")
        self.export_button.clicked.connect(self._ask_folder)
        self.export_button.hide()
        for button in (self.add_button, self.export_button):
            row.addWidget(button)
        column.addWidget(buttons)
        self.refresh()

    def refresh(self) -> None:
        """Read what is attached, and the pictures as small as they are shown."""
        ws, key, scale = self._desk.ws, self._key, self.devicePixelRatioF()
        self._desk.tasks.run(lambda _: _read(ws, key, scale), done=self._show, quiet=True)

    def _show(self, found: Sequence[_Shown]) -> None:
        for thumb in self.thumbs:
            thumb.deleteLater()
        self.thumbs = [Thumb(self, *one, self.devicePixelRatioF()) for one in found]
        for thumb in self.thumbs:
            self._flow.addWidget(thumb)
        self._pictures.setVisible(bool(found))
        self.none.setVisible(not found)
        self.export_button.setVisible(bool(found))

    def add(self, files: Sequence[Path]) -> None:
        """Attach these."""
        ws, key = self._desk.ws, self._key
        self._run(lambda: [evidence.attach(ws, key, path) for path in files], "evidence.added")

    def take_off(self, one: Evidence) -> None:
        """Take one off, and its file away."""
        ws = self._desk.ws
        self._run(lambda: evidence.remove(ws, one.shipment, one.hash), "evidence.removed")

    def export(self, folder: Path) -> None:
        """Write all of them into a folder."""
        ws, key = self._desk.ws, self._key
        self._run(lambda: evidence.export(ws, [key], folder), "evidence.exported")

    def _run(self, act: Callable[[], object], said: str) -> None:
        desk = self._desk

        def done(_: object) -> None:
            desk.say(text(said))
            if shiboken6.isValid(self):  # else the order was read anew meanwhile, and shows it
                self.refresh()
                self.changed.emit()

        desk.tasks.run(lambda _: act(), done=done, failed=desk.show_fault, name=said)

    def _ask_files(self) -> None:
        chosen = ask_file(self, text("evidence.add"), str(Path.home()), text("evidence.kinds"))
        if chosen:
            self.add([Path(chosen)])

    def _ask_folder(self) -> None:
        folder = ask_folder(self, text("evidence.export"), str(Path.home()))
        if folder:
            self.export(Path(folder))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures and papers belong to this order; all else is the window's."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach them."""
        files = files_in(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.add(files)


class Thumb(QAbstractButton):
    """One photo or file: its picture or its kind, beneath it when it was attached."""

    def __init__(
        self,
        strip: EvidenceStrip,
        found: Evidence,
        path: Path,
        picture: QImage | None,
        here: bool,
        scale: float,
    ) -> None:
        super().__init__(strip)
        self._strip, self.found, self._path, self.here = strip, found, path, here
        self._picture = QPixmap.fromImage(picture) if picture is not None else None
        if self._picture is not None:
            self._picture.setDevicePixelRatio(scale)
        self.setFixedSize(_WIDE, _HIGH + _FOOT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kind = text(f"evidence.kind.{found.kind}")
        when = moment_words(found.at) if found.at else ""
        where = "" if here else text("evidence.elsewhere", desk=found.desk or "－", hash=found.hash[:12])
        self.setToolTip("\n".join(filter(None, (kind, when, found.person, where))))
        self.setAccessibleName(f"{kind} {when}")
        self.clicked.connect(self.open)

    def sizeHint(self) -> QSize:
        """Picture and foot."""
        return QSize(_WIDE, _HIGH + _FOOT)

    def open(self) -> None:
        """In the program the system has for it."""
        if self.here:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Take it off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(text("evidence.open")).triggered.connect(lambda _=False: self.open())
        menu.addAction(text("evidence.take_off")).triggered.connect(
            lambda _=False: self._strip.take_off(self.found)
        )
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rounded picture or icon, time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, _WIDE, _HIGH).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        painter.fillPath(path, palette.colour("window"))
        if self._picture is not None:
            painter.save()
            painter.setClipPath(path)
            size = self._picture.deviceIndependentSize()
            painter.drawPixmap(
                round(box.center().x() - size.width() / 2),
                round(box.center().y() - size.height() / 2),
                self._picture,
            )
            painter.restore()
        else:
            kind = "file-text" if self.here else "device-desktop"
            icons.draw(painter, kind, _WIDE / 2 - 14, _HIGH / 2 - 14, 28, "text3")
        painter.setPen(palette.colour("accent" if self.hasFocus() or self.underMouse() else "line"))
        painter.drawPath(path)
        painter.setPen(palette.colour("text2"))
        painter.setFont(fonts.font(12))
        when = moment_words(self.found.at) if self.found.at else ""
        painter.drawText(QRectF(0, _HIGH + 2, _WIDE, _FOOT - 2), Qt.AlignmentFlag.AlignCenter, when)
        painter.end()


def _read(ws: Workspace, key: str, scale: float) -> list[_Shown]:
    found: list[_Shown] = []
    for one in evidence.listed(ws, key):
        path = evidence.path_of(ws, one)
        here = path.exists()
        picture = _small(path, scale) if here and one.suffix in evidence.PICTURES else None
        found.append((one, path, picture, here))
    return found


def _small(path: Path, scale: float) -> QImage | None:
    """Read no larger than it fills a thumbnail, turned as the camera says."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    wanted = QSize(round(_WIDE * scale), round(_HIGH * scale))
    if whole.isValid():
        reader.setScaledSize(whole.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image
