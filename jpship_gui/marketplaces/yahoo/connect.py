"""A connected Yahoo! store: reads orders, tells shipments, and never tells what it has not looked for first."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, SendResult, SendState
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order, OrderState, RegisteredParcel
from jpship_gui.formats import values
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import READ, ShopAccount
from jpship_gui.marketplaces.yahoo.api import BASE_URL, LOOK_FIELDS, Refusal, YahooCalls
from jpship_gui.marketplaces.yahoo.login import (
    CLIENT_ID,
    CLIENT_SECRET,
    REFRESH_TOKEN,
    YahooLogin,
    login_grows_old,
    options_of,
)
from jpship_gui.marketplaces.yahoo.mapping import order_of
from jpship_gui.marketplaces.yahoo.markup import fields_of
from jpship_gui.marketplaces.yahoo.report import may_complete, numbers_of, plan, result_of
from jpship_gui.marketplaces.yahoo.rows import SELLER_ID
from jpship_gui.marketplaces.yahoo.signature import Signature
from jpship_gui.marketplaces.yahoo.values import order_state, parcel_id
from jpship_gui.net.faults import Throttled, Unreachable
from jpship_gui.net.session import Manner, Session

STAMPS = f"{READ}yahoo.stamps"
_KEPT_EVERY = 50  # orders between two notes of how far a fetch has read
_FAR_BACK = timedelta(days=90)
_FEW = 3  # so many orders are looked at one by one rather than in a list
_AT_ONCE = (
    8  # each costs two calls that may each take as long as a slow answer; below the lease of the outbox
)
_KEY_YEAR, _KEY_WARNING = timedelta(days=365), timedelta(days=30)


def connect(account: ShopAccount) -> YahooApi:
    """The store's connection; nothing is called yet. Refused("secret_missing"), Refused("yahoo_seller_id_missing"),
    Refused("yahoo_client_missing"), and what `Signature` refuses."""
    settings = options_of(account)
    for field, code in ((SELLER_ID, "yahoo_seller_id_missing"), (CLIENT_ID, "yahoo_client_missing")):
        if not settings.get(field):
            raise Refused(code, shop=account.name)
    for secret in (CLIENT_SECRET, REFRESH_TOKEN):
        account.secret(secret)
    manner = Manner(
        pace=settings.get("api.pace_ms") / 1000,
        read_timeout=float(settings.get("api.timeout_s")),
        loopback_only=account.practice,
    )
    session = Session(settings.get("api.url") or BASE_URL, account.name, manner)
    seller = settings.get(SELLER_ID)
    signature = Signature(seller, settings.get("yahoo.public_key"), settings.get("yahoo.key_version"))
    calls = YahooCalls(session, YahooLogin(account), signature, seller, manner.pace)
    return YahooApi(account, calls, signed=signature.signs)


class YahooApi:
    """`MarketplaceApi` and `ShowsParcels` of one store."""

    def __init__(self, account: ShopAccount, calls: YahooCalls, *, signed: bool) -> None:
        self._account = account
        self._calls = calls
        self._signed = signed
        self._settings = options_of(account)

    @property
    def sees_changes(self) -> bool:
        """`fetch` also reads what became of orders that are open here."""
        return True

    @property
    def push_size(self) -> int:
        """Orders are told one by one, each after a look."""
        return _AT_ONCE

    # -- reading ------------------------------------------------------------------------------------------------

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Rejection]:
        """Orders of the period that are open and new or changed, or cancelled, and what became of those that are open
        here. The list tells cheaply which these are (LastUpdateTime), so only they are read one by one."""
        known = set(self._account.open_orders())
        listed = {entry["OrderId"]: entry for entry in self._calls.order_list(since, until)}
        older = known - listed.keys()
        if older and since > until - _FAR_BACK:
            past = self._calls.order_list(until - _FAR_BACK, since)
            listed |= {entry["OrderId"]: entry for entry in past if entry["OrderId"] in older}
        stamps = self._stamps(listed)
        wanted = [n for n, entry in listed.items() if _wanted(entry, n in known, stamps.get(n, ""))]
        wanted += sorted(known - listed.keys())
        step(0, len(wanted))
        for done, number in enumerate(wanted, start=1):
            one = self._read_one(number)
            yield one
            if isinstance(one, Order) and number in listed and one.state is not OrderState.SHIPPED:
                stamps[number] = _stamp(listed[number])
            if done % _KEPT_EVERY == 0:
                self._keep(stamps)
            step(done, len(wanted))
        self._keep(stamps)

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These orders as Yahoo! has them now; one that cannot be read is absent like an unknown one."""
        found = (self._read_one(number) for number in dict.fromkeys(numbers))
        return [order for order in found if isinstance(order, Order)]

    def parcels_of(self, numbers: Sequence[str]) -> Mapping[str, Sequence[RegisteredParcel]]:
        """From the list of the last days, which costs one call for many orders."""
        wanted = list(dict.fromkeys(numbers))
        found: dict[str, Mapping[str, str]] = {}
        if len(wanted) > _FEW:
            until = now_utc()
            since = until - timedelta(days=self._settings.get("api.days"))
            found = {entry["OrderId"]: entry for entry in self._calls.order_list(since, until)}
        for number in wanted:
            if number not in found:
                looked = self._look(number)
                if not isinstance(looked, Refusal):
                    found[number] = looked
        return {number: list(_registered(found[number])) for number in wanted if number in found}

    def _read_one(self, number: str) -> Order | Rejection:
        node = self._calls.order_info(number)
        if isinstance(node, Refusal):  # one that was split vanishes from the list (8, 21)
            return Rejection(0, "OrderId", "yahoo_vanished", number, number)
        try:
            return order_of(node, self._account)
        except Refused as fault:
            said = {name: str(value) for name, value in fault.values.items()}
            reason = said.get("reason", fault.code)
            return Rejection(0, said.get("field", ""), reason, said.get("value", ""), number)

    def _stamps(self, listed: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """The last update of orders as they were read, of those that are still listed."""
        try:
            kept = json.loads(self._account.memory.get(STAMPS, "{}"))
        except ValueError:
            return {}
        return {number: str(stamp) for number, stamp in kept.items() if number in listed}

    def _keep(self, stamps: Mapping[str, str]) -> None:
        self._account.memory[STAMPS] = json.dumps(stamps, separators=(",", ":"))

    # -- telling ------------------------------------------------------------------------------------------------

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Look, tell what is missing, and where the store wants it complete what was taken. A fault before anything was
        sent is raised; after that what could not leave waits."""
        results: list[SendResult] = []
        sent: list[Confirmation] = []
        for done, confirmation in enumerate(confirmations):
            try:
                planned = plan(confirmation, self._look(confirmation.order_id.number))
            except Fault as fault:
                if not sent:
                    raise
                results += [_waiting(c, fault) for c in confirmations[done:]]
                break
            if isinstance(planned, SendResult):
                results.append(planned)
                continue
            sent.append(confirmation)
            try:
                answer = self._calls.ship(confirmation.order_id.number, planned)
            except Fault as fault:
                results.append(_after_fault(confirmation, fault))
            else:
                results.append(result_of(confirmation, answer))
        return self._complete(sent, results) if self._settings.get("yahoo.complete") else results

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Every answer comes at once; a request of another kind is read back."""
        return [SendResult(c.shipment_key, SendState.DOUBTFUL, "answer_incomplete") for c in confirmations]

    def _complete(self, sent: Sequence[Confirmation], results: Sequence[SendResult]) -> list[SendResult]:
        """Complete what was accepted just now. Whatever comes of it, the shipment stays accepted; nothing here is tried
        twice, because it captures the sale."""
        by_key = {c.shipment_key: c for c in sent}
        accepted = [r for r in results if r.state is SendState.ACCEPTED and r.shipment_key in by_key]
        if accepted:
            time.sleep(self._settings.get("yahoo.complete_wait_s"))
        notes = {r.shipment_key: self._complete_one(by_key[r.shipment_key]) for r in accepted}
        return [_noted(result, notes.get(result.shipment_key)) for result in results]

    def _complete_one(self, confirmation: Confirmation) -> tuple[str, str] | None:
        """(code, words) of what a person should know, None when the order is complete."""
        number = confirmation.order_id.number
        try:
            order = self._look(number)
            if not may_complete(order, [parcel.tracking_no for parcel in confirmation.parcels]):
                return ("complete_not_now", "")
            answer = self._calls.complete(number)
        except Fault:  # whether it took effect shows in the next reading; it is not tried again
            return ("complete_unclear", "")
        return (
            ("complete_refused", f"{answer.code} {answer.text}".strip())
            if isinstance(answer, Refusal)
            else None
        )

    def _look(self, number: str) -> Mapping[str, str] | Refusal:
        node = self._calls.order_info(number, LOOK_FIELDS)
        if isinstance(node, Refusal):
            return node
        below = (node.find(name) for name in ("Pay", "Ship"))
        return {**fields_of(node), **{k: v for b in below if b is not None for k, v in fields_of(b).items()}}

    # -- trying -------------------------------------------------------------------------------------------------

    def check(self) -> str:
        """Count orders; say when the login or the key is about to end."""
        self._calls.order_count()
        today = to_jst(now_utc()).date()
        if not self._signed:
            return "yahoo.check_no_key"
        if login_grows_old(self._account, today):
            return "yahoo.check_login_soon"
        begun: date | None = self._settings.get("yahoo.key_day")
        if begun is not None and begun + _KEY_YEAR - _KEY_WARNING <= today:
            return "yahoo.check_key_soon"
        return "net.check_ok"


def _wanted(entry: Mapping[str, str], open_here: bool, stamp: str) -> bool:
    """What is open, what is open here, and once what was cancelled; of what was shipped elsewhere nobody asks."""
    state = order_state(entry.get("OrderStatus", ""), entry.get("ShipStatus", ""))
    known = bool(stamp) and stamp == _stamp(entry)
    if state is OrderState.SHIPPED:
        return open_here
    if state is OrderState.CANCELLED:
        return open_here or not known
    return not (open_here and known)


def _stamp(entry: Mapping[str, str]) -> str:
    """Changes with every change of the order; "" where the list does not tell, which equals nothing."""
    updated = entry.get("LastUpdateTime", "")
    states = "/".join(entry.get(f"{name}Status", "") for name in ("Order", "Ship", "Pay"))
    return f"{updated} {states}" if updated else ""


def _registered(entry: Mapping[str, str]) -> Iterator[RegisteredParcel]:
    day = values.day(entry.get("ShipDate", ""))
    for place, number in enumerate(numbers_of(entry), start=1):
        known = parcel_id(entry["OrderId"], place)
        yield RegisteredParcel(known, number, entry.get("ShipCompanyCode", ""), day)


_UNSENT = (Unreachable, Throttled, Refused)  # Refused: no token, or Yahoo! did not let us in


def _waiting(confirmation: Confirmation, fault: Fault) -> SendResult:
    return SendResult(confirmation.shipment_key, SendState.WAITING, fault.code)


def _after_fault(confirmation: Confirmation, fault: Fault) -> SendResult:
    """After a fault of a write: what surely did nothing waits, everything else is doubtful until read back."""
    if isinstance(fault, _UNSENT):
        return _waiting(confirmation, fault)
    return SendResult(confirmation.shipment_key, SendState.DOUBTFUL, fault.code)


def _noted(result: SendResult, note: tuple[str, str] | None) -> SendResult:
    return replace(result, code=note[0], message=note[1]) if note else result
