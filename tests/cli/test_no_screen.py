"""Without a screen the window says so in words, instead of being ended by Qt."""

from __future__ import annotations

import sys

import pytest

from jpship_gui.__main__ import main
from jpship_gui.texts import text


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("arguments", [[], ["--practice"], ["--home", "somewhere"]])
def test_the_window_needs_a_screen(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    assert main(arguments) == 3
    assert capsys.readouterr().err.strip() == text("fault.no_screen")
