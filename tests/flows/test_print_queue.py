"""Papers to a real print scheduler of this test's own, whose queues keep what they get or fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.paper.presets import Preset, preset, set_preset
from jpship_gui.flows.paper.print_queue import Job, JobState, available, printers, send, state_of
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.sent import send_print
from jpship_gui.store import prints
from tests.builders import an_order
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable
from tests.flows.print_scheduler import Scheduler, needs_cups, settled


@needs_cups
def test_queues_are_listed_with_the_default_first_and_why_one_stands_still(scheduler: Scheduler) -> None:
    found = printers()
    assert [p.name for p in found] == ["laser", "broken", "paused", "slow"]
    assert [p.default for p in found] == [True, False, False, False]
    assert [p.enabled for p in found] == [True, True, False, True]
    assert found[2].reason == "serviced"


@needs_cups
def test_a_batch_arrives_unscaled_with_its_preset_and_its_queue_is_noted(
    scheduler: Scheduler, tmp_path: Path
) -> None:
    ws = open_desk(tmp_path)
    printable(ws, an_order())
    set_preset(ws, "slip", Preset("laser", "A4", "tray2", copies=2))
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    pdf = made.path.read_bytes()
    job = send_print(ws, made.print_id, pdf, preset(ws, "slip"), "slip 1")
    assert settled(job) == (JobState.DONE, "")
    number = job.id.rpartition("-")[2]
    assert (scheduler.kept / f"{number}.pdf").read_bytes() == pdf
    title, copies, options = (scheduler.kept / f"{number}.options").read_text().splitlines()
    assert (title, copies) == ("slip 1", "2")
    assert {"media=A4", "InputSlot=tray2", "print-scaling=none"} <= set(options.split())
    assert [p.printer for p in prints.recent(ws.store)] == ["laser"]
    ws.close()


@needs_cups
def test_a_failed_job_is_told_from_a_finished_one(scheduler: Scheduler) -> None:
    state, message = settled(send(b"%PDF-1.4\n", "slip", Preset("broken")))
    assert state is JobState.FAILED
    assert message == "out of paper"


@needs_cups
@pytest.mark.parametrize(("name", "code"), [("nowhere", "printer_unknown"), ("paused", "printer_stopped")])
def test_what_cannot_print_now_is_refused(scheduler: Scheduler, name: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        send(b"%PDF-1.4\n", "slip", Preset(name))
    assert caught.value.code == code


@needs_cups
def test_a_job_the_queue_no_longer_knows_is_unknown(scheduler: Scheduler) -> None:
    assert state_of(Job("laser-99999", "laser", 1))[0] is JobState.UNKNOWN


def test_without_a_print_system_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not available()
    with pytest.raises(Refused) as caught:
        printers()
    assert caught.value.code == "printing_unavailable"


def test_a_preset_survives_and_nonsense_is_refused(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    chosen = Preset("laser", "A4", "tray2", 2, 600, -5, 12)
    set_preset(ws, "slip", chosen)
    ws.close()
    again = open_desk(tmp_path / "other")
    assert preset(again, "slip") == Preset()
    with pytest.raises(Refused) as caught:
        set_preset(again, "slip", Preset(copies=0))
    assert (caught.value.code, caught.value.values["field"]) == ("preset_value", "copies")
    again.close()
    from jpship_gui.flows.workspace import open_workspace

    reopened = open_workspace(str(tmp_path / "home"))
    assert preset(reopened, "slip") == chosen
    reopened.close()
