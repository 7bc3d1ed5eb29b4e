"""What is wrong with a draft is told by the editor's own names, and leads to the tab where it is mended."""

from __future__ import annotations

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.texts import text
from jpship_gui.ui.profiles.flaw_words import in_words, tab_of


@pytest.mark.parametrize(
    ("place", "tab", "words"),
    [
        ("fields.line.quantity", "map", "profile.target.line.quantity"),
        ("fields.recipient.postal[1].steps[2]", "map", "profile.target.recipient.postal"),
        ("constants.line.quantity", "map", "profile.target.line.quantity"),
        ("codes.state.table[3].code", "codes", "profile.target.state"),
        ("codes.wish.slot.default", "codes", "profile.target.wish.slot"),
        ("rows.order_key", "map", "profile.target.number"),
        ("rows.drop_if[1].pattern", "file", "profiles.form.drop_if"),
        ("rows.second", "file", "profiles.form.second"),
        ("file.header_row", "file", "profiles.form.header_row"),
        ("out.date_form", "out", "profiles.form.out_date_form"),
        ("out.columns", "out", "profiles.tab.out"),
        ("carriers[2]", "out", "profiles.part.carriers"),
    ],
)
def test_a_place_is_a_name_of_the_editor_on_its_tab(place: str, tab: str, words: str) -> None:
    fault = Refused("profile_flaw_value", place=place, found="x")
    assert tab_of(fault) == tab
    assert in_words(fault).values == {"place": text(words), "found": "x"}


def test_a_column_of_the_confirmation_file_is_told_by_its_number() -> None:
    told = in_words(Refused("profile_flaw_no_column", place="out.columns[3].header", found=""))
    assert str(told.values["place"]).endswith(" 3")


def test_what_is_found_is_named_where_it_has_a_name() -> None:
    told = in_words(Refused("profile_flaw_out_lacks", place="out.columns", found="tracking_no"))
    assert told.values["found"] == text("profile.out.tracking_no")


def test_other_faults_are_left_alone() -> None:
    fault = Refused("file_empty", file="x.csv")
    assert in_words(fault) is fault
    assert tab_of(fault) == ""
    assert tab_of(Refused("profile_flaw_title", place="title", found="")) == ""
