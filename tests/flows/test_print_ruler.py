"""The test page."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpship_gui.flows.paper.presets import Preset, set_preset
from jpship_gui.flows.paper.preview import page_sizes
from jpship_gui.flows.paper.print_ruler import print_ruler
from tests.documents.reading import codes, picture
from tests.flows.carrier_desk import open_desk


@pytest.mark.parametrize(
    ("media", "size"), [("A4", (210, 297)), ("Custom.100x150mm", (100, 150)), ("", (210, 297))]
)
def test_the_ruler_is_as_long_as_it_says_and_the_page_as_large_as_the_stock(
    tmp_path: Path, media: str, size: tuple[int, int]
) -> None:
    ws = open_desk(tmp_path)
    set_preset(ws, "label", Preset(media=media, dpi=300))
    pdf = print_ruler(ws, "label", tmp_path / "test.pdf")
    assert (tmp_path / "test.pdf").read_bytes() == pdf
    assert page_sizes(pdf)[0] == pytest.approx(size, abs=0.1)
    image = picture(pdf, 1, 300)
    row = round(50 / 25.4 * 300)
    length = 100 if size[0] > 150 else 70
    before_its_label = round((12 + length + 1) / 25.4 * 300)
    dark = [x for x in range(before_its_label) if image.getpixel((x, row)) < 128]
    assert (max(dark) - min(dark)) * 25.4 / 300 == pytest.approx(length, abs=0.2)
    assert set(codes(image)["Code 128"]) == {"JP000000T"}
    ws.close()
