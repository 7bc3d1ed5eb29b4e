"""Login with Amazon: the seller's refresh token becomes an access token for an hour (Amazon reference 4.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from jpship_gui.net.faults import Unanswered, Unauthorised, Unreachable
from jpship_gui.net.session import Answer, Session
from jpship_gui.net.tokens import Token, forget_token, token_of

TOKEN_URL = "https://api.amazon.com/auth/o2/token"
TOKEN_PATH = "/auth/o2/token"
_FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "Accept": "application/json"}
_FAULTS: Mapping[str, str] = {
    "invalid_grant": "amazon_refresh_token",  # wrong, or the seller withdrew the authorisation
    "invalid_client": "amazon_client",  # id or secret wrong, or the secret is past its 180 days
    "unauthorized_client": "amazon_client",
}


class Access:
    """The access token of one shop's keys, shared by all sessions of this process and renewed in time."""

    def __init__(self, session: Session, site: str, client_id: str, secret: str, refresh: str) -> None:
        self._session = session
        self._form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh,
            "client_id": client_id,
            "client_secret": secret,
        }
        # Another seller's refresh token must not go on with the token of the one before.
        self._key = (site, client_id, hashlib.sha256(refresh.encode()).hexdigest())

    def token(self) -> str:
        """The present token. Unauthorised tells what a person must mend; Unreachable when the login gives no answer:
        then nothing was asked of the order service."""
        return token_of(self._key, self._renew)

    def forget(self, token: str) -> None:
        """The order service does not take this token."""
        forget_token(self._key, token)

    def _renew(self) -> Token:
        body = urlencode(self._form).encode("ascii")
        try:
            answer = self._session.post("", _FORM, body, write=False)
        except Unanswered as fault:
            raise Unreachable(fault.code, **fault.values) from fault
        said = _json(answer)
        token = said.get("access_token")
        if answer.status == 200 and isinstance(token, str) and token:
            return Token(token, float(said.get("expires_in") or 0))
        if answer.status in (400, 401, 403):
            error = str(said.get("error") or answer.status)
            words = str(said.get("error_description") or "")
            raise Unauthorised(
                _FAULTS.get(error, "amazon_login"),
                host=self._session.host,
                answer=f"{error} {words}".strip(),
            )
        raise Unreachable("net_bad_answer", host=self._session.host, status=answer.status)


def _json(answer: Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
