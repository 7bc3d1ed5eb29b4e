"""Folders: where the data lie, and where the program's own resources are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jpship_gui.domain.fault import WorldFault
from jpship_gui.settings import places
from jpship_gui.settings.places import Places, resources


def test_the_given_folder_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPSHIP_HOME", str(tmp_path / "environment"))
    assert Places.find(str(tmp_path / "given")).home == tmp_path / "given"
    assert Places.find().home == tmp_path / "environment"


def test_without_a_wish_it_is_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPSHIP_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert "jpship" in Places.find().home.parts


def test_a_relative_folder_does_not_move_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Places.find("here").home == tmp_path / "here"


def test_folders_come_when_asked_for_and_not_before(tmp_path: Path) -> None:
    found = Places.find(tmp_path / "home")
    assert not found.home.exists()
    assert found.backups.is_dir()
    assert not found.database.exists()
    assert sorted(path.name for path in found.home.iterdir()) == ["backups"]


def test_a_place_that_cannot_be_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorldFault) as fault:
        _ = Places(tmp_path / "file").journal
    assert fault.value.code == "folder_not_made"


@pytest.mark.parametrize("folder", ["fonts", "i18n", "icons", "postal", "sounds"])
def test_the_resources_are_there(folder: str) -> None:
    assert any((resources() / folder).iterdir())


def test_a_frozen_program_has_them_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "/frozen", raising=False)
    assert places.resources.__wrapped__() == Path("/frozen/resources")
