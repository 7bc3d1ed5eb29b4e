"""Users' own rules: tried before they are saved, applied at once, gone when removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check import own_rules
from jpship_gui.flows.check.approve import approve
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import checks
from tests.builders import a_contact, an_order
from tests.flows.check_desk import checked, codes, open_desk, the

OKINAWA = {
    "postal_code": "9000001",
    "prefecture": "沖縄県",
    "city": "那覇市",
    "street": "港町9-9-9",
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def body(*acts: list[str]) -> dict[str, Any]:
    condition = {"field": "prefecture", "test": "is", "value": "沖縄県"}
    return {"name": "沖縄", "if": condition, "do": list(acts) or [["hold", "船便の日程"]]}


def test_a_rule_shows_what_it_would_catch_before_it_is_saved(ws: Workspace) -> None:
    _, far = checked(ws, an_order(1), an_order(2, recipient=a_contact(**OKINAWA)))
    assert own_rules.catches(ws, body()) == (far,)
    assert own_rules.every(ws) == []
    assert the(ws, far).stage is Stage.PRINT


def test_a_saved_rule_holds_at_once_can_be_approved_and_removed(ws: Workspace) -> None:
    near, far = checked(ws, an_order(1), an_order(2, recipient=a_contact(**OKINAWA)))
    row_id = own_rules.add(ws, body())
    assert (codes(ws, near), codes(ws, far)) == ([], ["own_rule_hold"])
    approve(ws, [far], "日程を確認")
    assert the(ws, far).stage is Stage.PRINT
    own_rules.remove(ws, row_id)
    assert own_rules.every(ws) == []
    assert codes(ws, far) == []


def test_a_rule_can_be_switched_off_and_changed(ws: Workspace) -> None:
    (far,) = checked(ws, an_order(recipient=a_contact(**OKINAWA)))
    row_id = own_rules.add(ws, body())
    own_rules.replace(ws, row_id, body(), active=False)
    assert codes(ws, far) == []
    own_rules.replace(ws, row_id, body(["note", "時間指定なし"], ["tag", "離島便"]))
    assert (codes(ws, far), the(ws, far).stage) == (["own_rule_note"], Stage.PRINT)
    (row,) = checks.load(ws.store, [the(ws, far).row_id])
    assert row.tags == ("離島便",)


def test_a_rule_that_says_nothing_is_refused_and_not_kept(ws: Workspace) -> None:
    wrong = body() | {"if": {"field": "unknown", "test": "is", "value": "x"}}
    for act in (own_rules.catches, own_rules.add):
        with pytest.raises(Refused) as caught:
            act(ws, wrong)
        assert (caught.value.code, caught.value.values["where"]) == ("rule_invalid", "if")
    assert own_rules.every(ws) == []
