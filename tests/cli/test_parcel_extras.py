"""`jpship checklist`, `weight` and `evidence` from the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from jpship_gui.cli.main import run
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import products, shops
from jpship_gui.store.products import Product
from tests.builders import NOW, an_order, stored

W1 = "099723653466"
SETTINGS = {
    "pack.goods": "off",
    "pack.weight": "stop",
    "pack.evidence": "required",
    "weight.packaging": "100",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    ws = open_workspace(str(folder))
    shops.add(ws.store, "本店", "rakuten", SETTINGS, NOW)
    products.put(ws.store, [Product("4901234567894", "mug-300-bl", grams=312)])
    stored(ws.store, an_order(1))
    ws.close()
    return folder


KEY = "JP0000013"


def said(home: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """The document of a command."""
    assert run(["--home", str(home), "--json", *words]) == code
    return json.loads(capsys.readouterr().out)


def test_a_checklist_is_set_tried_and_shown(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("\ufeff[割れ物] sku:mug-*\n4 緩衝材\n緩衝材\n", encoding="utf-8")
    taken = said(home, capsys, "checklist", "set", str(file), code=1)
    assert taken["groups"][0]["items"][0] | {"id": ""} == {
        **{"number": 4, "text": "緩衝材", "must": True, "code": "JPTICK4", "id": ""},
    }
    assert [(flaw["line"], flaw["code"]) for flaw in taken["flaws"]] == [(3, "no_number")]
    tried = said(home, capsys, "checklist", "try", code=1)
    assert [one["key"] for one in tried["groups"][0]["fits"]] == [KEY]
    file.write_text("[割れ物] sku:cup-*\n4 緩衝材\n", encoding="utf-8")
    assert said(home, capsys, "checklist", "try", str(file))["groups"][0]["fits"] == []
    assert said(home, capsys, "checklist", "show", code=1)["groups"][0]["asks"] == {"sku": ["mug-*"]}


def test_a_parcel_with_everything_through_the_pipe(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "a.jpg"
    Image.new("RGB", (9, 9)).save(photo, "JPEG")
    (tmp_path / "list.txt").write_text("4 緩衝材\n", encoding="utf-8")
    said(home, capsys, "checklist", "set", str(tmp_path / "list.txt"))

    def scanned(*codes: str) -> list[str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{code}\n" for code in codes)))
        run(["--home", str(home), "--json", "scan"])
        return [json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()]

    assert scanned(KEY, "JPTICK4", W1) == ["OK_OPEN", "OK_TICK", "ATT_PHOTO"]
    assert said(home, capsys, "evidence", "add", KEY, str(photo))[0]["kind"] == "file"
    assert scanned(W1, "0.512kg", "JPCMDACK", "ST,+00412.0  g", W1) == [
        *("ATT_WEIGHT", "NG_WEIGHT", "OK_ACK", "OK_WEIGHT", "OK_LINK"),
    ]
    (weighed,) = said(home, capsys, "weight", "show", KEY)
    assert (weighed["due"], weighed["grams"]) == (412, 412)


def test_what_a_scale_types(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(home, capsys, "weight", "read", "  1.234kg") == {"grams": 1234}
    assert said(home, capsys, "weight", "read", "US,GS,+ 1.2kg", code=1) == {"grams": None}
    assert said(home, capsys, "weight", "read", "4901234567894", code=2)["error"]["code"] == "scale_text"


def test_weights_are_proposed_and_set(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(home, capsys, "weight", "propose") == []
    assert said(home, capsys, "weight", "set", "new", code=2)["error"]["code"] == "weight_not_proposed"
    assert said(home, capsys, "weight", "set", "new", "--grams", "250") == {"sku": "new", "grams": 250}
    ws = open_workspace(str(home))
    assert products.by_skus(ws.store, ["new"])["new"].grams == 250
    ws.close()


def test_evidence_is_listed_exported_removed_and_expires(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for shade in (1, 2, 3):
        files.append(str(tmp_path / f"{shade}.png"))
        Image.new("L", (4, 4), shade).save(files[-1])
    added = said(home, capsys, "evidence", "add", KEY, *files)
    assert len(added) == 3
    assert said(home, capsys, "evidence", "list", KEY) == added
    out = said(home, capsys, "evidence", "export", KEY, "--out", str(tmp_path / "out"))
    assert [Path(path).name for path in out["files"]] == [f"{KEY}-{n:02d}.png" for n in (1, 2, 3)]
    assert [one["what"] for one in said(home, capsys, "print", "record")["record"]] == ["evidence"]
    said(home, capsys, "evidence", "remove", KEY, added[0]["hash"][:10], "--reason", "x")
    assert len(list((home / "evidence").iterdir())) == 2
    assert said(home, capsys, "evidence", "expire", "--older-than", "0")["entries"] == 2
    assert list((home / "evidence").iterdir()) == []
    assert said(home, capsys, "evidence", "list", KEY) == []
    assert said(home, capsys, "evidence", "shoot", KEY, code=2)["error"]["code"] == "camera_none"


def test_the_command_code_takes_a_photo_by_the_desks_camera(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "camera.py"
    script.write_text('import sys\nfrom PIL import Image\nImage.new("L", (9, 9)).save(sys.argv[1], "JPEG")\n')
    ws = open_workspace(str(home))
    ws.options.set("camera.command", f'"{sys.executable}" "{script}" %f')
    ws.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"JPCMDPHOTO\n{KEY}\nJPCMDPHOTO\n0.412kg\n{W1}\n"))
    run(["--home", str(home), "--json", "scan"])
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["outcome"] for one in answers] == [
        *("ATT_NOTHING", "OK_OPEN", "OK_PHOTO", "OK_WEIGHT", "OK_LINK"),
    ]
    assert [one["kind"] for one in said(home, capsys, "evidence", "list", KEY)] == ["photo"]
