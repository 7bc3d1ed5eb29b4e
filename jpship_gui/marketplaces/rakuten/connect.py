"""A connected Rakuten shop: reads orders, reports shipments, and never sends a parcel it has not looked for first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from jpship_gui.domain.clock import now_utc
from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.load import options
from jpship_gui.marketplaces.rakuten.api import BASE_URL, Json, Message, RakutenCalls
from jpship_gui.marketplaces.rakuten.mapping import order_of
from jpship_gui.marketplaces.rakuten.report import OrderReport, plan_reports, refused_result, results_of
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.net.session import Manner, Session
from jpship_gui.settings.options import ShopOptions

OPEN_STATES = (100, 200, 300, 400, 800, 900)
MAX_REPORTS = 100
_AT_ONCE = 10  # one by one: ten slow answers stay below the lease of the outbox
_WARN_DAYS = 14
_KEY_UNTIL = "rakuten.key_until"  # named in credentials.toml


def connect(account: ShopAccount) -> RakutenApi:
    """The shop's connection; nothing is called yet. Refused("secret_missing") when a key is not known."""
    settings = ShopOptions(account.settings, options("jpship_gui.marketplaces.rakuten"))
    manner = Manner(
        pace=settings.get("api.pace_ms") / 1000,
        read_timeout=float(settings.get("api.timeout_s")),
        loopback_only=account.practice,
    )
    session = Session(settings.get("api.url") or BASE_URL, account.name, manner)
    calls = RakutenCalls(
        session,
        account.secret("service_secret"),
        account.secret("license_key"),
        settings.get("rakuten.api_version"),
    )
    return RakutenApi(account, calls, at_once=settings.get("rakuten.sync"))


class RakutenApi:
    """`MarketplaceApi` of one Rakuten shop."""

    def __init__(self, account: ShopAccount, calls: RakutenCalls, *, at_once: bool) -> None:
        self._account = account
        self._calls = calls
        self._at_once = at_once

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Rejection]:
        """Orders made in the period that are open, on hold for a change, or cancelled."""
        numbers = self._calls.search_order(since, until, OPEN_STATES)
        step(0, len(numbers))
        done = 0
        for models in self._calls.get_order(numbers):
            yield from (self._read_one(model) for model in models)
            done = min(done + 100, len(numbers))
            step(done, len(numbers))

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These orders as Rakuten has them now; one that cannot be read is absent like an unknown one."""
        read = (self._read_one(model) for models in self._calls.get_order(numbers) for model in models)
        return [order for order in read if isinstance(order, Order)]

    def _read_one(self, model: Json) -> Order | Rejection:
        try:
            return order_of(model, self._account)
        except Refused as fault:
            values = {name: str(value) for name, value in fault.values.items()}
            return Rejection(
                0,
                values.get("field", ""),
                values.get("reason", fault.code),
                values.get("value", ""),
                str(model.get("orderNumber") or ""),
            )

    @property
    def sees_changes(self) -> bool:
        """A search finds open and cancelled orders, not those that were shipped meanwhile."""
        return False

    @property
    def push_size(self) -> int:
        """One call tells many orders; one by one, each may wait for a slow answer."""
        return _AT_ONCE if self._at_once else MAX_REPORTS

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Look, then report what is missing. A fault of the first look is raised: then nothing was sent."""
        models = self._models([c.order_id.number for c in confirmations])
        plan = plan_reports(confirmations, models)
        results = list(plan.decided)
        if self._at_once:
            for report in plan.reports:
                results += self._report_one(report)
        else:
            for first in range(0, len(plan.reports), MAX_REPORTS):
                results += self._hand_in(plan.reports[first : first + MAX_REPORTS])
        return results

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Answers of a report that was handed in; SENDING while Rakuten still works on it."""
        answers = self._calls.shipping_result(request_id)
        keys = [c.shipment_key for c in confirmations]
        if answers is None:
            return _all(keys, SendState.SENDING, request_id=request_id)
        results: list[SendResult] = []
        unclear: list[tuple[Confirmation, Message]] = []
        for confirmation in confirmations:
            messages = answers.get(confirmation.order_id.number, ())
            refusal = next((m for m in messages if m.refused), None)
            if refusal is not None:
                unclear.append((confirmation, refusal))
            elif messages:
                notice = next((m for m in messages if m.kind == "WARNING"), None)
                code, words = (notice.code, notice.text) if notice else ("", "")
                results.append(SendResult(confirmation.shipment_key, SendState.ACCEPTED, code, words))
            else:
                results.append(SendResult(confirmation.shipment_key, SendState.DOUBTFUL, "answer_incomplete"))
        return results + self._sort_out(unclear)

    def check(self) -> str:
        """Read the licence key's end and remember it, or where that call is not enabled look for today's orders."""
        try:
            expiry = self._calls.license_expiry()
        except Unauthorised:
            now = now_utc()
            self._calls.search_order(now - timedelta(hours=1), now, (300,))
            return "net.check_ok"
        if expiry is not None:
            self._account.memory[_KEY_UNTIL] = expiry.isoformat()
        if expiry is not None and expiry - now_utc() < timedelta(days=_WARN_DAYS):
            return "net.check_expires_soon"
        return "net.check_ok"

    def _models(self, numbers: Sequence[str]) -> dict[str, Json]:
        return {m["orderNumber"]: m for models in self._calls.get_order(numbers) for m in models}

    def _report_one(self, report: OrderReport) -> list[SendResult]:
        try:
            return results_of(report, self._calls.update_order_shipping(report.json()))
        except Fault as fault:
            return _after_fault(fault, report.shipment_keys)

    def _hand_in(self, reports: Sequence[OrderReport]) -> list[SendResult]:
        keys = [key for report in reports for key in report.shipment_keys]
        try:
            messages = self._calls.update_order_shipping_async([report.json() for report in reports])
        except Fault as fault:
            return _after_fault(fault, keys)
        request_id = next((m.request_id for m in messages if m.request_id), "")
        if request_id:
            return _all(keys, SendState.SENDING, request_id=request_id)
        faults = {m.order_number: m for m in messages if m.refused}
        if not faults:
            return _all(keys, SendState.DOUBTFUL, "answer_incomplete")
        refused = [r for r in reports if r.number in faults] or list(reports)
        anyone = next(iter(faults.values()))
        results = [
            refused_result(key, faults.get(r.number, anyone)) for r in refused for key in r.shipment_keys
        ]
        rest = [
            r for r in reports if r not in refused
        ]  # one bad report keeps the whole request out: send the others
        return results + (self._hand_in(rest) if rest else [])

    def _sort_out(self, unclear: Sequence[tuple[Confirmation, Message]]) -> list[SendResult]:
        """An order's refusal may be about another of its recipients: look which parcels stand."""
        if not unclear:
            return []
        try:
            models = self._models([c.order_id.number for c, _ in unclear])
        except Fault as fault:
            return _after_fault(fault, [c.shipment_key for c, _ in unclear], unknown=True)
        plan = plan_reports([c for c, _ in unclear], models)
        standing = {r.shipment_key: r for r in plan.decided if r.state is SendState.ACCEPTED}
        return [standing.get(c.shipment_key, refused_result(c.shipment_key, note)) for c, note in unclear]


_UNSENT = (Unreachable, Throttled, Unauthorised)


def _after_fault(fault: Fault, keys: Sequence[str], unknown: bool = False) -> list[SendResult]:
    """After a fault of a write: what surely did nothing waits, everything else is doubtful until read back."""
    if isinstance(fault, _UNSENT) and not unknown:
        return _all(keys, SendState.WAITING, fault.code)
    if isinstance(fault, (Unanswered, *_UNSENT)):
        return _all(keys, SendState.DOUBTFUL, fault.code)
    raise fault


def _all(keys: Sequence[str], state: SendState, code: str = "", request_id: str = "") -> list[SendResult]:
    return [SendResult(key, state, code, request_id=request_id) for key in keys]
