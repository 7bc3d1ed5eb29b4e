"""Pick lists read back out of the PDF."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from jpship_gui.documents.barcodes import jan_check_digit
from jpship_gui.documents.picklist import PickRow, PickTotal, in_shelf_order, render_total
from jpship_gui.documents.picklist_order import PickLine, PickOrder, render_orders
from jpship_gui.documents.slip_data import Look
from jpship_gui.domain.order_key import make_key, paper_code
from tests.documents.reading import codes, page_texts, picture

AT = datetime(2026, 11, 21, 14, 8)


def _jan(number: int) -> str:
    body = f"49012345{number:04d}"
    return f"{body}{jan_check_digit(body)}"


def _total(count: int, **changes: object) -> PickTotal:
    rows = tuple(
        PickRow(
            f"sku-{n:03d}",
            "マグカップ 300ml",
            1 + n % 4,
            f"{'ABC'[n % 3]}-{n // 3:02d}",
            "青",
            _jan(n),
            tuple((f"{10000 + n + i}", 1) for i in range(1 + n % 4)),
        )
        for n in range(count)
    )
    return PickTotal(rows, 42, AT, "佐藤", 3)


def test_every_jan_code_of_a_page_is_read_right() -> None:
    pdf = render_total(_total(12), Look(), "ja")
    found = codes(picture(pdf, 1, 300))["EAN-13"]
    assert sorted(found) == sorted(_jan(n) for n in range(12))


def test_rows_stand_by_shelf_with_shortages_first_and_unshelved_last() -> None:
    rows = [
        PickRow("a", "a", 1, "B-01"),
        PickRow("b", "b", 1, ""),
        PickRow("c", "c", 1, "A-02"),
        PickRow("d", "d", 3, "C-09", available=1),
        PickRow("e", "e", 1, "A-02"),
    ]
    assert [row.sku for row in in_shelf_order(rows)] == ["d", "c", "e", "a", "b"]


def test_figures_of_the_head_and_of_each_page_are_sums_of_the_rows() -> None:
    total = _total(40)
    texts = page_texts(render_total(total, Look(), "ja"))
    pieces = sum(row.quantity for row in total.rows)
    assert f"{pieces}点" in re.sub(r"\s", "", texts[0])
    sums = [re.search(r"このページ (\d+)行・(\d+)点", text) for text in texts]
    assert all(sums)
    assert sum(int(found[1]) for found in sums if found) == 40
    assert sum(int(found[2]) for found in sums if found) == pieces
    assert ["次のページへ" in text for text in texts] == [True] * (len(texts) - 1) + [False]


def test_more_orders_than_fit_are_counted_not_dropped() -> None:
    row = PickRow("a", "皿", 9, "A-01", orders=tuple((f"{10000 + n}", 1) for n in range(9)))
    (text,) = page_texts(render_total(PickTotal((row,), 9, AT), Look(), "ja"))
    assert "10000" in text
    assert "10001" in text
    assert "ほか7件" in text


def test_a_short_row_says_how_many_there_are() -> None:
    row = PickRow("a", "皿", 3, "A-01", available=1)
    (text,) = page_texts(render_total(PickTotal((row,), 1, AT), Look(), "ja"))
    assert "在庫不足" in text
    assert re.search(r"1\s*/ 3", text)


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_the_list_speaks_the_desks_language(language: str) -> None:
    from jpship_gui.texts import text_in

    (text,) = page_texts(render_total(_total(3), Look(), language))
    assert text_in(language, "documents.picklist_title") in text


def _order(number: int, lines: int) -> PickOrder:
    goods = tuple(PickLine(f"sku-{n:03d}", "平皿", 1 + n % 3, "白", f"A-{n:02d}") for n in range(lines))
    return PickOrder(
        make_key(number),
        f"345678-20261121-{number:010d}",
        "山田 花子",
        goods,
        3,
        number,
        "ヤマト",
        notes=("ラッピング",),
    )


def test_four_orders_share_a_sheet_and_every_key_is_read() -> None:
    pdf = render_orders([_order(n, 2) for n in range(1, 7)], Look(), "ja")
    assert len(page_texts(pdf)) == 2
    found = [text for page in (1, 2) for text in codes(picture(pdf, page, 203))["Code 128"]]
    assert sorted(found) == [paper_code(make_key(n)) for n in range(1, 7)]


def test_a_long_order_goes_on_in_the_next_quarter_with_every_line() -> None:
    texts = page_texts(render_orders([_order(1, 30)], Look(), "ja"))
    joined = "\n".join(texts)
    assert sorted(re.findall(r"sku-\d{3}", joined)) == [f"sku-{n:03d}" for n in range(30)]
    assert re.search(r"1 / [3-9]", joined)
    assert "60点" in joined or f"{sum(1 + n % 3 for n in range(30))}点" in joined


def test_lists_hold_no_address_and_no_price() -> None:
    joined = "".join(page_texts(render_orders([_order(1, 3)], Look(), "ja")))
    assert "¥" not in joined
    assert "〒" not in joined


def test_a_remark_of_2000_characters_goes_on_in_quarters_of_its_own() -> None:
    from dataclasses import replace

    remark = "".join(f"備考{n:04d}。" for n in range(1, 286))
    order = replace(_order(1, 2), notes=(remark,))
    pdf = render_orders([order], Look(), "ja")
    words = "".join("".join(page_texts(pdf)).split())
    assert words.count("備") == words.count("。") == 285
    assert order.lines[0].name in words
    for page in range(1, len(page_texts(pdf)) + 1):
        image = picture(pdf, page, 72)
        wide, high = image.size
        assert image.crop((0, high - 8, wide, high)).getextrema() == (255, 255)
