"""Faults of the world (not findings about data, not bugs). Words come from the key `fault.<code>`."""

from __future__ import annotations


class Fault(Exception):
    """Something outside the program refused or failed; `code` and `values` are worded where it is shown.

    The subclasses decide the command line's exit code: `Refused` 2 (nothing written), `WorldFault` 3.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{k}={v}" for k, v in self.values.items())
        return f"{self.code}({details})"


class Refused(Fault):
    """What was asked for cannot be done with this input; nothing was written."""


class WorldFault(Fault):
    """Network, disk, database or another program failed; trying again later may help."""


class Cancelled(Exception):
    """The person asked to stop a running flow."""
