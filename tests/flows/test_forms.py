"""The seller's own pre-printed forms: kept, shared, measured, printed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jpship_gui.documents.form import Form, FormField
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.order import Wish
from jpship_gui.flows.paper.forms import (
    Offset,
    delete_form,
    export_form,
    form,
    forms,
    import_form,
    keep_form,
    keep_offset,
    offset_of,
    value_names,
)
from jpship_gui.flows.paper.kinds import preview, print_paper
from jpship_gui.flows.paper.marks import set_marks
from jpship_gui.flows.paper.presets import Preset, set_named
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.workspace import Workspace
from tests.builders import a_contact, an_order
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable

FIELDS = tuple(
    FormField(value, 100, 100 + n * 100, 900, 80)
    for n, value in enumerate(
        (
            "to_postal",
            "to_address",
            "to_name_title",
            "from_name",
            "goods",
            "number",
            "wish_day",
            "wish_slot",
            "mark.dry",
        )
    )
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def test_no_form_is_there_until_one_is_measured(ws: Workspace) -> None:
    assert forms(ws) == ()
    (key,) = printable(ws, an_order(1))
    with pytest.raises(Refused) as fault:
        preview(ws, "form", [key])
    assert fault.value.code == "form_none"


def test_a_form_is_kept_shared_and_forgotten(ws: Workspace, tmp_path: Path) -> None:
    kept = keep_form(ws, Form("", "うちの伝票", "10 x 4.5 in", FIELDS[:2]))
    export_form(ws, kept.id, tmp_path / "form.toml")
    again = import_form(ws, tmp_path / "form.toml")
    assert again.id != kept.id
    assert (again.name, again.fields) == (kept.name, kept.fields)
    keep_offset(ws, kept.id, Offset(3, -4))
    delete_form(ws, kept.id)
    assert [one.id for one in forms(ws)] == [again.id]
    with pytest.raises(Refused) as fault:
        form(ws, kept.id)
    assert fault.value.code == "form_unknown"
    assert offset_of(ws, kept.id) == Offset()


def test_the_example_can_be_taken_in_but_prints_nothing(ws: Workspace, tmp_path: Path) -> None:
    export_form(ws, "", tmp_path / "example.toml")
    made = import_form(ws, tmp_path / "example.toml")
    (key,) = printable(ws, an_order(1))
    with pytest.raises(Refused) as fault:
        preview(ws, "form", [key], {"form": made.id})
    assert fault.value.code == "form_empty"


def test_an_id_is_no_path(ws: Workspace) -> None:
    for id_ in ("../options", "", "a/b", "x" * 60):
        with pytest.raises(Refused) as fault:
            form(ws, id_)
        assert fault.value.code == "form_unknown"


def test_a_field_outside_the_paper_is_not_kept(ws: Workspace) -> None:
    with pytest.raises(Refused) as fault:
        keep_form(ws, Form("", "x", "A5", (FormField("goods", 1400, 0, 200, 50),)))
    assert fault.value.code == "form_file"
    assert forms(ws) == ()


def test_each_printer_has_its_own_offset_for_each_form(ws: Workspace) -> None:
    a = keep_form(ws, Form("", "a", "A4", FIELDS)).id
    b = keep_form(ws, Form("", "b", "A4", FIELDS)).id
    set_named(ws, "form", Preset(printer="dot", dpi=180))
    keep_offset(ws, a, Offset(13, -7))
    assert (offset_of(ws, a), offset_of(ws, b)) == (Offset(13, -7), Offset())
    set_named(ws, "form", Preset(printer="laser"))
    assert offset_of(ws, a) == Offset()
    with pytest.raises(Refused) as fault:
        keep_offset(ws, a, Offset(201, 0))
    assert fault.value.code == "preset_value"


def test_values_of_the_order_are_printed(ws: Workspace, tmp_path: Path) -> None:
    keep_form(ws, Form("", "a", "10 x 5 in", FIELDS))
    (key,) = printable(ws, an_order(1), wish=Wish(date(2026, 11, 23), "am"))
    set_marks(ws, [key], "dry")
    made = print_paper(ws, "form", [key], tmp_path / "form.pdf")
    pdf = made.path.read_bytes()
    assert page_texts(pdf)[0].replace("\n", "|").split("|") == [
        *(
            "541-0041",
            "大阪府大阪市中央区北浜9-9-9 コーポことり203",
            "山田 花子 様",
            "ことり雑貨店",
            "マグカップ 300ml",
        ),
        *("23", "午前中", "○"),
    ]
    assert [round(side) for side in page_sizes(pdf)[0]] == [254, 127]


def test_what_does_not_fit_names_its_fields(ws: Workspace) -> None:
    keep_form(ws, Form("", "a", "A4", (FormField("to_name", 100, 100, 200, 50),)))
    long, short = printable(ws, an_order(1, recipient=a_contact(name="あ" * 50)), an_order(2))
    drawn = preview(ws, "form", [long, short])
    assert drawn.pages == ((short,),)
    (problem,) = drawn.refused[long]
    assert (problem.code, problem.values["fields"]) == ("form_too_full", "お届け先 氏名")


def test_test_pages_need_no_order(ws: Workspace) -> None:
    id_ = keep_form(ws, Form("", "a", "9.5 x 5.5 in", FIELDS)).id
    crosses = preview(ws, "form", [], {"form": id_, "test": "crosses"})
    assert "ご依頼主 名前 10 40" in page_texts(crosses.pdf)[0]
    ruler = preview(ws, "form", [], {"form": id_, "test": "ruler"})
    assert [round(side, 0) for side in page_sizes(ruler.pdf)[0]] == [241, 140]


def test_every_value_has_a_name(ws: Workspace) -> None:
    names = value_names()
    assert len(set(names.values())) == len(names)
