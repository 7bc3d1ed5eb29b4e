"""Every practice marketplace misbehaves by chance, the sending program is killed again and again, and every parcel is
registered exactly once.

The practice mall runs in a process of its own, one call in four goes wrong in a random way, and the desk (another process,
`sending_desk`) is killed at random moments and started again until the marketplaces have accepted everything. Then their own
record is looked at: every order with its own number, none missing, none doubled, none swapped.

JPSHIP_TORTURE_ORDERS sets the orders a marketplace (12 in the suite, 500 for the real proof), JPSHIP_TORTURE_SEED the seed,
JPSHIP_TORTURE_LIFE how long a sending program lives at most: Amazon lets an order be read every two seconds, so that 500 of
its orders want lives of a minute.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jpship_gui.domain.confirmation import SendState
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.confirm.send import read_back
from jpship_gui.flows.intake.fetch import fetch
from jpship_gui.flows.upkeep import shops
from jpship_gui.practice.markets import PracticeMarket, markets
from jpship_gui.practice.shops import settings_of
from jpship_gui.store import lifeline, outbox
from tests.torture import sending_desk

ORDERS = int(os.environ.get("JPSHIP_TORTURE_ORDERS", "12"))
SEED = os.environ.get("JPSHIP_TORTURE_SEED", "exactly once")
ONE_IN = 4
LIFE = float(os.environ.get("JPSHIP_TORTURE_LIFE", "3"))  # seconds a sending program lives at most
PITY = 1.3  # times longer after a life in which nothing was accepted, and shorter again after one in which something was:
# there are marketplaces that let one read once in two seconds
LIVES = 100 + 2 * ORDERS  # far more than are needed; a queue that stands still must not stand for ever
QUICK = {"api.timeout_s": "1", "confirm.settle_s": "2", "confirm.deadline_s": "4", "confirm.poll_ms": "100"}
ERRORS = "errors.txt"
EVERYBODY = "all side by side"
NAMES = [*markets(), *([EVERYBODY] if len(markets()) > 1 else [])]
pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX notion"),
]


def control(url: str, name: str, body: object = None) -> Any:
    """A control call to a practice marketplace."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/practice/{name}", data) as answer:
        return json.loads(answer.read())


@contextmanager
def a_mall(orders: int) -> Iterator[str]:
    """The practice marketplaces in a process of their own; their address."""
    command = [sys.executable, "-m", "jpship_gui", "--json", "practice", "serve", "--orders", str(orders)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as mall:
        assert mall.stdout is not None
        try:
            yield json.loads(mall.stdout.readline())["url"]
        finally:
            mall.terminate()


@dataclass(slots=True)
class Toll:
    """What it took, by marketplace and in all."""

    orders: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Counter[str]] = field(default_factory=dict)
    kills: int = 0
    lives: int = 0

    def lines(self) -> Iterator[str]:
        """For whoever runs it."""
        yield f"seed {SEED!r}: {self.kills} kills in {self.lives} lives"
        for market in self.orders:
            faults = self.faults[market]
            kinds = ", ".join(f"{how} {count}" for how, count in sorted(faults.items()))
            yield (
                f"{market}: {self.orders[market]} orders, {self.requests[market]} requests, "
                f"{faults.total()} faults ({kinds})"
            )


def open_shops(home: Path, url: str, chosen: Sequence[PracticeMarket]) -> None:
    """The desk knows every shop and has fetched its orders before anything goes wrong."""
    with closing(sending_desk.desk(home)) as ws:
        for market in chosen:
            for shop in market.shops:
                shops.add(ws, market.id, shop.name, {**settings_of(shop, f"{url}/{market.id}"), **QUICK})
        for found in fetch(ws).shops:
            assert (found.fault, found.due_at, found.rejections) == (None, None, ()), found


def run_and_kill(home: Path, dice: random.Random, toll: Toll) -> None:
    """Let the desk work, kill it at a random moment, and start it again, until it ends by itself."""
    command = [sys.executable, "-m", "tests.torture.sending_desk", str(home), str(max(3, ORDERS // 100))]
    life, left = LIFE, 0
    while True:
        toll.lives += 1
        assert toll.lives <= LIVES, "the queue stands still"
        with (
            (home / ERRORS).open("ab") as errors,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as desk,
        ):
            assert desk.stdout is not None
            assert desk.stdout.readline() == b"up\n", (home / ERRORS).read_text(encoding="utf-8")
            if (
                toll.lives == 1
            ):  # a lucky sender could end in one life: the first dies after a round, mostly in the next
                for _ in range(2):
                    desk.stdout.readline()
            try:
                desk.wait(dice.uniform(0, 0.05) if toll.lives == 1 else dice.uniform(0.05, life))
            except subprocess.TimeoutExpired:
                desk.kill()
                toll.kills += 1
            before, rounds = left, desk.stdout.read().split()
            left = int(rounds[-1]) if rounds else left
        life = max(LIFE, life / PITY) if left < before else life * PITY
        if desk.returncode == 0:
            return
        assert desk.returncode == -signal.SIGKILL, (home / ERRORS).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_whatever_happens_every_parcel_is_registered_once(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = list(markets().values()) if name == EVERYBODY else [markets()[name]]
    dice = random.Random(f"{SEED} {name}")
    orders = ORDERS if name != EVERYBODY else max(1, ORDERS // 4)
    home, toll = tmp_path / "home", Toll()
    home.mkdir()
    with a_mall(orders) as url:
        open_shops(home, url, chosen)
        for market in chosen:
            chance = {"one_in": ONE_IN, "seed": f"{SEED} {market.id}", "seconds": 0.3, "silence": 1.5}
            control(f"{url}/{market.id}", "behave", chance)
        run_and_kill(home, dice, toll)
        for market in chosen:
            control(f"{url}/{market.id}", "behave", {})
        for market in chosen:
            judge(home, market, orders, control(f"{url}/{market.id}", "record"))
            calls = control(f"{url}/{market.id}", "calls")
            toll.orders[market.id] = -(-orders // len(market.shops)) * len(market.shops)
            toll.requests[market.id] = len(calls)
            toll.faults[market.id] = Counter(call["trick"] for call in calls if call["trick"])
        the_desk_agrees(home)
    with capsys.disabled():
        print("\n" + "\n".join(toll.lines()))
    assert toll.kills
    assert all(toll.faults[market.id] for market in chosen)
    assert "Traceback" not in (home / ERRORS).read_text(encoding="utf-8")


def judge(home: Path, market: PracticeMarket, orders: int, record: Sequence[dict[str, Any]]) -> None:
    """The marketplace's own record against what was packed."""
    names = {shop.name for shop in market.shops}
    with closing(sending_desk.desk(home)) as ws:
        packed = [s for s in sending_desk.every_shipment(ws) if s.order_id.shop in names]
    wanted = {(s.order_id.number, sending_desk.waybill(s.row_id)) for s in packed}
    assert {(row["order"], row["tracking_no"]) for row in record} == wanted
    rows = Counter((row["order"], row["tracking_no"], row.get("line", "")) for row in record)
    assert [row for row, times in rows.items() if times != 1] == []
    assert [row for row in record if row.get("times", 1) != 1] == []
    assert len({order for order, _ in wanted}) == -(-orders // len(market.shops)) * len(market.shops)


def the_desk_agrees(home: Path) -> None:
    """Nothing is open or differs, the audit trail is whole, and no sender is left behind."""
    with closing(sending_desk.desk(home)) as ws:
        assert {item.state for item in outbox.in_state(ws.store, list(SendState))} <= {SendState.ACCEPTED}
        report = read_back(ws)
        assert (report.faults, report.differences) == ([], [])
        found = review(ws)
        assert (found.green, found.red, found.differing) == ((), (), ())
        assert sum(shop.unconfirmed for shop in found.shops) == 0
        assert outbox.first_broken_line(ws.store) is None
        assert lifeline.ended(ws.places.senders) == []
        assert ws.store.value("PRAGMA integrity_check") == "ok"
