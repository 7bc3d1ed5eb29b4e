"""Access tokens that live for an hour or so: one for all sessions of this process, renewed once however many ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token and how many seconds it was said to live when it was given."""

    value: str
    lives: float


class _Slot:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.value = ""
        self.until = 0.0


_slots: dict[tuple[str, ...], _Slot] = {}
_lock = threading.Lock()


def token_of(key: tuple[str, ...], renew: Callable[[], Token], spare: float = 60.0) -> str:
    """The present token of a key (site, account), renewed when it has less than `spare` seconds to live; what `renew`
    raises is passed on and nothing is kept."""
    slot = _slot(key)
    with slot.lock:
        if not slot.value or time.monotonic() > slot.until - spare:
            given = renew()
            slot.value, slot.until = given.value, time.monotonic() + given.lives
        return slot.value


def forget_token(key: tuple[str, ...], value: str) -> None:
    """Do not use this token again; one that another thread renewed meanwhile stays."""
    slot = _slot(key)
    with slot.lock:
        if slot.value == value:
            slot.value = ""


def drop_token(key: tuple[str, ...]) -> None:
    """Use no token of a key that was given before now."""
    slot = _slot(key)
    with slot.lock:
        slot.value = ""


def _slot(key: tuple[str, ...]) -> _Slot:
    with _lock:
        return _slots.setdefault(key, _Slot())
