"""Near misses by day and person, counted from real journals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows import people
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.near_misses import near_misses
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, a_line, an_order, stored

ACK, SKIP, EYE, UNDO = code_of(Command.ACK), "JPCMDSKIP2", code_of(Command.BYEYE), code_of(Command.UNDO)
W1, W2 = "099723653466", "103225504992"
DAY = to_jst(NOW).date()


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    people.add(opened, "佐藤")
    people.add(opened, "鈴木")
    yield opened
    opened.close()


def test_by_day_and_person_with_every_ng_by_kind(ws: Workspace) -> None:
    three = replace(an_order(1, lines=(replace(a_line(), quantity=3),)))
    (_, a), (_, b) = stored(ws.store, three, an_order(2))
    with Desk(ws) as desk:
        for raw in (badge_of("02"), a, "?", ACK, EYE, EYE, UNDO, SKIP, ACK, badge_of("01"), SKIP, SKIP, W1):
            desk.scan(raw)
    track(ws, b, W2, W2)
    later = replace(ws, clock=lambda: NOW + timedelta(days=2))
    with Desk(later, "2") as desk:
        desk.scan("JPCMDREOPEN1")
        desk.scan(a)
        desk.scan(code_of(Command.RESTART))
    owner, packer = near_misses(ws, DAY, DAY)
    assert (packer.person, packer.scans, packer.by_eye, packer.taken_back) == ("鈴木", 9, 2, 1)
    assert packer.ng == {"NG_UNKNOWN": 1, "NG_RIGHT": 1}
    assert (packer.skipped.total(), owner.skipped) == (0, {"item": 2})
    assert (owner.person, owner.not_scanned, owner.ng) == ("佐藤", 1, {})
    (again,) = near_misses(ws, DAY + timedelta(days=1), DAY + timedelta(days=9))
    assert (again.day, again.reopened, again.restarted) == (DAY + timedelta(days=2), 1, 1)
    assert len(near_misses(ws, DAY, DAY + timedelta(days=9))) == 3


def test_days_without_a_scan_have_nothing(ws: Workspace) -> None:
    assert near_misses(ws, DAY, DAY) == []
