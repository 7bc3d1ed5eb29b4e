"""Words at the beginning of a line."""

from __future__ import annotations


def headed(words: str) -> str:
    """With a capital where the script has them; the catalogue has words as they stand in a sentence."""
    return words[:1].upper() + words[1:]
