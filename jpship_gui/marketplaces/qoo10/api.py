"""QAPI over HTTP: one function per call, bodies exactly as the reference says. No order logic here.

Every call is the header style: the key stands in a header and in no address. HTTP is 200 for failures too, so the
`ResultCode` of a reply decides, and of replies with rows that of each row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import WorldFault
from jpship_gui.marketplaces import load
from jpship_gui.net.faults import Unanswered, Unauthorised
from jpship_gui.net.session import Session

Record = Mapping[str, Any]  # keys in small letters

BASE_URL = "https://api.qoo10.jp/GMKT.INC.Front.QAPIService/ebayjapan.qapi"
MAX_SPAN = timedelta(days=89, hours=23)
MAX_ROWS = 500
BY_ORDER_DATE, BY_PAYMENT_DATE = "1", "2"
OPEN_STATES = "0"  # 1 to 3 in one reply
OK = "0"
_PACKAGE = __name__.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call answered: its own code and words, and its records."""

    code: str
    message: str
    records: tuple[Record, ...] = ()
    text: str = ""  # where the result is a text

    @property
    def ok(self) -> bool:
        """Whether the call as a whole succeeded."""
        return self.code == OK


@dataclass(frozen=True, slots=True)
class Sending:
    """One order number with what it is told."""

    order_no: str
    carrier: str
    tracking_no: str


@dataclass(frozen=True, slots=True)
class ShipDate:
    """One order number with its promised ship date (yyyyMMdd) and the code of a reason for a late one."""

    order_no: str
    day: str
    reason: str = ""


class QooCalls:
    """The calls of one shop. `key` is the certification key; `version` auto, 3 or 2 for the order search;
    `promise_field` EstShipDt, ShippingDate or both."""

    def __init__(
        self, session: Session, key: str, version: str = "auto", promise_field: str = "EstShipDt"
    ) -> None:
        self._session = session
        self._headers = {
            "GiosisCertificationKey": key,
            "QAPIVersion": "1.0",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._version = version
        self._promise_fields = ("EstShipDt", "ShippingDate") if promise_field == "both" else (promise_field,)

    @property
    def field_map(self) -> str:
        """Which table of fields.toml the records of `shipping_info` follow."""
        return "v2" if self._version == "2" else "v3"

    def shipping_info(self, state: str, start: datetime, end: datetime, by: str) -> list[Record]:
        """Records of order numbers in a state, in a period by one of its dates, cut into periods the service takes."""
        found: list[Record] = []
        for first, last in pieces(start, end):
            found += self._shipping_piece(state, first, last, by).records
        return found

    def _shipping_piece(self, state: str, start: datetime, end: datetime, by: str) -> Reply:
        if self._version != "2":
            body = {
                "ShippingStatus": state,
                "SearchStartDate": time_text(start),
                "SearchEndDate": time_text(end),
                "SearchCondition": by,
            }
            reply = self._post("ShippingBasic.GetShippingInfo_v3", body, write=False)
            if self._version == "3" or _kind(reply) != "absent":
                return _read(reply, "GetShippingInfo_v3")
            self._version = "2"  # the service has no v3 (any more): stay with what it has
        body = {
            "ShippingStat": state,
            "search_Sdate": time_text(start),
            "search_Edate": time_text(end),
            "search_condition": by,
        }
        return _read(self._post("ShippingBasic.GetShippingInfo_v2", body, write=False), "GetShippingInfo_v2")

    def claims(self, claim: str, start: datetime, end: datetime, by: str) -> list[Record]:
        """Records of order numbers with a claim of this number; `by` 1 order date, 2 request date."""
        found: list[Record] = []
        for first, last in pieces(start, end):
            body = {
                "ClaimStat": claim,
                "search_Sdate": time_text(first),
                "search_Edate": time_text(last),
                "search_condition": by,
            }
            reply = self._post("ShippingBasic.GetClaimInfo_V3", body, write=False)
            found += _read(reply, "GetClaimInfo_V3").records
        return found

    def by_order_no(self, order_no: str) -> Record | None:
        """State and claim of one order number, None when the shop has no such number."""
        function = "GetShippingAndClaimInfoByOrderNo_V2"
        reply = self._post(f"ShippingBasic.{function}", {"OrderNo": order_no}, write=False)
        if not reply.ok and _kind(reply) == "":
            return None
        found = _read(reply, function).records
        return next((r for r in found if str(r.get("orderno", order_no)) == order_no), None)

    def set_sending_bulk(self, rows: Sequence[Sending]) -> Reply:
        """Tell carriers and numbers of up to 500 order numbers; they are shipped from then on."""
        told = [
            {"OrderNo": row.order_no, "ShippingCorp": row.carrier, "TrackingNo": row.tracking_no}
            for row in rows
        ]
        body = {"ShippingInfoJson": json.dumps(told, ensure_ascii=False)}
        return self._post("ShippingBasic.SetSendingInfoBulk", body, write=True)

    def set_sending(self, row: Sending) -> Reply:
        """The same for one order number; the reply has a code and no rows."""
        body = {"OrderNo": row.order_no, "ShippingCorp": row.carrier, "TrackingNo": row.tracking_no}
        return self._post("ShippingBasic.SetSendingInfo", body, write=True)

    def set_seller_check_bulk(self, rows: Sequence[ShipDate]) -> Reply:
        """Accept up to 500 order numbers and promise their ship dates."""
        told = [
            {"OrderNo": r.order_no, **self._date(r), "DelayType": r.reason, "DelayMemo": ""} for r in rows
        ]
        body = {"SendPlanDtInfoJson": json.dumps(told, ensure_ascii=False)}
        return self._post("ShippingBasic.SetSellerCheckYNBulk", body, write=True)

    def set_seller_check(self, row: ShipDate) -> Reply:
        """The same for one order number; several joined by commas are refused by the service."""
        body = {"OrderNo": row.order_no, **self._date(row), "DelayType": row.reason, "DelayMemo": ""}
        return self._post("ShippingBasic.SetSellerCheckYN_V2", body, write=True)

    def _date(self, row: ShipDate) -> dict[str, str]:
        return dict.fromkeys(self._promise_fields, row.day)

    def create_key(self, user: str, password: str) -> str:
        """A new certification key for a login; this session's key is the API key then."""
        body = {"user_id": user, "pwd": password}
        reply = self._post("CertificationAPI.CreateCertificationKey", body, write=True)
        return _read(reply, "CreateCertificationKey").text

    def _post(self, method: str, body: Mapping[str, str], *, write: bool) -> Reply:
        """Unused parameters are "" and never left out: a missing one answers that the API does not exist."""
        data = urlencode({**body, "returnType": "application/json"}).encode()
        answer = self._session.post(f"/{method}", self._headers, data, write=write)
        reply = reply_of(answer.body, answer.status, self._session.host)
        if _kind(reply) == "key":
            fault = _result(reply)["fault"]
            raise Unauthorised(fault, host=self._session.host, answer=f"{reply.code} {reply.message}".strip())
        return reply


def reply_of(raw: bytes, status: int, host: str) -> Reply:
    """A reply whatever its spelling: keys without regard to case, codes as number or text, ErrorCode for ResultCode."""
    if status in (401, 403):
        raise Unauthorised("qoo10_key_refused", host=host, answer=str(status))
    try:
        body = json.loads(raw.decode("utf-8-sig"))
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unanswered("net_bad_answer", host=host, status=status)
    said = lowered(body)
    code = said.get("resultcode", said.get("errorcode"))
    if code is None or status != 200:
        raise Unanswered("net_bad_answer", host=host, status=status)
    words = str(said.get("resultmsg") or said.get("errormsg") or "")
    result = said.get("resultobject")
    text = result.strip() if isinstance(result, str) else ""
    return Reply(str(code).strip(), words, _records(result), text)


def lowered(record: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in small letters."""
    return {str(key).lower(): value for key, value in record.items()}


def _records(result: object) -> tuple[Record, ...]:
    """A list of records, one alone, or a list inside an object of one name."""
    if isinstance(result, dict):
        inner = [value for value in result.values() if isinstance(value, list)]
        result = inner[0] if len(result) == 1 and inner else [result]
    return tuple(lowered(row) for row in result if isinstance(row, dict)) if isinstance(result, list) else ()


def pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Periods of at most 90 days that cover a longer one, the latest last."""
    while start < end:
        stop = min(start + MAX_SPAN, end)
        yield start, stop
        start = stop


def time_text(moment: datetime) -> str:
    """A moment as the service takes it, in Japan's time."""
    return to_jst(moment).strftime("%Y%m%d%H%M%S")


def _result(reply: Reply) -> Mapping[str, str]:
    found: Mapping[str, str] = load.data(_PACKAGE, "codes.toml")["results"].get(reply.code, {})
    return found


def _kind(reply: Reply) -> str:
    return "" if reply.ok else _result(reply).get("kind", "")


def _read(reply: Reply, function: str) -> Reply:
    """A read has no rows to refuse: whatever is not success concerns the whole call."""
    if reply.ok:
        return reply
    fault = _result(reply).get("fault", "qoo10_refused_call")
    raise WorldFault(fault, function=function, code=reply.code, answer=reply.message)
