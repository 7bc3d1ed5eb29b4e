"""Commands of the packing desk on a real data folder: the end of the day, a slip once more on a real print queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.domain.order_key import paper_code
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.domain.packing.session import Answer
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.check.repair import correct
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.pack.say import headline_of, message_of
from jpship_gui.flows.paper import sent
from jpship_gui.flows.paper.presets import Preset, set_named
from jpship_gui.flows.paper.print_queue import Job
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.reprint_slip import asked_for, reprint
from jpship_gui.flows.workspace import Workspace
from jpship_gui.store import history, prints, shipments, shops
from tests.builders import NOW, a_line, an_order, stored
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable
from tests.flows.print_scheduler import Scheduler, needs_cups, settled

W1, W2, W3 = "099723653466", "103225504992", "107849485225"
FINISH, REPRINT, ACK = (code_of(c) for c in (Command.FINISH, Command.REPRINT, Command.ACK))


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    seconds = count()
    desk = replace(open_desk(tmp_path), clock=lambda: NOW + timedelta(seconds=next(seconds)))
    yield desk
    desk.close()


def answers(desk: Desk, *raws: str) -> list[Answer]:
    found = []
    for raw in raws:
        found.append(desk.scan(raw))
        desk.apply_pending()
    return found


def test_the_figures_at_the_end_of_the_day(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, an_order(1).id.shop, {"pack.goods": "off"})
    late = NOW - timedelta(hours=1)
    keys = printable(ws, *(an_order(n) for n in range(1, 6)))
    print_slips(ws, None, tmp_path / "slips.pdf")
    with ws.store.transaction():
        ws.store.execute(
            "UPDATE shipments SET ship_by = ? WHERE key = ?", (int(late.timestamp() * 1000), keys[3])
        )
    with Desk(ws) as desk, Desk(ws, "2") as other:
        answers(desk, keys[0], W1, keys[1], code_of(Command.HOLD))
        answers(other, keys[2], W2, keys[3])
        done = answers(desk, FINISH)[0]
        assert done.outcome is Outcome.OK_FINISH
        expected = {"packed": "1", "unproven": "2", "held": "1", "left": "2", "late": "1", "open": "1"}
        assert {name: done.values[name] for name in expected} == expected
        for figure in expected.values():
            assert figure in message_of(done)
        assert answers(desk, keys[4])[0].outcome is Outcome.OK_OPEN
    with Desk(ws) as again:
        assert again.session.state.shipment == keys[4]


def test_a_quantity_survives_the_end_of_the_program_and_goes_with_the_next_scan(ws: Workspace) -> None:
    (key,) = [key for _, key in stored(ws.store, an_order(1, lines=(a_line(quantity=12),)))]
    with Desk(ws) as desk:
        assert headline_of(answers(desk, key, code_of(Command.QTY, "12"))[1]) == "×12"
    with Desk(ws) as desk:
        assert desk.session.state.quantity == 12
        assert answers(desk, "mug-300-bl")[0].outcome is Outcome.OK_ITEM_LAST
        assert desk.session.state.quantity == 0


@needs_cups
def test_the_slip_comes_out_again_with_its_own_key(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    keys = printable(ws, *(an_order(n) for n in range(1, 4)))
    made = print_slips(ws, None, tmp_path / "slips.pdf", to_queue=True)
    set_named(ws, "slip", Preset("laser"))
    first = made.path.read_bytes()
    with Desk(ws) as desk:
        asked = asked_for(answers(desk, keys[1], REPRINT)[1])
    again = reprint(ws, asked)
    assert (again.key, again.pages, again.printer, again.same) == (keys[1], 1, "laser", True)
    latest = prints.recent(ws.store, 1)[0]
    out = scheduler.printed(Job(latest.job, "laser", 1)) if settled(Job(latest.job, "laser", 1)) else b""
    page = made.printed.index(keys[1]) + 1
    assert codes(picture(out, 1, 203)) == codes(picture(first, page, 203))
    assert any(paper_code(keys[1]) in found for found in codes(picture(out, 1, 203)).values())


@needs_cups
def test_a_corrected_order_gets_a_new_slip_and_may_be_packed_again(
    scheduler: Scheduler, ws: Workspace, tmp_path: Path
) -> None:
    (key,) = printable(ws, an_order(1))
    print_slips(ws, None, tmp_path / "slips.pdf")
    set_named(ws, "slip", Preset("laser"))
    correct(ws, key, {"street": "北浜9-9-8"})
    with Desk(ws) as desk:
        assert [a.outcome.value for a in answers(desk, key, ACK)] == ["NG_CHANGED", "OK_ACK"]
        wanted = asked_for(answers(desk, REPRINT)[0])
        made = reprint(ws, wanted)
        assert (made.key, made.same) == (key, False)
        job = Job(prints.recent(ws.store, 1)[0].job, "laser", 1)
        settled(job)
        assert "北浜9" in "".join(page_texts(scheduler.printed(job)))
        assert answers(desk, key)[0].outcome is Outcome.OK_OPEN


def test_a_printer_that_fails_says_so_and_nothing_counts_as_printed(ws: Workspace, tmp_path: Path) -> None:
    (key,) = printable(ws, an_order(1))
    made = print_slips(ws, None, tmp_path / "slips.pdf")

    def broken(pdf: bytes, title: str, chosen: Preset) -> Job:
        assert key in title
        raise Refused("printer_none")

    with pytest.raises(Fault):
        reprint(ws, key, broken)
    assert prints.recent(ws.store, 1)[0].state == prints.UNSENT
    found = shipments.by_key(ws.store, key)
    assert found is not None
    assert found.stage is Stage.PACK
    assert found.batch == made.batch
    assert sent.follow(ws) == ()
    with pytest.raises(Refused, match="shipment_unknown"):
        reprint(ws, "JP00000000")


def test_a_packed_parcel_is_checked_again(ws: Workspace, tmp_path: Path) -> None:
    shops.set_settings(ws.store, "本店", {"pack.double_name": "off"})
    a, b = printable(ws, *(an_order(n, lines=(a_line(quantity=2),)) for n in (1, 2)))
    print_slips(ws, None, tmp_path / "slips.pdf")
    mug, again = "mug-300-bl", code_of(Command.RECHECK)
    with Desk(ws) as desk:
        answers(desk, a, mug, mug, W1, b, mug, mug, W2)
        wrong = answers(desk, again, a, mug, mug, mug)[-1]
        assert (wrong.outcome, wrong.reason) == (Outcome.NG_OVER, "recheck")
        found = shipments.by_key(ws.store, a)
        assert found is not None
        assert (found.stage, found.parcels[0].tracking_no) == (Stage.HOLD, W1)
        assert found.facts.checked is not None
        assert "1" in found.hold_reason
        assert message_of(wrong)
    with Desk(ws) as desk:  # after a restart in between
        right = answers(desk, ACK, again, a, mug)
        assert [x.outcome for x in right][1:] == [Outcome.OK_RECHECK, Outcome.OK_RECHECK, Outcome.OK_ITEM]
    with Desk(ws) as desk:
        done = answers(desk, mug, W1)[-1]
    assert done.outcome is Outcome.OK_DONE
    found = shipments.by_key(ws.store, a)
    assert found is not None
    assert (found.stage, found.hold_reason) == (Stage.CONFIRM, "")
    assert found.facts.verified is not None
    assert found.facts.verified.how == "double"
    noted = [entry.what for entry in history.of(ws.store, found.row_id)]
    assert noted[-3:] == ["verified", "released", "rechecked"]
