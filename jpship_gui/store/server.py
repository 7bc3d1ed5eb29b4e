"""PostgreSQL through connections that do not wait for ever: a server that is gone without a word is noticed.

The system notices a dead network; it does not notice a server, or whatever stands between, that takes what is sent and
never answers. Who must not wait says how long a silence may be (`Store.answering`); all others wait for what they
asked, as a long import has to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import peewee
import psycopg
from playhouse.db_url import parse

Limit = Callable[[], float | None]
_NETWORK = {
    **{"connect_timeout": 3, "tcp_user_timeout": 4000},
    **{"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3},
}


def server_database(address: str, limit: Limit) -> peewee.PostgresqlDatabase:
    """`limit` tells how many seconds of silence the calling thread stands, None for any."""
    given: dict[str, Any] = {name: value for name, value in _NETWORK.items() if f"{name}=" not in address}
    return _Database(**parse(address), **given, prefer_psycopg3=True, limit=limit)


class _Silent(Exception):
    """Nothing came for too long."""


class _Connection(psycopg.Connection[Any]):
    """Given up once its server was silent for longer than its thread stands."""

    limit: Limit = staticmethod(lambda: None)

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        """Everything psycopg waits for goes through here, but the connecting itself."""
        seconds = self.limit()
        if seconds is None:
            return super().wait(gen, *args, **options)
        try:
            return super().wait(_listening(gen, seconds), *args, **options)
        except _Silent:
            self.pgconn.finish()  # an answer that comes after all would be taken for that of the next question
            raise psycopg.OperationalError(f"the server did not answer for {seconds:g} seconds") from None


def _listening(waited: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
    """The same waiting; psycopg says every tenth of a second that nothing has come (0)."""
    until = time.monotonic() + seconds
    try:
        wanted = next(waited)
        while True:
            came = yield wanted
            if came:
                until = time.monotonic() + seconds
            elif time.monotonic() > until:
                raise _Silent
            wanted = waited.send(came)
    except StopIteration as ended:
        return ended.value


class _Adapter(peewee.Psycopg3Adapter):
    """Connects by connections of ours."""

    def connect(self, db: Any, **params: Any) -> _Connection:
        """As peewee does."""
        limit: Limit = params.pop("limit")
        made = _Connection.connect(dbname=db.database, **params)
        made.limit = limit
        return made


class _Database(peewee.PostgresqlDatabase):
    psycopg3_adapter = _Adapter
