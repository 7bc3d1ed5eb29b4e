"""Samples of the parcel label and the message card for the editor of layouts."""

from __future__ import annotations

from dataclasses import replace

from jpship_gui.documents.cards import CardData, render_cards
from jpship_gui.documents.layout import PaperLayout
from jpship_gui.documents.stocks import shipped
from jpship_gui.documents.waybill_copy import CopyData, render_copies
from jpship_gui.documents.words import Words, postal
from jpship_gui.flows.paper.slip_values import SLIP_WORDS
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import ShopOptions

LONG = "long"
_MARKS = ("fragile", "no_stacking")


def label_sample(ws: Workspace, paper: PaperLayout, shop: str, options: ShopOptions, sample: str) -> bytes:
    """Nobody's parcel; the long one has everything that is hard to place."""
    words = Words(SLIP_WORDS)
    usual = CopyData(
        key="JP000000T",
        name="見本 花子",
        postal_code="1000000",
        lines=("東京都千代田区見本町9-9-9", "見本ハイツ203"),
        phone="090-0000-0000",
        carrier="ヤマト",
        service="宅急便",
        wish="11/23(月) 午前中",
        sender=str(options.get("sender.name")) or shop or words("documents.sample_shop"),
        sender_phone=str(options.get("sender.phone")),
        sender_address=f"{postal(str(options.get('sender.postal_code')).replace('-', ''))} "
        f"{options.get('sender.address')} {options.get('sender.building')}".strip(),
        goods="陶器（食器）",
        marks=tuple(words(f"mark.{mark}") for mark in _MARKS),
        number="400123456003",
        printed="4001-2345-6003",
        order="…12461",
        batch=1,
        row=1,
        layout=paper,
    )
    if sample == LONG:
        usual = replace(
            usual,
            name="見本のとても長い名前の会社 関西支店 第二営業部 髙﨑 𠮷田",
            lines=("東京都千代田区見本町一丁目二番地の三四五六七八九", "とても長い名前の建物 本館 1203号室"),
            goods="検索のための言葉がたくさん並んだとても長い商品名 " * 3,
            cool=words("documents.cool.frozen"),
            cash=12_345_678,
            pieces=12,
        )
    return render_copies([usual]).pdf


def card_sample(ws: Workspace, paper: PaperLayout, shop: str, options: ShopOptions, sample: str) -> bytes:
    """Nobody's words, on a postcard."""
    message = "誕生日おめでとう。\n新しい器で、ゆっくり\nお茶を楽しんでください。"
    card = CardData(message if sample != LONG else message * 12, "見本 太郎", paper)
    return render_cards([card], shipped()["postcard"]).pdf
