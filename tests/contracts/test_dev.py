"""dev.py: what it says when it cannot go on, and that it knows its commands."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev() -> ModuleType:
    """dev.py as a module."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_command_it_lists_them() -> None:
    done = subprocess.run([sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert all(f"  {name}" in done.stderr for name in ("run", "test", "bench", "shots", "build", "words"))


def test_it_needs_nothing_but_the_standard_library() -> None:
    probe = "import sys; sys.path.insert(0, '.'); import dev; print(sorted(set(m.split('.')[0] for m in sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(ast_list(done.stdout))
    assert loaded - set(sys.stdlib_module_names) - {"dev", "__main__"} == set()


def ast_list(text: str) -> list[str]:
    """A printed list of strings."""
    import ast

    return [str(item) for item in ast.literal_eval(text)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux")
def test_a_missing_library_is_named_with_the_line_to_type(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.Stop) as stop:
        dev.need_libraries({"libnowhere.so.9": "libnowhere9", "libc.so.6": "libc6"})
    assert "libnowhere.so.9" in str(stop.value)
    assert "sudo apt-get install --yes --no-install-recommends libnowhere9" in str(stop.value)
    assert "libc6" not in str(stop.value)


def test_where_there_is_no_apt_the_packages_are_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.Stop, match="libnowhere9"):
        dev.install_packages(["libnowhere9"], "the system lacks libnowhere.so.9")


def test_a_changed_pin_asks_for_a_new_installation(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "constraints.txt"
    changed.write_text((ROOT / "constraints.txt").read_text() + "something==1\n")
    before = dev.fingerprint()
    assert before == dev.fingerprint()
    monkeypatch.setattr(dev, "CONSTRAINTS", changed)
    assert dev.fingerprint() != before


def test_a_built_program_that_lists_other_members_is_refused(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["rakuten"], []])
    monkeypatch.setattr(dev, "answer", lambda command: next(answers))
    with pytest.raises(dev.Stop, match="marketplaces"):
        dev.compare("marketplaces", Path("jpship"))
