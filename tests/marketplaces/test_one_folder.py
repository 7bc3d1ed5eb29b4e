"""XT-01: a marketplace is one folder; nothing else in the program knows of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import jpship_gui.marketplaces as registry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shipments
from tests.contracts.test_words import compiler
from tests.flows.confirming import pack, yamato_number

FOLDER = Path(__file__).parent / "sample_folder"
HEADER = "角の注文番号,注文時刻,宛名,〒,県,市,番地,電話,角の品番,品名,数"
ROW = "K-{n},2026/11/20 10:00,見本 花子,5410041,大阪府,大阪市中央区,北浜9-9-9,0312345678,MUG-{n},マグ,1"


@pytest.fixture
def corner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder lies beside the others."""
    monkeypatch.setattr(registry, "__path__", [*registry.__path__, str(FOLDER)])
    registry.marketplaces.cache_clear()
    yield
    sys.modules.pop("jpship_gui.marketplaces.corner", None)
    registry.marketplaces.cache_clear()


@pytest.fixture
def ws(tmp_path: Path, corner: None) -> Iterator[Workspace]:
    made = open_workspace(str(tmp_path / "home"), person="佐藤", desk="1")
    shops.add(made, "corner", "角の店 本店", {"corner.owner": "角田"})
    yield made
    made.close()


def write_orders(path: Path, count: int) -> Path:
    path.write_text("\r\n".join([HEADER, *(ROW.format(n=n) for n in range(count))]), encoding="cp932")
    return path


def test_a_day_of_a_marketplace_the_program_never_heard_of(ws: Workspace, tmp_path: Path) -> None:
    shown = preview(ws, [write_orders(tmp_path / "anything.bin", 2)])
    assert (shown.files[0].title, shown.counts["new"]) == ("角の店の注文", 2)
    keys = accept(ws, shown).keys
    for n, key in enumerate(keys):
        pack(ws, key, yamato_number(n))
    found = review(ws)
    assert ([row.marketplace for row in found.green], found.red) == (["corner"] * 2, ())
    assert [(shop.shop, shop.by, shop.green) for shop in found.shops] == [("角の店 本店", "file", 2)]
    (written,) = write_files(ws, tmp_path / "out").files
    said = written.path.read_text(encoding="utf-8-sig").split()
    assert said == [
        "角の注文番号,便,送り状",
        *(f"K-{n},くろねこ,{yamato_number(n)}" for n in range(2)),
    ]


def test_a_second_number_is_kept_and_shown_not_told(ws: Workspace, tmp_path: Path) -> None:
    (key,) = accept(ws, preview(ws, [write_orders(tmp_path / "orders.csv", 1)])).keys
    pack(ws, key, yamato_number(1))
    shipment = shipments.by_key(ws.store, key)
    assert shipment is not None
    ws.store.execute(
        "INSERT INTO parcels (shipment_id, no, key, carrier, tracking_no, how) VALUES (?, 2, ?, 'yamato', ?, 'scanned')",
        (shipment.row_id, f"{key}-2", yamato_number(2)),
    )
    (written,) = write_files(ws, tmp_path / "out").files
    assert yamato_number(2) not in written.path.read_text(encoding="utf-8-sig")
    from jpship_gui.store import outbox

    (item,) = outbox.by_keys(ws.store, [key])
    assert [p.tracking_no for p in item.confirmation.kept] == [yamato_number(2)]


def test_its_words_are_compiled_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    words: ModuleType = compiler()
    monkeypatch.setattr(words, "ADAPTERS", (*words.ADAPTERS, FOLDER))
    assert words.read_language("ja")["option.corner.owner"] == ("店主",)
    assert words.read_language("en")["name.marketplace.corner"] == ("Corner shop",)


def test_a_limit_counts_from_its_day_on(corner: None) -> None:
    market = registry.marketplaces()["corner"]
    assert market.takes_on(date(2026, 11, 28)).numbers == 1
    assert registry.marketplaces()["rakuten"].takes_on(date(2026, 11, 28)).numbers == 20


def test_the_shops_own_code_wins_and_the_service_before_the_carrier(corner: None) -> None:
    market = registry.marketplaces()["corner"]
    own = {"yamato": {"code": "A"}, "yamato/nekopos": {"code": "B", "method": "ポスト"}}
    day = date(2026, 11, 28)
    assert [market.code_of("yamato", s, day, own).code for s in ("", "cool", "nekopos")] == ["A", "A", "B"]  # type: ignore[union-attr]
    assert market.code_of("sagawa", "", day, own) is None
