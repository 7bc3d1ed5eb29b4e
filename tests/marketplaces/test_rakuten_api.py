"""The connector against the practice marketplace over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedParcel, SendState
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import OrderId, OrderState
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.rakuten.connect import RakutenApi, connect
from jpship_gui.net.faults import Unanswered, Unauthorised, Unreachable
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from tests.practice.rakuten_rows import a_row

ROWS = [a_row(serial) for serial in range(1, 6)]
NUMBERS = [row["注文番号"] for row in ROWS]


@pytest.fixture
def server() -> Iterator[RunningServer[RakutenServer]]:
    play = RakutenPlay(now_utc, result_delay=0)
    open_shop(play, MAIN, list(ROWS))
    with RunningServer(RakutenServer(play)) as running:
        yield running


def account(server: RunningServer[RakutenServer], **changes: str) -> ShopAccount:
    settings = {"api.url": server.url, "api.pace_ms": "0", "api.timeout_s": "2", **changes}
    return ShopAccount(MAIN.name, "rakuten", settings, MAIN.secrets.__getitem__, practice=True)


@pytest.fixture(params=["off", "on"], ids=["async", "sync"])
def api(server: RunningServer[RakutenServer], request: pytest.FixtureRequest) -> RakutenApi:
    return connect(account(server, **{"rakuten.sync": request.param}))


def a_confirmation(serial: int = 1, number: str = "400000000003", **changes: object) -> Confirmation:
    row = ROWS[serial - 1]
    key = f"KEY{serial}"
    parcel = ConfirmedParcel(key, "yamato", "1001", number)
    made = Confirmation(
        OrderId("rakuten", MAIN.name, row["注文番号"]),
        row["送付先ID"],
        key,
        to_jst(now_utc()).date(),
        (parcel,),
    )
    return replace(made, **changes)


def settle(api: RakutenApi, confirmation: Confirmation) -> SendState:
    """Push and, where the answer comes later, ask for it."""
    (result,) = api.push([confirmation])
    if result.state is SendState.SENDING:
        (result,) = api.results(result.request_id, [confirmation])
    return result.state


def test_fetches_every_open_order_in_its_period(server: RunningServer[RakutenServer]) -> None:
    api = connect(account(server))
    steps: list[tuple[int, int]] = []
    now = now_utc()
    orders = list(api.fetch(now - timedelta(days=200), now, lambda done, total: steps.append((done, total))))
    assert [order.id.number for order in orders] == NUMBERS
    assert orders[0].state is OrderState.TO_SHIP
    assert steps[-1] == (5, 5)
    spans = [call for call in server.app.calls if call.function == "searchOrder"]
    assert len(spans) == 4  # 200 days in pieces of 63


def test_more_orders_than_one_call_takes(server: RunningServer[RakutenServer]) -> None:
    rows = [a_row(serial) for serial in range(1, 251)]
    open_shop(server.app.play, MAIN, list(rows))
    numbers = [row["注文番号"] for row in rows]
    assert [order.id.number for order in connect(account(server)).read(numbers)] == numbers
    asked = [len(call.numbers) for call in server.app.calls if call.function == "getOrder"]
    assert asked == [100, 100, 50]


def test_unknown_numbers_are_absent(api: RakutenApi) -> None:
    assert api.read(["900001-20260101-0000000099"]) == []


def test_a_report_is_registered_once_and_seen_in_the_next_reading(
    server: RunningServer[RakutenServer], api: RakutenApi
) -> None:
    confirmation = a_confirmation()
    assert settle(api, confirmation) is SendState.ACCEPTED
    (record,) = server.app.play.record()
    assert (record["shippingNumber"], record["deliveryCompany"]) == ("400000000003", "1001")
    assert record["shippingDate"] == confirmation.ship_date.isoformat()
    (order,) = api.read([confirmation.order_id.number])
    (parcel,) = order.packages[0].registered
    assert (parcel.detail_id, parcel.tracking_no) == (str(record["shippingDetailId"]), "400000000003")
    assert order.state is OrderState.TO_SHIP  # moves at night


def test_pushing_again_registers_nothing_more(server: RunningServer[RakutenServer], api: RakutenApi) -> None:
    settle(api, a_confirmation())
    (again,) = api.push([a_confirmation()])
    assert (again.state, again.code) == (SendState.ACCEPTED, "already_registered")
    assert again.detail_ids == (("KEY1", str(server.app.play.record()[0]["shippingDetailId"])),)
    assert len(server.app.play.record()) == 1


def test_a_row_without_number_is_filled_in(server: RunningServer[RakutenServer], api: RakutenApi) -> None:
    half = {"shippingDetailId": 55, "deliveryCompany": "1000", "shippingNumber": None, "shippingDate": None}
    package = server.app.play.shops[MAIN.number].orders[NUMBERS[0]]["PackageModelList"][0]
    package["ShippingModelList"] = [half]
    assert settle(api, a_confirmation()) is SendState.ACCEPTED
    (record,) = server.app.play.record()
    assert (record["shippingDetailId"], record["shippingNumber"]) == (55, "400000000003")


def test_a_known_parcel_is_corrected_not_added(server: RunningServer[RakutenServer], api: RakutenApi) -> None:
    settle(api, a_confirmation())
    detail = str(server.app.play.record()[0]["shippingDetailId"])
    right = ConfirmedParcel("KEY1", "yamato", "1001", "400000000014", detail)
    assert settle(api, a_confirmation(parcels=(right,))) is SendState.ACCEPTED
    assert [r["shippingNumber"] for r in server.app.play.record()] == ["400000000014"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"orderProgress": 100}, "order_unconfirmed"),
        ({"orderProgress": 200}, "order_processing"),
        ({"orderProgress": 400}, "order_changing"),
        ({"orderProgress": 800}, "order_cancelling"),
        ({"orderProgress": 900}, "order_cancelled"),
        ({"orderProgress": 500}, "order_shipped_otherwise"),
        ({"rakutenConfirmFlag": 1}, "order_under_review"),
    ],
)
def test_orders_that_must_not_be_reported(
    server: RunningServer[RakutenServer], api: RakutenApi, change: dict[str, object], code: str
) -> None:
    server.app.play.change_order(NUMBERS[0], change)
    (result,) = api.push([a_confirmation()])
    assert (result.state, result.code) == (SendState.REFUSED, code)
    assert server.app.play.record() == []


def test_unknown_order_and_recipient_are_refused(api: RakutenApi) -> None:
    stranger = a_confirmation(order_id=OrderId("rakuten", MAIN.name, "900001-20260101-0000000099"))
    elsewhere = a_confirmation(2, package_id="1")
    results = {r.shipment_key: r.code for r in api.push([stranger, elsewhere])}
    assert results == {"KEY1": "order_unknown", "KEY2": "package_unknown"}


def test_the_only_recipient_needs_no_id(server: RunningServer[RakutenServer], api: RakutenApi) -> None:
    assert settle(api, a_confirmation(package_id="")) is SendState.ACCEPTED
    assert len(server.app.play.record()) == 1


def test_a_date_the_service_refuses_comes_back_in_its_words(server: RunningServer[RakutenServer]) -> None:
    api = connect(account(server))
    bad = ConfirmedParcel("KEY1", "yamato", "9999", "400000000003")
    results = {r.shipment_key: r for r in api.push([a_confirmation(parcels=(bad,)), a_confirmation(2)])}
    assert results["KEY1"].state is SendState.REFUSED
    assert "deliveryCompany" in results["KEY1"].message
    assert results["KEY2"].state is SendState.SENDING  # the good one does not suffer for the bad one


def test_several_recipients_of_one_order(server: RunningServer[RakutenServer], api: RakutenApi) -> None:
    second = {**ROWS[0], "送付先ID": "2900000001", "商品明細ID": "2900000001", "複数送付先フラグ": "1"}
    open_shop(server.app.play, MAIN, [*ROWS, second])
    other = ConfirmedParcel("KEYB", "yamato", "1001", "400000000014")
    both = [a_confirmation(), a_confirmation(package_id="2900000001", shipment_key="KEYB", parcels=(other,))]
    results = api.push(both)
    if results[0].state is SendState.SENDING:
        results = api.results(results[0].request_id, both)
    assert {r.state for r in results} == {SendState.ACCEPTED}
    baskets = {r["basketId"]: r["shippingNumber"] for r in server.app.play.record()}
    assert baskets == {int(ROWS[0]["送付先ID"]): "400000000003", 2900000001: "400000000014"}


WRITES = "updateOrderShipping"


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
        (How.EXPIRED, SendState.WAITING, 0),
        (How.TWICE, SendState.ACCEPTED, 1),
        (How.LATE, SendState.ACCEPTED, 1),
    ],
)
@pytest.mark.parametrize("sync", ["on", "off"])
def test_one_write_that_goes_wrong(
    server: RunningServer[RakutenServer], how: How, state: SendState, registered: int, sync: str
) -> None:
    api = connect(account(server, **{"rakuten.sync": sync}))
    function = WRITES if sync == "on" else f"{WRITES}Async"
    server.app.tricks.ask(Trick(function, how, seconds=0.2 if how is How.LATE else 3))
    assert settle(api, a_confirmation()) is state
    assert len(server.app.play.record()) == registered
    assert len([call for call in server.app.calls if call.function == function]) == 1
    assert settle(api, a_confirmation()) is SendState.ACCEPTED
    assert len(server.app.play.record()) == 1


@pytest.mark.parametrize("how", [How.HTML_500, How.EMPTY_500, How.CUT_BEFORE, How.BUSY, How.CUT_AFTER])
def test_reads_are_tried_again(server: RunningServer[RakutenServer], how: How) -> None:
    server.app.tricks.ask(Trick("getOrder", how, times=2))
    assert len(connect(account(server)).read(NUMBERS[:1])) == 1


def test_a_read_that_keeps_failing_is_a_fault_of_the_world(server: RunningServer[RakutenServer]) -> None:
    server.app.tricks.ask(Trick("getOrder", How.HTML_500, times=9))
    with pytest.raises(Unanswered) as caught:
        connect(account(server)).push([a_confirmation()])
    assert caught.value.code == "net_server_fault"


@pytest.mark.parametrize(
    ("how", "code"), [(How.EXPIRED, "rakuten_key_refused"), (How.GATEWAY, "rakuten_not_enabled")]
)
def test_refused_keys_are_told_plainly(server: RunningServer[RakutenServer], how: How, code: str) -> None:
    server.app.tricks.ask(Trick("getOrder", how))
    with pytest.raises(Unauthorised) as caught:
        connect(account(server)).read(NUMBERS)
    assert caught.value.code == code


def test_wrong_secret(server: RunningServer[RakutenServer]) -> None:
    wrong = replace(account(server), secret=lambda field: "nonsense")
    with pytest.raises(Unauthorised, match="rakuten_key_refused"):
        connect(wrong).read(NUMBERS)


def test_nobody_listens() -> None:
    settings = {"api.url": "http://127.0.0.1:9", "api.pace_ms": "0"}
    lonely = ShopAccount(MAIN.name, "rakuten", settings, MAIN.secrets.__getitem__, practice=True)
    with pytest.raises(Unreachable) as caught:
        connect(lonely).push([a_confirmation()])
    assert isinstance(caught.value, WorldFault)


def test_practice_mode_calls_nobody_but_this_computer(server: RunningServer[RakutenServer]) -> None:
    with pytest.raises(Refused, match="net_practice_only"):
        connect(account(server, **{"api.url": "https://marketplace.example.jp"}))
    with pytest.raises(Refused, match="net_practice_only"):
        connect(account(server, **{"api.url": ""}))  # the real marketplace is the default


def test_nothing_leaves_unencrypted(server: RunningServer[RakutenServer]) -> None:
    outside = replace(account(server, **{"api.url": "http://marketplace.example.jp"}), practice=False)
    with pytest.raises(Refused, match="net_not_encrypted"):
        connect(outside)


def test_check_tells_when_the_key_ends(server: RunningServer[RakutenServer]) -> None:
    api = connect(account(server))
    assert api.check() == "net.check_ok"
    server.app.play.shops[MAIN.number].expires = date.today() + timedelta(days=5)
    assert api.check() == "net.check_expires_soon"


def test_unready_results_stay_on_their_way(server: RunningServer[RakutenServer]) -> None:
    server.app.play.result_delay = 3600
    api = connect(account(server))
    (result,) = api.push([a_confirmation()])
    (later,) = api.results(result.request_id, [a_confirmation()])
    assert (later.state, later.request_id) == (SendState.SENDING, result.request_id)


def test_some_orders_of_a_report_are_refused(server: RunningServer[RakutenServer]) -> None:
    server.app.tricks.ask(Trick("updateOrderShippingAsync", How.PARTIAL))
    api = connect(account(server))
    batch = [a_confirmation(n, f"40000000000{n}") for n in (1, 2, 3)]
    request_id = api.push(batch)[0].request_id
    results = {r.shipment_key: r for r in api.results(request_id, batch)}
    assert [results[f"KEY{n}"].state.value for n in (1, 2, 3)] == ["accepted", "refused", "accepted"]
    assert results["KEY2"].message == "発送情報を更新できない受注です。"
    assert len(server.app.play.record()) == 2
