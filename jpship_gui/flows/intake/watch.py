"""New files of a watched folder: found once, read only when whole, never taken in without a person (IN-17)."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from jpship_gui.domain.fault import Fault
from jpship_gui.flows.intake.carriers_file import carrier_of
from jpship_gui.flows.intake.preview import CHANGED, NEW, FilePreview, preview
from jpship_gui.flows.progress import UNWATCHED, Progress
from jpship_gui.flows.workspace import Workspace
from jpship_gui.formats.limits import MAX_BYTES
from jpship_gui.store import imports, watched_files

# Endings browsers give a download that is not finished, and the shadows of files open in an office program.
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp")
_SHADOWS = ("~$", ".~", ".")
# What says that a file is no table at all: a photo, a PDF, an archive.
_STRANGERS = frozenset({"file_not_table", "file_archive", "file_special", "file_empty", "file_missing"})
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known from one look to the next."""

    size: int
    changed: int  # nanoseconds


@dataclass(frozen=True, slots=True)
class Seen:
    """What earlier looks remember: each file's stamp by name, and the fingerprint of those that were read whole."""

    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    prints: Mapping[tuple[str, Stamp], str] = field(default_factory=dict)


NOTHING_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Found:
    """A whole file of the folder."""

    path: Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `files` are all whole ones, by name; `growing` names those to be looked at again; `missing` = there is
    no such folder now."""

    seen: Seen
    files: tuple[Found, ...] = ()
    growing: tuple[str, ...] = ()
    missing: bool = False


def look(folder: Path, seen: Seen = NOTHING_SEEN) -> Look:
    """Look into a folder. A file counts once two looks found it with the same size and time, so that no download is
    read halfway; what cannot be opened yet is looked at again. Nothing in it is touched, nothing is raised for it.
    """
    try:
        entries = sorted(path for path in folder.iterdir() if _may_be_whole(path.name))
    except OSError:  # gone, a stick pulled out, a share that does not answer
        return Look(seen, missing=True)
    stamps: dict[str, Stamp] = {}
    prints: dict[tuple[str, Stamp], str] = {}
    files, growing = [], []
    for path in entries:
        stamp = _stamp_of(path)
        if stamp is None:
            continue
        stamps[path.name] = stamp
        known = seen.prints.get((path.name, stamp))
        settled = seen.stamps.get(path.name) == stamp
        made = known or (_fingerprint(path, stamp) if settled else None)
        if made is None:
            growing.append(path.name)
            continue
        prints[path.name, stamp] = made
        files.append(Found(path, made))
    return Look(Seen(stamps, prints), tuple(files), tuple(growing))


def _may_be_whole(name: str) -> bool:
    return not name.startswith(_SHADOWS) and not name.lower().endswith(_UNFINISHED)


def _stamp_of(path: Path) -> Stamp | None:
    """None for folders, empty files, and what is larger than any order file."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not 0 < found.st_size <= MAX_BYTES:
        return None
    return Stamp(found.st_size, found.st_mtime_ns)


def _fingerprint(path: Path, stamp: Stamp) -> str | None:
    """Of all bytes; None when it is locked, or changed while it was read."""
    sum_ = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                sum_.update(piece)
    except OSError:
        return None
    return sum_.hexdigest() if _stamp_of(path) == stamp else None


# ── what the files are ──────────────────────────────────────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What a file of the folder is to us."""

    ORDERS = "orders"
    NUMBERS = "numbers"  # a carrier's issued data: tracking numbers
    FAULTY = "faulty"  # an order file that cannot be read as it is
    UNKNOWN = "unknown"  # a table of nobody we know
    STRANGER = "stranger"  # no table at all; never named


@dataclass(frozen=True, slots=True)
class Offer:
    """One file that was not shown before. `carrier` of a carrier's file."""

    found: Found
    kind: Kind
    preview: FilePreview
    carrier: str = ""

    @property
    def takes(self) -> int:
        """Orders that taking it in would write."""
        return self.preview.count(NEW) + self.preview.count(CHANGED)


@dataclass(frozen=True, slots=True)
class Offers:
    """What a person may look at; whatever needs nobody is not among it."""

    files: tuple[Offer, ...] = ()

    @property
    def orders(self) -> tuple[Offer, ...]:
        """Files whose orders wait to be taken in, and order files that are damaged."""
        return tuple(one for one in self.files if one.kind in (Kind.ORDERS, Kind.FAULTY))

    @property
    def takes(self) -> int:
        """Orders that taking all of them in would write."""
        return sum(one.takes for one in self.files)


def judge(ws: Workspace, files: Sequence[Found], progress: Progress = UNWATCHED) -> Offers:
    """Read files that were neither shown at this desk nor taken in by any, as an import would; writes only that what
    needs nobody (photos, orders known already) was seen."""
    fresh = list(_fresh(ws, files))
    if not fresh:
        return Offers()
    shown = preview(ws, [one.path for one in fresh], progress=progress)
    offers = [_offer(ws, found, one) for found, one in zip(fresh, shown.files, strict=True)]
    quiet = [one.found for one in offers if _needs_nobody(one)]
    remember(ws, quiet)
    return Offers(tuple(one for one in offers if one.found not in quiet))


def remember(ws: Workspace, files: Iterable[Found]) -> None:
    """These were shown at this desk, or waved aside: they are not offered again."""
    watched_files.add(ws.store, ws.desk, [(one.fingerprint, one.path.name) for one in files], ws.now())


def offer_again(ws: Workspace, files: Iterable[Found]) -> None:
    """Undo `remember`."""
    watched_files.forget(ws.store, ws.desk, [one.fingerprint for one in files])


def _fresh(ws: Workspace, files: Sequence[Found]) -> Iterator[Found]:
    """Each content once, whatever it is called."""
    prints = [one.fingerprint for one in files]
    known = imports.fingerprints(ws.store, prints) | watched_files.known(ws.store, ws.desk, prints)
    seen: set[str] = set()
    for one in files:
        if one.fingerprint not in known and one.fingerprint not in seen:
            seen.add(one.fingerprint)
            yield one


def _offer(ws: Workspace, found: Found, one: FilePreview) -> Offer:
    if one.fault is None:
        return Offer(found, Kind.ORDERS, one)
    carrier = carrier_of(ws, one.path, one.fault)
    if carrier:
        return Offer(found, Kind.NUMBERS, one, carrier)
    return Offer(found, _kind_of(one.fault), one)


def _kind_of(fault: Fault) -> Kind:
    if fault.code in _STRANGERS:
        return Kind.STRANGER
    return Kind.UNKNOWN if fault.code == "file_unknown" else Kind.FAULTY


def _needs_nobody(one: Offer) -> bool:
    known = one.kind is Kind.ORDERS and not one.takes and not one.preview.rejections
    return one.kind is Kind.STRANGER or (known and not one.preview.joined_to)


# ── the desk's setting ──────────────────────────────────────────────────────────────────────────────────────────────


def watched_folder(ws: Workspace) -> Path | None:
    """The folder this desk watches; None when it watches none."""
    folder = str(ws.options.get("import.watch_folder")).strip()
    return Path(folder).expanduser() if folder and ws.options.get("import.watch") else None


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look at the desk's folder came to; without `offers` the same files lie there as were judged before."""

    look: Look
    offers: Offers | None = None

    @property
    def prints(self) -> frozenset[str]:
        """Fingerprints of what lies there."""
        return frozenset(one.fingerprint for one in self.look.files)


def look_and_judge(
    ws: Workspace, folder: Path, seen: Seen = NOTHING_SEEN, judged: frozenset[str] | None = None
) -> Watched:
    """One look with its offers; files are read again only when others lie there than those `judged` before."""
    found = Watched(look(folder, seen))
    return found if found.prints == judged else replace(found, offers=judge(ws, found.look.files))


def without(offers: Offers, prints: Collection[str]) -> Offers:
    """The offers that are left when files of these fingerprints are looked at already."""
    return replace(offers, files=tuple(one for one in offers.files if one.found.fingerprint not in prints))
