"""The shipped table of postal codes: whole, read-only, many codes in few queries."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.settings.places import resources
from jpship_gui.store.postal import PostalTable

FILE = resources() / "postal" / "postal.sqlite"


@pytest.fixture
def table() -> Iterator[PostalTable]:
    opened = PostalTable(FILE)
    yield opened
    opened.close()


def test_the_file_is_small_and_holds_every_municipality() -> None:
    assert FILE.stat().st_size < 6_000_000
    with sqlite3.connect(f"file:{FILE}?mode=ro", uri=True) as database:
        assert database.execute("select count(*) from places").fetchone()[0] > 140_000
        assert database.execute("select count(*) from cities").fetchone()[0] > 1_880
    database.close()


def test_a_codes_place(table: PostalTable) -> None:
    (place,) = table.places("5410041")
    assert (place.prefecture, place.city, place.town, place.office) == (
        "大阪府",
        "大阪市中央区",
        "北浜",
        False,
    )


def test_leading_zeros_and_unknown_codes(table: PostalTable) -> None:
    assert {p.prefecture for p in table.places("0010010")} == {"北海道"}
    assert table.places("9999999") == ()
    assert table.places("") == ()
    assert table.places("54100411") == ()
    assert table.places("５４１００４１") == ()


def test_many_codes_at_once_are_those_asked_one_by_one(table: PostalTable) -> None:
    codes = [f"{n:07d}" for n in range(5_300_000, 5_301_200)]
    one_by_one = PostalTable(FILE)
    table.load(codes)
    assert {c: table.places(c) for c in codes} == {c: one_by_one.places(c) for c in codes}
    one_by_one.close()


def test_a_large_receivers_code_is_marked(table: PostalTable) -> None:
    assert all(place.office for place in table.places("0608621"))


def test_towns_of_a_municipality(table: PostalTable) -> None:
    towns = table.towns("大阪府", "大阪市北区")
    assert "梅田" in {place.town for place in towns}
    assert {place.city for place in towns} == {"大阪市北区"}
    assert table.towns("大阪府", "無い市") == ()


def test_nothing_can_be_written(tmp_path: Path, table: PostalTable) -> None:
    with pytest.raises(sqlite3.OperationalError):
        table._database.execute("delete from places")
