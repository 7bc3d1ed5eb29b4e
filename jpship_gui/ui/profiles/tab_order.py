"""Tab follows the reading order also where parts of a form are made anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


def follow(first: QWidget, stops: Sequence[QWidget], known: Sequence[QWidget]) -> tuple[QWidget, ...]:
    """Put the widgets Tab stops at behind `first`, each behind the one before; nothing is done while they are those
    `known`. Forms name their stops themselves: walking through layouts makes a second wrapper of nested ones, which
    deletes what it wraps."""
    if len(stops) != len(known) or any(a is not b for a, b in zip(stops, known, strict=True)):
        for before, after in zip((first, *stops), stops, strict=False):
            QWidget.setTabOrder(before, after)
    return tuple(stops)
