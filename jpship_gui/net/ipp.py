"""What the print system says of one job: IPP's Get-Job-Attributes (RFC 8011, 4.3.4) with the standard library.

`lpstat` cannot tell a finished job from an aborted one (tried with CUPS 2.4.2: both are listed as completed with the
same alert), so the one question is asked directly.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator

from jpship_gui.domain.fault import WorldFault

PENDING, HELD, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)
_SECONDS = 10
_CHARSET, _LANGUAGE, _URI, _NAME, _KEYWORD = 0x47, 0x48, 0x45, 0x42, 0x44


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over the scheduler's socket file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def job_state(server: str, job: int) -> tuple[int, str]:
    """(state, the queue's message) of a job; state 0 when the queue no longer knows it.

    `server` is what `lpstat -H` prints: a socket file or host:port. Raises WorldFault("print_state").
    """
    try:
        connection = _connection(server)
        headers = {"Content-Type": "application/ipp"}
        connection.request("POST", f"/jobs/{job}", _request(job), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
    except (OSError, http.client.HTTPException) as fault:
        raise WorldFault("print_state", reason=str(fault)) from fault
    if answer.status != 200 or len(body) < 8:
        raise WorldFault("print_state", reason=f"HTTP {answer.status}")
    found = dict(_attributes(body))
    state = found.get("job-state", b"")
    message = found.get("job-printer-state-message", b"").decode("utf-8", "replace").strip()
    return (int.from_bytes(state, "big") if len(state) == 4 else 0), message


def _connection(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _UnixConnection(server)
    host, _, port = server.partition(":")
    return http.client.HTTPConnection(host, int(port or 631), timeout=_SECONDS)


def _request(job: int) -> bytes:
    parts = [
        struct.pack(">BBHI", 1, 1, 0x0009, 1) + b"\x01",
        _attribute(_CHARSET, "attributes-charset", "utf-8"),
        _attribute(_LANGUAGE, "attributes-natural-language", "en"),
        _attribute(_URI, "job-uri", f"ipp://localhost/jobs/{job}"),
        _attribute(_NAME, "requesting-user-name", "jpship"),
        _attribute(_KEYWORD, "requested-attributes", "job-state"),
        _attribute(_KEYWORD, "", "job-printer-state-message"),
        b"\x03",
    ]
    return b"".join(parts)


def _attribute(tag: int, name: str, value: str) -> bytes:
    raw_name, raw = name.encode("ascii"), value.encode("utf-8")
    return struct.pack(">BH", tag, len(raw_name)) + raw_name + struct.pack(">H", len(raw)) + raw


def _attributes(body: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, raw value) of every named attribute; further values of one have no name and are left out."""
    at = 8
    while at < len(body):
        tag = body[at]
        at += 1
        if tag == 0x03:
            return
        if tag < 0x10:  # the beginning of a group
            continue
        (length,) = struct.unpack_from(">H", body, at)
        name = body[at + 2 : at + 2 + length].decode("ascii", "replace")
        at += 2 + length
        (length,) = struct.unpack_from(">H", body, at)
        value = body[at + 2 : at + 2 + length]
        at += 2 + length
        if name:
            yield name, value
