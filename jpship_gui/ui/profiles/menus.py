"""Menus of the editor: the sample's columns to choose from, and the targets a column may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from jpship_gui.flows.upkeep.profile_drafts import ColumnSample, targets
from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts

_VALUE = 18  # characters of a first value that are shown
_NAME = 32  # and of a column's name


def add_columns(
    menu: QMenu, columns: Sequence[ColumnSample], chosen: Callable[[str], None], without: Iterable[str] = ()
) -> None:
    """One act for each column, with its first value."""
    left_out = set(without)
    for column in columns:
        if column.name in left_out:
            continue
        value = " ".join(column.values[0].split())[:_VALUE] if column.values else ""
        name = _literal(_short(column.name))
        act = menu.addAction(f"{name}\t{_literal(value)}" if value else name)
        act.setData(column.name)
        act.triggered.connect(_calls(chosen, column.name))


def _short(name: str) -> str:
    """A long name without its middle, so that the menu fits a screen."""
    half = _NAME // 2
    return name if len(name) <= _NAME else f"{name[:half]}…{name[-half:]}"


def _literal(words: str) -> str:
    """A menu takes & for a key and a tab for a shortcut."""
    return words.replace("&", "&&").replace("\t", " ")


def _calls(chosen: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: chosen(name)


def columns_menu(
    parent: QWidget,
    columns: Sequence[ColumnSample],
    chosen: Callable[[str], None],
    without: Iterable[str] = (),
) -> QMenu:
    """A menu of columns alone."""
    menu = QMenu(parent)
    menu.setFont(fonts.font(14))
    add_columns(menu, columns, chosen, without)
    return menu


def targets_menu(parent: QWidget, chosen: Callable[[str], None], without: Iterable[str] = ()) -> QMenu:
    """A menu of targets alone."""
    menu = QMenu(parent)
    menu.setFont(fonts.font(14))
    add_targets(menu, chosen, without=without)
    return menu


def add_targets(
    menu: QMenu,
    chosen: Callable[[str], None],
    *,
    without: Iterable[str] = (),
    note_of: Callable[[str], str] = lambda target: "",
) -> None:
    """What orders need first, then the rest by group; `note_of` is shown beside a target."""
    left_out = set(without)
    groups: dict[str, QMenu] = {}
    for name, target in targets().items():
        if name in left_out:
            continue
        place = menu
        if target.need == "may":
            if target.group not in groups:
                groups[target.group] = QMenu(text(f"profile.group.{target.group}"), menu)
                groups[target.group].setFont(fonts.font(14))
            place = groups[target.group]
        words, note = text(f"profile.target.{name}"), _literal(note_of(name))
        act = place.addAction(f"{words}\t{note}" if note else words)
        act.setData(name)
        act.triggered.connect(_calls(chosen, name))
    if groups and menu.actions():
        menu.addSeparator()
    for group in groups.values():
        menu.addMenu(group)
