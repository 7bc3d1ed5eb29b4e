"""A connected Amazon shop: reads orders page by page, confirms package by package, and looks before it tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from jpship_gui.domain.clock import JST, now_utc
from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.amazon import reading, shipment
from jpship_gui.marketplaces.amazon.access import TOKEN_PATH, TOKEN_URL, Access
from jpship_gui.marketplaces.amazon.api import (
    ALL_DATA,
    BASE_URL,
    PARCEL_DATA,
    REQUEST_ID,
    RETRY_STATUS,
    AmazonCalls,
    Budgets,
    Json,
    Refusal,
    time_text,
)
from jpship_gui.marketplaces.amazon.mapping import reading_of
from jpship_gui.marketplaces.amazon.values import means_already
from jpship_gui.marketplaces.base import Reading, ShopAccount
from jpship_gui.marketplaces.load import options
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.net.session import Manner, Session
from jpship_gui.settings.options import ShopOptions

PUSH_SIZE = 50
_LOOK_SECONDS = 240.0  # a push must end well within the outbox's lease, however slow the answers are
_PUSH_SECONDS = 480.0  # what is not begun by then waits
SECRET_LIVES = timedelta(days=180)
_WARN = timedelta(days=14)
_UNSENT = (Unreachable, Throttled, Unauthorised)


def connect(account: ShopAccount) -> AmazonApi:
    """The shop's connection; nothing is called yet. Refused("secret_missing"), Refused("amazon_client_id")."""
    settings = ShopOptions(account.settings, options("jpship_gui.marketplaces.amazon"))
    client_id = str(settings.get("client_id"))
    if not client_id:
        raise Refused("amazon_client_id", shop=account.name)
    manner = Manner(
        pace=settings.get("api.pace_ms") / 1000,
        read_timeout=float(settings.get("api.timeout_s")),
        loopback_only=account.practice,
        retry_status=RETRY_STATUS,
        request_id=REQUEST_ID,
    )
    url = str(settings.get("api.url") or BASE_URL)
    own = f"{url.rstrip('/')}{TOKEN_PATH}" if account.practice else TOKEN_URL
    login = str(settings.get("amazon.token_url") or own)
    access = Access(
        Session(login, account.name, manner),
        login,
        client_id,
        account.secret("client_secret"),
        account.secret("refresh_token"),
    )
    calls = AmazonCalls(
        Session(url, account.name, manner),
        access,
        Budgets(account.memory, time.sleep),
        str(settings.get("amazon.marketplace_id")),
    )
    return AmazonApi(account, calls, settings)


class AmazonApi:
    """`MarketplaceApi` of one Amazon shop."""

    def __init__(self, account: ShopAccount, calls: AmazonCalls, settings: ShopOptions) -> None:
        self._account = account
        self._calls = calls
        self._settings = settings

    @property
    def sees_changes(self) -> bool:
        """A fetch tells every order that changed since the last one; the first looks after the others itself."""
        return True

    @property
    def push_size(self) -> int:
        """A push stops by itself when it takes long."""
        return PUSH_SIZE

    # -- reading ------------------------------------------------------------------------------------------------

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Reading | Rejection]:
        """What changed since the last fetch, going on where one stopped; the first time open orders of two weeks, and
        what became of those known as open. Throttled("net_not_due") tells when the next page may be asked for."""
        search = reading.Search(self._calls, self._account.memory, self._account.open_orders)
        told = 0
        for page in search.pages(since, until):
            yield from map(reading.missing, page.left_out)
            for model in page.orders:
                yield self._read_one(model)
            told += len(page.orders)
            step(told, told)
        yield from map(self._read_one, self._models(search.left, ALL_DATA).values())
        search.done()

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These orders as Amazon has them now; one that cannot be read is absent like an unknown one."""
        read = map(self._read_one, self._models(numbers, ALL_DATA).values())
        return [one.order for one in read if isinstance(one, Reading)]

    def _read_one(self, model: Json) -> Reading | Rejection:
        try:
            return reading_of(model, self._account)
        except Refused as fault:
            values = {name: str(value) for name, value in fault.values.items()}
            return Rejection(
                0,
                values.get("field", ""),
                values.get("reason", fault.code),
                values.get("value", ""),
                str(model.get("orderId") or ""),
            )

    def _models(self, numbers: Sequence[str], included: Sequence[str]) -> dict[str, Json]:
        known = self._account.known(numbers)
        made = {number: order.ordered_at for number, order in known.items() if order.ordered_at}
        return reading.models_of(self._calls, numbers, included, made)

    # -- confirming ---------------------------------------------------------------------------------------------

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Look, then tell what is missing, one package a call. A fault of the look is raised: then nothing was sent."""
        begun = time.monotonic()
        made = {c.order_id.number: c.ordered_at for c in confirmations if c.ordered_at}
        numbers = [c.order_id.number for c in confirmations]
        models = reading.models_of(self._calls, numbers, PARCEL_DATA, made, begun + _LOOK_SECONDS)
        results: list[SendResult] = []
        stop = ""
        for confirmation in confirmations:
            if time.monotonic() > begun + _PUSH_SECONDS:
                stop = stop or "net_timeout"
            if stop:
                results.append(SendResult(confirmation.shipment_key, SendState.WAITING, stop))
                continue
            results.append(self._tell(confirmation, models.get(confirmation.order_id.number)))
            stop = results[-1].code if results[-1].state is SendState.WAITING else ""
        return results

    def _tell(self, confirmation: Confirmation, model: Json | None) -> SendResult:
        plan = shipment.plan(confirmation, model, self._calls.marketplace_id)
        if plan.decided is not None:
            return plan.decided
        done = list(plan.standing)
        for report in plan.reports:
            try:
                refusal = self._calls.confirm_shipment(confirmation.order_id.number, report.body)
            except Fault as fault:
                return _after_fault(fault, confirmation.shipment_key, done)
            if refusal is not None:
                return self._refused(confirmation, refusal, done)
            done.append((report.parcel_key, report.reference))
        return SendResult(confirmation.shipment_key, SendState.ACCEPTED, detail_ids=tuple(done))

    def _refused(
        self, confirmation: Confirmation, refusal: Refusal, done: Sequence[tuple[str, str]]
    ) -> SendResult:
        """In Amazon's words; where these say that a package may stand already, only after looking (reference 6.3)."""
        key = confirmation.shipment_key
        if means_already(refusal.words):
            try:
                model = self._calls.get_order(confirmation.order_id.number, PARCEL_DATA)
            except Fault as fault:
                return SendResult(key, SendState.DOUBTFUL, fault.code, detail_ids=tuple(done))
            plan = shipment.plan(confirmation, model, self._calls.marketplace_id)
            if plan.decided is not None and plan.decided.state is SendState.ACCEPTED:
                return plan.decided
        code = refusal.code or f"amazon_{refusal.status}"
        return SendResult(key, SendState.REFUSED, code, refusal.words, tuple(done))

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Amazon answers at once: what has no answer must be read back."""
        return [SendResult(c.shipment_key, SendState.DOUBTFUL, "answer_incomplete") for c in confirmations]

    # -- checking -----------------------------------------------------------------------------------------------

    def check(self) -> str:
        """Log in and ask for one order of the last hours, if a call for that is left."""
        bucket = self._calls.budgets.of("searchOrders")
        if not bucket.left():
            self._calls.log_in()
            return "amazon.check_waits"
        query = {"createdAfter": time_text(now_utc() - timedelta(days=7)), "fulfilledBy": "MERCHANT"}
        if not _shows_recipients(self._calls.search_orders(query, ALL_DATA, most=5)):
            return "amazon.check_no_recipients"
        made = self._settings.get("amazon.secret_made")
        if made is not None:
            ends = datetime.combine(made, datetime.min.time(), JST) + SECRET_LIVES
            if ends - now_utc() < _WARN:
                return "amazon.check_secret_ends"
        return "net.check_ok"


def _shows_recipients(answer: Json) -> bool:
    """Without the role for it personal data is simply absent (reference 4.4)."""
    orders = answer.get("orders") or []
    return not orders or any((order.get("recipient") or {}).get("deliveryAddress") for order in orders)


def _after_fault(fault: Fault, key: str, done: Sequence[tuple[str, str]]) -> SendResult:
    """After a fault of a write: what surely did nothing waits, everything else is doubtful until read back."""
    if isinstance(fault, _UNSENT):
        return SendResult(key, SendState.WAITING, fault.code, detail_ids=tuple(done))
    if isinstance(fault, Unanswered):
        return SendResult(key, SendState.DOUBTFUL, fault.code, detail_ids=tuple(done))
    raise fault
