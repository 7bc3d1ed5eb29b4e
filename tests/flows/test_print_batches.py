"""Batches again after a paper jam, and previews of their pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import OrderState
from jpship_gui.flows.paper.batches import batch, recent, reprint, whole_file
from jpship_gui.flows.paper.preview import page_sizes, preview_page
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, shipments
from tests.builders import a_line, an_order
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _batch_of(ws: Workspace, tmp_path: Path, count: int, long_at: int = 0) -> tuple[int, list[str]]:
    many = tuple(a_line(line_id=str(n), sku=f"sku-{n}") for n in range(40))
    orders = [an_order(n, **({"lines": many} if n == long_at else {})) for n in range(1, count + 1)]
    keys = printable(ws, *orders)
    return print_slips(ws, keys, tmp_path / "all.pdf").batch, list(keys)


def test_a_range_is_printed_again_exactly_as_it_was(ws: Workspace, tmp_path: Path) -> None:
    number, keys = _batch_of(ws, tmp_path, 42)
    before = page_texts((tmp_path / "all.pdf").read_bytes())
    again = reprint(ws, number, 37, 41, tmp_path / "again.pdf")
    assert again.keys == tuple(keys[36:41])
    assert page_texts((tmp_path / "again.pdf").read_bytes()) == before[36:41]
    assert again.notices == {}
    shipment = shipments.by_key(ws.store, keys[36])
    assert shipment is not None
    assert [entry.what for entry in history.of(ws.store, shipment.row_id)] == ["printed", "reprinted"]
    assert [p.document for p in recent(ws)] == ["slip", "slip"]


def test_rows_after_a_long_order_are_found_by_their_running_number(ws: Workspace, tmp_path: Path) -> None:
    number, keys = _batch_of(ws, tmp_path, 4, long_at=2)
    long, after = batch(ws, number).rows[1:3]
    assert len(long.pages) > 1
    assert after.pages[0] == 2 + len(long.pages)
    again = reprint(ws, number, 3, 3, tmp_path / "again.pdf")
    assert again.keys == (keys[2],)
    (text,) = page_texts((tmp_path / "again.pdf").read_bytes())
    assert keys[2] in text


def test_what_was_cancelled_or_printed_elsewhere_since_is_told(ws: Workspace, tmp_path: Path) -> None:
    number, keys = _batch_of(ws, tmp_path, 2)
    first, second = shipments.by_keys(ws.store, keys)
    with ws.store.transaction():
        shipments.set_state(ws.store, first.row_id, OrderState.CANCELLED)
        shipments.restage(ws.store, [first.row_id])
    later = print_slips(ws, [second.key], tmp_path / "later.pdf").batch
    notices = reprint(ws, number, 1, 2, tmp_path / "again.pdf").notices
    assert [p.code for p in notices[first.key]] == ["print_stage_cancelled"]
    assert notices[second.key][0].values["batch"] == str(later)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 4)])
def test_a_range_outside_the_batch_is_refused(ws: Workspace, tmp_path: Path, first: int, last: int) -> None:
    number, _ = _batch_of(ws, tmp_path, 3)
    with pytest.raises(Refused) as caught:
        reprint(ws, number, first, last, tmp_path / "again.pdf")
    assert caught.value.code == "batch_range"
    assert not (tmp_path / "again.pdf").exists()


def test_a_lost_or_changed_copy_is_never_printed(ws: Workspace, tmp_path: Path) -> None:
    number, _ = _batch_of(ws, tmp_path, 1)
    kept = batch(ws, number).file
    kept.write_bytes(kept.read_bytes() + b"%")
    with pytest.raises(Refused) as changed:
        whole_file(ws, number)
    kept.unlink()
    with pytest.raises(Refused) as missing:
        whole_file(ws, number)
    with pytest.raises(Refused) as unknown:
        batch(ws, 999)
    assert [c.value.code for c in (changed, missing, unknown)] == [
        "paper_changed",
        "paper_missing",
        "batch_unknown",
    ]


@pytest.mark.parametrize("dpi", [72, 96, 150, 203, 300])
def test_a_preview_is_the_page_in_whole_dots(ws: Workspace, tmp_path: Path, dpi: int) -> None:
    number, _ = _batch_of(ws, tmp_path, 1)
    pdf = whole_file(ws, number)
    made = preview_page(pdf, 1, dpi)
    assert (made.width, made.height) == (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi))
    assert len(made.rgb) == made.width * made.height * 3
    assert page_sizes(pdf)[0] == pytest.approx((210, 297), abs=0.1)


def test_there_is_no_page_beyond_the_last(ws: Workspace, tmp_path: Path) -> None:
    number, _ = _batch_of(ws, tmp_path, 1)
    with pytest.raises(Refused) as page:
        preview_page(whole_file(ws, number), 2, 72)
    with pytest.raises(Refused) as damaged:
        preview_page(b"no pdf", 1, 72)
    assert [page.value.code, damaged.value.code] == ["page_unknown", "pdf_damaged"]
