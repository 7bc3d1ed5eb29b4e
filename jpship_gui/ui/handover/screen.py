"""What the hand-over page shows, as values; painting needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from jpship_gui.ui.pack.screen import Band, Recent


@dataclass(frozen=True, slots=True)
class Row:
    """One parcel that is still here. `klass` colours its note: "", attention or ng."""

    parcel: str
    number: str
    order: str
    name: str
    note: str = ""
    klass: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One carrier whose driver may be here."""

    carrier: str
    name: str
    count: str
    unit: str
    pickup: str = ""
    near: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on the page at one moment; without a `carrier` no hand-over runs."""

    desk: str = ""
    person: str = ""
    clock: str = ""
    carrier: str = ""
    carrier_name: str = ""
    where: str = ""
    pickup: str = ""
    near: bool = False
    taken: int = 0
    total: int = 0
    rows: tuple[Row, ...] = ()
    title: str = ""  # above the cards
    cards: tuple[Card, ...] = ()  # while none runs
    waiting: int = 0  # of all carriers, while none runs
    band: Band = Band()  # noqa: RUF009 - frozen
    recent: tuple[Recent, ...] = ()
    fault: bool = False
    notice: str = ""  # the strip above the band: the database does not follow
