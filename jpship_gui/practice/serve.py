"""Serves the practice shops until interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable

from jpship_gui.practice.opening import plain_marketplaces, yesterdays_marketplaces
from jpship_gui.practice.running_server import RunningServer


def serve(port: int, announce: Callable[[str], None], orders: int = 0) -> None:
    """Serve the practice shops until interrupted; `announce` gets the address before the first call is taken. `orders`:
    so many plain orders a marketplace instead of the practice day's."""
    mall = plain_marketplaces(orders) if orders else yesterdays_marketplaces()
    with RunningServer(mall, port) as server:
        announce(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
