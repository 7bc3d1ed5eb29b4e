"""Pick lists of what waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order_key import paper_code
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper.print_picklist import print_picklist
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import prints, products, shipments, shops
from jpship_gui.store.products import Product
from tests.builders import a_line, an_order
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _orders() -> list[object]:
    return [
        an_order(
            number,
            lines=(
                a_line(line_id="1", quantity=1 + number % 3),
                a_line(line_id="2", sku=f"plate-{number % 4}", name="平皿", variant="白", quantity=2),
            ),
        )
        for number in range(1, 12)
    ]


def test_sums_of_the_total_list_equal_the_orders_lines(ws: Workspace, tmp_path: Path) -> None:
    orders = _orders()
    keys = printable(ws, *orders)  # type: ignore[arg-type]
    products.put(ws.store, [Product("4901234567894", "mug-300-bl", shelf="A-01-2")])
    result = print_picklist(ws, None, tmp_path / "pick.pdf")
    pieces = sum(line.quantity for order in orders for line in order.lines)  # type: ignore[attr-defined]
    assert result.pieces == pieces
    assert result.rows == 5
    assert result.printed == tuple(keys)
    pdf = result.path.read_bytes()
    (text,) = page_texts(pdf)
    assert f"このページ 5行・{pieces}点" in text
    assert codes(picture(pdf, 1, 300))["EAN-13"] == ["4901234567894"]
    assert all(s.facts.printed is None for s in shipments.by_keys(ws.store, keys))
    assert [p.document for p in prints.recent(ws.store)] == ["picklist_total"]


def test_a_list_per_order_holds_every_line_and_key(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, *_orders())  # type: ignore[arg-type]
    result = print_picklist(ws, None, tmp_path / "pick.pdf", kind="order")
    pdf = result.path.read_bytes()
    texts = page_texts(pdf)
    assert result.pages == len(texts) == 3
    assert result.rows == 22
    found = [text for page in (1, 2, 3) for text in codes(picture(pdf, page, 203))["Code 128"]]
    assert sorted(found) == sorted(map(paper_code, keys))
    assert len(re.findall("plate-", "".join(texts))) == 11


def test_where_no_slip_goes_into_the_parcel_the_list_is_the_paper_to_pack_by(
    ws: Workspace, tmp_path: Path
) -> None:
    (key,) = printable(ws, an_order())
    print_picklist(ws, [key], tmp_path / "pick.pdf", kind="order")
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    assert shipment.stage is Stage.PRINT
    shops.set_settings(ws.store, "本店", {"slip.when": "never"})
    print_picklist(ws, [key], tmp_path / "pick.pdf", kind="order")
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    assert shipment.stage is Stage.PACK


def test_lines_without_a_sku_are_told_apart_by_their_words(ws: Workspace, tmp_path: Path) -> None:
    lines = (
        a_line(line_id="1", sku="", name="皿", variant="白"),
        a_line(line_id="2", sku="", name="皿", variant="青"),
    )
    printable(ws, an_order(1, lines=lines), an_order(2, lines=lines))
    result = print_picklist(ws, None, tmp_path / "pick.pdf")
    assert (result.rows, result.pieces) == (2, 4)


def test_another_kind_is_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        print_picklist(ws, None, tmp_path / "pick.pdf", kind="both")
    assert caught.value.code == "picklist_kind"


def test_free_gifts_are_collected_and_stand_on_the_orders_list(ws: Workspace, tmp_path: Path) -> None:
    soap = [a_line(line_id="1", extra="石けん（紫）"), a_line(line_id="2", extra="石けん（紫）")]
    orders = [an_order(1, lines=tuple(soap)), an_order(2, lines=(a_line(extra="しおり"),))]
    gone = an_order(3, lines=(a_line(), a_line(line_id="2", extra="消えた品", deleted=True)))
    printable(ws, *orders, gone)
    total = print_picklist(ws, None, tmp_path / "total.pdf")
    (words,) = page_texts(total.path.read_bytes())
    assert "おまけ: 石けん（紫）" in words
    assert "00001×2" in words
    assert "おまけ: しおり" in words
    assert "消えた品" not in words
    lists = print_picklist(ws, None, tmp_path / "orders.pdf", "order")
    (words,) = page_texts(lists.path.read_bytes())
    assert words.count("おまけ: 石けん（紫）") == 1  # once for the box, however many lines bring it


def test_a_gift_and_its_free_gift_stand_on_the_orders_list(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, an_order(1, gift_flag=True, lines=(a_line(extra="しおり"),)))
    result = print_picklist(ws, None, tmp_path / "orders.pdf", "order")
    (words,) = page_texts(result.path.read_bytes())
    assert "ギフト（金額を入れない）" in words
    assert "おまけ: しおり" in words
