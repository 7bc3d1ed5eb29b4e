"""Secrets: key store first, memory without one, environment last; nothing personal in a log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from jpship_gui.domain.fault import WorldFault
from jpship_gui.settings.secrets import MaskingFilter, Secrets, masked


class Store(KeyringBackend):
    """A key store in memory that takes no more than Windows does."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1280:
            raise ValueError("1783")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.entries:
            raise PasswordDeleteError(username)
        del self.entries[service, username]


@pytest.fixture
def store() -> Iterator[Store]:
    """A usable key store for one test."""
    before = keyring.get_keyring()
    found = Store()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_a_secret_lies_in_the_key_store_under_shop_and_field(store: Store) -> None:
    assert Secrets().set("本店", "licence_key", "SL-0000-test")
    assert store.entries == {("jpship", "本店/licence_key"): "SL-0000-test"}
    assert Secrets().get("本店", "licence_key") == "SL-0000-test"


@pytest.mark.parametrize("length", [1, 1200, 1201, 5000])
def test_long_secrets_are_split_and_come_back_whole(store: Store, length: int) -> None:
    value = "".join(chr(97 + number % 26) for number in range(length))
    Secrets().set("shop", "token", value)
    assert Secrets().get("shop", "token") == value
    assert max(len(entry) for entry in store.entries.values()) <= 1280


def test_a_shorter_secret_leaves_nothing_of_the_longer_one(store: Store) -> None:
    secrets = Secrets()
    secrets.set("shop", "token", "x" * 5000)
    secrets.set("shop", "token", "short")
    assert store.entries == {("jpship", "shop/token"): "short"}
    secrets.delete("shop", "token")
    assert store.entries == {}
    assert secrets.get("shop", "token") is None


def test_without_a_key_store_a_secret_lasts_for_the_session() -> None:
    secrets = Secrets()
    assert not secrets.available()
    assert not secrets.set("shop", "token", "only-now")
    assert secrets.get("shop", "token") == "only-now"
    assert Secrets().get("shop", "token") is None


def test_the_environment_speaks_when_the_key_store_is_silent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPSHIP_SECRET_TOKEN", "from-environment")
    assert Secrets().get("shop", "token") == "from-environment"
    Secrets().set("shop", "token", "from-store")
    assert Secrets().get("shop", "token") == "from-store"


def test_a_locked_key_store_is_the_worlds_fault(store: Store) -> None:
    store.locked = True
    with pytest.raises(WorldFault) as fault:
        Secrets().get("shop", "token")
    assert fault.value.code == "key_store"


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("call 090-0000-1234 back", "090-0000-1234"),
        ("phone=09000001234", "09000001234"),
        ("to 123-4567 now", "123-4567"),
        ("mail taro@example.jp bounced", "taro"),
        ("recipient 山田太郎様 moved", "山田太郎"),
        ("at 東京都千代田区架空町9-9-9", "架空町"),
        ("Authorization: ESA c2VjcmV0OmtleQ==", "c2VjcmV0"),
        ("serviceSecret=SP000000_abc", "SP000000"),
        ("opened postgresql://user:pw@127.0.0.1/jpship", "pw@"),
    ],
)
def test_personal_data_and_credentials_are_masked(line: str, hidden: str) -> None:
    assert hidden not in masked(line)


@pytest.mark.parametrize(
    "line", ["order 123456-20261121-0000000001 accepted", "JP00001A linked 400123456003", "took 12:30"]
)
def test_what_is_needed_to_find_an_order_stays(line: str) -> None:
    assert masked(line) == line


def test_a_log_never_holds_a_secret_even_in_a_traceback() -> None:
    Secrets().set("shop", "token", "very-secret-value")
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.addFilter(MaskingFilter())
    log = logging.getLogger("jpship.test_secrets")
    log.propagate = False
    log.addHandler(handler)
    try:
        raise RuntimeError("very-secret-value of 山田花子様")
    except RuntimeError:
        log.exception("sent %s to %s", "very-secret-value", "hanako@example.jp")
    finally:
        log.removeHandler(handler)
    written = output.getvalue()
    assert "RuntimeError" in written
    assert "very-secret-value" not in written
    assert "hanako" not in written
    assert "山田花子" not in written
