"""`jpship promise` and `jpship shop certify` as a shell sees them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.practice.misbehaviour import How, Trick
from jpship_gui.practice.qoo10.shops import MAIN, PASSWORD, USER
from tests.flows.qoo10_desk import QooScene, a_qoo10_scene


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[QooScene]:
    for field, value in MAIN.secrets.items():
        monkeypatch.setenv(f"JPSHIP_SECRET_{field.upper()}", value)
    with a_qoo10_scene(tmp_path / "home") as made:
        made.take_detail()
        yield made


def call(scene: QooScene, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = run(["--home", str(scene.folder.parent / "home"), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def first(scene: QooScene) -> str:
    return next(iter(scene.carts))


def third(scene: QooScene) -> str:
    return list(scene.carts)[2]


def test_what_waits_is_listed_and_promised(scene: QooScene, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = call(scene, capsys, "promise", "--list")
    assert (code, [row["order"] for row in found]) == (0, [first(scene), third(scene)])
    assert {row["shop"] for row in found} == {MAIN.name}
    day = (scene.ws.today() + timedelta(days=1)).isoformat()
    code, report = call(scene, capsys, "promise", found[0]["key"], "--date", day)
    assert (code, [(row["key"], row["day"]) for row in report["accepted"]]) == (0, [(found[0]["key"], day)])
    code, left = call(scene, capsys, "promise", "--list")
    assert (code, [row["key"] for row in left]) == (0, [found[1]["key"]])


def test_what_goes_wrong_has_its_exit_code(scene: QooScene, capsys: pytest.CaptureFixture[str]) -> None:
    far = (scene.ws.today() + timedelta(days=40)).isoformat()
    code, report = call(scene, capsys, "promise", "--date", far)
    assert (code, {row["code"] for row in report["refused"]}) == (1, {"-10017"})
    scene.server.app.tricks.ask(Trick("SetSellerCheckYNBulk", How.CUT_BEFORE))
    code, report = call(scene, capsys, "promise")
    assert (code, len(report["doubtful"])) == (1, 2)
    code, document = call(scene, capsys, "promise", "--date", "明日")
    assert (code, document["error"]["code"]) == (2, "promise_day_form")
    code, document = call(scene, capsys, "promise", "--date", "2020-01-01")
    assert (code, document["error"]["code"]) == (2, "promise_past")
    assert call(scene, capsys, "promise")[0] == 0
    code, document = call(scene, capsys, "promise")
    assert (code, document["error"]["code"]) == (2, "promise_nothing")


def test_a_promise_for_a_person(scene: QooScene, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(scene.folder.parent / "home")
    assert run(["--home", home, "promise"]) == 0
    said = capsys.readouterr().out
    assert all(cart in said for cart in (first(scene), third(scene)))
    assert run(["--home", home, "promise", "--list"]) == 0
    assert "発送予定日を待っている注文はありません" in capsys.readouterr().out


def test_a_key_is_issued_and_told_where_nothing_keeps_it(
    scene: QooScene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{USER}\n{PASSWORD}\n"))
    code, document = call(scene, capsys, "shop", "certify", MAIN.name)
    fresh = scene.server.app.play.shops[MAIN.number].key
    assert code == 0
    assert document == {
        "shop": MAIN.name,
        "kept": False,
        "variable": "JPSHIP_SECRET_CERTIFICATION_KEY",
        "value": fresh,
    }
    monkeypatch.setenv("JPSHIP_SECRET_CERTIFICATION_KEY", fresh)
    assert call(scene, capsys, "shop", "check", MAIN.name)[1]["answer"] == "net.check_ok"


def test_a_wrong_password_is_the_marketplaces_refusal(
    scene: QooScene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    code, document = call(scene, capsys, "shop", "certify", MAIN.name, "--user", USER)
    assert (code, document["error"]["code"]) == (3, "qoo10_refused_call")
    assert USER not in document["error"]["text"]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, document = call(scene, capsys, "shop", "certify", MAIN.name, "--user", USER)
    assert (code, document["error"]["code"]) == (2, "login_missing")
