"""What every call of the practice marketplace answers with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+0900")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it becomes HTTP."""

    status: int
    body: Json


def message(kind: str, code: str, words: str, **more: object) -> Json:
    """One entry of a MessageModelList; `code` is the part after ORDER_EXT_API_."""
    return {"messageType": kind, "messageCode": f"ORDER_EXT_API_{code}", "message": words, **more}


def bad(code: str, words: str, **more: object) -> Answer:
    """HTTP 400 with one ERROR message."""
    return Answer(400, {"MessageModelList": [message("ERROR", code, words, **more)]})


def moment_of(text: object) -> datetime | None:
    """The moment of `YYYY-MM-DDThh:mm:ss+0900`; None for anything else."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None
