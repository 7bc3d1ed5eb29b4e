"""The pictures of docs/papers.md, drawn from invented orders: `python3 -m tests.paper_pictures [name …]`.

A new paper adds a line to PICTURES: name → (PDF, page, width in pixels).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from jpship_gui.documents.address_labels import Setup, render_labels
from jpship_gui.documents.badge_cards import BadgeCard, render_badges
from jpship_gui.documents.batch_cover import render_cover
from jpship_gui.documents.cards import CardData, render_cards
from jpship_gui.documents.check_sheet import render_checks
from jpship_gui.documents.command_sheet import CommandCard, CommandSection, render_commands
from jpship_gui.documents.envelopes import PAPERS, render_envelopes
from jpship_gui.documents.form import Form, FormField
from jpship_gui.documents.form_overlay import render_overlay, render_test
from jpship_gui.documents.handover_list import render_handovers
from jpship_gui.documents.layout import Layout, resolved, usual
from jpship_gui.documents.mark_labels import MarkData, render_marks
from jpship_gui.documents.noshi import NoshiData, render_noshi
from jpship_gui.documents.receipt import render_receipts
from jpship_gui.documents.receipt_data import ReceiptData
from jpship_gui.documents.return_slip import render_returns
from jpship_gui.documents.slip import render_slips
from jpship_gui.documents.slip_data import SlipData
from jpship_gui.documents.stocks import shipped
from jpship_gui.documents.void_list import render_voids
from jpship_gui.documents.waybill_copy import render_copies
from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.packing.commands import code_of
from jpship_gui.flows.paper.preview import page_sizes, preview_page
from jpship_gui.flows.paper.sheets.command_sheet import GROUPS
from jpship_gui.texts import text_in
from tests.documents import desk_samples
from tests.documents.label_samples import a_copy, an_address
from tests.documents.samples import AMOUNTS, LINES, SHOP, a_gift, a_slip

OUT = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "papers"
_NAMES = (
    "山田 花子",
    "佐藤 健",
    "鈴木 美咲",
    "髙橋 一郎",
    "株式会社ことりの森 総務部",
    "伊藤 葵",
    "渡辺 蓮",
    "中村 陽菜",
)
_MARKS = (
    *(("fragile", "ワレ物注意"), ("upright", "天地無用"), ("no_stacking", "下積厳禁"), ("dry", "水濡厳禁")),
    *(("perishable", "ナマモノ"), ("bottles", "ビン類"), ("precision", "精密機器"), ("valuables", "貴重品")),
    *(("chilled", "冷蔵"), ("frozen", "冷凍")),
)
_FORM = Form(
    "sample",
    "例",
    "10 x 4.5 in",
    (
        FormField("to_postal", 250, 200, 400, 70, size=12),
        FormField("to_phone", 700, 200, 650, 70, pitch=55),
        FormField("to_address", 250, 300, 1100, 150, size=11),
        FormField("to_name_title", 250, 480, 1100, 110, size=16, bold=True),
        FormField("from_name", 250, 700, 1100, 80),
        FormField("goods", 1500, 300, 800, 80, size=11),
        FormField("mark.fragile", 1500, 500, 80, 80, size=14),
    ),
)
_VALUES = {
    "to_postal": "541-0041",
    "to_phone": "090-0000-0000",
    "to_address": "大阪府大阪市中央区北浜9-9-9 コーポことり203",
    "to_name_title": "山田 花子 様",
    "from_name": "くらしの道具 ことり舎",
    "goods": "陶器（食器）",
    "mark.fragile": "1",
}
_TITLES = {
    "to_postal": "郵便番号",
    "to_phone": "電話番号",
    "to_address": "住所",
    "to_name_title": "氏名と敬称",
    "from_name": "ご依頼主",
    "goods": "品名",
    "mark.fragile": "ワレ物注意",
}


def _addresses(id_: str, setup: Setup) -> bytes:
    labels = [an_address(row, name=name) for row, name in enumerate(_NAMES, 1)]
    return render_labels(labels, shipped()[id_], setup).pdf


def _noshi(title: str, cord: str, *names: tuple[str, str]) -> bytes:
    return render_noshi([NoshiData(title, names, cord)], (297.0, 210.0)).pdf


_MESSAGE = "誕生日おめでとう。\n新しい急須で、ゆっくり\nお茶を楽しんでください。"


def _slip(form: str, data: SlipData) -> bytes:
    return render_slips([replace(data, layout=resolved(Layout("slip", "x", form=form), {}))]).pdf


_RECEIPT = ReceiptData(
    document="receipt",
    number="R000001",
    issued_on=date(2026, 11, 21),
    supplied_on=date(2026, 11, 21),
    addressee="山田商店",
    honorific="御中",
    order_number="345678-20261121-0416812461",
    ordered_on=date(2026, 11, 20),
    shop=SHOP,
    lines=LINES,
    sums=(("documents.goods_sum", 10720), ("documents.postage", 770), ("documents.coupon_shop", -500)),
    total=10990,
    paid=10700,
    taxes=AMOUNTS.taxes,
    points=290,
    purpose="食器代として",
    payment="クレジットカード利用",
    registration_no="T7123456789012",
)


def _receipt(**changes: Any) -> bytes:
    data = replace(_RECEIPT, **changes)
    return render_receipts([(data, usual(data.document))])[0]


def _said(key: str) -> tuple[str, tuple[str, ...]]:
    """Words large in Japanese, small in the other languages."""
    return text_in("ja", key), tuple(text_in(language, key) for language in ("en", "zh_Hans"))


_COMMANDS = tuple(
    CommandSection(
        text_in("ja", f"packmodes.sheet.{name}"),
        tuple(CommandCard(code_of(one), *_said(f"pack.command.{one.value.lower()}")) for one in group),
    )
    for name, group in GROUPS.items()
)

_BADGES = [
    BadgeCard(badge_of(f"{n:02d}"), name, "梱包") for n, name in enumerate(("佐藤", "鈴木 花子", "高橋"), 1)
]

PICTURES: Mapping[str, tuple[Callable[[], bytes], int, int]] = {
    "slip-standard": (lambda: _slip("standard", a_slip()), 1, 620),
    "slip-half": (lambda: _slip("half", a_slip(lines=LINES[:2], remark="")), 1, 620),
    "slip-compact": (lambda: _slip("compact", a_slip()), 1, 460),
    "slip-gift": (lambda: _slip("standard", a_gift()), 1, 620),
    "receipt": (_receipt, 1, 620),
    "receipt-again": (lambda: _receipt(again=True, first_issued_on=date(2026, 11, 20)), 1, 620),
    "invoice": (
        lambda: _receipt(document="invoice", number="Q000001", addressee="株式会社ことり商事", purpose=""),
        *(1, 620),
    ),
    "check-sheet": (lambda: render_checks([desk_samples.CHECK], "ja", 300)[0], 1, 620),
    "return-slip": (lambda: render_returns([desk_samples.RETURN], 300)[0], 1, 620),
    "batch-cover": (lambda: render_cover(desk_samples.COVER, "ja", 300), 1, 620),
    "hand-over-list": (lambda: render_handovers([desk_samples.a_handover(12)], "ja", 300)[0], 1, 620),
    "void-list": (lambda: render_voids([desk_samples.VOID], desk_samples.AT, "ja", 300)[0], 1, 620),
    "badges": (lambda: render_badges(_BADGES, "ja", 300), 1, 620),
    "command-codes": (lambda: render_commands(_COMMANDS, "ja", 300)[0], 1, 620),
    "label-100x150": (lambda: render_copies([a_copy()]).pdf, 1, 500),
    "label-cool-cash": (
        lambda: render_copies([a_copy(cool="冷凍", cash=12800, sorting="", piece=2, pieces=3)]).pdf,
        *(1, 500),
    ),
    "address-labels": (lambda: _addresses("28362", Setup(first=3)), 1, 620),
    "letter-labels": (lambda: _addresses("28363", Setup(form="letter")), 1, 620),
    "post-labels": (lambda: _addresses("elm003", Setup(form="post")), 1, 620),
    "envelope": (lambda: render_envelopes([an_address()], PAPERS["naga3"]).pdf, 1, 340),
    "sheet-test": (lambda: render_labels((), shipped()["28368"], Setup(frames=True)).pdf, 1, 420),
    "form": (lambda: render_overlay([_VALUES], _FORM).pdf, 1, 620),
    "form-test": (lambda: render_test(_FORM, _TITLES), 1, 620),
    "marks": (
        lambda: render_marks([MarkData(*mark, "3-37 …12461") for mark in _MARKS], shipped()["28367"]).pdf,
        *(1, 620),
    ),
    "noshi-bow": (lambda: _noshi("内祝", "bow", ("山田", "")), 1, 620),
    "noshi-birth": (lambda: _noshi("出産内祝", "bow", ("結愛", "ゆあ")), 1, 620),
    "noshi-wedding": (lambda: _noshi("寿", "knot10", ("山田 太郎", ""), ("花子", "")), 1, 620),
    "noshi-mourning": (lambda: _noshi("志", "mourning", ("鈴木", "")), 1, 620),
    "card": (
        lambda: render_cards([CardData(_MESSAGE, "三浦 絵美")], shipped()["postcard"]).pdf,
        *(1, 420),
    ),
    "cards-cut": (
        lambda: (
            render_cards([CardData(_MESSAGE, "三浦 絵美")] * 10, shipped()["51002"], Setup(frames=True)).pdf
        ),
        *(1, 520),
    ),
}


def draw(name: str) -> Path:
    """One picture, a hair of grey around the paper."""
    make, page, width = PICTURES[name]
    pdf = make()
    wide = page_sizes(pdf)[page - 1][0]
    made = preview_page(pdf, page, width * 25.4 / wide * 2)
    image = Image.frombytes("RGB", (made.width, made.height), made.rgb)
    image = image.resize((width, round(made.height * width / made.width)), Image.Resampling.LANCZOS)
    path = OUT / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    ImageOps.expand(image, 1, (170, 170, 170)).quantize(64).save(path, optimize=True)
    return path


def main(names: list[str]) -> int:
    """Draw those named, else all."""
    for name in names or PICTURES:
        print(draw(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
