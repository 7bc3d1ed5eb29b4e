"""The practice marketplace as its reference documents it; asked with plain HTTP, without the connector."""

from __future__ import annotations

import base64
import csv
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from cryptography.hazmat.primitives.asymmetric import padding

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.yahoo import MARKET
from jpship_gui.practice.yahoo.gate import CLOCK_TOLERANCE, Gate
from jpship_gui.practice.yahoo.keys import private_key
from jpship_gui.practice.yahoo.play import YahooPlay
from jpship_gui.practice.yahoo.samples import SELLER, yahoo_orders
from jpship_gui.practice.yahoo.server import YahooServer
from jpship_gui.practice.yahoo.shops import MAIN, REDIRECT, open_shop
from tests.days import today, yesterday

NUMBERS = [f"{SELLER}-{10_000_001 + n}" for n in range(4)]
Running = RunningServer[YahooServer]


@pytest.fixture
def server() -> Iterator[Running]:
    app = YahooServer(YahooPlay(now_utc, settle_seconds=0), Gate())
    open_shop(app, MAIN, yahoo_orders(4, day=yesterday(), plain=True))
    with RunningServer(app) as running:
        yield running


def send(url: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, body, {k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, dict(fault.headers), fault.read()


def token(
    server: Running, form: dict[str, str] | None = None, client: str = ""
) -> tuple[int, dict[str, str]]:
    known = client or f"{MAIN.settings['yahoo.client_id']}:{MAIN.secrets['yahoo_client_secret']}"
    basic = base64.b64encode(known.encode()).decode()
    form = form or {"grant_type": "refresh_token", "refresh_token": MAIN.secrets["yahoo_refresh_token"]}
    body = urllib.parse.urlencode(form).encode()
    status, _, raw = send(f"{server.url}/yconnect/v2/token", body, Authorization=f"Basic {basic}")
    return status, json.loads(raw)


A_LONG_RUN = 86_400  # seconds


def signed(seller: str = SELLER, at: float | None = None, version: str = "1") -> dict[str, str]:
    plain = f"{seller}:{int(time.time() if at is None else at)}".encode()
    value = private_key().public_key().encrypt(plain, padding.PKCS1v15())
    return {"X_sws_signature": base64.b64encode(value).decode(), "X_sws_signature_version": version}


def ask(
    server: Running, api: str, body: str = "", *, access: str = "", sign: dict[str, str] | None = None
) -> tuple[int, Element]:
    access = access or token(server)[1]["access_token"]
    url = f"{server.url}/ShoppingWebService/V1/{api}"
    data = None if api.startswith("orderCount") else f"<Req>{body}</Req>".encode()
    given = signed() if sign is None else sign
    status, _, raw = send(url, data, Authorization=f"Bearer {access}", **given)
    return status, fromstring(raw)


def code(answer: tuple[int, Element]) -> tuple[int, str]:
    return answer[0], answer[1].findtext("Code") or ""


def seller(body: str) -> str:
    return f"{body}<SellerId>{SELLER}</SellerId>"


def a_list(condition: str = "", field: str = "OrderId,ShipStatus", more: str = "") -> str:
    period = f"<OrderTimeFrom>{yesterday():%Y%m%d}000000</OrderTimeFrom><OrderTimeTo>{today():%Y%m%d}235959</OrderTimeTo>"
    search = f"{more}<Condition>{condition or period}</Condition><Field>{field}</Field>"
    return seller(f"<Search>{search}</Search>")


def a_look(number: str = NUMBERS[0], field: str = "OrderId,ShipStatus,LineId,ItemOption") -> str:
    return seller(f"<Target><OrderId>{number}</OrderId><Field>{field}</Field></Target>")


def a_report(ship: str, number: str = NUMBERS[0], point: str = "<IsPointFix>true</IsPointFix>") -> str:
    return seller(f"<Target><OrderId>{number}</OrderId>{point}</Target><Order><Ship>{ship}</Ship></Order>")


def shipping(number: str = "400000000003", **changes: str) -> str:
    fields = {
        "ShipStatus": "3",
        "ShipCompanyCode": "1001",
        "ShipInvoiceNumber1": number,
        "ShipDate": f"{today():%Y%m%d}",
        **changes,
    }
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)


def a_move(status: str, number: str = NUMBERS[0]) -> str:
    target = f"<Target><OrderId>{number}</OrderId><IsPointFix>true</IsPointFix></Target>"
    return seller(f"{target}<Order><OrderStatus>{status}</OrderStatus></Order>")


# -- who may call -----------------------------------------------------------------------------------------------------


def test_tokens(server: Running) -> None:
    status, given = token(server)
    assert (status, given["expires_in"], "refresh_token" in given) == (200, "3600", False)
    assert token(server, client="practice-client-id:wrong")[0] == 401
    assert (
        token(server, {"grant_type": "refresh_token", "refresh_token": "old"})[1]["error"] == "invalid_grant"
    )
    assert token(server, {"grant_type": "password"})[0] == 400


def test_a_refresh_that_gives_a_new_refresh_token_takes_the_old_one_back(server: Running) -> None:
    (client,) = server.app.gate.clients.values()
    client.rotates = True
    assert "refresh_token" in token(server)[1]
    assert token(server)[1]["error"] == "invalid_grant"


def test_a_code_is_taken_once_and_for_its_address(server: Running) -> None:
    query = {
        "response_type": "code",
        "client_id": "practice-client-id",
        "scope": "openid",
        "redirect_uri": REDIRECT,
    }
    url = f"{server.url}/yconnect/v2/authorization?{urllib.parse.urlencode(query)}"
    page = send(url)[2].decode()
    given = page.partition("code: ")[2].partition("<")[0]
    form = {"grant_type": "authorization_code", "code": given, "redirect_uri": REDIRECT}
    assert "refresh_token" in token(server, form)[1]
    assert token(server, form)[1]["error"] == "invalid_grant"
    other = send(url)[2].decode().partition("code: ")[2].partition("<")[0]
    assert token(server, {**form, "code": other, "redirect_uri": "http://else"})[0] == 400
    assert send(f"{server.url}/yconnect/v2/authorization?client_id=nobody")[0] == 400


def test_an_ended_token_says_so_in_header_and_message_without_a_code(server: Running) -> None:
    url = f"{server.url}/ShoppingWebService/V1/orderCount?sellerId={SELLER}"
    status, headers, raw = send(url, Authorization="Bearer nothing", **signed())
    assert (status, 'error_description="expired token"' in headers["WWW-Authenticate"]) == (401, True)
    root = fromstring(raw)
    assert ("expired token" in (root.findtext("Message") or ""), root.find("Code")) == (True, None)


@pytest.mark.parametrize(
    "sign",
    [
        {},
        signed("somebody-else"),
        signed(at=time.time() - CLOCK_TOLERANCE - 5),
        signed(at=time.time() + CLOCK_TOLERANCE + A_LONG_RUN),  # signed when the tests were collected
        signed(version="2"),
        {"X_sws_signature": "AAAA", "X_sws_signature_version": "1"},
        {"X_sws_signature": "no base64!", "X_sws_signature_version": "1"},
    ],
    ids=["none", "other store", "late", "early", "version", "short", "text"],
)
def test_signatures_that_do_not_hold(server: Running, sign: dict[str, str]) -> None:
    assert code(ask(server, f"orderCount?sellerId={SELLER}", sign=sign)) == (401, "px-04102")


def test_the_store_must_be_the_applications_own(server: Running) -> None:
    assert code(ask(server, "orderCount?sellerId=somebody-else")) == (403, "px-04307")
    assert code(ask(server, "orderCount")) == (400, "px-04001")
    (client,) = server.app.gate.clients.values()
    client.permitted = False
    assert code(ask(server, f"orderCount?sellerId={SELLER}")) == (403, "px-04307")


def test_more_than_a_call_a_second_to_one_address(server: Running) -> None:
    server.app.gate.one_a_second = True
    access = token(server)[1]["access_token"]
    first, second = (ask(server, "orderInfo", a_look(), access=access)[0] for _ in range(2))
    other, words = ask(server, "orderList", a_list(), access=access)
    assert (first, second, other) == (200, 403, 200)
    assert words.findtext("Search/TotalCount") == "4"


# -- reading ----------------------------------------------------------------------------------------------------------


def test_counters(server: Running) -> None:
    _, root = ask(server, f"orderCount?sellerId={SELLER}")
    assert root.findtext(".//Count/NewOrder") == "4"


def test_a_list_and_its_pages(server: Running) -> None:
    _, root = ask(
        server, "orderList", a_list(more="<Result>3</Result><Start>3</Start><Sort>+order_time</Sort>")
    )
    assert root.findtext("Search/TotalCount") == "4"
    found = root.findall("Search/OrderInfo")
    assert [node.findtext("Index") for node in found] == ["3", "4"]
    assert {child.tag for child in found[0]} == {"Index", "OrderId", "ShipStatus"}
    _, none = ask(server, "orderList", a_list("<OrderId>x-1</OrderId>"))
    assert (none.findtext("Search/TotalCount"), none.findall(".//OrderInfo")) == ("0", [])


@pytest.mark.parametrize(
    "body",
    [
        seller("<Search/>"),
        a_list("<OrderStatus>2</OrderStatus>"),
        a_list("<OrderTimeFrom>2026-11-20</OrderTimeFrom><OrderTimeTo>20261121235959</OrderTimeTo>"),
        a_list(field=""),
        a_list(field="OrderId,ShipAddress1"),
        a_list(field="OrderId,ShipStataus"),
        a_list(more="<Result>2001</Result>"),
        a_list(more="<Sort>order_time</Sort>"),
        a_list(more="<Page>2</Page>"),
    ],
)
def test_lists_refused(server: Running, body: str) -> None:
    assert code(ask(server, "orderList", body)) == (400, "od90101")


def test_one_order_by_nodes_with_only_what_was_asked_for(server: Running) -> None:
    _, root = ask(server, "orderInfo", a_look())
    info = root.find("Result/OrderInfo")
    assert info is not None
    assert [child.tag for child in info] == ["OrderId", "Ship", "Item"]
    assert root.findtext(".//Ship/ShipStatus") == "1"
    assert root.findtext(".//Item/ItemOption/Name") == "カラー"


def test_orders_unknown_and_bodies_that_are_none(server: Running) -> None:
    assert code(ask(server, "orderInfo", a_look(f"{SELLER}-1"))) == (404, "od91801")
    assert code(ask(server, "orderInfo", a_look(field=""))) == (400, "od90101")
    assert code(ask(server, "orderInfo", a_look(field="CardNumberLast4"))) == (400, "od90101")
    assert code(ask(server, "orderInfo", "<unclosed>")) == (400, "od90101")
    assert send(f"{server.url}/ShoppingWebService/V1/orderInvent", b"<Req/>")[0] == 404
    assert send(f"{server.url}/ShoppingWebService/V1/orderInfo")[0] == 405


# -- changing ---------------------------------------------------------------------------------------------------------


def record(server: Running) -> list[tuple[str, str, str]]:
    return [(r["tracking_no"], r["carrier"], r["date"]) for r in server.app.record()]


def test_shipping_is_written_over_not_added(server: Running) -> None:
    assert ask(server, "orderShipStatusChange", a_report(shipping()))[0] == 200
    assert record(server) == [("400000000003", "1001", today().isoformat())]
    ask(server, "orderShipStatusChange", a_report(shipping("400000000014")))
    assert record(server) == [("400000000014", "1001", today().isoformat())]
    assert server.app.record()[0]["notices"] == 2  # the buyer was told twice: what a connector must not do


def test_the_methods_carrier_wins(server: Running) -> None:
    ask(server, "orderShipStatusChange", a_report(shipping(ShipMethod="postage2")))
    assert record(server)[0][1] == "1002"


@pytest.mark.parametrize(
    "body",
    [
        a_report(shipping(ShipStatus="")),
        a_report(shipping(), point=""),
        a_report(shipping(), point="<IsPointFix>1</IsPointFix>"),
        a_report(shipping() + "<ShipStataus>3</ShipStataus>"),
        a_report(shipping(ShipInvoiceNumberEmptyReason="1")),
        a_report(shipping("4000-0000-0003-12")),
        a_report(shipping("40000000000A")),
        a_report(shipping("４０００")),
        a_report(shipping(ShipCompanyCode="9999")),
        a_report(shipping(ShipMethod="postage15")),
        a_report(shipping(ShipDate=f"{today():%Y-%m-%d}")),
        a_report(shipping(ShipDate=f"{today() + timedelta(days=3):%Y%m%d}")),
        a_report(shipping(ShipNotes="x" * 501)),
    ],
)
def test_reports_refused_for_their_form(server: Running, body: str) -> None:
    assert code(ask(server, "orderShipStatusChange", body)) == (400, "od90101")
    assert record(server) == []


@pytest.mark.parametrize(
    "changes",
    [{"OrderStatus": "1"}, {"OrderStatus": "4"}, {"OrderStatus": "5"}, {"Suspect": "1"}, {"ShipStatus": "0"}],
)
def test_orders_that_are_not_to_be_shipped(server: Running, changes: dict[str, str]) -> None:
    server.app.play.change_order(NUMBERS[0], changes)
    status, root = ask(server, "orderShipStatusChange", a_report(shipping()))
    assert (status, record(server)) == (400, [])
    assert root.findtext("Message")
    assert code(ask(server, "orderShipStatusChange", a_report(shipping(), f"{SELLER}-1"))) == (404, "od91801")


@pytest.mark.parametrize(
    ("start", "to", "status"),
    [
        ("2", "3", 200),
        ("3", "2", 200),
        ("2", "4", 200),
        ("4", "2", 400),
        ("1", "2", 400),
        ("5", "3", 400),
        ("2", "9", 400),
    ],
)
def test_moves_of_the_order_status(server: Running, start: str, to: str, status: int) -> None:
    server.app.play.change_order(NUMBERS[0], {"OrderStatus": start})
    assert ask(server, "orderStatusChange", a_move(to))[0] == status


def test_completing_needs_shipping_and_a_pause(server: Running) -> None:
    assert ask(server, "orderStatusChange", a_move("5"))[0] == 400
    server.app.play.settle_seconds = 3600
    ask(server, "orderShipStatusChange", a_report(shipping()))
    assert ask(server, "orderStatusChange", a_move("5"))[0] == 400
    server.app.play.settle_seconds = 0
    assert ask(server, "orderStatusChange", a_move("5"))[0] == 200
    assert server.app.record()[0]["order_status"] == "5"


def test_every_change_moves_the_last_update(server: Running) -> None:
    def stamp() -> str:
        _, root = ask(server, "orderInfo", a_look(field="LastUpdateTime"))
        return root.findtext(".//LastUpdateTime") or ""

    seen = [stamp()]
    for changes in ({"StoreStatus": "3"}, {"StoreStatus": "4"}):
        server.app.play.change_order(NUMBERS[0], changes)
        seen.append(stamp())
    assert seen == sorted(set(seen))


def test_what_was_shipped_arrives_over_night(server: Running) -> None:
    ask(server, "orderShipStatusChange", a_report(shipping()))
    assert server.app.night() == NUMBERS[:1]
    assert server.app.record()[0]["ship_status"] == "4"
    assert server.app.night() == []


def test_somebody_else_changes_an_order(server: Running) -> None:
    body = {"order": NUMBERS[0], "changes": {"OrderStatus": "4"}}
    raw = send(f"{server.url}/practice/change", json.dumps(body).encode())[2]
    assert json.loads(raw) == {"changed": True}
    _, root = ask(server, "orderInfo", a_look(field="OrderStatus"))
    assert root.findtext(".//OrderStatus") == "4"


# -- the practice marketplace as a whole ------------------------------------------------------------------------------


def test_server_and_files_hold_the_same_orders(tmp_path: Path) -> None:
    opened = MARKET.opening(yesterday(), 12, False)
    assert isinstance(opened, YahooServer)
    orders, items = MARKET.files(yesterday(), 12, False, tmp_path)
    known = opened.play.stores[SELLER].orders
    rows, lines = (rows_of(path) for path in (orders, items))
    assert [row["Id"] for row in rows] == list(known)
    assert [line["Id"] for line in lines] == [n for n, order in known.items() for _ in order["Item"]]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp932", newline="") as file:
        return list(csv.DictReader(file))


def test_plain_orders_need_nobody() -> None:
    for model in yahoo_orders(60, plain=True):
        assert (model["Order"]["OrderStatus"], model["Ship"]["ShipStatus"], model["Pay"]["PayStatus"]) == (
            "2",
            "1",
            "1",
        )
        assert "BuyerComments" not in model["Order"]
