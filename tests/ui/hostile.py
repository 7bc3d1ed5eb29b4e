"""Orders at the edge of what fits: whoever writes sixty characters gets them printed, shown and never cut in half."""

from __future__ import annotations

from datetime import timedelta

from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from tests.builders import a_contact, a_line, an_order, stored
from tests.ui import synthetic

SHOP = "ことりやキッチンと暮らしの道具の店 楽天市場本店 アウトレット館"
NAME = "株式会社ながいなまえのみほんしょうじ東日本営業本部第二営業部販売促進課ギフト係御中 勘解由小路 左衛門三郎兵衛門尉之助太郎丸次郎"
GOODS = "【送料無料】父の日 ギフト 名入れ 国産 ひのき まな板 スタンド付き 抗菌 食洗機対応 日本製 新生活 結婚祝い 引越し祝い 内祝い"
REMARK = "\n".join(
    [
        "宅配ボックスは使わないでください。不在のときは管理人室(9時から17時、日曜は休み)へお預けください。",
        "贈り物なので値札と納品書は入れないでください。メッセージカードには「いつもありがとう」と書いてください。",
        "I would prefer the delivery in the morning, please call 090-0000-0000 before you come.",
    ]
)


def fill(ws: Workspace) -> None:
    """Add them to what is there."""
    lines = tuple(
        a_line(
            line_id=str(n),
            sku=f"SKU-{n:02d}-0123456789-ABCDEFGH",
            name=GOODS,
            variant=f"特大サイズ(52cm×34cm)・名入れあり・{n}",
            quantity=n,
        )
        for n in range(1, 7)
    )
    orders = (
        an_order(9101, SHOP, lines=lines, buyer_text=REMARK, recipient=a_contact(name=NAME)),
        an_order(9102, SHOP, lines=(a_line(quantity=20),), recipient=a_contact(name=NAME)),
        an_order(9103, SHOP, lines=lines * 3, recipient=a_contact(name="勅使河原 左衛門三郎")),
    )
    made = stored(ws.store, *orders, ship_by=synthetic.NOW + timedelta(minutes=20), service="takkyubin")
    with ws.store.transaction():
        shipments.restage(ws.store, [row_id for row_id, _ in made])
