"""Files with people in them go when their time is over, and not before (a moved clock, real folders)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderState
from jpship_gui.flows.paper import batches
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.kinds import print_paper
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.sweep import Swept, sweep
from jpship_gui.flows.upkeep.begin import begin
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import shipments
from tests.builders import NOW, a_contact, an_order
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def later(ws: Workspace, **span: int) -> Workspace:
    return replace(ws, clock=lambda: NOW + timedelta(**span))


def age(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def ship(ws: Workspace, keys: tuple[str, ...]) -> None:
    with ws.store.transaction():
        rows = [shipment.row_id for shipment in shipments.by_keys(ws.store, list(keys))]
        for fact in ("linked", "checked", "verified", "sent", "accepted"):
            shipments.mark(ws.store, rows, fact, NOW)
        shipments.restage(ws.store, rows)


def test_a_batch_stays_while_one_of_its_parcels_is_here_and_goes_after(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, *(an_order(n) for n in range(1, 4)))
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    ship(ws, made.printed[:2])
    assert sweep(later(ws, days=30)).papers == 0
    assert len(batches.reprint(ws, made.batch, 1, 3, tmp_path / "again.pdf").keys) == 3
    ship(ws, made.printed)
    assert sweep(later(ws, days=13)).papers == 0
    assert sweep(later(ws, days=15)).papers == 1
    assert not list(ws.places.papers.iterdir())
    with pytest.raises(Refused) as caught:
        batches.reprint(ws, made.batch, 1, 3, tmp_path / "late.pdf")
    assert caught.value.code == "paper_gone"
    assert [row.key for row in batches.batch(ws, made.batch).rows] == list(made.printed)  # the record stays
    assert sweep(later(ws, days=16)) == Swept()


def test_nothing_stays_for_ever_and_the_days_are_settings(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, an_order())
    print_slips(ws, None, tmp_path / "slips.pdf")
    assert sweep(later(ws, days=89)).papers == 0
    assert sweep(later(ws, days=91)).papers == 1
    (key,) = printable(ws, an_order(2))
    made = print_paper(ws, "label", [key], tmp_path / "label.pdf")
    ship(ws, made.printed)
    ws.options.set("papers.keep_days", 2)
    assert sweep(later(ws, days=3)).papers == 1


def test_a_cancelled_order_keeps_no_copy_alive(ws: Workspace, tmp_path: Path) -> None:
    printable(ws, an_order())
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    row = shipments.by_keys(ws.store, list(made.printed))[0].row_id
    with ws.store.transaction():
        shipments.set_state(ws.store, row, OrderState.CANCELLED)
        shipments.restage(ws.store, [row])
    assert sweep(later(ws, days=15)).papers == 1


def test_a_slip_that_is_an_invoice_is_kept_by_law(tmp_path: Path) -> None:
    registered = {"invoice__mode": "slip", "invoice__registration_no": "T7123456789012"}
    ws = open_desk(tmp_path, **registered)
    printable(ws, an_order())
    ship(ws, print_slips(ws, None, tmp_path / "slips.pdf").printed)
    assert sweep(later(ws, days=365 * 7)).papers == 0
    assert sweep(later(ws, days=365 * 8)).papers == 1
    ws.close()


def test_what_an_act_left_behind_goes_after_an_hour(ws: Workspace) -> None:
    folder = ws.places.temporary / "tmpabc"
    folder.mkdir()
    (folder / "slip.pdf").write_bytes(b"%PDF")
    age(folder, NOW - timedelta(minutes=50))
    assert sweep(ws).temporary == 0
    age(folder, NOW - timedelta(minutes=70))
    assert sweep(ws).temporary == 1
    assert not folder.exists()


def test_copies_nobody_noted_and_old_carrier_files_go_at_the_start_of_work(
    ws: Workspace, tmp_path: Path
) -> None:
    keys = printable(ws, an_order(recipient=a_contact(name="見本 花子")))
    kept = ws.places.carrier_files / "yamato.csv"
    export(ws, "yamato", keys, kept)
    own = tmp_path / "mine.csv"
    export(ws, "yamato", keys, own)
    stray = ws.places.papers / "slip-000099.pdf"
    stray.write_bytes(b"%PDF")
    for path in (kept, own, stray):
        age(path, NOW)
    begin(ws)
    assert kept.exists()
    assert stray.exists()
    begin(later(ws, days=15))
    assert not kept.exists()
    assert not stray.exists()
    assert own.exists()  # where a person chose the place, it is that person's


def test_no_file_is_named_after_anybody(ws: Workspace, tmp_path: Path) -> None:
    keys = printable(ws, an_order(416812461, recipient=a_contact(name="見本 花子")))
    print_slips(ws, None, tmp_path / "slips.pdf")
    for document in ("label", "cover"):
        print_paper(ws, document, keys, tmp_path / f"{document}.pdf")
    names = " ".join(path.name for path in ws.places.papers.iterdir())
    assert len(names.split()) == 3
    for personal in ("見本", "花子", "0416812461", keys[0]):
        assert personal not in names
