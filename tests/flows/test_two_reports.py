"""The two reports of an Amazon shop: what one does not tell the other does, in any order, and neither doubles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jpship_gui.domain.order import Order, OrderState
from jpship_gui.domain.shipment import Shipment
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.flows.intake.accept import Accepted, accept
from jpship_gui.flows.intake.preview import preview
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.practice.amazon.reports import write_reports
from jpship_gui.practice.amazon.samples import SampleOrder, sample_orders
from jpship_gui.store import orders, outbox, shipments
from tests.flows.confirming import pack, yamato_number

SHOP = "Amazon店"
DAY = date(2026, 11, 20)
MADE = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # midnight in Japan, after the last order
SAMPLES = [
    replace(order, recipient=replace(order.recipient, phone="09000000000"))
    for order in sample_orders(12, DAY)
]
OPEN = [o for o in SAMPLES if o.status in ("UNSHIPPED", "PARTIALLY_SHIPPED") and not o.by_amazon]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    made = replace(open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: MADE)
    shops.add(made, "amazon", SHOP, {"confirm.by": "file"})
    yield made
    made.close()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """未出荷レポート and 注文レポート of the same orders."""
    unshipped, every = write_reports(tmp_path / "reports", OPEN, MADE)
    return unshipped, every


def take(ws: Workspace, *paths: Path) -> Accepted:
    return accept(ws, preview(ws, list(paths)))


def counts(done: Accepted) -> tuple[int, int, int, int]:
    return tuple(done.counts[name] for name in ("new", "changed", "unchanged", "rejected"))  # type: ignore[return-value]


def known(ws: Workspace) -> dict[str, Order]:
    ids = [s.order_id for s in all_shipments(ws)]
    return {i.number: found.order() for i, found in orders.find(ws.store, ids).items()}


def all_shipments(ws: Workspace) -> list[Shipment]:
    return shipments.by_ids(
        ws.store, [row for (row,) in ws.store.rows("SELECT id FROM shipments ORDER BY id")]
    )


def complete(ws: Workspace) -> None:
    """Everything that either report tells is there, once."""
    found = known(ws)
    assert set(found) == {order.number for order in OPEN}
    assert len(all_shipments(ws)) == len(OPEN)
    for sample in OPEN:
        order = found[sample.number]
        assert order.state is OrderState.TO_SHIP
        assert order.money.charged is not None
        assert order.ship_by is not None
        assert all(line.unit_price for line in order.lines)
        assert order.packages[0].recipient.phone == "09000000000"
        assert [line.quantity for line in order.lines] == [i.quantity - i.shipped for i in sample.items]
        assert next(s for s in all_shipments(ws) if s.order_id == order.id).lines == order.lines
        assert order.company == sample.company
        assert ("prime" in order.flags) is sample.prime


@pytest.mark.parametrize("turn", [(0, 1), (1, 0)], ids=["unshipped-first", "orders-first"])
def test_one_after_the_other(ws: Workspace, files: tuple[Path, Path], turn: Sequence[int]) -> None:
    assert counts(take(ws, files[turn[0]])) == (len(OPEN), 0, 0, 0)
    assert counts(take(ws, files[turn[1]]))[0] == 0
    complete(ws)
    again = [counts(take(ws, path)) for path in (*files, *files)]
    assert again == [(0, 0, len(OPEN), 0)] * 4
    complete(ws)


@pytest.mark.parametrize("turn", [(0, 1), (1, 0)], ids=["unshipped-first", "orders-first"])
def test_both_in_one_import(ws: Workspace, files: tuple[Path, Path], turn: Sequence[int]) -> None:
    done = take(ws, files[turn[0]], files[turn[1]])
    assert len(done.keys) == len(OPEN)
    complete(ws)


def test_amounts_that_come_later_hold_nothing_already_printed(
    ws: Workspace, files: tuple[Path, Path]
) -> None:
    """A slip without prices is no wrong slip."""
    take(ws, files[0])
    for shipment in all_shipments(ws):
        with ws.store.transaction():
            shipments.mark(ws.store, [shipment.row_id], "printed", MADE, "佐藤")
    assert take(ws, files[1]).held == ()


def test_an_order_report_alone_waits_for_somebody_to_say_that_its_orders_are_open(
    ws: Workspace, files: tuple[Path, Path]
) -> None:
    take(ws, files[1])
    assert {s.stage for s in all_shipments(ws)} == {Stage.CHECK}
    assert all("state_unknown" in {p.code for p in s.problems} for s in all_shipments(ws))
    take(ws, files[0])
    assert Stage.PRINT in {s.stage for s in all_shipments(ws)}
    assert not any("state_unknown" in {p.code for p in s.problems} for s in all_shipments(ws))


def test_with_an_unshipped_report_beside_it_what_no_longer_waits_is_left_out(
    ws: Workspace, tmp_path: Path
) -> None:
    """An order report also holds what was shipped or cancelled, and does not say so."""
    everything = sample_orders(21, DAY)
    paths = write_reports(tmp_path / "reports", everything, MADE)
    shown = preview(ws, paths)
    waiting = {
        o.number for o in everything if o.status in ("UNSHIPPED", "PARTIALLY_SHIPPED") and not o.by_amazon
    }
    done = accept(ws, shown)
    assert set(known(ws)) == waiting
    assert len(done.keys) == len(waiting)
    assert any("amazon_not_waiting" in one.warnings for one in shown.files)


def test_an_order_too_young_for_the_unshipped_report_is_kept(ws: Workspace, tmp_path: Path) -> None:
    young = replace(OPEN[0], number="250-0000000-0000001", made=MADE - timedelta(minutes=30))
    _, every = write_reports(tmp_path / "a", [*OPEN, young], MADE)
    unshipped, _ = write_reports(tmp_path / "b", OPEN, MADE)
    take(ws, unshipped, every)
    assert young.number in known(ws)


def test_a_buyers_wish_to_cancel_stops_the_shipment(ws: Workspace, tmp_path: Path) -> None:
    item = replace(OPEN[0].items[0], cancel_reason="BUYER_CANCELED")
    wanted = [replace(OPEN[0], items=(item, *OPEN[0].items[1:])), *OPEN[1:]]
    take(ws, write_reports(tmp_path / "a", wanted, MADE)[0])
    stopped = next(s for s in all_shipments(ws) if s.order_id.number == OPEN[0].number)
    assert stopped.stage is Stage.CHECK
    assert "cancel_requested" in {p.code for p in stopped.problems}
    # A report without that column takes nothing back.
    assert counts(take(ws, write_reports(tmp_path / "b", OPEN, MADE)[1]))[0] == 0
    stopped = next(s for s in all_shipments(ws) if s.order_id.number == OPEN[0].number)
    assert "cancel_requested" in {p.code for p in stopped.problems}


# -- what a later report says of an upload (reference 3.5) --------------------------------------------------------------


def filed(ws: Workspace, tmp_path: Path, everyday: Sequence[SampleOrder]) -> list[str]:
    """Packed and written into the upload file; the keys."""
    take(ws, write_reports(tmp_path / "first", everyday, MADE)[0])
    keys = [s.key for s in all_shipments(ws)]
    for n, key in enumerate(keys):
        pack(ws, key, yamato_number(n))
    later = replace(ws, clock=lambda: MADE + timedelta(hours=1))
    (file,) = write_files(later, tmp_path / "out").files
    assert file.path.suffix == ".txt"
    return keys


def test_what_still_waits_in_a_later_report_stays_filed_and_what_is_gone_was_taken(
    ws: Workspace, tmp_path: Path
) -> None:
    everyday = sample_orders(3, DAY, plain=True)
    keys = filed(ws, tmp_path, everyday)
    again = write_reports(tmp_path / "again", everyday, MADE + timedelta(hours=2))[0]
    assert take(ws, again).arrived == ()
    assert [i.state.value for i in outbox.by_keys(ws.store, keys)] == ["filed"] * 3
    later = write_reports(tmp_path / "later", everyday[1:], MADE + timedelta(hours=3))[0]
    take(ws, later)
    found = {i.confirmation.shipment_key: (i.state.value, i.code) for i in outbox.by_keys(ws.store, keys)}
    assert found[keys[0]] == ("accepted", "seen_left")
    assert {found[key][0] for key in keys[1:]} == {"filed"}


def test_a_report_made_before_the_upload_proves_nothing(ws: Workspace, tmp_path: Path) -> None:
    everyday = sample_orders(3, DAY, plain=True)
    keys = filed(ws, tmp_path, everyday)
    take(ws, write_reports(tmp_path / "old", everyday[1:], MADE + timedelta(minutes=59))[0])
    assert [i.state.value for i in outbox.by_keys(ws.store, keys)] == ["filed"] * 3


def test_an_order_report_without_an_order_proves_nothing(ws: Workspace, tmp_path: Path) -> None:
    everyday = sample_orders(3, DAY, plain=True)
    keys = filed(ws, tmp_path, everyday)
    take(ws, write_reports(tmp_path / "later", everyday[1:], MADE + timedelta(hours=3))[1])
    assert [i.state.value for i in outbox.by_keys(ws.store, keys)] == ["filed"] * 3
