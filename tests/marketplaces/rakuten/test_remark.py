"""What a buyer really wrote, and what the order form wrote into the remark."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jpship_gui.domain.order import Wish
from jpship_gui.marketplaces.rakuten.remark import compare_wish, read_remark

NEAR = datetime(2026, 11, 20, tzinfo=UTC)
BLOCK = "[配送日時指定:]"


@pytest.mark.parametrize(
    "text",
    [
        "",
        BLOCK,
        f"{BLOCK}\n\n",
        f"{BLOCK}\r\n\r\n\r\n",
        f"{BLOCK}\n2026-11-23(月)\n午前中\n\n",
        f"{BLOCK}\n2026-11-23(月)\n指定なし\n",
        f"{BLOCK}\n\n12:00-14:00\n",
        f"{BLOCK}\n\n\n\n[のし:]\n\n[ラッピング:]\n",
    ],
)
def test_the_form_alone_is_no_remark(text: str) -> None:
    assert read_remark(text).buyer_text == ""


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"{BLOCK}\n2026-11-23(月)\n午前中\n\n割れ物注意でお願いします", "割れ物注意でお願いします"),
        (
            f"{BLOCK}\n\n\n\n領収書をください。\n宛名は例田商店です。",
            "領収書をください。\n宛名は例田商店です。",
        ),
        (f"{BLOCK}\n午前中配送希望です。\n", "午前中配送希望です。"),
        (f"{BLOCK}\n2026-11-23(月)\n玄関前に置いてください", "玄関前に置いてください"),
        ("至急お願いします", "至急お願いします"),
        (f"{BLOCK}\n\n\n[のし:]\n御祝でお願いします", "[のし:]\n御祝でお願いします"),
    ],
)
def test_what_is_left_is_the_buyers_own(text: str, own: str) -> None:
    assert read_remark(text).buyer_text == own


def test_texts_of_the_shops_own_form_are_known() -> None:
    templates = ("在庫切れの場合はご連絡します。確認しました", "いいえ")
    text = f"{BLOCK}\n\n\n[在庫:]\n在庫切れの場合はご連絡します。\n確認しました\n[領収書:]\nいいえ\n[備考:]\n早めに"
    assert read_remark(text, templates).buyer_text == "[備考:]\n早めに"
    assert read_remark(text.replace("早めに", ""), templates).buyer_text == ""
    assert "いいえ" in read_remark(text).buyer_text


@pytest.mark.parametrize(
    ("lines", "day", "slot"),
    [
        ("2026-11-23(月)\n午前中", date(2026, 11, 23), "am"),
        ("2026-11-23(月)\n18:00-20:00", date(2026, 11, 23), "1820"),
        ("\n12:00～14:00", None, "1214"),
        ("2026年12月13日(水)", date(2026, 12, 13), ""),
        ("12月3日の14時～16時でお願いします", date(2026, 12, 3), "1416"),
        ("1/5 午前希望", date(2027, 1, 5), "am"),
    ],
)
def test_a_wish_in_the_block_is_found(lines: str, day: date | None, slot: str) -> None:
    remark = read_remark(f"{BLOCK}\n{lines}\n", near=NEAR)
    assert (remark.day, remark.slot) == (day, slot)
    text, (finding,) = compare_wish(Wish(), remark)
    assert finding.code == "remark_wish_found"
    assert text


def test_a_wish_that_repeats_the_fields_is_nothing() -> None:
    remark = read_remark(f"{BLOCK}\n2026-11-23(月)\n午前中\n", near=NEAR)
    assert compare_wish(Wish(date(2026, 11, 23), "am", "1"), remark) == ("", ())


@pytest.mark.parametrize("wish", [Wish(date(2026, 11, 24), "am"), Wish(date(2026, 11, 23), "1416", "1416")])
def test_a_wish_that_differs_from_the_fields_is_a_finding(wish: Wish) -> None:
    remark = read_remark(f"{BLOCK}\n2026-11-23(月)\n午前中\n", near=NEAR)
    text, (finding,) = compare_wish(wish, remark)
    assert finding.code == "remark_wish_differs"
    assert dict(finding.values)["day"] == "2026-11-23"
    assert text == "2026-11-23(月) 午前中"


def test_an_impossible_day_is_the_buyers_text() -> None:
    remark = read_remark(f"{BLOCK}\n2026-02-31(火)\n", near=NEAR)
    assert remark.day is None
    assert remark.buyer_text == "2026-02-31(火)"
