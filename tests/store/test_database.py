"""Opening, migrating, transactions."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import peewee
import pytest

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.store import shops
from jpship_gui.store.database import MIGRATIONS, Store, from_ms, to_ms
from tests.builders import NOW


def test_opening_twice_migrates_once(location: str | Path) -> None:
    Store.open(location).close()
    again = Store.open(location)
    applied = again.rows("SELECT name FROM schema_migration")
    again.close()
    assert sorted(applied) == sorted((path.stem,) for path in MIGRATIONS.glob("[0-9]*.py"))


def test_a_database_of_a_later_version_is_refused(location: str | Path) -> None:
    store = Store.open(location)
    store.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    store.close()
    with pytest.raises(Refused) as refused:
        Store.open(location)
    assert refused.value.code == "database_newer"


def test_a_failed_upgrade_leaves_the_copy_and_the_old_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.sqlite"
    store = Store.open(file)
    shops.add(store, "本店", "rakuten", {}, NOW)
    store.close()
    scripts = tmp_path / "migrations"
    scripts.mkdir()
    for script in MIGRATIONS.glob("[0-9]*.py"):
        (scripts / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    broken = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE extra (x TEXT)")
    db.execute_sql("NONSENSE")
"""
    (scripts / "9998_broken.py").write_text(broken, encoding="utf-8")
    monkeypatch.setattr("jpship_gui.store.database.MIGRATIONS", scripts)
    with pytest.raises(WorldFault):
        Store.open(file, tmp_path / "backups")
    monkeypatch.undo()
    (copy,) = (tmp_path / "backups").iterdir()
    with sqlite3.connect(copy) as opened:
        assert opened.execute("SELECT name FROM shops").fetchall() == [("本店",)]
    opened.close()
    reopened = Store.open(file)
    assert not reopened.database.table_exists("extra")
    assert [shop.name for shop in shops.every(reopened)] == ["本店"]
    reopened.close()


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with store.transaction():
        shops.add(store, "一号店", "rakuten", {}, NOW)

    def add_two() -> None:
        with store.transaction():
            shops.add(store, "本店", "rakuten", {}, NOW)
            shops.add(store, "一号店", "rakuten", {}, NOW)

    with pytest.raises(Refused):
        add_two()
    assert [shop.name for shop in shops.every(store)] == ["一号店"]


def test_running_numbers_never_repeat_between_threads(location: str | Path) -> None:
    store = Store.open(location)
    taken: list[int] = []

    def take() -> None:
        mine = Store.open(location)
        for _ in range(20):
            with mine.transaction():
                first = mine.next_numbers("shipment", 3)
            taken.extend(range(first, first + 3))
        mine.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert sorted(taken) == list(range(1, 241))


def test_a_full_sync_stands_behind_every_commit(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite")
    assert store.value("PRAGMA synchronous") == 2
    assert store.value("PRAGMA journal_mode") == "wal"
    assert isinstance(store.database, peewee.SqliteDatabase)
    store.close()


def test_times_survive_as_milliseconds() -> None:
    assert from_ms(to_ms(NOW)) == NOW
    assert to_ms(None) is None
    assert from_ms(None) is None


def test_an_unreachable_server_is_the_worlds_fault() -> None:
    with pytest.raises(WorldFault) as fault:
        Store.open("postgresql://nobody@127.0.0.1:1/nothing")
    assert fault.value.code == "database_unreachable"
