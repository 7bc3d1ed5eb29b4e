"""The carriers a seller described beside those of the build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jpship_gui.carriers import carriers, number_forms
from jpship_gui.store.database import Store

if TYPE_CHECKING:
    from jpship_gui.carriers.base import Carrier
    from jpship_gui.domain.tracking_no import NumberForm


def carriers_of(store: Store) -> Mapping[str, Carrier]:
    """All by id."""
    return carriers()


def number_forms_of(store: Store) -> tuple[NumberForm, ...]:
    """Their number forms."""
    return number_forms()
