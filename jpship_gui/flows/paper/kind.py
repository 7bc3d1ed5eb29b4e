"""What one paper declares, so that print centre, command line and record can handle it without knowing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jpship_gui.domain.problem import Problem
from jpship_gui.domain.shipment import Shipment
from jpship_gui.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn: shipment keys in printing order, and what a person chose for this print alone.

    `choices` is the kind's own business (first free label of a sheet, a consent); an unknown one is ignored. With
    `preview` nothing may be noted and no number may be taken.
    """

    keys: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document of at least one page. `pages` has, for each page, the keys of the shipments on it, () where it shows
    none in particular; by key: `refused` why a shipment is not on it, `notices` what a person should know. `written` is
    called once the file is there (never for a preview): what is remembered of a print, such as a sheet's next label."""

    pdf: bytes
    pages: tuple[tuple[str, ...], ...]
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    notices: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    written: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper. Words: `paper.document.<id>` its name, `paperpage.form.<id>` its form.

    `wanted` says which of the shipments of a batch need it (it decides by settings and by what the orders ask for);
    `draw` makes the pages and raises NothingToPrint where none is left. `preset` names the desk's print settings
    (option `printer.<preset>`); `place` orders the list; `to_buyer` papers never hold a purchase cost; with
    `needs_batch` = False it can be drawn without any shipment; what is `numbered` takes numbers and keeps what it
    says as it is drawn, in the transaction its file is written in.
    """

    id: str
    preset: str
    wanted: Callable[[Workspace, Sequence[Shipment]], tuple[str, ...]]
    draw: Callable[[Workspace, Wanted], Drawn]
    place: int = 50
    on: bool = True
    to_buyer: bool = False
    needs_batch: bool = True
    due: bool = False
    numbered: bool = False
