"""One database for everything: SQLite in a file, or PostgreSQL where several desks share.

SQL is written once with `?` for values; `Store` turns it into what the server takes. Times are whole milliseconds since
1970 in UTC, flags 0 or 1, structured values JSON text: the same on both.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee

from jpship_gui.domain.fault import Refused, WorldFault

Params = Sequence[Any]
MIGRATIONS = Path(__file__).parent / "migrations"
_DAY_MS = 24 * 60 * 60 * 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BUSY_SECONDS = 30
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "cache_size": -16000,
    "temp_store": "memory",
}


def to_ms(moment: datetime | None) -> int | None:
    """An aware time as whole milliseconds since 1970 UTC."""
    if moment is None:
        return None
    since = moment - _EPOCH
    return since.days * _DAY_MS + since.seconds * 1000 + since.microseconds // 1000


def from_ms(ms: int | None) -> datetime | None:
    """The reverse of `to_ms`, aware in UTC."""
    return None if ms is None else _EPOCH + timedelta(milliseconds=ms)


class Store:
    """The open database. Safe to use from several threads: each gets a connection of its own."""

    def __init__(self, database: peewee.Database) -> None:
        self.database = database
        self._here = threading.local()  # of this thread's connection
        self.postgres = not isinstance(database, peewee.SqliteDatabase)

    @classmethod
    def open(cls, location: str | Path, backups: Path | None = None) -> Store:
        """Open (creating it if need be) and migrate. `location` is a file or a `postgresql://` address.

        Raises WorldFault("database_unreachable") and Refused("database_newer") for a file of a later jpship.
        """
        if str(location).startswith(("postgresql://", "postgres://")):
            from playhouse.db_url import connect

            database: peewee.Database = connect(str(location))
        else:
            path = Path(location)
            path.parent.mkdir(parents=True, exist_ok=True)
            database = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, timeout=_BUSY_SECONDS)
        store = cls(database)
        try:
            database.connect(reuse_if_open=True)
            store._migrate(backups)
        except (peewee.OperationalError, peewee.DatabaseError) as error:
            store.close()
            raise WorldFault("database_unreachable", reason=str(error).strip().splitlines()[0]) from error
        except Refused:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close this thread's connection; SQLite's write-ahead log is folded back when it is the last."""
        if not self.database.is_closed():
            self.database.close()

    def execute(self, sql: str, params: Params = ()) -> Any:
        """Run one statement and return the driver's cursor."""
        return self.database.execute_sql(self._dialect(sql), params)

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for many rows; inside `transaction()`."""
        self.database.connection().cursor().executemany(self._dialect(sql), rows)

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All result rows."""
        return list(self.execute(sql, params).fetchall())

    def row(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first result row or None."""
        found = self.execute(sql, params).fetchone()
        return None if found is None else tuple(found)

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first cell of the first row or None."""
        found = self.row(sql, params)
        return None if found is None else found[0]

    def insert(self, sql: str, params: Params) -> int:
        """Run an INSERT and return the new row's id."""
        return int(self.value(f"{sql} RETURNING id", params))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nests (an inner one becomes a savepoint). SQLite takes the write lock at once, so two writers
        queue instead of failing midway."""
        if self.database.in_transaction():
            with self.database.atomic():
                yield
            return
        with self.database.atomic(*(() if self.postgres else ("IMMEDIATE",))):
            self._here.touched = False
            yield
            if self._here.touched:
                self.next_numbers("change")

    def in_transaction(self) -> bool:
        """Whether this thread is within `transaction()`."""
        return bool(self.database.in_transaction())

    def next_numbers(self, name: str, count: int = 1) -> int:
        """Take `count` running numbers of a named counter inside a transaction; returns the first."""
        last = self.value(
            "INSERT INTO counters (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = counters.value + ? RETURNING value",
            (name, count, count),
        )
        return int(last) - count + 1

    def never_again(self, name: str, number: int) -> None:
        """Let a named counter go on above a number seen in use, such as one a database of yesterday does not know."""
        self.execute(
            "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value "
            "WHERE counters.value < excluded.value",
            (name, number),
        )

    def touch(self) -> None:
        """Tell every open view that shipments changed (read back by `change_no`), at the end of a running transaction:
        all writers need this one row, so none holds it while it waits for another."""
        if self.database.in_transaction():
            self._here.touched = True
        else:
            self.next_numbers("change")

    def change_no(self) -> int:
        """Grows with every change of shipments by any desk."""
        return int(self.value("SELECT value FROM counters WHERE name = 'change'") or 0)

    def _dialect(self, sql: str) -> str:
        return sql.replace("%", "%%").replace("?", "%s") if self.postgres else sql

    def _migrate(self, backups: Path | None) -> None:
        known = sorted(p.stem for p in MIGRATIONS.glob("[0-9]*.py"))
        applied = self._applied()
        if applied - set(known):
            raise Refused("database_newer", migration=max(applied - set(known)))
        if set(known) == applied:
            return
        if applied and backups is not None and not self.postgres:
            self._copy_before_upgrade(backups, max(applied))
        from playhouse.migrations import Runner

        Runner(self.database, str(MIGRATIONS)).up()

    def _applied(self) -> set[str]:
        if not self.database.table_exists("schema_migration"):
            return set()
        return {str(name) for (name,) in self.rows("SELECT name FROM schema_migration")}

    def _copy_before_upgrade(self, backups: Path, version: str) -> None:
        source = Path(str(self.database.database))
        backups.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(backups).free < 2 * source.stat().st_size:
            raise WorldFault("disk_full", folder=str(backups))
        with sqlite3.connect(backups / f"{source.stem}-before-{version}.sqlite") as copy:
            self.database.connection().backup(copy)
        copy.close()
