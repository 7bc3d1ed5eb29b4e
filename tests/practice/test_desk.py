"""Practice mode: its own folder, its own marketplace, nothing else reachable."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.marketplaces import marketplaces
from jpship_gui.practice.desk import FILES, open_practice
from jpship_gui.practice.markets import every_shop
from jpship_gui.practice.rakuten.shops import MAIN


def test_orders_come_by_api_and_by_file_and_are_the_same(tmp_path: Path) -> None:
    with open_practice(str(tmp_path)) as ws:
        fetched = fetch(ws).shops
        assert [one.fault for one in fetched] == [None] * len(every_shop())
        assert all(one.counts["new"] > 0 for one in fetched)
        shown = preview(ws, sorted((ws.places.home / FILES).iterdir()))
        assert (shown.counts["new"], shown.counts["changed"], shown.counts["rejected"]) == (0, 0, 0)
        told = {outcome.order.id for one in shown.files for outcome in one.outcomes}
        assert len(told) == sum(one.counts["new"] for one in fetched)  # some stand in two files
        ws.close()


def test_a_second_start_finds_its_shops_at_the_new_address(tmp_path: Path) -> None:
    for _ in range(2):
        with open_practice(str(tmp_path)) as ws:
            assert len(shops.every(ws)) == len(every_shop())
            assert all(one.fault is None for one in fetch(ws).shops)
            ws.close()


def test_nothing_else_can_be_called(tmp_path: Path) -> None:
    with open_practice(str(tmp_path)) as ws:
        shops.set_values(ws, MAIN.name, {"api.url": "https://marketplace.example.jp"})
        connect = marketplaces()["rakuten"].connect
        assert connect is not None
        with pytest.raises(Refused, match="net_practice_only"):
            connect(ws.account(MAIN.name))
        ws.close()
