"""Folders, file names and sizes stay as the architecture has them."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "jpship_gui"
NAMELESS = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}
SCREEN = 60  # lines of a function


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def tracked() -> list[Path]:
    """Every file that git knows, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def test_nothing_has_a_name_that_says_nothing() -> None:
    assert [
        str(path.relative_to(ROOT)) for path in modules() if {path.stem, path.parent.name} & NAMELESS
    ] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_functions_fit_a_screen() -> None:
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > SCREEN:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {lines} lines")
    assert long == []


def test_broad_excepts_stand_in_two_places_only() -> None:
    places = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
            if broad and not isinstance(node.body[-1], ast.Raise):  # what cleans up and passes on is no catch
                places.add(str(path.relative_to(PACKAGE)))
    assert places <= {"ui/tasks.py", "app.py"}


def test_members_are_named_by_nobody() -> None:
    """A marketplace's or carrier's folder is found by its registry; no other code imports it by name."""
    named = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = node.module if isinstance(node, ast.ImportFrom) else None
            parts = (imported or "").split(".")
            if len(parts) < 3 or parts[:2] not in (
                ["jpship_gui", "marketplaces"],
                ["jpship_gui", "carriers"],
            ):
                continue
            folder = PACKAGE / parts[1] / parts[2]
            if folder.is_dir() and folder not in path.parents:
                named.append(f"{path.relative_to(ROOT)}:{node.lineno} {imported}")
    assert named == []


def test_the_tree_names_no_foreign_machine() -> None:
    """No folders of the machine it was written on, no package registries' addresses."""
    forbidden = [
        b"/wo" + b"rk/",
        b"/tmp/" + b"brief",
        b"py" + b"pi.org",
        b"files.python" + b"hosted",
        b"registry." + b"npmjs",
        b"deb." + b"debian.org",
    ]
    found = []
    for path in tracked():
        if path.suffix in {".ttf", ".sqlite", ".png", ".wav", ".mo", ".pdf", ".xlsx"}:
            continue
        content = path.read_bytes()
        found += [f"{path.relative_to(ROOT)}: {word.decode()}" for word in forbidden if word in content]
    assert found == []


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_links_and_pictures_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    assert [
        target for target in targets if "://" not in target and not (ROOT / target.split("#")[0]).exists()
    ] == []


def test_every_resource_travels_with_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = {f"resources/{path.name}" for path in (ROOT / "resources").iterdir() if path.is_dir()}
    assert set(carried) == folders - {"resources/build"}


def test_every_declared_package_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", wanted)[0].lower() for wanted in project["dependencies"]}
    modules_of = {"pyside6-essentials": "PySide6", "python-calamine": "python_calamine", "pillow": "PIL"}
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    unused = {
        name for name in names if not re.search(rf"(import|from) {modules_of.get(name, name)}\b", source)
    }
    assert unused == set()


def test_constraints_are_pins_only() -> None:
    lines = [
        line
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert lines
    assert [
        line for line in lines if line.count("==") != 1 or "/" in line or "@" in line or "--" in line
    ] == []
