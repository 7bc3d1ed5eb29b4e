"""Homes made once and copied: every test begins at a desk of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program

ORDERS = 12


@pytest.fixture(scope="session")
def printed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with twelve orders, all slips printed; goods are not scanned."""
    folder = tmp_path_factory.mktemp("printed")
    program = Program(folder / "home")
    program.done("shop", "add", "rakuten", "本店", "--set", "pack.goods=off")
    orders = rakuten_file.rows(ORDERS, rakuten_file.yesterday())
    program.done("import", rakuten_file.write(folder / "orders.csv", orders))
    program.done("print", "slips", "--out", folder / "slips.pdf")
    return folder


@pytest.fixture
def desk(printed_once: Path, tmp_path: Path) -> Program:
    """A copy of that desk."""
    shutil.copytree(printed_once / "home", tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def keys(printed_once: Path, desk: Program) -> list[str]:
    """Its shipment keys in the order of their order numbers."""
    found = desk.done("orders")
    return [shipment["key"] for shipment in sorted(found, key=lambda shipment: str(shipment["order"]))]
