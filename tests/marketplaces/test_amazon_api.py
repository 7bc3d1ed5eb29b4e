"""The connector against the practice marketplace over real HTTP: keys, reading, and what Amazon allows."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import ELSEWHERE, LABEL_ELSEWHERE, OrderState
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.amazon.api import BadQuery
from jpship_gui.marketplaces.amazon.connect import connect
from jpship_gui.marketplaces.amazon.reading import CURSOR, PAGE
from jpship_gui.marketplaces.base import Reading, ShopAccount
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.practice.amazon.samples import sample_orders
from jpship_gui.practice.amazon.shops import MAIN
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.texts import text
from tests.days import yesterday
from tests.marketplaces.amazon.playing import Scene, a_scene, fetched, numbers_of


@pytest.fixture
def scene() -> Iterator[Scene]:
    with a_scene() as made:
        yield made


# -- keys ---------------------------------------------------------------------------------------------------------------


def test_one_token_serves_all_calls_until_it_ends(scene: Scene) -> None:
    scene.api().read([scene.samples[0].number])
    scene.api().read([scene.samples[1].number])
    assert scene.count("token") == 1


def test_a_token_with_less_than_a_minute_left_is_renewed(scene: Scene) -> None:
    scene.play.token_seconds = 59
    for sample in scene.samples[:2]:
        scene.api().read([sample.number])
    assert scene.count("token") == 2


def test_a_token_amazon_no_longer_takes_is_renewed_once(scene: Scene) -> None:
    scene.api().read([scene.samples[0].number])
    scene.play.end_tokens()
    assert len(scene.api().read([scene.samples[1].number])) == 1
    assert scene.functions() == ["token", "getOrder", "getOrder", "token", "getOrder"]


def test_refused_again_the_shop_may_not_do_this(scene: Scene) -> None:
    scene.server.app.tricks.ask(Trick("getOrder", How.EXPIRED, times=9))
    with pytest.raises(Unauthorised) as caught:
        scene.api().read([scene.samples[0].number])
    assert caught.value.code == "amazon_forbidden"
    assert scene.count("getOrder") == 2
    assert "getOrder" in text("fault.amazon_forbidden", **caught.value.values)


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("client_secret", "amazon_client", "invalid_client"),
        ("refresh_token", "amazon_refresh_token", "invalid_grant"),
    ],
)
def test_wrong_keys_are_told_plainly(scene: Scene, field: str, code: str, words: str) -> None:
    wrong = {**MAIN.secrets, field: "nonsense-key"}
    with pytest.raises(Unauthorised) as caught:
        scene.api(secret=wrong.__getitem__).read([scene.samples[0].number])
    assert caught.value.code == code
    said = text(f"fault.{code}", **caught.value.values)
    assert words in said
    assert "nonsense-key" not in said
    assert scene.count("getOrder") == 0


def test_a_secret_past_its_days_and_a_withdrawn_permission(scene: Scene) -> None:
    scene.seller.secret_ends = now_utc() - timedelta(days=1)
    with pytest.raises(Unauthorised, match="amazon_client"):
        scene.api().read([scene.samples[0].number])
    scene.seller.secret_ends = now_utc() + timedelta(days=1)
    scene.seller.authorised = False
    with pytest.raises(Unauthorised, match="amazon_refresh_token"):
        scene.api().read([scene.samples[0].number])


def test_without_a_client_id_or_a_secret_nothing_is_called(scene: Scene) -> None:
    with pytest.raises(Refused, match="amazon_client_id"):
        connect(scene.account(client_id=""))

    def missing(field: str) -> str:
        raise Refused("secret_missing", field=field)

    with pytest.raises(Refused, match="secret_missing"):
        scene.api(secret=missing)
    assert scene.functions() == []


@pytest.mark.parametrize("how", [How.HTML_500, How.EMPTY_500, How.CUT_BEFORE, How.CUT_AFTER])
def test_the_login_is_tried_again_and_a_failed_one_did_nothing(scene: Scene, how: How) -> None:
    scene.server.app.tricks.ask(Trick("token", how))
    assert len(scene.api().read([scene.samples[0].number])) == 1
    scene.play.end_tokens()
    scene.server.app.tricks.ask(Trick("token", how, times=9))
    with pytest.raises(Unreachable):
        scene.api().push([scene.told()])
    assert scene.registered() == []


def test_the_log_names_requests_but_neither_keys_nor_people(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api = scene.api()
    fetched(api)
    api.push([scene.told()])
    with pytest.raises(Unauthorised):
        scene.api(secret=lambda field: "wrong-one").read([scene.samples[0].number])
    said = caplog.text
    assert "200" in said
    sample = scene.samples[0]
    for secret in (
        *MAIN.secrets.values(),
        "Atza|",
        "wrong-one",
        sample.buyer_name,
        sample.recipient.name,
        sample.recipient.phone,
        sample.recipient.lines[0],
        sample.buyer_email,
    ):
        assert secret not in said


def test_every_answers_request_id_is_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="jpship.net")
    scene.api().read([scene.samples[0].number])
    (line,) = [r.getMessage() for r in caplog.records if "/orders/" in r.getMessage()]
    assert re.search(r" [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", line)


def test_practice_mode_calls_nobody_but_this_computer(scene: Scene) -> None:
    for change in (
        {"api.url": "https://marketplace.example.jp"},
        {"api.url": ""},  # the real marketplace is the default
        {"amazon.token_url": "https://login.example.jp/token"},
    ):
        with pytest.raises(Refused, match="net_practice_only"):
            connect(scene.account(**change))


def test_nothing_leaves_unencrypted(scene: Scene) -> None:
    outside = replace(scene.account(**{"api.url": "http://marketplace.example.jp"}), practice=False)
    with pytest.raises(Refused, match="net_not_encrypted"):
        connect(outside)


# -- reading ------------------------------------------------------------------------------------------------------------


def test_the_first_fetch_tells_the_open_orders_of_two_weeks(scene: Scene) -> None:
    old = replace(scene.samples[0], number="250-0000000-0000009", made=now_utc() - timedelta(days=15))
    shipped = replace(scene.samples[1], number="250-0000000-0000008", status="SHIPPED")
    with a_scene([*scene.samples, old, shipped]) as more:
        told = fetched(more.api())
        assert sorted(numbers_of(told)) == sorted(sample.number for sample in scene.samples)
        assert more.count("searchOrders") == 1
        assert more.count("getOrder") == 0


def test_the_first_fetch_looks_after_orders_known_as_open(scene: Scene) -> None:
    """Imported from a report, shipped meanwhile: the search for open ones does not show it."""
    sample = replace(scene.samples[0], status="SHIPPED")
    with a_scene([sample, *scene.samples[1:]]) as other:
        api = other.api(open_orders=lambda: [sample.number])
        told = [one for one in fetched(api) if isinstance(one, Reading)]
    assert {one.order.id.number: one.order.state for one in told}[sample.number] is OrderState.SHIPPED


def test_later_fetches_tell_what_changed(scene: Scene) -> None:
    api = scene.api()
    fetched(api)
    assert numbers_of(fetched(scene.api())) == []  # made yesterday, nothing new
    later = now_utc() - timedelta(minutes=5)
    changed = scene.seller.orders[scene.samples[2].number]
    changed["fulfillment"]["fulfillmentStatus"] = "CANCELLED"
    changed["lastUpdatedTime"] = later.strftime("%Y-%m-%dT%H:%M:%SZ")
    (one,) = fetched(scene.api())
    assert isinstance(one, Reading)
    assert one.order.state is OrderState.CANCELLED
    assert api.sees_changes


def test_the_cursor_overlaps_by_ten_minutes(scene: Scene) -> None:
    fetched(scene.api())
    cursor = scene.memory[CURSOR]
    order = scene.seller.orders[scene.samples[0].number]
    order["lastUpdatedTime"] = cursor
    assert numbers_of(fetched(scene.api())) == [scene.samples[0].number]


def test_three_pages_with_the_token_kept_over_a_restart() -> None:
    samples = sample_orders(250, yesterday(), plain=True)
    with a_scene(samples) as scene:
        scene.server.app.tricks.ask(Trick("searchOrders", How.LATE, times=2, seconds=0))  # two pages come
        scene.server.app.tricks.ask(Trick("searchOrders", How.HTML_500, times=9))
        fetch = scene.api().fetch(now_utc() - timedelta(days=30), now_utc(), lambda *_: None)
        first = list(islice(fetch, 200))
        with pytest.raises(Unanswered):
            next(fetch)
        assert len(first) == 200
        assert json.loads(scene.memory[PAGE])["token"]
        scene.server.app.tricks.clear()
        rest = numbers_of(fetched(scene.api()))
        assert len(rest) == 50
        assert sorted(numbers_of(first) + rest) == sorted(sample.number for sample in samples)
        assert PAGE not in scene.memory
        assert scene.memory[CURSOR]


def test_what_an_earlier_page_left_out_is_read_again_after_a_restart() -> None:
    with a_scene(sample_orders(120, yesterday(), plain=True)) as scene:
        scene.play.refused_data = {"PACKAGES"}
        fetch = scene.api().fetch(now_utc() - timedelta(days=30), now_utc(), lambda *_: None)
        for _ in range(102):  # what is missing, a page, and the first of the next
            next(fetch)
        scene.play.refused_data = set()
        assert len(numbers_of(fetched(scene.api()))) == 20
        assert CURSOR not in scene.memory
        assert len(numbers_of(fetched(scene.api()))) == 120
        assert CURSOR in scene.memory


@pytest.mark.parametrize(("hours", "again"), [(22, 50), (24, 250)])
def test_a_page_is_remembered_for_a_day(hours: int, again: int) -> None:
    with a_scene(sample_orders(250, yesterday(), plain=True)) as scene:
        fetch = scene.api().fetch(now_utc() - timedelta(days=30), now_utc(), lambda *_: None)
        for _ in range(201):
            next(fetch)
        page = json.loads(scene.memory[PAGE])
        page["at"] -= hours * 3600
        scene.memory[PAGE] = json.dumps(page)
        assert len(numbers_of(fetched(scene.api()))) == again


def test_a_page_amazon_no_longer_knows_is_forgotten() -> None:
    with a_scene(sample_orders(250, yesterday(), plain=True)) as scene:
        fetch = scene.api().fetch(now_utc() - timedelta(days=30), now_utc(), lambda *_: None)
        for _ in range(201):
            next(fetch)
        page = json.loads(scene.memory[PAGE])
        scene.memory[PAGE] = json.dumps({**page, "token": "nonsense"})
        with pytest.raises(BadQuery):
            fetched(scene.api())
        assert len(numbers_of(fetched(scene.api()))) == 250


def test_a_data_set_amazon_would_not_give_is_told_and_read_later(scene: Scene) -> None:
    fetched(scene.api())
    cursor = scene.memory[CURSOR]
    order = scene.seller.orders[scene.samples[0].number]
    order["lastUpdatedTime"] = cursor
    scene.play.refused_data = {"PACKAGES"}
    told = fetched(scene.api())
    assert [one.value for one in told if isinstance(one, Rejection)] == ["PACKAGES"]
    assert numbers_of(told) == [scene.samples[0].number]
    assert scene.memory[CURSOR] == cursor  # the same again the next time
    scene.play.refused_data = set()
    (one,) = fetched(scene.api())
    assert isinstance(one, Reading)


def test_a_query_amazon_does_not_take_is_a_fault_in_its_words(scene: Scene) -> None:
    api = connect(scene.account(**{"amazon.marketplace_id": "A1VC38T7YXB528"}))
    scene.play.refused_data = {"RECIPIENTS"}
    scene.seller.orders.clear()
    with pytest.raises(BadQuery) as caught:
        api._calls.search_orders({"createdAfter": "yesterday"}, [])
    assert "ISO 8601" in str(caught.value.values["answer"])


def test_an_order_that_makes_no_sense_leaves_the_others_alone(scene: Scene) -> None:
    broken = scene.seller.orders[scene.samples[0].number]
    broken["orderItems"][0]["quantityOrdered"] = None
    broken["orderItems"][0]["product"] = None
    broken["recipient"] = {"deliveryAddress": {"postalCode": "?"}}
    told = fetched(scene.api())
    assert len(told) == len(scene.samples)
    assert len(numbers_of(told)) >= len(scene.samples) - 1


def test_kinds_of_orders_that_are_not_everyday() -> None:
    samples = sample_orders(21, yesterday())
    with a_scene(samples) as scene:
        read = scene.api().read([sample.number for sample in samples])
    by = dict(enumerate(read))
    assert [order.id.number for order in read] == [sample.number for sample in samples]
    assert by[2].gift
    assert by[2].gift_message == "お誕生日おめでとう。 花子より"
    assert (by[4].company, by[4].purchase_order) == ("練習商事株式会社", "PO-2026-0042")
    assert [ELSEWHERE in by[n].flags for n in (5, 6, 7)] == [False, True, False]
    assert LABEL_ELSEWHERE in by[7].flags
    assert by[7].packages[0].registered[0].tracking_no == "400000000014"
    assert "cancel_requested" in by[8].flags
    assert [by[n].state.value for n in (12, 13, 14, 15)] == ["to_ship", "cancelled", "shipped", "processing"]


# -- what Amazon allows -------------------------------------------------------------------------------------------------


def test_the_searches_that_are_left_are_counted_over_restarts(scene: Scene) -> None:
    for _ in range(20):
        fetched(scene.api())
    with pytest.raises(Throttled) as caught:
        fetched(scene.api())
    assert caught.value.code == "net_not_due"
    assert 170 <= int(str(caught.value.values["seconds"])) <= 179
    assert scene.count("searchOrders") == 20


def test_a_429_waits_for_its_time_and_is_no_fault() -> None:
    with a_scene(limited=True) as scene:
        scene.play._calls[(MAIN.number, "searchOrders")] = (0.0, now_utc().timestamp())
        with pytest.raises(Throttled, match="net_not_due"):
            fetched(scene.api())
        assert scene.count("searchOrders") == 1
        with pytest.raises(Throttled, match="net_not_due"):  # and does not ask again before
            fetched(scene.api())
        assert scene.count("searchOrders") == 1


def test_many_orders_are_searched_and_few_are_read() -> None:
    samples = sample_orders(150, yesterday(), plain=True)
    numbers = [sample.number for sample in samples]
    with a_scene(samples) as scene:
        orders = {order.id.number: order for order in scene.api().read(numbers[:3])}
        assert (scene.count("searchOrders"), scene.count("getOrder")) == (0, 3)
        made = {sample.number: replace(orders[numbers[0]], ordered_at=sample.made) for sample in samples}
        api = scene.api(known=lambda asked: {n: made[n] for n in asked})
        assert [order.id.number for order in api.read(numbers)] == numbers
        assert (scene.count("searchOrders"), scene.count("getOrder")) == (2, 3)


def test_an_order_a_search_did_not_show_is_read_by_itself() -> None:
    samples = sample_orders(40, yesterday(), plain=True)
    numbers = [sample.number for sample in samples]
    with a_scene([*samples[:-1], replace(samples[-1], by_amazon=True)]) as scene:
        order = scene.api().read(numbers[:1])[0]
        made = {sample.number: replace(order, ordered_at=sample.made) for sample in samples}
        asked = [*numbers, "250-0000000-0000000"]
        found = scene.api(known=lambda wanted: made).read(asked)
        assert [one.id.number for one in found] == numbers
        assert scene.count("getOrder") == 3  # the first, the one from the warehouse, and the unknown one


def test_unknown_numbers_are_absent(scene: Scene) -> None:
    assert scene.api().read(["250-0000000-0000000"]) == []


@pytest.mark.parametrize("how", [How.HTML_500, How.EMPTY_500, How.CUT_BEFORE, How.CUT_AFTER])
def test_reads_are_tried_again(scene: Scene, how: How) -> None:
    scene.server.app.tricks.ask(Trick("getOrder", how, times=2))
    assert len(scene.api().read([scene.samples[0].number])) == 1


def test_nobody_listens(scene: Scene) -> None:
    lonely = ShopAccount(
        MAIN.name,
        "amazon",
        {**MAIN.settings, "api.url": "http://127.0.0.1:9", "api.pace_ms": "0"},
        MAIN.secrets.__getitem__,
        practice=True,
    )
    with pytest.raises(Unreachable):
        connect(lonely).push([scene.told()])


# -- checking -----------------------------------------------------------------------------------------------------------


def test_check_logs_in_and_reads(scene: Scene) -> None:
    assert scene.api().check() == "net.check_ok"
    assert scene.functions() == ["token", "searchOrders"]


def test_check_spends_no_call_that_is_not_there(scene: Scene) -> None:
    for _ in range(20):
        fetched(scene.api())
    assert scene.api().check() == "amazon.check_waits"
    assert text("amazon.check_waits")


def test_check_tells_when_personal_data_is_not_shown(scene: Scene) -> None:
    scene.seller.shows_recipients = False
    assert scene.api().check() == "amazon.check_no_recipients"
    assert text("amazon.check_no_recipients")


@pytest.mark.parametrize(("days", "answer"), [(100, "net.check_ok"), (170, "amazon.check_secret_ends")])
def test_check_tells_when_the_secret_ends(scene: Scene, days: int, answer: str) -> None:
    made = (to_jst(now_utc()).date() - timedelta(days=days)).isoformat()
    assert connect(scene.account(**{"amazon.secret_made": made})).check() == answer
