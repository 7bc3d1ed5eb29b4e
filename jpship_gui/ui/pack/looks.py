"""How each class of outcome looks: ground, ink and shape; the same in the band, on sheets, where sounds are tried."""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.ui.pack.screen import WAITING
from jpship_gui.ui.theme import glyphs

LOOKS: Mapping[str, tuple[str, str, str]] = {
    "ok": ("band_ok", "band_ok_ink", glyphs.OK),
    "complete": ("band_done", "band_done_ink", glyphs.PROVEN),
    "attention": ("band_attention", "band_attention_ink", glyphs.ATTENTION),
    "ng": ("band_ng", "band_ng_ink", glyphs.NG),
    WAITING: ("surface", "text", ""),
}
