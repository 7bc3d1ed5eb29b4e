"""The import contracts of pyproject.toml hold, and each of them catches the breach it is there for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

BREACHES = {
    "flows/planted.py": ("import PySide6.QtCore", "PySide6 only in ui and app"),
    "ui/planted.py": (
        "import jpship_gui.store.database",
        "Window and command line reach orders through flows alone",
    ),
    "utils.py": ("", "Arrows point down only"),
    "domain/planted.py": ("import requests", "The domain is standard library only"),
    "cli/planted.py": ("import keyring", "keyring only in settings.secrets"),
    "formats/planted.py": ("import serial", "pyserial only in devices"),
    "documents/planted.py": ("import openpyxl", "openpyxl and calamine only in formats"),
    "store/planted.py": ("import reportlab", "reportlab only in documents"),
    "net/planted.py": ("import peewee", "peewee and psycopg only in store"),
    "carriers/planted.py": ("import platformdirs", "platformdirs only in settings.places"),
    "marketplaces/planted_a/__init__.py": (
        "import jpship_gui.marketplaces.planted_b",
        "Marketplaces do not know each other",
    ),
    "marketplaces/planted_b/__init__.py": ("", "Marketplaces do not know each other"),
    "carriers/planted_a/__init__.py": (
        "import jpship_gui.carriers.planted_b",
        "Carriers do not know each other",
    ),
    "carriers/planted_b/__init__.py": ("", "Carriers do not know each other"),
    "practice/planted.py": ("import jpship_gui.net", "Practice servers share no code"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the package in a folder."""
    return subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, capture_output=True, text=True, check=False
    )


def test_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy of the package with one breach of each kind planted in it."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "jpship_gui", folder / "jpship_gui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, (line, _) in BREACHES.items():
        path = folder / "jpship_gui" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(line + "\n", encoding="utf-8")
    return lint(folder).stdout


@pytest.mark.parametrize("contract", sorted({contract for _, contract in BREACHES.values()}))
def test_a_planted_breach_is_caught(planted: str, contract: str) -> None:
    broken = [line for line in planted.splitlines() if contract in line and "BROKEN" in line]
    assert broken, planted
