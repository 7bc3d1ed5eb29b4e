"""Lists of numbers, second entries and taking back, as a shell sees them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from jpship_gui.cli.main import run
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import an_order
from tests.cli.test_carrier import ONE, TWO, call, home, put

__all__ = ["home"]


def test_a_list_is_judged_and_taken_only_when_asked(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = put(home, an_order(1), an_order(2))
    listed = tmp_path / "list.tsv"
    listed.write_text(f"{keys[0]}\t{ONE}\n{keys[1]}\t{TWO[:-1]}1\n", encoding="utf-8")
    code, found = call(home, capsys, "track", "--list", str(listed))
    assert (code, [line["code"] for line in found]) == (1, ["good", "refused"])
    _, (first, _) = call(home, capsys, "orders")
    assert first["parcels"][0]["tracking_no"] == ""
    code, found = call(home, capsys, "track", "--list", str(listed), "--take")
    assert (code, [line["code"] for line in found]) == (1, ["good", "refused"])
    ws = open_workspace(str(home))
    assert ws.store.rows("SELECT tracking_no, how FROM parcels ORDER BY id") == [(ONE, "pasted"), ("", "")]
    ws.close()


def test_a_list_from_standard_input(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = put(home, an_order(1))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{key} {ONE}\n"))
    code, found = call(home, capsys, "track", "--list", "-")
    assert (code, found[0]["code"]) == (0, "good")


def test_first_by_one_second_by_another(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (key,) = put(home, an_order(1))
    ws = open_workspace(str(home))
    shops.set_settings(ws.store, "本店", {"track.second": "other"})
    ws.close()
    code, said = call(home, capsys, "track", key, ONE, "--person", "佐藤")
    assert (code, said["reason"]) == (0, "waits")
    code, listed = call(home, capsys, "track", "--waiting", "--person", "佐藤")
    assert (listed[0]["parcel"], listed[0]["why"]) == (key, "person")
    assert ONE not in str(listed)
    assert call(home, capsys, "track", key, ONE, "--person", "佐藤")[0] == 2
    assert call(home, capsys, "track", key, ONE, "--person", "田中")[1]["verified"] is True
    _, counted = call(home, capsys, "scan-report", "--person", "佐藤")
    assert counted[0]["ng"] == {"NG_NOT_YET": 1}
    assert run(["--home", str(home), "scan-report"]) == 0
    assert "まだ2回目でない" in capsys.readouterr().out
    code, undone = call(home, capsys, "track", key, ONE, "--undo", "--person", "田中")
    assert (code, undone) == (0, [key])
    assert call(home, capsys, "track", key, ONE, "--undo", "--person", "田中")[0] == 2


def test_without_a_key_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, capsys, "track")[1]["error"]["code"] == "shipment_unknown"
