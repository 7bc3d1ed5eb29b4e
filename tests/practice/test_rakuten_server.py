"""The practice marketplace as its reference documents it; asked with plain HTTP, without the connector."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.rakuten.server import RakutenServer
from jpship_gui.practice.rakuten.shops import MAIN, SECOND, open_shop
from jpship_gui.practice.running_server import RunningServer
from tests.practice.rakuten_rows import a_row

ROWS = [a_row(serial) for serial in range(1, 4)]
NUMBERS = [row["注文番号"] for row in ROWS]
PREFIX = "ORDER_EXT_API_"


@pytest.fixture
def server() -> Iterator[RunningServer[RakutenServer]]:
    play = RakutenPlay(now_utc, result_delay=0)
    open_shop(play, MAIN, list(ROWS))
    open_shop(play, SECOND, [a_row(1, shop=SECOND.number)])
    with RunningServer(RakutenServer(play)) as running:
        yield running


def ask(
    server: RunningServer[RakutenServer],
    path: str,
    body: object = None,
    *,
    token: str | None = None,
    method: str = "POST",
) -> tuple[int, Any]:
    if not path.startswith("/"):
        path = f"/es/2.0/order/{path}/"
    token = (
        token if token is not None else _token(MAIN.secrets["service_secret"], MAIN.secrets["license_key"])
    )
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    headers = {"Authorization": f"ESA {token}", "Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(
        server.url + path, data if method == "POST" else None, headers, method=method
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as fault:
        with fault:
            raw = fault.read()
        return fault.code, json.loads(raw) if raw else None


def _token(secret: str, key: str) -> str:
    return base64.b64encode(f"{secret}:{key}".encode()).decode()


def codes(answer: Any) -> list[str]:
    return [m["messageCode"].removeprefix(PREFIX) for m in answer["MessageModelList"]]


def a_search(**changes: object) -> dict[str, object]:
    now = to_jst(now_utc())
    times = {"startDatetime": now - timedelta(days=10), "endDatetime": now}
    body = {name: moment.strftime("%Y-%m-%dT%H:%M:%S+0900") for name, moment in times.items()}
    return {"dateType": 1, **body, **changes}


def a_report(number: str = NUMBERS[0], **parcel: object) -> dict[str, Any]:
    given = {"deliveryCompany": "1001", "shippingNumber": "400000000003", "shippingDate": "2026-11-21"}
    basket = int(ROWS[NUMBERS.index(number)]["送付先ID"])
    return {
        "orderNumber": number,
        "BasketidModelList": [{"basketId": basket, "ShippingModelList": [{**given, **parcel}]}],
    }


def test_credentials(server: RunningServer[RakutenServer]) -> None:
    status, answer = ask(server, "searchOrder", a_search(), token=_token("SP", "SL"))
    assert (status, answer["Results"]["errorCode"]) == (401, "GA0001")
    status, answer = ask(server, "searchOrder", a_search(), token="no base64!")
    assert (status, answer["Results"]["errorCode"]) == (400, "GK0001")


def test_an_expired_key_is_refused(server: RunningServer[RakutenServer]) -> None:
    server.app.play.shops[MAIN.number].expires = to_jst(now_utc()).date() - timedelta(days=1)
    assert ask(server, "searchOrder", a_search())[0] == 401


def test_only_post_and_known_functions(server: RunningServer[RakutenServer]) -> None:
    assert ask(server, "searchOrder", method="GET")[0] == 405
    assert ask(server, "inventOrder", {})[0] == 404


def test_body_that_is_no_json_and_escaped_japanese_are_refused(server: RunningServer[RakutenServer]) -> None:
    assert ask(server, "searchOrder", b"{")[0] == 400
    escaped = json.dumps({**a_search(), "searchKeyword": "青"}).encode()
    assert ask(server, "searchOrder", escaped)[0] == 400


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"dateType": None}, "SEARCH_ORDER_ERROR_009"),
        ({"startDatetime": None}, "SEARCH_ORDER_ERROR_009"),
        ({"startDatetime": "2026-11-01T00:00:00+09:00"}, "SEARCH_ORDER_ERROR_011"),
        ({"startDatetime": "2026-01-01T00:00:00+0900"}, "SEARCH_ORDER_ERROR_011"),
        ({"PaginationRequestModel": {"requestRecordsAmount": 1001}}, "SEARCH_ORDER_ERROR_011"),
        ({"dateType": 7}, "SEARCH_ORDER_ERROR_011"),
    ],
)
def test_searches_refused(server: RunningServer[RakutenServer], change: dict[str, object], code: str) -> None:
    status, answer = ask(server, "searchOrder", a_search(**change))
    assert (status, codes(answer)) == (400, [code])
    assert answer["orderNumberList"] is None


def test_search_pages(server: RunningServer[RakutenServer]) -> None:
    paging = {"requestRecordsAmount": 2, "requestPage": 2}
    status, answer = ask(server, "searchOrder", a_search(PaginationRequestModel=paging))
    assert (status, answer["orderNumberList"]) == (200, NUMBERS[2:])
    assert answer["PaginationResponseModel"] == {
        "totalRecordsAmount": 3,
        "totalPages": 2,
        "requestPage": 2,
    }


def test_nothing_found(server: RunningServer[RakutenServer]) -> None:
    _, answer = ask(server, "searchOrder", a_search(orderProgressList=[900]))
    assert (codes(answer), answer["orderNumberList"]) == (["SEARCH_ORDER_INFO_102"], [])
    assert set(answer["PaginationResponseModel"].values()) == {None}


def test_orders_of_another_shop_do_not_exist(server: RunningServer[RakutenServer]) -> None:
    other = a_row(1, shop=SECOND.number)["注文番号"]
    _, answer = ask(server, "getOrder", {"orderNumberList": [other, NUMBERS[0]], "version": 10})
    assert [order["orderNumber"] for order in answer["OrderModelList"]] == NUMBERS[:1]


def test_get_order_limits(server: RunningServer[RakutenServer]) -> None:
    assert codes(ask(server, "getOrder", {"orderNumberList": NUMBERS})[1]) == ["GET_ORDER_ERROR_009"]
    many = {"orderNumberList": [f"x{n}" for n in range(101)], "version": 10}
    assert codes(ask(server, "getOrder", many)[1]) == ["GET_ORDER_ERROR_011"]
    old = {"orderNumberList": NUMBERS, "version": 2}
    assert codes(ask(server, "getOrder", old)[1]) == ["GET_ORDER_ERROR_011"]


def test_older_versions_lack_newer_fields(server: RunningServer[RakutenServer]) -> None:
    def order(version: int) -> dict[str, Any]:
        _, answer = ask(server, "getOrder", {"orderNumberList": NUMBERS[:1], "version": version})
        found: dict[str, Any] = answer["OrderModelList"][0]
        return found

    assert "socialGiftFlag" in order(10)
    assert "socialGiftFlag" not in order(9)
    assert "SkuModelList" not in order(6)["PackageModelList"][0]["ItemModelList"][0]


def test_add_change_delete(server: RunningServer[RakutenServer]) -> None:
    _, answer = ask(server, "updateOrderShipping", a_report())
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_INFO_101"]
    detail = answer["MessageModelList"][0]["shippingDetailId"]
    _, answer = ask(
        server, "updateOrderShipping", a_report(shippingDetailId=detail, shippingNumber="400000000014")
    )
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_INFO_102"]
    assert server.app.play.record()[0]["shippingNumber"] == "400000000014"
    _, answer = ask(server, "updateOrderShipping", a_report(shippingDetailId=detail, shippingDeleteFlag=1))
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_INFO_103"]
    assert server.app.play.record() == []


def test_sending_twice_without_id_registers_twice(server: RunningServer[RakutenServer]) -> None:
    for _ in range(2):
        ask(server, "updateOrderShipping", a_report())
    assert len(server.app.play.record()) == 2  # the very mistake the connector must not make


@pytest.mark.parametrize(
    "parcel",
    [
        {"deliveryCompany": "ヤマト運輸"},
        {"shippingDate": "2026/11/21"},
        {"shippingNumber": "①"},
        {"shippingNumber": "1" * 121},
        {"shippingDeleteFlag": 1},
    ],
)
def test_malformed_parcels(server: RunningServer[RakutenServer], parcel: dict[str, object]) -> None:
    status, answer = ask(server, "updateOrderShipping", a_report(**parcel))
    assert (status, codes(answer)) == (400, ["UPDATE_ORDERSHIPPING_ERROR_011"])
    _, answer = ask(server, "updateOrderShippingAsync", {"OrderShippingModelList": [a_report(**parcel)]})
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_ASYNC_ERROR_011"]
    assert "requestId" not in answer["MessageModelList"][0]
    assert server.app.play.record() == []


def test_cancelled_and_unfit_orders(server: RunningServer[RakutenServer]) -> None:
    server.app.play.change_order(NUMBERS[0], {"orderProgress": 900})
    assert codes(ask(server, "updateOrderShipping", a_report())[1]) == ["UPDATE_ORDERSHIPPING_ERROR_102"]
    server.app.play.change_order(NUMBERS[0], {"orderProgress": 100})
    assert codes(ask(server, "updateOrderShipping", a_report())[1]) == ["UPDATE_ORDERSHIPPING_ERROR_101"]


def test_async_pair(server: RunningServer[RakutenServer]) -> None:
    reports = {"OrderShippingModelList": [a_report(number) for number in NUMBERS]}
    _, answer = ask(server, "updateOrderShippingAsync", reports)
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_ASYNC_INFO_101"]
    request_id = answer["MessageModelList"][0]["requestId"]
    _, result = ask(server, "getResultUpdateOrderShippingAsync", {"requestId": request_id})
    assert [codes(r) for r in result["ResultShippingModelList"]] == [["UPDATE_ORDERSHIPPING_INFO_101"]] * 3
    unknown = {"requestId": "nobody_20260101000000"}
    _, answer = ask(server, "getResultUpdateOrderShippingAsync", unknown)
    assert codes(answer) == ["GET_RESULT_UPDATEORDERSHIPPING_ASYNC_INFO_101"]
    assert ask(server, "getResultUpdateOrderShippingAsync", {})[0] == 400


def test_duplicate_orders_in_one_request(server: RunningServer[RakutenServer]) -> None:
    _, answer = ask(server, "updateOrderShippingAsync", {"OrderShippingModelList": [a_report(), a_report()]})
    assert codes(answer) == ["UPDATE_ORDERSHIPPING_ASYNC_ERROR_011"]


def test_the_night_moves_only_what_is_complete(server: RunningServer[RakutenServer]) -> None:
    today, tomorrow = to_jst(now_utc()).date(), to_jst(now_utc()).date() + timedelta(days=2)
    ask(server, "updateOrderShipping", a_report(NUMBERS[0], shippingDate=today.isoformat()))
    ask(server, "updateOrderShipping", a_report(NUMBERS[1], shippingDate=tomorrow.isoformat()))
    half = a_report(NUMBERS[2])
    del half["BasketidModelList"][0]["ShippingModelList"][0]["shippingNumber"]
    ask(server, "updateOrderShipping", half)
    assert ask(server, "/practice/night", {}) == (200, {"moved": NUMBERS[:1]})
    assert ask(server, "/practice/night", {}) == (200, {"moved": [NUMBERS[1]]})
    states = {r["orderNumber"]: r["orderProgress"] for r in ask(server, "/practice/record", method="GET")[1]}
    assert states == {NUMBERS[0]: 500, NUMBERS[1]: 500, NUMBERS[2]: 300}


def test_licence_expiry(server: RunningServer[RakutenServer]) -> None:
    path = "/es/1.0/license-management/license-key/expiry-date?licenseKey=" + MAIN.secrets["license_key"]
    status, answer = ask(server, path, method="GET")
    assert status == 200
    assert answer["expiryDate"].endswith("T23:59:59+0900")


def test_misbehaviour_is_asked_for_and_used_up(server: RunningServer[RakutenServer]) -> None:
    assert ask(server, "/practice/behave", {"how": "429", "function": "getOrder", "times": 1})[0] == 200
    body = {"orderNumberList": NUMBERS, "version": 10}
    assert [ask(server, "getOrder", body)[0] for _ in range(2)] == [429, 200]
    assert ask(server, "/practice/behave", {"how": "strangely"})[0] == 400
    ask(server, "/practice/behave", {"how": "429", "times": 9})
    ask(server, "/practice/behave", {})
    assert ask(server, "getOrder", body)[0] == 200
    calls = ask(server, "/practice/calls", method="GET")[1]
    assert [(c["status"], c["trick"]) for c in calls] == [(429, "429"), (200, ""), (200, "")]


def test_an_answer_given_twice_is_twice_on_the_wire(server: RunningServer[RakutenServer]) -> None:
    import socket

    ask(server, "/practice/behave", {"how": "twice"})
    body = json.dumps({"orderNumberList": NUMBERS[:1], "version": 10}).encode()
    head = f"POST /es/2.0/order/getOrder/ HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
    head += f"Authorization: ESA {_token(MAIN.secrets['service_secret'], MAIN.secrets['license_key'])}\r\nConnection: close\r\n\r\n"
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + body)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.count(b" 200 OK\r\n") == 2
    assert received.count(NUMBERS[0].encode()) == 4
