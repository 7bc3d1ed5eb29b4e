"""Who may be called, how often, and what a fault means."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.net.faults import Throttled, Unanswered, Unreachable
from jpship_gui.net.pace import Pace, pace_of
from jpship_gui.net.session import Manner, Session, is_loopback

QUICK = Manner(pace=0, connect_timeout=1, read_timeout=0.3, loopback_only=True)


class Scripted:
    """A server that answers each connection with the next piece of its script; b"" hangs up, None says nothing."""

    def __init__(self, *script: bytes | None) -> None:
        self.requests: list[bytes] = []
        self._script = list(script)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._silent: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while self._script:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.requests.append(connection.recv(65536))
            answer = self._script.pop(0)
            if answer is None:
                self._silent.append(connection)
                continue
            with connection:
                connection.sendall(answer)

    def close(self) -> None:
        for connection in self._silent:
            connection.close()
        if self._thread.is_alive():
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone does not wake a waiting accept
        self._listener.close()
        self._thread.join()


@pytest.fixture
def scripted() -> Iterator[list[Scripted]]:
    opened: list[Scripted] = []
    yield opened
    for server in opened:
        server.close()


def http(status: int, body: bytes = b"{}") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def post(server: Scripted, *, write: bool) -> object:
    return Session(server.url, "shop", QUICK).post("/x", {}, b"body", write=write)


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (http(500), Unanswered, "net_server_fault"),
        (http(503, b""), Unanswered, "net_server_fault"),
        (http(429), Throttled, "net_throttled"),
        (b"", Unanswered, "net_cut"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", Unanswered, "net_cut"),
        (b"nonsense\r\n\r\n", Unanswered, "net_cut"),
        (None, Unanswered, "net_timeout"),
    ],
)
def test_a_write_is_sent_exactly_once(
    scripted: list[Scripted], answer: bytes | None, kind: type[Exception], code: str
) -> None:
    server = Scripted(answer, http(200))
    scripted.append(server)
    with pytest.raises(kind, match=code):
        post(server, write=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [http(500), http(503), http(429), b"", None])
def test_a_read_is_tried_again(scripted: list[Scripted], answer: bytes | None) -> None:
    server = Scripted(answer, http(200, b'{"ok": 1}'))
    scripted.append(server)
    assert post(server, write=False) is not None
    assert len(server.requests) == 2


def test_a_site_may_want_no_second_try_after_a_429(scripted: list[Scripted]) -> None:
    server = Scripted(http(503), http(429), http(200))
    scripted.append(server)
    manner = replace(QUICK, retry_status=frozenset({503}))
    with pytest.raises(Throttled, match="net_throttled"):
        Session(server.url, "shop", manner).get("/x", {}, {})
    assert len(server.requests) == 2


def test_a_sites_own_number_of_each_call_is_logged_without_what_was_asked(
    scripted: list[Scripted], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="jpship.net")
    named = http(200).replace(b"\r\n", b"\r\nX-Amzn-RequestId: 0f0e-1\r\n", 1)
    server = Scripted(named, http(200), named)
    scripted.append(server)
    session = Session(server.url, "shop", replace(QUICK, request_id="x-amzn-requestid"))
    session.get("/orders", {"x-token": "geheim"}, {"name": "見本"})
    session.get("/orders", {}, {})
    assert [r.getMessage() for r in caplog.records] == [
        "GET 127.0.0.1/orders 200 0f0e-1",
        "GET 127.0.0.1/orders 200 -",
    ]
    Session(server.url, "shop", QUICK).get("/orders", {}, {})
    assert len(caplog.records) == 2


def test_answers_below_500_are_handed_over_whatever_they_are(scripted: list[Scripted]) -> None:
    server = Scripted(http(400, b"why"), http(302))
    scripted.append(server)
    first = Session(server.url, "shop", QUICK).post("/x", {}, b"", write=True)
    assert (first.status, first.body) == (400, b"why")
    assert Session(server.url, "shop", QUICK).get("/x", {}, {}).status == 302  # never followed elsewhere


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="net_unreachable"):
        Session(f"http://127.0.0.1:{port}", "shop", QUICK).post("/x", {}, b"", write=True)


def test_a_name_nobody_knows_was_never_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    manner = Manner(pace=0, connect_timeout=1, read_timeout=1)
    with pytest.raises(Unreachable, match="net_unreachable"):
        Session("https://marketplace.invalid", "shop", manner).post("/x", {}, b"", write=True)


def test_a_proxy_in_the_environment_does_not_carry_practice_away(
    scripted: list[Scripted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    server = Scripted(http(200))
    scripted.append(server)
    post(server, write=True)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://api.example.jp", "net_practice_only"),
        ("ftp://127.0.0.1", "net_bad_address"),
        ("127.0.0.1:80", "net_bad_address"),
        ("https://127.0.0.1.example.jp", "net_practice_only"),
    ],
)
def test_practice_stays_on_this_computer(address: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        Session(address, "shop", QUICK)


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("10.0.0.1", False)],
)
def test_what_counts_as_this_computer(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_calls_keep_their_distance() -> None:
    pace = Pace()
    start = time.monotonic()
    for _ in range(4):
        pace.wait(0.05)
    assert time.monotonic() - start >= 0.15


def test_one_pace_a_host_and_account() -> None:
    assert pace_of("a", "1") is pace_of("a", "1")
    assert pace_of("a", "1") is not pace_of("a", "2")
