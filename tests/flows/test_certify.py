"""A key issued for a login: it is kept, works at once, and the login is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.upkeep import shops
from jpship_gui.flows.upkeep.login import certify
from jpship_gui.net.faults import Unauthorised
from jpship_gui.practice.qoo10.shops import MAIN, PASSWORD, USER
from tests.flows.qoo10_desk import QooScene, a_qoo10_scene
from tests.settings.test_secrets import Store

KEY = "certification_key"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[QooScene]:
    with a_qoo10_scene(tmp_path / "home") as made:
        yield made


@pytest.fixture
def key_store() -> Iterator[Store]:
    before = keyring.get_keyring()
    found = Store()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_the_new_key_works_and_its_day_is_noted(scene: QooScene) -> None:
    scene.server.app.play.shops[MAIN.number].expires = to_jst(now_utc()).date().replace(year=2020)
    with pytest.raises(Unauthorised, match="qoo10_key_expired"):
        shops.check_connection(scene.ws, MAIN.name)
    made = certify(scene.ws, MAIN.name, f" {USER} ", PASSWORD)
    assert (
        made.value == scene.server.app.play.shops[MAIN.number].key
    )  # for the environment: nothing keeps it here
    assert (made.kept, made.variable) == (False, "JPSHIP_SECRET_CERTIFICATION_KEY")
    assert shops.check_connection(scene.ws, MAIN.name) == "net.check_ok"
    settings = next(shop for shop in shops.every(scene.ws) if shop.name == MAIN.name).settings
    assert settings["certified_on"] == to_jst(now_utc()).date().isoformat()


def test_a_key_store_keeps_it_and_nothing_of_the_login(scene: QooScene, key_store: Store) -> None:
    made = certify(scene.ws, MAIN.name, USER, PASSWORD)
    assert (made.kept, made.value) == (True, "")
    assert key_store.entries["jpship", f"{MAIN.name}/{KEY}"] == scene.server.app.play.shops[MAIN.number].key
    assert shops.check_connection(scene.ws, MAIN.name) == "net.check_ok"
    everything = b"".join(path.read_bytes() for path in scene.folder.parent.rglob("*") if path.is_file())
    assert not [word for word in (USER, PASSWORD) if word.encode() in everything]
    assert not {USER, PASSWORD} & set(key_store.entries.values())


def test_a_key_store_that_refuses_loses_nothing(
    scene: QooScene, key_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(shop: str, field: str, value: str) -> bool:
        raise WorldFault("key_store")

    monkeypatch.setattr(scene.ws.secrets, "set", refusing)
    made = certify(scene.ws, MAIN.name, USER, PASSWORD)
    assert (made.kept, made.value) == (False, scene.server.app.play.shops[MAIN.number].key)
    assert shops.check_connection(scene.ws, MAIN.name) == "net.check_ok"


def test_a_wrong_login_leaves_the_old_key(scene: QooScene) -> None:
    with pytest.raises(WorldFault, match="qoo10_refused_call"):
        certify(scene.ws, MAIN.name, USER, "wrong")
    assert scene.ws.secrets.get(MAIN.name, KEY) == MAIN.secrets[KEY]
    assert shops.check_connection(scene.ws, MAIN.name) == "net.check_ok"
    assert "certified_on" not in next(s for s in shops.every(scene.ws) if s.name == MAIN.name).settings


@pytest.mark.parametrize(("user", "password"), [("", PASSWORD), (" ", PASSWORD), (USER, "")])
def test_half_a_login_is_not_tried(scene: QooScene, user: str, password: str) -> None:
    with pytest.raises(Refused, match="login_missing"):
        certify(scene.ws, MAIN.name, user, password)
    assert scene.server.app.calls == []


def test_the_api_key_is_asked_for_by_name(scene: QooScene) -> None:
    scene.ws.secrets.delete(MAIN.name, "qsm_api_key")
    with pytest.raises(Refused, match="secret_missing"):
        certify(scene.ws, MAIN.name, USER, PASSWORD)


def test_other_marketplaces_issue_no_keys(scene: QooScene) -> None:
    shops.add(scene.ws, "rakuten", "本店", {})
    with pytest.raises(Refused, match="shop_has_no_login"):
        certify(scene.ws, "本店", USER, PASSWORD)
    with pytest.raises(Refused, match="shop_unknown"):
        certify(scene.ws, "ない店", USER, PASSWORD)
