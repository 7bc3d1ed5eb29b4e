"""An upload file that waits to be uploaded: where it goes on the marketplace's own screen, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jpship_gui.flows.confirm.filed import FiledFile
from jpship_gui.ui import names
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.glyph import Chip, Icon
from jpship_gui.ui.widgets.guide import Guide
from jpship_gui.ui.widgets.label import ElidedLabel, Label
from jpship_gui.ui.widgets.sheet import Sheet


class UploadCard(Sheet):
    """`taken`: the marketplace took it; `refused`: it did not; `save`: write the file once more."""

    taken = Signal()
    refused = Signal()
    save = Signal()

    def __init__(self, file: FiledFile, *, opened: bool) -> None:
        super().__init__()
        self.file = file
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("file-upload", 22, "accent"))
        title = Label("confirmpage.upload.count", size=16, bold=True, count=len(file.keys))
        head.addWidget(title)
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(self._who())
        self.guide = Guide([f"upload.{file.marketplace}.{n}" for n in range(1, file.upload_steps + 1)])
        self.guide.setVisible(opened and file.upload_steps > 0)
        column.addWidget(self.guide)
        column.addLayout(self._foot(opened))

    def _who(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        file = self.file
        line.addWidget(Chip(file.marketplace, names.marketplace_name(file.marketplace)))
        shop = Label(ink="text2")
        shop.show_text(names.shop_words(file.marketplace, file.shop))
        line.addWidget(shop)
        if file.at:
            at = Label(ink="text2")
            at.show_text(names.time_words(file.at))
            line.addWidget(at)
        line.addWidget(ElidedLabel(file.name, ink="text2", middle=True), 1)
        return line

    def _foot(self, opened: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.taken_button = Button("confirmpage.upload.taken", icon="check")
        self.taken_button.clicked.connect(self.taken)
        self.refused_button = Button("confirmpage.upload.refused", kind="quiet")
        self.refused_button.clicked.connect(self.refused)
        row.addWidget(self.taken_button)
        row.addWidget(self.refused_button)
        row.addStretch(1)
        column.addLayout(row)
        links = QHBoxLayout()
        links.setSpacing(20)
        self.steps_link = Button("optionspage.guide.upload", kind="link", size="small")
        self.steps_link.clicked.connect(lambda: self.guide.setVisible(not self.guide.isVisible()))
        self.steps_link.setVisible(self.file.upload_steps > 0 and not opened)
        self.save_link = Button("confirmpage.upload.save", kind="link", size="small")
        self.save_link.clicked.connect(self.save)
        self.save_link.setVisible(self.file.kept is not None)
        links.addWidget(self.steps_link)
        links.addWidget(self.save_link)
        links.addStretch(1)
        column.addLayout(links)
        return column
