"""Label sheets, forms and the papers made with them, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from tests.builders import an_order
from tests.documents.reading import page_texts
from tests.flows.carrier_desk import open_desk
from tests.flows.paper_desk import printable


@pytest.fixture
def home(tmp_path: Path) -> Path:
    desk = open_desk(tmp_path)
    printable(desk, an_order(1), an_order(2))
    desk.close()
    return tmp_path / "home"


def _json(home: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run(["--home", str(home), "--json", *words]) == code
    return json.loads(capsys.readouterr().out)


def test_sheets_are_listed_shared_and_measured(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {one["id"]: one for one in _json(home, capsys, "label-sheet", "list")}
    assert found["28362"]["labels"] == 12
    assert found["28362"]["first"] == 1
    file = str(tmp_path / "sheet.toml")
    _json(home, capsys, "label-sheet", "export", "28362", "--out", file)
    assert _json(home, capsys, "label-sheet", "import", file) == {"taken": ["28362"]}
    assert _json(home, capsys, "label-sheet", "list")[0]["own"] is True
    kept = _json(home, capsys, "label-sheet", "measure", "28362", "--x", "-12", "--first", "5")
    assert (kept["x"], kept["y"], kept["first"]) == (-12, 0, 5)
    assert run(["--home", str(home), "label-sheet", "measure", "28362", "--scale", "1100"]) == 2
    assert run(["--home", str(home), "label-sheet", "list"]) == 0


def test_labels_continue_on_the_begun_sheet(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "labels.pdf")
    made = _json(home, capsys, "print", "paper", "--document", "address", "--set", "first=12", "--out", out)
    assert (len(made["printed"]), made["pages"]) == (2, 2)
    assert all("山田 花子" in page for page in page_texts(Path(out).read_bytes()))


def test_a_form_from_the_example_to_the_print(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "form.toml"
    _json(home, capsys, "form", "export", "--out", str(file))
    text = file.read_text(encoding="utf-8")
    field = '{ value = "to_name", x = 100, y = 100, width = 800, height = 90 }'
    file.write_text(text.replace("fields = []", f"fields = [{field}]"), encoding="utf-8")
    made = _json(home, capsys, "form", "import", str(file))
    assert made["fields"] == 1
    moved = _json(home, capsys, "form", "offset", made["id"], "--x", "5", "--y", "-3")
    assert (moved["x"], moved["y"]) == (5, -3)
    assert _json(home, capsys, "form", "list") == [
        {"id": made["id"], "name": made["name"], "paper": "A4", "fields": 1, "x": 5, "y": -3}
    ]
    out = str(tmp_path / "form.pdf")
    assert _json(home, capsys, "print", "paper", "--document", "form", "--out", out)["pages"] == 2
    crosses = _json(
        home, capsys, "print", "paper", "--document", "form", "--set", "test=crosses", "--out", out
    )
    assert crosses["pages"] == 1
    _json(home, capsys, "form", "remove", made["id"])
    assert _json(home, capsys, "form", "list") == []
    assert run(["--home", str(home), "form", "offset", made["id"], "--x", "1"]) == 2
