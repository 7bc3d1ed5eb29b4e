"""Set-up common to all tests: no screen, no network but loopback, no key store, words strict and compiled."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["JPSHIP_STRICT_WORDS"] = "1"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _name in [name for name in os.environ if name.startswith("JPSHIP_SECRET_") or name == "JPSHIP_HOME"]:
    del os.environ[_name]

import pytest  # noqa: E402 - Qt and keyring read the variables when imported

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites the expectations that lie beside sample files."""
    parser.addoption("--accept", action="store_true", help="write what was read as the new expectation")


def pytest_configure(config: pytest.Config) -> None:
    """Compile words that are older than their sources; not in CI, where a stale catalogue is a fault to be seen."""
    if os.environ.get("CI") or hasattr(config, "workerinput"):
        return
    subprocess.run([sys.executable, str(ROOT / "resources" / "build" / "words.py")], check=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Where everything is installed (JPSHIP_TEST_EVERYTHING, set by .ci/run) a skipped test is a failed one."""
    report: Any = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("JPSHIP_TEST_EVERYTHING"):
        report.outcome = "failed"
        report.longrepr = f"skipped although everything is to run: {report.longrepr}"
    return report


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: Unix socket
    return str(address[0]).strip("[]") in {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}


@pytest.fixture(autouse=True, scope="session")
def _one_person_may_order_often() -> None:
    """Most tests print many orders of one person at once; those of bundling switch plan.ask_bundle on for their shops,
    as it is outside of tests."""
    from jpship_gui.settings.options import declared

    options: Any = declared()
    options["plan.ask_bundle"] = replace(options["plan.ask_bundle"], default=False)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that leaves this machine fails."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, _real: Any = real) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address):
                raise AssertionError(f"a test tried to reach the network: {address!r}")
            return _real(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    """Every test starts in Japanese, whatever language the one before left."""
    from jpship_gui import texts

    texts.set_language(texts.DEFAULT)
    yield
    texts.set_language(texts.DEFAULT)
