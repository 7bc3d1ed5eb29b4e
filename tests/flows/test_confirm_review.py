"""Green and red: every red reason, and that no red one is ever sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.flows.confirm.queue import queue
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import send_green
from jpship_gui.store import outbox, shipments
from jpship_gui.store.shipments import CheckedProblems
from tests.flows.confirming import Scene, a_scene, pack, yamato_number

Spoil = Callable[[Scene, str], None]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home") as made:
        yield made


def _row(scene: Scene, key: str) -> int:
    shipment = shipments.by_key(scene.ws.store, key)
    assert shipment is not None
    return shipment.row_id


def _set(**values: object) -> Spoil:
    def spoil(scene: Scene, key: str) -> None:
        with scene.ws.store.transaction():
            shipments.update(scene.ws.store, _row(scene, key), values)
            shipments.restage(scene.ws.store, [_row(scene, key)])

    return spoil


def _parcel(**values: object) -> Spoil:
    def spoil(scene: Scene, key: str) -> None:
        with scene.ws.store.transaction():
            shipments.set_parcel(scene.ws.store, key, values)

    return spoil


def _unverified(scene: Scene, key: str) -> None:
    with scene.ws.store.transaction():
        shipments.unmark(scene.ws.store, [_row(scene, key)], "verified")
        shipments.restage(scene.ws.store, [_row(scene, key)])


def _stopped(scene: Scene, key: str) -> None:
    problems = (Problem("social_gift_waiting", Severity.STOP),)
    with scene.ws.store.transaction():
        shipments.set_problems(scene.ws.store, [CheckedProblems(_row(scene, key), problems, False)])
        shipments.restage(scene.ws.store, [_row(scene, key)])


def _handed_over(days: int) -> Spoil:
    def spoil(scene: Scene, key: str) -> None:
        with scene.ws.store.transaction():
            at = scene.ws.now() + timedelta(days=days)
            shipments.mark(scene.ws.store, [_row(scene, key)], "handed_over", at)

    return spoil


def _same_number(scene: Scene, key: str) -> None:
    other = next(k for k in (scene.keys[2], scene.keys[0]) if k != key)
    (shipment,) = shipments.by_keys(scene.ws.store, [other])
    _parcel(tracking_no=shipment.parcels[0].tracking_no)(scene, key)


REDS: dict[str, Spoil] = {
    "cancelled": _set(cancelled=1),
    "hold": _set(hold_reason="住所を確認中"),
    "problems": _set(blocked=1),
    "not_released": _set(releasable=0),
    "shipped_at_source": _set(shipped_at_source=1),
    "changed": _set(changed='[["recipient.street","1","2"]]'),
    "stopped": _stopped,
    "not_verified": _unverified,
    "check_digit": _parcel(tracking_no="400000000001"),
    "duplicate": _same_number,
    "no_mapping": _parcel(carrier="bicycle"),
    "date_in_future": _handed_over(1),
    "date_before_order": _handed_over(-9),
}


def test_everything_in_order_is_green(scene: Scene) -> None:
    found = review(scene.ws)
    assert [row.key for row in found.green] == scene.keys
    assert found.red == ()
    row = found.green[0]
    assert (row.carrier, row.proof, row.not_handed_over) == ("yamato", "double", True)
    assert [(c.green, c.red, c.by) for c in found.shops] == [(3, 0, "api")]


@pytest.mark.parametrize("code", REDS)
def test_each_reason_makes_red(scene: Scene, code: str) -> None:
    REDS[code](scene, scene.keys[0])
    found = review(scene.ws)
    reds = {row.key: [reason.code for reason in row.reasons] for row in found.red}
    assert code in reds[scene.keys[0]]
    others = {scene.keys[2]} if code == "duplicate" else set()
    assert set(reds) == {scene.keys[0]} | others
    assert {row.key for row in found.green} == set(scene.keys) - set(reds)


def test_a_number_used_long_ago_is_no_duplicate(scene: Scene) -> None:
    old = scene.ws.now() - timedelta(days=400)
    _parcel(tracking_no=yamato_number(0), linked_at=int(old.timestamp() * 1000))(scene, scene.keys[2])
    reds = {row.key for row in review(scene.ws).red}
    assert scene.keys[0] not in reds


def test_the_day_of_the_hand_over_is_the_ship_date(scene: Scene) -> None:
    later = replace(scene.ws, clock=lambda: scene.ws.now() + timedelta(days=3))
    _handed_over(1)(scene, scene.keys[0])
    green = {row.key: row for row in review(later).green}
    assert green[scene.keys[0]].ship_date == scene.ws.today() + timedelta(days=1)
    assert green[scene.keys[1]].ship_date == later.today()
    assert not green[scene.keys[0]].not_handed_over


def test_a_new_number_lifts_a_refusal(scene: Scene) -> None:
    scene.server.app.play.change_order(scene.numbers[0], {"orderProgress": 400})
    send_green(scene.ws)
    assert [row.reasons[0].code for row in review(scene.ws).red] == ["refused"]
    pack(scene.ws, scene.keys[0], yamato_number(77))
    assert [row.key for row in review(scene.ws).green] == [scene.keys[0]]


def test_reviewing_writes_nothing(scene: Scene) -> None:
    before = scene.ws.store.change_no()
    review(scene.ws)
    assert scene.ws.store.change_no() == before
    assert outbox.by_keys(scene.ws.store, scene.keys) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoiled=st.dictionaries(st.integers(0, 5), st.sampled_from(sorted(REDS)), max_size=5), data=st.data())
def test_red_ones_are_never_queued(
    tmp_path_factory: pytest.TempPathFactory, spoiled: dict[int, str], data: st.DataObject
) -> None:
    with a_scene(tmp_path_factory.mktemp("red"), 6) as scene:
        # Place 2 before the other duplicates, which copy its number: changed after them it would leave them alone with it.
        for place, code in sorted(spoiled.items(), key=lambda i: (i[1] == "duplicate", i[0] != 2)):
            REDS[code](scene, scene.keys[place])
        red = {row.key for row in review(scene.ws).red}
        assert {scene.keys[place] for place in spoiled} <= red
        asked = data.draw(st.none() | st.lists(st.sampled_from(scene.keys), unique=True))
        queued = set(queue(scene.ws, asked).keys)
        assert not queued & red
        assert queued == set(asked if asked is not None else scene.keys) - red
