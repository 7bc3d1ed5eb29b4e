"""Runs the practice marketplace on a loopback port."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.rakuten_orders import RakutenPlay
from jpship_gui.practice.rakuten_server import RakutenServer
from jpship_gui.practice.shops import open_practice_shops

LOOPBACK = "127.0.0.1"


class _SilentHandler(WSGIRequestHandler):
    """Logs nothing: order numbers of practice shops would drown what matters on the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        """A dropped connection is asked for here, not a mishap."""


class RunningServer:
    """A practice marketplace in a thread of its own; leaving the `with` block stops it."""

    def __init__(self, play: RakutenPlay, port: int = 0) -> None:
        self.app = RakutenServer(play)
        self._server: BaseWSGIServer = make_server(
            LOOPBACK, port, self.app, threaded=True, request_handler=_SilentHandler
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, name="practice", daemon=True)

    @property
    def url(self) -> str:
        """Where it answers, without a trailing slash."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def __enter__(self) -> RunningServer:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening and let hanging calls go."""
        self.app.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def serve(port: int, announce: Callable[[str], None]) -> None:
    """Serve the practice shops until interrupted; `announce` gets the address before the first call is taken."""
    play = RakutenPlay(now_utc)
    open_practice_shops(play)
    with RunningServer(play, port) as server:
        announce(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
