"""The guard of conftest.py: no test leaves this machine."""

from __future__ import annotations

import socket

import pytest


def test_an_address_outside_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="network"):
        connection.connect(("192.0.2.1", 80))  # TEST-NET-1: nobody is there


def test_loopback_is_allowed() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as connection,
    ):
        assert connection.getpeername() == server.getsockname()
