"""The test page of a preset (PR-10)."""

from __future__ import annotations

import re
from pathlib import Path

from jpship_gui.documents.page import Paper
from jpship_gui.documents.ruler import render_ruler
from jpship_gui.flows.paper.presets import preset
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.writer import write_whole
from jpship_gui.texts import language

_SIZES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0), "Postcard": (100.0, 148.0)}
_CUSTOM = re.compile(r"Custom\.(?P<width>\d+(?:\.\d+)?)x(?P<height>\d+(?:\.\d+)?)mm")


def paper_of(media: str, dpi: int) -> Paper:
    """The paper a preset's `media` names; A4 where it says nothing of a size."""
    found = _CUSTOM.fullmatch(media)
    width, height = (
        (float(found["width"]), float(found["height"])) if found else _SIZES.get(media, _SIZES["A4"])
    )
    return Paper(width, height, dpi)


def print_ruler(ws: Workspace, document: str, out: Path) -> bytes:
    """Write the test page for a document's preset to `out`; gives its bytes for `print_queue.send`."""
    chosen = preset(ws, document)
    offset = (chosen.offset_x / 10, chosen.offset_y / 10)
    pdf = render_ruler(paper_of(chosen.media, chosen.dpi), language(), offset=offset)
    write_whole(out, pdf)
    return pdf
