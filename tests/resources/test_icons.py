"""Every icon the window names is there, can be tinted and draws something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jpship_gui.settings.places import resources

ICONS = resources() / "icons"
PACKAGE = Path(__file__).resolve().parents[2] / "jpship_gui"


def named() -> set[str]:
    """Icons named literally: `icon="…"`, `icons.pixmap("…")`, `icons.draw(painter, "…")`."""
    found = set()
    for path in (PACKAGE / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
            if ast.unparse(node.func) in {"icons.pixmap", "icons.draw", "icons.icon"}:
                given += node.args[:2]
            found |= {
                value.value
                for value in given
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            }
    return found - {""}


def test_every_named_icon_is_there() -> None:
    assert {name for name in named() if not (ICONS / f"{name}.svg").is_file()} == set()


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: str(path.stem))
def test_an_icon_can_be_tinted(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    assert 'stroke="currentColor"' in svg
    assert 'stroke-width="2"' in svg
    assert svg.count("<path") >= 1
    assert "<script" not in svg


def test_the_licence_lies_beside() -> None:
    assert (ICONS / "LICENSE.txt").read_text(encoding="utf-8").startswith("MIT License")
