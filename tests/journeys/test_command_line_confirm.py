"""Confirming from the command line against the practice marketplace in a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.practice.rakuten.day_orders import invented_number
from jpship_gui.practice.rakuten.shops import MAIN

PROGRAM = (sys.executable, "-m", "jpship_gui")


def run(home: Path, *arguments: str, stdin: str = "") -> tuple[int, Any]:
    """Exit code and document of one command."""
    secrets = {f"JPSHIP_SECRET_{field.upper()}": value for field, value in MAIN.secrets.items()}
    done = subprocess.run(
        [*PROGRAM, "--home", str(home), "--json", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **secrets},
        check=False,
    )
    assert done.stdout, done.stderr
    if arguments[0] == "scan":
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def url() -> Iterator[str]:
    """A practice marketplace served by the program's own command."""
    with subprocess.Popen(
        [*PROGRAM, "--json", "practice", "serve"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        yield str(json.loads(server.stdout.readline())["url"])
        server.terminate()


def control(url: str, name: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/practice/{name}", data) as answer:
        return json.loads(answer.read())


def test_from_fetch_to_shipped(url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    quick = ("api.pace_ms=0", "api.timeout_s=2", "confirm.poll_ms=50", "confirm.settle_s=1", "pack.goods=off")
    settings = [part for setting in (*quick, "sender.name=練習店") for part in ("--set", setting)]
    assert run(home, "shop", "add", "rakuten", "本店", "--api-url", url, *settings)[0] == 0
    code, fetched = run(home, "fetch")
    assert (code, fetched["files"][0]["new"]) == (0, 12)
    _, orders = run(home, "orders", "--view", "stage:print")
    keys = [order["key"] for order in orders][:3]
    assert run(home, "print", "slips", *keys, "--out", str(tmp_path / "slips.pdf"))[0] == 0
    numbers = [invented_number(n) for n in range(3)]
    for key, number in zip(keys, numbers, strict=True):
        code, tracked = run(home, "track", key, number, number)
        assert code == 0, tracked
    code, listed = run(home, "confirm", "--list")
    assert sorted(row["key"] for row in listed["green"]) == sorted(keys)
    control(url, "behave", {"function": "updateOrderShippingAsync", "how": "cut_after"})
    code, sent = run(home, "confirm", "--send")
    assert (code, sorted(row["key"] for row in sent["accepted"])) == (0, sorted(keys))
    assert sorted(r["shippingNumber"] for r in control(url, "record")) == numbers
    assert len(control(url, "night", {})["moved"]) == 3
    assert run(home, "fetch")[0] == 0
    _, shipped = run(home, "orders", "--view", "stage:shipped")
    assert sorted(order["key"] for order in shipped) == sorted(keys)


def test_offline_is_the_worlds_fault_and_wrong_keys_are_refused(url: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, "shop", "add", "rakuten", "本店", "--api-url", "http://127.0.0.1:9")[0] == 0
    code, answer = run(home, "fetch")
    assert (code, answer["files"][0]["error"]["code"]) == (3, "net_unreachable")
    control(url, "behave", {"how": "expired", "times": 9})
    assert run(home, "shop", "set", "本店", f"api.url={url}")[0] == 0
    code, answer = run(home, "fetch")
    assert (code, answer["files"][0]["error"]["code"]) == (2, "rakuten_key_refused")
