"""searchOrders and getOrder of the practice Amazon: the rules of their parameters, pages, and what an answer holds."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from jpship_gui.practice.amazon.answer import Answer, Json, invalid, moment_of

STATUSES = frozenset(
    (
        "PENDING_AVAILABILITY",
        "PENDING",
        "UNSHIPPED",
        "PARTIALLY_SHIPPED",
        "SHIPPED",
        "CANCELLED",
        "UNFULFILLABLE",
    )
)
DATA = frozenset(
    (
        *("BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION", "FULFILLMENT"),
        *("PACKAGES", "TAX", "PAYMENT", "FULFILLMENT_ORDERS"),
    )
)
_OF_ORDER: Mapping[str, str] = {  # part of an order → the data set it comes with
    "buyer": "BUYER",
    "recipient": "RECIPIENT",
    "proceeds": "PROCEEDS",
    "fulfillment": "FULFILLMENT",
    "packages": "PACKAGES",
    "payment": "PAYMENT",
    "tax": "TAX",
    "fulfillmentOrders": "FULFILLMENT_ORDERS",
}
_OF_ITEM: Mapping[str, str] = {
    "proceeds": "PROCEEDS",
    "expense": "EXPENSE",
    "promotion": "PROMOTION",
    "cancellation": "CANCELLATION",
    "fulfillment": "FULFILLMENT",
    "tax": "TAX",
}
_TIMES = ("createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore")
_LISTS: Mapping[str, frozenset[str]] = {
    "fulfillmentStatuses": STATUSES,
    "fulfilledBy": frozenset(("MERCHANT", "AMAZON")),
    "includedData": DATA,
}
_KNOWN = frozenset((*_TIMES, *_LISTS, "marketplaceIds", "maxResultsPerPage", "paginationToken"))
_MAY_CHANGE = frozenset(("paginationToken", "maxResultsPerPage", "includedData"))
_LATEST = timedelta(minutes=2)
_TOKEN_LIVES = timedelta(hours=24)
_MARKETPLACES = 50


def search(
    orders: Iterable[Json], query: Mapping[str, str], now: datetime, refused_data: Iterable[str]
) -> Answer:
    """The page asked for."""
    fault = _fault(query, now) or data_fault(query, refused_data)
    if fault is not None:
        return fault
    kind = "created" if "createdAfter" in query else "lastUpdated"
    after = moment_of(query[f"{kind}After"])
    before = moment_of(query.get(f"{kind}Before", "")) or now - _LATEST
    assert after is not None
    hits = [order for order in orders if _matches(order, query) and after <= _time(order, kind) <= before]
    hits.sort(key=lambda order: (_time(order, kind), order["orderId"]))
    start = 0
    if query.get("paginationToken"):
        read = _read_token(query, now)
        if isinstance(read, Answer):
            return read
        start = read
    size = int(query.get("maxResultsPerPage", "100"))
    page = hits[start : start + size]
    body: Json = {"orders": [with_data(order, query) for order in page], f"{kind}Before": _text(before)}
    if start + size < len(hits):
        body["pagination"] = {"nextToken": _token(query, start + size, now)}
    return Answer(200, body)


def data_fault(query: Mapping[str, str], refused: Iterable[str]) -> Answer | None:
    """Data sets that are unknown, or that Amazon does not give out at present."""
    asked = _values(query, "includedData")
    unknown = [name for name in asked if name not in DATA]
    if unknown:
        return invalid(f"includedData: {unknown[0]} is not a valid value")
    gone = [name for name in asked if name in set(refused)]
    return invalid(f"Invalid includedData: {', '.join(gone)} is not supported") if gone else None


def with_data(order: Json, query: Mapping[str, str]) -> Json:
    """An order with the data sets asked for."""
    asked = set(_values(query, "includedData"))
    made = {name: value for name, value in order.items() if _OF_ORDER.get(name, "") in {"", *asked}}
    made["orderItems"] = [
        {name: value for name, value in item.items() if _OF_ITEM.get(name, "") in {"", *asked}}
        for item in order["orderItems"]
    ]
    shown = {name: value for name, value in made.items() if value not in ([], {})}
    return copy.deepcopy({**shown, "orderItems": made["orderItems"]})


def _fault(query: Mapping[str, str], now: datetime) -> Answer | None:
    for ask in (_unknown, _lists, _page_size, _pair, _order_of_times):
        words = ask(query, now)
        if words:
            return invalid(words)
    return None


def _unknown(query: Mapping[str, str], now: datetime) -> str:
    return next((f"{name} is not a valid parameter" for name in query if name not in _KNOWN), "")


def _lists(query: Mapping[str, str], now: datetime) -> str:
    for name, allowed in _LISTS.items():
        if name != "includedData" and not set(_values(query, name)) <= allowed:
            return f"{name} has an invalid value"
    return "too many marketplaceIds" if len(_values(query, "marketplaceIds")) > _MARKETPLACES else ""


def _page_size(query: Mapping[str, str], now: datetime) -> str:
    size = query.get("maxResultsPerPage", "100")
    return "" if size.isdecimal() and 1 <= int(size) <= 100 else "maxResultsPerPage must be between 1 and 100"


def _pair(query: Mapping[str, str], now: datetime) -> str:
    if ("createdAfter" in query) == ("lastUpdatedAfter" in query):
        return "exactly one of createdAfter and lastUpdatedAfter must be given"
    other = "lastUpdatedBefore" if "createdAfter" in query else "createdBefore"
    if other in query:
        return f"{other} does not belong to the time that was given"
    bad = next((name for name in _TIMES if name in query and moment_of(query[name]) is None), "")
    return f"{bad} is not in ISO 8601 format" if bad else ""


def _order_of_times(query: Mapping[str, str], now: datetime) -> str:
    kind = "created" if "createdAfter" in query else "lastUpdated"
    after, before = moment_of(query[f"{kind}After"]), moment_of(query.get(f"{kind}Before", ""))
    if before is None or after is None:
        return ""
    if before < after:
        return f"{kind}Before must not be before {kind}After"
    return f"{kind}Before must be at least two minutes ago" if before > now - _LATEST else ""


def _matches(order: Json, query: Mapping[str, str]) -> bool:
    fulfillment = order["fulfillment"]
    tests: tuple[tuple[str, str], ...] = (
        ("fulfillmentStatuses", fulfillment["fulfillmentStatus"]),
        ("fulfilledBy", fulfillment["fulfilledBy"]),
        ("marketplaceIds", order["salesChannel"].get("marketplaceId", "")),
    )
    return all(not _values(query, name) or value in _values(query, name) for name, value in tests)


def _values(query: Mapping[str, str], name: str) -> Sequence[str]:
    """Several values of one parameter, joined by commas."""
    return [value for value in query.get(name, "").split(",") if value]


def _time(order: Json, kind: str) -> datetime:
    found = moment_of(order[f"{kind}Time"])
    assert found is not None
    return found


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _fixed(query: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in sorted(query.items()) if name not in _MAY_CHANGE}


def _token(query: Mapping[str, str], start: int, now: datetime) -> str:
    said = {"start": start, "query": _fixed(query), "at": now.timestamp()}
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()


def _read_token(query: Mapping[str, str], now: datetime) -> int | Answer:
    try:
        said = json.loads(base64.urlsafe_b64decode(query["paginationToken"]))
        start, fixed, at = int(said["start"]), said["query"], float(said["at"])
    except (ValueError, KeyError, TypeError):
        return invalid("paginationToken is invalid")
    if now.timestamp() - at > _TOKEN_LIVES.total_seconds():
        return invalid("paginationToken has expired")
    return start if fixed == _fixed(query) else invalid("paginationToken belongs to another query")
