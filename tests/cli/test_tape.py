"""`jpship tape` as a shell sees it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jpship_gui.cli.main import run
from jpship_gui.flows.pack.desk import Desk
from jpship_gui.flows.workspace import open_workspace
from jpship_gui.store import shops
from tests.builders import NOW, an_order, stored


def test_the_tape_is_found_by_person_and_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws = replace(open_workspace(str(tmp_path), person="佐藤", desk="1"), clock=lambda: NOW)
    shops.add(ws.store, "本店", "rakuten", {}, NOW)
    key = stored(ws.store, an_order(1))[0][1]
    with Desk(ws) as desk:
        desk.scan(key)
    ws.close()
    found = {}
    for who in ("佐藤", "井上"):
        words = ("tape", "--day", "2026-11-20", "--by", who)
        assert run(["--home", str(tmp_path), "--json", *words]) == 0
        found[who] = json.dumps(json.loads(capsys.readouterr().out), ensure_ascii=False)
    assert "OK_OPEN" in found["佐藤"]
    assert "OK_OPEN" not in found["井上"]
