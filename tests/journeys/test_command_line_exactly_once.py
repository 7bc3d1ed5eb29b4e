"""However the practice marketplace misbehaves, its own record has every parcel exactly once."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk_program import PROGRAM, Program, yamato_number

TRICKS = ("late", "twice", "html500", "accepted500", "cut_after", "cut_before")
QUICK = ("pack.goods=off", "api.pace_ms=0", "api.timeout_s=1", "confirm.poll_ms=50", "confirm.settle_s=1")


@pytest.fixture
def served() -> Iterator[dict[str, Any]]:
    """What `practice serve` says of itself: address, shops and the keys that open them."""
    command = [*PROGRAM, "--json", "practice", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())
        server.terminate()


def control(url: str, name: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/practice/{name}", data) as answer:
        return json.loads(answer.read())


def test_every_parcel_is_registered_once(served: dict[str, Any], tmp_path: Path) -> None:
    url, shop = served["url"], served["shops"][0]
    secrets = {f"JPSHIP_SECRET_{name.upper()}": shop[name] for name in ("service_secret", "license_key")}
    desk = Program(tmp_path / "home", **secrets)
    settings = [part for setting in QUICK for part in ("--set", setting)]
    desk.done("shop", "add", "rakuten", "本店", "--api-url", url, *settings)
    (fetched,) = desk.done("fetch")["files"]
    assert (fetched["new"] > len(TRICKS), fetched["rejected"]) == (True, [])
    keys = [order["key"] for order in desk.done("orders", "--view", "stage:print")][: len(TRICKS)]
    desk.done("print", "slips", *keys, "--out", tmp_path / "slips.pdf")
    numbers = [yamato_number(7000 + n) for n in range(len(TRICKS))]
    for how, key, number in zip(TRICKS, keys, numbers, strict=True):
        assert desk("track", key, number, number).said["outcome"] == "OK_DONE"
        control(url, "behave", {"function": "updateOrderShippingAsync", "how": how, "seconds": 0.5})
        assert key in [row["key"] for row in desk("confirm", "--send").said["accepted"]], how
    assert sorted(parcel["shippingNumber"] for parcel in control(url, "record")) == sorted(numbers)
    assert desk("confirm", "--send").said["accepted"] == []
    assert len(control(url, "record")) == len(numbers)
