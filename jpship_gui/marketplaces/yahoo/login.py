"""Yahoo! ID連携 v2: the login that gives a store's tokens, and access tokens by refreshing (Yahoo! reference 4.1)."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from jpship_gui.domain.clock import now_utc, to_jst
from jpship_gui.domain.fault import Refused
from jpship_gui.marketplaces import load
from jpship_gui.marketplaces.base import ShopAccount
from jpship_gui.net.faults import Unanswered, Unauthorised
from jpship_gui.net.session import Answer, Manner, Session, is_loopback
from jpship_gui.net.tokens import Token, drop_token
from jpship_gui.settings.options import ShopOptions

AUTH_URL = "https://auth.login.yahoo.co.jp"
TOKEN = "/yconnect/v2/token"
CLIENT_ID = "yahoo.client_id"
CLIENT_SECRET, REFRESH_TOKEN = "yahoo_client_secret", "yahoo_refresh_token"
LOGIN_DAY, STATE = "yahoo.login_day", "yahoo.login_state"
_WARN_FROM = timedelta(days=21)  # of 28 (4.1)
_PACKAGE = __name__.rpartition(".")[0]


def options_of(account: ShopAccount) -> ShopOptions:
    """The store's settings, typed."""
    return ShopOptions(account.settings, load.options(_PACKAGE))


def login(account: ShopAccount) -> YahooLogin:
    """Refused("yahoo_client_missing", "yahoo_redirect_missing") when the application is not entered yet."""
    settings = options_of(account)
    if not settings.get(CLIENT_ID):
        raise Refused("yahoo_client_missing", shop=account.name)
    if not settings.get("yahoo.redirect_uri"):
        raise Refused("yahoo_redirect_missing", shop=account.name)
    return YahooLogin(account)


class YahooLogin:
    """`ShopLogin` of one store, and its way to access tokens."""

    def __init__(self, account: ShopAccount) -> None:
        self._account = account
        self._settings = options_of(account)
        url = urlsplit(_token_url(self._settings))
        self._path = url.path
        manner = Manner(
            pace=0.0,
            read_timeout=float(self._settings.get("api.timeout_s")),
            loopback_only=account.practice,
        )
        self._base = f"{url.scheme}://{url.netloc}"
        self._session = Session(self._base, account.name, manner)
        # An application, its store and where its tokens come from: what one access token serves.
        self.token_key = (
            "yahoo",
            self._base + self._path,
            account.name,
            str(self._settings.get(CLIENT_ID)),
        )

    def address(self) -> str:
        """The page of Yahoo! where the store's owner logs in and agrees."""
        state = secrets.token_urlsafe(16)
        self._account.memory[STATE] = state
        query = {
            "response_type": "code",
            "client_id": self._settings.get(CLIENT_ID),
            "redirect_uri": self._settings.get("yahoo.redirect_uri"),
            "scope": "openid profile",
            "bail": "1",
            "state": state,
        }
        page = self._path.removesuffix("/token") + "/authorization"
        return f"{self._base}{page}?{urlencode(query)}"

    def finish(self, code: str) -> None:
        """Refused("yahoo_login_state") when the address is that of another login, Unauthorised when Yahoo! does not
        take the code (it lives about ten minutes)."""
        body = {
            "grant_type": "authorization_code",
            "code": self._code_of(code),
            "redirect_uri": self._settings.get("yahoo.redirect_uri"),
        }
        answer = self._ask(body)
        if not answer.get("refresh_token"):
            raise Unanswered("net_bad_answer", host=self._session.host, status=200)
        self._keep(answer)
        self._account.memory.pop(STATE, None)
        drop_token(self.token_key)

    def renew(self) -> Token:
        """An access token by the refresh token; Unauthorised("yahoo_login_ended") when that has died."""
        body = {"grant_type": "refresh_token", "refresh_token": self._account.secret(REFRESH_TOKEN)}
        answer = self._ask(body)
        if answer.get("refresh_token"):
            self._keep(answer)
        elif LOGIN_DAY not in self._account.memory:  # entered by hand: it has lived no longer than we know it
            self._note_login()
        value = str(answer.get("access_token") or "")
        if not value:
            raise Unanswered("net_bad_answer", host=self._session.host, status=200)
        return Token(value, _seconds(answer.get("expires_in")))

    def _code_of(self, given: str) -> str:
        if "code=" not in given:
            return given
        query = parse_qs(urlsplit(given).query)
        state = query.get("state", [""])[0]
        if state and state != self._account.memory.get(STATE, ""):
            raise Refused("yahoo_login_state", shop=self._account.name)
        return query.get("code", [""])[0]

    def _keep(self, answer: Mapping[str, Any]) -> None:
        self._account.keep_secret(REFRESH_TOKEN, str(answer["refresh_token"]))
        self._note_login()

    def _note_login(self) -> None:
        """The day it begins to grow old. Without a key it lasts twelve hours, of which no day can warn."""
        if self._settings.get("yahoo.public_key"):
            self._account.memory[LOGIN_DAY] = to_jst(now_utc()).date().isoformat()
        else:
            self._account.memory.pop(LOGIN_DAY, None)

    def _ask(self, body: Mapping[str, str]) -> dict[str, Any]:
        client = f"{self._settings.get(CLIENT_ID)}:{self._account.secret(CLIENT_SECRET)}"
        headers = {
            "Authorization": f"Basic {base64.b64encode(client.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        # A code is used up and a refresh token may be replaced by the first try: sent once.
        answer = self._session.post(self._path, headers, urlencode(body).encode(), write=True)
        return _read(answer, self._session.host, refreshing=body["grant_type"] == "refresh_token")


def login_grows_old(account: ShopAccount, today: date) -> bool:
    """Whether a person should log in anew soon: from day 21 on."""
    try:
        begun = date.fromisoformat(account.memory.get(LOGIN_DAY, ""))
    except ValueError:
        return False
    return today - begun >= _WARN_FROM


def _token_url(settings: ShopOptions) -> str:
    """Yahoo!'s own, the shop's setting, or the practice marketplace's where that plays the API."""
    given = str(settings.get("yahoo.token_url"))
    api = str(settings.get("api.url"))
    if not given and is_loopback(urlsplit(api).hostname or ""):
        return f"{api.rstrip('/')}{TOKEN}"
    return given or f"{AUTH_URL}{TOKEN}"


def _seconds(text: object) -> float:
    try:
        return float(str(text))
    except ValueError:
        return 3600.0  # one hour (4.1)


def _read(answer: Answer, host: str, *, refreshing: bool) -> dict[str, Any]:
    try:
        body = json.loads(answer.body.decode("utf-8-sig"))
    except ValueError:
        body = None
    if answer.status in (400, 401, 403):
        words = body.get("error_description") or body.get("error") if isinstance(body, dict) else ""
        code = _refusal(str(body.get("error", "")) if isinstance(body, dict) else "", refreshing)
        raise Unauthorised(code, host=host, answer=f"{answer.status} {words or ''}".strip())
    if answer.status != 200 or not isinstance(body, dict):
        raise Unanswered("net_bad_answer", host=host, status=answer.status)
    return body


def _refusal(error: str, refreshing: bool) -> str:
    if error == "invalid_grant":
        return "yahoo_login_ended" if refreshing else "yahoo_code_refused"
    return "yahoo_client_refused"
