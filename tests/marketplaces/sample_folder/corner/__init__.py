"""角の店: a marketplace that exists nowhere, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jpship_gui.domain.confirmation import Confirmation
from jpship_gui.domain.order import OrderState
from jpship_gui.formats.layout import Layout, Table
from jpship_gui.marketplaces import load, order_rows
from jpship_gui.marketplaces.base import Marketplace, ReadOrders, ShopAccount
from jpship_gui.marketplaces.order_rows import Cells, Dialect, Values


def _order(made: Values, head: Cells, account: ShopAccount) -> None:
    made["state"] = OrderState.TO_SHIP


def _nothing(made: Values, cells: Cells) -> None:
    return


def _line(made: Values, cells: Cells) -> None:
    made["sku"] = made["item_number"]


DIALECT = Dialect("corner", lambda number: "", _order, _nothing, _line)


def read_orders(
    table: Table,
    layout: Layout,
    shop_of: Callable[[str], ShopAccount | None],
    refused: frozenset[str] = frozenset(),
) -> ReadOrders:
    """See `OrderReader`."""
    return order_rows.read_orders(table, layout, DIALECT, shop_of, refused)


def confirm_rows(confirmations: Iterable[Confirmation]) -> Iterator[tuple[str, ...]]:
    """One row a parcel."""
    for confirmation in confirmations:
        for parcel in confirmation.parcels:
            yield confirmation.order_id.number, parcel.carrier_code, parcel.tracking_no


MARKETPLACE = Marketplace(
    id="corner",
    name="角の店",
    order_layouts=load.layouts(__name__, "orders.toml"),
    read_orders=read_orders,
    confirm_layout=load.layouts(__name__, "confirm.toml")[0],
    confirm_rows=confirm_rows,
    carrier_codes=load.carrier_codes(__name__),
    options=load.options(__name__),
    takes=load.takes(__name__),
    grade="GUESS",
)
