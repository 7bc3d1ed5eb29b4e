"""The practice marketplace over HTTP: Rakuten's order API as its reference documents it, on loopback only."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

from jpship_gui.practice.misbehaviour import How
from jpship_gui.practice.rakuten.answer import Answer, Json, message
from jpship_gui.practice.rakuten.orders import RakutenPlay, Shop
from jpship_gui.practice.server import PracticeServer, Reply, Request, json_reply

ORDER_PATH = re.compile(r"/es/2\.0/order/(\w+)/?")
EXPIRY_PATH = "/es/1.0/license-management/license-key/expiry-date"
EXPIRY = "expiryDate"

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


class RakutenServer(PracticeServer):
    """WSGI application over one `RakutenPlay`."""

    before: ClassVar[Mapping[How, Reply]] = {
        **PracticeServer.before,
        How.GATEWAY: Reply(200, b'{"Results": {"errorCode": "ES04-01", "message": "Unauthorized service"}}'),
        How.EXPIRED: Reply(401, b'{"Results": {"errorCode": "GA0001", "message": "Un-Authorised"}}'),
    }

    def __init__(self, play: RakutenPlay) -> None:
        super().__init__()
        self.play = play

    def now(self) -> datetime:
        """Japan's time, nights played included."""
        return self.play.now()

    def function_of(self, request: Request) -> str | None:
        """The function's name as in the path."""
        if request.path.rstrip("/") == EXPIRY_PATH:
            return EXPIRY
        match = ORDER_PATH.fullmatch(request.path)
        return match[1] if match and match[1] in CALLS else None

    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        """Only POST for the order functions."""
        if function == EXPIRY:
            return self._expiry(request)
        if request.method != "POST":
            return Reply(405)
        found = self._answer(function, request, partial)
        return json_reply(found.status, found.body)

    def numbers_of(self, raw: bytes) -> tuple[str, ...]:
        """Whatever has an order number's form."""
        return tuple(dict.fromkeys(re.findall(r"\d{6}-\d{8}-\d{8,10}", raw.decode("utf-8", "replace"))))

    def record(self) -> list[Json]:
        """As `RakutenPlay.record`, with the names all practice marketplaces use beside Rakuten's own."""
        return [
            {
                **row,
                "order": row["orderNumber"],
                "tracking_no": row["shippingNumber"],
                "carrier": row["deliveryCompany"],
                "date": row["shippingDate"],
            }
            for row in self.play.record()
        ]

    def for_another(self, reply: Reply) -> Reply:
        """Results under another order's number, and another order's model in place of the one asked for."""
        try:
            body = json.loads(reply.body)
        except ValueError:
            return reply
        results = body.get("ResultShippingModelList") or []
        models = body.get("OrderModelList") or []
        others = self.play.others({entry["orderNumber"] for entry in (*results, *models)})
        for entry, other in zip(results, others, strict=False):
            entry["orderNumber"] = other["orderNumber"]
        if models:
            body["OrderModelList"] = others[: len(models)]
        return json_reply(reply.status, body)

    def night(self) -> list[str]:
        """Reported orders become shipped."""
        return self.play.night()

    def change(self, body: Json) -> object:
        """{"orderNumber": …, "changes": fields of the OrderModel}."""
        return {"changed": self.play.change_order(body["orderNumber"], body["changes"])}

    def _answer(self, function: str, request: Request, partial: bool) -> Answer:
        shop = self._shop_of(request)
        if isinstance(shop, Answer):
            return shop
        try:
            body = json.loads(request.raw)
        except ValueError:
            body = None
        if not isinstance(body, dict) or b"\\u" in request.raw:
            words = "リクエストの形式が不正です。"
            return Answer(
                400, {"MessageModelList": [message("ERROR", f"{function.upper()}_ERROR_011", words)]}
            )
        return CALLS[function](self.play, shop, body, partial)

    def _shop_of(self, request: Request) -> Shop | Answer:
        refused = Answer(401, {"Results": {"errorCode": "GA0001", "message": "Un-Authorised"}})
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
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

    def _expiry(self, request: Request) -> Reply:
        shop = self._shop_of(request)
        if isinstance(shop, Answer):
            return json_reply(shop.status, shop.body)
        if dict(request.query) != {"licenseKey": shop.license_key}:
            return Reply(400, b'{"Results": {"errorCode": "GK0005", "message": "licenseKey"}}')
        return json_reply(200, {"expiryDate": f"{shop.expires}T23:59:59+0900"})
