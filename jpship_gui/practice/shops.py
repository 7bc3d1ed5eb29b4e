"""Practice shops: who they are and how a desk that practises sets them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PracticeShop:
    """An invented shop; its keys open nothing but the practice marketplace. `number` is what the marketplace calls it,
    `secrets` are by the fields its connector asks for, `settings` those of its own besides `settings_of`."""

    name: str
    marketplace: str
    number: str
    secrets: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


def settings_of(shop: PracticeShop, url: str) -> dict[str, str]:
    """Settings of the shop's account at a desk that practises: quick, on this computer, with an invented sender."""
    return {
        "confirm.by": "api",
        "api.url": url,
        "api.pace_ms": "0",
        "api.timeout_s": "2",
        "confirm.deadline_s": "30",
        "confirm.poll_ms": "50",
        "confirm.settle_s": "1",
        "sender.name": shop.name,
        "sender.postal_code": "541-0041",
        "sender.address": "大阪府大阪市中央区北浜9-9-9",
        "sender.phone": "03-0000-0000",
        "sender.email": "desk@example.jp",
        "yamato.customer_code": "0300000000",
        **shop.settings,
    }
