"""Shipments planned with the order check, a person's word, papers that keep a service, days waited for (PL-05, PL-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Wish
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.change import undo
from jpship_gui.flows.check.check import check_daily
from jpship_gui.flows.check.own_rules import add
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.plan.bundle import bundle, unbundle
from jpship_gui.flows.plan.choose import Planned, hold_until, plan, set_service, ship_now, unset
from jpship_gui.flows.plan.words import cost_words, service_words, why_words
from jpship_gui.flows.upkeep import goods, shops
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, shipments
from tests.builders import NOW, a_contact, a_line, an_order
from tests.flows.check_desk import codes, open_desk, the

SENDER = {
    "sender.name": "見本商店",
    "sender.address": "東京都千代田区千代田1-1",
    "sender.postal_code": "100-0001",
    "sender.phone": "03-0000-0000",
    "yamato.customer_code": "0312345678",
}
MAIL = {
    "name": "薄いもの",
    "if": {"field": "goods", "test": "contains", "value": "マグカップ"},
    "do": [["service", "yamato/nekopos"]],
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path, SENDER)
    yield opened
    opened.close()


def taken(ws: Workspace, *numbers: int, **changes: object) -> list[str]:
    made = [an_order(n, recipient=a_contact(name=f"見本 {n}"), **changes) for n in numbers or (1,)]
    return list(accept_orders(ws, made, Source("file", "orders.csv")).keys)


def one(ws: Workspace, key: str) -> Planned:
    (found,) = plan(ws, [key])
    return found


def by(ws: Workspace, key: str) -> tuple[str, str]:
    found = the(ws, key)
    assert {parcel.carrier for parcel in found.parcels} == {found.carrier}
    return found.carrier, found.service


def told(ws: Workspace, key: str) -> list[str]:
    return [entry.what for entry in history.of(ws.store, the(ws, key).row_id)]


def test_new_orders_are_planned_as_they_come(ws: Workspace) -> None:
    add(ws, MAIL)
    (mug,), (plate,) = taken(ws, 1), taken(ws, 2, lines=(a_line(name="皿"),))
    assert (by(ws, mug), by(ws, plate)) == (("yamato", "nekopos"), ("yamato", ""))
    assert why_words(ws, one(ws, mug).why[0]) == "ルール「薄いもの」"
    assert service_words(ws, one(ws, mug).way) == "ヤマト ネコポス"
    assert cost_words(one(ws, mug).cost) == "料金表にありません"


def test_what_waits_is_planned_anew_when_rules_settings_or_goods_change(ws: Workspace) -> None:
    (key,) = taken(ws)
    add(ws, MAIL)
    assert by(ws, key) == ("yamato", "nekopos")
    assert told(ws, key) == ["imported", "planned"]
    shops.set_values(ws, "本店", {"carrier.default": "jppost"})
    other = taken(ws, 2, lines=(a_line(name="皿"),))[0]
    assert by(ws, other)[0] == "jppost"
    add(
        ws,
        {
            **MAIL,
            "name": "重いもの",
            "if": {"field": "weight", "test": "at_least", "value": "900"},
            "do": [["service", "jppost/yupack"]],
        },
    )
    assert by(ws, other) == ("jppost", "")
    goods.teach(ws, "4900000000016", "mug-300-bl", grams=950)
    assert by(ws, other) == ("jppost", "yupack")


def test_a_persons_word_is_logged_and_stands_until_it_is_taken_back(ws: Workspace) -> None:
    (key,) = taken(ws)
    done = set_service(ws, [key], "yamato", "compact", "お客様の電話")
    assert (done.keys, by(ws, key)) == ((key,), ("yamato", "compact"))
    add(ws, MAIL)
    shops.set_values(ws, "本店", {"carrier.default": "jppost"})
    assert (by(ws, key), one(ws, key).by) == (("yamato", "compact"), "佐藤")
    assert why_words(ws, one(ws, key).why[0]) == "佐藤 さんが選びました（お客様の電話）"
    unset(ws, [key])
    assert (by(ws, key), one(ws, key).by) == (("yamato", "nekopos"), "")
    assert [what for what in told(ws, key) if what.startswith("service")] == ["service_set", "service_unset"]


def test_a_choice_is_undone(ws: Workspace) -> None:
    (key,) = taken(ws)
    undo(ws, set_service(ws, [key], "jppost", "yupack"))
    assert (by(ws, key), one(ws, key).by) == (("yamato", ""), "")


def test_unknown_services_are_refused(ws: Workspace) -> None:
    (key,) = taken(ws)
    for carrier, service, code in (
        ("nobody", "", "carrier_unknown"),
        ("yamato", "rocket", "service_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            set_service(ws, [key], carrier, service)
        assert refused.value.code == code


def test_a_carriers_file_keeps_the_service_until_a_person_asks(ws: Workspace, tmp_path: Path) -> None:
    (key,) = taken(ws)
    export(ws, "yamato", [key], tmp_path / "b2.csv")
    add(ws, MAIL)
    assert by(ws, key) == ("yamato", "")
    assert codes(ws, key) == ["plan_outdated"]
    assert one(ws, key).papers
    unset(ws, [key])
    assert (by(ws, key), codes(ws, key)) == (("yamato", "nekopos"), [])


def test_a_service_without_a_code_of_the_marketplace_holds_until_there_is_one(ws: Workspace) -> None:
    (key,) = taken(ws)
    set_service(ws, [key], "dhl")
    assert "plan_unmapped" not in codes(ws, key)  # Rakuten has a code for it
    set_service(ws, [key], "amazon")
    assert (the(ws, key).stage, codes(ws, key)) == (Stage.CHECK, ["plan_unmapped"])
    shops.set_values(ws, "本店", {"carrier.codes": '{"amazon": {"code": "1000"}}'})
    assert (the(ws, key).stage, codes(ws, key)) == (Stage.PRINT, [])


def test_cool_goods_of_the_list_go_cool_and_only_where_that_is_carried(ws: Workspace) -> None:
    goods.teach(ws, "4900000000016", "mug-300-bl", temperature="冷蔵")
    (key,) = taken(ws)
    assert the(ws, key).extra == {"cool": "chilled"}
    assert codes(ws, key) == []
    set_service(ws, [key], "yamato", "nekopos")
    assert codes(ws, key) == ["plan_cool"]


def at(ws: Workspace, days: int) -> Workspace:
    return replace(ws, clock=lambda: NOW + timedelta(days=days))


def test_a_later_wish_is_waited_for_and_let_go_by_itself_on_the_day(ws: Workspace) -> None:
    shops.set_values(ws, "本店", {"plan.early_days": "2"})
    (key,) = taken(ws, wish=Wish(date(2026, 12, 9)))  # leaves on the 8th, may leave from the 6th
    assert (the(ws, key).stage, codes(ws, key)) == (Stage.WAITING, ["plan_wait"])
    for day, stage in ((date(2026, 12, 5), Stage.WAITING), (date(2026, 12, 6), Stage.PRINT)):
        later = at(ws, (day - date(2026, 11, 20)).days)
        check_daily(later)
        assert the(ws, key).stage is stage
    assert (codes(ws, key), told(ws, key)[-1]) == ([], "wait_over")


def test_a_person_keeps_back_and_lets_go(ws: Workspace) -> None:
    (key,) = taken(ws)
    hold_until(ws, [key], date(2026, 11, 25))
    assert the(ws, key).stage is Stage.WAITING
    check_daily(at(ws, 4))
    assert the(ws, key).stage is Stage.WAITING
    check_daily(at(ws, 5))
    assert the(ws, key).stage is Stage.PRINT
    with pytest.raises(Refused, match="wait_past"):
        hold_until(ws, [key], ws.today())


def test_a_wish_let_go_by_hand_is_not_waited_for_again(ws: Workspace) -> None:
    shops.set_values(ws, "本店", {"plan.early_days": "0"})
    (key,) = taken(ws, wish=Wish(date(2026, 12, 9)))
    ship_now(ws, [key])
    check_daily(at(ws, 1))
    check_daily(at(ws, 2))
    assert the(ws, key).stage is Stage.PRINT


def test_a_bundle_is_planned_as_one_and_each_alone_afterwards(ws: Workspace) -> None:
    add(
        ws,
        {
            "name": "多い",
            "if": {"field": "value", "test": "at_least", "value": "4000"},
            "do": [["service", "jppost/yupack"]],
        },
    )
    made = [an_order(n) for n in (1, 2)]
    first, second = accept_orders(ws, made, Source("file", "orders.csv")).keys
    assert by(ws, first) == by(ws, second) == ("yamato", "")
    bundle(ws, [first, second])
    (both,) = plan(ws, [second])
    assert (both.key, both.way, by(ws, first)) == (first, ("jppost", "yupack"), ("jppost", "yupack"))
    unbundle(ws, first)
    assert by(ws, first) == by(ws, second) == ("yamato", "")


def test_a_number_or_a_told_shipment_is_past_choosing(ws: Workspace) -> None:
    (key,) = taken(ws)
    with ws.store.transaction():
        shipments.set_parcel(ws.store, f"{key}", {"tracking_no": "099723653466"})
    done = set_service(ws, [key], "jppost", "yupack")
    assert done.refused == ((key, "has_number"),)
