"""Every test of the store runs on a SQLite file, and on PostgreSQL where JPSHIP_TEST_POSTGRES names a server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.store.database import Store

POSTGRES = os.environ.get("JPSHIP_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """An empty database: a file's path, or the address of a database of its own on the test server."""
    if request.param == "sqlite":
        yield tmp_path / "store.sqlite"
        return
    if not POSTGRES:
        pytest.skip("JPSHIP_TEST_POSTGRES names no server; .ci/run starts one")
    import psycopg

    name = f"jpship_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")  # the name is ours
    yield POSTGRES.rpartition("/")[0] + "/" + name
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(location: str | Path) -> Iterator[Store]:
    """An open, empty store."""
    opened = Store.open(location)
    yield opened
    opened.close()
