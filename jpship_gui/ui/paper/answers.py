"""What a person chose for the next print of each paper; forgotten once it went out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Answers:
    """By document and name of the choice."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}

    def note(self, document: str, name: str, value: str) -> None:
        """One answer; another sheet goes on where that one was left."""
        said = self._said.setdefault(document, {})
        said[name] = value
        if name == "sheet":
            said.pop("first", None)
        if not value:
            del said[name]

    def of(self, document: str) -> Mapping[str, str]:
        """Those of one paper."""
        return dict(self._said.get(document, {}))

    def every(self) -> Mapping[str, Mapping[str, str]]:
        """Those of all, as they stand now."""
        return {document: dict(said) for document, said in self._said.items()}

    def forget(self, documents: Iterable[str]) -> None:
        """These were printed."""
        for document in documents:
            self._said.pop(document, None)
