"""What several flows' tests need that takes time to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.flows.print_scheduler import Scheduler, running_scheduler


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Scheduler]:
    """A real print scheduler."""
    with running_scheduler() as running:
        yield running
