"""The cable to the PostgreSQL server is pulled while the driver takes the parcels, or nothing comes through it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jpship_gui.flows.handover.desk import HandoverDesk
from jpship_gui.flows.handover.listing import history
from jpship_gui.store import journal, shops
from tests.builders import NOW
from tests.flows.test_handover_desk import ACK, FINISH, UNDO, packed, said, waybill
from tests.flows.test_pack_server_away import (
    Cable,
    address,  # noqa: F401 - a fixture
    cable,  # noqa: F401 - a fixture
    opened,
    pytestmark,  # noqa: F401 - only where a server is
    through,
)


def until(condition: Callable[[], bool], desk: HandoverDesk) -> None:
    while not condition():
        desk.look()
        time.sleep(0.02)


@pytest.mark.parametrize("how", ["pulled", "stalled"])
def test_the_set_goes_on_from_memory(
    how: str,
    tmp_path: Path,
    address: str,  # noqa: F811
    cable: Cable,  # noqa: F811
) -> None:
    far = opened(tmp_path / "office", address, "事務")
    shops.add(far.store, "本店", "rakuten", {"pack.proof": "file"}, NOW)
    packed(far, 3)
    ws = opened(tmp_path / "desk", through(address, cable), "受渡台")
    with HandoverDesk(ws) as desk:
        desk.follow_beside()
        assert said(desk, waybill(0)) == ["OK_TAKEN"]

        def seen() -> bool:
            quiet = not desk.behind and desk.trouble is None
            return quiet and desk._reach._seen_at == far.store.change_no()

        until(seen, desk)
        (cable.pull if how == "pulled" else cable.stall)()
        assert said(desk, waybill(1), UNDO, waybill(1), waybill(0), ACK) == [
            *("OK_TAKEN", "OK_UNDO", "OK_TAKEN", "NG_DUPLICATE.handed_over", "OK_ACK"),
        ]
        assert said(desk, waybill(50), ACK, FINISH, ACK) == [
            *("NG_AWAY.running", "OK_ACK", "NG_AWAY.running", "OK_ACK")
        ]
        assert desk.trouble is not None
        assert desk.trouble.code == "database_away"
        assert desk.waiting == 9
        assert far.store.value("SELECT COUNT(*) FROM handover_parcels") == 1
        (cable.plug if how == "pulled" else cable.flow)()
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert said(desk, waybill(2), FINISH) == ["OK_DONE", "OK_FINISH"]
        until(lambda: desk.waiting == 0, desk)
    (over,) = history(far)
    assert (over.taken, over.left, over.desk) == (3, 0, "受渡台")
    assert journal.verify(desk._journal.path)[1] == []
    ws.close()
    far.close()
