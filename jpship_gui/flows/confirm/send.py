"""Send what waits in the outbox, every shop by itself, and stay until the answers are there or patience ends."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from jpship_gui.domain.confirmation import SendState
from jpship_gui.domain.fault import Fault
from jpship_gui.flows.confirm.answers import mark_sent
from jpship_gui.flows.confirm.pauses import paused_until
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.report import SendReport, SentRow, ShopFault, Turn
from jpship_gui.flows.confirm.shop_turn import ShopTurn
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.side_by_side import side_by_side
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import lifeline, outbox, shops
from jpship_gui.store.outbox import Actor

__all__ = [
    "OpenShop",
    "SendReport",
    "SentRow",
    "ShopFault",
    "Turn",
    "open_shops",
    "read_back",
    "read_back_shop",
    "send",
    "send_green",
    "shops_to_read",
    "take_turn",
    "without_keys",
]


@dataclass(frozen=True, slots=True)
class OpenShop:
    """A shop with something to do. `waits`: something is to be sent; `open`: something is to be asked after;
    `audit_at`: when the first accepted one is to be read back; `paused_until`: it is left in peace until then."""

    name: str
    waits: bool
    open: bool
    audit_at: datetime | None = None
    paused_until: datetime | None = None


def send_green(
    ws: Workspace, keys: Sequence[str] | None = None, progress: Progress = UNWATCHED
) -> SendReport:
    """Queue everything green (or the green ones of `keys`) of shops with an API, and send the outbox.
    Refused("not_allowed")."""
    queue(ws, keys, by="api")
    return send(ws, progress)


def send(ws: Workspace, progress: Progress = UNWATCHED) -> SendReport:
    """Send the outbox of every shop that has an API, all at the same time, pauses or not; never raises for one shop's
    trouble, it is in the report."""
    names = [shop.name for shop in open_shops(ws)]
    patience = {name: ws.shop_options(name).get("confirm.deadline_s") for name in names}
    began = time.monotonic()
    report = SendReport()

    def again(shop: str, turn: Turn) -> float | None:
        """After how many seconds the shop has something to look for, while its deadline lasts."""
        report.merge(turn.report)
        if turn.again_at is None:
            return None
        pause = max(0.0, (turn.again_at - ws.now()).total_seconds())
        left = patience[shop] - (time.monotonic() - began)
        return pause if left > 0 and pause <= left else None

    side_by_side(ws, names, lambda shop, share: take_turn(ws, shop, share), progress, again)
    return report


def read_back(ws: Workspace, progress: Progress = UNWATCHED) -> SendReport:
    """Look after doubtful and unanswered reports and audit the last day's accepted ones; sends nothing."""
    report = SendReport()
    for turn in side_by_side(
        ws, shops_to_read(ws), lambda shop, share: read_back_shop(ws, shop, share), progress
    ):
        report.merge(turn.report)
    return report


def take_turn(ws: Workspace, shop: str, progress: Progress = UNWATCHED) -> Turn:
    """One shop's turn of sending; see `ShopTurn`. Whoever comes by the clock asks `open_shops` whether it is paused."""
    with _sender(ws) as by:
        return ShopTurn(ws, shops.get(ws.store, shop), by, progress, sending=True).run()


def read_back_shop(ws: Workspace, shop: str, progress: Progress = UNWATCHED) -> Turn:
    """Read back one shop's reports: open ones, and all that were accepted in the last day."""
    with _sender(ws) as by:
        found = shops.get(ws.store, shop)
        return ShopTurn(ws, found, by, progress, sending=False, everything=True).run()


@contextmanager
def _sender(ws: Workspace) -> Iterator[Actor]:
    """Who holds the leases of one turn, seen to be alive as long as it lasts. What senders that died may have told is
    doubtful, and told until the contrary is read."""
    with lifeline.held(ws.places.senders) as name:
        by = Actor(ws.person, ws.desk, name)
        dead = lifeline.ended(ws.places.senders)
        with ws.store.transaction():
            outbox.end_leases(ws.store, dead)
            mark_sent(ws, outbox.abandon_dead(ws.store, by, ws.now()))
        lifeline.bury(ws.places.senders, dead)
        yield by


def open_shops(ws: Workspace) -> list[OpenShop]:
    """Every shop with an API that has something to send, to ask after or to read back."""
    found, audits = outbox.counts(ws.store), outbox.next_audits(ws.store, ws.now())
    made = []
    for shop in shops.every(ws.store):
        counts = found.get(shop.name, {})
        if not counts or ws.market(shop.marketplace).connect is None:
            continue
        waits = bool(counts.get(SendState.WAITING)) and ws.confirms_by(shop.name) == "api"
        doubts = bool(counts.get(SendState.SENDING) or counts.get(SendState.DOUBTFUL))
        audit_at = audits.get(shop.name) if waits or doubts or ws.has_keys(shop.name) else None
        if waits or doubts or audit_at is not None:
            made.append(OpenShop(shop.name, waits, doubts, audit_at, paused_until(ws, shop.name)))
    return made


def shops_to_read(ws: Workspace) -> list[str]:
    """Every shop with an API that has reports to read back."""
    states = (SendState.SENDING, SendState.DOUBTFUL, SendState.ACCEPTED)
    found = outbox.counts(ws.store)
    return [
        shop.name
        for shop in shops.every(ws.store)
        if ws.market(shop.marketplace).connect is not None
        and any(found.get(shop.name, {}).get(state) for state in states)
    ]


def without_keys(ws: Workspace, shops_left: Iterable[str]) -> list[ShopFault]:
    """Of shops that confirm by file, those that would by API if a key were not missing; for who asked to send."""
    found = []
    for name in shops_left:
        shop = shops.get(ws.store, name)
        market = ws.market(shop.marketplace)
        if market.connect is None or ws.shop_options(name).get("confirm.by") != "auto":
            continue
        try:
            for key, option in market.options.items():
                if option.type == "secret" and option.needed:
                    ws.account(name).secret(key)
        except Fault as fault:
            found.append(ShopFault(name, fault))
    return found
