"""のし and message cards (PR-13), from what the orders ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from jpship_gui.documents.address_labels import Setup, next_free
from jpship_gui.documents.cards import CardData, card_characters, render_cards
from jpship_gui.documents.cord import CORDS
from jpship_gui.documents.noshi import NoshiData, noshi_characters, render_noshi
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.asking import sheet_asks
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, Taken, legible, some, take, too_full
from jpship_gui.flows.paper.kind import CHOICE, LINES, TEXT, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.layouts import cached
from jpship_gui.flows.paper.noshi_words import Asked, asked, cord_of, names_in
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SlipSource
from jpship_gui.flows.paper.stocks import keep_measured, measured, stock
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import find
from jpship_gui.store import orders

NONE = "none"  # choice `cord`: the paper bears one
_PAPERS = {
    "a3": (420.0, 297.0),
    "a4": (297.0, 210.0),
    "b4": (364.0, 257.0),
    "b5": (257.0, 182.0),
    "a5": (210.0, 148.0),
}


def _wants_noshi(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return tuple(s.key for s in found if any(not asked(one.noshi).nothing for one in s.bundle))


def _draw_noshi(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `title`, `names` (山田 太郎／花子（はなこ）), `cord` of `CORDS` or "none" for all of this print, `paper`
    (a3, a4, b4, b5, a5, or 75x210 in mm). What is not chosen is as the order says; what that leaves open is asked."""
    taken = take(ws, wanted)
    cord = wanted.choices.get("cord") or str(ws.options.get("noshi.cord"))
    made = []
    for source in taken.sources:
        made += [(source, noshi) for noshi in _noshi_of(taken, source, wanted.choices, cord)]
    good = legible(taken, wanted, made, noshi_characters)
    some(taken, good)
    size = _size(wanted.choices.get("paper") or str(ws.options.get("noshi.paper")))
    offset = (int(ws.options.get("noshi.x")) / 10, int(ws.options.get("noshi.y")) / 10)
    rendered = render_noshi([noshi for _, noshi in good], size, named(ws, "noshi").dpi, offset)
    shown = too_full(taken, "noshi", good, rendered.over)
    some(taken, shown)
    return taken.drawn(rendered.pdf, ((source.shipment.key,) for source, _ in shown))


def _noshi_of(taken: Taken, source: SlipSource, choices: Mapping[str, str], cord: str) -> list[NoshiData]:
    """One for each order of the parcel that asks for it; a text that names no title we know is refused."""
    made = []
    for one in (source, *source.together):
        said = asked(one.shipment.noshi)
        title = choices.get("title", "")
        if said.nothing and not title:
            continue
        said = _completed(said, title, choices.get("names", ""))
        if not said.title and not said.blank:
            taken.refuse(source, "noshi_unclear", "noshi", text=one.shipment.noshi)
            return []
        drawn = "" if cord == NONE else cord if cord in CORDS else said.cord
        made.append(NoshiData(said.title, said.names, drawn))
    if not made:
        taken.refuse(source, "noshi_none", "noshi")
    return made


def _completed(said: Asked, title: str, names: str) -> Asked:
    if title:
        said = replace(said, title=title, cord=cord_of(title), blank=False)
    return replace(said, names=names_in(names)) if names else said


def _asks_of_noshi(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    said = wanted.choices
    cords = tuple((one, f"option.noshi.cord.{one}") for one in find("noshi.cord").choices)
    papers = tuple((one, one.upper()) for one in _PAPERS)
    return (
        Ask("title", TEXT, said.get("title", ""), "ask.as_ordered"),
        Ask("names", TEXT, said.get("names", ""), "ask.names.hint"),
        Ask("cord", CHOICE, said.get("cord") or str(ws.options.get("noshi.cord")), options=cords),
        Ask("paper", CHOICE, said.get("paper") or str(ws.options.get("noshi.paper")), options=papers),
    )


def _size(paper: str) -> tuple[float, float]:
    """Width and height in mm; A4 on its side where the text is none."""
    if paper in _PAPERS:
        return _PAPERS[paper]
    wide, _, high = paper.partition("x")
    if wide.isdecimal() and high.isdecimal() and 40 <= int(wide) <= 500 and 80 <= int(high) <= 500:
        return float(wide), float(high)
    return _PAPERS["a4"]


def _wants_card(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    every = {one.order_id for shipment in found for one in shipment.bundle}
    known = (
        {id_: stored.order() for id_, stored in orders.find(ws.store, list(every)).items()} if every else {}
    )
    return tuple(
        s.key
        for s in found
        if any(known[one.order_id].gift_message.strip() for one in s.bundle if one.order_id in known)
    )


def _draw_card(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `sheet` (postcard, a6, 51002 or any label sheet), `first`, `message` in the place of the order's own."""
    taken = take(ws, wanted)
    sheet = stock(ws, wanted.choices.get("sheet") or str(ws.options.get("card.sheet")))
    kept = measured(ws, sheet.id)
    first = wanted.choices.get("first", "")
    number = min(int(first) if first.isdecimal() and int(first) else kept.first, sheet.labels)
    made, layout_of = [], cached(ws, "card")
    for source in taken.sources:
        drawn = layout_of(source.shipment.order_id.shop)
        cards = _cards_of(taken, source, wanted.choices.get("message", ""))
        made += [(source, replace(card, layout=drawn)) for card in cards]
    good = legible(taken, wanted, made, card_characters)
    some(taken, good)
    setup = Setup(*("", number, (kept.x / 10, kept.y / 10), kept.scale / 1000), dpi=named(ws, "card").dpi)
    rendered = render_cards([card for _, card in good], sheet, setup)
    shown = too_full(taken, "card", good, rendered.over)
    some(taken, shown)
    after = replace(kept, first=next_free(number, len(shown), sheet))
    keys = [source.shipment.key for source, _ in good]
    pages = (tuple(dict.fromkeys(keys[i] for i in page)) for page in rendered.pages)
    return taken.drawn(rendered.pdf, pages, partial(keep_measured, ws, sheet.id, after))


def _asks_of_card(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    message = Ask("message", LINES, wanted.choices.get("message", ""), "ask.as_ordered")
    return (*sheet_asks(ws, wanted, "card.sheet"), message)


def _cards_of(taken: Taken, source: SlipSource, message: str) -> list[CardData]:
    """One for each order of the parcel with a message; the giver's name where the marketplace tells it apart."""
    every = (source, *source.together)
    made = [
        CardData(text, "" if one.order.gift_sender in text else one.order.gift_sender)
        for one in every
        if (text := message or one.order.gift_message).strip()
    ]
    if not made:
        taken.refuse(source, "card_none", "gift_message")
    return made


KINDS = (
    Kind(
        *("noshi", "noshi", _wants_noshi, _draw_noshi, 50),
        on=False,
        to_buyer=True,
        choices=("title", "names", "cord", "paper", GLYPHS_SEEN),
        asks=_asks_of_noshi,
    ),
    Kind(
        *("card", "card", _wants_card, _draw_card, 51),
        on=False,
        to_buyer=True,
        choices=("sheet", "first", "message", GLYPHS_SEEN),
        asks=_asks_of_card,
    ),
)
