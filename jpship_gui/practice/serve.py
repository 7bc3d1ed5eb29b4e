"""Serves the practice shops until interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.practice.rakuten_orders import RakutenPlay
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.shops import open_every_shop


def serve(port: int, announce: Callable[[str], None]) -> None:
    """Serve the practice shops until interrupted; `announce` gets the address before the first call is taken."""
    play = RakutenPlay(now_utc)
    open_every_shop(play, to_jst(now_utc()).date() - timedelta(days=1))
    with RunningServer(play, port) as server:
        announce(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
