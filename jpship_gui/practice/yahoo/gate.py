"""Who may call the practice marketplace: tokens of YConnect v2, the signature by the store's key, calls a second."""

from __future__ import annotations

import base64
import json
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlencode

from jpship_gui.practice.server import Reply, Request, json_reply
from jpship_gui.practice.yahoo.answer import error
from jpship_gui.practice.yahoo.keys import VERSION, private_key

CLOCK_TOLERANCE = 60  # seconds; the real one is not known (4.2), so the stricter reading
ACCESS_SECONDS = 3600
CODE_SECONDS = 600
REFRESH_SECONDS = 28 * 86_400
_PLAIN = re.compile(rb"([A-Za-z0-9._-]+):(\d{10})")


@dataclass(slots=True)
class Client:
    """One application of one store. `rotates`: a refresh gives a new refresh token as well, of which sources disagree
    (4.1); `permitted`: the order API was applied for; `needs_key`: calls must be signed."""

    seller_id: str
    client_id: str
    client_secret: str
    refresh_tokens: dict[str, float] = field(default_factory=dict)  # token → when it dies
    access_tokens: dict[str, float] = field(default_factory=dict)
    codes: dict[str, tuple[float, str]] = field(default_factory=dict)  # code → when it dies, redirect address
    key_version: str = VERSION
    rotates: bool = False
    permitted: bool = True
    needs_key: bool = True


class Gate:
    """Gives tokens and lets calls through."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}
        self.clients: dict[str, Client] = {}
        self.one_a_second = False

    def open_client(self, client: Client, refresh_token: str) -> Client:
        """An application whose owner has logged in just now."""
        client.refresh_tokens[refresh_token] = self._clock() + REFRESH_SECONDS
        self.clients[client.client_id] = client
        return client

    # -- tokens -------------------------------------------------------------------------------------------------

    def authorization(self, request: Request) -> Reply:
        """The page that would ask the store's owner; here it agrees at once and shows the code."""
        query = request.query
        client = self.clients.get(query.get("client_id", ""))
        scope = query.get("scope", "").split()
        if client is None or query.get("response_type") != "code" or "openid" not in scope:
            return Reply(400, b"invalid_request", "text/plain")
        code = secrets.token_urlsafe(8)
        client.codes[code] = (self._clock() + CODE_SECONDS, query.get("redirect_uri", ""))
        back = f"{query.get('redirect_uri', '')}?{urlencode({'code': code, 'state': query.get('state', '')})}"
        page = f"<!DOCTYPE html><html><body><p>code: {code}</p><p>{escape(back)}</p></body></html>"
        return Reply(200, page.encode(), "text/html; charset=utf-8")

    def token(self, request: Request) -> Reply:
        """First tokens for a code, access tokens for a refresh token."""
        client = self._client_of(request.headers.get("authorization", ""))
        if client is None:
            return json_reply(
                401, {"error": "invalid_client", "error_description": "client authentication failed"}
            )
        form = {name: values[0] for name, values in parse_qs(request.raw.decode("utf-8", "replace")).items()}
        with self._lock:
            kind = form.get("grant_type", "")
            if kind == "authorization_code":
                return self._first(client, form)
            if kind == "refresh_token":
                return self._refreshed(client, form.get("refresh_token", ""))
        return json_reply(400, {"error": "unsupported_grant_type"})

    def _client_of(self, header: str) -> Client | None:
        scheme, _, value = header.partition(" ")
        try:
            name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
        except ValueError:
            return None
        client = self.clients.get(name)
        good = scheme == "Basic" and client is not None and client.client_secret == secret
        return client if good else None

    def _first(self, client: Client, form: Mapping[str, str]) -> Reply:
        dies, redirect = client.codes.pop(form.get("code", ""), (0.0, ""))
        if dies < self._clock() or redirect != form.get("redirect_uri"):
            return json_reply(400, {"error": "invalid_grant", "error_description": "code not found"})
        return self._given(client, self._new_refresh(client))

    def _refreshed(self, client: Client, token: str) -> Reply:
        if client.refresh_tokens.get(token, 0.0) < self._clock():
            return json_reply(400, {"error": "invalid_grant", "error_description": "refresh token expired"})
        if not client.rotates:
            return self._given(client, "")
        del client.refresh_tokens[token]
        return self._given(client, self._new_refresh(client))

    def _new_refresh(self, client: Client) -> str:
        token = f"practice-refresh-{secrets.token_urlsafe(8)}"
        client.refresh_tokens[token] = self._clock() + REFRESH_SECONDS
        return token

    def _given(self, client: Client, refresh_token: str) -> Reply:
        token = f"practice-access-{secrets.token_urlsafe(12)}"
        client.access_tokens[token] = self._clock() + ACCESS_SECONDS
        body = {"access_token": token, "token_type": "Bearer", "expires_in": str(ACCESS_SECONDS)}
        if refresh_token:
            body["refresh_token"] = refresh_token
        return Reply(200, json.dumps(body).encode())

    def expire_access(self) -> None:
        """Let every access token end now."""
        for client in self.clients.values():
            client.access_tokens.clear()

    # -- calls --------------------------------------------------------------------------------------------------

    def admit(self, function: str, request: Request, seller_id: str) -> Client | Reply:
        """The application that calls, or the refusal."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        client = next((c for c in self.clients.values() if token in c.access_tokens), None)
        if scheme != "Bearer" or client is None or client.access_tokens[token] < self._clock():
            return expired()
        if self._too_many(function, client):
            return error(403, "", "Your request has exceeded the limit. (limit exceeded)")
        if not client.permitted:
            return error(403, "px-04307", "Use of API is not permitted.")
        if not seller_id:
            return error(400, "px-04001", "sellerId is required.")
        fault = self._signature_fault(client, request)
        if fault or seller_id != client.seller_id:
            words = fault or "sellerId does not match."
            return error(401 if fault else 403, "px-04102" if fault else "px-04307", words)
        return client

    def _too_many(self, function: str, client: Client) -> bool:
        if not self.one_a_second:
            return False
        with self._lock:
            key, now = f"{client.client_id} {function}", self._clock()
            early = now - self._last.get(key, 0.0) < 1.0
            if not early:
                self._last[key] = now
            return early

    def _signature_fault(self, client: Client, request: Request) -> str:
        value = request.headers.get("x-sws-signature", "")
        if not value and not client.needs_key:
            return ""
        words = "The access token expired: this API session is shorter than another API."
        if request.headers.get("x-sws-signature-version") != client.key_version:
            return words
        from cryptography.hazmat.primitives.asymmetric import padding

        try:
            plain = private_key().decrypt(base64.b64decode(value, validate=True), padding.PKCS1v15())
        except ValueError:
            return words
        match = _PLAIN.fullmatch(plain)
        if match is None or match[1].decode() != client.seller_id:
            return words
        return "" if abs(int(match[2]) - self._clock()) <= CLOCK_TOLERANCE else words


def expired() -> Reply:
    """As recorded: the header's text stands in the message again, and there is no code (4.1)."""
    said = 'Bearer realm="yahooapis.jp",error="invalid_token",error_description="expired token"'
    return error(401, "", said, **{"WWW-Authenticate": said})
