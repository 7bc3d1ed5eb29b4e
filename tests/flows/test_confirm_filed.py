"""What a person saw on the marketplace's own screen after the upload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.domain.stage import Stage
from jpship_gui.flows.confirm.filed import file_refused, filed_files, save_again
from jpship_gui.flows.confirm.notice import file_uploaded
from jpship_gui.flows.confirm.queue import retry
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.write_files import write_files
from jpship_gui.store import outbox, shipments
from tests.flows.confirming import Scene, a_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", **{"confirm.by": "file"}) as made:
        yield made


def stages(scene: Scene) -> list[Stage]:
    return [s.stage for s in shipments.by_keys(scene.ws.store, scene.keys)]


def test_a_written_file_waits_with_its_orders_and_steps(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    (found,) = filed_files(scene.ws)
    assert (found.name, found.fingerprint) == (file.path.name, file.fingerprint)
    assert (found.orders, found.keys) == (tuple(scene.numbers), tuple(scene.keys))
    assert found.upload_steps > 0
    assert found.kept == file.kept


def test_what_was_taken_is_accepted(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    assert set(file_uploaded(scene.ws, file.fingerprint)) == set(scene.keys)
    assert filed_files(scene.ws) == ()
    assert stages(scene) == [Stage.ACCEPTED] * 3


def test_what_was_refused_comes_back_with_the_marketplaces_words(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    back = file_refused(scene.ws, file.fingerprint, [scene.numbers[1]], "配送会社が不正です")
    assert back == (scene.keys[1],)
    (red,) = review(scene.ws).red
    assert (red.key, red.reasons[0].code) == (scene.keys[1], "refused")
    assert red.reasons[0].values["message"] == "配送会社が不正です"
    (left,) = filed_files(scene.ws)
    assert left.keys == (scene.keys[0], scene.keys[2])
    retry(scene.ws, [scene.keys[1]])
    (again,) = write_files(scene.ws, tmp_path / "out", [scene.keys[1]]).files
    assert again.keys == (scene.keys[1],)
    assert outbox.first_broken_line(scene.ws.store) is None


def test_nothing_is_refused_twice(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    file_refused(scene.ws, file.fingerprint)
    with pytest.raises(Refused, match="upload_unknown"):
        file_refused(scene.ws, file.fingerprint)
    assert file_uploaded(scene.ws, file.fingerprint) == ()


def test_a_lost_file_is_saved_again_byte_for_byte(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    data = file.path.read_bytes()
    again = save_again(scene.ws, file.fingerprint, tmp_path / "out")
    assert again != file.path
    assert again.read_bytes() == data


def test_a_copy_that_was_changed_is_no_copy(scene: Scene, tmp_path: Path) -> None:
    (file,) = write_files(scene.ws, tmp_path / "out").files
    file.kept.write_bytes(b"saved by a spreadsheet")
    assert filed_files(scene.ws)[0].kept is None
    with pytest.raises(Refused, match="upload_unknown"):
        save_again(scene.ws, file.fingerprint, tmp_path / "out")
