"""Profiles as text: nothing is lost on the way to a file and back, and what is wrong is named with its place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpship_gui.domain.fault import Refused
from jpship_gui.formats.toml_text import dumps
from jpship_gui.formats.transforms import Step, kinds
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.profile import marketplace_of, profile_in
from jpship_gui.marketplaces.profile_data import (
    CHOICES,
    CodeRule,
    CodeTable,
    Profile,
    Source,
    flaws,
    of_data,
    of_text,
    to_data,
    to_text,
)
from jpship_gui.marketplaces.profile_targets import OUT_FIELDS, targets
from jpship_gui.texts import LANGUAGES, text_in
from tests.marketplaces.profiles import OUT, a_profile, profile_data

READY = sorted(market.id for market in marketplaces().values() if market.profile)


@pytest.mark.parametrize("name", READY)
def test_a_ready_profile_goes_to_text_and_back_unchanged(name: str) -> None:
    found = profile_in(f"jpship_gui.marketplaces.{name}")
    assert found.id == name
    assert flaws(found) == []
    text = to_text(found)
    assert of_text(text) == found
    assert to_text(of_text(text)) == text


@pytest.mark.parametrize("name", READY)
def test_a_ready_profile_says_how_sure_its_parts_are(name: str) -> None:
    found = profile_in(f"jpship_gui.marketplaces.{name}")
    assert found.source
    assert bool(found.grades.orders) >= found.reads
    assert bool(found.grades.confirm) == found.writes
    assert bool(found.grades.carriers) == bool(found.carriers)
    assert all(rule.source for rule in found.carriers)


def test_what_is_not_known_of_a_shop_system_is_not_invented() -> None:
    able = {
        name: (bool(market.order_layouts), bool(market.confirm_layout or market.fill))
        for name in READY
        for market in [marketplaces()[name]]
    }
    assert able == {
        "aupay": (True, True),
        "futureshop": (False, False),
        "makeshop": (False, False),
        "mercari": (True, False),
        "shopify": (True, True),
        "stores": (True, False),
        "thebase": (True, False),
    }


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).map(lambda t: f"x{t}")
STEPS = st.lists(
    st.sampled_from(
        [Step("strip"), Step("split", ("-", 2)), Step("join", (" ",)), Step("date", ("yyyy/MM/dd",))]
    ),
    max_size=3,
).map(tuple)
SOURCES = st.lists(
    st.builds(Source, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.one_of(st.none(), STEPS)),
    min_size=1,
    max_size=3,
).map(tuple)


@given(
    title=WORDS,
    note=st.text(st.characters(exclude_categories=["Cs"])),
    fields=st.dictionaries(st.sampled_from(sorted(targets())), SOURCES, max_size=6),
    codes=st.dictionaries(
        st.just("state"),
        st.builds(
            CodeTable, st.lists(st.builds(CodeRule, WORDS.map(lambda w: "x"), st.just("to_ship"))).map(tuple)
        ),
    ),
)
def test_any_profile_goes_to_text_and_back_unchanged(
    title: str, note: str, fields: dict[str, Any], codes: dict[str, CodeTable]
) -> None:
    made = replace(a_profile(), title=title, note=note, fields=fields, codes=codes)
    assert of_data(tomllib.loads(to_text(made))) == made
    assert to_text(of_data(to_data(made))) == to_text(made)


FLAWS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("newer", "format", {"format": 9}),
    ("key_unknown", "colour", {"colour": "red"}),
    ("key_unknown", "rows.modus", {"rows": {"modus": "x"}}),
    (
        "key_unknown",
        "fields.line.name[1].column",
        {"fields": {"line.name": [{"columns": ["品名"], "column": "品名"}]}},
    ),
    ("missing", "fields.line.name[1].columns", {"fields": {"line.name": [{"steps": []}]}}),
    ("shape", "fields.line.name", {"fields": {"line.name": "品名"}}),
    ("shape", "version", {"version": "1"}),
    ("shape", "version", {"version": True}),
    (
        "shape",
        "fields.line.name[1].steps[1]",
        {"fields": {"line.name": [{"columns": ["品名"], "steps": [1]}]}},
    ),
    ("id", "id", {"id": "Jisha"}),
    ("title", "title", {"title": " "}),
    ("value", "direction", {"direction": "in"}),
    ("value", "grades.orders", {"grades": {"orders": "SURE"}}),
    ("value", "file.encodings[2]", {"file": {"encodings": ["cp932", "ascii"]}}),
    ("value", "file.delimiter", {"file": {"delimiter": "|"}}),
    ("value", "file.header_row", {"file": {"header_row": 0}}),
    ("value", "rows.mode", {"rows": {"mode": "odd"}}),
    ("no_key", "rows.order_key", {"rows": {"order_key": []}}),
    ("second", "rows.second", {"rows": {"mode": "joined"}}),
    ("step_pattern", "rows.number_pattern", {"rows": {"number_pattern": "("}}),
    (
        "step_pattern_slow",
        "rows.drop_if[1].pattern",
        {"rows": {"drop_if": [{"column": "品名", "pattern": "(a+)+"}]}},
    ),
    ("target_missing", "fields.line.quantity", {"fields": {"line.quantity": []}}),
    ("target_unknown", "fields.line.colour", {"fields": {"line.colour": [{"columns": ["色"]}]}}),
    ("target_unknown", "constants.colour", {"constants": {"colour": "red"}}),
    ("no_column", "fields.line.name[1].columns", {"fields": {"line.name": [{"columns": []}]}}),
    (
        "step_unknown",
        "fields.line.name[1].steps[2]",
        {"fields": {"line.name": [{"columns": ["品名"], "steps": ["strip", "shout"]}]}},
    ),
    (
        "packed",
        "fields.line.name[1].steps[1]",
        {"fields": {"line.name": [{"columns": ["品名"], "steps": ["packed_lines"]}]}},
    ),
    ("target_unknown", "codes.colour", {"codes": {"colour": {"table": []}}}),
    (
        "code",
        "codes.state.table[1].code",
        {"codes": {"state": {"table": [{"pattern": "済", "code": "done"}]}}},
    ),
    ("code", "codes.state.default", {"codes": {"state": {"default": "done"}}}),
    ("value", "codes.state.on_unknown", {"codes": {"state": {"on_unknown": "ask"}}}),
    ("code", "constants.state", {"constants": {"state": "done"}}),
    ("carrier", "carriers[1]", {"carriers": [{"carrier": "yamato", "code": ""}]}),
    (
        "carrier_twice",
        "carriers[2]",
        {"carriers": [{"carrier": "yamato", "code": "1"}, {"carrier": "yamato", "code": "2"}]},
    ),
    ("out_missing", "out", {"direction": "both"}),
    (
        "out_lacks",
        "out.columns",
        {"direction": "both", "out": {"columns": [{"header": "No", "field": "number"}]}},
    ),
    (
        "value",
        "out.columns[1].field",
        {"out": {"columns": [{"header": "No", "field": "price"}, *OUT["columns"]]}},
    ),
    ("header_twice", "out.columns[5].header", {"out": {"columns": [*OUT["columns"], {"header": "受注 No"}]}}),
    ("no_column", "out.columns[5].header", {"out": {"columns": [*OUT["columns"], {"header": " "}]}}),
    ("formula", "out.columns[5].header", {"out": {"columns": [*OUT["columns"], {"header": "=1+1"}]}}),
    ("step_date_form", "out.date_form", {"out": {**OUT, "date_form": "%Y"}}),
    (
        "step_date_form",
        "out.columns[4].form",
        {"out": {"columns": [*OUT["columns"][:3], {**OUT["columns"][3], "form": "DD"}]}},
    ),
    (
        "value",
        "out.columns[2].form",
        {"out": {"columns": [OUT["columns"][0], {**OUT["columns"][1], "form": "3-3"}]}},
    ),
    ("bom", "out.bom", {"out": {**OUT, "bom": True, "encoding": "cp932"}}),
    ("value", "out.ending", {"out": {**OUT, "ending": "../x"}}),
    ("several", "out.numbers", {"out": {**OUT, "each": "order"}}),
    ("fill", "out.mode", {"direction": "shipments", "out": {**OUT, "mode": "fill", "numbers": 1}}),
)


@pytest.mark.parametrize(
    ("code", "place", "changes"), FLAWS, ids=[f"{code}-{place}" for code, place, _ in FLAWS]
)
def test_what_is_wrong_is_named_with_its_place(code: str, place: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        of_text(dumps(profile_data(**changes)))
    assert (refused.value.code, refused.value.values["place"]) == (f"profile_flaw_{code}", place)
    for language in LANGUAGES:
        assert text_in(language, f"fault.{refused.value.code}", **refused.value.values)


@pytest.mark.parametrize("text", ["", "id = ", "[[[", "id = 'x'\nid = 'y'", "a = " + "[" * 3000])
def test_what_is_no_profile_at_all_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        of_text(text)
    assert refused.value.code in ("profile_flaw_toml", "profile_flaw_missing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_person_chooses_from_has_words(language: str) -> None:
    for name, target in targets().items():
        assert text_in(language, f"profile.target.{name}")
        assert text_in(language, f"profile.group.{target.group}")
        assert text_in(language, f"profile.need.{target.need}")
        for code in target.coded:
            assert text_in(language, f"profile.code.{name}.{code or 'none'}")
    for field in OUT_FIELDS:
        assert text_in(language, f"profile.out.{field}")
    for rule, values in CHOICES.items():
        for value in values:
            key = {",": "comma", ";": "semicolon", "TAB": "tab"}.get(value, value) or "none"
            assert text_in(language, f"profile.choice.{rule}.{key}")


def test_a_sound_profile_is_an_ordinary_marketplace() -> None:
    carriers = [{"carrier": "yamato", "code": "ヤマト"}]
    market = marketplace_of(
        a_profile(direction="both", out=dict(OUT), carriers=carriers, grades={"orders": "GUESS"})
    )
    assert (market.id, market.name, market.grade, market.profile) == ("jisha", "自社サイト", "GUESS", True)
    assert [layout.id for layout in market.order_layouts] == ["jisha.orders"]
    assert market.confirm_layout is not None
    assert market.connect is None


def test_shipments_alone_read_no_orders() -> None:
    market = marketplace_of(a_profile(direction="shipments", out=dict(OUT)))
    assert (market.order_layouts, market.read_orders) == ((), None)
    assert market.confirm_rows is not None


def test_a_profile_that_is_not_known_to_be_broken_is_a_profile() -> None:
    assert isinstance(of_text(to_text(a_profile())), Profile)


def test_the_profile_in_the_documentation_is_sound() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "adding-a-shop.md"
    (example,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert of_text(example).title == "自社サイト"
    steps = set(re.findall(r"`([a-z0-9_]+)`", page.read_text(encoding="utf-8")))
    assert set(kinds()) <= steps
