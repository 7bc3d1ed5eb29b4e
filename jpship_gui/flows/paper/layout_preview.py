"""A layout before it is kept, drawn from an order of the shop or from invented ones that try its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.receipt import render_receipts
from jpship_gui.documents.receipt_data import INVOICE, RECEIPT, ReceiptData
from jpship_gui.documents.slip import render_slips
from jpship_gui.documents.slip_data import Addressee, Amounts, Look, RateTotal, Shopfront, SlipData, SlipLine
from jpship_gui.documents.words import Words
from jpship_gui.flows.paper.label_preview import card_sample, label_sample
from jpship_gui.flows.paper.layouts import Layout, laid_out
from jpship_gui.flows.paper.print_slips import sources_of
from jpship_gui.flows.paper.slip_values import SLIP_WORDS, shopfront, slip_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import shipments, shops

ORDER, GIFT, LONG = "order", "gift", "long"
SAMPLES: Mapping[str, tuple[str, ...]] = {
    "slip": (ORDER, GIFT, LONG),
    RECEIPT: (ORDER, LONG),
    INVOICE: (ORDER, LONG),
    "label": (ORDER, LONG),
    "card": (GIFT, LONG),
}
_DPI = 300
_LINES = (
    SlipLine("mug-300-bl", "マグカップ 300ml", 2, "青", unit_price=2200),
    SlipLine("plate-21-wh", "平皿 21cm", 1, "白", unit_price=2750),
    SlipLine("houji-3", "ほうじ茶 100g", 2, "3袋", unit_price=1620, tax_rate=8),
)
_AMOUNTS = Amounts(
    goods=10390,
    adds=(("documents.postage", 770),),
    takes=(("documents.coupon_shop", 500),),
    total=10660,
    taxes=(RateTotal(10, 7570, 688), RateTotal(8, 3090, 228)),
    points=290,
    charged=10370,
)
_LONG_LINES = tuple(
    SlipLine(
        f"very-long-code-{n:03d}-abcdefg",
        "検索のための言葉がたくさん並んだとても長い商品名 送料無料 ギフト対応 国内発送 " * 2,
        n % 3 + 1,
        "ダークネイビー・特大",
        unit_price=12_345_678 if n == 1 else 1_980,
        tax_rate=8 if n % 4 == 0 else 10,
    )
    for n in range(1, 51)
)


def preview(ws: Workspace, layout: Layout, shop: str, sample: str) -> bytes:
    """The pages of a sample with this layout as the shop's; a kind without samples gives b"". Refused as `checked`."""
    options = ws.shop_options(shop) if shop else ShopOptions({})
    paper = laid_out(ws, layout, options)
    draw = _DRAW.get(layout.kind)
    return draw(ws, paper, shop, options, sample) if draw else b""


def _slip(ws: Workspace, paper: PaperLayout, shop: str, options: ShopOptions, sample: str) -> bytes:
    found = _of_shop(ws, paper, shop) if sample == ORDER else None
    if found is None:
        front = shopfront(shop or Words(SLIP_WORDS)("documents.sample_shop"), options, paper)
        found = _invented(front, sample, ws.today())
    return render_slips([replace(found, layout=paper)], Look(_DPI)).pdf


def _of_shop(ws: Workspace, paper: PaperLayout, shop: str) -> SlipData | None:
    """The slip of the shop's newest order that is no present."""
    row = ws.store.row(
        "SELECT id FROM shipments WHERE shop = ? AND gift = 0 ORDER BY id DESC LIMIT 1", (shop,)
    )
    if row is None:
        return None
    leading = shipments.leading(ws.store, shipments.by_ids(ws.store, [int(row[0])]))
    (source,) = sources_of(ws, leading, lambda _: paper)
    return slip_of(source, 0, 0, ws.today())


def _invented(shop: Shopfront, sample: str, today: date) -> SlipData:
    """Nobody's order; the long one has everything that is hard to place."""
    usual = SlipData(
        key="JP000000T",
        batch=0,
        row=0,
        recipient=Addressee("見本 花子", "1000000", ("東京都千代田区見本町9-9-9", "見本ハイツ203")),
        shop=shop,
        lines=_LINES,
        amounts=_AMOUNTS,
        order_number="123456-20260101-0000000000",
        ordered_on=today,
        ships_on=today,
        wish="11/23(月) 午前中",
        delivery="ヤマト運輸 宅急便・1個口",
        carrier="ヤマト運輸",
        tracking_no="400123456003",
        tracking_printed="4001-2345-6003",
        remark="割れ物なので包装は多めにお願いします。",
    )
    if sample == GIFT:
        message = "誕生日おめでとう。\n新しい器で、ゆっくりお茶を楽しんでください。"
        return replace(usual, amounts=None, sender="見本 太郎", message=message, remark="")
    if sample != LONG:
        return usual
    total = sum(line.unit_price * line.quantity for line in _LONG_LINES)
    reduced = sum(line.unit_price * line.quantity for line in _LONG_LINES if line.tax_rate == 8)
    return replace(
        usual,
        lines=_LONG_LINES,
        recipient=Addressee(
            "見本のとても長い名前の会社 関西支店 第二営業部 髙﨑 𠮷田",
            "1000000",
            (
                "東京都千代田区見本町一丁目二番地の三四五六七八九 見本町ビルディング",
                "とても長い名前の建物 本館 1203号室",
            ),
            company="株式会社見本のとても長い名前の会社",
        ),
        amounts=Amounts(
            goods=total,
            adds=(("documents.postage", 0), ("documents.cod_fee", 1_100)),
            total=total + 1_100,
            taxes=(
                RateTotal(10, total + 1_100 - reduced, (total + 1_100 - reduced) * 10 // 110),
                RateTotal(8, reduced, reduced * 8 // 108),
            ),
            points=98_765,
            charged=total + 1_100 - 98_765,
        ),
        purchase_order="PO-2026-0123456789",
        remark="とても長い備考です。\n" + "配達の前に電話をください。" * 30,
    )


def _receipt(ws: Workspace, paper: PaperLayout, shop: str, options: ShopOptions, sample: str) -> bytes:
    words = Words(SLIP_WORDS)
    name = str(options.get("sender.name")) or shop or words("documents.sample_shop")
    long = sample == LONG
    lines = _LONG_LINES if long else _LINES
    goods = sum(line.unit_price * line.quantity for line in lines)
    invoice = paper.kind == INVOICE
    data = ReceiptData(
        document=paper.kind,
        number="",
        issued_on=ws.today(),
        supplied_on=ws.today(),
        addressee="見本のとても長い名前の会社 関西支店 第二営業部" if long else "見本商店",
        honorific="御中",
        order_number="123456-20260101-0000000000",
        ordered_on=ws.today(),
        shop=Shopfront(
            name,
            str(options.get("sender.postal_code")).replace("-", ""),
            f"{options.get('sender.address')} {options.get('sender.building')}".strip(),
            str(options.get("sender.phone")),
            str(options.get("sender.email")),
        ),
        lines=lines,
        sums=(("documents.goods_sum", goods), ("documents.postage", 770)),
        total=goods + 770,
        paid=goods + 770,
        taxes=(RateTotal(10, goods + 770, (goods + 770) * 10 // 110),) if long else _AMOUNTS.taxes,
        purpose="" if invoice else paper.text("purpose"),
        payment=words("documents.paid_by_card"),
        registration_no=str(options.get("invoice.registration_no")),
        stamp=long and not invoice,
    )
    return render_receipts([(data, paper)], _DPI)[0]


_DRAW: dict[str, Callable[[Workspace, PaperLayout, str, ShopOptions, str], bytes]] = {
    "slip": _slip,
    RECEIPT: _receipt,
    INVOICE: _receipt,
    "label": label_sample,
    "card": card_sample,
}


def shop_names(ws: Workspace) -> tuple[str, ...]:
    """The shops in the order they were added."""
    return tuple(shop.name for shop in shops.every(ws.store))
