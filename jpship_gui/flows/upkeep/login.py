"""Getting a shop's keys by a login: in the browser, which ends with a code, or given once to have a key issued."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.domain.fault import Refused, WorldFault
from jpship_gui.flows.upkeep.shops import keep_secret, set_values, variable_of
from jpship_gui.flows.workspace import Workspace
from jpship_gui.marketplaces.base import ShopLogin
from jpship_gui.store import send_pauses, shops


def login_address(ws: Workspace, name: str) -> str:
    """The page where a person logs in and agrees; it ends with a code for `finish_login`.

    Refused("shop_unknown", "shop_has_no_login") and what the marketplace's connector lacks.
    """
    return _login(ws, name).address()


def finish_login(ws: Workspace, name: str, code: str) -> bool:
    """Exchange the code (or the whole address the browser ended at) for keys; whether they last beyond this session.

    Refused as `login_address`, and faults of the network.
    """
    if not code.strip():
        raise Refused("login_code_missing", shop=name)
    _login(ws, name).finish(code.strip())
    send_pauses.lift(ws.store, name)  # what waited for a key goes on
    return ws.secrets.available()


@dataclass(frozen=True, slots=True)
class Certified:
    """A new key. `kept` = it lies in the key store; without one it lives in this session only, and `value` is to be put
    into the environment variable `variable`."""

    kept: bool
    variable: str
    value: str


def certify(ws: Workspace, name: str, user: str, password: str) -> Certified:
    """Have the marketplace issue a key for a login, which is used once and kept nowhere.

    Refused("shop_unknown", "shop_has_no_login", "login_missing", "secret_missing"), what the marketplace refuses, and
    faults of the network; then the old key stays.
    """
    issue = ws.markets()[shops.get(ws.store, name).marketplace].certify
    if issue is None:
        raise Refused("shop_has_no_login", shop=name)
    if not user.strip() or not password:
        raise Refused("login_missing")
    key = issue(ws.account(name), user.strip(), password)
    kept = _keep(ws, name, key.secret, key.value)
    if key.settings:
        set_values(ws, name, key.settings)
    return Certified(kept, variable_of(key.secret), "" if kept else key.value)


def _keep(ws: Workspace, name: str, secret: str, value: str) -> bool:
    """A key store that refuses loses nothing: the marketplace may have ended the old key already."""
    try:
        return keep_secret(ws, name, secret, value)
    except WorldFault:
        ws.secrets.keep_for_session(name, secret, value)
        return False


def _login(ws: Workspace, name: str) -> ShopLogin:
    login = ws.markets()[shops.get(ws.store, name).marketplace].login
    if login is None:
        raise Refused("shop_has_no_login", shop=name)
    return login(ws.account(name))
