"""The read-back proof on the practice marketplace over real HTTP: it finds, it never makes an order green (CF-08, guard 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows.confirm.audit import differences_seen
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back, send_green
from jpship_gui.flows.confirm.words import difference_text
from jpship_gui.flows.workspace import Workspace
from jpship_gui.practice.rakuten.shops import MAIN
from jpship_gui.store import outbox
from tests.flows.confirming import Scene, a_scene, pack, yamato_number


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", **{"pack.proof": "readback"}) as made:
        yield made


def parcel_of(scene: Scene, place: int) -> dict[str, Any]:
    order = scene.server.app.play.shops[MAIN.number].orders[scene.numbers[place]]
    found: dict[str, Any] = order["PackageModelList"][0]["ShippingModelList"][0]
    return found


def later(ws: Workspace, **span: float) -> Workspace:
    now = ws.now()
    return replace(ws, clock=lambda: now + timedelta(**span))


def test_a_linked_parcel_is_red_and_nothing_of_it_leaves(scene: Scene) -> None:
    pack(scene.ws, scene.keys[1], yamato_number(1), verified=False)
    scene.ws.store.execute("UPDATE shipments SET verified_at = NULL WHERE key = ?", (scene.keys[1],))
    found = review(scene.ws)
    assert [(row.key, [r.code for r in row.reasons]) for row in found.red] == [
        (scene.keys[1], ["not_verified"])
    ]
    send_green(scene.ws)
    assert scene.registered() == [one for n, one in enumerate(scene.expected()) if n != 1]


@pytest.mark.parametrize(
    ("what", "value", "field"),
    [("shippingNumber", yamato_number(77), "parcel"), ("deliveryCompany", "1002", "carrier")],
)
def test_what_the_marketplace_shows_otherwise_is_a_loud_case_that_names_both(
    scene: Scene, what: str, value: str, field: str
) -> None:
    send_green(scene.ws)
    assert scene.registered() == scene.expected()
    ours = str(parcel_of(scene, 1)[what])
    parcel_of(scene, 1)[what] = value
    read_back(later(scene.ws, minutes=11))
    (differs,) = review(scene.ws).differing
    assert differs.way.key == scene.keys[1]
    (one,) = differs.found
    assert (one.field, one.ours, one.theirs) == (field, ours, value)
    words = difference_text(one)
    assert ours in words
    assert value in words


def test_what_nobody_could_read_back_is_a_case_after_a_day(scene: Scene) -> None:
    send_green(scene.ws)
    with scene.ws.store.transaction():  # accepted, and the marketplace went silent before it could be read
        for key in scene.keys:
            outbox.set_audit(scene.ws.store, key, scene.ws.now())
    assert {i.state for i in outbox.by_keys(scene.ws.store, scene.keys)} == {SendState.ACCEPTED}
    assert review(later(scene.ws, hours=23)).differing == ()
    tomorrow = later(scene.ws, hours=25)
    silent = review(tomorrow).differing
    assert [one.way.key for one in silent] == scene.keys
    assert {one.field for case in silent for one in case.found} == {"unread"}
    assert all(yamato_number(n) in difference_text(case.found[0]) for n, case in enumerate(silent))
    assert differences_seen(tomorrow, scene.keys[:1]) == (scene.keys[0],), "a person looked there himself"
    read_back(scene.ws)
    assert review(tomorrow).differing == ()


def test_of_another_shop_it_is_not_asked(tmp_path: Path) -> None:
    with a_scene(tmp_path / "home") as made:
        send_green(made.ws)
        with made.ws.store.transaction():
            outbox.set_audit(made.ws.store, made.keys[0], made.ws.now())
        assert review(later(made.ws, hours=25)).differing == ()
