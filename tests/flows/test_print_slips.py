"""Printing the slips of a batch."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Money, Package, TaxPart, Wish
from jpship_gui.domain.order_key import paper_code
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper import layouts
from jpship_gui.flows.paper.batches import batch
from jpship_gui.flows.paper.print_slips import (
    PRINTABLE,
    NothingToPrint,
    PrintResult,
    preview_slips,
    print_slips,
)
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, products, shipments, shops
from jpship_gui.store.products import Product
from jpship_gui.store.shipments import CheckedProblems
from jpship_gui.texts import text
from tests.builders import a_contact, a_line, an_order
from tests.documents.reading import code128_in_strips, codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable

MONEY = Money(
    goods=4400,
    postage=770,
    coupon_shop=300,
    coupon_market=200,
    points=170,
    total=5170,
    charged=4500,
    taxes=(TaxPart(10, 4670, 424),),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _printed(
    ws: Workspace, tmp_path: Path, keys: object = None, **how: bool
) -> tuple[PrintResult, list[str]]:
    result = print_slips(ws, keys, tmp_path / "slips.pdf", **how)  # type: ignore[arg-type]
    return result, page_texts(result.path.read_bytes())


def _with_problem(ws: Workspace, key: str, problem: Problem, blocked: bool = True) -> None:
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    with ws.store.transaction():
        shipments.set_problems(ws.store, [CheckedProblems(shipment.row_id, (problem,), blocked)])
        shipments.restage(ws.store, [shipment.row_id])


def test_page_n_is_row_n_for_a_batch_of_200(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, *(an_order(number) for number in range(1, 201)))
    result, texts = _printed(ws, tmp_path)
    assert result.pages == 200
    assert len(texts) == 200
    found = batch(ws, result.batch)
    assert [row.key for row in found.rows] == list(result.printed) == list(keys)
    assert [row.pages for row in found.rows] == [(page,) for page in range(1, 201)]
    for row, (page, key) in enumerate(zip(texts, keys, strict=True), 1):
        assert f"{result.batch}-{row}\n" in f"{page}\n"
        assert key in page
    assert code128_in_strips(result.path.read_bytes(), 203, 25, 50, step=25) == [
        paper_code(key) for key in keys[::25]
    ]
    rows = shipments.by_keys(ws.store, keys)
    assert [(s.batch, s.batch_row) for s in rows] == [(result.batch, n) for n in range(1, 201)]


def test_printing_notes_fact_history_and_file(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order())
    result, _ = _printed(ws, tmp_path)
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    assert shipment.stage is Stage.PACK
    assert shipment.facts.printed is not None
    assert shipment.facts.printed.person == "佐藤"
    assert [entry.what for entry in history.of(ws.store, shipment.row_id)] == ["printed"]
    (made,) = prints.of_shipment(ws.store, shipment.row_id)
    data = result.path.read_bytes()
    assert made.fingerprint == result.fingerprint == hashlib.sha256(data).hexdigest()
    assert (ws.places.papers / made.path).read_bytes() == data


def test_the_slip_shows_the_orders_money_as_the_marketplace_states_it(ws: Workspace, tmp_path: Path) -> None:
    line = a_line(quantity=2)
    printable(ws, an_order(lines=(line,), money=MONEY, wish=Wish(date(2026, 11, 23), "am")))
    _, (text,) = _printed(ws, tmp_path)
    for words in (
        "¥4,400",
        "¥770",
        "-¥300",
        "-¥200",
        "¥4,670",
        "内消費税 ¥424",
        "-¥170",
        "¥4,500",
        "マグカップ 300ml",
        "青",
    ):
        assert words in text, words
    assert "ことり雑貨店" in text
    assert "ヤマト運輸" in text


def test_a_business_order_shows_company_and_purchase_order(ws: Workspace, tmp_path: Path) -> None:
    line = a_line(quantity=2)
    printable(ws, an_order(lines=(line,), money=MONEY, company="練習商事株式会社", purchase_order="PO-77"))
    _, (text,) = _printed(ws, tmp_path)
    assert text.index("練習商事株式会社") < text.index("山田 花子")
    assert "発注番号" in text
    assert "PO-77" in text


def test_a_company_in_the_name_is_not_told_twice(ws: Workspace, tmp_path: Path) -> None:
    to = a_contact(name="練習商事株式会社 総務部")
    printable(ws, an_order(recipient=to, company="練習商事株式会社"))
    _, (text,) = _printed(ws, tmp_path)
    assert text.count("練習商事株式会社") == 1


def test_a_gift_says_its_message_and_nothing_of_the_buyers_company(ws: Workspace, tmp_path: Path) -> None:
    printable(
        ws,
        an_order(
            gift_flag=True,
            gift_message="お誕生日おめでとう。",
            company="練習商事株式会社",
            purchase_order="PO-77",
            money=MONEY,
        ),
    )
    _, (text,) = _printed(ws, tmp_path)
    assert "お誕生日おめでとう。" in text
    assert "練習商事" not in text
    assert "PO-77" not in text
    assert "4,500" not in text


def test_without_any_price_the_slip_lists_goods_and_no_amounts(ws: Workspace, tmp_path: Path) -> None:
    """未出荷レポート names no prices: no sums of nothing, and nothing that looks like a gift."""
    printable(ws, an_order(lines=(a_line(unit_price=0, quantity=3),)))
    _, (text,) = _printed(ws, tmp_path)
    assert "納品書" in text
    assert "マグカップ 300ml" in text
    assert "合計" not in text
    assert "¥" not in text
    assert "金額未確定" not in text


def test_blocked_held_and_unread_ones_are_refused_with_reasons(ws: Workspace, tmp_path: Path) -> None:
    good, blocked, held, unread = printable(
        ws, an_order(1), an_order(2), an_order(3), an_order(4, buyer_text="午前に届けてください")
    )
    _with_problem(ws, blocked, Problem("recipient_missing", Severity.BLOCK, "recipient.phone"))
    shipment = shipments.by_key(ws.store, held)
    assert shipment is not None
    with ws.store.transaction():
        shipments.update(ws.store, shipment.row_id, {"hold_reason": "在庫確認"})
        shipments.restage(ws.store, [shipment.row_id])
    result, texts = _printed(ws, tmp_path, [good, blocked, held, unread])
    assert result.printed == (good,)
    assert len(texts) == 1
    assert [p.code for p in result.refused[blocked]] == ["print_stage_check", "recipient_missing"]
    assert result.refused[held][0].values["stage"] == "hold"
    assert result.refused[unread][0].code == "print_remark_unread"
    with pytest.raises(NothingToPrint) as caught:
        print_slips(ws, [blocked], tmp_path / "other.pdf")
    assert caught.value.code == "print_all_refused"
    assert not (tmp_path / "other.pdf").exists()


def test_every_stage_that_allows_no_printing_has_words() -> None:
    for stage in set(Stage) - PRINTABLE:
        assert "12345" in text(f"problem.print_stage_{stage.value}", order="12345", stage=stage.value)


def test_nothing_waiting_and_unknown_keys_are_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint) as caught:
        print_slips(ws, None, tmp_path / "a.pdf")
    assert caught.value.code == "print_nothing_waiting"
    with pytest.raises(Refused) as unknown:
        print_slips(ws, ["JP00000XX"], tmp_path / "a.pdf")
    assert unknown.value.code == "shipment_unknown"


def test_a_gift_has_no_amount_unless_a_person_says_so(ws: Workspace, tmp_path: Path) -> None:
    buyer = a_contact(name="三浦 絵美")
    order = an_order(money=MONEY, buyer=buyer, recipient_is_buyer=False)
    order = replace(order, packages=(replace(order.packages[0], recipient=a_contact(name="青木 結衣")),))
    (key,) = printable(ws, order)
    _, (text,) = _printed(ws, tmp_path, [key])
    assert "お届け明細" in text
    assert "三浦 絵美" in text
    assert not re.search("[¥円]|合計", text)
    result, (text,) = _printed(ws, tmp_path, [key], priced_gifts=True)
    assert "¥4,500" in text
    assert result.again == (key,)


def test_a_present_is_from_whom_the_marketplace_names(ws: Workspace, tmp_path: Path) -> None:
    order = an_order(buyer=a_contact(name="三浦 絵美"), recipient_is_buyer=False)
    order = replace(order, gift_flag=True, gift_sender="贈田 一郎")
    (key,) = printable(ws, order)
    _, (text,) = _printed(ws, tmp_path, [key])
    assert "贈田 一郎" in text
    assert "三浦 絵美" not in text


@pytest.mark.parametrize(
    ("when", "remark", "prints_one"),
    [
        ("always", "", True),
        ("never", "納品書希望", False),
        ("request", "", False),
        ("request", "納品書を入れてください", True),
        ("request", "納品書は不要です", False),
    ],
)
def test_a_slip_per_shop_always_on_request_or_never(
    ws: Workspace, tmp_path: Path, when: str, remark: str, prints_one: bool
) -> None:
    shops.set_settings(ws.store, "本店", {"slip.when": when})
    (key,) = printable(ws, an_order(remark=remark))
    if prints_one:
        assert _printed(ws, tmp_path)[0].printed == (key,)
        return
    with pytest.raises(NothingToPrint) as caught:
        print_slips(ws, None, tmp_path / "a.pdf")
    assert caught.value.skipped == {key: "slip_never" if when == "never" else "slip_not_asked"}
    assert _printed(ws, tmp_path, [key], every_shop=True)[0].printed == (key,)


def test_a_character_without_a_glyph_must_be_seen_first(ws: Workspace, tmp_path: Path) -> None:
    rare, plain = printable(ws, an_order(1, recipient=a_contact(name="山田\uf8ff")), an_order(2))
    result, texts = _printed(ws, tmp_path)
    assert result.printed == (plain,)
    assert result.refused[rare][0].code == "glyph_missing"
    assert "U+F8FF" in result.refused[rare][0].values["characters"]
    result, texts = _printed(ws, tmp_path, [rare], glyphs_seen=True)
    assert "山田〓" in texts[0]
    assert result.notices[rare][0].code == "glyph_missing"


def test_rare_names_print_and_variant_marks_are_noted(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order(recipient=a_contact(name="𠮷﨑 葛\U000e0100髙")))
    result, (text,) = _printed(ws, tmp_path)
    assert "𠮷﨑 葛髙" in text
    assert result.notices[key][0].code == "glyph_left_out"


def test_several_recipients_get_slips_with_their_own_goods(ws: Workspace, tmp_path: Path) -> None:
    first = Package("1", a_contact(name="山田 花子"), goods_price=2200, postage=500)
    second = Package("2", a_contact(name="青木 結衣"), goods_price=900)
    order = an_order(money=MONEY, packages=(first, second), several_recipients=True)
    printable(ws, order)
    _, texts = _printed(ws, tmp_path)
    assert len(texts) == 2
    assert "¥2,700" in texts[0]
    assert "¥4,500" not in "".join(texts)


def test_the_goods_tables_short_name_is_printed(ws: Workspace, tmp_path: Path) -> None:
    products.put(ws.store, [Product("4901234567894", "mug-300-bl", name="マグ小")])
    printable(ws, an_order())
    _, (text,) = _printed(ws, tmp_path)
    assert "マグ小" in text
    assert "マグカップ" not in text


def test_a_file_that_cannot_be_written_leaves_nothing_noted(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order())
    (tmp_path / "slips.pdf").mkdir()
    with pytest.raises(WorldFault):
        print_slips(ws, None, tmp_path / "slips.pdf")
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    assert shipment.facts.printed is None
    assert shipment.batch is None
    assert prints.recent(ws.store) == ()
    assert list(ws.places.papers.iterdir()) == []


def test_a_preview_shows_what_may_not_be_printed_yet_and_notes_nothing(ws: Workspace) -> None:
    (key,) = printable(ws, an_order(buyer_text="未読の備考"))
    (text,) = page_texts(preview_slips(ws, [key]))
    assert "見本" in text
    assert prints.recent(ws.store) == ()


def test_a_known_tracking_number_stands_on_the_slip_as_nw7(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order())
    with ws.store.transaction():
        shipments.set_parcel(ws.store, key, {"file_no": "400123456003"})
    result, (text,) = _printed(ws, tmp_path)
    assert "4001-2345-6003" in text
    assert codes(picture(result.path.read_bytes(), 1, 300)) == {
        "Code 128": [paper_code(key)],
        "Codabar": ["A400123456003A"],
    }


def test_the_cost_of_goods_has_no_way_onto_paper(ws: Workspace, tmp_path: Path) -> None:
    """The shop's memo at the marketplace (where sellers note costs) and every field not named on a slip stay away."""
    printable(ws, an_order(memo="仕入 987654 円", payment="クレジットカード", sub_status="原価 987654"))
    _, (text,) = _printed(ws, tmp_path)
    assert "987654" not in text
    assert "原価" not in text
    assert "仕入" not in text


def test_a_batch_on_two_papers_says_whose_sheet_is_another(ws: Workspace, tmp_path: Path) -> None:
    shops.add(ws.store, "支店", "rakuten", {}, ws.now())
    layouts.assign(ws, "slip", "支店", "compact")
    keys = printable(ws, an_order(1), an_order(2, shop="支店"))
    result, texts = _printed(ws, tmp_path, keys)
    assert len(texts) == 2
    (notice,) = result.notices[keys[1]]
    assert (notice.code, notice.values["paper"], notice.values["first"]) == ("slip_paper_differs", "A5", "A4")
    assert keys[0] not in result.notices
