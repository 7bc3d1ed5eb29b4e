"""Keys that end are told early: what is known of their end, how pressing it is, and who must tell the rest (SE-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import open_shops
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.credentials import Level, due, expiries, expiry_text
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Credential
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import shops as stored_shops
from jpship_gui.store.shop_memory import ShopMemory
from jpship_gui.texts import LANGUAGES, set_language
from tests.flows.confirming import Scene, a_scene

MADE = date(2026, 9, 1)
LAST = MADE + timedelta(days=90)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", 1) as made:
        yield made


def at(ws: Workspace, day: date, hour: int = 3) -> Workspace:
    """The desk at a time of day in UTC; 15:00 is midnight in Japan."""
    return replace(ws, clock=lambda: datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("before_last", "level", "left"),
    [
        (89, Level.FINE, 89),
        (15, Level.FINE, 15),
        (14, Level.SOON, 14),
        (4, Level.SOON, 4),
        (3, Level.VERY_SOON, 3),
        (0, Level.VERY_SOON, 0),
        (-1, Level.OVER, -1),
        (-400, Level.OVER, -400),
    ],
)
def test_the_nearer_the_end_the_more_pressing(
    scene: Scene, before_last: int, level: Level, left: int
) -> None:
    shops.set_values(scene.ws, MAIN.name, {"rakuten.key_made": MADE.isoformat()})
    ws = at(scene.ws, LAST - timedelta(days=before_last))
    (found,) = expiries(ws)
    assert (found.credential, found.level, found.last_day, found.days_left) == (
        "license_key",
        level,
        LAST,
        left,
    )
    assert found.due is (level not in (Level.FINE, Level.UNKNOWN))
    assert due(ws) == ([found] if found.due else [])


def test_days_are_japans(scene: Scene) -> None:
    """At 15:00 UTC of its last day it is the next day in Japan."""
    shops.set_values(scene.ws, MAIN.name, {"rakuten.key_made": MADE.isoformat()})
    assert [one.level for one in expiries(at(scene.ws, LAST, 14))] == [Level.VERY_SOON]
    assert [one.level for one in expiries(at(scene.ws, LAST, 15))] == [Level.OVER]


def test_an_unknown_day_is_asked_for_and_alarms_nobody(scene: Scene) -> None:
    (found,) = expiries(scene.ws)
    assert (found.level, found.ask, found.last_day) == (Level.UNKNOWN, "rakuten.key_made", None)
    assert due(scene.ws) == []
    assert "ライセンスキーの発行日" in expiry_text(found)


def test_what_the_marketplace_tells_counts_more_than_what_a_person_told(scene: Scene) -> None:
    shops.set_values(scene.ws, MAIN.name, {"rakuten.key_made": "2020-01-01"})
    assert shops.check_connection(scene.ws, MAIN.name) == "net.check_ok"
    ends = scene.server.app.play.shops[MAIN.number].expires
    (found,) = expiries(scene.ws)
    assert (found.last_day, found.level) == (ends, Level.FINE)


def test_a_new_key_forgets_the_end_of_the_old(scene: Scene) -> None:
    shops.set_values(scene.ws, MAIN.name, {"rakuten.key_made": MADE.isoformat()})
    shops.check_connection(scene.ws, MAIN.name)
    shops.keep_secret(scene.ws, MAIN.name, "license_key", "SL_new")
    assert [one.last_day for one in expiries(scene.ws)] == [LAST]


@pytest.mark.parametrize("told", ["", "soon", "2026-13-01", "2026-12-01T25:00:00"])
def test_a_day_that_is_none_is_not_known(scene: Scene, told: str) -> None:
    ShopMemory(scene.ws.store, MAIN.name)["rakuten.key_until"] = told
    assert [one.level for one in expiries(scene.ws)] == [Level.UNKNOWN]


def test_a_moment_is_read_as_the_day_in_japan(scene: Scene) -> None:
    memory = ShopMemory(scene.ws.store, MAIN.name)
    memory["rakuten.key_until"] = "2026-11-30T23:59:59+09:00"
    assert [one.last_day for one in expiries(scene.ws)] == [date(2026, 11, 30)]
    memory["rakuten.key_until"] = "2026-11-30T23:59:59+00:00"
    assert [one.last_day for one in expiries(scene.ws)] == [date(2026, 12, 1)]
    memory["rakuten.key_until"] = "2026-11-30T23:59:59"
    assert [one.last_day for one in expiries(scene.ws)] == [date(2026, 11, 30)]


def test_a_shop_without_keys_is_not_asked_when_they_end(scene: Scene) -> None:
    scene.ws.secrets.delete(MAIN.name, "license_key")
    assert expiries(scene.ws) == []


def test_the_most_pressing_comes_first_and_each_has_its_own_warnings(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = (
        Credential("license_key", until="one", warn_days=(60, 30)),
        Credential("license_key", until="two", warn_days=(7,)),
        Credential("license_key", until="three", warn_days=()),
        Credential("license_key", since="four", days=0),
    )
    known = MappingProxyType({"rakuten": replace(marketplaces()["rakuten"], credentials=made)})
    monkeypatch.setattr(Workspace, "markets", lambda ws: known)
    memory = ShopMemory(scene.ws.store, MAIN.name)
    memory.update({"one": "2026-12-31", "two": "2026-12-07", "three": "2026-12-02", "four": "2026-01-01"})
    ws = at(scene.ws, date(2026, 12, 1))
    assert [one.level for one in expiries(ws)] == [
        Level.VERY_SOON,
        Level.SOON,
        Level.FINE,
        Level.UNKNOWN,
    ]
    assert [one.last_day for one in due(ws)] == [date(2026, 12, 31), date(2026, 12, 7)]
    assert [one.level for one in due(at(scene.ws, date(2026, 12, 20)))] == [
        Level.OVER,
        Level.OVER,
        Level.VERY_SOON,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_has_words(scene: Scene, language: str) -> None:
    set_language(language)
    shops.set_values(scene.ws, MAIN.name, {"rakuten.key_made": MADE.isoformat()})
    said = set()
    for left in (20, 1, 0, -1):
        (found,) = expiries(at(scene.ws, LAST - timedelta(days=left)))
        words = expiry_text(found)
        assert left == 0 or LAST.isoformat() in words
        said.add(words)
    said |= {expiry_text(replace(found, last_day=None, ask=ask)) for ask in ("", "rakuten.key_made")}
    assert len(said) == 6
    assert all("{" not in words for words in said)


def test_a_shop_whose_marketplace_is_gone_stops_nobody(scene: Scene) -> None:
    stored_shops.add(scene.ws.store, "旧い店", "removed_profile", {}, scene.ws.now())
    before = [found.shop for found in expiries(scene.ws)]
    assert before == [MAIN.name]
    assert expiries(scene.ws, "旧い店") == []
    assert shops.standing(scene.ws, "旧い店").has_api is False
    assert [count.shop for count in review(scene.ws).shops] == [MAIN.name, "旧い店"]
    assert open_shops(scene.ws) == []
