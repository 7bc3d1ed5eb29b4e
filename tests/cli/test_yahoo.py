"""Yahoo! Shopping by command: the login with a code, and two files read as one."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.cli.main import run
from jpship_gui.domain.clock import now_utc
from jpship_gui.practice.running_server import RunningServer
from jpship_gui.practice.yahoo.files import write_pair
from jpship_gui.practice.yahoo.gate import Gate
from jpship_gui.practice.yahoo.play import YahooPlay
from jpship_gui.practice.yahoo.server import YahooServer
from jpship_gui.practice.yahoo.shops import MAIN, REDIRECT, open_shop
from tests.flows.yahoo_desk import plain_orders


@pytest.fixture(autouse=True)
def _nobody_types(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningServer[YahooServer]]:
    app = YahooServer(YahooPlay(now_utc), Gate())
    open_shop(app, MAIN, plain_orders(2))
    monkeypatch.setenv("JPSHIP_SECRET_YAHOO_CLIENT_SECRET", MAIN.secrets["yahoo_client_secret"])
    with RunningServer(app) as running:
        yield running


def call(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    code = run(["--home", str(home), "--json", *words])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def add(home: Path, capsys: pytest.CaptureFixture[str], url: str) -> None:
    pairs = [f"{key}={value}" for key, value in {**MAIN.settings, "api.pace_ms": "0"}.items()]
    sets = [word for pair in pairs for word in ("--set", pair)]
    assert call(home, capsys, "shop", "add", "yahoo", "Y店", "--api-url", url, *sets)[0] == 0


def test_logging_in_by_command(
    server: RunningServer[YahooServer], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    add(home, capsys, server.url)
    code, document, _ = call(home, capsys, "shop", "login", "Y店")
    assert code == 0
    address = document["address"]
    with urllib.request.urlopen(address) as page:
        given = page.read().decode().partition("code: ")[2].partition("<")[0]
    state = address.partition("state=")[2]
    ended_at = f"{REDIRECT}?code={given}&state={state}"
    code, document, _ = call(home, capsys, "shop", "login", "Y店", "--code", ended_at)
    assert (code, document["kept"]) == (0, False)  # the tests have no key store
    code, document, words = call(home, capsys, "shop", "login", "Y店", "--code", ended_at)
    assert (code, document["error"]["code"]) == (2, "yahoo_login_state")
    assert "ログインのページ" in words


def test_a_shop_without_a_login_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    call(home, capsys, "shop", "add", "rakuten", "R店")
    code, document, _ = call(home, capsys, "shop", "login", "R店")
    assert (code, document["error"]["code"]) == (2, "shop_has_no_login")


def test_two_files_are_one_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    call(home, capsys, "shop", "add", "yahoo", "Y店")
    orders, items = write_pair(tmp_path, plain_orders(4))
    code, document, _ = call(home, capsys, "import", str(items), str(orders))
    assert code == 0
    beside, told = document["files"]
    assert (beside["joined_to"], beside["new"], told["joined_to"], told["new"]) == (orders.name, 0, "", 4)
    code, document, _ = call(home, capsys, "import", str(orders))
    assert (code, document["files"][0]["error"]["code"]) == (2, "yahoo_items_missing")
    assert "商品情報" in document["files"][0]["error"]["text"]
    assert run(["--home", str(home), "import", str(items), str(orders)]) == 0
    assert f"「{orders.name}」と合わせて" in capsys.readouterr().out
