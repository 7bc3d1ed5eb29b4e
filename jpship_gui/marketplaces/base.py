"""What one marketplace declares: data plus optional abilities. None or empty = it cannot, and the act is greyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from jpship_gui.domain.confirmation import Confirmation, Promise, PromiseResult, SendResult
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.order import Order, OrderId, RegisteredParcel
from jpship_gui.formats.layout import Damage, Layout, Rejection, Table
from jpship_gui.settings.options import Option, ShopOptions

FLAG = "flag."  # begins the name of a flag among absent fields
READ = "read."  # begins the memory's keys that say how far a fetch has read
SHOP_NUMBER = "shop_number"


@dataclass(frozen=True, slots=True)
class ShopAccount:
    """One shop as the connectors see it: settings as text, secrets looked up only when needed.

    `memory` is what a connector wants to find again after a restart (how far it has read, calls left, when a token was
    given), text by key, shared by all desks; no secrets and no personal data. What it writes under `READ` while
    orders are fetched, of those it has yielded already, is kept once they are stored. `keep_secret` takes
    a secret the marketplace gave out anew. `known` gives orders as last read, by number, to marketplaces that must be
    asked by line or by day, `open_orders` the numbers of those that are open by what is stored.
    """

    name: str
    marketplace: str
    settings: Mapping[str, str]
    secret: Callable[[str], str]  # field name → value; raises Refused("secret_missing") when unknown
    practice: bool = False  # nothing may be called but this computer
    memory: MutableMapping[str, str] = field(default_factory=dict)
    keep_secret: Callable[[str, str], object] = lambda field, value: None
    known: Callable[[Sequence[str]], Mapping[str, Order]] = lambda numbers: {}
    open_orders: Callable[[], Sequence[str]] = tuple


@dataclass(frozen=True, slots=True)
class ReadOrders:
    """What reading one file (or table) gave: whole orders with the rows they came from, and what was left out.

    An order with one bad row is left out whole: half an order would be shipped short.
    """

    orders: tuple[Order, ...]
    source_lines: Mapping[str, tuple[int, ...]]  # order number → indexes into Table.rows
    rejections: tuple[Rejection, ...] = ()
    rejected_rows: tuple[int, ...] = ()  # indexes of all rows of the orders left out
    damages: tuple[Damage, ...] = ()
    repeated_rows: int = 0
    # Fields the layout knows and the file lacks: they say nothing, not "blank"; flags as FLAG + name.
    absent: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()  # about the file; words: intake.warning.<code>
    registered: Mapping[tuple[OrderId, str], tuple[RegisteredParcel, ...]] = field(default_factory=dict)
    """Of a file that only tells registered parcels: by order and package id."""
    later: Mapping[OrderId, Callable[[Order], Order]] = field(default_factory=dict)
    """Of such a file, where it says more than that: how it brings a known order up."""
    number_header: str = ""  # of such a file: the header of its order number, for messages
    unknown_code: str = "order_unknown"  # of such a file: why rows of orders we do not know are rejected
    told: frozenset[str] = frozenset()
    """What else only APIs tell and this file tells too (compare.API_ONLY)."""
    waiting_at: datetime | None = None
    """Of a file that holds every order of its shop that waited to be shipped at this moment: an older one that is not
    in it waits no longer."""
    absent_columns: tuple[str, ...] = ()  # headers a profile names and the file lacks


@dataclass(frozen=True, slots=True)
class Joined:
    """Files of one import that are read as one. `members` are places in what was joined, the first gives its name;
    with a `fault` nothing of it is read. `warnings` are added to those of the reading."""

    members: tuple[int, ...]
    table: Table
    layout: Layout
    fault: Fault | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A download kept as received, to be filled in and uploaded again."""

    row_id: int
    name: str
    layout: str
    data: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class FilledFile:
    """A kept file with numbers in it; `told` are the shipment keys it speaks of, each of them whole."""

    data: bytes
    rows: int
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """An order an API told without being able to tell everything; the fields in `untold` take nothing back."""

    order: Order
    untold: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a marketplace would not take a confirmation as things are. Words: `confirm.red.<code>`, and what a person can
    do, `confirm.repair.<repair>`."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    repair: str = ""


class OrderReader(Protocol):
    """Table of a recognised layout → orders. `shop_of` gives the shop account for an order number's shop part, None
    when no account is known for it; repairs of spreadsheet damage whose code is in `refused` are reported, not put
    in."""

    def __call__(
        self,
        table: Table,
        layout: Layout,
        shop_of: Callable[[str], ShopAccount | None],
        refused: frozenset[str] = frozenset(),
    ) -> ReadOrders: ...


class MarketplaceApi(Protocol):
    """A connected shop. Every method raises `WorldFault`/`Refused` for what concerns the whole call."""

    @property
    def sees_changes(self) -> bool:
        """Whether `fetch` also tells what became of orders it told before, so that they need not be read one by one."""
        ...

    @property
    def push_size(self) -> int:
        """How many confirmations one `push` takes, so that it ends well within a quarter of an hour at its slowest."""
        ...

    def fetch(
        self, since: datetime, until: datetime, step: Callable[[int, int], None]
    ) -> Iterator[Order | Reading | Rejection]:
        """Orders that are to be shipped or may be soon, and those that made no sense; `step(done, total)` may raise
        Cancelled."""
        ...

    def read(self, numbers: Sequence[str]) -> list[Order]:
        """These orders as the marketplace has them now, registered parcels included; unknown numbers are absent."""
        ...

    def push(self, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Tell the marketplace. One result per confirmation; an unknown outcome is DOUBTFUL, never an exception."""
        ...

    def results(self, request_id: str, confirmations: Sequence[Confirmation]) -> list[SendResult]:
        """Answers of an asynchronous push; SENDING while not ready."""
        ...

    def check(self) -> str:
        """Try the credentials with a harmless read; returns a plain answer's text key."""
        ...


@runtime_checkable
class PromisingApi(Protocol):
    """A connected shop of a marketplace that wants a ship date promised before it is told of shipping."""

    def promise(self, promises: Sequence[Promise]) -> list[PromiseResult]:
        """Give the dates. One result per promise; an unknown outcome is DOUBTFUL, never an exception."""
        ...


@runtime_checkable
class ShowsParcels(Protocol):
    """A connected shop that tells registered parcels of many orders at less cost than by reading the orders whole."""

    def parcels_of(self, numbers: Sequence[str]) -> Mapping[str, Sequence[RegisteredParcel]]:
        """What is registered by order number; unknown numbers are absent."""
        ...


class ShopLogin(Protocol):
    """Getting a shop's keys by a login in the browser, which ends with a code."""

    def address(self) -> str:
        """The page where a person logs in and agrees."""
        ...

    def finish(self, code: str) -> None:
        """Exchange what the page showed or handed over (the code, or the whole address with it) for keys, and keep
        them. Faults as of `MarketplaceApi`."""
        ...


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key the marketplace gave out: the secret it is, by name, and the shop's settings that go with it."""

    secret: str
    value: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """The content of an upload file as one shop wants it."""

    layout: Layout
    rows: tuple[tuple[str, ...], ...]
    encoding: str = ""  # "" = the layout's


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A form (a pattern of the whole number) a marketplace asks of a carrier's tracking numbers from a day on."""

    code: str  # the marketplace's code of the carrier
    pattern: str
    source: str
    grade: str  # CONFIRMED, LIKELY, GUESS
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class DatedCode:
    """Our carrier id → the marketplace's code, valid from a day, with its source."""

    carrier: str
    code: str
    name: str
    service: str = ""  # narrower than the carrier: a service with a code of its own
    valid_from: date | None = None
    source: str = ""
    method: str = ""  # the marketplace's word or code for the delivery method, where it takes one
    carrier_name: str = ""  # what it wants as the carrier's name besides the code ("" = nothing)
    also: tuple[str, ...] = ()  # other words it has for the same


@dataclass(frozen=True, slots=True)
class Takes:
    """What a marketplace takes of a shipment from a day on (limits.toml). 0 = no limit known; what nobody says is the
    harmless reading: one report of the whole order.

    `each`: what a number is told for: a package (one recipient), the whole order, or each of its lines. `numbers`: how
    many it takes for that. `partial`: whether a part of what is told together (the package, else the order) may be told
    before the rest. `without_number`: whether a parcel may be told that travels without one (SY-09): yes, file (by its
    upload file alone), no, or "" where nobody knows, which counts as no; orders with one of `numbered_flags` never.
    `lines_per_parcel`: how many lines one number may stand for. `upload_rows`, `upload_days`: limits
    of the upload file.
    """

    source: str
    grade: str  # CONFIRMED, LIKELY, GUESS
    valid_from: date | None = None
    numbers: int = 0
    each: str = "order"
    partial: bool = False
    lines_per_parcel: int = 0
    upload_rows: int = 5000
    upload_days: int = 0
    without_number: str = ""
    numbered_flags: tuple[str, ...] = ()


UNKNOWN = Takes("", "")


@dataclass(frozen=True, slots=True)
class Credential:
    """Something that expires (SE-10). Its day is a setting of the shop (`since` = begun on, `until` = ends on) or the
    connector's memory of the same key; `days` is its life counted from `since`. Words: `credential.<id>`."""

    id: str
    since: str = ""
    until: str = ""
    days: int = 0
    warn_days: tuple[int, ...] = (14, 3)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Marketplace:
    """Declaration of one marketplace adapter."""

    id: str
    name: str  # as users call it: 楽天
    order_layouts: tuple[Layout, ...] = ()
    read_orders: OrderReader | None = None
    confirm_layout: Layout | None = None
    confirm_rows: Callable[[Iterable[Confirmation]], Iterator[tuple[str, ...]]] | None = None
    upload: Callable[[ShopAccount, Sequence[Confirmation]], Upload] | None = None
    """In place of `confirm_rows`, where the file depends on the shop's settings; `confirm_layout` is then the usual
    one."""
    fit: Callable[[Confirmation, ShopOptions, datetime], Confirmation | Objection] | None = None
    """(what is to be said, the shop's settings, now) → what is said to this one, or why it would not take it."""
    upload_edits: bool = False  # uploading a confirmation again changes the one before and doubles nothing
    number_rules: tuple[NumberRule, ...] = ()
    carrier_codes: tuple[DatedCode, ...] = ()
    own_codes: tuple[DatedCode, ...] = ()  # of carriers the seller described
    options: Mapping[str, Option] = field(default_factory=dict)  # its own options.toml
    shop_part: Callable[[str], str] | None = None
    """Order number → shop part ("345678"), for files of several shops; "" where the number does not say."""
    shop_key: str = SHOP_NUMBER  # the setting that holds a shop's part
    settle: Callable[[Order, Order], Order] | None = None
    """(newer reading, with what its source could not tell taken from the older one; older one) → what is kept: for
    what is worked out of several fields, some of which were not told."""
    connect: Callable[[ShopAccount], MarketplaceApi] | None = None
    login: Callable[[ShopAccount], ShopLogin] | None = None
    takes: tuple[Takes, ...] = ()
    join: Callable[[Sequence[tuple[Table, Layout]]], Sequence[Joined]] | None = None
    """Files of its layouts found in one import → what is read; None = each by itself."""
    keeps: frozenset[str] = frozenset()  # layouts whose files are kept as received, for `fill`
    fill: Callable[[KeptFile, Sequence[Confirmation]], FilledFile] | None = None
    """Its upload file is a download filled in; numbers of shipments not wholly in the file are left out."""
    shows: frozenset[str] = frozenset(
        ("carrier", "date")
    )  # what it shows of a registered parcel besides the number
    reads_at_once: int = 100
    """Orders worth reading in one go: what is concluded from them is kept before more are read. Few where each costs a
    call that must be waited for."""
    credentials: tuple[Credential, ...] = ()
    upload_steps: int = 0  # words upload.<id>.1 …: where its own screens take the upload file
    connect_steps: int = 0  # words connect.<id>.1 …: where its own screens give out the keys of its API
    grade: str = ""  # of the whole format where it is weak: shown to the user
    names_carriers: bool = True  # False: its file does not tell the carrier, so that no code of it is needed
    profile: bool = False  # described by a profile: data alone, of this build or the seller's own
    confirms: bool = True  # False: nobody is told (orders entered by hand)
    repeats_carrier: bool = False
    """It is told the very word for the carrier that came with the order (`Package.planned_carrier`), where that means
    the carrier really used; anything else must be the shop's own code."""
    api_absent: frozenset[str] = frozenset()  # fields of its layouts of which its API says nothing
    promise_states: frozenset[str] = frozenset()  # state codes in which a ship date may be promised
    certify: Callable[[ShopAccount, str, str], NewKey] | None = None
    """(shop, user, password) → a new key; the login is asked for each time and kept nowhere."""

    def takes_on(self, on: date) -> Takes:
        """What it takes on a day; where nothing is known, one report of the whole order with all its numbers."""
        best = UNKNOWN
        for found in self.takes:
            if (found.valid_from or date.min) <= on and (best.valid_from or date.min) <= (
                found.valid_from or date.min
            ):
                best = found
        return best

    def takes_number(self, code: str, number: str, on: date) -> bool:
        """Whether its rules of that day, as far as they are known, let a carrier's number pass."""
        rules = [r for r in self.number_rules if r.code == code and (r.valid_from or date.min) <= on]
        newest = max(rules, key=lambda r: r.valid_from or date.min, default=None)
        return newest is None or re.fullmatch(newest.pattern, number) is not None

    def code_of(
        self,
        carrier: str,
        service: str,
        on: date,
        own: Mapping[str, Mapping[str, str]] | None = None,
        planned: str = "",
    ) -> DatedCode | None:
        """The code valid on that day, the shop's `own` (setting carrier.codes, by carrier or carrier/service) before
        the marketplace's, the service's before the carrier's; None = unmapped, never guessed (CF-03). `planned` is the
        word that came with the order."""
        for key in (f"{carrier}/{service}" if service else "", carrier):
            said = (own or {}).get(key) if key else None
            if said and said.get("code"):
                return DatedCode(
                    carrier,
                    said["code"],
                    said.get("name", ""),
                    service,
                    method=said.get("method", ""),
                    carrier_name=said.get("carrier_name", ""),
                    source="shop",
                )
        for wanted in (service, ""):
            for code in self.own_codes:
                if (code.carrier, code.service) == (carrier, wanted):
                    return code
        if self.repeats_carrier:
            return self._repeated(carrier, service, on, planned)
        found = self._dated_code(carrier, service, on)
        return found if found or self.names_carriers else DatedCode(carrier, carrier, carrier)

    def means(self, word: str, on: date) -> DatedCode | None:
        """What one of its words for carriers means, None for a word that is not in its list."""
        wanted = _squeezed(word)
        for code in self.carrier_codes:
            if wanted and wanted in map(_squeezed, (code.code, *code.also)) and _valid(code, on):
                return code
        return None

    def _repeated(self, carrier: str, service: str, on: date, planned: str) -> DatedCode | None:
        """Only where the word means the very service used, or the carrier while no service is known: a parcel by
        ネコポス is not told as ヤマト宅急便."""
        code = self.means(planned, on)
        if (
            code is None
            or code.carrier != carrier
            or (service and code != self._dated_code(carrier, service, on))
        ):
            return None
        return replace(code, code=planned)

    def carrier_code(self, carrier: str, service: str, on: date) -> str | None:
        """The bare code of `code_of` without a shop's own."""
        found = self.code_of(carrier, service, on)
        return found.code if found else None

    def _dated_code(self, carrier: str, service: str, on: date) -> DatedCode | None:
        best: DatedCode | None = None
        for code in self.carrier_codes:
            if code.carrier != carrier or code.service not in ("", service):
                continue
            if not _valid(code, on):
                continue
            if best is None or (bool(code.service), code.valid_from or date.min) > (
                bool(best.service),
                best.valid_from or date.min,
            ):
                best = code
        return best


def _valid(code: DatedCode, on: date) -> bool:
    return code.valid_from is None or code.valid_from <= on


def _squeezed(word: str) -> str:
    """Width, case and blanks make no other word."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())
