"""The seller's goods list as checks see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jpship_gui.domain.goods_set import NO_SETS, Sets


@dataclass(frozen=True, slots=True)
class GoodsList:
    """`skus` in capitals; `variants` by name, both as the list writes them."""

    skus: frozenset[str] = frozenset()
    variants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sets: Sets = field(default_factory=lambda: NO_SETS)
