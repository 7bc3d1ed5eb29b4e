"""The theme in force: its colours as QColor, as QPalette, and how to change it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QGuiApplication, QPalette, Qt
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from jpship_gui.ui.theme import fonts, style_sheet
from jpship_gui.ui.theme.tokens import DARK, LIGHT, THEMES, Tokens


class _Active(QObject):
    """Holds the theme; a QObject so that it lives and dies with the application object."""

    tokens: Tokens = LIGHT


_active = _Active()


def tokens() -> Tokens:
    """Tokens of the theme in force."""
    return _active.tokens


@cache
def _parsed(value: str) -> QColor:
    return QColor(value)


def colour(token: str) -> QColor:
    """Colour of a token by its name (`text2`, `accent_weak`, …) in the theme in force; never change the result."""
    return _parsed(getattr(_active.tokens, token))


def chip_colours(marketplace: str) -> tuple[QColor, QColor]:
    """(ink, ground) of a marketplace's chip; unknown ones get the own shop's."""
    chips = _active.tokens.chips
    ink, ground = chips.get(marketplace, chips[""])
    return _parsed(ink), _parsed(ground)


def carrier_colour(carrier: str) -> QColor:
    """Hue of a carrier's bar; unknown carriers get a neutral one."""
    carriers = _active.tokens.carriers
    return _parsed(carriers.get(carrier, carriers[""]))


def rail_carrier_colour(carrier: str) -> QColor:
    """The same on the rail and the packing page's bar, which are dark in every theme."""
    return _parsed(DARK.carriers.get(carrier, DARK.carriers[""]))


def make_palette(theme: Tokens) -> QPalette:
    """All roles Fusion reads, from the tokens."""
    role = QPalette.ColorRole
    roles = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.hover,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.text3,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.ng,
        role.Light: theme.line,
        role.Midlight: theme.line,
        role.Mid: theme.line_strong,
        role.Dark: theme.line_strong,
        role.Shadow: theme.line_strong,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
    }
    palette = QPalette()
    for name, value in roles.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.ghost))
    return palette


_HINTS: Mapping[QStyle.StyleHint, int] = {
    QStyle.StyleHint.SH_UnderlineShortcut: 0,
    QStyle.StyleHint.SH_Widget_Animation_Duration: 0,
    QStyle.StyleHint.SH_ToolTip_WakeUpDelay: 500,
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_DitherDisabledText: 0,
}


class _Style(QProxyStyle):
    """Fusion with calm habits: no mnemonic underlines, no animated widgets, tool tips after half a second."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """Qt's own answer but for the few hints above."""
        mine = _HINTS.get(hint)
        return mine if mine is not None else super().styleHint(hint, option, widget, returnData)


def system_theme() -> str:
    """`dark` or `light`, as the desktop asks."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def apply(app: QApplication, name: str = "light", *, high: bool = False) -> None:
    """Set a theme (`light`, `dark`, `system`) on the whole application, in `high` contrast where asked for; open
    widgets repaint themselves."""
    name = system_theme() if name == "system" else name
    theme = THEMES[f"{name}_high" if high else name]
    _active.tokens = theme
    if not isinstance(app.style(), _Style) and app.property("jpship_style") is None:
        app.setStyle(_Style("fusion"))
        app.setProperty("jpship_style", True)
    app.setFont(fonts.font(14))
    app.setPalette(make_palette(theme))
    app.setStyleSheet(style_sheet.make(theme))
    for widget in app.topLevelWidgets():
        app.sendEvent(widget, QEvent(QEvent.Type.PaletteChange))
