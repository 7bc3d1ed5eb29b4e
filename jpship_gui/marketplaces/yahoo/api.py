"""The order API over HTTP: one function per call. Errors that concern the whole call are raised, those about one order
come back as values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element

from jpship_gui.domain.clock import to_jst
from jpship_gui.domain.fault import WorldFault
from jpship_gui.marketplaces.yahoo.login import YahooLogin
from jpship_gui.marketplaces.yahoo.markup import Tree, body_of, fields_of, read, text_of
from jpship_gui.marketplaces.yahoo.signature import Signature
from jpship_gui.marketplaces.yahoo.values import table
from jpship_gui.net.faults import Throttled, Unanswered, Unauthorised
from jpship_gui.net.session import Answer, Session
from jpship_gui.net.tokens import forget_token, token_of

BASE_URL = "https://circus.shopping.yahooapis.jp"
PATH = "/ShoppingWebService/V1/"
PAGE = 1000  # no maximum is stated; 2,000 are in use elsewhere (5.3)
SHIPPED, DONE = "3", "5"
_PATIENCE = 2  # times a read is tried again when Yahoo! asks for fewer calls

# orderInfo: the minimum of reference 5.5 and what the rules of sections 6 and 7 need besides.
INFO_FIELDS = tuple(
    """OrderId,ParentOrderId,ChildOrderId,IsSeen,IsSplit,OrderTime,LastUpdateTime,OrderStatus,StoreStatus,Suspect,
FraudHoldStatus,IsReadOnly,BuyerComments,SellerComments,Notes,SocialGiftType,PayStatus,PayType,PayMethod,PayMethodName,
NeedDetailedSlip,NeedReceipt,BillLastName,BillFirstName,BillLastNameKana,BillFirstNameKana,BillZipCode,BillPrefecture,
BillCity,BillAddress1,BillAddress2,BillPhoneNumber,BillMailAddress,ShipStatus,ShipMethod,ShipMethodName,ShipRequestDate,
ShipRequestTime,ShipNotes,ShipCompanyCode,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipDate,ArriveType,ShippingDeadline,
ExcellentDelivery,IsEazy,EazyDeliveryCode,EazyDeliveryName,NeedGiftWrap,GiftWrapType,GiftWrapMessage,GiftWrapPaperType,
GiftWrapName,Option1Field,Option1Value,Option2Field,Option2Value,ShipLastName,ShipFirstName,ShipLastNameKana,
ShipFirstNameKana,ShipZipCode,ShipPrefecture,ShipCity,ShipAddress1,ShipAddress2,ShipSection1Value,ShipSection2Value,
ShipPhoneNumber,ShipEmgPhoneNumber,TotalPrice,ShipCharge,PayCharge,GiftWrapCharge,Discount,UsePoint,
TotalMallCouponDiscount,ShippingCouponDiscount,LineId,ItemId,SubCode,SubCodeOption,Title,ItemOption,Inscription,Quantity,
UnitPrice,ItemTaxRatio,Jan,LeadTimeText,LeadTimeStart,LeadTimeEnd""".replace("\n", "").split(",")
)
LIST_FIELDS = (
    *(
        "OrderId",
        "OrderTime",
        "LastUpdateTime",
        "OrderStatus",
        "ShipStatus",
        "PayStatus",
        "Suspect",
        "IsReadOnly",
    ),
    *("FraudHoldStatus", "ShipCompanyCode", "ShipInvoiceNumber1", "ShipInvoiceNumber2", "ShipDate"),
)
LOOK_FIELDS = (
    *("OrderId", "OrderStatus", "ShipStatus", "ShipCompanyCode", "ShipInvoiceNumber1", "ShipInvoiceNumber2"),
    "ShipDate",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Yahoo!'s own word against one order."""

    code: str
    text: str

    @property
    def unknown_order(self) -> bool:
        """Whether it says that there is no such order."""
        return bool(table("errors").get(self.code) == "unknown_order")


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that was made; a warning comes with some (od91704, od91705)."""

    warning: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shipping:
    """What is told of one order's shipping; `method` only where the store says that it goes with the carrier."""

    carrier_code: str
    numbers: Sequence[str]
    day: date
    method: str = ""


class YahooCalls:
    """The calls of one store. Yahoo! counts calls for each URL, so each API name is a lane of its own."""

    def __init__(
        self, session: Session, login: YahooLogin, signature: Signature, seller_id: str, pause: float
    ) -> None:
        """`pause`: seconds to wait before a read that was one too many is tried again."""
        self._session = session
        self._login = login
        self._signature = signature
        self._seller_id = seller_id
        self._pause = pause
        self._key = login.token_key

    def order_count(self) -> dict[str, str]:
        """Counters of the store; a cheap test of the connection."""
        answer = self._signed(
            lambda headers: self._session.get(
                f"{PATH}orderCount", headers, {"sellerId": self._seller_id}, lane="orderCount"
            )
        )
        root = _good(answer, self._session.host, "orderCount")
        counts = root.find(".//Count")
        return {} if counts is None else fields_of(counts)

    def order_list(self, start: datetime, end: datetime) -> Iterator[dict[str, str]]:
        """Every order made between two moments, whatever became of it, each once."""
        condition = {"OrderTimeFrom": _stamp(start), "OrderTimeTo": _stamp(end)}
        seen: set[str] = set()
        first, total = 1, 1
        while first <= total:
            search: Tree = {
                "Result": str(PAGE),
                "Start": str(first),
                "Sort": "+order_time",
                "Condition": condition,
                "Field": ",".join(LIST_FIELDS),
            }
            body: Tree = {"Search": search, "SellerId": self._seller_id}
            root = _good(self._post("orderList", body, write=False), self._session.host, "orderList")
            counted = text_of(root, ".//Search/TotalCount")
            total = int(counted) if counted.isdecimal() else 0
            for node in root.iterfind(".//OrderInfo"):
                found = fields_of(node)
                number = found.get("OrderId", "")
                if number and number not in seen:
                    seen.add(number)
                    yield found
            first += PAGE

    def order_info(self, number: str, fields: Sequence[str] = INFO_FIELDS) -> Element | Refusal:
        """The OrderInfo of one order. An answer that speaks of another order is no answer."""
        body: Tree = {
            "Target": {"OrderId": number, "Field": ",".join(fields)},
            "SellerId": self._seller_id,
        }
        answer = self._post("orderInfo", body, write=False)
        root = read(answer.body, self._session.host, answer.status)
        refusal = _refusal(root, answer)
        if refusal is not None:
            if refusal.unknown_order:
                return refusal
            raise _refused_call("orderInfo", refusal)
        for node in root.iterfind(".//OrderInfo"):
            if text_of(node, "OrderId") == number:
                return node
        raise WorldFault("yahoo_other_order", order=number)

    def ship(self, number: str, shipping: Shipping) -> Taken | Refusal:
        """orderShipStatusChange to 出荷済み."""
        ship = {"ShipStatus": SHIPPED}
        if shipping.method:
            ship["ShipMethod"] = shipping.method
        ship["ShipCompanyCode"] = shipping.carrier_code
        for place, tracking_no in enumerate(shipping.numbers, start=1):
            ship[f"ShipInvoiceNumber{place}"] = tracking_no
        ship["ShipDate"] = f"{shipping.day:%Y%m%d}"
        return self._change("orderShipStatusChange", number, {"Ship": ship})

    def complete(self, number: str) -> Taken | Refusal:
        """orderStatusChange to 完了."""
        return self._change("orderStatusChange", number, {"OrderStatus": DONE})

    def _change(self, name: str, number: str, order: Tree) -> Taken | Refusal:
        target = {"OrderId": number, "IsPointFix": "true", "OperationUser": "jpship"}
        body: Tree = {"Target": target, "Order": order, "SellerId": self._seller_id}
        answer = self._post(name, body, write=True)
        root = read(answer.body, self._session.host, answer.status)
        refusal = _refusal(root, answer)
        if refusal is not None:
            return refusal
        if text_of(root, ".//Status") != "OK":
            raise Unanswered("net_bad_answer", host=self._session.host, status=answer.status)
        warning = root.find(".//Warning")
        if warning is None:
            return Taken()
        return Taken(text_of(warning, "Code"), text_of(warning, "Message") or (warning.text or "").strip())

    def _post(self, name: str, body: Tree, *, write: bool) -> Answer:
        data = body_of(body)
        kind = {"Content-Type": "application/xml; charset=utf-8"}

        def call(headers: dict[str, str]) -> Answer:
            return self._session.post(f"{PATH}{name}", {**headers, **kind}, data, write=write, lane=name)

        for tried in range(0 if write else _PATIENCE):
            try:
                return self._signed(call)
            except Throttled:  # another desk calls with the same application
                time.sleep(self._pause * (tried + 1))
        return self._signed(call)

    def _signed(self, call: Callable[[dict[str, str]], Answer]) -> Answer:
        """Call with a token and a fresh signature; once more with a new token when Yahoo! says the old one has ended,
        which it says without doing anything."""
        for last in (False, True):
            token = token_of(self._key, self._login.renew)
            answer = call({"Authorization": f"Bearer {token}", **self._signature.headers()})
            if not _expired(answer):
                return _allowed(answer, self._session.host)
            forget_token(self._key, token)
            if last:
                break
        raise Unauthorised("yahoo_key_refused", host=self._session.host, answer=_words(answer))


def _stamp(moment: datetime) -> str:
    return to_jst(moment).strftime("%Y%m%d%H%M%S")


def _expired(answer: Answer) -> bool:
    """By status and text: the body of such an answer may have no code (4.1)."""
    if answer.status not in (400, 401, 403):
        return False
    said = (answer.headers.get("www-authenticate", "") + " " + _words(answer)).lower()
    errors = table("errors")
    codes = [code for code, meaning in errors.items() if meaning == "expired"]
    return any(words in said for words in (*errors["expired_words"], *codes))


def _allowed(answer: Answer, host: str) -> Answer:
    if answer.status == 403:
        words = _words(answer)
        if any(word in words.lower() for word in table("errors")["limit_words"]):
            raise Throttled("yahoo_limit", host=host, answer=words)
        code = "yahoo_not_permitted" if _means(words, "not_permitted") else "yahoo_refused"
        raise Unauthorised(code, host=host, answer=words)
    if answer.status == 401:
        raise Unauthorised("yahoo_key_refused", host=host, answer=_words(answer))
    return answer


def _means(words: str, meaning: str) -> bool:
    return any(code in words for code, known in table("errors").items() if known == meaning)


def _words(answer: Answer) -> str:
    """Status, code and message, for a person."""
    text = answer.body.decode("utf-8", "replace")
    if "<" not in text:
        return f"{answer.status} {text.strip()[:200]}".strip()
    try:
        root = read(answer.body, "", answer.status)
    except WorldFault:
        return str(answer.status)
    return " ".join(
        filter(None, (str(answer.status), text_of(root, ".//Code"), text_of(root, ".//Message")))
    )[:300]


def _refusal(root: Element, answer: Answer) -> Refusal | None:
    if answer.status == 200 and root.tag != "Error" and text_of(root, ".//Status") in ("OK", ""):
        return None
    node = root if root.tag == "Error" else root.find(".//Error")
    if node is None:
        node = root
    code = text_of(node, "Code") or text_of(node, ".//Code")
    words = text_of(node, "Message") or text_of(node, ".//Message")
    return Refusal(code or f"HTTP {answer.status}", words)


def _good(answer: Answer, host: str, name: str) -> Element:
    """The root of an answer to a read that is about no single order."""
    root = read(answer.body, host, answer.status)
    refusal = _refusal(root, answer)
    if refusal is not None:
        raise _refused_call(name, refusal)
    return root


def _refused_call(name: str, refusal: Refusal) -> WorldFault:
    return WorldFault("yahoo_refused_call", function=name, code=refusal.code, answer=refusal.text)
