"""How a shop names the carriers: the marketplace's table, the shop's own word, and never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jpship_gui.domain.fault import Refused
from jpship_gui.flows.confirm.review import review
from jpship_gui.flows.upkeep.carrier_codes import codes_of, known_codes, set_code
from jpship_gui.flows.upkeep.shops import add, standing
from jpship_gui.practice.rakuten.shops import MAIN
from tests.flows.confirming import Scene, a_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path / "home", 2) as made:
        yield made


def test_the_marketplaces_table_is_the_beginning(scene: Scene) -> None:
    rows = {(row.carrier, row.service): row for row in codes_of(scene.ws, MAIN.name)}
    assert (rows["yamato", ""].code, rows["yamato", ""].own) == ("1001", False)
    assert rows["yamato", "yupacket"].code == "1030"
    assert rows["yamato", ""].source
    assert rows["amazon", ""].code == ""


def test_the_shops_own_word_wins_and_can_be_taken_back(scene: Scene) -> None:
    row = set_code(scene.ws, MAIN.name, "yamato", code=" 1000 ", method="普通便")
    assert (row.code, row.method, row.own) == ("1000", "普通便", True)
    assert {r.carrier: r.code for r in codes_of(scene.ws, MAIN.name) if not r.service}["yamato"] == "1000"
    assert set_code(scene.ws, MAIN.name, "yamato").code == "1001"
    assert scene.ws.shop_options(MAIN.name).get("carrier.codes") == {}


def test_what_is_told_follows_the_shops_word(scene: Scene) -> None:
    set_code(scene.ws, MAIN.name, "amazon", code="1000", carrier_name="アマゾン配送")
    scene.ws.store.execute("UPDATE parcels SET carrier = 'amazon' WHERE key = ?", (scene.keys[0],))
    reasons = {row.key: [r.code for r in row.reasons] for row in review(scene.ws).red}
    assert "no_mapping" not in reasons.get(scene.keys[0], [])
    set_code(scene.ws, MAIN.name, "amazon")
    reasons = {row.key: [r.code for r in row.reasons] for row in review(scene.ws).red}
    assert "no_mapping" in reasons[scene.keys[0]]


def test_the_whole_table_is_offered(scene: Scene) -> None:
    known = {code.code: code.name for code in known_codes(scene.ws, MAIN.name)}
    assert known["1000"] == "その他"
    assert len(known) == 32


def test_an_unknown_carrier_or_service_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="carrier_unknown"):
        set_code(scene.ws, MAIN.name, "bicycle", code="1")
    with pytest.raises(Refused, match="service_unknown"):
        set_code(scene.ws, MAIN.name, "yamato", "balloon", code="1")


def test_where_the_orders_own_word_is_repeated_nothing_is_missing(scene: Scene) -> None:
    add(scene.ws, "qoo10", "Qoo10店", {})
    rows = {(row.carrier, row.service): row for row in codes_of(scene.ws, "Qoo10店")}
    assert (rows["yamato", ""].code, rows["yamato", ""].repeated) == ("", True)
    assert rows["dhl", ""].repeated is False  # no word of Qoo10 is known to mean it
    assert set_code(scene.ws, "Qoo10店", "yamato", code="ヤマト宅急便").repeated is False
    assert not any(row.repeated for row in codes_of(scene.ws, MAIN.name))


def test_how_a_shop_stands(scene: Scene) -> None:
    found = standing(scene.ws, MAIN.name)
    assert (found.by, found.missing, found.has_api, found.writes_files) == ("api", (), True, True)
    scene.ws.secrets.delete(MAIN.name, "license_key")
    found = standing(scene.ws, MAIN.name)
    assert (found.by, found.missing) == ("file", ("license_key",))
