"""Photos and files of parcels: real files, a real camera command, and nothing left when their time is over (PK-17)."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.domain.packing.outcomes import Outcome
from jpship_gui.flows.pack import camera, evidence
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.paper.record import EVIDENCE, record
from jpship_gui.flows.upkeep.begin import begin
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import history, journal, shipments, shops
from tests.builders import NOW, an_order, stored

W1 = "099723653466"
BUYER = "山田花子"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = replace(open_workspace(str(tmp_path / "home"), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(opened.store, "本店", "rakuten", {"pack.goods": "off"}, NOW)
    shops.add(opened.store, "支店", "yahoo", {"pack.goods": "off", "evidence.days": "90"}, NOW)
    yield opened
    opened.close()


@pytest.fixture
def key(ws: Workspace) -> str:
    return stored(ws.store, an_order(1))[0][1]


def a_photo(folder: Path, name: str = f"{BUYER}.JPEG", shade: int = 90) -> Path:
    """A real JPEG under a buyer's name."""
    path = folder / name
    Image.new("RGB", (320, 240), (shade, 120, 160)).save(path, "JPEG")
    return path


def size_of(path: Path) -> tuple[int, int]:
    """Of a real picture."""
    with Image.open(path) as picture:
        return picture.size


def a_camera(ws: Workspace, folder: Path, body: str) -> None:
    """A program that is this desk's camera."""
    script = folder / "camera.py"
    script.write_text(f"import sys\nfrom PIL import Image\n{body}\n", encoding="utf-8")
    ws.options.set("camera.command", f'"{sys.executable}" "{script}" %f')


def later(ws: Workspace, days: float) -> Workspace:
    """The same folder some days on."""
    return replace(ws, clock=lambda: NOW + timedelta(days=days))


def journals(ws: Workspace) -> str:
    """Everything any journal says."""
    return "".join(path.read_text(encoding="utf-8") for path in journal.files(ws.places.journal))


def test_a_file_is_attached_by_its_hash_and_its_name_is_kept_nowhere(
    ws: Workspace, key: str, tmp_path: Path
) -> None:
    photo = a_photo(tmp_path)
    found = evidence.attach(ws, key, photo)
    assert evidence.path_of(ws, found).read_bytes() == photo.read_bytes()
    assert (found.suffix, found.kind, found.parcel, found.person, found.desk, found.at) == (
        *(".jpg", "file", key, "佐藤", "1+office"),
        NOW,
    )
    for path in ws.places.home.rglob("*"):
        assert BUYER not in path.name
        if path.is_file():
            assert BUYER.encode() not in path.read_bytes(), path
    assert found.hash in journals(ws)


def test_the_same_bytes_are_attached_once(ws: Workspace, key: str, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        evidence.attach(ws, key, a_photo(tmp_path, name))
    assert len(evidence.listed(ws, key)) == 1
    assert len(list(ws.places.evidence.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("run.exe", b"MZ", "evidence_kind"),
        ("none", b"x", "evidence_kind"),
        ("empty.jpg", b"", "evidence_size"),
    ],
)
def test_what_cannot_be_attached(
    ws: Workspace, key: str, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused) as refused:
        evidence.attach(ws, key, tmp_path / name)
    assert refused.value.code == code
    assert evidence.listed(ws, key) == ()


def test_unknown_shipments_and_missing_files(ws: Workspace, key: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        evidence.attach(ws, "JP0000000", a_photo(tmp_path))
    assert refused.value.code == "shipment_unknown"
    with pytest.raises(WorldFault) as fault:
        evidence.attach(ws, key, tmp_path / "gone.jpg")
    assert fault.value.code == "file_unreadable"


def test_what_is_attached_is_rebuilt_from_the_journal(ws: Workspace, key: str, tmp_path: Path) -> None:
    evidence.attach(ws, key, a_photo(tmp_path))
    gone = evidence.attach(ws, key, a_photo(tmp_path, "b.jpg", 30))
    evidence.remove(ws, key, gone.hash[:8], "違う箱")
    before = evidence.listed(ws, key)
    for table in ("evidence", "history", "journal_marks"):
        ws.store.execute(f"DELETE FROM {table}")
    catch_up(ws)
    assert evidence.listed(ws, key) == before
    row = shipments.by_key(ws.store, key)
    assert row is not None
    assert [e.what for e in history.of(ws.store, row.row_id)] == ["attached", "attached", "detached"]


def test_export_writes_the_files_and_is_noted(ws: Workspace, key: str, tmp_path: Path) -> None:
    for shade in (10, 20):
        evidence.attach(ws, key, a_photo(tmp_path, f"{shade}.jpg", shade))
    for _ in range(2):  # an older export is not overwritten
        done = evidence.export(ws, [key], tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *(f"{key}-01.jpg", f"{key}-01_2.jpg", f"{key}-02.jpg", f"{key}-02_2.jpg"),
    ]
    assert size_of(done.files[0]) == (320, 240)
    noted = [one for one in record(ws) if one.what == EVIDENCE]
    assert [(one.person, one.people, one.pages, one.name) for one in noted] == [("佐藤", 1, 2, "out")] * 2


def test_a_file_that_is_on_another_computer_is_named(ws: Workspace, key: str, tmp_path: Path) -> None:
    found = evidence.attach(ws, key, a_photo(tmp_path))
    evidence.path_of(ws, found).unlink()
    done = evidence.export(ws, [key], tmp_path / "out")
    assert (done.files, done.missing) == ((), (found,))


def test_nothing_to_export_is_refused(ws: Workspace, key: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        evidence.export(ws, [key], tmp_path / "out")
    assert refused.value.code == "evidence_none"


def test_files_go_with_their_entries_after_each_shops_days(ws: Workspace, key: str, tmp_path: Path) -> None:
    other = stored(ws.store, an_order(2, shop="支店"))[0][1]
    both = a_photo(tmp_path, "both.jpg", 1)
    for one in (key, other):
        evidence.attach(ws, one, both)
    evidence.attach(ws, key, a_photo(tmp_path, "own.jpg", 2))
    assert evidence.expire(later(ws, 29)).entries == 0
    gone = evidence.expire(later(ws, 31))
    assert (gone.entries, gone.files) == (2, 1)  # the other shop still needs one of the two files
    assert evidence.listed(ws, key) == ()
    assert [path.name for path in ws.places.evidence.iterdir()] == [evidence.listed(ws, other)[0].name]
    begin(later(ws, 91))
    assert list(ws.places.evidence.iterdir()) == []
    catch_up(ws)
    assert evidence.listed(ws, other) == ()


def test_a_file_whose_entry_went_before_the_power_did_goes_too(
    ws: Workspace, key: str, tmp_path: Path
) -> None:
    kept = evidence.attach(ws, key, a_photo(tmp_path))
    stray = ws.places.evidence / f"{'0' * 64}.jpg"
    stray.write_bytes(b"\xff\xd8\xff")
    old = NOW.timestamp() - 7200
    os.utime(stray, (old, old))
    assert evidence.expire(ws).strays == 1
    assert [path.name for path in ws.places.evidence.iterdir()] == [kept.name]


def test_older_than_so_many_days(ws: Workspace, key: str, tmp_path: Path) -> None:
    evidence.attach(ws, key, a_photo(tmp_path))
    assert evidence.expire(later(ws, 8), 10).entries == 0
    assert evidence.expire(later(ws, 11), 10).entries == 1


def test_the_camera_writes_a_photo(ws: Workspace, key: str, tmp_path: Path) -> None:
    a_camera(ws, tmp_path, 'Image.new("RGB", (64, 48), (200, 10, 10)).save(sys.argv[1], "JPEG")')
    found = camera.shoot(ws, key)
    assert (found.kind, found.suffix) == ("photo", ".jpg")
    assert size_of(evidence.path_of(ws, found)) == (64, 48)
    assert list(ws.places.temporary.iterdir()) == []


def test_a_camera_that_writes_png_is_believed_its_bytes(ws: Workspace, key: str, tmp_path: Path) -> None:
    a_camera(ws, tmp_path, 'Image.new("RGB", (64, 48)).save(sys.argv[1], "PNG")')
    assert camera.shoot(ws, key).suffix == ".png"


@pytest.mark.parametrize(
    "body",
    [
        "raise SystemExit(3)",
        "pass",
        'open(sys.argv[1], "w").write("no picture")',
    ],
)
def test_a_camera_that_fails_is_told_and_recorded(ws: Workspace, key: str, tmp_path: Path, body: str) -> None:
    a_camera(ws, tmp_path, body)
    with pytest.raises(WorldFault) as fault:
        camera.shoot(ws, key)
    assert fault.value.code == "camera_failed"
    assert '"kind":"camera"' in journals(ws)
    assert '"reason":"camera_failed"' in journals(ws)
    assert list(ws.places.temporary.iterdir()) == []
    assert evidence.listed(ws, key) == ()


def test_a_camera_that_hangs_is_given_up(
    ws: Workspace, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "_SECONDS", 0.5)
    a_camera(ws, tmp_path, "import time; time.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(WorldFault):
        camera.shoot(ws, key)
    assert time.monotonic() - begun < 30


def test_without_a_camera_nothing_is_tried(ws: Workspace, key: str) -> None:
    assert not camera.has_camera(ws)
    with pytest.raises(Refused) as refused:
        camera.shoot(ws, key)
    assert refused.value.code == "camera_none"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="V4L2 is Linux's")
def test_auto_takes_what_the_system_has_for_a_camera(
    ws: Workspace, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "fswebcam"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom PIL import Image\n"
        'assert sys.argv[sys.argv.index("-d") + 1] == "/dev/video7"\n'
        'Image.new("RGB", (8, 8)).save(sys.argv[-1], "JPEG")\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(bin_))
    ws.options.set("camera.command", "auto:/dev/video7")
    assert camera.shoot(ws, key).kind == "photo"
    program.unlink()
    with pytest.raises(Refused) as refused:
        camera.shoot(ws, key)
    assert refused.value.code == "camera_none"


def test_a_required_photo_blocks_the_waybill_until_it_is_there(
    ws: Workspace, key: str, tmp_path: Path
) -> None:
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "pack.evidence": "required"})
    with Desk(ws) as desk:
        assert desk.scan(key).expects.value == "photo"
        assert desk.scan(W1).outcome is Outcome.ATT_PHOTO
        evidence.attach(ws, key, a_photo(tmp_path))
        assert desk.scan(W1).outcome is Outcome.OK_LINK


def test_photos_of_orders_that_travel_together_are_one_parcels(
    ws: Workspace, key: str, tmp_path: Path
) -> None:
    shops.set_settings(ws.store, "本店", {"pack.goods": "off", "pack.evidence": "required"})
    other = stored(ws.store, an_order(2))[0][1]
    from jpship_gui.flows.plan.bundle import bundle

    bundle(ws, [key, other])
    evidence.attach(ws, other, a_photo(tmp_path))
    assert len(evidence.listed(ws, key)) == 1
    with Desk(ws) as desk:
        assert [desk.scan(code).outcome.value for code in (key, W1)] == ["OK_OPEN", "OK_LINK"]
