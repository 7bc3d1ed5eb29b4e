"""A batch of 200 on a real print queue: a jam, a cancelled job, a full disk and a broken printer leave the record true."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import ImageChops

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.order import Order
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.paper import batches, print_queue, sent
from jpship_gui.flows.paper.kinds import preset_of, print_paper
from jpship_gui.flows.paper.presets import Preset, set_named
from jpship_gui.flows.paper.preview import preview_page
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist
from jpship_gui.flows.paper.print_queue import JobState
from jpship_gui.flows.paper.print_slips import PrintResult, print_slips
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments
from tests.builders import a_line, an_order
from tests.documents.reading import by_poppler, codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable
from tests.flows.print_scheduler import Scheduler, ask, needs_cups, settled

pytestmark = needs_cups
LONG = 20  # this order takes several pages, so that page and running number differ


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def orders(count: int) -> list[Order]:
    many = tuple(a_line(line_id=str(n), sku=f"sku-{n}") for n in range(40))
    return [an_order(n, **({"lines": many} if n == LONG else {})) for n in range(1, count + 1)]


def send(ws: Workspace, made: PrintResult, printer: str) -> print_queue.Job:
    set_named(ws, "slip", Preset(printer))
    return sent.send_print(ws, made.print_id, made.path.read_bytes(), preset_of(ws, "slip"), "slip")


def stages(ws: Workspace, keys: tuple[str, ...]) -> set[Stage]:
    return {shipment.stage for shipment in shipments.by_keys(ws.store, list(keys))}


def test_a_batch_of_200_with_a_jam_at_page_37_is_reprinted_exactly(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(200))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    assert settled(send(ws, made, "laser"))[0] is JobState.DONE
    sent.follow(ws)
    labels = print_paper(ws, "label", made.printed, tmp_path / "labels.pdf")
    assert labels.printed == made.printed  # slip n and label n are the same parcel's

    again = batches.reprint_pages(ws, made.print_id, 37, 41, tmp_path / "again.pdf", to_queue=True)
    job = sent.send_print(ws, again.print_id, again.path.read_bytes(), Preset("laser"), "slip again")
    assert settled(job)[0] is JobState.DONE
    first, second = scheduler_pdf(made), scheduler.printed(job)
    assert len(page_texts(second)) == 5
    for page in range(5):
        assert preview_page(second, page + 1, 100) == preview_page(first, 37 + page, 100)
        assert codes(picture(second, page + 1, 203)) == codes(picture(first, 37 + page, 203))
    on_them = [row.key for row in batches.batch(ws, made.batch).rows if set(row.pages) & set(range(37, 42))]
    assert again.keys == tuple(on_them)
    assert made.printed.index(on_them[0]) != 36  # a long order before them

    rows = batches.reprint(ws, made.batch, 37, 41, tmp_path / "rows.pdf")
    assert rows.keys == made.printed[36:41]
    found = batches.batch(ws, made.batch).rows
    assert next(row.times for row in found if row.key in rows.keys and row.key in again.keys) == 3
    assert {row.times for row in found if row.key not in rows.keys + again.keys} == {1}
    assert print_slips(ws, made.printed[:2], tmp_path / "twice.pdf").again == made.printed[:2]
    with pytest.raises(Refused) as caught:
        batches.reprint_pages(ws, made.print_id, 1, 9999, tmp_path / "no.pdf")
    assert caught.value.code == "page_range"


def scheduler_pdf(made: PrintResult) -> bytes:
    return made.path.read_bytes()


def test_the_label_at_the_jam_is_reprinted_exactly_too(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(60))
    slips = print_slips(ws, None, tmp_path / "slips.pdf")
    labels = print_paper(ws, "label", slips.printed, tmp_path / "labels.pdf")
    again = batches.reprint_pages(ws, labels.print_id, 37, 41, tmp_path / "again.pdf")
    assert again.keys == slips.printed[36:41]
    first, second = labels.path.read_bytes(), again.path.read_bytes()
    for page in range(5):
        assert preview_page(second, page + 1, 203) == preview_page(first, 37 + page, 203)
    assert [p.document for p in batches.recent(ws, 1)] == ["label"]


def test_a_cancelled_job_comes_back_to_be_printed(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(5))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    job = send(ws, made, "slow")
    assert sent.follow(ws) == ()
    assert sent.waiting_jobs(ws)
    assert stages(ws, made.printed) == {Stage.PACK}
    ask("cancel", job.id)
    assert settled(job)[0] is JobState.CANCELLED
    (news,) = sent.follow(ws)
    assert (news.state, news.back) == ("cancelled", made.printed)
    assert stages(ws, made.printed) == {Stage.PRINT}
    assert {row.state for row in batches.batch(ws, made.batch).rows} == {"cancelled"}
    assert not sent.waiting_jobs(ws)
    first = shipments.by_keys(ws.store, list(made.printed))[0]
    assert history.of(ws.store, first.row_id)[-1].what == "print_unsent"


def test_a_job_the_printer_gave_up_comes_back_but_not_what_was_packed_or_reprinted(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(3))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    job = send(ws, made, "broken")
    good = batches.reprint(ws, made.batch, 2, 2, tmp_path / "again.pdf")
    packed = shipments.by_keys(ws.store, [made.printed[2]])[0]
    with ws.store.transaction():
        shipments.mark(ws.store, [packed.row_id], "checked", ws.now())
    assert settled(job)[0] is JobState.FAILED
    (news,) = sent.follow(ws)
    assert news.said == "out of paper"
    assert news.back == made.printed[:1]
    assert good.keys == made.printed[1:2]


def test_a_pick_list_that_packs_without_a_slip_comes_back_as_well(
    scheduler: Scheduler, tmp_path: Path
) -> None:
    ws = open_desk(tmp_path, slip__when="never")
    keys = tuple(printable(ws, *orders(6)))
    made = print_picklist(ws, keys, tmp_path / "each.pdf", ORDER, to_queue=True)
    assert stages(ws, keys) == {Stage.PACK}
    set_named(ws, "picklist", Preset("slow"))
    job = sent.send_print(ws, made.print_id, b"%PDF-1.4\n", preset_of(ws, "picklist_order"), "lists")
    ask("cancel", job.id)
    settled(job)
    (news,) = sent.follow(ws)
    assert sorted(news.back) == sorted(keys)
    assert stages(ws, keys) == {Stage.PRINT}
    ws.close()


def test_a_program_that_ended_while_sending_leaves_nothing_printed(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(2))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    assert sent.follow(ws) == ()  # it may still be sending
    later = replace(ws, clock=lambda: ws.now() + timedelta(minutes=6))
    assert [(news.state, news.back) for news in sent.follow(later)] == [("unsent", made.printed)]
    assert stages(ws, made.printed) == {Stage.PRINT}


def test_a_queue_stopped_with_jobs_in_it_loses_none(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(2))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    ask("lp", "-d", "laser", "-i", "0", "-H", "hold")
    set_named(ws, "slip", Preset("laser"))
    job = send(ws, made, "laser")
    settled(job)
    ask("cupsdisable", "laser")
    with pytest.raises(Refused) as caught:
        send(ws, made, "laser")
    assert caught.value.code == "printer_stopped"
    ask("cupsenable", "laser")
    assert [news.state for news in sent.follow(ws)] == ["done"]
    assert stages(ws, made.printed) == {Stage.PACK}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_nothing_noted_and_nothing_lying_about(
    small_disk: Path, ws: Workspace, tmp_path: Path
) -> None:
    keys = tuple(printable(ws, *orders(40)))
    papers = ws.places.papers
    papers.rmdir()
    papers.symlink_to(small_disk)
    with pytest.raises(WorldFault) as caught:
        print_slips(ws, None, tmp_path / "slips.pdf")
    assert caught.value.code == "file_write"
    with pytest.raises(WorldFault):
        print_paper(ws, "label", keys, tmp_path / "labels.pdf")
    assert stages(ws, keys) == {Stage.PRINT}
    assert prints.recent(ws.store) == ()
    assert list(small_disk.iterdir()) == []
    assert not list(tmp_path.glob("*.pdf"))
    papers.unlink()
    papers.mkdir()
    assert len(print_slips(ws, None, tmp_path / "slips.pdf").printed) == 40


def test_a_full_spool_is_a_print_that_was_not_sent(
    small_disk: Path, scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    printable(ws, *orders(40))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    subprocess.run(["mount", "--bind", str(small_disk), str(scheduler.spool)], check=True)
    try:
        small_disk.chmod(0o710)
        with pytest.raises(WorldFault) as caught:
            send(ws, made, "laser")
        assert caught.value.code == "print_failed"
    finally:
        subprocess.run(["umount", "-l", str(scheduler.spool)], check=True)
    assert sent.note_unsent(ws, made.print_id) == made.printed
    assert stages(ws, made.printed) == {Stage.PRINT}


@pytest.mark.parametrize(("right", "down"), [(25, -10), (-3, 40)])
def test_offsets_move_what_is_sent_by_whole_dots_and_nothing_else(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path, right: int, down: int
) -> None:
    printable(ws, *orders(1))
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    pdf = made.path.read_bytes()
    plain = by_poppler(pdf, tmp_path, 300)
    job = print_queue.send(pdf, "slip", Preset("laser", offset_x=right, offset_y=down))
    settled(job)
    moved = by_poppler(scheduler.printed(job), tmp_path, 300)
    assert moved.size == plain.size
    dx, dy = round(right * 300 / 254), round(down * 300 / 254)
    wide, high = plain.size
    inner = (60, 60, wide - 60, high - 60)
    there = moved.crop((inner[0] + dx, inner[1] + dy, inner[2] + dx, inner[3] + dy))
    assert ImageChops.difference(there, plain.crop(inner)).getbbox() is None
    assert codes(moved) == codes(plain)
