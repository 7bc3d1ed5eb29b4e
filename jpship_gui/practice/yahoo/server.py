"""The practice marketplace over HTTP: YConnect v2 and the order API as the Yahoo! reference documents them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar
from xml.etree.ElementTree import Element, ParseError, fromstring

from jpship_gui.practice.misbehaviour import How
from jpship_gui.practice.server import Json, PracticeServer, Reply, Request
from jpship_gui.practice.yahoo.answer import error, xml_reply
from jpship_gui.practice.yahoo.gate import Gate, expired
from jpship_gui.practice.yahoo.play import Store, YahooPlay
from jpship_gui.practice.yahoo.request_form import request_of, text_of

API = re.compile(r"/ShoppingWebService/V1/(\w+)")
COUNT, TOKEN, AUTHORIZATION = "orderCount", "token", "authorization"
Call = Callable[[YahooPlay, Store, Element, bool], Reply]
CALLS: Mapping[str, Call] = {
    "orderList": lambda play, store, request, _: play.list_orders(store, request),
    "orderInfo": lambda play, store, request, _: play.order_info(store, request),
    "orderShipStatusChange": lambda play, store, request, partial: play.ship(store, request, partial),
    "orderStatusChange": lambda play, store, request, _: play.move(store, request),
}
_NUMBER = re.compile(r"<OrderId>([^<]+)</OrderId>")


class YahooServer(PracticeServer):
    """WSGI application over one `YahooPlay` and its `Gate`."""

    before: ClassVar[Mapping[How, Reply]] = {
        **PracticeServer.before,
        How.BUSY: error(403, "", "Your request has exceeded the limit. (limit exceeded)"),
        How.EXPIRED: expired(),
        How.GATEWAY: error(403, "px-04307", "Use of API is not permitted."),
    }

    def __init__(self, play: YahooPlay, gate: Gate) -> None:
        super().__init__()
        self.play = play
        self.gate = gate

    def now(self) -> datetime:
        """Japan's time, nights played included."""
        return self.play.now()

    def function_of(self, request: Request) -> str | None:
        """The API's name, or the part of the login."""
        if request.path in (f"/yconnect/v2/{TOKEN}", f"/yconnect/v2/{AUTHORIZATION}"):
            return request.path.rpartition("/")[2]
        match = API.fullmatch(request.path)
        return match[1] if match and (match[1] in CALLS or match[1] == COUNT) else None

    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        """POST with a body of XML, GET for orderCount and the login page."""
        wanted = "GET" if function in (COUNT, AUTHORIZATION) else "POST"
        if request.method != wanted:
            return Reply(405)
        if function == TOKEN:
            return self.gate.token(request)
        if function == AUTHORIZATION:
            return self.gate.authorization(request)
        return self._called(function, request, partial)

    def _called(self, function: str, request: Request, partial: bool) -> Reply:
        body = None if function == COUNT else request_of(request.raw)
        if isinstance(body, str):
            return error(400, "od90101", body)
        seller = request.query.get("sellerId", "") if body is None else text_of(body, "SellerId")
        client = self.gate.admit(function, request, seller)
        if isinstance(client, Reply):
            return client
        store = self.play.stores[client.seller_id]
        return self.play.count(store) if body is None else CALLS[function](self.play, store, body, partial)

    def numbers_of(self, raw: bytes) -> tuple[str, ...]:
        """Orders a body names."""
        return tuple(dict.fromkeys(_NUMBER.findall(raw.decode("utf-8", "replace"))))

    def record(self) -> list[Json]:
        """As `YahooPlay.record`."""
        return self.play.record()

    def night(self) -> list[str]:
        """Shipped orders arrive."""
        return self.play.night()

    def change(self, body: Json) -> object:
        """{"order": number, "changes": {field: text}}."""
        return {"changed": self.play.change_order(body["order"], body["changes"])}

    def doubled(self, reply: Reply) -> Reply:
        """Every OrderInfo twice."""
        try:
            root = fromstring(reply.body)
        except ParseError:
            return reply
        for parent in list(root.iter()):
            for child in parent.findall("OrderInfo"):
                parent.append(child)
        return xml_reply(root, reply.status)

    def for_another(self, reply: Reply) -> Reply:
        """The orders of an answer under the number after their own."""

        def other(match: re.Match[bytes]) -> bytes:
            return b"<OrderId>%s%d</OrderId>" % (match[1], int(match[2]) + 1)

        body = re.sub(rb"<OrderId>(.*?)(\d+)</OrderId>", other, reply.body)
        return Reply(reply.status, body, reply.kind, reply.headers)
