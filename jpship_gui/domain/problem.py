"""Findings about data. Words come later, from the key `problem.<code>`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """BLOCK stops printing and confirming until repaired or approved, STOP cannot be approved away, WARN informs."""

    STOP = "stop"
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed change. `kind` names the act (`set_postal_code`, `set_address`, `mark_read`, `copy_wish`, …)."""

    kind: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one shipment; `field` is the field it is about (`recipient.postal_code`, `remark`, …)."""

    code: str
    severity: Severity
    field: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
