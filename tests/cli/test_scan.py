"""`jpship scan` and `jpship journal verify` as a shell sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, an_order, stored

ONE, TWO = "123456789013", "099723653466"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    ws = open_workspace(str(folder))
    shops.add(ws.store, "本店", "rakuten", {"pack.goods": "off", "pack.double_name": "off"}, NOW)
    ws.close()
    return folder


def put(home: Path, count: int) -> list[str]:
    """Keys of new shipments."""
    ws = open_workspace(str(home))
    keys = [key for _, key in stored(ws.store, *(an_order(n + 1) for n in range(count)))]
    ws.close()
    return keys


def scan(home: Path, *codes: str, desk: str = "1") -> tuple[int, list[dict[str, Any]]]:
    """Run the program on these lines; exit code and answers."""
    ran = subprocess.run(
        [sys.executable, "-m", "jpship_gui", "--home", str(home), "--json", "scan", "--desk", desk],
        input="".join(f"{code}\n" for code in codes).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_each_code_is_answered_with_one_line(home: Path) -> None:
    a, b = put(home, 2)
    code, answers = scan(home, a, "１２３４５６７８９０１３", "", b, TWO, a.lower(), ONE)
    assert code == 0
    assert [x["outcome"] for x in answers] == [
        *("OK_OPEN", "OK_LINK", "OK_OPEN", "OK_LINK", "OK_OPEN", "OK_DONE"),
    ]
    assert [x["class"] for x in answers] == ["ok"] * 5 + ["complete"]
    assert {"text", "outcome", "class", "message", "shipment", "expects"} <= set(answers[0])
    assert answers[1]["text"] == "１２３４５６７８９０１３"
    assert (answers[0]["shipment"], answers[0]["expects"]) == (a, "waybill")
    assert ONE in answers[1]["message"]


def test_an_ng_nobody_acknowledged_makes_the_exit_code_one(home: Path) -> None:
    put(home, 1)
    code, answers = scan(home, "???", "JPCMDUNDO")
    assert (code, [x["outcome"] for x in answers]) == (1, ["NG_UNKNOWN", "NG_LOCKED"])
    code, answers = scan(home, "???", "JPCMDACK")
    assert (code, [x["outcome"] for x in answers]) == (0, ["NG_UNKNOWN", "OK_ACK"])


def test_the_open_parcel_stays_open_between_two_runs(home: Path) -> None:
    (a,) = put(home, 1)
    scan(home, a)
    code, answers = scan(home, ONE)
    assert (code, answers[0]["outcome"], answers[0]["shipment"]) == (0, "OK_LINK", a)


def test_a_desk_in_use_is_the_worlds_fault(home: Path) -> None:
    command = [sys.executable, "-m", "jpship_gui", "--home", str(home), "--json", "scan"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(b"?\n")
        other.stdin.flush()
        other.stdout.readline()
        ran = subprocess.run(command, input=b"", capture_output=True, check=False)
        assert ran.returncode == 3
        assert json.loads(ran.stdout)["error"]["code"] == "desk_in_use"
        other.communicate()


def test_bytes_that_are_no_text_are_answered(home: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "jpship_gui", "--home", str(home), "--json", "scan"],
        input=b"\xff\xfe\x82\n\x00\n" + "吉\U0001f600".encode() + b"\n",
        capture_output=True,
        check=False,
    )
    outcomes = [json.loads(line)["outcome"] for line in ran.stdout.splitlines()]
    assert outcomes[0] == "NG_UNKNOWN"
    assert len(outcomes) == 3


@pytest.mark.parametrize("language", ["ja", "en", "zh_Hans"])
def test_words_for_people(home: Path, language: str) -> None:
    (a,) = put(home, 1)
    command = [sys.executable, "-m", "jpship_gui", "--home", str(home), "--language", language, "scan"]
    ran = subprocess.run(command, input=f"{a}\n{ONE}\n".encode(), capture_output=True, check=False)
    lines = ran.stdout.decode().splitlines()
    assert ran.returncode == 0
    assert [line[0] for line in lines] == ["○", "○"]
    assert ONE in lines[1]
    assert "⟦" not in ran.stdout.decode()


def test_journal_verify(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(home, 1)
    scan(home, "?", desk="梱包台1")
    assert run(["--home", str(home), "--json", "journal", "verify"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(j["desk"], j["lines"], j["faults"]) for j in found["journals"]] == [
        *(("梱包台1", 2, []), ("梱包台1+facts", 1, []))
    ]
    path = home / "journal" / found["journals"][0]["file"]
    path.write_bytes(path.read_bytes().replace(b"NG_UNKNOWN", b"OK_DONE", 1))
    assert run(["--home", str(home), "--json", "journal", "verify"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["journals"][0]["faults"]
    assert (fault["code"], fault["line"]) == ("journal_changed", 1)
    path.unlink()
    assert run(["--home", str(home), "journal", "verify"]) == 1
