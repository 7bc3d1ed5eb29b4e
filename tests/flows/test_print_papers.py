"""Every paper the build knows can be named, counted and set up; each print is noted with who is on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.packing.commands import Command, code_of
from jpship_gui.flows.check.hold import hold
from jpship_gui.flows.paper import of_batch, wanting
from jpship_gui.flows.paper.hand_to_carrier import export
from jpship_gui.flows.paper.kinds import kind, kinds, preset_of, print_paper
from jpship_gui.flows.paper.presets import NAMES, Preset, named, preset, set_named
from jpship_gui.flows.paper.print_picklist import ORDER, print_picklist
from jpship_gui.flows.paper.print_slips import print_slips
from jpship_gui.flows.paper.record import CARRIER_FILE, record
from jpship_gui.settings.options import declared
from jpship_gui.texts import LANGUAGES, text_in
from tests.builders import an_order
from tests.documents.reading import codes, page_texts, picture
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


def test_every_paper_has_a_name_a_form_and_a_preset_of_its_own() -> None:
    for paper in kinds().values():
        assert paper.preset in NAMES, paper.id
        assert wanting.group_of(paper) in wanting.GROUPS
        for language in LANGUAGES:
            assert text_in(language, f"paper.document.{paper.id}")
            assert text_in(language, f"paperpage.form.{paper.id}")


def test_every_preset_is_a_setting_with_words() -> None:
    for name in NAMES:
        assert f"printer.{name}" in declared()
        assert all(text_in(language, f"option.printer.{name}") for language in LANGUAGES)


def test_presets_are_kept_apart_and_labels_are_not_a4(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    set_named(ws, "desk", Preset("laser", tray="2"))
    assert preset_of(ws, "commands") == Preset("laser", tray="2")
    assert preset(ws, "slip") == Preset()
    assert (named(ws, "label").media, named(ws, "label").dpi) == ("Custom.100x150mm", 203)
    with pytest.raises(Refused) as caught:
        preset_of(ws, "nothing")
    assert caught.value.code == "paper_unknown"
    ws.close()


@pytest.mark.parametrize("dpi", [203, 300])
def test_the_command_sheet_reads_at_the_desk(tmp_path: Path, dpi: int) -> None:
    ws = open_desk(tmp_path)
    made = print_paper(ws, "commands", (), tmp_path / "commands.pdf")
    pdf = made.path.read_bytes()
    read = {
        code
        for page in range(1, made.pages + 1)
        for code in codes(picture(pdf, page, dpi)).get("Code 128", [])
    }
    numbered = (Command.QTY, Command.SKIP)  # only with one of their numbers
    assert {code_of(c) for c in Command if c not in numbered} <= read
    assert {code_of(Command.QTY, "2"), code_of(Command.SKIP, "1")} <= read
    words = "".join(page_texts(pdf))
    for language in LANGUAGES:
        assert text_in(language, "pack.command.undo") in words
    assert print_paper(ws, "commands", (), tmp_path / "again.pdf").fingerprint == made.fingerprint
    ws.close()


def test_what_is_printed_and_exported_is_noted_with_who_and_how_many(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    keys = printable(ws, an_order(1), an_order(2), an_order(3))
    print_slips(ws, None, tmp_path / "slips.pdf")
    print_picklist(ws, keys[:2], tmp_path / "each.pdf", ORDER)
    export(ws, "yamato", keys, tmp_path / "b2.csv")
    found = record(ws)
    assert {(one.of, one.people) for one in found} == {("slip", 3), ("picklist_order", 2), ("yamato", 3)}
    assert {one.person for one in found} == {"佐藤"}
    assert [one.name for one in found if one.what == CARRIER_FILE] == ["b2.csv"]
    ws.close()


def test_a_batch_names_its_shipments_in_the_order_of_its_slips(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    printable(ws, *(an_order(n) for n in range(1, 6)))
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    assert wanting.of_batch(ws, made.batch) == made.printed
    with pytest.raises(Refused) as caught:
        wanting.of_batch(ws, 99)
    assert caught.value.code == "batch_unknown"
    with pytest.raises(Refused) as caught:
        wanting.chosen(ws, ["JPNOKEY"])
    assert caught.value.code == "shipment_unknown"
    ws.close()


def test_papers_of_a_batch_leave_out_what_was_stopped_and_say_why(tmp_path: Path) -> None:
    ws = open_desk(tmp_path)
    printable(ws, *(an_order(n) for n in range(1, 6)))
    made = print_slips(ws, None, tmp_path / "slips.pdf")
    stopped, others = made.printed[2], [key for key in made.printed if key != made.printed[2]]
    hold(ws, [stopped], "電話待ち")
    keys, left_out = of_batch.needing(ws, kind("label"), made.batch)
    assert list(keys) == others
    assert {key: [p.code for p in why] for key, why in left_out.items()} == {stopped: ["print_stage_hold"]}
    found = of_batch.of_batch(ws, made.batch)
    assert (list(found.keys), found.slips) == (others, made.pages)
    printable(ws, an_order(9))  # belongs to no batch
    assert of_batch.of_batch(ws, made.batch).wanted["label"] == tuple(others)
    ws.close()
