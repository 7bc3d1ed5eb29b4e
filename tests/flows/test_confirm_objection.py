"""A marketplace that wants more of a confirmation, or wants it otherwise: its `fit`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from jpship_gui.domain.confirmation import Confirmation
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Objection
from jpship_gui.settings.options import ShopOptions
from jpship_gui.store import outbox
from tests.flows.confirming import Scene, a_scene, yamato_number


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def _fit(said: Confirmation, options: ShopOptions, now: datetime) -> Confirmation | Objection:
    """No number that ends in the first one's digits; everything else goes with a method of its own."""
    if said.parcels[0].tracking_no == yamato_number(0):
        return Objection("duplicate", {"number": said.parcels[0].tracking_no, "order": "x"}, "track")
    return replace(said, shipped_at=now, parcels=(replace(said.parcels[0], method="宅急便"),))


def test_it_turns_red_with_the_reason_and_the_others_are_told_as_it_wants(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = replace(marketplaces()["rakuten"], fit=_fit)
    monkeypatch.setattr(Workspace, "markets", lambda ws: {"rakuten": market})
    (red,) = review(scene.ws).red
    assert (red.key, [(r.code, r.repair) for r in red.reasons]) == (scene.keys[0], [("duplicate", "track")])
    assert set(queue(scene.ws).keys) == set(scene.keys[1:])
    said = outbox.by_keys(scene.ws.store, scene.keys)
    assert {item.confirmation.parcels[0].method for item in said} == {"宅急便"}
    assert all(item.confirmation.shipped_at for item in said)
