"""Ctrl+C between two scans, while one is answered, and while the input is waited for."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from typing import IO, cast

import pytest

from jpship_gui.cli.ending import InputLines


@pytest.fixture(autouse=True)
def as_in_a_terminal() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    signal.raise_signal(signal.SIGINT)


class Keys:
    """An input whose reading is interrupted."""

    def readline(self) -> str:
        press()
        return "never read\n"


def test_while_a_scan_is_answered_it_waits_for_the_next() -> None:
    with InputLines(io.StringIO("JP0000013\n4901234567894\n")) as lines:
        assert lines.readline() == "JP0000013\n"
        press()
        answered = True  # nothing was raised in the midst of it
        with pytest.raises(KeyboardInterrupt):
            lines.readline()
    assert answered


def test_while_the_input_is_waited_for_it_ends_at_once() -> None:
    with InputLines(cast("IO[str]", Keys())) as lines, pytest.raises(KeyboardInterrupt):
        lines.readline()


def test_pressed_twice_it_does_not_wait_for_the_scan() -> None:
    with InputLines(io.StringIO()):
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_afterwards_all_is_as_before() -> None:
    with InputLines(io.StringIO()) as lines:
        assert lines.readline() == ""
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_whoever_ignores_it_is_not_asked() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with InputLines(io.StringIO("JP0000013\n")) as lines:
        os.kill(os.getpid(), signal.SIGINT)
        assert lines.readline() == "JP0000013\n"
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_another_thread_leaves_it_to_the_first() -> None:
    read: list[str] = []

    def work() -> None:
        with InputLines(io.StringIO("JP0000013\n")) as lines:
            read.append(lines.readline())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert read == ["JP0000013\n"]
