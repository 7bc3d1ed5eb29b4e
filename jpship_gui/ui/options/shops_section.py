"""The shops: one form each, and adding one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.adapters import Adapter, every_marketplace
from jpship_gui.flows.upkeep.shops import Shop, Standing
from jpship_gui.flows.workspace import Workspace
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.field import FieldRow
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.options.market_picker import MarketPicker
from jpship_gui.ui.options.shop_form import ShopForm
from jpship_gui.ui.theme import fonts
from jpship_gui.ui.widgets.banner import Banner
from jpship_gui.ui.widgets.button import Button
from jpship_gui.ui.widgets.label import Label
from jpship_gui.ui.widgets.tabs import TabItem, Tabs

_NEW = "＋"


@dataclass(frozen=True, slots=True)
class Known:
    """All shops and how each stands, the marketplaces there are, and whether this system keeps secrets."""

    shops: tuple[Shop, ...]
    standing: dict[str, Standing]
    keeps: bool
    markets: tuple[Adapter, ...] = ()


def _read(ws: Workspace) -> Known:
    found = tuple(shops.every(ws))
    standing = {shop.name: shops.standing(ws, shop.name) for shop in found}
    usable = [m for m in every_marketplace(ws) if {"orders_file", "by_hand"} & set(m.abilities)]
    usable.sort(key=lambda market: "orders_file" not in market.abilities)
    return Known(found, standing, ws.secrets.available(), tuple(usable))


class ShopsSection(QWidget):
    """Tabs of shops above the chosen one's form."""

    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known = Known((), {}, True)
        self._wanted = ""
        self.form: ShopForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        head = QHBoxLayout()
        self.tabs = Tabs([], height=44)
        self.tabs.chosen.connect(self._choose)
        self.add_button = Button("optionspage.add_shop", icon="plus", size="small")
        self.add_button.clicked.connect(lambda: self._choose(_NEW))
        head.addWidget(self.tabs, 1)
        self.profiles_button = Button("optionspage.profiles", icon="columns-3", size="small")
        self.profiles_button.clicked.connect(lambda: desk.go("profiles"))
        head.addWidget(self.profiles_button)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.banner = Banner("attention")
        self.banner.say("optionspage.secret.no_store")
        self.banner.hide()
        column.addWidget(self.banner)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.adding = self._adding()
        column.addWidget(self.adding)
        column.addStretch(1)

    def _adding(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Label("optionspage.add_shop", size=16, bold=True))
        self.market = MarketPicker(())
        self.market.chosen.connect(lambda _: self._name_it())
        column.addWidget(self.market)
        self.other_button = Button("optionspage.other_shop", kind="link", size="small")
        self.other_button.clicked.connect(lambda: self._desk.go("profiles"))
        column.addWidget(self.other_button)
        self.name: QLineEdit = QLineEdit()
        self.name.setFont(fonts.font(14))
        self.name.setFixedWidth(280)
        self.name_row = FieldRow("shop.name", self.name)
        column.addWidget(Group("", [self.name_row]))
        self.create_button = Button("optionspage.create_shop", kind="primary")
        self.create_button.clicked.connect(self.create_shop)
        column.addWidget(self.create_button)
        block.hide()
        return block

    def _name_it(self) -> None:
        self.name.setFocus()

    def refresh(self) -> None:
        """Read the shops; the key store may take its time, so not in the window's thread."""
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: _read(ws), done=self._show, quiet=True)

    def _show(self, known: Known) -> None:
        before = [shop.name for shop in self._known.shops]
        self._known = known
        found = [shop.name for shop in known.shops]
        lacking = any(found.missing for found in known.standing.values())
        self.banner.setVisible(not known.keeps and lacking and not self._desk.ws.practice)
        self.market.show_markets(known.markets)
        self.tabs.set_items([TabItem(name, words=name) for name in found])
        self.tabs.setVisible(bool(found))
        self.add_button.setVisible(bool(found))
        if self._wanted in found:
            self._choose(self._wanted)
        elif before != found or self.form is None:
            self._choose(found[0] if found else _NEW)

    def _choose(self, name: str) -> None:
        shop = next((shop for shop in self._known.shops if shop.name == name), None)
        self._wanted = ""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.adding.setVisible(shop is None)
        if shop is None:
            self.tabs.choose("")
            self.name.setFocus()
            return
        self.tabs.choose(name)
        self.form = ShopForm(self._desk, shop, self._known.standing[name])
        self.form.kept.connect(self._form_kept)
        self._place.addWidget(self.form)

    def _form_kept(self, key: str) -> None:
        """The tabs stay; only what is known of the shops is read anew for the next form."""
        ws = self._desk.ws
        self._desk.tasks.run(lambda _: _read(ws), done=self._remember, quiet=True)
        self.kept.emit(key)

    def _remember(self, known: Known) -> None:
        self._known = known

    def create_shop(self) -> None:
        """Add a shop under this name; its form opens."""
        ws, market, name = self._desk.ws, self.market.market(), self.name.text()
        if not name.strip():
            self.name_row.refuse(Refused("shop_name_missing"))
            return
        self._desk.tasks.run(
            lambda _: shops.add(ws, market, name, {}), done=self._added, failed=self._refused, quiet=True
        )

    def _added(self, shop: Shop) -> None:
        self.name_row.refuse(None)
        self.name.clear()
        self._wanted = shop.name
        self.kept.emit("shop")
        self.refresh()

    def _refused(self, fault: Fault) -> None:
        self.name_row.refuse(fault)
