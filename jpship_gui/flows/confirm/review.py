"""The confirmation page's content: what can be sent, what cannot and why, what is on its way (CF-04, CF-05, CF-10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jpship_gui.domain.clock import JST, to_jst
from jpship_gui.domain.confirmation import OutboxItem, SendState
from jpship_gui.flows.confirm.cases import open_cases
from jpship_gui.flows.confirm.filed import FiledFile, filed_files
from jpship_gui.flows.confirm.reasons import Case, Reason, carrier_of, reasons_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import outbox, shipments, shops

__all__ = ["GreenRow", "OnItsWay", "Reason", "RedRow", "Review", "ShopCount", "review"]


@dataclass(frozen=True, slots=True)
class GreenRow:
    """A shipment that can be confirmed. `proof` is the manner of its second verification; `queued` = a person sent it
    off already and it waits for the network."""

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


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A confirmation that left: sent, doubtful, filed or accepted; `at` is when it was tried or answered."""

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


@dataclass(frozen=True, slots=True)
class ShopCount:
    """One shop's counter of what is packed and not confirmed. `by` is api or file."""

    shop: str
    marketplace: str
    by: str
    green: int
    red: int
    doubtful: int
    on_its_way: int
    filed: int


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
    )


def _green(case: Case) -> GreenRow:
    shipment, order = case.shipment, case.shipment.order_id
    handed, verified = shipment.facts.handed_over, shipment.facts.verified
    return GreenRow(
        row_id=shipment.row_id,
        key=shipment.key,
        marketplace=order.marketplace,
        shop=order.shop,
        order=order.number,
        recipient=shipment.recipient.name,
        carrier=carrier_of(case, shipment.parcels[0].carrier),
        numbers=tuple(parcel.tracking_no for parcel in shipment.parcels),
        ship_date=case.ship_date,
        ship_by=shipment.ship_by,
        handed_over_at=handed.at if handed else None,
        proof=verified.how if verified else "",
        queued=case.item is not None and case.item.state is SendState.WAITING,
    )


def _red(case: Case, reasons: tuple[Reason, ...]) -> RedRow:
    shipment, order = case.shipment, case.shipment.order_id
    return RedRow(
        row_id=shipment.row_id,
        key=shipment.key,
        marketplace=order.marketplace,
        shop=order.shop,
        order=order.number,
        recipient=shipment.recipient.name,
        numbers=tuple(parcel.tracking_no for parcel in shipment.parcels),
        ship_by=shipment.ship_by,
        reasons=reasons,
    )


def _on_their_way(ws: Workspace, items: Iterable[OutboxItem]) -> tuple[OnItsWay, ...]:
    items = list(items)
    names = {
        s.key: s.recipient.name
        for s in shipments.by_keys(ws.store, [i.confirmation.shipment_key for i in items])
    }
    return tuple(
        OnItsWay(
            key=item.confirmation.shipment_key,
            marketplace=item.confirmation.order_id.marketplace,
            shop=item.confirmation.order_id.shop,
            order=item.confirmation.order_id.number,
            recipient=names.get(item.confirmation.shipment_key, ""),
            numbers=tuple(p.tracking_no for p in item.confirmation.parcels),
            state=item.state,
            at=item.answered_at or item.attempted_at,
            attempts=item.attempts,
            code=item.code,
            message=item.message,
            file_fingerprint=item.file_fingerprint,
        )
        for item in items
    )


def _counts(
    ws: Workspace, green: list[GreenRow], red: list[RedRow], ways: dict[SendState, tuple[OnItsWay, ...]]
) -> tuple[ShopCount, ...]:
    greens, reds = Counter(row.shop for row in green), Counter(row.shop for row in red)
    by_state = {state: Counter(row.shop for row in rows) for state, rows in ways.items()}
    return tuple(
        ShopCount(
            shop=shop.name,
            marketplace=shop.marketplace,
            by=ws.confirms_by(shop.name),
            green=greens[shop.name],
            red=reds[shop.name],
            doubtful=by_state[SendState.DOUBTFUL][shop.name],
            on_its_way=by_state[SendState.SENDING][shop.name],
            filed=by_state[SendState.FILED][shop.name],
        )
        for shop in shops.every(ws.store)
        if ws.markets()[shop.marketplace].confirms
    )
