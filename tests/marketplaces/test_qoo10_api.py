"""The connector against the practice marketplace over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel, Promise, SendState
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Order, OrderId, OrderState
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import MarketplaceApi, PromisingApi, ShopAccount
from jpship_gui.marketplaces.qoo10 import connect as connecting
from jpship_gui.marketplaces.qoo10.api import Reply, Sending, reply_of, time_text
from jpship_gui.marketplaces.qoo10.connect import connect
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.qoo10.play import QooPlay
from jpship_gui.practice.qoo10.samples import Row, numbers_of, qoo10_rows
from jpship_gui.practice.qoo10.server import QooServer
from jpship_gui.practice.qoo10.shops import MAIN, PASSWORD, USER, open_shop
from jpship_gui.practice.running_server import RunningServer

Server = RunningServer[QooServer]
BULK, SINGLE = "SetSendingInfoBulk", "SetSendingInfo"


def a_day() -> Any:
    return to_jst(now_utc()).date() - timedelta(days=1)


def rows_of_yesterday(orders: int = 5) -> list[Row]:
    return qoo10_rows(orders, day=a_day(), plain=True)


@pytest.fixture
def rows() -> list[Row]:
    return rows_of_yesterday()


@pytest.fixture
def server(rows: list[Row]) -> Iterator[Server]:
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    with RunningServer(QooServer(play)) as running:
        yield running


class Known:
    """Orders as a desk's database would give them."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}

    def __call__(self, numbers: Any) -> Mapping[str, Order]:
        return {n: self.orders[n] for n in numbers if n in self.orders}


def account(server: Server, known: Known | None = None, **changes: str) -> ShopAccount:
    settings = {"api.url": server.url, "api.pace_ms": "0", "api.timeout_s": "2", **changes}
    secret = MAIN.secrets.__getitem__
    return ShopAccount(MAIN.name, "qoo10", settings, secret, practice=True, known=known or Known())


def fetched(
    server: Server, known: Known | None = None, days: int = 30, **changes: str
) -> list[Order | Rejection]:
    now = now_utc()
    api = connect(account(server, known, **changes))
    return list(api.fetch(now - timedelta(days=days), now, lambda done, total: None))


def a_confirmation(
    rows: list[Row], cart: int = 0, number: str = "400000000003", **changes: Any
) -> Confirmation:
    name, lines = list(numbers_of(rows).items())[cart]
    made = Confirmation(
        OrderId("qoo10", MAIN.name, name),
        "",
        f"KEY{cart}",
        to_jst(now_utc()).date(),
        (ConfirmedParcel(f"KEY{cart}", "yamato", "ヤマト宅急便", number),),
        tuple(ConfirmedLine(line, 1) for line in lines),
        ordered_at=now_utc() - timedelta(days=1),
    )
    return replace(made, **changes)


def told(server: Server) -> list[tuple[str, str]]:
    """Every order number as often as it was accepted."""
    return sorted(server.app.play.shops[MAIN.number].told)


def calls(server: Server) -> list[str]:
    return [call.function for call in server.app.calls]


# -- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["auto", "3", "2"])
def test_fetches_whole_carts(server: Server, rows: list[Row], version: str) -> None:
    orders = fetched(server, **{"qoo10.api_version": version})
    found = {o.id.number: [line.line_id for line in o.lines] for o in orders if isinstance(o, Order)}
    assert found == numbers_of(rows)
    asked = {"2": "GetShippingInfo_v2"}.get(version, "GetShippingInfo_v3")
    assert calls(server) == [asked] * 3 + ["GetClaimInfo_V3"] * 3


def test_a_service_without_v3_is_asked_in_v2_from_then_on(server: Server, rows: list[Row]) -> None:
    server.app.play.without.add("GetShippingInfo_v3")
    assert len(fetched(server)) == len(numbers_of(rows))
    assert calls(server)[:4] == ["GetShippingInfo_v3", *["GetShippingInfo_v2"] * 3]
    with pytest.raises(WorldFault, match="qoo10_no_such_call"):
        fetched(server, **{"qoo10.api_version": "3"})


def test_a_long_period_is_asked_in_pieces_of_ninety_days(server: Server, rows: list[Row]) -> None:
    assert len(fetched(server, days=200)) == len(numbers_of(rows))
    assert calls(server).count("GetShippingInfo_v3") == 9
    assert calls(server).count("GetClaimInfo_V3") == 9


def test_unpaid_carts_wait(server: Server, rows: list[Row]) -> None:
    server.app.play.change(rows[0]["カート番号"], {"STATE": "1", "入金日": ""})
    orders = {o.id.number: o for o in fetched(server) if isinstance(o, Order)}
    assert orders[rows[0]["カート番号"]].state is OrderState.UNCONFIRMED


def test_a_cart_partly_on_its_way_is_read_whole(server: Server, rows: list[Row]) -> None:
    cart, lines = next((c, n) for c, n in numbers_of(rows).items() if len(n) > 1)
    server.app.play.change(lines[0], {"STATE": "4", "送り状番号": "400000000014"})
    (order,) = (o for o in fetched(server) if isinstance(o, Order) and o.id.number == cart)
    assert {line.line_id for line in order.lines} == set(lines)
    assert [(p.line_id, p.tracking_no) for p in order.packages[0].registered] == [(lines[0], "400000000014")]
    assert [finding.code for finding in order.findings] == ["number_registered"]


def test_cancellations_are_seen(server: Server, rows: list[Row]) -> None:
    known = Known()
    known.orders = {o.id.number: o for o in fetched(server) if isinstance(o, Order)}
    carts = list(numbers_of(rows).items())
    many, lines = next((c, n) for c, n in carts if len(n) > 1)
    server.app.play.change(carts[0][0], {"CLAIM": "3"})  # gone from every search
    server.app.play.change(carts[2][0], {"CLAIM": "1"})
    server.app.play.change(lines[0], {"CLAIM": "2"})
    orders = {o.id.number: o for o in fetched(server, known) if isinstance(o, Order)}
    assert orders[carts[0][0]].state is OrderState.CANCELLED
    assert orders[carts[0][0]].packages == known.orders[carts[0][0]].packages
    assert orders[carts[2][0]].state is OrderState.CANCELLING
    assert orders[many].state is OrderState.CHANGING


def test_a_cancelled_cart_nobody_knew_is_none_of_ours(server: Server, rows: list[Row]) -> None:
    cart = rows[0]["カート番号"]
    server.app.play.change(cart, {"CLAIM": "3"})
    assert cart not in {o.id.number for o in fetched(server) if isinstance(o, Order)}


def test_a_cart_that_makes_no_sense_does_not_spoil_the_others(server: Server, rows: list[Row]) -> None:
    shop = server.app.play.shops[MAIN.number]
    line = rows[0]["注文番号"]
    before = connecting.fields_of

    def spoilt(record: Any, version: str) -> dict[str, str]:
        fields = before(record, version)
        return {**fields, "line.quantity": "many"} if fields.get("line.id") == line else fields

    connecting.fields_of = spoilt  # type: ignore[assignment]
    try:
        found = fetched(server)
    finally:
        connecting.fields_of = before
    (rejection,) = (one for one in found if isinstance(one, Rejection))
    assert (rejection.order, rejection.column, rejection.value) == (
        shop.rows[line]["カート番号"],
        "line.quantity",
        "many",
    )
    assert len(found) == len(numbers_of(rows))


@pytest.mark.parametrize("many", [False, True], ids=["singly", "by period"])
def test_read_shows_what_became_of_known_carts(many: bool) -> None:
    rows = rows_of_yesterday(12 if many else 4)
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    with RunningServer(QooServer(play)) as server:
        known = Known()
        known.orders = {o.id.number: o for o in fetched(server) if isinstance(o, Order)}
        carts = list(numbers_of(rows))
        play.change(
            carts[0],
            {"STATE": "4", "送り状番号": "400000000003", "配送会社": "ヤマト宅急便", "発送日": "2026/11/27"},
        )
        play.change(carts[2], {"CLAIM": "3"})
        server.app.calls.clear()
        orders = {o.id.number: o for o in connect(account(server, known)).read(carts)}
        singly = "GetShippingAndClaimInfoByOrderNo_V2"
        assert (singly in calls(server)) is not many
        assert orders.keys() == set(carts)
        assert orders[carts[0]].state is OrderState.SHIPPED
        assert {p.tracking_no for p in orders[carts[0]].packages[0].registered} == {"400000000003"}
        assert orders[carts[2]].state is OrderState.CANCELLED
        same = {n: o for n, o in orders.items() if n not in (carts[0], carts[2])}
        assert same == {n: known.orders[n] for n in same}


def test_unknown_numbers_are_absent(server: Server) -> None:
    assert connect(account(server)).read(["1"]) == []
    assert connect(account(server)).read([]) == []


def test_young_carts_are_found_without_a_memory(server: Server, rows: list[Row]) -> None:
    carts = list(numbers_of(rows))
    assert [o.id.number for o in connect(account(server)).read(carts[:2])] == carts[:2]


# -- telling ----------------------------------------------------------------------------------------------------------


def test_every_order_number_of_a_cart_is_told_once(server: Server, rows: list[Row]) -> None:
    cart, lines = list(numbers_of(rows).items())[1]
    assert len(lines) == 2
    (result,) = connect(account(server)).push([a_confirmation(rows, 1)])
    assert (result.state, result.detail_ids) == (SendState.ACCEPTED, (("KEY1", lines[0]),))
    assert told(server) == [(line, "400000000003") for line in lines]
    assert [
        (r["order"], r["line"], r["tracking_no"], r["carrier"], r["times"]) for r in server.app.record()
    ] == [(cart, line, "400000000003", "ヤマト宅急便", 1) for line in lines]


def test_pushing_again_tells_nothing_more(server: Server, rows: list[Row]) -> None:
    api = connect(account(server))
    api.push([a_confirmation(rows)])
    (again,) = api.push([a_confirmation(rows)])
    assert (again.state, again.code) == (SendState.ACCEPTED, "already_registered")
    assert len(told(server)) == 1
    assert calls(server).count(BULK) == 1


def test_only_what_is_missing_of_a_cart_is_told(server: Server, rows: list[Row]) -> None:
    _, lines = list(numbers_of(rows).items())[1]
    api = connect(account(server))
    server.app.tricks.ask(Trick(BULK, How.PARTIAL))
    (partly,) = api.push([a_confirmation(rows, 1)])
    assert (partly.state, partly.code) == (SendState.REFUSED, "partly_told")
    assert partly.message == f"{lines[1]} 配送情報を登録できない注文です。 (-10103)"
    assert [line for line, _ in told(server)] == lines[:1]
    (rest,) = api.push([a_confirmation(rows, 1)])
    assert rest.state is SendState.ACCEPTED
    assert [line for line, _ in told(server)] == lines  # the first one not a second time


def test_every_line_is_told_the_number_of_the_box_it_lies_in(server: Server, rows: list[Row]) -> None:
    lines = list(numbers_of(rows).values())[1]
    boxes = tuple(
        ConfirmedParcel(f"BOX{n}", "yamato", "ヤマト宅急便", number, lines=(ConfirmedLine(line, 1),))
        for n, (line, number) in enumerate(zip(lines, ("400000000003", "400000000014"), strict=True))
    )
    (result,) = connect(account(server)).push([a_confirmation(rows, 1, parcels=boxes)])
    assert result.state is SendState.ACCEPTED
    assert told(server) == [(lines[0], "400000000003"), (lines[1], "400000000014")]
    assert dict(result.detail_ids) == {"BOX0": lines[0], "BOX1": lines[1]}


def test_the_ship_date_cannot_be_told(server: Server) -> None:
    assert marketplaces()["qoo10"].shows == {"carrier"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"STATE": "1"}, "order_unconfirmed"),
        ({"CLAIM": "1"}, "order_cancelling"),
        ({"CLAIM": "2"}, "order_cancelling"),
        ({"CLAIM": "3"}, "order_cancelled"),
        ({"STATE": "4", "送り状番号": "400000000014"}, "order_shipped_otherwise"),
    ],
)
@pytest.mark.parametrize("many", [False, True], ids=["singly", "by period"])
def test_carts_that_must_not_be_told(change: dict[str, str], code: str, many: bool) -> None:
    rows = rows_of_yesterday(12 if many else 3)
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    with RunningServer(QooServer(play)) as server:
        play.change(rows[0]["カート番号"], change)
        wanted = [a_confirmation(rows, n, f"40000000{n:04d}") for n in range(12 if many else 2)]
        results = {r.shipment_key: r for r in connect(account(server)).push(wanted)}
        assert (results["KEY0"].state, results["KEY0"].code) == (SendState.REFUSED, code)
        assert {r.state for key, r in results.items() if key != "KEY0"} == {SendState.ACCEPTED}
        assert rows[0]["注文番号"] not in [line for line, _ in told(server)]


def test_unknown_order_numbers_are_refused(server: Server, rows: list[Row]) -> None:
    stranger = a_confirmation(rows, lines=(ConfirmedLine("999999999", 1),))
    (result,) = connect(account(server)).push([stranger])
    assert (result.state, result.code) == (SendState.REFUSED, "order_unknown")


def test_a_correction_is_sent_and_its_answer_decides(server: Server, rows: list[Row]) -> None:
    api = connect(account(server))
    api.push([a_confirmation(rows)])
    right = ConfirmedParcel("KEY0", "yamato", "ヤマト宅急便", "400000000014", detail_id=rows[0]["注文番号"])
    (result,) = api.push([a_confirmation(rows, parcels=(right,))])
    assert (result.state, result.code) == (SendState.REFUSED, "-10103")  # practice keeps the first number


def test_hundreds_of_order_numbers_go_in_packs_of_five_hundred() -> None:
    rows = [
        {**row, "注文番号": str(920_000_000 + n * 10 + k)}
        for n, row in enumerate(qoo10_rows(100, day=a_day(), plain=True)[:100])
        for k in range(6)
    ]
    rows = [{**row, "カート番号": str(130_000_000 + n // 6)} for n, row in enumerate(rows)]
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    with RunningServer(QooServer(play)) as server:
        wanted = [a_confirmation(rows, n, f"40000000{n:04d}") for n in range(100)]
        api = connect(account(server))
        assert api.push_size == 100
        results = api.push(wanted)
        assert {result.state for result in results} == {SendState.ACCEPTED}
        assert len(told(server)) == 600
        assert [len(c.numbers) for c in server.app.calls if c.function == BULK] == [498, 102]


@pytest.mark.parametrize(
    ("how", "state", "registered"),
    [
        (How.SILENT, SendState.DOUBTFUL, 2),
        (How.DEAF, SendState.DOUBTFUL, 0),
        (How.HTML_500, SendState.DOUBTFUL, 0),
        (How.ACCEPTED_500, SendState.DOUBTFUL, 2),
        (How.EMPTY_500, SendState.DOUBTFUL, 0),
        (How.CUT_BEFORE, SendState.DOUBTFUL, 0),
        (How.CUT_AFTER, SendState.DOUBTFUL, 2),
        (How.WRONG_ORDER, SendState.DOUBTFUL, 2),
        (How.BUSY, SendState.WAITING, 0),
        (How.EXPIRED, SendState.WAITING, 0),
        (How.TWICE, SendState.ACCEPTED, 2),
        (How.LATE, SendState.ACCEPTED, 2),
    ],
)
def test_one_write_that_goes_wrong(
    server: Server, rows: list[Row], how: How, state: SendState, registered: int
) -> None:
    seconds = 0.1 if how is How.LATE else 2.0
    server.app.tricks.ask(Trick(BULK, how, seconds=seconds))
    api = connect(account(server))
    (result,) = api.push([a_confirmation(rows, 1)])
    assert (result.state, len(told(server))) == (state, registered)
    (second,) = api.push([a_confirmation(rows, 1)])  # as after reading back
    assert second.state is SendState.ACCEPTED
    assert len(told(server)) == 2


def test_a_fault_of_the_first_look_is_raised_and_nothing_was_told(server: Server, rows: list[Row]) -> None:
    server.app.tricks.ask(Trick("GetShippingAndClaimInfoByOrderNo_V2", How.HTML_500, times=9))
    with pytest.raises(Unanswered):
        connect(account(server)).push([a_confirmation(rows)])
    assert told(server) == []


def test_an_answer_that_fails_and_has_rows_accepts_nobody(server: Server, rows: list[Row]) -> None:
    api = connect(account(server))
    honest = api._calls.set_sending_bulk

    def contradicting(sent: Any) -> Any:
        return replace(honest(sent), code="-10001", message="parameter")

    api._calls.set_sending_bulk = contradicting  # type: ignore[method-assign]
    (result,) = api.push([a_confirmation(rows, 1)])
    assert result.state in (SendState.DOUBTFUL, SendState.REFUSED)
    (second,) = connect(account(server)).push([a_confirmation(rows, 1)])
    assert (second.state, len(told(server))) == (SendState.ACCEPTED, 2)


def test_a_service_without_the_bulk_call_is_told_one_by_one(server: Server, rows: list[Row]) -> None:
    server.app.play.without.add(BULK)
    results = connect(account(server)).push([a_confirmation(rows), a_confirmation(rows, 1, "400000000014")])
    assert {result.state for result in results} == {SendState.ACCEPTED}
    assert calls(server).count(SINGLE) == len(told(server)) == 3


@pytest.mark.parametrize(
    ("how", "state", "code", "registered"),
    [
        (How.PARTIAL, SendState.REFUSED, "partly_told", 1),
        (How.BUSY, SendState.WAITING, "net_throttled", 0),
        (How.CUT_AFTER, SendState.DOUBTFUL, "net_cut", 1),
    ],
)
def test_one_of_several_single_calls_that_goes_wrong(
    server: Server, rows: list[Row], how: How, state: SendState, code: str, registered: int
) -> None:
    server.app.play.without.add(BULK)
    server.app.tricks.ask(Trick(SINGLE, how))
    api = connect(account(server))
    (result,) = api.push([a_confirmation(rows, 1)])
    assert (result.state, result.code, len(told(server))) == (state, code, registered)
    (second,) = api.push([a_confirmation(rows, 1)])
    assert (second.state, len(told(server))) == (SendState.ACCEPTED, 2)


def test_a_single_call_that_fails_after_others_leaves_the_cart_doubtful(
    server: Server, rows: list[Row]
) -> None:
    server.app.play.without.add(BULK)
    api = connect(account(server))
    honest, sent = api._calls.set_sending, 0

    def breaking(row: Sending) -> Reply:
        nonlocal sent
        sent += 1
        if sent == 2:
            raise Throttled("net_throttled", host="x")
        return honest(row)

    api._calls.set_sending = breaking  # type: ignore[method-assign]
    (result,) = api.push([a_confirmation(rows, 1)])
    assert (result.state, len(told(server))) == (SendState.DOUBTFUL, 1)


def test_one_bad_cart_does_not_keep_the_others_out(server: Server, rows: list[Row]) -> None:
    bad = ConfirmedParcel("KEY0", "yamato", "長" * 201, "400000000003")
    results = {
        r.shipment_key: r
        for r in connect(account(server)).push(
            [a_confirmation(rows, parcels=(bad,)), a_confirmation(rows, 1)]
        )
    }
    assert (results["KEY0"].state, results["KEY0"].code) == (SendState.REFUSED, "-10001")
    assert results["KEY1"].state is SendState.ACCEPTED


# -- promising --------------------------------------------------------------------------------------------------------


def a_promise(row: Row, days: int = 2) -> Promise:
    day = to_jst(now_utc()).date() + timedelta(days=days)
    return Promise(OrderId("qoo10", MAIN.name, row["カート番号"]), (row["注文番号"],), day)


def test_a_promise_accepts_the_order_and_gives_its_date(server: Server, rows: list[Row]) -> None:
    api = connect(account(server))
    assert isinstance(api, PromisingApi)
    waiting = next(row for row in rows if row["STATE"] == "2")
    (result,) = api.promise([a_promise(waiting)])
    assert (result.state, result.code) == (SendState.ACCEPTED, "")
    assert result.ship_by is not None
    row = server.app.play.shops[MAIN.number].rows[waiting["注文番号"]]
    assert (row["STATE"], row["発送予定日"]) == ("3", f"{to_jst(result.ship_by):%Y/%m/%d}")
    (again,) = api.promise([a_promise(waiting, 3)])
    assert (again.state, again.code, again.ship_by) == (SendState.ACCEPTED, "already_promised", None)


@pytest.mark.parametrize(("days", "code"), [(0, "-10018"), (4, "-10017")])
def test_dates_that_are_refused(server: Server, rows: list[Row], days: int, code: str) -> None:
    waiting = next(row for row in rows if row["STATE"] == "2")
    (result,) = connect(account(server)).promise([a_promise(waiting, days)])
    assert (result.state, result.code) == (SendState.REFUSED, code)
    assert code in result.message


@pytest.mark.parametrize(
    ("how", "state"),
    [
        (How.CUT_AFTER, SendState.DOUBTFUL),
        (How.BUSY, SendState.WAITING),
        (How.EXPIRED, SendState.WAITING),
        (How.WRONG_ORDER, SendState.DOUBTFUL),
    ],
)
def test_a_promise_that_goes_wrong(server: Server, rows: list[Row], how: How, state: SendState) -> None:
    waiting = next(row for row in rows if row["STATE"] == "2")
    server.app.tricks.ask(Trick("SetSellerCheckYNBulk", how))
    (result,) = connect(account(server)).promise([a_promise(waiting)])
    assert result.state is state


def test_the_name_of_the_date_can_be_changed(server: Server, rows: list[Row]) -> None:
    waiting = next(row for row in rows if row["STATE"] == "2")
    other = connect(account(server, **{"qoo10.promise_field": "ShippingDate"}))
    (result,) = other.promise([a_promise(waiting)])
    assert (result.state, result.code) == (SendState.REFUSED, "-10016")  # practice keeps to the guide
    both = connect(account(server, **{"qoo10.promise_field": "both"}))
    (result,) = both.promise([a_promise(waiting)])
    assert result.state is SendState.ACCEPTED


def test_nothing_is_promised_by_itself_unless_the_shop_says_so(server: Server, rows: list[Row]) -> None:
    connect(account(server)).push([a_confirmation(rows)])
    assert not any(name.startswith("SetSellerCheck") for name in calls(server))
    assert {row["STATE"] for row in rows if row["カート番号"] == list(numbers_of(rows))[2]} == {"2"}
    (result,) = connect(account(server, **{"qoo10.promise_on_send": "on"})).push([a_confirmation(rows, 2)])
    assert result.state is SendState.ACCEPTED
    assert calls(server)[-2:] == ["SetSellerCheckYNBulk", BULK]


def test_a_service_without_the_bulk_call_is_promised_one_by_one(server: Server, rows: list[Row]) -> None:
    server.app.play.without.add("SetSellerCheckYNBulk")
    cart = list(numbers_of(rows))[2]
    promises = [a_promise(row) for row in rows if row["カート番号"] == cart]
    answers = connect(account(server)).promise(promises)
    assert {answer.state for answer in answers} == {SendState.ACCEPTED}
    assert {
        row["STATE"] for row in server.app.play.shops[MAIN.number].rows.values() if row["カート番号"] == cart
    } == {"3"}
    assert calls(server).count("SetSellerCheckYN_V2") == len(promises)


def test_without_its_promise_a_cart_is_not_told(server: Server, rows: list[Row]) -> None:
    api = connect(account(server, **{"qoo10.promise_on_send": "on"}))
    server.app.tricks.ask(Trick("SetSellerCheckYNBulk", How.CUT_AFTER))
    (result,) = api.push([a_confirmation(rows)])
    assert (result.state, told(server)) == (SendState.WAITING, [])


# -- keys and manners -------------------------------------------------------------------------------------------------


def test_wrong_and_expired_keys_are_told_apart(server: Server, rows: list[Row]) -> None:
    wrong = replace(account(server), secret=lambda field: "nonsense")
    with pytest.raises(Unauthorised, match="qoo10_key_refused"):
        connect(wrong).check()
    server.app.play.shops[MAIN.number].expires = a_day() - timedelta(days=1)
    with pytest.raises(Unauthorised, match="qoo10_key_expired"):
        connect(account(server)).check()


def test_the_api_key_is_no_certification_key(server: Server) -> None:
    swapped = replace(account(server), secret=lambda field: MAIN.secrets["qsm_api_key"])
    with pytest.raises(Unauthorised, match="qoo10_key_refused"):
        connect(swapped).check()


def test_a_login_gives_a_new_key(server: Server) -> None:
    certify = marketplaces()["qoo10"].certify
    assert certify is not None
    made = certify(account(server), USER, PASSWORD)
    assert (made.secret, made.settings) == (
        "certification_key",
        {"certified_on": to_jst(now_utc()).date().isoformat()},
    )
    fresh = replace(account(server), secret=lambda field: made.value)
    assert connect(fresh).check() == "net.check_ok"
    with pytest.raises(Unauthorised):
        connect(account(server)).check()  # the old one has ended
    with pytest.raises(WorldFault, match="qoo10_refused_call") as refused:
        certify(account(server), USER, "wrong")
    assert PASSWORD not in str(refused.value)


def test_check_tells_when_the_key_ends(server: Server) -> None:
    today = to_jst(now_utc()).date()
    for days, answer in ((10, "net.check_ok"), (310, "net.check_expires_soon")):
        given = (today - timedelta(days=days)).isoformat()
        assert connect(account(server, certified_on=given)).check() == answer


def test_keys_stand_in_no_address(server: Server, rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    import requests

    seen: list[str] = []
    send = requests.Session.send

    def watching(self: requests.Session, request: Any, **more: Any) -> Any:
        seen.append(f"{request.url} {request.body!r}")
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", watching)
    connect(account(server)).push([a_confirmation(rows)])
    assert len(seen) == 2
    assert not any(MAIN.secrets["certification_key"] in line for line in seen)


def test_two_calls_a_second_unless_the_shop_says_otherwise(server: Server) -> None:
    unsaid = {k: v for k, v in account(server).settings.items() if k != "api.pace_ms"}
    session = connecting.session_of(replace(account(server), settings=unsaid))
    assert session._manner.pace == 0.5
    assert connecting.session_of(account(server))._manner.pace == 0


def test_nobody_listens(rows: list[Row]) -> None:
    settings = {"api.url": "http://127.0.0.1:9", "api.pace_ms": "0"}
    lonely = ShopAccount(MAIN.name, "qoo10", settings, MAIN.secrets.__getitem__, practice=True)
    with pytest.raises(Unreachable):
        connect(lonely).push([a_confirmation(rows)])


def test_practice_mode_calls_nobody_but_this_computer(server: Server) -> None:
    with pytest.raises(Refused, match="net_practice_only"):
        connect(account(server, **{"api.url": ""}))  # the real marketplace is the default


def test_results_of_nothing_handed_in_are_doubtful(server: Server, rows: list[Row]) -> None:
    api: MarketplaceApi = connect(account(server))
    (result,) = api.results("x", [a_confirmation(rows)])
    assert result.state is SendState.DOUBTFUL


@pytest.mark.parametrize(
    ("raw", "code", "records"),
    [
        (b'{"ResultCode":"0","ResultMsg":"SUCCESS","ResultObject":[{"OrderNo":1}]}', "0", 1),
        (b'{"resultcode":0,"resultobject":{"ClaimInfo":[{"a":1},{"a":2}]}}', "0", 2),
        (b'{"ResultCode":0,"ResultObject":{"orderNo":1,"list":[]}}', "0", 1),
        (b'{"ErrorCode":-90001,"ErrorMsg":"no"}', "-90001", 0),
        (b'\xef\xbb\xbf{"ResultCode":0,"ResultObject":null}', "0", 0),
        (b'{"ResultCode":0,"ResultObject":""}', "0", 0),
    ],
)
def test_replies_in_every_spelling(raw: bytes, code: str, records: int) -> None:
    reply = reply_of(raw, 200, "host")
    assert (reply.code, len(reply.records)) == (code, records)


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b'{"other":1}', b"\xff"])
def test_what_is_no_reply_is_no_answer(raw: bytes) -> None:
    with pytest.raises(Unanswered, match="net_bad_answer"):
        reply_of(raw, 200, "host")


def test_times_are_japans() -> None:
    from datetime import UTC, datetime

    assert time_text(datetime(2026, 11, 20, 15, 0, 1, tzinfo=UTC)) == "20261121000001"
