"""Amazon's practice shop and which orders it holds."""

from __future__ import annotations

from collections.abc import Sequence

from jpship_gui.practice.amazon.models import model_of
from jpship_gui.practice.amazon.play import AmazonPlay
from jpship_gui.practice.amazon.samples import SampleOrder
from jpship_gui.practice.shops import PracticeShop

MAIN = PracticeShop(
    name="Amazon 練習店",
    marketplace="amazon",
    number="A1PRACTICEONLY",
    secrets={"client_secret": "practice-only-secret", "refresh_token": "Atzr|practice-only"},
    settings={
        "client_id": "amzn1.application-oa2-client.practice-only",
        "pack.goods": "off",
        "pack.proof": "double",
    },
)
SHOPS = (MAIN,)


def open_shop(play: AmazonPlay, shop: PracticeShop, orders: Sequence[SampleOrder]) -> None:
    """Open a shop on the practice marketplace with these orders."""
    play.open_shop(
        shop.number,
        shop.settings["client_id"],
        shop.secrets["client_secret"],
        shop.secrets["refresh_token"],
        [model_of(order, index) for index, order in enumerate(orders)],
    )
