"""The practice Amazon as the reference documents it; asked with plain HTTP, without the connector."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.amazon import MARKET
from jpship_gui.practice.amazon.play import AmazonPlay
from jpship_gui.practice.amazon.samples import MARKETPLACE, sample_orders
from jpship_gui.practice.amazon.server import AmazonServer
from jpship_gui.practice.amazon.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer
from tests.days import yesterday

ORDERS = "/orders/2026-01-01/orders"
ALL = "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES"
KEYS = {
    "grant_type": "refresh_token",
    "refresh_token": MAIN.secrets["refresh_token"],
    "client_id": MAIN.settings["client_id"],
    "client_secret": MAIN.secrets["client_secret"],
}
Server = RunningServer[AmazonServer]


@pytest.fixture
def server() -> Iterator[Server]:
    play = AmazonPlay(now_utc, limited=False)
    open_shop(play, MAIN, sample_orders(21, yesterday()))
    with RunningServer(AmazonServer(play)) as running:
        yield running


def ask(
    server: Server,
    path: str,
    query: Mapping[str, str] | None = None,
    *,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "",
) -> tuple[int, Any]:
    url = server.url + path + (f"?{urllib.parse.urlencode(query)}" if query else "")
    request = urllib.request.Request(
        url, data, dict(headers or {}), method=method or ("POST" if data is not None else "GET")
    )
    try:
        with urllib.request.urlopen(request) as answer:
            raw = answer.read()
            return answer.status, json.loads(raw) if raw else None
    except urllib.error.HTTPError as fault:
        with fault:
            raw = fault.read()
        return fault.code, json.loads(raw) if raw else None


def log_in(server: Server, **changes: str) -> tuple[int, Any]:
    form = urllib.parse.urlencode({**KEYS, **changes}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
    return ask(server, "/auth/o2/token", data=form, headers=kind)


def signed(server: Server) -> dict[str, str]:
    token = log_in(server)[1]["access_token"]
    return {"x-amz-access-token": token, "x-amz-date": "20261121T000000Z"}


def search(server: Server, **query: str) -> tuple[int, Any]:
    given = {"createdAfter": "2020-01-01T00:00:00Z", "includedData": ALL, **query}
    return ask(server, ORDERS, {k: v for k, v in given.items() if v}, headers=signed(server))


def one(server: Server, number: str, data: str = ALL) -> Any:
    return ask(server, f"{ORDERS}/{number}", {"includedData": data}, headers=signed(server))[1]["order"]


def a_report(order: Mapping[str, Any], **changes: object) -> dict[str, Any]:
    items = [{"orderItemId": i["orderItemId"], "quantity": i["quantityOrdered"]} for i in order["orderItems"]]
    package = {
        "packageReferenceId": "1",
        "carrierCode": "YAMATO",
        "trackingNumber": "400000000003",
        "shipDate": (now_utc() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "orderItems": items,
    }
    return {"marketplaceId": MARKETPLACE, "packageDetail": {**package, **changes}}


def confirm(server: Server, number: str, body: object) -> tuple[int, Any]:
    headers = {**signed(server), "Content-Type": "application/json"}
    path = f"/orders/v0/orders/{number}/shipmentConfirmation"
    return ask(server, path, data=json.dumps(body).encode(), headers=headers)


def numbers(server: Server) -> list[str]:
    return [sample.number for sample in sample_orders(21, yesterday())]


# -- keys ---------------------------------------------------------------------------------------------------------------


def test_a_refresh_token_gives_an_access_token_for_an_hour(server: Server) -> None:
    status, said = log_in(server)
    assert (status, said["token_type"], said["expires_in"]) == (200, "bearer", 3600)
    assert said["access_token"].startswith("Atza|")


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"refresh_token": "Atzr|wrong"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_secret": ""}, 400, "invalid_request"),
    ],
)
def test_wrong_keys(server: Server, change: dict[str, str], status: int, error: str) -> None:
    found, said = log_in(server, **change)
    assert (found, said["error"]) == (status, error)


def test_a_secret_ends_and_tokens_too(server: Server) -> None:
    headers = signed(server)
    server.app.play.token_seconds = 0
    late = signed(server)
    assert ask(server, ORDERS, {"createdAfter": "2020-01-01T00:00:00Z"}, headers=late)[0] == 403
    assert ask(server, ORDERS, {"createdAfter": "2020-01-01T00:00:00Z"}, headers=headers)[0] == 200
    server.app.play.end_tokens()
    assert ask(server, ORDERS, {"createdAfter": "2020-01-01T00:00:00Z"}, headers=headers)[0] == 403
    server.app.play.sellers[MAIN.number].secret_ends = now_utc()
    assert log_in(server)[0] == 401


def test_without_token_date_or_the_right_method(server: Server) -> None:
    good = signed(server)
    assert ask(server, ORDERS, {"createdAfter": "2020-01-01T00:00:00Z"})[0] == 403
    undated = {"x-amz-access-token": good["x-amz-access-token"]}
    assert ask(server, ORDERS, {"createdAfter": "2020-01-01T00:00:00Z"}, headers=undated)[0] == 403
    assert ask(server, ORDERS, headers=good, data=b"{}")[0] == 405
    assert ask(server, "/orders/v0/orders", headers=good)[0] == 404


# -- reading ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {"createdAfter": ""},
        {"lastUpdatedAfter": "2020-01-01T00:00:00Z"},
        {"lastUpdatedBefore": "2020-01-02T00:00:00Z"},
        {"createdAfter": "2020-01-01"},
        {"createdAfter": "20200101T000000Z"},
        {"createdBefore": "2019-01-01T00:00:00Z"},
        {"createdBefore": "2099-01-01T00:00:00Z"},
        {"fulfillmentStatuses": "OPEN"},
        {"fulfilledBy": "ME"},
        {"includedData": "EVERYTHING"},
        {"maxResultsPerPage": "101"},
        {"maxResultsPerPage": "0"},
        {"paginationToken": "nonsense"},
        {"marketplaceIds": ",".join(["A"] * 51)},
        {"orderIds": "1"},
    ],
)
def test_queries_it_does_not_take(server: Server, query: dict[str, str]) -> None:
    status, said = search(server, **query)
    assert status == 400
    assert said["errors"][0]["code"] == "InvalidInput"


def test_pages_come_in_order_and_their_tokens_belong_to_one_query(server: Server) -> None:
    found, token = [], ""
    for _ in range(3):
        _, said = search(server, maxResultsPerPage="8", paginationToken=token)
        found += [order["orderId"] for order in said["orders"]]
        token = said.get("pagination", {}).get("nextToken", "")
    assert token == ""
    assert sorted(found) == sorted(numbers(server))
    _, said = search(server, maxResultsPerPage="8")
    token = said["pagination"]["nextToken"]
    assert search(server, fulfilledBy="MERCHANT", paginationToken=token)[0] == 400
    server.app.play._days = 2
    assert search(server, maxResultsPerPage="8", paginationToken=token)[0] == 400


def test_a_search_says_up_to_when_it_read(server: Server) -> None:
    _, said = search(server)
    before = datetime.fromisoformat(said["createdBefore"])
    assert timedelta(minutes=1) < now_utc() - before < timedelta(minutes=3)
    assert len(search(server, fulfillmentStatuses="CANCELLED")[1]["orders"]) == 1
    assert len(search(server, fulfilledBy="AMAZON")[1]["orders"]) == 1


def test_data_sets_come_when_asked_for(server: Server) -> None:
    number = numbers(server)[0]
    assert not {"buyer", "recipient", "proceeds", "packages"} & set(one(server, number, "FULFILLMENT"))
    assert {"buyer", "recipient", "proceeds"} <= set(one(server, number))
    server.app.play.sellers[MAIN.number].shows_recipients = False
    assert "recipient" not in one(server, number)
    server.app.play.refused_data = {"BUYER"}
    status, said = search(server)
    assert status == 400
    assert "BUYER" in said["errors"][0]["message"]


def test_an_unknown_order(server: Server) -> None:
    assert ask(server, f"{ORDERS}/250-0000000-0000000", headers=signed(server))[0] == 404


@pytest.mark.parametrize(("calls", "path"), [(20, ORDERS), (30, f"{ORDERS}/250-0000000-0000000")])
def test_calls_beyond_what_was_saved_up_are_put_off(server: Server, calls: int, path: str) -> None:
    server.app.play.limited = True
    headers = signed(server)
    query = {"createdAfter": "2020-01-01T00:00:00Z"} if path == ORDERS else {}
    answers = [ask(server, path, query, headers=headers)[0] for _ in range(calls + 1)]
    assert answers[:calls] == [answers[0]] * calls
    assert answers[0] in (200, 404)
    assert answers[-1] == 429


# -- confirming ---------------------------------------------------------------------------------------------------------


def test_a_package_makes_the_order_shipped(server: Server) -> None:
    number = numbers(server)[0]
    order = one(server, number)
    assert order["fulfillment"]["fulfillmentStatus"] == "UNSHIPPED"
    assert confirm(server, number, a_report(order)) == (204, None)
    after = one(server, number)
    assert after["fulfillment"]["fulfillmentStatus"] == "SHIPPED"
    assert after["packages"][0]["trackingNumber"] == "400000000003"
    assert after["lastUpdatedTime"] > order["lastUpdatedTime"]


def test_the_same_reference_edits_and_another_one_adds(server: Server) -> None:
    number = numbers(server)[0]
    order = one(server, number)
    order["orderItems"][0]["quantityOrdered"] = 1
    play = server.app.play.sellers[MAIN.number].orders[number]["orderItems"][0]
    play["quantityOrdered"], play["fulfillment"]["quantityUnfulfilled"] = 2, 2
    assert confirm(server, number, a_report(order))[0] == 204
    assert one(server, number)["fulfillment"]["fulfillmentStatus"] == "PARTIALLY_SHIPPED"
    assert confirm(server, number, a_report(order, trackingNumber="400000000014"))[0] == 204
    assert [p["trackingNumber"] for p in one(server, number)["packages"]] == ["400000000014"]
    assert confirm(server, number, a_report(order, packageReferenceId="2"))[0] == 204
    assert len(one(server, number)["packages"]) == 2
    assert one(server, number)["fulfillment"]["fulfillmentStatus"] == "SHIPPED"
    status, said = confirm(server, number, a_report(order, packageReferenceId="3"))
    assert status == 400
    assert "already fulfilled" in said["errors"][0]["message"]


@pytest.mark.parametrize(
    "change",
    [
        {"packageReferenceId": "0"},
        {"packageReferenceId": "JP1"},
        {"packageReferenceId": 1},
        {"carrierCode": "Yamato"},
        {"carrierCode": "Other"},
        {"trackingNumber": "4000-0000-0003"},
        {"trackingNumber": ""},
        {"shipDate": "2026-11-21"},
        {"shipDate": "2020-01-01T00:00:00Z"},
        {"shipDate": "2099-01-01T00:00:00Z"},
        {"orderItems": []},
        {"orderItems": [{"orderItemId": "1", "quantity": 1}]},
        {"orderItems": [{"orderItemId": "1", "quantity": 0}]},
    ],
)
def test_packages_it_does_not_take(server: Server, change: dict[str, object]) -> None:
    number = numbers(server)[0]
    assert confirm(server, number, a_report(one(server, number), **change))[0] == 400
    assert "packages" not in one(server, number)


def test_more_pieces_than_are_left(server: Server) -> None:
    number = numbers(server)[0]
    order = one(server, number)
    order["orderItems"][0]["quantityOrdered"] += 1
    assert confirm(server, number, a_report(order))[0] == 400


@pytest.mark.parametrize("place", [6, 7, 13, 15], ids=["warehouse", "label", "cancelled", "pending"])
def test_orders_that_are_not_the_sellers_to_confirm(server: Server, place: int) -> None:
    number = numbers(server)[place]
    assert confirm(server, number, a_report(one(server, number)))[0] == 400


def test_bodies_that_are_none(server: Server) -> None:
    number = numbers(server)[0]
    assert confirm(server, number, [])[0] == 400
    assert confirm(server, number, {**a_report(one(server, number)), "marketplaceId": "US"})[0] == 400
    assert confirm(server, "250-0000000-0000000", a_report(one(server, number)))[0] == 404
    path = f"/orders/v0/orders/{number}/shipmentConfirmation"
    assert ask(server, path, data=b"x", headers=signed(server))[0] == 415


def test_the_night_delivers_and_hides_a_telephone_number(server: Server) -> None:
    number = numbers(server)[0]
    assert confirm(server, number, a_report(one(server, number)))[0] == 204
    status, said = ask(server, "/practice/night", data=b"{}")
    assert status == 200
    assert number in said["moved"]
    after = one(server, number)
    assert after["packages"][0]["packageStatus"]["status"] == "DELIVERED"
    assert "phone" not in after["recipient"]["deliveryAddress"]


# -- files --------------------------------------------------------------------------------------------------------------


def test_the_files_are_of_the_very_same_orders(server: Server, tmp_path: Path) -> None:
    paths = MARKET.files(yesterday(), 21, False, tmp_path)
    found = {path.name: path.read_bytes().decode("cp932").splitlines() for path in paths}
    assert sorted(found) == ["amazon_orders.txt", "amazon_unshipped.txt"]
    known = {order["orderId"]: order for order in search(server)[1]["orders"]}
    for lines in found.values():
        header, *rows = (line.split("\t") for line in lines)
        assert {len(row) for row in rows} == {len(header)}
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            order = known[cells["order-id"]]
            assert cells["recipient-name"] == order["recipient"]["deliveryAddress"]["name"]
            assert cells["order-item-id"] in [item["orderItemId"] for item in order["orderItems"]]


def test_same_arguments_same_files(tmp_path: Path) -> None:
    first = MARKET.files(date(2026, 11, 20), 30, True, tmp_path / "a")
    again = MARKET.files(date(2026, 11, 20), 30, True, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
