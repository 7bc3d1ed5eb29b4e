"""Serves the practice shops until interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable

from jpship_gui.practice.opening import yesterdays_marketplaces
from jpship_gui.practice.running_server import RunningServer


def serve(port: int, announce: Callable[[str], None]) -> None:
    """Serve the practice shops until interrupted; `announce` gets the address before the first call is taken."""
    with RunningServer(yesterdays_marketplaces(), port) as server:
        announce(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
