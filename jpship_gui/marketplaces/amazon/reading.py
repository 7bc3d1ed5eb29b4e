"""Asking for orders within what Amazon allows: a search that goes on where it stopped, and many orders at once.

The search may be called twenty times and then once in three minutes, a single order be read once in two seconds (Amazon
reference 4.6). So a search remembers its page for a day, and orders asked for by number are searched by the time they
were made as long as that brings more than reading each.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jpship_gui.domain.clock import now_utc
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.amazon.api import ALL_DATA, AmazonCalls, BadQuery, Json, time_text
from jpship_gui.marketplaces.base import READ
from jpship_gui.net.faults import Throttled, Unanswered

log = logging.getLogger("jpship.amazon")

CURSOR = f"{READ}cursor"  # changes up to this moment were read
PAGE = f"{READ}page"  # a search under way: its query, its next page, when that was given
_OVERLAP = timedelta(minutes=10)
_FIRST = timedelta(days=14)
_TOKEN_LIVES = timedelta(hours=23)  # 24 by the reference
_BEFORE = timedelta(minutes=2)  # the newest moment a search may end at
_OPEN = "UNSHIPPED,PARTIALLY_SHIPPED"
_CHANGED = f"{_OPEN},CANCELLED,SHIPPED"
_FEW = 20  # orders that are asked for one by one
_WORTH = 10  # orders a page of a search must bring to be worth another
_RESERVE = 5  # calls of the search left to fetching


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `left_out` are data sets Amazon would not give from this page on."""

    orders: Sequence[Json]
    left_out: tuple[str, ...] = ()


class Search:
    """The search for what changed, remembered in a shop's memory. One that some data was left out of is not: the next
    one reads the same again.

    `left` are orders to be read by themselves: the first search is for open orders only, so those that were known as
    open before it, and that it did not show.
    """

    def __init__(
        self,
        calls: AmazonCalls,
        memory: MutableMapping[str, str],
        open_orders: Callable[[], Sequence[str]],
    ) -> None:
        self._calls = calls
        self._memory = memory
        self._left_out: tuple[str, ...] = ()
        self._end = ""
        self._first = CURSOR not in memory
        self._open_orders = open_orders
        self.left: list[str] = []

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Page by page; what is remembered after a page speaks of orders that were told before."""
        query, token = self._begun(since, until)
        while True:
            before = self._left_out
            answer = self._ask(query, token)
            orders = answer.get("orders") or []
            told = {str(model.get("orderId")) for model in orders}
            self.left = [number for number in self.left if number not in told]
            yield Page(orders, self._left_out[len(before) :])
            token = str((answer.get("pagination") or {}).get("nextToken") or "")
            end = str(answer.get("lastUpdatedBefore") or answer.get("createdBefore") or query["_end"])
            query = {**query, "_end": end}
            if not token:
                break
            self._remember(query, token)
        self._end = end

    def done(self) -> None:
        """Everything was told: the next search begins where this one ended."""
        self._memory.pop(PAGE, None)
        if not self._left_out:
            self._memory[CURSOR] = self._end

    def _begun(self, since: datetime, until: datetime) -> tuple[dict[str, str], str]:
        """The query and the page of a search that stopped, or of a new one."""
        try:
            page = json.loads(self._memory[PAGE])
            age = now_utc().timestamp() - float(page["at"])
            if 0 <= age < _TOKEN_LIVES.total_seconds():
                self.left, self._left_out = list(page["left"]), tuple(page["left_out"])
                return dict(page["query"]), str(page["token"])
        except (KeyError, ValueError, TypeError):
            pass  # none, or one that another version wrote
        self.left = list(self._open_orders()) if self._first else []
        return self._query(since, until), ""

    def _remember(self, query: Mapping[str, str], token: str) -> None:
        page = {"query": query, "token": token, "at": now_utc().timestamp()}
        self._memory[PAGE] = json.dumps({**page, "left": self.left, "left_out": self._left_out})

    def _query(self, since: datetime, until: datetime) -> dict[str, str]:
        """`_end` is up to when it reads, for an answer that does not say."""
        common = {"fulfilledBy": "MERCHANT", "_end": time_text(until - _BEFORE)}
        if self._first:
            start = max(since, until - _FIRST)
            return {"createdAfter": time_text(start), "fulfillmentStatuses": _OPEN, **common}
        start = datetime.fromisoformat(self._memory[CURSOR]) - _OVERLAP
        return {"lastUpdatedAfter": time_text(start), "fulfillmentStatuses": _CHANGED, **common}

    def _ask(self, query: Mapping[str, str], token: str) -> Json:
        """One page; without the data sets Amazon says it cannot give (reference 5.2)."""
        asked = {name: value for name, value in query.items() if not name.startswith("_")}
        while True:
            included = [name for name in ALL_DATA if name not in self._left_out]
            try:
                return self._calls.search_orders(asked, included, token)
            except BadQuery as fault:
                named = [name for name in included if name in fault.words]
                if not named or "includeddata" not in fault.words.lower():
                    if token:
                        self._memory.pop(PAGE, None)  # the page is no longer known: begin anew the next time
                    raise
                self._left_out += tuple(named)
                log.warning("searchOrders goes on without %s", ", ".join(named))


def missing(name: str) -> Rejection:
    """What a person is told of a data set Amazon would not give."""
    return Rejection(0, "includedData", "amazon_data_missing", name)


def models_of(
    calls: AmazonCalls,
    numbers: Sequence[str],
    included: Sequence[str],
    made: Mapping[str, datetime],
    give_up: float = math.inf,
) -> dict[str, Json]:
    """These orders by number; unknown ones are absent. `made` says when orders were made, as far as that is known;
    Unanswered when it takes longer than until `give_up` (monotonic seconds)."""
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, Json] = {}
    if len(wanted) > _FEW:
        _search(calls, {n: made[n] for n in wanted if n in made}, included, found)
    for number in wanted:
        if number not in found:
            if time.monotonic() > give_up:
                raise Unanswered("net_timeout", host=calls.host)
            model = calls.get_order(number, included)
            if model is not None:
                found[number] = model
    return {number: found[number] for number in wanted if number in found}


def _search(
    calls: AmazonCalls, made: Mapping[str, datetime], included: Sequence[str], found: dict[str, Json]
) -> None:
    """Add orders found between the first and the last one made, page by page while that is worth it."""
    left = set(made)
    end = min(max(made.values(), default=now_utc()) + _BEFORE, now_utc() - _BEFORE - timedelta(seconds=5))
    start = min(made.values(), default=end) - _BEFORE
    query = {"createdAfter": time_text(start), "createdBefore": time_text(end), "fulfilledBy": "MERCHANT"}
    token = ""
    while len(left) > _FEW and start < end and calls.budgets.of("searchOrders").left() > _RESERVE:
        try:
            answer = calls.search_orders(query, included, token)
        except Throttled:
            return
        hits = {str(model.get("orderId")): model for model in answer.get("orders") or []}
        brought = left & hits.keys()
        found.update((number, hits[number]) for number in brought)
        left -= brought
        token = str((answer.get("pagination") or {}).get("nextToken") or "")
        if not token or len(brought) < _WORTH:
            return
