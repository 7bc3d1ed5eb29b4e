"""Values and findings that every carrier's rows need in the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from jpship_gui.carriers.base import Consignment, Service
from jpship_gui.domain.problem import Problem, Repair, Severity
from jpship_gui.formats import cp932

_MORE = " ほか"


def block(code: str, field: str, **values: str) -> Problem:
    """A finding that keeps a shipment out of the file."""
    return Problem(code, Severity.BLOCK, field, values)


def warn(code: str, field: str, **values: str) -> Problem:
    """A finding a person should know of; the row is written."""
    return Problem(code, Severity.WARN, field, values)


def unknown_service(service: str, known: Sequence[str]) -> Problem:
    """The carrier has no service of that id."""
    return block("carrier_service", "service", service=service, known=", ".join(known))


def phone(text: str) -> str:
    """Digits only; +81 90… as 090… (the carriers' tools refuse the international form)."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    return "0" + digits[2:] if re.match(r"81[1-9]", digits) and len(digits) > 10 else digits


def postal_digits(text: str) -> str:
    """The digits of a postal code."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def postal_code(text: str) -> str:
    """Seven digits with the hyphen, which also keeps a spreadsheet from taking it for a number; others as they are."""
    digits = postal_digits(text)
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else digits


def without_blanks(text: str) -> str:
    """For fields that are split, or lose text, at a blank."""
    return re.sub(r"[\s　]+", "", text)


def slot_problem(service: Service, slot: str, text: str) -> Problem:
    """A slot the service does not have is asked about, never turned into another (12–14 at Yamato above all)."""
    repairs = tuple(Repair("set_wish", {"slot": choice}) for choice in (*service.slots, ""))
    choices = " / ".join(service.slots.values()) or "-"
    values = {"slot": text or slot, "service": service.name, "choices": choices}
    return Problem("carrier_slot", Severity.BLOCK, "wish.slot", values, repairs)


def too_long(field: str, column: str, text: str, limit: int) -> Problem:
    """Lengths in full-width characters, as the carriers' screens count them; `limit` in CP932 bytes."""
    length = str((cp932.length(text) + 1) // 2)
    return block("carrier_too_long", field, column=column, limit=str(limit // 2), length=length, text=text)


def goods_words(consignment: Consignment, own: str, limit: int) -> tuple[str, list[Problem]]:
    """品名: the shop's own words for all its parcels, else the first line's name, shortened with a note (limit in CP932
    bytes)."""
    lines = [line for _, line in consignment.shipment.goods]
    if own or not lines:
        return own, []
    name = " ".join(lines[0].name.split())
    more = _MORE if len(lines) > 1 else ""
    shown = cp932.cut(name, limit - cp932.length(more)).rstrip() + more
    if cp932.length(name + more) <= limit:
        return shown, []
    return shown, [warn("carrier_goods_cut", "lines", text=name, shown=shown)]


def spread_problem(lines: Sequence[str], whole: str, agreed: bool) -> Problem:
    """An address parted at places we chose: shown as it would be written, and asked about until a person agreed."""
    shown = " / ".join(line for line in lines if line)
    if agreed:
        return warn("carrier_spread", "recipient.street", text=whole, shown=shown)
    return block("carrier_spread_proposal", "recipient.street", text=whole, shown=shown)


def name_lines(name: str, first: int, second: int) -> tuple[str, str]:
    """A name over two columns (limits in CP932 bytes), parted at a blank that is already there; whole in the first
    where there is none that helps, so that its length is refused and not hidden."""
    whole = " ".join(name.split())
    if cp932.length(whole) <= first:
        return whole, ""
    words = whole.split(" ")
    for count in range(len(words) - 1, 0, -1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        if cp932.length(head) <= first and cp932.length(rest) <= second:
            return head, rest
    return whole, ""


_RUN = re.compile(
    r"(?:株式|有限|合同|一般社団|一般財団)(?:会社|法人)|[0-9０-９A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺーｦ-ﾟ]+|[ぁ-ゖ]+|[^ ]"
)


def name_parted(name: str, first: int, second: int) -> tuple[str, str] | None:
    """A name without a blank that helps, parted for a person to see: never in a number, a word of letters or of kana;
    None where it fits no way."""
    whole = " ".join(name.split())
    for start in reversed([found.start() for found in _RUN.finditer(whole)]):
        head, rest = whole[:start].rstrip(), whole[start:]
        if 0 < cp932.length(head) <= first:
            return (head, rest) if cp932.length(rest) <= second else None
    return None


def goods_lines(
    consignment: Consignment, own: str, limit: int, lines: int
) -> tuple[tuple[str, ...], list[Problem]]:
    """品名 over several columns: the shop's own words in the first, else a name in each, shortened with a note; where
    there are more names than columns the last says so."""
    names = list(dict.fromkeys(" ".join(line.name.split()) for _, line in consignment.shipment.goods))
    if own or not names:
        return (own,), []
    shown = [cp932.cut(name, limit).rstrip() for name in names[:lines]]
    if len(names) > lines:
        shown[-1] = cp932.cut(names[lines - 1], limit - cp932.length(_MORE)).rstrip() + _MORE
    short = [pair for pair in zip(names, shown, strict=False) if pair[0] != pair[1].removesuffix(_MORE)]
    noted = [warn("carrier_goods_cut", "lines", text=whole, shown=part) for whole, part in short]
    return tuple(shown), noted


def cash_on_delivery(consignment: Consignment, service: Service) -> tuple[dict[str, str], list[Problem]]:
    """Amount and tax to be written, {} where nothing is collected or it cannot be right. A service without a limit of
    its own (`cash_limit` 0) takes any amount: only its tool knows more."""
    if consignment.shipment.cash_on_delivery and not service.cash_on_delivery:
        return {}, [block("carrier_cash_service", "service", service=service.name)]
    if not service.cash_on_delivery:
        return {}, []
    cash, tax = consignment.cash, consignment.cash_tax
    if cash is None or cash <= 0 or (service.cash_limit and cash > service.cash_limit):
        if not service.cash_limit:
            return {}, [block("jppost_cash_amount", "cash", service=service.name)]
        amount = "-" if cash is None else f"{cash:,}"
        values = {"amount": amount, "limit": f"{service.cash_limit:,}", "service": service.name}
        return {}, [block("carrier_cash_amount", "cash", **values)]
    if tax is None or not 0 <= tax <= cash:
        return {}, [block("carrier_cash_tax", "cash", amount=f"{cash:,}")]
    values = {"cash": str(cash), "cash_tax": str(tax)}
    if len(consignment.parcels) > 1:
        return values, [block("carrier_cash_parcels", "parcels", count=str(len(consignment.parcels)))]
    return values, []
