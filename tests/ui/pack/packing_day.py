"""Printed shipments on a packing desk, with codes that hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jpship_gui.domain.goods_set import Component
from jpship_gui.flows.plan.bundle import bundle
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.upkeep.goods_sets import teach_set
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import a_contact, a_line, an_order, stored
from tests.ui import synthetic

MUG, PLATE, NAVY = "4901234567894", "4901234567917", "4901234567900"
NUMBERS = ("400123456003", "208941962740", "209189801133")


@dataclass(frozen=True, slots=True)
class Day:
    """Keys of three shipments: two goods with wrapping and a remark; one navy mug; one blue mug."""

    two: str
    navy: str
    blue: str


def lay_out(ws: Workspace, proof: str = "double") -> Day:
    """Shipments ready to be packed; the first has the carrier's number from its file."""
    now = synthetic.NOW
    if shops.find(ws.store, "検品店") is None:
        shops.add(ws.store, "検品店", "rakuten", {"pack.proof": proof}, now)
    goods = [Product(MUG, "mug-300-bl"), Product(PLATE, "plate-21-wh"), Product(NAVY, "mug-300-nv")]
    products.put(ws.store, goods)
    both = (
        a_line(quantity=2),
        a_line(line_id="2", sku="plate-21-wh", name="平皿", variant="21cm 白"),
    )
    orders = (
        an_order(
            9001, "検品店", lines=both, buyer_text="包装は多めに", recipient=a_contact(name="検品 花子")
        ),
        an_order(
            9002,
            "検品店",
            lines=(a_line(sku="mug-300-nv", variant="紺"),),
            recipient=a_contact(name="浅野 玲"),
        ),
        an_order(9003, "検品店", recipient=a_contact(name="大西 浩二")),
    )
    made = stored(ws.store, *orders, ship_by=now + timedelta(hours=2), service="takkyubin")
    with ws.store.transaction():
        ids = [row_id for row_id, _ in made]
        shipments.mark(ws.store, ids, "printed", now, "佐藤")
        shipments.update(ws.store, ids[0], {"remark_read": 1, "wrapping": '["紙"]'})
        shipments.restage(ws.store, ids)
        shipments.set_parcel(ws.store, made[0][1], {"file_no": NUMBERS[0]})
    return Day(*(key for _, key in made))


@dataclass(frozen=True, slots=True)
class Extremes:
    """Keys of shipments at the edge of what fits."""

    many: str  # twelve lines, look-alikes among them, 24 pieces of one
    long: str  # sixty characters of name, a long remark, everything to be ticked
    eight: str  # eight pieces of one


LONG = "【送料無料】父の日 ギフト 名入れ 国産 ひのき まな板 スタンド付き 抗菌 食洗機対応 日本製 新生活 結婚祝い 引越し祝い 内祝い"


def lay_out_extremes(ws: Workspace) -> Extremes:
    """Printed, as the day's."""
    now = synthetic.NOW
    if shops.find(ws.store, "検品店") is None:
        shops.add(ws.store, "検品店", "rakuten", {"pack.proof": "double"}, now)
    variants = ("21cm 白", "24cm 白", "21cm 黒", "24cm 黒")
    many = tuple(
        a_line(
            line_id=str(n),
            sku=f"plate-{n:02d}",
            name="平皿" if n <= 4 else f"小鉢 {n}",
            variant=variants[n - 1] if n <= 4 else "藍染",
            quantity=24 if n == 2 else 1 + n % 3,
        )
        for n in range(1, 13)
    )
    remark = (
        "贈り物なので値札と納品書は入れないでください。メッセージカードには「いつもありがとう」と書いてください。"
        "割れ物なので包装は多めにお願いします。"
    )
    orders = (
        an_order(9201, "検品店", lines=many, recipient=a_contact(name="検品 花子")),
        an_order(
            9202,
            "検品店",
            lines=(a_line(sku="board", name=LONG, variant="特大サイズ(52cm×34cm)・名入れあり", quantity=3),),
            buyer_text=remark,
            recipient=a_contact(name="勅使河原 左衛門三郎"),
        ),
        an_order(9203, "検品店", lines=(a_line(quantity=8),), recipient=a_contact(name="大西 浩二")),
    )
    made = stored(ws.store, *orders, ship_by=now + timedelta(hours=2), service="takkyubin")
    with ws.store.transaction():
        ids = [row_id for row_id, _ in made]
        shipments.mark(ws.store, ids, "printed", now, "佐藤")
        shipments.update(
            ws.store, ids[1], {"remark_read": 1, "wrapping": '["紙", "リボン"]', "noshi": "内祝い 山本"}
        )
        shipments.restage(ws.store, ids)
    return Extremes(*(key for _, key in made))


def lay_out_sets(ws: Workspace) -> tuple[str, str]:
    """Keys of a shipment of two breakfast sets in two boxes, and of two orders packed together with a wished day."""
    now = synthetic.NOW
    if shops.find(ws.store, "検品店") is None:
        shops.add(ws.store, "検品店", "rakuten", {"pack.proof": "double"}, now)
    products.put(
        ws.store,
        [
            Product(MUG, "mug-300-bl", name="マグカップ 300ml", variant="青"),
            Product(PLATE, "plate-21-wh", name="平皿", variant="21cm 白"),
        ],
    )
    teach_set(ws, "set-a", [Component("mug-300-bl", 2), Component("plate-21-wh")], "朝ごはんセット")
    together = a_contact(name="大西 浩二")
    orders = (
        an_order(
            9301,
            "検品店",
            lines=(a_line(sku="set-a", name="朝ごはんセット", variant="", quantity=2),),
            recipient=a_contact(name="検品 花子"),
        ),
        an_order(9302, "検品店", recipient=together, buyer_text="玄関前に置いてください"),
        an_order(
            9303,
            "検品店",
            lines=(a_line(sku="plate-21-wh", name="平皿", variant="21cm 白"),),
            recipient=together,
        ),
    )
    made = stored(ws.store, *orders, ship_by=now + timedelta(hours=2), service="takkyubin")
    split(ws, made[0][1], lines=[{1: 1}, {1: 1}])
    leader = bundle(ws, [made[1][1], made[2][1]]).leader
    with ws.store.transaction():
        ids = [row_id for row_id, _ in made]
        shipments.mark(ws.store, ids, "printed", now, "佐藤")
        shipments.update(ws.store, ids[1], {"remark_read": 1})
        shipments.restage(ws.store, ids)
    return made[0][1], leader
