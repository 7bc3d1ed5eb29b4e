"""Overlay print on the seller's own pre-printed forms (PR-07): a page a parcel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from jpship_gui.documents.form_overlay import render_overlay
from jpship_gui.documents.honorific import titled
from jpship_gui.documents.words import Words
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.tracking_no import grouped
from jpship_gui.flows.paper.fitting import GLYPHS_SEEN, legible, some, take
from jpship_gui.flows.paper.forms import calibration_page, form, forms, offset_of, value_name
from jpship_gui.flows.paper.kind import CHOICE, Ask, Drawn, Kind, Wanted
from jpship_gui.flows.paper.label_words import cash_due, goods_words, order_tail, phone_groups, service_name
from jpship_gui.flows.paper.marks import marks_of
from jpship_gui.flows.paper.presets import named
from jpship_gui.flows.paper.slip_values import SLIP_WORDS, SlipSource, part_building, wish_words
from jpship_gui.flows.workspace import Workspace

_TESTS = ("crosses", "ruler")


def _wanted(ws: Workspace, found: Sequence[Shipment]) -> tuple[str, ...]:
    return tuple(shipment.key for shipment in found)


def _draw(ws: Workspace, wanted: Wanted) -> Drawn:
    """Choices: `form` an id of `forms` (the only one where there is but one), `test` crosses or ruler."""
    id_ = wanted.choices.get("form") or _usual(ws)
    test = wanted.choices.get("test", "")
    if test in _TESTS:
        return Drawn(calibration_page(ws, id_, ruler=test == "ruler"), ((),))
    chosen, offset = form(ws, id_), offset_of(ws, id_)
    if not chosen.fields:
        raise Refused("form_empty", form=chosen.name)
    taken = take(ws, wanted)
    marks = marks_of(ws, [source.shipment for source in taken.sources])
    made = [
        (source, _values(ws, source, parcel, marks[source.shipment.key]))
        for source in taken.sources
        for parcel in source.shipment.parcels or (Parcel(source.shipment.key),)
    ]
    used = {field.value for field in chosen.fields}
    good = legible(taken, wanted, made, lambda values: "".join(v for k, v in values.items() if k in used))
    some(taken, good)
    moved = (offset.x / 10, offset.y / 10)
    rendered = render_overlay([values for _, values in good], chosen, named(ws, "form").dpi, moved)
    for index, fields in rendered.over.items():
        taken.refuse(good[index][0], "form_too_full", "recipient", fields="、".join(map(value_name, fields)))
    shown = [source for index, (source, _) in enumerate(good) if index not in rendered.over]
    some(taken, shown)
    pages = ((source.shipment.key,) for source in shown)
    return taken.drawn(rendered.pdf, pages, partial(ws.options.set, "form.last", id_))


def _asks(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    """Which form, where there are several."""
    every = tuple((one.id, one.name) for one in forms(ws))
    if len(every) < 2:
        return ()
    return (Ask("form", CHOICE, wanted.choices.get("form") or _usual(ws), options=every),)


def _usual(ws: Workspace) -> str:
    """The form used last, else the first; Refused("form_none")."""
    every = forms(ws)
    if not every:
        raise Refused("form_none")
    last = str(ws.options.get("form.last"))
    return last if last in {one.id for one in every} else every[0].id


def _values(ws: Workspace, source: SlipSource, parcel: Parcel, marks: Sequence[str]) -> Mapping[str, str]:
    """Text of each value a form may hold."""
    shipment = source.shipment
    ticks = {f"mark.{mark}": "1" for mark in (*marks, shipment.extra.get("cool", "") or "-")}
    if shipment.cash_on_delivery:
        ticks["mark.cash"] = "1"
    return {**ticks, **_parties(source), **_parcel(ws, source, parcel), **_days(ws, shipment)}


def _parties(source: SlipSource) -> dict[str, str]:
    shipment, shop = source.shipment, source.shop
    person = shipment.recipient
    street, building = part_building(person.street)
    name, title = titled(person.name)
    company = source.order.company
    return {
        "to_postal": _postal(person.postal_code),
        "to_postal_first": person.postal_code[:3],
        "to_postal_last": person.postal_code[3:],
        "to_phone": phone_groups(person.phone),
        "to_address": f"{person.prefecture}{person.city}{street} {building}".strip(),
        "to_street": f"{person.prefecture}{person.city}{street}",
        "to_building": building,
        "to_company": "" if company in person.name else company,
        "to_name": name,
        "to_name_title": f"{name} {title}".strip(),
        "from_postal": _postal(shop.postal_code),
        "from_postal_first": shop.postal_code[:3],
        "from_postal_last": shop.postal_code[3:],
        "from_phone": shop.phone,
        "from_address": shop.address,
        "from_name": shop.name,
    }


def _parcel(ws: Workspace, source: SlipSource, parcel: Parcel) -> dict[str, str]:
    shipment = source.shipment
    carrier = ws.carriers().get(shipment.carrier or source.options.get("carrier.default"))
    number = parcel.tracking_no or parcel.file_no
    cash = cash_due(source) if shipment.cash_on_delivery and parcel.no == 1 else None
    return {
        "goods": goods_words(source, carrier),
        "piece": str(parcel.no),
        "pieces": str(max(1, len(shipment.parcels))),
        "service": service_name(source, carrier),
        "cash": "" if cash is None else f"{cash:,}",
        "number": grouped(number, ws.number_forms(), carrier.id) if carrier else number,
        "key": parcel.key,
        "order": shipment.order_id.number,
        "tail": order_tail(source),
    }


def _days(ws: Workspace, shipment: Shipment) -> dict[str, str]:
    today, wish = ws.today(), shipment.wish
    words = Words(SLIP_WORDS)
    day = wish.day
    return {
        "ship_year": str(today.year),
        "ship_month": str(today.month),
        "ship_day": str(today.day),
        "wish": wish_words(wish, words),
        "wish_month": str(day.month) if day else "",
        "wish_day": str(day.day) if day else "",
        "wish_slot": wish_words(type(wish)(slot=wish.slot, text=wish.text), words),
    }


def _postal(code: str) -> str:
    return f"{code[:3]}-{code[3:]}" if len(code) == 7 else code


KINDS = (
    Kind(
        *("form", "form", _wanted, _draw, 46),
        on=False,
        needs_batch=False,
        choices=("form", "test", GLYPHS_SEEN),
        asks=_asks,
    ),
)
