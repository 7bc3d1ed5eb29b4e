"""A printer that does not take the slips leaves nothing "printed"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.stage import Stage
from jpship_gui.flows.pack.surroundings import Surroundings
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.sent import note_unsent
from jpship_gui.flows.workspace import Workspace
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


def test_a_slip_printed_before_is_still_good_when_no_printer_took_it_again(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    keys = printable(ws, an_order(1), an_order(2))
    print_slips(ws, keys[:1], tmp_path / "first.pdf")
    before = shipments.by_keys(ws.store, keys)[0].facts.printed
    made = print_slips(later(ws, 5), keys, tmp_path / "both.pdf", to_queue=True)
    assert note_unsent(ws, made.print_id) == (keys[1],)
    first, second = shipments.by_keys(ws.store, keys)
    assert first.facts.printed == before
    assert (first.stage, second.stage) == (Stage.PACK, Stage.PRINT)
    assert Surroundings(ws).shipment(keys[0]).block is None, "the packer has that slip in hand"
    assert history.of(ws.store, first.row_id)[-1].what == "print_unsent_kept"
    ws.close()


@pytest.mark.parametrize("newest_first", [False, True])
def test_of_several_papers_that_failed_none_counts(tmp_path: Path, newest_first: bool) -> None:
    ws = open_desk(tmp_path)
    keys = printable(ws, an_order(1), an_order(2))
    print_slips(ws, keys[:1], tmp_path / "first.pdf")
    before = shipments.by_keys(ws.store, keys)[0].facts.printed
    failed = [
        print_slips(later(ws, minutes), keys, tmp_path / f"{minutes}.pdf", to_queue=True).print_id
        for minutes in (5, 10, 15)
    ]
    for print_id in reversed(failed) if newest_first else failed:
        note_unsent(ws, print_id)
    first, second = shipments.by_keys(ws.store, keys)
    assert (first.facts.printed, second.facts.printed) == (before, None)
    ws.close()


def test_a_slip_that_says_something_older_does_not_come_back(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    (key,) = printable(ws, an_order(1))
    print_slips(ws, [key], tmp_path / "first.pdf")
    made = print_slips(later(ws, 5), [key], tmp_path / "again.pdf", to_queue=True)
    with ws.store.transaction():  # a correction while the second one was on its way
        shipments.unprint(ws.store, shipments.by_keys(ws.store, [key])[0].row_id)
    note_unsent(ws, made.print_id)
    assert shipments.by_keys(ws.store, [key])[0].facts.printed is None
    ws.close()


def later(ws: Workspace, minutes: int) -> Workspace:
    now = ws.now() + timedelta(minutes=minutes)
    return replace(ws, clock=lambda: now)
