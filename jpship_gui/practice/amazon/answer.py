"""What every call of the practice Amazon answers with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it becomes HTTP; without a body it has no content."""

    status: int
    body: Json | None = None


def error(status: int, code: str, message: str, details: str = "") -> Answer:
    """An answer with one error."""
    return Answer(status, {"errors": [{"code": code, "message": message, "details": details}]})


def invalid(message: str) -> Answer:
    """400 InvalidInput."""
    return error(400, "InvalidInput", message)


def moment_of(text: object) -> datetime | None:
    """An ISO 8601 moment with a zone; None for anything else."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
