"""What a driver's error means when the database itself is the trouble, not the statement."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import peewee

from jpship_gui.domain.fault import WorldFault

BUSY = "database_busy"  # another process writes; nothing is wrong
FULL = "database_full"
READ_ONLY = "database_read_only"
DAMAGED = "database_damaged"
AWAY = "database_away"  # server, network, drive or file is gone
CODES = frozenset({BUSY, FULL, READ_ONLY, DAMAGED, AWAY})
ERRORS = (peewee.PeeweeException, sqlite3.Error)

_SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_IOERR": AWAY,
    "SQLITE_CANTOPEN": AWAY,
    "SQLITE_PERM": AWAY,
}
_POSTGRES = {
    "55P03": BUSY,
    "57014": BUSY,
    "40P01": BUSY,
    "40001": BUSY,
    "53100": FULL,
    "53300": AWAY,
    "25006": READ_ONLY,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
_SERVER_CLASSES = ("08", "57", "58")  # connection, operator's doing, the server's own system


def fault_of(error: BaseException | None, place: str) -> WorldFault | None:
    """The fault behind an error raised while another was handled, too; None where the statement is to blame."""
    while error is not None:
        if isinstance(error, WorldFault) and error.code in CODES:
            return error
        code = _code(error)
        if code:
            words = str(error).strip().splitlines()
            return WorldFault(code, place=place, reason=words[0] if words else type(error).__name__)
        error = error.__context__
    return None


def gone(place: str) -> WorldFault:
    """The file was deleted, moved or emptied."""
    return WorldFault(AWAY, place=place, reason=Path(place).name)


def is_database(fault: WorldFault | Exception) -> bool:
    """Whether a fault says that the database does not answer as it should."""
    return isinstance(fault, WorldFault) and fault.code in CODES


def _code(error: BaseException) -> str:
    driver = getattr(error, "orig", error)
    if isinstance(driver, sqlite3.Error):
        name = getattr(driver, "sqlite_errorname", "")
        return next((code for prefix, code in _SQLITE.items() if name.startswith(prefix)), "")
    state = getattr(driver, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRES.get(state) or (AWAY if state.startswith(_SERVER_CLASSES) else "")
    kind = type(driver)
    lost = kind.__name__ in ("OperationalError", "InterfaceError") and kind.__module__.startswith("psycopg")
    return AWAY if lost else ""
