"""Receipts and invoices: what they say, who may have one, and that none goes out twice unmarked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import BY_HAND, Money, Order, OrderId, TaxPart
from jpship_gui.flows.paper import receipts
from jpship_gui.flows.paper.kinds import preview as preview_paper
from jpship_gui.flows.paper.kinds import print_paper
from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips
from jpship_gui.flows.paper.receipts import ReceiptForm
from jpship_gui.flows.upkeep import shops as shop_accounts
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shops
from tests.builders import NOW, a_contact, a_line, an_order
from tests.documents.reading import document_information, page_texts
from tests.flows.carrier_desk import SETTINGS, open_desk
from tests.flows.paper_desk import printable

NUMBER = "T7123456789012"
MONEY = Money(
    goods=10_720,
    postage=770,
    coupon_shop=500,
    points=290,
    total=10_990,
    charged=10_700,
    taxes=(TaxPart(10, 7_891, 717), TaxPart(8, 3_099, 229)),
    wrapping=330,
)
LINES = (
    a_line(quantity=2),
    a_line(line_id="2", sku="plate", name="平皿 21cm", variant="白", unit_price=2_750),
    a_line(
        line_id="3", sku="tea", name="ほうじ茶 100g", quantity=2, unit_price=1_620, tax_rate=8, variant=""
    ),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path, invoice__mode="full", invoice__registration_no=NUMBER)
    yield desk
    desk.close()


def an_order_paid(number: int = 1, **changes: Any) -> Order:
    given: dict[str, Any] = {"money": MONEY, "lines": LINES, "payment": "クレジットカード"}
    return an_order(number, **{**given, **changes})


def flat(pdf: bytes) -> str:
    return re.sub(r"\s+", "", "".join(page_texts(pdf)))


def issue(ws: Workspace, key: str, out: Path, document: str = "receipt", **choices: str) -> str:
    """Print one; its text without blanks."""
    made = print_paper(ws, document, [key], out, choices)
    assert made.refused == {}
    return flat(out.read_bytes())


def why_not(ws: Workspace, key: str, out: Path, document: str = "receipt", **choices: str) -> str:
    with pytest.raises(NothingToPrint) as stopped:
        print_paper(ws, document, [key], out, choices)
    assert not out.exists()
    (problem,) = stopped.value.refused[key]
    return problem.code


def test_a_receipt_says_what_was_paid_by_rate_and_by_whom(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order_paid())
    text = issue(ws, key, tmp_path / "r.pdf")
    for words in (
        *("領収書", "No.R000001", "山田花子様", "領収金額¥10,700-（税込）", "但しお品代として", "正に領収"),
        *("お支払方法：クレジットカード利用", "345678-20261120-0000000001", "ほうじ茶100g※", "2,750"),
        *("小計¥10,720", "送料¥770", "店舗クーポン-¥500", "合計（税込）¥10,990"),
        *(
            "10％対象¥7,891内消費税¥717",
            "8％対象※¥3,099内消費税¥229",
            "ポイント利用-¥290",
            "お支払い額¥10,700",
        ),
        *("ことり雑貨店", "登録番号T7123456789012", "※は軽減税率"),
    ):
        assert words in text, words
    for absent in ("再発行", "訂正", "収入", "見本"):
        assert absent not in text
    assert "山田" not in "".join(document_information((tmp_path / "r.pdf").read_bytes()))


def test_an_invoice_names_the_business_the_day_and_the_tax_of_each_rate(
    ws: Workspace, tmp_path: Path
) -> None:
    (key,) = printable(ws, an_order_paid(company="株式会社ことり商事"))
    text = issue(ws, key, tmp_path / "q.pdf", "invoice")
    for words in (
        "適格請求書",
        "No.Q000001",
        "株式会社ことり商事御中",
        "¥10,990-（税込）",
        "お取引日2026-11-20",
        NUMBER,
    ):
        assert words in text, words
    assert "領収いたしました" not in text


def test_each_further_issue_is_marked_and_kept_with_who_and_when(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order_paid())
    first = issue(ws, key, tmp_path / "1.pdf", to="山田商店", **{"for": "食器代として"})
    later = replace(ws, clock=lambda: datetime(2026, 12, 1, 3, tzinfo=UTC), person="鈴木", desk="2")
    again = issue(later, key, tmp_path / "2.pdf")
    assert "再発行" not in first
    for words in (
        "再発行",
        "初回発行2026-11-20",
        "発行日2026-12-01",
        "No.R000001",
        "山田商店",
        "食器代として",
    ):
        assert words in again, words
    kept = receipts.issued(ws, an_order_paid().id)
    assert [(one.number, one.issue, one.person, one.desk) for one in kept] == [
        ("R000001", 1, "佐藤", "1"),
        ("R000001", 2, "鈴木", "2"),
    ]
    assert "再発行" in issue(later, key, tmp_path / "3.pdf")


def test_other_contents_are_a_correction_and_both_stay(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order_paid())
    issue(ws, key, tmp_path / "1.pdf", to="山田商店")
    assert why_not(ws, key, tmp_path / "x.pdf", to="山本商店") == "receipt_differs"
    corrected = issue(ws, key, tmp_path / "2.pdf", to="山本商店", correct="1")
    for words in ("訂正", "No.R000001の訂正", "No.R000002", "山本商店"):
        assert words in corrected, words
    assert "再発行" in issue(ws, key, tmp_path / "3.pdf")
    kept = receipts.issued(ws, an_order_paid().id)
    assert [(one.number, one.issue, one.corrects) for one in kept] == [
        ("R000001", 1, ""),
        ("R000002", 1, "R000001"),
        ("R000002", 2, "R000001"),
    ]


def test_a_preview_takes_no_number_and_a_file_that_cannot_be_written_neither(
    ws: Workspace, tmp_path: Path
) -> None:
    (key,) = printable(ws, an_order_paid())
    drawn = preview_paper(ws, "receipt", [key])
    assert "見本" in flat(drawn.pdf)
    folder = tmp_path / "taken"
    folder.mkdir()
    with pytest.raises(WorldFault):
        print_paper(ws, "receipt", [key], folder)
    assert receipts.issued(ws, an_order_paid().id) == ()
    assert "No.R000001" in issue(ws, key, tmp_path / "r.pdf")


@pytest.mark.parametrize("market", ["rakuten", "amazon", "yahoo"])
def test_where_the_marketplace_issues_them_none_is_made_by_default(market: str, tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    try:
        shops.add(ws.store, "支店", market, {**SETTINGS, "invoice.registration_no": NUMBER}, NOW)
        order = an_order_paid(shop="支店")
        order = replace(order, id=replace(order.id, marketplace=market))
        (key,) = printable(ws, order)
        assert why_not(ws, key, tmp_path / "r.pdf") == "receipt_marketplace"
        print_slips(ws, [key], tmp_path / "s.pdf")
        assert NUMBER not in flat((tmp_path / "s.pdf").read_bytes())
        assert "内消費税¥717" in flat((tmp_path / "s.pdf").read_bytes())
    finally:
        ws.close()


def test_the_slip_is_the_simplified_invoice_where_the_shop_wants_it(tmp_path: Path) -> None:
    ws = open_desk(tmp_path, invoice__mode="slip", invoice__registration_no=NUMBER)
    try:
        plain, gift = printable(ws, an_order_paid()), printable(ws, an_order_paid(2), gift=True)
        print_slips(ws, plain, tmp_path / "s.pdf")
        assert f"登録番号{NUMBER}" in flat((tmp_path / "s.pdf").read_bytes())
        text = issue(ws, plain[0], tmp_path / "r.pdf")
        assert NUMBER not in text, "the number stands on one paper only"
        assert "同封の納品書" in text
        print_slips(ws, gift, tmp_path / "g.pdf")
        assert NUMBER not in flat((tmp_path / "g.pdf").read_bytes())
        assert NUMBER in issue(ws, gift[0], tmp_path / "gr.pdf")
        assert why_not(ws, plain[0], tmp_path / "q.pdf", "invoice") == "invoice_not_full"
    finally:
        ws.close()


def test_a_seller_who_is_not_registered_prints_nothing_like_a_number(tmp_path: Path) -> None:
    for mode in ("slip", "full"):
        ws = open_desk(tmp_path / mode, invoice__mode=mode)
        try:
            (key,) = printable(ws, an_order_paid())
            print_slips(ws, [key], tmp_path / "s.pdf")
            text = issue(ws, key, tmp_path / "r.pdf") + flat((tmp_path / "s.pdf").read_bytes())
            assert "登録番号" not in text
            assert not re.search(r"T\d{13}", text)
            wanted = "invoice_unregistered" if mode == "full" else "invoice_not_full"
            assert why_not(ws, key, tmp_path / "q.pdf", "invoice") == wanted
        finally:
            ws.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cash_on_delivery": True, "payment": "代金引換"}, "receipt_cod"),
        ({"payment": "コンビニ決済（セブン-イレブン）"}, "receipt_till"),
        ({"money": replace(MONEY, charged=None)}, "receipt_amount_unknown"),
        ({"money": replace(MONEY, undecided=("postage",))}, "receipt_amount_unknown"),
        ({"money": replace(MONEY, points=10_990, charged=0)}, "receipt_nothing_paid"),
    ],
)
def test_who_gets_no_receipt_and_why(ws: Workspace, tmp_path: Path, changes: Any, code: str) -> None:
    (key,) = printable(ws, an_order_paid(**changes))
    assert why_not(ws, key, tmp_path / "r.pdf") == code


@pytest.mark.parametrize("name", ["上様", "上", " ", "上　様"])
def test_nobody_gets_no_receipt_unless_the_shop_wants_it(ws: Workspace, tmp_path: Path, name: str) -> None:
    (key,) = printable(ws, an_order_paid(buyer=a_contact(name=name)))
    assert why_not(ws, key, tmp_path / "r.pdf") == "receipt_nobody"
    shops.set_settings(ws.store, "本店", {"receipt.named": "off"})
    assert "領収書" in issue(ws, key, tmp_path / "r.pdf")


def test_a_stamp_box_only_where_one_is_due(ws: Workspace, tmp_path: Path) -> None:
    dear = Money(goods=55_000, postage=0, total=55_000, charged=55_000, taxes=(TaxPart(10, 55_000, 5_000),))
    lines = (a_line(unit_price=55_000),)
    by_bank = an_order_paid(1, money=dear, lines=lines, payment="銀行振込")
    by_card = an_order_paid(2, money=dear, lines=lines)
    one, two = printable(ws, by_bank), printable(ws, by_card)
    assert "収入印紙" in issue(ws, one[0], tmp_path / "1.pdf")
    assert "収入" not in issue(ws, two[0], tmp_path / "2.pdf")
    three = printable(ws, replace(by_bank, id=replace(by_bank.id, number="345678-20261120-0000000003")))
    assert "収入" not in issue(ws, three[0], tmp_path / "3.pdf", mail="1")


def test_the_marketplaces_tax_is_printed_and_a_difference_said(ws: Workspace, tmp_path: Path) -> None:
    odd = replace(MONEY, taxes=(TaxPart(10, 7_891, 718), TaxPart(8, 3_099, 229)))
    (key,) = printable(ws, an_order_paid(money=odd))
    made = print_paper(ws, "receipt", [key], tmp_path / "r.pdf")
    (notice,) = made.notices[key]
    assert (notice.code, notice.values["ours"], notice.values["theirs"]) == (
        "invoice_tax_differs",
        "717",
        "718",
    )
    assert "内消費税¥718" in flat((tmp_path / "r.pdf").read_bytes())


@pytest.mark.parametrize(
    ("rounding", "taxes"), [("down", (717, 229)), ("up", (718, 230)), ("half", (717, 230))]
)
def test_tax_is_reckoned_once_a_rate_where_the_marketplace_states_none(
    ws: Workspace, tmp_path: Path, rounding: str, taxes: tuple[int, int]
) -> None:
    shops.set_settings(ws.store, "本店", {"invoice.rounding": rounding})
    (key,) = printable(ws, an_order_paid(money=replace(MONEY, taxes=())))
    text = issue(ws, key, tmp_path / "r.pdf")
    assert f"10％対象¥7,891内消費税¥{taxes[0]}" in text
    assert f"8％対象※¥3,099内消費税¥{taxes[1]}" in text


def test_long_orders_and_names_lose_nothing(ws: Workspace, tmp_path: Path) -> None:
    name = "春夏秋冬" * 25
    lines = tuple(
        a_line(line_id=str(n), sku=f"s{n}", name=f"{name}{n}", quantity=1, unit_price=9_999_999)
        for n in range(50)
    )
    money = Money(goods=499_999_950, postage=0, total=499_999_950, charged=499_999_950)
    (key,) = printable(ws, an_order_paid(lines=lines, money=money))
    text = issue(ws, key, tmp_path / "r.pdf", to="とても長い名前の会社" * 10)
    for n in range(50):
        assert f"{name}{n}" in re.sub(r"\s+", "", text)
    assert "とても長い名前の会社" * 10 in text
    assert "¥499,999,950-" in text
    pages = page_texts((tmp_path / "r.pdf").read_bytes())
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


def test_issues_are_found_by_day_amount_and_partner(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, an_order_paid(1), an_order_paid(2))
    issue(ws, keys[0], tmp_path / "1.pdf", to="山田商店")
    issue(ws, keys[1], tmp_path / "2.pdf", to="100%_商店")
    assert len(receipts.search(ws, since="2026-11-20", until="2026-11-20")) == 2
    assert receipts.search(ws, since="2026-11-21") == ()
    assert len(receipts.search(ws, least=10_700, most=10_700)) == 2
    assert [one.addressee for one in receipts.search(ws, addressee="%_")] == ["100%_商店 御中"]


def test_the_form_shows_what_would_be_issued(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order_paid())
    draft = receipts.draft(ws, key, "receipt")
    assert (draft.form.addressee, draft.form.purpose, draft.form.paid) == (
        "山田 花子",
        "お品代として",
        "card",
    )
    assert (draft.amount, draft.registration_no, draft.again) == (10_700, NUMBER, False)
    issue(ws, key, tmp_path / "1.pdf", **ReceiptForm("山田商店", "食器代").choices)
    again = receipts.draft(ws, key, "receipt")
    assert (again.again, again.form.addressee, len(again.issues)) == (True, "山田商店", 1)
    other = receipts.draft(ws, key, "receipt", ReceiptForm("別の店"))
    assert other.refused is not None
    assert other.refused.code == "receipt_differs"
    assert receipts.draft(ws, key, "receipt", ReceiptForm("別の店", correct=True)).corrects == "R000001"
    with pytest.raises(Refused, match="shipment_unknown"):
        receipts.draft(ws, "JP000000T", "receipt")


def test_the_command_line_issues_one(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (key,) = printable(ws, an_order_paid())
    out = tmp_path / "cli.pdf"
    words = ["print", "receipt", key, "--to", "山田商店", "--for", "食器代として", "--out", str(out)]
    assert run(["--home", str(tmp_path / "home"), "--json", *words]) == 0
    assert json.loads(capsys.readouterr().out)["printed"] == [key]
    assert "山田商店" in flat(out.read_bytes())
    assert run(["--home", str(tmp_path / "home"), "--json", "print", "receipts", "--addressee", "山田"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["number"], found["total"], found["person"]) == ("R000001", 10_700, "")


def test_a_shop_without_marketplace_may_issue(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    try:
        order = replace(an_order_paid(), id=OrderId(BY_HAND, "電話", "H-1"))
        shops.add(ws.store, "電話", BY_HAND, {**SETTINGS, "invoice.registration_no": NUMBER}, NOW)
        (key,) = printable(ws, order)
        assert "領収書" in issue(ws, key, tmp_path / "r.pdf")
    finally:
        ws.close()


def test_a_typed_registration_number_is_kept_in_one_form_and_a_doubt_is_only_said(ws: Workspace) -> None:
    made = shop_accounts.set_values(ws, "本店", {"invoice.registration_no": "ｔ７１２３-4567-89012"})
    assert made.settings["invoice.registration_no"] == NUMBER
    assert shop_accounts.note_on("invoice.registration_no", NUMBER) == ""
    made = shop_accounts.set_values(ws, "本店", {"invoice.registration_no": "T8123456789012"})
    assert made.settings["invoice.registration_no"] == "T8123456789012"
    assert shop_accounts.note_on("invoice.registration_no", "T8123456789012")
    with pytest.raises(Refused, match="registration_no"):
        shop_accounts.set_values(ws, "本店", {"invoice.registration_no": "T12345"})
    assert shops.get(ws.store, "本店").settings["invoice.registration_no"] == "T8123456789012"


def test_characters_no_font_has_are_told_before_printing(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order_paid(buyer=a_contact(name="山田 \U000323af")))
    notice = receipts.draft(ws, key, "receipt").notices[0]
    assert notice.code == "glyph_missing"
    assert "U+323AF" in notice.values["characters"]
    assert why_not(ws, key, tmp_path / "r.pdf") == "glyph_missing"
    assert "〓" in issue(ws, key, tmp_path / "r.pdf", glyphs_seen="1")
