"""A carrier a seller describes (SY-10): as values, as a text file to share, and as a `Carrier` like those of the build.

The form of a number is written as it is printed: # is a digit, @ a letter, * either; anything else stands for itself,
hyphens and blanks only for the eye.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from jpship_gui.carriers.base import Carrier, Service
from jpship_gui.domain.fault import Refused
from jpship_gui.domain.tracking_no import ALGORITHMS, NumberForm, normalise

FILE_KIND = 1  # of the file; a later form would be 2
POLICIES = ("confirm", "reject", "warn")
COOL = ("chilled", "frozen")
_MOST_NAME, _MOST_LIST = 20, 30
_ID = re.compile(r"[a-z][a-z0-9_]{1,23}")
_URL = re.compile(r"https?://[^\s{}]*\{number\}[^\s{}]*")
_SLOT = re.compile(r"am|pm|\d{4}")
_MASK = re.compile(r"[#@*0-9A-Za-z -]{4,40}")
_SHAPES: Mapping[str, str] = {  # the forms whose check digit each algorithm knows
    "mod7_integer": "#{4,30}",
    "s10_mod11": "@@#{9}@@",
    "fedex12": "#{12}",
    "ups1z_mod10": "1Z[*@#]{15}#",
}


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """One form of its numbers; `check` is a known algorithm or "", `on_bad` what a wrong check digit leads to."""

    mask: str
    check: str = ""
    on_bad: str = "confirm"


@dataclass(frozen=True, slots=True)
class OwnService:
    """One of its services; `slots` are our slot codes."""

    id: str
    name: str
    tracked: bool = True
    cool: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCode:
    """How a marketplace is told of it, or of one of its services; parts as in the setting `carrier.codes`."""

    marketplace: str
    code: str
    service: str = ""
    name: str = ""
    method: str = ""
    carrier_name: str = ""


@dataclass(frozen=True, slots=True)
class OwnCarrier:
    """What a seller says of a carrier; `version` counts how often it was kept."""

    id: str
    name: str
    full_name: str = ""
    tracking_url: str = ""
    numbers: tuple[OwnNumber, ...] = ()
    services: tuple[OwnService, ...] = ()
    codes: tuple[OwnCode, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong and where (`numbers.2`, `tracking_url`); words `fault.own_carrier_<code>`."""

    code: str
    place: str
    found: str = ""

    def fault(self) -> Refused:
        """As a refusal."""
        return Refused(f"own_carrier_{self.code}", place=self.place, found=self.found)


def flaws(carrier: OwnCarrier) -> list[Flaw]:
    """Everything that keeps it from being used; an empty list means sound."""
    found = []
    if not _ID.fullmatch(carrier.id):
        found.append(Flaw("id", "id", carrier.id))
    if not carrier.name.strip() or len(carrier.name) > _MOST_NAME:
        found.append(Flaw("name", "name", carrier.name))
    if carrier.tracking_url and not _URL.fullmatch(carrier.tracking_url):
        found.append(Flaw("url", "tracking_url", carrier.tracking_url))
    for place, number in enumerate(carrier.numbers, start=1):
        flaw = number_flaw(number)
        if flaw:
            found.append(Flaw(flaw, f"numbers.{place}", number.mask))
    found += _service_flaws(carrier.services)
    ids = {service.id for service in carrier.services}
    for place, code in enumerate(carrier.codes, start=1):
        if not code.marketplace or not code.code.strip() or (code.service and code.service not in ids):
            found.append(Flaw("code", f"codes.{place}", code.marketplace))
    for name in ("numbers", "services", "codes"):
        if len(getattr(carrier, name)) > _MOST_LIST * (4 if name == "codes" else 1):
            found.append(Flaw("many", name))
    return found


def number_flaw(number: OwnNumber) -> str:
    """Why a form of number cannot be used, "" for a sound one: mask, lost (a scan would be read otherwise), check."""
    bare = _bare(number.mask)
    if not _MASK.fullmatch(number.mask) or len(bare) < 4 or not set(bare) & set("#@*"):
        return "mask"
    sample = bare.replace("#", "1").replace("@", "X").replace("*", "1")
    if normalise(sample) != sample:
        return "mask_lost"
    if number.on_bad not in POLICIES or (number.check and number.check not in ALGORITHMS):
        return "check"
    if number.check and not re.fullmatch(_SHAPES[number.check], bare):
        return "check_shape"
    return ""


def _service_flaws(services: Iterable[OwnService]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for place, service in enumerate(services, start=1):
        where = f"services.{place}"
        if not _ID.fullmatch(service.id) or service.id in seen:
            yield Flaw("service_id", where, service.id)
        if not service.name.strip() or len(service.name) > 2 * _MOST_NAME:
            yield Flaw("service_name", where, service.name)
        if set(service.cool) - set(COOL) or any(not _SLOT.fullmatch(slot) for slot in service.slots):
            yield Flaw("service_slots", where, " ".join((*service.cool, *service.slots)))
        seen.add(service.id)


def _bare(mask: str) -> str:
    return re.sub(r"[\s-]", "", mask).upper()


def form_of(carrier_id: str, place: int, number: OwnNumber) -> NumberForm:
    """A sound form of number as the rest of the program knows forms."""
    bare = _bare(number.mask)
    kinds = {"#": "[0-9]", "@": "[A-Z]", "*": "[0-9A-Z]"}
    last = len(bare) - 1
    shapes = {"s10_mod11": ((2, 10), 10), "ups1z_mod10": ((2, last), last)}
    payload, check_index = shapes.get(number.check, ((0, last), last))
    return NumberForm(
        id=f"{carrier_id}_{place}",
        carrier=carrier_id,
        pattern="".join(kinds.get(mark, re.escape(mark)) for mark in bare),
        algorithm=number.check,
        payload=payload if number.check else (0, 0),
        check_index=check_index if number.check else -1,
        printed=re.sub(r"[@*0-9A-Za-z]", "#", number.mask),
        on_bad_check_digit=number.on_bad,
        on_other_length="confirm",
        confidence="OWN",
    )


def carrier_of(own: OwnCarrier) -> Carrier:
    """A sound description as a carrier."""
    return Carrier(
        id=own.id,
        name=own.name,
        full_name=own.full_name or own.name,
        services=tuple(
            Service(
                service.id,
                service.name,
                code=service.id,
                slots={slot: slot for slot in service.slots},
                cool=service.cool,
                tracked=service.tracked,
            )
            for service in own.services
        ),
        default_service=own.services[0].id if own.services else "",
        numbers=tuple(form_of(own.id, place, one) for place, one in enumerate(own.numbers, start=1)),
        tracking_url=own.tracking_url,
    )


# -- as text ----------------------------------------------------------------------------------------------------------

_LISTS: Mapping[str, type[Any]] = {"number": OwnNumber, "service": OwnService, "code": OwnCode}
_Item = TypeVar("_Item")


def to_text(carrier: OwnCarrier) -> str:
    """As its file."""
    texts = ("id", "name", "full_name", "tracking_url")
    lines = [f"jpship_carrier = {FILE_KIND}"]
    lines += [f"{name} = {_value(getattr(carrier, name))}" for name in texts]
    lines.append(f"version = {carrier.version}")
    for name in _LISTS:
        for item in getattr(carrier, f"{name}s"):
            lines += ["", f"[[{name}]]"]
            lines += [f"{key} = {_value(value)}" for key, value in asdict(item).items()]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """A text, a yes or no, or a list of texts; JSON's form of each is TOML's too."""
    text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return text.replace("\x7f", "\\u007F")


def of_text(text: str) -> OwnCarrier:
    """The reverse; Refused("own_carrier_file") for what is no such file, and the first flaw of one that is."""
    try:
        data = tomllib.loads(text)
        if data.pop("jpship_carrier", 0) != FILE_KIND:
            raise ValueError("kind")
        lists = {f"{name}s": tuple(_items(kind, data.pop(name, []))) for name, kind in _LISTS.items()}
        carrier = OwnCarrier(**_checked(OwnCarrier, {**data, **lists}))
    except (tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError) as error:
        raise Refused("own_carrier_file", reason=str(error)[:200]) from error
    for flaw in flaws(carrier):
        raise flaw.fault()
    return carrier


def _items(kind: type[_Item], rows: Any) -> Iterator[_Item]:
    for row in rows:
        yield kind(**_checked(kind, {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}))


def _checked(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Values of the types the file must have; a name nobody knows is an error."""
    types = {field.name: str(field.type) for field in fields(kind)}
    for name, value in values.items():
        wanted = types.get(name, "")
        right = {"str": str, "bool": bool, "int": int}.get(wanted, tuple)
        strings = right is not tuple or "str" not in wanted or all(isinstance(one, str) for one in value)
        if not wanted or type(value) is not right or not strings:
            raise ValueError(name)
    return values
