"""Whether a file that is no order file is a carrier's issued data, which belongs elsewhere."""

from __future__ import annotations

from pathlib import Path

from jpship_gui.domain.fault import Fault, Refused
from jpship_gui.flows.paper import take_numbers
from jpship_gui.flows.workspace import Workspace

# Faults that only a carrier's own file can have, whatever else is wrong with it.
_CARRIERS_FILE = frozenset(
    (
        *("carrier_file_foreign", "carrier_file_is_import", "carrier_file_positions"),
        *("carrier_file_empty", "carrier_file_damaged"),
    )
)


def carrier_of(ws: Workspace, path: Path, fault: Fault) -> str:
    """Whose issued data a file is that was refused as an order file with this fault; "?" where that is not clear, ""
    when it is none."""
    if not isinstance(fault, Refused):
        return ""
    try:
        return take_numbers.preview(ws, "", path).carrier
    except Fault as other:
        return str(fault.values.get("owner", "?")) if other.code in _CARRIERS_FILE else ""
