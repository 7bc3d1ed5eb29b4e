"""Every flow that not everybody may use asks for its right, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.badge import badge_of
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.roles import DEFAULTS, Right, Role
from jpship_gui.flows import people, shared_options
from jpship_gui.flows.confirm.queue import queue, retry
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.upkeep import shops as upkeep
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, an_order, stored

W1 = "099723653466"
NAMES = {Role.OWNER: "佐藤", Role.OFFICE: "田中", Role.PACKER: "鈴木"}


def _key(ws: Workspace) -> str:
    return str(ws.store.value("SELECT key FROM shipments LIMIT 1"))


def _hand_over(ws: Workspace) -> None:
    HandoverDesk(ws).close()


ACTS: tuple[tuple[str, Right, Callable[[Workspace], object]], ...] = (
    ("queue", Right.CONFIRM, queue),
    ("retry", Right.CONFIRM, lambda ws: retry(ws, [])),
    ("write_files", Right.CONFIRM, lambda ws: write_files(ws, ws.places.home)),
    ("shop_add", Right.SETTINGS, lambda ws: upkeep.add(ws, "qoo10", "二号店", {})),
    ("shop_set", Right.SETTINGS, lambda ws: upkeep.set_values(ws, "本店", {"pack.goods": "off"})),
    ("typed", Right.TYPE, lambda ws: track(ws, _key(ws), W1, W1)),
    ("pasted", Right.TYPE, lambda ws: track(ws, _key(ws), W1, W1, how="pasted")),
    ("hand_over", Right.HAND_OVER, _hand_over),
    ("add_person", Right.PEOPLE, lambda ws: people.add(ws, "山田")),
    ("set_right", Right.PEOPLE, lambda ws: people.set_right(ws, Role.PACKER, Right.SKIP, True)),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """One of each role."""
    opened = replace(open_workspace(str(tmp_path), desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {}, NOW)
    stored(opened.store, an_order(1))
    boss = opened.as_person("佐藤")
    for role, name in NAMES.items():
        people.add(boss, name, role)
    yield opened
    opened.close()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("name", "right", "act"), ACTS, ids=[name for name, _, _ in ACTS])
def test_as_delivered(
    ws: Workspace, name: str, right: Right, act: Callable[[Workspace], object], role: Role
) -> None:
    here = ws.as_person(NAMES[role])
    if right in DEFAULTS[role]:
        act(here)
        return
    with pytest.raises(Refused, match="not_allowed") as refused:
        act(here)
    assert NAMES[Role.OWNER] in str(refused.value.values["who"])


@pytest.mark.parametrize(("name", "right", "act"), ACTS, ids=[name for name, _, _ in ACTS])
def test_as_the_owner_changed_it(
    ws: Workspace, name: str, right: Right, act: Callable[[Workspace], object]
) -> None:
    boss, packer = ws.as_person("佐藤"), ws.as_person("鈴木")
    people.set_right(boss, Role.PACKER, right, False)
    with pytest.raises(Refused, match="not_allowed"):
        act(packer)
    people.set_right(boss, Role.PACKER, right, True)
    act(packer)


def test_a_scanned_number_is_nobodys_privilege(ws: Workspace) -> None:
    people.set_right(ws.as_person("佐藤"), Role.PACKER, Right.TYPE, False)
    assert track(ws.as_person("鈴木"), _key(ws), W1, W1, how="scanned").ok


def test_handing_over_at_the_packing_page_asks_too(ws: Workspace) -> None:
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "pack.proof": "handover"})
    people.set_right(ws.as_person("佐藤"), Role.PACKER, Right.HAND_OVER, False)
    with Desk(ws) as desk:
        codes = (badge_of("03"), _key(ws), W1, W1)
        assert [desk.scan(code).outcome.value for code in codes][-2:] == ["OK_LINK", "NG_RIGHT"]


def test_kept_rights_are_readable_text(ws: Workspace) -> None:
    people.set_right(ws.as_person("佐藤"), Role.OFFICE, Right.CONFIRM, False)
    assert "confirm" not in shared_options.get(ws, people.RIGHTS)["office"]
    with pytest.raises(Refused, match="owner_may_all"):
        people.set_right(ws.as_person("佐藤"), Role.OWNER, Right.CONFIRM, False)
