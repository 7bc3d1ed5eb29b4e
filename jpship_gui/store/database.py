"""One database for everything: SQLite in a file, or PostgreSQL where several desks share.

SQL is written once with `?` for values; `Store` turns it into what the server takes. Times are whole milliseconds since
1970 in UTC, flags 0 or 1, structured values JSON text: the same on both.
"""

from __future__ import annotations

import contextlib
import os
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
from jpship_gui.store import trouble

Params = Sequence[Any]
MIGRATIONS = Path(__file__).parent / "migrations"
_DAY_MS = 24 * 60 * 60 * 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BUSY_SECONDS = 30
_THREAD = threading.local()  # how long this thread stands a silent server
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
    """The open database. Safe to use from several threads: each gets a connection of its own.

    A database that is locked, full, read-only, damaged or gone raises the WorldFault of its code (`store.trouble`) from
    every method; the next call tries to reach it anew.
    """

    def __init__(self, database: peewee.Database) -> None:
        self.database = database
        self._here = threading.local()  # of this thread's connection
        self.postgres = not isinstance(database, peewee.SqliteDatabase)
        self._opened = False

    @classmethod
    def open(cls, location: str | Path, backups: Path | None = None) -> Store:
        """Open (creating it if need be) and migrate. `location` is a file or a `postgresql://` address.

        Raises WorldFault("database_unreachable") and Refused("database_newer") for a file of a later jpship.
        """
        if str(location).startswith(("postgresql://", "postgres://")):
            from jpship_gui.store.server import server_database

            database: peewee.Database = server_database(
                str(location), lambda: getattr(_THREAD, "silence", None)
            )
        else:
            path = Path(location)
            path.parent.mkdir(parents=True, exist_ok=True)
            database = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, timeout=_BUSY_SECONDS)
        store = cls(database)
        try:
            database.connect(reuse_if_open=True)
            store._migrate(backups)
            store._opened = True
            store._here.file = store._file_there()
        except WorldFault as fault:
            store.close()
            raise WorldFault("database_unreachable", reason=fault.values.get("reason", "")) from fault
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
        try:
            if self.database.is_closed():
                self._connect()
            return self.database.execute_sql(self._dialect(sql), params)
        except trouble.ERRORS as error:
            self._trouble(error)
            raise

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for many rows; inside `transaction()`."""
        try:
            self.database.connection().cursor().executemany(self._dialect(sql), rows)
        except Exception as error:  # the driver's own, which peewee does not see here
            self._trouble(error)
            raise

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All result rows."""
        cursor = self.execute(sql, params)
        try:
            return list(cursor.fetchall())
        except trouble.ERRORS as error:
            self._trouble(error)
            raise

    def row(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first result row or None."""
        cursor = self.execute(sql, params)
        try:
            found = cursor.fetchone()
        except trouble.ERRORS as error:
            self._trouble(error)
            raise
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
        try:
            if self.database.is_closed():
                self._connect()
            self._must_be_there()
            with self.database.atomic(*(() if self.postgres else ("IMMEDIATE",))):
                self._here.touched = False
                yield
                if self._here.touched:
                    self.next_numbers("change")
        except trouble.ERRORS as error:
            self._trouble(error)
            raise
        except WorldFault as fault:
            self._trouble(fault)
            raise

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """Wait no longer than this for another writer within the block; then it is WorldFault("database_busy"). Outside
        of transactions."""
        self._set_patience(seconds)
        try:
            yield
        finally:
            with contextlib.suppress(WorldFault):  # gone: the next connection starts with its own
                self._set_patience(_BUSY_SECONDS)

    def _set_patience(self, seconds: float) -> None:
        ms = int(seconds * 1000)
        self.execute(f"SET lock_timeout = {max(1, ms)}" if self.postgres else f"PRAGMA busy_timeout = {ms}")

    @contextmanager
    def answering(self, seconds: float) -> Iterator[None]:
        """Within the block a server that says nothing for so long is away: WorldFault("database_away"). The wait for
        another writer is silence, too. A file has no such thing."""
        before = getattr(_THREAD, "silence", None)
        _THREAD.silence = seconds if before is None else min(before, seconds)
        try:
            yield
        finally:
            _THREAD.silence = before

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

    @property
    def place(self) -> str:
        """Where the database is: the file, or the server's database name."""
        return str(self.database.database)

    def reach(self) -> None:
        """Ask whether the database is there and answers; its WorldFault where it does not."""
        self._must_be_there()
        self.value("SELECT 1")

    def _connect(self) -> None:
        """This thread's connection. SQLite would make an empty file in place of one that is gone."""
        there = self._file_there()
        if self._opened and there is None and not self.postgres:
            raise trouble.gone(self.place)
        self.database.connect(reuse_if_open=True)
        self._here.file = there

    def _file_there(self) -> tuple[int, int] | None:
        """What the system calls the file at the database's place; None for an empty or missing one."""
        if self.postgres:
            return None
        try:
            found = os.stat(self.place)
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found.st_size else None

    def _must_be_there(self) -> None:
        """An open SQLite file that was taken away would still be written to, and lost with its last handle; one that
        was put in its place is opened."""
        if self.postgres or self.database.is_closed():
            return
        there = self._file_there()
        if there is None and self._opened and not self._in_memory():
            self._drop()
            raise trouble.gone(self.place)
        if there != getattr(self._here, "file", there):
            self._drop()
            self._connect()

    def _in_memory(self) -> bool:
        return self.place == ":memory:"

    def _trouble(self, error: BaseException) -> None:
        """Raise the database's fault if it is one; a connection that may be dead is given up."""
        fault = trouble.fault_of(error, self.place)
        if fault is None:
            return
        if fault.code in (trouble.AWAY, trouble.DAMAGED):
            self._drop()
        if fault is not error:
            raise fault from error

    def _drop(self) -> None:
        """Give this thread's connection up, unless a transaction still has to end on it."""
        if not self.database.in_transaction():
            with contextlib.suppress(Exception):
                self.database.close()

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
