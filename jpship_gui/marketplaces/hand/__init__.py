"""Orders a person enters: by telephone, as a re-send, as a sample. No files, no API, nobody to be told."""

from __future__ import annotations

from jpship_gui.marketplaces.base import Marketplace

MARKETPLACE = Marketplace(id="hand", name="手入力", confirms=False)
