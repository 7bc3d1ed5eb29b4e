"""The practice Amazon over HTTP: Login with Amazon and the order operations, on loopback only."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar
from urllib.parse import parse_qsl, unquote

from jpship_gui.practice.amazon.answer import Answer, Json
from jpship_gui.practice.amazon.play import RATES, AmazonPlay, Seller
from jpship_gui.practice.misbehaviour import How
from jpship_gui.practice.server import PAGE, PracticeServer, Reply, Request, json_reply

TOKEN = "token"
_PATHS: Mapping[str, re.Pattern[str]] = {
    TOKEN: re.compile(r"/auth/o2/token"),
    "searchOrders": re.compile(r"/orders/2026-01-01/orders"),
    "getOrder": re.compile(r"/orders/2026-01-01/orders/([^/]+)"),
    "confirmShipment": re.compile(r"/orders/v0/orders/([^/]+)/shipmentConfirmation"),
}
_POSTED = frozenset((TOKEN, "confirmShipment"))
_FORM = "application/x-www-form-urlencoded"
_NUMBER = re.compile(r"\d{3}-\d{7}-\d{7}")
_QUOTA = b'{"errors": [{"code": "QuotaExceeded", "message": "You exceeded your quota.", "details": ""}]}'
_EXPIRED = (
    b'{"errors": [{"code": "Unauthorized", "message": "Access to requested resource is denied.", '
    b'"details": "The access token you provided has expired."}]}'
)


class AmazonServer(PracticeServer):
    """WSGI application over one `AmazonPlay`."""

    before: ClassVar[Mapping[How, Reply]] = {
        **PracticeServer.before,
        How.HTML_500: Reply(503, PAGE, "text/html; charset=utf-8"),
        How.BUSY: Reply(429, _QUOTA),
        How.EXPIRED: Reply(403, _EXPIRED),
        How.GATEWAY: Reply(403),  # of a gateway: without any error in it
    }

    def __init__(self, play: AmazonPlay) -> None:
        super().__init__()
        self.play = play

    def now(self) -> datetime:
        """The real time, nights played included."""
        return self.play.now()

    def function_of(self, request: Request) -> str | None:
        """The operation's name."""
        return next((name for name, path in _PATHS.items() if path.fullmatch(request.path)), None)

    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        """With a request id, and the rate where Amazon tells it."""
        wanted = "POST" if function in _POSTED else "GET"
        if request.method != wanted:
            return Reply(405)
        if function == TOKEN:
            return self._token(request)
        found = self._answer(function, request, partial)
        headers = {"x-amzn-RequestId": str(uuid.uuid4())}
        if found.status in (200, 204, 400, 404):
            headers["x-amzn-RateLimit-Limit"] = str(RATES[function][0])
        if found.body is None:
            return Reply(found.status, headers=headers)
        return json_reply(found.status, found.body, **headers)

    def numbers_of(self, raw: bytes) -> tuple[str, ...]:
        """Whatever has an order number's form."""
        return tuple(dict.fromkeys(_NUMBER.findall(raw.decode("utf-8", "replace"))))

    def record(self) -> list[Json]:
        """See `AmazonPlay.record`."""
        return self.play.record()

    def night(self) -> list[str]:
        """What was shipped is delivered."""
        return self.play.night()

    def change(self, body: Json) -> object:
        """{"orderId": …, "changes": parts of the order}."""
        return {"changed": self.play.change_order(body["orderId"], body["changes"])}

    def _token(self, request: Request) -> Reply:
        if not request.headers.get("content-type", "").startswith(_FORM):
            return json_reply(
                400, {"error": "invalid_request", "error_description": "The form is not encoded"}
            )
        found = self.play.give_token(dict(parse_qsl(request.raw.decode("ascii", "replace"))))
        return json_reply(found.status, found.body)

    def _answer(self, function: str, request: Request, partial: bool) -> Answer:
        seller = self.play.seller_of(request.headers.get("x-amz-access-token", ""))
        if isinstance(seller, Answer):
            return seller
        if not re.fullmatch(r"\d{8}T\d{6}Z", request.headers.get("x-amz-date", "")):
            return Answer(403, {"errors": [{"code": "Unauthorized", "message": "x-amz-date", "details": ""}]})
        put_off = self.play.spend(seller, function)
        if put_off is not None:
            return put_off
        return _CALLS[function](self.play, seller, request, partial)


def _search(play: AmazonPlay, seller: Seller, request: Request, partial: bool) -> Answer:
    return play.search(seller, request.query)


def _get(play: AmazonPlay, seller: Seller, request: Request, partial: bool) -> Answer:
    return play.get(seller, _number(request, "getOrder"), request.query)


def _confirm(play: AmazonPlay, seller: Seller, request: Request, partial: bool) -> Answer:
    """`partial`: this part of what a desk tells is refused."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return Answer(
            415, {"errors": [{"code": "UnsupportedMediaType", "message": "Content-Type", "details": ""}]}
        )
    try:
        body = json.loads(request.raw)
    except ValueError:
        body = None
    if partial:
        return Answer(
            400, {"errors": [{"code": "InvalidInput", "message": "practice refuses this", "details": ""}]}
        )
    return play.confirm(seller, _number(request, "confirmShipment"), body)


_CALLS: Mapping[str, Callable[[AmazonPlay, Seller, Request, bool], Answer]] = {
    "searchOrders": _search,
    "getOrder": _get,
    "confirmShipment": _confirm,
}


def _number(request: Request, function: str) -> str:
    match = _PATHS[function].fullmatch(request.path)
    assert match is not None
    return unquote(match[1])
