"""The practice Qoo10 over HTTP: both styles QAPI is called in. HTTP is 200 whatever happens; the ResultCode tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar
from urllib.parse import parse_qsl

from jpship_gui.practice.misbehaviour import How
from jpship_gui.practice.qoo10.play import EXPIRED, NO_API, WRONG_KEY, Json, QooPlay, Shop
from jpship_gui.practice.server import PracticeServer, Reply, Request, json_reply

_HEADER_STYLE = re.compile(r"/(?:ShippingBasic|CertificationAPI)\.(\w+)")
_QUERY_STYLE = re.compile(r"(?:ShippingBasic|CertificationAPI)\.(\w+)")
CERTIFY = "CreateCertificationKey"
FORM = "application/x-www-form-urlencoded"

Call = Callable[[QooPlay, Shop, Mapping[str, str], bool], Json]
CALLS: Mapping[str, Call] = {
    "GetShippingInfo_v3": lambda play, shop, body, _: play.shipping_info(shop, body, "v3"),
    "GetShippingInfo_v2": lambda play, shop, body, _: play.shipping_info(shop, body, "v2"),
    "GetClaimInfo_V3": lambda play, shop, body, _: play.claims(shop, body),
    "GetShippingAndClaimInfoByOrderNo_V2": lambda play, shop, body, _: play.one(shop, body),
    "SetSellerCheckYN_V2": lambda play, shop, body, _: play.seller_check(shop, body),
    "SetSellerCheckYNBulk": lambda play, shop, body, partial: play.seller_check_bulk(shop, body, partial),
    "SetSendingInfo": lambda play, shop, body, partial: play.sending(shop, body, partial),
    "SetSendingInfoBulk": lambda play, shop, body, partial: play.sending_bulk(shop, body, partial),
    CERTIFY: lambda play, shop, body, _: play.create_key(shop, body),
}


class QooServer(PracticeServer):
    """WSGI application over one `QooPlay`."""

    before: ClassVar[Mapping[How, Reply]] = {
        **PracticeServer.before,
        How.EXPIRED: json_reply(200, EXPIRED),
    }

    def __init__(self, play: QooPlay) -> None:
        super().__init__()
        self.play = play

    def now(self) -> datetime:
        """Japan's time, nights played included."""
        return self.play.now()

    def function_of(self, request: Request) -> str | None:
        """The method's name without its service, in the path or in the query."""
        found = _HEADER_STYLE.fullmatch(request.path) or _QUERY_STYLE.fullmatch(
            request.query.get("method", "") if request.path in ("", "/") else ""
        )
        return found[1] if found else None

    def answer(self, function: str, request: Request, *, partial: bool) -> Reply:
        """Every failure is a reply like any other."""
        header_style = _HEADER_STYLE.fullmatch(request.path) is not None
        if header_style and (request.method != "POST" or request.headers.get("content-type") != FORM):
            return Reply(404)
        if header_style and request.headers.get("qapiversion") != "1.0":
            return json_reply(200, NO_API)
        body = _form(request) if header_style else dict(request.query)
        has = function in CALLS and function not in self.play.without
        if not has or body.get("returnType") not in ("application/json", "json"):
            return json_reply(200, NO_API)
        key = request.headers.get("giosiscertificationkey", "") if header_style else body.get("key", "")
        shop = self._shop_of(key, function)
        if shop is None:
            return json_reply(200, WRONG_KEY)
        if function != CERTIFY and shop.expires < self.now().date():
            return json_reply(200, EXPIRED)
        return json_reply(200, CALLS[function](self.play, shop, body, partial))

    def _shop_of(self, key: str, function: str) -> Shop | None:
        """The two keys are not taken for each other."""
        for shop in self.play.shops.values():
            if key and key == (shop.api_key if function == CERTIFY else shop.key):
                return shop
        return None

    def numbers_of(self, raw: bytes) -> tuple[str, ...]:
        """Order numbers in a form."""
        form = dict(parse_qsl(raw.decode("utf-8", "replace")))
        words = (form.get(name, "") for name in ("OrderNo", "ShippingInfoJson", "SendPlanDtInfoJson"))
        found = (number for text in words for number in re.findall(r"(?<!\d)9\d{8}(?!\d)", text))
        return tuple(dict.fromkeys(found))

    def record(self) -> list[Json]:
        """As `QooPlay.record`."""
        return self.play.record()

    def night(self) -> list[str]:
        """What is on its way arrives."""
        return self.play.night()

    def change(self, body: Json) -> object:
        """{"order": order number or cart, "changes": cells by header of the detail file, STATE, CLAIM}."""
        return {"changed": self.play.change(str(body["order"]), body["changes"])}

    def for_another(self, reply: Reply) -> Reply:
        """Rows of a report's answer speak of other order numbers."""
        body = json.loads(reply.body)
        rows = body.get("ResultObject")
        if isinstance(rows, list):
            for row in rows:
                for name in ("contr_no", "cont_no"):
                    if name in row:
                        row[name] = str(int(row[name]) + 50_000_000)
        return json_reply(reply.status, body)


def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.raw.decode("utf-8"), keep_blank_values=True))
