"""The choice of a service, each reason and each limit with a sample of its own (PL-05, PL-07 to PL-09, CK-09, CK-17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from jpship_gui.domain.goods_facts import GoodsFacts, Measures
from jpship_gui.domain.order import Money, Wish
from jpship_gui.domain.planning.choose import alternatives, choose
from jpship_gui.domain.planning.limits import read_limits
from jpship_gui.domain.planning.prices import read_prices
from jpship_gui.domain.planning.subject import Offer, Plan, PlanWorld
from jpship_gui.domain.problem import Severity
from jpship_gui.domain.rules.own_rules import FIELD_NAMES
from jpship_gui.domain.rules.user_rule import parse_rule
from tests.builders import a_contact, a_line
from tests.domain.planning.world import a_rule, a_subject, a_world

PRICES = read_prices(
    {
        "price": [
            {"carrier": "yamato", "service": "takkyubin", "yen": 900},
            {"carrier": "yamato", "service": "nekopos", "yen": 210},
            {"carrier": "sagawa", "service": "hikyaku", "yen": 700},
        ],
        "surcharge": [
            {"carrier": c, "kind": k, "yen": 200} for c in ("yamato", "sagawa") for k in ("chilled", "cash")
        ],
    }
)
COD = {"cash_on_delivery": True, "money": Money(charged=5000)}


def codes(plan: Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


def why(plan: Plan) -> list[str]:
    return [reason.code for reason in plan.why]


def test_without_rules_the_shops_usual_service() -> None:
    plan = choose(a_subject(), a_world())
    assert (plan.way, why(plan), codes(plan)) == (("yamato", "takkyubin"), ["usual"], [])


@pytest.mark.parametrize(
    ("condition", "changes", "caught"),
    [
        ({"field": "value", "test": "at_least", "value": "3000"}, {}, False),
        ({"field": "value", "test": "at_least", "value": "2200"}, {}, True),
        ({"field": "weight", "test": "at_most", "value": "500"}, {"goods": GoodsFacts(Measures(480))}, True),
        (
            {"field": "size", "test": "at_most", "value": "60"},
            {"goods": GoodsFacts(Measures(1, (300, 200, 101)))},
            False,
        ),
        (
            {"field": "temperature", "test": "is", "value": "chilled"},
            {"goods": GoodsFacts(temperatures=("chilled",))},
            True,
        ),
        ({"field": "pieces", "test": "is", "value": "1"}, {}, True),
        ({"field": "prefecture", "test": "one_of", "value": "大阪府, 京都府"}, {}, True),
        ({"field": "postal_code", "test": "starts", "value": "100"}, {}, False),
        ({"field": "island", "test": "is", "value": "yes"}, {"island": True}, True),
        ({"field": "wish_slot", "test": "filled"}, {"wish": Wish(slot="1214")}, True),
        ({"field": "cash_on_delivery", "test": "is", "value": "yes"}, {"order": COD}, True),
        (
            {"field": "delivery_method", "test": "contains", "value": "メール"},
            {"order": {"delivery_method": "メール便"}},
            True,
        ),
    ],
)
def test_each_thing_a_rule_may_ask(condition: dict[str, str], changes: dict[str, Any], caught: bool) -> None:
    plan = choose(a_subject(**changes), a_world(rules=(a_rule("sagawa/hikyaku", **condition),)))
    assert plan.way == (("sagawa", "hikyaku") if caught else ("yamato", "takkyubin"))
    assert plan.why[0].code == ("rule" if caught else "usual")


def test_the_first_rule_that_fits_wins_and_those_passed_over_say_why() -> None:
    limits = read_limits(
        {"service": [{"carrier": "yamato", "service": "nekopos", "grams": 1000, "source": "契約"}]}
    )
    rules = (
        a_rule("yamato/nekopos", "薄い"),
        a_rule("sagawa/hikyaku", "ふつう"),
        a_rule("yamato/takkyubin", "あと"),
    )
    light = choose(a_subject(parcels=(Measures(900),)), a_world(rules=rules, limits=limits))
    heavy = choose(a_subject(parcels=(Measures(1001),)), a_world(rules=rules, limits=limits))
    assert (light.way, why(light)) == (("yamato", "nekopos"), ["rule"])
    assert (heavy.way, why(heavy)) == (("sagawa", "hikyaku"), ["rule", "rule_unfit"])
    assert heavy.why[1].values["because"] == "plan_weight"


def test_the_cheapest_that_fits() -> None:
    world = a_world(rules=(a_rule("cheapest"),), prices=PRICES)
    flat, cash, slot = (
        choose(a_subject(**changes), world) for changes in ({}, {"order": COD}, {"wish": Wish(slot="1214")})
    )
    assert (flat.way, flat.why[0].values["cost"]) == (("yamato", "nekopos"), "210")
    assert (cash.way, cash.why[0].values["cost"]) == (
        ("sagawa", "hikyaku"),
        "900",
    )  # 700 + 200; no cash with ネコポス
    assert slot.way == ("yamato", "nekopos")  # says only that it takes no slot
    named = a_world(rules=(a_rule("cheapest: yamato/takkyubin, sagawa/hikyaku"),), prices=PRICES)
    assert choose(a_subject(), named).way == ("sagawa", "hikyaku")
    assert choose(a_subject(wish=Wish(slot="1921")), named).way == (
        "yamato",
        "takkyubin",
    )  # the other would have to ask
    assert why(choose(a_subject(), a_world(rules=(a_rule("cheapest"),)))) == ["usual", "rule_no_price"]


def test_the_services_under_contract_are_the_ones_compared() -> None:
    world = a_world(
        rules=(a_rule("cheapest"),), prices=PRICES, own_ways=(("yamato", "takkyubin"), ("sagawa", "hikyaku"))
    )
    assert choose(a_subject(), world).way == ("sagawa", "hikyaku")


def test_the_same_input_gives_the_same_choice() -> None:
    world = a_world(rules=(a_rule("cheapest"),), prices=PRICES)
    assert {choose(a_subject(), world) == choose(a_subject(), replace(world)) for _ in range(20)} == {True}


def test_a_persons_word_stands_and_what_speaks_against_it_is_said() -> None:
    subject = a_subject(
        chosen=("yamato", "nekopos"), chosen_by="佐藤", chosen_why="電話で", temperatures=("chilled",)
    )
    plan = choose(subject, a_world(rules=(a_rule("sagawa/hikyaku"),)))
    assert (plan.way, why(plan), codes(plan)) == (("yamato", "nekopos"), ["person"], ["plan_cool"])


def test_papers_keep_a_service_and_the_change_is_told() -> None:
    subject = a_subject(kept=True, current=("yamato", "takkyubin"))
    same = choose(subject, a_world())
    other = choose(subject, a_world(rules=(a_rule("sagawa/hikyaku"),)))
    assert (why(same), codes(same)) == (["usual"], [])
    assert (other.way, why(other), codes(other)) == (("yamato", "takkyubin"), ["papers"], ["plan_outdated"])


def test_another_service_than_the_buyer_chose_warns() -> None:
    promised = {"requested": ("sagawa", "hikyaku"), "requested_words": "佐川急便"}
    plan = choose(a_subject(**promised), a_world())
    assert [(p.code, p.severity) for p in plan.problems] == [("plan_not_requested", Severity.WARN)]
    followed = choose(a_subject(**promised), a_world(rules=(a_rule("requested"),)))
    assert (followed.way, why(followed), codes(followed)) == (("sagawa", "hikyaku"), ["requested"], [])
    assert codes(choose(a_subject(requested=("yamato", ""), requested_words="ヤマト"), a_world())) == []


def test_what_the_marketplace_cannot_be_told_is_named_and_not_chosen_by_rule() -> None:
    world = a_world(
        mapped=lambda subject, carrier, service: carrier != "sagawa", rules=(a_rule("sagawa/hikyaku"),)
    )
    plan = choose(a_subject(), world)
    assert (plan.way, why(plan)) == (("yamato", "takkyubin"), ["usual", "rule_unfit"])
    unmapped = choose(a_subject(), replace(world, usual=("sagawa", "hikyaku")))
    assert [(p.code, p.severity, p.values["shop"]) for p in unmapped.problems] == [
        ("plan_unmapped", Severity.BLOCK, "本店")
    ]


# ── temperature and areas ───────────────────────────────────────────────────────────────────────────────────────────

AREAS: dict[str, dict[str, Any]] = {
    "plan_area_slot": {"no_slot": True},
    "plan_area_cash": {"no_cash": True},
    "plan_area_cool": {"no_chilled": True},
    "plan_area_closed": {"closed": True},
}
NEEDS = {"wish": Wish(slot="am"), "order": COD, "temperatures": ("chilled",)}


@pytest.mark.parametrize("code", sorted(AREAS))
@pytest.mark.parametrize(
    ("place", "there"),
    [
        ({"prefectures": ["大阪府"]}, True),
        ({"postal": ["54100"]}, True),
        ({"prefectures": ["大阪府"], "postal": ["100"]}, False),
        ({"island": True}, False),
        ({"prefectures": ["沖縄県"]}, False),
        ({"prefectures": ["大阪府"], "carrier": "sagawa"}, False),
        ({"prefectures": ["大阪府"], "carrier": "yamato", "service": "takkyubin"}, True),
        ({"prefectures": ["大阪府"], "valid_from": "2026-11-21"}, False),
        ({"prefectures": ["大阪府"], "valid_until": "2026-11-19"}, False),
    ],
)
def test_each_area_limit_where_it_holds_and_nowhere_else(
    code: str, place: dict[str, Any], there: bool
) -> None:
    limits = read_limits({"area": [{**place, **AREAS[code], "source": "契約書"}]})
    assert codes(choose(a_subject(**NEEDS), a_world(limits=limits))) == ([code] if there else [])


@pytest.mark.parametrize(
    ("cool", "service", "found"),
    [
        ("chilled", ("yamato", "takkyubin"), []),
        ("frozen", ("yamato", "takkyubin"), []),
        ("chilled", ("sagawa", "hikyaku"), []),
        ("frozen", ("sagawa", "hikyaku"), ["plan_cool"]),
        ("chilled", ("yamato", "nekopos"), ["plan_cool"]),
        ("chilled", ("seino", ""), ["plan_cool_unknown"]),
        ("", ("seino", ""), []),
    ],
)
def test_cool_goods_by_service(cool: str, service: tuple[str, str], found: list[str]) -> None:
    assert codes(choose(a_subject(temperatures=(cool,)), a_world(usual=service))) == found


def test_mixed_temperatures_ask_for_a_split() -> None:
    world = a_world()
    hard, soft = (choose(a_subject(temperatures=t), world) for t in (("chilled", "frozen"), ("", "chilled")))
    assert [(p.code, p.severity) for p in hard.problems] == [("plan_mixed", Severity.BLOCK)]
    assert [(p.code, p.severity) for p in soft.problems] == [("plan_mixed", Severity.WARN)]
    assert (
        codes(choose(a_subject(temperatures=("chilled", "frozen"), parcels=(Measures(),) * 2), world)) == []
    )


@pytest.mark.parametrize(
    ("limit", "parcel", "found"),
    [
        ({"grams": 1000}, Measures(1000), []),
        ({"grams": 1000}, Measures(1001), ["plan_weight"]),
        ({"size": 60}, Measures(None, (300, 200, 100)), []),
        ({"size": 60}, Measures(None, (300, 200, 101)), ["plan_size"]),
        ({"sides": [340, 250, 30]}, Measures(None, (340, 250, 30)), []),
        ({"sides": [250, 30, 340]}, Measures(None, (340, 250, 31)), ["plan_sides"]),
        ({"value": 2199}, Measures(), ["plan_value"]),
        ({"value": 2200}, Measures(), []),
        ({"parcels": 0}, Measures(), ["plan_parcels"]),
        ({"grams": 1000, "size": 60}, Measures(), []),  # what nobody measured passes no limit
    ],
)
def test_each_limit_of_a_service(limit: dict[str, Any], parcel: Measures, found: list[str]) -> None:
    limits = read_limits(
        {"service": [{"carrier": "yamato", "service": "takkyubin", "source": "契約", **limit}]}
    )
    assert codes(choose(a_subject(parcels=(parcel,)), a_world(limits=limits))) == found


def test_cash_beyond_the_limit_and_without_the_service() -> None:
    much = {"cash_on_delivery": True, "money": Money(charged=300001)}
    assert codes(choose(a_subject(order=much), a_world())) == ["plan_cash_limit"]
    assert codes(choose(a_subject(order=COD), a_world(usual=("yamato", "nekopos")))) == ["plan_cash"]


def test_two_versions_side_by_side_and_the_day_decides() -> None:
    dated = [
        {"carrier": "yamato", "service": "takkyubin", "grams": 900, "source": "旧"},
        {
            "carrier": "yamato",
            "service": "takkyubin",
            "grams": 2000,
            "source": "新",
            "valid_from": "2026-12-01",
        },
    ]
    world = a_world(limits=read_limits({"service": dated}))
    subject = a_subject(parcels=(Measures(1500),))
    assert codes(choose(subject, world)) == ["plan_weight"]
    assert codes(choose(subject, replace(world, now=world.now + timedelta(days=11)))) == []


# ── days and slots ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "hour", "wish", "earliest"),
    [
        ({}, 10, date(2026, 11, 21), ""),
        ({"cutoffs": {"yamato": time(12)}}, 11, date(2026, 11, 21), ""),
        (
            {"cutoffs": {"yamato": time(12)}},
            12,
            date(2026, 11, 23),
            "2026-11-24",
        ),  # Friday noon is over: Monday leaves
        ({"cutoffs": {"sagawa": time(9)}}, 10, date(2026, 11, 21), ""),
        ({"extra": 2}, 10, date(2026, 11, 22), "2026-11-23"),
        ({"extra": 2}, 10, date(2026, 11, 23), ""),
        ({"closed": ["fri"]}, 10, date(2026, 11, 23), "2026-11-24"),
        ({"closed_days": ["2026-11-20", "2026-11-23"]}, 10, date(2026, 11, 24), "2026-11-25"),
    ],
)
def test_the_earliest_day_a_wish_can_be_met(
    changes: dict[str, Any], hour: int, wish: date, earliest: str
) -> None:
    data: dict[str, Any] = {}
    if "extra" in changes:
        data["area"] = [{"prefectures": ["大阪府"], "extra_days": changes["extra"], "source": "x"}]
    pickup = {
        "carrier": "yamato",
        "closed_weekdays": changes.get("closed", []),
        "closed_days": changes.get("closed_days", []),
    }
    limits = read_limits({**data, "pickup": [pickup]})
    world = a_world(
        limits=limits,
        cutoffs=changes.get("cutoffs", {}),
        calendars={"yamato": limits.calendar("yamato", frozenset())},
    )
    world = replace(world, now=world.now.replace(hour=hour))
    plan = choose(a_subject(wish=Wish(wish)), world)
    assert [p.values["earliest"] for p in plan.problems] == ([earliest] if earliest else [])
    assert [(p.code, p.severity) for p in plan.problems] == [("wish_unreachable", Severity.BLOCK)] * bool(
        earliest
    )
    if earliest:
        assert [r.kind for r in plan.problems[0].repairs] == ["set_wish", "drop_wish"]


def test_public_holidays_of_a_carrier() -> None:
    limits = read_limits({"pickup": [{"carrier": "yamato", "holidays": True}]})
    calendar = limits.calendar("yamato", frozenset({date(2026, 11, 23)}))
    assert [calendar.is_open(date(2026, 11, day)) for day in (22, 23, 24)] == [True, False, True]
    assert limits.calendar("sagawa", frozenset({date(2026, 11, 23)})).is_open(date(2026, 11, 23))


def test_a_slot_without_an_equivalent_is_asked_with_the_nearest_first() -> None:
    plan = choose(a_subject(wish=Wish(slot="1214")), a_world())
    (problem,) = plan.problems
    assert (problem.code, problem.severity) == ("plan_slot", Severity.BLOCK)
    assert [(r.kind, r.values.get("slot")) for r in problem.repairs][:2] == [
        ("set_wish", "1416"),
        ("set_wish", "am"),
    ]
    assert problem.repairs[-1].kind == "drop_slot"
    assert codes(choose(a_subject(wish=Wish(slot="1214")), a_world(usual=("sagawa", "hikyaku")))) == []


def test_a_service_without_slots_warns() -> None:
    plan = choose(a_subject(wish=Wish(slot="am")), a_world(usual=("yamato", "nekopos")))
    assert [(p.code, p.severity) for p in plan.problems] == [("plan_no_slots", Severity.WARN)]
    assert codes(choose(a_subject(wish=Wish(slot="am")), a_world(usual=("seino", "")))) == []


@pytest.mark.parametrize(
    ("early", "until"),
    [(-1, None), (0, date(2026, 12, 8)), (3, date(2026, 12, 5)), (18, None)],
)
def test_a_later_wish_keeps_it_back_for_so_many_days(early: int, until: date | None) -> None:
    plan = choose(a_subject(wish=Wish(date(2026, 12, 9))), a_world(early_days=early))
    assert plan.wait_until == until
    assert (
        choose(a_subject(wish=Wish(date(2026, 12, 9)), kept=True), a_world(early_days=early)).wait_until
        is None
    )


def test_what_a_person_said_of_waiting_goes_before() -> None:
    said = {"wait_by": "佐藤", "wish": Wish(date(2026, 12, 9))}
    later = choose(a_subject(wait_until=date(2026, 11, 25), **said), a_world(early_days=0))
    over = choose(a_subject(wait_until=date(2026, 11, 20), **said), a_world(early_days=0))
    assert (later.wait_until, over.wait_until) == (date(2026, 11, 25), None)
    assert choose(a_subject(**said), a_world(early_days=0)).wait_until is None  # let go by a person


# ── bundles and comparing ───────────────────────────────────────────────────────────────────────────────────────────


def test_rules_see_everything_in_the_parcel() -> None:
    one, other = a_subject(1), a_subject(2, lines=(a_line(sku="plate", unit_price=900),))
    both = replace(one, all=(one.lead, other.lead))
    rule = a_rule("sagawa/hikyaku", field="value", test="at_least", value="3000")
    assert choose(one, a_world(rules=(rule,))).way == ("yamato", "takkyubin")
    assert choose(both, a_world(rules=(rule,))).way == ("sagawa", "hikyaku")


def test_alternatives_come_with_cost_and_what_speaks_against_them() -> None:
    found = alternatives(a_subject(order=COD), a_world(prices=PRICES))
    assert [(fit.way, fit.cost.yen, fit.fits) for fit in found] == [
        (("sagawa", "hikyaku"), 900, True),
        (("yamato", "takkyubin"), 1100, True),
        (("seino", ""), None, True),
        (("yamato", "nekopos"), 410, False),
    ]


def test_among_alternatives_without_a_price_the_usual_carrier_and_described_ones_come_first() -> None:
    offers = {
        way: Offer(*way, known=way[0] != "dhl")
        for way in (("dhl", ""), ("jppost", "yupack"), ("sagawa", "hikyaku"), ("yamato", "nekopos"))
    }
    found = alternatives(a_subject(), a_world(offers=offers))
    assert [fit.way[0] for fit in found] == ["yamato", "jppost", "sagawa", "dhl"]


def test_a_service_nobody_knows_holds() -> None:
    plan = choose(a_subject(), PlanWorld(a_world().now, {}, ("gone", "")))
    assert codes(plan) == ["plan_service_unknown"]
    assert codes(choose(a_subject(), a_world(usual=("", "")))) == ["plan_none"]


def test_a_rule_with_a_hold_chooses_nothing() -> None:
    rule = parse_rule(
        {"name": "止める", "if": {"field": "marketplace", "test": "filled"}, "do": [["hold", "見る"]]},
        FIELD_NAMES,
    )
    assert why(choose(a_subject(recipient=a_contact()), a_world(rules=(rule,)))) == ["usual"]
