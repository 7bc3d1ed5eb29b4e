"""What one carrier declares: data plus optional abilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jpship_gui.carriers.filters import FilterSet
from jpship_gui.domain.delivery_state import DeliveryState, DeliveryWord
from jpship_gui.domain.problem import Problem, Severity
from jpship_gui.domain.shipment import Parcel, Shipment
from jpship_gui.domain.tracking_no import NumberForm
from jpship_gui.formats.layout import Layout, Table


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `code` is the carrier tool's own (送り状種類), `slots` our slot code → the tool's code.

    Where the tool's code depends on the shop's contract, `code` is empty and `code_setting` names the shop
    setting.
    """

    id: str
    name: str
    names: Mapping[str, str] = field(
        default_factory=dict
    )  # by language, where people there call it otherwise
    code: str = ""
    code_setting: str = ""
    code_choices: tuple[str, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    cool: tuple[str, ...] = ()  # kinds it can carry: chilled, frozen
    cash_on_delivery: bool = False
    cash_limit: int = 0  # whole yen
    with_cash: str = ""  # the service that is the same with cash on delivery
    pieces: bool = False  # the tool takes a number of labels for it
    several: bool = False  # two or more parcels travel as one consignment
    tracked: bool = True  # whether its parcels bear a number
    form: str = ""  # id of the form its numbers have, where the carrier has several that zeros tell apart
    source: str = ""

    def called(self, language: str) -> str:
        """As it is shown on the screen; files, labels and papers bear `name`."""
        return self.names.get(language, self.name)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who ships, as printed on the waybill, and the contract's codes; from the shop's settings."""

    name: str = ""
    postal_code: str = ""
    address: str = ""
    building: str = ""
    phone: str = ""
    codes: Mapping[str, str] = field(
        default_factory=dict
    )  # the shop's `<carrier>.…` settings without that prefix


@dataclass(frozen=True, slots=True)
class Consignment:
    """One shipment as handed to a carrier. Amounts are whole yen, tax included; None = not known.

    `agreed` says that a person saw the proposals (address cut, characters replaced) and wants them written. `marks` are
    ids of `domain.handling_marks`, the most important first; `office` is the carrier's code of the office at which the
    recipient collects it.
    """

    shipment: Shipment
    parcels: tuple[Parcel, ...]
    sender: Sender
    service: str
    ship_date: date
    cool: str = ""  # "", chilled, frozen
    cash: int | None = None
    cash_tax: int | None = None
    agreed: bool = False
    marks: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A character a carrier does not take, and what may stand for it once a person agreed."""

    found: str
    instead: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class HandoverResult:
    """A carrier file ready to be written, and what could not go into it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]  # parcel key of each row
    problems: Mapping[str, tuple[Problem, ...]]  # shipment key → why it was left out
    notes: Mapping[str, tuple[Problem, ...]] = field(
        default_factory=dict
    )  # shipment key → what was changed or shortened


@dataclass(frozen=True, slots=True)
class IssuedNumber:
    """One row of the carrier's issued data: our parcel key and the number the carrier gave it."""

    line: int
    parcel_key: str
    tracking_no: str
    ship_date: str = ""
    recipient: str = ""
    repaired_from: str = ""  # the damaged text, where check digit and key left exactly one answer
    status: str = ""  # the carrier's own words or code of where the parcel is, where the file has them
    state: DeliveryState | None = None  # what they mean


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """What reading a result file gave. `rejected` is line, column, code of `rejected.<code>`, value.

    `by_position` = no header was there: nothing may be stored before a person saw a preview.
    """

    numbers: tuple[IssuedNumber, ...]
    rejected: tuple[tuple[int, str, str, str], ...] = ()
    repeated: int = 0  # rows that said the same as an earlier one
    by_position: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One program of a carrier that takes our file and gives the numbers back; an absent ability is None.

    `services` are the ids of what it can print, () = every service of the carrier; `most_rows` is how many rows one
    file may hold, 0 = any number. `fitted`: its layouts are the shop's own, this one has the standard's (see `at`).
    """

    id: str
    name: str  # as its users call it: B2クラウド
    handover_layout: Layout | None = None
    result_layout: Layout | None = None
    write_rows: Callable[[Sequence[Consignment], date], HandoverResult] | None = (
        None  # second: today in Japan
    )
    read_result: Callable[[Table], IssuedFile] | None = None
    services: tuple[str, ...] = ()
    most_rows: int = 0
    fitted: Callable[[Mapping[str, str]], Tool] | None = None

    def at(self, codes: Mapping[str, str]) -> Tool:
        """The tool as a shop has set it up (`codes` as in `Sender`), the same object for shops that have it alike."""
        return self.fitted(codes) if self.fitted else self

    def takes(self, service_id: str) -> bool:
        """Whether it can print this service."""
        return not self.services or service_id in self.services


@dataclass(frozen=True, slots=True)
class Carrier:
    """Declaration of one carrier adapter; the first of its `tools` that takes a service is the usual one."""

    id: str
    name: str  # as users call it: ヤマト
    full_name: str
    services: tuple[Service, ...] = ()
    default_service: str = ""
    numbers: tuple[NumberForm, ...] = ()
    tools: tuple[Tool, ...] = ()
    tracking_url: str = ""  # {number} is replaced
    delivery: tuple[DeliveryWord, ...] = ()
    filters: FilterSet | None = None

    def service(self, service_id: str) -> Service | None:
        """The service of that id, the default one for ""; None if unknown."""
        wanted = service_id or self.default_service
        return next((service for service in self.services if service.id == wanted), None)

    def writes(self, service_id: str, chosen: str = "") -> Tool | None:
        """The tool whose file this service goes into: the `chosen` one where it takes the service, else the first that
        does; None where the service's waybills are written elsewhere."""
        able = [tool for tool in self.writing if tool.takes(service_id or self.default_service)]
        return next((tool for tool in able if tool.id == chosen), able[0] if able else None)

    @property
    def writing(self) -> tuple[Tool, ...]:
        """The tools a file can be written for."""
        return tuple(tool for tool in self.tools if tool.write_rows and tool.handover_layout)

    @property
    def reading(self) -> tuple[Tool, ...]:
        """The tools whose issued numbers can be read."""
        return tuple(tool for tool in self.tools if tool.read_result and tool.result_layout)


def blocking(problems: Sequence[Problem]) -> bool:
    """Whether any of these keeps a shipment out of the file."""
    return any(problem.severity is not Severity.WARN for problem in problems)
