"""The disk is full at any write of a packing day, turns read-only, goes away and comes back: nothing answered is lost,
nothing refused happened, and the day ends as an undisturbed one.

Real, small file systems in files, mounted by root. What a real disk does only once in years (an error of the sync
itself) is put in by hand at every single write.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.domain.fault import WorldFault
from jpship_gui.domain.packing.session import Answer
from jpship_gui.flows.pack import follower
from jpship_gui.flows.pack.catch_up import catch_up
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.workspace import Workspace, open_workspace
from jpship_gui.store import journal
from jpship_gui.store.journal import Journal
from tests.builders import NOW
from tests.torture.test_kill import a_home, a_packer, facts_of

SCANS = 60
root_only = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="a small file system can only be mounted by root on Linux",
)


class Disk:
    """A small file system in a file, mounted on a folder."""

    def __init__(self, image: Path, folder: Path, kilobytes: int, kind: str = "ext2") -> None:
        self.image, self.folder = image, folder
        folder.mkdir(parents=True, exist_ok=True)
        with image.open("wb") as file:
            file.truncate(kilobytes * 1024)
        subprocess.run([f"mkfs.{kind}", "-q", "-b", "1024", "-m", "0", str(image)], check=True)
        self.mount()

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", str(self.image), str(self.folder)], check=True)

    def unmount(self) -> None:
        """However many files on it are still open."""
        subprocess.run(["umount", "-l", str(self.folder)], check=False)

    def fill(self) -> None:
        """Not one block is left."""
        with (self.folder / "filler").open("ab", buffering=0) as file:
            for size in (16384, 1024, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def free(self) -> None:
        (self.folder / "filler").unlink(missing_ok=True)

    def break_down(self) -> None:
        """As the kernel does when a medium fails: read-only at once, whoever writes."""
        subprocess.run(["mount", "-o", "remount,abort", str(self.folder)], check=True)

    def mend(self) -> None:
        """What was on the medium is there again, in a new file system: the old one lives as long as files on it are
        open."""
        self.unmount()
        again = self.image.with_name(f"{self.image.name}+")
        shutil.copy(self.image, again)
        self.image = again
        subprocess.run(["e2fsck", "-fy", str(self.image)], check=False, capture_output=True)
        self.mount()


@contextmanager
def disk(image: Path, folder: Path, kilobytes: int, kind: str = "ext2") -> Iterator[Disk]:
    made = Disk(image, folder, kilobytes, kind)
    try:
        yield made
    finally:
        made.unmount()


def opened(folder: Path) -> Workspace:
    return replace(open_workspace(str(folder), person="佐藤", desk="1"), clock=lambda: NOW)


def a_day(folder: Path, seed: str, scans: int = SCANS) -> list[str]:
    """A data folder in `folder/home` with its undisturbed twin in `folder/twin`; the codes of the day."""
    keys = a_home(folder / "home")
    shutil.copytree(folder / "home", folder / "twin")
    packer = a_packer(random.Random(seed), keys[:9])
    return [next(packer) for _ in range(scans)]


def undisturbed(
    folder: Path, codes: Sequence[str]
) -> tuple[list[tuple[str, str]], list[list[tuple[object, ...]]]]:
    """Outcomes and facts of the same day without any trouble."""
    with closing(opened(folder / "twin")) as ws:
        with Desk(ws) as desk:
            outcomes = [(a.outcome.value, a.shipment) for a in map(desk.scan, codes)]
        return outcomes, facts_of(ws)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at the next scan."""
    monkeypatch.setattr(follower, "_FIRST_PAUSE", 0.0)
    monkeypatch.setattr(follower, "_LONGEST_PAUSE", 0.0)


def tried(desk: Desk, code: str) -> tuple[Answer | None, WorldFault]:
    """The answer, or the fault that stands for it."""
    try:
        return desk.scan(code), WorldFault("")
    except WorldFault as fault:
        return None, fault


@root_only
def test_the_journals_disk_is_full_at_every_scan(tmp_path: Path) -> None:
    codes = a_day(tmp_path, "full journal")
    expected, facts = undisturbed(tmp_path, codes)
    refused = 0
    with disk(tmp_path / "image", tmp_path / "home" / "journal", 256) as small:
        path = journal.file_of(tmp_path / "home" / "journal", "1")
        with closing(opened(tmp_path / "home")) as ws, Desk(ws) as desk:
            found = []
            for code in codes:
                small.fill()
                size, state = path.stat().st_size, desk.session.track
                answer, fault = tried(desk, code)
                if answer is None:
                    assert (fault.code, fault.values["free"]) == ("journal_full", "0.0 MB")
                    assert path.stat().st_size == size, "no half line"
                    assert desk.session.track == state, "what was refused did not happen"
                    refused += 1
                    small.free()
                    answer = desk.scan(code)
                small.free()
                found.append((answer.outcome.value, answer.shipment))
            assert found == expected
            assert journal.verify(path) == (len(codes), [])
        assert refused > SCANS // 4
        with closing(opened(tmp_path / "home")) as ws:
            assert facts_of(ws) == [*facts[:-1], facts_of(ws)[-1]]


@root_only
def test_the_databases_disk_is_full_at_every_scan(tmp_path: Path) -> None:
    """Database and journal lie on different disks; the desk works on, and the database follows when it can."""
    codes = a_day(tmp_path, "full database")
    expected, facts = undisturbed(tmp_path, codes)
    shutil.move(tmp_path / "home", tmp_path / "before")
    with disk(tmp_path / "image", tmp_path / "home", 6144) as small:
        shutil.copytree(tmp_path / "before", tmp_path / "home", dirs_exist_ok=True)
        (tmp_path / "journal").mkdir()
        shutil.rmtree(tmp_path / "home" / "journal", ignore_errors=True)
        (tmp_path / "home" / "journal").symlink_to(tmp_path / "journal")
        said = set()
        with closing(opened(tmp_path / "home")) as ws:
            with Desk(ws) as desk:
                found = []
                for n, code in enumerate(codes):
                    if n % 7 != 6:
                        small.fill()
                    answer = desk.scan(code)
                    found.append((answer.outcome.value, answer.shipment))
                    said.add(desk.trouble.code if desk.trouble else "")
                    small.free()
                assert found == expected
            assert said == {"", "database_full"}
            catch_up(ws)
            assert facts_of(ws)[:-1] == facts[:-1]
            assert ws.store.value("PRAGMA integrity_check") == "ok"


@root_only
def test_the_databases_disk_breaks_down_and_comes_back(tmp_path: Path) -> None:
    """Read-only in the middle of the day, then mounted anew. The parcel in hand goes on as far as it can; whatever the
    desk says meanwhile, the same journal comes to the same facts in a database nothing happened to."""
    codes = a_day(tmp_path, "broken database")
    shutil.move(tmp_path / "home", tmp_path / "before")
    with disk(tmp_path / "image", tmp_path / "home", 8192, "ext4") as small:
        shutil.copytree(tmp_path / "before", tmp_path / "home", dirs_exist_ok=True)
        shutil.rmtree(tmp_path / "home" / "journal", ignore_errors=True)
        (tmp_path / "journal").mkdir()
        (tmp_path / "home" / "journal").symlink_to(tmp_path / "journal")
        os.sync()
        said = set()
        with closing(opened(tmp_path / "home")) as ws:
            with Desk(ws) as desk:
                for n, code in enumerate(codes):
                    if n % 20 == 8:
                        small.break_down()
                    desk.scan(code)
                    if desk.trouble is not None:
                        said.add(desk.trouble.code)
                    if n % 20 == 16:
                        assert desk.trouble is not None
                        small.mend()
                    if n % 20 == 19:
                        assert desk.trouble is None, str(desk.trouble)
                assert desk.waiting <= 1
            assert said <= {"database_read_only", "database_away", "database_full", "database_damaged"}
            assert ws.store.value("PRAGMA integrity_check") == "ok"
            catch_up(ws)
            facts = facts_of(ws)
            with closing(opened(tmp_path / "twin")) as twin:
                shutil.rmtree(tmp_path / "twin" / "journal", ignore_errors=True)
                shutil.copytree(tmp_path / "journal", tmp_path / "twin" / "journal")
                catch_up(twin)
                assert facts_of(twin) == facts
    path = journal.file_of(tmp_path / "journal", "1")
    assert journal.verify(path) == (len(codes), [])


@root_only
def test_the_journals_disk_breaks_down_and_comes_back(tmp_path: Path) -> None:
    """Read-only in the middle of the day, then mounted anew: the same desk goes on with the same chain."""
    codes = a_day(tmp_path, "broken disk")
    expected, facts = undisturbed(tmp_path, codes)
    with disk(tmp_path / "image", tmp_path / "home" / "journal", 4096, "ext4") as small:
        path = journal.file_of(tmp_path / "home" / "journal", "1")
        with closing(opened(tmp_path / "home")) as ws, Desk(ws) as desk:
            found = []
            for n, code in enumerate(codes):
                if n % 20 == 19:
                    small.break_down()
                    for _ in range(3):
                        with pytest.raises(WorldFault) as caught:
                            desk.scan(code)
                        assert caught.value.code in ("journal_read_only", "journal_write"), caught.value
                    small.mend()
                answer = desk.scan(code)
                found.append((answer.outcome.value, answer.shipment))
            assert found == expected
            assert journal.verify(path) == (len(codes), [])
        with closing(opened(tmp_path / "home")) as ws:
            assert facts_of(ws)[:-1] == facts[:-1]


@root_only
def test_the_journals_drive_is_pulled_and_put_back(tmp_path: Path) -> None:
    codes = a_day(tmp_path, "pulled drive", 20)
    expected, _ = undisturbed(tmp_path, codes)
    with disk(tmp_path / "image", tmp_path / "home" / "journal", 4096, "ext4") as small:
        with closing(opened(tmp_path / "home")) as ws, Desk(ws) as desk:
            found = [(a.outcome.value, a.shipment) for a in map(desk.scan, codes[:10])]
            small.unmount()
            (tmp_path / "home" / "journal").rmdir()
            with pytest.raises(WorldFault) as caught:
                desk.scan(codes[10])
            assert caught.value.code == "journal_gone"
            (tmp_path / "home" / "journal").mkdir()
            with pytest.raises(WorldFault) as caught:
                desk.scan(codes[10])
            assert caught.value.code == "journal_gone"
            assert not list((tmp_path / "home" / "journal").iterdir()), (
                "no second journal in the drive's place"
            )
            small.mount()
            found += [(a.outcome.value, a.shipment) for a in map(desk.scan, codes[10:])]
            assert found == expected
        path = journal.file_of(tmp_path / "home" / "journal", "1")
        assert journal.verify(path) == (len(codes), [])


@root_only
def test_the_command_says_what_was_not_taken_and_goes_on(tmp_path: Path) -> None:
    """`jpship scan` on a journal whose disk fills up and is freed again: a line for each code, nothing half."""
    keys = a_home(tmp_path / "home")
    with disk(tmp_path / "image", tmp_path / "home" / "journal", 256) as small:
        command = [sys.executable, "-m", "jpship_gui", "--home", str(tmp_path / "home"), "--json", "scan"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdin is not None
            assert program.stdout is not None

            def answer(code: str) -> dict[str, str]:
                assert program.stdin is not None
                assert program.stdout is not None
                program.stdin.write(f"{code}\n")
                program.stdin.flush()
                while "text" not in (told := json.loads(program.stdout.readline())):
                    pass
                return dict(told)

            assert answer(keys[0])["outcome"] == "OK_OPEN"
            small.fill()
            taken = []
            while (told := answer("MUG-300-BL"))["outcome"]:
                taken.append(told["outcome"])
            assert (told["fault"], told["class"]) == ("journal_full", "ng")
            assert str(tmp_path / "home" / "journal") in told["message"]
            assert answer("MUG-300-BL")["fault"] == "journal_full"
            small.free()
            told = answer("JPCMDACK")
            assert told["outcome"] in ("OK_ACK", "ATT_NOTHING")
            program.stdin.close()
            assert program.wait() == 1, "not everything was taken"
        path = journal.file_of(tmp_path / "home" / "journal", "1")
        assert journal.verify(path) == (len(taken) + 2, [])


@pytest.mark.parametrize("written", [0, 1, 0.5, -1, 1.0])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
def test_any_write_or_sync_fails_once(
    written: float, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every line once: the error comes after so many bytes (1.0: at the sync, with the whole line written)."""
    codes = a_day(tmp_path, f"error {number} {written}", 25)
    expected, facts = undisturbed(tmp_path, codes)
    failing = {"on": False}
    real_write, real_sync = journal.write_all, journal.sync

    def write_all(file: int, line: bytes) -> None:
        if failing["on"] and written != 1.0:
            count = (
                len(line) - 1 if written == -1 else int(len(line) * written) if written < 1 else int(written)
            )
            real_write(file, line[:count])
            raise OSError(number, os.strerror(number))
        real_write(file, line)

    def sync(file: int) -> None:
        if failing["on"]:
            raise OSError(number, os.strerror(number))
        real_sync(file)

    monkeypatch.setattr(journal, "write_all", write_all)
    monkeypatch.setattr(journal, "sync", sync)
    with closing(opened(tmp_path / "home")) as ws:
        path = journal.file_of(ws.places.journal, "1")
        with Desk(ws) as desk:
            found = []
            for code in codes:
                failing["on"] = True
                for _ in range(2):
                    with pytest.raises(WorldFault):
                        desk.scan(code)
                failing["on"] = False
                answer = desk.scan(code)
                found.append((answer.outcome.value, answer.shipment))
        assert found == expected
        assert journal.verify(path) == (len(codes), [])
        assert facts_of(ws)[:-1] == facts[:-1]


def test_a_last_line_torn_at_every_byte(tmp_path: Path) -> None:
    """A power cut leaves any part of the last line: it was never answered, and the desk stands before it."""
    codes = a_day(tmp_path, "torn line", 12)
    with closing(opened(tmp_path / "home")) as ws:
        path = journal.file_of(ws.places.journal, "1")
        with Desk(ws) as desk:
            for code in codes[:-1]:
                desk.scan(code)
            before, facts = desk.session.state, None
        facts = facts_of(ws)
        whole = path.read_bytes()
        with Desk(ws) as desk:
            desk.scan(codes[-1])
        last = path.read_bytes()[len(whole) :]
    shutil.copytree(tmp_path / "twin", tmp_path / "torn")
    with closing(opened(tmp_path / "torn")) as ws:
        path = journal.file_of(ws.places.journal, "1")
        path.parent.mkdir(exist_ok=True)
        for cut in range(len(last)):
            path.write_bytes(whole + last[:cut])
            with Desk(ws) as desk:
                assert desk.torn == (cut > 0)
                assert desk.session.state == before
            assert path.read_bytes() == whole
            if cut:
                assert path.with_name(f"1.torn-{len(whole)}").read_bytes() == last[:cut]
        assert facts_of(ws) == facts
        path.write_bytes(whole + last)
        with Desk(ws) as desk:
            assert not desk.torn
        assert len(journal.read(path)) == len(codes)


def test_a_lost_lock_file_never_lets_two_desks_write(tmp_path: Path) -> None:
    """Somebody deletes the lock and another process takes the desk: the first one's next line is refused."""
    path = tmp_path / "1.jsonl"
    first = Journal(path, "1")
    first.append("scan", at="x", person="", raw="one")
    path.with_suffix(".lock").unlink()
    second = Journal(path, "1")
    second.append("scan", at="x", person="", raw="two")
    for _ in range(2):
        with pytest.raises(WorldFault) as caught:
            first.append("scan", at="x", person="", raw="three")
        assert caught.value.code == "desk_in_use"
    second.append("scan", at="x", person="", raw="three")
    second.close()
    with pytest.raises(WorldFault) as caught:
        first.append("scan", at="x", person="", raw="four")
    assert caught.value.code == "journal_touched"
    first.close()
    assert journal.verify(path) == (3, [])
    assert [e.raw for e in journal.read(path)] == ["one", "two", "three"]
