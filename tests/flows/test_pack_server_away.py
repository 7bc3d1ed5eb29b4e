"""MD-05: the cable to the PostgreSQL server is pulled while the desk works, and plugged in again."""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal, shipments, shops
from tests.builders import NOW, an_order, stored
from tests.torture.test_kill import waybill

POSTGRES = os.environ.get("JPSHIP_TEST_POSTGRES", "")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not POSTGRES, reason="JPSHIP_TEST_POSTGRES names no server; .ci/run starts one"),
]


class Cable:
    """Carries bytes between the desk and the server until it is pulled."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._plugged = True
        self._flows = threading.Event()
        self._flows.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._plugged:
                near.close()
                continue
            far = socket.create_connection(self._server)
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(65536):
                self._flows.wait()
                other.sendall(part)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def pull(self) -> None:
        """Every connection breaks, and no new one is made."""
        self._plugged = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends = []

    def plug(self) -> None:
        self._plugged = True

    def stall(self) -> None:
        """Connections stay, new ones are made, and what is sent is taken; nothing arrives any more."""
        self._flows.clear()

    def flow(self) -> None:
        """What was held back arrives, and everything after it."""
        self._flows.set()

    def close(self) -> None:
        self.flow()
        self.pull()
        self._listener.close()


@pytest.fixture
def address() -> Iterator[str]:
    """An empty database on the test server."""
    import psycopg

    name = f"jpship_{uuid.uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")  # the name is ours
    yield POSTGRES.rpartition("/")[0] + "/" + name
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def cable(address: str) -> Iterator[Cable]:
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    with closing(Cable(parts.hostname or "127.0.0.1", parts.port or 5432)) as made:
        yield made


def opened(folder: Path, address: str, desk: str) -> Workspace:
    with closing(open_workspace(str(folder))) as first:
        first.options.set("store.database", address)
    return replace(open_workspace(str(folder), person="佐藤", desk=desk), clock=lambda: NOW)


def through(address: str, cable: Cable) -> str:
    head, _, tail = address.rpartition("@")
    return f"{head}@127.0.0.1:{cable.port}/{tail.partition('/')[2]}"


def until(condition: Callable[[], bool], desk: Desk) -> None:
    while not condition():
        desk.look()
        time.sleep(0.02)


def outcomes(desk: Desk, *codes: str) -> list[str]:
    return [desk.scan(code).outcome.value for code in codes]


def test_the_cable_is_pulled_and_plugged_in_again(tmp_path: Path, address: str, cable: Cable) -> None:
    far = opened(tmp_path / "office", address, "事務")
    shops.add(far.store, "本店", "rakuten", {}, NOW)
    a, b = (key for _, key in stored(far.store, an_order(1), an_order(2)))
    with far.store.transaction():
        shipments.set_parcel(far.store, a, {"file_no": waybill(1)})
    ws = opened(tmp_path / "desk", through(address, cable), "梱包台1")
    with Desk(ws) as desk:
        desk.follow_beside()
        assert outcomes(desk, a) == ["OK_OPEN"]
        until(lambda: desk.waiting == 0 and desk._reach._memory.key == a, desk)
        cable.pull()
        assert outcomes(desk, "MUG-300-BL", waybill(1)) == ["OK_ITEM_LAST", "OK_DONE"]
        assert outcomes(desk, b, "JPCMDACK") == ["NG_AWAY", "OK_ACK"]
        assert desk.trouble is not None
        assert desk.trouble.code == "database_away"
        assert desk.waiting == 4
        assert far.store.value("SELECT linked_at FROM shipments WHERE key = ?", (a,)) is None
        cable.plug()
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert outcomes(desk, b, "MUG-300-BL", waybill(2)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        until(lambda: desk.waiting == 0, desk)
    found = shipments.by_key(far.store, a)
    assert found is not None
    assert found.facts.verified is not None
    assert [e.outcome for e in journal.read(journal.file_of(ws.places.journal, "梱包台1"))] == [
        *("OK_OPEN", "OK_ITEM_LAST", "OK_DONE", "NG_AWAY", "OK_ACK", "OK_OPEN", "OK_ITEM_LAST", "OK_LINK")
    ]
    ws.close()
    far.close()


def test_a_server_that_never_answers_holds_no_scan(tmp_path: Path, address: str, cable: Cable) -> None:
    """The network is well as far as the system can tell: every connection is taken, every byte received."""
    far = opened(tmp_path / "office", address, "事務")
    shops.add(far.store, "本店", "rakuten", {}, NOW)
    a, b = (key for _, key in stored(far.store, an_order(1), an_order(2)))
    with far.store.transaction():
        shipments.set_parcel(far.store, a, {"file_no": waybill(1)})
    ws = opened(tmp_path / "desk", through(address, cable), "梱包台1")
    with Desk(ws) as desk:
        desk.follow_beside()
        assert outcomes(desk, a) == ["OK_OPEN"]
        until(lambda: desk.waiting == 0 and desk._reach._memory.key == a, desk)
        cable.stall()
        assert outcomes(desk, "MUG-300-BL", waybill(1)) == ["OK_ITEM_LAST", "OK_DONE"]
        assert outcomes(desk, b, "JPCMDACK") == ["NG_AWAY", "OK_ACK"]
        assert desk.trouble is not None
        assert desk.trouble.code == "database_away"
        assert desk.waiting == 4
        assert far.store.value("SELECT linked_at FROM shipments WHERE key = ?", (a,)) is None
        cable.flow()
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
        assert outcomes(desk, b, "MUG-300-BL", waybill(2)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
        until(lambda: desk.waiting == 0, desk)
    assert far.store.value("SELECT verified_at FROM shipments WHERE key = ?", (a,)) is not None
    numbers = far.store.rows("SELECT tracking_no FROM parcels ORDER BY id")
    assert numbers == [(waybill(1),), (waybill(2),)]
    ws.close()
    far.close()


def test_who_may_wait_is_not_given_up(tmp_path: Path, address: str) -> None:
    """An import's statement takes as long as it takes; the same silence ends where nobody may wait for it."""
    with closing(opened(tmp_path / "desk", address, "梱包台1")) as ws:
        assert ws.store.value("SELECT 'done' FROM pg_sleep(1)") == "done"
        with ws.store.answering(0.3), pytest.raises(WorldFault) as fault:
            ws.store.value("SELECT 'done' FROM pg_sleep(60)")
        assert fault.value.code == "database_away"
        assert ws.store.value("SELECT 'again'") == "again"
        with ws.store.answering(0.3), suppress(WorldFault), ws.store.transaction():
            ws.store.next_numbers("link")
            ws.store.value("SELECT 'done' FROM pg_sleep(60)")
            raise AssertionError("it waited")
        assert ws.store.value("SELECT value FROM counters WHERE name = 'link'") is None


def test_another_desk_holds_a_row_and_the_scan_does_not_wait(tmp_path: Path, address: str) -> None:
    """A long transaction elsewhere has the counters locked, as an import has."""
    ws = opened(tmp_path / "desk", address, "梱包台1")
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    (a,) = (key for _, key in stored(ws.store, an_order(1)))
    with closing(opened(tmp_path / "office", address, "事務")) as far, Desk(ws) as desk:
        desk.follow_beside()
        with far.store.transaction():
            far.store.next_numbers("link")
            assert outcomes(desk, a, "MUG-300-BL", waybill(1)) == ["OK_OPEN", "OK_ITEM_LAST", "OK_LINK"]
            until(lambda: desk.trouble is not None, desk)
            assert desk.trouble is not None
            assert desk.trouble.code == "database_busy"
        until(lambda: desk.waiting == 0 and desk.trouble is None, desk)
    assert ws.store.value("SELECT tracking_no FROM parcels") == waybill(1)
    ws.close()
