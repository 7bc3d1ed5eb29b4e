"""Copy the icons we use out of the package @tabler/icons (npm, MIT), outline set.

    python resources/build/icons.py FOLDER_OF_THE_UNPACKED_PACKAGE

A new icon is one more word in NAMES. The window tints them: `currentColor` and `stroke-width` are replaced there.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ICONS = Path(__file__).resolve().parents[1] / "icons"
NAMES = """
adjustments alert-circle alert-triangle arrow-back-up arrow-down arrow-forward-up arrow-left arrow-right arrow-up
arrows-split ban barcode bell bolt bookmark building-store calendar calendar-event category chart-bar check checks
chevron-down chevron-left chevron-right chevron-up chevrons-left chevrons-right circle circle-check circle-x
clipboard-check clock columns columns-3 copy database device-desktop device-floppy dots dots-vertical download edit
external-link eye eye-off file-description file-download file-export file-import file-invoice file-spreadsheet
file-text file-unknown file-upload filter flag folder folder-open forklift gift git-merge hand-stop help history home
hourglass id info-circle keyboard language layers-linked layout-sidebar-left-collapse layout-sidebar-left-expand
layout-sidebar-right lifebuoy link list-check list-details lock lock-open mail map map-pin maximize menu-2 message
message-2 minimize minus moon note notes number package packages pencil phone pin player-pause player-play player-stop
plug-connected plus power printer receipt refresh replace rotate route ruler ruler-2 scan school search selector send
settings snowflake sort-ascending sort-descending stack stack-2 star sun tag tags temperature trash truck truck-delivery
truck-loading unlink upload user users volume volume-off x zoom-in zoom-out
""".split()


def main(package: Path) -> None:
    """Copy each icon as it is, less the class names and line breaks no one reads."""
    ICONS.mkdir(exist_ok=True)
    for name in NAMES:
        svg = (package / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
        svg = re.sub(r'\s+class="[^"]*"', "", svg)
        svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace(" >", ">").replace(" />", "/>")
        svg = svg.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none"/>', "")
        (ICONS / f"{name}.svg").write_text(svg.strip() + "\n", encoding="utf-8")
    (ICONS / "LICENSE.txt").write_text((package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    print(len(NAMES), "icons")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
