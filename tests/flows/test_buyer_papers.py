"""What no paper for a buyer may hold, whatever kind: the purchase cost, names in its properties, prices in a gift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.documents.layout import layout_kind
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Money, Order, TaxPart
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.kinds import kinds
from jpship_gui.flows.paper.kinds import preview as preview_paper
from jpship_gui.flows.paper.print_slips import preview_slips, print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import products
from jpship_gui.store.products import Product
from tests.builders import a_contact, a_line, an_order
from tests.documents.reading import document_information, page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable

COST = 48_613_579  # nothing else could add up to it; a shop notes it in its own memo of the order
NUMBERS = count()
SHELF = "棚のなか番地"
NAME = "極秘 太郎左衛門"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path, invoice__mode="full", invoice__registration_no="T7123456789012")
    yield desk
    desk.close()


def priced(number: int, *amounts: int, gift: bool = False) -> Order:
    """An order whose every amount is one of these."""
    lines = tuple(
        a_line(line_id=str(n), sku="mug-300-bl", unit_price=amount, name="急須")
        for n, amount in enumerate(amounts)
    )
    total = sum(amounts)
    money = Money(
        goods=total, postage=0, total=total, charged=total, taxes=(TaxPart(10, total, total // 11),)
    )
    return an_order(
        number,
        lines=lines,
        money=money,
        gift_flag=gift,
        recipient=a_contact(name=NAME),
        payment="クレジットカード",
        remark="領収書希望",
        buyer_text="",
        gift_message="おめでとう" if gift else "",
        memo=f"仕入 {COST} 円",
    )


def everything(pdf: bytes) -> str:
    """All text of a file and all its properties, without separators."""
    return re.sub(r"[\s,]", "", "".join(page_texts(pdf)) + "".join(document_information(pdf)))


def test_no_paper_for_a_buyer_knows_what_the_goods_cost(ws: Workspace, tmp_path: Path) -> None:
    with ws.store.transaction():
        products.put(ws.store, [Product("4900000000000", "mug-300-bl", name="急須", shelf=SHELF)])
    keys = printable(ws, priced(1, 2_200, 330), priced(2, 5_500, gift=True))
    for form in layout_kind("slip").forms:
        layouts.assign(ws, "slip", "本店", form)
        files = [preview_slips(ws, keys), preview_slips(ws, keys, priced_gifts=True)]
        for kind in kinds().values():
            if not kind.to_buyer:
                continue
            try:
                files.append(preview_paper(ws, kind.id, keys).pdf)
            except Refused:  # nothing of it here, or it needs a form of the shop's own
                continue
        assert len(files) >= 4, "slips, receipt and invoice at least"
        for pdf in files:
            text = everything(pdf)
            assert str(COST) not in text
            assert SHELF not in text


def test_no_paper_of_any_kind_has_a_person_in_its_properties(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, priced(1, 2_200), priced(2, 5_500, gift=True))
    files = [preview_slips(ws, keys)]
    for kind in kinds().values():
        try:
            files.append(preview_paper(ws, kind.id, keys).pdf)
        except Refused:  # nothing of it here, or it needs a form of the shop's own
            continue
    assert len(files) >= 6
    for pdf in files:
        said = "".join(document_information(pdf))
        assert "極秘" not in said
        assert "太郎" not in said
        with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
            assert document.get_metadata_dict()["Author"] == ""
        assert NAME.encode("utf-16-be") not in pdf


AMOUNTS = st.lists(st.integers(1_111, 99_999_999), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=AMOUNTS, form=st.sampled_from(sorted(layout_kind("slip").forms)))
def test_a_present_holds_no_digits_of_any_amount(ws: Workspace, amounts: list[int], form: str) -> None:
    layouts.assign(ws, "slip", "本店", form)
    order = priced(1, *amounts, gift=True)
    word = "".join(chr(ord(digit) + 49) for digit in str(next(NUMBERS)))  # a number without digits
    keys = printable(ws, replace(order, id=replace(order.id, number=f"ORDER-{word}")))
    text = "".join(page_texts(preview_slips(ws, keys)))
    groups = set(re.findall(r"\d[\d,]*", text))
    for amount in (*amounts, sum(amounts), sum(amounts) // 11):
        assert f"{amount:,}" not in groups
        assert str(amount) not in groups
    assert "¥" not in text
    assert "￥" not in text


def test_gifts_without_prices_are_the_default_for_every_layout(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, priced(1, 7_654, gift=True))
    for form in layout_kind("slip").forms:
        layouts.assign(ws, "slip", "本店", form)
        print_slips(ws, keys, tmp_path / "s.pdf")
        text = everything((tmp_path / "s.pdf").read_bytes())
        assert "7654" not in text
        assert "T7123456789012" not in text
        print_slips(ws, keys, tmp_path / "p.pdf", priced_gifts=True)
        assert "7654" in everything((tmp_path / "p.pdf").read_bytes())
