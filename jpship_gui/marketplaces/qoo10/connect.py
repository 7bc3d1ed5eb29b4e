"""A connected Qoo10 shop: reads carts, promises ship dates, tells tracking numbers, and looks before it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, Promise, PromiseResult, SendResult, SendState
from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order import Order
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.marketplaces.load import options
from jpship_gui.marketplaces.qoo10.api import (
    BASE_URL,
    BY_ORDER_DATE,
    BY_PAYMENT_DATE,
    MAX_ROWS,
    OPEN_STATES,
    QooCalls,
    Reply,
    ShipDate,
)
from jpship_gui.marketplaces.qoo10.mapping import Fields, by_cart, fields_of, order_of, related
from jpship_gui.marketplaces.qoo10.report import (
    CartReport,
    RowAnswer,
    packs,
    plan_reports,
    result_of,
    row_answers,
)
from jpship_gui.marketplaces.qoo10.rows import brought_up
from jpship_gui.marketplaces.qoo10.values import end_of
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised, Unreachable
from jpship_gui.net.session import Manner, Session
from jpship_gui.settings.options import ShopOptions

PACE = 0.5  # seconds between calls; no limit is published (Qoo10 reference 4.1)
MAX_CARTS = 100
_BY_REQUEST_DATE = "2"  # of claims
_ONE_BY_ONE = 8  # so many order numbers are asked for singly; more by their period
_CANCELLATIONS = ("1", "2", "3")
_YEAR = timedelta(days=365)
_SOON = timedelta(days=60)
_ALREADY_PROMISED = "-10012"
_NO_SUCH_CALL = "-90001"


def session_of(account: ShopAccount) -> Session:
    """The shop's session; nothing is called yet."""
    settings = ShopOptions(account.settings, options("jpship_gui.marketplaces.qoo10"))
    paced = "api.pace_ms" in account.settings
    manner = Manner(
        pace=settings.get("api.pace_ms") / 1000 if paced else PACE,
        read_timeout=float(settings.get("api.timeout_s")),
        loopback_only=account.practice,
    )
    return Session(settings.get("api.url") or BASE_URL, account.name, manner)


def connect(account: ShopAccount) -> QooApi:
    """The shop's connection; nothing is called yet. Refused("secret_missing") when the key is not known."""
    settings = ShopOptions(account.settings, options("jpship_gui.marketplaces.qoo10"))
    calls = QooCalls(
        session_of(account),
        account.secret("certification_key"),
        settings.get("qoo10.api_version"),
        settings.get("qoo10.promise_field"),
    )
    return QooApi(account, calls, settings)


@dataclass(slots=True)
class _Claims:
    """What is being cancelled: claim numbers by order number, and the carts they belong to."""

    of: dict[str, str] = field(default_factory=dict)
    carts: set[str] = field(default_factory=set)

    def on(self, order: Order) -> Order:
        """A known cart with its claims."""
        lines = [line.line_id for line in order.lines if line.line_id in self.of]
        return brought_up(order, [{"line.id": line, "line.claim": self.of[line]} for line in lines])


class QooApi:
    """`MarketplaceApi` and `PromisingApi` of one Qoo10 shop."""

    def __init__(self, account: ShopAccount, calls: QooCalls, settings: ShopOptions) -> None:
        self._account = account
        self._calls = calls
        self._days = timedelta(days=settings.get("api.days"))
        self._certified: date | None = settings.get("certified_on")
        self._promises = bool(settings.get("qoo10.promise_on_send"))

    # -- reading ------------------------------------------------------------------------------------------------

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Rejection]:
        """Carts paid in the period that wait to be shipped, unpaid ones, and known ones that are being cancelled."""
        found = self._found("2", since, until, BY_PAYMENT_DATE)
        found += self._found("3", since, until, BY_PAYMENT_DATE)
        found += self._found("1", since, until, BY_ORDER_DATE)  # without a payment date yet
        claims = self._claims(since, until, _BY_REQUEST_DATE)
        carts = by_cart(self._completed(found, since, until))
        cancelled = list(self._cancelled(claims, carts))
        total = len(carts) + len(cancelled)
        step(0, total)
        for done, (number, rows) in enumerate(carts.items(), start=1):
            yield self._one(number, rows, claims.of)
            if done % MAX_CARTS == 0:
                step(done, total)
        yield from cancelled
        step(total, total)

    def _found(self, state: str, since: datetime, until: datetime, by: str) -> list[Fields]:
        records = self._calls.shipping_info(state, since, until, by)
        return [fields_of(record, self._calls.field_map) for record in records]

    def _claims(self, since: datetime, until: datetime, by: str) -> _Claims:
        """Everything that is being cancelled."""
        claims = _Claims()
        for claim in _CANCELLATIONS:
            for record in self._calls.claims(claim, since, until, by):
                fields = fields_of(record, "claim")
                claims.of[fields["line.id"]] = claim
                claims.carts.add(fields["number"])
        return claims

    def _completed(self, found: list[Fields], since: datetime, until: datetime) -> list[Fields]:
        """With the other lines of carts that are further already: a cart is read whole or it would seem shorter."""
        for state in ("4", "5"):
            carts = by_cart(found)
            if all(related(rows) <= {row["line.id"] for row in rows} for rows in carts.values()):
                break
            further = self._found(state, since, until, BY_PAYMENT_DATE)
            found += [fields for fields in further if fields["number"] in carts]
        return found

    def _one(self, number: str, rows: Sequence[Fields], claims: Mapping[str, str]) -> Order | Rejection:
        try:
            return order_of(rows, self._account, claims)
        except Refused as fault:
            values = {name: str(value) for name, value in fault.values.items()}
            reason = values.get("reason", fault.code)
            return Rejection(0, values.get("field", ""), reason, values.get("value", ""), number)

    def _cancelled(self, claims: _Claims, carts: Mapping[str, object]) -> Iterator[Order]:
        """Known carts that no search for open ones finds and all of whose lines are claimed; others are read later."""
        gone = sorted(claims.carts - carts.keys())
        for order in self._account.known(gone).values() if gone else ():
            live = [line.line_id for line in order.lines if not line.deleted]
            if live and all(line in claims.of for line in live):
                yield claims.on(order)

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These carts as Qoo10 has them now. It is asked by order number or by day, so carts nobody has read before
        are only found if they are young."""
        wanted = list(dict.fromkeys(numbers))
        if not wanted:
            return []
        known = self._account.known(wanted)
        lines = [line.line_id for order in known.values() for line in order.lines]
        if len(known) == len(wanted) and len(lines) <= _ONE_BY_ONE:
            records = self._singly(lines)
            return [
                brought_up(order, mine)
                for order in known.values()
                if (mine := [records[line.line_id] for line in order.lines if line.line_id in records])
            ]
        return self._read_by_period(wanted, known)

    def _read_by_period(self, wanted: Sequence[str], known: Mapping[str, Order]) -> list[Order]:
        until = now_utc()
        since = _begin([order.ordered_at for order in known.values()], until - self._days)
        claims = self._claims(since, until, BY_ORDER_DATE)
        found = [
            f for state in (OPEN_STATES, "4", "5") for f in self._found(state, since, until, BY_ORDER_DATE)
        ]
        carts = {number: rows for number, rows in by_cart(found).items() if number in set(wanted)}
        read = [self._one(number, rows, claims.of) for number, rows in carts.items()]
        orders = [order for order in read if isinstance(order, Order)]
        gone = [order for number, order in known.items() if number in claims.carts - carts.keys()]
        return orders + [claims.on(order) for order in gone]

    def _singly(self, lines: Iterable[str]) -> dict[str, Fields]:
        records: dict[str, Fields] = {}
        for line in dict.fromkeys(lines):
            record = self._calls.by_order_no(line)
            if record is not None:
                fields = fields_of(record, "one")
                records[line] = {**fields, "line.id": line}
        return records

    @property
    def sees_changes(self) -> bool:
        """A search finds what is open, not what was shipped meanwhile."""
        return False

    @property
    def push_size(self) -> int:
        """A call takes 500 order numbers; a hundred carts stay below that."""
        return MAX_CARTS

    # -- telling ------------------------------------------------------------------------------------------------

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Look, then tell what is missing. A fault of the first look is raised: then nothing was told."""
        lines = [line.line_id for c in confirmations for line in c.lines]
        plan = plan_reports(confirmations, self._standing(lines, [c.ordered_at for c in confirmations]))
        results = list(plan.decided)
        reports, more = self._promised(plan.reports)
        results += more
        for pack in packs(reports):
            results += self._tell(pack)
        return results

    def _standing(self, lines: Sequence[str], ordered: Sequence[datetime | None]) -> dict[str, Fields]:
        """Records by order number, claims included; unknown numbers are absent."""
        if len(lines) <= _ONE_BY_ONE:
            return self._singly(lines)
        until = now_utc()
        since = _begin(ordered, until - self._days)
        claims = self._claims(since, until, BY_ORDER_DATE)
        found = [
            f for state in (OPEN_STATES, "4", "5") for f in self._found(state, since, until, BY_ORDER_DATE)
        ]
        records = {f["line.id"]: {**f, "line.claim": claims.of.get(f["line.id"], "")} for f in found}
        wanted = set(lines)
        standing = {line: record for line, record in records.items() if line in wanted}
        for line in wanted & (claims.of.keys() - standing.keys()):
            standing[line] = {"state": "", "line.id": line, "line.claim": claims.of[line]}
        return standing | self._singly(sorted(wanted - standing.keys()))

    def _promised(self, reports: Sequence[CartReport]) -> tuple[list[CartReport], list[SendResult]]:
        """Where the shop wants it, promise tomorrow for what still waits for a date; carts without it are not told."""
        waiting = [report for report in reports if report.waiting] if self._promises else []
        if not waiting:
            return list(reports), []
        day = to_jst(now_utc()).date() + timedelta(days=1)
        dates = [ShipDate(number, f"{day:%Y%m%d}") for report in waiting for number in report.waiting]
        try:
            answers = self._promise_rows(dates)
        except Fault as fault:
            stopped = [SendResult(r.key, SendState.WAITING, _passing(fault)) for r in waiting]
            return [r for r in reports if not r.waiting], stopped
        results: list[SendResult] = []
        good: list[CartReport] = []
        for report in reports:
            bad = [answers.get(number, RowAnswer("", "")) for number in report.waiting]
            bad = [answer for answer in bad if not answer.ok and answer.code != _ALREADY_PROMISED]
            if report in waiting and bad:
                results.append(SendResult(report.key, SendState.REFUSED, "promise_refused", bad[0].words))
            else:
                good.append(report)
        return good, results

    def _tell(self, pack: Sequence[CartReport]) -> list[SendResult]:
        rows = [row for report in pack for row in report.rows]
        try:
            reply = self._calls.set_sending_bulk(rows)
        except Fault as fault:
            return _after_fault(fault, [report.key for report in pack])
        answers = row_answers(reply)
        if reply.ok or answers:
            return [result_of(report, answers) for report in pack]
        if reply.code == _NO_SUCH_CALL:
            return [self._tell_singly(report) for report in pack]
        if len(pack) > 1:  # one bad row keeps the whole call out: tell each cart by itself
            return [result for report in pack for result in self._tell([report])]
        return [SendResult(pack[0].key, SendState.REFUSED, reply.code, _words(reply))]

    def _tell_singly(self, report: CartReport) -> SendResult:
        """Row by row, where the service has no call for many; after a fault nobody knows how far it came."""
        answers: dict[str, RowAnswer] = {}
        for row in report.rows:
            try:
                reply = self._calls.set_sending(row)
            except Fault as fault:
                (result,) = _after_fault(fault, [report.key])
                return result if not answers else replace(result, state=SendState.DOUBTFUL)
            answers[row.order_no] = RowAnswer(reply.code, reply.message)
        return result_of(report, answers)

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Nothing is handed in here to be answered later; should there be such a row, it is read back."""
        return [SendResult(c.shipment_key, SendState.DOUBTFUL, "answer_incomplete") for c in confirmations]

    # -- promising ----------------------------------------------------------------------------------------------

    def promise(self, promises: Sequence[Promise]) -> list[PromiseResult]:
        """See `PromisingApi`; what was promised before keeps its date."""
        results: list[PromiseResult] = []
        for pack in _promise_packs(promises):
            rows = [ShipDate(n, f"{p.day:%Y%m%d}", p.reason) for p in pack for n in p.line_ids]
            try:
                answers = self._promise_rows(rows)
            except Fault as fault:
                results += _promise_faults(fault, pack)
            else:
                results += [_promise_result(promise, answers) for promise in pack]
        return results

    def _promise_rows(self, rows: Sequence[ShipDate]) -> dict[str, RowAnswer]:
        """Answers by order number: all in one call, or one by one where the service has no such call."""
        reply = self._calls.set_seller_check_bulk(rows)
        answers = row_answers(reply)
        if reply.ok or answers:
            return answers
        if reply.code != _NO_SUCH_CALL and len(rows) == 1:
            return {rows[0].order_no: RowAnswer(reply.code, reply.message)}
        for row in rows:
            one = self._calls.set_seller_check(row)
            answers[row.order_no] = RowAnswer(one.code, one.message)
        return answers

    def check(self) -> str:
        """Read the last day's new orders; the key's age is told where its day is known."""
        now = now_utc()
        self._calls.shipping_info("2", now - timedelta(days=1), now, BY_ORDER_DATE)
        if self._certified and self._certified + _YEAR - to_jst(now).date() <= _SOON:
            return "net.check_expires_soon"
        return "net.check_ok"


def _begin(moments: Sequence[datetime | None], otherwise: datetime) -> datetime:
    """A day before the earliest of these: order dates are kept to the minute, and only the day is sure."""
    known = [moment for moment in moments if moment is not None]
    earliest = min(known) if known and len(known) == len(moments) else otherwise
    return min([earliest, *known]) - timedelta(days=1)


def _words(reply: Reply) -> str:
    return RowAnswer(reply.code, reply.message).words


_UNSENT = (Unreachable, Throttled, Unauthorised)


def _passing(fault: Fault) -> str:
    """The code of a fault of the world; anything else is a bug or concerns the whole shop."""
    if isinstance(fault, (Unanswered, *_UNSENT)):
        return fault.code
    raise fault


def _after_fault(fault: Fault, keys: Sequence[str]) -> list[SendResult]:
    """After a fault of a write: what surely did nothing waits, everything else is doubtful until read back."""
    state = SendState.WAITING if isinstance(fault, _UNSENT) else SendState.DOUBTFUL
    return [SendResult(key, state, _passing(fault)) for key in keys]


def _promise_packs(promises: Sequence[Promise]) -> Iterator[list[Promise]]:
    pack: list[Promise] = []
    for promise in promises:
        if pack and sum(len(p.line_ids) for p in (*pack, promise)) > MAX_ROWS:
            yield pack
            pack = []
        pack.append(promise)
    if pack:
        yield pack


def _promise_faults(fault: Fault, pack: Sequence[Promise]) -> list[PromiseResult]:
    state = SendState.WAITING if isinstance(fault, _UNSENT) else SendState.DOUBTFUL
    return [PromiseResult(promise.order_id, state, _passing(fault)) for promise in pack]


def _promise_result(promise: Promise, answers: Mapping[str, RowAnswer]) -> PromiseResult:
    found = [answers.get(number) for number in promise.line_ids]
    if None in found:
        return PromiseResult(promise.order_id, SendState.DOUBTFUL, "answer_incomplete")
    said = [answer for answer in found if answer is not None]
    bad = [answer for answer in said if not answer.ok and answer.code != _ALREADY_PROMISED]
    if bad:
        return PromiseResult(promise.order_id, SendState.REFUSED, bad[0].code, bad[0].words)
    if any(answer.code == _ALREADY_PROMISED for answer in said):
        return PromiseResult(promise.order_id, SendState.ACCEPTED, "already_promised")
    return PromiseResult(promise.order_id, SendState.ACCEPTED, ship_by=end_of(promise.day))
