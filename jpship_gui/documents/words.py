"""Words, dates and money as papers write them."""

from __future__ import annotations

from datetime import date

from jpship_gui.texts import text_in


class Words:
    """The words of one document in one language; those without values are looked up once."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._known: dict[str, str] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        if values:
            return text_in(self.language, key, **values)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = text_in(self.language, key)
        return found

    def day(self, day: date) -> str:
        """2026-11-21 (土), the full form of a meta table."""
        return f"{day.isoformat()} ({self(f'documents.weekday.{day.weekday()}')})"

    def short_day(self, day: date) -> str:
        """11/21(土)."""
        return f"{day.month}/{day.day}({self(f'documents.weekday.{day.weekday()}')})"


def yen(amount: int) -> str:
    """¥1,234, or -¥1,234."""
    return f"¥{amount:,}" if amount >= 0 else f"-¥{-amount:,}"


def postal(code: str) -> str:
    """〒123-4567; another length is printed as it is."""
    if not code:
        return ""
    return f"〒{code[:3]}-{code[3:]}" if len(code) == 7 and code.isdigit() else f"〒{code}"
