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

    `choices` is the kind's own business (first free label of a sheet, a consent); `draw` ignores an unknown one. With
    `preview` nothing may be noted and no number may be taken.
    """

    keys: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False


NUMBER, CHOICE, TEXT, LINES, PLACE = "number", "choice", "text", "lines", "place"


@dataclass(frozen=True, slots=True)
class Ask:
    """One choice a person may make for one print alone. Words: `ask.<id>` its name, `hint` (a key, "" = none) what
    helps to answer.

    `kind` is NUMBER (`low` to `high`), CHOICE (`options`: value, and the key of its words or the words themselves
    where they are data), TEXT, LINES (text of several lines) or PLACE: which of `columns` × `rows` on a sheet is the
    first to be printed on, from 1 row by row; `cell` is width : height of one. `value` is what holds unless another
    is chosen.
    """

    id: str
    kind: str
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0
    columns: int = 0
    rows: int = 0
    cell: tuple[float, float] = (1.0, 1.0)

    @property
    def words(self) -> str:
        """Key of its name."""
        return f"ask.{self.id}"


def _nothing(ws: Workspace, wanted: Wanted) -> tuple[Ask, ...]:
    return ()


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
    says as it is drawn, in the transaction its file is written in. `choices` names all that `draw` knows by that
    name; `asks` are those a person is asked, as they stand for these shipments after what was chosen so far.
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
    choices: tuple[str, ...] = ()
    asks: Callable[[Workspace, Wanted], tuple[Ask, ...]] = _nothing

    @property
    def asking(self) -> bool:
        """Whether it may ask a person anything."""
        return self.asks is not _nothing
