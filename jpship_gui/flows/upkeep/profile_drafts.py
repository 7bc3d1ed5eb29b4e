"""A profile while it is made: the sample file, what its columns probably are, and what the draft makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from jpship_gui.domain.confirmation import Confirmation, ConfirmedLine, ConfirmedParcel
from jpship_gui.domain.fault import Fault
from jpship_gui.domain.order import Order, OrderId
from jpship_gui.domain.problem import Problem
from jpship_gui.domain.rules.subject import CheckInput
from jpship_gui.flows.check.check import check_inputs
from jpship_gui.flows.upkeep.profiles import Trial, free_id, try_bytes
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.detect import plain
from jpship_gui.formats.layout import Damage, Reading, Table
from jpship_gui.formats.reader import file_bytes, read_bytes, sheet_names, shown_name
from jpship_gui.formats.transforms import Argument, Step, StepError, chain, kinds
from jpship_gui.formats.writer import table_bytes
from jpship_gui.marketplaces.base import KeptFile
from jpship_gui.marketplaces.profile import marketplace_of, reading_of
from jpship_gui.marketplaces.profile_data import (
    BOTH,
    CHOICES,
    ENCODINGS,
    JOINED,
    CarrierRule,
    CodeRule,
    CodeTable,
    DetectPart,
    DropRule,
    FilePart,
    Flaw,
    OutColumn,
    OutPart,
    Profile,
    RowsPart,
    Second,
    Source,
    flaws,
)
from jpship_gui.marketplaces.profile_guess import guess, guess_states, lacking
from jpship_gui.marketplaces.profile_rows import code_of, usual_codes
from jpship_gui.marketplaces.profile_targets import OUT_FIELDS, Target, targets

SHOWN_ROWS = 1_000  # rows of a sample a draft is tried on, so that typing is never behind
_VALUES = 3
_HEADER_ROWS = 6
_WORDS = 40
_LONGEST_TITLE = 40
_GOODS = ("line.name", "line.quantity", "line.sku")
_NUMBER = "400000000003"  # of the example in a confirmation file

__all__ = [
    "CHOICES",
    "ENCODINGS",
    "OUT_FIELDS",
    "Argument",
    "CarrierRule",
    "CodeRule",
    "CodeTable",
    "ColumnSample",
    "Damage",
    "DetectPart",
    "DropRule",
    "FilePart",
    "Flaw",
    "Made",
    "OutColumn",
    "OutPart",
    "Profile",
    "RowsPart",
    "Sample",
    "Second",
    "Source",
    "Step",
    "Target",
    "flaws",
    "lacking",
    "made_of",
    "meaning",
    "new_profile",
    "open_sample",
    "out_example",
    "probe",
    "run_steps",
    "sample_of",
    "second_of",
    "states_of",
    "step_kinds",
    "suggested",
    "table_of",
    "targets",
    "with_file",
    "words_of",
]


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """A column of the sample: its name as a profile calls it (`Header#2`), and its first different values."""

    name: str
    values: tuple[str, ...] = ()
    filled: int | None = None  # rows that say anything; None without a sample


@dataclass(frozen=True, slots=True)
class Sample:
    """A file a profile is made from. With a `fault` it cannot be opened as the draft says; the bytes stay."""

    name: str
    data: bytes
    columns: tuple[ColumnSample, ...] = ()
    rows: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()  # the second file of a joined pair
    fault: Fault | None = None

    @property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """All its files."""
        return ((self.name, self.data), *self.beside)

    def column(self, name: str) -> ColumnSample | None:
        """A column by the name a profile calls it."""
        return next((found for found in self.columns if plain(found.name) == plain(name)), None)


def open_sample(path: Path, part: FilePart | None = None) -> Sample:
    """A file from the disk; faults as reading a file."""
    return sample_of(shown_name(path), file_bytes(path), part or FilePart())


def sample_of(name: str, data: bytes, part: FilePart, beside: Sequence[tuple[str, bytes]] = ()) -> Sample:
    """A file opened as a draft says. What is wrong with it is the sample's fault."""
    made = Sample(name, data, beside=tuple(beside))
    try:
        made = replace(made, sheets=sheet_names(data))
        table = read_bytes(name, data, _reading(part))
        tables = [
            table,
            *(read_bytes(other, content, replace(_reading(part), sheet="")) for other, content in beside),
        ]
    except Fault as fault:
        return replace(made, fault=fault)
    return replace(
        made,
        columns=_columns(tables),
        rows=len(table.rows),
        encoding=table.encoding,
        delimiter=table.delimiter,
    )


def _reading(part: FilePart) -> Reading:
    return reading_of(Profile("x", "x", file=part))


def _columns(tables: Sequence[Table]) -> tuple[ColumnSample, ...]:
    """All columns with a name, the second of one name as `Name#2`, across the files of a pair."""
    seen: dict[str, int] = {}
    found = []
    for table in tables:
        for place, header in enumerate(table.header):
            seen[plain(header)] = nth = seen.get(plain(header), 0) + 1
            if not header.strip():
                continue
            cells = [row.cells[place].strip() for row in table.rows[:SHOWN_ROWS] if len(row.cells) > place]
            told = [cell for cell in cells if cell]
            name = header.strip() if nth == 1 else f"{header.strip()}#{nth}"
            found.append(ColumnSample(name, tuple(dict.fromkeys(told))[:_VALUES], len(told)))
    return tuple(found)


def probe(name: str, data: bytes) -> FilePart:
    """How a file is to be opened: with the row as header whose names are known best, if it is not the first one."""
    best, most = FilePart(), _known_names(name, data, FilePart())
    for row in range(2, _HEADER_ROWS + 1):
        part = FilePart(header_row=row)
        known = _known_names(name, data, part)
        if known > most + 1:
            best, most = part, known
    return best


def _known_names(name: str, data: bytes, part: FilePart) -> int:
    try:
        return len(guess(read_bytes(name, data, _reading(part))).fields)
    except Fault:
        return 0


def new_profile(ws: Workspace, sample: Sample, title: str, part: FilePart) -> tuple[Profile, frozenset[str]]:
    """A draft with everything guessed, and the targets whose columns are suggestions until a person confirms them."""
    return suggested(Profile(free_id(ws), title, file=part), sample)


def suggested(profile: Profile, sample: Sample) -> tuple[Profile, frozenset[str]]:
    """The draft with columns guessed for targets that have none, and which targets these are."""
    if sample.fault is not None:
        return profile, frozenset()
    first = read_bytes(sample.name, sample.data, _reading(profile.file))
    goods = _goods(profile, sample)
    found = guess(replace(first, header=(*first.header, *goods), rows=()) if goods else first)
    number = found.fields.get("number")
    new = {n: sources for n, sources in found.fields.items() if n != "number" and not profile.fields.get(n)}
    names = set(new)
    rows = profile.rows
    if number and not rows.order_key:
        names.add("number")
        rows = replace(rows, order_key=number[0].columns, mode=JOINED if goods else found.mode)
    own = tuple(header.strip() for header in first.header if header.strip())
    made = replace(
        profile,
        fields={**profile.fields, **new},
        rows=rows,
        detect=profile.detect
        if profile.detect.required
        else DetectPart(tuple(name for name in found.required if name in own)),
        file=replace(profile.file, columns=tuple(dict.fromkeys(own))),
    )
    if profile.out is None and found.out and rows.mode != JOINED:
        # A download with a column for the tracking number is filled in and given back.
        made = replace(made, direction=BOTH, out=OutPart(found.out, mode="fill", numbers=1))
    return replace(made, codes=states_of(made, sample)), frozenset(names)


def _goods(profile: Profile, sample: Sample) -> tuple[str, ...]:
    """Header of the file with the goods, of a pair."""
    if profile.rows.second is None or not sample.beside:
        return ()
    name, data = sample.beside[0]
    return read_bytes(name, data, replace(_reading(profile.file), sheet="")).header


def second_of(sample: Sample, profile: Profile, path: Path) -> tuple[Sample, Profile]:
    """The file with the goods beside the one with the orders, and the draft that joins both by the order number;
    faults as reading a file."""
    name, data = shown_name(path), file_bytes(path)
    table = read_bytes(name, data, replace(_reading(profile.file), sheet=""))
    found = guess(table)
    ours = [plain(key) for key in profile.rows.order_key]
    same = [header for header in table.header if plain(header) in ours]
    number = found.fields.get("number")
    keys = tuple(same[:1]) or (number[0].columns if number else table.header[:1])
    goods = [found.fields[target][0].columns[0] for target in _GOODS if target in found.fields]
    columns = tuple(dict.fromkeys(header.strip() for header in table.header if header.strip()))
    second = Second(Path(name).stem[:_LONGEST_TITLE], tuple(dict.fromkeys((*keys, *goods))), keys, columns)
    made = replace(profile, rows=replace(profile.rows, mode=JOINED, second=second))
    return sample_of(sample.name, sample.data, profile.file, [(name, data)]), made


def states_of(profile: Profile, sample: Sample) -> Mapping[str, CodeTable]:
    """Code tables with a rule for each usual word of the state column; what a person wrote stays."""
    words = [word for word, _ in words_of(profile, sample, "state")]
    known = profile.codes.get("state")
    if not words or (known and known.table):
        return profile.codes
    return {**profile.codes, "state": CodeTable(guess_states(words), "unknown")}


def with_file(sample: Sample, profile: Profile) -> Sample:
    """The same files opened as the draft says now."""
    return sample_of(sample.name, sample.data, profile.file, sample.beside)


def words_of(profile: Profile, sample: Sample, target: str) -> list[tuple[str, int]]:
    """The different texts a target's columns hold, after their steps, with how often."""
    sources = profile.fields.get(target, ())
    if sample.fault is not None or not sources:
        return []
    table = read_bytes(sample.name, sample.data, _reading(profile.file))
    places = [plain(header) for header in table.header]
    found: dict[str, int] = {}
    for source in sources:
        columns = [places.index(plain(name)) for name in source.columns if plain(name) in places]
        try:
            run = chain(targets()[target].steps if source.steps is None else source.steps)
        except StepError:
            continue
        for row in table.rows[:SHOWN_ROWS]:
            texts = tuple(row.cells[place] if place < len(row.cells) else "" for place in columns)
            word = "".join(run.run(texts)[0]) if texts else ""
            if word:
                found[word] = found.get(word, 0) + 1
    return sorted(found.items(), key=lambda item: -item[1])[:_WORDS]


def table_of(profile: Profile, target: str) -> CodeTable:
    """A target's words, as the profile has them or as is usual; an unknown state is for a person to look at."""
    usual = usual_codes(target)
    return profile.codes.get(target) or (replace(usual, default="unknown") if target == "state" else usual)


def meaning(profile: Profile, target: str, word: str) -> str | None:
    """jpship's code of a word of the file; None for an unknown one."""
    table = table_of(profile, target)
    try:
        return code_of(target, table, word)
    except StepError:  # a pattern that is being typed
        return None


# -- what a draft makes of its sample ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """What a draft gives now: either `flaw` says why it is none yet, or the trial with the problems each of its first
    orders would have at the check, by order number."""

    trial: Trial | None = None
    flaw: Flaw | None = None
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    shared_skus: tuple[
        str, ...
    ] = ()  # SKUs of goods with different variants: a scan could not tell them apart


def made_of(ws: Workspace, profile: Profile, sample: Sample) -> Made:
    """Try a draft on the first rows of its sample; nothing is written."""
    found = _reading_flaws(profile)
    if found:
        return Made(flaw=found[0])
    if sample.fault is not None:
        return Made(trial=Trial(sample.name, fault=sample.fault))
    reads = replace(profile, direction="orders", out=None, title=profile.title.strip() or "-")
    trial = try_bytes(ws, reads, sample.files, SHOWN_ROWS)
    subjects = [
        CheckInput(
            key=f"{order.id.number} {package.package_id}",
            order=order,
            package_id=package.package_id,
            recipient=package.recipient,
            lines=tuple(line for line in order.lines if line.package_id == package.package_id),
            wish=order.wish,
        )
        for order in trial.orders
        for package in order.packages
    ]
    problems: dict[str, tuple[Problem, ...]] = {}
    for subject in subjects:
        number = subject.order.id.number
        found_now = check_inputs(ws, [subject])[subject.key]
        problems[number] = (*problems.get(number, ()), *found_now)
    return Made(trial, problems=problems, shared_skus=_shared_skus(trial.orders))


def _reading_flaws(profile: Profile) -> list[Flaw]:
    """What keeps it from reading its sample; title and confirmation file may still be open."""
    reads = replace(profile, direction="orders", out=None, title=profile.title.strip() or "-")
    return flaws(reads)


def _shared_skus(orders: Sequence[Order]) -> tuple[str, ...]:
    kinds_of: dict[str, set[tuple[str, str]]] = {}
    for order in orders:
        for line in order.lines:
            if line.sku:
                kinds_of.setdefault(line.sku, set()).add((line.name, line.variant))
    return tuple(sku for sku, found in kinds_of.items() if len(found) > 1)


def out_example(
    profile: Profile, sample: Sample, orders: Sequence[Order], today: date
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and first rows of the confirmation file for the sample's first orders with an invented number; of a
    download filled in, its rows. Refused("profile_flaw_…") as long as it is none."""
    made = replace(profile, direction=BOTH, title=profile.title.strip() or "-")
    for flaw in flaws(made):
        raise flaw.fault()
    market = marketplace_of(made)
    carrier = profile.carriers[0] if profile.carriers else CarrierRule("yamato", "-")
    told = [_confirmation(made, order, carrier, today) for order in orders[:2]] or [
        _confirmation(made, None, carrier, today)
    ]
    if market.fill is not None:
        kept = KeptFile(0, sample.name, f"{made.id}.orders", sample.data, told[0].ordered_at or _an_hour())
        done = market.fill(kept, told)
        table = read_bytes(sample.name, done.data, _reading(profile.file))
        numbers = [row for row in table.rows if any(_NUMBER in cell for cell in row.cells)]
        return table.header, tuple(row.cells for row in (numbers or list(table.rows))[:3])
    assert market.confirm_layout is not None
    assert market.confirm_rows is not None
    data = table_bytes(market.confirm_layout, market.confirm_rows(told))
    how = Reading(delimiter=market.confirm_layout.delimiter)
    header = tuple(column.header for column in market.confirm_layout.columns)
    if not market.confirm_layout.header:
        data = b"\r\n".join((b"-", data))
    return header, tuple(row.cells for row in read_bytes("", data, how).rows[:3])


def _confirmation(profile: Profile, order: Order | None, carrier: CarrierRule, today: date) -> Confirmation:
    package = order.packages[0].package_id if order and order.packages else ""
    lines = tuple(ConfirmedLine(line.line_id, line.quantity) for line in order.lines) if order else ()
    parcel = ConfirmedParcel(
        "x", carrier.carrier, carrier.code, _NUMBER, "", carrier.carrier_name or carrier.name, carrier.method
    )
    return Confirmation(
        order_id=order.id if order else OrderId(profile.id, "", "A-0001"),
        package_id=package,
        shipment_key=order.id.number if order else "x",
        ship_date=today,
        parcels=(parcel,),
        lines=lines or (ConfirmedLine("1", 1),),
        shipped_at=_an_hour(),
        ordered_at=order.ordered_at if order else None,
    )


def _an_hour() -> datetime:
    """Any moment of a working day: 14:00 in Japan."""
    return datetime(2026, 1, 5, 5, 0, tzinfo=UTC)


# -- transforms --------------------------------------------------------------------------------------------------------


def step_kinds() -> Mapping[str, tuple[Argument, ...]]:
    """Every transform on offer with its arguments."""
    return {name: kind.arguments for name, kind in kinds().items()}


def run_steps(steps: Sequence[Step], rows: Sequence[Sequence[str]]) -> list[str]:
    """What the steps make of each row's cells; Refused("profile_flaw_step_…") for a step nobody can run."""
    try:
        run = chain(tuple(steps))
    except StepError as error:
        raise Flaw(f"step_{error.code}", "", error.found).fault() from error
    return ["・".join(run.run(tuple(cells))[0]) for cells in rows]
