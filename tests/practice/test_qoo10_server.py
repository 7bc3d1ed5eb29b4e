"""The practice Qoo10 as its reference documents it; asked with plain HTTP, without the connector."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.qoo10.play import QooPlay
from jpship_gui.practice.qoo10.samples import Row, qoo10_rows
from jpship_gui.practice.qoo10.server import QooServer
from jpship_gui.practice.qoo10.shops import MAIN, PASSWORD, USER, open_shop
from jpship_gui.practice.running_server import RunningServer
from tests.days import today

KEY = MAIN.secrets["certification_key"]
Server = RunningServer[QooServer]


@pytest.fixture
def rows() -> list[Row]:
    return qoo10_rows(4, day=today() - timedelta(days=1), plain=True)


@pytest.fixture
def server(rows: list[Row]) -> Iterator[Server]:
    play = QooPlay(now_utc)
    open_shop(play, MAIN, rows)
    with RunningServer(QooServer(play)) as running:
        yield running


def ask(server: Server, method: str, key: str = KEY, version: str = "1.0", **body: str) -> Any:
    """Header style."""
    service = "CertificationAPI" if method == "CreateCertificationKey" else "ShippingBasic"
    data = urlencode({"returnType": "application/json", **body}).encode()
    headers = {
        "GiosisCertificationKey": key,
        "QAPIVersion": version,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    request = urllib.request.Request(f"{server.url}/{service}.{method}", data, headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
        return json.loads(answer.read())


def query(server: Server, method: str, **params: str) -> Any:
    """Query style."""
    said = {"v": "1.0", "returnType": "json", "method": f"ShippingBasic.{method}", "key": KEY, **params}
    with urllib.request.urlopen(f"{server.url}?{urlencode(said)}") as answer:
        return json.loads(answer.read())


def period(version: str = "v3", days: int = 10, **changes: str) -> dict[str, str]:
    start, end = f"{today() - timedelta(days=days):%Y%m%d}", f"{today():%Y%m%d}"
    if version == "v3":
        body = {"ShippingStatus": "", "SearchStartDate": start, "SearchEndDate": end, "SearchCondition": "2"}
    else:
        body = {"ShippingStat": "", "search_Sdate": start, "search_Edate": end, "search_condition": "2"}
    return body | changes


def sending(*numbers: str, tracking: str = "400000000003", **changes: Any) -> dict[str, str]:
    rows = [
        {"OrderNo": n, "ShippingCorp": "ヤマト宅急便", "TrackingNo": tracking, **changes} for n in numbers
    ]
    return {"ShippingInfoJson": json.dumps(rows)}


def codes(answer: Any) -> list[int]:
    return [row["ResultCode"] for row in answer["ResultObject"]]


def test_both_styles_and_versions_tell_the_same(server: Server, rows: list[Row]) -> None:
    by_header = ask(server, "GetShippingInfo_v3", **period())
    assert by_header["ResultCode"] == 0
    assert [str(r["OrderNo"]) for r in by_header["ResultObject"]] == [row["注文番号"] for row in rows]
    by_query = query(server, "GetShippingInfo_v2", **period("v2"))
    assert [r["orderNo"] for r in by_query["ResultObject"]] == [row["注文番号"] for row in rows]
    assert (
        by_query["ResultObject"][0]["EstShippingDate"]
        == by_header["ResultObject"][0]["EstimatedShippingDate"]
    )


def test_keys(server: Server) -> None:
    assert ask(server, "GetShippingInfo_v3", key="nonsense", **period())["ResultCode"] == -10000
    api_key = MAIN.secrets["qsm_api_key"]
    assert ask(server, "GetShippingInfo_v3", key=api_key, **period())["ResultCode"] == -10000
    assert ask(server, "CreateCertificationKey", user_id=USER, pwd=PASSWORD)["ResultCode"] == -10000
    assert ask(server, "CreateCertificationKey", key=api_key, user_id=USER, pwd="x")["ResultCode"] == -10001
    made = ask(server, "CreateCertificationKey", key=api_key, user_id=USER, pwd=PASSWORD)
    assert made["ResultCode"] == 0
    assert ask(server, "GetShippingInfo_v3", **period())["ResultCode"] == -10000
    assert ask(server, "GetShippingInfo_v3", key=made["ResultObject"], **period())["ResultCode"] == 0


def test_an_expired_key(server: Server) -> None:
    server.app.play.shops[MAIN.number].expires = today() - timedelta(days=1)
    assert ask(server, "GetShippingInfo_v3", **period())["ResultCode"] == -90004


def test_what_is_left_out_answers_that_there_is_no_such_call(server: Server) -> None:
    body = period()
    del body["ShippingStatus"]
    assert ask(server, "GetShippingInfo_v3", **body)["ResultCode"] == -90001
    assert ask(server, "GetShippingInfo_v3", version="2.0", **period())["ResultCode"] == -90001
    assert ask(server, "GetSomething", **period())["ResultCode"] == -90001
    server.app.play.without.add("GetShippingInfo_v3")
    assert ask(server, "GetShippingInfo_v3", **period())["ResultCode"] == -90001


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SearchStartDate": "2026-11-01"}, -10002),
        ({"SearchStartDate": "20991101"}, -10002),
        ({"SearchStartDate": ""}, -10002),
        ({"ShippingStatus": "9"}, -10001),
        ({"SearchCondition": "7"}, -10001),
    ],
)
def test_searches_that_are_refused(server: Server, changes: dict[str, str], code: int) -> None:
    assert ask(server, "GetShippingInfo_v3", **(period() | changes))["ResultCode"] == code


def test_ninety_days_at_most(server: Server) -> None:
    assert ask(server, "GetShippingInfo_v3", **period(days=89))["ResultCode"] == 0
    assert ask(server, "GetShippingInfo_v3", **period(days=90))["ResultCode"] == -10003
    assert ask(server, "GetClaimInfo_V3", ClaimStat="1", **_claims(90))["ResultCode"] == -10003


def _claims(days: int) -> dict[str, str]:
    body = period("v2", days)
    del body["ShippingStat"]
    return body


def test_states_are_searched_one_by_one(server: Server, rows: list[Row]) -> None:
    for state in "12345":
        found = ask(server, "GetShippingInfo_v3", **period(ShippingStatus=state))["ResultObject"]
        assert len(found) == sum(row["STATE"] == state for row in rows)


def test_cancelled_order_numbers_leave_every_search_and_stand_among_the_claims(
    server: Server, rows: list[Row]
) -> None:
    server.app.play.change(rows[0]["注文番号"], {"CLAIM": "3"})
    found = ask(server, "GetShippingInfo_v3", **period())["ResultObject"]
    assert rows[0]["注文番号"] not in [str(r["OrderNo"]) for r in found]
    claims = ask(server, "GetClaimInfo_V3", ClaimStat="3", **_claims(10))["ResultObject"]
    assert [str(r["orderNo"]) for r in claims] == [rows[0]["注文番号"]]
    (one,) = ask(server, "GetShippingAndClaimInfoByOrderNo_V2", OrderNo=rows[0]["注文番号"])["ResultObject"]
    assert one["claimStatus"] == "3"


def test_the_other_lines_of_a_cart_are_named(server: Server, rows: list[Row]) -> None:
    found = ask(server, "GetShippingInfo_v3", **period())["ResultObject"]
    together = [row["注文番号"] for row in rows if row["カート番号"] == rows[1]["カート番号"]]
    assert len(together) == 2
    assert found[1]["RelatedOrder"].split(", ") == together


def test_one_order_number_a_call(server: Server, rows: list[Row]) -> None:
    joined = ",".join(row["注文番号"] for row in rows[:2])
    body = {"EstShipDt": f"{today() + timedelta(days=2):%Y%m%d}", "DelayType": "", "DelayMemo": ""}
    assert ask(server, "SetSellerCheckYN_V2", OrderNo=joined, **body)["ResultCode"] == -10001
    assert ask(server, "SetSellerCheckYN_V2", OrderNo=rows[0]["注文番号"], **body)["ResultCode"] == 0
    assert ask(server, "SetSellerCheckYN_V2", OrderNo=rows[0]["注文番号"], **body)["ResultCode"] == -10012
    assert ask(server, "GetShippingAndClaimInfoByOrderNo_V2", OrderNo=joined)["ResultCode"] == -10001


def test_promised_dates(server: Server, rows: list[Row]) -> None:
    waiting = rows[0]["注文番号"]
    assert rows[0]["STATE"] == "2"

    def accept(number: str, day: str) -> Any:
        row = {"OrderNo": number, "EstShipDt": day, "DelayType": "", "DelayMemo": ""}
        answer = ask(server, "SetSellerCheckYNBulk", SendPlanDtInfoJson=json.dumps([row]))
        assert answer["ResultCode"] == 0
        (told,) = answer["ResultObject"]
        assert told["cont_no"] == number
        return told["ResultCode"]

    assert accept(waiting, "") == -10016
    assert accept(waiting, f"{today():%Y%m%d}") == -10018
    assert accept(waiting, f"{today() + timedelta(days=30):%Y%m%d}") == -10017
    assert accept("999999999", f"{today() + timedelta(days=1):%Y%m%d}") == -10013
    assert accept(waiting, f"{today() + timedelta(days=1):%Y%m%d}") == 0
    assert accept(waiting, f"{today() + timedelta(days=2):%Y%m%d}") == -10012


def test_a_number_is_registered_and_its_date_is_now(server: Server, rows: list[Row]) -> None:
    answer = ask(server, "SetSendingInfoBulk", **sending(rows[0]["注文番号"]))
    assert answer["ResultObject"][0] == {
        "contr_no": rows[0]["注文番号"],
        "result_cd": "0",
        "transc_nm": "ヤマト宅急便",
        "ResultCode": 0,
        "ResultMsg": "SUCCESS",
    }
    (record,) = server.app.record()
    assert (record["order"], record["line"]) == (rows[0]["カート番号"], rows[0]["注文番号"])
    assert (record["tracking_no"], record["carrier"]) == ("400000000003", "ヤマト宅急便")
    assert record["date"] == today().isoformat()
    moved = ask(server, "GetShippingInfo_v3", **period(ShippingStatus="4"))["ResultObject"]
    assert moved[0]["ShippingStatus"] == "On delivery(4)"


def test_another_number_is_refused_the_same_one_is_not(server: Server, rows: list[Row]) -> None:
    number = rows[0]["注文番号"]
    assert codes(ask(server, "SetSendingInfoBulk", **sending(number))) == [0]
    assert codes(ask(server, "SetSendingInfoBulk", **sending(number))) == [0]
    assert codes(ask(server, "SetSendingInfoBulk", **sending(number, tracking="400000000014"))) == [-10103]
    (record,) = server.app.record()
    assert (record["tracking_no"], record["times"]) == ("400000000003", 2)


@pytest.mark.parametrize("change", [{"STATE": "1"}, {"CLAIM": "1"}, {"CLAIM": "3"}])
def test_what_must_not_be_shipped_is_refused(server: Server, rows: list[Row], change: dict[str, str]) -> None:
    server.app.play.change(rows[0]["注文番号"], change)
    assert codes(ask(server, "SetSendingInfoBulk", **sending(rows[0]["注文番号"]))) == [-10103]
    single = {"OrderNo": rows[0]["注文番号"], "ShippingCorp": "ヤマト宅急便", "TrackingNo": "400000000003"}
    assert ask(server, "SetSendingInfo", **single)["ResultCode"] == -10103


def test_limits_of_the_bulk_calls(server: Server, rows: list[Row]) -> None:
    many = [str(910_000_000 + n) for n in range(501)]
    assert ask(server, "SetSendingInfoBulk", **sending(*many))["ResultCode"] == -10011
    assert (
        ask(server, "SetSellerCheckYNBulk", SendPlanDtInfoJson=json.dumps([{"OrderNo": n} for n in many]))[
            "ResultCode"
        ]
        == -10011
    )
    assert ask(server, "SetSendingInfoBulk", ShippingInfoJson="no JSON")["ResultCode"] == -10001
    null = sending(rows[0]["注文番号"], TrackingNo=None)
    assert ask(server, "SetSendingInfoBulk", **null)["ResultCode"] == -10001
    assert codes(ask(server, "SetSendingInfoBulk", **sending(rows[0]["注文番号"], tracking="4" * 51))) == [
        -10001
    ]


def test_tricks(server: Server, rows: list[Row]) -> None:
    numbers = [row["注文番号"] for row in rows[:3]]
    server.app.tricks.ask(Trick("SetSendingInfoBulk", How.PARTIAL))
    assert codes(ask(server, "SetSendingInfoBulk", **sending(*numbers))) == [0, -10103, 0]
    server.app.tricks.ask(Trick("SetSendingInfoBulk", How.WRONG_ORDER))
    (told,) = ask(server, "SetSendingInfoBulk", **sending(numbers[1]))["ResultObject"]
    assert told["contr_no"] != numbers[1]
    server.app.tricks.ask(Trick("GetShippingInfo_v3", How.EXPIRED))
    assert ask(server, "GetShippingInfo_v3", **period())["ResultCode"] == -90004
    assert [call.numbers for call in server.app.calls][:1] == [tuple(numbers)]


def test_a_night_and_a_change_by_hand(server: Server, rows: list[Row]) -> None:
    ask(server, "SetSendingInfoBulk", **sending(rows[0]["注文番号"]))
    url = f"{server.url}/practice"
    body = json.dumps({"order": rows[1]["カート番号"], "changes": {"CLAIM": "2"}}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/change", body)) as answer:
        assert len(json.loads(answer.read())["changed"]) == 2
    with urllib.request.urlopen(urllib.request.Request(f"{url}/night", b"")) as answer:
        assert json.loads(answer.read()) == {"moved": [rows[0]["カート番号"]]}
    assert [row["state"] for row in server.app.record()] == ["5"]


def test_the_old_host_style_is_not_there(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server.url}/GMKT.INC.Front.QAPIService/Other")
