"""The one style sheet, for what a palette cannot say: fields, scroll bars, tool tips, menus and the inks of labels."""

from __future__ import annotations

from jpship_gui.ui.theme.tokens import Tokens

INKS = {
    "text": "text",
    "text2": "text2",
    "text3": "text3",
    "ghost": "ghost",
    "accent": "accent",
    "ok": "ok",
    "done": "done",
    "attention": "attention",
    "ng": "ng",
    "ok_strong": "ok_strong",
    "done_strong": "done_strong",
    "attention_strong": "attention_strong",
    "ng_strong": "ng_strong",
    "on_accent": "on_accent",
    "rail_text": "rail_text",
    "rail_text2": "rail_text2",
    "on_practice": "on_practice",
}

_SHEET = """
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{
  background: {surface}; color: {text}; border: 1px solid {line_strong}; border-radius: 6px;
  padding: 0 10px; min-height: 34px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QPlainTextEdit, QTextEdit {{ padding: 6px 10px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 0 9px;
}}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 5px 9px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {ghost}; border-color: {line}; }}
QLineEdit[bad="true"] {{ border: 2px solid {ng}; padding: 0 9px; }}
QLineEdit[plain="true"], QPlainTextEdit[plain="true"], QComboBox[plain="true"] {{
  background: transparent; border: 0; border-radius: 0; padding: 0; min-height: 24px;
}}
QComboBox[plain="true"] {{ padding-right: 24px; }}
QComboBox::drop-down {{ border: 0; width: 26px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {line_strong}; outline: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px 2px 2px 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 3px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {text3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QAbstractItemView {{ border: 0; outline: 0; }}
QToolTip {{
  background: {raised}; color: {text}; border: 1px solid {line_strong}; padding: 6px 8px;
}}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {line_strong}; padding: 6px; }}
QMenu::item {{ padding: 8px 28px 8px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_weak}; color: {text}; }}
QMenu::item:disabled {{ color: {ghost}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 4px; }}
QMenuBar {{ background: {window}; color: {text}; }}
QProgressBar {{ background: {line}; border: 0; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {line}; }}
QDialog {{ background: {surface}; }}
"""


def make(theme: Tokens) -> str:
    """The style sheet of a theme."""
    values = {
        name: getattr(theme, name) for name in Tokens.__slots__ if isinstance(getattr(theme, name), str)
    }
    inks = "\n".join(f'QLabel[ink="{ink}"] {{ color: {values[token]}; }}' for ink, token in INKS.items())
    return _SHEET.format(**values) + inks
