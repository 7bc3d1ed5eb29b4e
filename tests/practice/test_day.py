"""The practice day ends green in every language, and would not if something were wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.carriers import carriers
from jpship_gui.practice.day import run_day
from jpship_gui.practice.markets import MAIN_MARKET, every_shop
from jpship_gui.practice.opening import DAY_ORDERS
from jpship_gui.practice.rakuten.orders import RakutenPlay
from jpship_gui.practice.ways import B2, WAYS
from jpship_gui.texts import LANGUAGES, set_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_is_green_and_says_what_it_did(tmp_path: Path, language: str) -> None:
    set_language(language)
    (tmp_path / "home" / "practice" / "day-001").mkdir(parents=True)  # an earlier day is left alone
    said: list[str] = []
    played = run_day(str(tmp_path / "home"), tmp_path / "papers", said.append)
    assert [step.words for step in played.steps if not step.ok] == []
    assert played.green
    assert len(said) == len(played.steps) + 3
    assert played.folder.name == "day-002"
    made = {path.name for path in (tmp_path / "papers").iterdir()}
    assert {"slips.pdf", "picklist.pdf", "b2.csv"} <= made
    ways = [(market, way) for market, listed in WAYS.items() for way in listed]
    assert {f"{way.carrier}_{way.tool}_{market}.csv" for market, way in ways} <= made
    assert [step.name for step in played.steps].count("other_handed") == len(ways)
    others = DAY_ORDERS * sum(shop.marketplace != MAIN_MARKET for shop in every_shop())
    assert len(played.registered) == len({order for order, _ in played.registered}) == 14 + others
    document = played.document()
    assert (document["green"], len(document["steps"])) == (True, len(played.steps))
    assert {"order", "tracking_no"} == set(document["registered"][0])


def test_a_parcel_sent_twice_would_turn_the_day_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(play: RakutenPlay) -> list[dict[str, object]]:
        return record(play) + record(play)[:1]

    record = RakutenPlay.record
    monkeypatch.setattr(RakutenPlay, "record", twice)
    played = run_day(str(tmp_path / "home"))
    assert not played.green
    assert [step.name for step in played.steps if not step.ok] == ["registered_once"]


def test_every_tool_a_file_is_written_for_is_used_in_the_day() -> None:
    used = {(way.carrier, way.tool) for ways in WAYS.values() for way in ways} | {(B2.carrier, B2.tool)}
    alike = {  # the same files without their header, and B2's with a column more for one contract
        *(("sagawa", "ehiden3_bare"), ("seino", "kangaroo2_bare"), ("yamato", "b2_eazy")),
    }
    assert used | alike == {
        (carrier.id, tool.id) for carrier in carriers().values() for tool in carrier.writing
    }
