"""A data folder with many orders, made through the store's own bulk functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.order import OrderId
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shipments, shops
from tests.builders import a_contact, a_line, an_order, stored

_FAMILIES = ("山田", "佐々木", "高橋", "五十嵐", "見本", "例田", "架空", "試作", "仮屋", "練習")
_GOODS = (
    ("mug-300", "マグカップ 300ml"),
    ("plate-21", "平皿 21cm"),
    ("houji", "ほうじ茶 100g"),
    ("towel", "フェイスタオル"),
)
_VARIANTS = ("青", "紺", "白", "生成り", "3袋", "朱泥 360ml")
_CHUNK = 5_000


def fill(home: Path, count: int) -> None:
    """`count` orders with varied names, goods, ship-by and stages; a third printed, some with remarks."""
    ws = open_workspace(str(home))
    now = now_utc()
    if shops.find(ws.store, "本店") is None:
        shops.add(ws.store, "本店", "rakuten", {"shop_number": "345678"}, now)
    for start in range(0, count, _CHUNK):
        made = []
        for n in range(start, min(start + _CHUNK, count)):
            sku, name = _GOODS[n % 4]
            line = a_line(sku=f"{sku}-{n % 6}", name=name, variant=_VARIANTS[n % 6], quantity=1 + n % 3)
            who = a_contact(
                name=f"{_FAMILIES[n % 10]} {n:05d}子", kana=f"カナ {n % 977}", phone=f"0900000{n % 10000:04d}"
            )
            order = an_order(1, recipient=who, lines=(line,), buyer_text="急ぎ" if n % 50 == 7 else "")
            made.append(replace(order, id=OrderId("rakuten", "本店", f"345678-20261120-{n:010d}")))
        rows = stored(ws.store, *made, ship_by=now + timedelta(hours=start % 60 - 2))
        with ws.store.transaction():
            ids = [row_id for row_id, _ in rows]
            ws.store.many(
                "UPDATE shipments SET ship_by = ship_by + ? WHERE id = ?",
                [(1000 * 60 * (row_id * 7919 % 4000), row_id) for row_id in ids],
            )
            shipments.mark(ws.store, [row_id for row_id in ids if row_id % 3 == 0], "printed", now)
            shipments.restage(ws.store, ids)
    ws.close()
