"""Goods of one name that come in several variants: what a packer mixes up."""

from __future__ import annotations

from collections.abc import Mapping

from jpship_gui.flows.workspace import Workspace

_MOST = 12  # variants of one name; beyond that every part differs from some other


def look_alikes(ws: Workspace) -> Mapping[str, tuple[str, ...]]:
    """Name → its variants in the goods list, of names with more than one. Reads the whole list: not for each scan."""
    found: dict[str, dict[str, None]] = {}
    sql = "SELECT name, variant FROM products WHERE name <> '' AND variant <> '' ORDER BY name, variant"
    for name, variant in ws.store.rows(sql):
        found.setdefault(name, {})[variant] = None
    return {name: tuple(variants) for name, variants in found.items() if 1 < len(variants) <= _MOST}
