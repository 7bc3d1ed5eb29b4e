"""Practice mode: its own folder, its own marketplace, nothing else reachable."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.marketplaces import marketplaces
from jpship_gui.practice.mode import PracticeMode
from jpship_gui.practice.shops import MAIN


def test_orders_come_by_api_and_by_file_and_are_the_same(tmp_path: Path) -> None:
    with PracticeMode(str(tmp_path)) as mode:
        assert [one.counts["new"] for one in fetch(mode.workspace).shops] == [12, 4]
        shown = preview(mode.workspace, list(mode.sample_files()))
        assert shown.counts == {"new": 0, "changed": 0, "unchanged": 16, "rejected": 0}


def test_a_second_start_finds_its_shops_and_the_new_address(tmp_path: Path) -> None:
    with PracticeMode(str(tmp_path)):
        pass
    with PracticeMode(str(tmp_path)) as mode:
        found = shops.every(mode.workspace)
        assert [shop.settings["api.url"] for shop in found] == [mode.url] * 2
        assert all(one.fault is None for one in fetch(mode.workspace).shops)


def test_nothing_else_can_be_called(tmp_path: Path) -> None:
    with PracticeMode(str(tmp_path)) as mode:
        shops.set_values(mode.workspace, MAIN.name, {"api.url": "https://marketplace.example.jp"})
        connect = marketplaces()["rakuten"].connect
        assert connect is not None
        with pytest.raises(Refused, match="net_practice_only"):
            connect(mode.workspace.account(MAIN.name))
