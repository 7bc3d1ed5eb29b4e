"""Qoo10's practice shop and the carts it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from jpship_gui.practice.qoo10.play import QooPlay, Shop
from jpship_gui.practice.shops import PracticeShop

USER, PASSWORD = "practice_seller", "practice only"
MAIN = PracticeShop(
    "Qoo10 練習店",
    "qoo10",
    "Q900001",
    {"certification_key": "Q900001_practice_sak_0", "qsm_api_key": "Q900001_practice_api_key"},
    {
        "carrier.codes": '{"yamato": {"code": "ヤマト宅急便", "name": "ヤマト宅急便"}, '
        '"seino": {"code": "西濃運輸", "name": "西濃運輸"}, "fukuyama": {"code": "福山通運", "name": "福山通運"}}',
        "qoo10.api_version": "auto",
    },
)
SHOPS = (MAIN,)


def open_shop(play: QooPlay, shop: PracticeShop, rows: Iterable[Mapping[str, str]]) -> Shop:
    """Open a shop on the practice marketplace with these order numbers; its key is good for 200 days more."""
    made = Shop(
        shop.number,
        shop.secrets["qsm_api_key"],
        shop.secrets["certification_key"],
        USER,
        PASSWORD,
        play.now().date() + timedelta(days=200),
    )
    return play.open_shop(made, rows)
