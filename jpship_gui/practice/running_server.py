"""A practice marketplace running in this program, on a loopback port."""

from __future__ import annotations

import socket
import sys
import threading
from types import TracebackType
from typing import Generic, TypeVar

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from jpship_gui.domain.fault import WorldFault
from jpship_gui.practice.server import Mall, PracticeServer

LOOPBACK = "127.0.0.1"
_POLL = 0.02  # seconds until a stop is noticed


class _SilentHandler(WSGIRequestHandler):
    """Logs nothing: order numbers of practice shops would drown what matters on the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        """A dropped connection is asked for here, not a mishap; drop it now rather than wait for another request."""
        self.close_connection = True


def _probe(port: int) -> None:
    """Try the port first: where it cannot bind, the library would end the whole program."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise WorldFault("port_in_use", port=port) from error


A = TypeVar("A", bound=PracticeServer | Mall)


class RunningServer(Generic[A]):
    """A practice marketplace, or several, in a thread of its own; leaving the `with` block stops it."""

    def __init__(self, app: A, port: int = 0) -> None:
        """WorldFault("port_in_use") when another program listens there."""
        self.app = app
        _probe(port)
        self._server: BaseWSGIServer = make_server(
            LOOPBACK, port, self.app, threaded=True, request_handler=_SilentHandler
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="practice", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it answers, without a trailing slash."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def url_of(self, market: str) -> str:
        """Where one marketplace of a mall answers, without a trailing slash."""
        return f"{self.url}/{market}"

    def __enter__(self) -> RunningServer[A]:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening and let hanging calls go."""
        self.app.close()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
