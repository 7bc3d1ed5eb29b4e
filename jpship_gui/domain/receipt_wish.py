"""Whether a buyer's remark asks for a receipt or an invoice on paper."""

from __future__ import annotations

import re

_ASKS = {"receipt": re.compile(r"領収[書証]"), "invoice": re.compile(r"インボイス|適格請求書")}
_DECLINES = re.compile(
    r"(?:領収[書証]|インボイス|適格請求書)[^。\n]{0,12}(?:不要|いりません|要りません|いらない|なし|無し)"
)


def asks(text: str, document: str) -> bool:
    """Whether a remark asks for the paper, `receipt` or `invoice`."""
    return bool(_ASKS[document].search(text)) and not _DECLINES.search(text)
