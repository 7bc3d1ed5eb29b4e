"""What holds for every marketplace of the registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jpship_gui.formats.detect import plain, recognise
from jpship_gui.formats.layout import Row, Table
from jpship_gui.marketplaces import marketplaces
from jpship_gui.marketplaces.base import Marketplace
from jpship_gui.texts import LANGUAGES, text_in

ROOT = Path(__file__).resolve().parents[2] / "jpship_gui" / "marketplaces"
KINDS = {"text", "id", "digits", "phone", "integer", "money", "rate", "date", "datetime", "time", "flag"}


@pytest.fixture(params=sorted(marketplaces()))
def market(request: pytest.FixtureRequest) -> Marketplace:
    return marketplaces()[request.param]


def test_every_folder_is_found() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders == set(marketplaces())


def test_it_says_where_its_facts_come_from(market: Marketplace) -> None:
    notes = (ROOT / market.id / "NOTES.md").read_text(encoding="utf-8")
    assert "## Sources" in notes
    assert "## Open questions" in notes


def test_columns_are_declared_soundly(market: Marketplace) -> None:
    for layout in (*market.order_layouts, *filter(None, [market.confirm_layout])):
        assert layout.owner == market.id
        names = [plain(name) for column in layout.columns for name in (column.header, *column.aliases)]
        assert len(names) == len(set(names)), layout.id
        assert {column.kind for column in layout.columns} <= KINDS
        assert {column.level for column in layout.columns} <= {"order", "package", "line"}
        assert any(column.required for column in layout.columns)


def test_an_order_layout_knows_its_order_numbers(market: Marketplace) -> None:
    for layout in market.order_layouts:
        assert layout.order_number_pattern
        re.compile(layout.order_number_pattern)
        number = next(column for column in layout.columns if column.field == "number")
        assert number.required
        assert number.kind == "id"


def test_each_layout_recognises_its_own_header(market: Marketplace) -> None:
    layouts = [layout for other in marketplaces().values() for layout in other.order_layouts]
    for layout in market.order_layouts:
        header = tuple(column.header for column in layout.columns)
        table = Table("x", header, (), "utf-8", ",", "0")
        match = recognise(table, layouts)
        assert match.layout is layout
        assert set(match.positions) == {column.field for column in layout.columns}


def test_reading_a_file_without_rows_gives_no_orders(market: Marketplace) -> None:
    for layout in market.order_layouts:
        assert market.read_orders is not None
        header = tuple(column.header for column in layout.columns)
        read = market.read_orders(Table("x", header, (), "utf-8", ",", "0"), layout, lambda part: None)
        assert (read.orders, read.rejections) == ((), ())


def test_a_row_of_nonsense_is_rejected_and_raises_nothing(market: Marketplace) -> None:
    for layout in market.order_layouts:
        assert market.read_orders is not None
        header = tuple(column.header for column in layout.columns)
        rows = (Row(2, tuple("?" * (n % 3) for n in range(len(header)))), Row(3, ("x",)))
        read = market.read_orders(Table("x", header, rows, "utf-8", ",", "0"), layout, lambda part: None)
        assert read.orders == ()
        assert {rejection.line for rejection in read.rejections} == {2, 3}


def test_carrier_codes_have_sources_and_no_double(market: Marketplace) -> None:
    keys = [(code.carrier, code.service, code.valid_from) for code in market.carrier_codes]
    assert len(keys) == len(set(keys))
    assert all(code.source and code.code and code.name for code in market.carrier_codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_settings_have_words(market: Marketplace, language: str) -> None:
    for option in market.options.values():
        assert text_in(language, option.text_key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ends_of_its_keys_has_words_a_source_and_a_day_somewhere(
    market: Marketplace, language: str
) -> None:
    for credential in market.credentials:
        assert text_in(language, f"credential.{credential.id}")
        assert credential.source
        assert credential.warn_days == tuple(sorted(credential.warn_days, reverse=True))
        assert credential.until or (credential.since and credential.days > 0)
        days = [key for key in (credential.since, credential.until) if key in market.options]
        assert all(market.options[key].type == "day" for key in days)
