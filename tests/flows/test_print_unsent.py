"""A printer that does not take the slips leaves nothing "printed"."""

from __future__ import annotations

from pathlib import Path

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.sent import note_unsent
from jpship_gui.store import history, shipments
from tests.builders import NOW, an_order
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


def test_what_no_printer_took_waits_for_printing_again(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    keys = printable(ws, an_order(1), an_order(2))
    made = print_slips(ws, keys, tmp_path / "slips.pdf")
    with ws.store.transaction():  # the second one was packed before anybody noticed
        packed = shipments.by_keys(ws.store, keys)[1]
        shipments.mark(ws.store, [packed.row_id], "linked", NOW)
        shipments.restage(ws.store, [packed.row_id])
    assert note_unsent(ws, made.print_id) == (keys[0],)
    first, second = shipments.by_keys(ws.store, keys)
    assert first.stage is Stage.PRINT
    assert second.facts.printed is not None
    assert history.of(ws.store, first.row_id)[-1].what == "print_unsent"
    assert print_slips(ws, None, tmp_path / "again.pdf").printed == (keys[0],)
    ws.close()
