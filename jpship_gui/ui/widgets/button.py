"""Buttons: icon, words and key cap, painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from jpship_gui.texts import text
from jpship_gui.ui.theme import fonts, icons, palette
from jpship_gui.ui.widgets import key_cap
from jpship_gui.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of button looks: tokens of ground, ground under the mouse, border, ink, cap."""

    ground: str
    hover: str
    border: str
    ink: str
    cap: str


KINDS = {
    "primary": Kind("accent", "accent", "", "on_accent", "on_accent"),
    "plain": Kind("raised", "hover", "line_strong", "text", "text3"),
    "quiet": Kind("", "hover", "", "text2", "text3"),
    "link": Kind("", "", "", "accent", "accent"),
    "danger": Kind("ng", "ng", "", "on_accent", "on_accent"),
}

_GAP = 8
_CAP_GAP = 12


@dataclass(frozen=True, slots=True)
class _Measure:
    height: int
    text: int
    bold: bool
    padding: int
    icon: int


_MEASURES = {
    "normal": _Measure(36, 14, False, 14, 20),
    "large": _Measure(48, 16, True, 24, 22),
    "small": _Measure(32, 14, False, 12, 18),
}


def _measure(size: str, kind: str) -> _Measure:
    """What asks to be pressed is bold."""
    made = _MEASURES[size]
    bold = made.bold or kind in ("primary", "danger")
    return replace(made, bold=bold, padding=10 if kind == "quiet" else made.padding)


class Button(Retranslating, QAbstractButton):
    """One act. Words come by key (`say`) or are data (`show_text`); `cap` is the shortcut as the list of acts gives it.

    Buttons never become a dialog's default: a scanner's Enter would press them.
    """

    def __init__(
        self,
        key: str = "",
        *,
        kind: str = "plain",
        size: str = "normal",
        icon: str = "",
        cap: str = "",
        parent: QWidget | None = None,
        **values: object,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._values = values
        self._kind = KINDS[kind]
        self._size = size
        self._measure = _measure(size, kind)
        self._icon = icon
        self._cap = cap
        self._tip_key = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def say(self, key: str, **values: object) -> None:
        """Show the words of a key from now on."""
        self._key = key
        self._values = values
        self.retranslate()

    def show_text(self, words: str) -> None:
        """Show data as it is."""
        self._key = ""
        self.setText(words)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Become another kind, such as primary."""
        self._kind = KINDS[kind]
        self._measure = _measure(self._size, kind)
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_cap(self, cap: str) -> None:
        """Show another key, or none."""
        self._cap = cap
        self.retranslate()

    def set_tip(self, key: str) -> None:
        """Give it a tool tip; the key cap's words are added."""
        self._tip_key = key
        self.retranslate()

    def retranslate(self) -> None:
        """Words, tool tip and name for screen readers."""
        if self._key:
            self.setText(text(self._key, **self._values))
        tip = text(self._tip_key) if self._tip_key else ""
        words = self.text() or tip
        self.setToolTip(f"{tip or words}  {self._cap}" if self._cap else tip)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _fixed_width(self) -> int:
        """All but the words."""
        measure = self._measure
        words = bool(self.text())
        width = 2 * (measure.padding if words or self._cap else (measure.height - measure.icon) // 2)
        if self._kind is KINDS["link"]:
            width = 4
        if self._icon:
            width += measure.icon + (_GAP if words else 0)
        if self._cap:
            width += key_cap.width(self._cap) + _CAP_GAP
        return width

    def sizeHint(self) -> QSize:
        """Words, icon and cap in one line."""
        words = fonts.metrics(self._measure.text, self._measure.bold).horizontalAdvance(self.text())
        return QSize(self._fixed_width() + round(words + 0.5), self._measure.height)

    def minimumSizeHint(self) -> QSize:
        """The same: a button is never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for the ground under the mouse."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint without it."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, focus ring, then the content centred."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind, live = self._kind, self.isEnabled()
        self._paint_ground(painter, kind, live)
        ink = palette.colour(kind.ink if live else "ghost")
        cap_ink = palette.colour(kind.cap if live else "ghost")
        measure = self._measure
        middle = self.height() / 2
        words_width = fonts.metrics(measure.text, measure.bold).horizontalAdvance(self.text())
        x = (self.width() - (self.sizeHint().width() - 2 * self._padding())) / 2
        if self._kind is KINDS["link"]:
            x = 2
        if self._icon:
            token = kind.ink if live else "ghost"
            icons.draw(painter, self._icon, x, middle - measure.icon / 2, measure.icon, token)
            x += measure.icon + (_GAP if self.text() else 0)
        painter.setFont(fonts.font(measure.text, measure.bold))
        painter.setPen(ink)
        box = QRectF(x, 0, words_width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
        if self._cap:
            border = QColor(cap_ink)
            border.setAlphaF(0.55)
            key_cap.draw(painter, self._cap, x + words_width + _CAP_GAP, middle, cap_ink, border)

    def _padding(self) -> int:
        if self.text() or self._cap:
            return self._measure.padding
        return (self._measure.height - self._measure.icon) // 2

    def _paint_ground(self, painter: QPainter, kind: Kind, live: bool) -> None:
        ground, border = kind.ground, kind.border
        hovered = live and self.underMouse()
        if hovered and kind.hover:
            ground = kind.hover
        if not live and kind.ground not in ("", "raised"):
            ground = "line"
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(palette.colour(border if live else "line"), 1) if border else Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        if ground or border:
            painter.drawRoundedRect(box, 6, 6)
        if live and (self.isDown() or self.isChecked()):
            shade = QColor(palette.colour("text"))
            shade.setAlphaF(0.10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(box, 6, 6)
        elif hovered and kind.ground == "accent":
            shade = QColor(palette.colour("text"))
            shade.setAlphaF(0.12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            inner = 3 if ground in ("accent", "ng") else 1
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.colour("on_accent" if inner == 3 else "accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inner, inner, -inner, -inner), 5, 5)
        if kind is KINDS["link"] and hovered:
            painter.setPen(QPen(palette.colour("accent_line"), 1))
            y = self.height() / 2 + 10
            painter.drawLine(QPointF(2, y), QPointF(self.width() - 2, y))


class IconButton(Button):
    """A square button with an icon only; its words are the tool tip and the name screen readers say."""

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        kind: str = "quiet",
        size: str = "normal",
        cap: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kind=kind, size=size, icon=icon, parent=parent)
        self._tip_cap = cap
        self._tip_key = tip
        self.retranslate()

    def retranslate(self) -> None:
        """Tool tip and name; the cap stands in the tool tip only."""
        super().retranslate()
        cap = getattr(self, "_tip_cap", "")
        if cap:
            self.setToolTip(f"{self.toolTip()}  {cap}")
