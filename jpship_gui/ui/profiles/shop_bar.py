"""After saving: the shop that works by the new profile, and its first file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.profile_drafts import Profile
from jpship_gui.flows.upkeep.shops import Shop
from jpship_gui.texts import text
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.profiles.form_parts import Words
from jpship_gui.ui.theme import glyphs
from jpship_gui.ui.widgets.button import Button, IconButton
from jpship_gui.ui.widgets.glyph import Glyph
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.sheet import Hairline, Panel


class ShopBar(Panel):
    """`offer(profile, sample)` asks for the shop's name; once it is there, for its first import."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("accent_weak", parent)
        self._desk = desk
        self._profile_id = ""
        self._path: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Hairline(token="accent_line"))
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 32, 12)
        row.setSpacing(12)
        row.addWidget(Glyph(glyphs.CHECK, 18, "accent", "accent_weak"))
        self.words = Label("profiles.shop.offer", wrap=True)
        row.addWidget(self.words, 1)
        self.name = Words(220)
        row.addWidget(self.name)
        self.add_button = Button("optionspage.create_shop", kind="primary", icon="building-store")
        self.add_button.clicked.connect(self.add)
        row.addWidget(self.add_button)
        self.import_button = Button("profiles.shop.import", kind="primary", icon="file-import")
        self.import_button.clicked.connect(self._import)
        row.addWidget(self.import_button)
        self.close_button = IconButton("x", "ui.close", size="small")
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button)
        column.addLayout(row)

    def offer(self, profile: Profile, path: Path | None) -> None:
        """No shop works by this profile yet."""
        self._profile_id, self._path = profile.id, path
        self.words.say("profiles.shop.offer")
        self.name.setText(profile.title)
        self.name.setAccessibleName(text("option.shop.name"))
        self._show(asking=True)
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def _show(self, *, asking: bool) -> None:
        self.name.setVisible(asking)
        self.add_button.setVisible(asking)
        self.import_button.setVisible(not asking and self._path is not None)

    def add(self) -> None:
        """Add the shop under the name that stands there."""
        ws, market, name = self._desk.ws, self._profile_id, self.name.text()
        self._desk.tasks.run(
            lambda _: shops.add(ws, market, name, {}),
            done=self._added,
            failed=self._refused,
            quiet=True,
        )

    def _added(self, shop: Shop) -> None:
        self.words.say("profiles.shop.added", name=shop.name)
        self._show(asking=False)
        if self._path is not None:
            self.import_button.setFocus()
        self._desk.tell_changed()

    def _refused(self, fault: Fault) -> None:
        self._desk.show_fault(fault)
        self.name.setFocus()

    def _import(self) -> None:
        if self._path is not None:
            self.hide()
            self._desk.go("intake", [self._path])
