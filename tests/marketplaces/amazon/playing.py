"""An Amazon shop on the practice marketplace, for the tests of its connector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.order import Order, OrderId
from jpship_gui.domain.order_key import make_key
from jpship_gui.formats.layout import Rejection
from jpship_gui.marketplaces.amazon.connect import AmazonApi, connect
from jpship_gui.marketplaces.base import Reading, ShopAccount
from jpship_gui.practice.amazon.play import AmazonPlay, Seller
from jpship_gui.practice.amazon.samples import SampleOrder, sample_orders
from jpship_gui.practice.amazon.server import AmazonServer
from jpship_gui.practice.amazon.shops import MAIN, open_shop
from jpship_gui.practice.running_server import RunningServer

NUMBERS = ("400000000003", "400000000014", "400000000025", "400000000036")


def yesterday() -> list[SampleOrder]:
    """Everyday orders of the day before."""
    return sample_orders(6, to_jst(now_utc()).date() - timedelta(days=1), plain=True)


@dataclass(slots=True)
class Scene:
    """The running marketplace and what a shop keeps in mind."""

    server: RunningServer[AmazonServer]
    samples: list[SampleOrder]
    memory: dict[str, str] = field(default_factory=dict)
    timeout: str = "5"

    @property
    def play(self) -> AmazonPlay:
        """The marketplace itself."""
        return self.server.app.play

    @property
    def seller(self) -> Seller:
        """The practice shop there."""
        return self.play.sellers[MAIN.number]

    def account(self, **changes: str) -> ShopAccount:
        """The shop as its connector sees it."""
        settings = {
            **MAIN.settings,
            "api.url": self.server.url,
            "api.pace_ms": "0",
            "api.timeout_s": self.timeout,
            **changes,
        }
        return ShopAccount(
            MAIN.name, "amazon", settings, MAIN.secrets.__getitem__, practice=True, memory=self.memory
        )

    def api(self, **changes: object) -> AmazonApi:
        """A connection; the same memory every time."""
        return connect(replace(self.account(), **changes))  # type: ignore[arg-type]

    def functions(self) -> list[str]:
        """The calls made so far, by name."""
        return [call.function for call in self.server.app.calls]

    def count(self, function: str) -> int:
        """How often a call was made."""
        return self.functions().count(function)

    def registered(self) -> list[tuple[str, str, str]]:
        """Order, reference and number of every package the marketplace knows."""
        return [(r["order"], r["reference"], r["tracking_no"]) for r in self.play.record()]

    def told(self, place: int = 0, number: str = NUMBERS[0], **changes: object) -> Confirmation:
        """One order of the samples in one parcel."""
        sample = self.samples[place]
        key = make_key(place + 1)
        parcel = ConfirmedParcel(key, "yamato", "YAMATO", number, method="宅急便")
        shipped = now_utc() - timedelta(minutes=2)
        made = Confirmation(
            OrderId("amazon", MAIN.name, sample.number),
            "",
            key,
            to_jst(shipped).date(),
            (parcel,),
            tuple(ConfirmedLine(item.item_id, item.quantity) for item in sample.items),
            shipped_at=shipped,
            ordered_at=sample.made,
        )
        return replace(made, **changes)  # type: ignore[arg-type]


@contextmanager
def a_scene(samples: Sequence[SampleOrder] = (), *, limited: bool = False) -> Iterator[Scene]:
    """A shop with these orders, or everyday ones."""
    orders = list(samples) or yesterday()
    play = AmazonPlay(now_utc, limited=limited)
    open_shop(play, MAIN, orders)
    with RunningServer(AmazonServer(play)) as running:
        yield Scene(running, orders)


def fetched(api: AmazonApi, until: datetime | None = None) -> list[Order | Reading | Rejection]:
    """All that one fetch tells."""
    until = until or now_utc()
    return list(api.fetch(until - timedelta(days=30), until, lambda done, total: None))


def numbers_of(told: Sequence[Order | Reading | Rejection]) -> list[str]:
    """Their order numbers."""
    return [one.order.id.number for one in told if isinstance(one, Reading)]
