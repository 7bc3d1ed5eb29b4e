"""The journal keeps what it answered, and shows every later change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpship_gui.domain.fault import WorldFault
from jpship_gui.store import journal
from jpship_gui.store.journal import Journal

AT = "2026-11-20T01:00:00+00:00"


def written(path: Path, count: int, raw: str = "099723653466") -> list[str]:
    """A journal of so many lines; their hashes."""
    opened = Journal(path, "1")
    hashes = [
        opened.append("scan", at=AT, person="佐藤", raw=f"{raw}{n}", outcome="OK_OPEN").hash
        for n in range(count)
    ]
    opened.close()
    return hashes


def codes(path: Path, marks: dict[int, str] | None = None) -> list[str]:
    """What verifying finds."""
    return [fault.code for fault in journal.verify(path, marks)[1]]


def test_lines_are_numbered_chained_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    written(path, 2)
    written(path, 1)
    entries = journal.read(path)
    assert [e.n for e in entries] == [1, 2, 3]
    assert [e.body["prev"] for e in entries] == ["", entries[0].hash, entries[1].hash]
    assert journal.verify(path) == (3, [])


@pytest.mark.parametrize("raw", ["x", "高" * 9000, "\udc80\udcff", "\u2028\n\r\x00"])
def test_any_text_comes_back_as_it_was(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "1.jsonl"
    opened = Journal(path, "1")
    for _ in range(12):
        opened.append("scan", at=AT, person="", raw=raw)
    opened.close()
    assert {e.raw for e in journal.read(path)} == {raw}
    assert [e.n for e in journal.read(path, 5)] == list(range(6, 13))
    assert journal.verify(path) == (12, [])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_changed_byte_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("journal") / "1.jsonl"
    hashes = written(path, 4)
    whole = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    assert codes(path, {4: hashes[-1]})


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ((0, 2, 3), "journal_unchained"),
        ((0, 2, 1, 3), "journal_unchained"),
        ((0, 1, 1, 2, 3), "journal_unchained"),
        ((1, 2, 3), "journal_unchained"),
        ((0, 1, 2), "journal_cut"),
        ((), "journal_cut"),
    ],
)
def test_missing_moved_repeated_and_cut_lines(tmp_path: Path, order: tuple[int, ...], found: str) -> None:
    path = tmp_path / "1.jsonl"
    hashes = written(path, 4)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[i] for i in order))
    assert found in codes(path, {4: hashes[-1]})


def test_a_chain_written_anew_differs_from_what_the_database_saw(tmp_path: Path) -> None:
    hashes = written(tmp_path / "1.jsonl", 3)
    forged = tmp_path / "2.jsonl"
    written(forged, 3, raw="forged")
    assert codes(forged) == []
    assert codes(forged, {3: hashes[-1]}) == ["journal_rewritten"]


def test_a_torn_line_is_put_aside_and_work_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    written(path, 2)
    with path.open("ab") as file:
        file.write(b'{"n":3,"at":"2026')
    opened = Journal(path, "1")
    assert opened.torn is not None
    assert opened.torn.read_bytes() == b'{"n":3,"at":"2026'
    assert opened.append("scan", at=AT, person="").n == 3
    opened.close()
    assert journal.verify(path) == (3, [])


def test_a_desk_is_held_by_one_process_and_free_when_it_dies(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    code = (
        "import os, sys; from pathlib import Path; from jpship_gui.store.journal import Journal\n"
        "j = Journal(Path(sys.argv[1]), '1'); j.append('scan', at='x', person='')\n"
        "print('held', flush=True); sys.stdin.readline(); os._exit(9)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WorldFault) as caught:
            Journal(path, "1")
        assert caught.value.code == "desk_in_use"
        other.stdin.write("\n")
        other.stdin.flush()
        other.wait()
    Journal(path, "1").close()


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of file size is a POSIX notion")
def test_a_full_disk_refuses_the_scan_and_leaves_no_half_line(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    written(path, 1)
    code = (
        "import resource, sys; from pathlib import Path; from jpship_gui.store.journal import Journal\n"
        "from jpship_gui.domain.fault import WorldFault\n"
        "path = Path(sys.argv[1]); j = Journal(path, '1'); size = path.stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, resource.RLIM_INFINITY))\n"
        "try: j.append('scan', at='x', person='')\n"
        "except WorldFault as fault: print(fault.code, path.stat().st_size == size)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "print(j.append('scan', at='x', person='').n)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["journal_write", "True", "2"]
    assert journal.verify(path) == (2, [])


def test_desk_names_that_are_no_file_names_never_meet(tmp_path: Path) -> None:
    names = ["1", "梱包台1", "梱包台2", "a/b", "a_b", "A_B", "", "x" * 80, "x" * 81]
    paths = {journal.file_of(tmp_path, name).name.lower() for name in names}
    assert len(paths) == len(names)
    assert all(os.sep not in name for name in paths)


def test_reading_backwards_crosses_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "1.jsonl"
    written(path, 9)
    for size in (1, 7, 100, 301):
        monkeypatch.setattr(journal, "_BLOCK", size)
        assert [e.n for e in journal.backwards(path)] == list(range(9, 0, -1))


def test_the_line_is_synced_whole_before_append_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.jsonl"
    opened = Journal(path, "1")
    synced: list[bytes] = []
    real = journal.sync

    def watched(file: int) -> None:
        synced.append(path.read_bytes())
        real(file)

    monkeypatch.setattr(journal, "sync", watched)
    entry = opened.append("scan", at=AT, person="佐藤", raw="x")
    opened.close()
    assert len(synced) == 1
    assert synced[0].endswith(f'"hash":"{entry.hash}"}}\n'.encode())
