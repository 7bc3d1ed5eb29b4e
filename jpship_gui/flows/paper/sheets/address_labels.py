"""Address labels on sheets (PR-07): for parcels, for letters, and with sender for prepaid envelopes and plain post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from jpship_gui.documents.address_labels import (
    LETTER,
    PARCEL,
    POST,
    AddressData,
    Setup,
    label_characters,
    next_free,
    render_labels,
)
from jpship_gui.documents.envelopes import PAPERS, render_envelopes
from jpship_gui.documents.stocks import Stock
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.paper.asking import ON_SHEETS, sheet_asks
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, YES, legible, some, take, too_full
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.label_words import goods_words, order_tail, phone_groups
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SlipSource, addressee
from jpship_gui.flows.paper.stocks import Measured, keep_measured, measured, stock
from jpship_gui.flows.workspace import Workspace
from jpship_gui.settings.options import find

_IDS = {PARCEL: "address", LETTER: "letter", POST: "post"}
_SHEET = {PARCEL: "label.sheet", LETTER: "label.sheet", POST: "label.post_sheet"}


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return tuple(shipment.key for shipment in found)


def _draw(form: str, ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `sheet` an id of `stocks`, `first` its first free label, `frames` 1 for a test print (of empty labels
    where no shipment is asked for), `x`, `y`, `scale`, `padding` as in `Measured`. What is not chosen is as it was the
    last time; the next free label is kept."""
    sheet = stock(ws, wanted.choices.get("sheet") or ws.options.get(_SHEET[form]))
    kept = _chosen(measured(ws, sheet.id), wanted)
    setup = Setup(
        form=form,
        first=min(kept.first, sheet.labels),
        offset=(kept.x / 10, kept.y / 10),
        scale=kept.scale / 1000,
        padding=kept.padding / 10,
        frames=wanted.choices.get("frames") == YES,
        dpi=named(ws, "a4labels").dpi,
    )
    if not wanted.keys and setup.frames:
        return Drawn(render_labels((), sheet, setup).pdf, ((),))
    taken = take(ws, wanted)
    made = legible(taken, wanted, _labels(taken.sources, form), label_characters)
    some(taken, made)
    rendered = render_labels([label for _, label in made], sheet, setup)
    shown = too_full(taken, _IDS[form], made, rendered.over)
    some(taken, shown)
    remember = partial(_remember, ws, sheet, kept, setup, len(shown))
    keys = [source.shipment.key for source, _ in made]
    pages = (tuple(dict.fromkeys(keys[index] for index in page)) for page in rendered.pages)
    return taken.drawn(rendered.pdf, pages, remember)


def _asks(form: str, ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    return sheet_asks(ws, wanted, _SHEET[form])


def _asks_of_envelopes(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    return tuple(
        Ask(
            name,
            CHOICE,
            wanted.choices.get(name) or str(ws.options.get(option)),
            options=tuple((one, f"option.{option}.{one}") for one in find(option).choices),
        )
        for name, option in (("paper", "envelope.paper"), ("writing", "envelope.writing"))
    )


def _draw_envelopes(ws: Workspace, wanted: Wanted) -> Drawn:
    """One an order. Choices: `paper` (naga3, naga4, kaku2), `writing` (vertical, across)."""
    taken = take(ws, wanted)
    paper = wanted.choices.get("paper", "")
    size = PAPERS[paper if paper in PAPERS else str(ws.options.get("envelope.paper"))]
    writing = wanted.choices.get("writing") or str(ws.options.get("envelope.writing"))
    made = legible(taken, wanted, _labels(taken.sources, LETTER), label_characters)
    some(taken, made)
    rendered = render_envelopes([label for _, label in made], size, writing, named(ws, "card").dpi)
    shown = too_full(taken, "envelope", made, rendered.over)
    some(taken, shown)
    return taken.drawn(rendered.pdf, ((source.shipment.key,) for source, _ in shown))


def _chosen(kept: Measured, wanted: Wanted) -> Measured:
    """What was kept with what a person chose for this print; a text that is no number chooses nothing."""
    said = {name: wanted.choices.get(name, "") for name in ("x", "y", "scale", "padding", "first")}
    numbers = {name: int(text) for name, text in said.items() if text.lstrip("-").isdecimal()}
    return replace(kept, **numbers)


def _remember(ws: Workspace, sheet: Stock, kept: Measured, setup: Setup, count: int) -> None:
    keep_measured(ws, sheet.id, replace(kept, first=next_free(setup.first, count, sheet)))
    ws.options.set(_SHEET[setup.form], sheet.id)


def _labels(sources: Sequence[SlipSource], form: str) -> list[tuple[SlipSource, AddressData]]:
    """One a parcel; a letter is one an order."""
    made = []
    for source in sources:
        label = _label(source)
        parcels = 1 if form == LETTER else max(1, len(source.shipment.parcels))
        for number in range(1, parcels + 1):
            tail = f"{number}/{parcels}  {label.tail}" if parcels > 1 else label.tail
            made.append((source, replace(label, tail=tail)))
    return made


def _label(source: SlipSource) -> AddressData:
    shipment, shop = source.shipment, source.shop
    person = addressee(shipment.recipient, source.order.company)
    return AddressData(
        name=person.name,
        postal_code=person.postal_code,
        lines=person.lines,
        company=person.company,
        phone=phone_groups(shipment.recipient.phone),
        sender=shop.name,
        sender_postal_code=shop.postal_code,
        sender_address=shop.address,
        sender_phone=shop.phone,
        goods=goods_words(source, None),
        tail=order_tail(source),
    )


KINDS = (
    *(
        Kind(
            *(id_, "a4labels", _wanted, partial(_draw, form), 41 + place),
            on=False,
            needs_batch=False,
            choices=(*ON_SHEETS, "x", "y", "scale", "padding", GLYPHS_SEEN),
            asks=partial(_asks, form),
        )
        for place, (form, id_) in enumerate(_IDS.items())
    ),
    Kind(
        *("envelope", "card", _wanted, _draw_envelopes, 44),
        on=False,
        choices=("paper", "writing", GLYPHS_SEEN),
        asks=_asks_of_envelopes,
    ),
)
