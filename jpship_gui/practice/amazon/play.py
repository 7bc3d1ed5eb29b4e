"""The practice Amazon itself, without HTTP: sellers with their keys, access tokens, orders, and calls saved up.

It plays what Amazon's models and the reference say and shares no code with the connector it tests; where they are
silent it takes the stricter reading.
"""

from __future__ import annotations

import copy
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from jpship_gui.practice.amazon.answer import Answer, Json, error, moment_of
from jpship_gui.practice.amazon.samples import MARKETPLACE
from jpship_gui.practice.amazon.search import data_fault, search, with_data
from jpship_gui.practice.amazon.shipment import confirm

JST = timezone(timedelta(hours=9))
RATES: Mapping[str, tuple[float, int]] = {  # calls a second, and how many at once
    "searchOrders": (0.0056, 20),
    "getOrder": (0.5, 30),
    "confirmShipment": (2.0, 10),
}


@dataclass(slots=True)
class Seller:
    """One practice shop: its application's keys and its orders by number. `shows_recipients`: the role for personal
    data was approved. `told`: how often each package (order, reference) was confirmed, edits included."""

    number: str
    client_id: str
    client_secret: str
    refresh_token: str
    secret_ends: datetime
    authorised: bool = True
    shows_recipients: bool = True
    orders: dict[str, Json] = field(default_factory=dict)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)


class AmazonPlay:
    """All practice sellers of one server; every method may be called from several threads. `limited`: calls beyond what
    was saved up are put off."""

    def __init__(
        self, clock: Callable[[], datetime], *, limited: bool = True, token_seconds: int = 3600
    ) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._days = 0
        self._tokens: dict[str, tuple[str, datetime]] = {}  # access token → seller, end
        self._calls: dict[tuple[str, str], tuple[float, float]] = {}
        self.limited = limited
        self.token_seconds = token_seconds
        self.refused_data: set[str] = set()
        self.sellers: dict[str, Seller] = {}

    # -- its own clock and records ------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The practice marketplace's time: the real one plus the nights that were played."""
        return self._clock() + timedelta(days=self._days)

    def open_shop(
        self,
        number: str,
        client_id: str,
        secret: str,
        refresh: str,
        orders: Iterable[Json],
        days_left: int = 120,
    ) -> Seller:
        """Add a seller or replace his orders; `days_left` is the life of his client secret."""
        with self._lock:
            seller = Seller(number, client_id, secret, refresh, self.now() + timedelta(days=days_left))
            seller.orders = {order["orderId"]: copy.deepcopy(order) for order in orders}
            self.sellers[number] = seller
            return seller

    def change_order(self, number: str, changes: Mapping[str, object]) -> bool:
        """Overwrite top-level parts of an order, as a buyer's or Amazon's act would."""
        with self._lock:
            for seller in self.sellers.values():
                if number in seller.orders:
                    seller.orders[number].update(copy.deepcopy(dict(changes)))
                    seller.orders[number]["lastUpdatedTime"] = _stamp(self.now())
                    return True
            return False

    def record(self) -> list[Json]:
        """Every package of every seller, told by `confirmShipment` or a label, in the order of order numbers."""
        with self._lock:
            return [
                {
                    "shop": seller.number,
                    "order": number,
                    "reference": package["packageReferenceId"],
                    "tracking_no": package.get("trackingNumber", ""),
                    "carrier": package.get("carrier", ""),
                    "date": _day(package.get("shipTime")),
                    "times": seller.told[number, package["packageReferenceId"]],
                    "status": order["fulfillment"]["fulfillmentStatus"],
                }
                for seller in self.sellers.values()
                for number, order in sorted(seller.orders.items())
                for package in order["packages"]
            ]

    def night(self) -> list[str]:
        """Let a night pass: what was shipped is delivered, and its recipients' telephone numbers are shown no more;
        numbers of the orders that moved."""
        with self._lock:
            self._days += 1
            moved = []
            for seller in self.sellers.values():
                for number, order in seller.orders.items():
                    if order["fulfillment"]["fulfillmentStatus"] == "SHIPPED" and _deliver(order):
                        order["recipient"].get("deliveryAddress", {}).pop("phone", None)
                        order["lastUpdatedTime"] = _stamp(self.now())
                        moved.append(number)
            return sorted(moved)

    # -- keys ---------------------------------------------------------------------------------------------------

    def give_token(self, form: Mapping[str, str]) -> Answer:
        """Login with Amazon: a refresh token for an access token."""
        needed = ("grant_type", "refresh_token", "client_id", "client_secret")
        if not all(form.get(name) for name in needed):
            return _login_fault(400, "invalid_request", "The request is missing a required parameter")
        if form["grant_type"] != "refresh_token":
            return _login_fault(400, "unsupported_grant_type", "The grant type is not supported")
        with self._lock:
            seller = next((s for s in self.sellers.values() if s.client_id == form["client_id"]), None)
            right = seller is not None and seller.client_secret == form["client_secret"]
            if seller is None or not right or seller.secret_ends <= self.now():
                return _login_fault(401, "invalid_client", "Client authentication failed")
            if seller.refresh_token != form["refresh_token"] or not seller.authorised:
                return _login_fault(
                    400, "invalid_grant", "The request has an invalid grant parameter : refresh_token"
                )
            token = f"Atza|{secrets.token_urlsafe(24)}"
            self._tokens[token] = (seller.number, self.now() + timedelta(seconds=self.token_seconds))
            body = {"access_token": token, "token_type": "bearer", "expires_in": self.token_seconds}
            return Answer(200, {**body, "refresh_token": seller.refresh_token})

    def end_tokens(self) -> None:
        """No access token given so far is taken any more."""
        with self._lock:
            self._tokens.clear()

    def seller_of(self, token: str) -> Seller | Answer:
        """Whose access token this is."""
        with self._lock:
            number, ends = self._tokens.get(token, ("", self.now()))
            if number and ends > self.now():
                return self.sellers[number]
        details = (
            "The access token you provided has expired." if number else "Access token is missing or invalid."
        )
        return error(403, "Unauthorized", "Access to requested resource is denied.", details)

    def spend(self, seller: Seller, operation: str) -> Answer | None:
        """Use one of the calls saved up, or put it off."""
        if not self.limited:
            return None
        rate, burst = RATES[operation]
        with self._lock:
            now = self._clock().timestamp()
            left, at = self._calls.get((seller.number, operation), (float(burst), now))
            left = min(float(burst), left + max(0.0, now - at) * rate)
            if left < 1:
                self._calls[(seller.number, operation)] = (left, now)
                return error(429, "QuotaExceeded", "You exceeded your quota for the requested resource.")
            self._calls[(seller.number, operation)] = (left - 1, now)
            return None

    # -- orders -------------------------------------------------------------------------------------------------

    def search(self, seller: Seller, query: Mapping[str, str]) -> Answer:
        """searchOrders."""
        with self._lock:
            found = search(seller.orders.values(), query, self.now(), self.refused_data)
            return self._veiled(seller, found)

    def get(self, seller: Seller, number: str, query: Mapping[str, str]) -> Answer:
        """getOrder."""
        with self._lock:
            fault = data_fault(query, self.refused_data)
            if fault is not None:
                return fault
            order = seller.orders.get(number)
            if order is None:
                return error(404, "NotFound", "The requested order does not exist.")
            return self._veiled(seller, Answer(200, {"order": with_data(order, query)}))

    def confirm(self, seller: Seller, number: str, body: Any) -> Answer:
        """confirmShipment."""
        with self._lock:
            answer = confirm(seller.orders.get(number), body, MARKETPLACE, self.now())
            if answer.status == 204:
                seller.told[number, body["packageDetail"]["packageReferenceId"]] += 1
            return answer

    def _veiled(self, seller: Seller, answer: Answer) -> Answer:
        """Without the role for it personal data is absent."""
        if not seller.shows_recipients and answer.body is not None:
            for order in answer.body.get("orders") or [answer.body.get("order") or {}]:
                order.pop("recipient", None)
                order.pop("buyer", None)
        return answer


def _login_fault(status: int, code: str, words: str) -> Answer:
    return Answer(status, {"error": code, "error_description": words})


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(text: object) -> str:
    moment = moment_of(text)
    return moment.astimezone(JST).date().isoformat() if moment else ""


def _deliver(order: Json) -> bool:
    waiting = [p for p in order["packages"] if p["packageStatus"]["status"] != "DELIVERED"]
    for package in waiting:
        package["packageStatus"] = {"status": "DELIVERED", "detailedStatus": "DELIVERED"}
    return bool(waiting)
