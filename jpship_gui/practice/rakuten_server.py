"""The practice marketplace over HTTP: Rakuten's order API as its reference documents it, on loopback only.

Besides the API it answers control calls: POST /practice/behave (misbehave on request), POST /practice/night,
POST /practice/change, GET /practice/record (registered parcels) and GET /practice/calls (what was asked).
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from wsgiref.types import StartResponse, WSGIEnvironment

from jpship_gui.practice.misbehaviour import How, Misbehaviour, Trick
from jpship_gui.practice.rakuten_answer import Answer, Json, message
from jpship_gui.practice.rakuten_orders import RakutenPlay, Shop

ORDER_PATH = re.compile(r"/es/2\.0/order/(\w+)/?")
EXPIRY_PATH = "/es/1.0/license-management/license-key/expiry-date"
PAGE = b"<!DOCTYPE html><html><body><h1>500 Internal Server Error</h1></body></html>"

Call = Callable[[RakutenPlay, Shop, Json, bool], Answer]
CALLS: Mapping[str, Call] = {
    "searchOrder": lambda play, shop, body, _: play.search(shop, body),
    "getOrder": lambda play, shop, body, _: play.get(shop, body),
    "updateOrderShipping": lambda play, shop, body, partial: play.update_shipping(shop, body, partial),
    "updateOrderShippingAsync": lambda play, shop, body, partial: play.update_shipping_async(
        shop, body, partial
    ),
    "getResultUpdateOrderShippingAsync": lambda play, shop, body, _: play.result(shop, body),
}
BEFORE: Mapping[How, tuple[int, bytes]] = {
    How.HTML_500: (500, PAGE),
    How.EMPTY_500: (500, b""),
    How.BUSY: (429, b""),
    How.GATEWAY: (200, b'{"Results": {"errorCode": "ES04-01", "message": "Unauthorized service"}}'),
    How.EXPIRED: (401, b'{"Results": {"errorCode": "GA0001", "message": "Un-Authorised"}}'),
}


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as the practice marketplace saw it; `numbers` are the order numbers in it."""

    at: datetime
    function: str
    status: int
    trick: str
    numbers: tuple[str, ...]


class RakutenServer:
    """WSGI application over one `RakutenPlay`."""

    def __init__(self, play: RakutenPlay) -> None:
        self.play = play
        self.tricks = Misbehaviour()
        self.calls: list[CallRecord] = []
        self.closing = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; a ConnectionError raised here drops the connection unanswered."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if path.startswith("/practice/"):
            status, payload = self._control(method, path.removeprefix("/practice/"), raw)
            return _send(start, status, json.dumps(payload, ensure_ascii=False).encode())
        if path.rstrip("/") == EXPIRY_PATH:
            return self._expiry(environ, start)
        match = ORDER_PATH.fullmatch(path)
        if match is None or match[1] not in CALLS:
            return _send(start, 404, b"")
        if method != "POST":
            return _send(start, 405, b"")
        return self._order_call(match[1], raw, environ, start)

    # -- the order API ------------------------------------------------------------------------------------------

    def _order_call(
        self, function: str, raw: bytes, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        trick = self.tricks.take(function)
        how = trick.how if trick else None
        if how is not None and how in BEFORE:
            status, page = BEFORE[how]
            self._note(function, status, trick, raw)
            return _send(start, status, page)
        if trick and how in (How.DEAF, How.CUT_BEFORE, How.CUT_THEN_ACCEPTED):
            self._note(function, 0, trick, raw)
            self._refuse_to_answer(trick, lambda: self._answer(function, raw, environ, partial=False))
        answer = self._answer(function, raw, environ, partial=how is How.PARTIAL)
        self._note(function, answer.status, trick, raw)
        if trick and how in (How.LATE, How.SILENT):
            self.closing.wait(trick.seconds)
        if how in (How.CUT_AFTER, How.SILENT):
            raise ConnectionResetError("the practice marketplace drops the connection")
        if how is How.ACCEPTED_500:
            return _send(start, 500, PAGE)
        body = _doubled(answer.body) if how is How.TWICE else answer.body
        page = json.dumps(body, ensure_ascii=False).encode()
        if how is How.TWICE:
            _send_again(environ, answer.status, page)
        return _send(start, answer.status, page)

    def _refuse_to_answer(self, trick: Trick, accept: Callable[[], Answer]) -> None:
        if trick.how is How.DEAF:
            self.closing.wait(trick.seconds)
        if trick.how is How.CUT_THEN_ACCEPTED:
            later = threading.Timer(trick.seconds, accept)
            later.daemon = True
            later.start()
        raise ConnectionResetError("the practice marketplace drops the connection")

    def _answer(self, function: str, raw: bytes, environ: WSGIEnvironment, partial: bool) -> Answer:
        shop = self._shop_of(environ.get("HTTP_AUTHORIZATION", ""))
        if isinstance(shop, Answer):
            return shop
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict) or b"\\u" in raw:
            words = "リクエストの形式が不正です。"
            return Answer(
                400, {"MessageModelList": [message("ERROR", f"{function.upper()}_ERROR_011", words)]}
            )
        return CALLS[function](self.play, shop, body, partial)

    def _shop_of(self, authorization: str) -> Shop | Answer:
        refused = Answer(401, {"Results": {"errorCode": "GA0001", "message": "Un-Authorised"}})
        scheme, _, token = authorization.partition(" ")
        try:
            secret, _, key = base64.b64decode(token, validate=True).decode().partition(":")
        except ValueError:
            return Answer(400, {"Results": {"errorCode": "GK0001", "message": "Malformed credentials"}})
        if scheme != "ESA" or not key:
            return refused
        today = self.play.now().date()
        for shop in self.play.shops.values():
            if (shop.service_secret, shop.license_key) == (secret, key) and shop.expires >= today:
                return shop
        return refused

    def _expiry(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        shop = self._shop_of(environ.get("HTTP_AUTHORIZATION", ""))
        if isinstance(shop, Answer):
            return _send(start, shop.status, json.dumps(shop.body).encode())
        if environ.get("QUERY_STRING", "") != f"licenseKey={shop.license_key}":
            return _send(start, 400, b'{"Results": {"errorCode": "GK0005", "message": "licenseKey"}}')
        expiry = f"{shop.expires}T23:59:59+0900"
        return _send(start, 200, json.dumps({"expiryDate": expiry}).encode())

    def _note(self, function: str, status: int, trick: Trick | None, raw: bytes) -> None:
        numbers = tuple(dict.fromkeys(re.findall(r"\d{6}-\d{8}-\d{8,10}", raw.decode("utf-8", "replace"))))
        how = trick.how.value if trick else ""
        self.calls.append(CallRecord(self.play.now(), function, status, how, numbers))

    # -- control calls ------------------------------------------------------------------------------------------

    def _control(self, method: str, name: str, raw: bytes) -> tuple[int, object]:
        acts: Mapping[tuple[str, str], Callable[[Json], object]] = {
            ("GET", "record"): lambda _: self.play.record(),
            ("GET", "calls"): lambda _: [self._call_json(call) for call in self.calls],
            ("POST", "night"): lambda _: {"moved": self.play.night()},
            ("POST", "behave"): self._behave,
            ("POST", "change"): lambda body: {
                "changed": self.play.change_order(body["orderNumber"], body["changes"])
            },
        }
        act = acts.get((method, name))
        if act is None:
            return 404, {"error": "unknown control call"}
        try:
            return 200, act(json.loads(raw) if raw else {})
        except (ValueError, KeyError, TypeError) as fault:
            return 400, {"error": f"{type(fault).__name__}: {fault}"}

    def _behave(self, body: Json) -> object:
        if not body:
            self.tricks.clear()
            return {"behaves": "well"}
        trick = Trick(
            body.get("function", "*"),
            How(body["how"]),
            int(body.get("times", 1)),
            float(body.get("seconds", 1.0)),
        )
        self.tricks.ask(trick)
        return {"behaves": trick.how.value, "times": trick.times}

    @staticmethod
    def _call_json(call: CallRecord) -> Json:
        return {
            "at": call.at.isoformat(),
            "function": call.function,
            "status": call.status,
            "trick": call.trick,
            "numbers": list(call.numbers),
        }


_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed"}
_REASONS |= {429: "Too Many Requests", 500: "Internal Server Error"}


def _send(start: StartResponse, status: int, body: bytes) -> Iterable[bytes]:
    kind = "text/html" if body.startswith(b"<!") else "application/json"
    headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body)))]
    start(f"{status} {_REASONS.get(status, 'Status')}", headers)
    return [body]


def _send_again(environ: WSGIEnvironment, status: int, body: bytes) -> None:
    """Write the whole answer onto the bare connection, ahead of the proper one."""
    connection = environ.get("werkzeug.socket")
    if connection is None:
        return
    head = f"HTTP/1.1 {status} {_REASONS.get(status, '')}\r\nContent-Type: application/json\r\n"
    answer = f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    try:
        connection.sendall(answer)
    except OSError:
        return


def _doubled(body: Json) -> Json:
    """The answer with every entry of its outermost lists repeated."""
    return {k: [e for e in v for _ in range(2)] if isinstance(v, list) else v for k, v in body.items()}
