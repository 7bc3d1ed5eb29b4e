"""The carriers this build knows: whatever sub-package of this folder declares a `CARRIER`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jpship_gui.carriers.base import Carrier
    from jpship_gui.domain.tracking_no import NumberForm

_FIRST = ("yamato", "sagawa", "jppost")  # order in lists; the rest follow by name


class EmptyRegistryError(RuntimeError):
    """A build without a single carrier: packaging went wrong, starting would hide it."""


@cache
def carriers() -> Mapping[str, Carrier]:
    """Every carrier by id, the three big ones first. Found by scanning, which works in a frozen program as
    well."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.ispkg]
    if not names:
        raise EmptyRegistryError("no carrier in jpship_gui.carriers")
    found = {}
    for name in sorted(names, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n)):
        carrier: Carrier = importlib.import_module(f"{__name__}.{name}").CARRIER
        found[carrier.id] = carrier
    return MappingProxyType(found)


@cache
def number_forms() -> tuple[NumberForm, ...]:
    """The number forms of all carriers, for telling a waybill from other codes."""
    return tuple(form for carrier in carriers().values() for form in carrier.numbers)
