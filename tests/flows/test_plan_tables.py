"""Prices, limits and rules as files, measures of parcels, splits by rule, the order of the work list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.goods_facts import Measures
from jpship_gui.flows.intake.accept import Source, accept_orders
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.plan import measures as measuring
from jpship_gui.flows.plan import rules, tables
from jpship_gui.flows.plan.choose import plan
from jpship_gui.flows.plan.split import split
from jpship_gui.flows.plan.split_by import propose, split_by
from jpship_gui.flows.table.list_rows import Query, counters, ids, rows
from jpship_gui.flows.upkeep import goods
from jpship_gui.flows.workspace import Workspace
from tests.builders import NOW, a_contact, a_line, an_order
from tests.flows.check_desk import codes, open_desk, the
from tests.flows.test_planning import SENDER

PRICES = """
[[zone]]
name = "近畿"
prefectures = ["大阪府", "京都府"]

[[price]]
carrier = "yamato"
service = "takkyubin"
from_zone = "東京都"
to_zone = "近畿"
size = 60
grams = 2000
yen = 940
valid_from = 2026-10-01
source = "契約書"

[[price]]
carrier = "yamato"
service = "takkyubin"
to_zone = "近畿"
size = 80
grams = 5000
yen = 1230

[[price]]
carrier = "jppost"
service = "yupacket"
grams = 1000
yen = 360
"""
CHEAPEST = {
    "name": "安いもの",
    "if": {"field": "marketplace", "test": "filled"},
    "do": [["service", "cheapest"]],
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path / "home", SENDER)
    yield opened
    opened.close()


def taken(ws: Workspace, *numbers: int, **changes: object) -> list[str]:
    made = [an_order(n, recipient=a_contact(name=f"見本 {n}"), **changes) for n in numbers or (1,)]
    return list(accept_orders(ws, made, Source("file", "orders.csv")).keys)


def a_file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def weighed(ws: Workspace, sku: str = "mug-300-bl", code: str = "4900000000016", **facts: object) -> None:
    goods.teach(ws, code, sku, **{"grams": 400, "sides": (120, 100, 90), **facts})  # type: ignore[arg-type]


# ── prices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_own_prices_decide_what_is_cheapest(ws: Workspace, tmp_path: Path) -> None:
    done = tables.take(ws, tables.PRICES, a_file(tmp_path, "p.toml", PRICES))
    assert dict(done.counts) == {"zone": 1, "price": 3}
    rules.add(ws, CHEAPEST)
    (key,) = taken(ws)
    assert [why.code for why in plan(ws, [key])[0].why] == [
        "usual",
        "rule_no_price",
    ]  # nobody knows its weight
    weighed(ws)
    (one,) = plan(ws, [key])
    assert (one.way, one.cost.yen, the(ws, key).service) == (("jppost", "yupacket"), 360, "yupacket")
    others = {fit.way: fit.cost.yen for fit in one.alternatives if fit.cost.yen is not None}
    assert others == {("yamato", "takkyubin"): 940}
    measuring.measure(ws, key, grams=1200)
    assert (the(ws, key).carrier, plan(ws, [key])[0].cost.yen) == ("yamato", 940)
    measuring.measure(ws, key, grams=1200, sides=(400, 250, 100))  # 75 cm
    assert plan(ws, [key])[0].cost.yen == 1230


@pytest.mark.parametrize("name", ["prices.toml", "prices.csv"])
def test_prices_go_out_and_come_back_the_same(ws: Workspace, tmp_path: Path, name: str) -> None:
    tables.take(ws, tables.PRICES, a_file(tmp_path, "p.toml", PRICES))
    before = tables.prices(ws)
    tables.write(ws, tables.PRICES, tmp_path / name)
    tables.put(ws, tables.PRICES, {})
    assert tables.prices(ws) != before
    tables.take(ws, tables.PRICES, tmp_path / name)
    assert tables.prices(ws) == before


def test_an_older_version_is_taken_back(ws: Workspace, tmp_path: Path) -> None:
    tables.take(ws, tables.PRICES, a_file(tmp_path, "p.toml", PRICES))
    before = tables.prices(ws)
    tables.put(ws, tables.PRICES, {})
    newest, oldest = tables.versions(ws, tables.PRICES)
    assert (oldest.name, oldest.person) == ("p.toml", "佐藤")
    tables.take_back(ws, tables.PRICES, oldest.row_id)
    assert tables.prices(ws) == before
    assert newest.row_id != oldest.row_id


@pytest.mark.parametrize("kind", [tables.PRICES, tables.LIMITS])
def test_an_empty_form_is_written_and_taken(ws: Workspace, tmp_path: Path, kind: str) -> None:
    tables.write(ws, kind, tmp_path / "form.toml")
    assert "# " in (tmp_path / "form.toml").read_text(encoding="utf-8")
    assert not any(tables.take(ws, kind, tmp_path / "form.toml").counts.values())


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        ('[[price]]\ncarrier = "yamato"\nservice = "takkyubin"\n', "plan_table_invalid", "price.1.yen"),
        ('[[price]]\ncarrier = "yamato"\nservice = "rocket"\nyen = 1\n', "plan_table_service", ""),
        ("[[price", "plan_table_invalid", "TOML"),
    ],
)
def test_a_wrong_table_changes_nothing(
    ws: Workspace, tmp_path: Path, content: str, code: str, where: str
) -> None:
    tables.take(ws, tables.PRICES, a_file(tmp_path, "p.toml", PRICES))
    before = tables.prices(ws)
    with pytest.raises(Refused) as refused:
        tables.take(ws, tables.PRICES, a_file(tmp_path, "wrong.toml", content))
    assert (refused.value.code, refused.value.values.get("where", "")) == (code, where)
    assert tables.prices(ws) == before


# ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_limits_hold_as_soon_as_they_are_taken_over(ws: Workspace, tmp_path: Path) -> None:
    weighed(ws)
    (key,) = taken(ws)
    limit = '[[service]]\ncarrier = "yamato"\ngrams = 300\nsource = "契約書"\n'
    tables.take(ws, tables.LIMITS, a_file(tmp_path, "l.toml", limit))
    assert codes(ws, key) == ["plan_weight"]
    tables.put(ws, tables.LIMITS, {})
    assert codes(ws, key) == []


def test_the_shipped_limits_have_sources_and_stay_beside_the_sellers(ws: Workspace) -> None:
    shipped = tables.limits(ws).services
    assert shipped
    assert all(one.source for one in shipped)
    tables.put(ws, tables.LIMITS, {"service": [{"carrier": "yamato", "parcels": 5, "source": "契約書"}]})
    assert {(one.carrier, one.service): one.source for one in tables.limits(ws).services} == {
        **{(one.carrier, one.service): one.source for one in shipped},
        ("yamato", ""): "契約書",
    }


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_service_rule(to: str, name: str) -> dict[str, object]:
    return {**CHEAPEST, "name": name, "do": [["service", to]]}


def test_rules_are_tried_in_their_order_and_can_be_moved(ws: Workspace) -> None:
    (key,) = taken(ws)
    rules.add(ws, a_service_rule("yamato/compact", "一"))
    second = rules.add(ws, a_service_rule("jppost/yupack", "二"))
    assert the(ws, key).service == "compact"
    rules.move(ws, second, 1)
    assert ([rule.body["name"] for rule in rules.every(ws)], the(ws, key).service) == (["二", "一"], "yupack")


def test_rules_travel_as_a_file(ws: Workspace, tmp_path: Path) -> None:
    rules.add(ws, a_service_rule("yamato/compact", "一"))
    off = rules.add(ws, {**CHEAPEST, "do": [["hold", "見る"]]})
    rules.replace(ws, off, {**CHEAPEST, "do": [["hold", "見る"]]}, active=False)
    before = [(rule.body, rule.active) for rule in rules.every(ws)]
    assert rules.write(ws, tmp_path / "rules.json") == 2
    made = rules.take(ws, tmp_path / "rules.json", instead=True)
    assert list(made) == [rule.row_id for rule in rules.every(ws)]
    assert [(rule.body, rule.active) for rule in rules.every(ws)] == before


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("rocket", "rule_service"),
        ("yamato/rocket", "rule_service"),
        ("cheapest: yamato/rocket", "rule_service"),
    ],
)
def test_a_rule_for_a_service_there_is_not_is_refused(ws: Workspace, to: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.add(ws, a_service_rule(to, "一"))
    assert (refused.value.code, rules.every(ws)) == (code, [])


# ── measures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_parcels_measures_are_proposed_corrected_and_taken_back(ws: Workspace) -> None:
    weighed(ws)
    (key,) = taken(ws, lines=(a_line(quantity=3),))
    (one,) = measuring.measures(ws, key)
    assert one.proposed == Measures(1200, (270, 120, 100))  # three on top of each other
    measuring.weigh(ws, key, "ST,+001.350kg")
    (one,) = measuring.measures(ws, key)
    assert (one.found.grams, one.holds) == (1350, Measures(1350, (270, 120, 100)))
    assert measuring.measure(ws, key).holds == one.proposed
    for wrong in ("US,+001.350kg", "重い"):
        with pytest.raises(Refused, match="scale_text"):
            measuring.weigh(ws, key, wrong)


def test_each_parcel_has_its_own_and_sets_count_what_is_in_them(ws: Workspace) -> None:
    weighed(ws)
    weighed(ws, "plate", "4900000000023", grams=700, sides=(210, 210, 30))
    (key,) = taken(ws, lines=(a_line(quantity=2), a_line(line_id="2", sku="plate", name="皿", quantity=1)))
    split(ws, key, lines=[{1: 2}, {2: 1}])
    found = measuring.measures(ws, key)
    assert [one.proposed.grams for one in found] == [800, 700]
    measuring.measure(ws, found[1].key, grams=750)
    assert [one.holds.grams for one in measuring.measures(ws, key)] == [800, 750]
    assert [parcel.grams for parcel in plan(ws, [key])[0].parcels] == [800, 750]


def test_goods_nobody_weighed_propose_nothing(ws: Workspace) -> None:
    (key,) = taken(ws)
    assert measuring.measures(ws, key)[0].proposed == Measures()


# ── splits by rule ──────────────────────────────────────────────────────────────────────────────────────────────────


def three_kinds(ws: Workspace) -> str:
    weighed(ws, "a", "4900000000016", temperature="冷蔵", shelf="A-1-2", grams=600)
    weighed(ws, "b", "4900000000023", temperature="冷凍", shelf="B-3", grams=500)
    weighed(ws, "c", "4900000000030", temperature="冷蔵", shelf="A-2-1", grams=300)
    lines = [
        a_line(line_id=str(n), sku=sku, name=sku, quantity=2, lead_time="1日" if sku == "c" else "3日")
        for n, sku in enumerate("abc", start=1)
    ]
    (key,) = taken(ws, lines=tuple(lines))
    return key


@pytest.mark.parametrize(
    ("by", "names", "lines"),
    [
        ("temperature", ("chilled", "frozen"), ({1: 2, 3: 2}, {2: 2})),
        ("shelf", ("A", "B"), ({1: 2, 3: 2}, {2: 2})),
        ("date", ("3日", "1日"), ({1: 2, 2: 2}, {3: 2})),
        (
            "weight",
            ("900", "900", "1000"),
            ({1: 1, 3: 1}, {1: 1, 3: 1}, {2: 2}),
        ),  # 600 + 300 twice, 500 + 500
    ],
)
def test_a_split_by_each_rule(
    ws: Workspace, by: str, names: tuple[str, ...], lines: tuple[dict[int, int], ...]
) -> None:
    key = three_kinds(ws)
    made = propose(ws, key, by, grams=1000)
    assert (made.names, tuple(map(dict, made.lines))) == (names, lines)
    assert len(split_by(ws, key, by, grams=1000).parcels) == len(lines)


def test_mixed_temperatures_hold_until_they_are_split(ws: Workspace) -> None:
    key = three_kinds(ws)
    assert codes(ws, key) == ["plan_mixed"]
    split_by(ws, key, "temperature")
    assert codes(ws, key) == []


def test_a_weight_nobody_knows_cannot_be_split_by(ws: Workspace) -> None:
    (key,) = taken(ws)
    for by, grams, code in (
        ("weight", 500, "split_weight_unknown"),
        ("weight", 0, "split_weight_most"),
        ("luck", 0, "split_rule"),
    ):
        with pytest.raises(Refused) as refused:
            propose(ws, key, by, grams=grams)
        assert refused.value.code == code


# ── the work list ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_work_list_goes_by_ship_by_then_cut_off_then_shelf(ws: Workspace, tmp_path: Path) -> None:
    weighed(ws, "far", "4900000000016", shelf="Z-9")
    weighed(ws, "near", "4900000000023", shelf="A-1")
    for name, to in (("遠", "jppost/yupack"), ("近", "yamato/takkyubin")):
        rules.add(
            ws,
            {
                "name": name,
                "if": {"field": "pieces", "test": "is", "value": "2" if name == "遠" else "1"},
                "do": [["service", to]],
            },
        )
    ws.options.set("desk.pickups", {"jppost": "14:00", "yamato": "16:30"})
    late, far, near, post, soon = [
        taken(ws, number, ship_by=NOW + timedelta(hours=hours), lines=(a_line(sku=sku, quantity=pieces),))[0]
        for number, (hours, sku, pieces) in enumerate(
            [(-1, "far", 1), (5, "far", 1), (5, "near", 1), (5, "near", 2), (2, "far", 1)], start=1
        )
    ]
    in_order = [row.key for row in rows(ws, ids(ws, Query(view="open", sort="work")))]
    assert in_order == [late, soon, post, near, far]
    export(ws, "yamato", [late], tmp_path / "b2.csv")


def test_counters_equal_the_filtered_lists(ws: Workspace) -> None:
    for number, hours in enumerate((-30, -1, 3, 13, 15, 37, 38, 90), start=1):
        taken(ws, number, ship_by=NOW + timedelta(hours=hours))
    taken(ws, 9, ship_by=None, ordered_at=None, ship_from=None)
    counted = counters(ws)
    lists = {view: set(ids(ws, Query(view=view))) for view in ("open", "today", "tomorrow", "later", "late")}
    assert {view: counted[view] for view in lists} == {view: len(found) for view, found in lists.items()}
    assert lists["today"] | lists["tomorrow"] | lists["later"] == lists["open"]
    assert not lists["today"] & lists["tomorrow"] | lists["tomorrow"] & lists["later"]
    assert {view: len(found) for view, found in lists.items()} == {
        "open": 9,
        "late": 2,
        "today": 4,
        "tomorrow": 2,
        "later": 3,
    }
