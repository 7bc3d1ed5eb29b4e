"""`jpship scanner-codes` and `jpship scanner-devices`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jpship_gui.cli.output import Answer, columns, fault_text
from jpship_gui.domain.fault import WorldFault
from jpship_gui.flows.workspace import Workspace
from jpship_gui.texts import text


def codes(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """The three test codes of the set-up wizard on paper."""
    from jpship_gui.flows.paper.kinds import print_paper

    made = print_paper(ws, "scanner", (), Path(arguments.out), {})
    line = text("scanner.cli.made", file=str(made.path))
    return Answer({"file": str(made.path), "pages": made.pages}, (line,))


def devices(ws: Workspace, arguments: argparse.Namespace) -> Answer:
    """What `option scanner.device` and `scanner.port` may name on this computer."""
    said, lines = [], []
    ports: list[dict[str, str]] = []
    try:
        ports = _ports()
    except WorldFault as fault:
        said.append({"code": fault.code, "text": fault_text(fault)})
        lines.append(fault_text(fault))
    inputs = _inputs()
    rows = [("scanner.device", one["id"], one["name"]) for one in inputs]
    rows += [("scanner.port", one["id"], one["name"]) for one in ports]
    lines += columns(rows) or (text("scanner.cli.none"),)
    return Answer({"devices": inputs, "ports": ports, "faults": said}, tuple(lines))


def _ports() -> list[dict[str, str]]:
    from jpship_gui.devices.serial_line import serial_ports

    return [{"id": one.port, "name": one.name} for one in serial_ports()]


def _inputs() -> list[dict[str, str]]:
    if sys.platform == "win32":
        from jpship_gui.devices.raw_windows import keyboards

        return [{"id": one.path, "name": one.name} for one in keyboards()]
    from jpship_gui.devices.input_events import input_devices

    return [{"id": one.id, "name": one.name} for one in input_devices()]
