"""The connector against the practice marketplace over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import timedelta

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel, SendResult, SendState
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Order, OrderId, OrderState
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import ShopAccount, ShowsParcels
from jpship_gui.marketplaces.yahoo.api import Refusal, Shipping, Taken
from jpship_gui.marketplaces.yahoo.connect import YahooApi, connect
from jpship_gui.marketplaces.yahoo.login import LOGIN_DAY, STATE, login
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.yahoo.gate import Gate
from jpship_gui.practice.yahoo.play import YahooPlay
from jpship_gui.practice.yahoo.samples import SELLER, yahoo_orders
from jpship_gui.practice.yahoo.server import YahooServer
from jpship_gui.practice.yahoo.shops import MAIN, REDIRECT, open_shop
from tests.days import today, yesterday

NUMBERS = [f"{SELLER}-{10_000_001 + n}" for n in range(5)]


@pytest.fixture
def server() -> Iterator[RunningServer[YahooServer]]:
    app = YahooServer(YahooPlay(now_utc, settle_seconds=0), Gate())
    open_shop(app, MAIN, yahoo_orders(5, day=yesterday(), plain=True))
    with RunningServer(app) as running:
        yield running


def account(
    server: RunningServer[YahooServer],
    memory: MutableMapping[str, str] | None = None,
    kept: dict[str, str] | None = None,
    known: list[str] | None = None,
    **changes: str,
) -> ShopAccount:
    """The practice store's account; `kept` takes secrets given out anew, `known` are orders open here."""
    settings = {**MAIN.settings, "api.url": server.url, "api.pace_ms": "0", "api.timeout_s": "2", **changes}
    secrets = {**MAIN.secrets}

    def keep(field: str, value: str) -> None:
        secrets[field] = value
        if kept is not None:
            kept[field] = value

    return ShopAccount(
        MAIN.name,
        "yahoo",
        settings,
        secrets.__getitem__,
        practice=True,
        memory={} if memory is None else memory,
        keep_secret=keep,
        open_orders=lambda: tuple(known or ()),
    )


@pytest.fixture
def api(server: RunningServer[YahooServer]) -> YahooApi:
    return connect(account(server))


def a_confirmation(n: int = 0, *numbers: str, **changes: object) -> Confirmation:
    key = f"KEY{n}"
    parcels = tuple(
        ConfirmedParcel(key if place == 1 else f"{key}P{place}", "yamato", "1001", number)
        for place, number in enumerate(numbers or ("400000000003",), start=1)
    )
    made = Confirmation(OrderId("yahoo", MAIN.name, NUMBERS[n]), "", key, today(), parcels)
    return replace(made, **changes)  # type: ignore[arg-type]


def push(api: YahooApi, confirmation: Confirmation | None = None) -> SendResult:
    (result,) = api.push([confirmation or a_confirmation()])
    return result


def standing(server: RunningServer[YahooServer]) -> list[tuple[str, str, int]]:
    """Order, tracking number and how often the buyer was told."""
    return [(row["order"], row["tracking_no"], row["notices"]) for row in server.app.record()]


def calls(server: RunningServer[YahooServer], function: str) -> int:
    return sum(call.function == function for call in server.app.calls)


def fetch(api: YahooApi) -> list[Order | Rejection]:
    return list(api.fetch(now_utc() - timedelta(days=10), now_utc(), lambda done, total: None))


def names(found: list[Order | Rejection]) -> set[str]:
    return {one.id.number if isinstance(one, Order) else one.order for one in found}


# -- reading ----------------------------------------------------------------------------------------------------------


def test_fetches_every_open_order(server: RunningServer[YahooServer], api: YahooApi) -> None:
    steps: list[tuple[int, int]] = []
    until = now_utc()
    found = list(api.fetch(until - timedelta(days=10), until, lambda *at: steps.append(at)))
    assert names(found) == set(NUMBERS)
    assert (steps[0], steps[-1]) == ((0, 5), (5, 5))


def test_orders_outside_the_period_are_not_read(server: RunningServer[YahooServer], api: YahooApi) -> None:
    assert list(api.fetch(now_utc() - timedelta(hours=0), now_utc(), lambda *at: None)) == []
    assert calls(server, "orderInfo") == 0


@pytest.mark.parametrize("count", [0, 1, 2])
def test_lists_of_any_length(server: RunningServer[YahooServer], api: YahooApi, count: int) -> None:
    open_shop(server.app, MAIN, yahoo_orders(count, day=yesterday(), plain=True))
    assert len(fetch(api)) == count


def test_a_list_longer_than_a_page(
    server: RunningServer[YahooServer], api: YahooApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpship_gui.marketplaces.yahoo.api.PAGE", 2)
    assert names(fetch(api)) == set(NUMBERS)
    assert calls(server, "orderList") == 3


def test_what_is_known_and_unchanged_is_not_read_again(server: RunningServer[YahooServer]) -> None:
    memory: dict[str, str] = {}
    assert len(fetch(connect(account(server, memory)))) == 5
    again = connect(account(server, memory, known=NUMBERS))
    assert fetch(again) == []
    assert calls(server, "orderInfo") == 5
    server.app.play.change_order(NUMBERS[1], {"ShipAddress1": "別町1-1"})
    assert names(fetch(again)) == {NUMBERS[1]}
    assert fetch(again) == []


def test_what_was_read_but_is_not_stored_is_read_again(server: RunningServer[YahooServer]) -> None:
    memory: dict[str, str] = {}
    fetch(connect(account(server, memory)))
    assert names(fetch(connect(account(server, memory, known=NUMBERS[:3])))) == set(NUMBERS[3:])


def test_what_became_of_open_orders_is_told(server: RunningServer[YahooServer]) -> None:
    memory: dict[str, str] = {}
    fetch(connect(account(server, memory)))
    server.app.play.change_order(NUMBERS[0], {"OrderStatus": "4"})
    server.app.play.change_order(NUMBERS[1], {"OrderStatus": "5", "ShipStatus": "4"})
    found = fetch(connect(account(server, memory, known=NUMBERS)))
    states = {one.id.number: one.state for one in found if isinstance(one, Order)}
    assert states == {NUMBERS[0]: OrderState.CANCELLED, NUMBERS[1]: OrderState.SHIPPED}
    assert (
        fetch(connect(account(server, memory, known=NUMBERS[2:]))) == []
    )  # closed ones of no concern any more


def test_open_orders_older_than_the_period_are_looked_after(server: RunningServer[YahooServer]) -> None:
    old = yahoo_orders(2, day=today() - timedelta(days=60), plain=True)
    open_shop(server.app, MAIN, old)
    server.app.play.change_order(NUMBERS[0], {"OrderStatus": "4"})
    found = fetch(connect(account(server, known=[NUMBERS[0]])))
    assert names(found) == {NUMBERS[0]}


def test_an_order_that_vanished_is_told(server: RunningServer[YahooServer]) -> None:
    (gone,) = fetch(connect(account(server, {}, known=[f"{SELLER}-555"])))[5:]
    assert isinstance(gone, Rejection)
    assert (gone.order, gone.code) == (f"{SELLER}-555", "yahoo_vanished")


def test_an_order_that_makes_no_sense_is_left_out_alone(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    server.app.play.stores[SELLER].orders[NUMBERS[2]]["Item"][0]["Quantity"] = "?"
    found = fetch(api)
    (bad,) = [one for one in found if isinstance(one, Rejection)]
    assert (bad.order, bad.column, bad.code, bad.value) == (
        NUMBERS[2],
        "line.quantity",
        "quantity_unreadable",
        "?",
    )
    assert len(found) == 5


def test_unknown_numbers_are_absent(api: YahooApi) -> None:
    assert [order.id.number for order in api.read([NUMBERS[0], f"{SELLER}-99", NUMBERS[0]])] == NUMBERS[:1]


def test_an_answer_about_another_order_is_none(server: RunningServer[YahooServer], api: YahooApi) -> None:
    server.app.tricks.ask(Trick("orderInfo", How.WRONG_ORDER))
    with pytest.raises(WorldFault, match="yahoo_other_order"):
        api.read(NUMBERS[:1])


def test_answers_given_twice_count_once(server: RunningServer[YahooServer], api: YahooApi) -> None:
    server.app.tricks.ask(Trick("*", How.TWICE, times=99))
    assert sorted(one.id.number for one in fetch(api) if isinstance(one, Order)) == NUMBERS


def test_parcels_of_many_orders_cost_one_call(server: RunningServer[YahooServer], api: YahooApi) -> None:
    assert isinstance(api, ShowsParcels)
    push(api, a_confirmation(0, "400000000003", "400000000014"))
    looked = calls(server, "orderInfo")
    found = api.parcels_of([*NUMBERS, f"{SELLER}-99"])
    assert [p.tracking_no for p in found[NUMBERS[0]]] == ["400000000003", "400000000014"]
    assert found[NUMBERS[0]][0].ship_date == today()
    assert (found[NUMBERS[1]], f"{SELLER}-99" in found) == ([], False)
    assert calls(server, "orderInfo") == looked + 1  # only the unknown one is looked for
    assert list(api.parcels_of(NUMBERS[:1])) == NUMBERS[:1]


# -- telling ----------------------------------------------------------------------------------------------------------


def test_a_shipment_is_told_once_and_seen_in_the_next_reading(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    assert push(api).state is SendState.ACCEPTED
    assert standing(server) == [(NUMBERS[0], "400000000003", 1)]
    (row,) = server.app.record()
    assert (row["carrier"], row["date"], row["ship_status"], row["order_status"]) == (
        "1001",
        today().isoformat(),
        "3",
        "2",
    )
    (order,) = api.read(NUMBERS[:1])
    (parcel,) = order.packages[0].registered
    assert (parcel.detail_id, parcel.tracking_no, parcel.ship_date) == ("10000001-1", "400000000003", today())
    assert order.state is OrderState.SHIPPED
    again = push(api)
    assert (again.state, again.code, again.detail_ids) == (
        SendState.ACCEPTED,
        "already_registered",
        (("KEY0", "10000001-1"),),
    )
    assert standing(server) == [(NUMBERS[0], "400000000003", 1)]


def test_two_numbers(server: RunningServer[YahooServer], api: YahooApi) -> None:
    result = push(api, a_confirmation(0, "400000000003", "400000000014"))
    assert result.detail_ids == (("KEY0", "10000001-1"), ("KEY0P2", "10000001-2"))
    assert standing(server) == [(NUMBERS[0], "400000000003", 1), (NUMBERS[0], "400000000014", 1)]


def test_the_method_is_told_only_where_the_shop_says_it_agrees(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    push(api)
    assert server.app.play.stores[SELLER].orders[NUMBERS[0]]["Ship"]["ShipMethod"] == "postage1"
    parcel = ConfirmedParcel("KEY1", "sagawa", "1002", "400000000014", method="postage2")
    push(api, a_confirmation(1, parcels=(parcel,)))
    ship = server.app.play.stores[SELLER].orders[NUMBERS[1]]["Ship"]
    assert (ship["ShipMethod"], ship["ShipCompanyCode"]) == ("postage2", "1002")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"OrderStatus": "1"}, "order_reserved"),
        ({"OrderStatus": "3"}, "order_on_hold"),
        ({"OrderStatus": "4"}, "order_cancelled"),
        ({"ShipStatus": "3", "ShipInvoiceNumber1": "499999999994"}, "yahoo_other_number"),
        ({"ShipStatus": "4", "OrderStatus": "5", "ShipInvoiceNumber1": ""}, "yahoo_other_number"),
    ],
)
def test_orders_that_must_not_be_told(
    server: RunningServer[YahooServer], api: YahooApi, changes: dict[str, str], code: str
) -> None:
    server.app.play.change_order(NUMBERS[0], changes)
    result = push(api)
    assert (result.state, result.code) == (SendState.REFUSED, code)
    assert calls(server, "orderShipStatusChange") == 0


def test_somebody_was_faster_with_the_same_number(server: RunningServer[YahooServer], api: YahooApi) -> None:
    server.app.play.change_order(
        NUMBERS[0], {"ShipStatus": "4", "OrderStatus": "5", "ShipInvoiceNumber1": "4000-0000-0003"}
    )
    assert push(api).code == "already_registered"


def test_a_number_told_before_is_corrected_and_a_blank_one_filled(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    push(api)
    right = ConfirmedParcel("KEY0", "yamato", "1001", "400000000014", "10000001-1")
    assert push(api, a_confirmation(parcels=(right,))).state is SendState.ACCEPTED
    server.app.play.change_order(NUMBERS[1], {"ShipStatus": "3"})
    assert push(api, a_confirmation(1)).state is SendState.ACCEPTED
    assert [number for _, number, _ in standing(server)] == ["400000000014", "400000000003"]


def test_a_box_told_for_another_order_is_no_correction_of_this_one(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    changes = {"ShipStatus": "3", "ShipInvoiceNumber1": "499999999994"}
    server.app.play.change_order(NUMBERS[1], changes)
    shared = ConfirmedParcel("KEY0", "yamato", "1001", "400000000003", "10000001-1")
    assert push(api, a_confirmation(1, parcels=(shared,))).code == "yahoo_other_number"


def test_an_unknown_order_is_refused(api: YahooApi) -> None:
    stranger = a_confirmation(order_id=OrderId("yahoo", MAIN.name, f"{SELLER}-99"))
    assert push(api, stranger).code == "order_unknown"


def test_refusals_come_in_yahoos_words(server: RunningServer[YahooServer], api: YahooApi) -> None:
    server.app.play.change_order(NUMBERS[0], {"ShipStatus": "0"})
    result = push(api)
    assert (result.state, result.message) == (SendState.REFUSED, "出荷不可の注文です。")
    late = push(api, a_confirmation(1, ship_date=today() + timedelta(days=1)))
    assert (late.state, late.code, late.message) == (SendState.REFUSED, "od90101", "ShipDateが不正です。")


def test_a_warning_is_kept_with_what_was_accepted(server: RunningServer[YahooServer], api: YahooApi) -> None:
    server.app.play.warns = True
    result = push(api)
    assert (result.state, result.code) == (SendState.ACCEPTED, "od91704")
    assert result.message == "お問い合わせ伝票番号を確認してください。"


WRITE = "orderShipStatusChange"


@pytest.mark.parametrize(
    ("how", "state", "registered"),
    [
        (How.SILENT, SendState.DOUBTFUL, 1),
        (How.DEAF, SendState.DOUBTFUL, 0),
        (How.HTML_500, SendState.DOUBTFUL, 0),
        (How.ACCEPTED_500, SendState.DOUBTFUL, 1),
        (How.EMPTY_500, SendState.DOUBTFUL, 0),
        (How.CUT_BEFORE, SendState.DOUBTFUL, 0),
        (How.CUT_AFTER, SendState.DOUBTFUL, 1),
        (How.BUSY, SendState.WAITING, 0),
        (How.GATEWAY, SendState.WAITING, 0),
        (How.PARTIAL, SendState.ACCEPTED, 1),
        (How.EXPIRED, SendState.ACCEPTED, 1),
        (How.TWICE, SendState.ACCEPTED, 1),
        (How.LATE, SendState.ACCEPTED, 1),
    ],
)
def test_one_write_that_goes_wrong(
    server: RunningServer[YahooServer], api: YahooApi, how: How, state: SendState, registered: int
) -> None:
    server.app.tricks.ask(Trick(WRITE, how, seconds=0.2 if how is How.LATE else 3))
    first = push(api)
    if how is How.PARTIAL:
        assert (first.state, first.message) == (SendState.REFUSED, "出荷ステータスを変更できない注文です。")
    else:
        assert first.state is state
        assert len(standing(server)) == registered
        assert calls(server, WRITE) == (2 if how is How.EXPIRED else 1)
    assert push(api).state is SendState.ACCEPTED
    assert standing(server) == [(NUMBERS[0], "400000000003", 1)]


def test_a_look_that_fails_sends_nothing_and_is_raised(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    server.app.tricks.ask(Trick("orderInfo", How.EMPTY_500, times=9))
    with pytest.raises(Unanswered, match="net_server_fault"):
        api.push([a_confirmation(), a_confirmation(1)])
    assert calls(server, WRITE) == 0


def test_a_look_that_fails_later_lets_the_rest_wait(
    server: RunningServer[YahooServer], api: YahooApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = api._calls.ship

    def ship_and_spoil_the_next_look(number: str, shipping: Shipping) -> Taken | Refusal:
        server.app.tricks.ask(Trick("orderInfo", How.WRONG_ORDER))
        return tell(number, shipping)

    monkeypatch.setattr(api._calls, "ship", ship_and_spoil_the_next_look)
    results = api.push([a_confirmation(n) for n in range(3)])
    assert [(r.state.value, r.code) for r in results] == [
        ("accepted", ""),
        ("waiting", "yahoo_other_order"),
        ("waiting", "yahoo_other_order"),
    ]


# -- completing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def completing(server: RunningServer[YahooServer]) -> YahooApi:
    return connect(account(server, **{"yahoo.complete": "on", "yahoo.complete_wait_s": "0"}))


def completed(server: RunningServer[YahooServer]) -> list[str]:
    return [row["order_status"] for row in server.app.record()]


def test_orders_are_not_completed_unless_the_shop_says_so(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    push(api)
    assert (completed(server), calls(server, "orderStatusChange")) == (["2"], 0)


def test_completing_comes_after_shipping(server: RunningServer[YahooServer], completing: YahooApi) -> None:
    results = completing.push([a_confirmation(), a_confirmation(1, "400000000014")])
    assert [(r.state, r.code) for r in results] == [(SendState.ACCEPTED, "")] * 2
    assert completed(server) == ["5", "5"]


def test_a_refused_completion_leaves_the_shipment_accepted(
    server: RunningServer[YahooServer], completing: YahooApi
) -> None:
    server.app.play.settle_seconds = 3600
    result = push(completing)
    assert (result.state, result.code) == (SendState.ACCEPTED, "complete_refused")
    assert "完了にできる状態ではありません。" in result.message
    assert (completed(server), calls(server, "orderStatusChange")) == (["2"], 1)


@pytest.mark.parametrize("how", [How.CUT_AFTER, How.CUT_BEFORE, How.ACCEPTED_500, How.SILENT])
def test_completing_is_never_tried_twice(
    server: RunningServer[YahooServer], completing: YahooApi, how: How
) -> None:
    server.app.tricks.ask(Trick("orderStatusChange", how, seconds=3))
    result = push(completing)
    assert (result.state, result.code) == (SendState.ACCEPTED, "complete_unclear")
    assert push(completing).code == "already_registered"
    assert calls(server, "orderStatusChange") == 1


def test_what_is_doubtful_or_changed_meanwhile_is_not_completed(
    server: RunningServer[YahooServer], completing: YahooApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.app.tricks.ask(Trick(WRITE, How.CUT_AFTER))
    assert push(completing).state is SendState.DOUBTFUL
    assert calls(server, "orderStatusChange") == 0
    tell = completing._calls.ship

    def ship_and_change(number: str, shipping: Shipping) -> Taken | Refusal:
        answer = tell(number, shipping)
        server.app.play.change_order(number, {"ShipInvoiceNumber1": "499999999994"})
        return answer

    monkeypatch.setattr(completing._calls, "ship", ship_and_change)
    assert push(completing, a_confirmation(1)).code == "complete_not_now"
    assert calls(server, "orderStatusChange") == 0


# -- keys -------------------------------------------------------------------------------------------------------------


def test_a_token_that_ends_in_mid_run_is_renewed_once(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    api.check()
    server.app.gate.expire_access()
    assert len(fetch(api)) == 5
    assert calls(server, "token") == 2


def test_a_token_that_is_never_good_is_not_renewed_for_ever(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    server.app.tricks.ask(Trick("orderCount", How.EXPIRED, times=9))
    with pytest.raises(Unauthorised, match="yahoo_key_refused"):
        api.check()
    assert calls(server, "orderCount") == 2


def test_a_new_refresh_token_is_kept(server: RunningServer[YahooServer]) -> None:
    (client,) = server.app.gate.clients.values()
    client.rotates = True
    kept: dict[str, str] = {}
    memory: dict[str, str] = {}
    connect(account(server, memory, kept)).check()
    assert kept["yahoo_refresh_token"] in client.refresh_tokens
    assert kept["yahoo_refresh_token"] != MAIN.secrets["yahoo_refresh_token"]
    assert memory[LOGIN_DAY] == to_jst(now_utc()).date().isoformat()


def test_an_old_refresh_token_stays_and_its_day_is_not_renewed(server: RunningServer[YahooServer]) -> None:
    kept: dict[str, str] = {}
    memory = {LOGIN_DAY: (today() - timedelta(days=3)).isoformat()}
    connect(account(server, memory, kept)).check()
    assert (kept, memory[LOGIN_DAY]) == ({}, (today() - timedelta(days=3)).isoformat())


def test_a_login_that_has_ended_says_so(server: RunningServer[YahooServer], api: YahooApi) -> None:
    (client,) = server.app.gate.clients.values()
    client.refresh_tokens.clear()
    with pytest.raises(Unauthorised, match="yahoo_login_ended"):
        api.check()


@pytest.mark.parametrize(
    ("day", "answer"), [(20, "net.check_ok"), (21, "yahoo.check_login_soon"), (27, "yahoo.check_login_soon")]
)
def test_the_login_is_called_old_from_day_21_on(
    server: RunningServer[YahooServer], day: int, answer: str
) -> None:
    memory = {LOGIN_DAY: (today() - timedelta(days=day)).isoformat()}
    assert connect(account(server, memory)).check() == answer


def test_without_a_key_the_login_is_short(server: RunningServer[YahooServer]) -> None:
    (client,) = server.app.gate.clients.values()
    client.needs_key = False
    assert connect(account(server, **{"yahoo.public_key": ""})).check() == "yahoo.check_no_key"


def test_the_keys_year(server: RunningServer[YahooServer]) -> None:
    old = (today() - timedelta(days=340)).isoformat()
    assert connect(account(server, **{"yahoo.key_day": old})).check() == "yahoo.check_key_soon"
    new = (today() - timedelta(days=300)).isoformat()
    assert connect(account(server, **{"yahoo.key_day": new})).check() == "net.check_ok"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"yahoo.key_version": "2"}, "yahoo_key_refused"),
        ({"yahoo.public_key": ""}, "yahoo_key_refused"),
        ({"seller_id": "somebody-else"}, "yahoo_key_refused"),
    ],
)
def test_a_wrong_key_or_store_is_refused_after_one_more_try(
    server: RunningServer[YahooServer], changes: dict[str, str], code: str
) -> None:
    with pytest.raises(Unauthorised, match=code):
        connect(account(server, **changes)).check()
    assert calls(server, "orderCount") == 2


def test_a_store_that_did_not_apply(server: RunningServer[YahooServer], api: YahooApi) -> None:
    (client,) = server.app.gate.clients.values()
    client.permitted = False
    with pytest.raises(Unauthorised) as caught:
        api.check()
    assert caught.value.code == "yahoo_not_permitted"
    assert "px-04307" in str(caught.value.values["answer"])


def test_wrong_secret(server: RunningServer[YahooServer]) -> None:
    wrong = replace(account(server), secret=lambda field: "nonsense")
    with pytest.raises(Unauthorised, match="yahoo_client_refused"):
        connect(wrong).check()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"seller_id": ""}, "yahoo_seller_id_missing"), ({"yahoo.client_id": ""}, "yahoo_client_missing")],
)
def test_what_is_missing_is_named_before_anything_is_called(
    server: RunningServer[YahooServer], changes: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        connect(account(server, **changes))
    assert server.app.calls == []


def test_logging_in_with_a_code(server: RunningServer[YahooServer]) -> None:
    kept: dict[str, str] = {}
    memory: dict[str, str] = {}
    shop = account(server, memory, kept)
    address = login(shop).address()
    assert address.startswith(
        f"{server.url}/yconnect/v2/authorization?response_type=code&client_id=practice-client-id"
    )
    code = agree(address)
    login(shop).finish(f"{REDIRECT}?code={code}&state={memory[STATE]}")
    assert kept["yahoo_refresh_token"].startswith("practice-refresh-")
    assert (memory[LOGIN_DAY], STATE in memory) == (today().isoformat(), False)
    assert connect(shop).check() == "net.check_ok"


def agree(address: str) -> str:
    """What the page shows once the owner agreed."""
    import urllib.request

    with urllib.request.urlopen(address) as answer:
        page: str = answer.read().decode()
    return page.partition("code: ")[2].partition("<")[0]


def test_a_code_of_another_login_or_twice_is_refused(server: RunningServer[YahooServer]) -> None:
    memory: dict[str, str] = {}
    shop = account(server, memory)
    code = agree(login(shop).address())
    with pytest.raises(Refused, match="yahoo_login_state"):
        login(shop).finish(f"{REDIRECT}?code={code}&state=other")
    login(shop).finish(code)
    with pytest.raises(Unauthorised, match="yahoo_code_refused"):
        login(shop).finish(code)


# -- the world --------------------------------------------------------------------------------------------------------


def test_too_many_calls_are_tried_again_when_they_read(
    server: RunningServer[YahooServer], api: YahooApi
) -> None:
    server.app.tricks.ask(Trick("orderInfo", How.BUSY, times=2))
    assert len(api.read(NUMBERS[:1])) == 1
    server.app.tricks.ask(Trick("orderInfo", How.BUSY, times=9))
    with pytest.raises(Throttled, match="yahoo_limit"):
        api.read(NUMBERS[:1])


def test_a_call_a_second_for_each_address(server: RunningServer[YahooServer]) -> None:
    server.app.gate.one_a_second = True
    paced = connect(account(server, **{"api.pace_ms": "1100"}))
    assert len(paced.read(NUMBERS[:2])) == 2
    paced.check()  # another address: not held up
    answers = [call.status for call in server.app.calls if call.function != "token"]
    assert [status for status in answers if status != 401] == [
        200,
        200,
        200,
    ]  # a token may be taken anew before


@pytest.mark.parametrize("how", [How.HTML_500, How.EMPTY_500, How.CUT_BEFORE, How.CUT_AFTER])
def test_reads_are_tried_again(server: RunningServer[YahooServer], api: YahooApi, how: How) -> None:
    server.app.tricks.ask(Trick("orderInfo", how, times=2))
    assert len(api.read(NUMBERS[:1])) == 1


def test_nobody_listens(server: RunningServer[YahooServer]) -> None:
    with pytest.raises(Unreachable):
        connect(account(server, **{"api.url": "http://127.0.0.1:9"})).push([a_confirmation()])


def test_practice_mode_calls_nobody_but_this_computer(server: RunningServer[YahooServer]) -> None:
    for url in ("https://circus.shopping.yahooapis.jp", ""):
        with pytest.raises(Refused, match="net_practice_only"):
            connect(account(server, **{"api.url": url}))
    with pytest.raises(Refused, match="net_practice_only"):
        connect(account(server, **{"yahoo.token_url": "https://auth.login.yahoo.co.jp/yconnect/v2/token"}))


def test_the_real_addresses_are_the_default(server: RunningServer[YahooServer]) -> None:
    outside = replace(account(server, **{"api.url": ""}), practice=False)
    address = login(outside).address()
    assert address.startswith("https://auth.login.yahoo.co.jp/yconnect/v2/authorization?response_type=code")
    assert connect(outside)._calls._session.host == "circus.shopping.yahooapis.jp"
    test = replace(
        account(server, **{"api.url": "https://test.circus.shopping.yahooapis.jp"}), practice=False
    )
    assert login(test).address().startswith("https://auth.login.yahoo.co.jp/")
