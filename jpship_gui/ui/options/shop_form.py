"""Everything one shop can be set to, in groups a person looks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jpship_gui.flows.pack.inserts import unused
from jpship_gui.flows.progress import Progress
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.adapters import every_carrier, services_of
from jpship_gui.flows.upkeep.login import certify, finish_login, login_address
from jpship_gui.flows.upkeep.shops import Shop, Standing
from jpship_gui.settings.options import Option, Scope, ShopOptions, declared
from jpship_gui.texts import text
from jpship_gui.ui import names
from jpship_gui.ui.at_shops import run_at
from jpship_gui.ui.desk import Desk
from jpship_gui.ui.options.carrier_fields import marks_row, tools_row
from jpship_gui.ui.options.codes_group import CodesGroup
from jpship_gui.ui.options.connection_card import ConnectionCard
from jpship_gui.ui.options.field import FieldRow, field_for, secret_row
from jpship_gui.ui.options.filters_group import FiltersGroup
from jpship_gui.ui.options.group import Group
from jpship_gui.ui.widgets.button import Button

# First part of a key → the group it stands in; what stands nowhere else belongs to the connection.
_GROUPS: Mapping[str, str] = {
    "sender": "sender",
    "slip": "slip",
    "invoice": "receipt",
    "receipt": "receipt",
    "inserts": "slip",
    "returns": "slip",
    "check": "slip",
    "shipby": "shipby",
    "pack": "packing",
    "track": "packing",
    "weight": "packing",
    "carrier": "carrier",
    "remark": "remark",
    "plan": "plan",
    "api": "fine",
    "confirm": "fine",
}
_ORDER = ("connection", "sender", "slip", "receipt", "shipby", "carrier", "plan", "packing", "remark", "fine")
_ELSEWHERE = {"confirm.by": "connection", "confirm.partial": "plan"}
_LEFT_OUT = frozenset(  # tables: pages of their own, or the command line
    {"shipby.transit", "carrier.codes", "jppost.codes", "jppost.filters"}
)


_OWN_ROWS: Mapping[str, Callable[[Option, Any], FieldRow]] = {
    "carrier.tools": tools_row,
    "carrier.marks": marks_row,
}


def grouped(options: Mapping[str, Option]) -> dict[str, list[Option]]:
    """A marketplace's own and jpship's shop settings by group, in the order of the form."""
    shop_wide = {key: option for key, option in declared().items() if option.scope is Scope.SHOP}
    made: dict[str, list[Option]] = {group: [] for group in _ORDER}
    carriers = {carrier.id for carrier in every_carrier()}
    for key, option in {**options, **shop_wide, **options}.items():  # in this order, its own declarations win
        if key not in _LEFT_OUT:
            first = key.partition(".")[0]
            usual = "carrier" if first in carriers else "connection"
            group = option.group or _ELSEWHERE.get(key) or _GROUPS.get(first, usual)
            made[group].append(option)
    return made


class ShopForm(QWidget):
    """Changes are kept at once, off the window's thread; what is refused says so at its row."""

    kept = Signal(str)  # key of what was kept

    def __init__(self, desk: Desk, shop: Shop, found: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shop = shop
        self._options = shops.options_of(desk.ws, shop.marketplace)
        self._values = ShopOptions(shop.settings, self._options)
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        self._column = column
        self._missing = found.missing
        self._expiries = found.expiries
        self.card = ConnectionCard(found)
        self.card.check.connect(self.check_connection)
        self.card.login.connect(self._open_login)
        self.card.code_given.connect(self._finish_login)
        self.card.certify.connect(self._certify)
        column.addWidget(self.card)
        self._waiting = list(grouped(self._options).items())
        self._next = QTimer(self)  # a group at a time, so that the window is never held up
        self._next.timeout.connect(self._add_group)
        self._add_group()
        self._next.start(0)

    def _add_group(self) -> None:
        if not self._waiting:
            self._next.stop()
            self._column.addStretch(1)
            return
        group, found = self._waiting.pop(0)
        made = Group(f"optionspage.group.{group}", [self._row(option, self._missing) for option in found])
        if group == "fine":
            self.codes = CodesGroup(self._desk, self._shop.name)
            self.codes.kept.connect(self.kept)
            self._column.addWidget(self.codes)
            self.filters = FiltersGroup(self._desk, self._shop.name)
            self.filters.kept.connect(self.kept)
            self.filters.hide()
            self._fine = made
            self.more = Button("optionspage.more", kind="link", size="small")
            self.more.clicked.connect(self._show_fine)
            self._column.addWidget(self.more)
            self._column.addWidget(self.filters)
            made.hide()
        self._column.addWidget(made)

    def _row(self, option: Option, missing: Sequence[str]) -> FieldRow:
        if option.type == "secret":
            row = secret_row(option.key, option.key not in missing)
            row.changed.connect(self._set_secret)
        elif option.key in _OWN_ROWS:
            row = _OWN_ROWS[option.key](option, self._values.get(option.key))
            row.changed.connect(self._set)
        else:
            row = field_for(option, self._values.get(option.key), self._choices(option.key))
            row.changed.connect(self._set)
        self.rows[option.key] = row
        self._warn(option.key)
        return row

    def _warn(self, key: str) -> None:
        """Rules that are not used are named where they are written."""
        if key == "inserts.rules":
            self.rows[key].warn_of(lambda: unused(key, str(self._shop.settings.get(key, ""))))

    def _choices(self, key: str) -> list[tuple[str, str]]:
        if key == "carrier.default":
            return [(carrier.id, names.carrier_name(carrier.id)) for carrier in every_carrier()]
        if key == "carrier.service":
            usual = (("", text("optionspage.usual_service")),)
            return [*usual, *services_of(self._values.get("carrier.default"))]
        return []

    def _show_fine(self) -> None:
        self._fine.setVisible(not self._fine.isVisible())
        self.filters.setVisible(self._fine.isVisible())
        self.more.say("optionspage.less" if self._fine.isVisible() else "optionspage.more")

    def _set(self, key: str, value: str) -> None:
        ws, name = self._desk.ws, self._shop.name
        self._desk.tasks.run(
            lambda _: (key, shops.set_values(ws, name, {key: value})),
            done=self._kept,
            failed=self.rows[key].refuse,
            quiet=True,
        )

    def _kept(self, answer: tuple[str, Shop]) -> None:
        key, self._shop = answer
        self.rows[key].refuse(None)
        self._warn(key)
        self.rows[key].note(shops.note_on(key, str(self._shop.settings.get(key, ""))))
        self.kept.emit(key)
        own = self._options.get(key)  # none for jpship's own settings
        decides = key == "confirm.by" or (own is not None and own.needed)
        if decides or key in {expiry.ask for expiry in self._expiries}:
            self._look_again()

    def _set_secret(self, key: str, value: str) -> None:
        ws, name = self._desk.ws, self._shop.name
        self._desk.tasks.run(
            lambda _: (key, shops.keep_secret(ws, name, key, value)),
            done=self._secret_kept,
            failed=self.rows[key].refuse,
            quiet=True,
        )

    def _secret_kept(self, answer: tuple[str, bool]) -> None:
        key, lasting = answer
        self.rows[key].refuse(None)
        self.card.kept(lasting)
        self.kept.emit(key)
        self._look_again()

    def _look_again(self) -> None:
        """A key or a choice decides whether the shop works by file or by API."""
        ws, name = self._desk.ws, self._shop.name
        self._desk.tasks.run(lambda _: shops.standing(ws, name), done=self._stands, quiet=True)

    def _stands(self, found: Standing) -> None:
        self._expiries = found.expiries
        self.card.show_standing(found)
        self._desk.settled.emit()  # the strip says which keys end soon

    def _checked(self, key: str) -> None:
        self.card.checked(key)
        self._look_again()  # some marketplaces tell when the key ends

    def _open_login(self) -> None:
        """The marketplace's own page, in the browser."""
        ws, name = self._desk.ws, self._shop.name
        self._desk.tasks.run(
            lambda _: login_address(ws, name),
            done=_open_page,
            failed=self.card.not_checked,
            quiet=True,
        )

    def _finish_login(self, code: str) -> None:
        ws, name = self._desk.ws, self._shop.name
        self._ask_for_key(lambda _: finish_login(ws, name, code))

    def _certify(self, user: str, password: str) -> None:
        ws, name = self._desk.ws, self._shop.name
        self._ask_for_key(lambda _: certify(ws, name, user, password).kept)

    def _ask_for_key(self, work: Callable[[Progress], bool]) -> None:
        self.card.checking()
        self._desk.tasks.run(
            work,
            done=self._signed_in,
            failed=self.card.not_checked,
            name="optionspage.checking",
            lane=f"net:{self._shop.name}",
        )

    def _signed_in(self, lasting: bool) -> None:
        self.card.signed_in(lasting)
        self.kept.emit("login")
        self._look_again()

    def check_connection(self) -> None:
        """Try the keys with a harmless read."""
        self.card.checking()
        run_at(
            self._desk,
            self._shop.name,
            lambda ws, shop, _: shops.check_connection(ws, shop),
            done=self._checked,
            failed=self.card.not_checked,
            name="optionspage.checking",
        )


def _open_page(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
