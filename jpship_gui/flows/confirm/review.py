"""The confirmation page's content: what can be sent, what cannot and why, what is on its way (CF-04, CF-05, CF-10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jpship_gui.domain.clock import JST, to_jst
from jpship_gui.domain.confirmation import ConfirmedParcel, Difference, OutboxItem, SendState, shipment_of
from jpship_gui.domain.shipment import How
from jpship_gui.domain.tracking_no import is_untracked, untracked_no
from jpship_gui.flows.confirm.audit import unread
from jpship_gui.flows.confirm.cases import confirmation_of, open_cases
from jpship_gui.flows.confirm.filed import FiledFile, filed_files
from jpship_gui.flows.confirm.reasons import Case, Reason, reasons_of
from jpship_gui.flows.confirm.waiting import ShopQueue, waiting_by_shop
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import differences, outbox, shipments, shops

__all__ = ["Differing", "GreenRow", "OnItsWay", "Reason", "RedRow", "Review", "ShopCount", "review"]


@dataclass(frozen=True, slots=True)
class GreenRow:
    """A shipment that can be confirmed. `proof` is the manner of its second verification; `queued` = a person sent it
    off already and it waits for the network. `kept` are numbers the marketplace takes none of, `together` the orders
    that travel in its parcel besides it; not `whole` = a part is told before the rest. `by_hand` is how numbers came
    that nobody scanned: typed, pasted."""

    row_id: int
    key: str
    marketplace: str
    shop: str
    order: str
    recipient: str
    carrier: str
    numbers: tuple[str, ...]
    ship_date: date
    ship_by: datetime | None
    handed_over_at: datetime | None
    proof: str
    queued: bool = False
    kept: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    whole: bool = True
    by_hand: tuple[str, ...] = ()

    @property
    def untracked(self) -> bool:
        """Whether a parcel of it travels without a number."""
        return any(is_untracked(number) for number in self.numbers)

    @property
    def not_handed_over(self) -> bool:
        """Confirming before the hand-over was noted asks first (CF-02)."""
        return self.handed_over_at is None


@dataclass(frozen=True, slots=True)
class RedRow:
    """A shipment that must not be confirmed, with every reason."""

    row_id: int
    key: str
    marketplace: str
    shop: str
    order: str
    recipient: str
    numbers: tuple[str, ...]
    ship_by: datetime | None
    reasons: tuple[Reason, ...]
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A confirmation that left: sent, doubtful, filed or accepted; `at` is when it was tried or answered, `kept` are
    numbers the marketplace does not take and was not told."""

    key: str
    marketplace: str
    shop: str
    order: str
    recipient: str
    numbers: tuple[str, ...]
    state: SendState
    at: datetime | None
    attempts: int
    code: str
    message: str
    file_fingerprint: str = ""
    kept: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Differing:
    """An accepted confirmation whose marketplace shows it otherwise, which nobody has seen to yet."""

    way: OnItsWay
    found: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ShopCount:
    """One shop's counters of what is packed and no marketplace has accepted. `by` is api or file; `waiting` was sent
    off by a person and could not leave yet, `queue` says why; `green` are the others that can be sent."""

    shop: str
    marketplace: str
    by: str
    green: int
    red: int
    waiting: int
    doubtful: int
    on_its_way: int
    filed: int
    queue: ShopQueue | None = None
    untracked: int = 0  # of green and red, those with a parcel that travels without a number

    @property
    def unconfirmed(self) -> int:
        """Everything that is packed and not confirmed, whatever the reason (CF-10)."""
        return self.green + self.red + self.waiting + self.doubtful + self.on_its_way + self.filed


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the page shows; green and red together are all that is packed and not told."""

    green: tuple[GreenRow, ...]
    red: tuple[RedRow, ...]
    sending: tuple[OnItsWay, ...]
    doubtful: tuple[OnItsWay, ...]
    filed: tuple[OnItsWay, ...]
    accepted_today: tuple[OnItsWay, ...]
    shops: tuple[ShopCount, ...]
    files: tuple[FiledFile, ...] = ()  # upload files whose outcome nobody has told
    differing: tuple[Differing, ...] = ()


def review(ws: Workspace) -> Review:
    """Look at everything; writes nothing."""
    green, red = [], []
    for case in open_cases(ws):
        reasons = reasons_of(case)
        if reasons:
            red.append(_red(case, reasons))
        else:
            green.append(_green(case))
    midnight = datetime.combine(to_jst(ws.now()).date(), datetime.min.time(), JST)
    ways = {
        state: _on_their_way(ws, outbox.in_state(ws.store, [state]))
        for state in (SendState.SENDING, SendState.DOUBTFUL, SendState.FILED)
    }
    accepted = _on_their_way(ws, outbox.answered_since(ws.store, SendState.ACCEPTED, midnight))
    return Review(
        green=tuple(green),
        red=tuple(red),
        sending=ways[SendState.SENDING],
        doubtful=ways[SendState.DOUBTFUL],
        filed=ways[SendState.FILED],
        accepted_today=accepted,
        shops=_counts(ws, green, red, ways),
        files=filed_files(ws) if ways[SendState.FILED] else (),
        differing=_differing(ws),
    )


_BY_HAND = {How.TYPED.value, How.PASTED.value}


def _green(case: Case) -> GreenRow:
    shipment, order, said = case.shipment, case.shipment.order_id, confirmation_of(case)
    handed, verified = shipment.facts.handed_over, shipment.facts.verified
    return GreenRow(
        row_id=shipment.row_id,
        key=shipment.key,
        marketplace=order.marketplace,
        shop=order.shop,
        order=order.number,
        recipient=shipment.recipient.name,
        carrier=case.unit.boxes[0].carrier,
        numbers=_numbers(said.parcels),
        kept=_numbers(said.kept),
        together=_together(case),
        whole=said.whole,
        ship_date=case.ship_date,
        ship_by=shipment.ship_by,
        handed_over_at=handed.at if handed else None,
        proof=verified.how if verified else "",
        by_hand=tuple(sorted({box.parcel.how for box in case.unit.boxes} & _BY_HAND)),
        queued=case.item is not None and case.item.state is SendState.WAITING,
    )


def _numbers(parcels: Iterable[ConfirmedParcel]) -> tuple[str, ...]:
    """As they are told; what is told without one stands as that (`is_untracked`)."""
    return tuple(parcel.tracking_no or untracked_no(parcel.parcel_key) for parcel in parcels)


def _together(case: Case) -> tuple[str, ...]:
    return tuple(other.order_id.number for other in case.shipment.bundle if other.key != case.shipment.key)


def _red(case: Case, reasons: tuple[Reason, ...]) -> RedRow:
    shipment, order = case.shipment, case.shipment.order_id
    return RedRow(
        row_id=shipment.row_id,
        key=shipment.key,
        marketplace=order.marketplace,
        shop=order.shop,
        order=order.number,
        recipient=shipment.recipient.name,
        numbers=tuple(box.parcel.tracking_no for box in case.unit.boxes),
        ship_by=shipment.ship_by,
        reasons=reasons,
        together=_together(case),
    )


def _differing(ws: Workspace) -> tuple[Differing, ...]:
    found: dict[str, list[Difference]] = {}
    for one in (*differences.unseen(ws.store), *unread(ws)):
        found.setdefault(one.shipment_key, []).append(one)
    ways = {way.key: way for way in _on_their_way(ws, outbox.by_keys(ws.store, list(found)))}
    return tuple(Differing(ways[key], tuple(some)) for key, some in found.items() if key in ways)


def _on_their_way(ws: Workspace, items: Iterable[OutboxItem]) -> tuple[OnItsWay, ...]:
    items = list(items)
    names = {
        s.key: s.recipient.name
        for s in shipments.by_keys(ws.store, [shipment_of(i.confirmation.shipment_key) for i in items])
    }
    return tuple(
        OnItsWay(
            key=item.confirmation.shipment_key,
            marketplace=item.confirmation.order_id.marketplace,
            shop=item.confirmation.order_id.shop,
            order=item.confirmation.order_id.number,
            recipient=names.get(shipment_of(item.confirmation.shipment_key), ""),
            numbers=_numbers(item.confirmation.parcels),
            state=item.state,
            at=item.answered_at or item.attempted_at,
            attempts=item.attempts,
            code=item.code,
            message=item.message,
            file_fingerprint=item.file_fingerprint,
            kept=_numbers(item.confirmation.kept),
            whole=item.confirmation.whole,
        )
        for item in items
    )


def _counts(
    ws: Workspace, green: list[GreenRow], red: list[RedRow], ways: dict[SendState, tuple[OnItsWay, ...]]
) -> tuple[ShopCount, ...]:
    greens = Counter(row.shop for row in green if not row.queued)
    reds = Counter(row.shop for row in red)
    rows: list[GreenRow | RedRow] = [*green, *red]
    silent = Counter(row.shop for row in rows if any(is_untracked(number) for number in row.numbers))
    queues = waiting_by_shop(ws)
    queued = Counter(row.shop for row in green if row.queued)
    by_state = {state: Counter(row.shop for row in rows) for state, rows in ways.items()}
    return tuple(
        ShopCount(
            shop=shop.name,
            marketplace=shop.marketplace,
            by=ws.confirms_by(shop.name),
            green=greens[shop.name],
            red=reds[shop.name],
            waiting=queued[shop.name],
            doubtful=by_state[SendState.DOUBTFUL][shop.name],
            on_its_way=by_state[SendState.SENDING][shop.name],
            filed=by_state[SendState.FILED][shop.name],
            queue=queues.get(shop.name),
            untracked=silent[shop.name],
        )
        for shop in shops.every(ws.store)
        if ws.market(shop.marketplace).confirms
    )
