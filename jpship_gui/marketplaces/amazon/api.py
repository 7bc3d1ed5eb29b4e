"""The Selling Partner API over HTTP: one function per call, parameters and bodies as its models say.

Orders are read with the Orders API 2026-01-01 and confirmed with version 0, whose confirmShipment has no successor
(Amazon reference 5.1). Its status decides whether a call succeeded; a body is read for its words only (4.5).
"""

from __future__ import annotations

import json
import platform
import random
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import jpship_gui
from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.fault import WorldFault
from jpship_gui.marketplaces.amazon.access import Access
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised
from jpship_gui.net.pace import Bucket, Rate
from jpship_gui.net.session import Answer, Session

Json = dict[str, Any]

BASE_URL = "https://sellingpartnerapi-fe.amazon.com"
ORDERS = "/orders/2026-01-01/orders"
CONFIRM = "/orders/v0/orders/{}/shipmentConfirmation"
REQUEST_ID = "x-amzn-requestid"
RETRY_STATUS = frozenset({500, 502, 503, 504})  # after 429 the bucket decides
RATES: Mapping[str, Rate] = {  # reference 4.6, CONFIRMED defaults
    "searchOrders": Rate(0.0056, 20),
    "getOrder": Rate(0.5, 30),
    "confirmShipment": Rate(2, 10),
}
_PATIENCE = {
    "searchOrders": 0.0,
    "getOrder": 60.0,
    "confirmShipment": 30.0,
}  # seconds waited for a call to be due
_TRIES = 4  # of a call Amazon put off with 429
_NOT_OURS = (401, 403)
ALL_DATA = ("BUYER", "RECIPIENT", "PROCEEDS", "CANCELLATION", "FULFILLMENT", "PACKAGES")
PARCEL_DATA = ("FULFILLMENT", "PACKAGES")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Amazon took the call and would not do it; the first error's code and words."""

    status: int
    code: str = ""
    words: str = ""


class Budgets:
    """Calls saved up by operation; kept in the shop's memory, since all desks and restarts share them."""

    def __init__(self, memory: MutableMapping[str, str], sleep: Callable[[float], None]) -> None:
        self._buckets = {
            name: Bucket(rate, memory, f"amazon.{name}", sleep=sleep) for name, rate in RATES.items()
        }
        self._sleep = sleep

    def of(self, operation: str) -> Bucket:
        """The bucket of one operation."""
        return self._buckets[operation]

    def spend(self, operation: str, call: Callable[[], Answer]) -> Answer:
        """Make a call when it is due. A 429 did nothing: the call is made again a little later, as long as the
        operation's calls are worth waiting for; Throttled("net_not_due") else."""
        bucket, patience = self._buckets[operation], _PATIENCE[operation]
        pause = 1 / RATES[operation].per_second
        for _ in range(_TRIES):
            bucket.take(patience)
            try:
                return call()
            except Throttled:
                bucket.empty()
            wait = pause * (1 + random.random() / 5)
            if wait > patience:
                break
            self._sleep(wait)
            pause *= 2
        bucket.empty()
        bucket.take(0.0)
        raise AssertionError("an empty bucket gave a call")


class AmazonCalls:
    """The calls of one shop."""

    def __init__(self, session: Session, access: Access, budgets: Budgets, marketplace_id: str) -> None:
        self._session = session
        self._access = access
        self.host = session.host
        self.budgets = budgets
        self.marketplace_id = marketplace_id

    def log_in(self) -> None:
        """Get an access token and nothing else."""
        self._access.token()

    def search_orders(
        self, query: Mapping[str, str], included: Sequence[str], token: str = "", most: int = 100
    ) -> Json:
        """One page of orders; raises `BadQuery` where Amazon does not like what was asked."""
        asked = {
            **query,
            "marketplaceIds": self.marketplace_id,
            "includedData": ",".join(included),
            "maxResultsPerPage": str(most),
        }
        if token:
            asked["paginationToken"] = token
        return self._read("searchOrders", ORDERS, asked)

    def get_order(self, number: str, included: Sequence[str]) -> Json | None:
        """One order; None when Amazon does not know it."""
        path = f"{ORDERS}/{quote(number, safe='')}"
        try:
            answer = self._read("getOrder", path, {"includedData": ",".join(included)})
        except BadQuery as fault:
            if fault.status == 404:
                return None
            raise
        order: Json | None = answer.get("order")
        return order

    def confirm_shipment(self, number: str, body: Json) -> Refusal | None:
        """Register or edit one package. None = accepted, which only an exact 204 means; a fault tells whether it may
        have taken effect (`Unanswered`) or surely did not."""
        path = CONFIRM.format(quote(number, safe=""))
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        answer = self._call(
            "confirmShipment",
            lambda headers: self._session.post(
                path, {**headers, "Content-Type": "application/json"}, data, write=True, lane="confirm"
            ),
        )
        if answer.status == 204:
            return None
        if 400 <= answer.status < 500:
            return refusal_of(answer)
        raise Unanswered("net_bad_answer", host=self._session.host, status=answer.status)

    def _read(self, operation: str, path: str, query: Mapping[str, str]) -> Json:
        answer = self._call(
            operation, lambda headers: self._session.get(path, headers, query, lane=operation)
        )
        if answer.status == 200:
            body = _json(answer.body)
            if body:
                return body
            raise Unanswered("net_bad_answer", host=self._session.host, status=answer.status)
        refused = refusal_of(answer)
        raise BadQuery(refused, operation)

    def _call(self, operation: str, call: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """With a token that is renewed once when it is not taken; refused again, the shop may not do this."""
        answer = self._once(operation, call)
        if answer.status in _NOT_OURS:
            answer = self._once(operation, call)
        if answer.status not in _NOT_OURS:
            return answer
        refused = refusal_of(answer)
        raise Unauthorised(
            "amazon_forbidden",
            host=self._session.host,
            operation=operation,
            answer=f"{refused.code or refused.status} {refused.words}".strip(),
        )

    def _once(self, operation: str, call: Callable[[Mapping[str, str]], Answer]) -> Answer:
        token = self._access.token()
        answer = self.budgets.spend(operation, lambda: call(_headers(token)))
        if answer.status in _NOT_OURS:
            self._access.forget(token)
        return answer


class BadQuery(WorldFault):
    """Amazon does not take what was asked: nothing a repetition would mend."""

    def __init__(self, refused: Refusal, operation: str) -> None:
        words = f"{refused.code or refused.status} {refused.words}".strip()
        super().__init__("amazon_refused_call", function=operation, answer=words)
        self.status = refused.status
        self.words = refused.words


def refusal_of(answer: Answer) -> Refusal:
    """The first error of an answer; gateways answer without any."""
    errors = _json(answer.body).get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    words = " ".join(str(first[name]) for name in ("message", "details") if first.get(name))
    return Refusal(answer.status, str(first.get("code") or ""), words)


def time_text(moment: datetime) -> str:
    """A moment as the API takes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _headers(token: str) -> dict[str, str]:
    return {
        "x-amz-access-token": token,
        "x-amz-date": now_utc().strftime("%Y%m%dT%H%M%SZ"),
        "User-Agent": _agent(),
        "Accept": "application/json",
    }


def _agent() -> str:
    language = f"Language=Python/{platform.python_version()}"
    return f"jpship/{jpship_gui.__version__} ({language}; Platform={platform.system()}/{platform.release()})"


def _json(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
