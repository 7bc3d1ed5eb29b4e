"""Orders that travel together or in several boxes, for pictures and tests of the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from jpship_gui.domain.order import OrderId
from jpship_gui.flows.check import hold
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import a_contact, a_line, an_order, stored
from tests.flows.confirming import yamato_number
from tests.ui import synthetic

CODES = ("4901234567894", "4901234567917", "4901234567900")
SKUS = ("mug-b", "plate-w", "hashi-r")


@dataclass(frozen=True, slots=True)
class Together:
    """Keys: three orders in one parcel, its leader first; two of which one is on hold; one order in two boxes with what
    lies in each; three orders in one proven parcel; one order in three proven boxes of which two are told."""

    three: tuple[str, ...]
    stopped: tuple[str, ...]
    boxes: str
    proven: tuple[str, ...]
    told_in_part: str


def lay_out(ws: Workspace) -> Together:
    """Printed shipments, ready to be packed or to be confirmed."""
    for name, marketplace in (("同梱店", "rakuten"), ("同梱Yahoo店", "yahoo")):
        shops.add(
            ws.store, name, marketplace, {"pack.proof": "double", "plan.bundle_across": "on"}, synthetic.NOW
        )
    products.put(ws.store, [Product(code, sku) for code, sku in zip(CODES, SKUS, strict=True)])
    three = _orders(ws, "見本 花子", 8100)
    stopped = _orders(ws, "見本 太郎", 8110)[:2]
    (boxes, *_) = _orders(ws, "見本 次郎", 8120)
    proven = _orders(ws, "見本 三郎", 8130)
    told = _orders(ws, "見本 四郎", 8140)[-1]
    three = _bundled(ws, three)
    stopped = _bundled(ws, stopped)
    proven = _bundled(ws, proven)
    split(ws, boxes, lines=[{1: 1, 2: 1}, {1: 1}])
    split(ws, told, 3)
    _printed(ws, [*three, *stopped, boxes, *proven, told])
    hold.hold(ws, stopped[1:], "電話番号を確認中")
    assert track(ws, proven[0], yamato_number(1), yamato_number(1)).ok
    for n, parcel in enumerate(shipments.by_keys(ws.store, [told])[0].parcels, start=2):
        assert track(ws, parcel.key, yamato_number(n), yamato_number(n)).ok
    return Together(three, stopped, boxes, proven, told)


def _orders(ws: Workspace, name: str, first: int) -> tuple[str, ...]:
    """Two orders at one shop, one at another, all of one person."""
    to = a_contact(name=name)
    lines = (
        (
            a_line(name="マグカップ", variant="青", sku=SKUS[0], quantity=2),
            a_line(line_id="2", name="平皿 21cm", variant="白", sku=SKUS[1]),
        ),
        (a_line(name="夫婦箸", variant="赤・黒", sku=SKUS[2]),),
        (a_line(name="平皿 21cm", variant="白", sku=SKUS[1]),),
    )
    made = [
        an_order(first + n, "同梱店", recipient=to, lines=lines[n], buyer_text="袋を一枚ください" * (n == 1))
        for n in range(3)
    ]
    made[2] = replace(made[2], id=OrderId("yahoo", "同梱Yahoo店", f"kotori-{10_020_000 + first}"))
    rows = stored(ws.store, *made, ship_by=synthetic.NOW + timedelta(hours=2), service="takkyubin")
    with ws.store.transaction():
        for row, _ in rows:
            shipments.update(ws.store, row, {"remark_read": 1, "carrier": "yamato"})
    return tuple(key for _, key in rows)


def _bundled(ws: Workspace, keys: tuple[str, ...]) -> tuple[str, ...]:
    return bundle(ws, keys, agreed=True).keys


def _printed(ws: Workspace, keys: list[str]) -> None:
    with ws.store.transaction():
        rows = [shipment.row_id for shipment in shipments.by_keys(ws.store, keys)]
        shipments.mark(ws.store, rows, "printed", synthetic.NOW, "佐藤")
        shipments.restage(ws.store, rows)
