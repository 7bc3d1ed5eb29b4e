"""A paper's file where the person wants it, and the copy kept for reprints: both or neither."""

from __future__ import annotations

from pathlib import Path

from jpship_gui.domain.fault import WorldFault
from jpship_gui.formats.writer import write_whole


def write_both(kept: Path, out: Path, pdf: bytes) -> None:
    """Write the kept copy, then `out`; WorldFault("file_locked", "file_write"), and then no copy is kept."""
    write_whole(kept, pdf)
    try:
        write_whole(out, pdf)
    except WorldFault:
        kept.unlink(missing_ok=True)
        raise
