"""The marketplaces this build knows: whatever sub-package of this folder declares a `MARKETPLACE`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jpship_gui.marketplaces.base import Marketplace


class EmptyRegistryError(RuntimeError):
    """A build without a single marketplace: packaging went wrong, starting would hide it."""


@cache
def marketplaces() -> Mapping[str, Marketplace]:
    """Every marketplace by id. Found by scanning, which works in a frozen program as well."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    if not names:
        raise EmptyRegistryError("no marketplace in jpship_gui.marketplaces")
    found = {}
    for name in names:
        marketplace: Marketplace = importlib.import_module(f"{__name__}.{name}").MARKETPLACE
        found[marketplace.id] = marketplace
    return MappingProxyType(found)
