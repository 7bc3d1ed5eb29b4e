"""What an outsourced warehouse or the marketplace ships is shown and never packed, handed to a carrier or told here
(SY-11, SY-12)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.track import track
from jpship_gui.flows.paper.hand_to_carrier import NothingToExport, export, waiting
from jpship_gui.flows.paper.print_slips import NothingToPrint, print_slips
from jpship_gui.flows.table import list_rows
from jpship_gui.flows.table.list_rows import Query
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from tests.builders import an_order, stored
from tests.flows.carrier_desk import open_desk
from tests.flows.confirming import yamato_number


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def elsewhere(ws: Workspace) -> str:
    ((row_id, key),) = stored(ws.store, an_order())
    with ws.store.transaction():
        shipments.update(ws.store, row_id, {"not_ours": 1})
        shipments.restage(ws.store, [row_id])
    return key


def test_it_is_shown_and_nothing_is_made_of_it(ws: Workspace, tmp_path: Path) -> None:
    key = elsewhere(ws)
    (found,) = shipments.by_keys(ws.store, [key])
    assert found.stage is Stage.NOT_OURS
    assert len(list_rows.ids(ws, Query(view="stage:not_ours"))) == 1
    assert waiting(ws, "yamato") == []
    with pytest.raises(NothingToExport) as refused:
        export(ws, "yamato", [key], tmp_path / "out.csv")
    assert [problem.code for problem in refused.value.refused[key]] == ["carrier_already_shipped"]
    with pytest.raises(NothingToPrint):
        print_slips(ws, [key], tmp_path / "out.pdf")
    with Desk(ws) as desk:
        answer = desk.scan(key)
    assert (answer.outcome.value, answer.reason) == ("NG_HOLD", "elsewhere")
    assert not track(ws, key, yamato_number(1), yamato_number(1)).ok
    assert review(ws).green == review(ws).red == ()
    assert not list(tmp_path.glob("out.*"))
