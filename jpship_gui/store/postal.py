"""Japan Post's table from resources/postal/postal.sqlite, read-only and without the network."""

from __future__ import annotations

import re
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

from jpship_gui.domain.postal_code import Place

_CHUNK = 500  # below SQLite's oldest limit of 999 variables
_CODE = re.compile("[0-9]{7}")


class PostalTable:
    """The table with what was looked up kept in memory; one instance may be used from several threads."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._first: list[int] = []
        self._cities: list[tuple[str, str]] = []
        self._spans: dict[tuple[str, str], tuple[int, int]] = {}
        self._by_prefecture: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, tuple[Place, ...]] = {}
        self._towns: dict[tuple[str, str], tuple[Place, ...]] = {}
        self._read_cities()

    def _read_cities(self) -> None:
        names: dict[str, list[str]] = {}
        rows = self._database.execute("select prefecture, city, first, last from cities order by first")
        for prefecture, city, first, last in rows:
            self._first.append(first)
            self._cities.append((prefecture, city))
            self._spans[prefecture, city] = (first, last)
            names.setdefault(prefecture, []).append(city)
        self._by_prefecture = {prefecture: tuple(cities) for prefecture, cities in names.items()}

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def load(self, codes: Iterable[str]) -> None:
        """Look many codes up in few queries, so that `places` answers them from memory."""
        wanted = [code for code in set(codes) if code not in self._places and _CODE.fullmatch(code)]
        with self._lock:
            for start in range(0, len(wanted), _CHUNK):
                self._load(wanted[start : start + _CHUNK])

    def _load(self, codes: Sequence[str]) -> None:
        found: dict[str, list[Place]] = {code: [] for code in codes}
        marks = ",".join("?" * len(codes))
        rows = self._database.execute(
            f"select id, code, town, note, office from places where code in ({marks}) order by id",
            [int(code) for code in codes],
        )
        for row, number, town, note, office in rows:
            code = f"{number:07d}"
            prefecture, city = self._cities[bisect_right(self._first, row) - 1]
            found[code].append(Place(code, prefecture, city, town, note, bool(office)))
        self._places.update((code, tuple(places)) for code, places in found.items())

    def places(self, code: str) -> Sequence[Place]:
        """All places of a seven-digit code; empty if there is no such code."""
        known = self._places.get(code)
        if known is None:
            self.load((code,))
        return self._places.get(code, ())

    def cities(self, prefecture: str) -> Sequence[str]:
        """Municipalities of a prefecture (wards of large cities each on their own)."""
        return self._by_prefecture.get(prefecture, ())

    def towns(self, prefecture: str, city: str) -> Sequence[Place]:
        """All places of a municipality."""
        key = (prefecture, city)
        if key not in self._towns and key in self._spans:
            with self._lock:
                rows = self._database.execute(
                    "select code, town, note, office from places where id between ? and ?", self._spans[key]
                ).fetchall()
            self._towns[key] = tuple(
                Place(f"{code:07d}", prefecture, city, town, note, bool(office))
                for code, town, note, office in rows
            )
        return self._towns.get(key, ())
