"""What the packing page shows, as values; painting needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

WAITING = "waiting"  # the band before anything was read; the other four are the classes of the scan protocol


@dataclass(frozen=True, slots=True)
class Good:
    """One line of goods. `next` = the next expected thing."""

    name: str
    variant: str
    code: str
    need: int
    have: int = 0
    next: bool = False
    picture: str = ""
    differs: tuple[int, int] = (0, 0)  # from where to where the words differ from a look-alike's
    set_name: str = ""  # of a component: the set it is part of


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the parcel's way. `state`: open, next, attention, done, proven."""

    word: str
    state: str
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pickup:
    """Time left to a carrier's pick-up."""

    carrier: str
    name: str
    left: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    """One of the last outcomes."""

    klass: str
    word: str
    time: str


@dataclass(frozen=True, slots=True)
class Task:
    """An instruction that wants an act before the box is closed. `state`: next, open, done."""

    word: str
    detail: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True)
class NextThing:
    """What to do next: a thing to be read (`name`, `variant`, `count`), else `words` alone."""

    words: str = ""
    name: str = ""
    variant: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """The outcome band: its class, word and one line of reason. `echo` is what a person is typing."""

    klass: str = WAITING
    word: str = ""
    reason: str = ""
    shape: str = ""
    echo: str = ""
    then: NextThing | None = None
    wanted: str = ""  # the variant that should have been read, where a look-alike was
    read: Good | None = None  # what was read instead of what is wanted
    stops: bool = True  # an NG to be acknowledged; what the disk refused only asks to be read again


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on the page at one moment."""

    desk: str = ""
    person: str = ""
    left: int = 0
    late: int = 0
    pickups: tuple[Pickup, ...] = ()
    pace: int = 0
    clock: str = ""
    open: bool = False
    name: str = ""
    honorific: str = ""
    marketplace: str = ""
    marketplace_name: str = ""
    shop: str = ""
    number: str = ""
    marks: tuple[
        str, ...
    ] = ()  # what makes this parcel another than most: orders packed together, several boxes
    remark: str = ""
    notes: tuple[str, ...] = ()  # what the packer must not miss besides the remark
    carrier: str = ""
    carrier_name: str = ""
    service: str = ""
    wish: str = ""
    ship_by: str = ""
    remaining: str = ""
    overdue: bool = False
    goods: tuple[Good, ...] = ()
    tasks: tuple[Task, ...] = ()  # while instructions are what comes next
    steps: tuple[Step, ...] = ()
    band: Band = Band()  # noqa: RUF009 - frozen
    recent: tuple[Recent, ...] = ()
    mode: str = ""  # the way of working, where it is not the usual one
    notice: str = ""  # why the database does not follow
