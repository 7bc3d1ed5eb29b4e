"""Checks on stored shipments: bulk like single, ship-by by the shop's settings, words for everything found."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.clock import JST
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Finding, Money, Wish
from jpship_gui.domain.rules import CheckInput
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.check import check_all, check_daily, check_inputs, ship_by_of
from jpship_gui.flows.check.surroundings import ShopSurroundings
from jpship_gui.flows.check.words import problem_words, repair_words
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shops
from jpship_gui.texts import LANGUAGES, set_language
from tests.builders import NOW, a_contact, a_line, an_order, stored
from tests.flows.check_desk import checked, codes, open_desk, the


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def jst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def test_a_good_order_may_be_printed_and_a_bad_one_waits(ws: Workspace) -> None:
    good, bad = checked(ws, an_order(1), an_order(2, recipient=a_contact(postal_code="5300001")))
    assert (the(ws, good).stage, the(ws, good).problems) == (Stage.PRINT, ())
    assert (the(ws, bad).stage, codes(ws, bad)) == (Stage.CHECK, ["postal_address_mismatch"])


def test_ship_by_is_stored_with_the_check(ws: Workspace) -> None:
    (key,) = checked(ws, an_order())  # Friday 10 o'clock; Monday 23 November is a holiday
    assert the(ws, key).ship_by == jst("2026-11-25T18:00")


def test_new_shipments_are_checked_as_stored_ones_are(ws: Workspace) -> None:
    orders = [
        an_order(1),
        an_order(2, recipient=a_contact(phone="")),
        an_order(3, buyer_text="領収書をください"),
        an_order(4, flags=("drug",)),
    ]
    keys = accept_orders(ws, orders, Source("api", "本店")).keys
    columns = "stage, problems, problem_count, worst, blocked, tags, ship_by, lines, pieces"
    fresh = ws.store.rows(f"SELECT {columns} FROM shipments ORDER BY id")
    check_all(ws)
    assert fresh == ws.store.rows(f"SELECT {columns} FROM shipments ORDER BY id")
    assert [the(ws, key).stage for key in keys] == [Stage.PRINT, Stage.CHECK, Stage.CHECK, Stage.PRINT]
    assert [len(codes(ws, key)) for key in keys] == [0, 1, 1, 1]


def test_check_inputs_writes_nothing(ws: Workspace) -> None:
    ((_, key),) = stored(ws.store, an_order(recipient=a_contact(phone="")))
    before = ws.store.change_no()
    order = an_order(recipient=a_contact(phone=""))
    found = check_inputs(ws, [CheckInput("x", order, "2081130016", order.buyer, order.lines)])
    assert [p.code for p in found["x"]] == ["recipient_phone_missing"]
    assert (ws.store.change_no(), codes(ws, key)) == (before, [])


def test_an_unknown_shop_is_checked_with_the_defaults(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(shop="よその店", recipient=a_contact(name="")))
    assert codes(ws, key) == ["recipient_name_missing"]


def test_the_shops_settings_rule_ship_by(tmp_path: Path) -> None:
    settings = {
        "shipby.lead_days": "1",
        "shipby.cutoff": "09:00",
        "shipby.closing": "17:00",
        "shipby.closed_weekdays": '["sun"]',
        "shipby.holidays": "off",
        "shipby.closed_days": "2026-11-21",
        "shipby.transit": '{"大阪府": 3}',
    }
    ws = open_desk(tmp_path, settings)
    around = ShopSurroundings(ws)
    # Friday after the cut-off, Saturday closed by the shop, Sunday closed: counts as Monday, due on Tuesday.
    order = an_order()
    assert ship_by_of(ws, order, "2081130016", "大阪府", Wish(), around) == jst("2026-11-24T17:00")
    wish = Wish(date(2026, 11, 26))
    assert ship_by_of(ws, order, "2081130016", "大阪府", wish, around) == jst("2026-11-23T17:00")
    ws.close()


def test_a_changed_setting_is_followed_by_the_next_check(ws: Workspace) -> None:
    (key,) = checked(ws, an_order())
    shops.set_settings(ws.store, "本店", {"shipby.lead_days": "0"})
    assert check_all(ws) == 1
    assert the(ws, key).ship_by == jst("2026-11-20T18:00")


def test_a_hand_written_closed_day_that_is_none_is_refused(tmp_path: Path) -> None:
    ws = open_desk(tmp_path, {"shipby.closed_days": "11/21"})
    with pytest.raises(Refused) as caught:
        checked(ws, an_order())
    assert caught.value.code == "option_value"
    ws.close()


def test_the_users_own_word_list_wins(ws: Workspace) -> None:
    (ws.places.layouts / "remark_words.toml").write_text('own_kind = ["トマト"]\n', encoding="utf-8")
    (key,) = checked(ws, an_order(buyer_text="領収書とトマト"))
    assert the(ws, key).problems[0].values["marks"] == "4-7:own_kind"


def test_a_broken_word_list_is_named(ws: Workspace) -> None:
    (ws.places.layouts / "remark_words.toml").write_text("own = [", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        checked(ws, an_order())
    assert caught.value.code == "data_file_unreadable"


def test_a_new_day_finds_wishes_gone_by_once(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(wish=Wish(date(2026, 11, 25))), wish=Wish(date(2026, 11, 25)))
    assert codes(ws, key) == []
    later = dataclasses.replace(ws, clock=lambda: NOW + timedelta(days=6))
    assert (check_daily(later), check_daily(later)) == (1, 0)
    assert codes(ws, key) == ["wish_past"]


def test_everything_found_has_words_in_every_language(ws: Workspace) -> None:
    """Strict words raise on a key or value that is missing."""
    findings = ("sum_goods", "sum_total", "sum_charged", "sum_taxes")
    sums = tuple(Finding(code, "money", (("stated", "1200"), ("computed", "1100"))) for code in findings)
    orders = [
        an_order(
            1, recipient=a_contact(postal_code="5300001", street="大阪市中央区北浜 コーポことり", phone="1")
        ),
        an_order(
            2, recipient=a_contact(name="", postal_code="", prefecture="", city="", street="", phone="")
        ),
        an_order(3, buyer_text="23日の午前中に", flags=("rakuten_checking", "no_parcel", "isolated_island")),
        an_order(4, money=Money(undecided=("postage",)), findings=sums, several_recipients=True),
        an_order(5, lines=(a_line(quantity=0, sku=""), a_line(line_id="2", deleted=True))),
        an_order(6, recipient=a_contact(postal_code="9999999", street="a@example.jp 090-0000-1234 私書箱9")),
    ]
    keys = checked(ws, *orders)
    problems = [problem for key in keys for problem in the(ws, key).problems]
    assert len({problem.code for problem in problems}) > 20
    for language in LANGUAGES:
        set_language(language)
        for problem in problems:
            words = problem_words(problem)
            assert words.title
            assert words.text
            assert all(map(repair_words, problem.repairs))


def test_values_are_shown_as_people_write_them(ws: Workspace) -> None:
    (key,) = checked(ws, an_order(recipient=a_contact(postal_code="5300001")))
    (problem,) = the(ws, key).problems
    assert problem_words(problem).text.startswith("〒530-0001 は 大阪府大阪市北区梅田 です。")
    assert repair_words(problem.repairs[0]) == "番号を 541-0041 に直す"
