"""RakutenPayOrderAPI over HTTP: one function per call, bodies exactly as the reference says.

The body is read whatever the HTTP status is; the gateway's own error shape (`Results.errorCode`) becomes
`Unauthorised`, messages of the service come back as values.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import WorldFault
from jpship_gui.net.faults import Unanswered, Unauthorised
from jpship_gui.net.session import Session

Json = dict[str, Any]

BASE_URL = "https://api.rms.rakuten.co.jp"
ORDERS = "/es/2.0/order/"
EXPIRY = "/es/1.0/license-management/license-key/expiry-date"
MAX_NUMBERS = 100
MAX_SPAN = timedelta(days=63)
MAX_AGE = timedelta(days=730)
PAGE_SIZE = 1000
MAX_HITS = 15_000
NOT_READY = "ORDER_EXT_API_GET_RESULT_UPDATEORDERSHIPPING_ASYNC_INFO_101"


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a MessageModelList; `data_number` counts a request's parcels from 1 through all baskets."""

    kind: str  # INFO, WARNING, ERROR
    code: str
    text: str
    order_number: str = ""
    data_number: int = 0
    detail_id: str = ""
    request_id: str = ""

    @property
    def refused(self) -> bool:
        """Whether the service did not do what this entry is about."""
        return self.kind == "ERROR"


class RakutenCalls:
    """The calls of one shop account; `secret` and `key` are serviceSecret and licenseKey."""

    def __init__(self, session: Session, secret: str, key: str, version: int) -> None:
        token = base64.b64encode(f"{secret}:{key}".encode()).decode()
        self._headers = {
            "Authorization": f"ESA {token}",
            "Content-Type": "application/json; charset=utf-8",
        }
        self._session = session
        self._key = key
        self._version = version

    def search_order(self, start: datetime, end: datetime, states: Sequence[int]) -> list[str]:
        """Numbers of orders made between two moments and in one of the states; the period is cut into pieces the
        service takes, and into smaller ones where a piece has more hits than it gives out."""
        numbers: dict[str, None] = {}
        for piece_start, piece_end in _pieces(start, end):
            numbers.update(dict.fromkeys(self._search_piece(piece_start, piece_end, states)))
        return list(numbers)

    def _search_piece(self, start: datetime, end: datetime, states: Sequence[int]) -> list[str]:
        numbers: list[str] = []
        page, pages = 1, 1
        while page <= pages:
            answer = self._post("searchOrder", _search_body(start, end, states, page), write=False)
            _raise_errors(answer, "searchOrder")
            numbers.extend(answer.get("orderNumberList") or [])
            paging = answer.get("PaginationResponseModel") or {}
            pages = paging.get("totalPages") or 0
            if (paging.get("totalRecordsAmount") or 0) > MAX_HITS and end - start > timedelta(seconds=2):
                middle = start + (end - start) / 2
                earlier = self._search_piece(start, middle, states)
                return earlier + self._search_piece(middle + timedelta(seconds=1), end, states)
            page += 1
        return numbers

    def get_order(self, numbers: Sequence[str]) -> Iterator[list[Json]]:
        """OrderModels of these orders, up to 100 at a time; numbers the service does not know are absent."""
        wanted = list(dict.fromkeys(numbers))
        for first in range(0, len(wanted), MAX_NUMBERS):
            body: Json = {"orderNumberList": wanted[first : first + MAX_NUMBERS], "version": self._version}
            answer = self._post("getOrder", body, write=False)
            _raise_errors(answer, "getOrder")
            models = answer.get("OrderModelList") or []
            if {model.get("orderNumber") for model in models} - set(wanted):  # an answer to another question
                raise Unanswered("net_bad_answer", host=self._session.host, status=200)
            yield models

    def update_order_shipping(self, report: Json) -> tuple[Message, ...]:
        """Register or change the parcels of one order at once."""
        return messages_of(self._post("updateOrderShipping", report, write=True))

    def update_order_shipping_async(self, reports: Sequence[Json]) -> tuple[Message, ...]:
        """Hand in reports for up to 100 orders; on acceptance one message carries the request's id."""
        body: Json = {"OrderShippingModelList": list(reports)}
        return messages_of(self._post("updateOrderShippingAsync", body, write=True))

    def shipping_result(self, request_id: str) -> Mapping[str, tuple[Message, ...]] | None:
        """Messages by order number; None while the result is not ready (or the id unknown: alike)."""
        answer = self._post("getResultUpdateOrderShippingAsync", {"requestId": request_id}, write=False)
        results = answer.get("ResultShippingModelList") or []
        if results:
            return {str(r.get("orderNumber", "")): messages_of(r) for r in results}
        if any(m.code == NOT_READY for m in messages_of(answer)):
            return None
        _raise_errors(answer, "getResultUpdateOrderShippingAsync")
        return None

    def license_expiry(self) -> datetime | None:
        """When the licence key ends; None when the answer holds no date we can read."""
        answer = self._session.get(EXPIRY, self._headers, {"licenseKey": self._key})
        body = _read_body(answer.body, answer.status, self._session.host)
        return moment_of(body.get("expiryDate"))

    def _post(self, function: str, body: Json, *, write: bool) -> Json:
        # Japanese stays unescaped: \uXXXX is reported to be refused (reference 4.1).
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        answer = self._session.post(f"{ORDERS}{function}/", self._headers, data, write=write)
        return _read_body(answer.body, answer.status, self._session.host)


def messages_of(answer: Json) -> tuple[Message, ...]:
    """The MessageModelList of an answer or of one result; `null` and `[]` are alike, repeats count once."""
    messages = (
        Message(
            kind=str(m.get("messageType") or ""),
            code=str(m.get("messageCode") or ""),
            text=str(m.get("message") or ""),
            order_number=str(m.get("orderNumber") or ""),
            data_number=int(m.get("dataNumber") or 0),
            detail_id=str(m.get("shippingDetailId") or ""),
            request_id=str(m.get("requestId") or ""),
        )
        for m in answer.get("MessageModelList") or []
    )
    return tuple(dict.fromkeys(messages))


def moment_of(text: object) -> datetime | None:
    """An aware moment from the service's `YYYY-MM-DDThh:mm:ss+0900`; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None


def time_text(moment: datetime) -> str:
    """A moment as the service writes it, without a colon in the offset."""
    return to_jst(moment).strftime("%Y-%m-%dT%H:%M:%S+0900")


def _pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    start = max(start, end - MAX_AGE + timedelta(hours=1))
    while start < end:
        stop = min(start + MAX_SPAN, end)
        yield start, stop
        start = stop + timedelta(seconds=1)


def _search_body(start: datetime, end: datetime, states: Sequence[int], page: int) -> Json:
    return {
        "dateType": 1,
        "startDatetime": time_text(start),
        "endDatetime": time_text(end),
        "orderProgressList": list(states),
        "PaginationRequestModel": {
            "requestRecordsAmount": PAGE_SIZE,
            "requestPage": page,
            "SortModelList": [{"sortColumn": 1, "sortDirection": 1}],
        },
    }


def _read_body(raw: bytes, status: int, host: str) -> Json:
    try:
        body = json.loads(raw.decode("utf-8-sig"))
    except ValueError:
        body = None
    if not isinstance(body, dict):
        if status in (401, 403):
            raise Unauthorised("rakuten_key_refused", host=host, answer=str(status))
        raise Unanswered("net_bad_answer", host=host, status=status)
    gateway = body.get("Results")
    if isinstance(gateway, dict) and (gateway.get("errorCode") or status in (401, 403)):
        words = gateway.get("message") or gateway.get("errorMessage") or ""
        raise Unauthorised(
            _GATEWAY.get(str(gateway.get("errorCode")), "rakuten_gateway"),
            host=host,
            answer=f"{gateway.get('errorCode') or status} {words}".strip(),
        )
    if status in (401, 403):
        raise Unauthorised("rakuten_key_refused", host=host, answer=str(status))
    return body


_GATEWAY = {
    "GA0001": "rakuten_key_refused",
    "ES04-01": "rakuten_not_enabled",
    "GK0001": "rakuten_key_malformed",
    "GK0005": "rakuten_key_malformed",
    "GK0006": "rakuten_key_malformed",
}


def _raise_errors(answer: Json, function: str) -> None:
    """A read has no per-order outcome: its first ERROR concerns the whole call."""
    for note in messages_of(answer):
        if note.refused:
            raise WorldFault("rakuten_refused_call", function=function, code=note.code, answer=note.text)
