"""One access token for all, renewed once."""

from __future__ import annotations

import threading
import uuid

import pytest

from jpship_gui.net.faults import Unauthorised
from jpship_gui.net.tokens import Token, forget_token, token_of


class Giver:
    def __init__(self, lives: float = 3600) -> None:
        self.key = ("site", str(uuid.uuid4()))
        self.lives = lives
        self.given = 0

    def __call__(self) -> Token:
        self.given += 1
        return Token(f"token-{self.given}", self.lives)

    def ask(self) -> str:
        return token_of(self.key, self)


def test_it_is_kept_while_it_lives() -> None:
    giver = Giver()
    assert [giver.ask() for _ in range(3)] == ["token-1"] * 3


def test_it_is_renewed_before_it_dies() -> None:
    giver = Giver(lives=59)
    assert [giver.ask() for _ in range(2)] == ["token-1", "token-2"]


def test_many_threads_renew_once() -> None:
    giver = Giver()
    threads = [threading.Thread(target=giver.ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert giver.given == 1


def test_a_refused_one_is_forgotten_but_not_its_successor() -> None:
    giver = Giver()
    old = giver.ask()
    forget_token(giver.key, old)
    assert giver.ask() == "token-2"
    forget_token(giver.key, old)
    assert giver.ask() == "token-2"


def test_a_refusal_is_passed_on_and_nothing_kept() -> None:
    key = ("site", str(uuid.uuid4()))

    def refused() -> Token:
        raise Unauthorised("net_refused", host="x")

    with pytest.raises(Unauthorised):
        token_of(key, refused)
    assert token_of(key, lambda: Token("right", 3600)) == "right"
