"""What a scanner's device or port may be set to here, as (value, words) for a list to choose from."""

from __future__ import annotations

import sys

from jpship_gui.devices.input_events import input_devices
from jpship_gui.devices.serial_line import serial_ports
from jpship_gui.domain.fault import WorldFault
from jpship_gui.texts import text

Choices = list[tuple[str, str]]


def choices_of(key: str, present: str) -> Choices:
    """Of `scanner.device` and `scanner.port`; empty for other settings. What is set stays to be chosen though it is not
    plugged in."""
    if key not in ("scanner.device", "scanner.port"):
        return []
    found = _ports() if key == "scanner.port" else _inputs()
    if present and present not in {value for value, _ in found}:
        found.append((present, present))
    return [("", text("scanner.choice.none")), *found]


def _inputs() -> Choices:
    if sys.platform == "win32":
        from jpship_gui.devices.raw_windows import keyboards

        return [(one.path, one.name) for one in keyboards()]
    return [(one.id, one.name) for one in input_devices()]


def _ports() -> Choices:
    try:
        return [(one.port, f"{one.port}  {one.name}".strip()) for one in serial_ports()]
    except WorldFault:
        return []  # said when a port is set
