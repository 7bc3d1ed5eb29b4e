"""Planning by command: prices and rules taken over, why a service was chosen, a person's word, weights, waiting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys import rakuten_file
from tests.journeys.desk_program import Program

PRICES = """
price = [
  { carrier = "yamato", service = "takkyubin", yen = 900 },
  { carrier = "yamato", service = "nekopos", grams = 1000, yen = 210 },
]
"""
RULES = {
    "rules": [
        {
            "name": "安いもの",
            "if": {"field": "marketplace", "test": "filled"},
            "do": [["service", "cheapest"]],
        }
    ]
}


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Program, str]:
    opened = Program(tmp_path / "home")
    opened.done("shop", "add", "rakuten", "本店", "--set", "pack.goods=off")
    rows = [rakuten_file.row(1, rakuten_file.yesterday())]
    opened.done("import", rakuten_file.write(tmp_path / "orders.csv", rows))
    (shipment,) = opened.done("orders")
    return opened, str(shipment["key"])


def test_a_service_is_chosen_by_cost_and_by_a_person(desk: tuple[Program, str], tmp_path: Path) -> None:
    program, key = desk
    (tmp_path / "prices.toml").write_text(PRICES, encoding="utf-8")
    (tmp_path / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    assert program.done("plan", "prices", "--take", tmp_path / "prices.toml")["counts"] == {"price": 2}
    (rule,) = program.done("plan", "rules", "--take", tmp_path / "rules.json")
    assert rule["name"] == "安いもの"
    (found,) = program.done("plan", "show", key, "--compare")
    assert (found["service"], found["yen"]) == ("takkyubin", 900)  # nobody knows its weight
    assert {fit["service"]: fit["no_cost"] for fit in found["alternatives"]}["nekopos"] == "weight"
    program.done("plan", "weigh", key, "--weight", "ST,+000.480kg", "--sides", "300x220x25")
    (found,) = program.done("plan", "show")
    assert (found["service"], found["yen"], found["parcels"][0]["size_cm"]) == ("nekopos", 210, 55)
    assert found["why"][0]["values"]["cost"] == "210"
    set_ = program.done("plan", "set", "yamato/compact", key, "--reason", "電話で")
    assert (set_["changed"], set_["plan"][0]["service"]) == ([key], "compact")
    assert program.done("plan", "unset", key)["plan"][0]["service"] == "nekopos"


def test_tables_and_rules_are_written(desk: tuple[Program, str], tmp_path: Path) -> None:
    program, _ = desk
    for kind in ("prices", "limits", "rules"):
        out = tmp_path / f"{kind}.out.toml"
        program.done("plan", kind, "--write", out)
        assert out.stat().st_size > 0


def test_what_cannot_be_is_refused_in_words(desk: tuple[Program, str], tmp_path: Path) -> None:
    program, key = desk
    refused = {
        "service_unknown": program("plan", "set", "yamato/rocket", key),
        "wait_past": program("plan", "wait", key, "--until", "2020-01-01"),
        "plan_day": program("plan", "wait", key, "--until", "morgen"),
        "scale_text": program("plan", "weigh", key, "--weight", "US,+1.2kg"),
        "split_weight_unknown": program("plan", "split", key, "weight", "--grams", "500"),
    }
    assert {code: (found.code, found.said["error"]["code"]) for code, found in refused.items()} == {
        code: (2, code) for code in refused
    }


def test_kept_back_and_let_go(desk: tuple[Program, str]) -> None:
    program, key = desk
    program.done("plan", "wait", key, "--until", "2999-01-01")
    assert program.done("orders")[0]["stage"] == "waiting"
    program.done("plan", "now", key)
    assert program.done("orders")[0]["stage"] == "print"
